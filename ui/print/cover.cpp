// SPDX-License-Identifier: Apache-2.0
#include "print/cover.h"

#include "print/block_layout.h"
#include "print/say.h"
#include "report/rules.h"
#include "text/figures.h"

#include <QFontMetricsF>

#include <algorithm>

namespace mailoscope::print
{

namespace
{

constexpr qreal LogoHeight = 560;
constexpr qreal LogoWidth = 2000;

/// Logo, company, and what this is.
void letterhead(Flow &flow, const Options &options, const QString &kind, const QString &name)
{
    flow.setHead({});
    flow.newPage();
    const QRectF &body = flow.body();
    qreal top = body.top() - 200;
    if (!options.logo.isNull()) {
        const QSizeF size = QSizeF(options.logo.size()).scaled(LogoWidth, LogoHeight, Qt::KeepAspectRatio);
        flow.ink(ImageInk{QRectF(QPointF(body.left(), top), size), options.logo});
    }
    if (!options.company.isEmpty()) {
        const FontKey font{120, true, false};
        const QString company = QFontMetricsF(flow.fonts().face(font).font)
                                    .elidedText(options.company, Qt::ElideRight, body.width() - LogoWidth);
        const qreal width = flow.fonts().widthOf(company, font);
        flow.put({options.logo.isNull() ? body.left() : body.right() - width, top + 200},
                 {company, font, 0, {}});
    }
    flow.moveTo(body.top() + 1050);
    flow.advance(0);
    flow.paragraph({{kind, {120, false, false}, flow.palette().quiet(), {}}});
    flow.advance(30);
    // Long names get smaller letters before they are broken.
    FontKey large{260, true, false};
    while (large.size > 140 && flow.fonts().widthOf(name, large) > flow.width())
        large.size -= 20;
    flow.paragraph({{name, large, 0, {}}});
    flow.advance(60);
    flow.ink(BoxInk{QRectF(body.left(), flow.y(), body.width(), 16), flow.palette().plain(), 0, 0});
    flow.advance(140);
}

void facts(Flow &flow, const std::vector<std::pair<const char *, QString>> &rows)
{
    Table table;
    table.columns = {{{}, false}, {{}, false}};
    for (const auto &[label, words] : rows) {
        if (!words.isEmpty())
            table.rows.push_back({cellOf(say(label), TableStrongFont), cellOf(words)});
    }
    flow.table(table);
}

void contents(Flow &flow, const std::vector<ContentsLine> &lines)
{
    const FontKey strong = StrongFont;
    flow.gap(100);
    flow.heading(say(QT_TRANSLATE_NOOP("PaperReport", "Contents")));
    for (const ContentsLine &line : lines) {
        const FontKey font = line.level == 0 ? strong : BodyFont;
        const Fonts::Face &face = flow.fonts().face(font);
        if (flow.left() < face.leading + 30)
            return; // the bookmarks have them all
        const qreal indent = line.level * 160.0;
        const qreal baseLine = flow.y() + face.ascent;
        const QRectF &body = flow.body();
        const QString number = QString::number(line.page);
        const qreal numberWidth = flow.fonts().widthOf(number, font);
        const QRgb plain = flow.palette().plain();
        const QString title =
            QFontMetricsF(face.font).elidedText(line.title, Qt::ElideRight, body.width() * 0.85);
        const qreal end =
            body.left() + indent + flow.put({body.left() + indent, baseLine}, {title, font, plain, {}});
        flow.put({body.right() - numberWidth, baseLine}, {number, font, plain, {}});
        // Dots lead the eye; as a drawing, so that they are not copied.
        for (qreal x = body.right() - numberWidth - 60; x > end + 50; x -= 45)
            flow.ink(BoxInk{QRectF(x, baseLine - 8, 8, 8), flow.palette().hairline(), 0, 0});
        flow.link(QRectF(body.left(), flow.y(), body.width(), face.leading), QLatin1Char('#') + line.anchor);
        flow.advance(face.leading + (line.level == 0 ? 16 : 0));
    }
}

} // namespace

std::vector<ContentsLine> contentsOf(const std::vector<Page> &pages, int firstNumber)
{
    std::vector<ContentsLine> lines;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        for (const Bookmark &bookmark : pages[i].bookmarks) {
            if (!bookmark.anchor.isEmpty())
                lines.push_back(
                    {bookmark.title, bookmark.level, bookmark.anchor, firstNumber + static_cast<int>(i)});
        }
    }
    return lines;
}

