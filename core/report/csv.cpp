// SPDX-License-Identifier: Apache-2.0
#include "report/csv.h"

#include "report/explain.h"
#include "report/fix_words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array<std::string_view, 16> Names = {
    "domain",        "inspected_at", "severity",   "id",          "section",     "title",
    "why",           "what_to_do",   "reference",  "record_name", "record_type", "record",
    "at_characters", "fix",          "fix_proven", "what_if"};

template <typename Cells>
std::string row(const Cells &cells)
{
    std::string line;
    for (const auto &cell : cells)
        line += (line.empty() ? "" : ",") + csvCell(cell);
    return line + "\r\n";
}

/// What makes a spreadsheet compute: the ASCII signs, and the full-width ones that some take for them.
bool beginsFormula(std::string_view text)
{
    if (text.empty())
        return false;
    if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos)
        return true;
    return text.starts_with("＝") || text.starts_with("＋") || text.starts_with("－") ||
           text.starts_with("＠");
}

} // namespace

std::string csvCell(std::string_view text)
{
    std::string cell = "\"";
    bool isBegin = true; // of a cell, as readers with other separators see it
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isBegin && beginsFormula(text.substr(i)))
            cell += '\'';
        isBegin = c == ';' || c == ',' || c == '\t' || (isBegin && c == ' ');
        if (c == '"')
            cell += '"';
        cell += c;
    }
    return cell + '"';
}

std::string csvHead()
{
    return row(Names);
}

std::string csvRows(const Report &report)
{
    std::string lines;
    for (std::size_t i = 0; i < report.findings.size(); ++i) {
        const Finding &finding = report.findings[i];
        const Explanation words = explain(finding);
        const Evidence evidence = finding.evidence.empty() ? Evidence() : finding.evidence.front();
        std::string place;
        if (!evidence.span.isEmpty()) {
            const Span span = shownText(evidence.record).charactersOf(evidence.span);
            place = std::to_string(span.begin) + ".." + std::to_string(span.end);
        }
        const fixes::Fix *fix = report.fixOf(i);
        lines += row(std::array<std::string, Names.size()>{
            shown(report.domain.text()), toRfc3339(report.inspectedAt),
            std::string(toString(finding.severity)), finding.id, finding.section, words.title, words.why,
            words.whatToDo, toString(finding.reference), shown(evidence.name), shown(evidence.type),
            shown(evidence.record), place, fix ? explain(*fix).summary : "",
            !fix              ? ""
            : fix->isProven() ? "yes"
                              : "no",
            report.applied.empty() ? "no" : "yes"});
    }
    return lines;
}

} // namespace mailoscope
