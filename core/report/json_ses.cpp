// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "report/section_status.h"
#include "ses/evaluate.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

std::string_view stateText(ses::Token::State state)
{
    switch (state) {
    case ses::Token::State::Ok:
        return "ok";
    case ses::Token::State::WrongTarget:
        return "wrong_target";
    case ses::Token::State::TextRecord:
        return "txt_record";
    case ses::Token::State::Absent:
        return "missing";
    }
    return "ok";
}

std::string_view mxText(ses::MailFrom::Mx mx)
{
    switch (mx) {
    case ses::MailFrom::Mx::Ok:
        return "ok";
    case ses::MailFrom::Mx::Several:
        return "several";
    case ses::MailFrom::Mx::BadHost:
        return "bad_host";
    }
    return "ok";
}

std::string_view spfText(ses::MailFrom::Spf spf)
{
    switch (spf) {
    case ses::MailFrom::Spf::Pending:
        return "not_checked";
    case ses::MailFrom::Spf::Ok:
        return "ok";
    case ses::MailFrom::Spf::Missing:
        return "missing";
    case ses::MailFrom::Spf::WithoutSes:
        return "not_included";
    case ses::MailFrom::Spf::Several:
        return "several";
    case ses::MailFrom::Spf::TempError:
        return "temperror";
    }
    return "not_checked";
}

Json textOrNull(const std::string &text)
{
    return text.empty() ? Json() : Json(losslessText(text).utf8);
}

} // namespace

Json toJson(const ses::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == ses::Evaluation::Status::Invalid)
        json["error"] = "something in DNS is not as Amazon SES wants it";
    if (evaluation.status == ses::Evaluation::Status::TempError)
        json["error"] = "some look-ups failed";
    json["included_in_spf"] = evaluation.isIncludedInSpf;
    json["verification_records"] = evaluation.verifications.size();
    json["inbound_region"] = textOrNull(evaluation.inboundRegion);
    json["dkim"] = Json::array();
    for (const ses::Token &token : evaluation.tokens) {
        json["dkim"].push_back(Json{{"token", token.token},
                                    {"status", stateText(token.state)},
                                    {"record_name", token.name.text()},
                                    {"target", textOrNull(token.target)},
                                    {"region", textOrNull(token.region)}});
    }
    json["mail_from"] = Json::array();
    for (const ses::MailFrom &mailFrom : evaluation.mailFrom) {
        json["mail_from"].push_back(Json{{"domain", mailFrom.name.text()},
                                         {"region", textOrNull(mailFrom.region)},
                                         {"mx", mxText(mailFrom.mx)},
                                         {"spf", spfText(mailFrom.spf)},
                                         {"alignment", mailFrom.isBelowDomain ? "relaxed" : "strict"}});
    }
    return json;
}

} // namespace mailoscope
