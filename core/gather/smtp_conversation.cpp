// SPDX-License-Identifier: Apache-2.0
#include "gather/smtp_conversation.h"

#include "base/ascii.h"
#include "x509/certificate.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslCipher>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>

namespace mailoscope::gather
{

namespace
{

using smtp::Outcome;

// RFC 5321 section 4.5.3.1.5 allows 512 octets in a line of a reply and sets no number of lines.
// LENIENT: some hosts write longer ones.
constexpr std::size_t LongestLine = 2048;
constexpr std::size_t MostLines = 100;
/// Of all that one host may say in clear and under TLS together.
constexpr std::size_t MostOctets = 256 * 1024;
constexpr qint64 ReadBuffer = 16 * 1024;
constexpr std::size_t LongestDetail = 600;

std::string octetsOf(const QString &text)
{
    return text.toStdString();
}

std::string versionOf(QSsl::SslProtocol protocol)
{
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    switch (protocol) {
    case QSsl::TlsV1_0:
        return "TLSv1.0";
    case QSsl::TlsV1_1:
        return "TLSv1.1";
    case QSsl::TlsV1_2:
        return "TLSv1.2";
    case QSsl::TlsV1_3:
        return "TLSv1.3";
    case QSsl::AnyProtocol:
    case QSsl::SecureProtocols:
    case QSsl::TlsV1_0OrLater:
    case QSsl::TlsV1_1OrLater:
    case QSsl::TlsV1_2OrLater:
    case QSsl::TlsV1_3OrLater:
    case QSsl::DtlsV1_0:
    case QSsl::DtlsV1_0OrLater:
    case QSsl::DtlsV1_2:
    case QSsl::DtlsV1_2OrLater:
    case QSsl::UnknownProtocol:
        break;
    }
    QT_WARNING_POP
    return {};
}

tls::Fault faultOf(QSslError::SslError error)
{
    // Qt has some thirty kinds and adds to them: those that we have no word for are Other.
    if (error == QSslError::HostNameMismatch)
        return tls::Fault::NameMismatch;
    if (error == QSslError::CertificateExpired)
        return tls::Fault::Expired;
    if (error == QSslError::CertificateNotYetValid)
        return tls::Fault::NotYetValid;
    if (error == QSslError::SelfSignedCertificate)
        return tls::Fault::SelfSigned;
    for (const QSslError::SslError untrusted :
         {QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetIssuerCertificate,
          QSslError::UnableToGetLocalIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
          QSslError::CertificateUntrusted, QSslError::InvalidCaCertificate,
          QSslError::CertificateSignatureFailed}) {
        if (error == untrusted)
            return tls::Fault::Untrusted;
    }
    return tls::Fault::Other;
}

/// The words of the EHLO line that names STARTTLS (RFC 3207 section 4).
bool offersStartTls(const std::vector<std::string> &extensions)
{
    return std::any_of(extensions.begin(), extensions.end(), [](const std::string &line) {
        return ascii::equalIgnoringCase(std::string_view(line).substr(0, line.find(' ')), "STARTTLS");
    });
}

tls::Session tlsSessionOf(const QSslSocket &socket, const DomainName &host, Timestamp at)
{
    tls::Session session;
    session.at = at;
    session.version = versionOf(socket.sessionProtocol());
    session.cipher = octetsOf(socket.sessionCipher().name());
    for (const QSslCertificate &certificate : socket.peerCertificateChain())
        session.chain.push_back(certificate.toDer().toStdString());
    for (const QSslError &error : socket.sslHandshakeErrors()) {
        session.faults.insert(faultOf(error.error()));
        const std::string words = octetsOf(error.errorString());
        if (session.detail.find(words) == std::string::npos)
            session.detail += (session.detail.empty() ? "" : "; ") + words;
    }
    // RFC 9525 section 2: names stand in the subject alternative name alone. Qt takes the common name too.
    if (!session.chain.empty()) {
        const auto leaf = x509::fromDer(session.chain.front());
        if (!leaf || !x509::fitsHost(*leaf, host))
            session.faults.insert(tls::Fault::NameMismatch);
    }
    return session;
}

} // namespace

std::string SmtpConversation::Reply::text() const
{
    std::string all;
    for (const std::string &line : lines)
        all += (all.empty() ? "" : "\n") + line;
    return all;
}

SmtpConversation::SmtpConversation(const smtp::Target &target, const IpAddress &address, Settings settings,
                                   QObject *parent)
    : QObject(parent), m_address(address), m_settings(std::move(settings)), m_socket(new QSslSocket(this))
{
    m_session.target = target;
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(ReadBuffer);
    m_socket->setSslConfiguration(m_settings.tls);
    m_socket->setPeerVerifyName(QString::fromStdString(target.host.text())); // SNI, too
    connect(m_socket, &QSslSocket::connected, this, &SmtpConversation::onConnected);
    connect(m_socket, &QSslSocket::readyRead, this, &SmtpConversation::read);
    connect(m_socket, &QSslSocket::encrypted, this, &SmtpConversation::onEncrypted);
    connect(m_socket, &QSslSocket::errorOccurred, this, &SmtpConversation::onError);
    connect(m_socket, &QSslSocket::sslErrors, m_socket, [socket = m_socket] { socket->ignoreSslErrors(); });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SmtpConversation::onTime);
}

