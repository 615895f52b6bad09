// SPDX-License-Identifier: Apache-2.0
#include "session.h"

#include "gather/gatherer.h"
#include "gather/snapshot_gatherer.h"

namespace mailoscope::ui
{

Session::Session(MakeGatherer makeGatherer, QObject *parent)
    : QObject(parent), m_makeGatherer(std::move(makeGatherer))
{
}

Session::~Session()
{
    if (m_inspector)
        m_inspector->disconnect(this);
}

void Session::setResolvers(std::vector<gather::Resolver> resolvers)
{
    if (m_resolvers == resolvers)
        return;
    m_resolvers = std::move(resolvers);
    m_network.reset();
}

void Session::inspect(const DomainName &domain)
{
    if (!m_network)
        m_network = m_makeGatherer(m_resolvers);
    m_snapshot.reset();
    begin(m_network, domain);
}

void Session::inspectAfresh()
{
    if (m_state == State::Empty)
        return;
    m_network.reset();
    inspect(m_domain);
}

void Session::show(std::shared_ptr<const Snapshot> snapshot, const DomainName &domain)
{
    m_snapshot = std::move(snapshot);
    begin(std::make_shared<gather::SnapshotGatherer>(m_snapshot), domain);
}

void Session::begin(std::shared_ptr<gather::Gatherer> gatherer, const DomainName &domain)
{
    if (m_inspector)
        m_inspector->disconnect(this);
    m_inspector.reset();
    m_gatherer = std::move(gatherer);
    m_domain = domain;
    // A snapshot tells the same every time: only what it holds itself is asked for.
    m_remembered = m_recall && !m_snapshot ? m_recall(domain) : std::vector<std::string>();
    m_inspector = std::make_unique<gather::Inspector>(m_gatherer);
    connect(m_inspector.get(), &gather::Inspector::reportReady, this, &Session::reportReady);
    connect(m_inspector.get(), &gather::Inspector::progressed, this, &Session::progressed);
    connect(m_inspector.get(), &gather::Inspector::lookUpChanged, this, &Session::lookUpChanged);
    connect(m_inspector.get(), &gather::Inspector::finished, this, &Session::end);
    Q_EMIT began();
    setState(State::Running);
    m_inspector->start(domain, optionsNow());
}

void Session::end(gather::Inspector::Ending ending)
{
    switch (ending) {
    case gather::Inspector::Ending::Done:
        setState(State::Done);
        return;
    case gather::Inspector::Ending::Stopped:
        setState(State::Stopped);
        return;
    case gather::Inspector::Ending::NoResolver:
        setState(State::NoResolver);
        return;
    }
}

void Session::stop()
{
    if (m_inspector && isRunning())
        m_inspector->stop();
}

void Session::setSample(std::optional<spf::Sample> sample)
{
    m_options.spf.sample = std::move(sample);
    goOn();
}

void Session::setSmtpAllowed(bool allowed)
{
    if (allowed == m_isSmtpAllowed)
        return;
    m_isSmtpAllowed = allowed;
    goOn();
}

void Session::setServersAsked(bool asked)
{
    if (asked == m_areServersAsked)
        return;
    m_areServersAsked = asked;
    goOn();
}

void Session::setSelectors(std::vector<std::string> selectors, std::vector<dkim::SignatureName> signatures)
{
    m_selectors = std::move(selectors);
    m_signatures = std::move(signatures);
    goOn();
}

InspectOptions Session::optionsNow() const
{
    InspectOptions options = m_options;
    options.reach = m_snapshot ? m_snapshot->reach : Reach{true, m_isSmtpAllowed, m_areServersAsked};
    options.selectors.user = m_selectors;
    if (m_snapshot)
        options.selectors.user.insert(options.selectors.user.end(), m_snapshot->selectors.begin(),
                                      m_snapshot->selectors.end());
    options.selectors.signatures = m_signatures;
    options.selectors.remembered = m_remembered;
    return options;
}

void Session::goOn()
{
    if (!m_inspector)
        return;
    m_inspector->setOptions(optionsNow()); // goes on, whether it had ended or not
    setState(State::Running);
}

std::shared_ptr<const Report> Session::report() const
{
    return m_inspector ? m_inspector->report() : nullptr;
}

const gather::LookUpLog &Session::log() const
{
    static const gather::LookUpLog Nothing;
    return m_inspector ? m_inspector->log() : Nothing;
}

const FactStore &Session::facts() const
{
    static const FactStore Nothing;
    return m_inspector ? m_inspector->facts() : Nothing;
}

Snapshot Session::snapshot() const
{
    Snapshot snapshot;
    if (!m_inspector)
        return snapshot;
    snapshot.domains = {m_domain};
    snapshot.facts = m_inspector->facts();
    snapshot.selectors = optionsNow().selectors.user;
    snapshot.selectors.insert(snapshot.selectors.end(), m_remembered.begin(), m_remembered.end());
    for (const dkim::SignatureName &signature : m_signatures) {
        if (signature.domain == m_domain)
            snapshot.selectors.push_back(signature.selector);
    }
    if (const auto current = report()) {
        snapshot.resolvers = current->resolvers;
        snapshot.recordedAt = current->inspectedAt;
        snapshot.reach = current->reach;
    }
    return snapshot;
}

void Session::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace mailoscope::ui
