// SPDX-License-Identifier: Apache-2.0
#include "fixes/edits.h"

#include "base/hex.h"
#include "base/text.h"
#include "fixes/ttl_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace mailoscope::fixes
{

namespace
{

constexpr std::size_t MaxDraftOctets = std::size_t{8} << 20U;
constexpr std::size_t MaxEdits = 1000;

std::optional<dns::MxData> mxFromText(std::string_view text)
{
    const std::size_t blank = text.find(' ');
    std::uint16_t preference = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + std::min(blank, text.size()), preference);
    if (blank == std::string_view::npos || error != std::errc() || end != text.data() + blank)
        return std::nullopt;
    const std::size_t host = text.find_first_not_of(' ', blank);
    if (host == std::string_view::npos)
        return std::nullopt;
    const auto name = text.substr(host) == "." ? DomainName() : DomainName::parse(text.substr(host));
    if (!name)
        return std::nullopt;
    return dns::MxData{preference, *name};
}

std::optional<dns::NameData> nameFromText(std::string_view text)
{
    const auto name = DomainName::parse(text);
    if (text == "." || !name || name->isRoot())
        return std::nullopt;
    return dns::NameData{*name};
}

/// The next number up to `largest`, with the blanks behind it.
std::optional<unsigned> takeNumber(std::string_view &text, unsigned largest)
{
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (error != std::errc() || number > largest || length >= text.size() || text[length] != ' ')
        return std::nullopt;
    text.remove_prefix(text.find_first_not_of(' ', length) == std::string_view::npos
                           ? text.size()
                           : text.find_first_not_of(' ', length));
    return number;
}

/// RFC 6698 section 2.2: three numbers and hexadecimal digits, which may stand in groups.
std::optional<dns::TlsaData> tlsaFromText(std::string_view text)
{
    constexpr unsigned Largest = 255;
    const auto usage = takeNumber(text, Largest);
    const auto selector = usage ? takeNumber(text, Largest) : std::nullopt;
    const auto matching = selector ? takeNumber(text, Largest) : std::nullopt;
    std::string digits(text);
    std::erase(digits, ' ');
    const auto octets = matching ? fromHex(digits) : std::nullopt;
    if (!octets || octets->empty())
        return std::nullopt;
    return dns::TlsaData{static_cast<std::uint8_t>(*usage), static_cast<std::uint8_t>(*selector),
                         static_cast<std::uint8_t>(*matching), *octets};
}

/// RFC 8659 section 4.1.1: flags, tag, and the value, in quotes or as one word.
std::optional<dns::CaaData> caaFromText(std::string_view text)
{
    constexpr unsigned Largest = 255;
    const auto flags = takeNumber(text, Largest);
    const std::size_t blank = text.find(' ');
    if (!flags || blank == std::string_view::npos || blank == 0)
        return std::nullopt;
    const std::string tag(text.substr(0, blank));
    text.remove_prefix(blank);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (!text.starts_with('"')) {
        if (text.empty() || text.find_first_of(" \"") != std::string_view::npos)
            return std::nullopt;
        return dns::CaaData{static_cast<std::uint8_t>(*flags), tag, std::string(text)};
    }
    // The closing quote is the last octet, and the only one without a backslash.
    std::size_t end = 1;
    while (end < text.size() && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    if (end + 1 != text.size())
        return std::nullopt;
    return dns::CaaData{static_cast<std::uint8_t>(*flags), tag, unescapedOctets(text.substr(1, end - 1))};
}

template <typename Data>
std::optional<dns::RecordData> anyData(std::optional<Data> data)
{
    return data ? std::optional<dns::RecordData>(*std::move(data)) : std::nullopt;
}

std::optional<std::string> textIn(const nlohmann::json &json, const char *member)
{
    const auto found = json.find(member);
    if (found == json.end() || found->is_null())
        return std::nullopt;
    return unescapedOctets(found->get<std::string>());
}

/// Nothing for one that this program cannot have written.
std::optional<Edit> editFrom(const nlohmann::json &json)
{
    const auto name = DomainName::parse(json.at("name").get<std::string>());
    const auto type = dns::rrTypeFromString(json.at("type").get<std::string>());
    const auto &types = editableTypes();
    if (!name || !type || std::find(types.begin(), types.end(), *type) == types.end())
        return std::nullopt;
    Edit edit{*name, *type, textIn(json, "before"), textIn(json, "after")};
    if (!readTtl(json, edit.ttl))
        return std::nullopt;
    const auto fits = [](const std::optional<std::string> &text) {
        return !text || text->size() <= MaxEditOctets;
    };
    return fits(edit.before) && fits(edit.after) ? std::optional(std::move(edit)) : std::nullopt;
}

std::optional<FileChange> fileFrom(const nlohmann::json &json)
{
    const auto url = https::Url::parse(json.at("url").get<std::string>());
    const auto after = textIn(json, "after");
    if (!url || !after)
        return std::nullopt;
    return FileChange{*url, unescapedOctets(json.at("media_type").get<std::string>()), textIn(json, "before"),
                      *after};
}

nlohmann::ordered_json textOrNull(const std::optional<std::string> &text)
{
    return text ? nlohmann::ordered_json(escapedOctets(*text)) : nlohmann::ordered_json();
}

/// What an edit changes, its TTL aside; nothing where it changes nothing, or its text is half typed.
std::optional<RecordChange> textChangeOf(const Edit &edit)
{
    RecordChange change;
    change.name = edit.name;
    change.type = edit.type;
    change.ttl = edit.ttl.value_or(UsualTtl);
    if (edit.before)
        change.before = dataFromText(edit.type, *edit.before);
    if (edit.after)
        change.after = dataFromText(edit.type, *edit.after);
    const bool isHalfTyped = edit.after && !change.after;
    if (edit.before == edit.after || isHalfTyped || (!change.before && !change.after))
        return std::nullopt;
    return change;
}

/// The same data with another TTL: what the TTL of a set is changed with.
std::optional<RecordChange> ttlChangeOf(const Edit &edit)
{
    if (!edit.ttl || !edit.before || !edit.after)
        return std::nullopt; // a new record brings its TTL along
    const auto data = dataFromText(edit.type, *edit.after);
    if (!data)
        return std::nullopt;
    return RecordChange{edit.name, edit.type, data, data, *edit.ttl};
}

} // namespace

const std::vector<dns::RrType> &editableTypes()
{
    static const std::vector<dns::RrType> types = {dns::RrType::TXT,  dns::RrType::MX,    dns::RrType::A,
                                                   dns::RrType::AAAA, dns::RrType::CNAME, dns::RrType::TLSA,
                                                   dns::RrType::CAA};
    return types;
}

std::optional<dns::RecordData> dataFromText(dns::RrType type, std::string_view text)
{
    if (text.size() > MaxEditOctets)
        return std::nullopt;
    if (type == dns::RrType::TXT || type == dns::RrType::SPF)
        return txtData(text);
    if (type == dns::RrType::MX)
        return anyData(mxFromText(text));
    if (type == dns::RrType::CNAME)
        return anyData(nameFromText(text));
    if (type == dns::RrType::TLSA)
        return anyData(tlsaFromText(text));
    if (type == dns::RrType::CAA)
        return anyData(caaFromText(text));
    const auto address = IpAddress::parse(text);
    const bool fits = address && address->isV4() == (type == dns::RrType::A);
    if (fits && (type == dns::RrType::A || type == dns::RrType::AAAA))
        return *address;
    return std::nullopt;
}

std::vector<Change> EditedRecords::changes() const
{
    std::vector<Change> changes;
    for (const Edit &edit : edits) {
        if (auto change = textChangeOf(edit))
            changes.emplace_back(*std::move(change));
        if (auto change = ttlChangeOf(edit))
            changes.emplace_back(*std::move(change));
    }
    changes.insert(changes.end(), files.begin(), files.end());
    return changes;
}

std::size_t EditedRecords::indexFor(const DomainName &name, dns::RrType type,
                                    const std::optional<std::string> &text)
{
    for (std::size_t i = 0; i < edits.size(); ++i) {
        const Edit &edit = edits[i];
        if (text && edit.name == name && edit.type == type && (edit.after == text || edit.before == text))
            return i;
    }
    edits.push_back({name, type, text, text});
    return edits.size() - 1;
}

void EditedRecords::add(const Change &change)
{
    if (const auto *record = std::get_if<RecordChange>(&change))
        addRecord(*record);
    else
        addFile(std::get<FileChange>(change));
}

void EditedRecords::addRecord(const RecordChange &change)
{
    const auto text = [&](const std::optional<dns::RecordData> &data) {
        return data ? std::optional(textOf(change.type, *data)) : std::nullopt;
    };
    Edit &edit = edits[indexFor(change.name, change.type, text(change.before))];
    if (change.before && change.before == change.after) {
        edit.ttl = change.ttl; // and nothing else: what is typed stays
        return;
    }
    edit.after = text(change.after);
    if (!edit.before && change.ttl != UsualTtl)
        edit.ttl = change.ttl;
}

void EditedRecords::addFile(const FileChange &change)
{
    const auto known = std::find_if(files.begin(), files.end(),
                                    [&](const FileChange &file) { return file.url == change.url; });
    if (known == files.end()) {
        files.push_back(change);
        return;
    }
    known->mediaType = change.mediaType;
    known->after = change.after;
}

std::string toJson(const EditedRecords &draft)
{
    nlohmann::ordered_json json = {{"format", "mailoscope-draft"},
                                   {"version", 1},
                                   {"domain", draft.domain.text()},
                                   {"edits", nlohmann::ordered_json::array()}};
    for (const Edit &edit : draft.edits) {
        json["edits"].push_back({{"name", edit.name.text()},
                                 {"type", dns::toString(edit.type)},
                                 {"before", textOrNull(edit.before)},
                                 {"after", textOrNull(edit.after)}});
        if (edit.ttl)
            json["edits"].back()["ttl"] = *edit.ttl;
    }
    for (const FileChange &file : draft.files) {
        json["files"].push_back({{"url", file.url.text()},
                                 {"media_type", escapedOctets(file.mediaType)},
                                 {"before", textOrNull(file.before)},
                                 {"after", textOrNull(file.after)}});
    }
    return json.dump(2) + '\n';
}

Result<EditedRecords, std::string> readDraft(std::string_view text)
{
    if (text.size() > MaxDraftOctets)
        return std::string("The file is too large for a draft.");
    try {
        const nlohmann::json json = nlohmann::json::parse(text.begin(), text.end());
        if (!json.is_object() || json.value("format", std::string()) != "mailoscope-draft")
            return std::string("The file is not a draft of Mailoscope.");
        if (json.at("version").get<int>() > 1)
            return std::string("The draft was saved by a newer Mailoscope.");
        EditedRecords draft;
        const auto domain = DomainName::parse(json.at("domain").get<std::string>());
        if (!domain || json.at("edits").size() > MaxEdits)
            return std::string("The draft is damaged.");
        draft.domain = *domain;
        for (const nlohmann::json &member : json.at("edits")) {
            std::optional<Edit> edit = editFrom(member);
            if (!edit)
                return std::string("The draft is damaged.");
            draft.edits.push_back(*std::move(edit));
        }
        if (const auto files = json.find("files"); files != json.end()) {
            if (!files->is_array() || files->size() > MaxEdits)
                return std::string("The draft is damaged.");
            for (const nlohmann::json &member : *files) {
                std::optional<FileChange> file = fileFrom(member);
                if (!file)
                    return std::string("The draft is damaged.");
                draft.files.push_back(*std::move(file));
            }
        }
        return draft;
    } catch (const nlohmann::json::parse_error &) {
        return std::string("The file is not a draft of Mailoscope.");
    } catch (const nlohmann::json::exception &) {
        return std::string("The draft is damaged.");
    }
}

} // namespace mailoscope::fixes
