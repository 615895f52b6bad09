// SPDX-License-Identifier: Apache-2.0
#include "report/fix_text.h"

#include "fixes/difference.h"
#include "report/fix_words.h"

namespace mailoscope::text
{

namespace
{

using terminal::Page;
using terminal::Tone;

void appendTexts(Page &page, const std::string &indent, const std::optional<std::string> &before,
                 const std::optional<std::string> &after)
{
    const bool both = before && after;
    const fixes::Difference difference = both ? fixes::differenceOf(*before, *after) : fixes::Difference();
    const auto append = [&](std::string_view sign, const std::string &text, const std::vector<Span> &marked,
                            Tone tone) {
        Page lines({page.columns() - static_cast<int>(indent.size()) - 2, page.style().colour,
                    page.style().unicode});
        lines.record(text, marked, 0, tone);
        const std::string laidOut = lines.take();
        for (std::size_t begin = 0, number = 0; begin < laidOut.size(); ++number) {
            const std::size_t end = laidOut.find('\n', begin);
            const std::string lead = number == 0 ? page.toned(tone, sign) : std::string(" ");
            page.line(indent + lead + ' ' + laidOut.substr(begin, end - begin));
            begin = end + 1;
        }
    };
    if (before)
        append("-", *before, difference.gone, Tone::Critical);
    if (after)
        append("+", *after, difference.come, Tone::Ok);
}

} // namespace

void appendChange(Page &page, const std::string &indent, const fixes::Change &change)
{
    const auto *record = std::get_if<fixes::RecordChange>(&change);
    if (!record) {
        const auto &file = std::get<fixes::FileChange>(change);
        page.paragraph(indent, "file " + shown(file.url.text()), Tone::Faint);
        appendTexts(page, indent, file.before, file.after);
        return;
    }
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
