// SPDX-License-Identifier: Apache-2.0
// How near an inspection comes to the limit: the longest chain of answers that depend on each other. A
// loopback server delays each answer by 20 ms; include trees are 1 to 10 levels deep, with three includes in
// each record.
#include "bench/tables.h"
#include "gather/dns_gatherer.h"
#include "gather/inspector.h"
#include "support/dns_only.h"
#include "support/test_dns_server.h"
#include "support/wait.h"

#include <QCoreApplication>
#include <QElapsedTimer>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;
using namespace std::chrono_literals;

namespace
{

constexpr auto Delay = 20ms;
constexpr int Repetitions = 5;

/// `depth` levels of includes below the root; the last record asks for an address, so that the chain is depth
/// + 2.
Zone treeOf(int depth)
{
    Zone zone;
    const auto node = [](int level) {
        return level == 0 ? "example.com" : 'l' + std::to_string(level) + ".example.com";
    };
    for (int level = 0; level <= depth; ++level) {
        std::string record = node(level) + " TXT \"v=spf1";
        for (const char *side : {"x", "y"}) {
            const std::string leaf = side + std::to_string(level) + ".example.com";
            zone.add(leaf + " TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
            record += " include:" + leaf;
        }
        record += level < depth ? " include:" + node(level + 1) : std::string(" a:host.example.com");
        zone.add(record + " -all\"");
    }
    zone.add("host.example.com A 192.0.2.1");
    zone.add("example.com MX 10 host.example.com");
    return zone;
}

double inspectionMs(const TestDnsServer &server)
{
    gather::GathererOptions options;
    options.resolvers = {server.resolver()};
    gather::Inspector inspector(tests::dnsOnly(options));
    QElapsedTimer timer;
    timer.start();
    inspector.start(name("example.com"));
    if (!waitFor([&] { return !inspector.isRunning(); }))
        return -1;
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    std::printf("Wall time of an inspection; each answer takes 20 ms; median of %d\n", Repetitions);
    Table table({"depth", "chain", "limit ms", "took ms", "ratio", "target 1.15"});
    for (int depth = 1; depth <= 10; ++depth) {
        const TestDnsServer server(treeOf(depth), [](const Received &, int) {
            return Treatment{Treatment::Kind::Answer, Delay};
        });
        std::vector<double> times;
        for (int i = 0; i < Repetitions; ++i)
            times.push_back(inspectionMs(server));
        const int chain = depth + 2;
        const double limit = chain * static_cast<double>(Delay.count());
        const double ratio = median(times) / limit;
        table.add({std::to_string(depth), std::to_string(chain), fixed(limit, 0), fixed(median(times), 1),
                   fixed(ratio, 3), ratio <= 1.15 ? "met" : "MISSED"});
    }
    table.print();
    return 0;
}
