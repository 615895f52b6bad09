// SPDX-License-Identifier: Apache-2.0
#include "mta_sts/policy.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>
#include <set>

namespace mailoscope::mta_sts
{

namespace
{

using Kind = PolicyIssue::Kind;

constexpr std::array Modes = {Mode::Enforce, Mode::Testing, Mode::None};
constexpr std::size_t MaxKeyOctets = 32;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// RFC 8461 section 3.2: sts-policy-ext-name.
bool isKey(std::string_view key)
{
    return !key.empty() && key.size() <= MaxKeyOctets && ascii::isAlnum(key.front()) &&
           std::all_of(key.begin(), key.end(),
                       [](char c) { return ascii::isAlnum(c) || c == '_' || c == '-' || c == '.'; });
}

// RFC 8461 section 3.2: sts-policy-ext-value; UTF-8 beyond ASCII is allowed there.
bool isValue(std::string_view value)
{
    return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
        const auto octet = static_cast<unsigned char>(c);
        return octet < 0x20 || octet == 0x7f;
    });
}

// RFC 5321 section 4.1.2: Domain = sub-domain *("." sub-domain).
bool isMailDomain(std::string_view text)
{
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const std::size_t end = std::min(text.find('.', begin), text.size());
        const std::string_view label = text.substr(begin, end - begin);
        const bool isLabel = !label.empty() && label.front() != '-' && label.back() != '-' &&
                             std::all_of(label.begin(), label.end(), [](char c) {
                                 // AD-HOC: host names with "_" are met, and senders take them.
                                 return ascii::isAlnum(c) || c == '-' || c == '_';
                             });
        if (!isLabel)
            return false;
        begin = end + 1;
    }
    return true;
}

class PolicyReader
{
public:
    explicit PolicyReader(std::string_view text) : m_text(text) {}

    ParsedPolicy read()
    {
        std::size_t begin = 0;
        while (begin < m_text.size()) {
            if (++m_line > MaxPolicyLines) {
                add(Kind::TooManyLines, {begin, m_text.size()});
                break;
            }
            const std::size_t feed = std::min(m_text.find('\n', begin), m_text.size());
            const bool hasReturn = feed > begin && feed < m_text.size() && m_text[feed - 1] == '\r';
            readLine({begin, hasReturn ? feed - 1 : feed});
            begin = feed + 1;
        }
        tellMissing();
        if (!m_seen.empty() || !m_policy.mx.empty())
            m_parsed.record = std::move(m_policy);
        return std::move(m_parsed);
    }

private:
    std::string_view slice(const Span &span) const
    {
        return m_text.substr(span.begin, span.end - span.begin);
    }
    void add(Kind kind, Span span) { m_parsed.issues.push_back({kind, m_line, span}); }

    void readLine(const Span &line)
    {
        Span value = line;
        while (value.end > line.begin && isBlank(m_text[value.end - 1]))
            --value.end;
        if (value.isEmpty())
            return add(Kind::BlankLine, line);
        const std::size_t colon = slice(value).find(':');
        // RFC 8461 section 3.2: the colon stands directly behind the key.
        if (colon == std::string_view::npos || !isKey(slice(value).substr(0, colon)))
            return add(Kind::NotALine, line);
        const std::string key(slice(value).substr(0, colon));
        value.begin += colon + 1;
        while (value.begin < value.end && isBlank(m_text[value.begin]))
            ++value.begin;
        if (!isValue(slice(value)))
            return add(Kind::NotALine, line);
        readField(key, value, line);
    }

    void readField(const std::string &key, const Span &value, const Span &line)
    {
        if (key == "mx")
            return readMx(value);
        // RFC 8461 section 3.2: of fields that are not "mx", the first counts.
        if (!m_seen.insert(key).second)
            return add(Kind::DuplicateKey, line);
        const std::string_view text = slice(value);
        if (key == "version") {
            m_policy.hasVersion = text == "STSv1";
            if (!m_policy.hasVersion)
                add(Kind::BadVersion, value);
        } else if (key == "mode") {
            const auto mode = std::find_if(Modes.begin(), Modes.end(),
                                           [text](Mode candidate) { return toString(candidate) == text; });
            if (mode == Modes.end())
                return add(Kind::BadMode, value);
            m_policy.mode = *mode;
        } else if (key == "max_age") {
            readMaxAge(value);
        } else {
            m_policy.extensions.push_back({key, std::string(text)});
        }
    }

