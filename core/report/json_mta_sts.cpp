// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "mta_sts/evaluate.h"
#include "report/section_status.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using mta_sts::Evaluation;
using mta_sts::Problem;

/// Where the status is another, `problem` alone tells why.
std::string errorText(const Evaluation &evaluation)
{
    if (evaluation.status != Evaluation::Status::Invalid &&
        evaluation.status != Evaluation::Status::TempError)
        return {};
    const std::string host = evaluation.host.text();
    switch (evaluation.problem) {
    case Problem::None:
    case Problem::NoRecord:
    case Problem::RecordNotRecorded:
        return {};
    case Problem::RecordLookUpFailed:
        return "The look-up of " + evaluation.recordName.text() + " failed.";
    case Problem::MultipleRecords:
        return "There is more than one record at " + evaluation.recordName.text() + ".";
    case Problem::RecordSyntax:
        return "The record cannot be read.";
    case Problem::NoHost:
        return host + " has no address.";
    case Problem::HostFailed:
        return "The addresses of " + host + " could not be looked up.";
    case Problem::PrivateHost:
        return host + " has no public address: no connection was made.";
    case Problem::Unreachable:
        return "No answer could be had from " + host + ".";
    case Problem::Timeout:
        return host + " did not answer in time.";
    case Problem::Certificate:
        return "The certificate of " + host + " is not acceptable.";
    case Problem::Redirect:
        return host + " answered with a redirect, which is not followed.";
    case Problem::Status:
        return host + " answered with status " + std::to_string(evaluation.response->status) + ".";
    case Problem::PolicySyntax:
        return "The policy cannot be read.";
    case Problem::NotFetched:
        return "The policy was not fetched.";
    }
    return {};
}

Json policyJson(const mta_sts::ParsedPolicy &parsed)
{
    const mta_sts::Policy &policy = *parsed.record;
    Json json;
    json["mode"] = policy.mode ? Json(toString(*policy.mode)) : Json();
    json["max_age"] = policy.maxAge ? Json(*policy.maxAge) : Json();
    Json &mx = json["mx"] = Json::array();
    for (const mta_sts::MxPattern &pattern : policy.mx)
        mx.push_back(pattern.text());
    return json;
}

} // namespace

nlohmann::ordered_json toJson(const Evaluation &evaluation)
{
    Json json;
    json["status"] = toString(statusOf(evaluation));
    if (const std::string error = errorText(evaluation); !error.empty())
        json["error"] = error;
    const std::string_view problem = toString(evaluation.problem);
    json["problem"] = problem.empty() ? Json() : Json(problem);
    // A domain too long for the labels in front has no such name.
    json["record_name"] = evaluation.recordName.isRoot() ? Json() : Json(evaluation.recordName.text());
    json["record"] =
        evaluation.recordTexts.empty() ? Json() : Json(losslessText(evaluation.recordTexts.front()).utf8);
    const bool hasId = evaluation.record && evaluation.record->record && evaluation.record->record->id;
    json["id"] = hasId ? Json(losslessText(*evaluation.record->record->id).utf8) : Json();
    json["policy_url"] = evaluation.recordName.isRoot() ? Json() : Json(evaluation.url.text());
    json["mode"] = nullptr;
    json["max_age"] = nullptr;
    json["mx"] = Json::array();
    if (evaluation.policy && evaluation.policy->record)
        json.update(policyJson(*evaluation.policy));
    Json &unmatched = json["unmatched_mx"] = Json::array();
    for (const DomainName &host : evaluation.unmatchedMx)
        unmatched.push_back(host.text());
    Json &unused = json["unused_patterns"] = Json::array();
    for (const std::string &pattern : evaluation.unusedPatterns)
        unused.push_back(pattern);
    if (evaluation.response) {
        Json &fetch = json["fetch"];
        fetch["outcome"] = https::toString(evaluation.response->outcome);
        fetch["http_status"] = evaluation.response->status > 0 ? Json(evaluation.response->status) : Json();
        fetch["content_type"] = losslessText(evaluation.response->contentType).utf8;
        if (evaluation.policy)
            fetch["body"] = losslessText(evaluation.response->body).utf8;
    } else {
        json["fetch"] = nullptr;
    }
    return json;
}

} // namespace mailoscope
