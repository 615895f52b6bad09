// SPDX-License-Identifier: Apache-2.0
// What mends DKIM key records and BIMI assertion records. A key itself is made where mail is signed.
#include "base/ascii.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

constexpr std::string_view NoKey = "v=DKIM1; p=";
constexpr std::string_view NoLogo = "v=BIMI1; l=; a=;";

std::optional<Draft> dropTag(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    if (evidence.span.isEmpty())
        return std::nullopt;
    auto draft =
        workshop.rewritten("dkim.drop-tag", evidence, withoutPart(evidence.record, evidence.span.begin));
    if (draft)
        draft->arguments["tag"] =
            shown(evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin));
    return draft;
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

std::optional<Draft> refuseKeys(const Workshop &workshop, const Finding &finding)
{
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!name)
        return std::nullopt;
    Draft draft = workshop.published("dkim.no-keys", *name, NoKey);
    draft.obstacles = workshop.whereInUse();
    return draft;
}

std::optional<Draft> declineBimi(const Workshop &workshop, const Finding &finding)
{
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!name)
        return std::nullopt;
    Draft draft = workshop.published("bimi.decline", *name, NoLogo);
    draft.obstacles = workshop.whereInUse();
    return draft;
}

std::optional<Draft> bimiVersion(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t version = ascii::lowered(evidence.record).find("v=bimi1");
    if (version == std::string::npos)
        return std::nullopt;
    constexpr std::size_t VersionOctets = 7;
    std::string before = evidence.record.substr(0, version);
    std::string rest = evidence.record.substr(version + VersionOctets);
    const std::size_t begin = rest.find_first_not_of(" \t;,");
    rest = begin == std::string::npos ? std::string() : rest.substr(begin);
    if (before.find('=') != std::string::npos)
        rest = before + (rest.empty() ? "" : "; ") + rest;
    return workshop.rewritten("bimi.respell", evidence, "v=BIMI1; " + rest);
}

std::optional<Draft> toHttps(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t at = ascii::lowered(evidence.record).find("http://", evidence.span.begin);
    if (at == std::string::npos || at >= evidence.span.end)
        return std::nullopt;
    constexpr std::size_t SchemeOctets = 7;
    return workshop.rewritten("bimi.https", evidence,
                              replaced(evidence.record, {at, at + SchemeOctets}, "https://"));
}

std::optional<Draft> dropBimiTag(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    if (evidence.span.isEmpty())
        return std::nullopt;
    return workshop.rewritten("bimi.drop-tag", evidence, withoutPart(evidence.record, evidence.span.begin));
}

} // namespace

std::vector<RecipeRow> keyRecipes()
{
    return {
        {"bimi.a.https", toHttps},
        {"bimi.avp", dropBimiTag},
        {"bimi.l.https", toHttps},
        {"bimi.lps", dropBimiTag},
        {"bimi.version", bimiVersion},
        {"dkim.adsp", withdraw},
        {"dkim.g.tag", dropTag},
        {"dkim.h.sha1", dropTag},
        {"dkim.n.long", dropTag},
        {"dkim.parked.open", refuseKeys},
        {"dkim.policy-leftover", withdraw},
        {"dkim.s.service", dropTag},
        {"dkim.syntax", respell},
        {"dkim.t.y", endTest},
        {"park.bimi-declined", declineBimi},
        {"park.dkim-wildcard", refuseKeys},
    };
}

} // namespace mailoscope::fixes
