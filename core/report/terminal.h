// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <cstdint>

#include <string>
#include <string_view>
#include <vector>

/// Text laid out for a terminal: widths in columns, lines broken at words, tones with a meaning. Texts that
/// come in are UTF-8 fit to be shown (shown(), explain.h); where the terminal knows ASCII only they are
/// rewritten here.
namespace mailoscope::terminal
{

struct Style {
    int columns = 100;   ///< the width to keep to; less than MinColumns counts as MinColumns
    bool colour = false; ///< escape sequences for tones
    bool unicode = true; ///< false: ASCII only
};
constexpr int MinColumns = 40;

/// What a piece of text means, never how it looks.
enum class Tone { Plain, Strong, Faint, Ok, Critical, High, Medium, Low, Info, Unknown };

/// The columns that valid UTF-8 takes up: two for wide characters of East Asia, none for combining marks.
int columnsOf(std::string_view utf8);

/// A line of a broken text, and where it stands in the text.
struct Line {
    std::string text;
    std::size_t begin = 0; ///< octets in front of it
};
/// Breaks at blanks, and inside words that are too long for a line. No character is lost: the lines joined
/// give the text again, so the blank at which a line is broken ends it.
enum class Breaks {
    AtBlanks,
    AtJoints, ///< also behind the points and signs that join the parts of a name or an address
};
std::vector<Line> brokenLines(std::string_view utf8, int columns, Breaks breaks = Breaks::AtBlanks);
/// Whether a name may be broken behind this character.
bool isJoint(char character);

/// A growing text.
class Page
{
public:
    explicit Page(const Style &style);

    int columns() const { return m_style.columns; }
    const Style &style() const { return m_style; }

    /// `utf8` as this terminal can show it.
    std::string fit(std::string_view utf8) const;
    /// One of two signs: the second where the terminal knows ASCII only.
    std::string_view sign(std::string_view unicode, std::string_view ascii) const;
    /// The shape that goes with a tone, one column wide; a word always stands beside it.
    std::string_view shape(Tone tone) const;
    /// `text` in a tone; it is not changed otherwise.
    std::string toned(Tone tone, std::string_view text) const;

    /// Appends a line as it is; blanks at its end go.
    void line(std::string_view text = {});
    /// Appends a text broken to the width: the first line behind `first`, the others indented as far as that
    /// is wide.
    void paragraph(std::string_view first, std::string_view text, Tone tone = Tone::Plain);
    /// Appends octets as their owner wrote them, broken without losing any, and below each line `^^^^` where
    /// it is marked.
    enum class Extent {
        Whole,
        Around, ///< of a long record, only the lines that are marked and those next to them
    };
    void record(std::string_view octets, const std::vector<Span> &marked, int indent, Tone mark,
                Extent extent = Extent::Whole);

    std::string take() { return std::move(m_text); }

private:
    Style m_style;
    std::string m_text;
};

/// `471,552`
std::string grouped(std::uint64_t number);
/// `text` filled up with blanks to a width: on the right, or on the left for numbers.
std::string filled(std::string_view text, int columns);
std::string filledLeft(std::string_view text, int columns);

} // namespace mailoscope::terminal
