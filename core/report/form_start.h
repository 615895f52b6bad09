// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builders/forms.h"
#include "report/report.h"

#include <string>
#include <vector>

/// Where a form begins: what the domain publishes, and what its providers want. And what stands against
/// publishing what came out.
namespace mailoscope
{

struct FormStart {
    builders::Choices choices;
    struct Suggestion {
        std::string option;
        std::string value; ///< empty for a switch
        std::string why;   ///< in a few words, fit to be shown
        friend bool operator==(const Suggestion &, const Suggestion &) = default;
    };
    std::vector<Suggestion> suggestions;
    std::vector<std::string> leftOut; ///< what the record of today says and the form cannot: a sentence each
};

FormStart startOf(const builders::Form &form, const Report &report);

/// What stands against publishing it for this domain, a sentence each: what the safety gates of fixes would
/// say.
std::vector<std::string> cautionsOf(const builders::Form &form, const builders::Choices &choices,
                                    const Report &report, const FactStore &facts);

/// The changes as they are once what stands there today is known: new records take the place of those that
/// they replace, and nothing is left that changes nothing.
std::vector<fixes::Change> inPlace(const std::vector<fixes::Change> &changes, const FactStore &facts);

} // namespace mailoscope
