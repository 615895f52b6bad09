// SPDX-License-Identifier: Apache-2.0
// check_host() against the public suite for RFC 7208, and where the RFC leaves it open.
#include "report/explain.h"
#include "spf/check_host.h"
#include "support/rows.h"
#include "support/scripted_facts.h"
#include "support/spf_suite.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

namespace
{

ScriptedFacts factsOf(Zone zone)
{
    return ScriptedFacts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
}

spf::CheckOutcome check(const spf::CheckArguments &arguments, ScriptedFacts &facts,
                        spf::Trace trace = spf::Trace::Off)
{
    spf::RecordCache records;
    return runToTheEnd([&] { return spf::checkHost(arguments, facts, records, trace); }, facts);
}

spf::CheckArguments argumentsOf(const Json &row)
{
    spf::CheckArguments arguments;
    arguments.ip = *IpAddress::parse(row["ip"].get<std::string>());
    arguments.sender = row.value("sender", "user@example.com");
    arguments.helo = row.value("helo", "mail.example.com");
    return arguments;
}

Zone zoneOf(const Json &row)
{
    Zone zone;
    for (const Json &line : row["zone"])
        zone.add(line.get<std::string>());
    const Json failures = row.value("fail", Json::object());
    for (const auto &[question, outcome] : failures.items()) {
        const std::size_t blank = question.find(' ');
        zone.fail({name(question.substr(blank + 1)), *dns::rrTypeFromString(question.substr(0, blank))},
                  *dns::outcomeFromString(outcome.get<std::string>()));
    }
    return zone;
}

} // namespace

Q_DECLARE_METATYPE(nlohmann::ordered_json)
Q_DECLARE_METATYPE(mailoscope::tests::SuiteCase)

