// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/ascii.h"
#include "base/text.h"

#include <algorithm>

/// Amazon Route 53: the change batch of its API, the command that sends it, and CloudFormation.
namespace mailoscope::fixes::forms
{

namespace
{

constexpr std::size_t MaxValueCharacters = 4000;    ///< of one TXT value
constexpr std::size_t MaxRequestRecords = 1000;     ///< ResourceRecord elements; UPSERT counts double
constexpr std::size_t MaxRequestCharacters = 32000; ///< in values; UPSERT counts double

Json recordsOf(const RecordSet &set, bool isUpsert, Written &out)
{
    Json records = Json::array();
    for (const dns::RecordData &data : isUpsert ? set.after : set.before) {
        std::string value = valueText(set.type, data, Escapes::Octal);
        if (value.size() > MaxValueCharacters)
            out.note("Route 53 takes no value longer than " + std::to_string(MaxValueCharacters) +
                     " characters; one among the " + shownSet(set) + " is longer.");
        records.push_back({{"Value", std::move(value)}});
    }
    return records;
}

Json batchOf(const ZonePart &part, Written &out)
{
    Json changes = Json::array();
    std::size_t records = 0;
    std::size_t characters = 0;
    for (const RecordSet &set : part.sets) {
        const bool isUpsert = !set.after.empty();
        Json values = recordsOf(set, isUpsert, out);
        for (const Json &value : values) {
            records += isUpsert ? 2 : 1;
            characters += value["Value"].get_ref<const std::string &>().size() * (isUpsert ? 2 : 1);
        }
        changes.push_back({{"Action", isUpsert ? "UPSERT" : "DELETE"},
                           {"ResourceRecordSet",
                            {{"Name", route53Name(set.name)},
                             {"Type", dns::toString(set.type)},
                             {"TTL", set.ttl},
                             {"ResourceRecords", std::move(values)}}}});
        if (!isUpsert)
            out.note(
                "Route 53 deletes a set only if values and TTL are given exactly; the TTL here is what a "
                "resolver told, which may be lower than the zone's.");
    }
    if (records > MaxRequestRecords || characters > MaxRequestCharacters)
        out.note("The batch is larger than Route 53 takes in one request; send its changes in several.");
    return {{"Comment", "by mailoscope"}, {"Changes", std::move(changes)}};
}

char upper(char c)
{
    return ascii::isLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Names of resources are letters and digits: `ExampleComTxt`.
std::string resourceName(const RecordSet &set, const Json &taken)
{
    std::string name;
    bool isStart = true;
    for (const char c : set.name.text() + '.' + dns::toString(set.type)) {
        if (c == '*')
            name += "Wildcard";
        else if (ascii::isAlnum(c))
            name.push_back(isStart ? upper(c) : ascii::toLower(c));
        isStart = !ascii::isAlnum(c);
    }
    if (!ascii::isAlpha(name.front()))
        name.insert(0, "R");
    std::string candidate = name;
    for (int i = 2; taken.contains(candidate); ++i)
        candidate = name + std::to_string(i);
    return candidate;
}

/// CloudFormation puts secrets and parameters in the place of `{{resolve:...}}` in any string; Route 53 gives
/// the escaped brace as it is.
std::string unresolved(std::string value)
{
    constexpr std::string_view Opening = "{{resolve:";
    for (std::size_t at = value.find(Opening); at != std::string::npos; at = value.find(Opening, at))
        value.replace(at, 1, "\\173");
    return value;
}

Json templateOf(const ZonePart &part, Written &out)
{
    Json resources = Json::object();
    for (const RecordSet &set : part.sets) {
        if (set.after.empty()) {
            out.note("The " + shownSet(set) +
                     " go: take their resource out of the stack, or delete them by hand.");
            continue;
        }
        Json values = Json::array();
        for (std::string &value : valueTexts(set, Escapes::Octal))
            values.push_back(unresolved(std::move(value)));
        Json properties = {{"HostedZoneId", {{"Ref", "ZoneId"}}},
                           {"Name", set.name.isRoot() ? "." : route53Name(set.name) + '.'},
                           {"Type", dns::toString(set.type)},
                           {"TTL", std::to_string(set.ttl)},
                           {"ResourceRecords", std::move(values)}};
        const std::string name = resourceName(set, resources);
        resources[name] = {{"Type", "AWS::Route53::RecordSet"}, {"Properties", std::move(properties)}};
    }
    if (resources.empty())
        return {};
    return {{"AWSTemplateFormatVersion", "2010-09-09"},
            {"Parameters", {{"ZoneId", {{"Type", "AWS::Route53::HostedZone::Id"}}}}},
            {"Resources", std::move(resources)}};
}

} // namespace

Written writeRoute53(const ZonePart &part)
{
    Written out;
    out.line(batchOf(part, out).dump(2, ' ', true));
    return out;
}

Written writeAws(const ZonePart &part)
{
    Written out;
    out.line("# ZONE_ID is the id of the hosted zone of " + shown(part.zone.text()) + '.');
    out.line("aws route53 change-resource-record-sets --hosted-zone-id \"$ZONE_ID\" --change-batch " +
             shellQuoted(batchOf(part, out).dump(-1, ' ', true)));
    return out;
}

Written writeCloudFormation(const ZonePart &part)
{
    Written out;
    const Json document = templateOf(part, out);
    if (!document.is_null())
        out.line(document.dump(2, ' ', true));
    return out;
}

Written writeCloudFormationYaml(const ZonePart &part)
{
    Written out;
    const Json document = templateOf(part, out);
    if (!document.is_null())
        out.text = toYaml(document);
    return out;
}

} // namespace mailoscope::fixes::forms
