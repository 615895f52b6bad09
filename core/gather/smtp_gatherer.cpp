// SPDX-License-Identifier: Apache-2.0
#include "gather/smtp_gatherer.h"

#include "base/public_address.h"
#include "base/text.h"
#include "gather/in_flight.h"
#include "gather/resolver.h"
#include "gather/smtp_conversation.h"
#include "gather/trust.h"

#include <QHostInfo>
#include <QSslConfiguration>
#include <QTimer>

#include <algorithm>
#include <array>
#include <map>

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
    trustToo(tls, extraAuthorities);
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

/// One host that is being asked.
struct SmtpRun {
    explicit SmtpRun(Gatherer &from) : dns(from) {}
    ~SmtpRun()
    {
        for (const auto &[type, ticket] : dnsTickets)
            dns.cancel(ticket);
    }
    SmtpRun(const SmtpRun &) = delete;
    SmtpRun &operator=(const SmtpRun &) = delete;

    const LookUpLog &lookUps() const { return log; }
    const std::optional<Fact> &fact() const { return outcome; }

    Gatherer &dns;
    microseconds start{0};
    QDeadlineTimer deadline;
    std::map<dns::RrType, Gatherer::Ticket> dnsTickets; ///< look-ups under way
    std::map<dns::RrType, dns::Answer> answers;
    std::vector<IpAddress> addresses;
    std::size_t next = 0; ///< of the addresses
    bool timedOut = false;
    std::unique_ptr<SmtpConversation> conversation;
    LookUpLog log;
    std::unique_ptr<QTimer> patience; ///< for the look-ups
    std::optional<Fact> outcome;
};

} // namespace

class SmtpGatherer::Private
{
public:
    Private(SmtpGatherer *gatherer, SmtpGathererOptions given, Gatherer &dns);

    SmtpGathererOptions options;
    Gatherer &dns;
    std::map<smtp::Target, std::pair<Fact, microseconds>> kept; ///< until when
    InFlight<smtp::Target, SmtpRun> runs;

private:
    using Run = SmtpRun;

    std::optional<Fact> known(const smtp::Target &key) const;
    void begin(const smtp::Target &key, Run &run);
    void take(const smtp::Target &key, const Fact &answer);
    void chooseAddresses(const smtp::Target &key, Run &run);
    void tryNext(const smtp::Target &key, Run &run);
    void conversationEnded(const smtp::Target &key);
    void logBegin(const smtp::Target &key, Run &run, LookUp lookUp);
    void logEnd(const smtp::Target &key, Run &run, const smtp::Session &session);
    void end(const smtp::Target &key, Run &run, smtp::Session session);
    void keep(const Fact &fact);

    SmtpGatherer *q;
    std::optional<QSslConfiguration> m_tls; ///< made when it is first needed
};

SmtpGatherer::Private::Private(SmtpGatherer *gatherer, SmtpGathererOptions given, Gatherer &from)
    : options(std::move(given)),
      dns(from),
      runs(*gatherer, options.maxAtOnce,
           {[this](const smtp::Target &key) { return known(key); },
            [this](const smtp::Target &) { return std::make_unique<Run>(dns); },
            [this](const smtp::Target &key, Run &run) { begin(key, run); },
            [this](const Fact &fact) { keep(fact); }}),
      q(gatherer)
{
    if (options.ehloName.isEmpty())
        options.ehloName = ownName();
}

std::optional<Fact> SmtpGatherer::Private::known(const smtp::Target &key) const
{
    const auto found = kept.find(key);
    return found != kept.end() && found->second.second > options.clock.elapsed()
               ? std::optional(found->second.first)
               : std::nullopt;
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
        Run *late = runs.find(key);
        if (!late || late->dnsTickets.empty())
            return;
        for (const auto &[type, ticket] : std::exchange(late->dnsTickets, {}))
            dns.cancel(ticket);
        chooseAddresses(key, *late);
    });
    run.patience->start(options.timeout);
    for (const dns::RrType type : {dns::RrType::A, dns::RrType::AAAA})
        run.dnsTickets[type] =
            dns.ask(dns::Question{key.host, type}, [this, key](const Fact &fact) { take(key, fact); });
}

