// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builders/built.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What can be built and what each asks for, as data: the command line reads its options from here, and the
/// window its forms.
namespace mailoscope::builders
{

/// What was chosen or typed, by option. A switch that is on has one empty value.
class Choices
{
public:
    bool has(std::string_view option) const { return m_values.find(option) != m_values.end(); }
    /// The first value.
    std::optional<std::string> value(std::string_view option) const;
    std::vector<std::string> values(std::string_view option) const;
    /// No values: as if the option had never been given.
    void set(std::string_view option, std::vector<std::string> values);
    void set(std::string_view option, std::string value);
    void add(std::string_view option, std::string value);
    friend bool operator==(const Choices &, const Choices &) = default;

private:
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
};

struct FormField {
    enum class Kind {
        Text,
        Number,
        List,   ///< any number of values
        Switch, ///< on or off
        Word,   ///< one of `words`
        Key,    ///< a file with a public key, or its octets
    };
    std::string_view option; ///< as the command line and BuildError name it
    Kind kind = Kind::Text;
    std::string_view value;   ///< what stands for its value in a help text; empty for a switch
    std::string_view summary; ///< in a few words, as the command line's help has it
    std::string_view label;   ///< in the window
    std::vector<std::string_view> words;
    std::string_view unset; ///< of a word: what holds where none is chosen, in a few words
};

struct Form {
    std::string_view name;    ///< "spf"
    std::string_view title;   ///< "SPF record"
    std::string_view summary; ///< in a few words, as the command line's help has it
    std::vector<FormField> fields;
    BuildResult (*build)(const DomainName &domain, const Choices &choices);

    const FormField *find(std::string_view option) const;
};

/// How long the records may be kept, in seconds; asked by every form, so that none lists it.
constexpr std::string_view TtlOption = "ttl";

std::span<const Form> forms();
const Form *findForm(std::string_view name);

/// The sentence with the labels of fields in the place of `--option`, for who sees a form and no command
/// line.
std::string inWordsOfForm(const Form &form, std::string_view sentence);

} // namespace mailoscope::builders
