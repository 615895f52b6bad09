// SPDX-License-Identifier: Apache-2.0
#include "gather/smtp_gatherer.h"

#include "base/public_address.h"
#include "base/text.h"
#include "gather/resolver.h"
#include "gather/smtp_conversation.h"

#include <QHostInfo>
#include <QPointer>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>

namespace mailoscope::gather
{

namespace
{

using std::chrono::microseconds;

/// Addresses of one host that are tried.
constexpr std::size_t MostAddresses = 8;
constexpr std::size_t MostKept = 10000;

/// RFC 5321 section 4.1.1.1: the client's full name, if it has one.
QString ownName()
{
    QString name = QHostInfo::localHostName();
    if (!name.contains(QLatin1Char('.')) && !QHostInfo::localDomainName().isEmpty())
        name += QLatin1Char('.') + QHostInfo::localDomainName();
    const auto parsed = DomainName::parse(name.toStdString());
    const bool isHostName =
        parsed && parsed->labelCount() > 1 && std::all_of(name.begin(), name.end(), [](QChar c) {
            return c.unicode() < 128 &&
                   (c.isLetterOrNumber() || c == QLatin1Char('-') || c == QLatin1Char('.'));
        });
    const bool isLocal =
        name.endsWith(QLatin1String(".localdomain")) || name.endsWith(QLatin1String(".local"));
    return isHostName && !isLocal ? name : QString();
}

QSslConfiguration tlsFor(const QList<QSslCertificate> &extraAuthorities)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // The system's alone are looked up one by one, as they are needed; all of them take a tenth of a second.
    if (!extraAuthorities.isEmpty())
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates() + extraAuthorities);
    tls.setProtocol(QSsl::AnyProtocol);
    // Whatever a sender without a policy would take, and what only an old one would: see the header.
    tls.setBackendConfigurationOption("MinProtocol", QByteArray("TLSv1"));
    tls.setBackendConfigurationOption("CipherString", QByteArray("DEFAULT:@SECLEVEL=0"));
    return tls;
}

QString serverText(const IpAddress &address, std::uint16_t port)
{
    return Resolver{QHostAddress(QString::fromStdString(address.toString())), port}.toString();
}

} // namespace

/// As in DnsGatherer: callbacks are called from turn() alone, so that they may do whatever they like, even
/// delete the gatherer.
class SmtpGatherer::Private
{
public:
    Private(SmtpGatherer *gatherer, SmtpGathererOptions given, Gatherer &dns);
    ~Private();

    Ticket ask(const smtp::Target &key, Done done, Logged logged);
    void cancel(Ticket ticket);

    SmtpGathererOptions options;
    Gatherer &dns;
    std::map<smtp::Target, std::pair<Fact, microseconds>> kept; ///< until when

private:
    struct Request {
        smtp::Target key;
        Done done;
        Logged logged;
    };
    /// A host that is being asked, and all the requests that wait for it.
    struct Run {
        std::vector<Ticket> tickets;
        bool begun = false;
        microseconds start{0};
        QDeadlineTimer deadline;
        std::map<dns::RrType, Ticket> dnsTickets; ///< look-ups under way
        std::map<dns::RrType, dns::Answer> answers;
        std::vector<IpAddress> addresses;
        std::size_t next = 0; ///< of the addresses
        bool timedOut = false;
        std::unique_ptr<SmtpConversation> conversation;
        std::vector<std::unique_ptr<SmtpConversation>> over; ///< ended, deleted in turn()
        LookUpLog lookUps;
        std::set<std::size_t> changed;    ///< look-ups that the log has not been told yet
        std::unique_ptr<QTimer> patience; ///< for the look-ups
        std::optional<Fact> fact;
    };
    using Runs = std::map<smtp::Target, Run>;

    void scheduleTurn();
    void turn();
    void takeUp(Ticket ticket);
    void beginWaiting();
    void begin(const smtp::Target &key, Run &run);
    void take(const smtp::Target &key, const Fact &answer);
    void chooseAddresses(const smtp::Target &key, Run &run);
    void tryNext(const smtp::Target &key, Run &run);
    void conversationEnded(const smtp::Target &key);
    void logEnd(Run &run, const smtp::Session &session);
    void end(const smtp::Target &key, Run &run, smtp::Session session);
    void drop(Runs::iterator run);
    void tellLog();
    void handOut();

