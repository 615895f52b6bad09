// SPDX-License-Identifier: Apache-2.0
#include "print/flow.h"

#include <QPalette>
#include <QTextLayout>

#include <algorithm>

namespace mailoscope::print
{

namespace
{

QPalette paperPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Window, Qt::white);
    palette.setColor(QPalette::Text, QColor(0x1a, 0x1d, 0x21));
    palette.setColor(QPalette::WindowText, QColor(0x1a, 0x1d, 0x21));
    return palette;
}

constexpr qreal TitleGap = 140;

} // namespace

Palette::Palette()
    : m_theme(paperPalette()),
      m_plain(paperPalette().color(QPalette::Text).rgb()),
      m_quiet(m_theme.quietText().rgb()),
      m_hairline(m_theme.hairline().rgb()),
      m_ground(QColor(0xf4, 0xf5, 0xf7).rgb())
{
}

Flow::Flow(const Geometry &geometry, Fonts &fonts, const Palette &palette)
    : m_geometry(geometry), m_fonts(fonts), m_palette(palette)
{
}

void Flow::newPage()
{
    m_pages.emplace_back();
    page().head = m_head;
    m_y = m_geometry.body.top();
    m_isPageEmpty = true;
}

void Flow::need(qreal height)
{
    if (m_pages.empty() || (left() < height && !m_isPageEmpty))
        newPage();
}

void Flow::gap(qreal height)
{
    if (!m_isPageEmpty)
        m_y += height;
}

void Flow::advance(qreal height)
{
    m_y += height;
    m_isPageEmpty = false;
}

void Flow::anchor(const QString &name)
{
    page().anchors.push_back({name, m_y});
}

void Flow::bookmark(int level, const QString &title, const QString &anchor)
{
    page().bookmarks.push_back({level, title, anchor, m_y});
}

qreal Flow::put(QPointF baseLine, const Run &run)
{
    const QRgb colour = run.colour != 0        ? run.colour
                        : run.target.isEmpty() ? m_palette.plain()
                                               : m_palette.link();
    page().inks.push_back(TextInk{baseLine, run.text, run.font, colour});
    const qreal width = m_fonts.widthOf(run.text, run.font);
    if (!run.target.isEmpty()) {
        const qreal ascent = m_fonts.face(run.font).ascent;
        link(QRectF(baseLine.x(), baseLine.y() - ascent, width, ascent * 1.25), run.target);
    }
    m_isPageEmpty = false;
    return width;
}

void Flow::putShape(Mark mark, qreal x, qreal baseLine, int size)
{
    page().inks.push_back(
        ShapeInk{QRectF(x, baseLine - size * 0.82, size * 0.95, size * 0.95), ui::meaningOf(mark)});
}

void Flow::putLine(const Line &line, qreal x, qreal baseLine)
{
    for (const Line::Piece &piece : line.pieces)
        put({x + piece.x, baseLine}, piece.run);
}

std::vector<Line> Flow::linesOf(const Text &text, qreal width)
{
    QString whole;
    for (const Run &run : text)
        whole += run.text;
    if (whole.isEmpty())
        return {Line{}};
    std::vector<Line> lines;
    if (text.size() == 1 && whole.size() < 200 &&
        !whole.contains(QChar::LineSeparator)) { // most texts are short
        const qreal all = m_fonts.widthOf(whole, text.front().font);
        if (all <= width)
            return {Line{{{0, all, text.front()}}, all}};
    }
    QTextLayout layout(whole, m_fonts.face(text.front().font).font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LeftToRight);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    int begin = 0;
    for (const Run &run : text) {
        QTextLayout::FormatRange range;
        range.start = begin;
        range.length = static_cast<int>(run.text.size());
        range.format.setFont(m_fonts.face(run.font).font);
        begin += range.length;
        formats.push_back(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(width, 10.0));
        Line out;
        out.width = line.naturalTextWidth();
        int at = 0;
        for (const Run &run : text) {
            const int end = at + static_cast<int>(run.text.size());
            const int from = std::max(at, line.textStart());
            int to = std::min(end, line.textStart() + line.textLength());
            const auto isBreak = [&](int position) {
                return whole.at(position) == QLatin1Char(' ') || whole.at(position) == QChar::LineSeparator;
            };
            while (to > from && to == line.textStart() + line.textLength() && isBreak(to - 1))
                --to; // where the line was broken
            if (from < to) {
                Run piece = run;
                piece.text = whole.mid(from, to - from);
                const qreal x = line.cursorToX(from);
                out.pieces.push_back({x, line.cursorToX(to) - x, std::move(piece)});
            }
            at = end;
        }
        lines.push_back(std::move(out));
    }
    layout.endLayout();
    return lines;
}

