// SPDX-License-Identifier: Apache-2.0
// What mends an SPF record.
#include "base/ascii.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"
#include "providers/providers.h"
#include "spf/record.h"
#include "spf/sets/flatten.h"

#include <algorithm>
#include <array>
#include <set>

namespace mailoscope::fixes
{

namespace
{

constexpr std::string_view Nobody = "v=spf1 -all";

/// The span of the term that holds the place.
std::optional<Span> termAt(const spf::ParsedRecord &parsed, std::size_t place)
{
    for (const Span &span : parsed.spans) {
        if (span.begin <= place && place < span.end)
            return span;
    }
    return std::nullopt;
}

/// Reads the evidence as a record and finds the term it shows.
struct ShownTerm {
    spf::ParsedRecord parsed;
    Span span;
    std::string text;
};
std::optional<ShownTerm> shownTerm(const Evidence &evidence)
{
    ShownTerm shown{spf::parse(evidence.record), {}, {}};
    if (!shown.parsed.record)
        return std::nullopt;
    const auto span = termAt(shown.parsed, evidence.span.begin);
    if (!span)
        return std::nullopt;
    shown.span = *span;
    shown.text = evidence.record.substr(span->begin, span->end - span->begin);
    return shown;
}

std::optional<Draft> withTermText(const Workshop &workshop, const Finding &finding, std::string recipe,
                                  const std::string &newTerm)
{
    const Evidence &evidence = finding.evidence.front();
    const auto shown = shownTerm(evidence);
    if (!shown || newTerm == shown->text)
        return std::nullopt;
    auto draft = workshop.rewritten(std::move(recipe), evidence,
                                    newTerm.empty() ? withoutTerm(evidence.record, shown->span)
                                                    : replaced(evidence.record, shown->span, newTerm));
    if (draft) {
        draft->arguments["term"] = mailoscope::shown(shown->text);
        draft->arguments["new_term"] = mailoscope::shown(newTerm);
    }
    return draft;
}

std::optional<Draft> dropTerm(const Workshop &workshop, const Finding &finding)
{
    return withTermText(workshop, finding, "spf.drop-term", {});
}

/// What terms in front of it decide already.
std::optional<Draft> dropCovered(const Workshop &workshop, const Finding &finding)
{
    return withTermText(workshop, finding, "spf.drop-covered", {});
}

/// Addresses that nobody on the Internet can send from.
std::optional<Draft> dropPrivate(const Workshop &workshop, const Finding &finding)
{
    auto draft = withTermText(workshop, finding, "spf.drop-private", {});
    if (draft)
        draft->narrows = true;
    return draft;
}

std::optional<Draft> dropPtr(const Workshop &workshop, const Finding &finding)
{
    auto draft = withTermText(workshop, finding, "spf.drop-ptr", {});
    if (draft) // which addresses it lets pass, only the addresses' owners could say
        draft->obstacles.push_back(Obstacle::SendersUnseen);
    return draft;
}

std::optional<Draft> dropRepeated(const Workshop &workshop, const Finding &finding)
{
    Finding last = finding;
    for (auto evidence = finding.evidence.rbegin(); evidence != finding.evidence.rend(); ++evidence) {
        last.evidence = {*evidence};
        if (auto draft = withTermText(workshop, last, "spf.drop-repeated", {}))
            return draft;
    }
    return std::nullopt;
}

/// Everything behind the first `all` that is a directive, and redirects beside it.
std::optional<Draft> dropDead(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const spf::ParsedRecord parsed = spf::parse(evidence.record);
    const auto all = parsed.record ? spf::indexOfAll(*parsed.record) : std::nullopt;
    if (!all)
        return std::nullopt;
    std::string record = evidence.record;
    for (std::size_t i = parsed.spans.size(); i-- > 0;) {
        const spf::Term &term = parsed.record->terms[i];
        const bool isDead = (i > *all && std::holds_alternative<spf::Directive>(term)) ||
                            std::holds_alternative<spf::Redirect>(term);
        if (isDead)
            record = withoutTerm(record, parsed.spans[i]);
    }
    return workshop.rewritten("spf.drop-dead", evidence, record);
}

/// Terms whose look-ups give nothing to either address family.
std::optional<Draft> dropVoid(const Workshop &workshop, const Finding &)
{
    const spf::Node &root = workshop.report().spf.root;
    if (!root.record)
        return std::nullopt;
    std::string record = root.selection.text;
    for (std::size_t i = root.terms.size(); i-- > 0;) {
        const spf::TermNode &term = root.terms[i];
        if (term.ownVoids.v4 > 0 && term.ownVoids.v6 > 0 &&
            spf::mechanismOf(root.record->record->terms[term.index]))
            record = withoutTerm(record, root.record->spans[term.index]);
    }
    const Evidence evidence{root.domain.text(), "TXT", root.selection.text, {}, {}};
    return workshop.rewritten("spf.drop-void", evidence, record);
}

/// `+all` and `?all` become `~all`: what is not authorised is then doubtful, and nothing is lost at once.
std::optional<Draft> softenAll(const Workshop &workshop, const Finding &finding)
{
    auto draft = withTermText(workshop, finding, "spf.soft-all", "~all");
    if (!draft)
        return std::nullopt;
    draft->narrows = true;
    if (finding.id == "spf.all.pass" && workshop.report().dmarc.policy.isEnforced() && !workshop.signsMail())
        draft->obstacles.push_back(Obstacle::SendersUnseen);
    return draft;
}

std::optional<Draft> appendAll(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    return workshop.rewritten("spf.add-all", evidence, evidence.record + " ~all");
}

std::optional<Draft> publishNobody(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    std::optional<Draft> draft = evidence.record.empty()
                                     ? workshop.published("spf.nobody", workshop.domain(), Nobody)
                                     : workshop.rewritten("spf.nobody", evidence, std::string(Nobody));
    if (draft) {
        draft->narrows = true;
        for (const Obstacle obstacle : workshop.whereInUse())
            draft->obstacles.push_back(obstacle);
    }
    return draft;
}

/// From what can be seen: the domain's own mail hosts, and the providers that host its mail.
std::optional<Draft> publishFirst(const Workshop &workshop, const Finding &)
{
    if (!workshop.takesMail())
        return std::nullopt;
    const Report &report = workshop.report();
    bool ownHosts = false;
    for (const mx::Host &host : report.mx.hosts)
        ownHosts = ownHosts || workshop.isOwn(host.name);
    Draft draft = workshop.published("spf.publish-first", workshop.domain(),
                                     ownHosts || report.mx.implicitMx ? "v=spf1 mx ~all" : "v=spf1 ~all");
    // Who else sends is not to be seen, and receivers that enforce DMARC by SPF alone would act on it.
    draft.obstacles.push_back(Obstacle::SendersUnseen);
    return draft;
}

/// All terms of all records, each once, and the most lenient `all` of them.
std::optional<Draft> mergeRecords(const Workshop &workshop, const Finding &finding)
{
    std::vector<spf::Term> terms;
    std::set<std::string> seen;
    std::optional<spf::Qualifier> all;
    const auto leniency = [](spf::Qualifier q) {
        return q == spf::Qualifier::Fail       ? 0
               : q == spf::Qualifier::SoftFail ? 1
               : q == spf::Qualifier::Neutral  ? 2
                                               : 3;
    };
    for (const Evidence &evidence : finding.evidence) {
        const spf::ParsedRecord parsed = spf::parse(evidence.record);
        if (!parsed.record || !parsed.isFlawless())
            return std::nullopt;
        for (const spf::Term &term : parsed.record->terms) {
            const auto *directive = std::get_if<spf::Directive>(&term);
            if (std::holds_alternative<spf::Redirect>(term))
                return std::nullopt; // two records cannot both have the last word
            if (directive && std::holds_alternative<spf::All>(directive->mechanism)) {
                if (!all || leniency(directive->qualifier()) > leniency(*all))
                    all = directive->qualifier();
            } else if (seen.insert(spf::toText(term)).second) {
                terms.push_back(term);
            }
        }
    }
    terms.emplace_back(spf::Directive{all.value_or(spf::Qualifier::SoftFail), spf::All{}});
    auto draft = workshop.rewritten("spf.merge", finding.evidence.front(), spf::toText({terms}));
    for (std::size_t i = 1; draft && i < finding.evidence.size(); ++i) {
        if (const auto gone = workshop.changeOf(finding.evidence[i], std::nullopt))
            draft->changes.emplace_back(*gone);
    }
    return draft;
}

std::optional<Draft> trimVersion(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t version = ascii::lowered(evidence.record).find("v=spf1");
    if (version == std::string::npos)
        return std::nullopt;
    std::string record = evidence.record.substr(version);
    while (!record.empty() && (record.back() == '"' || record.back() == '\'' || record.back() == ' '))
        record.pop_back();
    return workshop.rewritten("spf.trim-version", evidence, record);
}

std::optional<Draft> partVersion(const Workshop &workshop, const Finding &finding)
{
    constexpr std::size_t VersionOctets = 6;
    const Evidence &evidence = finding.evidence.front();
    std::size_t rest = VersionOctets;
    while (rest < evidence.record.size() &&
           std::string_view(";,:").find(evidence.record[rest]) != std::string_view::npos)
        ++rest;
    const std::string tail = evidence.record.substr(std::min(rest, evidence.record.size()));
    return workshop.rewritten("spf.part-version", evidence,
                              "v=spf1" + std::string(tail.empty() || tail.front() == ' ' ? "" : " ") + tail);
}

Draft rewriting(const Workshop &workshop, std::string recipe, spf::Rewriting written)
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = workshop.domain().text();
    std::string branches;
    for (const spf::Branch &branch : written.replaced)
        branches += (branches.empty() ? "" : ", ") + shown(branch.text);
    draft.arguments["branches"] = branches;
    draft.changes = std::move(written.changes);
    return draft;
}

/// Without what is needless, if that is enough; else with the fewest branches replaced by their addresses.
std::optional<Draft> bringUnderLimit(const Workshop &workshop, const Finding &finding)
{
    const spf::Evaluation &spf = workshop.report().spf;
    if (!workshop.isOwn(spf.root.domain) || finding.evidence.empty())
        return std::nullopt;
    FactReader reader(workshop.facts());
    const spf::Limits limits;
    if (auto cleaned = spf::cleaned(spf, reader, workshop.records());
        cleaned && cleaned->proof.lookups <= limits.lookups) {
        return rewriting(workshop, "spf.clean", *std::move(cleaned));
    }
    auto flattened = spf::bringUnderLimit(spf, reader, workshop.records(), limits);
    if (!flattened)
        return std::nullopt;
    return rewriting(workshop, "spf.flatten", *std::move(flattened));
}

/// Without what is needless, where that saves look-ups or room.
std::optional<Draft> cleanUp(const Workshop &workshop, const Finding &finding)
{
    const spf::Evaluation &spf = workshop.report().spf;
    if (!workshop.isOwn(spf.root.domain) || finding.evidence.empty())
        return std::nullopt;
    FactReader reader(workshop.facts());
    auto cleaned = spf::cleaned(spf, reader, workshop.records());
    const bool isLookups = finding.id == "spf.lookups.near";
    if (!cleaned ||
        (isLookups ? cleaned->proof.lookups >= spf.lookups : cleaned->after.size() >= cleaned->before.size()))
        return std::nullopt;
    return rewriting(workshop, "spf.clean", *std::move(cleaned));
}

/// What everybody else is then told is that they are doubtful.
std::optional<Draft> endRedirect(const Workshop &workshop, const Finding &finding)
{
    return withTermText(workshop, finding, "spf.end-redirect", "~all");
}

std::optional<Draft> withdraw(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("record.withdraw", finding.evidence.front());
}

std::optional<Draft> maskHostBits(const Workshop &workshop, const Finding &finding)
{
    const auto shown = shownTerm(finding.evidence.front());
    if (!shown)
        return std::nullopt;
    const std::size_t colon = shown->text.find(':');
    for (std::size_t i = 0; i < shown->parsed.spans.size() && colon != std::string::npos; ++i) {
        if (shown->parsed.spans[i] != shown->span)
            continue;
        const spf::Mechanism *mechanism = spf::mechanismOf(shown->parsed.record->terms[i]);
        const auto *ip4 = mechanism ? std::get_if<spf::Ip4>(mechanism) : nullptr;
        const auto *ip6 = mechanism ? std::get_if<spf::Ip6>(mechanism) : nullptr;
        if (!ip4 && !ip6)
            break;
        const Cidr network = ip4 ? ip4->network() : ip6->network();
        return withTermText(workshop, finding, "spf.mask-network",
                            shown->text.substr(0, colon + 1) +
                                Cidr{network.first(), network.prefixLength}.toString());
    }
    return std::nullopt;
}

bool isSound(const std::string &term)
{
    const spf::ParsedRecord parsed = spf::parse("v=spf1 " + term);
    return parsed.record && parsed.isFlawless() && parsed.record->terms.size() == 1 &&
           !std::holds_alternative<spf::UnknownModifier>(parsed.record->terms.front());
}

std::string withAddressMechanism(const std::string &qualifier, std::string address)
{
    std::string bare = address.substr(0, address.find('/'));
    const auto ip = IpAddress::parse(bare);
    if (!ip)
        return {};
    return qualifier + (ip->isV4() ? "ip4:" : "ip6:") + address;
}

/// What the owner can only have meant, if there is one such thing.
std::optional<std::string> meantBy(const std::string &term)
{
    struct Slip {
        std::string_view written;
        std::string_view meant;
    };
    static constexpr std::array<Slip, 16> Slips = {{{"ipv4", "ip4"},
                                                    {"ipv6", "ip6"},
                                                    {"ip-4", "ip4"},
                                                    {"ip-6", "ip6"},
                                                    {"inlcude", "include"},
                                                    {"inclde", "include"},
                                                    {"incude", "include"},
                                                    {"includ", "include"},
                                                    {"includes", "include"},
                                                    {"incldue", "include"},
                                                    {"iclude", "include"},
                                                    {"inculde", "include"},
                                                    {"al", "all"},
                                                    {"alll", "all"},
                                                    {"exist", "exists"},
                                                    {"redirct", "redirect"}}};
    std::string core = term;
    std::string qualifier;
    for (const std::string_view dash :
         {"\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x88\x92"}) { // en dash, em dash, minus
        if (core.rfind(dash, 0) == 0)
            core = '-' + core.substr(dash.size());
    }
    for (const std::string_view mark : {"\xc2\xa0", "\xe2\x80\x8b", "\xef\xbb\xbf", "\xe2\x80\x9c",
                                        "\xe2\x80\x9d", "\xe2\x80\x98", "\xe2\x80\x99", "\""}) {
        for (std::size_t at = core.find(mark); at != std::string::npos; at = core.find(mark))
            core.erase(at, mark.size());
    }
    while (!core.empty() && std::string_view(",;.'").find(core.back()) != std::string_view::npos)
        core.pop_back();
    if (!core.empty() && std::string_view("+-~?").find(core.front()) != std::string_view::npos) {
        qualifier = core.substr(0, 1);
        core.erase(0, 1);
    }
    const std::size_t end = std::min(core.find_first_of(":=/"), core.size());
    const std::string name = ascii::lowered(core.substr(0, end));
    const std::string argument = end < core.size() ? core.substr(end + 1) : std::string();
    std::vector<std::string> candidates = {qualifier + core, withAddressMechanism(qualifier, core),
                                           withAddressMechanism(qualifier, argument)};
    for (const Slip &slip : Slips) {
        if (name == slip.written)
            candidates.push_back(qualifier + std::string(slip.meant) + core.substr(end));
    }
    if (!argument.empty() && core[end] == '=')
        candidates.push_back(qualifier + name + ':' + argument);
    if (name == "include" && argument.find('/') != std::string::npos)
        candidates.push_back(qualifier + "include:" + argument.substr(0, argument.find('/')));
    if (name == "all")
        candidates.push_back(qualifier + "all");
    for (const std::string &candidate : candidates) {
        if (!candidate.empty() && candidate != term && isSound(candidate))
            return candidate;
    }
    return std::nullopt;
}

std::optional<Draft> mendTerm(const Workshop &workshop, const Finding &finding)
{
    const auto shown = shownTerm(finding.evidence.front());
    if (!shown)
        return std::nullopt;
    if (const auto meant = meantBy(shown->text))
        return withTermText(workshop, finding, "spf.mend-term", *meant);
    // Nothing stands behind the name, so that nothing is lost with it.
    if (!shown->text.empty() && (shown->text.back() == ':' || shown->text.back() == '='))
        return withTermText(workshop, finding, "spf.drop-term", {});
    if (ascii::lowered(shown->text) == "include")
        return withTermText(workshop, finding, "spf.drop-term", {});
    return std::nullopt;
}

/// A modifier that stands twice and says the same.
std::optional<Draft> dropSecond(const Workshop &workshop, const Finding &finding)
{
    const auto shown = shownTerm(finding.evidence.front());
    if (!shown)
        return std::nullopt;
    const std::size_t first = finding.evidence.front().record.find(shown->text);
    if (first >= shown->span.begin)
        return std::nullopt;
    return withTermText(workshop, finding, "spf.drop-repeated", {});
}

std::optional<Draft> partStrings(const Workshop &workshop, const Finding &finding)
{
    const auto shown = shownTerm(finding.evidence.front());
    const std::string second = Workshop::argument(finding, "second");
    if (!shown || second.empty() || shown->text.size() <= second.size() ||
        shown->text.substr(shown->text.size() - second.size()) != second)
        return std::nullopt;
    return withTermText(workshop, finding, "spf.part-strings",
                        shown->text.substr(0, shown->text.size() - second.size()) + ' ' + second);
}

std::optional<Draft> dropExplanation(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const spf::ParsedRecord parsed = spf::parse(evidence.record);
    for (std::size_t i = 0; parsed.record && i < parsed.record->terms.size(); ++i) {
        if (std::holds_alternative<spf::Exp>(parsed.record->terms[i]))
            return workshop.rewritten("spf.drop-explanation", evidence,
                                      withoutTerm(evidence.record, parsed.spans[i]));
    }
    return std::nullopt;
}

std::optional<Draft> publishHelo(const Workshop &workshop, const Finding &finding)
{
    const auto host = DomainName::parse(finding.evidence.front().name);
    if (!host || !workshop.isOwn(*host))
        return std::nullopt;
    return workshop.published("spf.publish-helo", *host, "v=spf1 a -all");
}

std::optional<Draft> publishWildcard(const Workshop &workshop, const Finding &finding)
{
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!name)
        return std::nullopt;
    Draft draft = workshop.published("spf.nobody-below", *name, Nobody);
    draft.obstacles = workshop.whereInUse();
    return draft;
}

} // namespace

