// SPDX-License-Identifier: Apache-2.0
// SPF arranged for reading.
#include "report/outline_parts.h"
#include "report/spf_notes.h"
#include "spf/check_host.h"

namespace mailoscope::outline
{

namespace
{

std::string allText(const spf::FinalAll &all)
{
    if (!all)
        return "says nothing about everyone else";
    switch (*all) {
    case spf::Qualifier::Pass:
        return "lets everyone else pass";
    case spf::Qualifier::Fail:
        return "fails everyone else";
    case spf::Qualifier::SoftFail:
        return "softfails everyone else";
    case spf::Qualifier::Neutral:
        return "is neutral about everyone else";
    }
    return {};
}

} // namespace

State spfState(const Report &report)
{
    const spf::Evaluation &spf = report.spf;
    switch (spf.status) {
    case spf::Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case spf::Evaluation::Status::Ok:
        break;
    case spf::Evaluation::Status::Missing:
        return {Mark::Info, "no record"};
    case spf::Evaluation::Status::Invalid:
        return {Mark::Critical, "the record cannot be used"};
    case spf::Evaluation::Status::TempError:
        return {Mark::Unknown, "a look-up failed"};
    case spf::Evaluation::Status::NotChecked:
        return {Mark::NotTested, "not in the snapshot"};
    }
    return {spf.pending ? Mark::Waiting : Mark::Ok,
            std::to_string(spf.lookups) + " of 10 look-ups; the record " + allText(spf.finalAll)};
}

Outline spfOutline(const Report &report)
{
    const spf::Evaluation &spf = report.spf;
    Outline outline;
    if (spf.status == spf::Evaluation::Status::Ok)
        outline.sentence = "The record costs " + std::to_string(spf.lookups) + " of 10 look-ups and " +
                           allText(spf.finalAll) + '.';
    else
        outline.sentence = statusOf(spf.root).words;
    if (outline.sentence.empty())
        outline.sentence = "SPF: " + spfState(report).gist + '.';
    if (!spf.root.selection.text.empty())
        outline.records.push_back({spf.domain.text(), "TXT", spf.root.selection.text});
    return outline;
}

} // namespace mailoscope::outline
