// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "report/profile_results.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;

namespace mailoscope::ui
{

class OutlineTableView;
class Selection;

/// What a receiver or an authority asks of a domain, requirement by requirement. Which of them is shown is
/// the user's choice.
class ProfilesPage : public QWidget
{
    Q_OBJECT
public:
    explicit ProfilesPage(Selection &selection, QWidget *parent = nullptr);

    /// The id of the profile to show, where a report has it.
    void setChosen(const QString &id);
    void showReport(std::shared_ptr<const Report> report);
    /// The chosen profile and how it ended, in one line; empty where there is none.
    QString summary() const;
    Mark summaryMark() const;

Q_SIGNALS:
    /// By the user.
    void chosen(const QString &id);
    void sectionWanted(mailoscope::Section section);
    void summaryChanged();

private:
    const profiles::ProfileResult *current() const;
    QString sentenceFor(const profiles::ProfileResult &result) const;
    void fillChooser();
    void showChosen();
    void openFinding(int row);

    Selection &m_selection;
    std::shared_ptr<const Report> m_report;
    std::vector<profiles::ProfileResult> m_results;
    QString m_id;
    QComboBox *m_chooser;
    QLabel *m_shape;
    QLabel *m_sentence;
    QLabel *m_version;
    OutlineTableView *m_rows;
};

} // namespace mailoscope::ui
