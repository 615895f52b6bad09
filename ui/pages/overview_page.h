// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QTableView;

namespace mailoscope::ui
{

class FindingsModel;
class OutlineModel;
class SectionCard;
class Selection;

/// Can the domain be forged; how each section stands; and what to do first.
class OverviewPage : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewPage(Selection &selection, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);

Q_SIGNALS:
    void sectionWanted(mailoscope::Section section);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void placeCards();
    void showFirst();
    void choose(int row);

    Selection &m_selection;
    std::shared_ptr<const Report> m_report;
    std::vector<const Finding *> m_first; ///< those listed under "Do first"
    QLabel *m_domain;
    QLabel *m_shape;
    QLabel *m_verdict;
    QLabel *m_reason;
    QGridLayout *m_cardRows;
    std::vector<SectionCard *> m_cards;
    int m_columns = 0;
    QLabel *m_firstTitle;
    OutlineModel *m_firstModel;
    QTableView *m_firstTable;
};

} // namespace mailoscope::ui
