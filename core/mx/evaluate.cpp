// SPDX-License-Identifier: Apache-2.0
#include "mx/evaluate.h"

#include "base/public_address.h"
#include "mx/reverse.h"

#include <algorithm>
#include <tuple>

namespace mailoscope::mx
{

namespace
{

/// Addresses that documents use are left to the name servers that are asked: in a world of examples they have
/// names.
bool isNeverNamed(const IpAddress &address)
{
    const SpecialPurposeBlock *block = specialPurposeOf(address);
    return block && std::string_view(block->name) != "documentation";
}

// RFC 5321 section 5.1: the data field of an MX record holds a domain name.
bool isAddressText(const DomainName &name)
{
    std::string_view text = name.text();
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        text = text.substr(1, text.size() - 2);
    return IpAddress::parse(text).has_value();
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, FactSource &facts, Depth depth) : m_facts(facts), m_depth(depth)
    {
        m_evaluation.domain = domain;
    }

    Evaluation evaluate()
    {
        const DomainName &domain = m_evaluation.domain;
        const dns::Answer *answer = m_facts.dns(domain, dns::RrType::MX);
        // Asked along with the MX, because they decide where there is none.
        m_facts.dns(domain, dns::RrType::A);
        m_facts.dns(domain, dns::RrType::AAAA);
        if (m_depth == Depth::Everything)
            askWildcard();
        if (!answer)
            return m_evaluation;
        m_evaluation.outcome = answer->outcome;
        if (dns::isTemporaryFailure(answer->outcome))
            endAs(failure(wasTried(answer->outcome)));
        else if (answer->outcome == dns::Outcome::NxDomain)
            endAs(Evaluation::Status::Missing);
        else if (answer->outcome == dns::Outcome::NoData)
            tryImplicitMx();
        else
            takeHosts(*answer);
        if (m_depth == Depth::Everything) {
            askReverseNames();
            askSessions();
        } else {
            m_evaluation.reversePending = false;
            m_evaluation.smtpPending = false;
        }
        return std::move(m_evaluation);
    }

private:
    void endAs(Evaluation::Status status)
    {
        m_evaluation.status = status;
        m_evaluation.pending = false;
    }

    /// It failed; what a snapshot does not hold was not asked.
    static bool wasTried(dns::Outcome outcome)
    {
        return dns::isTemporaryFailure(outcome) && outcome != dns::Outcome::NotRecorded;
    }
    static Evaluation::Status failure(bool tried)
    {
        return tried ? Evaluation::Status::TempError : Evaluation::Status::NotChecked;
    }

    // RFC 4592 section 3.3: a wildcard answers for all names below that do not exist. One that refuses all
    // mail (RFC 7505) does no harm.
    void askWildcard()
    {
        const auto wildcard = m_evaluation.domain.prefixed("*");
        const dns::Answer *answer = wildcard ? m_facts.dns(*wildcard, dns::RrType::MX) : nullptr;
        if (!answer)
            return;
        const auto records = dns::dataOf<dns::MxData>(*answer);
        m_evaluation.hasWildcard = std::any_of(records.begin(), records.end(), [](const dns::MxData *record) {
            return !record->exchange.isRoot();
        });
    }

    void askAddresses(Host &host)
    {
        const dns::Answer *v4 = m_facts.dns(host.name, dns::RrType::A);
        const dns::Answer *v6 = m_facts.dns(host.name, dns::RrType::AAAA);
        for (const dns::Answer *answer : {v4, v6}) {
            if (!answer)
                continue;
            for (const IpAddress *address : dns::dataOf<IpAddress>(*answer))
                host.addresses.push_back(*address);
            if (!answer->aliases.empty()) {
                host.isAlias = true;
                host.canonicalName = dns::canonicalName(*answer);
            }
        }
        if (!v4 || !v6)
            return; // what is known of the addresses can be asked about already
        if (!host.addresses.empty())
            host.status = Host::Status::Ok;
        else if (wasTried(v4->outcome) || wasTried(v6->outcome))
            host.status = Host::Status::TempError;
        else if (dns::isTemporaryFailure(v4->outcome) || dns::isTemporaryFailure(v6->outcome))
            host.status = Host::Status::NotChecked;
        else if (v4->outcome == dns::Outcome::NxDomain)
            host.status = Host::Status::NxDomain;
        else
            host.status = Host::Status::NoAddress;
    }

    // RFC 5321 section 5.1: without MX records the domain itself is the host, if it has addresses.
    void tryImplicitMx()
    {
        Host host;
        host.name = m_evaluation.domain;
        askAddresses(host);
        switch (host.status) {
        case Host::Status::Pending:
            return;
        case Host::Status::Ok:
            m_evaluation.implicitMx = true;
            m_evaluation.hosts.push_back(std::move(host));
            return endAs(Evaluation::Status::Missing);
        case Host::Status::NoAddress:
        case Host::Status::NxDomain:
            return endAs(Evaluation::Status::Missing);
        case Host::Status::TempError:
            return endAs(Evaluation::Status::TempError);
        case Host::Status::NotChecked:
            return endAs(Evaluation::Status::NotChecked);
        }
    }

