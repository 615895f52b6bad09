// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/resolver.h"

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace mailoscope::tests
{

/// A real DNS server from the operating system's packages, on a loopback port, with its files in a temporary
/// folder.
class ServerProcess
{
public:
    /// NSD with `rootZone` (a master file) as its only zone, ".".
    static std::unique_ptr<ServerProcess> nsd(const std::string &rootZone);
    /// Unbound as a resolver that knows `authority` as the only root server.
    static std::unique_ptr<ServerProcess> unbound(const gather::Resolver &authority);
    ~ServerProcess();

    /// Empty where the program is not installed.
    static QString find(const QString &program);

    gather::Resolver resolver() const { return m_resolver; }
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    /// What it wrote, for the message of a test that failed.
    QByteArray output();

private:
    ServerProcess();
    bool write(const QString &file, const QByteArray &text) const;
    QString path(const QString &file) const { return m_folder.filePath(file); }

    QTemporaryDir m_folder;
    QProcess m_process;
    gather::Resolver m_resolver;
};

} // namespace mailoscope::tests
