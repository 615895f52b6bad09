// SPDX-License-Identifier: Apache-2.0
#include "models/spf_tree_model.h"

#include "text/shown_string.h"
#include "text/spf_row_text.h"

#include <array>

namespace mailoscope::ui
{

struct SpfTreeModel::Row {
    Row *parent = nullptr;
    int number = 0;
    SpfPlace place; ///< in the report that m_report keeps alive
    std::array<QString, ColumnCount> texts;
    std::vector<std::unique_ptr<Row>> children;
};

SpfTreeModel::SpfTreeModel(QObject *parent) : QAbstractItemModel(parent) {}

SpfTreeModel::~SpfTreeModel() = default;

void SpfTreeModel::setReport(std::shared_ptr<const Report> report)
{
    const bool sameDomain = m_report && report && m_report->domain == report->domain;
    const std::shared_ptr<const Report> before = m_report; // the rows point into it until they have followed
    if (sameDomain) {
        m_report = report;
        follow(*m_root, {&report->spf.root, nullptr});
        return;
    }
    beginResetModel();
    m_report.reset();
    m_root.reset();
    endResetModel();
    if (!report)
        return;
    beginInsertRows({}, 0, 0);
    m_report = report;
    m_root = std::make_unique<Row>();
    m_root->place = {&report->spf.root, nullptr};
    for (int column = 0; column < ColumnCount; ++column)
        m_root->texts[static_cast<std::size_t>(column)] = textOf(*m_root, column);
    endInsertRows();
    follow(*m_root, m_root->place);
}

void SpfTreeModel::follow(Row &row, const SpfPlace &place)
{
    const std::optional<Meaning> meaningBefore = row.place.record ? meaningOfStatus(row.place) : std::nullopt;
    row.place = place;
    bool changed = meaningBefore != meaningOfStatus(place);
    for (int column = 0; column < ColumnCount; ++column) {
        QString text = textOf(row, column);
        QString &shownNow = row.texts[static_cast<std::size_t>(column)];
        changed = changed || text != shownNow;
        shownNow = std::move(text);
    }
    if (changed)
        Q_EMIT dataChanged(indexFor(row, 0), indexFor(row, ColumnCount - 1));

    const spf::Node *node = place.below();
    const std::size_t wanted = node ? node->terms.size() : 0;
    const std::size_t present = row.children.size();
    if (present > wanted) {
        beginRemoveRows(indexFor(row, 0), static_cast<int>(wanted), static_cast<int>(present) - 1);
        row.children.resize(wanted);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < row.children.size(); ++i)
        follow(*row.children[i], {node, &node->terms[i]});
    if (present < wanted) {
        beginInsertRows(indexFor(row, 0), static_cast<int>(present), static_cast<int>(wanted) - 1);
        for (std::size_t i = present; i < wanted; ++i) {
            auto child = std::make_unique<Row>();
            child->parent = &row;
            child->number = static_cast<int>(i);
            child->place = {node, &node->terms[i]};
            for (int column = 0; column < ColumnCount; ++column)
                child->texts[static_cast<std::size_t>(column)] = textOf(*child, column);
            row.children.push_back(std::move(child));
        }
        endInsertRows();
        for (std::size_t i = present; i < wanted; ++i)
            follow(*row.children[i], {node, &node->terms[i]});
    }
}

QModelIndex SpfTreeModel::indexOf(const TermPath &path) const
{
    const Row *row = m_root.get();
    for (const std::size_t step : path) {
        if (!row || step >= row->children.size())
            return {};
        row = row->children[step].get();
    }
    return row ? indexFor(*row, 0) : QModelIndex();
}

TermPath SpfTreeModel::pathOf(const QModelIndex &index) const
{
    TermPath path;
    for (const Row *row = rowOf(index); row && row->parent; row = row->parent)
        path.insert(path.begin(), static_cast<std::size_t>(row->number));
    return path;
}

std::optional<SpfPlace> SpfTreeModel::placeOf(const QModelIndex &index) const
{
    const Row *row = rowOf(index);
    return row ? std::optional(row->place) : std::nullopt;
}

SpfTreeModel::Row *SpfTreeModel::rowOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Row *>(index.internalPointer()) : nullptr;
}

