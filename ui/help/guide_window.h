// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QUrl>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QTextBrowser;

namespace mailoscope::ui
{

/// The user's guide, out of the program's own resources: nothing is fetched. Chapters beside the text, and a
/// search.
class GuideWindow : public QWidget
{
    Q_OBJECT
public:
    explicit GuideWindow(QWidget *parent = nullptr);

Q_SIGNALS:
    /// The user followed a link that leads out of the guide.
    void linkWanted(const QUrl &url);

private:
    void load();
    void find(bool backwards);
    void follow(const QUrl &url);

    QListWidget *m_chapters;
    QTextBrowser *m_text;
    QLineEdit *m_search;
    QLabel *m_found;
};

} // namespace mailoscope::ui