void SmtpGatherer::Private::take(const smtp::Target &key, const Fact &answer)
{
    Run *run = runs.find(key);
    if (!run)
        return;
    const dns::RrType type = answer.dns().question.type;
    run->dnsTickets.erase(type);
    run->answers[type] = answer.dns();
    if (run->dnsTickets.empty())
        chooseAddresses(key, *run);
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
    lookUp.start = run.start;
    logBegin(key, run, std::move(lookUp));
    logEnd(key, run, session);
    end(key, run, std::move(session));
}

void SmtpGatherer::Private::tryNext(const smtp::Target &key, Run &run)
{
    const IpAddress address = run.addresses[run.next++];
    LookUp lookUp;
    lookUp.server = serverText(address, key.port);
    lookUp.attempt = static_cast<int>(run.next);
    lookUp.start = options.clock.elapsed();
    logBegin(key, run, std::move(lookUp));

    SmtpConversation::Settings settings{options.ehloName, *m_tls,       options.connectTimeout,
                                        options.farewell, run.deadline, options.clock,
                                        options.route};
    run.conversation = std::make_unique<SmtpConversation>(key, address, std::move(settings), q);
    connect(run.conversation.get(), &SmtpConversation::ended, q, [this, key] { conversationEnded(key); });
    run.conversation->begin();
}

void SmtpGatherer::Private::conversationEnded(const smtp::Target &key)
{
    Run *run = runs.find(key);
    if (!run || !run->conversation)
        return;
    // We are inside one of its signals.
    SmtpConversation *conversation = run->conversation.release();
    conversation->deleteLater();
    smtp::Session session = conversation->session();
    logEnd(key, *run, session);
    run->timedOut = run->timedOut || session.outcome == smtp::Outcome::Timeout;
    if (!conversation->wasConnected() && run->next < run->addresses.size() && !run->deadline.hasExpired())
        return tryNext(key, *run);
    if (!conversation->wasConnected() && run->timedOut)
        session.outcome = smtp::Outcome::Timeout; // not every address refused
    end(key, *run, std::move(session));
}

void SmtpGatherer::Private::logBegin(const smtp::Target &key, Run &run, LookUp lookUp)
{
    lookUp.key = key;
    lookUp.sentAt = options.clock.now();
    run.log.push_back(std::move(lookUp));
    runs.noteChange(key, run.log.size() - 1);
}

void SmtpGatherer::Private::logEnd(const smtp::Target &key, Run &run, const smtp::Session &session)
{
    LookUp &lookUp = run.log.back();
    lookUp.state = LookUp::State::Answered;
    lookUp.took = options.clock.elapsed() - lookUp.start;
    lookUp.outcome = session.outcome;
    lookUp.note = QString::fromStdString(shown(session.detail));
    runs.noteChange(key, run.log.size() - 1);
}

void SmtpGatherer::Private::end(const smtp::Target &key, Run &run, smtp::Session session)
{
    Fact fact;
    if (session.address)
        fact.from = serverText(*session.address, key.port).toStdString();
    fact.at = options.clock.now();
    fact.took = options.clock.elapsed() - run.start;
    fact.content = std::move(session);
    run.outcome = std::move(fact);
    runs.noteEnd(key);
}

void SmtpGatherer::Private::keep(const Fact &fact)
{
    const smtp::Session &session = fact.smtp();
    if (smtp::isUnknown(session.outcome) || session.outcome == smtp::Outcome::Interrupted)
        return;
    if (kept.size() >= MostKept)
        kept.clear();
    kept.insert_or_assign(session.target, std::pair(fact, options.clock.elapsed() + options.keepFor));
}

SmtpGatherer::SmtpGatherer(SmtpGathererOptions options, Gatherer &dns, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, std::move(options), dns))
{
    prepareTrust(d->options.extraAuthorities);
}

SmtpGatherer::~SmtpGatherer() = default;

const SmtpGathererOptions &SmtpGatherer::options() const
{
    return d->options;
}

Gatherer::Ticket SmtpGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->runs.ask(std::get<smtp::Target>(key), std::move(done), std::move(logged));
}

void SmtpGatherer::cancel(Ticket ticket)
{
    d->runs.cancel(ticket);
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
