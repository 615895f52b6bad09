// SPDX-License-Identifier: Apache-2.0
#include "support/test_dns_server.h"

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QUdpSocket>

#include <algorithm>
#include <map>

namespace mailoscope::tests
{

namespace
{

constexpr int Attempts = 50;          // a port that is free for UDP may be taken for TCP
constexpr std::size_t PlainUdp = 512; // RFC 1035 section 4.2.1

using Send = std::function<void(const std::string &)>;

std::string withoutRecords(dns::Message message)
{
    message.answers.clear();
    message.authority.clear();
    message.additional.clear();
    message.truncated = true;
    return dns::encode(message);
}

/// As much as fits, as servers do.
std::string encodedWithin(const dns::Message &message, std::size_t limit)
{
    const std::string whole = dns::encode(message);
    return whole.size() <= limit ? whole : withoutRecords(message);
}

} // namespace

class TestDnsServer::Worker : public QObject
{
public:
    Worker(Zone zone, Script script, const QHostAddress &address)
        : m_zone(std::move(zone)), m_script(std::move(script)), m_address(address)
    {
    }

    void listen();
    void receive(const std::string &octets, bool overTcp, const Send &send,
                 const std::function<void()> &hangUp);
    void readUdp();
    void readTcp(QTcpSocket *socket);

    mutable std::mutex mutex; ///< guards what the test's thread reads or sets
    Zone m_zone;
    Script m_script;
    std::vector<Received> m_received;
    std::map<dns::Question, int> m_times;
    quint16 m_port = 0;
    QHostAddress m_address;

private:
    void treat(const dns::Message &query, const Treatment &treatment, bool overTcp, const Send &send,
               const std::function<void()> &hangUp);
    void answer(dns::Message response, const dns::Message &query, bool overTcp, const Send &send);

