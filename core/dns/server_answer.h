// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

/// Questions to one of the servers that hold a zone, past all resolvers, and the answers to them, as values.
namespace mailoscope::dns
{

enum class Transport { Udp, Tcp };

/// Asked without recursion (RFC 1035 section 4.1.1): a server that holds the zone answers from it.
struct ServerQuestion {
    Question question;
    IpAddress server;
    Transport transport = Transport::Udp; ///< Udp: over TCP where the answer is truncated

    friend bool operator==(const ServerQuestion &, const ServerQuestion &) = default;
    friend auto operator<=>(const ServerQuestion &, const ServerQuestion &) = default;
};

/// `TXT example.com @192.0.2.53`, with ` tcp` at the end where that was asked for.
std::string toString(const ServerQuestion &question);
/// The inverse; nothing for another text.
std::optional<ServerQuestion> serverQuestionFromString(std::string_view text);

struct ServerAnswer {
    ServerQuestion question;
    Outcome outcome = Outcome::Timeout;
    bool isAuthoritative = false; ///< the AA bit (RFC 1035 section 4.1.1)
    std::vector<ResourceRecord> aliases;
    std::vector<ResourceRecord> records; ///< those of the type that was asked for, in the order received
    friend bool operator==(const ServerAnswer &, const ServerAnswer &) = default;
};

/// An answer without data, for failures.
ServerAnswer emptyServerAnswer(const ServerQuestion &question, Outcome outcome);

} // namespace mailoscope::dns

template <>
struct std::hash<mailoscope::dns::ServerQuestion> {
    std::size_t operator()(const mailoscope::dns::ServerQuestion &key) const
    {
        return (std::hash<mailoscope::dns::Question>()(key.question) * 31 +
                std::hash<std::string>()(key.server.toString())) *
                   2 +
               static_cast<std::size_t>(key.transport);
    }
};
