// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What is notable about a domain, as ids and numbers. Sentences are made of them in explain.h alone.
namespace mailoscope
{

enum class Severity { Info, Low, Medium, High, Critical };
/// "info", "low", "medium", "high" or "critical".
std::string_view toString(Severity severity);
std::optional<Severity> severityFromString(std::string_view text);

/// A section of a standard, such as {"RFC 7208", "4.6.4"}.
struct Reference {
    std::string document;
    std::string section; ///< may be empty
    friend bool operator==(const Reference &, const Reference &) = default;
};
/// `RFC 7208 section 4.6.4`
std::string toString(const Reference &reference);

/// The record and the place in it that show a finding.
struct Evidence {
    std::string name;   ///< owner name
    std::string type;   ///< record type: "TXT", "MX"...
    std::string record; ///< the text, as octets; empty where there is none
    Span span;          ///< octets of `record`; empty: the whole
    /// Where in the include tree: the indices of the terms that lead there, the last one being the term
    /// spoken of.
    std::vector<std::size_t> path;
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

using ArgumentValue = std::variant<std::int64_t, std::string>;
using Arguments = std::map<std::string, ArgumentValue>;

struct Finding {
    std::string id; ///< stable for ever, such as "spf.lookups.over"
    Severity severity = Severity::Info;
    std::string section; ///< the part of the report it belongs to, such as "spf"
    Reference reference;
    std::vector<Evidence> evidence;
    Arguments arguments;
    friend bool operator==(const Finding &, const Finding &) = default;
};

} // namespace mailoscope
