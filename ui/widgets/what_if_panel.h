// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "what_if.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QToolButton;

namespace mailoscope::ui
{

class CopyAsBar;
class LinesView;

/// The draft: which records are edited, the text of the chosen one, and what would change. The pages above
/// show the report with the draft for as long as it changes anything.
class WhatIfPanel : public QWidget
{
    Q_OBJECT
public:
    WhatIfPanel(WhatIf &whatIf, const FileChoosers &choosers, QWidget *parent = nullptr);

    /// Begins to edit a record; nothing as text means a new one.
    void edit(const DomainName &name, dns::RrType type, const std::optional<std::string> &text);
    /// Takes a fix into the draft.
    void take(const std::vector<fixes::Change> &changes);
    /// Copies changes in the form that is chosen.
    void copyChanges(const std::vector<fixes::Change> &changes);
    /// True where the pages are to show reality though there is a draft.
    bool showsReality() const;

    /// The form that changes are copied in, by the name of its option; remembered by the window.
    QString copyForm() const;
    void setCopyForm(const QString &option);

Q_SIGNALS:
    void realityWanted(bool reality);
    void openWanted();
    void saveWanted();
    void copyFormChosen(const QString &option);
    /// What was done, in a sentence, and whether it could be.
    void told(bool done, const QString &sentence);

private:
    void fillRecords();
    void showDraft();
    void showEffect();
    void showCurrent();
    void typed();
    void addTyped();
    void takeAway();
    void discard();
    /// The index of the edited record or file that is chosen; -1 where it is the other.
    int currentEdit() const;
    int currentFile() const;
    void showTexts(const QString &before, const QString &after);
    void showRecord(const fixes::Edit *edit);
    void showFile(const fixes::FileChange &file);
    void ttlTyped();

    WhatIf &m_whatIf;
    QComboBox *m_records;
    QComboBox *m_newType;
    QLineEdit *m_newName;
    QLabel *m_problem;
    QListWidget *m_edits;
    QPlainTextEdit *m_before;
    QPlainTextEdit *m_after;
    QLabel *m_reading;
    LinesView *m_effect;
    QCheckBox *m_reality;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QToolButton *m_takeAway;
    QToolButton *m_discard;
    QToolButton *m_save;
    QLabel *m_ttlLabel;
    QLineEdit *m_ttl;
    CopyAsBar *m_copies;
    std::shared_ptr<const Report> m_filledFor; ///< whose records are offered
    bool m_filling = false;
};

} // namespace mailoscope::ui
