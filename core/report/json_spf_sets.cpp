// SPDX-License-Identifier: Apache-2.0
#include "providers/providers.h"
#include "report/json.h"
#include "report/spf_sets.h"

#include <nlohmann/json.hpp>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using spf::CheckResult;

constexpr int FileVersion = 1;
constexpr std::string_view FileFormat = "mailoscope-flatten";
/// Of a file that is read; a flattened record holds far fewer.
constexpr std::size_t MaxBranches = 500;
constexpr std::size_t MaxRanges = 200'000;

Json setToJson(const AddressSet &set)
{
    Json ranges = Json::array();
    for (const Cidr &block : cidrsOf(set))
        ranges.push_back(block.toString());
    return {
        {"ipv4_count", countOf(set.v4)}, {"ipv6_count", decimalCount(set.v6)}, {"ranges", std::move(ranges)}};
}

Json providerOf(const std::optional<DomainName> &target)
{
    const auto provider = target ? providers::forSpfTarget(*target) : std::nullopt;
    return provider ? Json(provider->name) : Json();
}

std::string_view textOf(spf::Side side)
{
    switch (side) {
    case spf::Side::Old:
        return "old";
    case spf::Side::New:
        return "new";
    case spf::Side::Both:
        return "both";
    }
    return "both";
}

std::string_view textOf(spf::Dependence::Why why)
{
    switch (why) {
    case spf::Dependence::Why::Exists:
        return "exists";
    case spf::Dependence::Why::Ptr:
        return "ptr";
    case spf::Dependence::Why::Macros:
        return "macros";
    case spf::Dependence::Why::NotKnown:
        return "not_known";
    case spf::Dependence::Why::Cut:
        return "too_big";
    }
    return "macros";
}

Json sideToJson(const ComparedRecord &side)
{
    const spf::Evaluation &evaluation = side.evaluation;
    return {
        {"name", side.name},
        {"record", evaluation.root.record ? Json(losslessText(evaluation.root.selection.text).utf8) : Json()},
        {"lookups", evaluation.lookups},
        {"void_lookups", evaluation.voidLookups},
        {"limits_matter", evaluation.limitsMatter}};
}

Json branchesToJson(const spf::Comparison &comparison)
{
    Json branches = Json::array();
    for (const spf::BranchChange &branch : comparison.branches) {
        branches.push_back({{"term", branch.term.empty() ? Json() : Json(losslessText(branch.term).utf8)},
                            {"provider", providerOf(branch.target)},
                            {"in", textOf(branch.side)},
                            {"added", setToJson(branch.added)},
                            {"removed", setToJson(branch.removed)}});
    }
    return branches;
}

std::string_view textOf(spf::Needless why)
{
    switch (why) {
    case spf::Needless::AfterAll:
        return "after_all";
    case spf::Needless::RedirectWithAll:
        return "redirect_with_all";
    case spf::Needless::Repeated:
        return "repeated";
    case spf::Needless::Covered:
        return "covered";
    case spf::Needless::Merged:
        return "merged";
    case spf::Needless::SameAsAll:
        return "same_as_all";
    case spf::Needless::CoveredToday:
        return "covered_today";
    }
    return "covered";
}

Json changeToJson(const fixes::RecordChange &change)
{
    const auto text = [&](const std::optional<dns::RecordData> &data) {
        return data ? Json(losslessText(fixes::textOf(change.type, *data)).utf8) : Json();
    };
    return {{"name", change.name.text()},
            {"type", dns::toString(change.type)},
            {"before", text(change.before)},
            {"after", text(change.after)},
            {"ttl", change.ttl}};
}

Json branchToJson(const spf::Branch &branch)
{
    return {{"term", losslessText(branch.spelling).utf8},
            {"written", losslessText(branch.text).utf8},
            {"provider", providerOf(branch.target)},
            {"lookups", branch.lookups},
            {"void_lookups", branch.voids.worst()}};
}

std::string_view textOf(spf::Drift::Status status)
{
    switch (status) {
    case spf::Drift::Status::Known:
        return "ok";
    case spf::Drift::Status::Pending:
        return "not_checked";
    case spf::Drift::Status::NotKnown:
        return "temperror";
    case spf::Drift::Status::Faulty:
    case spf::Drift::Status::Unreadable:
        return "invalid";
    }
    return "not_checked";
}

/// A member that has to be a text; nothing where it is not.
std::optional<std::string> textAt(const Json &json, const char *member)
{
    if (!json.is_object())
        return std::nullopt;
    const auto found = json.find(member);
    return found != json.end() && found->is_string() ? std::optional(found->get<std::string>())
                                                     : std::nullopt;
}

std::optional<Cidr> cidrFrom(const std::string &text)
{
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address || slash == std::string::npos)
        return std::nullopt;
    const std::string digits = text.substr(slash + 1);
    if (digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    const int length = std::stoi(digits);
    return length <= addressBits(address->family()) ? std::optional(Cidr{*address, length}) : std::nullopt;
}

std::optional<spf::FlattenedBranch> branchFrom(const Json &json)
{
    const auto term = textAt(json, "term");
    const auto ranges = json.is_object() ? json.find("ranges") : json.end();
    if (!term || ranges == json.end() || !ranges->is_array() || ranges->size() > MaxRanges)
        return std::nullopt;
    std::vector<Cidr> blocks;
    for (const Json &range : *ranges) {
        const auto block = range.is_string() ? cidrFrom(range.get<std::string>()) : std::nullopt;
        if (!block)
            return std::nullopt;
        blocks.push_back(*block);
    }
    return spf::FlattenedBranch{*term, AddressSet::of(blocks), textAt(json, "record")};
}

} // namespace

