// SPDX-License-Identifier: Apache-2.0
#include "report/fix_words.h"
#include "report/json.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

Json textOrNull(const std::optional<std::string> &text)
{
    return text ? Json(losslessText(*text).utf8) : Json();
}

Json recordOrNull(dns::RrType type, const std::optional<dns::RecordData> &data)
{
    return data ? Json(losslessText(fixes::textOf(type, *data)).utf8) : Json();
}

Json toJson(const fixes::Change &change)
{
    if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
        return {{"name", shown(record->name.text())},
                {"type", dns::toString(record->type)},
                {"before", recordOrNull(record->type, record->before)},
                {"after", recordOrNull(record->type, record->after)},
                {"ttl", record->ttl}};
    }
    const auto &file = std::get<fixes::FileChange>(change);
    return {{"name", shown(file.url.text())},         {"type", "FILE"}, {"before", textOrNull(file.before)},
            {"after", losslessText(file.after).utf8}, {"ttl", nullptr}, {"media_type", file.mediaType}};
}

} // namespace

Json toJson(std::span<const fixes::Change> changes)
{
    Json list = Json::array();
    for (const fixes::Change &change : changes)
        list.push_back(toJson(change));
    return list;
}

Json toJson(const fixes::Fix &fix)
{
    const FixText words = explain(fix);
    Json obstacles = Json::array();
    for (std::size_t i = 0; i < fix.obstacles.size(); ++i)
        obstacles.push_back({{"id", toString(fix.obstacles[i])}, {"sentence", words.obstacles[i]}});
    return {{"summary", words.summary}, {"proven", fix.isProven()},
            {"recipe", fix.recipe},     {"why", words.why},
            {"risk", words.risk},       {"obstacles", std::move(obstacles)},
            {"comes", fix.comes},       {"changes", toJson(fix.changes)}};
}

void addCopies(Json &json, const Report &report, fixes::CopyForm form)
{
    FactStore facts;
    for (const FactPointer &fact : report.facts)
        facts.put(*fact);
    for (const fixes::Fix &fix : report.fixes) {
        const fixes::Copied copied = fixes::copyAs(form, fixes::copyRequest(fix.changes, facts));
        json["findings"][fix.finding]["fix"]["copy"] = {{"form", fixes::infoOf(form).option},
                                                        {"text", losslessText(copied.text).utf8},
                                                        {"notes", copied.notes}};
    }
}

} // namespace mailoscope
