// SPDX-License-Identifier: Apache-2.0
#include "dmarc/record.h"

#include "base/ascii.h"
#include "base/cursor.h"
#include "dmarc/report_uri.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_set>
#include <utility>

namespace mailoscope::dmarc
{

namespace
{

constexpr std::array<std::string_view, 3> PolicyNames = {"none", "quarantine", "reject"};
constexpr std::array<std::string_view, 14> KnownTags = {"v",  "p",   "sp",  "np",  "adkim", "aspf", "t",
                                                        "fo", "psd", "rua", "ruf", "pct",   "ri",   "rf"};

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// That of tag-lists (RFC 6376 section 2.8).
bool isWhiteSpace(char c)
{
    return isBlank(c) || c == '\r' || c == '\n';
}

bool isKnownTag(std::string_view name)
{
    return std::find(KnownTags.begin(), KnownTags.end(), name) != KnownTags.end();
}

template <typename Value, std::size_t Size>
std::optional<Value> keyword(std::string_view text,
                             const std::array<std::pair<std::string_view, Value>, Size> &values)
{
    // RFC 9989 section 4.8: strings of the grammar, so without regard to case (RFC 5234 section 2.3).
    for (const auto &[name, value] : values) {
        if (ascii::equalIgnoringCase(name, text))
            return value;
    }
    return std::nullopt;
}

std::optional<Policy> readPolicy(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, Policy>, 3> Values = {
        {{"none", Policy::None}, {"quarantine", Policy::Quarantine}, {"reject", Policy::Reject}}};
    return keyword(text, Values);
}

std::optional<Alignment> readAlignment(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, Alignment>, 2> Values = {
        {{"r", Alignment::Relaxed}, {"s", Alignment::Strict}}};
    return keyword(text, Values);
}

std::optional<bool> readTesting(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, bool>, 2> Values = {{{"y", true}, {"n", false}}};
    return keyword(text, Values);
}

std::optional<Psd> readPsd(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, Psd>, 3> Values = {
        {{"y", Psd::Yes}, {"n", Psd::No}, {"u", Psd::Undefined}}};
    return keyword(text, Values);
}

// RFC 9989 section 4.7: 0 or 1, and each option once.
std::optional<std::vector<FailureOption>> readFailureOptions(std::string_view text)
{
    static constexpr std::array<std::pair<std::string_view, FailureOption>, 4> Values = {
        {{"0", FailureOption::All},
         {"1", FailureOption::Any},
         {"d", FailureOption::Dkim},
         {"s", FailureOption::Spf}}};
    std::vector<FailureOption> options;
    const auto has = [&options](FailureOption option) {
        return std::find(options.begin(), options.end(), option) != options.end();
    };
    Cursor cursor(text);
    do {
        cursor.takeWhile(isBlank);
        const std::string_view part = cursor.takeWhile([](char c) { return c != ':' && !isBlank(c); });
        cursor.takeWhile(isBlank);
        const auto option = keyword(part, Values);
        if (!option || has(*option))
            return std::nullopt; // four options at most, so has() stays cheap
        options.push_back(*option);
    } while (cursor.take(':'));
    if (!cursor.atEnd() || (has(FailureOption::All) && has(FailureOption::Any)))
        return std::nullopt;
    return options;
}

template <typename Number>
std::optional<Number> readNumber(std::string_view text, Number max)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || !ascii::isDigit(text.front()) || error != std::errc() ||
        end != text.data() + text.size() || number > max) {
        return std::nullopt;
    }
    return number;
}

/// The place of a known tag's name inside the value of another, behind a blank or comma: "none
/// rua=mailto:...".
std::optional<Span> hiddenTag(const Tag &tag)
{
    const std::string_view value = tag.value;
    for (std::size_t equals = value.find('='); equals != std::string_view::npos;
         equals = value.find('=', equals + 1)) {
        std::size_t end = equals;
        while (end > 0 && isBlank(value[end - 1]))
            --end;
        std::size_t begin = end;
        while (begin > 0 && ascii::isAlpha(value[begin - 1]) && end - begin <= 5)
            --begin;
        const bool apart = begin > 0 && (isBlank(value[begin - 1]) || value[begin - 1] == ',');
        if (apart && isKnownTag(value.substr(begin, end - begin)))
            return Span{tag.valueSpan.begin + begin, tag.valueSpan.end};
    }
    return std::nullopt;
}