class CheckHost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_scenarios = spfSuite(); }

    void thePublicSuiteHasAllItsCases()
    {
        std::size_t cases = 0;
        for (const SuiteScenario &scenario : m_scenarios)
            cases += scenario.cases.size();
        QCOMPARE(m_scenarios.size(), std::size_t(16));
        QCOMPARE(cases, std::size_t(203));
    }

    void publicSuite_data()
    {
        QTest::addColumn<int>("scenario");
        QTest::addColumn<SuiteCase>("given");
        for (std::size_t i = 0; i < m_scenarios.size(); ++i) {
            for (const SuiteCase &given : m_scenarios[i].cases)
                QTest::addRow("%s: %s", qPrintable(m_scenarios[i].description), qPrintable(given.id))
                    << int(i) << given;
        }
    }
    void publicSuite()
    {
        QFETCH(int, scenario);
        QFETCH(SuiteCase, given);
        ScriptedFacts facts = factsOf(m_scenarios[std::size_t(scenario)].zone);
        const spf::CheckOutcome outcome = check(given.arguments, facts);
        QVERIFY(!outcome.pending);
        QCOMPARE(text(spf::toString(outcome.result)), given.result);
        if (given.explanation)
            QCOMPARE(text(outcome.explanation), *given.explanation);
    }

    /// With a trace, without one, and evaluated again over the same facts: the same outcome.
    void theTraceChangesNothing_data() { publicSuite_data(); }
    void theTraceChangesNothing()
    {
        QFETCH(int, scenario);
        QFETCH(SuiteCase, given);
        ScriptedFacts facts = factsOf(m_scenarios[std::size_t(scenario)].zone);
        const spf::CheckOutcome plain = check(given.arguments, facts);
        const spf::CheckOutcome traced = check(given.arguments, facts, spf::Trace::On);
        QCOMPARE(text(spf::toString(traced.result)), text(spf::toString(plain.result)));
        QCOMPARE(traced.cause, plain.cause);
        QCOMPARE(traced.explanation, plain.explanation);
        QCOMPARE(traced.lookups, plain.lookups);
        QCOMPARE(traced.voidLookups, plain.voidLookups);
        QCOMPARE(traced.matched, plain.matched);
        QVERIFY(plain.steps.empty());
        QVERIFY(!traced.steps.empty());
        QCOMPARE(traced.steps.back().kind, spf::Step::Kind::End);
        for (const spf::Step &step : traced.steps)
            QVERIFY(!sentenceOf(step, given.arguments).empty());
    }

    void whereTheStandardLeavesItOpen_data()
    {
        QTest::addColumn<Json>("row");
        for (const Json &row : dataFile("spf/decisions.json"))
            QTest::addRow("%s", row["name"].get<std::string>().c_str()) << row;
    }
    void whereTheStandardLeavesItOpen()
    {
        QFETCH(Json, row);
        ScriptedFacts facts = factsOf(zoneOf(row));
        const spf::CheckOutcome outcome = check(argumentsOf(row), facts);
        QCOMPARE(text(spf::toString(outcome.result)), text(row["result"].get<std::string>()));
        if (row.contains("lookups"))
            QCOMPARE(outcome.lookups, row["lookups"].get<int>());
        if (row.contains("void_lookups"))
            QCOMPARE(outcome.voidLookups, row["void_lookups"].get<int>());
        if (row.contains("explanation"))
            QCOMPARE(text(outcome.explanation), text(row["explanation"].get<std::string>()));
        if (row.contains("mechanism"))
            QCOMPARE(text(outcome.mechanism()), text(row["mechanism"].get<std::string>()));
    }

    void everythingThatCanBeNamedIsAskedAtOnce()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 a:h.example.net mx include:i.example.net exists:e.example.net ptr "
                 "redirect=r.example.net\"");
        zone.add("example.com MX 10 m.example.net");
        zone.add("h.example.net A 198.51.100.1");
        zone.add("m.example.net A 198.51.100.2");
        zone.add("i.example.net TXT \"v=spf1 a:deep.example.net -all\"");
        zone.add("deep.example.net A 198.51.100.3");
        zone.add("r.example.net TXT \"v=spf1 -all\"");
        ScriptedFacts facts = factsOf(zone);
        spf::CheckArguments arguments;
        arguments.ip = *IpAddress::parse("192.0.2.1");
        arguments.sender = "user@example.com";
        check(arguments, facts);
        QCOMPARE(facts.asked().at(0), std::vector<std::string>{"TXT example.com"});
        const std::vector<std::string> second = {"A e.example.net",   "A h.example.net",
                                                 "MX example.com",    "PTR 1.2.0.192.in-addr.arpa",
                                                 "TXT i.example.net", "TXT r.example.net"};
        QCOMPARE(facts.asked().at(1), second);
        const std::vector<std::string> third = {"A deep.example.net", "A m.example.net"};
        QCOMPARE(facts.asked().at(2), third);
    }

    void type99IsNeverAsked()
    {
        for (const SuiteScenario &scenario : m_scenarios) {
            ScriptedFacts facts = factsOf(scenario.zone);
            for (const SuiteCase &given : scenario.cases)
                check(given.arguments, facts);
            for (const auto &round : facts.asked()) {
                for (const std::string &question : round)
                    QVERIFY2(!question.starts_with("SPF "), question.c_str());
            }
        }
    }

    void theWalkTellsWhereItIsAndWhatIsSpent()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 a:h.example.net include:i.example.net -all\"");
        zone.add("h.example.net A 198.51.100.1");
        zone.add("i.example.net TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
        ScriptedFacts facts = factsOf(zone);
        spf::CheckArguments arguments;
        arguments.ip = *IpAddress::parse("192.0.2.1");
        arguments.sender = "user@example.com";
        const spf::CheckOutcome outcome = check(arguments, facts, spf::Trace::On);
        QStringList walked;
        for (const spf::Step &step : outcome.steps) {
            QString place;
            for (const std::size_t index : step.path)
                place += QString::number(index) + QLatin1Char('/');
            walked << place + text(step.text) +
                          QStringLiteral(" %1:%2").arg(step.lookups).arg(step.voidLookups);
        }
        const QStringList expected = {
            QStringLiteral("v=spf1 a:h.example.net include:i.example.net -all 0:0"),
            QStringLiteral("a:h.example.net 1:0"),
            QStringLiteral("include:i.example.net 2:0"),
            QStringLiteral("1/v=spf1 ip4:192.0.2.0/24 -all 2:0"),
            QStringLiteral("1/ip4:192.0.2.0/24 2:0"),
            QStringLiteral("include:i.example.net 2:0"),
            QStringLiteral("ip4:192.0.2.0/24 2:0"),
        };
        QCOMPARE(walked, expected);
        const std::vector<std::string> matched = {"include:i.example.net", "ip4:192.0.2.0/24"};
        QCOMPARE(outcome.matched, matched);
        QCOMPARE(text(sentenceOf(outcome.steps.back(), arguments)),
                 QStringLiteral("Result: pass, by ip4:192.0.2.0/24."));
    }

private:
    std::vector<SuiteScenario> m_scenarios;
};

QTEST_APPLESS_MAIN(CheckHost)
#include "tst_spf_check_host.moc"
