// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/fix.h"
#include "fixes/workshop.h"
#include "report/report.h"

#include <vector>

/// The proof: a fix is laid over the facts and the domain evaluated again.
namespace mailoscope::fixes
{

/// Findings of one report that are mended; the gravest come first. A report with more is hostile.
constexpr std::size_t MaxFixes = 100;

/// How the domain would be with the changes published. Pure, like inspect().
/// `missing`: see published().
Report reportWith(std::span<const Change> changes, const Report &report, const FactStore &facts,
                  spf::RecordCache &records, const InspectOptions &options,
                  std::vector<FactKey> *missing = nullptr);

/// Makes and proves the fixes for a report that no longer waits for answers, one finding at a time, so that
/// an event loop can do other things in between. All that it is given must outlive it. `options` are those of
/// the inspection.
class Mending
{
public:
    Mending(const Report &report, const FactStore &facts, spf::RecordCache &records,
            const InspectOptions &options);

    /// Goes on to the next finding; false when there is none left.
    bool step();
    /// In the order of the findings.
    std::vector<Fix> takeFixes() { return std::move(m_fixes); }
    /// What changed records ask for and the facts do not hold: with these a proof can be had.
    std::vector<FactKey> takeNeeded() { return std::move(m_needed); }

private:
    Fix proven(Draft draft, std::size_t finding);

    const Report &m_report;
    const FactStore &m_facts;
    spf::RecordCache &m_records;
    const InspectOptions &m_options;
    const Workshop m_workshop;
    std::size_t m_next = 0;
    std::vector<Fix> m_fixes;
    std::vector<FactKey> m_needed;
};

/// All at once.
std::vector<Fix> fixesFor(const Report &report, const FactStore &facts, spf::RecordCache &records,
                          const InspectOptions &options);

} // namespace mailoscope::fixes
