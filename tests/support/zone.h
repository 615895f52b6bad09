// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/message.h"
#include "facts/fact.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailoscope::tests
{

/// Never fails silently: a name that cannot be read ends the test program.
DomainName name(std::string_view text);

/// DNS as a test wants it: records under names, and names that fail. It answers as a resolver would: aliases
/// followed, wildcards expanded (RFC 4592), NXDOMAIN told from NODATA, with an SOA record for the TTL of
/// negative answers.
class Zone
{
public:
    void add(dns::ResourceRecord record);
    /// One line of a master file (RFC 1035 section 5.1) with all names absolute, the trailing dot optional;
    /// TTL and class may be left out: `example.com 300 TXT "v=spf1 -all"`. Blank lines, comments and
    /// directives add nothing.
    void add(std::string_view line);
    /// Of records that are the same one is kept, as servers do (RFC 2181 section 5).
    void addMasterFile(std::string_view text);
    void addMasterFileAt(const std::string &path);
    /// A zone of the SPF suite: `{"name": [{"type": "A", "value": "192.0.2.1"}, {"type": "TIMEOUT"}]}`.
    void addSuite(const nlohmann::json &zone);

    /// Fails this one question. Outcome::Timeout is silence; NotRecorded is for answer() alone.
    void fail(const dns::Question &question, dns::Outcome outcome);
    /// Fails the questions at this name for which there is no record.
    void failOtherwise(const DomainName &name, dns::Outcome outcome);
    /// What a validating resolver takes for secure, and sets AD for: all at and below the apex. The root
    /// stands for its own records only.
    void sign(const DomainName &apex);
    /// The extended error (RFC 8914) that comes with failures at this name.
    void explain(const DomainName &name, std::uint16_t extendedError);
    void remove(const DomainName &name, dns::RrType type);
    /// A page, and what a mail host shows. Others are not there: no address, no connection.
    void add(https::Response page);
    void add(smtp::Session session);
    /// What one of the zone's own servers does otherwise than to hold all that is here: `lame` (without
    /// authority), `refused`, `servfail`, `silent`, `no-tcp`, `not-recorded`, or a record that stands there
    /// in the place of those of its name and type.
    void script(const IpAddress &server, std::string_view what);
    /// The TTL of all negative answers.
    void setNegativeTtl(std::uint32_t seconds) { m_negativeTtl = seconds; }

    /// True if the name has records, names below it, or a scripted failure.
    bool knows(const DomainName &name) const;
    /// True if such a record was added at this very name.
    bool has(const dns::Question &question) const;
    /// The response, with the id 0; nothing where the question is met with silence.
    std::optional<dns::Message> respond(const dns::Question &question) const;
    /// What a resolver that works without fault makes of it.
    dns::Answer answer(const dns::Question &question) const;
    /// What a gatherer without fault makes of a key of any kind; only the content is set.
    Fact fact(const FactKey &key) const;

    std::vector<DomainName> namesWith(dns::RrType type) const;
    /// A root zone with all records, for other servers; "." gets the SOA and NS records that they ask for.
    std::string toRootZoneFile() const;

private:
    const std::vector<dns::ResourceRecord> *recordsAt(const DomainName &name) const;
    bool exists(const DomainName &name) const { return m_existing.contains(name); }
    dns::ResourceRecord soa() const;
    bool isSecure(const std::vector<dns::ResourceRecord> &aliases, const DomainName &last) const;

    std::map<DomainName, std::vector<dns::ResourceRecord>> m_records;
    std::set<DomainName> m_existing; ///< names with records, and all names above them
    std::map<dns::Question, dns::Outcome> m_failing;
    std::map<DomainName, dns::Outcome> m_failingOtherwise;
    std::set<DomainName> m_signed;
    std::map<DomainName, std::uint16_t> m_extendedErrors;
    std::map<https::Url, https::Response> m_pages;
    std::map<smtp::Target, smtp::Session> m_sessions;
    struct ServerScript {
        std::set<std::string, std::less<>> manners;
        std::vector<dns::ResourceRecord> records;
    };
    dns::ServerAnswer answerAt(const dns::ServerQuestion &question) const;
    std::map<IpAddress, ServerScript> m_servers;
    std::uint32_t m_negativeTtl = 60;
};

} // namespace mailoscope::tests
