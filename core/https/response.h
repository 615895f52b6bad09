// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"
#include "https/url.h"
#include "tls/session.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The answer to one HTTPS GET, as a value. No redirect is ever followed.
namespace mailoscope::https
{

/// How a fetch ended. Each is told apart, because each means something else.
enum class Outcome {
    Answered,       ///< a response came, whatever its status
    NoAddress,      ///< the host has no address, or does not exist
    LookUpFailed,   ///< its addresses could not be looked up
    PrivateAddress, ///< the host points at a loopback, private or link-local address: no connection was made
    Refused,        ///< no connection: refused or unreachable
    Timeout,        ///< no whole response in time
    TlsFailure,     ///< the handshake failed, or the certificate was not acceptable (Response::tls tells why)
    Malformed,      ///< what came is no HTTP response
    LeftOut,        ///< the user wants no HTTPS
    NotRecorded,    ///< the snapshot does not hold it
};
/// As in the JSON: "answered", "no-address", "lookup-failed", "private-address", "refused", "timeout",
/// "tls-failure", "malformed", "left-out", "not-recorded".
std::string_view toString(Outcome outcome);
std::optional<Outcome> outcomeFromString(std::string_view text);

/// True where nothing can be said about the host: it was not asked, or not to be reached in time.
constexpr bool isUnknown(Outcome outcome)
{
    return outcome == Outcome::LeftOut || outcome == Outcome::NotRecorded || outcome == Outcome::LookUpFailed;
}

/// No more of a body than this is read.
constexpr std::size_t MaxBodyOctets = 1U << 20U;

struct Response {
    Url url;
    Outcome outcome = Outcome::Timeout;
    int status = 0;          ///< RFC 9110 section 15; 0 where no response came
    std::string contentType; ///< the field's value, as octets; empty where there is none
    std::string contentEncoding;
    std::string location;             ///< where a redirect points
    std::string body;                 ///< the octets, transfer coding undone
    bool truncated = false;           ///< the body was longer than MaxBodyOctets
    std::optional<IpAddress> address; ///< whom we were connected to
    std::optional<tls::Session> tls;
    std::string detail; ///< the library's words on a failure, as octets

    friend bool operator==(const Response &, const Response &) = default;
};

} // namespace mailoscope::https
