// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixes/change.h"

#include <string>
#include <string_view>
#include <vector>

/// Records written from choices: the same for the command line and for the window's forms. Pure; nothing is
/// looked up, and each record is read back by the parser that judges those of others.
namespace mailoscope::builders
{

/// One choice and what it means.
struct Explanation {
    std::string part;     ///< of the record or file, such as `p=reject`
    std::string sentence; ///< for people, fit to be shown
    friend bool operator==(const Explanation &, const Explanation &) = default;
};

struct Built {
    std::vector<fixes::Change> changes; ///< new records and files; at least one
    std::vector<Explanation> explanations;
    std::vector<std::string> warnings;  ///< sentences: it can be published, but mind this
    std::vector<std::string> unchecked; ///< what only look-ups or the owner can tell, as parts of a sentence

    /// The text of the first record.
    std::string record() const;
};

/// Why there is no record: one sentence, fit to be shown. `option` is what has to be mended, as the command
/// line names it; empty where it is the whole.
struct BuildError {
    std::string option;
    std::string sentence;
};

using BuildResult = Result<Built, BuildError>;

} // namespace mailoscope::builders
