// SPDX-License-Identifier: Apache-2.0
#include "gather/socket_channel.h"

#include "base/ascii.h"
#include "base/cursor.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QUdpSocket>

#include <algorithm>
#include <utility>

namespace mailoscope::gather
{

namespace
{

constexpr std::size_t HeaderOctets = 12; // RFC 1035 section 4.1.1
constexpr std::size_t TypeAndClassOctets = 4;

/// The question section of a query of ours, which holds one question and no compressed name.
std::string_view questionOf(const std::string &query)
{
    Cursor cursor(query, HeaderOctets);
    while (const auto length = cursor.u8()) {
        if (*length == 0 || !cursor.take(std::size_t(*length)))
            break;
    }
    cursor.take(TypeAndClassOctets);
    return std::string_view(query).substr(HeaderOctets, cursor.position() - HeaderOctets);
}

QAbstractSocket *makeSocket(Transport transport, QObject *parent)
{
    if (transport == Transport::Tcp)
        return new QTcpSocket(parent);
    return new QUdpSocket(parent);
}

} // namespace

SocketChannel::SocketChannel(const Resolver &resolver, Transport transport, QObject *parent)
    : Channel(parent), m_resolver(resolver), m_transport(transport), m_socket(makeSocket(transport, this))
{
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket, &QAbstractSocket::connected, this, &SocketChannel::write);
    connect(m_socket, &QAbstractSocket::readyRead, this, &SocketChannel::read);
    connect(m_socket, &QAbstractSocket::errorOccurred, this, [this] { end({Status::Unreachable, {}}); });
}

SocketChannel::~SocketChannel()
{
    m_ended = true; // closing the socket tells nobody anything
}

void SocketChannel::send(const std::string &message, Done done)
{
    m_query = message;
    m_done = std::move(done);
    // A UDP socket is connected at once and may call back: not from within send().
    QMetaObject::invokeMethod(
        this, [this] { m_socket->connectToHost(m_resolver.address, m_resolver.port); }, Qt::QueuedConnection);
}

void SocketChannel::write()
{
    std::string octets = m_query;
    if (m_transport == Transport::Tcp) { // RFC 1035 section 4.2.2
        const char length[] = {static_cast<char>(m_query.size() >> 8),
                               static_cast<char>(m_query.size() & 0xff)};
        octets.insert(0, length, sizeof length);
    }
    m_socket->write(octets.data(), static_cast<qint64>(octets.size()));
}

void SocketChannel::read()
{
    if (m_transport == Transport::Udp) {
        auto *const udp = static_cast<QUdpSocket *>(m_socket);
        while (!m_ended && udp->hasPendingDatagrams()) {
            std::string octets(static_cast<std::size_t>(std::max<qint64>(udp->pendingDatagramSize(), 0)),
                               '\0');
            const qint64 size = udp->readDatagram(octets.data(), static_cast<qint64>(octets.size()));
            octets.resize(static_cast<std::size_t>(std::max<qint64>(size, 0)));
            take(std::move(octets));
        }
        return;
    }
    m_received += m_socket->readAll().toStdString();
    Cursor cursor(m_received);
    const auto length = cursor.u16();
    const auto octets = length ? cursor.take(std::size_t(*length)) : std::nullopt;
    if (octets)
        take(std::string(*octets));
}

void SocketChannel::take(std::string octets)
{
    if (isResponse(octets))
        end({Status::Arrived, std::move(octets)});
}

/// RFC 5452 section 9.1: the id and the question must be those that were sent; the address is, as the socket
/// is connected.
bool SocketChannel::isResponse(const std::string &octets) const
{
    const std::string_view question = questionOf(m_query);
    return octets.size() >= HeaderOctets + question.size() && octets.compare(0, 2, m_query, 0, 2) == 0 &&
           ascii::equalIgnoringCase(std::string_view(octets).substr(HeaderOctets, question.size()), question);
}

void SocketChannel::end(Reply reply)
{
    if (std::exchange(m_ended, true))
        return;
    m_done(reply);
}

} // namespace mailoscope::gather