    void readMx(const Span &value)
    {
        const auto pattern = MxPattern::parse(slice(value));
        m_sawMx = true;
        if (!pattern)
            return add(Kind::BadMx, value);
        m_policy.mx.push_back(*pattern);
        m_parsed.spans.push_back(value);
    }

    // RFC 8461 section 3.2: 1*10(DIGIT), at most 31557600.
    void readMaxAge(const Span &value)
    {
        const std::string_view digits = slice(value);
        if (digits.size() > 10 || !std::all_of(digits.begin(), digits.end(), ascii::isDigit))
            return add(Kind::BadMaxAge, value);
        std::uint64_t seconds = 0;
        for (const char c : digits)
            seconds = seconds * 10 + static_cast<std::uint64_t>(c - '0');
        m_policy.maxAge = seconds;
        if (seconds > LongestMaxAge)
            add(Kind::MaxAgeTooBig, value);
    }

    void tellMissing()
    {
        m_line = 0;
        const Span whole{0, m_text.size()};
        if (!m_seen.contains("version"))
            add(Kind::NoVersion, whole);
        if (!m_seen.contains("mode"))
            add(Kind::NoMode, whole);
        if (!m_seen.contains("max_age"))
            add(Kind::NoMaxAge, whole);
        // RFC 8461 section 3.2: at least one pattern, unless the mode is "none".
        if (!m_sawMx && m_policy.mode != Mode::None)
            add(Kind::NoMx, whole);
    }

    std::string_view m_text;
    ParsedPolicy m_parsed;
    Policy m_policy;
    std::set<std::string, std::less<>> m_seen; ///< keys other than mx
    bool m_sawMx = false;
    std::size_t m_line = 0;
};

bool spoilsPolicy(Kind kind)
{
    switch (kind) {
    case Kind::BlankLine: // LENIENT: not in the grammar, but nothing can be misunderstood
    case Kind::DuplicateKey:
        return false;
    case Kind::NotALine:
    case Kind::BadVersion:
    case Kind::BadMode:
    case Kind::BadMaxAge:
    case Kind::MaxAgeTooBig:
    case Kind::BadMx:
    case Kind::NoVersion:
    case Kind::NoMode:
    case Kind::NoMaxAge:
    case Kind::NoMx:
    case Kind::TooManyLines:
        return true;
    }
    return true;
}

} // namespace

std::string_view toString(Mode mode)
{
    switch (mode) {
    case Mode::Enforce:
        return "enforce";
    case Mode::Testing:
        return "testing";
    case Mode::None:
        return "none";
    }
    return {};
}

std::optional<MxPattern> MxPattern::parse(std::string_view text)
{
    // RFC 8461 section 3.2: sts-policy-mx-value = ["*."] Domain.
    const bool isWildcard = text.starts_with("*.");
    const std::string_view rest = text.substr(isWildcard ? 2 : 0);
    const auto name = DomainName::parse(rest);
    if (!name || !isMailDomain(rest))
        return std::nullopt;
    return MxPattern{isWildcard, *name};
}

bool MxPattern::matches(const DomainName &host) const
{
    if (!isWildcard)
        return host == name;
    return !host.isRoot() && host.parent() == name;
}

ParsedPolicy parsePolicy(std::string_view text)
{
    return PolicyReader(text).read();
}

bool isUsable(const ParsedPolicy &parsed)
{
    return parsed.record && std::none_of(parsed.issues.begin(), parsed.issues.end(),
                                         [](const PolicyIssue &issue) { return spoilsPolicy(issue.kind); });
}

std::string toText(const Policy &policy)
{
    std::string text;
    if (policy.hasVersion)
        text += "version: STSv1\r\n";
    if (policy.mode)
        text += "mode: " + std::string(toString(*policy.mode)) + "\r\n";
    for (const MxPattern &pattern : policy.mx)
        text += "mx: " + pattern.text() + "\r\n";
    if (policy.maxAge)
        text += "max_age: " + std::to_string(*policy.maxAge) + "\r\n";
    for (const Field &extension : policy.extensions)
        text += extension.name + ": " + extension.value + "\r\n";
    return text;
}

} // namespace mailoscope::mta_sts
