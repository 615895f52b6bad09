// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/snapshot.h"
#include "report/report.h"
#include "support/zone.h"

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

/// The built mailoscope-cli run as a process.
namespace mailoscope::tests
{

struct CliRun {
    int exitCode = -1;
    bool crashed = false;
    QByteArray out;
    QByteArray err;

    QString outText() const { return QString::fromUtf8(out); }
    QString errText() const { return QString::fromUtf8(err); }
};

/// Surroundings without the tester's own settings: no NO_COLOR, no COLUMNS, a UTF-8 locale.
QProcessEnvironment plainEnvironment();

CliRun runCli(const QStringList &arguments, const QByteArray &standardInput = {},
              const QProcessEnvironment &environment = plainEnvironment());

QString cliPath();
/// A file below tests/data.
QString dataFile(const QString &name);
QByteArray readFile(const QString &name);
void writeFile(const QString &name, const QByteArray &octets);

/// All that an inspection of `domain` needs, answered from a zone.
Snapshot snapshotOf(const Zone &zone, const DomainName &domain, const InspectOptions &options = {});
/// A zone in which `domain` has one TXT record with this text.
Zone zoneWithText(const DomainName &domain, std::string_view text);

} // namespace mailoscope::tests
