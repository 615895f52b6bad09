// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/ascii.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <set>

/// Terraform (and OpenTofu): one resource a set, or a record where the service has no sets.
namespace mailoscope::fixes::forms
{

namespace
{

using dns::RrType;

/// The body of a block. Texts are quoted, expressions are not.
class HclBody
{
public:
    explicit HclBody(int indent = 2) : m_margin(static_cast<std::size_t>(indent), ' ') {}

    void attribute(std::string_view name, std::string_view text) { expression(name, hclQuoted(text)); }
    void member(std::string_view name, const Json &value)
    {
        if (value.is_string())
            attribute(name, std::string_view(value.get_ref<const std::string &>()));
        else
            expression(name, value.dump());
    }
    void expression(std::string_view name, std::string text)
    {
        m_attributes.push_back({name, std::move(text)});
    }
    void list(std::string_view name, const std::vector<std::string> &texts)
    {
        std::string items = "[\n";
        for (const std::string &text : texts)
            items += m_margin + "  " + hclQuoted(text) + ",\n";
        expression(name, items + m_margin + ']');
    }
    /// `name {` and the members of `object` `}`; as an attribute with "=" where it is an object.
    void object(std::string_view name, const Json &members, bool isAttribute)
    {
        HclBody inner(static_cast<int>(m_margin.size()) + 2);
        for (const auto &[key, value] : members.items())
            inner.member(key, value);
        const std::string text = "{\n" + inner.text() + m_margin + '}';
        if (isAttribute)
            expression(name, text);
        else
            m_blocks += '\n' + m_margin + std::string(name) + ' ' + text + '\n';
    }

