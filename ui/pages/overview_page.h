// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace mailoscope::ui
{

class FirstList;
class SectionCard;
class Selection;

/// Can the domain be forged; how each section stands; and what to do first.
class OverviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewPage(Selection &selection, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    /// The chosen profile in one line.
    void showProfile(const QString &summary, Mark mark);

Q_SIGNALS:
    void sectionWanted(mailoscope::Section section);
    /// The fix of this finding is to be shown, or tried.
    void fixWanted(std::size_t finding);
    void rulesWanted();
    void profilesWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeCards();
    void showFirst();
    void choose(std::size_t finding);

    Selection &m_selection;
    std::shared_ptr<const Report> m_report;
    QLabel *m_domain;
    QLabel *m_shape;
    QLabel *m_verdict;
    QLabel *m_reason;
    QGridLayout *m_cardRows;
    std::vector<SectionCard *> m_cards;
    int m_columns = 0;
    QLabel *m_profileShape;
    QLabel *m_profile;
    QPushButton *m_showRules;
    QPushButton *m_showProfiles;
    FirstList *m_first;
    QLabel *m_nothing;
};

} // namespace mailoscope::ui
