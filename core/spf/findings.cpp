// SPDX-License-Identifier: Apache-2.0
#include "spf/findings.h"

#include "base/text.h"
#include "spf/finding_list.h"

namespace mailoscope::spf
{

namespace
{

/// The domain shows no sign of taking mail: it says so with a null MX, or it has neither MX nor addresses.
bool hasNoMail(const mx::Evaluation &mx)
{
    return mx.nullMx || (mx.status == mx::Evaluation::Status::Missing && !mx.implicitMx);
}

void addNoRecord(FindingList &list, const mx::Evaluation &mx)
{
    const Evaluation &evaluation = list.evaluation();
    Evidence evidence{evaluation.domain.text(), "TXT", {}, {}, {}};
    if (evaluation.root.status == NodeStatus::NxDomain) {
        Finding &finding = list.add("dns.nxdomain", Severity::Critical, Reference{"RFC 8020", "2"});
        finding.section = "dns";
        finding.arguments["domain"] = evaluation.domain.text();
        finding.evidence.push_back(std::move(evidence));
        return;
    }
    const bool parked = hasNoMail(mx);
    Finding &finding = parked
                           ? list.add("spf.parked.not-null", Severity::High, Reference{"RFC 7208", "10.1.2"})
                           : list.add("spf.missing", Severity::High, "4.5");
    finding.arguments["domain"] = evaluation.domain.text();
    finding.arguments["record"] = std::string();
    finding.evidence.push_back(std::move(evidence));
}

/// A domain without mail should say `v=spf1 -all` and nothing else.
void addParked(FindingList &list, const mx::Evaluation &mx)
{
    const Evaluation &evaluation = list.evaluation();
    const Node &root = evaluation.root;
    const bool authorisesNobody =
        evaluation.addresses.exact && evaluation.asWritten.of(CheckResult::Pass).isEmpty();
    if (evaluation.status != Evaluation::Status::Ok || !hasNoMail(mx) || !authorisesNobody)
        return;
    const bool exactlyNull = root.record->record->terms.size() == 1 && evaluation.finalAll == Qualifier::Fail;
    if (exactlyNull)
        return;
    Finding &finding = list.add("spf.parked.not-null", Severity::High, Reference{"RFC 7208", "10.1.2"});
    finding.arguments["domain"] = evaluation.domain.text();
    finding.arguments["record"] = shown(root.selection.text);
    finding.evidence.push_back(recordOf(root, {}));
}

void addMultiple(FindingList &list)
{
    const Node &root = list.evaluation().root;
    Finding &finding = list.add("spf.multiple", Severity::Critical, "4.5");
    finding.arguments["count"] = static_cast<std::int64_t>(root.selection.records.size());
    for (const std::string &record : root.selection.records)
        finding.evidence.push_back({root.domain.text(), "TXT", record, {0, record.size()}, {}});
}

void addTempError(FindingList &list)
{
    const Node &root = list.evaluation().root;
    if (root.selection.outcome == dns::Outcome::NotRecorded)
        return; // nobody asked
    Finding &finding = list.add("spf.temperror", Severity::Info, "4.4");
    finding.arguments["outcome"] = std::string(dns::toString(root.selection.outcome));
    finding.evidence.push_back({root.domain.text(), "TXT", {}, {}, {}});
}

void addNearMisses(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    for (const NearMiss &nearMiss : evaluation.nearMisses) {
        Finding *finding = nullptr;
        switch (nearMiss.kind) {
        case NearMiss::Kind::Glued:
            finding = &list.add("spf.version.glued", Severity::High, "4.5");
            break;
        case NearMiss::Kind::SpaceBefore:
            finding = &list.add("spf.version.space-before", Severity::High, "4.5");
            break;
        case NearMiss::Kind::SenderId:
            finding = &list.add("spf.version.spf2", Severity::Low, Reference{"RFC 4406", ""});
            break;
        }
        finding->arguments["record"] = shown(nearMiss.text);
        finding->evidence.push_back(
            {evaluation.domain.text(), "TXT", nearMiss.text, {0, nearMiss.text.size()}, {}});
    }
}

void addSurroundings(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    const std::string domain = evaluation.domain.text();
    if (evaluation.hasType99) {
        Finding &finding = list.add("spf.rr99", Severity::Low, "3.1");
        finding.evidence.push_back({domain, "SPF", {}, {}, {}});
    }
    if (evaluation.hasWildcard.value_or(false)) {
        Finding &finding = list.add("spf.wildcard", Severity::Low, "3.5");
        finding.evidence.push_back({"*." + domain, "TXT", {}, {}, {}});
    }
    for (const HeloName &name : evaluation.heloNames) {
        if (name.status != Selection::Status::None || name.host == evaluation.domain)
            continue;
        Finding &finding = list.add("spf.helo.missing", Severity::Low, "2.3");
        finding.arguments["host"] = name.host.text();
        finding.evidence.push_back({name.host.text(), "TXT", {}, {}, {}});
    }
}

// RFC 7208 section 3.4.
void addSizes(FindingList &list)
{
    constexpr std::size_t SafeAnswer = 512;
    constexpr std::size_t SafeData = 450;
    const Evaluation &evaluation = list.evaluation();
    const std::size_t dataOctets = evaluation.domain.text().size() + evaluation.txtOctets;
    if (evaluation.root.status == NodeStatus::Pending || !evaluation.root.record || dataOctets <= SafeData)
        return;
    const bool overAnswer = evaluation.answerOctets > SafeAnswer;
    Finding &finding = overAnswer ? list.add("spf.size.512", Severity::Medium, "3.4")
                                  : list.add("spf.size.450", Severity::Low, "3.4");
    finding.arguments["octets"] =
        static_cast<std::int64_t>(overAnswer ? evaluation.answerOctets : dataOctets);
    finding.arguments["record_octets"] = static_cast<std::int64_t>(evaluation.root.selection.text.size());
    finding.evidence.push_back(recordOf(evaluation.root, {}));
}

// RFC 7208 section 6.2.
void addExplanation(FindingList &list)
{
    const char *reason = nullptr;
    switch (list.evaluation().explanation) {
    case ExplanationStatus::Absent:
    case ExplanationStatus::Pending:
    case ExplanationStatus::Ok:
    case ExplanationStatus::TempError:
    case ExplanationStatus::Unknown:
        return;
    case ExplanationStatus::NoRecord:
        reason = "none";
        break;
    case ExplanationStatus::MultipleRecords:
        reason = "several";
        break;
    case ExplanationStatus::NotAscii:
        reason = "not-ascii";
        break;
    case ExplanationStatus::MacroFault:
        reason = "macro";
        break;
    }
    Finding &finding = list.add("spf.exp.bad", Severity::Low, "6.2");
    finding.arguments["reason"] = std::string(reason);
    finding.evidence.push_back(recordOf(list.evaluation().root, {}));
}

} // namespace

Evidence recordOf(const Node &node, Path path)
{
    return {node.domain.text(), "TXT", node.selection.text, {0, node.selection.text.size()}, std::move(path)};
}

Evidence termOf(const Node &node, const TermNode &term, const Path &path)
{
    return {node.domain.text(), "TXT", node.selection.text, node.record->spans[term.index],
            joined(path, term.index)};
}

std::string textOf(const Node &node, const TermNode &term)
{
    const Span span = node.record->spans[term.index];
    return shown(std::string_view(node.selection.text).substr(span.begin, span.end - span.begin));
}

Path joined(const Path &path, std::size_t index)
{
    Path longer;
    longer.reserve(path.size() + 1);
    longer = path;
    longer.push_back(index);
    return longer;
}

std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx, const Limits &limits)
{
    FindingList list(evaluation);
    const Node &root = evaluation.root;
    addNearMisses(list);
    addSurroundings(list);
    switch (root.status) {
    case NodeStatus::Pending:
        return list.take();
    case NodeStatus::TempError:
        addTempError(list);
        return list.take();
    case NodeStatus::NoRecord:
    case NodeStatus::NxDomain:
        if (!mx.pending)
            addNoRecord(list, mx);
        return list.take();
    case NodeStatus::MultipleRecords:
        addMultiple(list);
        return list.take();
    case NodeStatus::Ok:
    case NodeStatus::Invalid:
    case NodeStatus::BadName:
    case NodeStatus::Loop:
    case NodeStatus::Cut:
        break;
    }
    addSizes(list);
    addExplanation(list);
    forEachNode(root, [&](const Node &node, const Path &path) {
        // What others publish is theirs to mend; its effects on this domain are told by the tree's findings.
        if (node.record && list.isOwn(node.domain))
            addRecordFindings(node, path, list);
    });
    addTreeFindings(list, limits);
    addAddressFindings(list);
    if (!mx.pending)
        addParked(list, mx);
    return list.take();
}

} // namespace mailoscope::spf
