// SPDX-License-Identifier: Apache-2.0
#include "spf/tree.h"

#include "spf/partition.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

/// MX hosts whose addresses are asked for, to be shown; receivers give up over ten (RFC 7208 section 4.6.4).
constexpr std::size_t MaxMxHostsAsked = 50;

bool isVoid(dns::Outcome outcome)
{
    return outcome == dns::Outcome::NoData || outcome == dns::Outcome::NxDomain;
}

class TreeBuilder
{
public:
    TreeBuilder(FactSource &facts, RecordCache &records, const Options &options)
        : m_facts(facts), m_records(records), m_limits(options.limits), m_bounds(options.bounds)
    {
        if (!options.sample)
            return;
        const Sample &sample = *options.sample;
        if (sample.ip)
            m_values.ip = sample.ip->unmapped();
        if (!sample.helo.empty())
            m_values.helo = sample.helo;
        if (!sample.sender.empty() || !sample.helo.empty()) {
            const Identity identity = identityOf(sample.sender, sample.helo);
            m_values.localPart = identity.localPart;
            m_values.senderDomain = identity.domainText;
        }
    }

    Tree build(const DomainName &domain)
    {
        Tree tree;
        fill(tree.root, {domain.text(), domain}, 0);
        tree.nodeCount = m_nodes;
        tree.cut = m_cut;
        tree.pending = m_pending;
        tree.failed = m_failed;
        return tree;
    }

private:
    void fill(Node &node, const TargetName &target, std::size_t depth)
    {
        node.domain = *target.name;
        node.depth = depth;
        const std::shared_ptr<const TakenUp> taken = takeUp(node);
        if (taken) {
            const std::string *outer = std::exchange(m_domainText, &target.text);
            m_above.push_back(&node.domain);
            addTerms(node, *taken);
            m_above.pop_back();
            m_domainText = outer;
        }
        node.addresses = m_partitioner.partitionOf(node);
        const AddressSet &pass = node.addresses.of(CheckResult::Pass);
        node.passes = {countOf(pass.v4), countOf(pass.v6)};
    }

    /// Finds the node's record, if it has one, and sets its status.
    std::shared_ptr<const TakenUp> takeUp(Node &node)
    {
        node.status = statusBeforeAsking(node);
        if (node.status != NodeStatus::Pending)
            return nullptr;
        const dns::Answer *answer = m_facts.dns(node.domain, dns::RrType::TXT);
        if (!answer) {
            m_pending = true;
            node.atLeast = true;
            return nullptr;
        }
        noteFailure(*answer);
        std::shared_ptr<const TakenUp> taken = m_records.takeUp(*answer, m_facts);
        node.selection = taken->selection;
        node.record = taken->record;
        for (const dns::ResourceRecord &alias : answer->aliases)
            node.aliases.push_back(std::get<dns::NameData>(alias.data).name);
        node.status = statusOf(*taken);
        node.atLeast = node.status == NodeStatus::TempError;
        return node.record ? taken : nullptr;
    }

    /// Pending where the look-up is to be made.
    NodeStatus statusBeforeAsking(const Node &node)
    {
        if (std::any_of(m_above.begin(), m_above.end(),
                        [&node](const DomainName *above) { return *above == node.domain; })) {
            return NodeStatus::Loop;
        }
        if (m_nodes >= m_bounds.nodes || node.depth > m_bounds.depth) {
            m_cut = true;
            return NodeStatus::Cut;
        }
        ++m_nodes;
        return node.domain.labelCount() < 2 ? NodeStatus::BadName // RFC 7208 section 4.3
                                            : NodeStatus::Pending;
    }

    static NodeStatus statusOf(const TakenUp &taken)
    {
        switch (taken.selection.status) {
        case Selection::Status::Pending:
            return NodeStatus::Pending;
        case Selection::Status::TempError:
            return NodeStatus::TempError;
        case Selection::Status::None:
            return taken.selection.outcome == dns::Outcome::NxDomain ? NodeStatus::NxDomain
                                                                     : NodeStatus::NoRecord;
        case Selection::Status::Multiple:
            return NodeStatus::MultipleRecords;
        case Selection::Status::Found:
            break;
        }
        return taken.record->isFlawless() ? NodeStatus::Ok : NodeStatus::Invalid;
    }

