// SPDX-License-Identifier: Apache-2.0
#include "report/document_part.h"

#include "report/words.h"

#include <algorithm>

namespace mailoscope::document
{

namespace
{

struct Row {
    Part part;
    std::string_view option;
    std::string_view title;
};

constexpr std::array<Row, AllParts.size()> Rows = {{
    {Part::Summary, "summary", QT_TRANSLATE_NOOP("PaperParts", "Summary")},
    {Part::Findings, "findings", QT_TRANSLATE_NOOP("PaperParts", "Findings")},
    {Part::Fixes, "fixes", QT_TRANSLATE_NOOP("PaperParts", "Fixes")},
    {Part::Sections, "sections", QT_TRANSLATE_NOOP("PaperParts", "The standards one by one")},
    {Part::Verdict, "verdict", QT_TRANSLATE_NOOP("PaperParts", "What the verdict rests on")},
    {Part::Profiles, "profiles", QT_TRANSLATE_NOOP("PaperParts", "What receivers and authorities ask")},
    {Part::Appendix, "appendix", QT_TRANSLATE_NOOP("PaperParts", "Appendix: evidence")},
}};

const Row &rowOf(Part part)
{
    return *std::find_if(Rows.begin(), Rows.end(), [part](const Row &row) { return row.part == part; });
}

} // namespace

std::string_view optionOf(Part part)
{
    return rowOf(part).option;
}

std::optional<Part> partFromOption(std::string_view option)
{
    const auto *row =
        std::find_if(Rows.begin(), Rows.end(), [option](const Row &each) { return each.option == option; });
    return row == Rows.end() ? std::nullopt : std::optional(row->part);
}

std::string_view titleOf(Part part)
{
    return rowOf(part).title;
}

Parts allParts()
{
    return {AllParts.begin(), AllParts.end()};
}

Parts lightParts()
{
    return {Part::Summary, Part::Findings, Part::Fixes};
}

} // namespace mailoscope::document
