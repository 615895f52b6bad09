// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "spf/sets/flatten.h"
#include "support/golden.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

/// `spf-compare` and `spf-flatten`.
using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::json;

namespace
{

constexpr const char *World = R"(
example.com       TXT "v=spf1 a mx ip4:192.0.2.0/25 ip4:192.0.2.128/25 include:_spf.google.com include:crm.example include:vendor.example ~all"
example.com       A 203.0.113.1
example.com       AAAA 2001:db8::1
example.com       MX 10 example.com
_spf.google.com   TXT "v=spf1 include:_netblocks.google.com include:_netblocks2.google.com ~all"
_netblocks.google.com  TXT "v=spf1 ip4:198.51.100.0/25 ~all"
_netblocks2.google.com TXT "v=spf1 ip6:2001:db8:4000::/36 ~all"
crm.example       TXT "v=spf1 ip4:192.0.3.0/24 include:crm2.example ?all"
crm2.example      TXT "v=spf1 include:crm3.example include:crm4.example ?all"
crm3.example      TXT "v=spf1 ip4:203.0.113.64/27 ?all"
crm4.example      TXT "v=spf1 ip4:203.0.113.96/27 ?all"
vendor.example    TXT "v=spf1 exists:%{i}._x.vendor.example -all"
new.example       TXT "v=spf1 a:example.com ip4:192.0.2.0/25 include:_spf.google.com include:vendor.example -all"
open.example      TXT "v=spf1 include:gone.example -all"
plain.example     TXT "v=spf1 ip4:192.0.2.1 -all"
)";

/// All that the commands ask, answered from a zone.
QString snapshotFile(const QTemporaryDir &folder, const QString &fileName, const char *master)
{
    using namespace std::chrono;
    Zone zone;
    zone.addMasterFile(master);
    Snapshot snapshot;
    snapshot.domains = {name("example.com")};
    snapshot.resolvers = {"192.0.2.53:53"};
    snapshot.recordedAt = sys_days(year(2026) / 11 / 21) + hours(12) + minutes(31) + seconds(7);
    spf::RecordCache records;
    for (const char *domain : {"example.com", "new.example", "open.example", "plain.example"}) {
        for (bool isComplete = false; !isComplete;) {
            FactReader reader(snapshot.facts);
            const spf::Evaluation evaluation = spf::evaluate(name(domain), reader, records);
            for (int i = 1; i < 9; ++i)
                reader.dns(name("_spf" + std::to_string(i) + '.' + domain), dns::RrType::TXT);
            isComplete = reader.needed().empty();
            for (const FactKey &key : reader.needed())
                snapshot.facts.put(
                    {zone.fact(key).content, "192.0.2.53:53", snapshot.recordedAt, milliseconds(20)});
        }
    }
    const QString path = folder.filePath(fileName);
    writeFile(path, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    return path;
}

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

} // namespace

class TestCliSets : public QObject
{
    Q_OBJECT

private:
    CliRun run(const QStringList &arguments) const
    {
        return runCli(arguments + QStringList{QStringLiteral("--snapshot"), m_snapshot});
    }
    Json json(const QStringList &arguments) const
    {
        const CliRun done = run(arguments + QStringList(QStringLiteral("--json")));
        return Json::parse(done.out.toStdString(), nullptr, false);
    }

    QTemporaryDir m_folder;
    QString m_snapshot;

private Q_SLOTS:
    void initTestCase() { m_snapshot = snapshotFile(m_folder, QStringLiteral("world.mailoscope"), World); }
    void text_data();
    void text();
    void comparisonAsJson();
    void recordTextsAreCompared();
    void recordTextsAreReadForTheDomainThatIsNamed();
    void differencesAreAnExitCodeOnDemand();
    void flatteningAsJson();
    void branchesAreChosenByNameOrTerm();
    void driftIsTold();
    void aNameThatCannotBeCheckedIsSaid();
    void liveAnswersAreAskedFor();
    void wrongUseIsToldApart_data();
    void wrongUseIsToldApart();
};

void TestCliSets::text_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::newRow("compare") << QStringLiteral("spf-compare example.com new.example");
    QTest::newRow("compare_same") << QStringLiteral("spf-compare example.com example.com");
    QTest::newRow("flatten") << QStringLiteral("spf-flatten example.com");
    QTest::newRow("under_limit") << QStringLiteral("spf-flatten example.com --under-limit");
    QTest::newRow("clean") << QStringLiteral("spf-flatten example.com --clean-only");
}

void TestCliSets::text()
{
    QFETCH(QString, arguments);
    const CliRun done = run(arguments.split(QLatin1Char(' ')));
    QCOMPARE(done.errText(), QString());
    QCOMPARE(done.exitCode, 0);
    for (const QString &line : done.outText().split(QLatin1Char('\n')))
        QVERIFY2(line.trimmed().size() <= 100, qPrintable(line));
    const QString golden =
        QStringLiteral("cli/goldens/sets.%1.txt").arg(QLatin1String(QTest::currentDataTag()));
    QCOMPARE(differenceToGolden(golden, done.out), QString());
}

