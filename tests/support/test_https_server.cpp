// SPDX-License-Identifier: Apache-2.0
#include "support/test_https_server.h"

#include <QTimer>

#include <memory>

namespace mailoscope::tests
{

TestHttpsServer::TestHttpsServer(const KeyAndCertificate &identity, const QHostAddress &address, quint16 port)
{
    m_configuration.setPrivateKey(identity.key);
    m_configuration.setLocalCertificateChain({identity.certificate});
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    listen(address, port);
}

QByteArray TestHttpsServer::response(int status, const QByteArray &fields, const QByteArray &body)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Words\r\n" + fields +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

void TestHttpsServer::incomingConnection(qintptr descriptor)
{
    ++m_connections;
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    socket->setSslConfiguration(m_configuration);
    connect(socket, &QAbstractSocket::disconnected, socket, &QObject::deleteLater);
    switch (m_manner.kind) {
    case HttpsManner::Kind::CloseAtOnce:
        socket->abort();
        socket->deleteLater();
        return;
    case HttpsManner::Kind::NoTls:
        socket->write("220 this is no TLS\r\n");
        socket->disconnectFromHost();
        return;
    case HttpsManner::Kind::Silence:
        return;
    case HttpsManner::Kind::Answer:
    case HttpsManner::Kind::Drip:
    case HttpsManner::Kind::HangUp:
        break;
    }
    connect(
        socket, &QIODevice::readyRead, this, [this, socket] { greet(socket); }, Qt::SingleShotConnection);
}

void TestHttpsServer::greet(QSslSocket *socket)
{
    m_hellos.push_back(socket->peek(4096));
    const auto head = std::make_shared<QByteArray>();
    connect(socket, &QIODevice::readyRead, this, [this, socket, head] { onRequest(socket, *head); });
    socket->startServerEncryption();
}

void TestHttpsServer::onRequest(QSslSocket *socket, QByteArray &head)
{
    if (!socket->isEncrypted())
        return;
    head += socket->readAll();
    if (!head.contains("\r\n\r\n"))
        return;
    m_requests.push_back(head);
    const HttpsManner manner = m_choice ? m_choice(head) : m_manner;
    if (manner.kind == HttpsManner::Kind::HangUp)
        return socket->disconnectFromHost();
    socket->write(manner.response);
    if (manner.kind == HttpsManner::Kind::Answer)
        return socket->disconnectFromHost();
    auto *drip = new QTimer(socket);
    connect(drip, &QTimer::timeout, socket, [socket] { socket->write("x"); });
    drip->start(2);
}

} // namespace mailoscope::tests
