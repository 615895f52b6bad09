// SPDX-License-Identifier: Apache-2.0
#include "widgets/spf_tree_view.h"

#include "delegates/term_delegate.h"
#include "models/spf_tree_model.h"
#include "selection.h"
#include "text/shown_string.h"
#include "text/spf_row_text.h"
#include "theme/metrics.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>
#include <vector>

namespace mailoscope::ui
{

namespace
{

void put(const QString &text)
{
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void appendRows(const QAbstractItemModel &model, const QModelIndex &parent, std::vector<QModelIndex> &rows)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        rows.push_back(index);
        appendRows(model, index, rows);
    }
}

bool holds(const QModelIndex &row, const QString &text)
{
    for (int column = 0; column < SpfTreeModel::ColumnCount; ++column) {
        if (row.siblingAtColumn(column).data().toString().contains(text, Qt::CaseInsensitive))
            return true;
    }
    return row.siblingAtColumn(SpfTreeModel::Means)
        .data(SpfTreeModel::StatusRole)
        .toString()
        .contains(text, Qt::CaseInsensitive);
}

} // namespace

SpfTreeView::SpfTreeView(SpfTreeModel &model, Selection &selection, QWidget *parent)
    : QTreeView(parent), m_model(model), m_selection(selection)
{
    setObjectName(QStringLiteral("spfTree"));
    setAccessibleName(tr("Include tree"));
    setModel(&model);
    setItemDelegate(new TermDelegate(this));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setAutoExpandDelay(-1);
    setAnimated(false);
    header()->setStretchLastSection(true);
    header()->setSectionsMovable(true);
    header()->setFirstSectionMovable(false);
    setColumnWidth(SpfTreeModel::Term, digits(*this, 43));
    setColumnWidth(SpfTreeModel::Means, digits(*this, 27));
    setColumnWidth(SpfTreeModel::LookUps, digits(*this, 9));
    setColumnWidth(SpfTreeModel::Sum, digits(*this, 7));
    setColumnWidth(SpfTreeModel::Addresses, digits(*this, 16));
    connect(&selection, &Selection::changed, this, &SpfTreeView::follow);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &SpfTreeView::openNewRows);
}

void SpfTreeView::openNewRows(const QModelIndex &parent)
{
    if (!parent.isValid()) {
        // The domain's own row: open it, and stand on it, so that keys work at once.
        const QModelIndex root = m_model.index(0, 0);
        setExpanded(root, true);
        m_following = true;
        setCurrentIndex(root);
        m_following = false;
    } else if (!parent.parent().isValid()) {
        setExpanded(parent, true);
    }
}

void SpfTreeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (!m_following && current.isValid())
        m_selection.selectPath(m_model.pathOf(current));
}

void SpfTreeView::follow()
{
    const QModelIndex wanted = m_model.indexOf(m_selection.path());
    if (!wanted.isValid() || wanted == currentIndex().siblingAtColumn(0))
        return;
    m_following = true;
    setCurrentIndex(wanted);
    scrollTo(wanted);
    m_following = false;
}

std::optional<SpfPlace> SpfTreeView::current() const
{
    return m_model.placeOf(currentIndex());
}

bool SpfTreeView::findNext(const QString &text)
{
    return find(text, Direction::Forwards);
}

bool SpfTreeView::findPrevious(const QString &text)
{
    return find(text, Direction::Backwards);
}

bool SpfTreeView::find(const QString &text, Direction direction)
{
    std::vector<QModelIndex> rows;
    appendRows(m_model, {}, rows);
    if (rows.empty() || text.isEmpty())
        return false;
    const auto here = std::find(rows.begin(), rows.end(), currentIndex().siblingAtColumn(0));
    const std::size_t from = here == rows.end() ? 0 : static_cast<std::size_t>(here - rows.begin());
    for (std::size_t by = 1; by <= rows.size(); ++by) {
        const std::size_t at = direction == Direction::Forwards ? (from + by) % rows.size()
                                                                : (from + rows.size() - by) % rows.size();
        if (!holds(rows[at], text))
            continue;
        setCurrentIndex(rows[at]);
        scrollTo(rows[at]);
        return true;
    }
    return false;
}

void SpfTreeView::copyRow()
{
    if (const auto place = current())
        put(rowText(*place));
}

void SpfTreeView::copySubtree()
{
    if (const auto place = current())
        put(subtreeText(*place));
}

void SpfTreeView::copyRecord()
{
    const auto place = current();
    if (!place)
        return;
    const spf::Node *node = place->below();
    put(shownString((node ? node : place->record)->selection.text));
}

void SpfTreeView::copyName()
{
    const auto place = current();
    if (!place)
        return;
    const spf::Node *node = place->below();
    if (!node && place->term && place->term->target)
        put(toQString(*place->term->target));
    else
        put(toQString((node ? node : place->record)->domain));
}

void SpfTreeView::copyJson()
{
    if (const auto place = current())
        put(rowJson(*place));
}

void SpfTreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copyRow();
    } else if (event->key() == Qt::Key_Asterisk) {
        // Everything, wherever the key is pressed: one step further than the view's own habit.
        expandAll();
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void SpfTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!current())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("spfTreeMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy &row"), QKeySequence::Copy, this, &SpfTreeView::copyRow);
    menu->addAction(tr("Copy row and everything &below"), this, &SpfTreeView::copySubtree);
    menu->addAction(tr("Copy r&ecord"), this, &SpfTreeView::copyRecord);
    menu->addAction(tr("Copy &name"), this, &SpfTreeView::copyName);
    menu->addAction(tr("Copy as &JSON"), this, &SpfTreeView::copyJson);
    menu->addSeparator();
    menu->addAction(tr("E&xpand all"), QKeySequence(Qt::Key_Asterisk), this, &SpfTreeView::expandAll);
    menu->addAction(tr("&Collapse all"), this, [this] {
        collapseAll();
        setExpanded(m_model.index(0, 0), true);
    });
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard
                          ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft())
                          : event->globalPos();
    menu->popup(at);
}

} // namespace mailoscope::ui
