// SPDX-License-Identifier: Apache-2.0
#include "support/small_internet.h"

#include "base/timestamp.h"
#include "gather/dns_gatherer.h"
#include "gather/https_gatherer.h"
#include "gather/smtp_gatherer.h"
#include "support/finding_rows.h"
#include "support/rows.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QThread>

#include <fstream>
#include <sstream>

namespace mailoscope::tests
{

namespace
{

using Json = nlohmann::ordered_json;

const QByteArray PolicyPath = "/.well-known/mta-sts.txt";

std::string replaced(std::string text, const std::string &what, const std::string &with)
{
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

Treatment::Kind treatmentNamed(const std::string &name)
{
    using Kind = Treatment::Kind;
    static const std::map<std::string, Kind> kinds = {{"silence", Kind::Silence},
                                                      {"truncate", Kind::Truncate},
                                                      {"garbage", Kind::Garbage},
                                                      {"broken-record", Kind::BrokenRecord},
                                                      {"wrong-id", Kind::WrongId},
                                                      {"wrong-question", Kind::WrongQuestion},
                                                      {"refuse", Kind::Refuse},
                                                      {"not-implemented", Kind::NotImplemented},
                                                      {"formerr-to-edns", Kind::FormErrToEdns}};
    return kinds.at(name);
}

std::string octetsOfFile(const std::string &path)
{
    std::ifstream file(MAILOSCOPE_TEST_DATA "/" + path, std::ios::binary);
    if (!file)
        qFatal("cannot read tests/data/%s", path.c_str());
    std::ostringstream octets;
    octets << file.rdbuf();
    return octets.str();
}

/// `status`, `type`, `location`, and the body: `lines`, `file`, or `size` octets.
HttpsManner mannerOf(const Json &page, const std::string &domain)
{
    HttpsManner manner;
    const std::string kind = page.value("manner", "answer");
    if (kind == "drip")
        manner.kind = HttpsManner::Kind::Drip;
    else if (kind == "hang-up")
        manner.kind = HttpsManner::Kind::HangUp;
    if (kind == "garbage") {
        manner.response = "250 this is no HTTP\r\n\r\n";
        return manner;
    }
    std::string body = page.contains("file") ? octetsOfFile(page["file"]) : std::string();
    for (const auto &line : page.value("lines", Json::array()))
        body += replaced(line.get<std::string>(), "%", domain) + "\r\n";
    body.resize(std::max(body.size(), page.value("size", std::size_t(0))), 'x');
    QByteArray fields =
        "Content-Type: " + QByteArray::fromStdString(page.value("type", "text/plain")) + "\r\n";
    if (page.contains("location"))
        fields += "Location: " + QByteArray::fromStdString(page["location"]) + "\r\n";
    const QByteArray octets = QByteArray::fromStdString(body);
    manner.response = TestHttpsServer::response(page.value("status", 200), fields, octets);
    if (manner.kind == HttpsManner::Kind::Drip) // it promises more than ever comes
        manner.response = "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 60000\r\n\r\n" + octets;
    return manner;
}

std::string keyDigest(const QSslCertificate &certificate)
{
    return QCryptographicHash::hash(certificate.publicKey().toDer(), QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

std::string textOf(const gather::Endpoint &end)
{
    return end.address.toString() + ' ' + std::to_string(end.port);
}

std::string fieldOf(const QByteArray &head, const QByteArray &name)
{
    const qsizetype at = head.indexOf("\r\n" + name + ": ");
    if (at < 0)
        return {};
    const qsizetype begin = at + name.size() + 4;
    return head.mid(begin, head.indexOf("\r\n", begin) - begin).toStdString();
}

} // namespace

/// The web servers with an event loop of their own, so that what a handshake costs them is not taken from the
/// time of the client.
class SmallInternet::WebServers
{
public:
    WebServers()
    {
        m_home.moveToThread(&m_thread);
        m_thread.start();
    }
    ~WebServers()
    {
        inThread([this] { m_servers.clear(); });
        m_thread.quit();
        m_thread.wait();
    }
    WebServers(const WebServers &) = delete;
    WebServers &operator=(const WebServers &) = delete;

    quint16 add(const KeyAndCertificate &identity, const QHostAddress &here, const HttpsManner &manner,
                const TestHttpsServer::Choice &choice)
    {
        quint16 port = 0;
        inThread([&] {
            auto server = std::make_unique<TestHttpsServer>(identity, here);
            server->setChoice(choice);
            server->setManner(manner);
            port = server->serverPort();
            m_servers.push_back(std::move(server));
        });
        return port;
    }

private:
    template <typename Work>
    void inThread(Work work)
    {
        QMetaObject::invokeMethod(&m_home, work, Qt::BlockingQueuedConnection);
    }

    QThread m_thread;
    QObject m_home; ///< lives in the thread
    std::vector<std::unique_ptr<TestHttpsServer>> m_servers;
};

SmallInternet::SmallInternet(const std::string &folder)
{
    const Json world = dataFile((folder + "/world.json").c_str());
    for (const auto &[name, text] : world["texts"].items())
        m_texts.emplace_back('{' + name + '}', text.get<std::string>());
    for (const auto &line : world["standard"])
        m_standard.push_back(line.get<std::string>());
    m_standardPolicy = mannerOf(world["standard_policy"], {});
    for (const auto &[address, manner] : world["web"].items())
        m_webManners[address] = manner.get<std::string>();
    prepareMailHosts(world["mail"]);
    for (const auto &line : world["zone"])
        addLine(line.get<std::string>(), "world.example");
    addPages(world["pages"], {});
}

SmallInternet::~SmallInternet() = default;

void SmallInternet::prepareMailHosts(const Json &hosts)
{
    const TestAuthority stranger("An authority that nobody trusts");
    for (const auto &host : hosts) {
        const std::string manner = host["manner"];
        const std::string own = host["names"].front();
        CertificateWish wish;
        for (const auto &name : host["names"])
            wish.dnsNames.push_back(name.get<std::string>());
        if (manner == "wrong-name")
            wish.dnsNames = {"somebody-else.hoster.example"};
        if (manner == "expired")
            wish.notAfter = "20010101000000Z";
        MailHost made;
        made.isListening = manner != "refused";
        SmtpScript &script = made.script;
        script.identity = manner == "untrusted"     ? stranger.issue(wish)
                          : manner == "self-signed" ? TestAuthority::selfSigned(wish)
                                                    : m_authority.issue(wish);
        script.greeting = "220 " + own + " ESMTP\r\n";
        script.hello = "250-" + own + "\r\n250-SIZE 1000\r\n250 STARTTLS\r\n";
        script.helloUnderTls = "250-" + own + "\r\n250 SIZE 1000\r\n";
        if (manner == "absent")
            script.hello = "250-" + own + "\r\n250 SIZE 1000\r\n";
        else if (manner == "broken")
            script.handshake = SmtpScript::Handshake::Garbage;
        else if (manner == "old")
            script.handshake = SmtpScript::Handshake::Old;
        else if (manner == "rejecting")
            script.greeting = "554 no mail from you\r\n";
        else if (manner == "garbage")
            script.greeting = "\x01\x02 HTTP/1.1 400 Bad Request\r\n";
        else if (manner == "hang-up")
            script.greeting = std::nullopt;
        for (const auto &address : host["addresses"]) {
            made.addresses.push_back(address.get<std::string>());
            m_texts.emplace_back("{spki " + made.addresses.back() + '}',
                                 keyDigest(script.identity.certificate));
        }
        m_mailHosts.push_back(std::move(made));
    }
}

void SmallInternet::add(const Json &domain)
{
    const std::string name = domain["domain"];
    for (const auto &line : domain["zone"])
        addLine(line.get<std::string>(), name);
    addPages(domain.value("pages", Json::object()), name);
}

void SmallInternet::addPages(const Json &pages, const std::string &domain)
{
    for (const auto &[place, page] : pages.items())
        m_pages.insert_or_assign(replaced(place, "%", domain), mannerOf(page, domain));
}

void SmallInternet::addLine(const std::string &line, const std::string &domain)
{
    std::string full = replaced(line, "%", domain);
    for (const auto &[place, text] : m_texts)
        full = replaced(full, place, text);
    const QStringList words = QString::fromStdString(full).split(QLatin1Char(' '));
    const auto word = [&words](int at) { return words.at(at).toStdString(); };
    if (full == "!standard") {
        for (const std::string &standard : m_standard)
            addLine(standard, domain);
    } else if (word(0) == "!without") {
        m_zone.remove(name(word(2)), dns::rrTypeFromString(word(1)).value());
    } else if (word(0) == "!treat") {
        m_treatments[{name(word(2)), dns::rrTypeFromString(word(1)).value()}] = treatmentNamed(word(3));
    } else if (word(0) == "!generate") {
        const QStringList range = words.at(1).split(QLatin1Char('-'));
        const std::string pattern = QStringList(words.mid(2)).join(QLatin1Char(' ')).toStdString();
        for (int i = range.at(0).toInt(); i <= range.at(1).toInt(); ++i)
            addLine(replaced(pattern, "$", std::to_string(i)), domain);
    } else {
        tests::addLine(m_zone, full);
    }
}

std::vector<std::string> SmallInternet::namesAt(const IpAddress &address) const
{
    std::vector<std::string> names;
    for (const dns::RrType type : {dns::RrType::A, dns::RrType::AAAA}) {
        for (const DomainName &owner : m_zone.namesWith(type)) {
            const dns::Answer answer = m_zone.answer({owner, type});
            for (const IpAddress *one : dns::dataOf<IpAddress>(answer)) {
                if (*one == address)
                    names.push_back(owner.text());
            }
        }
    }
    return names;
}

HttpsManner SmallInternet::pageFor(const QByteArray &head) const
{
    const QByteArray path = head.split(' ').value(1);
    const std::string host = fieldOf(head, "Host");
    const auto page = m_pages.find(host + path.toStdString());
    if (page != m_pages.end())
        return page->second;
    if (path == PolicyPath && host.starts_with("mta-sts."))
        return m_standardPolicy;
    return {HttpsManner::Kind::Answer, TestHttpsServer::response(404, "", "no such page")};
}

void SmallInternet::startWebServers()
{
    m_webServers = std::make_unique<WebServers>();
    const TestAuthority stranger("An authority that nobody trusts");
    quint32 place = 0x7f1f0000U; // 127.31.0.0
    for (const auto &[address, manner] : m_webManners) {
        const QHostAddress here(++place);
        if (manner == "refused")
            continue;
        CertificateWish wish;
        wish.dnsNames = namesAt(*IpAddress::parse(address));
        wish.dnsNames.push_back("web.hoster.example");
        if (manner == "wrong-name")
            wish.dnsNames = {"somebody-else.hoster.example"};
        if (manner == "expired")
            wish.notAfter = "20010101000000Z";
        const KeyAndCertificate identity = manner == "untrusted"     ? stranger.issue(wish)
                                           : manner == "self-signed" ? TestAuthority::selfSigned(wish)
                                                                     : m_authority.issue(wish);
        HttpsManner first;
        if (manner == "no-tls")
            first.kind = HttpsManner::Kind::NoTls;
        else if (manner == "close")
            first.kind = HttpsManner::Kind::CloseAtOnce;
        else if (manner == "silence")
            first.kind = HttpsManner::Kind::Silence;
        // The pages no longer change: they are read from the servers' thread.
        const quint16 port = m_webServers->add(identity, here, first,
                                               [this](const QByteArray &head) { return pageFor(head); });
        m_places[address + " 443"] = {*IpAddress::parse(here.toString().toStdString()), port};
    }
}

void SmallInternet::startMailHosts()
{
    quint32 place = 0x7f340000U; // 127.52.0.0
    for (const MailHost &host : m_mailHosts) {
        const QHostAddress here(++place);
        if (!host.isListening)
            continue;
        auto server = std::make_unique<TestSmtpServer>(host.script, here);
        for (const std::string &address : host.addresses)
            m_places[address + " 25"] = {*IpAddress::parse(here.toString().toStdString()), server->port()};
        m_mailServers.push_back(std::move(server));
    }
}

void SmallInternet::start()
{
    startWebServers();
    startMailHosts();
    m_dns = std::make_unique<TestDnsServer>(m_zone, [treatments = m_treatments,
                                                     delay = m_delay](const Received &received, int) {
        const auto treatment = treatments.find(received.question);
        return Treatment{treatment == treatments.end() ? Treatment::Kind::Answer : treatment->second, delay};
    });
}

gather::Endpoint SmallInternet::routeTo(const gather::Endpoint &meant) const
{
    m_connections.push_back(meant);
    const auto place = m_places.find(textOf(meant));
    if (place != m_places.end())
        return place->second;
    // Port 1 is nobody's; and wherever it was meant to go, it stays on this machine.
    return {*IpAddress::parse("127.255.255.254"), 1};
}

std::shared_ptr<gather::NetworkGatherer> SmallInternet::gatherer(const Options &options) const
{
    gather::Clock clock = gather::Clock::system();
    const Timestamp at =
        options.at == Timestamp{} ? timestampFromRfc3339("2026-11-22T00:00:00Z").value() : options.at;
    clock.now = [at] { return at; };
    const gather::Route route = [this](const gather::Endpoint &meant) { return routeTo(meant); };

    gather::GathererOptions dns;
    dns.resolvers = {m_dns->resolver()};
    dns.timeout = options.dnsTimeout;
    dns.clock = clock;
    auto dnsGatherer = std::make_unique<gather::DnsGatherer>(dns);
    gather::HttpsOptions https;
    https.timeout = options.httpsTimeout;
    https.patience = options.httpsTimeout;
    https.allowPrivate = options.allowPrivate;
    https.extraAuthorities = {m_authority.certificate()};
    https.route = route;
    https.clock = clock;
    gather::SmtpGathererOptions smtp;
    smtp.timeout = options.smtpTimeout;
    smtp.connectTimeout = options.smtpTimeout;
    smtp.farewell = std::chrono::milliseconds(0);
    smtp.allowPrivate = options.allowPrivate;
    smtp.extraAuthorities = {m_authority.certificate()};
    smtp.ehloName = QStringLiteral("probe.hoster.example");
    smtp.route = route;
    smtp.clock = clock;
    auto httpsGatherer = std::make_unique<gather::HttpsGatherer>(*dnsGatherer, std::move(https));
    auto smtpGatherer = std::make_unique<gather::SmtpGatherer>(std::move(smtp), *dnsGatherer);
    return std::make_shared<gather::NetworkGatherer>(std::move(dnsGatherer), std::move(httpsGatherer),
                                                     std::move(smtpGatherer));
}

} // namespace mailoscope::tests
