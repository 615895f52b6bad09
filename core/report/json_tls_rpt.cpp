// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "report/section_status.h"
#include "tls_rpt/evaluate.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using tls_rpt::Evaluation;

std::string errorText(const Evaluation &evaluation)
{
    if (evaluation.status == Evaluation::Status::TempError)
        return "The look-up of " + evaluation.recordName.text() + " failed.";
    if (evaluation.status != Evaluation::Status::Invalid)
        return {};
    if (evaluation.recordTexts.size() > 1)
        return "There is more than one record at " + evaluation.recordName.text() + ".";
    if (!isUsable(*evaluation.record))
        return "The record cannot be read.";
    return "No address in rua can be used.";
}

} // namespace

nlohmann::ordered_json toJson(const Evaluation &evaluation)
{
    Json json;
    json["status"] = toString(statusOf(evaluation));
    if (const std::string error = errorText(evaluation); !error.empty())
        json["error"] = error;
    // A domain too long for the labels in front has no such name.
    json["record_name"] = evaluation.recordName.isRoot() ? Json() : Json(evaluation.recordName.text());
    json["record"] =
        evaluation.recordTexts.empty() ? Json() : Json(losslessText(evaluation.recordTexts.front()).utf8);
    Json &rua = json["rua"] = Json::array();
    if (evaluation.record && evaluation.record->record) {
        for (const tls_rpt::ReportUri &uri : evaluation.record->record->rua)
            rua.push_back(losslessText(uri.text).utf8);
    }
    return json;
}

} // namespace mailoscope
