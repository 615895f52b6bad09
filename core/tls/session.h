// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/timestamp.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// What a TLS handshake showed, as a value: who made the connection judges nothing but trust, which hangs on
/// this machine's certificate authorities.
namespace mailoscope::tls
{

/// Why a certificate would be refused under RFC 5280 and RFC 9525.
enum class Fault {
    NameMismatch, ///< no subject alternative name fits the host
    Expired,
    NotYetValid,
    SelfSigned, ///< the leaf signed itself
    Untrusted,  ///< no chain to an authority that this machine trusts
    Other,      ///< see Session::detail
};
/// As in the JSON: "name-mismatch", "expired", "not-yet-valid", "self-signed", "untrusted", "other".
std::string_view toString(Fault fault);
std::optional<Fault> faultFromString(std::string_view text);

struct Session {
    std::string version;            ///< as registered: "TLSv1.3"; empty where the handshake did not end
    std::string cipher;             ///< such as "TLS_AES_256_GCM_SHA384"
    std::vector<std::string> chain; ///< DER, as the server sent it: the leaf first
    std::set<Fault> faults;
    std::string detail; ///< the library's words, as octets; empty where there is nothing to say
    Timestamp at{};     ///< when it was made: the clock by which its certificates are judged
    friend bool operator==(const Session &, const Session &) = default;
};

} // namespace mailoscope::tls
