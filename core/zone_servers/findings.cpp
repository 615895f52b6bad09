// SPDX-License-Identifier: Apache-2.0
#include "zone_servers/findings.h"

#include "report/finding_list.h"

#include <algorithm>
#include <map>

namespace mailoscope::zone_servers
{

namespace
{

std::string faultOf(const Server &server)
{
    switch (server.outcome) {
    case dns::Outcome::Refused:
        return "it refuses (REFUSED)";
    case dns::Outcome::ServerFailure:
        return "it fails (SERVFAIL)";
    case dns::Outcome::OtherRcode:
        return "it answers with an error";
    case dns::Outcome::Answered:
    case dns::Outcome::NoData:
    case dns::Outcome::NxDomain:
        return "it answers without authority";
    case dns::Outcome::Malformed:
    case dns::Outcome::Timeout:
    case dns::Outcome::Unreachable:
    case dns::Outcome::NotRecorded:
        break;
    }
    return "it does not answer";
}

std::string textOf(const std::vector<std::string> &records)
{
    std::string text;
    for (const std::string &record : records)
        text += (text.empty() ? "" : "\n") + record;
    return text;
}

/// What each server says, by what it says.
using Sayings = std::map<std::vector<std::string>, std::vector<const Server *>>;

Sayings sayingsOf(const Evaluation &evaluation, Texts Server::*kind)
{
    Sayings sayings;
    for (const Server &server : evaluation.servers) {
        if (server.*kind)
            sayings[*(server.*kind)].push_back(&server);
    }
    return sayings;
}

class Findings
{
public:
    explicit Findings(const Evaluation &evaluation) : m_evaluation(evaluation) {}

    std::vector<Finding> all()
    {
        for (const Server &server : m_evaluation.servers) {
            if (server.state == Server::State::Lame)
                addLame(server);
        }
        addTcp();
        compare(&Server::spf, m_evaluation.resolverSpf, "spf", "TXT", "SPF");
        compare(&Server::mx, m_evaluation.resolverMx, "mx", "MX", "MX");
        return std::move(m_findings);
    }

private:
    Finding &add(const char *section, std::string id, Severity severity, Reference reference)
    {
        FindingList list(section);
        list.add(std::move(id), severity, std::move(reference));
        m_findings.push_back(std::move(list.take().front()));
        Finding &finding = m_findings.back();
        finding.arguments["domain"] = m_evaluation.domain.text();
        finding.arguments["zone"] = m_evaluation.apex.text();
        return finding;
    }

    void nameServer(Finding &finding, const Server &server) const
    {
        finding.arguments["server"] = server.name.text();
        finding.arguments["address"] = server.address->toString();
        finding.evidence.push_back({m_evaluation.apex.text(), "NS", server.name.text(), {}, {}});
    }

    // RFC 1912 section 2.8
    void addLame(const Server &server)
    {
        Finding &finding = add("dns", "dns.ns.lame", Severity::Medium, {"RFC 1912", "2.8"});
        nameServer(finding, server);
        finding.arguments["fault"] = faultOf(server);
    }

    // RFC 7766 section 5. Where no server is heard over TCP it may be our own network that stops it.
    void addTcp()
    {
        const bool weHearTcp =
            std::any_of(m_evaluation.servers.begin(), m_evaluation.servers.end(),
                        [](const Server &server) { return server.overTcp.value_or(false); });
        for (const Server &server : m_evaluation.servers) {
            if (weHearTcp && server.state == Server::State::Answers && server.overTcp == false)
                nameServer(add("dns", "dns.tcp.refused", Severity::Medium, {"RFC 7766", "5"}), server);
        }
    }

    /// RFC 1034 section 4.3.5: all servers of a zone hold the same data, but while a change passes on.
    void compare(Texts Server::*kind, const Texts &resolver, const char *section, const char *type,
                 const char *what)
    {
        const Sayings sayings = sayingsOf(m_evaluation, kind);
        if (sayings.size() > 1) {
            Finding &finding = add(section, std::string(section) + ".ns-inconsistent", Severity::High,
                                   {"RFC 1034", "4.3.5"});
            std::string told;
            for (const auto &[records, servers] : sayings) {
                finding.evidence.push_back({m_evaluation.domain.text(), type, textOf(records), {}, {}});
                std::string names;
                for (const Server *server : servers)
                    names += (names.empty() ? "" : ", ") + server->name.text();
                told += (told.empty() ? "" : "; ") + names +
                        (records.empty() ? std::string(": none") : ": " + shortened(textOf(records)));
            }
            finding.arguments["told"] = told;
        } else if (sayings.size() == 1 && resolver && *resolver != sayings.begin()->first) {
            Finding &finding = add("dns", "dns.split", Severity::Medium, {"RFC 1034", "4.3.5"});
            finding.arguments["type"] = std::string(what);
            finding.evidence.push_back({m_evaluation.domain.text(), type, textOf(*resolver), {}, {}});
            finding.evidence.push_back(
                {m_evaluation.domain.text(), type, textOf(sayings.begin()->first), {}, {}});
        }
    }

    /// The whole stands in the evidence.
    static std::string shortened(const std::string &text)
    {
        constexpr std::size_t Longest = 120; // octets in the sentence
        return text.size() > Longest ? text.substr(0, Longest) + "..." : text;
    }

    const Evaluation &m_evaluation;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation)
{
    return Findings(evaluation).all();
}

} // namespace mailoscope::zone_servers
