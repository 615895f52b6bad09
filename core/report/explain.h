// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "providers/providers.h"
#include "report/finding.h"
#include "spf/check_host.h"
#include "spf/evaluate.h"
#include "spf/record.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// The one place where ids become sentences. All texts are plain UTF-8 fit to be shown: what comes from
/// outside has been escaped.
namespace mailoscope
{

struct Explanation {
    std::string title;    ///< what is: one short sentence without a full stop
    std::string why;      ///< why it matters
    std::string whatToDo; ///< what to do
};

Explanation explain(const Finding &finding);

/// All finding ids that have words, sorted.
std::vector<std::string> explainedIds();

/// What a term means, in a few words: "pass if it passes", "everyone else: softfail".
std::string meaningOf(const spf::Term &term);
/// Who runs a name, "looks like" where that is not sure; empty where nobody is known.
std::string nameOf(const std::optional<providers::Provider> &provider);
/// What a step of check_host() did, in one sentence.
std::string sentenceOf(const spf::Step &step, const spf::CheckArguments &arguments);
/// What a fault in a record is and how it is mended, in one sentence.
std::string sentenceOf(const spf::Issue &issue, std::string_view recordText);
/// The faults of one term, or of all terms of a record, in their order.
std::vector<std::string> faultSentences(const spf::Node &node, std::optional<std::size_t> term);
/// Why a check ended as it did, empty where there is nothing to add.
std::string sentenceOf(spf::Cause cause);

} // namespace mailoscope