    void addTerms(Node &node, const TakenUp &taken)
    {
        const Record &record = *node.record->record;
        const std::optional<std::size_t> all = indexOfAll(record);
        node.terms.resize(record.terms.size());
        m_terms += record.terms.size();
        for (std::size_t i = 0; i < record.terms.size(); ++i) {
            node.terms[i].index = i;
            node.terms[i].dead = deadOf(record.terms[i], i, all);
            if (std::holds_alternative<UnreadableTerm>(record.terms[i]))
                node.terms[i].status = TermStatus::Unreadable;
            else if (node.terms[i].dead == Dead::No && mechanismOf(record.terms[i]))
                addDirective(node, node.terms[i], *mechanismOf(record.terms[i]), taken);
            else if (std::holds_alternative<Exp>(record.terms[i]))
                expandTarget(node.terms[i], taken);
            else if (node.terms[i].dead == Dead::No)
                node.terms[i].runningLookups = m_running;
        }
        // RFC 7208 section 6.1: redirect comes last, wherever it stands.
        if (const auto redirect = indexOfRedirect(record)) {
            TermNode &term = node.terms[*redirect];
            const MacroString &spec = std::get<Redirect>(record.terms[*redirect]).domain;
            countLookups(term, 1 + spec.count('p'));
            follow(node, term, taken, true);
            close(node, term);
        }
    }

    static Dead deadOf(const Term &term, std::size_t index, const std::optional<std::size_t> &all)
    {
        if (!all)
            return Dead::No;
        if (std::holds_alternative<Redirect>(term))
            return Dead::RedirectWithAll;
        return mechanismOf(term) && index > *all ? Dead::AfterAll : Dead::No;
    }

    void addDirective(Node &node, TermNode &term, const Mechanism &mechanism, const TakenUp &taken)
    {
        const MacroString *spec = domainSpecOf(mechanism);
        const bool asks = !std::holds_alternative<All>(mechanism) &&
                          !std::holds_alternative<Ip4>(mechanism) && !std::holds_alternative<Ip6>(mechanism);
        if (asks)
            countLookups(term, 1 + (spec && !taken.targets[term.index] ? spec->count('p') : 0));
        if (std::holds_alternative<Include>(mechanism)) {
            follow(node, term, taken, false);
        } else if (asks && !spec) {
            term.target = node.domain;
            ask(mechanism, term);
        } else if (asks && expandTarget(term, taken)) {
            ask(mechanism, term);
        }
        close(node, term);
    }

    void ask(const Mechanism &mechanism, TermNode &term)
    {
        if (std::holds_alternative<A>(mechanism))
            addA(term);
        else if (std::holds_alternative<Mx>(mechanism))
            addMx(term);
        else if (std::holds_alternative<Exists>(mechanism))
            addExists(term);
        else
            addPtr(term);
    }

    void countLookups(TermNode &term, int count)
    {
        term.ownLookups = count;
        term.subtreeLookups = count;
        m_running += count;
    }

    /// Sums up when a term and all below it are done.
    void close(Node &node, TermNode &term)
    {
        term.subtreeVoids = term.ownVoids;
        if (term.child) {
            term.subtreeLookups += term.child->lookups;
            term.subtreeVoids += term.child->voids;
            node.atLeast = node.atLeast || term.child->atLeast;
        }
        term.runningLookups = m_running;
        node.ownLookups += term.ownLookups;
        node.lookups += term.subtreeLookups;
        node.voids += term.subtreeVoids;
    }

    /// The name a term with a domain-spec speaks of; null where it is not known or no name, with the term's
    /// status saying why. Valid until the next call.
    const TargetName *expandTarget(TermNode &term, const TakenUp &taken)
    {
        const std::optional<TargetName> &fixed = taken.targets[term.index];
        const TargetName *target = fixed ? &*fixed : expandMacros(term, taken);
        if (!target) {
            term.status = TermStatus::Unknown;
            term.exact = false;
            return nullptr;
        }
        term.target = target->name;
        if (!target->name)
            term.status = TermStatus::BadName;
        return target->name ? target : nullptr;
    }

    const TargetName *expandMacros(TermNode &term, const TakenUp &taken)
    {
        const MacroString &spec = *domainSpecOf(taken.record->record->terms[term.index]);
        term.dependsOnMessage = spec.dependsOnMessage();
        term.dependsOnClient = spec.dependsOnClient();
        term.exact = !term.dependsOnClient;
        m_values.domain = *m_domainText;
        std::optional<std::string> text = expand(spec, m_values);
        if (!text)
            return nullptr;
        m_expanded = targetNamed(*std::move(text));
        return &m_expanded;
    }

