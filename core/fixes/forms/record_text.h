// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/change.h"

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Names, values and quoting as the services want them.
namespace mailoscope::fixes::forms
{

using Json = nlohmann::ordered_json;

/// How an octet that is not printable ASCII is written inside a quoted string.
enum class Escapes {
    Decimal, ///< `\DDD`: zone files (RFC 1035 section 5.1) and what follows them
    Octal,   ///< `\ooo`: Route 53
};

/// `example.com.`
std::string absolute(const DomainName &name);
/// `example.com`, with `\ooo` where Route 53 wants it.
std::string route53Name(const DomainName &name);
/// The name without the zone: `_dmarc`; `apex` for the zone itself. A name outside the zone stays absolute.
std::string relative(const DomainName &name, const DomainName &zone, std::string_view apex);

/// `"first 255 octets" "the rest"`
std::string quotedStrings(const dns::TxtData &data, Escapes escapes);
/// A record's data as zone files have it, or as Route 53 does.
std::string valueText(dns::RrType type, const dns::RecordData &data, Escapes escapes);
std::vector<std::string> valueTexts(const RecordSet &set, Escapes escapes);

/// A record's data by parts, for forms that have a place for each: texts as octets, names absolute, numbers.
struct Part {
    std::string_view name;
    Json value;
};
/// Empty for a type that none of these forms knows.
///     A, AAAA: address; CNAME, NS, PTR: target; MX: preference, exchange; TXT: text;
///     CAA: flags, tag, value; TLSA: usage, selector, matching, data; DS: key, algorithm, digesttype, digest
std::vector<Part> partsOf(const dns::RecordData &data, dns::RrType type);

/// False where a part holds octets that are no clean text: control characters, broken UTF-8.
bool isCleanText(std::span<const Part> parts);

/// What of a form stands for a part of a record of some type.
struct PartName {
    dns::RrType type;
    std::string_view part;
    std::string_view name;
};
/// An object with the members that `names` has for the type, in their order; null where it has none.
Json named(std::span<const PartName> names, dns::RrType type, std::span<const Part> parts);

/// A record type's line in a form: `{part}` stands for the part, quoted by `quote`.
struct Line {
    dns::RrType type;
    std::string_view text;
};
using Quote = std::string (*)(std::string_view text);
/// Empty where the form has no line for the type. `more` are further values for the braces.
std::string filled(std::span<const Line> lines, dns::RrType type, std::span<const Part> parts, Quote quote,
                   std::span<const Part> more = {});

/// `'...'` for a POSIX shell, whatever is inside; words of harmless characters stay bare.
std::string shellQuoted(std::string_view text);
/// A string of JSON and JavaScript, in ASCII.
std::string jsonQuoted(std::string_view text);
/// A quoted template of HCL in which nothing is interpolated.
std::string hclQuoted(std::string_view text);
/// A scalar of YAML that is read as this string.
std::string yamlScalar(std::string_view text);
/// Block style, without a line end before it.
std::string toYaml(const Json &value, int indent = 0);

/// What becomes of the records of a set, each once.
struct Difference {
    std::vector<dns::RecordData> kept;
    std::vector<dns::RecordData> removed;
    std::vector<dns::RecordData> added;
    /// Each record that comes in the place of one that goes: as many pairs as both lists have.
    std::size_t replacements() const { return std::min(removed.size(), added.size()); }
};
Difference differenceOf(const RecordSet &set);

/// `TXT records at example.com`, fit to be shown.
std::string shownSet(const RecordSet &set);
/// A record in one line of a comment.
std::string shownValue(const RecordSet &set, const dns::RecordData &data);

} // namespace mailoscope::fixes::forms
