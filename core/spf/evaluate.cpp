// SPDX-License-Identifier: Apache-2.0
#include "spf/evaluate.h"

#include "base/ascii.h"
#include "spf/partition.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

/// Mail hosts whose own SPF is looked at (RFC 7208 section 2.3); the rest is left out.
constexpr std::size_t MaxHeloNames = 10;

/// RFC 7208 section 5.1, 6.1: the qualifier of the `all` that is reached in the end.
FinalAll finalAllOf(const Node &node)
{
    if (!node.record)
        return std::nullopt;
    const Record &record = *node.record->record;
    if (const auto all = indexOfAll(record))
        return std::get<Directive>(record.terms[*all]).qualifier();
    if (const auto redirect = indexOfRedirect(record)) {
        const auto &child = node.terms[*redirect].child;
        return child ? finalAllOf(*child) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<NearMiss::Kind> nearMissOf(const std::string &text)
{
    if (isSpfRecord(text))
        return std::nullopt;
    if (ascii::startsWithIgnoringCase(text, "v=spf1"))
        return NearMiss::Kind::Glued;
    if (ascii::startsWithIgnoringCase(text, "spf2.0/"))
        return NearMiss::Kind::SenderId;
    // What stands before the version by mistake: blanks, quotes, a byte order mark, no-break spaces.
    constexpr std::string_view Strays = " \t\r\n\"'`\xef\xbb\xbf\xc2\xa0";
    const std::size_t begin = text.find_first_not_of(Strays);
    if (begin != std::string::npos && begin > 0 &&
        ascii::startsWithIgnoringCase(std::string_view(text).substr(begin), "v=spf1")) {
        return NearMiss::Kind::SpaceBefore;
    }
    return std::nullopt;
}

/// RFC 7208 section 3.4: the sizes that decide whether the answer fits a UDP packet of 512 octets.
void measureAnswer(const dns::Answer &answer, Evaluation &evaluation)
{
    constexpr std::size_t HeaderOctets = 12;
    constexpr std::size_t QuestionTail = 4;      // type and class
    constexpr std::size_t RecordHeader = 2 + 10; // compressed owner name; type, class, TTL, length
    const std::size_t nameOctets = evaluation.domain.text().size() + 2;
    evaluation.answerOctets = HeaderOctets + nameOctets + QuestionTail;
    for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(answer)) {
        evaluation.answerOctets += RecordHeader;
        for (const std::string &string : txt->strings) {
            evaluation.txtOctets += string.size();
            evaluation.answerOctets += string.size() + 1;
        }
    }
}

class Evaluator
{
public:
    Evaluator(FactSource &facts, RecordCache &records, const Options &options)
        : m_facts(facts), m_records(records), m_options(options)
    {
    }

    Evaluation run(const DomainName &domain)
    {
        m_evaluation.domain = domain;
        askAround();
        Tree tree = buildTree(domain, m_facts, m_records, m_options);
        m_evaluation.root = std::move(tree.root);
        m_evaluation.nodeCount = tree.nodeCount;
        m_evaluation.cut = tree.cut;
        m_missing = m_missing || tree.pending;
        m_someFailed = tree.failed;
        takeTotals();
        lookAtExplanation();
        m_evaluation.pending = m_missing;
        m_evaluation.status = statusNow();
        return std::move(m_evaluation);
    }

private:
    const dns::Answer *ask(const DomainName &name, dns::RrType type)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        m_missing = m_missing || !answer;
        return answer;
    }

    /// What stands around the record: asked for together with it.
    void askAround()
    {
        const DomainName &domain = m_evaluation.domain;
        if (const dns::Answer *txt = ask(domain, dns::RrType::TXT)) {
            measureAnswer(*txt, m_evaluation);
            for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(*txt)) {
                std::string text = data->joined();
                if (const auto kind = nearMissOf(text))
                    m_evaluation.nearMisses.push_back({*kind, std::move(text)});
            }
        }
        // RFC 7208 section 3.1: type 99 takes no part in any check; it is asked only to tell its owner of it.
        if (const dns::Answer *type99 = ask(domain, dns::RrType::SPF))
            m_evaluation.hasType99 = type99->outcome == dns::Outcome::Answered;
        // RFC 4592: a wildcard answers for names that do not exist (RFC 7208 section 3.5).
        if (const auto wildcard = domain.prefixed("*")) {
            const Selection::Status found = selectRecord(ask(*wildcard, dns::RrType::TXT)).status;
            if (found != Selection::Status::Pending && found != Selection::Status::TempError)
                m_evaluation.hasWildcard = found == Selection::Status::Found;
        }
        askHeloNames();
    }

    // RFC 7208 section 2.3: the names that this domain's mail hosts greet with can be checked too.
    void askHeloNames()
    {
        const dns::Answer *mx = ask(m_evaluation.domain, dns::RrType::MX);
        if (!mx)
            return;
        std::vector<DomainName> hosts;
        for (const dns::MxData *data : dns::dataOf<dns::MxData>(*mx)) {
            // Names of other organisations are theirs to look after.
            if (!data->exchange.isRoot() && data->exchange.isAtOrBelow(m_evaluation.domain))
                hosts.push_back(data->exchange);
        }
        std::sort(hosts.begin(), hosts.end());
        hosts.erase(std::unique(hosts.begin(), hosts.end()), hosts.end());
        hosts.resize(std::min(hosts.size(), MaxHeloNames));
        for (const DomainName &host : hosts)
            m_evaluation.heloNames.push_back({host, selectRecord(ask(host, dns::RrType::TXT)).status});
    }

    void takeTotals()
    {
        const Node &root = m_evaluation.root;
        m_evaluation.lookups = root.lookups;
        m_evaluation.voidLookups = root.voids.worst();
        m_evaluation.finalAll = finalAllOf(root);
        m_evaluation.asWritten = root.addresses;
        // Only a tree that can pass a limit has to be gone through path by path.
        const Limits &limits = m_options.limits;
        const bool canPass = root.lookups > limits.lookups || root.voids.worst() > limits.voidLookups;
        m_evaluation.addresses = canPass ? partitionWithLimits(root, limits) : root.addresses;
        m_evaluation.limitsMatter = m_evaluation.addresses.byResult != m_evaluation.asWritten.byResult;
    }

    // RFC 7208 section 6.2: of the record whose `all` or other directive fails the client: the redirect's
    // target.
    void lookAtExplanation()
    {
        const Node *node = &m_evaluation.root;
        while (node->record) {
            const auto redirect = indexOfRedirect(*node->record->record);
            if (!redirect || !node->terms[*redirect].child)
                break;
            node = node->terms[*redirect].child.get();
        }
        if (!node->record)
            return;
        for (const TermNode &term : node->terms) {
            if (std::holds_alternative<Exp>(node->record->record->terms[term.index]))
                m_evaluation.explanation = explanationOf(term);
        }
    }

    ExplanationStatus explanationOf(const TermNode &term)
    {
        if (term.status == TermStatus::Unknown)
            return ExplanationStatus::Unknown;
        if (!term.target)
            return ExplanationStatus::NoRecord;
        const dns::Answer *answer = ask(*term.target, dns::RrType::TXT);
        if (!answer)
            return ExplanationStatus::Pending;
        if (dns::isTemporaryFailure(answer->outcome))
            return ExplanationStatus::TempError;
        const auto texts = dns::dataOf<dns::TxtData>(*answer);
        if (texts.empty())
            return ExplanationStatus::NoRecord;
        if (texts.size() > 1)
            return ExplanationStatus::MultipleRecords;
        const auto parsed = parseMacroString(texts.front()->joined(), MacroPlace::Explanation);
        if (parsed.faults.empty())
            return ExplanationStatus::Ok;
        const bool notAscii =
            std::any_of(parsed.faults.begin(), parsed.faults.end(),
                        [](const MacroFault &fault) { return fault.kind == MacroFault::Kind::BadCharacter; });
        return notAscii ? ExplanationStatus::NotAscii : ExplanationStatus::MacroFault;
    }

    Evaluation::Status statusNow() const
    {
        const auto some = [this](CheckResult result) { return !m_evaluation.addresses.of(result).isEmpty(); };
        switch (m_evaluation.root.status) {
        case NodeStatus::Pending:
            return Evaluation::Status::Pending;
        case NodeStatus::NoRecord:
        case NodeStatus::NxDomain:
        case NodeStatus::BadName:
            return Evaluation::Status::Missing;
        case NodeStatus::TempError:
            return failure();
        case NodeStatus::MultipleRecords:
        case NodeStatus::Invalid:
        case NodeStatus::Loop:
        case NodeStatus::Cut:
            return Evaluation::Status::Invalid;
        case NodeStatus::Ok:
            break;
        }
        if (endsInPermError())
            return Evaluation::Status::Invalid;
        return some(CheckResult::TempError) ? failure() : Evaluation::Status::Ok;
    }

    /// What a snapshot does not hold was not asked.
    Evaluation::Status failure() const
    {
        return m_someFailed ? Evaluation::Status::TempError : Evaluation::Status::NotChecked;
    }

    /// Hosts without an IPv6 address make void look-ups for IPv6 clients alone. As long as that costs none of
    /// the authorised a pass, it is a finding and not a broken record.
    bool endsInPermError() const
    {
        const AddressSet &inError = m_evaluation.addresses.of(CheckResult::PermError);
        const bool costsPasses =
            m_evaluation.addresses.of(CheckResult::Pass) != m_evaluation.asWritten.of(CheckResult::Pass);
        return !inError.v4.isEmpty() || costsPasses ||
               !m_evaluation.asWritten.of(CheckResult::PermError).v6.isEmpty();
    }

    FactSource &m_facts;
    RecordCache &m_records;
    const Options &m_options;
    Evaluation m_evaluation;
    bool m_missing = false;
    bool m_someFailed = false; ///< a look-up of the tree was tried and failed
};

} // namespace

Evaluation evaluate(const DomainName &domain, FactSource &facts, RecordCache &records, const Options &options)
{
    return Evaluator(facts, records, options).run(domain);
}

} // namespace mailoscope::spf
