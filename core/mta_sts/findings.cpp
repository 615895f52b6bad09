// SPDX-License-Identifier: Apache-2.0
#include "mta_sts/findings.h"

#include "base/ascii.h"
#include "base/public_suffix.h"
#include "base/timestamp.h"
#include "report/finding_list.h"
#include "x509/certificate.h"

#include <algorithm>

namespace mailoscope::mta_sts
{

namespace
{

using Status = Evaluation::Status;

/// No more faults of one policy are told one by one.
constexpr std::size_t MaxFaultsTold = 20;
constexpr std::size_t MaxNamesListed = 10;

std::string sentenceOf(const RecordIssue &issue)
{
    switch (issue.kind) {
    case RecordIssue::Kind::NoId:
        return "the field id is missing";
    case RecordIssue::Kind::BadId:
        return "the value of id is not 1 to 32 letters and digits";
    case RecordIssue::Kind::Fields:
        break;
    }
    switch (issue.field) {
    case FieldFault::Kind::BlankBeforeSemicolon:
        return "a blank stands before the first semicolon, which some senders refuse";
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

std::string sentenceOf(PolicyIssue::Kind kind)
{
    using Kind = PolicyIssue::Kind;
    switch (kind) {
    case Kind::NotALine:
        return "it is not a line of the form \"key: value\"";
    case Kind::BlankLine:
        return "the line is blank, which some senders refuse";
    case Kind::DuplicateKey:
        return "the key stands there twice, and only the first counts";
    case Kind::BadVersion:
        return "the version is not STSv1";
    case Kind::BadMode:
        return "the mode is none of enforce, testing and none";
    case Kind::BadMaxAge:
        return "the max_age is not a number of 1 to 10 digits";
    case Kind::MaxAgeTooBig:
        return "the max_age is over 31557600";
    case Kind::BadMx:
        return "the mx is not one host name, with or without \"*.\" before it";
    case Kind::NoVersion:
        return "the line \"version: STSv1\" is missing";
    case Kind::NoMode:
        return "the line with the mode is missing";
    case Kind::NoMaxAge:
        return "the line with the max_age is missing";
    case Kind::NoMx:
        return "no line with an mx is there";
    case Kind::TooManyLines:
        return "there are too many lines";
    }
    return {};
}

std::string faultsText(const std::set<tls::Fault> &faults)
{
    std::string text;
    const auto add = [&text](std::string_view words) {
        text += (text.empty() ? "" : ", ") + std::string(words);
    };
    for (const tls::Fault fault : faults) {
        switch (fault) {
        case tls::Fault::NameMismatch:
            add("it is not for this name");
            break;
        case tls::Fault::Expired:
            add("it has expired");
            break;
        case tls::Fault::NotYetValid:
            add("it is not valid yet");
            break;
        case tls::Fault::SelfSigned:
            add("it is signed by itself");
            break;
        case tls::Fault::Untrusted:
            add("no known authority has signed it");
            break;
        case tls::Fault::Other:
            add("it is not acceptable");
            break;
        }
    }
    return text;
}

template <typename Names, typename Text>
std::string listed(const Names &names, Text textOf)
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), MaxNamesListed); ++i)
        text += (text.empty() ? "" : ", ") + textOf(names[i]);
    if (names.size() > MaxNamesListed)
        text += ", ...";
    return text;
}

/// `Text/Plain; charset=utf-8` → `text/plain` (RFC 9110 section 8.3.1).
std::string mediaType(std::string_view contentType)
{
    std::string type;
    for (const char c : contentType.substr(0, contentType.find(';'))) {
        if (c != ' ' && c != '\t')
            type.push_back(ascii::toLower(c));
    }
    return type;
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
        if (m_evaluation.recordOutcome && !dns::isTemporaryFailure(*m_evaluation.recordOutcome))
            judgeRecord();
        if (m_evaluation.response && hasUsableRecord())
            judgeFetch();
        if (m_evaluation.policy && hasRecord())
            judgePolicy();
        return m_findings.take();
    }

