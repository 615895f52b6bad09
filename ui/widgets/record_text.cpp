// SPDX-License-Identifier: Apache-2.0
#include "widgets/record_text.h"

#include "pages/page_parts.h"
#include "report/explain.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/record_editor.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QTextBlock>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

constexpr int MostLines = 12; // of a record, before it scrolls

} // namespace

RecordText::RecordText(QWidget *parent)
    : QWidget(parent), m_name(new QLabel), m_edit(new QToolButton), m_text(new QPlainTextEdit)
{
    m_name->setTextFormat(Qt::PlainText);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_name->setWordWrap(true);
    m_name->setMinimumWidth(1); // a long name must not make the page wider than the window
    QFont bold = m_name->font();
    bold.setBold(true);
    m_name->setFont(bold);
    m_text->setAccessibleName(tr("The record as its owner wrote it"));
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setFont(codeFont(*this));
    m_text->viewport()->installEventFilter(this);

    auto *copy = new QToolButton;
    copy->setIcon(icon(QStringLiteral("copy")));
    fitIcon(*copy);
    copy->setAutoRaise(true);
    copy->setAccessibleName(tr("Copy the record"));
    copy->setToolTip(tr("Copy the record"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(recordText()); });
    m_edit->setObjectName(QStringLiteral("editRecord"));
    m_edit->setText(tr("Edit"));
    m_edit->setAutoRaise(true);
    m_edit->setAccessibleName(tr("Edit the record in the draft"));
    m_edit->setToolTip(tr("Edit to see what would change (F2). Nothing is published."));
    m_edit->hide();
    connect(m_edit, &QToolButton::clicked, this, &RecordText::editWanted);
    m_text->installEventFilter(this);
    auto *head = new QHBoxLayout;
    head->addWidget(m_name, 1);
    head->addWidget(m_edit);
    head->addWidget(copy);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(head);
    rows->addWidget(m_text);
}

void RecordText::show(const OutlineRecord &record, const std::vector<const Finding *> &findings)
{
    m_name->setText(QStringLiteral("%1 %2").arg(toQString(record.type), shownString(record.owner)));
    m_name->setToolTip(toolTipFor(m_name->text()));
    ShownString shownNow(record.text);
    if (shownNow.text() != m_text->toPlainText()) {
        m_text->setPlainText(shownNow.text());
        fitHeight();
    }
    m_shown = std::move(shownNow);
    m_places.clear();
    QList<QTextEdit::ExtraSelection> marks;
    const Theme theme(palette());
    for (const Finding *finding : findings) {
        for (const Evidence &evidence : finding->evidence) {
            if (evidence.name != record.owner || evidence.record != record.text || evidence.span.isEmpty())
                continue;
            const ShownString::Range range = m_shown.rangeOf(evidence.span);
            QTextEdit::ExtraSelection mark;
            mark.cursor = QTextCursor(m_text->document());
            mark.cursor.setPosition(range.begin);
            mark.cursor.setPosition(range.end, QTextCursor::KeepAnchor);
            mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            mark.format.setUnderlineColor(theme.colour(meaningOf(finding->severity)));
            marks.append(mark);
            m_places.push_back({range, toQString(explain(*finding).title)});
        }
    }
    m_text->setExtraSelections(marks);
}

void RecordText::setEditable(bool editable)
{
    m_edit->setVisible(editable);
}

bool RecordText::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_edit->isHidden() && isEditGesture(*watched, *event, *m_text)) {
        Q_EMIT editWanted();
        return true;
    }
    if (watched == m_text->viewport() && event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int at = m_text->cursorForPosition(help->pos()).position();
        QStringList titles;
        for (const Place &place : m_places) {
            if (at >= place.range.begin && at <= place.range.end)
                titles << place.title;
        }
        QToolTip::showText(help->globalPos(),
                           titles.isEmpty() ? QString() : toolTipFor(titles.join(QLatin1Char('\n'))),
                           m_text->viewport());
        return true;
    }
    if (watched == m_text->viewport() && event->type() == QEvent::Resize)
        fitHeight();
    return QWidget::eventFilter(watched, event);
}

void RecordText::fitHeight()
{
    int lines = 0;
    for (QTextBlock block = m_text->document()->begin(); block.isValid() && lines <= MostLines;
         block = block.next())
        lines += std::max(1, block.lineCount());
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * std::clamp(lines, 1, MostLines) + em(*this));
}

} // namespace mailoscope::ui
