// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <string_view>
#include <vector>

namespace mailoscope::fixes
{

/// What differs between two record texts, as places in each: by words, where blanks, semicolons, commas and
/// equals signs divide words.
struct Difference {
    std::vector<Span> gone; ///< octets of the text before
    std::vector<Span> come; ///< octets of the text after
    friend bool operator==(const Difference &, const Difference &) = default;
};

/// The fewest words that go and come. Texts with very many words that differ count as different from the
/// first such word to the last.
Difference differenceOf(std::string_view before, std::string_view after);

} // namespace mailoscope::fixes
