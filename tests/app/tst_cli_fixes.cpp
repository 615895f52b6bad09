// SPDX-License-Identifier: Apache-2.0
// Every fix that the JSON of a report calls proven is laid over the same facts from the command line, and
// keeps its promise there.
#include "cli_process.h"
#include "fixes/proof.h"
#include "internet/whole_domains.h"
#include "support/corpus.h"
#include "support/rows.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

namespace
{

Severity severityOf(const Json &finding)
{
    return severityFromString(finding["severity"].get<std::string>()).value();
}

/// What is as grave as `least`, with its place.
std::multiset<std::string> gravesOf(const Json &report, Severity least)
{
    std::multiset<std::string> graves;
    for (const auto &finding : report["findings"]) {
        const Json &evidence = finding["evidence"];
        if (severityOf(finding) >= least && severityOf(finding) > Severity::Info)
            graves.insert(finding["id"].get<std::string>() + ' ' + finding["severity"].get<std::string>() +
                          ' ' + (evidence.is_null() ? std::string() : evidence["name"].get<std::string>()));
    }
    return graves;
}

int timesIn(const Json &report, const Json &id)
{
    int times = 0;
    for (const auto &finding : report["findings"])
        times += finding["id"] == id ? 1 : 0;
    return times;
}

Json parsed(const QByteArray &text)
{
    return Json::parse(text.toStdString(), nullptr, false);
}

} // namespace

class TestCliFixes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void provenFixesAreProvenFromTheCommandLine_data() { addRows(); }
    void provenFixesAreProvenFromTheCommandLine();
    void provenFixesOfRealDomainsAreProvenFromTheCommandLine_data();
    void provenFixesOfRealDomainsAreProvenFromTheCommandLine();
    void theFixOfAFindingIsTakenByItsId();
    void aSavedDraftIsTaken();
    void whatDoesNothingIsToldAndNotPassedOver();
    void cleanupTestCase();

private:
    void addRows();
    void verifyProvenFixes(const QString &snapshot);
    /// Records an inspection of the domain to a snapshot file.
    QString recorded(const Json &row);
    static CliRun inspect(const QString &snapshot, const QStringList &more);

    Json m_rows = Json::array();
    std::unique_ptr<SmallInternet> m_world;
    QTemporaryDir m_folder;
    int m_proven = 0;
};

void TestCliFixes::initTestCase()
{
    m_world = std::make_unique<SmallInternet>("internet");
    for (const char *file : {"internet/domains.json", "fixes/domains.json"}) {
        const Json data = tests::dataFile(file);
        for (const auto &row : data["domains"]) {
            m_world->add(row);
            m_rows.push_back(row);
        }
    }
    m_world->start();
}

void TestCliFixes::cleanupTestCase()
{
    qInfo("%d proven fixes were laid over the facts from the command line", m_proven);
}

void TestCliFixes::addRows()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const auto &row : m_rows)
        QTest::newRow(row["domain"].get<std::string>().c_str()) << index++;
}

QString TestCliFixes::recorded(const Json &row)
{
    const InspectOptions options = optionsOf(row);
    Snapshot snapshot;
    snapshot.domains = {name(row["domain"].get<std::string>())};
    const auto report =
        reportOf(m_world->gatherer(worldOf(row)), snapshot.domains.front(), options, &snapshot.facts);
    snapshot.resolvers = report->resolvers;
    snapshot.recordedAt = report->inspectedAt;
    snapshot.reach = options.reach;
    snapshot.selectors = options.selectors.user;
    const QString path = m_folder.filePath(QStringLiteral("facts.mailoscope"));
    writeFile(path, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    return path;
}

CliRun TestCliFixes::inspect(const QString &snapshot, const QStringList &more)
{
    return runCli(QStringList{QStringLiteral("inspect"), QStringLiteral("--json"),
                              QStringLiteral("--snapshot"), snapshot} +
                  more);
}

void TestCliFixes::provenFixesAreProvenFromTheCommandLine()
{
    QFETCH(int, index);
    verifyProvenFixes(recorded(m_rows[static_cast<std::size_t>(index)]));
}

void TestCliFixes::provenFixesOfRealDomainsAreProvenFromTheCommandLine_data()
{
    constexpr std::size_t Domains = 200;
    QTest::addColumn<QString>("domain");
    const std::vector<DomainName> all = tests::corpusMailDomains();
    for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(all.size() / Domains, 1))
        QTest::newRow(all[i].text().c_str()) << QString::fromStdString(all[i].text());
}

void TestCliFixes::provenFixesOfRealDomainsAreProvenFromTheCommandLine()
{
    QFETCH(QString, domain);
    constexpr int ProofRounds = 2;
    const Timestamp at = timestampFromRfc3339("2026-11-22T00:00:00Z").value();
    InspectOptions options;
    options.reach = {false, false, false};
    Snapshot snapshot;
    snapshot.domains = {name(domain.toStdString())};
    snapshot.resolvers = {"zone file"};
    snapshot.recordedAt = at;
    snapshot.reach = options.reach;
    spf::RecordCache records;
    for (int proofs = 0; proofs <= ProofRounds;) {
        const Report report = mailoscope::inspect(snapshot.domains.front(), snapshot.facts, records,
                                                  {at, snapshot.resolvers}, options);
        std::vector<FactKey> needed = report.needed;
        if (needed.empty()) {
            ++proofs;
            fixes::Mending mending(report, snapshot.facts, records, options);
            while (mending.step()) {
            }
            needed = mending.takeNeeded();
        }
        if (needed.empty())
            break;
        for (const FactKey &key : needed)
            snapshot.facts.put(tests::corpusFact(key, at));
    }
    const QString path = m_folder.filePath(QStringLiteral("facts.mailoscope"));
    writeFile(path, QByteArray::fromStdString(writeSnapshot(snapshot, Compression::None)));
    verifyProvenFixes(path);
}