    QUdpSocket *m_udp = nullptr;
    QTcpServer *m_tcp = nullptr;
};

void TestDnsServer::Worker::listen()
{
    for (int i = 0; i < Attempts && m_port == 0; ++i) {
        delete m_udp;
        delete m_tcp;
        m_udp = new QUdpSocket(this);
        m_tcp = new QTcpServer(this);
        if (m_udp->bind(m_address, 0) && m_tcp->listen(m_address, m_udp->localPort()))
            m_port = m_udp->localPort();
    }
    if (m_port == 0)
        return;
    m_udp->setSocketOption(QAbstractSocket::ReceiveBufferSizeSocketOption, 1 << 20);
    connect(m_udp, &QUdpSocket::readyRead, this, &Worker::readUdp);
    connect(m_tcp, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_tcp->nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readTcp(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

void TestDnsServer::Worker::readUdp()
{
    while (m_udp->hasPendingDatagrams()) {
        QByteArray octets(static_cast<qsizetype>(m_udp->pendingDatagramSize()), '\0');
        QHostAddress sender;
        quint16 port = 0;
        const qint64 size = m_udp->readDatagram(octets.data(), octets.size(), &sender, &port);
        if (size < 0)
            continue;
        receive(
            octets.left(size).toStdString(), false,
            [this, sender, port](const std::string &reply) {
                m_udp->writeDatagram(reply.data(), static_cast<qint64>(reply.size()), sender, port);
            },
            [] {});
    }
}

void TestDnsServer::Worker::readTcp(QTcpSocket *socket)
{
    // RFC 1035 section 4.2.2: two octets of length before each message.
    for (;;) {
        const QByteArray head = socket->peek(2);
        if (head.size() < 2)
            return;
        const int length = static_cast<quint8>(head[0]) << 8 | static_cast<quint8>(head[1]);
        if (socket->bytesAvailable() < length + 2)
            return;
        socket->skip(2);
        const QPointer<QTcpSocket> connection(socket);
        receive(
            socket->read(length).toStdString(), true,
            [connection](const std::string &reply) {
                if (!connection)
                    return;
                const char size[] = {static_cast<char>(reply.size() >> 8),
                                     static_cast<char>(reply.size() & 0xff)};
                connection->write(size, 2);
                connection->write(reply.data(), static_cast<qint64>(reply.size()));
            },
            [connection] {
                if (connection)
                    connection->abort();
            });
    }
}

void TestDnsServer::Worker::receive(const std::string &octets, bool overTcp, const Send &send,
                                    const std::function<void()> &hangUp)
{
    const auto query = dns::decode(octets);
    if (!query || query->questions.size() != 1)
        return;
    const Received received{query->questions.front(), overTcp,
                            query->hasEdns,           query->ednsPayload,
                            query->authenticated,     query->recursionDesired};
    Treatment treatment;
    {
        const std::lock_guard lock(mutex);
        m_received.push_back(received);
        const int times = m_times[received.question]++;
        if (m_script)
            treatment = m_script(received, times);
    }
    if (treatment.delay.count() == 0)
        return treat(*query, treatment, overTcp, send, hangUp);
    QTimer::singleShot(treatment.delay, Qt::PreciseTimer, this,
                       [this, query = *query, treatment, overTcp, send, hangUp] {
                           treat(query, treatment, overTcp, send, hangUp);
                       });
}

void TestDnsServer::Worker::treat(const dns::Message &query, const Treatment &treatment, bool overTcp,
                                  const Send &send, const std::function<void()> &hangUp)
{
    using Kind = Treatment::Kind;
    std::optional<dns::Message> zoneSays;
    {
        const std::lock_guard lock(mutex);
        zoneSays = m_zone.respond(query.questions.front());
    }
    dns::Message bare;
    bare.isResponse = true;
    bare.id = query.id;
    bare.questions = query.questions;
    bare.hasEdns = query.hasEdns;
    bare.ednsPayload = query.hasEdns ? dns::EdnsPayload : 0;
    dns::Message response = zoneSays.value_or(bare);
    response.id = query.id;
    response.authenticated = response.authenticated || treatment.authenticated;
    response.authoritative = treatment.authoritative;
    const auto refuseWith = [&](std::uint16_t rcode) {
        bare.rcode = rcode;
        send(dns::encode(bare));
    };
    switch (treatment.kind) {
    case Kind::Answer:
        break;
    case Kind::Silence:
        return;
    case Kind::Hangup:
        return hangUp();
    case Kind::Truncate:
        if (overTcp)
            break;
        return send(withoutRecords(bare));
    case Kind::Garbage:
        return send("\xff\xfe this is no DNS message \x01\x02\x03");
    case Kind::BrokenRecord: {
        std::string octets = dns::encode(bare);
        octets[7] = '\x01'; // one answer, of which only the beginning of the name is there
        return send(octets.substr(0, octets.size() - (bare.hasEdns ? 11 : 0)) + '\x3f' + "cut");
    }
    case Kind::WrongId:
    case Kind::OnlyWrongId: {
        dns::Message wrong = response;
        wrong.id = static_cast<std::uint16_t>(wrong.id ^ 0x5555U);
        send(dns::encode(wrong));
        if (treatment.kind == Kind::OnlyWrongId)
            return;
        break;
    }
    case Kind::WrongQuestion: {
        dns::Message wrong = response;
        wrong.questions.front().name = name("wrong.invalid");
        send(dns::encode(wrong));
        break;
    }
    case Kind::Refuse:
        return refuseWith(5);
    case Kind::Fail:
        return refuseWith(2);
    case Kind::NotImplemented:
        return refuseWith(4);
    case Kind::FormErrToEdns:
        if (!query.hasEdns)
            break;
        bare.hasEdns = false;
        return refuseWith(1);
    }
    if (zoneSays)
        answer(std::move(response), query, overTcp, send);
}

void TestDnsServer::Worker::answer(dns::Message response, const dns::Message &query, bool overTcp,
                                   const Send &send)
{
    response.hasEdns = query.hasEdns;
    response.ednsPayload = query.hasEdns ? dns::EdnsPayload : 0;
    const std::size_t limit = query.hasEdns ? std::max<std::size_t>(query.ednsPayload, PlainUdp) : PlainUdp;
    send(encodedWithin(response, overTcp ? 65535 : limit));
}

TestDnsServer::TestDnsServer(Zone zone, Script script, const QHostAddress &address)
    : m_worker(new Worker(std::move(zone), std::move(script), address))
{
    m_worker->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_worker, [this] { m_worker->listen(); }, Qt::BlockingQueuedConnection);
}

TestDnsServer::~TestDnsServer()
{
    m_thread.quit();
    m_thread.wait();
}

gather::Resolver TestDnsServer::resolver() const
{
    return {m_worker->m_address, m_worker->m_port};
}

bool TestDnsServer::isListening() const
{
    return m_worker->m_port != 0;
}

void TestDnsServer::setScript(Script script)
{
    const std::lock_guard lock(m_worker->mutex);
    m_worker->m_script = std::move(script);
}

void TestDnsServer::setZone(Zone zone)
{
    const std::lock_guard lock(m_worker->mutex);
    m_worker->m_zone = std::move(zone);
}

std::vector<Received> TestDnsServer::received() const
{
    const std::lock_guard lock(m_worker->mutex);
    return m_worker->m_received;
}

int TestDnsServer::timesAsked(const dns::Question &question) const
{
    const auto all = received();
    return static_cast<int>(
        std::count_if(all.begin(), all.end(), [&](const Received &one) { return one.question == question; }));
}

gather::Resolver TestDnsServer::nobody()
{
    QUdpSocket socket;
    socket.bind(QHostAddress::LocalHost, 0);
    return {QHostAddress(QHostAddress::LocalHost), socket.localPort()};
}

} // namespace mailoscope::tests
