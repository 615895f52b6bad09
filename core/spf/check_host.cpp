// SPDX-License-Identifier: Apache-2.0
#include "spf/check_host.h"

#include "spf/prefetch.h"
#include "spf/select.h"
#include "spf/tree.h"
#include "spf/walk.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

using Match = Step::Match;

/// The result of check_host() for one record, or that it is not known yet.
struct Verdict {
    bool pending = false;
    CheckResult result = CheckResult::None;
    Cause cause = Cause::NoCause;

    static Verdict waiting() { return {true, CheckResult::TempError, Cause::NoCause}; }
};

/// What came of one directive.
struct Outcome {
    enum class Kind { NoMatch, Match, Pending, TempError, PermError };
    Kind kind = Kind::NoMatch;
    Cause cause = Cause::NoCause;

    static Outcome matchedIf(bool matched) { return {matched ? Kind::Match : Kind::NoMatch, Cause::NoCause}; }
    static Outcome pending() { return {Kind::Pending, Cause::NoCause}; }
    static Outcome temporary() { return {Kind::TempError, Cause::DnsFailure}; }
    static Outcome permanent(Cause cause) { return {Kind::PermError, cause}; }
};

class Check
{
public:
    Check(const CheckArguments &arguments, FactSource &facts, RecordCache &records, Trace trace,
          const Limits &limits)
        : m_arguments(arguments),
          m_facts(facts),
          m_records(records),
          m_limits(limits),
          m_ip(arguments.ip.unmapped())
    {
        Identity identity = identityOf(arguments.sender, arguments.helo);
        m_localPart = std::move(identity.localPart);
        m_own = {std::move(identity.domainText), std::move(identity.domain)};
        if (trace == Trace::On)
            m_walk.emplace();
    }

    CheckOutcome run()
    {
        Verdict verdict{false, CheckResult::None, Cause::BadDomain};
        if (m_own.name)
            verdict = evaluate(m_own, {}, Role::Initial);
        m_outcome.pending = m_outcome.pending || verdict.pending;
        m_outcome.result = verdict.result;
        m_outcome.cause = verdict.cause;
        if (verdict.result != CheckResult::Fail)
            m_outcome.explanation.clear();
        std::reverse(m_outcome.matched.begin(), m_outcome.matched.end());
        if (m_walk && !m_outcome.pending)
            m_walk->addEnd(m_own.name.value_or(DomainName()), m_outcome);
        if (m_walk)
            m_outcome.steps = m_walk->take();
        return std::move(m_outcome);
    }

private:
    enum class Role { Initial, Included, Redirected };

    // RFC 7208 sections 4.3 to 4.7.
    Verdict evaluate(const TargetName &domain, std::vector<std::size_t> path, Role role)
    {
        if (!hasSeveralLabels(*domain.name))
            return {false, CheckResult::None, Cause::BadDomain}; // section 4.3
        const dns::Answer *answer = m_facts.dns(*domain.name, dns::RrType::TXT);
        if (!answer)
            return Verdict::waiting();
        const std::shared_ptr<const TakenUp> taken = m_records.takeUp(*answer, m_facts);
        // The look-up of an include's or redirect's target can be void; the first one of the check is not
        // counted.
        if (role != Role::Initial && isVoid(taken->selection.outcome) && !countVoid())
            return {false, CheckResult::PermError, Cause::VoidLimit};
        switch (taken->selection.status) {
        case Selection::Status::Pending:
            return Verdict::waiting();
        case Selection::Status::TempError:
            return {false, CheckResult::TempError, Cause::DnsFailure}; // section 4.4
        case Selection::Status::None:
            return {false, CheckResult::None, Cause::NoRecord}; // section 4.5
        case Selection::Status::Multiple:
            return {false, CheckResult::PermError, Cause::MultipleRecords}; // section 4.5
        case Selection::Status::Found:
            break;
        }
        const Frame frame{domain, *taken, std::move(path)};
        if (m_walk)
            m_walk->addRecord(frame, m_outcome);
        // Section 4.6: the whole record is checked first; a fault anywhere is a permerror.
        if (!taken->record->isFlawless())
            return {false, CheckResult::PermError, Cause::Syntax};
        return evaluateTerms(frame, role);
    }

