// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <array>

namespace mailoscope
{

std::span<const std::span<const FindingWords>> allWords()
{
    static const std::array tables = {
        caaWords(), daneWords(), dnsWords(), dnssecWords(), spfWords(), takeoverWords(),
    };
    return tables;
}

} // namespace mailoscope
