// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

/// The report as JSON, as resources/schema/report.schema.json describes it. Offsets into records count
/// characters of the `record` beside them. Names, once published, keep their meaning and their type.
namespace mailoscope
{

namespace dkim
{
struct Evaluation;
}
namespace ses
{
struct Evaluation;
}

nlohmann::ordered_json toJson(const Report &report);
/// The SPF section alone.
nlohmann::ordered_json toJson(const spf::Evaluation &evaluation);
/// The DKIM section alone.
nlohmann::ordered_json toJson(const dkim::Evaluation &evaluation);
/// What is seen of Amazon SES.
nlohmann::ordered_json toJson(const ses::Evaluation &evaluation);

/// Valid UTF-8 on one line, or indented by two blanks where `Indented`.
enum class JsonLayout { OneLine, Indented };
std::string toText(const nlohmann::ordered_json &json, JsonLayout layout);

} // namespace mailoscope
