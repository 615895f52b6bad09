// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"

#include "base/ascii.h"
#include "base/hex.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes::forms
{

namespace
{

constexpr std::size_t MaxStringOctets = 255; ///< RFC 1035 section 3.3

std::string octalEscape(char c)
{
    const auto octet = static_cast<unsigned char>(c);
    const auto digit = [octet](unsigned shift) { return static_cast<char>('0' + ((octet >> shift) & 7U)); };
    return {'\\', digit(6), digit(3), digit(0)};
}

/// One character-string without its quotes.
std::string escapedString(std::string_view octets, Escapes escapes)
{
    std::string text;
    if (escapes == Escapes::Decimal) {
        for (const char c : escapedOctets(octets)) {
            if (c == '"')
                text.push_back('\\');
            text.push_back(c);
        }
        return text;
    }
    for (const char c : octets) {
        if (c == '"')
            text += "\\\"";
        else if (c == '\\' || !ascii::isPrintable(c))
            text += octalEscape(c);
        else
            text.push_back(c);
    }
    return text;
}

std::string route53Target(const DomainName &name)
{
    return name.isRoot() ? "." : route53Name(name) + '.';
}

std::string quoted(std::string_view octets, Escapes escapes)
{
    return '"' + escapedString(octets, escapes) + '"';
}

std::vector<Part> addressParts(const IpAddress &address)
{
    return {{"address", address.toString()}};
}

bool isHarmlessInShell(char c)
{
    return ascii::isAlnum(c) || std::string_view("-_./:,@%+").find(c) != std::string_view::npos;
}

/// The character that a string of HCL or JSON can only hold escaped; empty where it may stand bare.
std::string controlEscape(char c)
{
    if (ascii::isPrintable(c) || static_cast<unsigned char>(c) >= 0x80)
        return {};
    return "\\u00" + toHex(std::string(1, c));
}

bool isPlainYamlWord(std::string_view text)
{
    constexpr std::array<std::string_view, 9> Words = {"true", "false", "yes", "no", "on",
                                                       "off",  "null",  "y",   "n"};
    std::string lower;
    for (const char c : text)
        lower.push_back(ascii::toLower(c));
    const auto isWordCharacter = [](char c) { return ascii::isAlnum(c) || c == '_' || c == '-'; };
    return !text.empty() && (ascii::isAlpha(text.front()) || text.front() == '_') &&
           std::all_of(text.begin(), text.end(), isWordCharacter) &&
           std::find(Words.begin(), Words.end(), lower) == Words.end();
}

/// The place of a member's or an item's value: behind it, or below it for what has members of its own.
std::string yamlMember(const Json &value, int indent)
{
    if (!value.is_structured() || value.empty())
        return ' ' + toYaml(value) + '\n';
    return '\n' + toYaml(value, indent);
}

} // namespace

std::string absolute(const DomainName &name)
{
    return name.isRoot() ? name.text() : name.text() + '.';
}

std::string route53Name(const DomainName &name)
{
    std::string text;
    for (const std::string &label : name.labels()) {
        if (!text.empty())
            text.push_back('.');
        if (text.empty() && label == "*") {
            text = "*";
            continue;
        }
        for (const char c : label) {
            if (ascii::isAlnum(c) || c == '-' || c == '_')
                text.push_back(c);
            else
                text += octalEscape(c);
        }
    }
    return text.empty() ? "." : text;
}

std::string relative(const DomainName &name, const DomainName &zone, std::string_view apex)
{
    if (name == zone)
        return std::string(apex);
    if (!name.isAtOrBelow(zone) || zone.isRoot())
        return absolute(name);
    return name.text().substr(0, name.text().size() - zone.text().size() - 1);
}

std::string quotedStrings(const dns::TxtData &data, Escapes escapes)
{
    std::string text;
    for (const std::string &string : data.strings) {
        std::string_view rest = string;
        do {
            text += (text.empty() ? "" : " ") + quoted(rest.substr(0, MaxStringOctets), escapes);
            rest.remove_prefix(std::min(MaxStringOctets, rest.size()));
        } while (!rest.empty());
    }
    return text.empty() ? "\"\"" : text;
}

std::string valueText(dns::RrType type, const dns::RecordData &data, Escapes escapes)
{
    if (const auto *txt = std::get_if<dns::TxtData>(&data))
        return quotedStrings(*txt, escapes);
    if (escapes == Escapes::Octal) {
        if (const auto *mx = std::get_if<dns::MxData>(&data))
            return std::to_string(mx->preference) + ' ' + route53Target(mx->exchange);
        if (const auto *target = std::get_if<dns::NameData>(&data))
            return route53Target(target->name);
        if (const auto *caa = std::get_if<dns::CaaData>(&data))
            return std::to_string(caa->flags) + ' ' + escapedString(caa->tag, escapes) + ' ' +
                   quoted(caa->value, escapes);
    }
    return dns::toPresentation({DomainName(), type, 0, data});
}

std::vector<std::string> valueTexts(const RecordSet &set, Escapes escapes)
{
    std::vector<std::string> texts;
    for (const dns::RecordData &data : set.after)
        texts.push_back(valueText(set.type, data, escapes));
    return texts;
}

std::vector<Part> partsOf(const dns::RecordData &data, dns::RrType type)
{
    if (const auto *address = std::get_if<IpAddress>(&data))
        return addressParts(*address);
    if (const auto *mx = std::get_if<dns::MxData>(&data))
        return {{"preference", mx->preference}, {"exchange", absolute(mx->exchange)}};
    if (const auto *txt = std::get_if<dns::TxtData>(&data); txt && type == dns::RrType::TXT)
        return {{"text", txt->joined()}};
    if (const auto *target = std::get_if<dns::NameData>(&data))
        return {{"target", absolute(target->name)}};
    if (const auto *caa = std::get_if<dns::CaaData>(&data))
        return {{"flags", caa->flags}, {"tag", caa->tag}, {"value", caa->value}};
    if (const auto *tlsa = std::get_if<dns::TlsaData>(&data))
        return {{"usage", tlsa->usage},
                {"selector", tlsa->selector},
                {"matching", tlsa->matchingType},
                {"data", toHex(tlsa->association)}};
    if (const auto *ds = std::get_if<dns::DsData>(&data))
        return {{"key", ds->keyTag},
                {"algorithm", ds->algorithm},
                {"digesttype", ds->digestType},
                {"digest", toHex(ds->digest)}};
    return {};
}

bool isCleanText(std::span<const Part> parts)
{
    return std::all_of(parts.begin(), parts.end(), [](const Part &part) {
        if (!part.value.is_string())
            return true;
        const auto &text = part.value.get_ref<const std::string &>();
        return shown(text) == text;
    });
}

Json named(std::span<const PartName> names, dns::RrType type, std::span<const Part> parts)
{
    Json object;
    for (const PartName &name : names) {
        if (name.type != type)
            continue;
        for (const Part &part : parts) {
            if (part.name == name.part)
                object[std::string(name.name)] = part.value;
        }
    }
    return object;
}

std::string filled(std::span<const Line> lines, dns::RrType type, std::span<const Part> parts, Quote quote,
                   std::span<const Part> more)
{
    const auto line =
        std::find_if(lines.begin(), lines.end(), [type](const Line &l) { return l.type == type; });
    if (line == lines.end())
        return {};
    const auto valueOf = [&](std::string_view name) -> std::string {
        for (const std::span<const Part> list : {parts, more}) {
            for (const Part &part : list) {
                if (part.name == name)
                    return part.value.is_string() ? quote(part.value.get_ref<const std::string &>())
                                                  : part.value.dump();
            }
        }
        return {};
    };
    std::string text;
    for (std::string_view rest = line->text; !rest.empty();) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        text += rest.substr(0, open);
        rest.remove_prefix(open);
        if (rest.empty())
            break;
        const std::size_t close = rest.find('}');
        text += valueOf(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
    }
    return text;
}

std::string shellQuoted(std::string_view text)
{
    if (!text.empty() && std::all_of(text.begin(), text.end(), isHarmlessInShell))
        return std::string(text);
    std::string quotedText = "'";
    for (const char c : text) {
        if (c == '\'')
            quotedText += "'\\''";
        else
            quotedText.push_back(c);
    }
    return quotedText + '\'';
}

std::string jsonQuoted(std::string_view text)
{
    return Json(text).dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::string hclQuoted(std::string_view text)
{
    std::string quotedText = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool opensTemplate = (c == '$' || c == '%') && text.substr(i + 1, 1) == "{";
        if (c == '"' || c == '\\')
            quotedText += {'\\', c};
        else if (opensTemplate && i > 0 && text[i - 1] == c)
            // Doubling is ambiguous behind the same character.
            quotedText += c == '$' ? "\\u0024" : "\\u0025";
        else if (opensTemplate)
            quotedText += {c, c};
        else if (const std::string escape = controlEscape(c); !escape.empty())
            quotedText += escape;
        else
            quotedText.push_back(c);
    }
    return quotedText + '"';
}

std::string yamlScalar(std::string_view text)
{
    if (isPlainYamlWord(text))
        return std::string(text);
    std::string quotedText = "'";
    for (const char c : text) {
        if (c == '\'')
            quotedText.push_back(c);
        quotedText.push_back(c);
    }
    return quotedText + '\'';
}

std::string toYaml(const Json &value, int indent)
{
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    std::string text;
    if (value.is_object() && !value.empty()) {
        for (const auto &[key, member] : value.items())
            text += margin + yamlScalar(key) + ':' + yamlMember(member, indent + 2);
        return text;
    }
    if (value.is_array() && !value.empty()) {
        for (const Json &item : value) {
            if (!item.is_structured() || item.empty()) {
                text += margin + "- " + toYaml(item) + '\n';
                continue;
            }
            std::string block = toYaml(item, indent + 2);
            block[static_cast<std::size_t>(indent)] = '-';
            text += block;
        }
        return text;
    }
    return value.is_string() ? yamlScalar(value.get_ref<const std::string &>()) : value.dump();
}

Difference differenceOf(const RecordSet &set)
{
    Difference difference;
    std::vector<dns::RecordData> left = set.before;
    for (const dns::RecordData &data : set.after) {
        const auto same = std::find(left.begin(), left.end(), data);
        if (same == left.end()) {
            difference.added.push_back(data);
        } else {
            difference.kept.push_back(data);
            left.erase(same);
        }
    }
    difference.removed = std::move(left);
    return difference;
}

std::string shownSet(const RecordSet &set)
{
    return dns::toString(set.type) + " records at " + shown(set.name.text());
}

std::string shownValue(const RecordSet &set, const dns::RecordData &data)
{
    return dns::toString(set.type) + ' ' + valueText(set.type, data, Escapes::Decimal) + " at " +
           shown(set.name.text());
}

} // namespace mailoscope::fixes::forms
