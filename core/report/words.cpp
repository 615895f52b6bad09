// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <array>

namespace mailoscope
{

std::span<const std::span<const FindingWords>> allWords()
{
    static const std::array tables = {
        dmarcWords(),
        dnssecWords(),
        dkimWords(),
        bimiWords(),
        mtaStsWords(),
        mxWords(),
        parkWords(),
        sesWords(),
        spfWords(),
        tlsRptWords(),
    };
    return tables;
}

} // namespace mailoscope
