// SPDX-License-Identifier: Apache-2.0
#include "report/json.h"

#include "providers/providers.h"
#include "report/explain.h"
#include "report/section_status.h"
#include "report/spf_notes.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using spf::CheckResult;

/// In the vocabulary of sections; `problem` tells more.
std::string_view statusText(spf::NodeStatus status)
{
    switch (status) {
    case spf::NodeStatus::Ok:
        return "ok";
    case spf::NodeStatus::Pending:
    case spf::NodeStatus::Cut:
        return "not_checked";
    case spf::NodeStatus::NoRecord:
    case spf::NodeStatus::NxDomain:
        return "missing";
    case spf::NodeStatus::MultipleRecords:
    case spf::NodeStatus::Invalid:
    case spf::NodeStatus::BadName:
    case spf::NodeStatus::Loop:
        return "invalid";
    case spf::NodeStatus::TempError:
        return "temperror";
    }
    return "not_checked";
}

Json problemOf(spf::NodeStatus status)
{
    switch (status) {
    case spf::NodeStatus::Ok:
        return nullptr;
    case spf::NodeStatus::Pending:
        return "pending";
    case spf::NodeStatus::NoRecord:
        return "no_record";
    case spf::NodeStatus::NxDomain:
        return "nxdomain";
    case spf::NodeStatus::MultipleRecords:
        return "multiple_records";
    case spf::NodeStatus::Invalid:
        return "invalid";
    case spf::NodeStatus::TempError:
        return "temperror";
    case spf::NodeStatus::BadName:
        return "bad_name";
    case spf::NodeStatus::Loop:
        return "loop";
    case spf::NodeStatus::Cut:
        return "cut";
    }
    return nullptr;
}

std::string_view statusText(spf::TermStatus status)
{
    switch (status) {
    case spf::TermStatus::Ok:
        return "ok";
    case spf::TermStatus::Pending:
        return "pending";
    case spf::TermStatus::Void:
        return "void";
    case spf::TermStatus::TempError:
        return "temperror";
    case spf::TermStatus::Unknown:
        return "depends_on_message";
    case spf::TermStatus::BadName:
        return "bad_name";
    case spf::TermStatus::TooManyHosts:
        return "too_many_hosts";
    case spf::TermStatus::ChildProblem:
        return "child_problem";
    case spf::TermStatus::Unreadable:
        return "unreadable";
    }
    return "ok";
}

Json deadText(spf::Dead dead)
{
    switch (dead) {
    case spf::Dead::No:
        return nullptr;
    case spf::Dead::AfterAll:
        return "after_all";
    case spf::Dead::RedirectWithAll:
        return "redirect_with_all";
    }
    return nullptr;
}

Json counts(const spf::AddressCount &count)
{
    return {{"ipv4_count", count.v4}, {"ipv6_count", toDecimal(count.v6)}};
}

Json counts(const AddressSet &set)
{
    return {{"ipv4_count", countOf(set.v4)}, {"ipv6_count", decimalCount(set.v6)}};
}

Json rangesOf(const AddressSet &set)
{
    Json ranges = Json::array();
    for (const Cidr &block : cidrsOf(set))
        ranges.push_back(block.toString());
    return ranges;
}

Json passing(const spf::Partition &partition)
{
    const AddressSet &passes = partition.of(CheckResult::Pass);
    Json json = counts(passes);
    json["exact"] = partition.exact;
    json["ranges"] = rangesOf(passes);
    return json;
}

Json addressesToJson(const spf::Evaluation &evaluation)
{
    Json json = passing(evaluation.addresses);
    for (std::size_t i = 0; i < spf::CheckResultCount; ++i) {
        const auto result = static_cast<CheckResult>(i);
        json["by_result"][std::string(toString(result))] = counts(evaluation.addresses.of(result));
    }
    json["as_written"] = evaluation.limitsMatter ? passing(evaluation.asWritten) : Json();
    return json;
}

Json familiesToJson(const spf::FamilyCount &count)
{
    return {{"ipv4", count.v4}, {"ipv6", count.v6}};
}

/// What kind of term it is: exactly one of `mechanism` and `modifier`, neither for a term that cannot be
/// read.
struct KindWriter {
    Json &json;

    void operator()(const spf::Directive &directive) const
    {
        json["qualifier"] = toString(directive.qualifier());
        json["mechanism"] = mechanismName(directive.mechanism);
    }
    void operator()(const spf::Redirect &) const { modifier("redirect"); }
    void operator()(const spf::Exp &) const { modifier("exp"); }
    void operator()(const spf::UnknownModifier &unknown) const { modifier(shown(unknown.name)); }
    void operator()(const spf::UnreadableTerm &) const { json["qualifier"] = nullptr; }

    void modifier(std::string_view name) const
    {
        json["qualifier"] = nullptr;
        json["modifier"] = name;
    }
};

