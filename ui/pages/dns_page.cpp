// SPDX-License-Identifier: Apache-2.0
#include "pages/dns_page.h"

#include "models/facts_model.h"
#include "pages/page_parts.h"
#include "text/fact_text.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace mailoscope::ui
{

DnsPage::DnsPage(QWidget *parent)
    : QWidget(parent),
      m_model(new FactsModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_filter(new QLineEdit),
      m_table(new QTableView),
      m_answer(new QPlainTextEdit)
{
    setObjectName(QStringLiteral("dnsPage"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(FactsModel::SortRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setObjectName(QStringLiteral("factsFilter"));
    m_filter->setAccessibleName(tr("Filter answers"));
    m_filter->setPlaceholderText(tr("Filter: part of a name, a record or an outcome"));
    m_filter->setClearButtonEnabled(true);
    m_filter->addAction(icon(QStringLiteral("inspect")), QLineEdit::LeadingPosition);
    m_table->setObjectName(QStringLiteral("factsTable"));
    m_table->setAccessibleName(tr("Answers"));
    setUpTable(*m_table);
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(FactsModel::Name, Qt::AscendingOrder);
    m_table->setColumnWidth(FactsModel::Name, digits(*this, 34));
    m_table->setColumnWidth(FactsModel::Type, digits(*this, 8));
    m_table->setColumnWidth(FactsModel::Outcome, digits(*this, 17));
    m_table->setColumnWidth(FactsModel::Records, digits(*this, 52));
    m_table->setColumnWidth(FactsModel::Ttl, digits(*this, 9));
    m_table->setColumnWidth(FactsModel::Authentic, digits(*this, 6));
    m_table->setColumnWidth(FactsModel::From, digits(*this, 18));
    addCopyAction(*m_table);
    m_answer->setObjectName(QStringLiteral("answerText"));
    m_answer->setAccessibleName(tr("The selected answer in full"));
    m_answer->setReadOnly(true);
    m_answer->setUndoRedoEnabled(false);
    m_answer->setTabChangesFocus(true);
    m_answer->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_answer->setFont(codeFont(*this));
    m_answer->setPlaceholderText(tr("Select an answer to see it in full"));

    auto *split = new QSplitter(Qt::Vertical);
    split->setObjectName(QStringLiteral("dnsSplit"));
    split->addWidget(m_table);
    split->addWidget(m_answer);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), 0);
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_filter);
    rows->addWidget(split, 1);

    connect(m_filter, &QLineEdit::textChanged, m_sorted, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DnsPage::showAnswer);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &DnsPage::showAnswer);
}

void DnsPage::showReport(std::shared_ptr<const Report> report)
{
    m_model->setReport(std::move(report));
    showAnswer();
}

void DnsPage::find()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void DnsPage::showAnswer()
{
    const Fact *fact = m_model->factAt(m_sorted->mapToSource(m_table->currentIndex()).row());
    const QString text = fact ? answerText(*fact) : QString();
    if (text != m_answer->toPlainText())
        m_answer->setPlainText(text);
}

} // namespace mailoscope::ui
