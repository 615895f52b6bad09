// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "print/page.h"
#include "report/mark.h"
#include "text/shown_string.h"

#include <string_view>
#include <vector>

/// Texts, tables and records flowing over pages.
namespace mailoscope::print
{

constexpr FontKey BodyFont{88, false, false};
constexpr FontKey StrongFont{88, true, false};
constexpr FontKey SmallFont{76, false, false};
constexpr FontKey SmallStrongFont{76, true, false};
constexpr FontKey TableFont{80, false, false};
constexpr FontKey TableStrongFont{80, true, false};
constexpr FontKey CodeFont{80, false, true};
constexpr FontKey SmallCodeFont{74, false, true};

/// The colours of paper, by meaning.
class Palette
{
public:
    Palette();
    QRgb plain() const { return m_plain; }
    QRgb quiet() const { return m_quiet; }
    QRgb hairline() const { return m_hairline; }
    /// Behind records and heads of tables.
    QRgb ground() const { return m_ground; }
    QRgb link() const { return colour(ui::Meaning::Low); }
    QRgb colour(ui::Meaning meaning) const { return m_theme.colour(meaning).rgb(); }

private:
    ui::Theme m_theme;
    QRgb m_plain;
    QRgb m_quiet;
    QRgb m_hairline;
    QRgb m_ground;
};

struct Run {
    QString text;
    FontKey font = BodyFont;
    QRgb colour = 0;
    QString target; ///< of a link; empty where it is none
};
using Text = std::vector<Run>;

/// One line of a laid-out text.
struct Line {
    struct Piece {
        qreal x = 0;
        qreal width = 0;
        Run run;
    };
    std::vector<Piece> pieces;
    qreal width = 0;
};

struct Cell {
    Text text;
    Mark mark = Mark::None; ///< its shape stands in front of the text
    bool isRight = false;
    int depth = 0; ///< steps that the text is moved in
};
struct Column {
    QString title;
    bool isRight = false;
};
struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;
};

/// A place in a record: how it is marked.
enum class Stroke { Under, Gone, Come };
struct Marked {
    Span octets;
    Stroke stroke = Stroke::Under;
};

/// Whether line ends in a text are its own, as in a file, or octets like others, as in a record.
enum class LineEnds { Shown, Obeyed };

/// Lays blocks out one below the other, over as many pages as it takes.
class Flow
{
public:
    Flow(const Geometry &geometry, Fonts &fonts, const Palette &palette);

    /// What the running head says from the next page on.
    void setHead(const QString &head) { m_head = head; }
    void newPage();
    /// A new page unless so much room is left.
    void need(qreal height);
    /// Room between blocks; none at the top of a page.
    void gap(qreal height);
    void advance(qreal height);
    qreal left() const { return m_geometry.body.bottom() - m_y; }
    qreal y() const { return m_y; }
    void moveTo(qreal y) { m_y = y; }
    qreal width() const { return m_geometry.body.width(); }
    const QRectF &body() const { return m_geometry.body; }
    const Palette &palette() const { return m_palette; }
    Fonts &fonts() { return m_fonts; }
    bool isPageEmpty() const { return m_isPageEmpty; }

    void anchor(const QString &name);
    /// Named with an anchor, it stands in the table of contents, too.
    void bookmark(int level, const QString &title, const QString &anchor = {});
    /// Large, with a line below; keeps so much of what follows with it.
    void title(const QString &text);
    void heading(const QString &text, Mark mark = Mark::None, const QString &aside = {});
    void label(const QString &text, FontKey font = SmallStrongFont);
    void paragraph(const Text &text, qreal indent = 0);
    /// A paragraph with a bullet or a mark's shape, or both, in front; it needs neither.
    void item(const QString &bullet, Mark mark, const Text &text, qreal indent = 0);
    void note(const QString &text, qreal indent = 0);
    void table(const Table &table);
    /// Octets in a frame as their owner wrote them: lines joined give them again. Of very long ones the
    /// beginning.
    void record(std::string_view octets, const std::vector<Marked> &marks = {}, qreal indent = 0,
                LineEnds lineEnds = LineEnds::Shown);
    /// Lines to copy, each broken where it is too long.
    void lines(const QString &text, qreal indent = 0);
    /// A drawing as wide as the text.
    void drawing(qreal height, std::function<void(QPainter &, const QRectF &)> paint);
    void ink(Ink ink) { page().inks.push_back(std::move(ink)); }
    void link(const QRectF &area, const QString &target) { page().links.push_back({area, target}); }
    /// A line of text at a place; returns its width.
    qreal put(QPointF baseLine, const Run &run);

    std::vector<Line> linesOf(const Text &text, qreal width);
    std::vector<Page> take();

private:
    friend class TableLayout;
    Page &page() { return m_pages.back(); }
    void putLine(const Line &line, qreal x, qreal baseLine);
    void putShape(Mark mark, qreal x, qreal baseLine, int size);
    struct CodeLine {
        QString text;
        int begin = 0; ///< units of the whole text in front of it
    };
    std::vector<CodeLine> codeLines(const QString &text, qreal width, const FontKey &font);
    struct Stretch {
        int begin = 0;
        int end = 0;
        Stroke stroke = Stroke::Under;
    };
    void codeBlock(const std::vector<CodeLine> &lines, const std::vector<Stretch> &marks, qreal indent,
                   const FontKey &font);
    void putStroke(const CodeLine &line, const Stretch &mark, qreal x, qreal baseLine, const FontKey &font);

    Geometry m_geometry;
    Fonts &m_fonts;
    const Palette &m_palette;
    std::vector<Page> m_pages;
    QString m_head;
    qreal m_y = 0;
    bool m_isPageEmpty = true;
};

} // namespace mailoscope::print
