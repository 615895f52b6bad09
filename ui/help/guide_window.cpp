// SPDX-License-Identifier: Apache-2.0
#include "help/guide_window.h"

#include "theme/metrics.h"
#include "theme/theme.h"
#include "theme/window_size.h"

#include <QAction>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QSplitter>
#include <QTextBrowser>
#include <QVBoxLayout>

/// A static library's resources are there once they have been asked for; outside any namespace, as Qt wants
/// it.
static void readyGuide()
{
    Q_INIT_RESOURCE(guide);
}

namespace mailoscope::ui
{

namespace
{

constexpr int AnchorRole = Qt::UserRole;

/// Colours of the palette for the text, which knows none of its own.
QString styleSheetFor(const QPalette &palette)
{
    return QStringLiteral("a { color: %1; } th { text-align: left; } "
                          "code, kbd { font-family: monospace; } h1, h2, h3 { color: %2; }")
        .arg(palette.color(QPalette::Link).name(), palette.color(QPalette::Text).name());
}

} // namespace

GuideWindow::GuideWindow(QWidget *parent)
    : QWidget(parent, Qt::Window),
      m_chapters(new QListWidget),
      m_text(new QTextBrowser),
      m_search(new QLineEdit),
      m_found(new QLabel)
{
    readyGuide();
    setObjectName(QStringLiteral("guideWindow"));
    setWindowTitle(tr("Guide"));
    m_chapters->setObjectName(QStringLiteral("guideChapters"));
    m_chapters->setAccessibleName(tr("Chapters"));
    m_chapters->setWordWrap(true);
    m_chapters->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setObjectName(QStringLiteral("guideText"));
    m_text->setAccessibleName(tr("Guide"));
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(em(*this));
    m_search->setObjectName(QStringLiteral("guideSearch"));
    m_search->setAccessibleName(tr("Search the guide"));
    m_search->setPlaceholderText(tr("Search (Ctrl+F, Enter for the next place)"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("inspect")), QLineEdit::LeadingPosition);
    m_found->setObjectName(QStringLiteral("guideFound"));
    m_found->setTextFormat(Qt::PlainText);

    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("guideSplit"));
    split->addWidget(m_chapters);
    split->addWidget(m_text);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setSizes({digits(*this, 34), digits(*this, 104)});
    auto *head = new QHBoxLayout;
    head->addWidget(m_search, 2);
    head->addWidget(m_found, 1);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), halfEm(*this));
    rows->addLayout(head);
    rows->addWidget(split, 1);
    resizeWithinScreen(*this, {digits(*this, 144), em(*this) * 46});
    load();

    connect(m_search, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_text, &QTextBrowser::anchorClicked, this, &GuideWindow::follow);
    connect(m_chapters, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            m_text->scrollToAnchor(item->data(AnchorRole).toString());
    });
    const auto key = [this](const QKeySequence &keys, auto does) {
        auto *action = new QAction(this);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, does);
        addAction(action);
    };
    key(QKeySequence::Find, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    key(QKeySequence::FindNext, [this] { find(false); });
    key(QKeySequence::FindPrevious, [this] { find(true); });
    key(QKeySequence::ZoomIn, [this] { m_text->zoomIn(); });
    key(QKeySequence::ZoomOut, [this] { m_text->zoomOut(); });
    key(Qt::Key_Escape, [this] { close(); });
}

void GuideWindow::load()
{
    QFile file(QStringLiteral(":/mailoscope/guide/guide.html"));
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QString html = QString::fromUtf8(file.readAll());
    m_text->setSearchPaths({QStringLiteral(":/mailoscope/guide")});
    m_text->document()->setDefaultStyleSheet(styleSheetFor(palette()));
    m_text->setHtml(html);
    static const QRegularExpression Chapter(QStringLiteral("<h2 id=\"([a-z-]+)\">([^<]+)</h2>"));
    for (const QRegularExpressionMatch &match : Chapter.globalMatch(html)) {
        auto *item = new QListWidgetItem(match.captured(2), m_chapters);
        item->setData(AnchorRole, match.captured(1));
    }
}

void GuideWindow::find(bool backwards)
{
    const QString wanted = m_search->text();
    if (wanted.isEmpty())
        return;
    const QTextDocument::FindFlags flags =
        backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    bool isFound = m_text->find(wanted, flags);
    if (!isFound) {
        // From the other end again.
        m_text->moveCursor(backwards ? QTextCursor::End : QTextCursor::Start);
        isFound = m_text->find(wanted, flags);
    }
    m_found->setText(isFound ? QString() : tr("Nothing found."));
}

void GuideWindow::follow(const QUrl &url)
{
    if (url.isRelative() && url.hasFragment())
        m_text->scrollToAnchor(url.fragment());
    else
        Q_EMIT linkWanted(url);
}

} // namespace mailoscope::ui
