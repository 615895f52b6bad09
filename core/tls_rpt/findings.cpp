// SPDX-License-Identifier: Apache-2.0
#include "tls_rpt/findings.h"

#include "report/finding_list.h"

#include <algorithm>

namespace mailoscope::tls_rpt
{

namespace
{

using Status = Evaluation::Status;

std::string sentenceOf(const RecordIssue &issue)
{
    switch (issue.kind) {
    case RecordIssue::Kind::NoRua:
        return "the field rua is missing";
    case RecordIssue::Kind::BadUri:
        return "an address in rua is not a URI, such as mailto:tls@example.com";
    case RecordIssue::Kind::TooManyUris:
        return "there are too many addresses in rua";
    case RecordIssue::Kind::Fields:
        break;
    }
    switch (issue.field) {
    case FieldFault::Kind::BlankBeforeSemicolon:
        return "a blank stands before the first semicolon, which some reporters refuse";
    case FieldFault::Kind::Empty:
        return "nothing stands between two semicolons";
    case FieldFault::Kind::NoEquals:
        return "a field has no equals sign";
    case FieldFault::Kind::BlankAroundEquals:
        return "a blank stands beside an equals sign";
    case FieldFault::Kind::BadName:
        return "a field has a name that is not allowed";
    case FieldFault::Kind::BadValue:
        return "a field has a value that is not allowed";
    case FieldFault::Kind::Duplicate:
        return "a field stands there twice, and only the first counts";
    }
    return {};
}

class Judge
{
public:
    Judge(const Evaluation &evaluation, const mx::Evaluation &mx, const Surroundings &surroundings)
        : m_evaluation(evaluation), m_mx(mx), m_surroundings(surroundings)
    {
    }

    std::vector<Finding> judge()
    {
        if (!m_evaluation.outcome || dns::isTemporaryFailure(*m_evaluation.outcome))
            return {};
        judgeTexts();
        if (m_evaluation.recordTexts.empty()) {
            judgeMissing();
        } else {
            for (const RecordIssue &issue : m_evaluation.record->issues)
                addIssue(issue);
            if (m_evaluation.recordTexts.size() == 1)
                judgeUris();
        }
        return m_findings.take();
    }

private:
    Finding &add(std::string id, Severity severity, Span span = {}, const std::string *text = nullptr)
    {
        Finding &finding = m_findings.add(std::move(id), severity, {"RFC 8460", "3"});
        finding.arguments["domain"] = m_evaluation.domain.text();
        finding.arguments["name"] = m_evaluation.recordName.text();
        if (!text && !m_evaluation.recordTexts.empty())
            text = &m_evaluation.recordTexts.front();
        finding.evidence.push_back(
            {m_evaluation.recordName.text(), "TXT", text ? *text : std::string(), span, {}});
        return finding;
    }

    void judgeTexts()
    {
        if (m_evaluation.recordTexts.size() > 1) {
            Finding &finding = add("tlsrpt.multiple", Severity::High);
            finding.arguments["count"] = static_cast<std::int64_t>(m_evaluation.recordTexts.size());
            for (std::size_t i = 1; i < m_evaluation.recordTexts.size(); ++i)
                finding.evidence.push_back(
                    {m_evaluation.recordName.text(), "TXT", m_evaluation.recordTexts[i], {}, {}});
        }
        for (const std::string &text : m_evaluation.resembling)
            add("tlsrpt.version", Severity::High, {}, &text);
    }

    void judgeMissing()
    {
        for (const Misplaced &misplaced : m_evaluation.misplaced) {
            Finding &finding = add("tlsrpt.wrong-name", Severity::Medium, {}, &misplaced.text);
            finding.evidence.front().name = misplaced.name.text();
            finding.arguments["wrong"] = misplaced.name.text();
        }
        if (m_evaluation.status == Status::Missing && m_evaluation.resembling.empty() && !m_mx.hosts.empty())
            add("tlsrpt.missing", m_surroundings.hasTlsPolicy ? Severity::Medium : Severity::Low);
    }

