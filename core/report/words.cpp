// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <array>

namespace mailoscope
{

std::span<const std::span<const FindingWords>> allWords()
{
    static const std::array tables = {
        bimiWords(),
        caaWords(),
        daneWords(),
        dkimWords(),
        dmarcWords(),
        dnssecWords(),
        mtaStsWords(),
        mxWords(),
        parkWords(),
        sesWords(),
        spfWords(),
        tlsRptWords(),
        caaWords(), daneWords(), dnsWords(), dnssecWords(), spfWords(), takeoverWords(),
    };
    return tables;
}

} // namespace mailoscope
