// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/test_certificates.h"

#include <QHostAddress>
#include <QThread>

#include <optional>
#include <string>
#include <vector>

namespace mailoscope::tests
{

/// What the server says. An empty text is silence; where there is none the server hangs up instead.
struct SmtpScript {
    enum class Handshake {
        Good,
        Old,     ///< TLS 1.1 and older
        Garbage, ///< octets that are no TLS
        HangUp,
        Silence,
    };
    using Text = std::optional<std::string>;

    Text greeting = "220 mx.example.com ESMTP\r\n";
    Text hello = "250-mx.example.com\r\n250-SIZE 1000\r\n250 STARTTLS\r\n";
    Text startTls = "220 Go ahead\r\n";
    Handshake handshake = Handshake::Good;
    KeyAndCertificate identity;
    Text helloUnderTls = "250-mx.example.com\r\n250 REQUIRETLS\r\n";
};

/// A mail host on the loopback interface, on a free port, in a thread of its own.
class TestSmtpServer
{
public:
    explicit TestSmtpServer(SmtpScript script, const QHostAddress &address = QHostAddress::LocalHost,
                            quint16 port = 0);
    ~TestSmtpServer();
    TestSmtpServer(const TestSmtpServer &) = delete;
    TestSmtpServer &operator=(const TestSmtpServer &) = delete;

    quint16 port() const;
    /// The lines that came, of all connections, without their ends.
    std::vector<std::string> received() const;
    int connections() const;
    /// How many connections ended.
    int hungUp() const;

private:
    class Worker;
    QThread m_thread;
    Worker *m_worker;
};

} // namespace mailoscope::tests
