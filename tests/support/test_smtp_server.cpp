// SPDX-License-Identifier: Apache-2.0
#include "support/test_smtp_server.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>

#include <mutex>

namespace mailoscope::tests
{

class TestSmtpServer::Worker : public QTcpServer
{
public:
    Worker(SmtpScript script, QHostAddress address, quint16 port)
        : m_script(std::move(script)), m_address(std::move(address)), m_wished(port)
    {
    }
    void begin()
    {
        if (!listen(m_address, m_wished))
            qFatal("the test's SMTP server cannot listen");
        m_port = serverPort();
    }

    mutable std::mutex mutex; ///< guards what the test's thread reads
    std::vector<std::string> m_received;
    int m_connections = 0;
    int m_hungUp = 0;
    quint16 m_port = 0;

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void say(QSslSocket *socket, const SmtpScript::Text &text)
    {
        if (!text)
            return socket->disconnectFromHost();
        socket->write(text->data(), static_cast<qint64>(text->size()));
    }
    void takeLines(QSslSocket *socket);
    void shakeHands(QSslSocket *socket);

    const SmtpScript m_script;
    const QHostAddress m_address;
    const quint16 m_wished;
};

void TestSmtpServer::Worker::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    {
        const std::lock_guard lock(mutex);
        ++m_connections;
    }
    connect(socket, &QSslSocket::readyRead, this, [this, socket] { takeLines(socket); });
    connect(socket, &QSslSocket::disconnected, this, [this, socket] {
        const std::lock_guard lock(mutex);
        ++m_hungUp;
        socket->deleteLater();
    });
    say(socket, m_script.greeting);
}

void TestSmtpServer::Worker::takeLines(QSslSocket *socket)
{
    while (socket->canReadLine()) {
        const std::string line = socket->readLine().trimmed().toStdString();
        {
            const std::lock_guard lock(mutex);
            m_received.push_back(line);
        }
        if (line.starts_with("EHLO "))
            say(socket, socket->isEncrypted() ? m_script.helloUnderTls : m_script.hello);
        else if (line == "STARTTLS")
            shakeHands(socket);
        else if (line == "QUIT")
            say(socket, "221 Bye\r\n");
    }
}

void TestSmtpServer::Worker::shakeHands(QSslSocket *socket)
{
    say(socket, m_script.startTls);
    if (!m_script.startTls || !m_script.startTls->starts_with("220"))
        return;
    switch (m_script.handshake) {
    case SmtpScript::Handshake::HangUp:
        return socket->disconnectFromHost();
    case SmtpScript::Handshake::Garbage:
        disconnect(socket, &QSslSocket::readyRead, this, nullptr);
        connect(socket, &QSslSocket::readyRead, this, [socket] {
            socket->readAll();
            socket->write("250 this is no TLS\r\n250 nor is this, by any means\r\n");
        });
        return;
    case SmtpScript::Handshake::Silence:
        disconnect(socket, &QSslSocket::readyRead, this, nullptr);
        return;
    case SmtpScript::Handshake::Good:
    case SmtpScript::Handshake::Old:
        break;
    }
    QSslConfiguration tls = socket->sslConfiguration();
    tls.setLocalCertificate(m_script.identity.certificate);
    tls.setPrivateKey(m_script.identity.key);
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    tls.setBackendConfigurationOption("CipherString", QByteArray("DEFAULT:@SECLEVEL=0"));
    if (m_script.handshake == SmtpScript::Handshake::Old) {
        tls.setProtocol(QSsl::AnyProtocol);
        tls.setBackendConfigurationOption("MinProtocol", QByteArray("TLSv1"));
        tls.setBackendConfigurationOption("MaxProtocol", QByteArray("TLSv1.1"));
    }
    socket->setSslConfiguration(tls);
    socket->startServerEncryption();
}

TestSmtpServer::TestSmtpServer(SmtpScript script, const QHostAddress &address, quint16 port)
    : m_worker(new Worker(std::move(script), address, port))
{
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [this] { m_worker->begin(); }, Qt::BlockingQueuedConnection);
}

TestSmtpServer::~TestSmtpServer()
{
    m_thread.quit();
    m_thread.wait();
}

quint16 TestSmtpServer::port() const
{
    return m_worker->m_port;
}

std::vector<std::string> TestSmtpServer::received() const
{
    const std::lock_guard lock(m_worker->mutex);
    return m_worker->m_received;
}

int TestSmtpServer::connections() const
{
    const std::lock_guard lock(m_worker->mutex);
    return m_worker->m_connections;
}

int TestSmtpServer::hungUp() const
{
    const std::lock_guard lock(m_worker->mutex);
    return m_worker->m_hungUp;
}

} // namespace mailoscope::tests
