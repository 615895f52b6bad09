// SPDX-License-Identifier: Apache-2.0
#include "drawn.h"

#include <algorithm>

namespace mailoscope::cli
{

bool wantsDrawing(std::span<const std::string> words)
{
    constexpr std::string_view Option = "--format";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (word == "--")
            break;
        std::string_view format;
        if (word == Option && i + 1 < words.size())
            format = words[i + 1];
        else if (word.starts_with(Option) && word.substr(Option.size()).starts_with('='))
            format = word.substr(Option.size() + 1);
        const auto named = [format](const Format &row) { return row.name == format && row.isDrawn; };
        if (std::any_of(formats().begin(), formats().end(), named) ||
            std::any_of(treeFormats().begin(), treeFormats().end(), named))
            return true;
    }
    return false;
}

} // namespace mailoscope::cli