void TestCliSets::comparisonAsJson()
{
    const Json report = json(words("spf-compare example.com new.example"));
    QCOMPARE(report["same"].get<bool>(), false);
    QCOMPARE(report["exact"].get<bool>(), false);
    QCOMPARE(report["old"]["lookups"].get<int>(), 11);
    QCOMPARE(report["old"]["limits_matter"].get<bool>(), true);
    QCOMPARE(report["not_comparable"].size(), std::size_t(1));
    QCOMPARE(report["not_comparable"][0]["why"].get<std::string>(), std::string("exists"));
    QCOMPARE(report["not_comparable"][0]["in"].get<std::string>(), std::string("both"));
    bool isGoogleThere = false;
    for (const Json &branch : report["branches"])
        isGoogleThere = isGoogleThere || branch["provider"] == "Google Workspace";
    QVERIFY(isGoogleThere);
}

void TestCliSets::recordTextsAreCompared()
{
    const Json report = json({QStringLiteral("spf-compare"), QStringLiteral("v=spf1 ip4:192.0.2.0/24 -all"),
                              QStringLiteral("V=SPF1 ip4:192.0.2.0/25 ip6:2001:db8::/64 ~all")});
    QCOMPARE(report["exact"].get<bool>(), true);
    QCOMPARE(report["added"]["ranges"].dump(), std::string("[\"2001:db8::/64\"]"));
    QCOMPARE(report["added"]["ipv6_count"].get<std::string>(), std::string("18446744073709551616"));
    QCOMPARE(report["removed"]["ranges"].dump(), std::string("[\"192.0.2.128/25\"]"));
    QCOMPARE(report["removed"]["ipv4_count"].get<int>(), 128);
    QCOMPARE(report["moved"].size(), std::size_t(3));
}

void TestCliSets::recordTextsAreReadForTheDomainThatIsNamed()
{
    const QStringList compare = {QStringLiteral("spf-compare"), QStringLiteral("v=spf1 a -all"),
                                 QStringLiteral("v=spf1 ip4:203.0.113.1 -all")};
    const CliRun without = run(compare);
    QCOMPARE(without.exitCode, 2);
    QVERIFY(without.errText().contains(QStringLiteral("--domain")));
    const Json report =
        json(compare + QStringList{QStringLiteral("--domain"), QStringLiteral("example.com")});
    QCOMPARE(report["removed"]["ranges"].dump(), std::string("[\"2001:db8::1/128\"]"));
    QCOMPARE(report["added"]["ranges"].dump(), std::string("[]"));
}

void TestCliSets::differencesAreAnExitCodeOnDemand()
{
    QCOMPARE(run(words("spf-compare example.com new.example --fail-on-difference")).exitCode, 1);
    QCOMPARE(run(words("spf-compare new.example new.example --fail-on-difference")).exitCode, 0);
}

void TestCliSets::flatteningAsJson()
{
    const Json report = json(words("spf-flatten example.com"));
    QCOMPARE(report["format"].get<std::string>(), std::string("mailoscope-flatten"));
    QCOMPARE(report["domain"].get<std::string>(), std::string("example.com"));
    QCOMPARE(report["before"]["lookups"].get<int>(), 11);
    QCOMPARE(report["after"]["lookups"].get<int>(), 4);
    QCOMPARE(report["flattened"].size(), std::size_t(2));
    QCOMPARE(report["flattened"][1]["ranges"].dump(), std::string("[\"192.0.3.0/24\",\"203.0.113.64/26\"]"));
    QCOMPARE(report["changes"].size(), std::size_t(1));
    QVERIFY(report["changes"][0]["after"] == report["after"]["record"]);
    QVERIFY(report["proof"]["sets_equal"].get<bool>());
    QVERIFY(report["proof"]["addresses_checked"].get<int>() > 10);
    QVERIFY(report["warning"].get<std::string>().find("2026-11-21") != std::string::npos);
    bool isVendorExplained = false;
    for (const Json &branch : report["kept"])
        isVendorExplained =
            isVendorExplained || (branch["term"] == "include:vendor.example" && branch["why"].is_string());
    QVERIFY(isVendorExplained);
}

void TestCliSets::branchesAreChosenByNameOrTerm()
{
    const Json report = json(words("spf-flatten example.com --branch CRM.example. --branch mx"));
    QCOMPARE(report["flattened"].size(), std::size_t(2));
    QCOMPARE(report["after"]["lookups"].get<int>(), 6);
    const CliRun unknown = run(words("spf-flatten example.com --branch nowhere.example"));
    QCOMPARE(unknown.exitCode, 2);
    QVERIFY(unknown.errText().contains(QStringLiteral("include:crm.example")));
    const CliRun impossible = run(words("spf-flatten example.com --branch vendor.example"));
    QCOMPARE(impossible.exitCode, 3);
    QVERIFY(impossible.errText().contains(QStringLiteral("each client")));
}