    SmtpGatherer *q;
    std::optional<QSslConfiguration> m_tls; ///< made when it is first needed
    std::map<Ticket, Request> m_requests;
    std::vector<Ticket> m_fresh; ///< asked since the last turn
    Runs m_runs;
    std::deque<smtp::Target> m_waiting; ///< to be begun when there is room
    std::size_t m_underWay = 0;
    std::vector<std::pair<Ticket, LookUp>> m_cachedLookUps;
    std::deque<std::pair<Ticket, Fact>> m_cached;
    QTimer m_turn;
    Ticket m_lastTicket = 0;
};

SmtpGatherer::Private::Private(SmtpGatherer *gatherer, SmtpGathererOptions given, Gatherer &from)
    : options(std::move(given)), dns(from), q(gatherer)
{
    if (options.ehloName.isEmpty())
        options.ehloName = ownName();
    options.maxAtOnce = std::max<std::size_t>(options.maxAtOnce, 1);
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, q, [this] { turn(); });
}

SmtpGatherer::Private::~Private()
{
    for (auto &[key, run] : m_runs) {
        for (const auto &[type, ticket] : run.dnsTickets)
            dns.cancel(ticket);
    }
}

Gatherer::Ticket SmtpGatherer::Private::ask(const smtp::Target &key, Done done, Logged logged)
{
    const Ticket ticket = ++m_lastTicket;
    m_requests.emplace(ticket, Request{key, std::move(done), std::move(logged)});
    m_fresh.push_back(ticket);
    scheduleTurn();
    return ticket;
}

void SmtpGatherer::Private::cancel(Ticket ticket)
{
    const auto request = m_requests.find(ticket);
    if (request == m_requests.end())
        return;
    const auto run = m_runs.find(request->second.key);
    m_requests.erase(request);
    if (run == m_runs.end())
        return;
    std::erase(run->second.tickets, ticket);
    if (run->second.tickets.empty())
        drop(run);
}

void SmtpGatherer::Private::drop(Runs::iterator run)
{
    for (const auto &[type, ticket] : run->second.dnsTickets)
        dns.cancel(ticket);
    if (run->second.begun) {
        --m_underWay;
        scheduleTurn(); // there is room for another
    }
    m_runs.erase(run);
}

void SmtpGatherer::Private::scheduleTurn()
{
    if (!m_turn.isActive())
        m_turn.start(0);
}

void SmtpGatherer::Private::turn()
{
    for (const Ticket ticket : std::exchange(m_fresh, {}))
        takeUp(ticket);
    beginWaiting();
    for (auto &[key, run] : m_runs)
        run.over.clear();
    // From here on callbacks are called: this object may be gone after any of them.
    const QPointer<SmtpGatherer> gatherer(q);
    tellLog();
    if (gatherer)
        handOut();
}

void SmtpGatherer::Private::takeUp(Ticket ticket)
{
    const auto request = m_requests.find(ticket);
    if (request == m_requests.end())
        return;
    const smtp::Target &key = request->second.key;
    const auto known = kept.find(key);
    if (known != kept.end() && known->second.second > options.clock.elapsed()) {
        LookUp lookUp;
        lookUp.key = key;
        lookUp.state = LookUp::State::Cached;
        lookUp.sentAt = options.clock.now();
        lookUp.start = options.clock.elapsed();
        lookUp.outcome = known->second.first.outcome();
        m_cachedLookUps.emplace_back(ticket, std::move(lookUp));
        m_cached.emplace_back(ticket, known->second.first);
        return;
    }
    const auto [run, isNew] = m_runs.try_emplace(key);
    run->second.tickets.push_back(ticket);
    for (std::size_t i = 0; i < run->second.lookUps.size(); ++i)
        run->second.changed.insert(i); // one that joins is told what has happened so far
    if (isNew)
        m_waiting.push_back(key);
}

void SmtpGatherer::Private::beginWaiting()
{
    while (!m_waiting.empty() && m_underWay < options.maxAtOnce) {
        const smtp::Target key = m_waiting.front();
        m_waiting.pop_front();
        const auto run = m_runs.find(key);
        if (run == m_runs.end() || run->second.begun)
            continue; // cancelled meanwhile
        ++m_underWay;
        run->second.begun = true;
        begin(key, run->second);
    }
}

