// SPDX-License-Identifier: Apache-2.0
#include "base/domain_name.h"

#include "base/ascii.h"

#include <optional>

namespace mailoscope
{

namespace
{

bool needsEscape(char c)
{
    return !ascii::isVisible(c) || c == '.' || c == '\\';
}

void appendLabel(std::string &text, std::string_view label)
{
    for (const char c : label) {
        if (!needsEscape(c)) {
            text.push_back(ascii::toLower(c));
        } else if (c == '.' || c == '\\') {
            text.push_back('\\');
            text.push_back(c);
        } else {
            const auto octet = static_cast<unsigned char>(c);
            text.push_back('\\');
            text.push_back(static_cast<char>('0' + octet / 100));
            text.push_back(static_cast<char>('0' + octet / 10 % 10));
            text.push_back(static_cast<char>('0' + octet % 10));
        }
    }
}

/// RFC 1035 section 5.1: `\DDD` is one octet, `\X` is X. Nothing if the escape is cut short or over 255.
std::optional<char> readEscape(std::string_view text, std::size_t &position)
{
    if (position >= text.size())
        return std::nullopt;
    if (!ascii::isDigit(text[position]))
        return text[position++];
    if (text.size() - position < 3 || !ascii::isDigit(text[position + 1]) ||
        !ascii::isDigit(text[position + 2])) {
        return std::nullopt;
    }
    const int value =
        (text[position] - '0') * 100 + (text[position + 1] - '0') * 10 + (text[position + 2] - '0');
    if (value > 255)
        return std::nullopt;
    position += 3;
    return static_cast<char>(value);
}

/// The position of the first dot that divides labels, or npos.
std::size_t firstDivider(std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '.')
            return i;
    }
    return std::string_view::npos;
}

/// Most names are short, lower-case and need no escape: then the text is the name.
bool isPlainName(std::string_view text)
{
    if (text.empty() || text.size() > DomainName::MaxWireOctets - 2)
        return false;
    std::size_t labelBegin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i == text.size() || text[i] == '.') {
            const std::size_t octets = i - labelBegin;
            if (octets == 0 || octets > DomainName::MaxLabelOctets)
                return false;
            labelBegin = i + 1;
        } else if (needsEscape(text[i]) || ascii::isUpper(text[i])) {
            return false;
        }
    }
    return true;
}

} // namespace

Result<DomainName, DomainNameError> DomainName::parse(std::string_view text)
{
    if (text.empty())
        return DomainNameError::Empty;
    if (text == ".")
        return DomainName();
    if (isPlainName(text))
        return DomainName(std::string(text));

    std::vector<std::string> labels(1);
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i++];
        if (c == '.') {
            if (labels.back().empty())
                return DomainNameError::EmptyLabel;
            labels.emplace_back();
        } else if (c == '\\') {
            const std::optional<char> octet = readEscape(text, i);
            if (!octet)
                return DomainNameError::BadEscape;
            labels.back().push_back(*octet);
        } else {
            labels.back().push_back(c);
        }
    }
    if (labels.back().empty())
        labels.pop_back(); // the trailing dot
    const std::vector<std::string_view> views(labels.begin(), labels.end());
    return fromLabels(views);
}

Result<DomainName, DomainNameError> DomainName::fromLabels(std::span<const std::string_view> labels)
{
    std::size_t wireOctets = 1;
    std::string text;
    for (const std::string_view label : labels) {
        if (label.empty())
            return DomainNameError::EmptyLabel;
        if (label.size() > MaxLabelOctets)
            return DomainNameError::LabelTooLong;
        wireOctets += label.size() + 1;
        if (wireOctets > MaxWireOctets)
            return DomainNameError::NameTooLong;
        if (!text.empty())
            text.push_back('.');
        appendLabel(text, label);
    }
    return labels.empty() ? DomainName() : DomainName(std::move(text));
}

std::size_t DomainName::labelCount() const
{
    if (isRoot())
        return 0;
    std::size_t count = 1;
    for (std::size_t i = 0; i < m_text.size(); ++i) {
        if (m_text[i] == '\\')
            ++i;
        else if (m_text[i] == '.')
            ++count;
    }
    return count;
}

std::vector<std::string> DomainName::labels() const
{
    std::vector<std::string> labels;
    if (isRoot())
        return labels;
    labels.emplace_back();
    for (std::size_t i = 0; i < m_text.size();) {
        const char c = m_text[i++];
        if (c == '.')
            labels.emplace_back();
        else if (c == '\\')
            labels.back().push_back(readEscape(m_text, i).value_or('\\'));
        else
            labels.back().push_back(c);
    }
    return labels;
}

DomainName DomainName::parent() const
{
    const std::size_t divider = firstDivider(m_text);
    if (isRoot() || divider == std::string::npos)
        return DomainName();
    return DomainName(m_text.substr(divider + 1));
}

bool DomainName::isAtOrBelow(const DomainName &other) const
{
    if (other.isRoot() || *this == other)
        return true;
    if (isRoot() || m_text.size() <= other.m_text.size() || !m_text.ends_with(other.m_text))
        return false;
    const std::size_t divider = m_text.size() - other.m_text.size() - 1;
    if (m_text[divider] != '.')
        return false;
    // An escaped dot belongs to the label: count the backslashes before it.
    std::size_t backslashes = 0;
    while (backslashes < divider && m_text[divider - 1 - backslashes] == '\\')
        ++backslashes;
    return backslashes % 2 == 0;
}

Result<DomainName, DomainNameError> DomainName::prefixed(std::string_view labels) const
{
    if (isRoot())
        return parse(labels);
    // A lone backslash at the end would take the dividing dot into its label.
    const std::size_t backslashes = labels.size() - 1 - labels.find_last_not_of('\\');
    if (backslashes % 2 != 0)
        return DomainNameError::BadEscape;
    return parse(std::string(labels) + '.' + m_text);
}

} // namespace mailoscope