    Verdict evaluateTerms(const Frame &frame, Role role)
    {
        const std::vector<Term> &terms = frame.terms();
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (cannotMatch(frame, i))
                continue;
            const auto *directive = std::get_if<Directive>(&terms[i]);
            if (!directive)
                continue;
            const Outcome outcome = tryDirective(*directive, frame, i);
            switch (outcome.kind) {
            case Outcome::Kind::NoMatch:
                break;
            case Outcome::Kind::Match:
                m_outcome.matched.push_back(textOf(frame, i));
                return matched(directive->qualifier(), frame, role);
            case Outcome::Kind::Pending:
                prefetch(frame);
                return Verdict::waiting();
            case Outcome::Kind::TempError:
                return {false, CheckResult::TempError, outcome.cause};
            case Outcome::Kind::PermError:
                return {false, CheckResult::PermError, outcome.cause};
            }
        }
        // Section 6.1: redirect is taken when no mechanism matched; section 4.7: else the result is neutral.
        if (const auto index = indexOfRedirect(*frame.taken.record->record))
            return redirect(frame, *index, role);
        return {false, CheckResult::Neutral, Cause::NoCause};
    }

    /// Most terms are networks of others. A trace tells of them too.
    bool cannotMatch(const Frame &frame, std::size_t index) const
    {
        const Interval<std::uint32_t> &clients = frame.taken.v4Clients[index];
        return m_ip.isV4() && !m_walk && (m_ip.v4Value() < clients.first || m_ip.v4Value() > clients.last);
    }

    Verdict matched(Qualifier qualifier, const Frame &frame, Role role)
    {
        const CheckResult result = resultOf(qualifier);
        // Section 6.2: the explanation of the record that failed; never that of an included one.
        if (result == CheckResult::Fail && role != Role::Included && m_includeDepth == 0)
            explain(frame);
        return {false, result, Cause::NoCause};
    }

    Outcome tryDirective(const Directive &directive, const Frame &frame, std::size_t index)
    {
        const Mechanism &mechanism = directive.mechanism;
        bool matches = true; // as `all` does
        if (const auto *ip4 = std::get_if<Ip4>(&mechanism))
            matches = m_ip.isV4() && ip4->network().contains(m_ip);
        else if (const auto *ip6 = std::get_if<Ip6>(&mechanism))
            matches = !m_ip.isV4() && ip6->network().contains(m_ip);
        else if (!std::holds_alternative<All>(mechanism))
            return tryAsking(mechanism, frame, index);
        const Outcome outcome = Outcome::matchedIf(matches);
        return m_walk ? traced(frame, index, {}, outcome) : outcome;
    }

    /// The mechanisms that look something up: they count (section 4.6.4), and their names are expanded
    /// (section 4.8).
    Outcome tryAsking(const Mechanism &mechanism, const Frame &frame, std::size_t index)
    {
        const MacroString *spec = domainSpecOf(mechanism);
        // Section 4.6.4: `%{p}` costs a look-up of its own.
        const bool hasMacros = spec && !frame.taken.targets[index];
        if (!countLookups(1 + (hasMacros ? spec->count('p') : 0)))
            return traced(frame, index, {}, Outcome::permanent(Cause::LookupLimit));
        Target target = targetOf(spec, frame, index);
        if (target.pending)
            return Outcome::pending();
        if (!target.name())
            return traced(frame, index, target, Outcome::matchedIf(false));
        if (std::holds_alternative<Include>(mechanism))
            return include(target, frame, index);
        Outcome outcome;
        if (const auto *a = std::get_if<A>(&mechanism))
            outcome = tryA(*a, target);
        else if (const auto *mx = std::get_if<Mx>(&mechanism))
            outcome = tryMx(*mx, target);
        else if (std::holds_alternative<Ptr>(mechanism))
            outcome = tryPtr(target);
        else
            outcome = tryExists(target);
        return traced(frame, index, target, outcome);
    }

    Target targetOf(const MacroString *spec, const Frame &frame, std::size_t index)
    {
        Target target;
        if (!spec) {
            target.fixed = &frame.at;
            return target;
        }
        if (const auto &fixed = frame.taken.targets[index]) {
            target.fixed = &*fixed;
            return target;
        }
        // RFC 8616 section 4: a local part that is not ASCII matches no term that uses it.
        if (!localPartIsAscii() && (spec->uses('s') || spec->uses('l')))
            return target;
        if (spec->uses('p') && !findValidatedName(frame.domain())) {
            target.pending = true;
            return target;
        }
        target.expanded = targetNamed(expand(*spec, valuesIn(frame)).value_or(std::string()));
        return target;
    }

    bool localPartIsAscii() const
    {
        return std::all_of(m_localPart.begin(), m_localPart.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    }

    /// What macros stand for in a record; filled in when the first one is met, because most records have
    /// none.
    MacroValues &valuesIn(const Frame &frame)
    {
        if (!m_values.ip) {
            m_values.ip = m_ip;
            m_values.localPart = m_localPart;
            m_values.senderDomain = m_own.text;
            m_values.helo = m_arguments.helo;
            m_values.receiver = m_arguments.receiver;
            m_values.time = m_arguments.time;
        }
        m_values.domain = frame.at.text;
        return m_values;
    }

    /// Asks for the fact a term needs; null while it is missing.
    const dns::Answer *ask(const DomainName &name, dns::RrType type, Target &target)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        if (answer && m_walk)
            target.asked.push_back(answer);
        return answer;
    }

    dns::RrType addressType() const { return m_ip.isV4() ? dns::RrType::A : dns::RrType::AAAA; }

    bool addressesMatch(const dns::Answer &answer, const DualCidr &cidr) const
    {
        const int length = cidr.length(m_ip.family());
        return std::any_of(answer.records.begin(), answer.records.end(),
                           [&](const dns::ResourceRecord &record) {
                               const auto *address = std::get_if<IpAddress>(&record.data);
                               return address && Cidr{*address, length}.contains(m_ip);
                           });
    }

    // Section 5.3.
    Outcome tryA(const A &a, Target &target)
    {
        const dns::Answer *answer = ask(*target.name(), addressType(), target);
        if (!answer)
            return Outcome::pending();
        if (dns::isTemporaryFailure(answer->outcome))
            return Outcome::temporary();
        if (isVoid(answer->outcome) && !countVoid())
            return Outcome::permanent(Cause::VoidLimit);
        return Outcome::matchedIf(addressesMatch(*answer, a.cidr));
    }

    // Section 5.4. No implicit MX: a name without MX records matches nothing.
    Outcome tryMx(const Mx &mx, Target &target)
    {
        const dns::Answer *answer = ask(*target.name(), dns::RrType::MX, target);
        if (!answer)
            return Outcome::pending();
        if (dns::isTemporaryFailure(answer->outcome))
            return Outcome::temporary();
        if (isVoid(answer->outcome) && !countVoid())
            return Outcome::permanent(Cause::VoidLimit);
        std::vector<const dns::MxData *> hosts = dns::dataOf<dns::MxData>(*answer);
        // CONFLICT: section 4.6.4 against early matches; more hosts than the limit are a permerror at once,
        // since hosts of equal preference come in any order.
        if (hosts.size() > static_cast<std::size_t>(m_limits.mxHosts))
            return Outcome::permanent(Cause::MxLimit);
        std::stable_sort(hosts.begin(), hosts.end(), [](const dns::MxData *a, const dns::MxData *b) {
            return a->preference < b->preference;
        });
        bool missing = false;
        for (const dns::MxData *host : hosts) {
            if (host->exchange.isRoot())
                continue; // RFC 7505: the null MX names no host
            const dns::Answer *addresses = ask(host->exchange, addressType(), target);
            if (!addresses)
                missing = true; // go on, so that all hosts are asked at once
            else if (missing)
                continue;
            else if (dns::isTemporaryFailure(addresses->outcome))
                return Outcome::temporary();
            else if (addressesMatch(*addresses, mx.cidr))
                return Outcome::matchedIf(true);
        }
        return missing ? Outcome::pending() : Outcome::matchedIf(false);
    }

    // Section 5.7: always an A query, whatever the client's family.
    Outcome tryExists(Target &target)
    {
        const dns::Answer *answer = ask(*target.name(), dns::RrType::A, target);
        if (!answer)
            return Outcome::pending();
        if (dns::isTemporaryFailure(answer->outcome))
            return Outcome::temporary();
        if (isVoid(answer->outcome) && !countVoid())
            return Outcome::permanent(Cause::VoidLimit);
        return Outcome::matchedIf(answer->outcome == dns::Outcome::Answered);
    }

    // Section 5.5. AD-HOC: a look-up that fails is no match, never a temperror.
    // ERRATUM 4751: the confirmed name must be the target name or lie below it.
    Outcome tryPtr(Target &target)
    {
        const dns::Answer *answer = ask(reverseName(), dns::RrType::PTR, target);
        if (!answer)
            return Outcome::pending();
        if (isVoid(answer->outcome) && !countVoid())
            return Outcome::permanent(Cause::VoidLimit);
        bool missing = false;
        for (const DomainName &name : namesOf(*answer)) {
            if (!name.isAtOrBelow(*target.name()))
                continue;
            const dns::Answer *addresses = ask(name, addressType(), target);
            if (!addresses)
                missing = true;
            else if (!missing && addressesMatch(*addresses, {}))
                return Outcome::matchedIf(true);
        }
        return missing ? Outcome::pending() : Outcome::matchedIf(false);
    }

    DomainName reverseName() const { return *DomainName::parse(m_ip.reverseName()); }

    /// Section 4.6.4: the first ten names; the rest is ignored.
    std::vector<DomainName> namesOf(const dns::Answer &ptr) const
    {
        std::vector<DomainName> names;
        for (const dns::NameData *data : dns::dataOf<dns::NameData>(ptr)) {
            if (names.size() < static_cast<std::size_t>(m_limits.ptrNames))
                names.push_back(data->name);
        }
        return names;
    }

    /// Section 7.3, `%{p}`: the current domain itself if confirmed, else a name below it, else any confirmed
    /// name. False while facts are missing.
    bool findValidatedName(const DomainName &domain)
    {
        const dns::Answer *answer = m_facts.dns(reverseName(), dns::RrType::PTR);
        if (!answer)
            return false;
        bool missing = false;
        std::optional<DomainName> best;
        int bestRank = 0;
        for (const DomainName &name : namesOf(*answer)) {
            const dns::Answer *addresses = m_facts.dns(name, addressType());
            missing = missing || !addresses;
            if (missing || !addressesMatch(*addresses, {}))
                continue;
            const int rank = name == domain ? 3 : name.isAtOrBelow(domain) ? 2 : 1;
            if (rank > bestRank) {
                best = name;
                bestRank = rank;
            }
        }
        m_values.validatedName = best ? best->text() : "unknown";
        return !missing;
    }

    // Section 5.2.
    Outcome include(Target &target, const Frame &frame, std::size_t index)
    {
        step(frame, index, target, Match::Entered);
        ++m_includeDepth;
        const std::size_t matchedBefore = m_outcome.matched.size();
        const Verdict inner = evaluate(target.at(), below(frame, index), Role::Included);
        --m_includeDepth;
        if (inner.pending)
            return Outcome::pending();
        const Outcome outcome = includeOutcome(inner);
        if (outcome.kind != Outcome::Kind::Match)
            m_outcome.matched.resize(matchedBefore);
        stepBack(frame, index, target, inner, outcome);
        return outcome;
    }

    /// Section 5.2: what the recursive check_host() result means to "include".
    static Outcome includeOutcome(const Verdict &inner)
    {
        switch (inner.result) {
        case CheckResult::Pass:
            return Outcome::matchedIf(true);
        case CheckResult::Fail:
        case CheckResult::SoftFail:
        case CheckResult::Neutral:
            return Outcome::matchedIf(false);
        case CheckResult::TempError:
            return {Outcome::Kind::TempError, inner.cause};
        case CheckResult::PermError:
            return Outcome::permanent(inner.cause);
        case CheckResult::None:
            return Outcome::permanent(Cause::IncludeNoRecord);
        }
        return Outcome::permanent(inner.cause);
    }

    // Section 6.1.
    Verdict redirect(const Frame &frame, std::size_t index, Role role)
    {
        const MacroString &spec = std::get<Redirect>(frame.terms()[index]).domain;
        if (!countLookups(1 + spec.count('p'))) {
            step(frame, index, {}, Match::Failed, Cause::LookupLimit);
            return {false, CheckResult::PermError, Cause::LookupLimit};
        }
        const Target target = targetOf(&spec, frame, index);
        if (target.pending)
            return Verdict::waiting();
        if (!target.name()) {
            step(frame, index, target, Match::Failed, Cause::RedirectNoRecord);
            return {false, CheckResult::PermError, Cause::RedirectNoRecord};
        }
        step(frame, index, target, Match::Entered);
        Verdict verdict = evaluate(target.at(), below(frame, index),
                                   role == Role::Included ? Role::Included : Role::Redirected);
        if (!verdict.pending && verdict.result == CheckResult::None)
            verdict = {false, CheckResult::PermError, Cause::RedirectNoRecord};
        if (verdict.result != CheckResult::PermError && !m_outcome.matched.empty() && !verdict.pending)
            m_outcome.matched.push_back(textOf(frame, index));
        return verdict;
    }

    // Section 6.2: any fault means that there is no explanation.
    void explain(const Frame &frame)
    {
        const std::vector<Term> &terms = frame.terms();
        const auto term = std::find_if(terms.begin(), terms.end(),
                                       [](const Term &t) { return std::holds_alternative<Exp>(t); });
        if (term == terms.end())
            return;
        const auto index = static_cast<std::size_t>(term - terms.begin());
        const Target target = targetOf(&std::get<Exp>(*term).domain, frame, index);
        if (target.pending) {
            m_outcome.pending = true;
            return;
        }
        if (!target.name())
            return;
        const dns::Answer *answer = m_facts.dns(*target.name(), dns::RrType::TXT);
        if (!answer) {
            m_outcome.pending = true;
            return;
        }
        const auto texts = dns::dataOf<dns::TxtData>(*answer);
        if (texts.size() != 1)
            return;
        const ParsedMacroString parsed = parseMacroString(texts.front()->joined(), MacroPlace::Explanation);
        if (!parsed.faults.empty())
            return;
        if (parsed.string.uses('p') && !findValidatedName(frame.domain())) {
            m_outcome.pending = true;
            return;
        }
        m_outcome.explanation = expand(parsed.string, valuesIn(frame)).value_or(std::string());
    }

    /// Names all that this record could still need, so that it is asked at once.
    void prefetch(const Frame &frame)
    {
        MacroValues values = valuesIn(frame);
        if (!localPartIsAscii())
            values.localPart.reset();
        prefetchTerms(frame.taken, frame.domain(), values, m_ip, m_facts, m_records);
    }

    static bool isVoid(dns::Outcome outcome)
    {
        return outcome == dns::Outcome::NoData || outcome == dns::Outcome::NxDomain;
    }

    /// Told from the first dot where no escape stands before it.
    static bool hasSeveralLabels(const DomainName &name)
    {
        const std::size_t dot = name.text().find('.');
        const bool isPlain = dot != std::string::npos && dot > 0 && name.text()[dot - 1] != '\\';
        return isPlain || name.labelCount() >= 2;
    }

    /// False when the limit is passed.
    bool countLookups(int count)
    {
        m_outcome.lookups += count;
        return m_outcome.lookups <= m_limits.lookups;
    }
    bool countVoid() { return ++m_outcome.voidLookups <= m_limits.voidLookups; }

    std::vector<std::size_t> below(const Frame &frame, std::size_t index) const
    {
        if (!m_walk)
            return {};
        std::vector<std::size_t> path = frame.path;
        path.push_back(index);
        return path;
    }

    /// Notes in the trace how a directive fared.
    Outcome traced(const Frame &frame, std::size_t index, const Target &target, const Outcome &outcome)
    {
        if (!m_walk)
            return outcome;
        switch (outcome.kind) {
        case Outcome::Kind::NoMatch: {
            const MacroString *spec = domainSpecOf(frame.terms()[index]);
            step(frame, index, target, spec && !target.name() ? Match::Skipped : Match::NotMatched);
            break;
        }
        case Outcome::Kind::Match:
            step(frame, index, target, Match::Matched);
            break;
        case Outcome::Kind::Pending:
            break;
        case Outcome::Kind::TempError:
        case Outcome::Kind::PermError:
            step(frame, index, target, Match::Failed, outcome.cause);
            break;
        }
        return outcome;
    }

    void step(const Frame &frame, std::size_t index, const Target &target, Match match,
              Cause cause = Cause::NoCause)
    {
        if (m_walk)
            m_walk->addTerm(frame, index, target, match, cause, m_outcome);
    }

    void stepBack(const Frame &frame, std::size_t index, const Target &target, const Verdict &inner,
                  const Outcome &outcome)
    {
        if (!m_walk)
            return;
        const Match match = outcome.kind == Outcome::Kind::Match     ? Match::Matched
                            : outcome.kind == Outcome::Kind::NoMatch ? Match::NotMatched
                                                                     : Match::Failed;
        const Cause cause = match == Match::Failed ? outcome.cause : inner.cause;
        m_walk->addReturn(frame, index, target, inner.result, match, cause, m_outcome);
    }

    const CheckArguments &m_arguments;
    FactSource &m_facts;
    RecordCache &m_records;
    const Limits m_limits;
    const IpAddress m_ip;
    std::string m_localPart;
    TargetName m_own;     ///< the sender's domain; nameless where it is none (section 4.3)
    MacroValues m_values; ///< see valuesIn()
    int m_includeDepth = 0;
    CheckOutcome m_outcome;
    std::optional<Walk> m_walk; ///< only where a trace was asked for
};

} // namespace

CheckOutcome checkHost(const CheckArguments &arguments, FactSource &facts, RecordCache &records, Trace trace,
                       const Limits &limits)
{
    return Check(arguments, facts, records, trace, limits).run();
}

} // namespace mailoscope::spf