void SmtpGatherer::Private::begin(const smtp::Target &key, Run &run)
{
    if (!m_tls)
        m_tls = tlsFor(options.extraAuthorities); // before the time begins to run
    run.start = options.clock.elapsed();
    run.deadline = QDeadlineTimer(options.timeout);
    run.patience = std::make_unique<QTimer>();
    run.patience->setSingleShot(true);
    connect(run.patience.get(), &QTimer::timeout, q, [this, key] {
        const auto late = m_runs.find(key);
        if (late == m_runs.end() || late->second.dnsTickets.empty())
            return;
        for (const auto &[type, ticket] : std::exchange(late->second.dnsTickets, {}))
            dns.cancel(ticket);
        chooseAddresses(key, late->second);
    });
    run.patience->start(options.timeout);
    for (const dns::RrType type : {dns::RrType::A, dns::RrType::AAAA})
        run.dnsTickets[type] =
            dns.ask(dns::Question{key.host, type}, [this, key](const Fact &fact) { take(key, fact); });
}

void SmtpGatherer::Private::take(const smtp::Target &key, const Fact &answer)
{
    const auto run = m_runs.find(key);
    if (run == m_runs.end())
        return;
    const dns::RrType type = answer.dns().question.type;
    run->second.dnsTickets.erase(type);
    run->second.answers[type] = answer.dns();
    if (run->second.dnsTickets.empty())
        chooseAddresses(key, run->second);
}

void SmtpGatherer::Private::chooseAddresses(const smtp::Target &key, Run &run)
{
    run.patience->stop();
    bool failed = run.answers.size() < 2;
    std::size_t found = 0;
    for (const auto &[type, answer] : run.answers) { // A before AAAA
        failed = failed || dns::isTemporaryFailure(answer.outcome);
        for (const IpAddress *address : dns::dataOf<IpAddress>(answer)) {
            ++found;
            if ((options.allowPrivate || !specialPurposeOf(*address)) && run.addresses.size() < MostAddresses)
                run.addresses.push_back(*address);
        }
    }
    if (!run.addresses.empty())
        return tryNext(key, run);
    smtp::Session session;
    session.target = key;
    session.outcome = found > 0 ? smtp::Outcome::PrivateAddress
                      : failed  ? smtp::Outcome::LookUpFailed
                                : smtp::Outcome::NoAddress;
    LookUp lookUp;
    lookUp.key = key;
    lookUp.sentAt = options.clock.now();
    lookUp.start = run.start;
    run.lookUps.push_back(std::move(lookUp));
    logEnd(run, session);
    end(key, run, std::move(session));
}

void SmtpGatherer::Private::tryNext(const smtp::Target &key, Run &run)
{
    const IpAddress address = run.addresses[run.next++];
    LookUp lookUp;
    lookUp.key = key;
    lookUp.server = serverText(address, key.port);
    lookUp.attempt = static_cast<int>(run.next);
    lookUp.sentAt = options.clock.now();
    lookUp.start = options.clock.elapsed();
    run.changed.insert(run.lookUps.size());
    run.lookUps.push_back(std::move(lookUp));
    scheduleTurn();

    SmtpConversation::Settings settings{options.ehloName, *m_tls,       options.connectTimeout,
                                        options.farewell, run.deadline, options.clock,
                                        options.route};
    run.conversation = std::make_unique<SmtpConversation>(key, address, std::move(settings), q);
    connect(run.conversation.get(), &SmtpConversation::ended, q, [this, key] { conversationEnded(key); });
    run.conversation->begin();
}

void SmtpGatherer::Private::conversationEnded(const smtp::Target &key)
{
    const auto found = m_runs.find(key);
    if (found == m_runs.end() || !found->second.conversation)
        return;
    Run &run = found->second;
    // We are inside one of its signals: it goes in the next turn.
    SmtpConversation *conversation = run.conversation.get();
    run.over.push_back(std::move(run.conversation));
    smtp::Session session = conversation->session();
    logEnd(run, session);
    run.timedOut = run.timedOut || session.outcome == smtp::Outcome::Timeout;
    if (!conversation->wasConnected() && run.next < run.addresses.size() && !run.deadline.hasExpired())
        return tryNext(key, run);
    if (!conversation->wasConnected() && run.timedOut)
        session.outcome = smtp::Outcome::Timeout; // not every address refused
    end(key, run, std::move(session));
}

