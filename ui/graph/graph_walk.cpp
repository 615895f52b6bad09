// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_walk.h"

#include "address_walk.h"
#include "text/shown_string.h"

#include <QCoreApplication>

namespace mailoscope::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("GraphWalk", text);
}

Meaning meaningOf(spf::CheckResult result)
{
    switch (result) {
    case spf::CheckResult::Pass:
        return Meaning::Ok;
    case spf::CheckResult::Fail:
    case spf::CheckResult::PermError:
        return Meaning::Critical;
    case spf::CheckResult::SoftFail:
        return Meaning::High;
    case spf::CheckResult::Neutral:
    case spf::CheckResult::None:
        return Meaning::Info;
    case spf::CheckResult::TempError:
        return Meaning::Unknown;
    }
    return Meaning::Unknown;
}

GraphMark markOf(const spf::Step &step)
{
    constexpr qsizetype LongestTerm = 40;
    QString term = shownString(step.text);
    if (term.size() > LongestTerm)
        term = term.left(LongestTerm - 1) + QStringLiteral("…");
    switch (step.kind) {
    case spf::Step::Kind::Record:
        return step.match == spf::Step::Match::Failed ? GraphMark{Meaning::Critical, tr("faulty record")}
                                                      : GraphMark{Meaning::Info, tr("record taken up")};
    case spf::Step::Kind::Return:
    case spf::Step::Kind::End: {
        if (!step.result)
            return {Meaning::Info, {}};
        const QString result = toQString(spf::toString(*step.result));
        //: %1 is the result of an included record, or of the whole check
        return {meaningOf(*step.result),
                (step.kind == spf::Step::Kind::End ? tr("the end: %1") : tr("gives %1")).arg(result)};
    }
    case spf::Step::Kind::Term:
        break;
    }
    switch (step.match) {
    case spf::Step::Match::Matched:
        //: %1 is a term of an SPF record, as in the following
        return {Meaning::Ok, tr("%1 matches").arg(term)};
    case spf::Step::Match::NotMatched:
        return {Meaning::Info, tr("%1 does not match").arg(term)};
    case spf::Step::Match::Entered:
        return {Meaning::Info, tr("%1 is entered").arg(term)};
    case spf::Step::Match::Skipped:
        return {Meaning::NotTested, tr("%1 cannot match").arg(term)};
    case spf::Step::Match::Failed:
        return {Meaning::Critical, tr("%1 ends the check").arg(term)};
    case spf::Step::Match::NotApplicable:
        break;
    }
    return {Meaning::Info, term};
}

} // namespace

GraphWalk graphWalkOf(const GraphPicture &picture, const AddressWalk &walk)
{
    GraphWalk shown;
    const spf::Step *step = walk.step();
    if (!step || picture.nodes.empty())
        return shown;
    std::vector<bool> isWalked(picture.nodes.size());
    const std::vector<spf::Step> &steps = walk.outcome()->steps;
    for (int i = 0; i <= walk.at(); ++i) {
        TermPath path = steps[static_cast<std::size_t>(i)].path;
        if (const auto term = steps[static_cast<std::size_t>(i)].term)
            path.push_back(*term);
        isWalked[static_cast<std::size_t>(picture.nodeAt(path))] = true;
    }
    for (std::size_t i = 0; i < isWalked.size(); ++i) {
        if (isWalked[i])
            shown.walked.push_back(static_cast<int>(i));
    }
    shown.at = picture.nodeAt(walk.place());
    shown.step = markOf(*step);
    //: a step of a walk: %1 its number, %2 what became of it
    shown.step.word = tr("step %1: %2").arg(walk.at() + 1).arg(shown.step.word);
    return shown;
}

} // namespace mailoscope::ui
