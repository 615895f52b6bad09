// SPDX-License-Identifier: Apache-2.0
// What one keystroke in an edited record costs: the draft read, laid over the facts, the whole domain
// evaluated again and the two reports compared. A domain with everything published and an SPF tree of n, 2n
// and 4n records.
#include "bench/tables.h"
#include "fixes/edits.h"
#include "fixes/effect.h"
#include "gather/inspector.h"
#include "support/small_internet.h"
#include "support/wait.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr double TargetMs = 5;
constexpr int Children = 4; ///< of each record

/// The text is written after the record's version, letter by letter.
struct Typed {
    const char *what;
    const char *record; ///< the name it stands at, below the domain
    const char *begin;  ///< of the record's text
    const char *text;
};
constexpr Typed All[] = {
    {"SPF, an address", "", "v=spf1", " ip4:198.51.100.0/24"},
    {"SPF, an include", "", "v=spf1", " include:_spf.sender.example"},
    {"SPF, a name far below", "n5", "v=spf1", " a:out.sender.example"},
    {"DMARC, a report address", "_dmarc", "v=DMARC1;", " ruf=mailto:forensics@reports.example;"},
};

std::string domainOf(int nodes)
{
    return "n" + std::to_string(nodes) + ".example";
}

std::string nodeName(int number)
{
    return number == 0 ? std::string("%") : 'n' + std::to_string(number) + ".%";
}

nlohmann::ordered_json treeOf(int nodes)
{
    nlohmann::ordered_json zone = {
        "!standard",
        "!without TXT %",
        "s2._domainkey.% TXT \"v=DKIM1; k=ed25519; p={ed25519}\"",
        "selector1._domainkey.% TXT \"v=DKIM1; k=rsa; p={rsa2048}\"",
        "default._bimi.% TXT \"v=BIMI1; l=https://brand.%/logo.svg; a=https://brand.%/mark.pem\"",
        "brand.% A 192.31.196.1"};
    for (int number = 0; number < nodes; ++number) {
        const std::string own = std::to_string(number);
        std::string record = nodeName(number) + " TXT \"v=spf1 a:h" + own + ".%";
        for (int child = number * Children + 1; child <= number * Children + Children && child < nodes;
             ++child)
            record += " include:" + nodeName(child);
        for (int block = 0; block < 4; ++block)
            record += " ip4:10." + own + '.' + std::to_string(block * 16) + ".0/22";
        record += " ip6:2001:db8:" + own + "::/48 ~all\"";
        zone.push_back(record);
        zone.push_back('h' + own + ".% A 192.175.48." + std::to_string(number % 250));
    }
    return {{"domain", domainOf(nodes)},
            {"zone", std::move(zone)},
            {"pages",
             {{"brand.%/logo.svg", {{"type", "image/svg+xml"}, {"file", "bimi/corpus/xometry_cmc.logo.svg"}}},
              {"brand.%/mark.pem",
               {{"type", "application/pem-certificate-chain"}, {"file", "bimi/corpus/xometry_cmc.pem"}}}}}};
}

std::string textAt(const FactStore &facts, const DomainName &name, const std::string &begin)
{
    const FactPointer *fact = facts.find(name, dns::RrType::TXT);
    if (!fact)
        return {};
    for (const dns::TxtData *data : dns::dataOf<dns::TxtData>((*fact)->dns())) {
        if (data->joined().starts_with(begin))
            return data->joined();
    }
    return {};
}

/// Milliseconds of processor time, keystroke by keystroke.
std::vector<double> typing(const Typed &typed, const gather::Inspector &inspector,
                           const InspectOptions &options)
{
    const DomainName &domain = inspector.domain();
    const DomainName at = *typed.record ? *domain.prefixed(typed.record) : domain;
    const std::string before = textAt(inspector.facts(), at, typed.begin);
    if (before.empty()) {
        std::printf("no record at %s\n", at.text().c_str());
        return {};
    }
    spf::RecordCache records;
    fixes::EditedRecords draft;
    draft.domain = domain;
    draft.edits.push_back({at, dns::RrType::TXT, before, before});
    const std::string begin(typed.begin);
    const std::string text(typed.text);
    const Report &reality = *inspector.report();
    std::vector<double> times;
    std::size_t came = 0;
    for (int round = 0; round < 3; ++round) {
        for (std::size_t length = 1; length <= text.size(); ++length) {
            const double start = cpuSeconds();
            draft.edits.front().after = begin + text.substr(0, length) + before.substr(begin.size());
            const Report report = inspect(domain, fixes::published(draft.changes(), inspector.facts()),
                                          records, {reality.inspectedAt, reality.resolvers}, options);
            came += fixes::effectOf(reality, report).come.size();
            times.push_back((cpuSeconds() - start) * 1000);
        }
    }
    if (came == 0)
        std::printf("%s: nothing ever changed\n", typed.what);
    return times;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    SmallInternet world("internet");
    const std::vector<int> sizes = {60, 120, 240};
    for (const int nodes : sizes)
        world.add(treeOf(nodes));
    world.start();
    Table table(
        {"records", "facts", "findings", "typed", "keystrokes", "median ms", "longest ms", "target 5 ms"});
    for (const int nodes : sizes) {
        gather::Inspector inspector(world.gatherer({}));
        InspectOptions options;
        options.fixes = false;
        options.selectors.user = {"s1", "s2", "selector1", "google"};
        inspector.start(name(domainOf(nodes)), options);
        if (!waitFor([&] { return !inspector.isRunning(); }, 60000))
            return 1;
        for (const Typed &typed : All) {
            const std::vector<double> times = typing(typed, inspector, options);
            if (times.empty())
                return 1;
            const double longest = *std::max_element(times.begin(), times.end());
            table.add({std::to_string(inspector.report()->spf.nodeCount),
                       std::to_string(inspector.facts().size()),
                       std::to_string(inspector.report()->findings.size()), typed.what,
                       std::to_string(times.size()), fixed(median(times)), fixed(longest),
                       longest < TargetMs ? "met" : "MISSED"});
        }
    }
    table.print();
    return 0;
}
