// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg_text.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope::bimi
{

namespace
{

constexpr auto End = std::string_view::npos;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The octets of the character at `at`, or 0 where there is none that XML allows (RFC 3629; XML section 2.2).
std::size_t characterLength(std::string_view text, std::size_t at)
{
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = octet(at);
    if (first < 0x80)
        return first >= 0x20 || isBlank(text[at]) ? 1 : 0;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4 || at + length > text.size())
        return 0;
    unsigned value = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((octet(at + i) & 0xc0U) != 0x80)
            return 0;
        value = (value << 6U) | (octet(at + i) & 0x3fU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    const bool allowed =
        value <= 0x10ffff && (value < 0xd800 || value > 0xdfff) && value != 0xfffe && value != 0xffff;
    return overlong || !allowed ? 0 : length;
}

class Scanner
{
public:
    Scanner(std::string_view text, std::size_t most) : m_text(text), m_most(most) {}

    std::vector<XmlFault> scan()
    {
        while (m_at < m_text.size() && m_faults.size() < m_most) {
            if (m_text[m_at] != '<')
                readText();
            else if (startsWith("<!--"))
                skipPast("-->");
            else if (startsWith("<![CDATA["))
                skipPast("]]>");
            else if (startsWith("<?"))
                skipPast("?>");
            else if (startsWith("<!"))
                skipDoctype();
            else
                readTag();
        }
        return std::move(m_faults);
    }

private:
    bool startsWith(std::string_view mark) const { return m_text.substr(m_at, mark.size()) == mark; }

    void add(XmlFault::Kind kind, std::size_t offset, std::size_t length)
    {
        if (m_faults.size() < m_most)
            m_faults.push_back({kind, offset, m_text.substr(offset, length)});
    }

    /// Takes one character of any text.
    void readCharacter()
    {
        const std::size_t length = characterLength(m_text, m_at);
        if (length == 0)
            add(XmlFault::Kind::NotWellFormed, m_at, 1);
        m_at += std::max<std::size_t>(length, 1);
    }

    void skipPast(std::string_view mark)
    {
        const std::size_t found = m_text.find(mark, m_at);
        const std::size_t end = found == End ? m_text.size() : found + mark.size();
        while (m_at < end && m_faults.size() < m_most)
            readCharacter();
        m_at = std::max(m_at, end);
    }

    // svg-ps needs none, and entities can grow without bound: it is passed over unread.
    void skipDoctype()
    {
        add(XmlFault::Kind::Doctype, m_at,
            std::min<std::size_t>(m_text.find_first_of("[>", m_at), m_text.size()) - m_at);
        int brackets = 0;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (startsWith("<!ENTITY"))
                add(XmlFault::Kind::Entity, m_at, 8);
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '>' && brackets <= 0) {
                ++m_at;
                return;
            }
        }
    }

    void readReference()
    {
        const std::size_t end = m_text.find(';', m_at);
        const std::size_t longest = 32;
        const std::string_view name =
            end == End || end - m_at > longest ? std::string_view() : m_text.substr(m_at + 1, end - m_at - 1);
        const bool isPredefined =
            name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
        const bool isHex = name.starts_with("#x") && name.size() > 2 &&
                           std::all_of(name.begin() + 2, name.end(), ascii::isHexDigit);
        const bool isDecimal = name.starts_with("#") && name.size() > 1 &&
                               std::all_of(name.begin() + 1, name.end(), ascii::isDigit);
        const bool isName = !name.empty() && ascii::isAlpha(name.front()) &&
                            std::all_of(name.begin(), name.end(), [](char c) {
                                return ascii::isAlnum(c) || c == '.' || c == '-' || c == '_';
                            });
        if (!isPredefined && !isHex && !isDecimal)
            add(isName ? XmlFault::Kind::Entity : XmlFault::Kind::NotWellFormed, m_at,
                isName ? name.size() + 2 : 1);
        ++m_at;
    }

    void readText()
    {
        while (m_at < m_text.size() && m_text[m_at] != '<' && m_faults.size() < m_most) {
            if (m_depth == 0 && !isBlank(m_text[m_at])) {
                add(XmlFault::Kind::NotWellFormed, m_at, 1);
                m_at = std::min(m_text.find('<', m_at), m_text.size());
                return;
            }
            if (m_text[m_at] == '&')
                readReference();
            else
                readCharacter();
        }
    }

    void readTag()
    {
        const bool closes = startsWith("</");
        char quote = '\0';
        for (++m_at; m_at < m_text.size() && m_faults.size() < m_most;) {
            const char c = m_text[m_at];
            if (quote == '\0' && c == '>') {
                const bool isEmpty = m_text[m_at - 1] == '/';
                if (closes)
                    m_depth -= m_depth > 0 ? 1 : 0;
                else if (!isEmpty)
                    ++m_depth;
                ++m_at;
                return;
            }
            if (c == '<') {
                add(XmlFault::Kind::NotWellFormed, m_at, 1);
                return; // the rest of the tag is not to be told from what follows
            }
            if (quote == '\0' && (c == '"' || c == '\''))
                quote = c;
            else if (c == quote)
                quote = '\0';
            if (quote != '\0' && c == '&')
                readReference();
            else
                readCharacter();
        }
    }

    std::string_view m_text;
    std::size_t m_most;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
    std::vector<XmlFault> m_faults;
};

} // namespace

LineIndex::LineIndex(std::string_view text) : m_begins{0}
{
    for (std::size_t at = text.find('\n'); at != End; at = text.find('\n', at + 1))
        m_begins.push_back(at + 1);
}

LineIndex::Place LineIndex::placeOf(std::size_t offset) const
{
    const auto after = std::upper_bound(m_begins.begin(), m_begins.end(), offset);
    const auto line = static_cast<std::size_t>(after - m_begins.begin());
    return {line, offset - m_begins[line - 1] + 1};
}

std::vector<XmlFault> xmlFaults(std::string_view text, std::size_t most)
{
    return Scanner(text, most).scan();
}

std::vector<std::size_t> attributeOffsets(std::string_view text, std::size_t offset)
{
    std::vector<std::size_t> offsets;
    const auto skipBlanks = [&] {
        while (offset < text.size() && isBlank(text[offset]))
            ++offset;
    };
    offset = std::min(text.find_first_of(" \t\r\n/>", offset), text.size());
    for (;;) {
        skipBlanks();
        if (offset >= text.size() || text[offset] == '>' || text[offset] == '/')
            return offsets;
        offsets.push_back(offset);
        offset = std::min(text.find('=', offset), text.size());
        offset = std::min(text.find_first_of("\"'", offset), text.size());
        if (offset == text.size())
            return offsets;
        offset = std::min(text.find(text[offset], offset + 1), text.size());
        offset += offset < text.size() ? 1 : 0;
    }
}

} // namespace mailoscope::bimi
