// SPDX-License-Identifier: Apache-2.0
#include "report/terminal.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace mailoscope::terminal
{

namespace
{

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t octets = 1;
};

/// `text` is valid UTF-8; a stray octet counts as one character all the same.
CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto lead = static_cast<std::uint8_t>(text[at]);
    const std::size_t octets = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (octets == 1 || octets > text.size() - at)
        return {lead, 1};
    std::uint32_t value = lead & (0x7fU >> octets);
    for (std::size_t i = 1; i < octets; ++i)
        value = (value << 6) | (static_cast<std::uint8_t>(text[at + i]) & 0x3fU);
    return {value, octets};
}

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

template <std::size_t Count>
bool isIn(const std::array<Range, Count> &ranges, std::uint32_t value)
{
    return std::any_of(ranges.begin(), ranges.end(),
                       [value](const Range &range) { return value >= range.first && value <= range.last; });
}

/// Unicode Standard Annex #11, wide and full-width, by blocks.
constexpr std::array<Range, 13> Wide = {{{0x1100, 0x115f},
                                         {0x2e80, 0x303e},
                                         {0x3041, 0x33ff},
                                         {0x3400, 0x4dbf},
                                         {0x4e00, 0x9fff},
                                         {0xa000, 0xa4cf},
                                         {0xac00, 0xd7a3},
                                         {0xf900, 0xfaff},
                                         {0xfe30, 0xfe6f},
                                         {0xff00, 0xff60},
                                         {0xffe0, 0xffe6},
                                         {0x1f300, 0x1faff},
                                         {0x20000, 0x3fffd}}};
/// Combining marks of the blocks met most.
constexpr std::array<Range, 9> Combining = {{{0x300, 0x36f},
                                             {0x483, 0x489},
                                             {0x591, 0x5bd},
                                             {0x610, 0x61a},
                                             {0x64b, 0x65f},
                                             {0x900, 0x902},
                                             {0x1ab0, 0x1aff},
                                             {0x1dc0, 0x1dff},
                                             {0x20d0, 0x20ff}}};

int columnsOfCodePoint(std::uint32_t value)
{
    if (value < 0x300)
        return 1;
    if (isIn(Combining, value))
        return 0;
    return isIn(Wide, value) ? 2 : 1;
}

/// What our own sentences use beyond ASCII, in ASCII.
struct Spelling {
    std::uint32_t character;
    std::string_view ascii;
};
constexpr std::array<Spelling, 16> Spellings = {{{0x2018, "'"},
                                                 {0x2019, "'"},
                                                 {0x201c, "\""},
                                                 {0x201d, "\""},
                                                 {0x2013, "-"},
                                                 {0x2014, "-"},
                                                 {0x2026, "..."},
                                                 {0xb7, "-"},
                                                 {0xd7, "x"},
                                                 {0x2192, "->"},
                                                 {0x2248, "~"},
                                                 {0x2265, ">="},
                                                 {0x2264, "<="},
                                                 {0xa7, "section "},
                                                 {0xa0, " "},
                                                 {0x2011, "-"}}};

std::string asciiOf(std::string_view utf8)
{
    std::string ascii;
    for (std::size_t i = 0; i < utf8.size();) {
        const CodePoint point = codePointAt(utf8, i);
        const auto known = std::find_if(Spellings.begin(), Spellings.end(),
                                        [&](const Spelling &s) { return s.character == point.value; });
        if (point.value < 0x80)
            ascii.push_back(utf8[i]);
        else if (known != Spellings.end())
            ascii += known->ascii;
        else
            ascii += escapedOctets(utf8.substr(i, point.octets));
        i += point.octets;
    }
    return ascii;
}

/// Select Graphic Rendition. The sixteen basic colours follow the user's own palette, light or dark.
std::string_view renditionOf(Tone tone)
{
    switch (tone) {
    case Tone::Plain:
        return {};
    case Tone::Strong:
        return "\033[1m";
    case Tone::Faint:
        return "\033[2m";
    case Tone::Ok:
        return "\033[32m";
    case Tone::Critical:
        return "\033[1;31m";
    case Tone::High:
        return "\033[31m";
    case Tone::Medium:
        return "\033[33m";
    case Tone::Low:
        return "\033[36m";
    case Tone::Info:
    case Tone::Unknown:
        return "\033[2m";
    }
    return {};
}

std::string_view withoutBlanksAtEnd(std::string_view text)
{
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

/// Columns to leave before each marked stretch of a line, and how long it is.
std::string underlineOf(std::string_view line, std::size_t begin, const std::vector<bool> &isMarked)
{
    std::string below;
    for (std::size_t i = 0; i < line.size();) {
        const CodePoint point = codePointAt(line, i);
        const auto columns = static_cast<std::size_t>(columnsOfCodePoint(point.value));
        below.append(columns, isMarked[begin + i] ? '^' : ' ');
        i += point.octets;
    }
    return std::string(withoutBlanksAtEnd(below));
}

/// Which octets of the shown text belong to a marked span of the source.
std::vector<bool> markedOctets(const ShownText &text, const std::string &fitted,
                               const std::vector<Span> &marked)
{
    std::vector<bool> isMarked(fitted.size(), false);
    std::vector<std::size_t> octetOf; // of each character
    for (std::size_t i = 0; i < fitted.size(); i += codePointAt(fitted, i).octets)
        octetOf.push_back(i);
    octetOf.push_back(fitted.size());
    for (const Span &span : marked) {
        const Span characters = text.charactersOf(span);
        const std::size_t last = octetOf.size() - 1;
        for (std::size_t i = octetOf[std::min(characters.begin, last)];
             i < octetOf[std::min(characters.end, last)]; ++i)
            isMarked[i] = true;
    }
    return isMarked;
}

/// The octets with every one that is not printable ASCII escaped, with the same bookkeeping as shownText().
ShownText asciiShown(std::string_view octets)
{
    ShownText text;
    for (const char c : octets) {
        text.characterOf.push_back(text.utf8.size());
        if (ascii::isPrintable(c))
            text.utf8.push_back(c);
        else
            text.utf8 += escapedOctets(std::string_view(&c, 1));
    }
    text.characterOf.push_back(text.utf8.size());
    return text;
}

} // namespace

