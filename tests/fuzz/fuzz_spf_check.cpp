// SPDX-License-Identifier: Apache-2.0
// The evaluators over hostile facts. The input is a little zone, a line a record: a letter for the owner, one
// for the type, then the data: `at v=spf1 include:b.example -all`. Both evaluators must end soon, say the
// same when they are run again, and agree with one another about every address.
#include "facts/fact_store.h"
#include "spf/check_host.h"
#include "spf/evaluate.h"
#include "spf/findings.h"
#include "verify.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

using namespace mailoscope;
using namespace mailoscope::spf;
using dns::Outcome;
using dns::RrType;

namespace
{

constexpr int Owners = 8;

DomainName ownerNamed(char letter)
{
    const char owner = static_cast<char>('a' + static_cast<unsigned char>(letter - 'a') % Owners);
    return *DomainName::parse(std::string(1, owner) + ".example");
}

Uint128 numberFrom(std::string_view octets, std::size_t width)
{
    Uint128 value;
    for (std::size_t i = 0; i < width; ++i)
        value = (value << 8) | Uint128(i < octets.size() ? static_cast<std::uint8_t>(octets[i]) : 0U);
    return value;
}

/// Answers for everything: what the zone does not hold does not exist, or is missing where the input says so.
class HostileFacts : public FactSource
{
public:
    explicit HostileFacts(std::string_view zone)
    {
        while (!zone.empty()) {
            const std::size_t end = std::min(zone.find('\n'), zone.size());
            if (end >= 2)
                addLine(zone[0], zone[1], zone.substr(2, end - 2));
            zone.remove_prefix(std::min(end + 1, zone.size()));
        }
    }

    const dns::Answer *dns(const DomainName &name, RrType type) override
    {
        const dns::Question question{name, type};
        const auto found = m_answers.find(question);
        if (found != m_answers.end())
            return &found->second;
        if (m_somethingIsMissing && std::hash<DomainName>()(name) % 3 == 0)
            return nullptr;
        return &m_answers.emplace(question, dns::emptyAnswer(question, Outcome::NxDomain)).first->second;
    }

    bool somethingIsMissing() const { return m_somethingIsMissing; }

private:
    void addLine(char owner, char type, std::string_view data)
    {
        while (!data.empty() && data.front() == ' ')
            data.remove_prefix(1);
        const DomainName name = ownerNamed(owner);
        switch (type) {
        case 't':
            return add(name, RrType::TXT, dns::TxtData{{std::string(data)}});
        case 'u': { // in two character-strings
            const std::size_t half = data.size() / 2;
            return add(name, RrType::TXT,
                       dns::TxtData{{std::string(data.substr(0, half)), std::string(data.substr(half))}});
        }
        case 'a':
            for (std::size_t i = 0; i < data.size(); i += 4)
                add(name, RrType::A,
                    IpAddress::fromV4(static_cast<std::uint32_t>(numberFrom(data.substr(i), 4).low)));
            return;
        case '6':
            return add(name, RrType::AAAA, IpAddress::fromV6(numberFrom(data, 16)));
        case 'm':
            for (const char exchange : data)
                add(name, RrType::MX,
                    dns::MxData{static_cast<std::uint16_t>(exchange & 3), ownerNamed(exchange)});
            return;
        case 'n':
            return add(name, RrType::MX, dns::MxData{0, DomainName()});
        case 'p': // what the client's address is called
            for (const char *reverse : {"3.2.0.192.in-addr.arpa"})
                add(*DomainName::parse(reverse), RrType::PTR, dns::NameData{name});
            return;
        case 'f':
            return fail(name, data);
        case '?':
            m_somethingIsMissing = true;
            return;
        default:
            return;
        }
    }

    void add(const DomainName &name, RrType type, dns::RecordData data)
    {
        const dns::Question question{name, type};
        dns::Answer &answer =
            m_answers.try_emplace(question, dns::emptyAnswer(question, Outcome::Answered)).first->second;
        if (answer.outcome == Outcome::Answered && answer.records.size() < 64)
            answer.records.push_back({name, type, 300, std::move(data)});
    }

    void fail(const DomainName &name, std::string_view types)
    {
        for (const char letter : types) {
            const RrType type = letter == 't'   ? RrType::TXT
                                : letter == 'm' ? RrType::MX
                                : letter == '6' ? RrType::AAAA
                                                : RrType::A;
            m_answers.try_emplace({name, type}, dns::emptyAnswer({name, type}, Outcome::ServerFailure));
        }
    }

