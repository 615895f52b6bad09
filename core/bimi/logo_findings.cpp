// SPDX-License-Identifier: Apache-2.0
// What is notable about the logo and about the mark certificate.
#include "base/text.h"
#include "bimi/findings.h"

#include <algorithm>
#include <map>
#include <utility>

namespace mailoscope::bimi
{

namespace
{

/// Places of one kind of fault that are shown.
constexpr std::size_t MaxPlaces = 10;
constexpr const char *SvgDraft = "draft-svg-tiny-ps-abrotman-12";
constexpr const char *Requirements = "Mark Certificate Requirements";
constexpr const char *FetchDraft = "draft-fetch-validation-vmc-wchuang-11";

struct FaultWords {
    const char *id;
    Severity severity;
    const char *reason;
};

FaultWords wordsOf(SvgFault::Kind kind)
{
    using Kind = SvgFault::Kind;
    switch (kind) {
    case Kind::TooLarge:
        return {"svg.size", Severity::Medium, "size"};
    case Kind::NotWellFormed:
        return {"svg.xml", Severity::High, "not-well-formed"};
    case Kind::Doctype:
        return {"svg.xml", Severity::High, "doctype"};
    case Kind::Entity:
        return {"svg.xml", Severity::High, "entity"};
    case Kind::TooDeep:
        return {"svg.xml", Severity::High, "too-deep"};
    case Kind::NotSvg:
        return {"svg.profile", Severity::High, "root"};
    case Kind::NoNamespace:
        return {"svg.profile", Severity::High, "namespace"};
    case Kind::BadVersion:
        return {"svg.profile", Severity::High, "version"};
    case Kind::BadProfile:
        return {"svg.profile", Severity::High, "base-profile"};
    case Kind::RootPosition:
        return {"svg.xy", Severity::High, "position"};
    case Kind::TitleMissing:
        return {"svg.title", Severity::Medium, "missing"};
    case Kind::TitleEmpty:
        return {"svg.title", Severity::Medium, "empty"};
    case Kind::TitleTemplate:
        return {"svg.title", Severity::Medium, "template"};
    case Kind::TitleMisplaced:
        return {"svg.title", Severity::Medium, "not-first"};
    case Kind::TitleTwice:
        return {"svg.title", Severity::Medium, "several"};
    case Kind::TitleLong:
        return {"svg.title", Severity::Low, "long"};
    case Kind::Script:
        return {"svg.script", Severity::High, "script"};
    case Kind::Animation:
        return {"svg.animation", Severity::High, "animation"};
    case Kind::External:
        return {"svg.external", Severity::High, "reference"};
    case Kind::Bitmap:
        return {"svg.bitmap", Severity::High, "image"};
    case Kind::UnknownElement:
        return {"svg.schema", Severity::High, "element"};
    case Kind::UnknownAttribute:
        return {"svg.schema", Severity::High, "attribute"};
    case Kind::BadValue:
        return {"svg.schema", Severity::High, "value"};
    case Kind::ForeignElement:
        return {"svg.schema", Severity::High, "foreign-element"};
    case Kind::ForeignAttribute:
        return {"svg.schema", Severity::High, "foreign-attribute"};
    case Kind::CharacterData:
        return {"svg.schema", Severity::High, "text"};
    case Kind::EmptyDescription:
        return {"svg.schema", Severity::High, "empty-desc"};
    case Kind::NotSquare:
        return {"svg.square", Severity::Low, "not-square"};
    case Kind::NoViewBox:
        return {"svg.viewbox", Severity::Low, "missing"};
    case Kind::RelativeSize:
        return {"svg.display", Severity::Low, "percent"};
    case Kind::SmallSize:
        return {"svg.display", Severity::Low, "small"};
    case Kind::OneColour:
        return {"svg.display", Severity::Low, "one-colour"};
    case Kind::Discouraged:
        return {"svg.discouraged", Severity::Low, "discouraged"};
    }
    return {"svg.schema", Severity::High, ""};
}

/// `rect`, or `rect style`, or what else stands there.
std::string nameOf(const SvgFault &fault)
{
    if (!fault.attribute.empty())
        return shown(fault.element) + ' ' + shown(fault.attribute);
    return fault.element.empty() ? shown(fault.value) : shown(fault.element);
}

Finding made(std::string id, Severity severity, Reference reference, const std::string &domain)
{
    Finding finding;
    finding.id = std::move(id);
    finding.severity = severity;
    finding.section = "bimi";
    finding.reference = std::move(reference);
    finding.arguments["domain"] = domain;
    return finding;
}

void addSvgFaults(const SvgCheck &check, const std::string &where, const std::string &domain,
                  const Evidence &record, std::vector<Finding> &findings)
{
    std::map<std::string, Finding> byId;
    for (const SvgFault &fault : check.faults) {
        const FaultWords words = wordsOf(fault.kind);
        const auto [entry, isFirst] = byId.try_emplace(words.id);
        Finding &finding = entry->second;
        if (isFirst) {
            finding = made(words.id, words.severity, {SvgDraft, "2"}, domain);
            finding.evidence.push_back(record);
            finding.arguments = {{"domain", domain},
                                 {"url", where},
                                 {"count", std::int64_t(0)},
                                 {"line", static_cast<std::int64_t>(fault.line)},
                                 {"column", static_cast<std::int64_t>(fault.column)},
                                 {"what", nameOf(fault)},
                                 {"value", shown(fault.value)},
                                 {"reason", std::string(words.reason)},
                                 {"octets", static_cast<std::int64_t>(check.octets)}};
        }
        finding.severity = std::max(finding.severity, words.severity);
        ++std::get<std::int64_t>(finding.arguments["count"]);
        if (finding.evidence.size() <= MaxPlaces && fault.line > 0) {
            const std::string place = std::to_string(fault.line) + ':' + std::to_string(fault.column);
            const std::string text = place + ' ' + nameOf(fault);
            finding.evidence.push_back({where, "SVG", text, {0, text.size()}, {}});
        }
    }
    for (auto &[id, finding] : byId)
        findings.push_back(std::move(finding));
}

std::string_view reasonOf(x509::ChainVerdict verdict)
{
    switch (verdict) {
    case x509::ChainVerdict::Trusted:
        return "trusted";
    case x509::ChainVerdict::NoIssuer:
        return "no-issuer";
    case x509::ChainVerdict::BadSignature:
        return "bad-signature";
    case x509::ChainVerdict::Expired:
        return "expired";
    case x509::ChainVerdict::NotCa:
        return "not-ca";
    case x509::ChainVerdict::Other:
        return "other";
    }
    return "other";
}

struct MarkWords {
    const char *id;
    Severity severity;
    Reference reference;
    std::string reason;
};

MarkWords wordsOf(MarkFault fault, const MarkCertificate &mark)
{
    switch (fault) {
    case MarkFault::NotPem:
        return {"vmc.format", Severity::High, {FetchDraft, ""}, "not-pem"};
    case MarkFault::Chain:
        return {"vmc.chain", Severity::High, {Requirements, ""}, std::string(reasonOf(mark.verdict))};
    case MarkFault::DistrustedRoot:
        return {"vmc.chain", Severity::High, {Requirements, ""}, "distrusted"};
    case MarkFault::LeafNotFirst:
        return {"vmc.order", Severity::Medium, {FetchDraft, ""}, "leaf-not-first"};
    case MarkFault::SeveralLeaves:
        return {"vmc.order", Severity::Medium, {FetchDraft, ""}, "several-leaves"};
    case MarkFault::OutOfOrder:
        return {"vmc.order", Severity::Medium, {FetchDraft, ""}, "order"};
    case MarkFault::KeyUsage:
        return {"vmc.eku", Severity::High, {Requirements, ""}, "leaf"};
    case MarkFault::IssuerKeyUsage:
        return {"vmc.eku", Severity::High, {Requirements, ""}, "issuer"};
    case MarkFault::Name:
        return {"vmc.san", Severity::High, {Requirements, ""}, "name"};
    case MarkFault::NotYetValid:
        return {"vmc.dates", Severity::High, {Requirements, ""}, "not-yet-valid"};
    case MarkFault::Expired:
        return {"vmc.dates", Severity::High, {Requirements, ""}, "expired"};
    case MarkFault::ExpiresSoon:
        return {"vmc.expiring", Severity::Medium, {Requirements, ""}, "soon"};
    case MarkFault::LongLifetime:
        return {"vmc.lifetime", Severity::Low, {Requirements, ""}, "long"};
    case MarkFault::NoLogotype:
        return {"vmc.logotype", Severity::High, {"RFC 9399", "4.1"}, "missing"};
    case MarkFault::BadLogotype:
        return {"vmc.logotype",
                Severity::High,
                {"RFC 9399", "4.1"},
                mark.logotype.status == Logotype::Status::BadHash ? "hash" : "unreadable"};
    case MarkFault::LogotypeDiffers:
        return {"vmc.logotype", Severity::High, {FetchDraft, ""}, "differs"};
    case MarkFault::NoMarkType:
        return {"vmc.marktype", Severity::Medium, {Requirements, "7.1.4"}, "missing"};
    case MarkFault::UnknownMarkType:
        return {"vmc.marktype", Severity::Medium, {Requirements, "7.1.4"}, "unknown"};
    case MarkFault::NoSourceUrl:
        return {"vmc.marktype", Severity::Medium, {Requirements, "7.1.4"}, "no-source-url"};
    case MarkFault::PilotExtension:
        return {"vmc.pilot", Severity::Medium, {Requirements, ""}, "pilot"};
    case MarkFault::NameConstraints:
        return {"vmc.nameconstraints", Severity::Medium, {Requirements, ""}, "name-constraints"};
    case MarkFault::NoTimestamps:
        return {"vmc.sct", Severity::Medium, {Requirements, ""}, "none"};
    case MarkFault::NoCrl:
        return {"vmc.crl", Severity::Medium, {Requirements, ""}, "none"};
    }
    return {"vmc.format", Severity::High, {FetchDraft, ""}, ""};
}

std::string joined(const std::vector<std::string> &names)
{
    constexpr std::size_t Most = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), Most); ++i)
        text += (i > 0 ? ", " : "") + shown(names[i]);
    return names.size() > Most ? text + ", ..." : text;
}

} // namespace

