// SPDX-License-Identifier: Apache-2.0
// The page that everybody reads, and the rules behind it.
#include "print/chapters.h"

#include "report/explain.h"
#include "report/fix_words.h"
#include "report/rule_table.h"
#include "report/verdict_words.h"

#include <algorithm>
#include <array>

namespace mailoscope::print
{

namespace
{

constexpr std::array Severities = {Severity::Critical, Severity::High, Severity::Medium, Severity::Low,
                                   Severity::Info};

/// "1 critical, 2 high and 4 low", the most severe first; empty where there is none.
QString countsOf(const Report &report)
{
    QStringList parts;
    for (const Severity severity : Severities) {
        const auto count =
            std::count_if(report.findings.begin(), report.findings.end(),
                          [severity](const Finding &finding) { return finding.severity == severity; });
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(count).arg(ui::wordFor(ui::meaningOf(severity)).toLower());
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

void Chapters::summary()
{
    begin(Part::Summary);
    const Headline headline = headlineOf(m_report);
    // The verdict, in a box of its own.
    constexpr qreal Inner = 120;
    const Text sentence{{ui::toQString(headline.sentence), BodyFont, 0, {}}};
    const Text reason{{ui::toQString(headline.reason), BodyFont, m_flow.palette().quiet(), {}}};
    const FontKey large{140, true, false};
    const qreal indent = Inner + 260;
    const auto linesOf = [&](const Text &text) {
        return headline.reason.empty() && &text == &reason
                   ? std::vector<Line>()
                   : m_flow.linesOf(text, m_flow.width() - indent - Inner);
    };
    const std::vector<Line> first = linesOf(sentence);
    const std::vector<Line> second = linesOf(reason);
    const Fonts::Face &body = m_flow.fonts().face(BodyFont);
    const Fonts::Face &word = m_flow.fonts().face(large);
    const qreal height = 2 * Inner + (headline.word.empty() ? 0 : word.leading) +
                         body.leading * static_cast<qreal>(first.size() + second.size());
    const qreal left = m_flow.body().left();
    const QRgb colour = m_flow.palette().colour(ui::meaningOf(headline.mark));
    m_flow.ink(BoxInk{QRectF(left, m_flow.y(), m_flow.width(), height), m_flow.palette().ground(), 0, 0});
    m_flow.ink(BoxInk{QRectF(left, m_flow.y(), 36, height), colour, 0, 0});
    m_flow.ink(ShapeInk{QRectF(left + Inner, m_flow.y() + Inner, 180, 180), ui::meaningOf(headline.mark)});
    qreal y = m_flow.y() + Inner;
    if (!headline.word.empty()) {
        m_flow.put({left + indent, y + word.ascent}, {ui::toQString(headline.word), large, colour, {}});
        y += word.leading;
    }
    for (const std::vector<Line> *lines : {&first, &second}) {
        for (const Line &line : *lines) {
            for (const Line::Piece &piece : line.pieces)
                m_flow.put({left + indent + piece.x, y + body.ascent}, piece.run);
            y += body.leading;
        }
    }
    m_flow.advance(height + 120);

    m_flow.table(tableOf(treatmentTable(m_report), m_flow.palette()));

    m_flow.heading(say(QT_TRANSLATE_NOOP("PaperReport", "The standards")));
    Table table;
    table.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Standard")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "State")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "What there is")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Findings")), true}};
    for (const Section section : allSections()) {
        const Standing standing = standingOf(m_report, section);
        Cell name = cellOf(ui::toQString(titleOf(section)), TableStrongFont);
        if (m_options.parts.contains(Part::Sections))
            name.text.front().target =
                QLatin1Char('#') + anchorOf("section", static_cast<std::size_t>(section));
        table.rows.push_back(
            {std::move(name), shapeAndWord(standing.mark), cellOf(ui::toQString(standing.gist)),
             cellOf(standing.findings > 0 ? QString::number(standing.findings) : QString())});
    }
    m_flow.table(table);
    const QString counts = countsOf(m_report);
    m_flow.paragraph(counts.isEmpty()
                         ? say(QT_TRANSLATE_NOOP("PaperReport", "There are no findings."))
                         : say(QT_TRANSLATE_NOOP("PaperReport", "Findings by severity: %1.")).arg(counts));
    firstFixes();
    if (!m_report.complete) {
        m_flow.gap(60);
        m_flow.note(say(QT_TRANSLATE_NOOP(
            "PaperReport", "Not every look-up was answered. What depends on the missing answers is "
                           "shown as not known, never as missing or wrong.")));
    }
}

/// What to do first: the most severe findings that are more than a remark, with their fixes.
void Chapters::firstFixes()
{
    constexpr std::size_t Most = 5;
    Table table;
    table.columns = {{QString(), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Severity")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Finding")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "What to do")), false}};
    for (std::size_t i = 0; i < m_report.findings.size() && table.rows.size() < Most; ++i) {
        const Finding &finding = m_report.findings[i];
        if (finding.severity == Severity::Info)
            continue;
        const Explanation words = explain(finding);
        const fixes::Fix *fix = m_report.fixOf(i);
        Cell what = cellOf(ui::toQString(fix ? explain(*fix).summary : words.whatToDo));
        if (fix) {
            const QString label = fix->isProven() ? say(QT_TRANSLATE_NOOP("PaperReport", "Proven fix: "))
                                                  : say(QT_TRANSLATE_NOOP("PaperReport", "Suggestion: "));
            what.text.insert(what.text.begin(), {label, TableStrongFont, 0, {}});
        }
        // A hint on one page: the whole stands in the chapters behind.
        constexpr qsizetype Longest = 220;
        QString &told = what.text.back().text;
        if (told.size() > Longest)
            told = told.left(Longest - 1) + QStringLiteral("…");
        Cell title = cellOf(ui::toQString(words.title));
        if (title.text.front().text.size() > Longest)
            title.text.front().text = title.text.front().text.left(Longest - 1) + QStringLiteral("…");
        if (m_options.parts.contains(Part::Findings))
            title.text.front().target = QLatin1Char('#') + anchorOf("finding", i);
        table.rows.push_back({cellOf(QString::number(table.rows.size() + 1)),
                              shapeAndWord(markOf(finding.severity)), std::move(title), std::move(what)});
    }
    if (table.rows.empty())
        return;
    m_flow.heading(say(QT_TRANSLATE_NOOP("PaperReport", "Do first")));
    m_flow.table(table);
}

void Chapters::verdict()
{
    begin(Part::Verdict);
    m_flow.paragraph(say(QT_TRANSLATE_NOOP(
        "PaperReport",
        "There is no score. The verdict follows from these rules; each can be traced to a record and a "
        "section of a standard.")));
    m_flow.gap(80);
    m_flow.table(tableOf(ruleTable(m_report), m_flow.palette()));
    m_flow.heading(say(QT_TRANSLATE_NOOP("PaperReport", "Cannot be seen from outside")));
    for (const std::string_view id : verdict::notTestable())
        m_flow.paragraph(QStringLiteral("–  ") + ui::toQString(sentenceOfNotTestable(id)), 60);
}

} // namespace mailoscope::print