MatrixRow matrixRowOf(const Report &report, const QString &name, const QString &anchor)
{
    MatrixRow row;
    row.name = name;
    row.headline = headlineOf(report);
    for (const Section section : allSections())
        row.marks[static_cast<std::size_t>(section)] = standingOf(report, section).mark;
    row.inspectedAt = ui::utcTime(report.inspectedAt);
    row.anchor = anchor;
    return row;
}

std::vector<Page> coverOf(const document::Document &document, const Report &report, const Options &options,
                          const std::vector<ContentsLine> &lines)
{
    Fonts fonts;
    const Palette palette;
    Flow flow(geometryOf(options.paper), fonts, palette);
    const QString name = ui::toQString(document.title);
    letterhead(flow, options, say(QT_TRANSLATE_NOOP("PaperReport", "Inspection of a mail domain")), name);
    const Headline headline = headlineOf(report);
    flow.paragraph({{headline.word.empty() ? QString() : ui::toQString(headline.word) + QStringLiteral(". "),
                     StrongFont,
                     0,
                     {}},
                    {ui::toQString(headline.sentence), BodyFont, 0, {}}});
    flow.gap(80);
    BlockLayout(flow, report.spf, name, {}, 0).lay(document.front);
    contents(flow, lines);
    return flow.take();
}

std::vector<Page> coverOf(const std::vector<MatrixRow> &rows, const std::vector<QString> &resolvers,
                          const Options &options, int pagesInFront)
{
    Fonts fonts;
    const Palette palette;
    Flow flow(geometryOf(options.paper), fonts, palette);
    letterhead(flow, options, say(QT_TRANSLATE_NOOP("PaperReport", "Inspection of mail domains")),
               say(QT_TRANSLATE_NOOP("PaperReport", "%1 domains")).arg(rows.size()));
    QString when = rows.empty() ? QString() : rows.front().inspectedAt;
    QString last = when;
    std::map<QString, int> levels;
    for (const MatrixRow &row : rows) {
        when = std::min(when, row.inspectedAt);
        last = std::max(last, row.inspectedAt);
        ++levels[row.headline.word.empty() ? ui::wordFor(ui::meaningOf(row.headline.mark))
                                           : ui::toQString(row.headline.word)];
    }
    QStringList verdicts;
    for (const auto &[word, count] : levels)
        verdicts << QStringLiteral("%1 %2").arg(count).arg(word);
    facts(
        flow,
        {{QT_TRANSLATE_NOOP("PaperReport", "Verdicts"), verdicts.join(QStringLiteral(" · "))},
         {QT_TRANSLATE_NOOP("PaperReport", "Inspected"),
          when == last ? when : QStringLiteral("%1 – %2").arg(when, last)},
         {QT_TRANSLATE_NOOP("PaperReport", "Resolvers"),
          QStringList(resolvers.begin(), resolvers.end()).join(QStringLiteral(", "))},
         {QT_TRANSLATE_NOOP("PaperReport", "Program"), ui::toQString(toolLine())},
         {QT_TRANSLATE_NOOP("PaperReport", "Evidence"),
          say(QT_TRANSLATE_NOOP(
              "PaperReport", "one JSON file a domain is attached; their digests stand in the appendices"))}});

    flow.setHead(say(QT_TRANSLATE_NOOP("PaperReport", "Domains and standards")));
    flow.newPage();
    flow.anchor(QStringLiteral("matrix"));
    flow.bookmark(0, say(QT_TRANSLATE_NOOP("PaperReport", "Domains and standards")));
    flow.title(say(QT_TRANSLATE_NOOP("PaperReport", "Domains and standards")));
    Table table;
    table.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Domain")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Verdict")), false}};
    for (const Section section : allSections())
        table.columns.push_back({ui::toQString(shortTitleOf(section)), false});
    table.columns.push_back({say(QT_TRANSLATE_NOOP("PaperReport", "Page")), true});
    for (const MatrixRow &row : rows) {
        Cell name = cellOf(row.name, SmallStrongFont);
        name.text.front().target = QLatin1Char('#') + row.anchor;
        Cell verdict = cellOf(row.headline.word.empty() ? ui::wordFor(ui::meaningOf(row.headline.mark))
                                                        : ui::toQString(row.headline.word),
                              SmallStrongFont);
        verdict.mark = row.headline.mark;
        std::vector<Cell> cells{std::move(name), std::move(verdict)};
        for (const Mark mark : row.marks) {
            Cell cell = cellOf(ui::wordFor(ui::meaningOf(mark)), {66, false, false});
            cell.mark = mark;
            cells.push_back(std::move(cell));
        }
        cells.push_back(cellOf(QString::number(pagesInFront + row.page), SmallFont));
        table.rows.push_back(std::move(cells));
    }
    flow.table(table);
    return flow.take();
}

} // namespace mailoscope::print