std::vector<Finding> logoFindings(const Evaluation &evaluation, const Evidence &evidence)
{
    std::vector<Finding> findings;
    const std::string domain = evaluation.domain.text();
    const Indicator &indicator = evaluation.indicator;
    const std::string url = indicator.fetch.url ? indicator.fetch.url->text() : std::string();
    if (indicator.isPacked) {
        Finding finding = made("svg.gzip", Severity::Low,
                               {"draft-brand-indicators-for-message-identification-14", "5.3.2"}, domain);
        finding.evidence.push_back(evidence);
        finding.arguments["url"] = url;
        findings.push_back(std::move(finding));
    }
    if (indicator.unpackError) {
        const bool tooLong = *indicator.unpackError == UnpackError::TooLong;
        SvgCheck check;
        check.octets = MaxSvgOctets;
        const auto kind = tooLong ? SvgFault::Kind::TooLarge : SvgFault::Kind::NotWellFormed;
        check.faults.push_back({kind, 0, 0, {}, {}, tooLong ? "" : "gzip"});
        addSvgFaults(check, url, domain, evidence, findings);
    }
    if (indicator.check)
        addSvgFaults(*indicator.check, url, domain, evidence, findings);
    else if (evaluation.evidence.check && evaluation.evidence.fetch.url) // all that is known of the logo
        addSvgFaults(*evaluation.evidence.check, evaluation.evidence.fetch.url->text(), domain, evidence,
                     findings);
    return findings;
}

