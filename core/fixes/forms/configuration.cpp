// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/text.h"

#include <algorithm>
#include <array>

/// Programs that keep whole zones as configuration: DNSControl and octoDNS.
namespace mailoscope::fixes::forms
{

namespace
{

using dns::RrType;

constexpr std::array<Line, 10> DnsControlRecords = {
    {{RrType::A, "A({name}, {address}, TTL({ttl}))"},
     {RrType::AAAA, "AAAA({name}, {address}, TTL({ttl}))"},
     {RrType::CAA, "CAA({name}, {tag}, {value}, TTL({ttl}))"},
     {RrType::CNAME, "CNAME({name}, {target}, TTL({ttl}))"},
     {RrType::DS, "DS({name}, {key}, {algorithm}, {digesttype}, {digest}, TTL({ttl}))"},
     {RrType::MX, "MX({name}, {preference}, {exchange}, TTL({ttl}))"},
     {RrType::NS, "NS({name}, {target}, TTL({ttl}))"},
     {RrType::PTR, "PTR({name}, {target}, TTL({ttl}))"},
     {RrType::TLSA, "TLSA({name}, {usage}, {selector}, {matching}, {data}, TTL({ttl}))"},
     {RrType::TXT, "TXT({name}, {text}, TTL({ttl}))"}}};
constexpr std::array<Line, 1> DnsControlCritical = {
    {{RrType::CAA, "CAA({name}, {tag}, {value}, CAA_CRITICAL, TTL({ttl}))"}}};

constexpr std::uint8_t CaaCritical = 128; ///< RFC 8659 section 4.1

/// Empty, with a note, where DNSControl has no way to write the record.
std::string dnsControlRecord(const ZonePart &part, const RecordSet &set, const dns::RecordData &data,
                             Written &out)
{
    const std::vector<Part> parts = partsOf(data, set.type);
    const std::array<Part, 2> more = {Part{"name", relative(set.name, part.zone, "@")}, Part{"ttl", set.ttl}};
    const auto *caa = std::get_if<dns::CaaData>(&data);
    const std::string text = caa && caa->flags == CaaCritical
                                 ? filled(DnsControlCritical, set.type, parts, jsonQuoted, more)
                                 : filled(DnsControlRecords, set.type, parts, jsonQuoted, more);
    if (parts.empty() || text.empty() || (caa && caa->flags != 0 && caa->flags != CaaCritical)) {
        out.noteType(set);
        return {};
    }
    if (!isCleanText(parts)) {
        out.noteOctets(set);
        return {};
    }
    return text;
}

constexpr std::array<PartName, 19> OctoDnsMembers = {{{RrType::CAA, "flags", "flags"},
                                                      {RrType::CAA, "tag", "tag"},
                                                      {RrType::CAA, "value", "value"},
                                                      {RrType::DS, "algorithm", "algorithm"},
                                                      {RrType::DS, "digest", "digest"},
                                                      {RrType::DS, "digesttype", "digest_type"},
                                                      {RrType::DS, "key", "key_tag"},
                                                      {RrType::MX, "exchange", "exchange"},
                                                      {RrType::MX, "preference", "preference"},
                                                      {RrType::TLSA, "data", "certificate_association_data"},
                                                      {RrType::TLSA, "usage", "certificate_usage"},
                                                      {RrType::TLSA, "matching", "matching_type"},
                                                      {RrType::TLSA, "selector", "selector"},
                                                      {RrType::A, "address", ""},
                                                      {RrType::AAAA, "address", ""},
                                                      {RrType::CNAME, "target", ""},
                                                      {RrType::NS, "target", ""},
                                                      {RrType::PTR, "target", ""},
                                                      {RrType::TXT, "text", ""}}};

/// Semicolons have a backslash; other backslashes are passed on to the service, which takes them for escapes.
std::string octoDnsText(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == ';' || c == '\\')
            escaped.push_back('\\');
        escaped.push_back(c);
    }
    return escaped;
}

/// Null, with a note, where octoDNS has no way to write the set.
Json octoDnsSet(const RecordSet &set, Written &out)
{
    Json values = Json::array();
    for (const dns::RecordData &data : set.after) {
        const std::vector<Part> parts = partsOf(data, set.type);
        const Json members = named(OctoDnsMembers, set.type, parts);
        if (members.is_null()) {
            out.noteType(set);
            return {};
        }
        if (!isCleanText(parts)) {
            out.noteOctets(set);
            return {};
        }
        if (!members.contains(""))
            values.push_back(members);
        else if (set.type == RrType::TXT)
            values.push_back(octoDnsText(members[""].get_ref<const std::string &>()));
        else
            values.push_back(members[""]);
    }
    Json entry = {{"ttl", set.ttl}, {"type", dns::toString(set.type)}};
    if (values.size() == 1)
        entry["value"] = values.front();
    else
        entry["values"] = values;
    return entry;
}

} // namespace

Written writeDnsControl(const ZonePart &part)
{
    Written out;
    out.line("D_EXTEND(" + jsonQuoted(part.zone.text()) + ',');
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (const dns::RecordData &data : difference.removed)
            out.line("  // take away: " + shownValue(set, data));
        for (const dns::RecordData &data : difference.added) {
            const std::string record = dnsControlRecord(part, set, data, out);
            out.line(record.empty() ? "  // left out: " + shownValue(set, data) : "  " + record + ',');
        }
    }
    out.line(");");
    return out;
}

Written writeOctoDns(const ZonePart &part)
{
    Written out;
    out.line("---");
    out.line("# in the file of the zone " + shown(absolute(part.zone)));
    Json names = Json::object();
    for (const RecordSet &set : part.sets) {
        if (set.after.empty()) {
            out.line("# take away: the " + shownSet(set));
            continue;
        }
        Json entry = octoDnsSet(set, out);
        if (!entry.is_null())
            names[relative(set.name, part.zone, "")].push_back(std::move(entry));
    }
    // octoDNS wants its keys sorted.
    const nlohmann::json sorted = names;
    Json inOrder = Json::object();
    for (const auto &[name, entries] : sorted.items())
        inOrder[name] = names[name].size() == 1 ? names[name].front() : names[name];
    if (!inOrder.empty())
        out.text += toYaml(inOrder);
    return out;
}

} // namespace mailoscope::fixes::forms
