// SPDX-License-Identifier: Apache-2.0
#include "message/header.h"

#include "base/ascii.h"

#include <algorithm>

namespace mailoscope::message
{

namespace
{

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

// RFC 5322 section 3.6.8: ftext is any visible character but the colon.
bool isFieldName(std::string_view name)
{
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return ascii::isVisible(c) && c != ':'; });
}

std::string_view withoutLineEnd(std::string_view line)
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

class Reader
{
public:
    explicit Reader(std::string_view message) : m_message(message) {}

    Header read()
    {
        skipFront();
        while (m_position < m_message.size()) {
            if (m_position >= MaxHeaderOctets || m_header.fields.size() == MaxFields) {
                m_header.cut = true;
                break;
            }
            const std::size_t begin = m_position;
            const std::string_view line = withoutLineEnd(nextLine());
            if (line.empty()) {
                m_header.bodyOffset = m_position;
                return std::move(m_header);
            }
            takeContinuations();
            if (!isBlank(line.front()))
                addField(withoutLineEnd(m_message.substr(begin, m_position - begin)));
        }
        m_header.bodyOffset = m_message.size();
        return std::move(m_header);
    }

private:
    std::string_view nextLine()
    {
        const std::size_t begin = m_position;
        const std::size_t end = m_message.find('\n', begin);
        m_position = end == std::string_view::npos ? m_message.size() : end + 1;
        return m_message.substr(begin, m_position - begin);
    }

    void skipFront()
    {
        while (m_position < std::min(m_message.size(), MaxHeaderOctets)) {
            const std::size_t begin = m_position;
            const std::string_view line = nextLine();
            if (!withoutLineEnd(line).empty() && !line.starts_with("From ")) {
                m_position = begin;
                return;
            }
        }
    }

    void takeContinuations()
    {
        while (m_position < std::min(m_message.size(), MaxHeaderOctets) && isBlank(m_message[m_position]))
            nextLine();
    }

    void addField(std::string_view text)
    {
        const std::size_t colon = text.find(':');
        if (colon == std::string_view::npos)
            return;
        std::string_view name = text.substr(0, colon);
        // RFC 5322 section 4.5.1: the obsolete syntax has blanks before the colon.
        while (!name.empty() && isBlank(name.back()))
            name.remove_suffix(1);
        if (isFieldName(name))
            m_header.fields.push_back({name, text.substr(colon + 1)});
    }

    std::string_view m_message;
    std::size_t m_position = 0;
    Header m_header;
};

} // namespace

Header readHeader(std::string_view message)
{
    return Reader(message).read();
}

std::string unfolded(std::string_view body)
{
    std::string text;
    text.reserve(body.size());
    for (const char c : body) {
        if (c != '\r' && c != '\n')
            text.push_back(c);
    }
    return text;
}

} // namespace mailoscope::message
