// SPDX-License-Identifier: Apache-2.0
#include "dkim/record.h"

#include "base/ascii.h"
#include "base/tag_list.h"

#include <algorithm>
#include <array>

namespace mailoscope::dkim
{

namespace
{

constexpr std::string_view WhiteSpace = " \t\r\n";
constexpr std::array<std::string_view, 8> KnownTags = {"v", "k", "h", "s", "t", "n", "g", "p"};

bool isWhiteSpace(char c)
{
    return WhiteSpace.find(c) != std::string_view::npos;
}

bool isKnown(std::string_view name)
{
    return std::find(KnownTags.begin(), KnownTags.end(), name) != KnownTags.end();
}

bool hasItem(const std::optional<std::vector<std::string>> &list, std::string_view item)
{
    return list && std::find(list->begin(), list->end(), item) != list->end();
}

IssueKind issueOf(TagListFault::Kind kind)
{
    switch (kind) {
    case TagListFault::Kind::NoEquals:
        return IssueKind::NoEquals;
    case TagListFault::Kind::BadName:
        return IssueKind::BadTagName;
    case TagListFault::Kind::Empty:
        return IssueKind::EmptyPart;
    case TagListFault::Kind::Duplicate:
        return IssueKind::Duplicate;
    case TagListFault::Kind::BadOctet:
        return IssueKind::BadOctet;
    }
    return IssueKind::BadOctet;
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text), m_list(readTagList(text)) {}

    ParsedRecord read()
    {
        for (const TagListFault &fault : m_list.faults)
            add(issueOf(fault.kind), fault.span);
        m_isQuoted = !m_list.tags.empty() && m_list.tags.front().name.starts_with('"');
        for (std::size_t i = 0; i < m_list.tags.size(); ++i)
            readTag(i);
        if (m_hasTag) {
            if (!m_record.publicKey)
                add(IssueKind::NoKey, {0, m_text.size()});
            m_parsed.record = std::move(m_record);
        }
        std::stable_sort(m_parsed.issues.begin(), m_parsed.issues.end(),
                         [](const Issue &a, const Issue &b) { return a.span.begin < b.span.begin; });
        return std::move(m_parsed);
    }

private:
    void add(IssueKind kind, Span span) { m_parsed.issues.push_back({kind, span}); }

    void readTag(std::size_t index)
    {
        Tag &tag = m_list.tags[index];
        m_parsed.spans.push_back(tag.span);
        takeQuotesAway(tag, index + 1 == m_list.tags.size());
        if (tag.name.empty())
            return;
        m_hasTag = true;
        // RFC 6376 section 3.2: tags are case-sensitive; unknown ones are ignored.
        if (!isKnown(tag.name)) {
            if (tag.name.size() == 1 && isKnown(ascii::lowered(tag.name)))
                add(IssueKind::WrongCase, tag.nameSpan);
            const bool isFirst = std::none_of(m_record.others.begin(), m_record.others.end(),
                                              [&tag](const auto &other) { return other.first == tag.name; });
            if (isFirst)
                m_record.others.emplace_back(tag.name, tag.value);
            return;
        }
        readKnown(tag, index);
    }

    // Zone files quote character-strings and escape semicolons; in the data neither belongs.
    void takeQuotesAway(Tag &tag, bool isLast)
    {
        std::size_t front = 0;
        while (front < tag.name.size() &&
               (tag.name[front] == '"' || (front > 0 && isWhiteSpace(tag.name[front]))))
            ++front;
        if (front > 0) {
            add(IssueKind::StrayQuote, {tag.nameSpan.begin, tag.nameSpan.begin + front});
            tag.name.erase(0, front);
        }
        const std::size_t before = tag.value.size();
        bool quote = false;
        bool escape = false;
        while (!tag.value.empty()) {
            const char last = tag.value.back();
            const bool isQuote = last == '"' && isLast && m_isQuoted;
            if (!isQuote && last != '\\' && !(tag.value.size() < before && isWhiteSpace(last)))
                break;
            quote = quote || isQuote;
            escape = escape || last == '\\';
            tag.value.pop_back();
        }
        const Span taken{tag.valueSpan.begin + tag.value.size(), tag.valueSpan.end};
        if (quote)
            add(IssueKind::StrayQuote, taken);
        if (escape)
            add(IssueKind::EscapedSemicolon, taken);
    }

    void readKnown(const Tag &tag, std::size_t index)
    {
        switch (tag.name.front()) {
        case 'v':
            if (take(m_record.version, tag))
                judgeVersion(tag, index);
            break;
        case 'k':
            if (take(m_record.keyType, tag) && m_record.type() == KeyType::Unknown)
                add(IssueKind::UnknownKeyType, tag.valueSpan.isEmpty() ? tag.span : tag.valueSpan);
            break;
        case 'h':
            takeList(m_record.hashes, tag);
            break;
        case 's':
            takeList(m_record.services, tag);
            break;
        case 't':
            takeList(m_record.flags, tag);
            break;
        case 'n':
            take(m_record.notes, tag);
            break;
        case 'g':
            take(m_record.granularity, tag);
            break;
        case 'p':
            take(m_record.publicKey, tag);
            break;
        }
    }

    // RFC 6376 section 3.6.1: if v= is there, it must be first and be "DKIM1"; otherwise the record is
    // discarded.
    void judgeVersion(const Tag &tag, std::size_t index)
    {
        if (tag.value != "DKIM1")
            add(IssueKind::BadVersion, tag.span);
        if (index != 0)
            add(IssueKind::VersionNotFirst, tag.span);
    }

    /// The first one stands; later ones are told by the tag-list as duplicates.
    static bool take(std::optional<std::string> &field, const Tag &tag)
    {
        if (field)
            return false;
        field = tag.value;
        return true;
    }

