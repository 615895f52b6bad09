// SPDX-License-Identifier: Apache-2.0
#include "report/document.h"

#include "dns/answer.h"
#include "report/document_parts.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

/// Calls `act` with each text of a block.
template <typename Act>
struct EachText {
    const Act &act;
    void operator()(Paragraph &paragraph) const { act(paragraph.text); }
    void operator()(Facts &facts) const
    {
        for (auto &row : facts.rows)
            act(row.second);
    }
    void operator()(Table &table) const
    {
        for (std::vector<Paragraph> &row : table.rows) {
            for (Paragraph &cell : row)
                act(cell.text);
        }
    }
    void operator()(List &list) const
    {
        for (Paragraph &item : list.items)
            act(item.text);
    }
    template <typename Other>
    void operator()(Other &) const
    {
    }
};

/// Parts can be left out: what would lead to them is plain text.
void dropTargetsThatAreNotThere(Document &document)
{
    std::set<std::string> ids;
    for (const Chapter &chapter : document.chapters) {
        for (const Block &block : chapter.blocks) {
            if (const auto *heading = std::get_if<Heading>(&block))
                ids.insert('#' + heading->id);
        }
    }
    const auto drop = [&ids](Text &text) {
        for (Run &run : text) {
            if (run.target.starts_with('#') && !ids.contains(run.target))
                run.target.clear();
        }
    };
    for (Chapter &chapter : document.chapters) {
        for (Block &block : chapter.blocks)
            std::visit(EachText<decltype(drop)>{drop}, block);
    }
}

void appendPart(Blocks &blocks, Part part, const Report &report, const Options &options,
                const EvidenceFile &evidence)
{
    switch (part) {
    case Part::Summary:
        return appendSummary(blocks, report);
    case Part::Findings:
        return appendFindings(blocks, report, options);
    case Part::Fixes:
        return appendFixes(blocks, report, options);
    case Part::Sections:
        return appendSections(blocks, report);
    case Part::Verdict:
        return appendVerdict(blocks, report);
    case Part::Profiles:
        return appendProfiles(blocks, report, options.profile);
    case Part::Appendix:
        return appendAppendix(blocks, report, evidence);
    }
}

} // namespace

std::string_view wordOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Ok:
        return "OK";
    case Mark::Critical:
        return "Critical";
    case Mark::High:
        return "High";
    case Mark::Medium:
        return "Medium";
    case Mark::Low:
        return "Low";
    case Mark::Info:
        return "Info";
    case Mark::NotTested:
        return "Not tested";
    case Mark::Unknown:
        return "Could not tell";
    case Mark::Waiting:
        return "Waiting";
    }
    return {};
}

std::string_view shapeOf(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return {};
    case Mark::Ok:
        return "✔";
    case Mark::Critical:
        return "✖";
    case Mark::High:
        return "▲";
    case Mark::Medium:
        return "◆";
    case Mark::Low:
        return "●";
    case Mark::Info:
        return "i";
    case Mark::NotTested:
        return "○";
    case Mark::Unknown:
        return "?";
    case Mark::Waiting:
        return "…";
    }
    return {};
}

std::vector<Piece> piecesOf(const RecordText &record)
{
    const ShownText text = shownText(record.octets);
    std::vector<bool> isMarked(characterCount(text.utf8), false);
    for (const Span &span : record.marked) {
        const Span characters = text.charactersOf(span);
        for (std::size_t i = characters.begin; i < std::min(characters.end, isMarked.size()); ++i)
            isMarked[i] = true;
    }
    std::vector<Piece> pieces;
    std::size_t character = 0;
    for (std::size_t i = 0; i < text.utf8.size(); ++character) {
        std::size_t end = i + 1;
        while (end < text.utf8.size() && (static_cast<unsigned char>(text.utf8[end]) & 0xC0U) == 0x80U)
            ++end;
        if (pieces.empty() || pieces.back().isMarked != isMarked[character])
            pieces.push_back({{}, isMarked[character]});
        pieces.back().text.append(text.utf8, i, end - i);
        i = end;
    }
    return pieces;
}

std::string labelOf(const RecordText &record)
{
    const std::string_view role = record.role == RecordText::Role::Before  ? "Before: "
                                  : record.role == RecordText::Role::After ? "After: "
                                                                           : "";
    return std::string(role) + shown(record.type);
}

bool RecordText::isFile() const
{
    return !dns::rrTypeFromString(type).has_value();
}

Table tableOf(const OutlineTable &outline)
{
    Table table{outline.title, outline.columns, {}};
    for (const std::vector<OutlineCell> &row : outline.rows) {
        std::vector<Paragraph> &cells = table.rows.emplace_back();
        for (const OutlineCell &cell : row)
            cells.push_back({cell.isCode ? Text{code(cell.text)} : plain(cell.text), cell.mark});
    }
    return table;
}

std::string nameOf(const Report &report)
{
    const std::string name = shown(report.domain.text());
    return report.domainUnicode == name || report.domainUnicode.empty()
               ? name
               : report.domainUnicode + " (" + name + ')';
}

Document documentOf(const Report &report, const Options &options, const EvidenceFile &evidence)
{
    Document document;
    document.title = nameOf(report);
    appendFront(document.front, report, evidence);
    for (const Part part : AllParts) {
        if (!options.parts.contains(part) || (part == Part::Fixes && report.fixes.empty()))
            continue;
        Chapter &chapter = document.chapters.emplace_back(Chapter{part, {}});
        chapter.blocks.push_back(Heading{2, std::string(titleOf(part)), std::string(optionOf(part))});
        appendPart(chapter.blocks, part, report, options, evidence);
    }
    dropTargetsThatAreNotThere(document);
    return document;
}

Document documentOf(const Report &report, const Options &options)
{
    return documentOf(report, options, evidenceOf(report, options.profile));
}

} // namespace mailoscope::document