SmtpConversation::~SmtpConversation()
{
    if (m_socket)
        m_socket->disconnect(this); // its destructor may still tell of its end
}

void SmtpConversation::begin()
{
    m_timer.start(
        std::min(m_settings.connectTimeout, std::chrono::milliseconds(m_settings.deadline.remainingTime())));
    const Endpoint end = routed(m_settings.route, {m_address, m_session.target.port});
    m_socket->connectToHost(QHostAddress(QString::fromStdString(end.address.toString())), end.port);
}

void SmtpConversation::onConnected()
{
    m_wasConnected = true;
    m_session.address = m_address;
    m_connectedAt = m_settings.clock.elapsed();
    m_stage = Stage::Greeting;
    m_timer.start(std::chrono::milliseconds(m_settings.deadline.remainingTime()));
}

void SmtpConversation::onTime()
{
    switch (m_stage) {
    case Stage::Connecting:
        return end(Outcome::Timeout, "no connection in time");
    case Stage::Greeting:
        return end(Outcome::Interrupted, "no greeting in time");
    case Stage::Hello:
        return end(Outcome::Interrupted, "no reply to EHLO in time");
    case Stage::StartTls:
        return end(Outcome::Interrupted, "no reply to STARTTLS in time");
    case Stage::Handshake:
        return end(Outcome::Interrupted, "the TLS handshake did not end in time");
    case Stage::HelloUnderTls:
        return end(Outcome::Encrypted, "no reply to EHLO under TLS in time");
    case Stage::Ended:
        return;
    }
}

void SmtpConversation::onError()
{
    const std::string words = octetsOf(m_socket->errorString());
    switch (m_stage) {
    case Stage::Connecting:
        return end(m_socket->error() == QAbstractSocket::SocketTimeoutError ? Outcome::Timeout
                                                                            : Outcome::Refused,
                   words);
    case Stage::Handshake:
        m_session.tls = tlsSessionOf(*m_socket, m_session.target.host, m_settings.clock.now());
        m_session.tls->version.clear();
        m_session.tls->cipher.clear();
        return end(Outcome::TlsFailure, words);
    case Stage::Greeting:
    case Stage::Hello:
    case Stage::StartTls:
        read(); // what came before the host hung up
        if (!isEnded() && m_stage != Stage::Handshake)
            end(Outcome::Interrupted, words);
        else if (m_stage == Stage::Handshake)
            end(Outcome::TlsFailure, words);
        return;
    case Stage::HelloUnderTls:
        read();
        if (!isEnded())
            end(Outcome::Encrypted, words);
        return;
    case Stage::Ended:
        return;
    }
}

void SmtpConversation::read()
{
    while (!isEnded() && m_stage != Stage::Handshake) {
        const QByteArray octets = m_socket->read(ReadBuffer);
        if (octets.isEmpty())
            return;
        m_received.append(octets.constData(), static_cast<std::size_t>(octets.size()));
        m_receivedOctets += static_cast<std::size_t>(octets.size());
        std::size_t begin = 0;
        // LENIENT: lines may end in LF alone (RFC 5321 section 2.3.8 wants CRLF).
        for (std::size_t newline = m_received.find('\n');
             newline != std::string::npos && m_stage != Stage::Handshake;
             newline = m_received.find('\n', begin)) {
            std::string_view line = std::string_view(m_received).substr(begin, newline - begin);
            begin = newline + 1;
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (line.size() > LongestLine || !takeLine(line))
                return end(Outcome::Malformed, std::string(line.substr(0, LongestDetail)));
            if (isEnded())
                return;
        }
        m_received.erase(0, begin);
        if (m_received.size() > LongestLine || m_receivedOctets > MostOctets)
            return end(Outcome::Malformed, "a reply without end");
        if (m_stage == Stage::Handshake) {
            // RFC 3207 section 4.2: what came in clear is worth nothing under TLS. A man in the middle could
            // have put it there.
            const std::size_t injected =
                m_received.size() + static_cast<std::size_t>(m_socket->readAll().size());
            m_received.clear();
            if (injected > 0)
                note(
                    std::to_string(injected) +
                    " octets came after the reply to STARTTLS and before the handshake; they were discarded");
            m_socket->startClientEncryption();
        }
    }
}

