// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.h"
#include "spf/sets/flatten.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <random>

/// Records that are compared, cleaned and flattened, and the model that asks check_host() for every single
/// address.
namespace mailoscope::tests::sets
{

inline const DomainName Domain = name("example.com");

/// Facts from a zone, evaluated to the end.
struct World {
    explicit World(const Zone &zone) : facts(zone, ScriptedFacts::Unscripted::IsNxDomain) {}
    explicit World(const char *masterFile) : World(zoneOf(masterFile)) {}

    static Zone zoneOf(const char *masterFile)
    {
        Zone zone;
        zone.addMasterFile(masterFile);
        return zone;
    }
    spf::Evaluation evaluate(const DomainName &domain = Domain)
    {
        return runToTheEnd([&] { return spf::evaluate(domain, facts, records); }, facts);
    }
    template <typename Work>
    auto toTheEnd(Work work)
    {
        return runToTheEnd(work, facts);
    }
    Result<spf::Rewriting, spf::Refusal> flatten(const spf::Evaluation &evaluation)
    {
        spf::FlattenOptions options;
        options.replaced = spf::replaceableIncludes(evaluation);
        return toTheEnd([&] { return spf::flatten(evaluation, facts, records, options); });
    }
    Result<spf::Rewriting, spf::Refusal> under(const spf::Evaluation &evaluation)
    {
        return toTheEnd([&] { return spf::bringUnderLimit(evaluation, facts, records); });
    }
    Result<spf::Rewriting, spf::Refusal> clean(const spf::Evaluation &evaluation)
    {
        return toTheEnd([&] { return spf::clean(evaluation, facts, records); });
    }

    ScriptedFacts facts;
    spf::RecordCache records;
};

inline QString afterOf(const Result<spf::Rewriting, spf::Refusal> &result)
{
    if (!result)
        return QStringLiteral("refused: %1").arg(static_cast<int>(result.error().why));
    return text(result->after);
}

inline std::vector<std::string> textsOf(const AddressSet &set)
{
    std::vector<std::string> texts;
    for (const Cidr &block : cidrsOf(set))
        texts.push_back(block.toString());
    return texts;
}

/// The addresses that random records speak of, and their neighbours outside.
inline std::vector<IpAddress> smallSpace()
{
    std::vector<IpAddress> all;
    for (std::uint32_t i = 0; i < 258; ++i)
        all.push_back(IpAddress::fromV4(0xc00001ff + i)); // 192.0.1.255 to 192.0.3.0
    const Uint128 v6 = IpAddress::parse("2001:db8::")->value();
    for (std::uint64_t i = 0; i < 34; ++i)
        all.push_back(IpAddress::fromV6(v6 - Uint128(1) + Uint128(i)));
    return all;
}

inline spf::CheckResult checked(const DomainName &domain, const IpAddress &ip, FactSource &facts,
                                spf::RecordCache &records, bool limited)
{
    spf::CheckArguments arguments;
    arguments.ip = ip;
    arguments.sender = "user@" + domain.text();
    arguments.helo = domain.text();
    spf::Limits limits;
    if (!limited) {
        limits.lookups = 100000;
        limits.voidLookups = 100000;
    }
    return spf::checkHost(arguments, facts, records, spf::Trace::Off, limits).result;
}

class Dice
{
public:
    explicit Dice(unsigned seed) : m_random(seed) {}
    int below(int count) { return static_cast<int>(m_random() % static_cast<unsigned>(count)); }
    bool once(int in) { return below(in) == 0; }

private:
    std::mt19937 m_random;
};

inline std::string randomNetwork(Dice &dice)
{
    if (dice.once(4))
        return "ip6:2001:db8::" + QString::number(dice.below(32), 16).toStdString() + '/' +
               std::to_string(123 + dice.below(6));
    return "ip4:192.0.2." + std::to_string(dice.below(256)) + '/' + std::to_string(24 + dice.below(9));
}

/// Terms over few names and networks, so that they overlap, repeat and nest.
inline std::string randomRecord(Dice &dice, int depth, const char *qualifiers)
{
    std::string record = "v=spf1";
    const int terms = 1 + dice.below(9);
    for (int i = 0; i < terms; ++i) {
        record += ' ';
        const char qualifier = qualifiers[dice.below(8)];
        if (qualifier != '+')
            record += qualifier;
        switch (dice.below(8)) {
        case 0:
            record += dice.once(2) ? "a:h1.example" : "a:h2.example/30";
            break;
        case 1:
            record += dice.once(2) ? "mx:m.example" : "a:gone.example";
            break;
        case 2:
        case 3:
            if (depth < 2) {
                record += "include:r" + std::to_string(2 * depth + 1 + dice.below(2)) + ".example";
                break;
            }
            [[fallthrough]];
        default:
            record += randomNetwork(dice);
            break;
        }
    }
    const int ending = dice.below(5);
    record += ending == 0   ? " -all"
              : ending == 1 ? " ~all"
              : ending == 2 ? " ?all"
              : ending == 3 ? " -all ip4:192.0.2.77 redirect=r1.example"
                            : "";
    if (ending == 4 && depth < 2)
        record += " redirect=r" + std::to_string(2 * depth + 1) + ".example";
    return record;
}

inline Zone randomZone(Dice &dice)
{
    Zone zone;
    zone.addMasterFile(R"(
        h1.example A 192.0.2.33
        h2.example A 192.0.2.200
        h2.example AAAA 2001:db8::7
        m.example MX 10 h2.example
    )");
    const char *qualifiers = dice.once(2) ? "++++++++" : "+++++-~?";
    zone.add("example.com TXT \"" + randomRecord(dice, 0, qualifiers) + '"');
    zone.add("other.example TXT \"" + randomRecord(dice, 0, qualifiers) + '"');
    for (int i = 1; i <= 4; ++i)
        zone.add("r" + std::to_string(i) + ".example TXT \"" + randomRecord(dice, (i + 1) / 2, "+++++-~?") +
                 '"');
    return zone;
}

/// Every address of the small space gets the result that the old record meant for it.
inline void verify(World &world, const spf::Rewriting &rewriting, bool isLimited)
{
    Overlay overlay(world.facts);
    std::vector<spf::Published> all = rewriting.chain;
    all.push_back({rewriting.domain, rewriting.after});
    for (const spf::Published &record : all) {
        dns::Answer answer = dns::emptyAnswer({record.name, dns::RrType::TXT}, dns::Outcome::Answered);
        answer.records.push_back({record.name, dns::RrType::TXT, 300, fixes::txtData(record.text)});
        overlay.put(std::move(answer));
        QVERIFY(record.text.size() + record.name.text().size() <= spf::SafeDataOctets ||
                record.text.size() <= rewriting.before.size());
    }
    for (const IpAddress &ip : smallSpace()) {
        const spf::CheckResult was = checked(rewriting.domain, ip, world.facts, world.records, false);
        const spf::CheckResult is = checked(rewriting.domain, ip, overlay, world.records, isLimited);
        if (was != is)
            qWarning("%s\n%s\n%s", rewriting.before.c_str(), rewriting.after.c_str(), ip.toString().c_str());
        QVERIFY(is == was);
    }
}

} // namespace mailoscope::tests::sets
