// SPDX-License-Identifier: Apache-2.0
#include "gather/https_fetch.h"

#include "base/public_address.h"
#include "gather/resolver.h"
#include "gather/trust.h"
#include "x509/certificate.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QSslCipher>
#include <QSslConfiguration>

#include <algorithm>

namespace mailoscope::gather
{

namespace
{

/// Read at most this much before the library waits for us to take it.
constexpr qint64 ReadAheadOctets = 256 * 1024;

QString fromOctets(std::string_view octets)
{
    return QString::fromLatin1(octets.data(), static_cast<qsizetype>(octets.size()));
}

std::string headerOf(const QNetworkReply &reply, const char *name)
{
    return reply.rawHeader(QByteArray(name)).toStdString();
}

tls::Fault faultOf(QSslError::SslError error)
{
    // Only some of many mean something of their own to a reader.
    if (error == QSslError::HostNameMismatch)
        return tls::Fault::NameMismatch;
    if (error == QSslError::CertificateExpired)
        return tls::Fault::Expired;
    if (error == QSslError::CertificateNotYetValid)
        return tls::Fault::NotYetValid;
    if (error == QSslError::SelfSignedCertificate)
        return tls::Fault::SelfSigned;
    constexpr std::array Untrusted = {
        QSslError::SelfSignedCertificateInChain, QSslError::UnableToGetLocalIssuerCertificate,
        QSslError::UnableToGetIssuerCertificate, QSslError::UnableToVerifyFirstCertificate,
        QSslError::CertificateUntrusted,         QSslError::CertificateSignatureFailed,
        QSslError::InvalidCaCertificate};
    if (std::find(Untrusted.begin(), Untrusted.end(), error) != Untrusted.end())
        return tls::Fault::Untrusted;
    return tls::Fault::Other;
}

std::string versionOf(QSsl::SslProtocol protocol)
{
    if (protocol == QSsl::TlsV1_2)
        return "TLSv1.2";
    if (protocol == QSsl::TlsV1_3)
        return "TLSv1.3";
    return {};
}

/// Qt takes the subject's common name too, which RFC 9525 section 2 has given up.
bool hasNameFor(const QSslCertificate &certificate, const DomainName &host)
{
    const auto read = x509::fromDer(certificate.toDer().toStdString());
    return read && x509::fitsHost(*read, host);
}

QSslConfiguration tlsConfiguration(const HttpsOptions &options)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    trustToo(configuration, options.extraAuthorities);
    // A resumed session would show no certificates.
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    return configuration;
}

QNetworkRequest requestFor(const https::Url &page, const IpAddress &address, const HttpsOptions &options)
{
    // The connection goes to the address that was looked up; the name serves SNI, the certificate and "Host".
    const Endpoint end = routed(options.route, {address, page.port});
    const std::string literal =
        end.address.isV4() ? end.address.toString() : '[' + end.address.toString() + ']';
    const std::string text = "https://" + literal + ':' + std::to_string(end.port) + page.target;
    QNetworkRequest request(QUrl::fromEncoded(QByteArray::fromStdString(text)));
    request.setPeerVerifyName(fromOctets(page.host.text()));
    const std::string host =
        page.port == 443 ? page.host.text() : page.host.text() + ':' + std::to_string(page.port);
    request.setRawHeader("Host", QByteArray::fromStdString(host));
    request.setRawHeader("User-Agent", QByteArray::fromStdString("Mailoscope/" + std::string(toolVersion())));
    request.setRawHeader("Accept-Encoding", "identity");
    request.setRawHeader("Accept-Language", "*"); // else Qt tells the user's language
    request.setRawHeader("Connection", "close");
    request.setSslConfiguration(tlsConfiguration(options));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

/// True where the exchange itself failed; what the status of a response says is another matter.
bool isBrokenOff(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::NoError && error <= QNetworkReply::UnknownNetworkError) ||
           error == QNetworkReply::ProtocolUnknownError || error == QNetworkReply::ProtocolFailure;
}

std::vector<IpAddress> addressesOf(const dns::Answer &answer)
{
    std::vector<IpAddress> addresses;
    for (const IpAddress *address : dns::dataOf<IpAddress>(answer))
        addresses.push_back(*address);
    return addresses;
}

} // namespace

HttpsFetch::HttpsFetch(https::Url url, Gatherer &dns, const HttpsOptions &options, Listener listener)
    : m_dns(dns), m_options(options), m_listener(std::move(listener))
{
    m_response.url = std::move(url);
    m_patience.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &HttpsFetch::onOutOfPatience);
    connect(&m_deadline, &QTimer::timeout, this, &HttpsFetch::onTimeout);
}

