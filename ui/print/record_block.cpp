// SPDX-License-Identifier: Apache-2.0
// Records and texts to copy: broken so that the lines joined give the text again, also where they are copied
// out of the finished document. Programs that read text out of a page drop blanks at the ends of lines and
// take several blanks for one; so no line begins or ends with a blank, and further blanks are written as \032
// (RFC 1035 section 5.1).
#include "print/flow.h"

#include <QFontMetricsF>

#include <algorithm>

namespace mailoscope::print
{

namespace
{

constexpr std::size_t MostOctets = 8192; ///< of a record; what is longer stands in the evidence as a whole
constexpr qreal Padding = 50;

bool isBlank(QChar c)
{
    return c == QLatin1Char(' ');
}

/// Words of one letter alone have no place where a line can end. Behind so many units of them a blank is
/// written as \032, too: lines are longer.
constexpr qsizetype MostWithoutPlace = 80;

/// A text with its blanks made safe, and where each unit went.
struct SafeText {
    QString text;
    std::vector<int> positionOf;
};

SafeText withSafeBlanks(const QString &given)
{
    SafeText safe;
    safe.positionOf.reserve(static_cast<std::size_t>(given.size()) + 1);
    qsizetype lastPlace = 0; // where two units stand side by side that are no blanks
    for (qsizetype i = 0; i < given.size(); ++i) {
        safe.positionOf.push_back(static_cast<int>(safe.text.size()));
        const bool isInner = i > 0 && i + 1 < given.size() && !isBlank(given.at(i - 1));
        const bool isLost = !isInner || i - lastPlace > MostWithoutPlace;
        if (!isBlank(given.at(i)) && i > 0 && !isBlank(given.at(i - 1)))
            lastPlace = i;
        if (isBlank(given.at(i)) && isLost) {
            safe.text += QStringLiteral("\\032");
            lastPlace = i;
        } else {
            safe.text += given.at(i);
        }
    }
    safe.positionOf.push_back(static_cast<int>(safe.text.size()));
    return safe;
}

bool belongsToTheOneBefore(QChar c)
{
    return c.isLowSurrogate() || c.isMark() || c == QChar(0x200d);
}

/// Signs behind which the parts of a record divide.
bool isJoint(QChar c)
{
    return QStringLiteral(":;,/=&?").contains(c);
}

} // namespace

std::vector<Flow::CodeLine> Flow::codeLines(const QString &text, qreal width, const FontKey &font)
{
    constexpr int Near = 26; // characters that are given up for a better place
    const Fonts::Face &face = m_fonts.face(font);
    const QFontMetricsF metrics(face.font);
    const auto widthOf = [&](int at) {
        const QChar c = text.at(at);
        if (c < QChar(0x80))
            return face.codeWidth;
        if (c.isHighSurrogate() && at + 1 < text.size())
            return metrics.horizontalAdvance(text.mid(at, 2));
        return c.isLowSurrogate() ? 0.0 : metrics.horizontalAdvance(c);
    };
    const auto size = static_cast<int>(text.size());
    std::vector<CodeLine> lines;
    for (int begin = 0; begin < size;) {
        int limit = begin;
        for (qreal used = 0; limit < size; ++limit) {
            used += widthOf(limit);
            if (used > width && limit > begin)
                break;
        }
        int end = limit;
        if (limit < size) {
            const auto isPlace = [&](int at) {
                return !isBlank(text.at(at - 1)) && !isBlank(text.at(at)) &&
                       !belongsToTheOneBefore(text.at(at));
            };
            int any = 0;
            int good = 0;
            for (int at = limit; at > begin && good == 0; --at) {
                if (!isPlace(at))
                    continue;
                any = std::max(any, at);
                if (isJoint(text.at(at - 1)) && limit - at <= Near)
                    good = at;
                if (limit - at > Near && any > 0)
                    break;
            }
            end = good > 0 ? good : any > 0 ? any : limit;
        }
        lines.push_back({text.mid(begin, end - begin), begin});
        begin = end;
    }
    return lines;
}

void Flow::putStroke(const CodeLine &line, const Stretch &mark, qreal x, qreal baseLine, const FontKey &font)
{
    const int begin = std::max(mark.begin - line.begin, 0);
    const int end = std::min(mark.end - line.begin, static_cast<int>(line.text.size()));
    if (begin >= end)
        return;
    const qreal from = x + m_fonts.widthOf(line.text.left(begin), font);
    const qreal length = m_fonts.widthOf(line.text.mid(begin, end - begin), font);
    const ui::Meaning meaning = mark.stroke == Stroke::Gone   ? ui::Meaning::Critical
                                : mark.stroke == Stroke::Come ? ui::Meaning::Ok
                                                              : ui::Meaning::High;
    QColor tint = QColor::fromRgb(m_palette.colour(meaning));
    const QRgb line1 = tint.rgb();
    tint.setAlphaF(0.14F);
    if (mark.stroke != Stroke::Under)
        ink(BoxInk{QRectF(from, baseLine - font.size * 0.85, length, font.size * 1.12), tint.rgba(), 0, 0});
    const qreal y = mark.stroke == Stroke::Gone ? baseLine - font.size * 0.3 : baseLine + font.size * 0.16;
    ink(BoxInk{QRectF(from, y, length, mark.stroke == Stroke::Gone ? 6.0 : 9.0), line1, 0, 0});
}

void Flow::codeBlock(const std::vector<CodeLine> &lines, const std::vector<Stretch> &marks, qreal indent,
                     const FontKey &font)
{
    const Fonts::Face &face = m_fonts.face(font);
    const qreal x = m_geometry.body.left() + indent;
    need(face.leading * static_cast<qreal>(std::min<std::size_t>(lines.size(), 3)) + 2 * Padding);
    for (std::size_t next = 0; next < lines.size();) {
        need(face.leading + 2 * Padding);
        const auto fits = static_cast<std::size_t>((left() - 2 * Padding) / face.leading);
        const std::size_t count = std::min(std::max<std::size_t>(fits, 1), lines.size() - next);
        const qreal height = face.leading * static_cast<qreal>(count) + 2 * Padding;
        ink(BoxInk{QRectF(x, m_y, width() - indent, height), m_palette.ground(), m_palette.hairline(), 5});
        qreal baseLine = m_y + Padding + face.ascent;
        for (std::size_t i = next; i < next + count; ++i) {
            for (const Stretch &mark : marks)
                putStroke(lines[i], mark, x + Padding, baseLine, font);
            put({x + Padding, baseLine}, {lines[i].text, font, 0, {}});
            baseLine += face.leading;
        }
        m_y += height;
        next += count;
    }
    gap(50);
}

void Flow::record(std::string_view octets, const std::vector<Marked> &marks, qreal indent, LineEnds lineEnds)
{
    const std::string_view kept = octets.substr(0, MostOctets);
    std::vector<CodeLine> all;
    std::vector<Stretch> stretches;
    int base = 0; // units of the lines in front
    for (std::size_t begin = 0; begin <= kept.size();) {
        const std::size_t end =
            lineEnds == LineEnds::Obeyed ? std::min(kept.find('\n', begin), kept.size()) : kept.size();
        std::string_view line = kept.substr(begin, end - begin);
        if (lineEnds == LineEnds::Obeyed && line.ends_with('\r'))
            line.remove_suffix(1);
        const ui::ShownString shown(line);
        const SafeText safe = withSafeBlanks(shown.text());
        for (const Marked &mark : marks) {
            if (mark.octets.end < begin || mark.octets.begin > begin + line.size())
                continue;
            const Span inside{mark.octets.begin - std::min(mark.octets.begin, begin),
                              mark.octets.end - begin};
            const ui::ShownString::Range range = shown.rangeOf(inside);
            stretches.push_back({base + safe.positionOf[static_cast<std::size_t>(range.begin)],
                                 base + safe.positionOf[static_cast<std::size_t>(range.end)], mark.stroke});
        }
        std::vector<CodeLine> broken = codeLines(safe.text, width() - indent - 2 * Padding, CodeFont);
        if (broken.empty())
            broken.emplace_back();
        for (CodeLine &each : broken)
            each.begin += base;
        all.insert(all.end(), broken.begin(), broken.end());
        base += static_cast<int>(safe.text.size()) + 1;
        begin = end + 1;
    }
    while (all.size() > 1 && all.back().text.isEmpty())
        all.pop_back();
    codeBlock(all, stretches, indent, CodeFont);
    if (kept.size() < octets.size()) {
        note(
            QStringLiteral("… %1 more octets; the evidence holds them all.").arg(octets.size() - kept.size()),
            indent);
    }
}

void Flow::lines(const QString &text, qreal indent)
{
    constexpr qsizetype MostUnits = 20000;
    std::vector<CodeLine> all;
    for (const QString &line : text.left(MostUnits).split(QLatin1Char('\n'))) {
        std::vector<CodeLine> broken = codeLines(line, width() - indent - 2 * Padding, SmallCodeFont);
        if (broken.empty())
            broken.emplace_back();
        all.insert(all.end(), broken.begin(), broken.end());
    }
    while (!all.empty() && all.back().text.isEmpty())
        all.pop_back();
    codeBlock(all, {}, indent, SmallCodeFont);
    if (text.size() > MostUnits)
        note(QStringLiteral("… cut here; the program gives the whole text."), indent);
}

} // namespace mailoscope::print