    /// True where the records are a null MX, well or badly made (RFC 7505 section 3).
    bool takeNullMx(const std::vector<const dns::MxData *> &records)
    {
        const bool hasRoot = std::any_of(records.begin(), records.end(),
                                         [](const dns::MxData *record) { return record->exchange.isRoot(); });
        m_evaluation.nullMxBesideOthers = hasRoot && records.size() > 1;
        if (!hasRoot || records.size() > 1)
            return false;
        m_evaluation.nullMx = records.front()->preference == 0;
        if (!m_evaluation.nullMx)
            m_evaluation.nullMxPreference = records.front()->preference;
        endAs(m_evaluation.nullMx ? Evaluation::Status::Ok : Evaluation::Status::Invalid);
        return true;
    }

    void takeHosts(const dns::Answer &answer)
    {
        std::vector<const dns::MxData *> records = dns::dataOf<dns::MxData>(answer);
        std::sort(records.begin(), records.end(), [](const dns::MxData *a, const dns::MxData *b) {
            return std::tie(a->preference, a->exchange) < std::tie(b->preference, b->exchange);
        });
        m_evaluation.cut = records.size() > MaxHosts;
        records.resize(std::min(records.size(), MaxHosts));
        if (takeNullMx(records))
            return;
        bool pending = false;
        bool usable = false;
        bool failed = false;
        bool tried = false;
        for (const dns::MxData *record : records) {
            Host host;
            host.preference = record->preference;
            host.name = record->exchange;
            host.isAddressLiteral = isAddressText(host.name);
            if (host.name.isRoot() || host.isAddressLiteral)
                host.status = Host::Status::NoAddress;
            else
                askAddresses(host);
            pending = pending || host.status == Host::Status::Pending;
            usable = usable || host.status == Host::Status::Ok;
            tried = tried || host.status == Host::Status::TempError;
            failed = failed || tried || host.status == Host::Status::NotChecked;
            m_evaluation.hosts.push_back(std::move(host));
        }
        if (!pending) {
            endAs(usable ? Evaluation::Status::Ok : failed ? failure(tried) : Evaluation::Status::Invalid);
        }
    }

    void askReverseNames()
    {
        bool pending = m_evaluation.pending;
        const std::size_t share = reverseAddressesOfOne(m_evaluation.hosts.size());
        for (Host &host : m_evaluation.hosts) {
            const std::size_t count = std::min(host.addresses.size(), share);
            for (std::size_t i = 0; i < count; ++i) {
                host.reverse.push_back(reverseOf(host.addresses[i], host.name));
                pending = pending || host.reverse.back().status == ReverseName::Status::Pending;
            }
        }
        m_evaluation.reversePending = pending;
    }

    // RFC 8601 section 2.7.3: the names of the address, of which one must have the address.
    ReverseName reverseOf(const IpAddress &address, const DomainName &host)
    {
        using Status = ReverseName::Status;
        ReverseName reverse;
        reverse.address = address;
        const auto owner = DomainName::parse(address.reverseName());
        if (!owner || isNeverNamed(address)) {
            reverse.status = Status::NotAsked;
            return reverse;
        }
        const dns::Answer *answer = m_facts.dns(*owner, dns::RrType::PTR);
        if (!answer)
            return reverse;
        if (dns::isTemporaryFailure(answer->outcome)) {
            reverse.status = wasTried(answer->outcome) ? Status::TempError : Status::NotChecked;
            return reverse;
        }
        for (const dns::NameData *record : dns::dataOf<dns::NameData>(*answer))
            reverse.names.push_back(record->name);
        std::sort(reverse.names.begin(), reverse.names.end(), [&](const DomainName &a, const DomainName &b) {
            return std::make_pair(a != host, a) < std::make_pair(b != host, b);
        });
        const std::size_t share = reverseNamesOfOne(m_evaluation.hosts.size());
        const bool isCut = reverse.names.size() > share;
        reverse.names.resize(std::min(reverse.names.size(), share));
        reverse.status = reverse.names.empty() ? Status::Missing : confirmed(reverse);
        if (isCut && reverse.status == Status::Unconfirmed)
            reverse.status = Status::NotAsked; // one that was left out may have it
        return reverse;
    }

    ReverseName::Status confirmed(const ReverseName &reverse)
    {
        const dns::RrType type = reverse.address.isV4() ? dns::RrType::A : dns::RrType::AAAA;
        bool isConfirmed = false;
        bool pending = false;
        bool failed = false;
        bool tried = false;
        for (const DomainName &name : reverse.names) {
            const dns::Answer *answer = m_facts.dns(name, type);
            pending = pending || !answer;
            if (!answer)
                continue;
            failed = failed || dns::isTemporaryFailure(answer->outcome);
            tried = tried || wasTried(answer->outcome);
            const auto addresses = dns::dataOf<IpAddress>(*answer);
            isConfirmed =
                isConfirmed || std::any_of(addresses.begin(), addresses.end(),
                                           [&](const IpAddress *one) { return *one == reverse.address; });
        }
        return isConfirmed ? ReverseName::Status::Confirmed
               : pending   ? ReverseName::Status::Pending
               : tried     ? ReverseName::Status::TempError
               : failed    ? ReverseName::Status::NotChecked
                           : ReverseName::Status::Unconfirmed;
    }