    void takeList(std::optional<std::vector<std::string>> &field, const Tag &tag)
    {
        if (field)
            return;
        field.emplace();
        if (tag.value.empty())
            return;
        std::size_t begin = 0;
        while (begin <= tag.value.size()) {
            const std::size_t colon = std::min(tag.value.find(':', begin), tag.value.size());
            std::size_t first = begin;
            std::size_t last = colon;
            while (first < last && isWhiteSpace(tag.value[first]))
                ++first;
            while (last > first && isWhiteSpace(tag.value[last - 1]))
                --last;
            if (first == last)
                add(IssueKind::EmptyListItem, {tag.valueSpan.begin + begin, tag.valueSpan.begin + colon});
            field->push_back(tag.value.substr(first, last - first));
            begin = colon + 1;
        }
    }

    std::string_view m_text;
    TagList m_list;
    bool m_isQuoted = false;
    bool m_hasTag = false;
    Record m_record;
    ParsedRecord m_parsed;
};

class Writer
{
public:
    explicit Writer(std::string_view separator) : m_separator(separator) {}

    void add(std::string_view name, std::string_view value)
    {
        if (!m_text.empty())
            m_text += m_separator;
        m_text.append(name).append("=").append(value);
    }
    void add(std::string_view name, const std::optional<std::string> &value)
    {
        if (value)
            add(name, std::string_view(*value));
    }
    void add(std::string_view name, const std::optional<std::vector<std::string>> &list)
    {
        if (!list)
            return;
        std::string joined;
        for (std::size_t i = 0; i < list->size(); ++i)
            joined.append(i == 0 ? "" : ":").append((*list)[i]);
        add(name, std::string_view(joined));
    }
    std::string take() { return std::move(m_text); }

private:
    std::string_view m_separator;
    std::string m_text;
};

std::string written(const Record &record, std::string_view separator)
{
    Writer writer(separator);
    writer.add("v", record.version);
    writer.add("k", record.keyType);
    writer.add("h", record.hashes);
    writer.add("s", record.services);
    writer.add("t", record.flags);
    writer.add("n", record.notes);
    writer.add("g", record.granularity);
    writer.add("p", record.publicKey);
    for (const auto &[name, value] : record.others)
        writer.add(name, std::string_view(value));
    return writer.take();
}

} // namespace

std::string_view toString(KeyType type)
{
    switch (type) {
    case KeyType::Rsa:
        return "rsa";
    case KeyType::Ed25519:
        return "ed25519";
    case KeyType::Unknown:
        return "unknown";
    }
    return "unknown";
}

// RFC 6376 section 3.6.1: k= defaults to "rsa". The grammar there prints %x76 for the letter k: a slip.
KeyType Record::type() const
{
    if (!keyType || *keyType == "rsa")
        return KeyType::Rsa;
    return *keyType == "ed25519" ? KeyType::Ed25519 : KeyType::Unknown; // RFC 8463 section 4
}

bool Record::isTesting() const
{
    return hasItem(flags, "y");
}

bool Record::refusesSubdomains() const
{
    return hasItem(flags, "s");
}

// RFC 6376 section 3.6.1: a verifier ignores the record for mail where s= lists neither "*" nor "email".
bool Record::servesMail() const
{
    return !services || hasItem(services, "*") || hasItem(services, "email");
}

// RFC 8301 section 3.1: rsa-sha1 must not be used, so that only sha256 is left.
bool Record::allowsSha256() const
{
    return !hashes || hasItem(hashes, "sha256");
}

bool voidsRecord(IssueKind kind)
{
    switch (kind) {
    case IssueKind::TooLong:
    case IssueKind::NoEquals:
    case IssueKind::BadTagName:
    case IssueKind::EmptyPart:
    case IssueKind::Duplicate: // RFC 6376 section 3.2
    case IssueKind::BadOctet:
    case IssueKind::StrayQuote:
    case IssueKind::EscapedSemicolon:
    case IssueKind::BadVersion:
    case IssueKind::VersionNotFirst:
    case IssueKind::UnknownKeyType:
    case IssueKind::NoKey:
        return true;
    case IssueKind::WrongCase:
    case IssueKind::EmptyListItem:
        return false;
    }
    return true;
}

ParsedRecord parse(std::string_view text)
{
    if (text.size() > MaxRecordOctets) {
        ParsedRecord parsed;
        parsed.issues.push_back({IssueKind::TooLong, {MaxRecordOctets, text.size()}});
        return parsed;
    }
    return Reader(text).read();
}

std::string toText(const Record &record)
{
    std::string text = written(record, "; ");
    // What was read without blanks and only just fits must fit again.
    return text.size() > MaxRecordOctets ? written(record, ";") : text;
}

bool looksLikeKeyRecord(const ParsedRecord &parsed)
{
    if (!parsed.record)
        return false;
    const Record &record = *parsed.record;
    if (record.publicKey)
        return true;
    if (record.version)
        return ascii::startsWithIgnoringCase(*record.version, "DKIM");
    return record.keyType.has_value();
}

std::optional<Span> tagSpan(std::string_view text, std::string_view name)
{
    const TagList list = readTagList(text.substr(0, MaxRecordOctets));
    const Tag *tag = list.find(name);
    return tag ? std::optional(tag->span) : std::nullopt;
}

std::optional<Span> valueSpan(std::string_view text, std::string_view name)
{
    const TagList list = readTagList(text.substr(0, MaxRecordOctets));
    const Tag *tag = list.find(name);
    return tag ? std::optional(tag->valueSpan) : std::nullopt;
}

} // namespace mailoscope::dkim
