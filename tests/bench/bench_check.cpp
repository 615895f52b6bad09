// SPDX-License-Identifier: Apache-2.0
// check_host() with warm facts on one core: the runner beside libspf2 (where it is installed) on the same
// recorded domains in the same run, and how the time grows with the number of checks.
#include "bench/tables.h"
#include "gather/check_runner.h"
#include "report/explain.h"
#include "support/corpus.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#ifdef HAVE_SPF2
#include "bench/spf2_loop.h"
#endif

#include <QCoreApplication>

#include <cstdlib>
#include <map>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr std::size_t Checks = 20000;

struct Client {
    std::string ip;
    std::string sender;
    std::string helo;
};

/// Every domain of the corpus in turn, with clients that some records name and others do not.
std::vector<Client> clients(std::size_t count)
{
    static const std::vector<DomainName> domains = corpusDomains();
    static const std::vector<std::string> addresses = {"40.92.1.1", "203.0.113.9", "104.47.2.36",
                                                       "80.74.142.120"};
    std::vector<Client> all;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string domain = domains[i % domains.size()].text();
        all.push_back(
            {addresses[(i / domains.size() + i) % addresses.size()], "user@" + domain, "mail." + domain});
    }
    return all;
}

spf::CheckArguments argumentsOf(const Client &client)
{
    spf::CheckArguments arguments;
    arguments.ip = IpAddress::parse(client.ip).value();
    arguments.sender = client.sender;
    arguments.helo = client.helo;
    return arguments;
}

using Results = std::vector<std::string>;

class Ours
{
public:
    Ours()
        : m_runner(std::make_shared<ZoneGatherer>(corpusZone()),
                   [this](quint64, const spf::CheckOutcome *outcome) {
                       m_results.emplace_back(spf::toString(outcome->result));
                   })
    {
    }
    Results run(const std::vector<Client> &all)
    {
        m_results.clear();
        m_results.reserve(all.size());
        for (const Client &client : all)
            m_runner.add(argumentsOf(client));
        if (!waitFor([this] { return !m_runner.isBusy(); }, 600000))
            std::printf("the checks did not end\n");
        return m_results;
    }

private:
    Results m_results;
    gather::CheckRunner m_runner;
};

#ifdef HAVE_SPF2
/// Why ours came to its result.
std::string reasonOf(const Client &client)
{
    std::string reason;
    gather::CheckRunner runner(
        std::make_shared<ZoneGatherer>(corpusZone()), [&](quint64, const spf::CheckOutcome *outcome) {
            reason = sentenceOf(outcome->cause) + ' ' + std::to_string(outcome->lookups) + " look-ups, " +
                     std::to_string(outcome->voidLookups) + " void";
        });
    runner.add(argumentsOf(client));
    return waitFor([&] { return !runner.isBusy(); }) ? reason : std::string();
}

/// How often the two say the same: a comparison of speed is worth something only between equals.
void compare(const std::vector<Client> &all, const Results &ours, const Results &theirs)
{
    std::map<std::string, int> pairs;
    std::map<std::string, int> reasons;
    int same = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        same += ours[i] == theirs[i] ? 1 : 0;
        if (ours[i] == theirs[i])
            continue;
        const std::string pair = ours[i] + " / " + theirs[i];
        const std::string reason = pair + ": " + reasonOf(all[i]);
        ++pairs[pair];
        if (++reasons[reason] == 1)
            std::printf("%s: %s from %s\n", reason.c_str(), all[i].sender.c_str(), all[i].ip.c_str());
    }
    std::printf("same result: %d of %zu; different (ours / libspf2):\n", same, ours.size());
    for (const auto &[pair, count] : pairs)
        std::printf("  %6d  %s\n", count, pair.c_str());
    std::printf("for these reasons:\n");
    for (const auto &[reason, count] : reasons)
        std::printf("  %6d  %s\n", count, reason.c_str());
    std::printf("\n");
}
#endif

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const std::vector<Client> all = clients(Checks);
    Ours ours;
    const Results warmUp = ours.run(all);
    for (int i = argc > 1 ? std::atoi(argv[1]) : 0; i > 0; --i)
        ours.run(all);
    if (argc > 1)
        return 0;

    double begin = cpuSeconds();
    const Results results = ours.run(all);
    const double oursSeconds = cpuSeconds() - begin;
    std::printf("Warm checks on one core, %zu over %zu recorded domains\n", Checks, corpusDomains().size());
    Table table({"", "checks/s", "us a check", "times as fast"});
    const auto row = [&](const char *title, double seconds, double times) {
        table.add({title, fixed(static_cast<double>(Checks) / seconds, 0),
                   fixed(seconds * 1e6 / static_cast<double>(Checks), 3), fixed(times, 1)});
    };
#ifdef HAVE_SPF2
    Spf2Loop loop(*corpusZone());
    Results theirs;
    for (int pass = 0; pass < 2; ++pass) { // the first makes the answers
        theirs.clear();
        begin = cpuSeconds();
        for (const Client &client : all)
            theirs.push_back(loop.check(client.ip, client.sender, client.helo));
    }
    const double theirSeconds = cpuSeconds() - begin;
    row("libspf2", theirSeconds, 1.0);
    row("ours", oursSeconds, theirSeconds / oursSeconds);
    table.print();
    compare(all, results, theirs);
#else
    row("ours", oursSeconds, 1.0);
    table.print();
    std::printf("libspf2 is not installed: nothing to compare with\n\n");
#endif

    Table growth({"checks", "seconds", "us a check"});
    for (const std::size_t count : {Checks, 2 * Checks, 4 * Checks}) {
        const std::vector<Client> more = clients(count);
        begin = cpuSeconds();
        ours.run(more);
        const double seconds = cpuSeconds() - begin;
        growth.add(
            {std::to_string(count), fixed(seconds, 3), fixed(seconds * 1e6 / static_cast<double>(count), 3)});
    }
    growth.print();
    return warmUp == results ? 0 : 1;
}