void SmtpGatherer::Private::logEnd(Run &run, const smtp::Session &session)
{
    LookUp &lookUp = run.lookUps.back();
    lookUp.state = LookUp::State::Answered;
    lookUp.took = options.clock.elapsed() - lookUp.start;
    lookUp.outcome = session.outcome;
    lookUp.note = QString::fromStdString(shown(session.detail));
    run.changed.insert(run.lookUps.size() - 1);
    scheduleTurn();
}

void SmtpGatherer::Private::end(const smtp::Target &key, Run &run, smtp::Session session)
{
    Fact fact;
    if (session.address)
        fact.from = serverText(*session.address, key.port).toStdString();
    fact.at = options.clock.now();
    fact.took = options.clock.elapsed() - run.start;
    const bool isKept = !smtp::isUnknown(session.outcome) && session.outcome != smtp::Outcome::Interrupted;
    fact.content = std::move(session);
    if (isKept) {
        if (kept.size() >= MostKept)
            kept.clear();
        kept.insert_or_assign(key, std::pair(fact, options.clock.elapsed() + options.keepFor));
    }
    run.fact = std::move(fact);
    scheduleTurn();
}

void SmtpGatherer::Private::tellLog()
{
    struct Told {
        Ticket ticket;
        int index;
        LookUp lookUp;
    };
    std::vector<Told> told;
    for (auto &[ticket, lookUp] : std::exchange(m_cachedLookUps, {}))
        told.push_back({ticket, 0, std::move(lookUp)});
    for (auto &[key, run] : m_runs) {
        for (const std::size_t index : std::exchange(run.changed, {})) {
            for (const Ticket ticket : run.tickets)
                told.push_back({ticket, static_cast<int>(index), run.lookUps[index]});
        }
    }
    const QPointer<SmtpGatherer> gatherer(q);
    for (Told &change : told) {
        if (!gatherer)
            return;
        const auto request = m_requests.find(change.ticket);
        if (request != m_requests.end() && request->second.logged) {
            const Logged logged = request->second.logged; // it may cancel its own request
            logged(change.index, std::move(change.lookUp));
        }
    }
}

void SmtpGatherer::Private::handOut()
{
    struct Ready {
        Fact fact;
        std::vector<Ticket> tickets;
        bool isFresh;
    };
    std::deque<Ready> ready;
    for (auto &[ticket, fact] : std::exchange(m_cached, {}))
        ready.push_back({std::move(fact), {ticket}, false});
    for (auto run = m_runs.begin(); run != m_runs.end();) {
        const auto current = run++;
        if (!current->second.fact)
            continue;
        // Over before its callbacks run: who asks the same again asks anew (or is told what is kept).
        ready.push_back({*std::move(current->second.fact), current->second.tickets, true});
        drop(current);
    }
    const QPointer<SmtpGatherer> gatherer(q);
    for (const Ready &one : ready) {
        Q_EMIT q->gathered(one.fact);
        for (const Ticket ticket : one.tickets) {
            if (!gatherer)
                return;
            const auto request = m_requests.find(ticket);
            if (request == m_requests.end())
                continue;
            const Done done = std::move(request->second.done);
            m_requests.erase(request);
            if (done)
                done(one.fact);
        }
        if (!gatherer)
            return;
    }
}

SmtpGatherer::SmtpGatherer(SmtpGathererOptions options, Gatherer &dns, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, std::move(options), dns))
{
}

SmtpGatherer::~SmtpGatherer() = default;

const SmtpGathererOptions &SmtpGatherer::options() const
{
    return d->options;
}

Gatherer::Ticket SmtpGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->ask(std::get<smtp::Target>(key), std::move(done), std::move(logged));
}

void SmtpGatherer::cancel(Ticket ticket)
{
    d->cancel(ticket);
}

InspectionContext SmtpGatherer::context() const
{
    return d->dns.context();
}

const Clock &SmtpGatherer::clock() const
{
    return d->options.clock;
}

void SmtpGatherer::clearCache()
{
    d->kept.clear();
}

} // namespace mailoscope::gather
