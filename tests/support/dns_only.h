// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/dns_gatherer.h"
#include "gather/network_gatherer.h"

#include <memory>

namespace mailoscope::tests
{

/// The network with DNS alone: pages and mail hosts are left out.
inline std::shared_ptr<gather::Gatherer> dnsOnly(gather::GathererOptions options)
{
    return std::make_shared<gather::NetworkGatherer>(
        std::make_unique<gather::DnsGatherer>(std::move(options)), nullptr, nullptr);
}

} // namespace mailoscope::tests
