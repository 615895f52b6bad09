// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>
#include <QStringList>

class QStringListModel;

namespace mailoscope::ui
{

/// Where domains are typed and pasted. Completes from what was inspected before.
class DomainField : public QLineEdit
{
    Q_OBJECT
public:
    explicit DomainField(QWidget *parent = nullptr);

    QStringList history() const;
    void setHistory(const QStringList &domains);
    /// Puts a domain at the head of the history.
    void remember(const QString &domain);

Q_SIGNALS:
    void historyChanged();
    /// A list was pasted: two domains or more, as they were written.
    void listPasted(const QString &text);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void showHistory();
    void watchForList(const QString &text);

    QStringListModel *m_history;
};

} // namespace mailoscope::ui
