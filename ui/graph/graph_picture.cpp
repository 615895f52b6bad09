// SPDX-License-Identifier: Apache-2.0
#include "graph/graph_picture.h"

#include "graph/graph_layout.h"
#include "models/budget.h"
#include "models/spf_status.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "text/spf_row_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

using Measures = GraphMeasures;

QString tr(const char *text)
{
    return QCoreApplication::translate("SpfGraph", text);
}

/// Worse ones first; all that are no faults come last.
int rankOf(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Critical:
        return 0;
    case Meaning::High:
        return 1;
    case Meaning::Medium:
        return 2;
    case Meaning::Low:
        return 3;
    case Meaning::Unknown:
        return 4;
    case Meaning::Ok:
    case Meaning::Info:
    case Meaning::NotTested:
    case Meaning::Waiting:
    case Meaning::Never:
        break;
    }
    return 5;
}

bool isFault(Meaning meaning)
{
    return rankOf(meaning) < rankOf(Meaning::Low);
}

bool isShown(const SpfPlace &place)
{
    if (place.below() || place.term->ownLookups > 0)
        return true;
    const spf::Term *term = parsedTerm(place);
    if (!term)
        return true; // a fault, or not read yet
    if (place.term->dead != spf::Dead::No)
        return false;
    return meaningOfStatus(place).has_value();
}

/// "+ include" for what leads to a record, "+" for what names itself in full.
QString edgeOf(const SpfPlace &place)
{
    const spf::Term *term = parsedTerm(place);
    const auto *directive = term ? std::get_if<spf::Directive>(term) : nullptr;
    if (!directive)
        return term && place.below() ? tr("redirect") : QString();
    const QString sign = QString(QLatin1Char(spf::toCharacter(directive->qualifier())));
    return std::holds_alternative<spf::Include>(directive->mechanism) ? QStringLiteral("%1 include").arg(sign)
                                                                      : sign;
}

bool leadsToRecord(const SpfPlace &place)
{
    if (!place.term || place.below())
        return true;
    const spf::Term *term = parsedTerm(place);
    if (const auto *directive = term ? std::get_if<spf::Directive>(term) : nullptr)
        return std::holds_alternative<spf::Include>(directive->mechanism);
    return term && std::holds_alternative<spf::Redirect>(*term);
}

QString nameOf(const SpfPlace &place)
{
    if (const spf::Node *node = place.below())
        return toQString(node->domain);
    const QString written = shownString(writtenText(place));
    const QString edge = edgeOf(place);
    return edge.size() == 1 && written.startsWith(edge) ? written.mid(1) : written;
}

QString lookupWords(const SpfPlace &place)
{
    const QString count = lookupsText(place);
    if (!place.term) //: look-ups spent of look-ups allowed
        return tr("%1 of %2 look-ups").arg(count).arg(spf::Limits().lookups);
    if (count.isEmpty())
        return {};
    return count == QStringLiteral("1") ? tr("1 look-up") : tr("%1 look-ups").arg(count);
}

QString addressWords(const SpfPlace &place)
{
    const spf::AddressCount count = addressesOf(place);
    QStringList parts;
    if (count.v4 != 0)
        parts << tr("%1 IPv4").arg(grouped(count.v4));
    if (count.v6 != Uint128())
        parts << tr("IPv6");
    QString text = parts.join(QStringLiteral(" + "));
    if (!isExact(place))
        text = text.isEmpty() ? tr("addresses depend") : tr("at least %1").arg(text);
    return text;
}

