// SPDX-License-Identifier: Apache-2.0
#include "widgets/lines_view.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace mailoscope::ui
{

LinesView::LinesView(QWidget *parent) : QTextEdit(parent)
{
    setReadOnly(true);
    setAcceptRichText(false);
    setUndoRedoEnabled(false);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
}

void LinesView::setLines(const std::vector<DetailLine> &lines)
{
    const bool isAboutTheSame =
        !lines.empty() && !m_lines.empty() && lines.front().text == m_lines.front().text;
    m_lines = lines;
    if (toText(lines) == m_written)
        return;
    write();
    if (!isAboutTheSame)
        verticalScrollBar()->setValue(0);
}

void LinesView::write()
{
    m_written = toText(m_lines);
    const int scrolled = verticalScrollBar()->value();
    clear();
    const Theme theme(palette());
    int widest = 0;
    for (const DetailLine &line : m_lines)
        widest = std::max(widest, fontMetrics().horizontalAdvance(line.label));
    const int column = widest + em(*this);

    QTextCursor cursor(document());
    QTextCharFormat quiet;
    quiet.setForeground(theme.quietText());
    QTextCharFormat code;
    code.setFont(codeFont(*this));
    QTextCharFormat heading = code;
    heading.setFontWeight(QFont::Bold);
    bool first = true;
    for (const DetailLine &line : m_lines) {
        QTextBlockFormat block;
        const bool isHeading = line.kind == DetailLine::Kind::Heading;
        if (!isHeading) {
            block.setLeftMargin(column);
            block.setTextIndent(-column);
            block.setTabPositions({QTextOption::Tab(column, QTextOption::LeftTab)});
        }
        block.setTopMargin(!first && !line.label.isEmpty() ? halfEm(*this) / 3.0 : 0);
        block.setBottomMargin(isHeading ? halfEm(*this) / 2.0 : 0);
        if (first)
            cursor.setBlockFormat(block);
        else
            cursor.insertBlock(block);
        first = false;
        if (isHeading) {
            cursor.insertText(line.text, heading);
            continue;
        }
        cursor.insertText(line.label + QLatin1Char('\t'), quiet);
        cursor.insertText(line.text, line.kind == DetailLine::Kind::Code ? code : QTextCharFormat());
    }
    moveCursor(QTextCursor::Start); // Qt shows the place of the cursor when the view is shown first
    verticalScrollBar()->setValue(scrolled);
}

void LinesView::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        write();
}

} // namespace mailoscope::ui
