// SPDX-License-Identifier: Apache-2.0
#include "arguments.h"

#include "base/text.h"

#include <algorithm>

namespace mailoscope::cli
{

namespace
{

/// Levenshtein's distance: how many characters to insert, delete or replace.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

Failure unknownOption(const Command &command, const std::string &name)
{
    std::vector<std::string_view> known;
    for (const std::vector<Option> &group : command.options) {
        for (const Option &option : group)
            known.push_back(option.name);
    }
    const std::string meant = nearest(name, known);
    return usage("There is no option --" + shown(name) + '.' +
                 (meant.empty() ? "" : " Did you mean --" + meant + '?'));
}

} // namespace

Failure usage(std::string sentence)
{
    return {Failure::Kind::Usage, std::move(sentence)};
}

Failure impossible(std::string sentence)
{
    return {Failure::Kind::Inspection, std::move(sentence)};
}

const Option *Command::find(std::string_view option) const
{
    for (const std::vector<Option> &group : options) {
        for (const Option &candidate : group) {
            if (candidate.name == option)
                return &candidate;
        }
    }
    return nullptr;
}

std::optional<std::string> Arguments::value(std::string_view option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.front());
}

std::vector<std::string> Arguments::values(std::string_view option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

Result<Arguments, Failure> readArguments(const Command &command, std::span<const std::string> words)
{
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string &word = words[i];
        if (word == "--") {
            arguments.m_operands.insert(arguments.m_operands.end(),
                                        words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
            break;
        }
        if (!word.starts_with('-') || word == "-") {
            arguments.m_operands.push_back(word);
            continue;
        }
        if (!word.starts_with("--") && word != "-h")
            return usage("Options begin with two dashes; \"" + shown(word) + "\" has one.");
        const std::size_t equals = word.find('=');
        const std::string name =
            word == "-h" ? "help" : word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const Option *option = command.find(name);
        if (!option)
            return unknownOption(command, name);
        if (option->use == Option::Use::Later)
            return usage("--" + name + " is not available in this version.");
        if (option->use == Option::Use::Elsewhere)
            return usage("--" + name + " is an option of inspect: " + std::string(command.name) +
                         " needs DNS alone.");
        std::string value;
        if (option->value.empty() && equals != std::string::npos)
            return usage("--" + name + " takes no value.");
        if (!option->value.empty()) {
            if (equals != std::string::npos)
                value = word.substr(equals + 1);
            else if (i + 1 < words.size())
                value = words[++i];
            else
                return usage("--" + name + " needs a value: --" + name + ' ' + std::string(option->value) +
                             '.');
        }
        std::vector<std::string> &values = arguments.m_values[name];
        if (!values.empty() && !option->value.empty() && option->use == Option::Use::Once)
            return usage("--" + name + " is given twice.");
        values.push_back(std::move(value));
    }
    return arguments;
}

std::string nearest(std::string_view typed, std::span<const std::string_view> known)
{
    std::string best;
    std::size_t least = std::max<std::size_t>(typed.size() / 3, 1) + 1;
    for (const std::string_view candidate : known) {
        const std::size_t steps = distance(typed.substr(0, 64), candidate);
        if (steps < least) {
            least = steps;
            best = candidate;
        }
    }
    return best;
}

} // namespace mailoscope::cli