void Flow::title(const QString &text)
{
    need(900);
    gap(TitleGap);
    const FontKey font{150, true, false};
    const Fonts::Face &face = m_fonts.face(font);
    for (const Line &line : linesOf({{text, font, 0, {}}}, width())) {
        m_y += face.ascent;
        putLine(line, m_geometry.body.left(), m_y);
        m_y += face.leading - face.ascent;
    }
    ink(BoxInk{QRectF(m_geometry.body.left(), m_y + 20, width(), 8), m_palette.plain(), 0, 0});
    m_y += TitleGap;
}

void Flow::heading(const QString &text, Mark mark, const QString &aside)
{
    const FontKey font{106, true, false};
    const Fonts::Face &face = m_fonts.face(font);
    need(face.leading + 420);
    gap(120);
    const qreal shape = mark == Mark::None ? 0 : font.size * 1.35;
    const Text words = aside.isEmpty() ? Text{{text, font, 0, {}}}
                                       : Text{{text, font, 0, {}},
                                              {QStringLiteral("   "), font, 0, {}},
                                              {aside, BodyFont, m_palette.quiet(), {}}};
    bool isFirst = true;
    for (const Line &line : linesOf(words, width() - shape)) {
        m_y += face.ascent;
        if (isFirst && mark != Mark::None)
            putShape(mark, m_geometry.body.left(), m_y, font.size);
        isFirst = false;
        putLine(line, m_geometry.body.left() + shape, m_y);
        m_y += face.leading - face.ascent;
    }
    m_y += 30;
}

void Flow::label(const QString &text, FontKey font)
{
    need(m_fonts.face(font).leading + 260);
    gap(50);
    paragraph({{text, font, m_palette.quiet(), {}}});
}

void Flow::paragraph(const Text &text, qreal indent)
{
    const qreal x = m_geometry.body.left() + indent;
    const Fonts::Face &face = m_fonts.face(text.empty() ? BodyFont : text.front().font);
    const std::vector<Line> lines = linesOf(text, width() - indent);
    if (lines.size() > 1)
        need(2 * face.leading); // no line stays behind alone
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i + 2 == lines.size() && lines.size() > 2 && left() < 2 * face.leading)
            newPage();
        need(face.leading);
        putLine(lines[i], x, m_y + face.ascent);
        m_y += face.leading;
    }
    m_isPageEmpty = false;
}

void Flow::item(const QString &bullet, Mark mark, const Text &text, qreal indent)
{
    const FontKey font = text.empty() ? BodyFont : text.front().font;
    const Fonts::Face &face = m_fonts.face(font);
    need(2 * face.leading); // in front of what the paragraph would need, so that both stay together
    qreal x = m_geometry.body.left() + indent;
    if (!bullet.isEmpty()) {
        put({x, m_y + face.ascent}, {bullet, font, m_palette.quiet(), {}});
        x += font.size * 1.6;
    }
    if (mark != Mark::None) {
        putShape(mark, x, m_y + face.ascent, font.size);
        x += font.size * 1.35;
    }
    paragraph(text, x - m_geometry.body.left());
}

void Flow::note(const QString &text, qreal indent)
{
    if (!text.isEmpty())
        paragraph({{text, SmallFont, m_palette.quiet(), {}}}, indent);
}

void Flow::drawing(qreal height, std::function<void(QPainter &, const QRectF &)> paint)
{
    const qreal most = m_geometry.body.height();
    need(std::min(height, most));
    ink(DrawingInk{QRectF(m_geometry.body.left(), m_y, width(), std::min(height, most)), std::move(paint)});
    m_y += std::min(height, most);
    m_isPageEmpty = false;
}

std::vector<Page> Flow::take()
{
    return std::move(m_pages);
}

} // namespace mailoscope::print
