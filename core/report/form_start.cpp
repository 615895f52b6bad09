// SPDX-License-Identifier: Apache-2.0
#include "report/form_start.h"

#include "base/ascii.h"
#include "base/text.h"
#include "fixes/workshop.h"
#include "providers/providers.h"
#include "report/fix_words.h"

#include <algorithm>
#include <set>

namespace mailoscope
{

namespace
{

using builders::Choices;

bool holds(const std::vector<std::string> &values, std::string_view value)
{
    return std::find(values.begin(), values.end(), value) != values.end();
}

/// Takes an SPF term into the choices; false where the form has no field for it.
class SpfTaker
{
public:
    SpfTaker(const DomainName &domain, Choices &choices) : m_domain(domain), m_choices(choices) {}

    bool take(const spf::Term &term)
    {
        if (const auto *redirect = std::get_if<spf::Redirect>(&term)) {
            m_choices.set("redirect", spf::toText(redirect->domain));
            return true;
        }
        const auto *directive = std::get_if<spf::Directive>(&term);
        if (!directive)
            return false;
        if (std::holds_alternative<spf::All>(directive->mechanism)) {
            if (directive->qualifier() == spf::Qualifier::Pass)
                return false;
            m_choices.set("all", std::string(toString(directive->qualifier())));
            return true;
        }
        return directive->qualifier() == spf::Qualifier::Pass && takeMechanism(directive->mechanism);
    }

private:
    bool takeMechanism(const spf::Mechanism &mechanism)
    {
        if (const auto *include = std::get_if<spf::Include>(&mechanism))
            m_choices.add("include", spf::toText(include->domain));
        else if (const auto *exists = std::get_if<spf::Exists>(&mechanism))
            m_choices.add("exists", spf::toText(exists->domain));
        else if (const auto *v4 = std::get_if<spf::Ip4>(&mechanism))
            m_choices.add("ip4", withLength(v4->address.toString(), v4->prefixLength));
        else if (const auto *v6 = std::get_if<spf::Ip6>(&mechanism))
            m_choices.add("ip6", withLength(v6->address.toString(), v6->prefixLength));
        else if (const auto *a = std::get_if<spf::A>(&mechanism))
            takeHosts("a", a->domain, a->cidr);
        else if (const auto *mx = std::get_if<spf::Mx>(&mechanism))
            takeHosts("mx", mx->domain, mx->cidr);
        else
            return false;
        return true;
    }
    void takeHosts(const std::string &option, const std::optional<spf::MacroString> &domain,
                   const spf::DualCidr &cidr)
    {
        if (!domain && cidr == spf::DualCidr()) {
            m_choices.set(option, std::string());
            return;
        }
        std::string text = domain ? spf::toText(*domain) : m_domain.text();
        text = withLength(std::move(text), cidr.v4);
        if (cidr.v6)
            text += "//" + std::to_string(*cidr.v6);
        m_choices.add(option + "-of", text);
    }
    static std::string withLength(std::string text, const std::optional<int> &length)
    {
        return length ? std::move(text) + '/' + std::to_string(*length) : text;
    }

