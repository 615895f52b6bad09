// SPDX-License-Identifier: Apache-2.0
// What mends DKIM key records. A key itself is made where mail is signed.
#include "base/ascii.h"
#include "base/base64.h"
#include "dkim/evaluate.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

constexpr std::string_view NoKey = "v=DKIM1; p=";

std::optional<Draft> dropTag(const Workshop &workshop, const Finding &finding)
{
    return withoutShownTag(workshop, finding, "dkim.drop-tag");
}

/// RFC 8460 section 3: a key for TLS reports is kept for them on purpose, and must not come to sign mail.
std::optional<Draft> openToMail(const Workshop &workshop, const Finding &finding)
{
    const TagList list = readTagList(finding.evidence.front().record);
    const Tag *services = list.find("s");
    if (!services || services->value.find("tlsrpt") != std::string::npos)
        return std::nullopt;
    return dropTag(workshop, finding);
}

/// t=y:s keeps the s.
std::optional<Draft> endTest(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const TagList list = readTagList(evidence.record);
    const Tag *flags = list.find("t");
    if (!flags)
        return std::nullopt;
    const bool strict = ascii::lowered(flags->value).find('s') != std::string::npos;
    return workshop.rewritten("dkim.end-test", evidence,
                              strict ? withTag(evidence.record, "t", "s")
                                     : withoutPart(evidence.record, flags->span.begin));
}

/// What a zone file's quoting has left in the data, and tags in the wrong letter case or order.
std::optional<Draft> respell(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    std::string text;
    for (std::size_t i = 0; i < evidence.record.size(); ++i) {
        const char c = evidence.record[i];
        const bool isEscape = c == '\\' && i + 1 < evidence.record.size() && evidence.record[i + 1] == ';';
        if (c != '"' && !isEscape)
            text += c;
    }
    const TagList list = readTagList(text);
    std::string written;
    std::vector<std::string> seen;
    const auto add = [&](const Tag &tag, bool version) {
        const std::string name = ascii::lowered(tag.name);
        if ((name == "v") != version || std::find(seen.begin(), seen.end(), name) != seen.end())
            return;
        seen.push_back(name);
        written +=
            (written.empty() ? "" : "; ") + name + '=' + (name == "v" ? std::string("DKIM1") : tag.value);
    };
    for (const bool version : {true, false}) {
        for (const Tag &tag : list.tags)
            add(tag, version);
    }
    if (std::find(seen.begin(), seen.end(), "p") == seen.end())
        return std::nullopt;
    return workshop.rewritten("dkim.respell", evidence, written);
}

std::optional<Draft> withdraw(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("record.withdraw", finding.evidence.front());
}

/// RFC 6376 section 3.6.1: an empty p and no record at all say the same. For a domain that sends nothing the
/// empty key is the practice, as it is at a wildcard.
std::optional<Draft> withdrawRevoked(const Workshop &workshop, const Finding &finding)
{
    const bool isWildcard = finding.evidence.front().name.starts_with("*.");
    if (isWildcard || workshop.whereInUse().empty())
        return std::nullopt;
    return workshop.withdrawn("dkim.withdraw-revoked", finding.evidence.front());
}

/// No verifier can use what stands there, so that nothing is lost with it.
std::optional<Draft> withdrawUnusable(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("dkim.withdraw-unusable", finding.evidence.front());
}

/// A key that others can sign with. Only its owner can make the new one.
std::optional<Draft> withdrawWeak(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("dkim.withdraw-weak", finding.evidence.front());
    if (draft)
        draft->obstacles.push_back(Obstacle::KeyInUse);
    return draft;
}

/// With some exponents nothing can be verified; with 3 it can.
std::optional<Draft> withdrawExponent(const Workshop &workshop, const Finding &finding)
{
    return finding.severity >= Severity::High ? withdrawUnusable(workshop, finding) : std::nullopt;
}

/// The value of p without what copying left in it: PEM lines, quotes, another alphabet (RFC 4648 section 5),
/// missing padding. Nothing where it is no key even then.
std::optional<std::string> cleanKey(dkim::KeyType type, std::string value)
{
    for (std::size_t begin = value.find("-----"); begin != std::string::npos; begin = value.find("-----")) {
        const std::size_t end = value.find("-----", begin + 5);
        if (end == std::string::npos)
            return std::nullopt;
        value.erase(begin, end + 5 - begin);
    }
    std::string clean;
    for (const char c : value) {
        if (c == '-' || c == '_')
            clean += c == '-' ? '+' : '/';
        else if (ascii::isAlnum(c) || c == '+' || c == '/')
            clean += c;
        else if (std::string_view(" \t\r\n\"'\\=").find(c) == std::string_view::npos)
            return std::nullopt;
    }
    while (clean.size() % 4 != 0)
        clean += '=';
    const dkim::Key key = dkim::readKey(type, clean);
    return key.isUsable() && !key.fault ? std::optional(clean) : std::nullopt;
}

std::optional<Draft> mendKey(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const dkim::ParsedRecord parsed = dkim::parse(evidence.record);
    const auto place = dkim::valueSpan(evidence.record, "p");
    if (!parsed.record || !parsed.record->publicKey || !place)
        return std::nullopt;
    if (const auto clean = cleanKey(parsed.record->type(), *parsed.record->publicKey))
        return workshop.rewritten("dkim.mend-key", evidence, replaced(evidence.record, *place, *clean));
    return finding.severity >= Severity::High ? withdrawUnusable(workshop, finding) : std::nullopt;
}

