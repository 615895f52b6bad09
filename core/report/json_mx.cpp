// SPDX-License-Identifier: Apache-2.0
// The MX section of the JSON report.
#include "base/text.h"
#include "mx/reverse.h"
#include "providers/providers.h"
#include "report/fact_words.h"
#include "report/json.h"
#include "report/section_status.h"
#include "x509/certificate.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;

/// What is wrong with a host, in a few words; null where nothing is.
Json hostError(const mx::Host &host)
{
    if (host.isAddressLiteral)
        return "an address stands where a host name must";
    switch (host.status) {
    case mx::Host::Status::Ok:
        return nullptr;
    case mx::Host::Status::Pending:
        return "waiting for an answer";
    case mx::Host::Status::NoAddress:
        return "the name has no address";
    case mx::Host::Status::NxDomain:
        return "the name does not exist";
    case mx::Host::Status::TempError:
        return "the look-up of its addresses failed";
    case mx::Host::Status::NotChecked:
        return "the snapshot does not hold its addresses";
    }
    return nullptr;
}

std::string_view statusText(mx::ReverseName::Status status)
{
    switch (status) {
    case mx::ReverseName::Status::Confirmed:
        return "confirmed";
    case mx::ReverseName::Status::Unconfirmed:
        return "unconfirmed";
    case mx::ReverseName::Status::Missing:
        return "missing";
    case mx::ReverseName::Status::TempError:
        return "temperror";
    case mx::ReverseName::Status::Pending:
    case mx::ReverseName::Status::NotAsked:
    case mx::ReverseName::Status::NotChecked:
        break;
    }
    return "not_checked";
}

Json reverseToJson(const mx::ReverseName &reverse)
{
    Json names = Json::array();
    for (const DomainName &name : reverse.names)
        names.push_back(name.text());
    return {{"address", reverse.address.toString()},
            {"status", statusText(reverse.status)},
            {"names", std::move(names)}};
}

Json linesToJson(const std::vector<std::string> &lines)
{
    Json json = Json::array();
    for (const std::string &line : lines)
        json.push_back(losslessText(line).utf8);
    return json;
}

/// The leaf; null where there is none that can be read.
Json certificateToJson(const tls::Session &tls)
{
    const auto leaf = tls.chain.empty()
                          ? Result<x509::Certificate, x509::CertificateError>(x509::CertificateError::NotDer)
                          : x509::fromDer(tls.chain.front());
    if (!leaf)
        return nullptr;
    return {{"subject", losslessText(leaf->subjectText()).utf8},
            {"issuer", losslessText(leaf->issuerText()).utf8},
            {"dns_names", linesToJson(leaf->dnsNames)},
            {"not_before", toRfc3339(leaf->notBefore)},
            {"not_after", toRfc3339(leaf->notAfter)},
            {"serial", leaf->serial},
            {"key_type", leaf->keyType},
            {"key_bits", leaf->keyBits},
            {"signature_algorithm", leaf->signatureAlgorithm},
            {"self_signed", leaf->isSelfSigned},
            {"chain_length", tls.chain.size()}};
}

/// Null where the host was not greeted.
Json sessionToJson(const std::optional<smtp::Session> &session)
{
    const auto status = session ? mx::smtpStatus(*session) : std::nullopt;
    if (!status)
        return nullptr;
    const auto textOrNull = [](const std::string &octets) {
        return octets.empty() ? Json() : Json(losslessText(octets).utf8);
    };
    const auto &tls = session->tls;
    Json faults = Json::array();
    for (const tls::Fault fault : tls ? tls->faults : std::set<tls::Fault>())
        faults.push_back(tls::toString(fault));
    return {{"status", mx::toString(*status)},
            {"outcome", toString(session->outcome)},
            {"tls_version", tls ? textOrNull(tls->version) : Json()},
            {"cipher", tls ? textOrNull(tls->cipher) : Json()},
            {"certificate", tls ? certificateToJson(*tls) : Json()},
            {"faults", std::move(faults)},
            {"address", session->address ? Json(session->address->toString()) : Json()},
            {"greeting", textOrNull(session->greeting)},
            {"greeting_milliseconds", session->greetingDelay.count()},
            {"extensions", linesToJson(session->extensions)},
            {"extensions_under_tls", linesToJson(session->extensionsUnderTls)},
            {"detail", textOrNull(session->detail)}};
}

Json hostToJson(const mx::Host &host)
{
    Json addresses = Json::array();
    for (const IpAddress &address : host.addresses)
        addresses.push_back(address.toString());
    Json reverse = Json::array();
    for (const mx::ReverseName &name : host.reverse)
        reverse.push_back(reverseToJson(name));
    const auto provider = providers::forMxHost(host.name);
    return {{"preference", host.preference},
            {"host", host.name.text()},
            {"addresses", std::move(addresses)},
            {"error", hostError(host)},
            {"alias", host.isAlias},
            {"provider", provider ? Json(std::string(provider->name)) : Json()},
            {"ptr", std::move(reverse)},
            {"smtp", sessionToJson(host.session)}};
}

} // namespace

Json toJson(const mx::Evaluation &evaluation)
{
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == mx::Evaluation::Status::Invalid)
        json["error"] = "the MX records are invalid";
    else if (evaluation.status == mx::Evaluation::Status::TempError &&
             dns::isTemporaryFailure(evaluation.outcome))
        json["error"] = "the look-up of the MX records failed: " + std::string(reasonOf(evaluation.outcome));
    else if (evaluation.status == mx::Evaluation::Status::TempError)
        json["error"] = "the look-up of a host's addresses failed";
    json["null_mx"] = evaluation.nullMx;
    json["implicit_mx"] = evaluation.implicitMx;
    json["wildcard"] = evaluation.hasWildcard;
    json["cut"] = evaluation.cut;
    json["ptr_cut"] = mx::isReverseCut(evaluation);
    json["hosts"] = Json::array();
    for (const mx::Host &host : evaluation.hosts)
        json["hosts"].push_back(hostToJson(host));
    return json;
}

} // namespace mailoscope
