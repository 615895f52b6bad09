// SPDX-License-Identifier: Apache-2.0
// Whole domains inspected in an internet of our own: name server, web servers and mail hosts at once, with
// the gatherers that users have. Each recorded and replayed.
#include "base/public_address.h"
#include "facts/snapshot.h"
#include "gather/snapshot_gatherer.h"
#include "mx/reverse.h"
#include "report/json.h"
#include "support/report_text.h"
#include "support/rows.h"
#include "support/small_internet.h"
#include "whole_domains.h"

#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using gather::Inspector;
using Json = nlohmann::ordered_json;

namespace
{

constexpr const char *Domains = "internet/domains.json";

/// The status of each section that has one.
Json statusOf(const Json &report)
{
    Json all = Json::object();
    for (const auto &[section, content] : report.items()) {
        if (content.is_object() && content.contains("status"))
            all[section] = content["status"];
    }
    return all;
}

Json idsOf(const Report &report)
{
    std::vector<std::string> ids;
    for (const Finding &finding : report.findings)
        ids.push_back(finding.id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

/// One row with a line for each of its fields, and for each line of its zone where they are long.
std::string rowText(const Json &row)
{
    std::string text = "{";
    for (const auto &[key, value] : row.items()) {
        text += (text.size() > 1 ? ",\n  " : "") + Json(key).dump() + ": ";
        std::string inOne = value.is_array() || value.is_object() ? std::string() : value.dump();
        if (value.is_array()) {
            const bool isLong = key == "zone" && value.dump().size() > 150;
            for (const auto &element : value)
                inOne += (inOne.empty() ? ""
                          : isLong      ? ","
                                        : ", ") +
                         std::string(isLong ? "\n    " : "") + element.dump();
            inOne = '[' + inOne + ']';
        } else if (value.is_object()) {
            for (const auto &[name, element] : value.items())
                inOne += (inOne.empty() ? "" : ", ") + Json(name).dump() + ": " + element.dump();
            inOne = '{' + inOne + '}';
        }
        text += inOne;
    }
    return text + '}';
}

/// Fifty mail hosts and name servers with sixteen addresses each, each of which has twenty names.
Json amplifying()
{
    Json zone = {"!standard", "!without MX %", "!without NS %"};
    for (int host = 1; host <= 50; ++host) {
        const std::string mx = "mx" + std::to_string(host) + ".%";
        const std::string ns = "ns" + std::to_string(host) + ".%";
        zone.push_back("% MX 10 " + mx);
        zone.push_back("% NS " + ns);
        for (int i = 1; i <= 16; ++i) {
            const std::string last = std::to_string(i);
            const std::string reverse = last + '.' + std::to_string(host) + ".49.193.in-addr.arpa PTR ";
            zone.push_back(mx + " A 193.49." + std::to_string(host) + '.' + last);
            zone.push_back(ns + " A 193.49." + std::to_string(host) + '.' + last);
            for (int name = 1; name <= 20; ++name)
                zone.push_back(reverse + 'n' + std::to_string(name) + '-' + last + '.' + mx);
        }
    }
    return {{"domain", "amplify.example"}, {"zone", std::move(zone)}};
}

bool isPrivate(const gather::Endpoint &end)
{
    return specialPurposeOf(end.address) != nullptr;
}

} // namespace

class TestInternet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void domainIsJudged_data() { addRows(); }
    void domainIsJudged();
    void recordingGivesTheSameReport_data() { addRows(); }
    void recordingGivesTheSameReport();
    void onlyWhereTheUserChoseTheResolverPrivateAddressesAreConnectedTo_data();
    void onlyWhereTheUserChoseTheResolverPrivateAddressesAreConnectedTo();
    void manyHostsWithManyAddressesCostFewQuestions();

private:
    void addRows();

    Json m_data;
    std::unique_ptr<SmallInternet> m_world;
    bool m_isRewriting = false;
};

void TestInternet::initTestCase()
{
    m_isRewriting = qEnvironmentVariableIsSet("MAILOSCOPE_REWRITE_GOLDENS");
    m_data = dataFile(Domains);
    m_world = std::make_unique<SmallInternet>("internet");
    for (const auto &row : m_data["domains"])
        m_world->add(row);
    m_world->add(amplifying());
    m_world->start();
}

void TestInternet::cleanupTestCase()
{
    m_world.reset();
    if (!m_isRewriting)
        return;
    std::string text = "{\n\"about\": " + m_data["about"].dump() + ",\n\"domains\": [";
    const char *before = "\n";
    for (const auto &row : m_data["domains"]) {
        text += before + rowText(row);
        before = ",\n";
    }
    text += "\n]\n}\n";
    QSaveFile file(QStringLiteral(MAILOSCOPE_TEST_DATA "/") + QLatin1String(Domains));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(text));
    QVERIFY(file.commit());
}

void TestInternet::addRows()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const auto &row : m_data["domains"])
        QTest::newRow(row["domain"].get<std::string>().c_str()) << index++;
}

