// SPDX-License-Identifier: Apache-2.0
// How long the event loop is held up while a tree of 500 records grows over the wire, and what one evaluation
// of the whole tree costs.
#include "bench/tables.h"
#include "gather/dns_gatherer.h"
#include "gather/inspector.h"
#include "support/dns_only.h"
#include "support/test_dns_server.h"
#include "support/tick_watch.h"
#include "support/wait.h"

#include <QCoreApplication>
#include <QElapsedTimer>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr int Nodes = 500;
constexpr int Repetitions = 5;

/// A tree in which each record includes seven others, and has addresses and an `a` term of its own.
Zone tree()
{
    Zone zone;
    const auto node = [](int number) {
        return number == 0 ? std::string("example.com") : 'n' + std::to_string(number) + ".example.com";
    };
    for (int number = 0; number < Nodes; ++number) {
        std::string record = node(number) + " TXT \"v=spf1 a:h" + std::to_string(number) + ".example.com";
        for (int child = number * 7 + 1; child <= number * 7 + 7 && child < Nodes; ++child)
            record += " include:" + node(child);
        record += " ip4:10." + std::to_string(number / 250) + '.' + std::to_string(number % 250) + ".0/26";
        zone.add(record + " ~all\"");
        zone.add('h' + std::to_string(number) + ".example.com A 192.0.2." + std::to_string(number % 250));
    }
    zone.add("example.com MX 10 h1.example.com");
    return zone;
}

/// Answers come one by one within 1 to 40 ms.
Treatment scattered(const Received &received, int)
{
    Treatment treatment;
    treatment.delay = std::chrono::milliseconds(1 + std::hash<dns::Question>()(received.question) % 40);
    return treatment;
}

double evaluationMs(const gather::Inspector &inspector)
{
    spf::RecordCache records;
    std::vector<double> times;
    for (int i = 0; i < 101; ++i) {
        const double begin = cpuSeconds();
        const Report report = inspect(inspector.domain(), inspector.facts(), records, {}, {});
        times.push_back((cpuSeconds() - begin) * 1000);
    }
    return median(times);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const TestDnsServer server(tree(), scattered);
    Table table({"run", "nodes", "look-ups", "reports", "took ms", "longest turn ms", "of it busy ms",
                 "one evaluation ms"});
    for (int i = 0; i < Repetitions; ++i) {
        gather::GathererOptions options;
        options.resolvers = {server.resolver()};
        gather::Inspector inspector(tests::dnsOnly(options));
        int reports = 0;
        QObject::connect(&inspector, &gather::Inspector::reportReady, &inspector, [&] { ++reports; });
        QElapsedTimer timer;
        timer.start();
        inspector.start(name("example.com"));
        TickWatch watch;
        if (!waitFor([&] { return !inspector.isRunning(); }, 60000))
            std::printf("the inspection did not end\n");
        table.add({std::to_string(i + 1), std::to_string(inspector.report()->spf.nodeCount),
                   std::to_string(inspector.facts().size()), std::to_string(reports),
                   fixed(static_cast<double>(timer.elapsed()), 0), fixed(watch.longestGapMs()),
                   fixed(watch.longestCpuMs()), fixed(evaluationMs(inspector), 3)});
    }
    std::printf("A tree of %d records grows over the wire; targets: turn 16 ms, evaluation 2 ms\n", Nodes);
    table.print();
    return 0;
}
