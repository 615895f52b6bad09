// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/network_gatherer.h"
#include "gather/route.h"
#include "support/test_dns_server.h"
#include "support/test_https_server.h"
#include "support/test_smtp_server.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace mailoscope::tests
{

/// An internet of our own on the loopback interface: a name server, and web servers and mail hosts at public
/// addresses, to each of which a route leads that ends at loopback. Facts and reports show the public
/// addresses and the ports 443 and 25. Nothing in it can reach the real one: an address that nobody has leads
/// to a closed port of loopback.
///
/// Lines of zones are those of Zone::add(), in which `%` stands for the domain in hand, or begin with `!`:
/// `!standard` (all lines of the standard domain), `!without TXT name` (takes records away again), `!sign`,
/// `!fail TXT name servfail`, `!explain name 6`, `!treat TXT name truncate`, `!generate 1-50 line` with `$`.
/// `{spki ADDRESS}` is the digest of the public key of the mail host there, for TLSA records, and `{name}` a
/// text of `world.json`.
class SmallInternet
{
public:
    /// Reads `world.json` of a folder below tests/data: its lines, servers and pages.
    explicit SmallInternet(const std::string &folder);
    ~SmallInternet();
    SmallInternet(const SmallInternet &) = delete;
    SmallInternet &operator=(const SmallInternet &) = delete;

    /// Adds a domain: an object with `domain`, `zone` and, where it has any, `pages`.
    void add(const nlohmann::ordered_json &domain);
    /// Starts all servers. Nothing can be added after that.
    void start();

    struct Options {
        std::chrono::milliseconds dnsTimeout{20000};
        std::chrono::milliseconds httpsTimeout{60000};
        std::chrono::milliseconds smtpTimeout{60000};
        Timestamp at{}; ///< what the wall clock says; the epoch stands for a day of 2026
        bool allowPrivate = false;
    };
    std::shared_ptr<gather::NetworkGatherer> gatherer(const Options &options) const;

    TestDnsServer &dns() { return *m_dns; }
    const TestAuthority &authority() const { return m_authority; }
    /// Every address and port that a connection was wanted to, in order: as DNS gave it.
    const std::vector<gather::Endpoint> &connections() const { return m_connections; }
    void forgetConnections() { m_connections.clear(); }
    /// How long each answer of the name server takes.
    void setDelay(std::chrono::milliseconds delay) { m_delay = delay; }

private:
    void addLine(const std::string &line, const std::string &domain);
    void prepareMailHosts(const nlohmann::ordered_json &hosts);
    void startWebServers();
    void startMailHosts();
    void addPages(const nlohmann::ordered_json &pages, const std::string &domain);
    std::vector<std::string> namesAt(const IpAddress &address) const;
    HttpsManner pageFor(const QByteArray &head) const;
    gather::Endpoint routeTo(const gather::Endpoint &meant) const;

    TestAuthority m_authority;
    Zone m_zone;
    std::vector<std::string> m_standard;
    std::vector<std::pair<std::string, std::string>> m_texts; ///< what stands for what in lines
    std::map<dns::Question, Treatment::Kind> m_treatments;
    std::map<std::string, HttpsManner> m_pages;      ///< by host and path
    HttpsManner m_standardPolicy;                    ///< of every mta-sts host that has no page of its own
    std::map<std::string, std::string> m_webManners; ///< by address
    struct MailHost {
        bool isListening = true;
        SmtpScript script;
        std::vector<std::string> addresses;
    };
    std::vector<MailHost> m_mailHosts;
    class WebServers;
    std::unique_ptr<WebServers> m_webServers; ///< in a thread of their own
    std::vector<std::unique_ptr<TestSmtpServer>> m_mailServers;
    std::map<std::string, gather::Endpoint> m_places; ///< `address:port` as DNS gives it -> on loopback
    std::unique_ptr<TestDnsServer> m_dns;
    std::chrono::milliseconds m_delay{0};
    mutable std::vector<gather::Endpoint> m_connections;
};

} // namespace mailoscope::tests