HttpsFetch::~HttpsFetch()
{
    if (m_v4Ticket)
        m_dns.cancel(*m_v4Ticket);
    if (m_v6Ticket)
        m_dns.cancel(*m_v6Ticket);
    dropReply();
}

void HttpsFetch::begin()
{
    m_beganAt = now();
    m_deadline.start(m_options.timeout);
    lookUpHost();
}

void HttpsFetch::lookUpHost()
{
    const DomainName &host = m_response.url.host;
    m_v6Ticket = m_dns.ask(dns::Question{host, dns::RrType::AAAA}, [this](const Fact &fact) {
        m_v6Ticket.reset();
        onAddresses(dns::RrType::AAAA, fact);
    });
    m_v4Ticket = m_dns.ask(dns::Question{host, dns::RrType::A}, [this](const Fact &fact) {
        m_v4Ticket.reset();
        onAddresses(dns::RrType::A, fact);
    });
}

void HttpsFetch::onAddresses(dns::RrType type, const Fact &fact)
{
    (type == dns::RrType::A ? m_v4 : m_v6) = fact.dns();
    if (m_v4 && m_v6 && !m_fact)
        chooseCandidates();
}

void HttpsFetch::chooseCandidates()
{
    std::optional<IpAddress> refused;
    for (const dns::Answer *answer : {&*m_v6, &*m_v4}) {
        std::size_t taken = 0;
        for (const IpAddress &address : addressesOf(*answer)) {
            if (!m_options.allowPrivate && specialPurposeOf(address)) {
                refused = refused.value_or(address);
            } else if (taken < MaxAddressesTried) {
                m_candidates.push_back(address);
                ++taken;
            }
        }
    }
    // A URL that is none would be sent as something else than what stands in our fact.
    if (!https::Url::parse(m_response.url.text()))
        return end(https::Outcome::NoAddress, tr("no URL"));
    if (!m_candidates.empty())
        return connectToNext();
    if (refused)
        return end(https::Outcome::PrivateAddress, fromOctets(refused->toString()));
    if (dns::isTemporaryFailure(m_v4->outcome) || dns::isTemporaryFailure(m_v6->outcome))
        return end(https::Outcome::LookUpFailed);
    end(https::Outcome::NoAddress);
}

void HttpsFetch::connectToNext()
{
    m_patience.stop(); // that of the address before
    const IpAddress address = m_candidates.front();
    m_candidates.pop_front();
    m_response.address = address;
    m_response.tls.reset();
    m_isEncrypted = false;

    LookUp lookUp;
    lookUp.key = m_response.url;
    lookUp.server = serverText(address);
    lookUp.attempt = static_cast<int>(m_lookUps.size()) + 1;
    lookUp.sentAt = m_options.clock.now();
    lookUp.start = now();
    m_lookUps.push_back(std::move(lookUp));
    m_listener.lookUpChanged(m_lookUps.size() - 1);

    if (!m_candidates.empty())
        m_patience.start(m_options.patience);
    // Each connection has a manager of its own: one that is shared would let a request wait for an earlier,
    // silent connection to the same address, and would send it over one that is open already.
    m_network = new QNetworkAccessManager(this);
    m_network->setProxy(QNetworkProxy::NoProxy);
    m_reply = m_network->get(requestFor(m_response.url, address, m_options));
    m_reply->setReadBufferSize(ReadAheadOctets);
    connect(m_reply, &QNetworkReply::sslErrors, this, &HttpsFetch::onSslErrors);
    connect(m_reply, &QNetworkReply::encrypted, this, &HttpsFetch::onEncrypted);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpsFetch::readBody);
    connect(m_reply, &QNetworkReply::finished, this, &HttpsFetch::onFinished);
}

/// What the handshake has shown so far.
tls::Session &HttpsFetch::session()
{
    if (!m_response.tls)
        m_response.tls.emplace().at = m_options.clock.now();
    tls::Session &session = *m_response.tls;
    const QSslConfiguration configuration = m_reply->sslConfiguration();
    session.chain.clear();
    for (const QSslCertificate &certificate : configuration.peerCertificateChain())
        session.chain.push_back(certificate.toDer().toStdString());
    session.version = versionOf(configuration.sessionProtocol());
    session.cipher = configuration.sessionCipher().name().toStdString();
    return session;
}

void HttpsFetch::onSslErrors(const QList<QSslError> &errors)
{
    tls::Session &seen = session();
    for (const QSslError &error : errors) {
        if (error.error() == QSslError::NoError)
            continue;
        seen.faults.insert(faultOf(error.error()));
        seen.detail += (seen.detail.empty() ? "" : "; ") + error.errorString().toStdString();
    }
    // Not ignored: the library ends the connection before anything is sent.
}

