// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include <QFile>
#include <QProcess>

namespace mailoscope::tests
{

QProcessEnvironment plainEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"NO_COLOR", "COLUMNS", "TERM", "LANG", "LC_CTYPE"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    return environment;
}

CliRun runCli(const QStringList &arguments, const QByteArray &standardInput,
              const QProcessEnvironment &environment)
{
    constexpr int Patience = 60000;
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(cliPath(), arguments);
    if (!process.waitForStarted(Patience))
        qFatal("%s cannot be started", qPrintable(cliPath()));
    process.write(standardInput);
    process.closeWriteChannel();
    CliRun run;
    if (!process.waitForFinished(Patience)) {
        process.kill();
        process.waitForFinished();
    }
    run.crashed = process.exitStatus() == QProcess::CrashExit;
    run.exitCode = process.exitCode();
    run.out = process.readAllStandardOutput();
    run.err = process.readAllStandardError();
    return run;
}

QString cliPath()
{
    return QStringLiteral(MAILOSCOPE_CLI);
}

QString dataFile(const QString &name)
{
    return QStringLiteral(MAILOSCOPE_TEST_DATA "/") + name;
}

QByteArray readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(name));
    return file.readAll();
}

void writeFile(const QString &name, const QByteArray &octets)
{
    QFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        qFatal("%s cannot be written", qPrintable(name));
}

Snapshot snapshotOf(const Zone &zone, const DomainName &domain, const InspectOptions &options)
{
    using namespace std::chrono;
    Snapshot snapshot;
    snapshot.domains = {domain};
    snapshot.resolvers = {"192.0.2.53:53"};
    snapshot.recordedAt = sys_days(year(2026) / 11 / 21) + hours(12) + minutes(31) + seconds(7);
    spf::RecordCache records;
    for (;;) {
        const Report report =
            inspect(domain, snapshot.facts, records, {snapshot.recordedAt, snapshot.resolvers}, options);
        if (report.needed.empty())
            return snapshot;
        for (const FactKey &key : report.needed)
            snapshot.facts.put(
                {zone.fact(key).content, "192.0.2.53:53", snapshot.recordedAt, milliseconds(20)});
    }
}

Zone zoneWithText(const DomainName &domain, std::string_view text)
{
    constexpr std::size_t MostOctets = 255; // of a character-string
    dns::TxtData data;
    for (std::size_t begin = 0; begin == 0 || begin < text.size(); begin += MostOctets)
        data.strings.emplace_back(text.substr(begin, MostOctets));
    Zone zone;
    zone.add({domain, dns::RrType::TXT, 300, std::move(data)});
    // So that nothing but the text decides what is found.
    zone.add("_dmarc." + domain.text() + " TXT \"v=DMARC1; p=reject; rua=mailto:d@" + domain.text() + "\"");
    return zone;
}

} // namespace mailoscope::tests
