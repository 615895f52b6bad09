// SPDX-License-Identifier: Apache-2.0
#include "fixes/proof.h"

#include "fixes/effect.h"
#include "fixes/workshop.h"

#include <algorithm>

namespace mailoscope::fixes
{

namespace
{

int countOf(const Report &report, const Finding &like)
{
    return static_cast<int>(
        std::count_if(report.findings.begin(), report.findings.end(), [&](const Finding &f) {
            return f.id == like.id && (f.evidence.empty() || like.evidence.empty() ||
                                       f.evidence.front().name == like.evidence.front().name);
        }));
}

/// One of the same id at the same place may have gone instead: what it says must not be said as often as
/// before.
int timesSaid(const Report &report, const Finding &like)
{
    return static_cast<int>(
        std::count_if(report.findings.begin(), report.findings.end(),
                      [&](const Finding &f) { return f.id == like.id && f.arguments == like.arguments; }));
}

/// What passes today, as its owner wrote it: the limits may cut it short.
const AddressSet &passing(const Report &report)
{
    return report.spf.asWritten.of(spf::CheckResult::Pass);
}

bool isStricter(const dmarc::AppliedPolicy &before, const dmarc::AppliedPolicy &after)
{
    const auto strength = [](const dmarc::AppliedPolicy &policy) {
        return policy.effective ? static_cast<int>(*policy.effective) : 0;
    };
    return strength(after) > strength(before);
}

bool becomesStricter(const dmarc::Evaluation &before, const dmarc::Evaluation &after)
{
    // Names that do not exist send nothing.
    return isStricter(before.policy, after.policy) || isStricter(before.subdomains, after.subdomains);
}

/// SPF comes to refuse everybody, and did not before.
bool refusesAllAtOnce(const spf::Evaluation &before, const spf::Evaluation &after)
{
    const auto refusesAll = [](const spf::Evaluation &spf) {
        return spf.status == spf::Evaluation::Status::Ok && spf.finalAll == spf::Qualifier::Fail &&
               spf.addresses.of(spf::CheckResult::Pass).isEmpty();
    };
    return refusesAll(after) && !refusesAll(before);
}

/// The changed records ask for something that nobody could tell, and that did not matter before.
bool leadsToUnknown(const Report &before, const Report &after)
{
    return std::any_of(after.facts.begin(), after.facts.end(), [&](const FactPointer &fact) {
        if (!isTemporaryFailure(fact->outcome()))
            return false;
        const FactKey key = fact->key(); // the facts of a report are sorted by their keys
        const auto known =
            std::lower_bound(before.facts.begin(), before.facts.end(), key,
                             [](const FactPointer &a, const FactKey &b) { return keyBefore(*a, b); });
        return known == before.facts.end() || (*known)->key() != key;
    });
}

bool addOnce(std::vector<Obstacle> &obstacles, Obstacle obstacle)
{
    if (std::find(obstacles.begin(), obstacles.end(), obstacle) != obstacles.end())
        return false;
    obstacles.push_back(obstacle);
    return true;
}

} // namespace

Report reportWith(std::span<const Change> changes, const Report &report, const FactStore &facts,
                  spf::RecordCache &records, const InspectOptions &options, std::vector<FactKey> *missing)
{
    return inspect(report.domain, published(changes, facts, missing), records,
                   {report.inspectedAt, report.resolvers}, options);
}

Mending::Mending(const Report &report, const FactStore &facts, spf::RecordCache &records,
                 const InspectOptions &options)
    : m_report(report),
      m_facts(facts),
      m_records(records),
      m_options(options),
      m_workshop(report, facts, records)
{
}

bool Mending::step()
{
    if (m_report.pending || m_next >= m_report.findings.size() || m_fixes.size() >= MaxFixes)
        return false;
    const std::size_t finding = m_next++;
    if (std::optional<Draft> draft = draftFor(m_workshop, m_report.findings[finding]))
        m_fixes.push_back(proven(*std::move(draft), finding));
    return true;
}

Fix Mending::proven(Draft draft, std::size_t finding)
{
    Fix fix;
    fix.finding = finding;
    fix.recipe = std::move(draft.recipe);
    fix.arguments = std::move(draft.arguments);
    fix.changes = std::move(draft.changes);
    fix.obstacles = std::move(draft.obstacles);

    const Finding &mended = m_report.findings[finding];
    std::vector<FactKey> missing;
    const Report after = reportWith(fix.changes, m_report, m_facts, m_records, m_options, &missing);
    m_needed.insert(m_needed.end(), after.needed.begin(), after.needed.end());
    m_needed.insert(m_needed.end(), missing.begin(), missing.end());
    if (after.pending || !missing.empty() || leadsToUnknown(m_report, after))
        addOnce(fix.obstacles, Obstacle::NotKnown);
    if (countOf(after, mended) >= countOf(m_report, mended) ||
        timesSaid(after, mended) >= timesSaid(m_report, mended))
        addOnce(fix.obstacles, Obstacle::FindingStays);
    for (const Finding *come : effectOf(m_report, after).come) {
        fix.comes.push_back(come->id);
        const bool isMeant = come->id == draft.meant && !fix.obstacles.empty();
        if (come->severity >= mended.severity && come->severity > Severity::Info && !isMeant)
            addOnce(fix.obstacles, Obstacle::WorseComes);
    }
    if (after.verdict.level != verdict::Level::Unknown && m_report.verdict.level != verdict::Level::Unknown &&
        after.verdict.level > m_report.verdict.level) {
        addOnce(fix.obstacles, Obstacle::WorseComes);
    }
    if (!draft.narrows && !passing(m_report).without(passing(after)).isEmpty())
        addOnce(fix.obstacles, Obstacle::LosesSenders);
    // A record that did not count, and counts once it is mended, can lose mail as a stricter one can.
    if (becomesStricter(m_report.dmarc, after.dmarc)) {
        for (const Obstacle obstacle : m_workshop.whereNothingAligns())
            addOnce(fix.obstacles, obstacle);
    }
    if (refusesAllAtOnce(m_report.spf, after.spf)) {
        for (const Obstacle obstacle : m_workshop.whereInUse())
            addOnce(fix.obstacles, obstacle);
    }
    return fix;
}

std::vector<Fix> fixesFor(const Report &report, const FactStore &facts, spf::RecordCache &records,
                          const InspectOptions &options)
{
    Mending mending(report, facts, records, options);
    while (mending.step()) {
    }
    return mending.takeFixes();
}

} // namespace mailoscope::fixes