int columnsOf(std::string_view utf8)
{
    int columns = 0;
    for (std::size_t i = 0; i < utf8.size();) {
        const CodePoint point = codePointAt(utf8, i);
        columns += columnsOfCodePoint(point.value);
        i += point.octets;
    }
    return columns;
}

bool isJoint(char character)
{
    return std::string_view(".,;:/@=&?!-_").find(character) != std::string_view::npos;
}

std::vector<Line> brokenLines(std::string_view utf8, int columns, Breaks breaks)
{
    std::vector<Line> lines;
    std::size_t begin = 0;
    std::size_t afterBlank = 0; // where the line can be broken
    int width = 0;
    for (std::size_t i = 0; i < utf8.size();) {
        const CodePoint point = codePointAt(utf8, i);
        const int own = columnsOfCodePoint(point.value);
        // A blank may stand over the edge: it is not seen there.
        if (width + own > columns && point.value != ' ' && i > begin) {
            const std::size_t end = afterBlank > begin ? afterBlank : i;
            lines.push_back({std::string(utf8.substr(begin, end - begin)), begin});
            begin = end;
            width = columnsOf(utf8.substr(begin, i - begin));
            continue; // the rest of the word may be too long for a line of its own
        }
        width += own;
        i += point.octets;
        if (point.value == ' ' || (breaks == Breaks::AtJoints && isJoint(utf8[i - 1])))
            afterBlank = i;
    }
    if (begin < utf8.size() || lines.empty())
        lines.push_back({std::string(utf8.substr(begin)), begin});
    return lines;
}

Page::Page(const Style &style) : m_style(style)
{
    m_style.columns = std::max(m_style.columns, MinColumns);
}

std::string Page::fit(std::string_view utf8) const
{
    return m_style.unicode ? std::string(utf8) : asciiOf(utf8);
}

std::string_view Page::sign(std::string_view unicode, std::string_view ascii) const
{
    return m_style.unicode ? unicode : ascii;
}

std::string_view Page::shape(Tone tone) const
{
    switch (tone) {
    case Tone::Plain:
    case Tone::Strong:
    case Tone::Faint:
        return " ";
    case Tone::Ok:
        return sign("✔", "+");
    case Tone::Critical:
        return sign("✖", "X");
    case Tone::High:
        return sign("▲", "!");
    case Tone::Medium:
        return sign("◆", "*");
    case Tone::Low:
        return sign("●", "o");
    case Tone::Info:
        return "i";
    case Tone::Unknown:
        return "?";
    }
    return " ";
}

std::string Page::toned(Tone tone, std::string_view text) const
{
    const std::string_view rendition = renditionOf(tone);
    if (!m_style.colour || rendition.empty() || text.empty())
        return std::string(text);
    return std::string(rendition).append(text).append("\033[0m");
}

void Page::line(std::string_view text)
{
    m_text.append(withoutBlanksAtEnd(text)).push_back('\n');
}

void Page::paragraph(std::string_view first, std::string_view text, Tone tone)
{
    const int indent = columnsOf(first);
    const std::string fitted = fit(text);
    std::string lead(first);
    for (const Line &broken : brokenLines(fitted, std::max(m_style.columns - indent, MinColumns / 2))) {
        line(lead + toned(tone, withoutBlanksAtEnd(broken.text)));
        lead.assign(static_cast<std::size_t>(indent), ' ');
    }
}

void Page::record(std::string_view octets, const std::vector<Span> &marked, int indent, Tone mark,
                  Extent extent)
{
    constexpr std::size_t ShortRecord = 6; // lines
    const ShownText text = m_style.unicode ? shownText(octets) : asciiShown(octets);
    const std::vector<bool> isMarked = markedOctets(text, text.utf8, marked);
    const std::string margin(static_cast<std::size_t>(indent), ' ');
    const std::vector<Line> lines =
        brokenLines(text.utf8, std::max(m_style.columns - indent, MinColumns / 2));
    std::vector<std::string> below;
    for (const Line &broken : lines)
        below.push_back(underlineOf(broken.text, broken.begin, isMarked));
    const auto isWanted = [&](std::size_t i) {
        return extent == Extent::Whole || lines.size() <= ShortRecord || !below[i].empty() ||
               (i > 0 && !below[i - 1].empty()) || (i + 1 < below.size() && !below[i + 1].empty());
    };
    bool isGap = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!isWanted(i)) {
            if (!isGap)
                line(margin + toned(Tone::Faint, sign("…", "...")));
            isGap = true;
            continue;
        }
        isGap = false;
        m_text += margin + lines[i].text + '\n'; // with its blank at the end, so that no character is lost
        if (!below[i].empty())
            line(margin + toned(mark, below[i]));
    }
}

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, 1, ',');
    return digits;
}

std::string filled(std::string_view text, int columns)
{
    const int missing = std::max(columns - columnsOf(text), 0);
    return std::string(text) + std::string(static_cast<std::size_t>(missing), ' ');
}

std::string filledLeft(std::string_view text, int columns)
{
    const int missing = std::max(columns - columnsOf(text), 0);
    return std::string(static_cast<std::size_t>(missing), ' ') + std::string(text);
}

} // namespace mailoscope::terminal
