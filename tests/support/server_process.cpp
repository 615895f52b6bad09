// SPDX-License-Identifier: Apache-2.0
#include "support/server_process.h"

#include <QFile>
#include <QStandardPaths>
#include <QTcpServer>
#include <QUdpSocket>

namespace mailoscope::tests
{

namespace
{

constexpr int StopMs = 3000;

/// Free for UDP and TCP a moment ago.
quint16 freePort()
{
    for (;;) {
        QUdpSocket udp;
        QTcpServer tcp;
        if (udp.bind(QHostAddress::LocalHost, 0) && tcp.listen(QHostAddress::LocalHost, udp.localPort()))
            return udp.localPort();
    }
}

} // namespace

ServerProcess::ServerProcess() : m_resolver{QHostAddress(QHostAddress::LocalHost), freePort()}
{
    m_process.setProcessChannelMode(QProcess::MergedChannels);
}

ServerProcess::~ServerProcess()
{
    m_process.terminate();
    if (!m_process.waitForFinished(StopMs)) {
        m_process.kill();
        m_process.waitForFinished(StopMs);
    }
}

QString ServerProcess::find(const QString &program)
{
    const QString found = QStandardPaths::findExecutable(program);
    if (!found.isEmpty())
        return found;
    return QStandardPaths::findExecutable(
        program, {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/local/sbin"), QStringLiteral("/sbin")});
}

bool ServerProcess::write(const QString &file, const QByteArray &text) const
{
    QFile out(path(file));
    return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
}

QByteArray ServerProcess::output()
{
    return m_process.readAll();
}

std::unique_ptr<ServerProcess> ServerProcess::nsd(const std::string &rootZone)
{
    std::unique_ptr<ServerProcess> server(new ServerProcess);
    const QString config = QStringLiteral("server:\n"
                                          "  ip-address: 127.0.0.1@%1\n"
                                          "  username: \"\"\n"
                                          "  chroot: \"\"\n"
                                          "  zonesdir: \"%2\"\n"
                                          "  database: \"\"\n"
                                          "  pidfile: \"%2/nsd.pid\"\n"
                                          "  xfrdfile: \"%2/xfrd.state\"\n"
                                          "  xfrdir: \"%2\"\n"
                                          "  zonelistfile: \"%2/zone.list\"\n"
                                          "  server-count: 1\n"
                                          "  rrl-ratelimit: 0\n"
                                          "remote-control:\n"
                                          "  control-enable: no\n"
                                          "zone:\n"
                                          "  name: \".\"\n"
                                          "  zonefile: \"root.zone\"\n")
                               .arg(server->m_resolver.port)
                               .arg(server->m_folder.path());
    if (!server->write(QStringLiteral("nsd.conf"), config.toUtf8()) ||
        !server->write(QStringLiteral("root.zone"), QByteArray::fromStdString(rootZone)))
        return nullptr;
    server->m_process.start(find(QStringLiteral("nsd")), {QStringLiteral("-d"), QStringLiteral("-c"),
                                                          server->path(QStringLiteral("nsd.conf"))});
    return server->m_process.waitForStarted() ? std::move(server) : nullptr;
}

std::unique_ptr<ServerProcess> ServerProcess::unbound(const gather::Resolver &authority)
{
    std::unique_ptr<ServerProcess> server(new ServerProcess);
    const QString config = QStringLiteral("server:\n"
                                          "  interface: 127.0.0.1\n"
                                          "  port: %1\n"
                                          "  do-daemonize: no\n"
                                          "  username: \"\"\n"
                                          "  chroot: \"\"\n"
                                          "  directory: \"%2\"\n"
                                          "  pidfile: \"\"\n"
                                          "  use-syslog: no\n"
                                          "  logfile: \"\"\n"
                                          "  do-ip6: no\n"
                                          "  do-not-query-localhost: no\n"
                                          "  access-control: 127.0.0.0/8 allow\n"
                                          "  module-config: \"iterator\"\n"
                                          "  num-threads: 1\n"
                                          "remote-control:\n"
                                          "  control-enable: no\n"
                                          "stub-zone:\n"
                                          "  name: \".\"\n"
                                          "  stub-addr: 127.0.0.1@%3\n"
                                          "  stub-prime: no\n")
                               .arg(server->m_resolver.port)
                               .arg(server->m_folder.path())
                               .arg(authority.port);
    if (!server->write(QStringLiteral("unbound.conf"), config.toUtf8()))
        return nullptr;
    server->m_process.start(find(QStringLiteral("unbound")), {QStringLiteral("-d"), QStringLiteral("-c"),
                                                              server->path(QStringLiteral("unbound.conf"))});
    return server->m_process.waitForStarted() ? std::move(server) : nullptr;
}

} // namespace mailoscope::tests