bool DriftReport::isDrift() const
{
    for (const spf::Drift &drift : drifts) {
        if (drift.isDrift())
            return true;
    }
    return false;
}

bool DriftReport::isKnown() const
{
    for (const spf::Drift &drift : drifts) {
        if (drift.status != spf::Drift::Status::Known && drift.status != spf::Drift::Status::Faulty)
            return false;
    }
    return true;
}

nlohmann::ordered_json toJson(const ComparisonReport &report)
{
    const spf::Comparison &comparison = report.comparison;
    Json moved = Json::array();
    for (const spf::Move &move : comparison.moves) {
        Json json = {{"from", spf::toString(move.from)}, {"to", spf::toString(move.to)}};
        json.update(setToJson(move.addresses));
        moved.push_back(std::move(json));
    }
    Json apart = Json::array();
    for (const spf::Dependence &dependence : comparison.dependences) {
        apart.push_back({{"domain", dependence.domain.text()},
                         {"term", losslessText(dependence.term).utf8},
                         {"why", textOf(dependence.why)},
                         {"in", textOf(dependence.side)}});
    }
    return {{"schema_version", 1},
            {"tool", toolToJson()},
            {"old", sideToJson(report.before)},
            {"new", sideToJson(report.after)},
            {"same", comparison.isSame()},
            {"exact", comparison.exact},
            {"added", setToJson(comparison.added)},
            {"removed", setToJson(comparison.removed)},
            {"moved", std::move(moved)},
            {"branches", branchesToJson(comparison)},
            {"not_comparable", std::move(apart)}};
}

nlohmann::ordered_json toJson(const RewritingReport &report)
{
    const spf::Rewriting &rewriting = report.rewriting;
    Json changes = Json::array();
    for (const fixes::Change &change : rewriting.changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change))
            changes.push_back(changeToJson(*record));
    }
    Json flattened = Json::array();
    for (const spf::Branch &branch : rewriting.replaced) {
        Json json = branchToJson(branch);
        json.update(setToJson(branch.addresses));
        if (branch.isRedirect)
            json["record"] = losslessText(branch.followedRecord).utf8;
        flattened.push_back(std::move(json));
    }
    Json kept = Json::array();
    for (const spf::Branch &branch : rewriting.kept) {
        Json json = branchToJson(branch);
        const std::string why = sentenceOf(branch);
        json["why"] = why.empty() ? Json() : Json(why);
        kept.push_back(std::move(json));
    }
    Json removed = Json::array();
    for (const spf::RemovedTerm &term : rewriting.removed)
        removed.push_back({{"term", losslessText(term.text).utf8}, {"why", textOf(term.why)}});
    const spf::Proof &proof = rewriting.proof;
    return {{"format", FileFormat},
            {"version", FileVersion},
            {"tool", toolToJson()},
            {"domain", rewriting.domain.text()},
            {"at", toRfc3339(report.at)},
            {"before",
             {{"record", losslessText(rewriting.before).utf8},
              {"lookups", rewriting.lookupsBefore},
              {"void_lookups", rewriting.voidsBefore}}},
            {"after",
             {{"record", losslessText(rewriting.after).utf8},
              {"lookups", proof.lookups},
              {"void_lookups", proof.voidLookups}}},
            {"changes", std::move(changes)},
            {"flattened", std::move(flattened)},
            {"kept", std::move(kept)},
            {"removed", std::move(removed)},
            {"proof",
             {{"sets_equal", proof.setsEqual},
              {"addresses_checked", proof.addressesChecked},
              {"all_boundaries", proof.allBoundaries},
              {"client_dependent_terms_assumed", proof.assumedBoth}}},
            {"names_checked", !rewriting.chainNamesUnchecked},
            {"warning", rewriting.replaced.empty() ? Json() : Json(ageWarning(report.at, CheckByCommand))}};
}

nlohmann::ordered_json toJson(const DriftReport &report)
{
    Json branches = Json::array();
    for (const spf::Drift &drift : report.drifts) {
        branches.push_back(
            {{"term", losslessText(drift.term).utf8},
             {"status", textOf(drift.status)},
             {"drift", drift.isDrift()},
             {"came", setToJson(drift.came)},
             {"gone", setToJson(drift.gone)},
             {"record_now", drift.recordNow ? Json(losslessText(*drift.recordNow).utf8) : Json()}});
    }
    return {{"schema_version", 1},
            {"tool", toolToJson()},
            {"domain", report.domain.text()},
            {"flattened_at", toRfc3339(report.then)},
            {"checked_at", toRfc3339(report.now)},
            {"complete", report.isKnown()},
            {"drift", report.isDrift()},
            {"branches", std::move(branches)}};
}

Result<FlattenedFile, std::string> readFlattened(std::string_view text)
{
    const Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object() || textAt(json, "format") != FileFormat)
        return std::string("This is no plan of a flattened record.");
    const auto version = json.find("version");
    if (version == json.end() || !version->is_number_integer() || *version != FileVersion)
        return std::string("The file was written by a newer version of this program.");
    FlattenedFile file;
    const auto domain = textAt(json, "domain");
    const auto name = DomainName::parse(domain.value_or(""));
    const auto at = textAt(json, "at");
    const auto time = at ? timestampFromRfc3339(*at) : std::nullopt;
    const auto flattened = json.find("flattened");
    if (!name || !time || flattened == json.end() || !flattened->is_array() ||
        flattened->size() > MaxBranches)
        return std::string("The file is damaged: the domain, the time or the list of branches is wrong.");
    file.domain = *name;
    file.at = *time;
    for (const Json &entry : *flattened) {
        auto branch = branchFrom(entry);
        if (!branch)
            return std::string("The file is damaged: a branch in it cannot be read.");
        file.branches.push_back(*std::move(branch));
    }
    return file;
}

} // namespace mailoscope
