// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "base/domain_input.h"
#include "facts/fact_json.h"
#include "report/explain.h"
#include "report/profile_results.h"
#include "report/rules.h"
#include "report/spf_notes.h"
#include "report/verdict_words.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

constexpr int SchemaVersion = 1;

/// The title of the section's most severe finding: findings are sorted by severity.
Json errorOf(const Report &report, std::string_view section, std::string_view otherwise)
{
    const std::vector<const Finding *> findings = report.findingsOf(section);
    return findings.empty() ? std::string(otherwise) : explain(*findings.front()).title;
}

Json mxToJson(const Report &report)
{
    Json json = toJson(report.mx);
    if (report.mx.status == mx::Evaluation::Status::Invalid)
        json["error"] = errorOf(report, "mx", "the MX records are invalid");
    return json;
}

Json evidenceToJson(const Evidence &evidence)
{
    const ShownText text = losslessText(evidence.record);
    const Span whole{0, evidence.record.size()};
    const Span characters = text.charactersOf(evidence.span.isEmpty() ? whole : evidence.span);
    return {{"name", shown(evidence.name)},
            {"type", evidence.type},
            {"record", evidence.record.empty() ? Json() : Json(text.utf8)},
            {"begin", characters.begin},
            {"end", characters.end},
            {"path", evidence.path}};
}

/// `evidence` is the place that shows the finding best; further ones, if any, follow in `more_evidence`.
Json findingToJson(const Finding &finding, const fixes::Fix *fix)
{
    const Explanation words = explain(finding);
    Json more = Json::array();
    for (std::size_t i = 1; i < finding.evidence.size(); ++i)
        more.push_back(evidenceToJson(finding.evidence[i]));
    return {{"id", finding.id},
            {"severity", toString(finding.severity)},
            {"section", finding.section},
            {"title", words.title},
            {"detail", words.why},
            {"advice", words.whatToDo},
            {"reference", toString(finding.reference)},
            {"evidence", finding.evidence.empty() ? Json() : evidenceToJson(finding.evidence.front())},
            {"more_evidence", std::move(more)},
            {"fix", fix ? toJson(*fix) : Json()}};
}

/// The kinds of facts that were left out.
Json notGathered(const Reach &reach)
{
    Json kinds = Json::array();
    if (!reach.https)
        kinds.push_back("https");
    if (!reach.smtp)
        kinds.push_back("smtp");
    if (!reach.servers)
        kinds.push_back("server");
    return kinds;
}

Json dnsToJson(const Report &report)
{
    Json json = toJson(report.hygiene);
    json["servers"] = toJson(report.zoneServers);
    return json;
}

Json spfToJson(const Report &report)
{
    Json json = toJson(report.spf);
    if (report.spf.status == spf::Evaluation::Status::Invalid)
        json["error"] = errorOf(report, "spf", statusOf(report.spf.root).words);
    return json;
}

} // namespace

Json toolToJson()
{
    return {{"name", toolName()}, {"version", toolVersion()}, {"rules", rulesVersion()}};
}

Json toJson(const Report &report, std::string_view profile)
{
    Json json = {{"schema_version", SchemaVersion},
                 {"tool", toolToJson()},
                 {"domain", report.domain.text()},
                 {"domain_unicode", report.domainUnicode},
                 {"inspected_at", toRfc3339(report.inspectedAt)},
                 {"resolvers", report.resolvers},
                 {"complete", report.complete},
                 {"pending", report.pending},
                 {"not_gathered", notGathered(report.reach)},
                 {"verdict", toJson(report.verdict)},
                 {"mx", mxToJson(report)},
                 {"spf", spfToJson(report)},
                 {"dmarc", toJson(report.dmarc)},
                 {"dkim", toJson(report.dkim)},
                 {"ses", toJson(report.ses)},
                 {"bimi", toJson(report.bimi)},
                 {"mta_sts", toJson(report.mtaSts)},
                 {"tls_rpt", toJson(report.tlsRpt)},
                 {"dane", toJson(report.dane)},
                 {"dnssec", toJson(report.dnssec)},
                 {"caa", toJson(report.caa)},
                 {"dns", dnsToJson(report)},
                 {"takeover", toJson(report.takeover)},
                 {"profile", profile.empty() ? Json() : Json(profile)},
                 {"profiles", profilesToJson(report, profile)}};
    if (!report.applied.empty())
        json["applied"] = toJson(report.applied);
    json["findings"] = Json::array();
    for (std::size_t i = 0; i < report.findings.size(); ++i)
        json["findings"].push_back(findingToJson(report.findings[i], report.fixOf(i)));
    json["facts"] = Json::array();
    for (const FactPointer &fact : report.facts)
        json["facts"].push_back(factToJson(*fact));
    return json;
}

std::string toText(const Json &json, JsonLayout layout)
{
    return json.dump(layout == JsonLayout::Indented ? 2 : -1, ' ', false, Json::error_handler_t::replace);
}

} // namespace mailoscope
