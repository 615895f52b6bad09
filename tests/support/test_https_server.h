// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/test_certificates.h"

#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>
#include <vector>

namespace mailoscope::tests
{

/// How the server treats a connection.
struct HttpsManner {
    enum class Kind {
        Answer, ///< sends `response` and closes
        Drip,   ///< sends `response`, then an octet every few milliseconds for ever
        HangUp, ///< closes when the request has come
        NoTls,  ///< speaks, but no TLS
        CloseAtOnce,
        Silence, ///< takes the connection and says nothing
    };
    Kind kind = Kind::Answer;
    QByteArray response; ///< as it goes over the wire
};

/// An HTTPS server on the loopback interface, in the event loop of the test.
class TestHttpsServer : public QTcpServer
{
public:
    explicit TestHttpsServer(const KeyAndCertificate &identity,
                             const QHostAddress &address = QHostAddress::LocalHost, quint16 port = 0);

    void setManner(HttpsManner manner) { m_manner = std::move(manner); }
    /// Chooses the manner by the head of the request, once that is there; until then the one set before
    /// counts.
    using Choice = std::function<HttpsManner(const QByteArray &head)>;
    void setChoice(Choice choice) { m_choice = std::move(choice); }
    void setProtocol(QSsl::SslProtocol protocol) { m_configuration.setProtocol(protocol); }
    /// The heads of the requests, as they came.
    const std::vector<QByteArray> &requests() const { return m_requests; }
    /// The first octets of each connection: in clear, the host's name stands in them (RFC 6066 section 3).
    const std::vector<QByteArray> &hellos() const { return m_hellos; }
    int connections() const { return m_connections; }

    static QByteArray response(int status, const QByteArray &fields, const QByteArray &body);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void greet(QSslSocket *socket);
    void onRequest(QSslSocket *socket, QByteArray &head);

    QSslConfiguration m_configuration;
    HttpsManner m_manner;
    Choice m_choice;
    std::vector<QByteArray> m_requests;
    std::vector<QByteArray> m_hellos;
    int m_connections = 0;
};

} // namespace mailoscope::tests