private:
    bool hasRecord() const { return !m_evaluation.recordTexts.empty(); }
    bool hasUsableRecord() const
    {
        return m_evaluation.recordTexts.size() == 1 && isUsable(*m_evaluation.record);
    }
    bool isPolicyUsable() const { return m_evaluation.policy && isUsable(*m_evaluation.policy); }

    Finding &add(std::string id, Severity severity, std::string section)
    {
        Finding &finding = m_findings.add(std::move(id), severity, {"RFC 8461", std::move(section)});
        finding.arguments["domain"] = m_evaluation.domain.text();
        return finding;
    }
    Finding &addOfRecord(std::string id, Severity severity, std::string section, Span span = {},
                         const std::string *record = nullptr)
    {
        Finding &finding = add(std::move(id), severity, std::move(section));
        finding.arguments["name"] = m_evaluation.recordName.text();
        if (!record && !m_evaluation.recordTexts.empty())
            record = &m_evaluation.recordTexts.front();
        finding.evidence.push_back(
            {m_evaluation.recordName.text(), "TXT", record ? *record : std::string(), span, {}});
        return finding;
    }
    Finding &addOfHost(std::string id, Severity severity, std::string section, Span span = {})
    {
        Finding &finding = add(std::move(id), severity, std::move(section));
        finding.arguments["host"] = m_evaluation.host.text();
        finding.arguments["url"] = m_evaluation.url.text();
        const std::string body = m_evaluation.response ? m_evaluation.response->body : std::string();
        finding.evidence.push_back({m_evaluation.url.text(), "HTTPS", body, span, {}});
        return finding;
    }

    void judgeRecord()
    {
        if (m_evaluation.recordTexts.size() > 1) {
            Finding &finding = addOfRecord("sts.record.multiple", Severity::High, "3.1");
            finding.arguments["count"] = static_cast<std::int64_t>(m_evaluation.recordTexts.size());
            for (std::size_t i = 1; i < m_evaluation.recordTexts.size(); ++i)
                finding.evidence.push_back(
                    {m_evaluation.recordName.text(), "TXT", m_evaluation.recordTexts[i], {}, {}});
        }
        if (m_evaluation.record) {
            for (const RecordIssue &issue : m_evaluation.record->issues)
                addRecordIssue(issue);
        }
        for (const std::string &text : m_evaluation.resembling) {
            addOfRecord("sts.record.syntax", Severity::High, "3.1", {}, &text).arguments["fault"] =
                std::string("it does not begin with exactly v=STSv1 and a semicolon");
        }
        if (!m_evaluation.recordAliases.empty()) {
            Finding &finding = addOfRecord("sts.cname.txt", Severity::Info, "8.2");
            finding.arguments["target"] = targetOf(m_evaluation.recordAliases);
        }
        if (!hasRecord() && m_evaluation.resembling.empty())
            judgeMissing();
    }

    void addRecordIssue(const RecordIssue &issue)
    {
        const bool isNote = issue.kind == RecordIssue::Kind::Fields && !spoilsRecord(issue.field);
        addOfRecord("sts.record.syntax", isNote ? Severity::Low : Severity::High, "3.1", issue.span)
            .arguments["fault"] = sentenceOf(issue);
    }

    static std::string targetOf(const std::vector<dns::ResourceRecord> &aliases)
    {
        const auto *name = std::get_if<dns::NameData>(&aliases.back().data);
        return name ? name->name.text() : std::string();
    }

    void judgeMissing()
    {
        // A policy that nobody is told of: senders ask for it only where there is a record.
        if (m_evaluation.policy && m_evaluation.policy->record && m_evaluation.policy->record->hasVersion) {
            addOfHost("sts.policy.no-record", Severity::High, "3").arguments["name"] =
                m_evaluation.recordName.text();
            return;
        }
        if (m_evaluation.status != Status::Missing || m_mx.hosts.empty())
            return;
        if (m_evaluation.parentHasRecord) {
            addOfRecord("sts.sub", Severity::Low, "3.4").arguments["parent"] = m_evaluation.parent.text();
            return;
        }
        if (!m_surroundings.daneOnAllMx)
            addOfRecord("sts.missing", Severity::Medium, "3");
    }

    void judgeFetch()
    {
        const https::Response &response = *m_evaluation.response;
        switch (m_evaluation.problem) {
        case Problem::NoHost:
            judgeHost();
            addNoPolicy();
            break;
        case Problem::PrivateHost:
            addOfHost("sts.https.private", Severity::Medium, "3.3").arguments["address"] =
                shown(response.detail);
            break;
        case Problem::Unreachable:
            addOfHost("sts.https.unreachable", Severity::High, "3.3").arguments["detail"] =
                detailOf(response);
            break;
        case Problem::Timeout:
            // What was not seen is neither there nor missing: the catalogue's severity is for a server known
            // to be too slow, which one fetch cannot tell.
            addOfHost("sts.https.timeout", Severity::Info, "3.3");
            break;
        case Problem::Certificate:
            addOfHost("sts.https.cert", Severity::High, "3.3").arguments["faults"] =
                faultsText(response.tls->faults);
            break;
        case Problem::Redirect: {
            Finding &finding = addOfHost("sts.https.redirect", Severity::High, "3.3");
            finding.arguments["status"] = std::int64_t(response.status);
            finding.arguments["location"] =
                response.location.empty() ? std::string("another place") : shown(response.location);
            break;
        }
        case Problem::Status:
            addOfHost("sts.https.status", Severity::High, "3.3").arguments["status"] =
                std::int64_t(response.status);
            if (response.status == 404 || response.status == 410)
                addNoPolicy();
            break;
        case Problem::None:
        case Problem::RecordLookUpFailed:
        case Problem::RecordNotRecorded:
        case Problem::NoRecord:
        case Problem::MultipleRecords:
        case Problem::RecordSyntax:
        case Problem::HostFailed:
        case Problem::PolicySyntax:
        case Problem::NotFetched:
            break;
        }
        judgeCertificateAge(response);
    }

    static std::string detailOf(const https::Response &response)
    {
        switch (response.outcome) {
        case https::Outcome::TlsFailure:
            return "no TLS session came about";
        case https::Outcome::Malformed:
            return "what came is no HTTP response";
        case https::Outcome::Answered:
        case https::Outcome::NoAddress:
        case https::Outcome::LookUpFailed:
        case https::Outcome::PrivateAddress:
        case https::Outcome::Refused:
        case https::Outcome::Timeout:
        case https::Outcome::LeftOut:
        case https::Outcome::NotRecorded:
            break;
        }
        return "the connection was refused";
    }

    void addNoPolicy() { addOfRecord("sts.record.no-policy", Severity::High, "3"); }

    void judgeHost()
    {
        const bool leadsNowhere =
            !m_evaluation.hostAliases.empty() && m_evaluation.hostOutcome == dns::Outcome::NxDomain;
        Finding &finding = leadsNowhere ? addOfHost("sts.host.dangling", Severity::Critical, "8.2")
                                        : addOfHost("sts.host.missing", Severity::High, "3.3");
        finding.evidence.front().type = leadsNowhere ? "CNAME" : "A";
        finding.evidence.front().name = m_evaluation.host.text();
        if (!leadsNowhere)
            return;
        const std::string target = targetOf(m_evaluation.hostAliases);
        finding.arguments["target"] = target;
        finding.evidence.front().record = target;
        // Within the own organisation nobody else can take the name.
        const auto name = DomainName::parse(target);
        if (name && sameOrganization(*name, m_evaluation.domain))
            finding.severity = Severity::High;
    }

    void judgeCertificateAge(const https::Response &response)
    {
        if (!response.tls || response.tls->chain.empty() || !response.tls->faults.empty())
            return;
        const auto leaf = x509::fromDer(response.tls->chain.front());
        if (!leaf || leaf->notAfter - response.tls->at >= CertificateNotice)
            return;
        Finding &finding = addOfHost("sts.https.cert-expiring", Severity::Medium, "3.3");
        finding.arguments["days"] = static_cast<std::int64_t>(
            std::chrono::floor<std::chrono::days>(leaf->notAfter - response.tls->at).count());
        finding.arguments["end"] = toRfc3339(leaf->notAfter);
    }

    void judgePolicy()
    {
        const https::Response &response = *m_evaluation.response;
        if (mediaType(response.contentType) != "text/plain") {
            addOfHost("sts.https.type", Severity::Low, "3.2").arguments["type"] =
                response.contentType.empty() ? std::string("none") : shown(response.contentType);
        }
        if (m_evaluation.bodyOctets > MaxPolicyOctets || response.truncated) {
            addOfHost("sts.https.size", Severity::Medium, "3.3").arguments["octets"] =
                static_cast<std::int64_t>(m_evaluation.bodyOctets);
            if (!isPolicyUsable())
                return; // only a part of it was read
        }
        judgePolicyText();
        if (isPolicyUsable())
            judgeUsablePolicy();
    }

    void judgePolicyText()
    {
        std::size_t told = 0;
        for (const PolicyIssue &issue : m_evaluation.policy->issues) {
            if (issue.kind == PolicyIssue::Kind::MaxAgeTooBig) {
                addOfHost("sts.maxage.big", Severity::High, "3.2", issue.span).arguments["seconds"] =
                    static_cast<std::int64_t>(m_evaluation.policy->record->maxAge.value_or(0));
                continue;
            }
            if (++told > MaxFaultsTold)
                break;
            Finding &finding = addOfHost("sts.policy.syntax", Severity::High, "3.2", issue.span);
            finding.arguments["fault"] = sentenceOf(issue.kind);
            finding.arguments["place"] =
                issue.line == 0 ? std::string("The whole file") : "Line " + std::to_string(issue.line);
        }
    }

    void judgeUsablePolicy()
    {
        const Policy &policy = *m_evaluation.policy->record;
        judgeMode(*policy.mode);
        judgeMaxAge(policy);
        judgePatterns(policy);
        if (*policy.mode != Mode::None)
            judgeHosts(policy);
        if (m_surroundings.tlsRptMissing && *policy.mode != Mode::None) {
            Finding &finding = addOfHost("sts.tlsrpt.missing", Severity::Medium, "3");
            finding.reference = {"RFC 8460", "1"};
        }
    }

    void judgeMode(Mode mode)
    {
        switch (mode) {
        case Mode::Enforce:
            break;
        case Mode::Testing:
            addOfHost("sts.mode.testing", Severity::Medium, "5");
            break;
        case Mode::None:
            addOfHost("sts.mode.none", Severity::Low, "5");
            break;
        }
    }

    void judgeMaxAge(const Policy &policy)
    {
        // RFC 8461 section 8.3: with "none" a small max_age is the way out.
        if (*policy.mode == Mode::None || *policy.maxAge >= ShortMaxAge)
            return;
        addOfHost("sts.maxage.short", *policy.maxAge < UselessMaxAge ? Severity::High : Severity::Low, "3.2")
            .arguments["seconds"] = static_cast<std::int64_t>(*policy.maxAge);
    }

    void judgePatterns(const Policy &policy)
    {
        for (std::size_t i = 0; i < policy.mx.size(); ++i) {
            const MxPattern &pattern = policy.mx[i];
            // The rest of the pattern is a public suffix: anybody can have a host below it.
            if (!pattern.isWildcard || registrableDomain(pattern.name))
                continue;
            addOfHost("sts.mx.wide", Severity::High, "4.1", m_evaluation.policy->spans[i])
                .arguments["pattern"] = pattern.text();
        }
        if (!m_evaluation.matched || m_mx.pending || m_evaluation.unusedPatterns.empty() ||
            *policy.mode == Mode::None)
            return;
        Finding &finding =
            addOfHost("sts.mx.extra", Severity::Low, "4.1", placeOf(m_evaluation.unusedPatterns.front()));
        finding.arguments["patterns"] =
            listed(m_evaluation.unusedPatterns, [](const std::string &text) { return text; });
    }

    Span placeOf(const std::string &pattern) const
    {
        const ParsedPolicy &parsed = *m_evaluation.policy;
        for (std::size_t i = 0; i < parsed.record->mx.size(); ++i) {
            if (parsed.record->mx[i].text() == pattern)
                return parsed.spans[i];
        }
        return {};
    }

    void judgeHosts(const Policy &policy)
    {
        const Severity severity = *policy.mode == Mode::Enforce ? Severity::Critical : Severity::Medium;
        if (!m_evaluation.unmatchedMx.empty()) {
            Finding &finding = addOfHost("sts.mx.uncovered", severity, "4.1");
            finding.arguments["hosts"] =
                listed(m_evaluation.unmatchedMx, [](const DomainName &name) { return name.text(); });
            finding.evidence.push_back(
                {m_evaluation.domain.text(), "MX", m_evaluation.unmatchedMx.front().text(), {}, {}});
        }
        for (const smtp::Session *session : m_surroundings.sessions)
            judgeSession(*session, severity);
    }

    /// RFC 8461 section 4.2: the certificate must be valid for the MX host's name; and without TLS there is
    /// none.
    void judgeSession(const smtp::Session &session, Severity severity)
    {
        std::string fault;
        if (session.outcome == smtp::Outcome::NotOffered)
            fault = "it offers no TLS";
        else if (session.tls && !session.tls->faults.empty())
            fault = faultsText(session.tls->faults);
        else if (session.outcome == smtp::Outcome::TlsRefused || session.outcome == smtp::Outcome::TlsFailure)
            fault = "no TLS session came about";
        if (fault.empty())
            return;
        Finding &finding = add("sts.mx.cert", severity, "4.2");
        finding.arguments["host"] = session.target.host.text();
        finding.arguments["faults"] = fault;
        finding.evidence.push_back({session.target.host.text(), "SMTP", {}, {}, {}});
    }

    const Evaluation &m_evaluation;
    const mx::Evaluation &m_mx;
    const Surroundings &m_surroundings;
    mailoscope::FindingList m_findings{"mta_sts"};
};

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx,
                              const Surroundings &surroundings)
{
    return Judge(evaluation, mx, surroundings).judge();
}

} // namespace mailoscope::mta_sts
