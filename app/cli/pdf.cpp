// SPDX-License-Identifier: Apache-2.0
#include "pdf.h"

#include <array>

namespace mailoscope::cli
{

bool wantsPdf(std::span<const std::string> words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--")
            break;
        if (words[i] == "--format=pdf" ||
            (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "pdf"))
            return true;
    }
    return false;
}

std::span<const std::string_view> pdfOptions()
{
    static constexpr std::array<std::string_view, 6> Names = {"paper", "parts",   "light",
                                                              "logo",  "company", "confidentiality"};
    return Names;
}

} // namespace mailoscope::cli
