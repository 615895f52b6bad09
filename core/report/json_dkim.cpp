// SPDX-License-Identifier: Apache-2.0
#include "dkim/evaluate.h"

#include "report/json.h"
#include "report/section_status.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using dkim::SelectorResult;

std::string_view statusText(SelectorResult::Status status)
{
    switch (status) {
    case SelectorResult::Status::Pending:
        return "not_checked";
    case SelectorResult::Status::Ok:
        return "ok";
    case SelectorResult::Status::Revoked:
        return "not_applicable"; // neither a fault nor a key; `revoked` says it
    case SelectorResult::Status::Invalid:
    case SelectorResult::Status::NotAKey:
        return "invalid";
    case SelectorResult::Status::NoKey:
    case SelectorResult::Status::Dangling:
        return "missing";
    case SelectorResult::Status::TempError:
        return "temperror";
    }
    return "not_checked";
}

std::string_view wildcardText(dkim::Evaluation::Wildcard wildcard)
{
    switch (wildcard) {
    case dkim::Evaluation::Wildcard::Unknown:
        return "unknown";
    case dkim::Evaluation::Wildcard::None:
        return "none";
    case dkim::Evaluation::Wildcard::Key:
        return "key";
    case dkim::Evaluation::Wildcard::Revoked:
        return "revoked";
    case dkim::Evaluation::Wildcard::Other:
        return "other";
    }
    return "unknown";
}

/// Why a key record cannot be used, in a few words.
std::string recordError(const dkim::PublishedKey &published)
{
    for (const dkim::Issue &issue : published.parsed.issues) {
        if (!dkim::voidsRecord(issue.kind))
            continue;
        if (issue.kind == dkim::IssueKind::NoKey)
            return "the record has no key";
        return issue.kind == dkim::IssueKind::UnknownKeyType ? "the key is of an unknown type"
                                                             : "the record does not fit the grammar";
    }
    if (!published.key)
        return "the record has no key";
    if (!published.key->isUsable())
        return "the key cannot be read";
    if (published.key->rsa && published.key->rsa->bits() < 1024)
        return "the key is too short to be accepted";
    if (!published.parsed.record->servesMail())
        return "the key is not for mail";
    return "the key does not allow SHA-256";
}

Json errorOf(const SelectorResult &result)
{
    switch (result.status) {
    case SelectorResult::Status::Pending:
    case SelectorResult::Status::Ok:
    case SelectorResult::Status::Revoked:
        return nullptr;
    case SelectorResult::Status::Invalid:
        return recordError(*result.key());
    case SelectorResult::Status::NotAKey:
        return "the text is no key record";
    case SelectorResult::Status::NoKey:
        return "the target of the alias holds no key";
    case SelectorResult::Status::Dangling:
        return "the target of the alias does not exist";
    case SelectorResult::Status::TempError:
        return "the target of the alias could not be looked up: " + std::string(toString(result.outcome));
    }
    return nullptr;
}

Json sourcesOf(const dkim::Selector &selector)
{
    Json sources = Json::array();
    for (const dkim::Source source : selector.sources)
        sources.push_back(dkim::toString(source));
    return sources;
}

Json textOrNull(const std::string &text)
{
    return text.empty() ? Json() : Json(losslessText(text).utf8);
}

Json selectorToJson(const SelectorResult &result)
{
    const dkim::PublishedKey *published = result.key();
    const bool hasRecord = published && published->parsed.record;
    Json json = {{"selector", result.selector.name}, {"status", statusText(result.status)}};
    json["key_type"] = hasRecord ? Json(dkim::toString(published->parsed.record->type())) : Json();
    json["bits"] =
        hasRecord && published->key && published->key->bits() > 0 ? Json(published->key->bits()) : Json();
    json["testing"] = hasRecord && published->parsed.record->isTesting();
    json["revoked"] = hasRecord && published->isRevoked();
    json["cname"] = result.chain.empty() ? Json() : Json(result.chain.front().text());
    json["error"] = errorOf(result);
    json["source"] = dkim::toString(result.selector.sources.front());
    json["sources"] = sourcesOf(result.selector);
    json["provider"] = textOrNull(result.provider);
    json["provider_certain"] = result.providerIsCertain;
    json["record_name"] = result.name.text();
    json["record"] = published ? textOrNull(published->text)
                               : textOrNull(result.keys.empty() ? std::string() : result.keys.front().text);
    json["records"] = result.keys.size();
    json["cname_chain"] = Json::array();
    for (const DomainName &target : result.chain)
        json["cname_chain"].push_back(target.text());
    json["external"] = result.isExternal;
    return json;
}

} // namespace

Json toJson(const dkim::Evaluation &evaluation)
{
    using Status = dkim::Evaluation::Status;
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == Status::Invalid)
        json["error"] = "none of the keys that were found can be used";
    if (evaluation.status == Status::TempError)
        json["error"] = "some look-ups failed";
    json["pending"] = evaluation.pending;
    // True where a key may exist under a name that was not asked for.
    json["inconclusive"] = evaluation.status == Status::NotFound || evaluation.status == Status::TempError ||
                           evaluation.status == Status::NotChecked;
    json["asked"] = evaluation.asked;
    json["selectors"] = Json::array();
    for (const SelectorResult &result : evaluation.found)
        json["selectors"].push_back(selectorToJson(result));
    json["not_found"] = Json::array();
    for (const dkim::Selector &selector : evaluation.notFound)
        json["not_found"].push_back(Json{{"selector", selector.name}, {"sources", sourcesOf(selector)}});
    json["unanswered"] = Json::array();
    for (const dkim::Unanswered &each : evaluation.unanswered)
        json["unanswered"].push_back(
            Json{{"selector", each.selector.name}, {"error", toString(each.outcome)}});
    json["wildcard"] = wildcardText(evaluation.wildcard);
    json["adsp"] = textOrNull(evaluation.adspRecord);
    json["domainkeys_policy"] = textOrNull(evaluation.domainKeysPolicy);
    return json;
}

} // namespace mailoscope
