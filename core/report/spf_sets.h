// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/timestamp.h"
#include "report/terminal.h"
#include "spf/sets/compare.h"
#include "spf/sets/drift.h"
#include "spf/sets/flatten.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

/// Records compared, flattened and cleaned, as text and as JSON.
namespace mailoscope
{

/// One side of a comparison: what was named, and what it says.
struct ComparedRecord {
    std::string name; ///< the domain, or "the given record"
    spf::Evaluation evaluation;
};
struct ComparisonReport {
    ComparedRecord before;
    ComparedRecord after;
    spf::Comparison comparison;
};
/// A rewriting and when the addresses in it were true.
struct RewritingReport {
    spf::Rewriting rewriting;
    Timestamp at{};
};
/// What was flattened once, and what has become of it.
struct DriftReport {
    DomainName domain;
    Timestamp then{};
    Timestamp now{};
    std::vector<spf::Drift> drifts;

    bool isDrift() const;
    bool isKnown() const; ///< every branch could be looked at
};

std::string toText(const ComparisonReport &report, const terminal::Style &style);
nlohmann::ordered_json toJson(const ComparisonReport &report);
std::string toText(const RewritingReport &report, const terminal::Style &style);
nlohmann::ordered_json toJson(const RewritingReport &report);
std::string toText(const DriftReport &report, const terminal::Style &style);
nlohmann::ordered_json toJson(const DriftReport &report);

/// Why nothing is proposed, in whole sentences.
std::string sentenceOf(const spf::Refusal &refusal, const DomainName &domain);
/// Why a branch stays as it is, in a whole sentence.
std::string sentenceOf(const spf::Branch &branch);
/// Why a term was not needed, in a few words.
std::string_view wordsOf(spf::Needless why);
/// Why nobody can list the addresses of a term, behind the term.
std::string_view wordsOf(spf::Dependence::Why why);
/// What is to be known of addresses that were written down, and how to check them here.
std::string ageWarning(Timestamp at, std::string_view advice);
constexpr std::string_view CheckByCommand =
    "Keep the JSON and check it often: spf-flatten DOMAIN --check FILE.";
constexpr std::string_view CheckInWindow =
    "Save the plan below, and open it with \"Check a plan\" often: it says what has changed since.";

/// What the JSON of a RewritingReport keeps for a later check.
struct FlattenedFile {
    DomainName domain;
    Timestamp at{};
    std::vector<spf::FlattenedBranch> branches;
};
/// Reads that JSON again; the error is a whole sentence.
Result<FlattenedFile, std::string> readFlattened(std::string_view json);

} // namespace mailoscope
