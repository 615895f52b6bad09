// SPDX-License-Identifier: Apache-2.0
#include "report/words.h"

#include <array>

namespace mailoscope
{

std::span<const std::span<const FindingWords>> allWords()
{
    static const std::array tables = {
        bimiWords(), caaWords(),    daneWords(),     dkimWords(),   dmarcWords(),
        dnsWords(),  dnssecWords(), mtaStsWords(),   mxWords(),     parkWords(),
        sesWords(),  spfWords(),    takeoverWords(), tlsRptWords(), zoneServerWords(),
    };
    return tables;
}

} // namespace mailoscope
