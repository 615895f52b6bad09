// SPDX-License-Identifier: Apache-2.0
// What `--record` writes gives, read by `--snapshot`, the same report octet by octet: with domains of the
// small internet, whose addresses the program may not connect to, and with one whose hosts are on loopback.
#include "cli_process.h"
#include "support/rows.h"
#include "support/small_internet.h"

#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace mailoscope::tests;

namespace
{

/// Loopback addresses of which nobody else knows; the ports are those that the program uses.
constexpr const char *Web = "127.44.0.1";
constexpr const char *Mail = "127.45.0.1";

bool mayListen(const char *address, quint16 port)
{
    QTcpServer server;
    return server.listen(QHostAddress(QLatin1String(address)), port);
}

nlohmann::ordered_json loopbackDomain()
{
    return {{"domain", "loopback.example"},
            {"zone",
             {"!standard", "!without A mta-sts.%", "!without MX %", "% MX 10 mail.%",
              "mail.% A " + std::string(Mail), "mta-sts.% A " + std::string(Web)}}};
}

QByteArray withoutTime(const QByteArray &report)
{
    QByteArray text;
    for (const QByteArray &line : report.split('\n')) {
        if (!line.startsWith("  \"inspected_at\": "))
            text += line + '\n';
    }
    return text;
}

} // namespace

class TestCliRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_world = std::make_unique<SmallInternet>("internet");
        for (const auto &row : mailoscope::tests::dataFile("internet/domains.json")["domains"])
            m_world->add(row);
        m_world->add(loopbackDomain());
        m_world->start();
    }
    void cleanupTestCase() { m_world.reset(); }

    void replayIsTheSameOctetByOctet_data()
    {
        QTest::addColumn<QStringList>("options");
        const auto row = [](const char *domain, const char *reach) {
            QTest::newRow(domain) << QStringList{QLatin1String(domain), QLatin1String(reach)};
        };
        for (const char *domain : {"example.com", "standard.example", "gone.example", "lies.example",
                                   "control.example", "huge.example", "many-mx.example", "spf-loop.example"})
            row(domain, "--no-https");
        row("loopback.example", "--smtp");
    }
    void replayIsTheSameOctetByOctet()
    {
        QFETCH(QStringList, options);
        const QTemporaryDir folder;
        const QString facts = folder.filePath(QStringLiteral("facts.mailoscope"));
        const QString authority = folder.filePath(QStringLiteral("authority.pem"));
        writeFile(authority, m_world->authority().certificate().toPem());
        std::unique_ptr<TestSmtpServer> mail; // only who may listen on such ports can have it
        if (mayListen(Mail, 25)) {
            SmtpScript script;
            script.identity = m_world->authority().issue({{"mail.loopback.example"}});
            mail = std::make_unique<TestSmtpServer>(script, QHostAddress(QLatin1String(Mail)), quint16(25));
        }
        const CliRun live =
            runCli(QStringList{QStringLiteral("inspect"), QStringLiteral("--json")} + options +
                   QStringList{QStringLiteral("--selector"), QStringLiteral("s1"),
                               QStringLiteral("--resolver"), m_world->dns().resolver().toString(),
                               QStringLiteral("--ca-file"), authority, QStringLiteral("--record"), facts});
        QCOMPARE(live.errText(), QString());
        QCOMPARE(live.exitCode, 0);
        if (mail && options.contains(QStringLiteral("--smtp")))
            QVERIFY(live.out.contains("\"outcome\": \"encrypted\""));
        const CliRun replayed = runCli(
            {QStringLiteral("inspect"), QStringLiteral("--json"), QStringLiteral("--snapshot"), facts});
        QCOMPARE(replayed.errText(), QString());
        QCOMPARE(replayed.exitCode, 0);
        QCOMPARE(QString::fromUtf8(withoutTime(replayed.out)), QString::fromUtf8(withoutTime(live.out)));
    }

private:
    std::unique_ptr<SmallInternet> m_world;
};

QTEST_GUILESS_MAIN(TestCliRecord)
#include "tst_cli_record.moc"
