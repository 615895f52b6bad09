// SPDX-License-Identifier: Apache-2.0
#include "report/markdown.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

using namespace document;

/// Text that stays text (CommonMark section 2.4), also where renderers make links and mentions of bare words.
std::string escaped(std::string_view text)
{
    constexpr std::string_view Punctuation = "\\`*_[]#|~$!{}";
    std::string markdown;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<')
            markdown += "&lt;";
        else if (c == '>')
            markdown += "&gt;";
        else if (c == '&')
            markdown += "&amp;";
        else if (c == '@')
            markdown += "&#64;";
        else if (c == ':' && text.substr(i + 1, 2) == "//")
            markdown += "&#58;";
        else if (c == '.' && i >= 3 && ascii::equalIgnoringCase(text.substr(i - 3, 3), "www"))
            markdown += "&#46;";
        else if (c == '\n' || c == '\r')
            markdown += ' ';
        else if (Punctuation.find(c) != std::string_view::npos)
            markdown += {'\\', c};
        else
            markdown += c;
    }
    return markdown;
}

/// At the beginning of a line these would open a list or a heading.
std::string atLineBegin(std::string markdown)
{
    if (markdown.empty())
        return markdown;
    std::size_t digits = 0;
    while (digits < markdown.size() && ascii::isDigit(markdown[digits]))
        ++digits;
    if (markdown[0] == '-' || markdown[0] == '+' || markdown[0] == '=')
        markdown.insert(0, "\\");
    else if (digits > 0 && digits < markdown.size() && (markdown[digits] == '.' || markdown[digits] == ')'))
        markdown.insert(digits, "\\");
    return markdown;
}

