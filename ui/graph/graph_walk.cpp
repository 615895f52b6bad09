// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_walk.h"

#include "address_walk.h"
#include "report/spf_notes.h"
#include "text/shown_string.h"

#include <QCoreApplication>

namespace mailoscope::ui
{

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
    const SpfNote note = noteOf(*step);
    QString words = toQString(note.words);
    constexpr qsizetype MostWords = 120;
    if (words.size() > MostWords)
        words = words.left(MostWords / 2) + QStringLiteral("…") + words.right(MostWords / 2);
    //: a step of a walk: %1 its number, %2 what became of it
    shown.step = {meaningOf(note.mark),
                  QCoreApplication::translate("GraphWalk", "step %1: %2").arg(walk.at() + 1).arg(words)};
    return shown;
}

} // namespace mailoscope::ui
