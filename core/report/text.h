// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"
#include "report/report.h"
#include "report/terminal.h"
#include "spf/check_host.h"

#include <optional>
#include <string>

/// Reports as text to be read in a terminal or a file. Nothing from outside gets through that could steer a
/// terminal.
namespace mailoscope
{

/// Whether each ip4 and ip6 term has a line of its own, or those that stand side by side share one.
enum class AddressTerms { Together, Each };

struct TextOptions {
    terminal::Style style;
    AddressTerms addressTerms = AddressTerms::Together;
    std::optional<fixes::CopyForm> copyAs{}; ///< fixes are written in this form, too
    std::string profile{}; ///< the id of the profile whose requirements are shown; none where it is empty
};

/// The whole inspection: the sections, the tree, the findings, what could not be told.
std::string toText(const Report &report, const TextOptions &options = {});
/// The include tree with what each branch costs.
std::string treeToText(const spf::Evaluation &evaluation, const TextOptions &options = {});
/// A check of one client, with its steps where they were traced.
std::string checkToText(const spf::CheckArguments &arguments, const spf::CheckOutcome &outcome,
                        const TextOptions &options = {});

} // namespace mailoscope
