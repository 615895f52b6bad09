// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailoscope
{

/// Why a text or a list of labels cannot be a domain name (RFC 1035 sections 2.3.4 and 3.1).
enum class DomainNameError { Empty, EmptyLabel, LabelTooLong, NameTooLong, BadEscape };

/// A domain name as DNS knows it: labels of 1 to 63 octets, 255 octets at most on the wire. Names compare
/// without regard to ASCII case (RFC 4343), so they are kept in lower case, in the presentation form of RFC
/// 1035 section 5.1 (`\.` and `\DDD` inside a label), without the trailing dot; the root is ".". Any octet
/// may stand in a label: whether a name can be a host name or a mail domain is asked elsewhere.
class DomainName
{
public:
    static constexpr std::size_t MaxLabelOctets = 63;
    static constexpr std::size_t MaxWireOctets = 255;

    DomainName() : m_text(".") {}

    /// Reads the presentation form; one trailing dot is allowed.
    static Result<DomainName, DomainNameError> parse(std::string_view text);
    /// From labels as they stand on the wire, the leftmost first; no labels give the root.
    static Result<DomainName, DomainNameError> fromLabels(std::span<const std::string_view> labels);

    const std::string &text() const { return m_text; }
    bool isRoot() const { return m_text == "."; }
    std::size_t labelCount() const;
    /// The labels as octets (escapes undone), the leftmost first.
    std::vector<std::string> labels() const;
    /// The name without its leftmost label; the parent of the root is the root.
    DomainName parent() const;
    /// True if this is `other` or lies below it.
    bool isAtOrBelow(const DomainName &other) const;
    /// `labels` (presentation form, such as "_dmarc" or "_smtp._tls") put in front of this name.
    Result<DomainName, DomainNameError> prefixed(std::string_view labels) const;

    friend bool operator==(const DomainName &, const DomainName &) = default;
    friend auto operator<=>(const DomainName &, const DomainName &) = default;

private:
    explicit DomainName(std::string text) : m_text(std::move(text)) {}

    std::string m_text;
};

} // namespace mailoscope

template <>
struct std::hash<mailoscope::DomainName> {
    std::size_t operator()(const mailoscope::DomainName &name) const noexcept
    {
        return std::hash<std::string>()(name.text());
    }
};