void TestCliSets::driftIsTold()
{
    const QString file = m_folder.filePath(QStringLiteral("flat.json"));
    QCOMPARE(run(words("spf-flatten example.com --json --output") + QStringList(file)).exitCode, 0);
    const QStringList check =
        words("spf-flatten example.com --fail-on-difference --check") + QStringList(file);
    const CliRun same = run(check);
    QCOMPARE(same.exitCode, 0);
    QVERIFY(same.outText().contains(QStringLiteral("Nothing has changed since")));

    std::string changed = World;
    changed.replace(changed.find("192.0.3.0/24"), 12, "192.0.3.0/25");
    changed.replace(changed.find("2001:db8:4000::/36"), 18, "2001:db8:5000::/36");
    const QString later = snapshotFile(m_folder, QStringLiteral("later.mailoscope"), changed.c_str());
    const CliRun drifted = runCli(check + QStringList{QStringLiteral("--snapshot"), later});
    QCOMPARE(drifted.exitCode, 1);
    QCOMPARE(differenceToGolden(QStringLiteral("cli/goldens/sets.drift.txt"), drifted.out), QString());
    const CliRun asJson =
        runCli(check + QStringList{QStringLiteral("--json"), QStringLiteral("--snapshot"), later});
    const Json report = Json::parse(asJson.out.toStdString());
    QVERIFY(report["drift"].get<bool>() && report["complete"].get<bool>());
    QCOMPARE(report["branches"][1]["gone"]["ranges"].dump(), std::string("[\"192.0.3.128/25\"]"));

    for (
        const char *damaged :
        {"", "[]", "{", R"({"format":"mailoscope-flatten","version":2})",
         R"({"format":"mailoscope-flatten","version":1,"domain":"example.com","at":"2026-11-21T12:00:00Z","flattened":[{"term":"a","ranges":["1.2.3.4/99"]}]})"}) {
        writeFile(file, damaged);
        const CliRun refused = run(check);
        QCOMPARE(refused.exitCode, 3);
        QVERIFY(!refused.errText().isEmpty());
    }
}

void TestCliSets::aNameThatCannotBeCheckedIsSaid()
{
    std::string list = "v=spf1";
    for (int i = 0; i < 60; ++i)
        list += " ip4:198.51." + std::to_string(2 * i) + ".0/24";
    Zone zone;
    zone.add("example.com TXT \"v=spf1 include:long.example -all\"");
    zone.add({name("long.example"), dns::RrType::TXT, 300,
              std::get<dns::TxtData>(fixes::txtData(list + " -all"))});
    const QString file = m_folder.filePath(QStringLiteral("inspected.mailoscope"));
    const Snapshot snapshot = snapshotOf(zone, name("example.com"));
    writeFile(file, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    const CliRun done = runCli({QStringLiteral("spf-flatten"), QStringLiteral("example.com"),
                                QStringLiteral("--json"), QStringLiteral("--snapshot"), file});
    QCOMPARE(done.exitCode, 0);
    const Json report = Json::parse(done.out.toStdString());
    QVERIFY(!report["names_checked"].get<bool>());
    QVERIFY(report["changes"].size() > 2);
    QCOMPARE(report["changes"][0]["name"].get<std::string>(), std::string("_spf1.example.com"));
    QVERIFY(report["changes"][0]["before"].is_null());
}

void TestCliSets::liveAnswersAreAskedFor()
{
    Zone zone;
    zone.addMasterFile(World);
    TestDnsServer server(std::move(zone));
    const CliRun done = runCli(words("spf-flatten example.com --json --resolver") +
                               QStringList(server.resolver().toString()));
    QCOMPARE(done.errText(), QString());
    QCOMPARE(done.exitCode, 0);
    QCOMPARE(Json::parse(done.out.toStdString())["after"]["lookups"].get<int>(), 4);
}

void TestCliSets::wrongUseIsToldApart_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("one operand") << QStringLiteral("spf-compare example.com") << 2;
    QTest::newRow("no operand") << QStringLiteral("spf-flatten") << 2;
    QTest::newRow("two ways") << QStringLiteral("spf-flatten example.com --clean-only --under-limit") << 2;
    QTest::newRow("no record text") << QStringLiteral("spf-compare v=spf10 example.com") << 2;
    QTest::newRow("no file") << QStringLiteral("spf-flatten example.com --check /nowhere/at/all") << 3;
    QTest::newRow("a faulty record") << QStringLiteral("spf-flatten open.example") << 3;
    QTest::newRow("nothing to do") << QStringLiteral("spf-flatten plain.example") << 0;
    QTest::newRow("nothing needless") << QStringLiteral("spf-flatten plain.example --clean-only") << 0;
    QTest::newRow("under its limit") << QStringLiteral("spf-flatten new.example --under-limit") << 0;
}

void TestCliSets::wrongUseIsToldApart()
{
    QFETCH(QString, arguments);
    QFETCH(int, exitCode);
    const CliRun done = run(arguments.split(QLatin1Char(' ')));
    QCOMPARE(done.exitCode, exitCode);
    QVERIFY(!done.errText().isEmpty());
    QCOMPARE(done.outText(), QString());
}

QTEST_GUILESS_MAIN(TestCliSets)
#include "tst_cli_sets.moc"
