// SPDX-License-Identifier: Apache-2.0
#include "zone_servers/evaluate.h"

#include "base/public_address.h"
#include "spf/record.h"

#include <algorithm>

namespace mailoscope::zone_servers
{

namespace
{

using dns::Outcome;
using dns::RrType;

/// True where the outcome tells what the server holds.
bool isTold(Outcome outcome)
{
    return !dns::isTemporaryFailure(outcome);
}

std::vector<std::string> sorted(std::vector<std::string> texts)
{
    std::sort(texts.begin(), texts.end());
    return texts;
}

std::vector<std::string> spfTexts(const std::vector<dns::ResourceRecord> &records)
{
    std::vector<std::string> texts;
    for (const dns::ResourceRecord &record : records) {
        const auto *txt = std::get_if<dns::TxtData>(&record.data);
        std::string text = txt ? txt->joined() : std::string();
        if (spf::isSpfRecord(text))
            texts.push_back(std::move(text));
    }
    return sorted(std::move(texts));
}

std::vector<std::string> mxTexts(const std::vector<dns::ResourceRecord> &records)
{
    std::vector<std::string> texts;
    for (const dns::ResourceRecord &record : records)
        texts.push_back(dns::toPresentation(record));
    return sorted(std::move(texts));
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, const DomainName &apex, FactSource &facts) : m_facts(facts)
    {
        m_result.domain = domain;
        m_result.apex = apex;
    }

    Evaluation evaluate(const std::vector<dns::ResourceRecord> &nameServers)
    {
        for (const dns::ResourceRecord &record : nameServers) {
            const auto *server = std::get_if<dns::NameData>(&record.data);
            if (!server)
                continue;
            if (m_result.servers.size() == MaxServers) {
                m_result.cut = true;
                break;
            }
            ask(server->name);
        }
        std::sort(m_result.servers.begin(), m_result.servers.end(),
                  [](const Server &a, const Server &b) { return a.name < b.name; });
        readResolver();
        m_result.pending = m_pending;
        m_result.status = statusNow();
        return std::move(m_result);
    }

private:
    Evaluation::Status statusNow() const
    {
        if (m_pending)
            return Evaluation::Status::Pending;
        const auto isAny = [this](auto predicate) {
            return std::any_of(m_result.servers.begin(), m_result.servers.end(), predicate);
        };
        if (isAny([](const Server &server) {
                return server.state == Server::State::Answers || server.state == Server::State::Lame;
            }))
            return Evaluation::Status::Ok;
        const bool wasAsked = isAny([](const Server &server) {
            return server.state == Server::State::Silent && server.outcome != Outcome::NotRecorded;
        });
        return wasAsked ? Evaluation::Status::TempError : Evaluation::Status::NotChecked;
    }

    void ask(const DomainName &name)
    {
        Server server;
        server.name = name;
        // IPv6 only where there is nothing else: many networks have none, and the servers' data is the same.
        const dns::Answer *v4 = m_facts.dns(name, RrType::A);
        const dns::Answer *v6 = m_facts.dns(name, RrType::AAAA);
        if (!v4 || !v6) {
            m_pending = true;
            m_result.servers.push_back(std::move(server));
            return;
        }
        for (const dns::Answer *answer : {v4, v6}) {
            for (const IpAddress *address : dns::dataOf<IpAddress>(*answer)) {
                if (!server.address && !specialPurposeOf(*address))
                    server.address = *address;
            }
        }
        if (server.address) {
            ask(server, *server.address);
        } else if (isTold(v4->outcome) && isTold(v6->outcome)) {
            server.state = Server::State::NotAsked;
        } else { // whether it has an address is not known
            server.state = Server::State::Silent;
            server.outcome = isTold(v4->outcome) ? v6->outcome : v4->outcome;
        }
        m_result.servers.push_back(std::move(server));
    }

    void ask(Server &server, const IpAddress &address)
    {
        const auto question = [&](const DomainName &name, RrType type,
                                  dns::Transport transport = dns::Transport::Udp) {
            const dns::ServerAnswer *answer = m_facts.server({{name, type}, address, transport});
            m_pending = m_pending || !answer;
            return answer;
        };
        const dns::ServerAnswer *soa = question(m_result.apex, RrType::SOA);
        const dns::ServerAnswer *tcp = question(m_result.apex, RrType::SOA, dns::Transport::Tcp);
        const dns::ServerAnswer *texts = question(m_result.domain, RrType::TXT);
        const dns::ServerAnswer *mx = question(m_result.domain, RrType::MX);
        if (!soa || !tcp || !texts || !mx)
            return;
        server.outcome = soa->outcome;
        server.state = stateOf(*soa);
        if (!soa->records.empty()) {
            if (const auto *data = std::get_if<dns::SoaData>(&soa->records.front().data))
                server.serial = data->serial;
        }
        if (tcp->outcome != Outcome::NotRecorded)
            server.overTcp = tcp->outcome != Outcome::Timeout && tcp->outcome != Outcome::Unreachable;
        if (server.state != Server::State::Answers)
            return;
        // What lies behind an alias may be another server's to say.
        if (isTold(texts->outcome) && texts->aliases.empty())
            server.spf = spfTexts(texts->records);
        if (isTold(mx->outcome) && mx->aliases.empty())
            server.mx = mxTexts(mx->records);
    }

    // RFC 1912 section 2.8, RFC 1035 section 4.1.1: a server that holds the zone sets AA.
    static Server::State stateOf(const dns::ServerAnswer &soa)
    {
        switch (soa.outcome) {
        case Outcome::Answered:
        case Outcome::NoData:
        case Outcome::NxDomain:
            return soa.isAuthoritative ? Server::State::Answers : Server::State::Lame;
        case Outcome::ServerFailure:
        case Outcome::Refused:
        case Outcome::OtherRcode:
            return Server::State::Lame;
        case Outcome::Malformed:
        case Outcome::Timeout:
        case Outcome::Unreachable:
        case Outcome::NotRecorded:
            return Server::State::Silent;
        }
        return Server::State::Silent;
    }

    void readResolver()
    {
        const dns::Answer *texts = m_facts.dns(m_result.domain, RrType::TXT);
        const dns::Answer *mx = m_facts.dns(m_result.domain, RrType::MX);
        m_pending = m_pending || !texts || !mx;
        if (texts && isTold(texts->outcome) && texts->aliases.empty())
            m_result.resolverSpf = spfTexts(texts->records);
        if (mx && isTold(mx->outcome) && mx->aliases.empty())
            m_result.resolverMx = mxTexts(mx->records);
    }

    FactSource &m_facts;
    Evaluation m_result;
    bool m_pending = false;
};

} // namespace

Evaluation evaluate(const DomainName &domain, const DomainName &apex,
                    const std::vector<dns::ResourceRecord> &nameServers, FactSource &facts)
{
    return Evaluator(domain, apex, facts).evaluate(nameServers);
}

} // namespace mailoscope::zone_servers
