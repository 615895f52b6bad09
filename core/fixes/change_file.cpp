// SPDX-License-Identifier: Apache-2.0
#include "fixes/change_file.h"

#include "base/text.h"
#include "fixes/edits.h"
#include "fixes/ttl_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace mailoscope::fixes
{

namespace
{

using Json = nlohmann::json;

constexpr std::size_t MaxFileOctets = std::size_t{8} << 20U;
constexpr std::size_t MaxChanges = 1000;

std::optional<std::string> textIn(const Json &json, const char *member)
{
    const auto found = json.find(member);
    if (found == json.end() || found->is_null())
        return std::nullopt;
    return found->get<std::string>();
}

std::optional<Change> fileFrom(const Json &json)
{
    const auto url = https::Url::parse(json.at("name").get<std::string>());
    auto after = textIn(json, "after");
    if (!url || !after)
        return std::nullopt;
    return FileChange{*url, textIn(json, "media_type").value_or("text/plain"), textIn(json, "before"),
                      *std::move(after)};
}

std::optional<Change> recordFrom(const Json &json)
{
    const auto name = DomainName::parse(json.at("name").get<std::string>());
    const auto type = dns::rrTypeFromString(json.at("type").get<std::string>());
    if (!name || !type)
        return std::nullopt;
    RecordChange change;
    change.name = *name;
    change.type = *type;
    std::optional<std::uint32_t> ttl;
    if (!readTtl(json, ttl))
        return std::nullopt;
    change.ttl = ttl.value_or(change.ttl);
    const auto read = [&](const char *member, std::optional<dns::RecordData> &data) {
        const auto text = textIn(json, member);
        data = text ? dataFromText(*type, *text) : std::nullopt;
        return !text || data;
    };
    if (!read("before", change.before) || !read("after", change.after) || (!change.before && !change.after))
        return std::nullopt;
    return change;
}

Result<std::vector<Change>, std::string> changesFrom(const Json &list)
{
    std::vector<Change> changes;
    if (!list.is_array() || list.size() > MaxChanges)
        return std::string("The file holds no list of changes.");
    for (const Json &json : list) {
        auto change = json.at("type") == "FILE" ? fileFrom(json) : recordFrom(json);
        if (!change)
            return "A change in the file cannot be read: the one of " +
                   shown(json.at("name").get<std::string>()) + '.';
        changes.push_back(*std::move(change));
    }
    if (changes.empty())
        return std::string("The file holds no changes.");
    return changes;
}

} // namespace

Result<std::vector<Change>, std::string> readChanges(std::string_view text)
{
    if (text.size() > MaxFileOctets)
        return std::string("The file is too large for changes.");
    const std::string noChanges =
        "The file holds no changes: a saved draft, the fix of a finding as JSON, or a "
        "list of changes is wanted.";
    try {
        const Json json = Json::parse(text.begin(), text.end());
        if (json.is_object() && json.value("format", std::string()) == "mailoscope-draft") {
            const auto draft = readDraft(text);
            if (!draft)
                return draft.error();
            return draft->changes();
        }
        if (json.is_object() && json.contains("changes"))
            return changesFrom(json["changes"]);
        return json.is_array() ? changesFrom(json) : Result<std::vector<Change>, std::string>(noChanges);
    } catch (const Json::exception &) {
        return noChanges;
    }
}

std::vector<RecordChange> withoutEffect(std::span<const Change> changes, const FactStore &facts)
{
    struct Group {
        std::vector<Change> changes;          ///< to the set, as far as they have come
        std::vector<dns::RecordData> records; ///< what they make of it
    };
    std::map<std::pair<DomainName, dns::RrType>, Group> groups;
    std::vector<RecordChange> idle;
    for (const Change &change : changes) {
        const auto *record = std::get_if<RecordChange>(&change);
        if (!record)
            continue;
        // One after another: a change may go on from one before it.
        Group &group = groups[{record->name, record->type}];
        group.changes.push_back(change);
        const RecordSet set = recordSets(group.changes, facts).front();
        const std::vector<dns::RecordData> &old = group.changes.size() == 1 ? set.before : group.records;
        const auto saysBefore = [&](const dns::RecordData &data) {
            return textOf(record->type, data) == textOf(record->type, *record->before);
        };
        const bool isThere = !record->before || (record->before == record->after
                                                     ? std::any_of(old.begin(), old.end(), saysBefore)
                                                     : set.after != old);
        if (!isThere)
            idle.push_back(*record);
        group.records = set.after;
    }
    return idle;
}

} // namespace mailoscope::fixes
