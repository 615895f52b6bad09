// SPDX-License-Identifier: Apache-2.0
#include "pages/overview_page.h"

#include "pages/page_parts.h"
#include "selection.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/first_list.h"
#include "widgets/section_card.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QFont larger(const QFont &font, double factor)
{
    QFont result = font;
    if (font.pointSizeF() > 0)
        result.setPointSizeF(font.pointSizeF() * factor);
    else
        result.setPixelSize(int(font.pixelSize() * factor));
    return result;
}

} // namespace

OverviewPage::OverviewPage(Selection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_domain(sentenceLabel()),
      m_shape(new QLabel),
      m_verdict(sentenceLabel()),
      m_reason(sentenceLabel()),
      m_cardRows(new QGridLayout),
      m_profileShape(new QLabel),
      m_profile(sentenceLabel()),
      m_showRules(new QPushButton(tr("Wh&y"))),
      m_showProfiles(new QPushButton(tr("Profi&les"))),
      m_first(new FirstList),
      m_nothing(sentenceLabel())
{
    setObjectName(QStringLiteral("overviewPage"));
    m_domain->setObjectName(QStringLiteral("overviewDomain"));
    m_verdict->setObjectName(QStringLiteral("verdict"));
    m_reason->setObjectName(QStringLiteral("verdictReason"));
    QFont big = larger(font(), 1.5);
    big.setBold(true);
    m_domain->setFont(big);
    QFont strong = larger(font(), 1.15);
    strong.setBold(true);
    m_verdict->setFont(strong);
    m_profile->setObjectName(QStringLiteral("overviewProfile"));
    m_nothing->setObjectName(QStringLiteral("nothingFirst"));
    m_showRules->setObjectName(QStringLiteral("showRules"));
    m_showRules->setToolTip(toolTipFor(tr("The rules that the verdict rests on, and what was seen")));
    m_showProfiles->setObjectName(QStringLiteral("showProfiles"));
    m_showProfiles->setToolTip(toolTipFor(tr("What receivers and authorities ask of the domain")));
    connect(m_showRules, &QPushButton::clicked, this, &OverviewPage::rulesWanted);
    connect(m_showProfiles, &QPushButton::clicked, this, &OverviewPage::profilesWanted);
    connect(m_first, &FirstList::findingWanted, this, &OverviewPage::choose);
    connect(m_first, &FirstList::fixWanted, this, [this](std::size_t finding) {
        choose(finding);
        Q_EMIT fixWanted(finding);
    });
    for (const Section section : allSections()) {
        auto *card = new SectionCard(section);
        connect(card, &QAbstractButton::clicked, this, [this, section] { Q_EMIT sectionWanted(section); });
        m_cards.push_back(card);
    }

    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(em(*this), em(*this), em(*this), halfEm(*this));
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_domain);
    auto *verdict = new QGridLayout;
    verdict->setHorizontalSpacing(halfEm(*this));
    verdict->setVerticalSpacing(halfEm(*this) / 2);
    verdict->addWidget(m_shape, 0, 0, Qt::AlignTop);
    verdict->addWidget(m_verdict, 0, 1);
    verdict->addWidget(m_showRules, 0, 2, Qt::AlignTop);
    verdict->addWidget(m_reason, 1, 1, 1, 2);
    verdict->addWidget(m_profileShape, 2, 0, Qt::AlignTop | Qt::AlignHCenter);
    verdict->addWidget(m_profile, 2, 1);
    verdict->addWidget(m_showProfiles, 2, 2, Qt::AlignTop);
    verdict->setColumnStretch(1, 1);
    rows->addLayout(verdict);
    rows->addSpacing(halfEm(*this));
    m_cardRows->setSpacing(halfEm(*this));
    rows->addLayout(m_cardRows);
    rows->addSpacing(halfEm(*this));
    rows->addWidget(m_first);
    rows->addWidget(m_nothing);
    rows->addStretch(1);
    putIntoScrollArea(*this, content, tr("Overview"));
    placeCards();
}

void OverviewPage::placeCards()
{
    const int count = static_cast<int>(m_cards.size());
    const int fitting = std::clamp(width() / (digits(*this, 28) + halfEm(*this)), 1, count);
    const int rows = (count + fitting - 1) / fitting;
    const int columns = (count + rows - 1) / rows; // rows of about one length
    if (columns == m_columns)
        return;
    for (int column = columns; column < m_columns; ++column)
        m_cardRows->setColumnStretch(column, 0);
    m_columns = columns;
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_cardRows->addWidget(m_cards[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    for (int column = 0; column < columns; ++column)
        m_cardRows->setColumnStretch(column, 1);
}

void OverviewPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeCards();
}

void OverviewPage::showReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    if (!m_report) {
        for (QLabel *label : {m_domain, m_shape, m_verdict, m_reason})
            label->clear();
        m_showRules->hide();
        for (SectionCard *card : m_cards)
            card->show(Standing());
        showFirst();
        return;
    }
    const QString ascii = toQString(m_report->domain);
    const QString unicode = toQString(m_report->domainUnicode);
    m_domain->setText(ascii == unicode ? ascii : QStringLiteral("%1  (%2)").arg(unicode, ascii));
    const Headline headline = headlineOf(*m_report);
    const Meaning meaning = meaningOf(headline.mark);
    m_shape->setPixmap(icon(meaning).pixmap(m_verdict->fontMetrics().height()));
    m_shape->setAccessibleName(wordFor(meaning));
    m_verdict->setText(headline.word.empty() ? toQString(headline.sentence)
                                             : QStringLiteral("%1.  %2").arg(toQString(headline.word),
                                                                             toQString(headline.sentence)));
    m_reason->setText(toQString(headline.reason));
    m_reason->setVisible(!headline.reason.empty());
    m_showRules->show();
    for (SectionCard *card : m_cards)
        card->show(standingOf(*m_report, card->section()));
    showFirst();
}

void OverviewPage::showFirst()
{
    m_first->showReport(m_report);
    const bool hasRows = !m_first->isEmpty();
    const bool isDone = m_report && !m_report->pending;
    m_nothing->setVisible(!hasRows && isDone);
    m_nothing->setText(isDone ? tr("Nothing of medium or higher severity was found.") : QString());
}

void OverviewPage::showProfile(const QString &summary, Mark mark)
{
    const Meaning meaning = meaningOf(mark);
    m_profileShape->setPixmap(icon(meaning).pixmap(em(*this)));
    m_profileShape->setAccessibleName(wordFor(meaning));
    m_profile->setText(summary);
    for (QWidget *widget : {static_cast<QWidget *>(m_profileShape), static_cast<QWidget *>(m_profile),
                            static_cast<QWidget *>(m_showProfiles)})
        widget->setVisible(!summary.isEmpty());
}

void OverviewPage::choose(std::size_t index)
{
    if (!m_report || index >= m_report->findings.size())
        return;
    const Finding finding = m_report->findings[index];
    if (const std::optional<Section> section = sectionOf(finding.section))
        Q_EMIT sectionWanted(*section);
    m_selection.selectFinding(finding);
}

} // namespace mailoscope::ui