/// Reads the tags of a text that is known to be a record.
class Reader
{
public:
    Reader(std::string_view text, ParsedRecord &parsed) : m_text(text), m_parsed(parsed) {}

    void read()
    {
        m_parsed.tags = readTagList(m_text);
        m_parsed.record.emplace();
        takeFaults();
        for (const Tag &tag : m_parsed.tags.tags) {
            m_parsed.spans.push_back(tag.span);
            if (m_parsed.spans.size() > 1)
                readTag(tag);
            else if (tag.name != "v")
                add(Issue::Kind::TagCase, tag.name, tag.nameSpan);
        }
        std::stable_sort(m_parsed.issues.begin(), m_parsed.issues.end(),
                         [](const Issue &a, const Issue &b) { return a.span.begin < b.span.begin; });
    }

private:
    void add(Issue::Kind kind, std::string tag, Span span)
    {
        m_parsed.issues.push_back({kind, std::move(tag), span});
    }

    void takeFaults()
    {
        for (const TagListFault &fault : m_parsed.tags.faults) {
            switch (fault.kind) {
            case TagListFault::Kind::NoEquals:
                add(Issue::Kind::NoEquals, {}, fault.span);
                break;
            case TagListFault::Kind::BadName:
                add(Issue::Kind::BadTagName, {}, fault.span);
                break;
            case TagListFault::Kind::Empty:
                add(Issue::Kind::EmptyPart, {}, fault.span);
                break;
            case TagListFault::Kind::Duplicate:
            case TagListFault::Kind::BadOctet:
                break; // told tag by tag
            }
        }
    }

    static bool canBeTag(std::string_view name)
    {
        return !name.empty() && ascii::isAlpha(name.front()) &&
               std::all_of(name.begin(), name.end(), [](char c) { return ascii::isAlnum(c) || c == '_'; });
    }

    void readTag(const Tag &tag)
    {
        if (!canBeTag(tag.name))
            return;
        // RFC 9989 section 4.8: values are printable ASCII; blanks are those of RFC 5234.
        const bool clean = std::all_of(tag.value.begin(), tag.value.end(),
                                       [](char c) { return ascii::isPrintable(c) || c == '\t'; });
        if (!clean)
            add(Issue::Kind::BadOctet, tag.name, tag.valueSpan);
        // CONFLICT: RFC 9989 section 4.8 points to the tag-list of RFC 6376 section 3.2, which voids a list
        // with a tag twice; receivers take the first or the last. We use the first and tell it.
        if (!m_seen.insert(tag.name).second) {
            add(Issue::Kind::Duplicate, tag.name, tag.span);
            return;
        }
        const std::optional<Span> hidden = hiddenTag(tag);
        if (hidden)
            add(Issue::Kind::MissingSeparator, tag.name, *hidden);
        m_mayTell = clean && !hidden;
        assign(tag);
    }

    void assign(const Tag &tag)
    {
        Record &record = *m_parsed.record;
        if (tag.name == "p")
            record.p = value(tag, readPolicy(tag.value));
        else if (tag.name == "sp")
            record.sp = value(tag, readPolicy(tag.value));
        else if (tag.name == "np")
            record.np = value(tag, readPolicy(tag.value));
        else if (tag.name == "adkim")
            record.adkim = value(tag, readAlignment(tag.value));
        else if (tag.name == "aspf")
            record.aspf = value(tag, readAlignment(tag.value));
        else if (tag.name == "t")
            record.t = value(tag, readTesting(tag.value));
        else if (tag.name == "psd")
            record.psd = value(tag, readPsd(tag.value));
        else if (tag.name == "fo")
            record.fo = value(tag, readFailureOptions(tag.value));
        else if (tag.name == "pct")
            record.pct = value(tag, readNumber<int>(tag.value, 100));
        else if (tag.name == "ri")
            record.ri = value(tag, readNumber<std::uint32_t>(tag.value, 0xffffffff));
        else if (tag.name == "rf")
            record.rf = tag.value;
        else if (tag.name == "rua")
            record.rua = uris(tag, m_parsed.ruaSpans);
        else if (tag.name == "ruf")
            record.ruf = uris(tag, m_parsed.rufSpans);
        else if (tag.name == "v")
            add(Issue::Kind::Duplicate, tag.name, tag.span);
        else
            addUnknown(tag);
    }