void HttpsFetch::onEncrypted()
{
    // The library waits in this signal: nothing has been sent yet.
    m_patience.stop();
    m_isEncrypted = true;
    tls::Session &seen = session();
    if (hasNameFor(m_reply->sslConfiguration().peerCertificate(), m_response.url.host))
        return;
    const QString words = tr("no subject alternative name fits the host");
    seen.faults.insert(tls::Fault::NameMismatch);
    seen.detail = words.toStdString();
    end(https::Outcome::TlsFailure, words);
}

void HttpsFetch::readBody()
{
    const std::size_t room = https::MaxBodyOctets - m_response.body.size();
    // One octet more tells that there is more.
    m_response.body += m_reply->read(static_cast<qint64>(room) + 1).toStdString();
    if (m_response.body.size() <= https::MaxBodyOctets)
        return;
    m_response.body.resize(https::MaxBodyOctets);
    m_response.truncated = true;
    takeResponse();
    end(https::Outcome::Answered);
}

void HttpsFetch::takeResponse()
{
    m_response.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    constexpr std::size_t MostOctets = 4096; // of a field that is kept
    m_response.contentType = headerOf(*m_reply, "Content-Type").substr(0, MostOctets);
    m_response.contentEncoding = headerOf(*m_reply, "Content-Encoding").substr(0, MostOctets);
    m_response.location = headerOf(*m_reply, "Location").substr(0, MostOctets);
}

void HttpsFetch::onFinished()
{
    const auto error = m_reply->error();
    const QString words = m_reply->errorString();
    if (m_isEncrypted) {
        const bool hasStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() > 0;
        if (!hasStatus || isBrokenOff(error)) {
            m_response.body.clear();
            return end(https::Outcome::Malformed, words);
        }
        readBody();
        if (m_fact)
            return;
        takeResponse();
        return end(https::Outcome::Answered);
    }
    // Something answered on the port, and it did not come to a session.
    if (m_response.tls || error == QNetworkReply::SslHandshakeFailedError ||
        error == QNetworkReply::RemoteHostClosedError) {
        tls::Session &seen = session();
        if (seen.detail.empty())
            seen.detail = words.toStdString();
        return end(https::Outcome::TlsFailure, words);
    }
    giveUpAddress(error == QNetworkReply::TimeoutError ? https::Outcome::Timeout : https::Outcome::Refused,
                  words);
}

void HttpsFetch::onOutOfPatience()
{
    giveUpAddress(https::Outcome::Timeout, tr("no connection in %1 ms").arg(m_options.patience.count()));
}

void HttpsFetch::giveUpAddress(https::Outcome outcome, const QString &detail)
{
    m_sawTimeout = m_sawTimeout || outcome == https::Outcome::Timeout;
    if (m_candidates.empty()) // a silent address leaves open whether there is a server
        return end(m_sawTimeout ? https::Outcome::Timeout : https::Outcome::Refused, detail);
    dropReply();
    endLookUp(outcome, tr("%1: trying %2").arg(detail, serverText(m_candidates.front())));
    connectToNext();
}

void HttpsFetch::onTimeout()
{
    const QString words = tr("no whole response in %1 ms").arg(m_options.timeout.count());
    m_response.body.clear();
    end(m_lookUps.empty() ? https::Outcome::LookUpFailed : https::Outcome::Timeout, words);
}

void HttpsFetch::endLookUp(https::Outcome outcome, const QString &note)
{
    if (m_lookUps.empty()) {
        LookUp lookUp; // no connection was made: the entry says why
        lookUp.key = m_response.url;
        lookUp.sentAt = m_options.clock.now();
        lookUp.start = m_beganAt;
        m_lookUps.push_back(std::move(lookUp));
    }
    LookUp &last = m_lookUps.back();
    last.state = LookUp::State::Answered;
    last.outcome = outcome;
    last.took = now() - last.start;
    last.note = note;
    m_listener.lookUpChanged(m_lookUps.size() - 1);
}

void HttpsFetch::end(https::Outcome outcome, const QString &detail)
{
    m_patience.stop();
    m_deadline.stop();
    dropReply();
    endLookUp(outcome, detail);
    m_response.outcome = outcome;
    m_response.detail = detail.toStdString();
    Fact fact;
    fact.from = m_lookUps.back().server.toStdString();
    fact.at = m_options.clock.now();
    fact.took = now() - m_beganAt;
    fact.content = std::move(m_response);
    m_fact = std::move(fact);
    m_listener.ended();
}

void HttpsFetch::dropReply()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_network->deleteLater(); // with the reply, in whose signal we may be
    m_network = nullptr;
    m_reply = nullptr;
}

QString HttpsFetch::serverText(const IpAddress &address) const
{
    return Resolver{QHostAddress(fromOctets(address.toString())), m_response.url.port}.toString();
}

} // namespace mailoscope::gather
