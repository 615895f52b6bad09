// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/ip_address.h"

#include <cstdint>
#include <functional>

namespace mailoscope::gather
{

/// Where a connection ends.
struct Endpoint {
    IpAddress address;
    std::uint16_t port = 0;
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// Leads a connection elsewhere than to the address that DNS gave. Facts and logs still name that address,
/// and whether it may be connected to at all is decided by it. Empty: connections go where they are meant to
/// go. So that whole domains can be inspected in a world of their own, on ports that need no rights.
using Route = std::function<Endpoint(const Endpoint &meant)>;

inline Endpoint routed(const Route &route, const Endpoint &meant)
{
    return route ? route(meant) : meant;
}

} // namespace mailoscope::gather
