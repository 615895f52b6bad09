// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "bimi/evaluate.h"
#include "report/fact_words.h"
#include "report/section_status.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using bimi::Evaluation;
using bimi::Fetch;

Json textOrNull(const std::optional<std::string> &text)
{
    return text && !text->empty() ? Json(losslessText(*text).utf8) : Json(nullptr);
}

Json errorOf(const Evaluation &evaluation)
{
    switch (evaluation.status) {
    case Evaluation::Status::Pending:
    case Evaluation::Status::Ok:
    case Evaluation::Status::Missing:
    case Evaluation::Status::NotChecked:
        return nullptr;
    case Evaluation::Status::Invalid:
        return evaluation.multiple ? "several records" : "the record has faults that make receivers drop it";
    case Evaluation::Status::TempError:
        break;
    }
    // The Organizational Domain is asked only where the domain's own look-up did not fail.
    const bool ownFailed = dns::isTemporaryFailure(evaluation.own.outcome) || !evaluation.organizational;
    const bimi::Lookup &failed = ownFailed ? evaluation.own : *evaluation.organizational;
    return "the look-up of " + failed.name.text() + " failed: " + std::string(reasonOf(failed.outcome));
}

/// Of a file that did not come; "ok" where it did.
std::string_view statusText(const Fetch &fetch)
{
    switch (fetch.status) {
    case Fetch::Status::NotNamed:
        return "not_applicable";
    case Fetch::Status::Pending:
        return "not_checked";
    case Fetch::Status::Ok:
        return "ok";
    case Fetch::Status::Failed:
        return fetch.outcome == https::Outcome::PrivateAddress ? "not_checked" : "invalid";
    case Fetch::Status::Unknown:
        return fetch.outcome == https::Outcome::LeftOut || fetch.outcome == https::Outcome::NotRecorded
                   ? "not_checked"
                   : "temperror";
    }
    return "not_checked";
}

Json errorOf(const Fetch &fetch)
{
    const bool failed = fetch.status == Fetch::Status::Failed || fetch.status == Fetch::Status::Unknown;
    if (!failed)
        return nullptr;
    if (fetch.outcome == https::Outcome::Answered)
        return "HTTP status " + std::to_string(fetch.httpStatus);
    return std::string(https::toString(fetch.outcome));
}

Json svgToJson(const Evaluation &evaluation)
{
    const bimi::Indicator &indicator = evaluation.indicator;
    Json json = {{"status", statusText(indicator.fetch)}, {"error", errorOf(indicator.fetch)}};
    if (indicator.unpackError) {
        json["status"] = "invalid";
        json["error"] = *indicator.unpackError == bimi::UnpackError::TooLong ? "too large" : "damaged gzip";
    }
    if (!indicator.check)
        return json;
    const bimi::SvgCheck &check = *indicator.check;
    json["status"] = check.isValid() ? "ok" : "invalid";
    if (!check.isValid())
        json["error"] = "not SVG Tiny PS";
    json["content_type"] = losslessText(indicator.fetch.contentType).utf8;
    json["octets"] = check.octets;
    json["gzip"] = indicator.isPacked;
    json["title"] = textOrNull(check.title);
    json["view_box"] = textOrNull(check.viewBox);
    json["faults"] = Json::array();
    for (const bimi::SvgFault &fault : check.faults) {
        json["faults"].push_back({{"line", fault.line},
                                  {"column", fault.column},
                                  {"element", textOrNull(fault.element)},
                                  {"attribute", textOrNull(fault.attribute)},
                                  {"value", textOrNull(fault.value)},
                                  {"advice", bimi::isAdvice(fault.kind)}});
    }
    json["more_faults"] = check.cut;
    return json;
}

/// True where no receiver should take the certificate.
bool isRefused(const bimi::MarkCertificate &mark)
{
    using bimi::MarkFault;
    for (const MarkFault fault :
         {MarkFault::NotPem, MarkFault::Chain, MarkFault::DistrustedRoot, MarkFault::KeyUsage,
          MarkFault::IssuerKeyUsage, MarkFault::Name, MarkFault::NotYetValid, MarkFault::Expired,
          MarkFault::NoLogotype, MarkFault::BadLogotype}) {
        if (mark.faults.contains(fault))
            return true;
    }
    return false;
}

Json certificateToJson(const Evaluation &evaluation)
{
    const bimi::EvidenceDocument &evidence = evaluation.evidence;
    Json json = {{"status", statusText(evidence.fetch)}, {"error", errorOf(evidence.fetch)}};
    if (!evidence.mark)
        return json;
    const bimi::MarkCertificate &mark = *evidence.mark;
    json["status"] = isRefused(mark) ? "invalid" : "ok";
    if (mark.faults.contains(bimi::MarkFault::NotPem))
        json["error"] = "not a file of certificates in PEM";
    else if (mark.faults.contains(bimi::MarkFault::DistrustedRoot))
        json["error"] = "the root is no longer trusted by mailbox providers";
    else if (isRefused(mark))
        json["error"] = "not acceptable as a mark certificate";
    const x509::Certificate *leaf = mark.leaf();
    if (!leaf)
        return json;
    json["subject"] = losslessText(leaf->subjectText()).utf8;
    json["issuer"] = losslessText(leaf->issuerText()).utf8;
    json["root"] = textOrNull(mark.root);
    json["names"] = Json::array();
    for (const std::string &name : leaf->dnsNames)
        json["names"].push_back(losslessText(name).utf8);
    json["not_before"] = toRfc3339(leaf->notBefore);
    json["not_after"] = toRfc3339(leaf->notAfter);
    const std::string_view type = bimi::toString(mark.markType);
    json["mark_type"] = type.empty() ? Json(nullptr) : Json(type);
    json["kind"] = mark.markType == bimi::MarkType::Absent || mark.markType == bimi::MarkType::Unknown
                       ? Json(nullptr)
                       : Json(bimi::isCommonMark(mark.markType) ? "cmc" : "vmc");
    json["timestamps"] = mark.timestamps;
    json["same_image"] = mark.sameAsIndicator ? Json(*mark.sameAsIndicator) : Json(nullptr);
    // Revocation would need the issuer's list, which is not fetched.
    json["revoked"] = nullptr;
    return json;
}

} // namespace

Json toJson(const Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (Json error = errorOf(evaluation); !error.is_null())
        json["error"] = std::move(error);
    const bimi::Record *record = evaluation.record();
    json["record"] = record ? Json(losslessText(evaluation.text).utf8) : Json(nullptr);
    json["record_name"] = record ? Json(evaluation.found().name.text()) : Json(nullptr);
    json["selector"] = evaluation.selector;
    json["declined"] = evaluation.declined;
    json["location"] = record ? textOrNull(record->location) : Json(nullptr);
    json["evidence"] = record ? textOrNull(record->evidence) : Json(nullptr);
    json["avatar_preference"] = record ? textOrNull(record->avatarPreference) : Json(nullptr);
    json["local_part_selectors"] =
        record && record->localPartSelectors ? Json(*record->localPartSelectors) : Json(nullptr);
    json["svg"] = svgToJson(evaluation);
    json["certificate"] = certificateToJson(evaluation);
    const bool judged = !evaluation.dmarc.pending && evaluation.dmarc.known;
    json["dmarc_enforced"] =
        judged ? Json(evaluation.dmarcWeaknesses.empty() && evaluation.organizationalWeaknesses.empty())
               : Json(nullptr);
    return json;
}

} // namespace mailoscope