    /// As `terraform fmt` has it: equal signs in a column, but for values of several lines.
    std::string text() const
    {
        std::size_t width = 0;
        const auto isLong = [](const Attribute &a) { return a.text.find('\n') != std::string::npos; };
        for (const Attribute &attribute : m_attributes)
            width = isLong(attribute) ? width : std::max(width, attribute.name.size());
        std::string all;
        for (const Attribute &attribute : m_attributes) {
            std::string name(attribute.name);
            if (!isLong(attribute))
                name.resize(width, ' ');
            all += m_margin + name + " = " + attribute.text + '\n';
        }
        return all + m_blocks;
    }

private:
    struct Attribute {
        std::string name;
        std::string text;
        Attribute(std::string_view n, std::string t) : name(n), text(std::move(t)) {}
    };
    std::string m_margin;
    std::vector<Attribute> m_attributes;
    std::string m_blocks;
};

/// Identifiers, each once.
class Names
{
public:
    std::string of(const RecordSet &set)
    {
        std::string name;
        for (const char c : set.name.text() + '_' + dns::toString(set.type)) {
            if (c == '*')
                name += "wildcard";
            else
                name.push_back(ascii::isAlnum(c) || c == '-' ? ascii::toLower(c) : '_');
        }
        if (!ascii::isAlpha(name.front()))
            name.insert(0, "r");
        std::string candidate = name;
        for (int i = 2; !m_taken.insert(candidate).second; ++i)
            candidate = name + '_' + std::to_string(i);
        return candidate;
    }

private:
    std::set<std::string> m_taken;
};

class TerraformWriter
{
public:
    TerraformWriter(const ZonePart &part, std::vector<std::string_view> variables) : m_part(part)
    {
        for (const std::string_view variable : variables)
            m_out.text += (m_out.text.empty() ? "variable " : "\nvariable ") + hclQuoted(variable) +
                          " {\n  type = string\n}\n";
    }
    void resource(std::string_view type, const RecordSet &set, const HclBody &body,
                  std::string_view comment = {})
    {
        m_out.text += '\n';
        if (!comment.empty())
            m_out.line("# " + std::string(comment));
        m_out.line("resource " + hclQuoted(type) + ' ' + hclQuoted(m_names.of(set)) + " {");
        m_out.text += body.text() + "}\n";
    }
    /// True, with a note, where nothing is left of the set.
    bool goes(const RecordSet &set)
    {
        if (!set.after.empty())
            return false;
        m_out.line("\n# The " + shownSet(set) + " go: take their resource away.");
        return true;
    }
    void left(const RecordSet &set) { m_out.line("\n# Left out: the " + shownSet(set) + '.'); }
    Written &out() { return m_out; }
    const ZonePart &part() const { return m_part; }

private:
    const ZonePart &m_part;
    Names m_names;
    Written m_out;
};

/// The provider puts the outer quotes of a TXT value itself and passes on the rest: `\"\"` divides strings.
std::string withoutOuterQuotes(std::string value)
{
    constexpr std::string_view Between = "\" \"";
    // Inside a string every quote has a backslash before it.
    for (std::size_t at = value.find(Between); at != std::string::npos; at = value.find(Between, at)) {
        if (value[at - 1] != '\\')
            value.erase(at + 1, 1);
        at += 2;
    }
    return value.substr(1, value.size() - 2);
}

constexpr std::array<PartName, 4> AzureBlocks = {{{RrType::CAA, "flags", "flags"},
                                                  {RrType::CAA, "tag", "tag"},
                                                  {RrType::CAA, "value", "value"},
                                                  {RrType::TXT, "text", "value"}}};
constexpr std::array<PartName, 2> AzureMx = {
    {{RrType::MX, "preference", "preference"}, {RrType::MX, "exchange", "exchange"}}};

struct AzureResource {
    RrType type;
    std::string_view name;
    std::string_view list; ///< the attribute with all values; empty where each has a block
};
constexpr std::array<AzureResource, 8> AzureResources = {
    {{RrType::A, "azurerm_dns_a_record", "records"},
     {RrType::AAAA, "azurerm_dns_aaaa_record", "records"},
     {RrType::CAA, "azurerm_dns_caa_record", ""},
     {RrType::CNAME, "azurerm_dns_cname_record", "record"},
     {RrType::MX, "azurerm_dns_mx_record", ""},
     {RrType::NS, "azurerm_dns_ns_record", "records"},
     {RrType::PTR, "azurerm_dns_ptr_record", "records"},
     {RrType::TXT, "azurerm_dns_txt_record", ""}}};

constexpr std::array<PartName, 11> CloudflareData = {{{RrType::CAA, "flags", "flags"},
                                                      {RrType::CAA, "tag", "tag"},
                                                      {RrType::CAA, "value", "value"},
                                                      {RrType::TLSA, "usage", "usage"},
                                                      {RrType::TLSA, "selector", "selector"},
                                                      {RrType::TLSA, "matching", "matching_type"},
                                                      {RrType::TLSA, "data", "certificate"},
                                                      {RrType::DS, "key", "key_tag"},
                                                      {RrType::DS, "algorithm", "algorithm"},
                                                      {RrType::DS, "digesttype", "digest_type"},
                                                      {RrType::DS, "digest", "digest"}}};

/// Cloudflare's API and its Terraform resource have the same members.
Json cloudflareRecord(const RecordSet &set, const dns::RecordData &data, Written &out)
{
    constexpr std::uint32_t LeastTtl = 60;
    const std::vector<Part> parts = partsOf(data, set.type);
    if (parts.empty()) {
        out.noteType(set);
        return {};
    }
    const auto withoutDot = [](std::string name) {
        if (name.size() > 1 && name.back() == '.')
            name.pop_back();
        return name;
    };
    Json record = {{"type", dns::toString(set.type)}, {"name", set.name.text()}};
    record["ttl"] = std::max(set.ttl, LeastTtl);
    const Json members = named(CloudflareData, set.type, parts);
    if (!members.is_null() && !isCleanText(parts)) {
        out.noteOctets(set);
        return {};
    }
    if (!members.is_null()) {
        record["data"] = members;
    } else if (const auto *mx = std::get_if<dns::MxData>(&data)) {
        record["priority"] = mx->preference;
        record["content"] = withoutDot(absolute(mx->exchange));
    } else {
        const std::string content = valueText(set.type, data, Escapes::Decimal);
        const bool isProxiable =
            set.type == RrType::A || set.type == RrType::AAAA || set.type == RrType::CNAME;
        if (isProxiable)
            record["proxied"] = false;
        record["content"] = set.type == RrType::TXT ? content : withoutDot(content);
    }
    return record;
}

Json azureMembers(const RecordSet &set, const std::vector<Part> &parts)
{
    Json members = named(AzureBlocks, set.type, parts);
    return members.is_null() ? named(AzureMx, set.type, parts) : members;
}

void writeAzureSet(const RecordSet &set, TerraformWriter &writer)
{
    const auto *const resource =
        std::find_if(AzureResources.begin(), AzureResources.end(),
                     [&set](const AzureResource &candidate) { return candidate.type == set.type; });
    if (resource == AzureResources.end()) {
        writer.out().noteType(set);
        return writer.left(set);
    }
    HclBody body;
    body.attribute("name", relative(set.name, writer.part().zone, "@"));
    body.attribute("zone_name", writer.part().zone.text());
    body.expression("resource_group_name", "var.resource_group");
    body.expression("ttl", std::to_string(set.ttl));
    std::vector<std::string> values;
    for (const dns::RecordData &data : set.after) {
        const std::vector<Part> parts = partsOf(data, set.type);
        if (!isCleanText(parts)) {
            writer.out().noteOctets(set);
            return writer.left(set);
        }
        if (resource->list.empty())
            body.object("record", azureMembers(set, parts), false);
        else
            values.push_back(parts.front().value.get<std::string>());
    }
    if (set.type == RrType::CNAME)
        body.attribute(resource->list, std::string_view(values.front()));
    else if (!resource->list.empty())
        body.list(resource->list, values);
    writer.resource(resource->name, set, body);
}

} // namespace

Written writeTerraformRoute53(const ZonePart &part)
{
    TerraformWriter writer(part, {"zone_id"});
    for (const RecordSet &set : part.sets) {
        if (writer.goes(set))
            continue;
        HclBody body;
        body.expression("zone_id", "var.zone_id");
        body.attribute("name", std::string_view(route53Name(set.name)));
        body.attribute("type", std::string_view(dns::toString(set.type)));
        body.expression("ttl", std::to_string(set.ttl));
        std::vector<std::string> values = valueTexts(set, Escapes::Octal);
        if (set.type == RrType::TXT)
            std::transform(values.begin(), values.end(), values.begin(), withoutOuterQuotes);
        body.list("records", values);
        writer.resource("aws_route53_record", set, body);
    }
    return writer.out();
}

Written writeTerraformGoogle(const ZonePart &part)
{
    TerraformWriter writer(part, {"managed_zone"});
    for (const RecordSet &set : part.sets) {
        if (writer.goes(set))
            continue;
        HclBody body;
        body.expression("managed_zone", "var.managed_zone");
        body.attribute("name", std::string_view(absolute(set.name)));
        body.attribute("type", std::string_view(dns::toString(set.type)));
        body.expression("ttl", std::to_string(set.ttl));
        body.list("rrdatas", valueTexts(set, Escapes::Decimal));
        writer.resource("google_dns_record_set", set, body);
    }
    return writer.out();
}

Written writeTerraformAzure(const ZonePart &part)
{
    TerraformWriter writer(part, {"resource_group"});
    for (const RecordSet &set : part.sets) {
        if (!writer.goes(set))
            writeAzureSet(set, writer);
    }
    return writer.out();
}

Written writeTerraformCloudflare(const ZonePart &part)
{
    TerraformWriter writer(part, {"zone_id"});
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (std::size_t i = difference.replacements(); i < difference.removed.size(); ++i)
            writer.out().line("\n# Take away the resource of " + shownValue(set, difference.removed[i]));
        for (std::size_t i = 0; i < difference.added.size(); ++i) {
            const Json record = cloudflareRecord(set, difference.added[i], writer.out());
            if (record.is_null()) {
                writer.left(set);
                continue;
            }
            HclBody body;
            body.expression("zone_id", "var.zone_id");
            for (const auto &[key, value] : record.items()) {
                if (value.is_object())
                    body.object(key, value, true);
                else
                    body.member(key, value);
            }
            writer.resource("cloudflare_dns_record", set, body,
                            i < difference.replacements()
                                ? "In the place of " + shownValue(set, difference.removed[i])
                                : std::string());
        }
    }
    return writer.out();
}