    std::map<dns::Question, dns::Answer> m_answers;
    bool m_somethingIsMissing = false;
};

bool same(const Step &a, const Step &b)
{
    return a.kind == b.kind && a.path == b.path && a.domain == b.domain && a.term == b.term &&
           a.span == b.span && a.text == b.text && a.expanded == b.expanded && a.asked == b.asked &&
           a.answers == b.answers && a.match == b.match && a.result == b.result && a.cause == b.cause &&
           a.lookups == b.lookups && a.voidLookups == b.voidLookups;
}

bool sameButSteps(const CheckOutcome &a, const CheckOutcome &b)
{
    return a.pending == b.pending && a.result == b.result && a.cause == b.cause &&
           a.explanation == b.explanation && a.matched == b.matched && a.lookups == b.lookups &&
           a.voidLookups == b.voidLookups;
}

CheckOutcome check(const IpAddress &ip, HostileFacts &facts, RecordCache &records)
{
    const CheckArguments arguments{ip, "strong-bad@a.example", "b.example", "unknown", 1'800'000'000};
    const CheckOutcome outcome = checkHost(arguments, facts, records, Trace::On);
    const CheckOutcome again = checkHost(arguments, facts, records, Trace::On);
    FUZZ_VERIFY(sameButSteps(outcome, again));
    FUZZ_VERIFY(
        std::equal(outcome.steps.begin(), outcome.steps.end(), again.steps.begin(), again.steps.end(), same));
    RecordCache fresh;
    const CheckOutcome untraced = checkHost(arguments, facts, fresh, Trace::Off);
    FUZZ_VERIFY(sameButSteps(outcome, untraced));
    FUZZ_VERIFY(untraced.steps.empty());
    FUZZ_VERIFY(outcome.pending || !outcome.steps.empty());
    FUZZ_VERIFY(!outcome.pending || facts.somethingIsMissing());
    return outcome;
}

void verifyTree(const Node &node)
{
    FUZZ_VERIFY(!node.record || node.terms.size() == node.record->record->terms.size());
    int lookups = 0;
    for (const TermNode &term : node.terms) {
        lookups += term.subtreeLookups;
        FUZZ_VERIFY(term.ownLookups <= term.subtreeLookups);
        if (term.child)
            verifyTree(*term.child);
    }
    FUZZ_VERIFY(lookups == node.lookups);
}

/// Every address has one result, and no more.
void verifyPartition(const Partition &partition)
{
    AddressSet all;
    Uint128 v4Count;
    for (const AddressSet &set : partition.byResult) {
        all = all.united(set);
        v4Count += countOf(set.v4);
    }
    FUZZ_VERIFY(all == AddressSet::all());
    FUZZ_VERIFY(v4Count == Uint128(1ULL << 32));
}

/// A few addresses of each set: check_host() must say what the partition says.
void verifyAgainstChecks(const Partition &partition, HostileFacts &facts, RecordCache &records)
{
    constexpr std::size_t Most = 3;
    for (std::size_t i = 0; i < CheckResultCount; ++i) {
        const std::vector<Cidr> blocks = cidrsOf(partition.byResult[i]);
        for (std::size_t k = 0; k < blocks.size() && k < Most; ++k) {
            for (const Cidr &block : {blocks[k], blocks[blocks.size() - 1 - k]}) {
                for (const IpAddress &ip : {block.first(), block.last()}) {
                    // An IPv4-mapped address is checked as the IPv4 address that it holds.
                    if (ip.unmapped() != ip)
                        continue;
                    const CheckOutcome outcome = check(ip, facts, records);
                    if (outcome.result == static_cast<CheckResult>(i))
                        continue;
                    std::fprintf(stderr, "%s: the check says %.*s, the partition %zu\n",
                                 ip.toString().c_str(), static_cast<int>(toString(outcome.result).size()),
                                 toString(outcome.result).data(), i);
                    std::abort();
                }
            }
        }
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    HostileFacts facts(asOctets(data, size));
    RecordCache records;
    check(*IpAddress::parse("192.0.2.3"), facts, records);
    check(*IpAddress::parse("2001:db8::3"), facts, records);

    const DomainName domain = ownerNamed('a');
    Options options;
    options.bounds.nodes = 200; // as many paths as a minute of fuzzing has time for
    const Evaluation evaluation = evaluate(domain, facts, records, options);
    RecordCache fresh;
    const Evaluation again = evaluate(domain, facts, fresh, options);
    FUZZ_VERIFY(again.status == evaluation.status && again.pending == evaluation.pending);
    FUZZ_VERIFY(again.lookups == evaluation.lookups && again.voidLookups == evaluation.voidLookups);
    FUZZ_VERIFY(again.nodeCount == evaluation.nodeCount && again.cut == evaluation.cut);
    FUZZ_VERIFY(again.addresses == evaluation.addresses && again.asWritten == evaluation.asWritten);
    FUZZ_VERIFY(!evaluation.pending || facts.somethingIsMissing());
    verifyTree(evaluation.root);
    verifyPartition(evaluation.addresses);
    verifyPartition(evaluation.asWritten);
    if (!evaluation.pending && !evaluation.cut && evaluation.addresses.exact)
        verifyAgainstChecks(evaluation.addresses, facts, records);
    return 0;
}