std::vector<RecipeRow> spfRecipes()
{
    return {
        {"park.spf", publishNobody},
        {"park.sub-wildcard-spf", publishWildcard},
        {"spf.a.void", dropTerm},
        {"spf.all.missing", appendAll},
        {"spf.all.multiple", dropDead},
        {"spf.all.neutral", softenAll},
        {"spf.all.not-last", dropDead},
        {"spf.all.pass", softenAll},
        {"spf.cidr.dual-misuse", mendTerm},
        {"spf.cidr.host-bits", maskHostBits},
        {"spf.exp.bad", dropExplanation},
        {"spf.exp.multiple", dropSecond},
        {"spf.helo.missing", publishHelo},
        {"spf.include.duplicate", dropRepeated},
        {"spf.include.norecord", dropTerm},
        {"spf.include.nxdomain", dropTerm},
        {"spf.include.parked", dropTerm},
        {"spf.include.permerror", dropTerm},
        {"spf.include.registrable", dropTerm},
        {"spf.include.self", dropTerm},
        {"spf.ip.overlap", dropCovered},
        {"spf.ip.private", dropPrivate},
        {"spf.ip4.invalid", mendTerm},
        {"spf.ip6.invalid", mendTerm},
        {"spf.lookups.near", cleanUp},
        {"spf.lookups.over", bringUnderLimit},
        {"spf.lookups.path", bringUnderLimit},
        {"spf.loop", dropTerm},
        {"spf.missing", publishFirst},
        {"spf.modifier.unknown", mendTerm},
        {"spf.multiple", mergeRecords},
        {"spf.mx.void", dropTerm},
        {"spf.parked.not-null", publishNobody},
        {"spf.ptr.used", dropPtr},
        {"spf.redirect.multiple", dropSecond},
        {"spf.redirect.norecord", endRedirect},
        {"spf.redirect.with-all", dropTerm},
        {"spf.rfc6652.odd", dropTerm},
        {"spf.rr99", withdraw},
        {"spf.size.450", cleanUp},
        {"spf.size.512", cleanUp},
        {"spf.syntax", mendTerm},
        {"spf.syntax.joined-strings", partStrings},
        {"spf.syntax.nonascii", mendTerm},
        {"spf.syntax.unknown-mechanism", mendTerm},
        {"spf.version.glued", partVersion},
        {"spf.version.space-before", trimVersion},
        {"spf.version.spf2", withdraw},
        {"spf.void.over", dropVoid},
    };
}

} // namespace mailoscope::fixes
