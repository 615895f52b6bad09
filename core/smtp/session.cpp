// SPDX-License-Identifier: Apache-2.0
#include "smtp/session.h"

#include <array>
#include <utility>

namespace mailoscope::smtp
{

namespace
{

constexpr std::array<std::pair<Outcome, std::string_view>, 14> OutcomeNames = {
    {{Outcome::Encrypted, "encrypted"},
     {Outcome::NotOffered, "not-offered"},
     {Outcome::TlsRefused, "tls-refused"},
     {Outcome::TlsFailure, "tls-failure"},
     {Outcome::Rejected, "rejected"},
     {Outcome::NoAddress, "no-address"},
     {Outcome::LookUpFailed, "lookup-failed"},
     {Outcome::PrivateAddress, "private-address"},
     {Outcome::Refused, "refused"},
     {Outcome::Timeout, "timeout"},
     {Outcome::Interrupted, "interrupted"},
     {Outcome::Malformed, "malformed"},
     {Outcome::LeftOut, "left-out"},
     {Outcome::NotRecorded, "not-recorded"}}};

} // namespace

std::string toString(const Target &target)
{
    return target.host.text() + ':' + std::to_string(target.port);
}

std::string_view toString(Outcome outcome)
{
    for (const auto &[value, name] : OutcomeNames) {
        if (value == outcome)
            return name;
    }
    return {};
}

std::optional<Outcome> outcomeFromString(std::string_view text)
{
    for (const auto &[value, name] : OutcomeNames) {
        if (name == text)
            return value;
    }
    return std::nullopt;
}

} // namespace mailoscope::smtp
