// SPDX-License-Identifier: Apache-2.0
// What mends aliases, TTLs and other records of a zone, and those of Amazon SES.
#include "fixes/workshop.h"
#include "spf/record.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

// --- The zone

/// Nothing stands behind the alias, so that nothing is lost with it.
std::optional<Draft> dropAlias(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("dns.drop-alias", finding.evidence.front());
    if (draft)
        draft->arguments["target"] = Workshop::argument(finding, "target");
    return draft;
}

std::optional<Draft> dropSecret(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("dns.drop-secret", finding.evidence.front());
}

/// RFC 2181 section 5.2: one TTL for the set, so that one record of it tells.
std::optional<Draft> usualTtl(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const dns::ResourceRecord *record = workshop.find({evidence.name, evidence.type, {}, {}, {}});
    if (!record || !workshop.isOwn(record->owner) || record->ttl == UsualTtl)
        return std::nullopt;
    Draft draft;
    draft.recipe = "dns.ttl";
    draft.arguments = {{"name", record->owner.text()},
                       {"type", dns::toString(record->type)},
                       {"seconds", std::int64_t(UsualTtl)}};
    draft.changes.emplace_back(
        RecordChange{record->owner, record->type, record->data, record->data, UsualTtl});
    return draft;
}

std::optional<Draft> dropWildcardMx(const Workshop &workshop, const Finding &finding)
{
    Draft draft;
    draft.recipe = "mx.drop-wildcard";
    draft.arguments["name"] = finding.evidence.front().name;
    const auto name = DomainName::parse(finding.evidence.front().name);
    const FactPointer *fact = name ? workshop.facts().find(*name, dns::RrType::MX) : nullptr;
    if (!fact || !(*fact)->dns().aliases.empty())
        return std::nullopt;
    for (const dns::ResourceRecord &record : (*fact)->dns().records)
        draft.changes.emplace_back(RecordChange{*name, record.type, record.data, std::nullopt, record.ttl});
    if (draft.changes.empty() || !workshop.isOwn(*name))
        return std::nullopt;
    draft.obstacles.push_back(Obstacle::UseUnseen); // names below the domain take mail by it
    return draft;
}

// --- Amazon SES

/// All names of Easy DKIM of one identity lead to the same zone.
std::string sesZone(const Workshop &workshop)
{
    for (const ses::Token &token : workshop.report().ses.tokens) {
        if (token.state == ses::Token::State::Ok && !token.region.empty())
            return "dkim." + token.region + ".amazonses.com";
    }
    return "dkim.amazonses.com";
}

std::optional<Draft> mendToken(const Workshop &workshop, const Finding &finding)
{
    const std::string text = Workshop::argument(finding, "token");
    const auto &tokens = workshop.report().ses.tokens;
    const auto token = std::find_if(tokens.begin(), tokens.end(),
                                    [&](const ses::Token &known) { return known.token == text; });
    const auto target = DomainName::parse(text + '.' + sesZone(workshop));
    if (token == tokens.end() || !target || !workshop.isOwn(token->name))
        return std::nullopt;
    RecordChange alias{token->name, dns::RrType::CNAME, std::nullopt, dns::NameData{*target}, UsualTtl};
    Draft draft;
    draft.recipe = "ses.token";
    draft.arguments = {{"name", token->name.text()}, {"target", target->text()}};
    if (token->state == ses::Token::State::TextRecord) {
        auto gone = workshop.changeOf({token->name.text(), "TXT", token->target, {}, {}}, std::nullopt);
        if (!gone)
            return std::nullopt;
        draft.changes.emplace_back(*std::move(gone));
    } else if (token->state == ses::Token::State::WrongTarget) {
        const dns::ResourceRecord *record = workshop.find({token->name.text(), "CNAME", {}, {}, {}});
        if (!record)
            return std::nullopt;
        alias.before = record->data;
        alias.ttl = record->ttl;
    }
    draft.changes.emplace_back(std::move(alias));
    return draft;
}

const ses::MailFrom *mailFromOf(const Workshop &workshop, const Finding &finding)
{
    const auto &known = workshop.report().ses.mailFrom;
    const auto found = std::find_if(known.begin(), known.end(), [&](const ses::MailFrom &mailFrom) {
        return mailFrom.name.text() == finding.evidence.front().name;
    });
    return found == known.end() ? nullptr : &*found;
}

/// Of several MX records the one that SES wants stays. Which region sends, nobody can see where none is
/// named.
std::optional<Draft> mendMailFromMx(const Workshop &workshop, const Finding &finding)
{
    const ses::MailFrom *mailFrom = mailFromOf(workshop, finding);
    const FactPointer *fact = mailFrom ? workshop.facts().find(mailFrom->name, dns::RrType::MX) : nullptr;
    if (!fact || mailFrom->mx != ses::MailFrom::Mx::Several || !workshop.isOwn(mailFrom->name))
        return std::nullopt;
    Draft draft;
    draft.recipe = "ses.one-mx";
    draft.arguments = {{"name", mailFrom->name.text()}, {"host", shown(mailFrom->host)}};
    bool isKept = false;
    for (const dns::ResourceRecord &record : (*fact)->dns().records) {
        const auto *mx = std::get_if<dns::MxData>(&record.data);
        if (mx && mx->exchange.text() == mailFrom->host && !isKept) {
            isKept = true;
            continue;
        }
        draft.changes.emplace_back(
            RecordChange{record.owner, record.type, record.data, std::nullopt, record.ttl});
    }
    draft.obstacles.push_back(Obstacle::UseUnseen); // the other hosts may take mail for the name
    return draft;
}

std::optional<Draft> mendMailFromSpf(const Workshop &workshop, const Finding &finding)
{
    const ses::MailFrom *mailFrom = mailFromOf(workshop, finding);
    if (!mailFrom || !workshop.isOwn(mailFrom->name))
        return std::nullopt;
    if (mailFrom->spf == ses::MailFrom::Spf::Missing)
        return workshop.published("ses.publish-spf", mailFrom->name, "v=spf1 include:amazonses.com ~all");
    constexpr std::string_view Version = "v=spf1";
    if (mailFrom->spf != ses::MailFrom::Spf::WithoutSes || mailFrom->spfText.size() < Version.size())
        return std::nullopt;
    std::string text = mailFrom->spfText;
    text.insert(Version.size(), " include:amazonses.com");
    return workshop.rewritten("ses.include", finding.evidence.front(), text);
}

} // namespace

std::vector<RecipeRow> zoneRecipes()
{
    return {
        {"dns.cname.dangling", dropAlias},   {"dns.ttl.high", usualTtl},
        {"dns.ttl.low", usualTtl},           {"dns.txt.secret", dropSecret},
        {"mx.wildcard", dropWildcardMx},     {"ses.dkim.cname", mendToken},
        {"ses.mailfrom.mx", mendMailFromMx}, {"ses.mailfrom.spf", mendMailFromSpf},
    };
}

} // namespace mailoscope::fixes
