// SPDX-License-Identifier: Apache-2.0
#include "gather/network_gatherer.h"

namespace mailoscope::gather
{

namespace
{

Fact leftOut(const FactKey &key, Timestamp at)
{
    Fact fact;
    fact.at = at;
    if (const auto *url = std::get_if<https::Url>(&key)) {
        https::Response response;
        response.url = *url;
        response.outcome = https::Outcome::LeftOut;
        fact.content = std::move(response);
    } else if (const auto *target = std::get_if<smtp::Target>(&key)) {
        smtp::Session session;
        session.target = *target;
        session.outcome = smtp::Outcome::LeftOut;
        fact.content = std::move(session);
    } else if (const auto *question = std::get_if<dns::ServerQuestion>(&key)) {
        fact.content = dns::emptyServerAnswer(*question, dns::Outcome::NotRecorded);
    }
    return fact;
}

} // namespace

NetworkGatherer::NetworkGatherer(std::unique_ptr<Gatherer> dns, std::unique_ptr<Gatherer> https,
                                 std::unique_ptr<Gatherer> smtp, std::unique_ptr<Gatherer> servers,
                                 QObject *parent)
    : Gatherer(parent),
      m_dns(std::move(dns)),
      m_https(std::move(https)),
      m_smtp(std::move(smtp)),
      m_servers(std::move(servers))
{
    for (const Gatherer *gatherer : {m_dns.get(), m_https.get(), m_smtp.get(), m_servers.get()}) {
        if (gatherer)
            connect(gatherer, &Gatherer::gathered, this, &Gatherer::gathered);
    }
}

NetworkGatherer::~NetworkGatherer() = default;

Gatherer *NetworkGatherer::gathererFor(const FactKey &key) const
{
    if (std::holds_alternative<dns::Question>(key))
        return m_dns.get();
    if (std::holds_alternative<dns::ServerQuestion>(key))
        return m_servers.get();
    return std::holds_alternative<https::Url>(key) ? m_https.get() : m_smtp.get();
}

Gatherer::Ticket NetworkGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    const Ticket ticket = ++m_lastTicket;
    Request &request = m_requests[ticket];
    request = {gathererFor(key), 0, key, std::move(done)};
    if (request.gatherer) {
        request.ticket = request.gatherer->ask(
            key, [this, ticket](const Fact &fact) { handOut(ticket, fact); }, std::move(logged));
    } else {
        QMetaObject::invokeMethod(
            this, [this, ticket] { leaveOut(ticket); }, Qt::QueuedConnection);
    }
    return ticket;
}

void NetworkGatherer::handOut(Ticket ticket, const Fact &fact)
{
    auto request = m_requests.extract(ticket);
    if (request && request.mapped().done)
        request.mapped().done(fact); // this may be gone now
}

/// Nothing was learnt: such a fact is not announced with gathered(), for no recording needs it.
void NetworkGatherer::leaveOut(Ticket ticket)
{
    const auto request = m_requests.find(ticket);
    if (request != m_requests.end())
        handOut(ticket, leftOut(request->second.key, context().inspectedAt));
}

void NetworkGatherer::cancel(Ticket ticket)
{
    const auto request = m_requests.extract(ticket);
    if (request && request.mapped().gatherer)
        request.mapped().gatherer->cancel(request.mapped().ticket);
}

InspectionContext NetworkGatherer::context() const
{
    return m_dns->context();
}

const Clock &NetworkGatherer::clock() const
{
    return m_dns->clock();
}

} // namespace mailoscope::gather