    // CONFLICT: the grammar's letter "v" has no case, tag names of RFC 6376 section 3.2 have. "V=DMARC1"
    // counts, any other tag in capitals is an unknown one; both are told.
    void addUnknown(const Tag &tag)
    {
        if (isKnownTag(ascii::lowered(tag.name)))
            add(Issue::Kind::TagCase, tag.name, tag.nameSpan);
        m_parsed.record->unknown.push_back({tag.name, tag.value});
    }

    template <typename Value>
    std::optional<TagValue<Value>> value(const Tag &tag, std::optional<Value> found)
    {
        if (!found && m_mayTell)
            add(Issue::Kind::InvalidValue, tag.name, tag.valueSpan.isEmpty() ? tag.span : tag.valueSpan);
        else if (found && std::any_of(tag.value.begin(), tag.value.end(), ascii::isUpper))
            add(Issue::Kind::ValueCase, tag.name, tag.valueSpan);
        return TagValue<Value>{std::move(found), tag.value};
    }

    // RFC 9989 section 4.7: a list of URIs with commas between and blanks around them.
    std::vector<ReportUri> uris(const Tag &tag, std::vector<Span> &spans)
    {
        std::vector<ReportUri> found;
        std::unordered_set<std::string> seen;
        for (std::size_t begin = 0; begin <= tag.value.size();) {
            const std::size_t end = std::min(tag.value.find(',', begin), tag.value.size());
            Span part{begin, end};
            while (part.begin < part.end && isWhiteSpace(tag.value[part.begin]))
                ++part.begin;
            while (part.end > part.begin && isWhiteSpace(tag.value[part.end - 1]))
                --part.end;
            const Span place{tag.valueSpan.begin + part.begin, tag.valueSpan.begin + part.end};
            begin = end + 1;
            if (part.isEmpty()) {
                add(Issue::Kind::UriEmpty, tag.name, tag.span);
                continue;
            }
            UriReading reading = readReportUri(tag.value.substr(part.begin, part.end - part.begin));
            for (const Issue::Kind kind : reading.issues) {
                if (m_mayTell || kind == Issue::Kind::UriSize)
                    add(kind, tag.name, place);
            }
            if (!seen.insert(ascii::lowered(reading.uri.uri)).second)
                add(Issue::Kind::UriDuplicate, tag.name, place);
            found.push_back(std::move(reading.uri));
            spans.push_back(place);
        }
        return found;
    }

    std::string_view m_text;
    ParsedRecord &m_parsed;
    std::unordered_set<std::string> m_seen;
    bool m_mayTell = true; ///< no other issue says already what is wrong with the value
};

template <typename Value>
void write(std::string &text, std::string_view name, const std::optional<TagValue<Value>> &tag)
{
    if (tag)
        text.append("; ").append(name).append("=").append(tag->text);
}

void write(std::string &text, std::string_view name, const std::optional<std::vector<ReportUri>> &uris)
{
    if (!uris)
        return;
    text.append("; ").append(name).append("=");
    for (std::size_t i = 0; i < uris->size(); ++i)
        text.append(i == 0 ? "" : ",").append((*uris)[i].text);
}

/// What stands before "v", if anything does: white space, a quote, a byte order mark.
std::size_t lengthBeforeVersion(std::string_view text)
{
    static constexpr std::array<std::string_view, 11> Before = {
        " ", "\t", "\r", "\n", "\"", "'", "\\", "\xef\xbb\xbf", "\xe2\x80\x9c", "\xe2\x80\x9d", "\xc2\xa0"};
    std::size_t length = 0;
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view octets : Before) {
            if (text.substr(length).starts_with(octets)) {
                length += octets.size();
                more = true;
            }
        }
    }
    return length;
}

/// The value behind "v =", up to what cannot belong to a version; nothing where the text does not begin so.
std::optional<std::string_view> versionOf(std::string_view text, std::string_view &behind)
{
    Cursor cursor(text);
    if (!cursor.take('v') && !cursor.take('V'))
        return std::nullopt;
    cursor.takeWhile(isBlank);
    if (!cursor.take('='))
        return std::nullopt;
    cursor.takeWhile(isBlank);
    const std::string_view version = cursor.takeWhile(ascii::isAlnum);
    cursor.takeWhile(isBlank);
    behind = cursor.rest();
    return version;
}

} // namespace