    const dns::Answer *ask(TermNode &term, const DomainName &name, dns::RrType type)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        if (!answer) {
            term.status = TermStatus::Pending;
            term.exact = false;
            m_pending = true;
            return nullptr;
        }
        noteFailure(*answer);
        return answer;
    }

    /// What a snapshot does not hold was not asked.
    void noteFailure(const dns::Answer &answer)
    {
        m_failed = m_failed ||
                   (dns::isTemporaryFailure(answer.outcome) && answer.outcome != dns::Outcome::NotRecorded);
    }

    /// What the term's own look-up for one family says; its addresses are added.
    void takeAddresses(TermNode &term, const dns::Answer *answer, int &voids, bool &failed)
    {
        if (!answer)
            return;
        term.outcome = answer->outcome;
        if (dns::isTemporaryFailure(answer->outcome))
            failed = true;
        else if (isVoid(answer->outcome))
            ++voids;
        appendAddresses(term, *answer, term.addresses);
    }

    void appendAddresses(TermNode &term, const dns::Answer &answer, std::vector<IpAddress> &addresses)
    {
        for (const IpAddress *address : dns::dataOf<IpAddress>(answer)) {
            if (m_addresses >= m_bounds.addresses) {
                m_cut = true;
                term.exact = false;
                return;
            }
            ++m_addresses;
            addresses.push_back(*address);
        }
    }

    /// The worse of what was seen decides the term's word.
    void settle(TermNode &term)
    {
        if (term.status != TermStatus::Ok)
            return;
        if (term.failed.any())
            term.status = TermStatus::TempError;
        else if (term.ownVoids.worst() > 0)
            term.status = TermStatus::Void;
    }

    void addA(TermNode &term)
    {
        const dns::Answer *v4 = ask(term, *term.target, dns::RrType::A);
        const dns::Answer *v6 = ask(term, *term.target, dns::RrType::AAAA);
        takeAddresses(term, v6, term.ownVoids.v6, term.failed.v6);
        const std::size_t v6Count = term.addresses.size();
        takeAddresses(term, v4, term.ownVoids.v4, term.failed.v4);
        std::rotate(term.addresses.begin(), term.addresses.begin() + static_cast<std::ptrdiff_t>(v6Count),
                    term.addresses.end());
        settle(term);
    }

    void addMx(TermNode &term)
    {
        const dns::Answer *answer = ask(term, *term.target, dns::RrType::MX);
        if (!answer)
            return;
        term.outcome = answer->outcome;
        if (dns::isTemporaryFailure(answer->outcome))
            term.failed = {true, true};
        else if (isVoid(answer->outcome))
            term.ownVoids = {1, 1};
        for (const dns::MxData *mx : dns::dataOf<dns::MxData>(*answer))
            term.mxHosts.push_back({mx->preference, mx->exchange, {}, false, false});
        std::stable_sort(term.mxHosts.begin(), term.mxHosts.end(),
                         [](const MxHost &a, const MxHost &b) { return a.preference < b.preference; });
        for (std::size_t i = 0; i < term.mxHosts.size() && i < MaxMxHostsAsked; ++i)
            addMxHost(term, term.mxHosts[i]);
        if (term.mxHosts.size() > static_cast<std::size_t>(m_limits.mxHosts))
            term.status = TermStatus::TooManyHosts;
        settle(term);
    }

    void addMxHost(TermNode &term, MxHost &host)
    {
        if (host.host.isRoot())
            return; // RFC 7505: the null MX names no host
        for (const auto &[type, failed] :
             {std::pair(dns::RrType::A, &term.failed.v4), std::pair(dns::RrType::AAAA, &term.failed.v6)}) {
            const dns::Answer *answer = ask(term, host.host, type);
            if (!answer) {
                host.pending = true;
                continue;
            }
            const bool failedBefore = *failed;
            if (dns::isTemporaryFailure(answer->outcome)) {
                host.failed = true;
                *failed = true;
            }
            appendAddresses(term, *answer, host.addresses);
            // Addresses behind a host that failed never decide: the check has ended in temperror by then.
            if (!failedBefore)
                appendAddresses(term, *answer, term.addresses);
        }
    }

    // RFC 7208 section 5.7: always an A query; it matches every client or none.
    void addExists(TermNode &term)
    {
        const dns::Answer *answer = ask(term, *term.target, dns::RrType::A);
        if (!answer)
            return;
        term.outcome = answer->outcome;
        if (dns::isTemporaryFailure(answer->outcome))
            term.failed = {true, true};
        else if (isVoid(answer->outcome))
            term.ownVoids = {1, 1};
        settle(term);
    }

    static void addPtr(TermNode &term)
    {
        term.status = TermStatus::Unknown;
        term.exact = false;
    }

    /// Include and redirect.
    void follow(Node &node, TermNode &term, const TakenUp &taken, bool isRedirect)
    {
        const TargetName *target = expandTarget(term, taken);
        if (!target) {
            node.atLeast = node.atLeast || term.status == TermStatus::Unknown;
            return;
        }
        if (m_terms > m_bounds.terms) {
            m_cut = true;
            term.exact = false;
            return;
        }
        term.child = std::make_unique<Node>();
        term.child->isRedirected = isRedirect;
        if (target == &m_expanded) {
            const TargetName own = m_expanded; // macros further below are expanded into the same place
            fill(*term.child, own, node.depth + 1);
        } else {
            fill(*term.child, *target, node.depth + 1);
        }
        settleFollowed(term);
    }

    static void settleFollowed(TermNode &term)
    {
        const Node &child = *term.child;
        term.outcome = child.selection.outcome;
        term.exact = term.exact && child.addresses.exact;
        switch (child.status) {
        case NodeStatus::Ok:
            break;
        case NodeStatus::Pending:
            term.status = TermStatus::Pending;
            break;
        case NodeStatus::TempError:
            term.status = TermStatus::TempError;
            term.failed = {true, true};
            break;
        case NodeStatus::NoRecord:
        case NodeStatus::NxDomain:
            if (isVoid(child.selection.outcome))
                term.ownVoids = {1, 1};
            term.status = TermStatus::ChildProblem;
            break;
        case NodeStatus::MultipleRecords:
        case NodeStatus::Invalid:
        case NodeStatus::BadName:
        case NodeStatus::Loop:
        case NodeStatus::Cut:
            term.status = TermStatus::ChildProblem;
            break;
        }
    }

    FactSource &m_facts;
    RecordCache &m_records;
    const Limits m_limits;
    const TreeBounds m_bounds;
    MacroValues m_values;
    const std::string *m_domainText = nullptr; ///< for `%{d}`
    TargetName m_expanded;                     ///< of the last term with macros
    Partitioner m_partitioner;
    std::vector<const DomainName *> m_above; ///< the names being evaluated, outermost first
    std::size_t m_nodes = 0;
    std::size_t m_terms = 0;
    std::size_t m_addresses = 0;
    int m_running = 0;
    bool m_cut = false;
    bool m_pending = false;
    bool m_failed = false; ///< a look-up was tried and failed
};

} // namespace

