// SPDX-License-Identifier: Apache-2.0
// The sets of addresses say for every address what check_host() says for it.
#include "fixes/change.h"
#include "spf/evaluate.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <random>
#include <set>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

/// Addresses at which something can change: both ends of every interval, and their neighbours outside.
std::vector<IpAddress> boundaryAddresses(const spf::Partition &partition)
{
    std::set<IpAddress> addresses;
    for (const AddressSet &set : partition.byResult) {
        for (const auto &interval : set.v4.intervals()) {
            addresses.insert(IpAddress::fromV4(interval.first));
            addresses.insert(IpAddress::fromV4(interval.last));
        }
        for (const auto &interval : set.v6.intervals()) {
            addresses.insert(IpAddress::fromV6(interval.first));
            addresses.insert(IpAddress::fromV6(interval.last));
        }
    }
    // ::ffff:0:0/96 is checked as IPv4 (RFC 7208 section 5), so no IPv6 set speaks of it.
    std::vector<IpAddress> result;
    for (const IpAddress &address : addresses) {
        if (address.unmapped() == address)
            result.push_back(address);
    }
    return result;
}

/// Records of random terms over a few names and networks, so that they overlap, nest, loop and pass the
/// limits.
Zone randomZone(std::mt19937 &random)
{
    const auto pick = [&random](int below) { return int(random() % unsigned(below)); };
    constexpr int Records = 6;
    const auto domain = [](int i) {
        return i == 0 ? std::string("example.com") : "r" + std::to_string(i) + ".example";
    };
    Zone zone;
    for (int host = 0; host < 4; ++host) {
        if (host % 2 == 0)
            zone.add("h" + std::to_string(host) + ".example A 192.0.2." + std::to_string(64 * host + 1));
        if (host > 0)
            zone.add("h" + std::to_string(host) + ".example AAAA 2001:db8::" + std::to_string(host));
        zone.add("m.example MX 10 h" + std::to_string(host) + ".example");
    }
    zone.fail({name("broken.example"), dns::RrType::TXT}, dns::Outcome::Timeout);
    for (int i = 0; i < Records; ++i) {
        std::string record = "v=spf1";
        for (int terms = pick(7); terms > 0; --terms) {
            record += ' ';
            record += std::string_view("+-~?")[std::size_t(pick(4))];
            switch (pick(9)) {
            case 0:
            case 1:
                record += "ip4:192.0.2." + std::to_string(pick(16) * 16) + '/' + std::to_string(24 + pick(9));
                break;
            case 2:
                record += "ip6:2001:db8::" + std::to_string(pick(10)) + '/' + std::to_string(120 + pick(9));
                break;
            case 3:
                record += "a:h" + std::to_string(pick(5)) + ".example/" + std::to_string(24 + pick(9));
                break;
            case 4:
                record += "mx:m.example//" + std::to_string(100 + pick(29));
                break;
            case 5:
                record += pick(8) == 0 ? "include:broken.example"
                                       : "exists:h" + std::to_string(pick(5)) + ".example";
                break;
            case 6:
                record += pick(6) == 0 ? "include:gone.example" : "a:gone.example";
                break;
            default:
                record += "include:" + domain(pick(Records));
                break;
            }
        }
        const int ending = pick(4);
        record += ending == 0   ? " -all"
                  : ending == 1 ? " ~all"
                  : ending == 2 ? " redirect=" + domain(pick(Records))
                                : "";
        zone.add(domain(i) + " TXT \"" + record + '"');
    }
    return zone;
}

/// A record of many networks with all qualifiers, and one more that it includes half way.
Zone zoneOfManyNetworks(std::mt19937 &random)
{
    const auto pick = [&random](int below) { return int(random() % unsigned(below)); };
    const auto networks = [&](int count) {
        std::string text;
        for (int i = 0; i < count; ++i) {
            text += ' ';
            text += std::string_view("+-~?")[std::size_t(pick(4))];
            text += "ip4:10.0." + std::to_string(pick(8)) + '.' + std::to_string(pick(64) * 4) + '/' +
                    std::to_string(25 + pick(8));
        }
        return text;
    };
    Zone zone;
    const auto publish = [&zone](const char *domain, const std::string &text) {
        zone.add({name(domain), dns::RrType::TXT, 300, std::get<dns::TxtData>(fixes::txtData(text))});
    };
    publish("example.com",
            "v=spf1" + networks(pick(150)) + " include:more.example" + networks(pick(150)) + " ~all");
    publish("more.example", "v=spf1" + networks(pick(100)) + " ?all");
    return zone;
}

} // namespace

