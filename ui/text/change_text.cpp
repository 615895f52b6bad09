// SPDX-License-Identifier: Apache-2.0
#include "text/change_text.h"

#include "fixes/difference.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>

namespace mailoscope::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("ChangeText", text);
}

/// The text with what goes or comes between marks, as in `p=[-none-]`.
QString markedText(const std::string &text, const std::vector<Span> &spans, const char *begin,
                   const char *end)
{
    QString marked;
    std::size_t at = 0;
    for (const Span &span : spans) {
        marked += shownString(std::string_view(text).substr(at, span.begin - at)) + QLatin1String(begin) +
                  shownString(std::string_view(text).substr(span.begin, span.end - span.begin)) +
                  QLatin1String(end);
        at = span.end;
    }
    return marked + shownString(std::string_view(text).substr(at));
}

} // namespace

void addTexts(std::vector<DetailLine> &lines, const std::optional<std::string> &before,
              const std::optional<std::string> &after)
{
    const fixes::Difference difference =
        before && after ? fixes::differenceOf(*before, *after) : fixes::Difference();
    if (before)
        lines.push_back(
            {DetailLine::Kind::Code, tr("Today"), markedText(*before, difference.gone, "[-", "-]")});
    lines.push_back({DetailLine::Kind::Code, tr("Then"),
                     after ? markedText(*after, difference.come, "{+", "+}") : tr("(no such record)")});
}

void addChangeLines(std::vector<DetailLine> &lines, const fixes::Change &change)
{
    if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
        lines.push_back(
            {DetailLine::Kind::Code,
             {},
             QStringLiteral("%1 %2").arg(toQString(dns::toString(record->type)), toQString(record->name))});
        if (record->before && record->before == record->after) {
            lines.push_back(
                {DetailLine::Kind::Words, tr("TTL"),
                 tr("%1 seconds, for all records of this name and type").arg(grouped(record->ttl))});
            return;
        }
        const auto textOf = [&](const std::optional<dns::RecordData> &data) {
            return data ? std::optional(fixes::textOf(record->type, *data)) : std::nullopt;
        };
        addTexts(lines, textOf(record->before), textOf(record->after));
    } else {
        const auto &file = std::get<fixes::FileChange>(change);
        lines.push_back({DetailLine::Kind::Code, {}, shownString(file.url.text())});
        if (file.before == file.after)
            lines.push_back({DetailLine::Kind::Words, tr("Served as"), shownString(file.mediaType)});
        else
            addTexts(lines, file.before, file.after);
    }
}

} // namespace mailoscope::ui
