// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/dns_gatherer.h"
#include "support/test_dns_server.h"

/// What the tests of the gatherer and of its channels share: a little zone and how it is asked.
namespace mailoscope::tests
{

inline Zone smallZone()
{
    Zone zone;
    zone.add("example.com 300 TXT \"v=spf1 -all\"");
    zone.add("example.com 300 MX 10 mx.example.com");
    zone.add("mx.example.com 300 A 192.0.2.1");
    zone.add("alias.example.com 40 CNAME example.com");
    zone.add("odd.example.com 300 TXT \"a\\000b\\255\" \"\" \"c\"");
    for (int i = 0; i < 40; ++i)
        zone.add("long.example.com 300 TXT \"string " + std::to_string(i) + ' ' + std::string(90, 'x') + '"');
    for (int i = 0; i < 300; ++i)
        zone.add("n" + std::to_string(i) + ".example.com 300 A 192.0.2.1");
    return zone;
}

inline gather::GathererOptions optionsFor(std::vector<gather::Resolver> resolvers)
{
    gather::GathererOptions options;
    options.resolvers = std::move(resolvers);
    options.patience = std::chrono::milliseconds(150);
    options.timeout = std::chrono::milliseconds(900);
    return options;
}

inline TestDnsServer::Script always(Treatment::Kind kind)
{
    return [kind](const Received &, int) { return Treatment{kind}; };
}

inline dns::Question nthKey(int n)
{
    return {name("n" + std::to_string(n) + ".example.com"), dns::RrType::A};
}

} // namespace mailoscope::tests
