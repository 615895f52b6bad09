// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "base/text.h"
#include "report/fact_words.h"
#include "report/section_status.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

std::string_view discoveryText(dmarc::Discovery discovery)
{
    switch (discovery) {
    case dmarc::Discovery::Unknown:
        return "unknown";
    case dmarc::Discovery::NotFound:
        return "none";
    case dmarc::Discovery::OwnRecord:
        return "author_domain";
    case dmarc::Discovery::OrganizationalDomain:
        return "organizational_domain";
    case dmarc::Discovery::PublicSuffix:
        return "public_suffix_domain";
    }
    return "unknown";
}

std::string_view stepStatusText(dmarc::WalkStep::Status status)
{
    switch (status) {
    case dmarc::WalkStep::Status::Pending:
        return "pending";
    case dmarc::WalkStep::Status::Record:
        return "record";
    case dmarc::WalkStep::Status::None:
        return "none";
    case dmarc::WalkStep::Status::Several:
        return "several";
    case dmarc::WalkStep::Status::TempError:
        return "temperror";
    case dmarc::WalkStep::Status::NoName:
        return "name_too_long";
    }
    return "pending";
}

std::string_view nextText(dmarc::WalkStep::Next next)
{
    switch (next) {
    case dmarc::WalkStep::Next::GoOn:
        return "goes_on";
    case dmarc::WalkStep::Next::StopAtOrganization:
        return "psd=n";
    case dmarc::WalkStep::Next::StopAtSuffix:
        return "psd=y";
    case dmarc::WalkStep::Next::LastName:
        return "top_level";
    case dmarc::WalkStep::Next::Unknown:
        return "unknown";
    }
    return "unknown";
}

std::string_view ruleText(dmarc::OrganizationRule rule)
{
    switch (rule) {
    case dmarc::OrganizationRule::DeclaredHere:
        return "psd=n";
    case dmarc::OrganizationRule::BelowSuffix:
        return "below_psd=y";
    case dmarc::OrganizationRule::FewestLabels:
        return "fewest_labels";
    case dmarc::OrganizationRule::NothingFound:
        return "no_record";
    }
    return "no_record";
}

std::string_view existenceText(dmarc::Existence existence)
{
    switch (existence) {
    case dmarc::Existence::Exists:
        return "yes";
    case dmarc::Existence::NxDomain:
        return "no";
    case dmarc::Existence::Pending:
    case dmarc::Existence::Unknown:
        return "unknown";
    }
    return "unknown";
}

template <typename Value>
Json orNull(const std::optional<Value> &value)
{
    return value ? Json(std::string(dmarc::toString(*value))) : Json();
}

Json nameOrNull(const std::optional<DomainName> &name)
{
    return name ? Json(name->text()) : Json();
}

Json published(const dmarc::Record *record, std::optional<dmarc::TagValue<dmarc::Policy>> dmarc::Record::*tag)
{
    return record && record->*tag ? orNull((record->*tag)->value) : Json();
}

/// Why the section is `invalid` or `temperror`.
Json errorOf(const dmarc::Evaluation &evaluation)
{
    const auto &steps = evaluation.walk.steps;
    const auto has = [&](dmarc::WalkStep::Status status) {
        return std::find_if(steps.begin(), steps.end(),
                            [status](const dmarc::WalkStep &step) { return step.status == status; });
    };
    switch (evaluation.status) {
    case dmarc::Evaluation::Status::Pending:
    case dmarc::Evaluation::Status::Ok:
    case dmarc::Evaluation::Status::Missing:
    case dmarc::Evaluation::Status::NotChecked:
        return nullptr;
    case dmarc::Evaluation::Status::TempError: {
        const auto failed = has(dmarc::WalkStep::Status::TempError);
        return failed == steps.end() ? "a look-up failed"
                                     : "the look-up of " + failed->recordName.text() +
                                           " failed: " + std::string(reasonOf(failed->outcome));
    }
    case dmarc::Evaluation::Status::Invalid:
        if (evaluation.record())
            return "the record has neither a valid p nor a valid rua, so that it does nothing";
        return has(dmarc::WalkStep::Status::Several) != steps.end()
                   ? "more than one DMARC record stands at one name, so that none counts"
                   : "a text that is meant as a DMARC record is none";
    }
    return nullptr;
}

Json stepToJson(const dmarc::WalkStep &step)
{
    Json json = {{"domain", step.domain.text()},
                 {"record_name", step.recordName.text()},
                 {"status", stepStatusText(step.status)}};
    const bool answered =
        step.status != dmarc::WalkStep::Status::Pending && step.status != dmarc::WalkStep::Status::NoName;
    json["outcome"] = answered ? Json(std::string(dns::toString(step.outcome))) : Json();
    json["record"] = step.hasRecord() ? Json(losslessText(step.recordText).utf8) : Json();
    json["texts"] = Json::array();
    for (const dmarc::Text &text : step.texts)
        json["texts"].push_back(losslessText(text.text).utf8);
    json["aliases"] = Json::array();
    for (const DomainName &alias : step.aliases)
        json["aliases"].push_back(alias.text());
    json["next"] = nextText(step.next);
    return json;
}

