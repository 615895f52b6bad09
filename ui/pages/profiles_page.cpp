// SPDX-License-Identifier: Apache-2.0
#include "pages/profiles_page.h"

#include "pages/page_parts.h"
#include "report/profile_words.h"
#include "selection.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/outline_table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

ProfilesPage::ProfilesPage(Selection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_chooser(new QComboBox),
      m_shape(new QLabel),
      m_sentence(sentenceLabel()),
      m_version(sentenceLabel()),
      m_rows(new OutlineTableView)
{
    setObjectName(QStringLiteral("profilesPage"));
    m_chooser->setObjectName(QStringLiteral("profileChooser"));
    m_chooser->setAccessibleName(tr("Profile"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(24);
    m_sentence->setObjectName(QStringLiteral("profileSentence"));
    m_version->setObjectName(QStringLiteral("profileVersion"));
    m_rows->view().setAccessibleName(tr("Requirements of the profile"));
    auto *label = new QLabel(tr("&Profile"));
    label->setBuddy(m_chooser);

    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(em(*this), em(*this), em(*this), halfEm(*this));
    rows->setSpacing(em(*this));
    auto *choose = new QHBoxLayout;
    choose->setSpacing(halfEm(*this));
    choose->addWidget(label);
    choose->addWidget(m_chooser);
    choose->addWidget(m_version, 1);
    rows->addLayout(choose);
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_shape, 0, Qt::AlignTop);
    head->addWidget(m_sentence, 1);
    rows->addLayout(head);
    rows->addWidget(m_rows);
    rows->addStretch(1);
    putIntoScrollArea(*this, content, tr("Profiles"));

    connect(m_chooser, &QComboBox::activated, this, [this] {
        m_id = m_chooser->currentData().toString();
        showChosen();
        Q_EMIT chosen(m_id);
    });
    connect(&m_rows->view(), &QTableView::activated, this,
            [this](const QModelIndex &index) { openFinding(index.row()); });
    showReport(nullptr);
}

void ProfilesPage::setChosen(const QString &id)
{
    m_id = id;
    fillChooser();
    showChosen();
}

void ProfilesPage::showReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    m_results.clear();
    if (m_report) {
        // To judge a profile takes a while, and means nothing before the last answer.
        m_results = m_report->pending ? profiles::evaluateAll({}, {}) : profilesOf(*m_report);
    }
    fillChooser();
    showChosen();
}

void ProfilesPage::fillChooser()
{
    m_chooser->setEnabled(!m_results.empty());
    // The list stays as it is while answers arrive, also under the user's hands.
    const int count = static_cast<int>(m_results.size());
    if (m_chooser->count() != count) {
        m_chooser->clear();
        for (const profiles::ProfileResult &result : m_results)
            m_chooser->addItem(toQString(result.profile->name), toQString(result.profile->id));
    }
    for (int i = 0; i < count; ++i) {
        const profiles::ProfileResult &result = m_results[static_cast<std::size_t>(i)];
        const QString id = toQString(result.profile->id);
        if (m_chooser->itemData(i).toString() != id) {
            m_chooser->setItemText(i, toQString(result.profile->name));
            m_chooser->setItemData(i, id);
        }
        const Meaning meaning = meaningOf(m_report->pending ? Mark::Waiting : markOf(result));
        m_chooser->setItemIcon(i, icon(meaning));
        m_chooser->setItemData(
            i, QStringLiteral("%1: %2").arg(toQString(result.profile->name), sentenceFor(result)),
            Qt::AccessibleTextRole);
    }
    if (count > 0)
        m_chooser->setCurrentIndex(std::max(0, m_chooser->findData(m_id)));
}

const profiles::ProfileResult *ProfilesPage::current() const
{
    const int index = m_chooser->currentIndex();
    return index >= 0 && static_cast<std::size_t>(index) < m_results.size()
               ? &m_results[static_cast<std::size_t>(index)]
               : nullptr;
}

void ProfilesPage::showChosen()
{
    const profiles::ProfileResult *result = current();
    m_rows->setVisible(result != nullptr);
    if (!result) {
        m_shape->clear();
        m_sentence->clear();
        m_version->clear();
        Q_EMIT summaryChanged();
        return;
    }
    const Meaning meaning = meaningOf(summaryMark());
    m_shape->setPixmap(icon(meaning).pixmap(em(*this)));
    m_shape->setAccessibleName(wordFor(meaning));
    m_sentence->setText(sentenceFor(*result));
    QStringList version;
    for (const std::string &part : {result->profile->version, result->profile->date}) {
        if (!part.empty())
            version << toQString(part);
    }
    m_version->setText(version.join(QStringLiteral(", ")));
    m_rows->showTable(profileTable(*m_report, *result));
    Q_EMIT summaryChanged();
}

QString ProfilesPage::sentenceFor(const profiles::ProfileResult &result) const
{
    return m_report->pending ? tr("Answers are still to come.") : toQString(sentenceOf(result));
}

QString ProfilesPage::summary() const
{
    const profiles::ProfileResult *result = current();
    return result ? QStringLiteral("%1: %2").arg(toQString(result->profile->name), sentenceFor(*result))
                  : QString();
}

Mark ProfilesPage::summaryMark() const
{
    const profiles::ProfileResult *result = current();
    return result && !m_report->pending ? markOf(*result) : Mark::Waiting;
}

void ProfilesPage::openFinding(int row)
{
    const profiles::ProfileResult *result = current();
    if (!result || row < 0 || static_cast<std::size_t>(row) >= result->requirements.size())
        return;
    for (const std::string &id : rowsOf(*result)[static_cast<std::size_t>(row)]->brokenBy) {
        for (const Finding &finding : m_report->findings) {
            if (finding.id != id)
                continue;
            const Finding chosen = finding;
            if (const std::optional<Section> section = sectionOf(chosen.section))
                Q_EMIT sectionWanted(*section);
            m_selection.selectFinding(chosen);
            return;
        }
    }
}

} // namespace mailoscope::ui
