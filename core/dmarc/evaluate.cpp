// SPDX-License-Identifier: Apache-2.0
#include "dmarc/evaluate.h"

#include "base/public_suffix.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

/// A name below the domain that stands for all that have no record of their own.
std::optional<DomainName> anyNameBelow(const DomainName &domain)
{
    const auto name = domain.prefixed("*");
    return name ? std::optional(*name) : std::nullopt;
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, FactSource &facts) : m_domain(domain), m_facts(facts) {}

    Evaluation run()
    {
        m_evaluation.domain = m_domain;
        // Everything that can be named is asked for before anything is judged.
        m_evaluation.existence = existenceOf(m_domain, m_facts);
        m_evaluation.walk = walk(m_domain, m_facts);
        m_evaluation.rfc7489 = oldViewOf(m_domain, m_facts);
        const bool straysKnown = findStrays();
        const bool aliasKnown = findAlias();

        m_evaluation.organizationalDomain = m_evaluation.walk.organizationalDomain;
        m_evaluation.found = policyRecordOf(m_evaluation.walk);
        m_evaluation.policy = policyOf(m_evaluation.walk, m_evaluation.existence);
        m_evaluation.inherited =
            policyOf(walk(m_domain, m_facts, FirstName::WithoutRecord), m_evaluation.existence);
        lookBelow();
        findDestinations();
        m_evaluation.status = status();
        compare();

        const auto isOpen = [](const Destination &destination) { return destination.isPending(); };
        const Evaluation &e = m_evaluation;
        m_evaluation.pending = e.walk.pending || e.policy.pending || e.subdomains.pending ||
                               e.inherited.pending || e.rfc7489.pending ||
                               e.existence == Existence::Pending || !straysKnown || !aliasKnown ||
                               std::any_of(e.rua.begin(), e.rua.end(), isOpen) ||
                               std::any_of(e.ruf.begin(), e.ruf.end(), isOpen);
        return std::move(m_evaluation);
    }