QModelIndex SpfTreeModel::indexFor(const Row &row, int column) const
{
    return createIndex(row.number, column, &row);
}

QModelIndex SpfTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Row *above = rowOf(parent);
    return indexFor(above ? *above->children[static_cast<std::size_t>(row)] : *m_root, column);
}

QModelIndex SpfTreeModel::parent(const QModelIndex &index) const
{
    const Row *row = rowOf(index);
    return row && row->parent ? indexFor(*row->parent, 0) : QModelIndex();
}

int SpfTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    if (const Row *row = rowOf(parent))
        return static_cast<int>(row->children.size());
    return m_root ? 1 : 0;
}

int SpfTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString SpfTreeModel::textOf(const Row &row, int column) const
{
    const SpfPlace &place = row.place;
    if (column == Term)
        return shownString(writtenText(place));
    if (column == Means)
        return meaningText(place);
    if (column == LookUps)
        return lookupsText(place);
    if (column == Sum)
        return sumText(place);
    if (column == Addresses)
        return addressesText(place);
    return providerName(place);
}

QVariant SpfTreeModel::sortValueOf(const Row &row, int column) const
{
    const spf::TermNode *term = row.place.term;
    if (column == LookUps)
        return term ? term->subtreeLookups : row.place.record->lookups;
    if (column == Sum)
        return term ? term->runningLookups : 0;
    if (column == Addresses)
        return static_cast<quint64>(term ? term->matches.v4 : row.place.record->passes.v4);
    return row.texts[static_cast<std::size_t>(column)];
}

QVariant SpfTreeModel::data(const QModelIndex &index, int role) const
{
    const Row *row = rowOf(index);
    if (!row)
        return {};
    const int column = index.column();
    const QString &text = row->texts[static_cast<std::size_t>(column)];
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole)
        return toolTipFor(column == Addresses ? addressesInFull(row->place) : text);
    if (role == Qt::TextAlignmentRole && (column == LookUps || column == Sum || column == Addresses))
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::AccessibleTextRole) {
        const QString header = headerData(column, Qt::Horizontal).toString();
        const QString status = column == Means ? statusText(row->place) : QString();
        return QStringLiteral("%1: %2 %3").arg(header, status, text).simplified();
    }
    if (role == PathRole)
        return QVariant::fromValue(pathOf(index));
    if (role == SortRole)
        return sortValueOf(*row, column);
    if (role == CodeRole)
        return column == Term && row->place.term;
    if (column == Means && role == StatusRole)
        return statusText(row->place);
    if (role == MeaningRole && (column == Means || column == Sum)) {
        if (column == Sum) {
            const bool over = row->place.term && row->place.term->subtreeLookups > 0 &&
                              row->place.term->runningLookups > spf::Limits().lookups;
            return over ? QVariant(static_cast<int>(Meaning::Critical)) : QVariant();
        }
        const std::optional<Meaning> meaning = meaningOfStatus(row->place);
        return meaning ? QVariant(static_cast<int>(*meaning)) : QVariant();
    }
    return {};
}

QVariant SpfTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == LookUps || section == Sum || section == Addresses;
        return QVariant::fromValue(
            Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role == Qt::ToolTipRole) {
        if (section == LookUps)
            return tr("Look-ups that the term and everything below it cost");
        if (section == Sum)
            return tr("Look-ups spent in the whole tree once the term is done; the limit is %1")
                .arg(spf::Limits().lookups);
        if (section == Addresses)
            return tr("Addresses that the term matches by itself");
        return {};
    }
    if (role != Qt::DisplayRole)
        return {};
    if (section == Term)
        return tr("Term");
    if (section == Means)
        return tr("Means");
    if (section == LookUps)
        return tr("Look-ups");
    if (section == Sum)
        return tr("Sum");
    if (section == Addresses)
        return tr("Addresses");
    return section == Who ? tr("Who") : QVariant();
}

} // namespace mailoscope::ui