void TestCliFixes::verifyProvenFixes(const QString &snapshot)
{
    const CliRun run = inspect(snapshot, {});
    QCOMPARE(run.exitCode, 0);
    const Json before = parsed(run.out);
    for (const auto &finding : before["findings"]) {
        if (finding["fix"].is_null() || !finding["fix"]["proven"].get<bool>())
            continue;
        ++m_proven;
        const QString file = m_folder.filePath(QStringLiteral("fix.json"));
        writeFile(file, QByteArray::fromStdString(finding["fix"].dump()));
        const CliRun again =
            inspect(snapshot, {QStringLiteral("--no-fixes"), QStringLiteral("--apply"), file});
        const std::string what =
            finding["id"].get<std::string>() + ' ' + finding["fix"]["recipe"].get<std::string>() + ": ";
        QVERIFY2(again.exitCode == 0, (what + again.err.toStdString()).c_str());
        const Json after = parsed(again.out);
        QCOMPARE(after["applied"].size(), finding["fix"]["changes"].size());
        QVERIFY2(timesIn(after, finding["id"]) < timesIn(before, finding["id"]), what.c_str());
        const auto graves = gravesOf(before, severityOf(finding));
        for (const std::string &grave : gravesOf(after, severityOf(finding)))
            QVERIFY2(graves.contains(grave), (what + grave + " comes").c_str());
    }
}

void TestCliFixes::theFixOfAFindingIsTakenByItsId()
{
    const Json row = {{"domain", "fix-value.example"}};
    const QString snapshot = recorded(row);
    const CliRun run = inspect(snapshot, {QStringLiteral("--with-fix"), QStringLiteral("dmarc.value.case")});
    QCOMPARE(run.exitCode, 0);
    const Json report = parsed(run.out);
    QCOMPARE(report["applied"].size(), std::size_t(1));
    QCOMPARE(timesIn(report, "dmarc.value.case"), 0);

    const CliRun none = inspect(snapshot, {QStringLiteral("--with-fix"), QStringLiteral("svg.xml")});
    QCOMPARE(none.exitCode, 3);
    QVERIFY2(none.out.isEmpty() && none.errText().contains(QLatin1String("no fix for svg.xml")),
             none.err.constData());
    const CliRun unknown = inspect(snapshot, {QStringLiteral("--with-fix"), QStringLiteral("no.such")});
    QCOMPARE(unknown.exitCode, 2);
}

void TestCliFixes::aSavedDraftIsTaken()
{
    const Json row = {{"domain", "fix-value.example"}};
    const QString snapshot = recorded(row);
    const QString file = m_folder.filePath(QStringLiteral("draft.json"));
    writeFile(file, R"({"format": "mailoscope-draft", "version": 1, "domain": "fix-value.example", "edits": [
        {"name": "_dmarc.fix-value.example", "type": "TXT",
         "before": "v=DMARC1; p=Reject; rua=mailto:dmarc@reports.example", "after": "v=DMARC1; p=none"}]})");
    const CliRun run = inspect(snapshot, {QStringLiteral("--apply"), file});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(parsed(run.out)["dmarc"]["record"] == "v=DMARC1; p=none");
    const CliRun text = runCli(
        {QStringLiteral("inspect"), QStringLiteral("--snapshot"), snapshot, QStringLiteral("--apply"), file});
    QVERIFY2(text.outText().contains(QLatin1String("As it would be with 1 change published:")),
             text.out.constData());
}

void TestCliFixes::whatDoesNothingIsToldAndNotPassedOver()
{
    const Json row = {{"domain", "fix-value.example"}};
    const QString snapshot = recorded(row);
    const QString file = m_folder.filePath(QStringLiteral("changes.json"));
    const auto refused = [&](const QByteArray &text, const char *words) {
        writeFile(file, text);
        const CliRun run = inspect(snapshot, {QStringLiteral("--apply"), file});
        QCOMPARE(run.exitCode, 3);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.errText().contains(QLatin1String(words)), run.err.constData());
    };
    refused(R"([{"name": "_dmarc.fix-value.example", "type": "TXT", "before": "v=DMARC1; p=other",
                 "after": null, "ttl": 60}])",
            "found no TXT record of _dmarc.fix-value.example");
    refused("[]", "no changes");
    refused("{}", "no changes");
    refused("not JSON", "no changes");
    refused(R"([{"name": "x.example", "type": "MX", "before": null, "after": "nothing"}])", "cannot be read");
    const CliRun both = inspect(snapshot, {QStringLiteral("--apply"), file, QStringLiteral("--with-fix"),
                                           QStringLiteral("spf.missing")});
    QCOMPARE(both.exitCode, 2);
}

QTEST_GUILESS_MAIN(TestCliFixes)
#include "tst_cli_fixes.moc"