QString figuresOf(const SpfPlace &place)
{
    QStringList parts{lookupWords(place), addressWords(place)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

/// What the record says by itself: its networks, and what becomes of everyone else.
QString noteOf(const spf::Node &node)
{
    if (!node.record || !node.record->record)
        return {};
    int networks = 0;
    QString rest;
    for (const spf::Term &term : node.record->record->terms) {
        const auto *directive = std::get_if<spf::Directive>(&term);
        if (!directive)
            continue;
        if (std::holds_alternative<spf::Ip4>(directive->mechanism) ||
            std::holds_alternative<spf::Ip6>(directive->mechanism))
            ++networks;
        if (std::holds_alternative<spf::All>(directive->mechanism)) {
            rest = QLatin1Char(spf::toCharacter(directive->qualifier())) + QStringLiteral("all");
            break; // RFC 7208 section 5.1: nothing behind it is looked at
        }
    }
    QStringList parts;
    if (networks > 0)
        parts << (networks == 1 ? tr("1 network") : tr("%1 networks").arg(networks));
    parts << rest;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

std::vector<GraphMark> marksOf(const SpfPlace &place, const spf::Evaluation &spf)
{
    std::vector<GraphMark> marks;
    if (const std::optional<Meaning> meaning = meaningOfStatus(place))
        marks.push_back({*meaning, statusText(place)});
    const int limit = spf::Limits().lookups;
    if (!place.term) {
        if (spf.lookups > limit)
            marks.push_back({Meaning::Critical, tr("over the limit")});
    } else if (place.term->ownLookups > 0) {
        const int spent = place.term->runningLookups - place.term->subtreeLookups + place.term->ownLookups;
        if (spent > limit)
            marks.push_back({Meaning::Critical, tr("beyond the limit")});
    }
    std::stable_sort(marks.begin(), marks.end(), [](const GraphMark &a, const GraphMark &b) {
        return rankOf(a.meaning) < rankOf(b.meaning);
    });
    return marks;
}

class Builder
{
public:
    Builder(const spf::Evaluation &spf, const FoldedPlaces &folded)
        : m_spf(spf), m_folded(folded), m_branches(budgetOf(spf))
    {
    }

    GraphPicture build()
    {
        m_picture.title = tr("SPF include graph of %1").arg(toQString(m_spf.domain));
        add({&m_spf.root, nullptr}, {}, -1);
        place();
        return std::move(m_picture);
    }

private:
    GraphNode &at(int node) { return m_picture.nodes[static_cast<std::size_t>(node)]; }

    void add(const SpfPlace &place, TermPath path, int parent)
    {
        const int index = static_cast<int>(m_picture.nodes.size());
        GraphNode node;
        node.path = path;
        node.kind = leadsToRecord(place) ? GraphNode::Kind::Record : GraphNode::Kind::Term;
        node.parent = parent;
        node.edge = place.term ? edgeOf(place) : QString();
        node.name = nameOf(place);
        node.provider = providerName(place);
        node.note = place.below() ? noteOf(*place.below()) : QString();
        node.figures = figuresOf(place);
        node.marks = marksOf(place, m_spf);
        node.branch = branchHolding(m_branches, path);
        node.isFolded = parent >= 0 && m_folded.contains(path);
        m_picture.nodes.push_back(std::move(node));
        if (parent >= 0)
            at(parent).children.push_back(index);
        const spf::Node *below = place.below();
        if (!below)
            return;
        if (at(index).isFolded) {
            Hidden hidden;
            count(*below, hidden);
            at(index).below = hidden.nodes;
            if (hidden.faults > 0)
                at(index).marks.push_back({hidden.worst, tr("%1 below").arg(hidden.faults)});
            at(index).isFolded = hidden.nodes > 0;
            return;
        }
        for (std::size_t i = 0; i < below->terms.size(); ++i) {
            const SpfPlace child{below, &below->terms[i]};
            if (!isShown(child))
                continue;
            path.push_back(i);
            const int before = static_cast<int>(m_picture.nodes.size());
            add(child, path, index);
            at(index).below += 1 + at(before).below;
            path.pop_back();
        }
    }

    struct Hidden {
        int nodes = 0;
        int faults = 0;
        Meaning worst = Meaning::Info;
    };
    void count(const spf::Node &node, Hidden &hidden) const
    {
        for (const spf::TermNode &term : node.terms) {
            const SpfPlace place{&node, &term};
            if (!isShown(place))
                continue;
            ++hidden.nodes;
            const std::vector<GraphMark> marks = marksOf(place, m_spf);
            if (!marks.empty() && isFault(marks.front().meaning)) {
                ++hidden.faults;
                if (rankOf(marks.front().meaning) < rankOf(hidden.worst))
                    hidden.worst = marks.front().meaning;
            }
            if (term.child)
                count(*term.child, hidden);
        }
    }

    void place()
    {
        TreeShape shape;
        shape.siblingGap = Measures::SiblingGap;
        shape.cousinGap = Measures::CousinGap;
        for (const GraphNode &node : m_picture.nodes) {
            // The kind alone decides the height, so that an answer moves nothing but what it adds.
            const int lines = node.kind == GraphNode::Kind::Record ? 3 : 2;
            shape.nodes.push_back({node.parent, 2 * Measures::Padding + lines * Measures::Line});
        }
        const std::vector<double> tops = tidyTops(shape);
        for (std::size_t i = 0; i < tops.size(); ++i) {
            GraphNode &node = m_picture.nodes[i];
            const double left =
                static_cast<double>(node.path.size()) * (Measures::NodeWidth + Measures::LevelGap);
            node.place = QRectF(left, tops[i], Measures::NodeWidth, shape.nodes[i].height);
            QRectF whole = node.place;
            if (node.canFold())
                whole.setRight(foldHandleOf(node).right());
            m_picture.bounds |= whole;
        }
        m_picture.bounds.adjust(-Measures::Margin, -Measures::Margin, Measures::Margin, Measures::Margin);
    }

    const spf::Evaluation &m_spf;
    const FoldedPlaces &m_folded;
    std::vector<BudgetBranch> m_branches;
    GraphPicture m_picture;
};

void append(QString &text, const GraphPicture &picture, int index)
{
    const GraphNode &node = picture.nodes[static_cast<std::size_t>(index)];
    const auto number = [](double value) { return QString::number(value, 'f', 2); };
    QStringList parts;
    if (!node.edge.isEmpty())
        parts << QStringLiteral("(%1)").arg(node.edge);
    parts << node.name;
    if (!node.provider.isEmpty())
        parts << QStringLiteral("[%1]").arg(node.provider);
    if (!node.note.isEmpty())
        parts << node.note;
    if (!node.figures.isEmpty())
        parts << QStringLiteral("{%1}").arg(node.figures);
    for (const GraphMark &mark : node.marks)
        parts << QStringLiteral("<%1: %2>").arg(wordFor(mark.meaning), mark.word);
    if (node.isFolded)
        parts << QStringLiteral("+%1").arg(node.below);
    text += QStringLiteral("%1%2  @ %3 %4 %5\n")
                .arg(QString(static_cast<qsizetype>(node.path.size()) * 2, QLatin1Char(' ')),
                     parts.join(QLatin1Char(' ')), number(node.place.x()), number(node.place.y()),
                     number(node.place.height()));
    for (const int child : node.children)
        append(text, picture, child);
}

} // namespace

QString GraphNode::words() const
{
    QStringList lines{edge.isEmpty() ? name : QStringLiteral("%1 %2").arg(edge, name), provider, note,
                      figures};
    for (const GraphMark &mark : marks)
        lines << QStringLiteral("%1: %2").arg(wordFor(mark.meaning), mark.word);
    if (isFolded)
        lines << tr("folded, %1 below").arg(below);
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

int GraphPicture::nodeAt(const TermPath &path) const
{
    if (nodes.empty())
        return -1;
    int at = 0;
    for (;;) {
        const std::vector<int> &children = nodes[static_cast<std::size_t>(at)].children;
        const auto next = std::find_if(children.begin(), children.end(), [&](int child) {
            return startsWith(path, nodes[static_cast<std::size_t>(child)].path);
        });
        if (next == children.end())
            return at;
        at = *next;
    }
}

int GraphPicture::nodeAt(const QPointF &point) const
{
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].place.contains(point))
            return static_cast<int>(i);
    }
    return -1;
}

GraphPicture graphOf(const spf::Evaluation &spf, const FoldedPlaces &folded)
{
    return Builder(spf, folded).build();
}

FoldedPlaces foldedAt(const GraphPicture &picture, std::size_t depth)
{
    FoldedPlaces folded;
    for (const GraphNode &node : picture.nodes) {
        if (node.path.size() == depth && node.canFold())
            folded.insert(node.path);
    }
    return folded;
}

QString toText(const GraphPicture &picture)
{
    QString text;
    if (!picture.nodes.empty())
        append(text, picture, 0);
    return text;
}

QRectF foldHandleOf(const GraphNode &node)
{
    if (!node.canFold())
        return {};
    // A folded branch says how many nodes it hides, for which it needs room.
    const double width = node.isFolded ? 1.2 + 0.6 * static_cast<double>(QString::number(node.below).size())
                                       : Measures::Handle;
    return {node.place.right(), node.place.center().y() - Measures::Handle / 2, width, Measures::Handle};
}

} // namespace mailoscope::ui