std::string_view toString(Policy policy)
{
    return PolicyNames[static_cast<std::size_t>(policy)];
}

std::string_view toString(Alignment alignment)
{
    return alignment == Alignment::Strict ? "strict" : "relaxed";
}

std::string_view toString(Psd psd)
{
    switch (psd) {
    case Psd::Yes:
        return "y";
    case Psd::No:
        return "n";
    case Psd::Undefined:
        return "u";
    }
    return "u";
}

std::vector<FailureOption> Record::failureOptions() const
{
    return fo && fo->value ? *fo->value : std::vector{FailureOption::All};
}

Usability usabilityOf(const Record &record)
{
    // RFC 9989 section 4.10.1: a missing or unreadable p, or an unreadable sp or np.
    const bool sound =
        record.p && record.p->value && (!record.sp || record.sp->value) && (!record.np || record.np->value);
    if (sound)
        return Usability::Normal;
    const bool reports = record.rua && std::any_of(record.rua->begin(), record.rua->end(),
                                                   [](const ReportUri &uri) { return uri.valid; });
    return reports ? Usability::AsNone : Usability::NoProcessing;
}

Span ParsedRecord::spanOf(std::string_view tagName) const
{
    const Tag *tag = tags.find(tagName);
    return tag ? tag->span : Span{};
}

TextKind kindOf(std::string_view text)
{
    std::string_view behind;
    const std::optional<std::string_view> version = versionOf(text, behind);
    const bool ended = behind.empty() || behind.front() == ';';
    if (version) {
        // RFC 9989 section 4.7: the version is exactly "DMARC1", in capitals.
        if (*version == "DMARC1" && ended)
            return TextKind::Record;
        if (ascii::equalIgnoringCase(*version, "spf1"))
            return TextKind::Spf;
        if (ascii::equalIgnoringCase(*version, "DMARC1"))
            return ended ? TextKind::WrongCase : TextKind::NoSeparator;
        if (!ascii::startsWithIgnoringCase(*version, "DMARC"))
            return TextKind::Other;
        // "v=DMARC1p=none" lacks the semicolon; "v=DMARC12" is another version.
        const bool glued = version->size() > 6 && ascii::startsWithIgnoringCase(*version, "DMARC1") &&
                           ascii::isAlpha((*version)[6]);
        return glued ? TextKind::NoSeparator : TextKind::WrongVersion;
    }
    const std::size_t before = lengthBeforeVersion(text);
    std::string_view unused;
    const auto later = versionOf(text.substr(before), unused);
    if (before > 0 && later && ascii::equalIgnoringCase(*later, "DMARC1"))
        return TextKind::SomethingBefore;
    const TagList tags = readTagList(text);
    const bool elsewhere = std::any_of(tags.tags.begin(), tags.tags.end(), [](const Tag &tag) {
        return ascii::equalIgnoringCase(tag.name, "v") && ascii::equalIgnoringCase(tag.value, "DMARC1");
    });
    return elsewhere ? TextKind::VersionNotFirst : TextKind::Other;
}

ParsedRecord parse(std::string_view text)
{
    ParsedRecord parsed;
    if (isRecord(text))
        Reader(text, parsed).read();
    return parsed;
}

std::string toText(const Record &record)
{
    std::string text = "v=DMARC1";
    write(text, "p", record.p);
    write(text, "sp", record.sp);
    write(text, "np", record.np);
    write(text, "adkim", record.adkim);
    write(text, "aspf", record.aspf);
    write(text, "t", record.t);
    write(text, "psd", record.psd);
    write(text, "rua", record.rua);
    write(text, "ruf", record.ruf);
    write(text, "fo", record.fo);
    write(text, "pct", record.pct);
    write(text, "ri", record.ri);
    if (record.rf)
        text.append("; rf=").append(*record.rf);
    for (const Record::Unknown &tag : record.unknown)
        text.append("; ").append(tag.name).append("=").append(tag.value);
    return text;
}

} // namespace mailoscope::dmarc
