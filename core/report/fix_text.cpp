// SPDX-License-Identifier: Apache-2.0
#include "report/fix_text.h"

#include "fixes/difference.h"
#include "report/fix_words.h"
#include "report/outline_parts.h"

namespace mailoscope::text
{

namespace
{

using terminal::Page;
using terminal::Tone;

/// A text with a sign in front of its first line.
void appendText(Page &page, const std::string &indent, std::string_view sign, std::string_view text,
                const std::vector<Span> &marked, Tone tone, Page::Extent extent = Page::Extent::Whole)
{
    Page lines(
        {page.columns() - static_cast<int>(indent.size()) - 2, page.style().colour, page.style().unicode});
    lines.record(text, marked, 0, tone, extent);
    const std::string laidOut = lines.take();
    for (std::size_t begin = 0, number = 0; begin < laidOut.size(); ++number) {
        const std::size_t end = laidOut.find('\n', begin);
        const std::string lead = number == 0 ? page.toned(tone, sign) : std::string(" ");
        page.line(indent + lead + ' ' + laidOut.substr(begin, end - begin));
        begin = end + 1;
    }
}

void appendTexts(Page &page, const std::string &indent, const std::optional<std::string> &before,
                 const std::optional<std::string> &after)
{
    const bool both = before && after;
    const fixes::Difference difference = both ? fixes::differenceOf(*before, *after) : fixes::Difference();
    if (before)
        appendText(page, indent, "-", *before, difference.gone, Tone::Critical);
    if (after)
        appendText(page, indent, "+", *after, difference.come, Tone::Ok);
}

enum class Lines { All, Marked };

/// A file line by line; of one that changes the lines that do.
void appendFile(Page &page, const std::string &indent, std::string_view sign, std::string_view file,
                const std::vector<Span> &marked, Tone tone, Lines wanted)
{
    constexpr std::size_t MostLines = 40;
    std::size_t shown = 0;
    std::size_t leftOut = 0;
    std::size_t end = 0;
    for (std::size_t begin = 0; begin < file.size(); begin = end + 1) {
        end = std::min(file.find('\n', begin), file.size());
        std::string_view line = file.substr(begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        std::vector<Span> spans;
        bool isTouched = false;
        for (const Span &span : marked) {
            isTouched = isTouched || (span.begin <= end && span.end > begin);
            const Span part{std::max(span.begin, begin) - begin,
                            std::min(std::max(span.end, begin) - begin, line.size())};
            if (!part.isEmpty())
                spans.push_back(part);
        }
        if (wanted == Lines::Marked && !isTouched)
            continue;
        if (shown == MostLines)
            ++leftOut;
        else if (++shown; line.empty())
            page.line(indent + page.toned(tone, sign));
        else
            appendText(page, indent, sign, line, spans, tone,
                       wanted == Lines::Marked ? Page::Extent::Around : Page::Extent::Whole);
    }
    if (leftOut > 0)
        page.paragraph(indent + "  ", outline::counted(leftOut, "more line", "more lines"), Tone::Faint);
}

void appendFiles(Page &page, const std::string &indent, const fixes::FileChange &file)
{
    page.paragraph(indent, "file " + shown(file.url.text()), Tone::Faint);
    if (!file.before)
        return appendFile(page, indent, "+", file.after, {}, Tone::Ok, Lines::All);
    if (*file.before == file.after)
        return page.paragraph(indent, "~ the same text, as " + shown(file.mediaType));
    const fixes::Difference difference = fixes::differenceOf(*file.before, file.after);
    appendFile(page, indent, "-", *file.before, difference.gone, Tone::Critical, Lines::Marked);
    appendFile(page, indent, "+", file.after, difference.come, Tone::Ok, Lines::Marked);
}

} // namespace

void appendChange(Page &page, const std::string &indent, const fixes::Change &change)
{
    const auto *record = std::get_if<fixes::RecordChange>(&change);
    if (!record)
        return appendFiles(page, indent, std::get<fixes::FileChange>(change));
    const auto textOf = [&](const std::optional<dns::RecordData> &data) {
        return data ? std::optional(fixes::textOf(record->type, *data)) : std::nullopt;
    };
    const std::string what = !record->before ? "new " : !record->after ? "without " : "";
    page.paragraph(indent, what + dns::toString(record->type) + ' ' + shown(record->name.text()),
                   Tone::Faint);
    if (record->before && record->before == record->after)
        page.paragraph(indent, "~ TTL " + std::to_string(record->ttl) + "  " + shown(*textOf(record->after)));
    else
        appendTexts(page, indent, textOf(record->before), textOf(record->after));
}

void appendFix(Page &page, const fixes::Fix &fix, const std::string &indent,
               const std::optional<fixes::CopyForm> &copyAs, const FactStore &facts)
{
    const FixText words = explain(fix);
    const std::string inner = indent + "  ";
    const std::string label =
        fix.isProven() ? page.toned(Tone::Ok, "Proven fix") : page.toned(Tone::Unknown, "Suggestion");
    page.line(indent + label);
    page.paragraph(inner, words.summary);
    for (const fixes::Change &change : fix.changes)
        appendChange(page, inner, change);
    for (const std::string &obstacle : words.obstacles)
        page.paragraph(inner + "Not proven: ", obstacle);
    page.paragraph(inner + "Risk: ", words.risk, Tone::Faint);
    if (!copyAs)
        return;
    const fixes::Copied copied = fixes::copyAs(*copyAs, fixes::copyRequest(fix.changes, facts));
    page.paragraph(inner, std::string(fixes::infoOf(*copyAs).title) + ':', Tone::Faint);
    // As it is, so that it can be copied: never broken.
    for (std::size_t begin = 0; begin < copied.text.size();) {
        const std::size_t end = std::min(copied.text.find('\n', begin), copied.text.size());
        page.line(shown(copied.text.substr(begin, end - begin)));
        begin = end + 1;
    }
    for (const std::string &note : copied.notes)
        page.paragraph(inner, note, Tone::Faint);
}

} // namespace mailoscope::text
