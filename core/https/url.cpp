// SPDX-License-Identifier: Apache-2.0
#include "https/url.h"

#include "base/ascii.h"
#include "base/cursor.h"
#include "base/ip_address.h"

#include <algorithm>
#include <optional>

namespace mailoscope::https
{

namespace
{

constexpr std::string_view Scheme = "https://";

/// RFC 3986 section 3.3 and 3.4: pchar, "/" and "?", with "%" only before two hexadecimal digits.
bool isTarget(std::string_view text)
{
    constexpr std::string_view Marks = "-._~!$&'()*+,;=:@/?";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') {
            if (i + 2 >= text.size() || !ascii::isHexDigit(text[i + 1]) || !ascii::isHexDigit(text[i + 2]))
                return false;
            i += 2;
        } else if (!ascii::isAlpha(c) && !ascii::isDigit(c) && Marks.find(c) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

/// RFC 3986 section 3.2.3; an empty port is the default one.
std::optional<std::uint16_t> portOf(std::string_view digits)
{
    if (digits.empty())
        return 443;
    std::uint32_t port = 0;
    for (const char c : digits) {
        if (!ascii::isDigit(c) || port > 65535)
            return std::nullopt;
        port = port * 10 + static_cast<std::uint32_t>(c - '0');
    }
    if (port == 0 || port > 65535)
        return std::nullopt;
    return static_cast<std::uint16_t>(port);
}

} // namespace

Result<Url, UrlError> Url::parse(std::string_view text)
{
    if (text.size() > MaxUrlOctets)
        return UrlError::TooLong;
    if (!ascii::startsWithIgnoringCase(text, Scheme))
        return UrlError::NotHttps;
    text.remove_prefix(Scheme.size());
    text = text.substr(0, text.find('#'));
    const std::size_t end = std::min(text.find_first_of("/?"), text.size());
    std::string_view authority = text.substr(0, end);
    const std::string_view target = text.substr(end);
    if (authority.find('@') != std::string_view::npos)
        return UrlError::HasUserInfo;
    if (authority.starts_with('['))
        return UrlError::NoHost;
    Url url;
    if (const std::size_t colon = authority.rfind(':'); colon != std::string_view::npos) {
        const auto port = portOf(authority.substr(colon + 1));
        if (!port)
            return UrlError::BadPort;
        url.port = *port;
        authority = authority.substr(0, colon);
    }
    if (authority.empty() || IpAddress::parse(authority))
        return UrlError::NoHost;
    const auto host = DomainName::parse(authority);
    const auto isHostCharacter = [](char c) { return ascii::isAlnum(c) || c == '-' || c == '.' || c == '_'; };
    if (!host || host->isRoot() || !std::all_of(authority.begin(), authority.end(), isHostCharacter))
        return UrlError::BadHost;
    if (!isTarget(target))
        return UrlError::BadCharacter;
    url.host = *host;
    if (target.starts_with('/'))
        url.target = target;
    else
        url.target = '/' + std::string(target);
    return url;
}

std::string Url::text() const
{
    std::string text = std::string(Scheme) + host.text();
    if (port != 443)
        text += ':' + std::to_string(port);
    return text + target;
}

} // namespace mailoscope::https
