// SPDX-License-Identifier: Apache-2.0
#include "gather/ares_channel.h"

#include <QSocketNotifier>

#include <map>

#define CARES_NO_DEPRECATED // 1.34 would have us use its own decoder; ours tells more
#include <ares.h>

#ifdef _WIN32
#include <winsock2.h>
#else
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace mailoscope::gather
{

namespace
{

/// c-ares counts the calls, and needs none on Unix; other platforms do.
void initialiseLibraryOnce()
{
    static const int status = ares_library_init(ARES_LIB_INIT_ALL);
    (void)status;
}

Channel::Status statusOf(int aresStatus)
{
    switch (aresStatus) {
    case ARES_SUCCESS:
        return AresChannel::Status::Arrived;
    case ARES_EBADQUERY:
    case ARES_EBADRESP:
    case ARES_EFORMERR:
    case ARES_EBADNAME:
        return AresChannel::Status::NotCarried;
    case ARES_ETIMEOUT:
    case ARES_ECANCELLED:
    case ARES_EDESTRUCTION:
        return AresChannel::Status::Silent;
    default:
        return AresChannel::Status::Unreachable;
    }
}

#if ARES_VERSION >= 0x012200
void setServer(ares_channel channel, const Resolver &resolver)
{
    // The only form that takes the zone of a link-local address.
    ares_set_servers_ports_csv(channel, resolver.toString().toLatin1().constData());
}
#else
void setServer(ares_channel channel, const Resolver &resolver)
{
    ares_addr_port_node server{};
    server.udp_port = resolver.port;
    server.tcp_port = resolver.port;
    if (resolver.address.protocol() == QAbstractSocket::IPv4Protocol) {
        server.family = AF_INET;
        server.addr.addr4.s_addr = htonl(resolver.address.toIPv4Address());
    } else {
        server.family = AF_INET6;
        const Q_IPV6ADDR octets = resolver.address.toIPv6Address();
        std::copy(std::begin(octets.c), std::end(octets.c), std::begin(server.addr.addr6._S6_un._S6_u8));
    }
    ares_set_servers_ports(channel, &server);
}
#endif

void processSocket(ares_channel channel, ares_socket_t socket, QSocketNotifier::Type type)
{
    const bool read = type == QSocketNotifier::Read;
#if ARES_VERSION >= 0x012200
    ares_fd_events_t event{};
    event.fd = socket;
    event.events = read ? ARES_FD_EVENT_READ : ARES_FD_EVENT_WRITE;
    ares_process_fds(channel, &event, 1, ARES_PROCESS_FLAG_SKIP_NON_FD);
#else
    ares_process_fd(channel, read ? socket : ARES_SOCKET_BAD, read ? ARES_SOCKET_BAD : socket);
#endif
}

} // namespace

class AresChannel::Private
{
public:
    Private(AresChannel *channel, const Resolver &resolver, Transport transport, Edns edns);
    ~Private();

    void send(const std::string &message, Done done);
    void deliver();

    int sent = 0;
    bool isUdp;

private:
    struct Question {
        Private *owner;
        Done done;
    };
    struct Notifiers {
        QSocketNotifier *read = nullptr;
        QSocketNotifier *write = nullptr;
    };

    static void answered(void *argument, int status, int timeouts, unsigned char *octets, int length);
    static void socketChanged(void *argument, ares_socket_t socket, int readable, int writable);
    void watch(QSocketNotifier *&notifier, ares_socket_t socket, QSocketNotifier::Type type, bool wanted);

    AresChannel *q;
    ares_channel m_channel = nullptr;
    bool m_closing = false;
    std::map<ares_socket_t, Notifiers> m_notifiers;
    std::vector<std::pair<Done, Reply>> m_arrived;
};

AresChannel::Private::Private(AresChannel *channel, const Resolver &resolver, Transport transport, Edns edns)
    : isUdp(transport == Transport::Udp), q(channel)
{
    initialiseLibraryOnce();
    char noFile[] = "/dev/null";
    char dnsOnly[] = "b";
    ares_options options{};
    // NOCHECKRESP: SERVFAIL and REFUSED are answers to us. IGNTC: the question goes over TCP in a channel of
    // its own, so that it is known to have done so.
    options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_IGNTC | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES;
    options.flags |= isUdp ? 0 : ARES_FLAG_USEVC;
    // 1.18 cuts what comes over UDP at this size, at 512 octets without the flag. The size that we announce
    // stands in the message itself; a server that sends more all the same is read as far as c-ares can.
    options.flags |= edns == Edns::Yes ? ARES_FLAG_EDNS : 0;
    options.ednspsz = 4096;
    options.timeout = 60 * 60 * 1000; // never: see the header
    options.tries = 1;
    options.resolvconf_path = noFile;
    options.lookups = dnsOnly;
    options.sock_state_cb = &Private::socketChanged;
    options.sock_state_cb_data = this;
    int set = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_RESOLVCONF |
              ARES_OPT_LOOKUPS | ARES_OPT_SOCK_STATE_CB;
#if ARES_VERSION >= 0x012200
    // A response that it cannot read makes 1.34 give up all questions of the same socket: give each its own.
    // Its cache is switched off: it would answer what we have decided to ask again.
    options.udp_max_queries = 1;
    options.qcache_max_ttl = 0;
    set |= ARES_OPT_UDP_MAX_QUERIES | ARES_OPT_QUERY_CACHE;
#endif
    if (ares_init_options(&m_channel, &options, set) == ARES_SUCCESS)
        setServer(m_channel, resolver);
    else
        m_channel = nullptr;
}

AresChannel::Private::~Private()
{
    m_closing = true;
    if (m_channel)
        ares_destroy(m_channel); // calls back for each question that is still open
}

void AresChannel::Private::send(const std::string &message, Done done)
{
    ++sent;
    if (!m_channel) {
        m_arrived.emplace_back(std::move(done), Reply{Status::Unreachable, {}});
    } else {
        // Freed in answered(), which c-ares calls exactly once for each question.
        auto *question = new Question{this, std::move(done)};
        ares_send(m_channel, reinterpret_cast<const unsigned char *>(message.data()),
                  static_cast<int>(message.size()), &Private::answered, question);
    }
    // It may have been answered within ares_send().
    if (!m_arrived.empty())
        QMetaObject::invokeMethod(
            q, [this] { deliver(); }, Qt::QueuedConnection);
}

void AresChannel::Private::answered(void *argument, int status, int, unsigned char *octets, int length)
{
    const std::unique_ptr<Question> question(static_cast<Question *>(argument));
    Private *const self = question->owner;
    if (self->m_closing)
        return;
    Reply reply{statusOf(status), {}};
    if (octets && length > 0)
        reply.octets.assign(reinterpret_cast<const char *>(octets), static_cast<std::size_t>(length));
    if (reply.octets.empty() && reply.status == Status::Arrived)
        reply.status = Status::NotCarried;
    // We are inside c-ares: only note it, deliver() does the rest.
    self->m_arrived.emplace_back(std::move(question->done), std::move(reply));
}

void AresChannel::Private::deliver()
{
    const auto arrived = std::exchange(m_arrived, {});
    for (const auto &[done, reply] : arrived)
        done(reply);
}

void AresChannel::Private::socketChanged(void *argument, ares_socket_t socket, int readable, int writable)
{
    auto *const self = static_cast<Private *>(argument);
    Notifiers &notifiers = self->m_notifiers[socket];
    self->watch(notifiers.read, socket, QSocketNotifier::Read, readable != 0);
    self->watch(notifiers.write, socket, QSocketNotifier::Write, writable != 0);
    if (!notifiers.read && !notifiers.write)
        self->m_notifiers.erase(socket);
}

void AresChannel::Private::watch(QSocketNotifier *&notifier, ares_socket_t socket, QSocketNotifier::Type type,
                                 bool wanted)
{
    if (wanted == (notifier != nullptr))
        return;
    if (!wanted) {
        // We may be in a slot of this very notifier.
        notifier->setEnabled(false);
        notifier->deleteLater();
        notifier = nullptr;
        return;
    }
    notifier = new QSocketNotifier(socket, type, q);
    QObject::connect(notifier, &QSocketNotifier::activated, q, [this, socket, type] {
        processSocket(m_channel, socket, type);
        deliver();
    });
}

AresChannel::AresChannel(const Resolver &resolver, Transport transport, Edns edns, QObject *parent)
    : Channel(parent), d(std::make_unique<Private>(this, resolver, transport, edns))
{
}

AresChannel::~AresChannel() = default;

void AresChannel::send(const std::string &message, Done done)
{
    d->send(message, std::move(done));
}

bool AresChannel::isSpent() const
{
    return d->sent >= (d->isUdp ? MaxQuestions : 1);
}

std::vector<Resolver> configuredServers()
{
    initialiseLibraryOnce();
    std::vector<Resolver> resolvers;
    ares_channel channel = nullptr;
    if (ares_init(&channel) != ARES_SUCCESS)
        return resolvers;
    ares_addr_port_node *servers = nullptr;
    if (ares_get_servers_ports(channel, &servers) == ARES_SUCCESS) {
        for (const ares_addr_port_node *server = servers; server; server = server->next) {
            Resolver resolver;
            if (server->family == AF_INET)
                resolver.address.setAddress(ntohl(server->addr.addr4.s_addr));
            else
                resolver.address.setAddress(reinterpret_cast<const quint8 *>(&server->addr.addr6));
            if (server->udp_port > 0)
                resolver.port = static_cast<quint16>(server->udp_port);
            resolvers.push_back(resolver);
        }
        ares_free_data(servers);
    }
    ares_destroy(channel);
    return resolvers;
}

} // namespace mailoscope::gather
