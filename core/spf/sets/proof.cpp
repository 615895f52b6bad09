// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/proof.h"

#include "facts/fact_store.h"
#include "fixes/change.h"
#include "spf/partition.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace mailoscope::spf
{

namespace
{

/// Terms that all checks together may have to try, so that a hostile record does not keep us.
constexpr std::size_t MaxTermsTried = 100'000'000;

/// Remembers the answers that an evaluation read.
class Remembering : public FactSource
{
public:
    explicit Remembering(FactSource &below) : m_below(below) {}
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override
    {
        const dns::Answer *answer = m_below.dns(name, type);
        if (answer)
            m_known[dns::Question{name, type}] = answer;
        return answer;
    }
    std::shared_ptr<const dns::Answer> share(const dns::Answer &answer) override
    {
        return m_below.share(answer);
    }
    const dns::Answer *known(const DomainName &name, dns::RrType type) const
    {
        const auto found = m_known.find(dns::QuestionRef{name, type});
        return found == m_known.end() ? nullptr : found->second;
    }

private:
    FactSource &m_below;
    std::unordered_map<dns::Question, const dns::Answer *, dns::QuestionHash, dns::QuestionEqual> m_known;
};

/// What a term that depends on the client is taken to find.
enum class Assumption { Nobody, Everybody };

/// The remembered answers; about all else, which only terms with macros ask for, one thing is assumed for
/// both sides. Nothing is asked for.
class Assuming : public FactSource
{
public:
    Assuming(const Remembering &known, Assumption assumption, FactSource &shares)
        : m_known(known), m_assumption(assumption), m_shares(shares)
    {
    }
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override
    {
        if (const dns::Answer *answer = m_known.known(name, type))
            return answer;
        std::unique_ptr<dns::Answer> &answer = m_assumed[dns::Question{name, type}];
        if (!answer)
            answer = std::make_unique<dns::Answer>(assumed({name, type}));
        return answer.get();
    }
    std::shared_ptr<const dns::Answer> share(const dns::Answer &answer) override
    {
        return m_shares.share(answer);
    }

private:
    dns::Answer assumed(const dns::Question &question) const
    {
        dns::Answer answer = dns::emptyAnswer(question, dns::Outcome::NoData);
        const bool matches = m_assumption == Assumption::Everybody;
        if (question.type == dns::RrType::TXT)
            answer.records.push_back(
                {question.name, question.type, 0, fixes::txtData(matches ? "v=spf1 +all" : "v=spf1 ?all")});
        else if (question.type == dns::RrType::A && matches)
            answer.records.push_back({question.name, question.type, 0, IpAddress::fromV4(0x7f000002)});
        if (!answer.records.empty())
            answer.outcome = dns::Outcome::Answered;
        return answer;
    }

    const Remembering &m_known;
    Assumption m_assumption;
    FactSource &m_shares;
    std::unordered_map<dns::Question, std::unique_ptr<dns::Answer>, dns::QuestionHash, dns::QuestionEqual>
        m_assumed;
};

/// The record in the place of `replaced` among the TXT records of the domain.
void publishInPlace(const Published &record, FactSource &facts, const std::string &replaced, Overlay &overlay)
{
    dns::Answer answer = dns::emptyAnswer({record.name, dns::RrType::TXT}, dns::Outcome::Answered);
    const dns::Answer *now = facts.dns(record.name, dns::RrType::TXT);
    if (now && now->outcome == dns::Outcome::Answered)
        answer = *now;
    const auto isReplaced = [&](const dns::ResourceRecord &old) {
        const auto *txt = std::get_if<dns::TxtData>(&old.data);
        return txt && txt->joined() == replaced;
    };
    answer.records.erase(std::remove_if(answer.records.begin(), answer.records.end(), isReplaced),
                         answer.records.end());
    answer.records.push_back(
        {canonicalName(answer), dns::RrType::TXT, fixes::UsualTtl, fixes::txtData(record.text)});
    overlay.put(std::move(answer));
}

/// The record at a name that nothing stands at yet.
void publishNew(const Published &record, Overlay &overlay)
{
    dns::Answer answer = dns::emptyAnswer({record.name, dns::RrType::TXT}, dns::Outcome::Answered);
    answer.records.push_back({record.name, dns::RrType::TXT, fixes::UsualTtl, fixes::txtData(record.text)});
    overlay.put(std::move(answer));
}

/// Both ends of every range at which a result can change: of the sets, and of every block of every term.
class Boundaries
{
public:
    void add(const Partition &partition)
    {
        for (const AddressSet &set : partition.byResult) {
            for (const auto &interval : set.v4.intervals())
                addEnds(IpAddress::fromV4(interval.first), IpAddress::fromV4(interval.last));
            for (const auto &interval : set.v6.intervals())
                addEnds(IpAddress::fromV6(interval.first), IpAddress::fromV6(interval.last));
        }
    }
    /// Recursion is bounded by TreeBounds::depth.
    void add(const Node &node)
    {
        if (!node.record || !node.record->record)
            return;
        for (const TermNode &term : node.terms) {
            if (term.dead != Dead::No)
                continue;
            forEachBlock(node.record->record->terms[term.index], term,
                         [this](const Cidr &block) { addEnds(block.first(), block.last()); });
            if (term.child)
                add(*term.child);
        }
    }
    /// No more than `most`, evenly chosen.
    std::vector<IpAddress> take(std::size_t most, bool &isWhole)
    {
        std::sort(m_addresses.begin(), m_addresses.end());
        m_addresses.erase(std::unique(m_addresses.begin(), m_addresses.end()), m_addresses.end());
        isWhole = m_addresses.size() <= most;
        if (isWhole)
            return std::move(m_addresses);
        std::vector<IpAddress> chosen;
        for (std::size_t i = 0; i < most; ++i)
            chosen.push_back(m_addresses[i * m_addresses.size() / most]);
        return chosen;
    }

private:
    void addEnds(const IpAddress &first, const IpAddress &last)
    {
        for (const IpAddress &address : {first, last}) {
            // ::ffff:0:0/96 is checked as IPv4 (RFC 7208 section 5).
            if (address.unmapped() == address)
                m_addresses.push_back(address);
        }
    }

    std::vector<IpAddress> m_addresses;
};

std::size_t termsOf(const Node &node)
{
    std::size_t terms = node.terms.size();
    for (const TermNode &term : node.terms)
        terms += term.child ? termsOf(*term.child) : 0;
    return terms;
}

class Prover
{
public:
    Prover(const Evaluation &before, FactSource &factsBefore, FactSource &factsAfter, RecordCache &records,
           const Limits &limits)
        : m_before(before),
          m_knownBefore(factsBefore),
          m_knownAfter(factsAfter),
          m_factsBefore(factsBefore),
          m_factsAfter(factsAfter),
          m_records(records),
          m_limits(limits)
    {
    }

    Proof run()
    {
        Options options;
        options.limits = m_limits;
        // Without a sample, so that what depends on the client stays open.
        const Tree was = buildTree(m_before.domain, m_knownBefore, m_records, options);
        const Evaluation now = evaluate(m_before.domain, m_knownAfter, m_records, options);
        m_proof.pending = was.pending || now.pending;
        if (was.cut || now.cut)
            return m_proof; // nobody knows what such a tree says
        m_proof.lookups = now.lookups;
        m_proof.voidLookups = now.voidLookups;
        m_proof.withinLimits = now.status == Evaluation::Status::Ok && now.lookups <= m_limits.lookups &&
                               now.voidLookups <= m_limits.voidLookups;
        m_proof.setsEqual = was.root.addresses.byResult == now.addresses.byResult &&
                            was.root.addresses.exact == now.addresses.exact;
        if (m_proof.pending || !m_proof.setsEqual || !m_proof.withinLimits)
            return m_proof;
        checkBoundaries(was.root, now);
        return m_proof;
    }

private:
    void checkBoundaries(const Node &was, const Evaluation &now)
    {
        Boundaries boundaries;
        boundaries.add(was.addresses);
        boundaries.add(now.addresses);
        boundaries.add(was);
        boundaries.add(now.root);
        m_proof.assumedBoth = !now.addresses.exact;
        const std::size_t perAddress = (termsOf(was) + termsOf(now.root) + 1) * (m_proof.assumedBoth ? 2 : 1);
        const std::vector<IpAddress> addresses =
            boundaries.take(std::max<std::size_t>(MaxTermsTried / perAddress, 1), m_proof.allBoundaries);
        check(addresses, Assumption::Nobody);
        if (m_proof.assumedBoth)
            check(addresses, Assumption::Everybody);
        m_proof.addressesChecked = addresses.size();
    }

    void check(const std::vector<IpAddress> &addresses, Assumption assumption)
    {
        constexpr int Unlimited = 1'000'000;
        Limits before = m_limits;
        before.lookups = Unlimited;
        before.voidLookups = Unlimited;
        // The void look-ups of both families have been counted; what is assumed here would add to them.
        Limits after = m_limits;
        after.voidLookups = Unlimited;
        Assuming was(m_knownBefore, assumption, m_factsBefore);
        Assuming now(m_knownAfter, assumption, m_factsAfter);
        CheckArguments arguments;
        arguments.sender = "postmaster@" + m_before.domain.text();
        arguments.helo = m_before.domain.text();
        for (const IpAddress &address : addresses) {
            if (m_proof.differs)
                return;
            arguments.ip = address;
            const CheckResult a = checkHost(arguments, was, m_records, Trace::Off, before).result;
            const CheckResult b = checkHost(arguments, now, m_records, Trace::Off, after).result;
            if (a != b)
                m_proof.differs = address;
        }
    }

    const Evaluation &m_before;
    Remembering m_knownBefore;
    Remembering m_knownAfter;
    FactSource &m_factsBefore;
    FactSource &m_factsAfter;
    RecordCache &m_records;
    const Limits m_limits;
    Proof m_proof;
};

} // namespace

Proof prove(const Evaluation &before, std::span<const Published> after, FactSource &facts,
            RecordCache &records, const Limits &limits)
{
    Overlay overlay(facts);
    for (std::size_t i = 1; i < after.size(); ++i)
        publishNew(after[i], overlay);
    publishInPlace(after.front(), facts, before.root.selection.text, overlay);
    return Prover(before, facts, overlay, records, limits).run();
}

} // namespace mailoscope::spf