/// Contract: true or false, and null where the destination is inside the Organizational Domain (or nothing is
/// known).
Json authorizedOf(dmarc::Authorization authorization)
{
    switch (authorization) {
    case dmarc::Authorization::Authorized:
        return true;
    case dmarc::Authorization::Refused:
    case dmarc::Authorization::BadOverride:
        return false;
    case dmarc::Authorization::Pending:
    case dmarc::Authorization::NotNeeded:
    case dmarc::Authorization::Unknown:
    case dmarc::Authorization::NotChecked:
        return nullptr;
    }
    return nullptr;
}

Json destinationsToJson(const std::vector<dmarc::Destination> &destinations)
{
    Json json = Json::array();
    for (const dmarc::Destination &destination : destinations) {
        Json overrides = Json::array();
        for (const std::string &uri : destination.overrides)
            overrides.push_back(losslessText(uri).utf8);
        json.push_back({{"uri", losslessText(destination.uri.uri).utf8},
                        {"valid", destination.uri.valid},
                        {"host", nameOrNull(destination.uri.host)},
                        {"authorized", authorizedOf(destination.authorization)},
                        {"authorization", std::string(dmarc::toString(destination.authorization))},
                        {"authorization_name", nameOrNull(destination.question)},
                        {"replaced_by", std::move(overrides)},
                        {"delivery", std::string(dmarc::toString(destination.deliverability))}});
    }
    return json;
}

Json policyToJson(const dmarc::AppliedPolicy &policy)
{
    const bool applies = policy.domain && policy.isKnown();
    return {{"found_at", discoveryText(policy.discovery)},
            {"policy_domain", nameOrNull(policy.domain)},
            {"tag", applies ? Json(std::string(dmarc::toString(policy.tag))) : Json()},
            {"applied_policy", orNull(policy.published)},
            {"effective_policy", orNull(policy.effective)}};
}

Json oldViewToJson(const dmarc::OldView &old)
{
    return {{"organizational_domain", old.organizationalDomain.text()},
            {"policy_domain", nameOrNull(old.domain)},
            {"effective_policy", orNull(old.effective)},
            {"subdomain_policy", orNull(old.subdomains)},
            {"percent", old.pct},
            {"several_records", old.severalRecords}};
}

} // namespace

Json toJson(const dmarc::Evaluation &evaluation)
{
    const dmarc::WalkStep *step = evaluation.step();
    const dmarc::Record *record = evaluation.record();
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (Json error = errorOf(evaluation); !error.is_null())
        json["error"] = std::move(error);
    json["record"] = step ? Json(losslessText(step->recordText).utf8) : Json();
    json["record_name"] = step ? Json(step->recordName.text()) : Json();
    json["organizational_domain"] = nameOrNull(evaluation.organizationalDomain);
    json["organizational_domain_rule"] =
        evaluation.organizationalDomain ? Json(std::string(ruleText(evaluation.walk.rule))) : Json();
    json["discovery"] = "tree_walk";
    json["found_at"] = discoveryText(evaluation.found.discovery);
    json["exists"] = existenceText(evaluation.existence);
    json["tree_walk"] = Json::array();
    for (const dmarc::WalkStep &asked : evaluation.walk.steps)
        json["tree_walk"].push_back(stepToJson(asked));
    json["policy"] = published(record, &dmarc::Record::p);
    json["subdomain_policy"] = published(record, &dmarc::Record::sp);
    json["nonexistent_policy"] = published(record, &dmarc::Record::np);
    json["applied_tag"] = record && evaluation.policy.isKnown()
                              ? Json(std::string(dmarc::toString(evaluation.policy.tag)))
                              : Json();
    json["applied_policy"] = orNull(evaluation.policy.published);
    json["effective_policy"] = orNull(evaluation.policy.effective);
    json["below"] = {{"existing", policyToJson(evaluation.subdomains)},
                     {"nonexistent", policyToJson(evaluation.nonexistent)}};
    json["testing"] = record ? Json(record->isTesting()) : Json();
    json["psd"] = record ? Json(std::string(dmarc::toString(record->publicSuffix()))) : Json();
    json["spf_alignment"] = record ? Json(std::string(dmarc::toString(record->spfAlignment()))) : Json();
    json["dkim_alignment"] = record ? Json(std::string(dmarc::toString(record->dkimAlignment()))) : Json();
    json["alias"] = evaluation.alias ? Json{{"name", evaluation.own()->recordName.text()},
                                            {"target", evaluation.alias->target.text()},
                                            {"dangling", evaluation.alias->dangling},
                                            {"external", evaluation.alias->external}}
                                     : Json();
    json["rua"] = destinationsToJson(evaluation.rua);
    json["ruf"] = destinationsToJson(evaluation.ruf);
    json["rfc7489"] = evaluation.rfc7489Differs ? oldViewToJson(evaluation.rfc7489) : Json();
    return json;
}

} // namespace mailoscope
