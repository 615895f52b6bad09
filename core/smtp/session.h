// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/ip_address.h"
#include "tls/session.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a mail host showed when it was asked for STARTTLS, as a value. Nothing is ever sent but EHLO,
/// STARTTLS and QUIT.
namespace mailoscope::smtp
{

/// Whom a session is held with: a host that takes mail from other servers.
struct Target {
    DomainName host;
    std::uint16_t port = 25;
    friend bool operator==(const Target &, const Target &) = default;
    friend auto operator<=>(const Target &, const Target &) = default;
};
/// `mx.example.com:25`
std::string toString(const Target &target);

/// How far a session came.
enum class Outcome {
    Encrypted,      ///< STARTTLS led to a handshake; Session::tls tells what of the certificate is wrong
    NotOffered,     ///< the host answered EHLO without STARTTLS
    TlsRefused,     ///< offered, but the command was answered with an error
    TlsFailure,     ///< the handshake failed
    Rejected,       ///< the host greeted with an error, or answered none of our greetings
    NoAddress,      ///< the host has no address
    LookUpFailed,   ///< its addresses could not be looked up
    PrivateAddress, ///< only loopback, private or link-local addresses: no connection was made
    Refused,        ///< no connection: refused or unreachable
    Timeout,        ///< no connection in time: often our own network blocks port 25
    Interrupted,    ///< the host hung up, or fell silent, once connected
    Malformed,      ///< what came is no SMTP
    LeftOut,        ///< the user wants no SMTP
    NotRecorded,    ///< the snapshot does not hold it
};
/// As in the JSON: "encrypted", "not-offered", "tls-refused", "tls-failure", "rejected", "no-address",
/// "lookup-failed", "private-address", "refused", "timeout", "interrupted", "malformed", "left-out",
/// "not-recorded".
std::string_view toString(Outcome outcome);
std::optional<Outcome> outcomeFromString(std::string_view text);

/// True where the host was not reached, so that nothing can be said about it.
constexpr bool isUnknown(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Encrypted:
    case Outcome::NotOffered:
    case Outcome::TlsRefused:
    case Outcome::TlsFailure:
    case Outcome::Rejected:
    case Outcome::NoAddress:
    case Outcome::PrivateAddress:
    case Outcome::Interrupted:
    case Outcome::Malformed:
        return false;
    case Outcome::LookUpFailed:
    case Outcome::Refused:
    case Outcome::Timeout:
    case Outcome::LeftOut:
    case Outcome::NotRecorded:
        return true;
    }
    return true;
}

struct Session {
    Target target;
    Outcome outcome = Outcome::Timeout;
    std::optional<IpAddress> address;           ///< whom we were connected to
    std::string greeting;                       ///< the text behind 220 (RFC 5321 section 4.2), as octets
    std::chrono::milliseconds greetingDelay{0}; ///< from the connection to the greeting
    std::vector<std::string> extensions; ///< the lines of the reply to EHLO behind the first, as octets
    std::vector<std::string> extensionsUnderTls; ///< the same after the handshake
    std::optional<tls::Session> tls;
    std::string detail; ///< the reply or the library's words on a failure, as octets

    friend bool operator==(const Session &, const Session &) = default;
};

} // namespace mailoscope::smtp

template <>
struct std::hash<mailoscope::smtp::Target> {
    std::size_t operator()(const mailoscope::smtp::Target &target) const
    {
        return std::hash<mailoscope::DomainName>()(target.host) + target.port;
    }
};
