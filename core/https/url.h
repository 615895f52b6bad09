// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mailoscope::https
{

enum class UrlError {
    NotHttps,     ///< another scheme, or none
    NoHost,       ///< no host name, or an address in its place
    BadHost,      ///< no domain name
    BadPort,      ///< not 1 to 65535
    HasUserInfo,  ///< `user@` before the host
    BadCharacter, ///< an octet that RFC 3986 does not allow there
    TooLong,      ///< over MaxUrlOctets
};

constexpr std::size_t MaxUrlOctets = 2048;

/// An absolute `https` URL (RFC 9110 section 4.2.2, RFC 3986): what is needed to fetch it. A fragment is
/// dropped.
struct Url {
    DomainName host;
    std::uint16_t port = 443;
    std::string target = "/"; ///< path and query as written, at least "/"

    static Result<Url, UrlError> parse(std::string_view text);
    /// `https://host/path`, with the port where it is not 443.
    std::string text() const;

    friend bool operator==(const Url &, const Url &) = default;
    friend auto operator<=>(const Url &, const Url &) = default;
};

} // namespace mailoscope::https

template <>
struct std::hash<mailoscope::https::Url> {
    std::size_t operator()(const mailoscope::https::Url &url) const
    {
        return std::hash<std::string>()(url.target) * 31 + std::hash<mailoscope::DomainName>()(url.host) +
               url.port;
    }
};