std::size_t longestTicks(std::string_view text)
{
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// A code span (section 6.1): in nothing of it is anything markup but, in tables, the bar.
std::string code(std::string_view text, bool inTable)
{
    if (text.empty())
        return {};
    const std::string fence(longestTicks(text) + 1, '`');
    std::string span;
    for (const char c : text) {
        if (inTable && c == '|')
            span += '\\';
        span += c == '\n' || c == '\r' ? ' ' : c;
    }
    const bool needsBlanks = span.front() == '`' || span.back() == '`' || span.front() == ' ';
    return needsBlanks ? fence + ' ' + span + ' ' + fence : fence + span + fence;
}

std::string shapeText(Mark mark)
{
    return mark == Mark::None ? std::string() : std::string(shapeOf(mark)) + ' ';
}

class Writer
{
public:
    std::string write(const Document &document)
    {
        paragraph("# " + escaped(document.title));
        add(document.front);
        for (const Chapter &chapter : document.chapters)
            add(chapter.blocks);
        return std::move(m_text);
    }

private:
    enum class Place { Line, Table };

    void add(const std::vector<Block> &blocks)
    {
        for (const Block &block : blocks)
            std::visit([this](const auto &each) { add(each); }, block);
    }

    /// A run that begins with line ends stands on a line of its own; tables have no other way to hold one.
    static std::string line(const Text &text, Place place = Place::Line)
    {
        std::string line;
        for (const Run &given : text) {
            Run run = given;
            const std::size_t ends = std::min(run.text.find_first_not_of('\n'), run.text.size());
            run.text.erase(0, ends);
            for (std::size_t i = 0; i < ends; ++i)
                line += "<br>";
            const bool isLink = !run.target.empty() && !run.target.starts_with('#');
            if (isLink)
                line += '[';
            switch (run.look) {
            case Run::Look::Plain:
            case Run::Look::Quiet:
                line += escaped(run.text);
                break;
            case Run::Look::Strong: {
                // Emphasis ends at a character that is no blank (section 6.2).
                const std::size_t end = run.text.find_last_not_of(' ') + 1;
                const std::size_t begin = std::min(run.text.find_first_not_of(' '), end);
                line += run.text.substr(0, begin) + "**" + escaped(run.text.substr(begin, end - begin)) +
                        "**" + run.text.substr(end);
                break;
            }
            case Run::Look::Code:
                line += code(run.text, place == Place::Table);
                break;
            }
            if (isLink)
                line += "](<" + run.target + ">)";
        }
        return line;
    }

    void paragraph(const std::string &markdown) { m_text += markdown + "\n\n"; }

    void add(const Heading &heading)
    {
        std::string text = shapeText(heading.mark) + escaped(heading.text);
        if (!heading.aside.empty())
            text += " (" + escaped(heading.aside) + ')';
        paragraph(std::string(static_cast<std::size_t>(heading.level), '#') + ' ' + text);
    }

    void add(const Headline &headline)
    {
        const std::string word =
            headline.word.empty() ? std::string() : "**" + escaped(headline.word) + ".** ";
        paragraph(shapeText(headline.mark) + word + escaped(headline.sentence));
        if (!headline.reason.empty())
            paragraph(atLineBegin(escaped(headline.reason)));
    }

    void add(const Paragraph &text) { paragraph(atLineBegin(shapeText(text.mark) + line(text.text))); }

    void add(const Facts &facts)
    {
        for (const auto &[name, text] : facts.rows)
            m_text += "- " + escaped(name) + ": " + line(text) + '\n';
        m_text += '\n';
    }

    void fenced(const std::vector<std::string> &lines, std::string_view kind)
    {
        std::size_t ticks = 2;
        for (const std::string &each : lines)
            ticks = std::max(ticks, longestTicks(each));
        const std::string fence(ticks + 1, '`');
        m_text += fence + std::string(kind) + '\n';
        for (const std::string &each : lines)
            m_text += each + '\n';
        m_text += fence + "\n\n";
    }

    void add(const RecordText &record)
    {
        using Role = RecordText::Role;
        paragraph(escaped(labelOf(record)) + ' ' + code(shown(record.owner), false));
        if (record.octets.empty())
            return;
        std::string text;
        std::string marked;
        for (const Piece &piece : piecesOf(record)) {
            text += piece.text;
            if (piece.isMarked)
                marked += (marked.empty() ? "" : ", ") + code(piece.text, false);
        }
        fenced({text}, "text");
        if (!marked.empty())
            paragraph((record.role == Role::Before  ? "Goes: "
                       : record.role == Role::After ? "Comes: "
                                                    : "Here: ") +
                      marked);
    }

    void add(const Table &table)
    {
        paragraph("**" + escaped(table.title) + "**");
        m_text += '|';
        for (const std::string &column : table.columns)
            m_text += ' ' + escaped(column) + " |";
        m_text += "\n|";
        for (std::size_t i = 0; i < table.columns.size(); ++i)
            m_text += " --- |";
        m_text += '\n';
        for (const std::vector<Paragraph> &row : table.rows) {
            m_text += '|';
            for (const Paragraph &cell : row)
                m_text += ' ' + shapeText(cell.mark) + line(cell.text, Place::Table) + " |";
            m_text += '\n';
        }
        m_text += '\n';
    }

    void add(const List &list)
    {
        for (std::size_t i = 0; i < list.items.size(); ++i)
            m_text += (list.isOrdered ? std::to_string(i + 1) + ". " : "- ") +
                      atLineBegin(shapeText(list.items[i].mark) + line(list.items[i].text)) + '\n';
        m_text += '\n';
    }

    // Recursion is bounded by the depth of include trees.
    void add(const Item &item, std::size_t depth)
    {
        m_text += std::string(2 * depth, ' ') + "- " + code(item.term, false) + line(lineOf(item));
        for (const auto &[mark, words] : item.notes)
            m_text += "; " + shapeText(mark) + escaped(words);
        m_text += '\n';
        for (const Item &below : item.below)
            add(below, depth + 1);
    }

    void add(const Tree &tree)
    {
        paragraph("**" + escaped(tree.title) + "**");
        add(tree.root, 0);
        m_text += '\n';
        if (const std::string note = noteOf(tree); !note.empty())
            paragraph(note);
    }

    void add(const Lines &lines)
    {
        paragraph("**" + escaped(lines.title) + "**");
        fenced(lines.lines, "text");
    }

    std::string m_text;
};

} // namespace

std::string toMarkdown(const Report &report, const document::Options &options)
{
    return Writer().write(documentOf(report, options));
}

} // namespace mailoscope