std::vector<Finding> markFindings(const Evaluation &evaluation, const Evidence &evidence)
{
    std::vector<Finding> findings;
    if (!evaluation.evidence.mark)
        return findings;
    const MarkCertificate &mark = *evaluation.evidence.mark;
    const x509::Certificate *leaf = mark.leaf();
    for (const MarkFault fault : mark.faults) {
        MarkWords words = wordsOf(fault, mark);
        Finding finding =
            made(words.id, words.severity, std::move(words.reference), evaluation.domain.text());
        finding.arguments["reason"] = std::move(words.reason);
        finding.arguments["url"] = evaluation.evidence.fetch.url->text();
        finding.arguments["record_domain"] = evaluation.found().domain.text();
        finding.arguments["mark_type"] = shown(mark.markTypeText);
        finding.arguments["root"] = shown(mark.root);
        if (leaf) {
            finding.arguments["subject"] = shown(leaf->subjectText());
            finding.arguments["issuer"] = shown(leaf->issuerText());
            finding.arguments["names"] = joined(leaf->dnsNames);
            finding.arguments["not_before"] = toRfc3339(leaf->notBefore);
            finding.arguments["not_after"] = toRfc3339(leaf->notAfter);
            finding.arguments["days"] = static_cast<std::int64_t>(
                std::chrono::floor<std::chrono::days>(leaf->notAfter - leaf->notBefore).count());
        }
        finding.evidence.push_back(evidence);
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace mailoscope::bimi