    /// As soon as the names are known: who holds the sessions looks up the addresses without us.
    void askSessions()
    {
        bool pending = m_evaluation.pending && m_evaluation.hosts.empty();
        std::size_t asked = 0;
        for (Host &host : m_evaluation.hosts) {
            const bool isHopeless =
                host.status == Host::Status::NoAddress || host.status == Host::Status::NxDomain;
            if (isHopeless || asked == MaxSessions)
                continue;
            ++asked;
            const smtp::Session *session = m_facts.smtp({host.name, Port});
            if (session)
                host.session = *session;
            pending = pending || !session;
        }
        m_evaluation.smtpPending = pending;
    }

    FactSource &m_facts;
    const Depth m_depth;
    Evaluation m_evaluation;
};

} // namespace

std::size_t reverseAddressesOfOne(std::size_t hosts)
{
    return std::clamp<std::size_t>(MaxReverse / std::max<std::size_t>(hosts, 1), 1, MaxReverseAddresses);
}

std::size_t reverseNamesOfOne(std::size_t hosts)
{
    const std::size_t addresses = reverseAddressesOfOne(hosts) * std::max<std::size_t>(hosts, 1);
    return std::clamp<std::size_t>(MaxReverseLookUps / addresses, 1, MaxReverseNames);
}

bool isReverseCut(const Evaluation &evaluation)
{
    const auto isCut = [](const Host &host) {
        return host.reverse.size() < host.addresses.size() ||
               std::any_of(host.reverse.begin(), host.reverse.end(), [](const ReverseName &reverse) {
                   return reverse.status == ReverseName::Status::NotAsked && !reverse.names.empty();
               });
    };
    return std::any_of(evaluation.hosts.begin(), evaluation.hosts.end(), isCut);
}

bool Host::hasOnlySpecialAddresses() const
{
    return !addresses.empty() && std::all_of(addresses.begin(), addresses.end(), specialPurposeOf);
}

bool Evaluation::nobodyReached() const
{
    bool tried = false;
    for (const Host &host : hosts) {
        if (!host.session || host.session->outcome == smtp::Outcome::LeftOut ||
            host.session->outcome == smtp::Outcome::NotRecorded)
            continue;
        if (host.session->address)
            return false;
        tried = true;
    }
    return tried;
}

Evaluation evaluate(const DomainName &domain, FactSource &facts, Depth depth)
{
    return Evaluator(domain, facts, depth).evaluate();
}

std::string_view toString(SmtpStatus status)
{
    switch (status) {
    case SmtpStatus::Ok:
        return "ok";
    case SmtpStatus::Absent:
        return "absent";
    case SmtpStatus::BadName:
        return "bad-name";
    case SmtpStatus::Expired:
        return "expired";
    case SmtpStatus::Untrusted:
        return "untrusted";
    case SmtpStatus::Broken:
        return "broken";
    case SmtpStatus::Refused:
        return "refused";
    case SmtpStatus::Timeout:
        return "timeout";
    }
    return {};
}

std::optional<SmtpStatus> smtpStatus(const smtp::Session &session)
{
    switch (session.outcome) {
    case smtp::Outcome::Encrypted:
        break;
    case smtp::Outcome::NotOffered:
        return SmtpStatus::Absent;
    case smtp::Outcome::TlsRefused:
    case smtp::Outcome::TlsFailure:
    case smtp::Outcome::Malformed:
        return SmtpStatus::Broken;
    case smtp::Outcome::Rejected:
    case smtp::Outcome::Refused:
        return SmtpStatus::Refused;
    case smtp::Outcome::Timeout:
    case smtp::Outcome::Interrupted:
        return SmtpStatus::Timeout;
    case smtp::Outcome::NoAddress:
    case smtp::Outcome::LookUpFailed:
    case smtp::Outcome::PrivateAddress:
    case smtp::Outcome::LeftOut:
    case smtp::Outcome::NotRecorded:
        return std::nullopt;
    }
    if (!session.tls)
        return SmtpStatus::Broken;
    const auto has = [&](tls::Fault fault) { return session.tls->faults.contains(fault); };
    if (has(tls::Fault::NameMismatch))
        return SmtpStatus::BadName;
    if (has(tls::Fault::Expired) || has(tls::Fault::NotYetValid))
        return SmtpStatus::Expired;
    return session.tls->faults.empty() ? SmtpStatus::Ok : SmtpStatus::Untrusted;
}

} // namespace mailoscope::mx
