// SPDX-License-Identifier: Apache-2.0
#include "tls/session.h"

#include <array>

namespace mailoscope::tls
{

namespace
{

constexpr std::array AllFaults = {Fault::NameMismatch, Fault::Expired,   Fault::NotYetValid,
                                  Fault::SelfSigned,   Fault::Untrusted, Fault::Other};

} // namespace

std::string_view toString(Fault fault)
{
    switch (fault) {
    case Fault::NameMismatch:
        return "name-mismatch";
    case Fault::Expired:
        return "expired";
    case Fault::NotYetValid:
        return "not-yet-valid";
    case Fault::SelfSigned:
        return "self-signed";
    case Fault::Untrusted:
        return "untrusted";
    case Fault::Other:
        return "other";
    }
    return "other";
}

std::optional<Fault> faultFromString(std::string_view text)
{
    for (const Fault fault : AllFaults) {
        if (toString(fault) == text)
            return fault;
    }
    return std::nullopt;
}

} // namespace mailoscope::tls