bool SmtpConversation::takeLine(std::string_view line)
{
    // RFC 5321 section 4.2: three digits, then a hyphen where more lines follow, else a space.
    // LENIENT: the space may be missing where no text follows.
    const bool hasCode = line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && ascii::isDigit(line[1]) &&
                         ascii::isDigit(line[2]) && (line.size() == 3 || line[3] == ' ' || line[3] == '-');
    if (!hasCode || m_reply.lines.size() >= MostLines)
        return false;
    // LENIENT: section 4.2.1 wants the same code in each line; the last one counts.
    m_reply.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    m_reply.lines.emplace_back(line.substr(std::min<std::size_t>(line.size(), 4)));
    if (line.size() == 3 || line[3] == ' ')
        take(std::exchange(m_reply, {}));
    return true;
}

void SmtpConversation::take(Reply reply)
{
    switch (m_stage) {
    case Stage::Greeting:
        return takeGreeting(reply);
    case Stage::Hello:
    case Stage::HelloUnderTls:
        return takeHello(reply);
    case Stage::StartTls:
        return takeStartTls(reply);
    case Stage::Connecting:
    case Stage::Handshake:
    case Stage::Ended:
        return;
    }
}

void SmtpConversation::takeGreeting(const Reply &reply)
{
    m_session.greetingDelay =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_settings.clock.elapsed() - m_connectedAt);
    // RFC 5321 section 3.1: 220 opens the session, 554 or 421 refuses it.
    if (reply.code != 220)
        return end(Outcome::Rejected, std::to_string(reply.code) + ' ' + reply.text());
    m_session.greeting = reply.text();
    m_stage = Stage::Hello;
    send(hello());
}

void SmtpConversation::takeHello(const Reply &reply)
{
    const bool underTls = m_stage == Stage::HelloUnderTls;
    if (reply.code != 250) {
        const std::string words = std::to_string(reply.code) + ' ' + reply.text();
        return underTls ? end(Outcome::Encrypted, "EHLO under TLS: " + words) : end(Outcome::Rejected, words);
    }
    auto &extensions = underTls ? m_session.extensionsUnderTls : m_session.extensions;
    extensions.assign(reply.lines.begin() + 1, reply.lines.end());
    if (underTls)
        return end(Outcome::Encrypted);
    if (!offersStartTls(extensions))
        return end(Outcome::NotOffered);
    if (!QSslSocket::supportsSsl())
        return end(Outcome::LeftOut, "this machine has no TLS library");
    m_stage = Stage::StartTls;
    send("STARTTLS\r\n");
}

void SmtpConversation::takeStartTls(const Reply &reply)
{
    // RFC 3207 section 4: 220 is the only yes.
    if (reply.code != 220)
        return end(Outcome::TlsRefused, std::to_string(reply.code) + ' ' + reply.text());
    m_stage = Stage::Handshake; // read() begins it when the octets in clear are gone
}

void SmtpConversation::onEncrypted()
{
    m_session.tls = tlsSessionOf(*m_socket, m_session.target.host, m_settings.clock.now());
    m_stage = Stage::HelloUnderTls;
    m_receivedOctets = 0;
    send(hello());
}

QByteArray SmtpConversation::hello() const
{
    if (!m_settings.ehloName.isEmpty())
        return "EHLO " + m_settings.ehloName.toLatin1() + "\r\n";
    // RFC 5321 section 4.1.3.
    QHostAddress own = m_socket->localAddress();
    own.setScopeId({});
    const bool isV6 = own.protocol() == QAbstractSocket::IPv6Protocol;
    return "EHLO [" + QByteArray(isV6 ? "IPv6:" : "") + own.toString().toLatin1() + "]\r\n";
}

void SmtpConversation::send(const QByteArray &command)
{
    m_socket->write(command);
}

void SmtpConversation::note(const std::string &text)
{
    m_session.detail += (m_session.detail.empty() ? "" : "; ") + text;
}

void SmtpConversation::end(Outcome outcome, const std::string &detail)
{
    if (isEnded())
        return;
    const bool polite = m_stage != Stage::Connecting && m_stage != Stage::Handshake;
    m_stage = Stage::Ended;
    m_timer.stop();
    m_session.outcome = outcome;
    if (!detail.empty())
        note(detail.substr(0, LongestDetail));
    m_socket->disconnect(this);
    if (polite && m_socket->state() == QAbstractSocket::ConnectedState)
        sayGoodbye();
    Q_EMIT ended();
}

/// RFC 5321 section 4.1.1.10: the reply to QUIT should be waited for; nobody else has to.
void SmtpConversation::sayGoodbye()
{
    QSslSocket *socket = std::exchange(m_socket, nullptr);
    socket->setParent(parent());
    socket->write("QUIT\r\n");
    connect(socket, &QSslSocket::readyRead, socket, [socket] {
        socket->readAll();
        socket->disconnectFromHost();
    });
    connect(socket, &QSslSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(m_settings.farewell, socket, [socket] {
        socket->abort();
        socket->deleteLater();
    });
}

} // namespace mailoscope::gather
