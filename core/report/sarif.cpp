// SPDX-License-Identifier: Apache-2.0
#include "report/sarif.h"

#include "base/ascii.h"
#include "report/explain.h"
#include "report/rules.h"

#include <nlohmann/json.hpp>

#include <map>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

/// SARIF 2.1.0 section 3.27.10.
std::string_view levelOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
    case Severity::High:
        return "error";
    case Severity::Medium:
        return "warning";
    case Severity::Low:
    case Severity::Info:
        return "note";
    }
    return "none";
}

/// Octets that a URI cannot hold as they are become %XX (RFC 3986 section 2.1).
std::string percentEncoded(std::string_view octets)
{
    constexpr std::string_view Digits = "0123456789ABCDEF";
    std::string text;
    for (const char c : octets) {
        if (ascii::isAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            text += c;
        } else {
            const auto octet = static_cast<unsigned char>(c);
            text += {'%', Digits[octet >> 4U], Digits[octet & 15U]};
        }
    }
    return text;
}

Json locationOf(const Evidence &evidence)
{
    Json location;
    Json physical = {
        {"artifactLocation",
         {{"uri", "dns:" + percentEncoded(evidence.name) + "?type=" + percentEncoded(evidence.type)}}}};
    if (!evidence.record.empty()) {
        const ShownText text = losslessText(evidence.record);
        const Span whole{0, evidence.record.size()};
        const Span all = text.charactersOf(whole);
        const Span characters = evidence.span.isEmpty() ? all : text.charactersOf(evidence.span);
        const auto regionOf = [](const Span &span) {
            return Json{{"charOffset", span.begin}, {"charLength", span.end - span.begin}};
        };
        physical["region"] = regionOf(characters);
        // SARIF 2.1.0 section 3.29.5: a context is larger than what it surrounds.
        const bool isPart = characters != all;
        if (isPart)
            physical["contextRegion"] = regionOf(all);
        physical[isPart ? "contextRegion" : "region"]["snippet"] = {{"text", text.utf8}};
    }
    location["physicalLocation"] = std::move(physical);
    location["logicalLocations"] = Json::array(
        {{{"fullyQualifiedName", shown(evidence.name) + ' ' + shown(evidence.type)}, {"kind", "resource"}}});
    return location;
}

Json resultOf(const Report &report, const Finding &finding, std::size_t rule)
{
    const Explanation words = explain(finding);
    Json result = {{"ruleId", finding.id},
                   {"ruleIndex", rule},
                   {"level", levelOf(finding.severity)},
                   {"message", {{"text", words.title + ". " + words.why + ' ' + words.whatToDo}}}};
    result["locations"] = Json::array();
    for (const Evidence &evidence : finding.evidence)
        result["locations"].push_back(locationOf(evidence));
    result["properties"] = {{"severity", toString(finding.severity)},
                            {"domain", report.domain.text()},
                            {"section", finding.section},
                            {"what_if", !report.applied.empty()}};
    return result;
}

} // namespace

Json toSarif(std::span<const Report *const> reports)
{
    std::map<std::string, std::size_t> rules;
    Json rulesJson = Json::array();
    Json results = Json::array();
    for (const Report *report : reports) {
        for (const Finding &finding : report->findings) {
            const auto [rule, isNew] = rules.try_emplace(finding.id, rules.size());
            if (isNew)
                rulesJson.push_back(
                    {{"id", finding.id}, {"shortDescription", {{"text", toString(finding.reference)}}}});
            results.push_back(resultOf(*report, finding, rule->second));
        }
    }
    Json run = {{"tool",
                 {{"driver",
                   {{"name", toolName()},
                    {"fullName", toolLine()},
                    {"semanticVersion", toolVersion()},
                    {"rules", std::move(rulesJson)}}}}},
                {"columnKind", "unicodeCodePoints"},
                {"results", std::move(results)}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
}

} // namespace mailoscope
