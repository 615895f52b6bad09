// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/evaluate.h"
#include "dmarc/evaluate.h"
#include "fixes/copy_as.h"
#include "mta_sts/evaluate.h"
#include "report/report.h"
#include "tls_rpt/evaluate.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace mailoscope::caa
{
struct Evaluation;
}
namespace mailoscope::dane
{
struct Evaluation;
}
namespace mailoscope::dns_hygiene
{
struct Evaluation;
}
namespace mailoscope::dnssec
{
struct Evaluation;
}
namespace mailoscope::takeover
{
struct Evaluation;
}

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

/// `profile`: the id of the profile that the user chose, which is marked; none by default.
nlohmann::ordered_json toJson(const Report &report, std::string_view profile = {});
/// This program and the rules that it follows.
nlohmann::ordered_json toolToJson();
/// One section alone.
nlohmann::ordered_json toJson(const mx::Evaluation &evaluation);
nlohmann::ordered_json toJson(const spf::Evaluation &evaluation);
/// The DMARC section alone.
nlohmann::ordered_json toJson(const dmarc::Evaluation &evaluation);
/// The DKIM section alone.
nlohmann::ordered_json toJson(const dkim::Evaluation &evaluation);
/// The BIMI section alone.
nlohmann::ordered_json toJson(const bimi::Evaluation &evaluation);
/// Likewise.
nlohmann::ordered_json toJson(const mta_sts::Evaluation &evaluation);
nlohmann::ordered_json toJson(const tls_rpt::Evaluation &evaluation);
/// What is seen of Amazon SES.
nlohmann::ordered_json toJson(const ses::Evaluation &evaluation);
/// Other sections.
nlohmann::ordered_json toJson(const caa::Evaluation &evaluation);
nlohmann::ordered_json toJson(const dane::Evaluation &evaluation);
nlohmann::ordered_json toJson(const dns_hygiene::Evaluation &evaluation);
nlohmann::ordered_json toJson(const zone_servers::Evaluation &evaluation);
nlohmann::ordered_json toJson(const dnssec::Evaluation &evaluation);
nlohmann::ordered_json toJson(const takeover::Evaluation &evaluation);
/// Adds to each fix of a report's JSON its changes in one of the forms, as `copy`.
void addCopies(nlohmann::ordered_json &json, const Report &report, fixes::CopyForm form);
/// What mends a finding.
nlohmann::ordered_json toJson(const fixes::Fix &fix);
nlohmann::ordered_json toJson(std::span<const fixes::Change> changes);

/// Valid UTF-8 on one line, or indented by two blanks where `Indented`.
enum class JsonLayout { OneLine, Indented };
std::string toText(const nlohmann::ordered_json &json, JsonLayout layout);

} // namespace mailoscope