std::vector<dns::Question> questionsOf(const Node &node, const TermNode &term)
{
    std::vector<dns::Question> questions;
    const Mechanism *mechanism = mechanismOf(node.record->record->terms[term.index]);
    if (term.child) {
        questions.push_back({term.child->domain, dns::RrType::TXT});
    } else if (mechanism && term.target && term.dead == Dead::No) {
        const DomainName &target = *term.target;
        if (std::holds_alternative<A>(*mechanism))
            questions = {{target, dns::RrType::A}, {target, dns::RrType::AAAA}};
        else if (std::holds_alternative<Exists>(*mechanism))
            questions = {{target, dns::RrType::A}};
        else if (std::holds_alternative<Mx>(*mechanism))
            questions = {{target, dns::RrType::MX}};
    }
    for (std::size_t i = 0; i < term.mxHosts.size() && i < MaxMxHostsAsked; ++i) {
        if (!term.mxHosts[i].host.isRoot()) {
            questions.push_back({term.mxHosts[i].host, dns::RrType::A});
            questions.push_back({term.mxHosts[i].host, dns::RrType::AAAA});
        }
    }
    return questions;
}

Tree buildTree(const DomainName &domain, FactSource &facts, RecordCache &records, const Options &options)
{
    return TreeBuilder(facts, records, options).build(domain);
}

} // namespace mailoscope::spf
