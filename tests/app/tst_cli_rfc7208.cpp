// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <QTest>

#include <algorithm>
#include <fstream>

/// The public suite for RFC 7208 through `spf-check --stdin` and a DNS server on loopback: each scenario is a
/// zone of its own and one run of the program, each case a line.
using namespace mailoscope::tests;
using Json = nlohmann::json;

namespace
{

Json toJson(const YAML::Node &node)
{
    if (node.IsMap()) {
        Json json = Json::object();
        for (const auto &member : node)
            json[member.first.as<std::string>()] = toJson(member.second);
        return json;
    }
    if (node.IsSequence()) {
        Json json = Json::array();
        for (const auto &element : node)
            json.push_back(toJson(element));
        return json;
    }
    return node.IsNull() ? Json() : Json(node.as<std::string>());
}

} // namespace

class TestCliRfc7208 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scenario_data();
    void scenario();
    void allCasesWereRun();

private:
    std::vector<Json> m_scenarios;
    int m_cases = 0;
    int m_explanations = 0;
};

namespace
{

Json stringsOf(const Json &value)
{
    return value.is_array() ? value : Json::array({value});
}

/// `- MX: [10, mail.example.com]` and its kin as Zone::addSuite() takes them.
Json entryOf(const std::string &type, const Json &value)
{
    if (type == "TXT")
        return {{"type", type}, {"strings", stringsOf(value)}};
    if (type == "MX")
        return {
            {"type", type}, {"preference", std::stoi(value.at(0).get<std::string>())}, {"host", value.at(1)}};
    return {{"type", type}, {"value", value}};
}

/// The suite was written for the record type SPF as well: where a name has no TXT entry of its own, its SPF
/// records are TXT records.
Json entriesOf(const Json &written)
{
    const auto isTxt = [](const Json &entry) { return entry.is_object() && entry.contains("TXT"); };
    const bool hasTxt = std::any_of(written.begin(), written.end(), isTxt);
    Json entries = Json::array();
    for (const Json &entry : written) {
        if (!entry.is_object()) {
            entries.push_back({{"type", "TIMEOUT"}});
            continue;
        }
        for (const auto &[type, value] : entry.items()) {
            if (value == "NONE")
                continue;
            if (type == "SPF" && !hasTxt)
                entries.push_back(entryOf("TXT", value));
            else if (type != "SPF")
                entries.push_back(entryOf(type, value));
        }
    }
    return entries;
}

Zone zoneOf(const Json &scenario)
{
    Json converted = Json::object();
    for (const auto &[owner, entries] : scenario.at("zonedata").items())
        converted[owner] = entriesOf(entries);
    Zone zone;
    zone.addSuite(converted);
    return zone;
}

std::string textOf(const Json &test, const char *member)
{
    const Json value = test.value(member, Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

} // namespace

void TestCliRfc7208::initTestCase()
{
    std::ifstream file(dataFile(QStringLiteral("spf/rfc7208-tests.yml")).toStdString());
    for (const YAML::Node &document : YAML::LoadAll(file))
        m_scenarios.push_back(toJson(document));
}

void TestCliRfc7208::scenario_data()
{
    QTest::addColumn<int>("number");
    for (std::size_t i = 0; i < m_scenarios.size(); ++i)
        QTest::newRow(m_scenarios[i].at("description").get<std::string>().c_str()) << static_cast<int>(i);
}

void TestCliRfc7208::scenario()
{
    QFETCH(int, number);
    const Json &scenario = m_scenarios[static_cast<std::size_t>(number)];
    TestDnsServer server(zoneOf(scenario));
    std::vector<std::string> names;
    QByteArray input;
    for (const auto &[name, test] : scenario.at("tests").items()) {
        names.push_back(name);
        const Json line = {{"ip", textOf(test, "host")},
                           {"sender", textOf(test, "mailfrom")},
                           {"helo", textOf(test, "helo")}};
        input += QByteArray::fromStdString(line.dump()) + '\n';
    }
    const CliRun run =
        runCli({QStringLiteral("spf-check"), QStringLiteral("--stdin"), QStringLiteral("--timeout"),
                QStringLiteral("600"), QStringLiteral("--resolver"), server.resolver().toString()},
               input);
    QCOMPARE(run.errText(), QString());
    QCOMPARE(run.exitCode, 0);
    const QList<QByteArray> lines = run.out.split('\n');
    QCOMPARE(lines.size(), static_cast<qsizetype>(names.size()) + 1); // the last one is empty
    for (std::size_t i = 0; i < names.size(); ++i) {
        const Json got = Json::parse(lines[static_cast<qsizetype>(i)].toStdString());
        const Json &test = scenario.at("tests").at(names[i]);
        const Json expected = test.at("result");
        const Json accepted = expected.is_array() ? expected : Json::array({expected});
        const bool isAccepted =
            std::find(accepted.begin(), accepted.end(), got.at("result")) != accepted.end();
        QVERIFY2(isAccepted, (names[i] + ": expected " + accepted.dump() + ", got " + got.dump()).c_str());
        ++m_cases;
        if (test.contains("explanation")) {
            // DEFAULT is the receiver's own text: the domain gave none.
            const std::string text = textOf(test, "explanation");
            QCOMPARE(QString::fromStdString(got.at("explanation").get<std::string>()),
                     QString::fromStdString(text == "DEFAULT" ? "" : text));
            ++m_explanations;
        }
    }
}

void TestCliRfc7208::allCasesWereRun()
{
    QCOMPARE(m_scenarios.size(), std::size_t(16));
    QCOMPARE(m_cases, 203);
    QCOMPARE(m_explanations, 22);
}

QTEST_GUILESS_MAIN(TestCliRfc7208)
#include "tst_cli_rfc7208.moc"