void TestInternet::domainIsJudged()
{
    QFETCH(int, index);
    Json &row = m_data["domains"][static_cast<std::size_t>(index)];
    m_world->forgetConnections();
    const auto report =
        reportOf(m_world->gatherer(worldOf(row)), name(row["domain"].get<std::string>()), optionsOf(row));
    const auto &wanted = m_world->connections();
    QVERIFY2(std::none_of(wanted.begin(), wanted.end(), isPrivate), "a domain may not lead us inside");
    const Json json = toJson(*report);
    QVERIFY(!report->pending);
    if (m_isRewriting) {
        row["verdict"] = json["verdict"]["exact_domain_spoofing"];
        row["status"] = statusOf(json);
        row["findings"] = idsOf(*report);
        return;
    }
    QCOMPARE(text(json["verdict"]["exact_domain_spoofing"].dump()), text(row["verdict"].dump()));
    QCOMPARE(text(statusOf(json).dump()), text(row["status"].dump()));
    QCOMPARE(text(idsOf(*report).dump(1)), text(row["findings"].dump(1)));
}

/// What `--record` writes and `--snapshot` reads.
void TestInternet::recordingGivesTheSameReport()
{
    QFETCH(int, index);
    const Json &row = m_data["domains"][static_cast<std::size_t>(index)];
    const DomainName domain = name(row["domain"].get<std::string>());
    const InspectOptions options = optionsOf(row);
    const auto gatherer = m_world->gatherer(worldOf(row));
    Snapshot recorded;
    recorded.domains = {domain};
    recorded.resolvers = gatherer->context().resolvers;
    recorded.recordedAt = gatherer->context().inspectedAt;
    recorded.reach = options.reach;
    recorded.selectors = options.selectors.user;
    const auto live = reportOf(gatherer, domain, options, &recorded.facts);

    const auto read = readSnapshot(writeSnapshot(recorded, Compression::Gzip));
    QVERIFY(read);
    const auto snapshot = std::make_shared<const Snapshot>(*read);
    InspectOptions asRecorded;
    asRecorded.reach = snapshot->reach;
    asRecorded.selectors.user = snapshot->selectors;
    const auto replayed = reportOf(std::make_shared<gather::SnapshotGatherer>(snapshot), domain, asRecorded);
    QCOMPARE(reportText(*replayed), reportText(*live));
    const QStringList first = text(toText(toJson(*live), JsonLayout::Indented)).split(QLatin1Char('\n'));
    const QStringList again = text(toText(toJson(*replayed), JsonLayout::Indented)).split(QLatin1Char('\n'));
    for (qsizetype line = 0; line < std::min(first.size(), again.size()); ++line)
        QCOMPARE(again[line], first[line]);
    QCOMPARE(again.size(), first.size());
}

void TestInternet::onlyWhereTheUserChoseTheResolverPrivateAddressesAreConnectedTo_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<int>("port");
    QTest::newRow("the policy of MTA-STS") << "sts-private.example" << 443;
    QTest::newRow("logo and mark certificate") << "bimi-private.example" << 443;
    QTest::newRow("mail hosts") << "mx-private.example" << 25;
}

void TestInternet::onlyWhereTheUserChoseTheResolverPrivateAddressesAreConnectedTo()
{
    QFETCH(QString, domain);
    QFETCH(int, port);
    InspectOptions options;
    options.reach.smtp = true;
    for (const bool chosen : {false, true}) {
        SmallInternet::Options world;
        world.allowPrivate = chosen;
        m_world->forgetConnections();
        const auto report = reportOf(m_world->gatherer(world), name(domain.toStdString()), options);
        const auto &wanted = m_world->connections();
        const bool inside = std::any_of(wanted.begin(), wanted.end(), [&](const gather::Endpoint &end) {
            return isPrivate(end) && end.port == port;
        });
        QCOMPARE(inside, chosen);
    }
}

void TestInternet::manyHostsWithManyAddressesCostFewQuestions()
{
    constexpr std::size_t Most = 1000;
    const std::size_t before = m_world->dns().received().size();
    InspectOptions options;
    options.reach.smtp = true;
    const auto report = reportOf(m_world->gatherer({}), name("amplify.example"), options);
    const auto received = m_world->dns().received();
    std::map<std::string, int> kinds;
    for (std::size_t i = before; i < received.size(); ++i)
        ++kinds[dns::toString(received[i].question.type)];
    QByteArray counts;
    for (const auto &[kind, count] : kinds)
        counts += QByteArray::fromStdString(kind) + ' ' + QByteArray::number(count) + ' ';
    QVERIFY2(received.size() - before <= Most, counts.constData());
    QVERIFY(mx::isReverseCut(report->mx));
    QVERIFY(toJson(*report)["mx"]["ptr_cut"].get<bool>());
}

QTEST_GUILESS_MAIN(TestInternet)
#include "tst_internet.moc"
