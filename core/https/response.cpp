// SPDX-License-Identifier: Apache-2.0
#include "https/response.h"

#include <array>
#include <utility>

namespace mailoscope::https
{

namespace
{

constexpr std::array<std::pair<Outcome, std::string_view>, 10> OutcomeNames = {
    {{Outcome::Answered, "answered"},
     {Outcome::NoAddress, "no-address"},
     {Outcome::LookUpFailed, "lookup-failed"},
     {Outcome::PrivateAddress, "private-address"},
     {Outcome::Refused, "refused"},
     {Outcome::Timeout, "timeout"},
     {Outcome::TlsFailure, "tls-failure"},
     {Outcome::Malformed, "malformed"},
     {Outcome::LeftOut, "left-out"},
     {Outcome::NotRecorded, "not-recorded"}}};

} // namespace

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

} // namespace mailoscope::https