/// RFC 8463 section 4: the bare 32 octets, without the SubjectPublicKeyInfo around them (RFC 8410 section 4).
std::optional<Draft> unwrapKey(const Workshop &workshop, const Finding &finding)
{
    constexpr std::string_view Wrapping("\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12);
    const Evidence &evidence = finding.evidence.front();
    const auto place = dkim::valueSpan(evidence.record, "p");
    const auto octets =
        place ? fromBase64(evidence.record.substr(place->begin, place->end - place->begin)) : std::nullopt;
    if (!octets || !octets->starts_with(Wrapping))
        return withdrawUnusable(workshop, finding);
    return workshop.rewritten(
        "dkim.unwrap-key", evidence,
        replaced(evidence.record, *place, toBase64(std::string_view(*octets).substr(Wrapping.size()))));
}

/// The key itself shows its type.
std::optional<Draft> mendType(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const dkim::ParsedRecord parsed = dkim::parse(evidence.record);
    if (!parsed.record || !parsed.record->publicKey)
        return std::nullopt;
    for (const dkim::KeyType type : {dkim::KeyType::Rsa, dkim::KeyType::Ed25519}) {
        if (dkim::readKey(type, *parsed.record->publicKey).isUsable())
            return workshop.rewritten("dkim.key-type", evidence,
                                      withTag(evidence.record, "k", dkim::toString(type)));
    }
    return std::nullopt;
}

/// The one that can be used, if it is one only; the others cannot be what mail is signed with.
std::optional<Draft> keepUsable(const Workshop &workshop, const Finding &finding)
{
    const Evidence *kept = nullptr;
    Draft draft;
    for (const Evidence &evidence : finding.evidence) {
        const dkim::PublishedKey published = dkim::readPublishedKey({{evidence.record}});
        if (published.isUsable() && kept)
            return std::nullopt;
        if (published.isUsable()) {
            kept = &evidence;
        } else if (const auto gone = workshop.changeOf(evidence, std::nullopt)) {
            draft.changes.emplace_back(*gone);
        } else {
            return std::nullopt;
        }
    }
    if (!kept || draft.changes.empty())
        return std::nullopt;
    draft.recipe = "record.keep-one";
    draft.arguments["name"] = kept->name;
    return draft;
}

/// An alias to nothing verifies nothing.
std::optional<Draft> withdrawAlias(const Workshop &workshop, const Finding &finding)
{
    Evidence evidence = finding.evidence.front();
    evidence.type = "CNAME";
    auto draft = workshop.withdrawn("dkim.withdraw-alias", evidence);
    if (draft)
        draft->arguments["target"] = Workshop::argument(finding, "target");
    return draft;
}

/// Both selectors of a tenant lead to names that differ in the selector alone.
std::optional<Draft> completePair(const Workshop &workshop, const Finding &finding)
{
    const std::string one = Workshop::argument(finding, "selector");
    const std::string other = Workshop::argument(finding, "other");
    const auto name = DomainName::parse(finding.evidence.front().name);
    const auto half = workshop.below(one + "._domainkey");
    const dns::ResourceRecord *record = half ? workshop.find({half->text(), "CNAME", {}, {}, {}}) : nullptr;
    const auto *alias = record ? std::get_if<dns::NameData>(&record->data) : nullptr;
    if (!alias || !name || !alias->name.text().starts_with(one + '-'))
        return std::nullopt;
    const auto target = DomainName::parse(other + alias->name.text().substr(one.size()));
    if (!target)
        return std::nullopt;
    Draft draft;
    draft.recipe = "dkim.complete-pair";
    draft.arguments = {{"name", name->text()}, {"target", shown(target->text())}};
    draft.changes.emplace_back(
        RecordChange{*name, dns::RrType::CNAME, std::nullopt, dns::NameData{*target}, record->ttl});
    return draft;
}

std::optional<Draft> refuseKeys(const Workshop &workshop, const Finding &finding)
{
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!name)
        return std::nullopt;
    Draft draft = workshop.published("dkim.no-keys", *name, NoKey);
    draft.obstacles = workshop.whereInUse();
    return draft;
}

} // namespace

std::vector<RecipeRow> keyRecipes()
{
    return {
        {"dkim.adsp", withdraw},
        {"dkim.cname.dangling", withdrawAlias},
        {"dkim.cname.registrable", withdrawAlias},
        {"dkim.ed25519.length", unwrapKey},
        {"dkim.g.tag", dropTag},
        {"dkim.h.sha1", dropTag},
        {"dkim.k.unknown", mendType},
        {"dkim.m365.half", completePair},
        {"dkim.multiple", keepUsable},
        {"dkim.n.long", dropTag},
        {"dkim.p.base64", mendKey},
        {"dkim.p.der", mendKey},
        {"dkim.p.missing", withdrawUnusable},
        {"dkim.p.private", withdrawWeak},
        {"dkim.p.revoked", withdrawRevoked},
        {"dkim.parked.open", refuseKeys},
        {"dkim.policy-leftover", withdraw},
        {"dkim.rsa.512", withdrawWeak},
        {"dkim.rsa.exponent", withdrawExponent},
        {"dkim.rsa.sub1024", withdrawWeak},
        {"dkim.rsa.weak-modulus", withdrawWeak},
        {"dkim.s.service", openToMail},
        {"dkim.syntax", respell},
        {"dkim.t.y", endTest},
        {"park.dkim-wildcard", refuseKeys},
    };
}

} // namespace mailoscope::fixes
