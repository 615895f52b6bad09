// SPDX-License-Identifier: Apache-2.0
// The sections dane and dnssec.
#include "base/hex.h"

#include "base/text.h"
#include "dane/evaluate.h"
#include "dnssec/evaluate.h"
#include "dnssec/key.h"
#include "report/json.h"
#include "report/section_status.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

template <typename Value>
Json orNull(const std::optional<Value> &value)
{
    return value ? Json(*value) : Json();
}

std::string_view errorText(dane::Evaluation::Status status)
{
    using Status = dane::Evaluation::Status;
    switch (status) {
    case Status::Invalid:
        return "TLSA records of a mail host are insecure, of no use, or fit nothing that the host showed";
    case Status::TempError:
        return "a look-up failed";
    case Status::Ok:
    case Status::Missing:
    case Status::NotApplicable:
    case Status::Pending:
    case Status::NotChecked:
        return {};
    }
    return {};
}

std::string_view statusText(dane::Host::Status status)
{
    using Status = dane::Host::Status;
    switch (status) {
    case Status::Pending:
        return "pending";
    case Status::Authenticated:
        return "authenticated";
    case Status::Encrypted:
        return "encrypted";
    case Status::Opportunistic:
        return "opportunistic";
    case Status::Insecure:
        return "insecure";
    case Status::Unverified:
        return "unverified";
    case Status::Failed:
        return "failed";
    case Status::NoAddress:
        return "no_address";
    }
    return "pending";
}

/// True, false, or null where it is not known.
Json securityText(dnssec::Authenticity authenticity)
{
    switch (authenticity) {
    case dnssec::Authenticity::Unknown:
        return nullptr;
    case dnssec::Authenticity::Secure:
        return true;
    case dnssec::Authenticity::Insecure:
        return false;
    }
    return nullptr;
}

std::string_view errorText(const dnssec::Evaluation &evaluation)
{
    if (evaluation.status == dnssec::Evaluation::Status::TempError)
        return "a look-up failed";
    if (evaluation.status != dnssec::Evaluation::Status::Invalid)
        return {};
    if (evaluation.bogusReason)
        return "the resolver says that the signatures do not validate";
    return evaluation.isIsland ? "the zone is signed, but has no DS record at its parent"
                               : "no DS record at the parent matches a key of the zone";
}

std::string_view matchText(dnssec::Delegation::Match match)
{
    using Match = dnssec::Delegation::Match;
    switch (match) {
    case Match::Unknown:
        return "unknown";
    case Match::Matches:
        return "matches";
    case Match::NoSuchKey:
        return "no_such_key";
    case Match::OtherDigest:
        return "other_digest";
    }
    return "unknown";
}

Json tlsaToJson(const dane::Parameters &one)
{
    return {{"usage", one.data.usage},
            {"selector", one.data.selector},
            {"matching_type", one.data.matchingType},
            {"data", toHex(one.data.association)},
            {"matched", orNull(one.matched)},
            {"usable", one.isUsable()},
            {"chain_holds", orNull(one.chainHolds)},
            {"name_fits", orNull(one.nameFits)}};
}

void writeError(Json &json, std::string_view error)
{
    if (!error.empty())
        json["error"] = error;
}

} // namespace

Json toJson(const dane::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    writeError(json, errorText(evaluation.status));
    json["mx_secure"] = securityText(evaluation.mx);
    json["hosts"] = Json::array();
    for (const dane::Host &host : evaluation.hosts) {
        Json tlsa = Json::array();
        for (const dane::Parameters &one : host.parameters)
            tlsa.push_back(tlsaToJson(one));
        json["hosts"].push_back({{"host", host.name.text()},
                                 {"status", statusText(host.status)},
                                 {"tlsa_name", host.tlsaName().text()},
                                 {"secure", securityText(host.tlsa)},
                                 {"authenticated", orNull(host.authenticated)},
                                 {"tlsa", std::move(tlsa)}});
    }
    return json;
}

Json toJson(const dnssec::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    writeError(json, errorText(evaluation));
    json["authenticated"] = evaluation.authenticated;
    json["validating_resolver"] = orNull(evaluation.validatingResolver);
    json["zone"] = evaluation.apexKnown ? Json(evaluation.apex.text()) : Json();
    json["extended_error"] = orNull(evaluation.bogusReason);
    json["ds"] = Json::array();
    for (const dnssec::Delegation &ds : evaluation.ds) {
        json["ds"].push_back({{"key_tag", ds.data.keyTag},
                              {"algorithm", ds.data.algorithm},
                              {"digest_type", ds.data.digestType},
                              {"digest", toHex(ds.data.digest)},
                              {"match", matchText(ds.match)}});
    }
    json["keys"] = Json::array();
    for (const dnssec::Key &key : evaluation.keys) {
        json["keys"].push_back({{"key_tag", key.tag},
                                {"flags", key.data.flags},
                                {"algorithm", key.data.algorithm},
                                {"algorithm_name", dnssec::algorithmName(key.data.algorithm)},
                                {"bits", orNull(key.rsaBits)}});
    }
    json["nsec3"] = nullptr;
    if (evaluation.nsec3)
        json["nsec3"] = {{"iterations", evaluation.nsec3->iterations},
                         {"salt", toHex(evaluation.nsec3->salt)}};
    json["hosts"] = Json::array();
    for (const dnssec::HostSecurity &host : evaluation.hosts)
        json["hosts"].push_back({{"host", host.name.text()}, {"secure", securityText(host.authenticity)}});
    return json;
}

} // namespace mailoscope
