// SPDX-License-Identifier: Apache-2.0
#include "widgets/look_ups_panel.h"

#include "delegates/waterfall_delegate.h"
#include "models/look_ups_model.h"
#include "pages/page_parts.h"
#include "selection.h"
#include "text/table_text.h"
#include "theme/metrics.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

LookUpsPanel::LookUpsPanel(Selection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_model(new LookUpsModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView)
{
    setObjectName(QStringLiteral("lookUpsPanel"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(LookUpsModel::SortRole);
    m_table->setObjectName(QStringLiteral("lookUpsTable"));
    m_table->setAccessibleName(tr("Look-ups"));
    setUpTable(*m_table);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(LookUpsModel::Start, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(LookUpsModel::Bar, new WaterfallDelegate(m_table));
    m_table->setColumnWidth(LookUpsModel::Type, digits(*this, 8));
    m_table->setColumnWidth(LookUpsModel::Name, digits(*this, 40));
    m_table->setColumnWidth(LookUpsModel::Server, digits(*this, 20));
    m_table->setColumnWidth(LookUpsModel::Outcome, digits(*this, 20));
    m_table->setColumnWidth(LookUpsModel::Ttl, digits(*this, 9));
    m_table->setColumnWidth(LookUpsModel::Start, digits(*this, 11));
    m_table->setColumnWidth(LookUpsModel::Took, digits(*this, 11));

    auto *copyAction = new QAction(tr("&Copy"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &LookUpsPanel::copy);
    m_table->addAction(copyAction);
    addCopyCellAction(*m_table);
    showActionsAsMenu(*m_table);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_table);

    connect(m_table, &QAbstractItemView::clicked, this, &LookUpsPanel::choose);
    connect(m_table, &QAbstractItemView::activated, this, &LookUpsPanel::choose);
    connect(&m_selection, &Selection::changed, this, &LookUpsPanel::follow);
}

void LookUpsPanel::clear()
{
    m_report.reset();
    m_model->clear();
    Q_EMIT countChanged(0);
}

void LookUpsPanel::put(const gather::LookUp &lookUp)
{
    const int before = m_model->rowCount();
    m_model->put(lookUp);
    if (m_model->rowCount() != before)
        Q_EMIT countChanged(m_model->rowCount());
}

void LookUpsPanel::showReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
}

void LookUpsPanel::choose(const QModelIndex &index)
{
    const gather::LookUp *lookUp = m_model->lookUpAt(m_sorted->mapToSource(index).row());
    const auto *question = lookUp ? std::get_if<dns::Question>(&lookUp->key) : nullptr;
    if (!question || !m_report)
        return;
    if (const std::optional<TermPath> path = pathAsking(m_report->spf, *question))
        m_selection.selectPath(*path);
}

void LookUpsPanel::follow()
{
    const std::optional<SpfPlace> place =
        m_report ? placeAt(m_report->spf, m_selection.path()) : std::nullopt;
    if (!place)
        return;
    const std::vector<dns::Question> questions = questionsOf(*place);
    QItemSelection marked;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto *question = std::get_if<dns::Question>(&m_model->lookUpAt(row)->key);
        if (!question || std::find(questions.begin(), questions.end(), *question) == questions.end())
            continue;
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        marked.select(index, index);
    }
    m_table->selectionModel()->select(marked,
                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (!marked.isEmpty() && !m_table->hasFocus())
        m_table->scrollTo(marked.indexes().constFirst());
}

void LookUpsPanel::copy()
{
    const QString text = selectedRowsText(*m_table);
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace mailoscope::ui
