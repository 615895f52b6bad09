// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace mailoscope::ui
{

class DomainField;
class ResolverField;

/// What to inspect and whom to ask, and how far it has got.
class TopBar : public QWidget
{
    Q_OBJECT
public:
    explicit TopBar(QWidget *parent = nullptr);

    DomainField &domainField() const { return *m_domain; }
    ResolverField &resolverField() const { return *m_resolver; }

    void showRunning(bool running);
    void showProgress(int done, int known);
    void clearProgress();
    /// What the progress line says when nothing runs.
    void showSummary(const QString &text, const QString &toolTip);

    /// The list to step through; fewer than two domains hide it.
    void setList(const QStringList &domains);
    /// Whether there are domains to go back and on to.
    void showSteps(bool hasBefore, bool hasAfter);
    QStringList list() const;
    void stepInList(int by);

Q_SIGNALS:
    /// Enter or the button; what the field holds is to be inspected.
    void inspectRequested();
    void stopRequested();
    void backWanted();
    void forwardWanted();
    void listEntryChosen(const QString &domain);

private:
    void press();
    void updateSteps();

    DomainField *m_domain;
    ResolverField *m_resolver;
    QPushButton *m_button;
    QToolButton *m_back;
    QToolButton *m_forward;
    QToolButton *m_previous;
    QToolButton *m_next;
    QComboBox *m_list;
    QProgressBar *m_progress;
    QLabel *m_count;
    bool m_running = false;
};

} // namespace mailoscope::ui