/// Why a term is at fault: its syntax errors, else its status, else what its target suffers from.
Json errorOf(const spf::Node &node, const spf::TermNode &term)
{
    std::string sentences;
    for (const std::string &sentence : faultSentences(node, term.index))
        sentences += (sentences.empty() ? "" : " ") + sentence;
    if (!sentences.empty())
        return sentences;
    const bool isOfChild = term.status == spf::TermStatus::ChildProblem && term.child;
    const std::string words = (isOfChild ? statusOf(*term.child) : statusOf(term)).words;
    return words.empty() ? Json() : Json(words);
}

/// A piece of a record in the same form as the whole: its octets as UTF-8, or each as one character.
std::string pieceOf(const std::string &octets, const ShownText &whole, const Span &span)
{
    const std::string piece = octets.substr(span.begin, span.end - span.begin);
    if (whole.utf8 == octets)
        return piece;
    std::string utf8;
    for (const char c : piece) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            utf8.push_back(c);
        } else {
            utf8.push_back(static_cast<char>(0xc0 | (octet >> 6)));
            utf8.push_back(static_cast<char>(0x80 | (octet & 0x3f)));
        }
    }
    return utf8;
}

Json providerOf(const spf::TermNode &term)
{
    const bool takesIn = term.child != nullptr;
    const auto provider = takesIn && term.target ? providers::forSpfTarget(*term.target) : std::nullopt;
    return provider ? Json(std::string(provider->name)) : Json();
}

Json nodeToJson(const spf::Node &node);

Json termToJson(const spf::Node &node, const spf::TermNode &term, const ShownText &record)
{
    const Span octets = node.record->spans.at(term.index);
    const Span characters = record.charactersOf(octets);
    std::string text = pieceOf(node.selection.text, record, octets);
    Json json = {{"text", std::move(text)}, {"begin", characters.begin}, {"end", characters.end}};
    std::visit(KindWriter{json}, node.record->record->terms.at(term.index));
    json["domain"] = term.target ? Json(term.target->text()) : Json();
    json["lookups"] = term.subtreeLookups;
    json["own_lookups"] = term.ownLookups;
    json["running_lookups"] = term.runningLookups;
    json["void"] = term.ownVoids.worst() > 0;
    json["void_lookups"] = familiesToJson(term.subtreeVoids);
    json["status"] = statusText(term.status);
    json["error"] = errorOf(node, term);
    json["dead"] = deadText(term.dead);
    json["depends_on_message"] = term.dependsOnMessage;
    json["matches"] = counts(term.matches);
    json["decides"] = counts(term.decides);
    json["exact"] = term.exact;
    json["provider"] = providerOf(term);
    if (term.child)
        json["child"] = nodeToJson(*term.child);
    return json;
}

// Recursion is bounded by TreeBounds::depth.
Json nodeToJson(const spf::Node &node)
{
    const ShownText record = losslessText(node.selection.text);
    const bool hasRecord = node.record && node.record->record;
    Json json = {{"domain", node.domain.text()},
                 {"record", hasRecord ? Json(record.utf8) : Json()},
                 {"status", statusText(node.status)},
                 {"problem", problemOf(node.status)},
                 {"lookups", node.lookups},
                 {"at_least", node.atLeast},
                 {"void_lookups", familiesToJson(node.voids)},
                 {"passes", counts(node.passes)}};
    if (node.selection.records.size() > 1) {
        for (const std::string &text : node.selection.records)
            json["records"].push_back(losslessText(text).utf8);
    }
    if (!node.aliases.empty()) {
        for (const DomainName &alias : node.aliases)
            json["aliases"].push_back(alias.text());
    }
    json["terms"] = Json::array();
    if (hasRecord) {
        for (const spf::TermNode &term : node.terms)
            json["terms"].push_back(termToJson(node, term, record));
    }
    return json;
}

} // namespace

Json toJson(const spf::Evaluation &evaluation)
{
    const spf::Node &root = evaluation.root;
    Json json = {{"status", toString(statusOf(evaluation))}};
    if (evaluation.status == spf::Evaluation::Status::Invalid ||
        evaluation.status == spf::Evaluation::Status::TempError) {
        const std::string words = statusOf(root).words;
        const bool failed = evaluation.status == spf::Evaluation::Status::TempError;
        json["error"] = !words.empty() ? words
                        : failed       ? "a look-up that the record needs failed"
                                       : "the record cannot be evaluated";
    }
    const bool hasRecord = root.record && root.record->record;
    json["record"] = hasRecord ? Json(losslessText(root.selection.text).utf8) : Json();
    json["record_name"] = evaluation.domain.text();
    json["lookups"] = evaluation.lookups;
    json["void_lookups"] = evaluation.voidLookups;
    json["all"] = evaluation.finalAll ? toString(*evaluation.finalAll) : "none";
    json["cut"] = evaluation.cut;
    json["limits_matter"] = evaluation.limitsMatter;
    json["addresses"] = addressesToJson(evaluation);
    json["tree"] = nodeToJson(root);
    return json;
}

} // namespace mailoscope