    void addIssue(const RecordIssue &issue)
    {
        if (issue.kind == RecordIssue::Kind::NoRua) {
            add("tlsrpt.rua.missing", Severity::High, issue.span);
            return;
        }
        const bool isNote = issue.kind == RecordIssue::Kind::Fields && !spoilsRecord(issue.field);
        add("tlsrpt.syntax", isNote ? Severity::Low : Severity::High, issue.span).arguments["fault"] =
            sentenceOf(issue);
    }

    void judgeUris()
    {
        const std::vector<ReportUri> &rua = m_evaluation.record->record->rua;
        for (std::size_t i = 0; i < rua.size(); ++i) {
            // RFC 8460 section 3: mailto and https.
            if (rua[i].scheme == ReportUri::Scheme::Other)
                add("tlsrpt.rua.scheme", Severity::High, m_evaluation.record->spans[i]).arguments["uri"] =
                    shown(rua[i].text);
        }
        if (rua.size() > 1) {
            const Span all{m_evaluation.record->spans.front().begin, m_evaluation.record->spans.back().end};
            add("tlsrpt.rua.count", Severity::Info, all).arguments["count"] =
                static_cast<std::int64_t>(rua.size());
        }
        for (const Destination &destination : m_evaluation.destinations)
            judgeDestination(destination);
        judgeSameDomain(rua);
    }

    Span placeOf(const DomainName &domain) const
    {
        const std::vector<ReportUri> &rua = m_evaluation.record->record->rua;
        for (std::size_t i = 0; i < rua.size(); ++i) {
            if (rua[i].scheme == ReportUri::Scheme::Mailto && rua[i].domain == domain)
                return m_evaluation.record->spans[i];
        }
        return {};
    }

    void judgeDestination(const Destination &destination)
    {
        if (destination.mx.pending)
            return;
        if (destination.organizationMissing) {
            add("tlsrpt.rua.registrable", Severity::Critical, placeOf(destination.domain))
                .arguments["destination"] = destination.domain.text();
            return;
        }
        using MxStatus = mx::Evaluation::Status;
        const bool takesNoMail = destination.mx.nullMx || destination.mx.status == MxStatus::Invalid ||
                                 (destination.mx.status == MxStatus::Missing && !destination.mx.implicitMx);
        if (!takesNoMail)
            return;
        add("tlsrpt.rua.no-mx", Severity::High, placeOf(destination.domain)).arguments["destination"] =
            destination.domain.text();
    }

    /// RFC 8460 section 5.3: reports are mail themselves. Where all of it goes to the hosts that are
    /// reported about, it is lost with them.
    void judgeSameDomain(const std::vector<ReportUri> &rua)
    {
        const bool isMailAlone =
            !rua.empty() && std::all_of(rua.begin(), rua.end(), [](const ReportUri &uri) {
                return uri.scheme == ReportUri::Scheme::Mailto;
            });
        if (!isMailAlone || m_mx.hosts.empty())
            return;
        const auto isOurs = [this](const mx::Host &host) {
            return std::any_of(m_mx.hosts.begin(), m_mx.hosts.end(),
                               [&host](const mx::Host &own) { return own.name == host.name; });
        };
        for (const Destination &destination : m_evaluation.destinations) {
            const std::vector<mx::Host> &hosts = destination.mx.hosts;
            if (hosts.empty() || !std::all_of(hosts.begin(), hosts.end(), isOurs))
                return;
        }
        if (m_evaluation.destinations.empty())
            return;
        Finding &finding = add("tlsrpt.rua.same-domain", Severity::Low, m_evaluation.record->spans.front());
        finding.reference.section = "5.3";
    }

    const Evaluation &m_evaluation;
    const mx::Evaluation &m_mx;
    const Surroundings &m_surroundings;
    mailoscope::FindingList m_findings{"tls_rpt"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx,
                              const Surroundings &surroundings)
{
    return Judge(evaluation, mx, surroundings).judge();
}

} // namespace mailoscope::tls_rpt