class SpfAddresses : public QObject
{
    Q_OBJECT

private:
    static void compare(const Zone &zone, const DomainName &domain, const spf::Limits &limits, int &compared)
    {
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        spf::Options options;
        options.limits = limits;
        const auto evaluation =
            runToTheEnd([&] { return spf::evaluate(domain, facts, records, options); }, facts);
        if (evaluation.root.status == spf::NodeStatus::Loop || !evaluation.addresses.exact)
            return;
        for (const IpAddress &ip : boundaryAddresses(evaluation.addresses)) {
            spf::CheckArguments arguments;
            arguments.ip = ip;
            arguments.sender = "user@" + domain.text();
            const auto outcome = runToTheEnd(
                [&] { return spf::checkHost(arguments, facts, records, spf::Trace::Off, limits); }, facts);
            int found = 0;
            for (const AddressSet &set : evaluation.addresses.byResult)
                found += set.contains(ip) ? 1 : 0;
            QVERIFY2(evaluation.addresses.of(outcome.result).contains(ip) && found == 1,
                     (domain.text() + ' ' + ip.toString() + " is " +
                      std::string(spf::toString(outcome.result)) + ": " + evaluation.root.selection.text)
                         .c_str());
            ++compared;
        }
    }

private Q_SLOTS:
    void randomTreesAgreeWithCheckHostWithLimits()
    {
        std::mt19937 random(7208);
        int compared = 0;
        for (int i = 0; i < 400 && !QTest::currentTestFailed(); ++i)
            compare(randomZone(random), name("example.com"), {}, compared);
        QVERIFY(compared > 2000);
    }

    void randomTreesAgreeWithCheckHostWithTightLimits()
    {
        std::mt19937 random(46);
        int compared = 0;
        spf::Limits tight;
        tight.lookups = 3;
        tight.voidLookups = 0;
        for (int i = 0; i < 400 && !QTest::currentTestFailed(); ++i)
            compare(randomZone(random), name("example.com"), tight, compared);
        QVERIFY(compared > 2000);
    }

    void recordsOfManyNetworksAgreeWithCheckHost()
    {
        std::mt19937 random(4408);
        int compared = 0;
        for (int i = 0; i < 30 && !QTest::currentTestFailed(); ++i)
            compare(zoneOfManyNetworks(random), name("example.com"), {}, compared);
        QVERIFY(compared > 2000);
    }

    void realDomainsAgreeWithCheckHost()
    {
        Zone zone;
        zone.addMasterFileAt(MAILOSCOPE_TEST_DATA "/corpus/mit/spf-includes.zone");
        int compared = 0;
        int domains = 0;
        for (const DomainName &domain : zone.namesWith(dns::RrType::TXT)) {
            if (++domains % 7 != 0 || QTest::currentTestFailed())
                continue;
            compare(zone, domain, {}, compared);
        }
        QVERIFY(compared > 2000);
    }

    void addressesBehindTheLimitAreToldApart()
    {
        Zone zone;
        std::string record = "v=spf1 ip4:198.51.100.1";
        for (int i = 0; i < 10; ++i)
            record += " a:h.example";
        zone.add("example.com TXT \"" + record + " include:late.example -all\"");
        zone.add("h.example A 192.0.2.1");
        zone.add("h.example AAAA 2001:db8::1");
        zone.add("late.example TXT \"v=spf1 ip4:203.0.113.0/24 -all\"");
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        const auto evaluation =
            runToTheEnd([&] { return spf::evaluate(name("example.com"), facts, records); }, facts);
        QCOMPARE(countOf(evaluation.asWritten.of(spf::CheckResult::Pass).v4), std::uint64_t(258));
        QCOMPARE(countOf(evaluation.addresses.of(spf::CheckResult::Pass).v4), std::uint64_t(2));
        QCOMPARE(countOf(evaluation.addresses.of(spf::CheckResult::PermError).v4),
                 (std::uint64_t(1) << 32) - 2);
    }

    void eachTermIsCreditedWithWhatItDecides()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.0/24 include:i.example ip4:192.0.2.7 "
                 "-all\"");
        zone.add("i.example TXT \"v=spf1 ip4:192.0.2.128/25 ip4:198.51.100.0/24 -all\"");
        ScriptedFacts facts(zone, ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        const auto evaluation =
            runToTheEnd([&] { return spf::evaluate(name("example.com"), facts, records); }, facts);
        const auto counts = [&](std::size_t index) {
            const spf::TermNode &term = evaluation.root.terms.at(index);
            return std::pair(term.matches.v4, term.decides.v4);
        };
        QCOMPARE(counts(0), std::pair(std::uint64_t(128), std::uint64_t(128)));
        QCOMPARE(counts(1), std::pair(std::uint64_t(256), std::uint64_t(128)));
        QCOMPARE(counts(2), std::pair(std::uint64_t(384), std::uint64_t(256)));
        QCOMPARE(counts(3), std::pair(std::uint64_t(1), std::uint64_t(0)));
        QCOMPARE(counts(4).second, (std::uint64_t(1) << 32) - 512);
    }
};

QTEST_APPLESS_MAIN(SpfAddresses)
#include "tst_spf_addresses.moc"
