// SPDX-License-Identifier: Apache-2.0
// Comparing two records of many networks, rewriting one, and how the time grows with their number.
#include "bench/tables.h"
#include "fixes/change.h"
#include "spf/sets/compare.h"
#include "spf/sets/flatten.h"
#include "support/scripted_facts.h"

#include <QCoreApplication>

#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr int Rounds = 9;

/// Networks all over the space, a quarter of them IPv6. Records that differ in `different` percent of them.
std::string record(int networks, int different)
{
    std::mt19937 random(20261121);
    std::mt19937 other(7);
    std::string text = "v=spf1";
    for (int i = 0; i < networks; ++i) {
        const auto value = random();
        const auto changed = other();
        const auto chosen = static_cast<int>(changed % 100) < different ? changed : value;
        if (i % 4 == 0) {
            char tail[40];
            std::snprintf(tail, sizeof tail, " ip6:2001:%x:%x::/%d", unsigned(chosen >> 16),
                          unsigned(chosen & 0xffff), int(40 + value % 25));
            text += tail;
        } else {
            text += " ip4:" + IpAddress::fromV4(static_cast<std::uint32_t>(chosen)).toString() + '/' +
                    std::to_string(16 + value % 17);
        }
    }
    return text + " ~all";
}

template <typename Work>
double milliseconds(Work work)
{
    std::vector<double> times;
    for (int i = 0; i < Rounds; ++i) {
        const double begin = cpuSeconds();
        work();
        times.push_back((cpuSeconds() - begin) * 1000);
    }
    return median(times);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Table table({"networks", "evaluate both, ms", "compare, ms", "moved ranges", "clean and prove, ms"});
    for (const int networks : {10000, 20000, 40000}) {
        Zone zone;
        zone.add({name("old.example"), dns::RrType::TXT, 300,
                  std::get<dns::TxtData>(fixes::txtData(record(networks, 0)))});
        zone.add({name("new.example"), dns::RrType::TXT, 300,
                  std::get<dns::TxtData>(fixes::txtData(record(networks, 20)))});
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        const auto evaluated = [&](const char *domain) {
            return runToTheEnd([&] { return spf::evaluate(name(domain), facts, records); }, facts);
        };
        const spf::Evaluation before = evaluated("old.example");
        const spf::Evaluation after = evaluated("new.example");
        const double evaluating = milliseconds([&] {
            spf::evaluate(name("old.example"), facts, records);
            spf::evaluate(name("new.example"), facts, records);
        });
        spf::Comparison comparison;
        const double comparing = milliseconds([&] { comparison = spf::compare(before, after); });
        const double begin = cpuSeconds();
        const auto cleaned = spf::clean(before, facts, records);
        const double cleaning = (cpuSeconds() - begin) * 1000;
        table.add({std::to_string(networks), fixed(evaluating), fixed(comparing),
                   std::to_string(cidrsOf(comparison.added).size() + cidrsOf(comparison.removed).size()),
                   cleaned ? fixed(cleaning, 0) : "refused after " + fixed(cleaning, 0)});
    }
    table.print();
    return 0;
}
