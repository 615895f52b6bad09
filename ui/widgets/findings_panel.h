// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <QWidget>

#include <memory>

class QAction;
class QActionGroup;
class QLabel;
class QLineEdit;
class QMenu;
class QTableView;
class QToolButton;
class QUrl;

namespace mailoscope::ui
{

class FindingsFilter;
class FindingsModel;
class LinesView;
class Selection;

/// The findings as a table that can be filtered, and beside it why the selected one matters and what to do.
class FindingsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit FindingsPanel(Selection &selection, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    /// The form that fixes are copied in, by the name of its option; remembered by the window.
    void setCopyForm(const QString &option);

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void countChanged(int count);
    /// The user has chosen a finding of this section.
    void sectionWanted(const QString &section);
    /// The fix of the chosen finding is to be taken into the draft, or copied.
    void fixTried(const mailoscope::fixes::Fix &fix);
    void fixCopied(const mailoscope::fixes::Fix &fix);
    /// Fixes are to be copied in this form from now on.
    void copyFormChosen(const QString &option);
    /// The section of the standard is to be shown in a browser.
    void referenceWanted(const QUrl &url);
    /// The builder of this name is to be opened for the chosen finding.
    void makeWanted(const QString &form);

private:
    void makeFormMenu();
    void makeActions();
    void showReference(const Finding *finding);
    void openReference();
    void copyFix();
    void applyFilter(const QString &text);
    void choose();
    void follow();
    void explainCurrent();
    void copy();
    const Finding *current() const;
    /// Of the chosen finding; null where there is none.
    const fixes::Fix *currentFix() const;

    Selection &m_selection;
    FindingsModel *m_model;
    FindingsFilter *m_filter;
    QLineEdit *m_query;
    QLabel *m_problem;
    QTableView *m_table;
    LinesView *m_words;
    QToolButton *m_tryFix;
    QToolButton *m_copyFix;
    QToolButton *m_make;
    QToolButton *m_reference;
    QAction *m_openReference;
    QMenu *m_copyForms;
    QActionGroup *m_forms;
    std::shared_ptr<const Report> m_report;
    bool m_following = false;
};

} // namespace mailoscope::ui