Written writeCloudflare(const ZonePart &part)
{
    Written out;
    Json deletes = Json::array();
    Json patches = Json::array();
    Json posts = Json::array();
    auto idOf = [&out, count = 0](const RecordSet &set, const dns::RecordData &data) mutable {
        std::string id = "RECORD_ID_" + std::to_string(++count);
        out.note("Put the id that Cloudflare gave to the record " + shownValue(set, data) +
                 " in the place of " + id + '.');
        return id;
    };
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (std::size_t i = difference.replacements(); i < difference.removed.size(); ++i)
            deletes.push_back({{"id", idOf(set, difference.removed[i])}});
        for (std::size_t i = 0; i < difference.added.size(); ++i) {
            const Json record = cloudflareRecord(set, difference.added[i], out);
            if (record.is_null())
                continue;
            if (i >= difference.replacements()) {
                posts.push_back(record);
                continue;
            }
            Json patch = {{"id", idOf(set, difference.removed[i])}};
            patch.update(record);
            patches.push_back(std::move(patch));
        }
    }
    const Json batch = {
        {"deletes", deletes}, {"patches", patches}, {"puts", Json::array()}, {"posts", posts}};
    out.line(batch.dump(2, ' ', true));
    return out;
}

} // namespace mailoscope::fixes::forms
