// SPDX-License-Identifier: Apache-2.0
#include "bimi/findings.h"

#include "base/text.h"
#include "report/finding_list.h"

#include <utility>

namespace mailoscope::bimi
{

namespace
{

class FindingList : public mailoscope::FindingList
{
public:
    explicit FindingList(const Evaluation &evaluation)
        : mailoscope::FindingList("bimi"), m_evaluation(evaluation)
    {
    }

    Finding &add(std::string id, Severity severity, std::string section)
    {
        Finding &finding = mailoscope::FindingList::add(
            std::move(id), severity,
            {"draft-brand-indicators-for-message-identification-14", std::move(section)});
        finding.arguments["domain"] = m_evaluation.domain.text();
        return finding;
    }
    /// With the record, or a part of it, as evidence.
    Finding &addOfRecord(std::string id, Severity severity, std::string section, Span span = {})
    {
        Finding &finding = add(std::move(id), severity, std::move(section));
        finding.evidence.push_back(record(span));
        return finding;
    }
    Evidence record(Span span = {}) const
    {
        const std::string &text = m_evaluation.text;
        return {
            m_evaluation.found().name.text(), "TXT", text, span.isEmpty() ? Span{0, text.size()} : span, {}};
    }

private:
    const Evaluation &m_evaluation;
};

void addNearMisses(const Evaluation &evaluation, FindingList &list)
{
    const auto of = [&](const Lookup &lookup) {
        if (!lookup.records.empty())
            return;
        for (const std::string &text : lookup.nearMisses) {
            Finding &finding = list.add("bimi.version", Severity::High, "5.3");
            finding.arguments["record"] = shown(text);
            finding.evidence.push_back({lookup.name.text(), "TXT", text, {0, text.size()}, {}});
        }
    };
    of(evaluation.own);
    if (evaluation.organizational && evaluation.own.records.empty())
        of(*evaluation.organizational);
    for (const Stray &stray : evaluation.strays) {
        Finding &finding = list.add("bimi.wrong-name", Severity::Medium, "5.3");
        finding.arguments["name"] = stray.name.text();
        finding.arguments["right_name"] = evaluation.own.name.text();
        finding.evidence.push_back({stray.name.text(), "TXT", stray.text, {0, stray.text.size()}, {}});
    }
}

void addIssues(const Evaluation &evaluation, FindingList &list)
{
    using Kind = Issue::Kind;
    const auto add = [&](const Issue &issue, const char *id, Severity severity, const char *reason) {
        Finding &finding = list.addOfRecord(id, severity, "5.3", issue.span);
        const Span span = list.record(issue.span).span;
        finding.arguments["part"] =
            shown(std::string_view(evaluation.text).substr(span.begin, span.end - span.begin));
        finding.arguments["reason"] = std::string(reason);
    };
    for (const Issue &issue : evaluation.parsed.issues) {
        switch (issue.kind) {
        case Kind::NoEquals:
            add(issue, "bimi.syntax", Severity::High, "no-equals");
            break;
        case Kind::BadName:
            add(issue, "bimi.syntax", Severity::High, "name");
            break;
        case Kind::EmptyPart: // most receivers pass over it
            add(issue, "bimi.syntax", Severity::Low, "empty");
            break;
        case Kind::Duplicate:
            add(issue, "bimi.syntax", Severity::High, "duplicate");
            break;
        case Kind::BadOctet:
            add(issue, "bimi.syntax", Severity::High, "octet");
            break;
        case Kind::NoLocation:
            add(issue, "bimi.syntax", Severity::High, "no-l");
            break;
        case Kind::LocationBadUri:
        case Kind::EvidenceBadUri:
            add(issue, "bimi.syntax", Severity::High, "uri");
            break;
        case Kind::LocationNotHttps:
            add(issue, "bimi.l.https", Severity::High, "https");
            break;
        case Kind::EvidenceNotHttps:
            add(issue, "bimi.a.https", Severity::High, "https");
            break;
        case Kind::BadAvatarPreference:
            add(issue, "bimi.avp", Severity::Medium, "value");
            break;
        case Kind::BadLocalPartSelectors:
            add(issue, "bimi.lps", Severity::Medium, "value");
            break;
        }
    }
}

std::string_view reasonOf(const Fetch &fetch)
{
    constexpr int FirstRedirect = 300;
    constexpr int LastRedirect = 399;
    if (fetch.outcome != https::Outcome::Answered)
        return https::toString(fetch.outcome);
    return fetch.httpStatus >= FirstRedirect && fetch.httpStatus <= LastRedirect ? "redirect" : "status";
}

void addFetch(const Fetch &fetch, const char *id, FindingList &list)
{
    if (fetch.status != Fetch::Status::Failed)
        return;
    Finding &finding = list.addOfRecord(id, Severity::High, "8.5");
    finding.arguments["url"] = fetch.url->text();
    finding.arguments["reason"] = std::string(reasonOf(fetch));
    finding.arguments["status"] = static_cast<std::int64_t>(fetch.httpStatus);
    finding.arguments["location"] = shown(fetch.location);
}

/// The media type without its parameters.
std::string_view mediaTypeOf(std::string_view contentType)
{
    const std::string_view type = contentType.substr(0, contentType.find(';'));
    return type.substr(0, type.find_last_not_of(" \t") + 1);
}

void addFiles(const Evaluation &evaluation, FindingList &list)
{
    const Record &record = *evaluation.record();
    if (!record.hasLocation() && record.hasEvidence())
        list.addOfRecord("bimi.l.empty", Severity::Medium, "5.3");
    if (record.hasLocation() && !record.hasEvidence())
        list.addOfRecord("bimi.a.missing", Severity::Medium, "5.3");
    addFetch(evaluation.indicator.fetch, "bimi.l.fetch", list);
    addFetch(evaluation.evidence.fetch, "bimi.a.fetch", list);
    const Fetch &image = evaluation.indicator.fetch;
    // bimi-14 section 5.3.2.
    if (image.status == Fetch::Status::Ok && mediaTypeOf(image.contentType) != "image/svg+xml") {
        Finding &finding = list.addOfRecord("bimi.l.type", Severity::Low, "5.3.2");
        finding.arguments["url"] = image.url->text();
        finding.arguments["type"] = shown(image.contentType);
    }
    list.append(logoFindings(evaluation, list.record()));
    list.append(markFindings(evaluation, list.record()));
}

std::string joined(const std::vector<DmarcWeakness> &weaknesses)
{
    std::string text;
    for (const DmarcWeakness weakness : weaknesses) {
        text += text.empty() ? "" : ", ";
        text += toString(weakness);
    }
    return text;
}

void addDmarc(const char *id, const std::vector<DmarcWeakness> &weaknesses,
              const std::optional<DmarcRecordView> &record, const DomainName &domain, FindingList &list)
{
    Finding &finding = list.add(id, Severity::High, "8.1");
    finding.arguments["tags"] = joined(weaknesses);
    finding.arguments["where"] = domain.text();
    if (record)
        finding.evidence.push_back({record->name, "TXT", record->text, {0, record->text.size()}, {}});
    else
        finding.evidence.push_back({"_dmarc." + domain.text(), "TXT", {}, {}, {}});
}

// bimi-14 section 8.1.
void addSurroundings(const Evaluation &evaluation, FindingList &list)
{
    const DmarcView &dmarc = evaluation.dmarc;
    const DomainName &organizational = dmarc.organizationalDomain.value_or(evaluation.domain);
    if (!evaluation.dmarcWeaknesses.empty()) {
        const bool inherits = !dmarc.domain && dmarc.organizational;
        addDmarc("bimi.dmarc.weak", evaluation.dmarcWeaknesses,
                 inherits ? dmarc.organizational : dmarc.domain,
                 inherits ? organizational : evaluation.domain, list);
    } else if (!evaluation.organizationalWeaknesses.empty()) {
        addDmarc("bimi.dmarc.org", evaluation.organizationalWeaknesses, dmarc.organizational, organizational,
                 list);
    }
    if (dmarc.everyonePassesSpf)
        list.addOfRecord("bimi.spf.plusall", Severity::Medium, "8.1");
}

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation)
{
    using Status = Evaluation::Status;
    FindingList list(evaluation);
    addNearMisses(evaluation, list);
    switch (evaluation.status) {
    case Status::Pending:
    case Status::TempError:
    case Status::NotChecked:
        return list.take();
    case Status::Missing: {
        Finding &finding = list.add("bimi.missing", Severity::Info, "5.3");
        finding.evidence.push_back({evaluation.own.name.text(), "TXT", {}, {}, {}});
        return list.take();
    }
    case Status::Ok:
    case Status::Invalid:
        break;
    }
    if (evaluation.multiple) {
        Finding &finding = list.add("bimi.multiple", Severity::High, "8.2");
        finding.arguments["count"] = static_cast<std::int64_t>(evaluation.found().records.size());
        for (const std::string &record : evaluation.found().records)
            finding.evidence.push_back(
                {evaluation.found().name.text(), "TXT", record, {0, record.size()}, {}});
        return list.take();
    }
    addIssues(evaluation, list);
    if (evaluation.declined) {
        list.addOfRecord("bimi.declined", Severity::Info, "5.3");
        return list.take();
    }
    addFiles(evaluation, list);
    addSurroundings(evaluation, list);
    return list.take();
}

} // namespace mailoscope::bimi
