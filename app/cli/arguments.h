// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The command line as values. What cannot be done is said and never passed over.
namespace mailoscope::cli
{

/// Why the program ends without having done its work.
struct Failure {
    enum class Kind {
        Usage,      ///< the command line is wrong
        Inspection, ///< the inspection could not be made
    };
    Kind kind;
    std::string sentence; ///< for the user: what is wrong and, where it helps, what to do
};

struct Option {
    enum class Use {
        Once,
        Repeatable,
        Later,     ///< promised by the interface, not available in this version
        Elsewhere, ///< of use to inspect alone
    };
    std::string_view name;  ///< without the dashes
    std::string_view value; ///< what follows, as the help calls it; empty for a switch
    std::string_view help;
    Use use = Use::Once;
};

struct Command {
    std::string_view name;
    std::string_view operands; ///< as the help calls them; empty where it takes none
    std::string_view summary;
    std::vector<std::vector<Option>> options; ///< in groups
    bool available = true;

    const Option *find(std::string_view option) const;
};

/// What was given to a command.
class Arguments
{
public:
    bool has(std::string_view option) const { return m_values.find(option) != m_values.end(); }
    /// The value of an option that is given once at most.
    std::optional<std::string> value(std::string_view option) const;
    std::vector<std::string> values(std::string_view option) const;
    const std::vector<std::string> &operands() const { return m_operands; }

private:
    friend Result<Arguments, Failure> readArguments(const Command &, std::span<const std::string>);
    std::map<std::string, std::vector<std::string>, std::less<>> m_values;
    std::vector<std::string> m_operands;
};

/// `--name value`, `--name=value`; behind `--` everything is an operand, and so is `-`.
Result<Arguments, Failure> readArguments(const Command &command, std::span<const std::string> words);

/// The one of `known` that `typed` was most likely meant to be; empty where none is near.
std::string nearest(std::string_view typed, std::span<const std::string_view> known);

Failure usage(std::string sentence);
Failure impossible(std::string sentence);

} // namespace mailoscope::cli
