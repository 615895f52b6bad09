// SPDX-License-Identifier: Apache-2.0
// The sections caa, dns and takeover.
#include "base/text.h"

#include "caa/evaluate.h"
#include "dns_hygiene/evaluate.h"
#include "report/json.h"
#include "report/section_status.h"
#include "takeover/evaluate.h"
#include "zone_servers/evaluate.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

std::string_view statusText(caa::NameRecords::Status status)
{
    using Status = caa::NameRecords::Status;
    switch (status) {
    case Status::Ok:
        return "ok";
    case Status::Missing:
        return "missing";
    case Status::TempError:
        return "temperror";
    case Status::Pending:
    case Status::NotChecked:
        return "not_checked";
    }
    return "not_checked";
}

std::string_view statusText(takeover::Target::Status status)
{
    using Status = takeover::Target::Status;
    switch (status) {
    case Status::Pending:
        return "pending";
    case Status::Own:
        return "own";
    case Status::Exists:
        return "exists";
    case Status::NameMissing:
        return "name_missing";
    case Status::DoesNotExist:
        return "does_not_exist";
    case Status::TempError:
        return "temperror";
    case Status::NotChecked:
        return "not_checked";
    case Status::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::string_view errorText(caa::Evaluation::Status status)
{
    using Status = caa::Evaluation::Status;
    switch (status) {
    case Status::Invalid:
        return "a CAA record of the domain has faults";
    case Status::TempError:
        return "the look-up of the domain's CAA records failed";
    case Status::Ok:
    case Status::Missing:
    case Status::Pending:
    case Status::NotChecked:
        return {};
    }
    return {};
}

Json namesToJson(const caa::NameRecords &set)
{
    using caa::Property;
    const bool found = set.status == caa::NameRecords::Status::Ok;
    Json json = {{"name", set.name.text()},
                 {"status", statusText(set.status)},
                 {"found_at", found ? Json(set.foundAt.text()) : Json()},
                 {"records", Json::array()}};
    for (const caa::PublishedRecord &published : set.records)
        json["records"].push_back(shown(dns::toPresentation(published.record)));
    // Null: open to all authorities. An empty list: to none.
    for (const auto &[name, property] :
         {std::pair("issue", Property::Issue), std::pair("issuewild", Property::IssueWild),
          std::pair("issuemail", Property::IssueMail), std::pair("issuevmc", Property::IssueVmc)}) {
        const bool restricted =
            set.has(property) || (property == Property::IssueWild && set.has(Property::Issue));
        json[name] = restricted ? Json(set.issuersOf(property)) : Json();
    }
    return json;
}

} // namespace

Json toJson(const caa::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (const std::string_view error = errorText(evaluation.status); !error.empty())
        json["error"] = error;
    json["domain"] = namesToJson(evaluation.domain);
    json["hosts"] = Json::array();
    for (const caa::NameRecords &host : evaluation.hosts)
        json["hosts"].push_back(namesToJson(host));
    return json;
}

Json toJson(const dns_hygiene::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == dns_hygiene::Evaluation::Status::TempError)
        json["error"] = "a look-up failed";
    json["zone"] = evaluation.apex.text();
    json["name_servers"] = Json::array();
    json["soa"] = evaluation.soa ? Json(dns::toPresentation(*evaluation.soa)) : Json();
    json["txt_answer_octets"] = evaluation.textAnswerOctets;
    json["services"] = Json::array();
    json["aliases"] = Json::array();
    for (const dns::ResourceRecord &record : evaluation.nameServers)
        json["name_servers"].push_back(dns::toPresentation(record));
    for (const dns_hygiene::TextRecord &text : evaluation.texts) {
        if (!text.service.empty())
            json["services"].push_back({{"service", text.service}, {"record", shown(text.text)}});
    }
    for (const dns_hygiene::Alias &alias : evaluation.aliases) {
        json["aliases"].push_back({{"name", alias.name.text()},
                                   {"target", alias.target.text()},
                                   {"dangling", alias.isDangling},
                                   {"coexists", alias.coexists}});
    }
    return json;
}

Json toJson(const zone_servers::Evaluation &evaluation)
{
    using Status = zone_servers::Evaluation::Status;
    using State = zone_servers::Server::State;
    const auto stateText = [](State state) {
        switch (state) {
        case State::Pending:
            return "pending";
        case State::Answers:
            return "answers";
        case State::Lame:
            return "lame";
        case State::Silent:
            return "silent";
        case State::NotAsked:
            return "not_asked";
        }
        return "pending";
    };
    const auto textsToJson = [](const zone_servers::Texts &texts) {
        if (!texts)
            return Json();
        Json json = Json::array();
        for (const std::string &text : *texts)
            json.push_back(shown(text));
        return json;
    };
    Json json = {{"status", evaluation.status == Status::Ok          ? "ok"
                            : evaluation.status == Status::TempError ? "temperror"
                                                                     : "not_checked"}};
    if (evaluation.status == Status::TempError)
        json["error"] = "no answer of the zone's own servers reached us";
    json["servers"] = Json::array();
    for (const zone_servers::Server &server : evaluation.servers) {
        json["servers"].push_back({{"name", server.name.text()},
                                   {"address", server.address ? Json(server.address->toString()) : Json()},
                                   {"state", stateText(server.state)},
                                   {"serial", server.serial ? Json(*server.serial) : Json()},
                                   {"over_tcp", server.overTcp ? Json(*server.overTcp) : Json()},
                                   {"spf", textsToJson(server.spf)},
                                   {"mx", textsToJson(server.mx)}});
    }
    json["cut"] = evaluation.cut;
    return json;
}

Json toJson(const takeover::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == takeover::Evaluation::Status::TempError)
        json["error"] = "some look-ups failed";
    json["cut"] = evaluation.cut;
    json["dependencies"] = Json::array();
    for (const takeover::Target &target : evaluation.targets) {
        json["dependencies"].push_back(
            {{"name", target.dependency.name.text()},
             {"use", takeover::toString(target.dependency.use)},
             {"written_at", target.dependency.written.name},
             {"registrable_domain", target.registrable.isRoot() ? Json() : Json(target.registrable.text())},
             {"status", statusText(target.status)}});
    }
    return json;
}

} // namespace mailoscope