    const DomainName &m_domain;
    Choices &m_choices;
};

void suggestIncludes(FormStart &start, const Report &report)
{
    // A name that stands anywhere in the tree need not be included again.
    std::set<DomainName> included;
    const auto walk = [&](const auto &self, const spf::Node &node) -> void {
        for (const spf::TermNode &term : node.terms) {
            if (!term.child)
                continue;
            included.insert(term.child->domain);
            self(self, *term.child);
        }
    };
    walk(walk, report.spf.root);
    std::set<std::string> suggested;
    const auto suggest = [&](std::string_view provider, const std::string &why) {
        const std::string include(providers::includeOf(provider));
        const auto name = DomainName::parse(include);
        if (!include.empty() && name && !included.contains(*name) && suggested.insert(include).second)
            start.suggestions.push_back({"include", include, std::string(provider) + why});
    };
    for (const mx::Host &host : report.mx.hosts) {
        if (const auto provider = providers::forMxHost(host.name))
            suggest(provider->name, ": takes the domain's mail");
    }
    for (const dkim::SelectorResult &selector : report.dkim.found) {
        if (!selector.provider.empty())
            suggest(selector.provider, std::string(selector.providerIsCertain ? ": has" : ": seems to have") +
                                           " a DKIM key here");
    }
    const bool hasOwnHosts =
        std::any_of(report.mx.hosts.begin(), report.mx.hosts.end(), [&](const mx::Host &host) {
            return host.name.isAtOrBelow(report.domain) && !host.hasOnlySpecialAddresses();
        });
    if (hasOwnHosts && !start.choices.has("mx"))
        start.suggestions.push_back({"mx", "", "the domain has mail hosts of its own"});
}

void startSpf(FormStart &start, const Report &report)
{
    const spf::Node &root = report.spf.root;
    if (root.record && root.record->record) {
        SpfTaker taker(report.domain, start.choices);
        for (const spf::Term &term : root.record->record->terms) {
            if (!taker.take(term))
                start.leftOut.push_back('"' + shown(spf::toText(term)) +
                                        "\" of today's record has no field here.");
        }
        start.choices.set(builders::TtlOption, std::to_string(root.selection.ttl));
    }
    suggestIncludes(start, report);
}

std::vector<std::string> addressesOf(const std::optional<std::vector<dmarc::ReportUri>> &uris)
{
    std::vector<std::string> texts;
    if (uris) {
        for (const dmarc::ReportUri &uri : *uris)
            texts.push_back(uri.isMailto && uri.valid && uri.uri.find('?') == std::string::npos ? uri.address
                                                                                                : uri.uri);
    }
    return texts;
}

std::vector<std::string> ruaOf(const Report &report)
{
    const dmarc::Record *record = report.dmarc.record();
    return record ? addressesOf(record->rua) : std::vector<std::string>();
}

template <typename Value>
void takeWord(Choices &choices, std::string_view option, const std::optional<dmarc::TagValue<Value>> &tag)
{
    if (tag && tag->value)
        choices.set(option, std::string(toString(*tag->value)));
}

constexpr std::string_view alignmentWord(dmarc::Alignment alignment)
{
    return alignment == dmarc::Alignment::Strict ? "strict" : "relaxed";
}

void suggestMailbox(FormStart &start, const Report &report, std::string_view localPart)
{
    if (start.choices.has("rua"))
        return;
    for (const std::string &address : ruaOf(report))
        start.suggestions.push_back({"rua", address, "gets the DMARC reports today"});
    if (!report.mx.hosts.empty() && !report.mx.nullMx)
        start.suggestions.push_back({"rua", std::string(localPart) + '@' + report.domain.text(),
                                     "a mailbox of the domain's own; it has to exist"});
}

void startDmarc(FormStart &start, const Report &report)
{
    const dmarc::WalkStep *own = report.dmarc.own();
    const bool hasOwn = own && own->status == dmarc::WalkStep::Status::Record && own->record->record;
    if (hasOwn) {
        const dmarc::Record &record = *own->record->record;
        Choices &choices = start.choices;
        takeWord(choices, "policy", record.p);
        takeWord(choices, "subdomain-policy", record.sp);
        takeWord(choices, "nonexistent-policy", record.np);
        if (record.isTesting())
            choices.set("testing", std::string());
        choices.set("rua", addressesOf(record.rua));
        choices.set("ruf", addressesOf(record.ruf));
        if (record.fo && record.fo->value && record.ruf)
            choices.set("failure-options", record.fo->text);
        else if (record.fo)
            start.leftOut.emplace_back(
                record.fo->value ? "The tag fo of today's record says nothing without ruf and is left out."
                                 : "The tag fo of today's record cannot be read and is left out.");
        if (record.adkim && record.adkim->value)
            choices.set("adkim", std::string(alignmentWord(*record.adkim->value)));
        if (record.aspf && record.aspf->value)
            choices.set("aspf", std::string(alignmentWord(*record.aspf->value)));
        const auto leave = [&](std::string_view tag, bool isThere) {
            if (isThere)
                start.leftOut.push_back("The tag " + std::string(tag) +
                                        " of today's record was given up by RFC 9989 and is left out.");
        };
        leave("pct", record.pct.has_value());
        leave("ri", record.ri.has_value());
        leave("rf", record.rf.has_value());
        const auto hasSize = [](const std::optional<std::vector<dmarc::ReportUri>> &uris) {
            return uris && std::any_of(uris->begin(), uris->end(),
                                       [](const dmarc::ReportUri &uri) { return uri.size.has_value(); });
        };
        if (hasSize(record.rua) || hasSize(record.ruf))
            start.leftOut.emplace_back(
                "The size behind an address of today's record was given up by RFC 9989 and "
                "is left out.");
        if (record.psd)
            start.leftOut.emplace_back("The tag psd of today's record has no field here.");
        for (const dmarc::Record::Unknown &unknown : record.unknown)
            start.leftOut.push_back("The tag " + shown(unknown.name) + " of today's record is unknown.");
    }
    if (!start.choices.has("policy"))
        start.choices.set("policy", std::string("none"));
    if (!hasOwn || !start.choices.has("rua"))
        suggestMailbox(start, report, "dmarc-reports");
}

void startMtaSts(FormStart &start, const Report &report)
{
    const auto &policy = report.mtaSts.policy;
    std::vector<std::string> hosts;
    if (policy && policy->record) {
        if (policy->record->mode)
            start.choices.set("mode", std::string(toString(*policy->record->mode)));
        if (policy->record->maxAge)
            start.choices.set("max-age", std::to_string(*policy->record->maxAge));
        for (const mta_sts::MxPattern &pattern : policy->record->mx)
            hosts.push_back(pattern.text());
        for (const DomainName &host : report.mtaSts.unmatchedMx)
            start.suggestions.push_back({"mx", host.text(), "takes the domain's mail and is not covered"});
    } else if (!report.mx.nullMx) {
        for (const mx::Host &host : report.mx.hosts) {
            if (!host.isAddressLiteral && !host.name.isRoot() && !holds(hosts, host.name.text()))
                hosts.push_back(host.name.text());
        }
    }
    start.choices.set("mx", hosts);
}

void startTlsRpt(FormStart &start, const Report &report)
{
    if (report.tlsRpt.record && report.tlsRpt.record->record) {
        for (const tls_rpt::ReportUri &uri : report.tlsRpt.record->record->rua) {
            const bool isPlain = uri.scheme == tls_rpt::ReportUri::Scheme::Mailto &&
                                 uri.text.find_first_of("%?") == std::string::npos;
            start.choices.add("rua", isPlain ? uri.text.substr(uri.text.find(':') + 1) : uri.text);
        }
    }
    suggestMailbox(start, report, "tls-reports");
}

void startBimi(FormStart &start, const Report &report)
{
    const bimi::Record *record = report.bimi.fromOrganizational ? nullptr : report.bimi.record();
    if (!record)
        return;
    if (record->isDeclination())
        start.choices.set("decline", std::string());
    if (record->hasLocation())
        start.choices.set("logo", *record->location);
    if (record->hasEvidence())
        start.choices.set("evidence", *record->evidence);
    if (record->avatarPreference)
        start.choices.set("avatar", *record->avatarPreference);
    if (record->localPartSelectors)
        start.leftOut.emplace_back("The tag lps of today's record has no field here.");
}

/// What a TXT record begins with and names its protocol by, in small letters: "spf1", "dmarc1". Receivers of
/// SPF pass over the letter case, and those of tag lists over blanks around the sign. Empty where there is
/// none.
std::string versionOf(std::string_view text)
{
    constexpr std::string_view Blanks = " \t";
    const std::size_t name = text.find_first_not_of("vV");
    const std::size_t sign = text.find_first_not_of(Blanks, name);
    if (name != 1 || sign == std::string_view::npos || text[sign] != '=')
        return {};
    text.remove_prefix(sign + 1);
    text.remove_prefix(std::min(text.find_first_not_of(Blanks), text.size()));
    return ascii::lowered(text.substr(0, text.find_first_of("; \t")));
}

/// The answer about a name, and the name where its records stand.
const dns::Answer *answerTo(const FactStore &facts, const DomainName &name, dns::RrType type)
{
    const FactPointer *fact = facts.find(name, type);
    return fact ? &(*fact)->dns() : nullptr;
}

bool isReplacedBy(const fixes::RecordChange &change, const dns::RecordData &data)
{
    if (change.type != dns::RrType::TXT)
        return true;
    const std::string before = versionOf(fixes::textOf(change.type, data));
    const std::string after = versionOf(fixes::textOf(change.type, *change.after));
    // RFC 6376 section 3.6.1: at a selector a record is a key also without its version.
    const bool isKey = after == "dkim1" && before.empty();
    return isKey || (before == after && !after.empty());
}

void addInPlace(std::vector<fixes::Change> &result, fixes::RecordChange change, const FactStore &facts)
{
    const dns::Answer *answer = answerTo(facts, change.name, change.type);
    if (!answer || !change.after) {
        result.emplace_back(std::move(change));
        return;
    }
    change.name = canonicalName(*answer);
    std::vector<dns::RecordData> replaced;
    bool stands = false;
    for (const dns::ResourceRecord &record : answer->records) {
        if (fixes::textOf(change.type, record.data) == fixes::textOf(change.type, *change.after))
            stands = true;
        else if (isReplacedBy(change, record.data))
            replaced.push_back(record.data);
    }
    for (std::size_t i = 0; i < replaced.size(); ++i) {
        fixes::RecordChange one = change;
        one.before = replaced[i];
        if (i > 0 || stands)
            one.after.reset();
        result.emplace_back(std::move(one));
    }
    if (replaced.empty() && !stands)
        result.emplace_back(std::move(change));
}

} // namespace

FormStart startOf(const builders::Form &form, const Report &report)
{
    FormStart start;
    if (form.name == "spf")
        startSpf(start, report);
    else if (form.name == "dmarc")
        startDmarc(start, report);
    else if (form.name == "mta-sts")
        startMtaSts(start, report);
    else if (form.name == "tls-rpt")
        startTlsRpt(start, report);
    else if (form.name == "bimi")
        startBimi(start, report);
    else if (form.name == "parked")
        start.choices.set("rua", ruaOf(report));
    return start;
}

std::vector<std::string> cautionsOf(const builders::Form &form, const Choices &choices, const Report &report,
                                    const FactStore &facts)
{
    spf::RecordCache records;
    const fixes::Workshop workshop(report, facts, records);
    std::vector<fixes::Obstacle> obstacles;
    const auto isStrict = [&](std::string_view option) {
        const auto word = choices.value(option);
        return word && *word != "none";
    };
    if (form.name == "parked" || form.name == "null-mx") {
        obstacles = workshop.whereInUse();
    } else if (form.name == "spf") {
        const bool namesNobody = !choices.has("include") && !choices.has("ip4") && !choices.has("ip6") &&
                                 !choices.has("a") && !choices.has("mx") && !choices.has("a-of") &&
                                 !choices.has("mx-of") && !choices.has("exists") && !choices.has("redirect");
        if (namesNobody && choices.value("all") == "fail")
            obstacles = workshop.whereInUse();
    } else if (form.name == "dmarc" && (isStrict("policy") || isStrict("subdomain-policy"))) {
        obstacles = workshop.whereNothingAligns();
    }
    std::vector<std::string> sentences;
    for (const fixes::Obstacle obstacle : obstacles) {
        if (std::string sentence = sentenceOf(obstacle); !holds(sentences, sentence))
            sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::vector<fixes::Change> inPlace(const std::vector<fixes::Change> &changes, const FactStore &facts)
{
    std::vector<fixes::Change> result;
    for (const fixes::Change &change : changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
            addInPlace(result, *record, facts);
            continue;
        }
        auto file = std::get<fixes::FileChange>(change);
        if (const Fact *known = facts.find(FactKey(file.url));
            known && known->https().outcome == https::Outcome::Answered && known->https().status == 200)
            file.before = known->https().body;
        if (file.before != file.after)
            result.emplace_back(std::move(file));
    }
    return result;
}

} // namespace mailoscope