private:
    void lookBelow()
    {
        const std::optional<DomainName> below = anyNameBelow(m_domain);
        if (!below) {
            m_evaluation.subdomains = {false, false, Discovery::NotFound, {},   PolicyTag::P,
                                       {},    {},    Usability::Normal,   false};
            m_evaluation.nonexistent = m_evaluation.subdomains;
            return;
        }
        const Walk found = walk(*below, m_facts, FirstName::WithoutRecord);
        m_evaluation.subdomains = policyOf(found, Existence::Exists);
        m_evaluation.nonexistent = policyOf(found, Existence::NxDomain);
    }

    void findDestinations()
    {
        const WalkStep *step = m_evaluation.step();
        if (!step)
            return;
        const std::optional<DomainName> organization = step->domain == m_domain
                                                           ? m_evaluation.walk.organizationalDomain
                                                           : walk(step->domain, m_facts).organizationalDomain;
        Destinations destinations(step->domain, organization, m_facts);
        m_evaluation.rua = destinations.judge(step->record->record->rua);
        m_evaluation.ruf = destinations.judge(step->record->record->ruf);
    }

    bool findStray(StrayRecord::Place place, const std::optional<DomainName> &name)
    {
        if (!name)
            return true;
        const dns::Answer *answer = m_facts.dns(*name, dns::RrType::TXT);
        if (!answer)
            return false;
        std::vector<StrayRecord> found;
        for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(*answer)) {
            std::string text = txt->joined();
            if (kindOf(text) == TextKind::Record)
                found.push_back({place, *name, std::move(text)});
        }
        std::sort(found.begin(), found.end(),
                  [](const StrayRecord &a, const StrayRecord &b) { return a.text < b.text; });
        constexpr std::size_t MostStrays = 8; // at one name; more tell nothing new
        m_evaluation.straysLeftOut += found.size() - std::min(found.size(), MostStrays);
        found.resize(std::min(found.size(), MostStrays));
        m_evaluation.strays.insert(m_evaluation.strays.end(), found.begin(), found.end());
        return true;
    }

    bool findStrays()
    {
        const std::optional<DomainName> own = recordNameOf(m_domain);
        std::optional<DomainName> twiceZone;
        if (const auto name = m_domain.prefixed("_dmarc." + m_domain.text()); name && !m_domain.isRoot())
            twiceZone = *name;
        const bool apex = findStray(StrayRecord::Place::Apex, m_domain);
        const bool prefix =
            findStray(StrayRecord::Place::TwicePrefix, own ? recordNameOf(*own) : std::nullopt);
        const bool zone = findStray(StrayRecord::Place::TwiceZone, twiceZone);
        // A wildcard answers there what it answers at the right name: that is no stray.
        const WalkStep *step = m_evaluation.own();
        std::erase_if(m_evaluation.strays, [step](const StrayRecord &stray) {
            return step &&
                   std::any_of(step->texts.begin(), step->texts.end(),
                               [&](const Text &text) { return text.text == stray.text; }) &&
                   stray.place != StrayRecord::Place::Apex;
        });
        return apex && prefix && zone;
    }

    bool findAlias()
    {
        const std::optional<DomainName> own = recordNameOf(m_domain);
        if (!own)
            return true;
        const dns::Answer *alias = m_facts.dns(*own, dns::RrType::CNAME);
        const dns::Answer *text = m_facts.dns(*own, dns::RrType::TXT);
        if (!alias || !text)
            return false;
        const bool isAlias = !text->aliases.empty() || !dns::dataOf<dns::NameData>(*alias).empty();
        m_evaluation.aliasAndText =
            isAlias && std::any_of(text->records.begin(), text->records.end(),
                                   [&](const dns::ResourceRecord &record) { return record.owner == *own; });
        if (text->aliases.empty())
            return true;
        Alias found;
        found.target = dns::canonicalName(*text);
        found.dangling = text->outcome == dns::Outcome::NxDomain;
        found.external = !sameOrganization(found.target, m_domain);
        bool known = true;
        const std::optional<DomainName> registrable = registrableDomain(found.target);
        if (found.dangling && registrable) {
            const Existence existence = existenceOf(*registrable, m_facts);
            known = existence != Existence::Pending;
            if (existence == Existence::NxDomain)
                found.missingDomain = registrable;
        }
        m_evaluation.alias = std::move(found);
        return known;
    }

    Evaluation::Status status() const
    {
        switch (m_evaluation.found.discovery) {
        case Discovery::Unknown:
            return m_evaluation.walk.pending ? Evaluation::Status::Pending : failure();
        case Discovery::NotFound:
            return looksLikeRecord() ? Evaluation::Status::Invalid : Evaluation::Status::Missing;
        case Discovery::OwnRecord:
        case Discovery::OrganizationalDomain:
        case Discovery::PublicSuffix:
            break;
        }
        // "v=DMARC1" with neither p nor rua is inert.
        return usabilityOf(*m_evaluation.record()) == Usability::NoProcessing ? Evaluation::Status::Invalid
                                                                              : Evaluation::Status::Ok;
    }

    /// Why nothing is known: what a snapshot does not hold was not asked.
    Evaluation::Status failure() const
    {
        const std::vector<WalkStep> &steps = m_evaluation.walk.steps;
        const bool failed = std::any_of(steps.begin(), steps.end(), [](const WalkStep &step) {
            return step.status == WalkStep::Status::TempError && step.outcome != dns::Outcome::NotRecorded;
        });
        return failed ? Evaluation::Status::TempError : Evaluation::Status::NotChecked;
    }

    /// Something that was meant as a record stands where receivers look.
    bool looksLikeRecord() const
    {
        const auto meant = [](const Text &text) {
            return text.kind != TextKind::Other && text.kind != TextKind::Spf;
        };
        return std::any_of(
            m_evaluation.walk.steps.begin(), m_evaluation.walk.steps.end(),
            [&](const WalkStep &step) { return std::any_of(step.texts.begin(), step.texts.end(), meant); });
    }

    void compare()
    {
        const OldView &old = m_evaluation.rfc7489;
        const bool known = m_evaluation.policy.isKnown() && m_evaluation.organizationalDomain &&
                           !old.pending && !old.tempError && m_evaluation.subdomains.isKnown();
        if (!known)
            return;
        const bool anyRecord = m_evaluation.found.step.has_value() || old.domain.has_value();
        const bool share = old.pct < 100 && old.effective && *old.effective != Policy::None;
        m_evaluation.rfc7489Differs =
            anyRecord && (old.organizationalDomain != *m_evaluation.organizationalDomain ||
                          old.effective != m_evaluation.policy.effective ||
                          old.subdomains != m_evaluation.subdomains.effective ||
                          old.subdomains != m_evaluation.nonexistent.effective || share);
    }

    const DomainName m_domain;
    FactSource &m_facts;
    Evaluation m_evaluation;
};

} // namespace

Evaluation evaluate(const DomainName &domain, FactSource &facts)
{
    return Evaluator(domain, facts).run();
}

std::optional<bool> isAligned(const DomainName &author, const DomainName &identifier, Alignment mode,
                              FactSource &facts)
{
    if (author == identifier)
        return true;
    if (mode == Alignment::Strict)
        return false;
    const Walk ofAuthor = walk(author, facts);
    const Walk ofIdentifier = walk(identifier, facts);
    if (!ofAuthor.organizationalDomain || !ofIdentifier.organizationalDomain)
        return std::nullopt;
    return *ofAuthor.organizationalDomain == *ofIdentifier.organizationalDomain;
}

} // namespace mailoscope::dmarc
