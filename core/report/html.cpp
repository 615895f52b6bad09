// SPDX-License-Identifier: Apache-2.0
#include "report/html.h"

namespace mailoscope
{

namespace
{

using namespace document;

/// Colours have meanings; light and dark keep 4.5 : 1 on their grounds. The policy forbids whatever a fault
/// in the escaping could let in.
constexpr std::string_view Head = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="referrer" content="no-referrer"/>
<meta name="color-scheme" content="light dark"/>
<style>
:root { --ground: #ffffff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --code: #f4f6f8; --link: #1d4ed8;
  --ok: #166534; --critical: #b3261e; --high: #c2410c; --medium: #854d0e; --low: #1d4ed8; --info: #475569;
  --open: #5b6270; --mark: #fde68a; --del: #fbdedb; --ins: #d6f2df; }
@media (prefers-color-scheme: dark) {
:root { --ground: #15181c; --text: #e4e7eb; --quiet: #9aa4b0; --line: #3a414a; --code: #1f242a; --link: #93c5fd;
  --ok: #86efac; --critical: #f2b8b5; --high: #fdba74; --medium: #fde68a; --low: #93c5fd; --info: #cbd5e1;
  --open: #a3acb9; --mark: #5c4a0e; --del: #5a2623; --ins: #1d4a2e; }
}
* { box-sizing: border-box; }
html { background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; }
h1 { font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; border-bottom: 1px solid var(--line); margin: 2.5rem 0 .8rem; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; overflow-wrap: anywhere; }
p { margin: .4rem 0; max-width: 46rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { position: static; }
.contents ul { columns: 14rem; list-style: none; margin: .5rem 0; padding: 0; }
.contents .inner { padding-left: 1rem; }
dl { display: grid; gap: .15rem 1rem; grid-template-columns: max-content 1fr; margin: .8rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
code, pre { font: .875em/1.5 ui-monospace, monospace; direction: ltr; unicode-bidi: isolate; }
code { overflow-wrap: anywhere; }
pre { background: var(--code); border-left: 3px solid var(--line); margin: 0; padding: .5rem .7rem;
  white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: .8rem 0; }
figcaption, .quiet, caption { color: var(--quiet); font-size: .875rem; }
figcaption, caption { text-align: left; padding-bottom: .2rem; overflow-wrap: anywhere; }
mark { background: var(--mark); color: inherit; text-decoration: underline; }
del { background: var(--del); color: inherit; }
ins { background: var(--ins); color: inherit; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-size: .9rem; min-width: 60%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; }
th { font-weight: 600; }
td { min-width: 5rem; }
td code { display: inline-block; max-width: 20rem; width: max-content; }
td .quiet { font-size: inherit; }
a .quiet { color: inherit; }
.shape { display: inline-block; min-width: 1.3em; }
.ok { color: var(--ok); } .critical { color: var(--critical); } .high { color: var(--high); }
.medium { color: var(--medium); } .low { color: var(--low); } .info { color: var(--info); }
.open { color: var(--open); }
h2 .aside, h3 .aside { font-size: .9rem; font-weight: 400; padding-left: .5rem; }
.headline { background: var(--code); border-left: 5px solid currentcolor; margin: 1rem 0; padding: .6rem 1rem; }
.headline p { color: var(--text); margin: .1rem 0; }
.headline .quiet { color: var(--quiet); }
.headline .verdict { color: inherit; font-size: 1.3rem; font-weight: 600; }
ul.tree, ul.tree ul { list-style: none; margin: 0; padding-left: 1.1rem; border-left: 1px solid var(--line); }
ul.tree { border-left: 0; padding-left: 0; font-size: .9rem; }
li { overflow-wrap: anywhere; }
ul.tree li { margin: .2rem 0; }
.note { display: block; padding-left: 1.3rem; }
article + article { border-top: 3px solid var(--text); margin-top: 4rem; }
@media print {
  html { background: none; color: #000000; font-size: 10pt; }
  body { max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  .scroll { overflow: visible; }
  h2, h3, figcaption, caption { break-after: avoid; }
  tr, pre { break-inside: avoid-page; }
  table { font-size: 8pt; }
  th, td { padding: .2rem .6rem .2rem 0; }
  ul.tree { font-size: 8pt; }
  a[rel~="external"]::after { content: " [" attr(href) "]"; font-size: 7pt; overflow-wrap: anywhere; }
  article + article { break-before: page; }
}
@media (max-width: 34rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
</style>
<title>)html";

std::string escaped(std::string_view text)
{
    std::string html;
    html.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        case '\'':
            html += "&#39;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

std::string_view classOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Ok:
        return "ok";
    case Mark::Critical:
        return "critical";
    case Mark::High:
        return "high";
    case Mark::Medium:
        return "medium";
    case Mark::Low:
        return "low";
    case Mark::Info:
        return "info";
    case Mark::NotTested:
    case Mark::Unknown:
    case Mark::Waiting:
        return "open";
    }
    return {};
}

/// The shape; whoever uses it sees to it that a word stands beside.
std::string shapeHtml(Mark mark)
{
    if (mark == Mark::None)
        return {};
    return "<span class=\"shape " + std::string(classOf(mark)) + "\" aria-hidden=\"true\">" +
           std::string(shapeOf(mark)) + "</span>";
}

class Writer
{
public:
    explicit Writer(std::size_t number) : m_prefix(number == 0 ? "" : "d" + std::to_string(number + 1) + "-")
    {
    }

    std::string write(const Document &document)
    {
        m_html = "<article aria-labelledby=\"" + m_prefix + "report\">\n<h1 id=\"" + m_prefix + "report\">" +
                 escaped(document.title) + "</h1>\n";
        add(document.front);
        addContents(document);
        for (const Chapter &chapter : document.chapters) {
            m_html += "<section>\n";
            add(chapter.blocks);
            m_html += "</section>\n";
        }
        return m_html + "</article>\n";
    }

private:
    void add(const std::vector<Block> &blocks)
    {
        for (const Block &block : blocks)
            std::visit([this](const auto &each) { add(each); }, block);
    }

    void addContents(const Document &document)
    {
        m_html += "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n";
        for (const Chapter &chapter : document.chapters) {
            for (const Block &block : chapter.blocks) {
                const auto *heading = std::get_if<Heading>(&block);
                if (heading && (heading->level == 2 || heading->isListed))
                    m_html += (heading->level == 2 ? "<li>" : "<li class=\"inner\">") +
                              linked(escaped(heading->text), '#' + heading->id) + "</li>\n";
            }
        }
        m_html += "</ul>\n</nav>\n";
    }

    std::string linked(const std::string &html, const std::string &target) const
    {
        if (target.empty())
            return html;
        if (target.starts_with('#'))
            return "<a href=\"#" + m_prefix + escaped(target.substr(1)) + "\">" + html + "</a>";
        return "<a rel=\"external noreferrer\" href=\"" + escaped(target) + "\">" + html + "</a>";
    }

    std::string html(const Text &text) const
    {
        std::string html;
        for (const Run &run : text) {
            // What begins a line begins it outside of the run's own element.
            const std::size_t ends = std::min(run.text.find_first_not_of('\n'), run.text.size());
            for (std::size_t i = 0; i < ends; ++i)
                html += "<br/>";
            std::string piece = escaped(std::string_view(run.text).substr(ends));
            switch (run.look) {
            case Run::Look::Plain:
                break;
            case Run::Look::Strong:
                piece = "<strong>" + piece + "</strong>";
                break;
            case Run::Look::Quiet:
                piece = "<span class=\"quiet\">" + piece + "</span>";
                break;
            case Run::Look::Code:
                if (!piece.empty())
                    piece = "<code>" + piece + "</code>";
                break;
            }
            html += linked(piece, run.target);
        }
        return html;
    }

    void add(const Heading &heading)
    {
        const std::string tag = "h" + std::to_string(heading.level);
        m_html += '<' + tag + " id=\"" + m_prefix + escaped(heading.id) + "\">" + shapeHtml(heading.mark) +
                  escaped(heading.text);
        if (!heading.aside.empty())
            m_html += " <span class=\"aside " + std::string(classOf(heading.mark)) + "\">" +
                      escaped(heading.aside) + "</span>";
        m_html += "</" + tag + ">\n";
    }

    void add(const Headline &headline)
    {
        m_html += "<div class=\"headline " + std::string(classOf(headline.mark)) + "\">\n";
        if (!headline.word.empty())
            m_html += "<p class=\"verdict\">" + shapeHtml(headline.mark) + escaped(headline.word) + "</p>\n";
        m_html += "<p>" + escaped(headline.sentence) + "</p>\n";
        if (!headline.reason.empty())
            m_html += "<p class=\"quiet\">" + escaped(headline.reason) + "</p>\n";
        m_html += "</div>\n";
    }

    void add(const Paragraph &paragraph)
    {
        m_html += "<p>" + shapeHtml(paragraph.mark) + html(paragraph.text) + "</p>\n";
    }

    void add(const Facts &facts)
    {
        m_html += "<dl>\n";
        for (const auto &[name, text] : facts.rows)
            m_html += "<dt>" + escaped(name) + "</dt><dd>" + html(text) + "</dd>\n";
        m_html += "</dl>\n";
    }

    void add(const RecordText &record)
    {
        using Role = RecordText::Role;
        const std::string tag = record.role == Role::Before  ? "del"
                                : record.role == Role::After ? "ins"
                                                             : "mark";
        m_html += "<figure>\n<figcaption>" + escaped(labelOf(record)) + " <code>" +
                  escaped(shown(record.owner)) + "</code></figcaption>\n";
        if (!record.octets.empty()) {
            m_html += "<pre><code>";
            for (const Piece &piece : piecesOf(record))
                m_html += piece.isMarked ? '<' + tag + '>' + escaped(piece.text) + "</" + tag + '>'
                                         : escaped(piece.text);
            m_html += "</code></pre>\n";
        }
        m_html += "</figure>\n";
    }

    void add(const Table &table)
    {
        // A table that is too wide is moved by keyboard, too.
        m_html += "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                  escaped(table.title) + "\">\n<table>\n<caption>" + escaped(table.title) +
                  "</caption>\n<thead><tr>";
        for (const std::string &column : table.columns)
            m_html += "<th scope=\"col\">" + escaped(column) + "</th>";
        m_html += "</tr></thead>\n<tbody>\n";
        for (const std::vector<Paragraph> &row : table.rows) {
            m_html += "<tr>";
            for (const Paragraph &cell : row)
                m_html += "<td>" + shapeHtml(cell.mark) + html(cell.text) + "</td>";
            m_html += "</tr>\n";
        }
        m_html += "</tbody>\n</table>\n</div>\n";
    }

    void add(const List &list)
    {
        const std::string tag = list.isOrdered ? "ol" : "ul";
        m_html += '<' + tag + ">\n";
        for (const Paragraph &item : list.items)
            m_html += "<li>" + shapeHtml(item.mark) + html(item.text) + "</li>\n";
        m_html += "</" + tag + ">\n";
    }

    // Recursion is bounded by the depth of include trees.
    void add(const Item &item)
    {
        m_html += "<li><code>" + escaped(item.term) + "</code>" + html(lineOf(item));
        for (const auto &[mark, words] : item.notes)
            m_html += "<span class=\"note\">" + shapeHtml(mark) + escaped(words) + "</span>";
        if (!item.below.empty()) {
            m_html += "\n<ul>\n";
            for (const Item &below : item.below)
                add(below);
            m_html += "</ul>\n";
        }
        m_html += "</li>\n";
    }

    void add(const Tree &tree)
    {
        m_html += "<figure>\n<figcaption>" + escaped(tree.title) + "</figcaption>\n<ul class=\"tree\">\n";
        add(tree.root);
        m_html += "</ul>\n";
        if (const std::string note = noteOf(tree); !note.empty())
            m_html += "<p class=\"quiet\">" + escaped(note) + "</p>\n";
        m_html += "</figure>\n";
    }

    void add(const Lines &lines)
    {
        m_html += "<figure>\n<figcaption>" + escaped(lines.title) + "</figcaption>\n<pre><code>";
        for (const std::string &line : lines.lines)
            m_html += escaped(line) + '\n';
        m_html += "</code></pre>\n</figure>\n";
    }

    std::string m_prefix;
    std::string m_html;
};

} // namespace

std::string htmlHead(std::string_view title)
{
    return std::string(Head) + escaped(title) +
           "</title>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the report</a>\n"
           "<main id=\"content\">\n";
}

std::string htmlArticle(const document::Document &document, std::size_t number)
{
    return Writer(number).write(document);
}

std::string htmlEnd()
{
    return "</main>\n</body>\n</html>\n";
}

std::string toHtml(const Report &report, const document::Options &options)
{
    const Document document = documentOf(report, options);
    return htmlHead("Mail report of " + document.title) + htmlArticle(document) + htmlEnd();
}

} // namespace mailoscope
