// SPDX-License-Identifier: Apache-2.0
#include "pages/rules_page.h"

#include "pages/page_parts.h"
#include "report/rule_table.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/outline_table_view.h"

#include <QLabel>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

/// There is room for the sections of the standards, too.
OutlineTable withReferences(const Report &report)
{
    OutlineTable table = ruleTable(report);
    table.columns.push_back(RulesPage::tr("Reference").toStdString());
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        table.rows[i].push_back({toString(report.verdict.rules[i].reference), Mark::None, false});
    return table;
}

} // namespace

RulesPage::RulesPage(QWidget *parent)
    : QWidget(parent),
      m_shape(new QLabel),
      m_sentence(sentenceLabel()),
      m_treatments(new OutlineTableView),
      m_rules(new OutlineTableView),
      m_notTestable(new OutlineTableView)
{
    setObjectName(QStringLiteral("rulesPage"));
    m_sentence->setObjectName(QStringLiteral("rulesSentence"));
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(em(*this), em(*this), em(*this), halfEm(*this));
    rows->setSpacing(em(*this));
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_shape, 0, Qt::AlignTop);
    head->addWidget(m_sentence, 1);
    rows->addLayout(head);
    for (OutlineTableView *table : {m_treatments, m_rules, m_notTestable})
        rows->addWidget(table);
    rows->addStretch(1);
    putIntoScrollArea(*this, content, tr("Why this verdict"));
}

void RulesPage::showReport(std::shared_ptr<const Report> report)
{
    for (OutlineTableView *table : {m_treatments, m_rules, m_notTestable})
        table->setVisible(report != nullptr);
    if (!report) {
        m_shape->clear();
        m_sentence->clear();
        return;
    }
    const Headline headline = headlineOf(*report);
    const Meaning meaning = meaningOf(headline.mark);
    m_shape->setPixmap(icon(meaning).pixmap(em(*this)));
    m_shape->setAccessibleName(wordFor(meaning));
    QStringList parts;
    for (const std::string &part :
         {headline.word.empty() ? std::string() : headline.word + '.', headline.sentence, headline.reason}) {
        if (!part.empty())
            parts << toQString(part);
    }
    m_sentence->setText(parts.join(QLatin1Char(' ')));
    m_treatments->showTable(treatmentTable(*report));
    m_rules->showTable(withReferences(*report));
    m_notTestable->showTable(notTestableTable());
}

} // namespace mailoscope::ui
