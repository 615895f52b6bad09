// SPDX-License-Identifier: Apache-2.0
// Any octets as a logo: it is read to an end, within its bounds, and every fault has a place in it.
#include "bimi/svg.h"
#include "verify.h"

#include <algorithm>
#include <string>

using namespace mailoscope::bimi;

namespace
{

void verifyCheck(std::string_view svg)
{
    const SvgCheck check = checkSvg(svg);
    FUZZ_VERIFY(check.octets == svg.size());
    FUZZ_VERIFY(check.faults.size() <= MaxSvgFaults + 1);
    FUZZ_VERIFY(check == checkSvg(svg));
    const auto lines = static_cast<std::size_t>(std::count(svg.begin(), svg.end(), '\n')) + 1;
    for (const SvgFault &fault : check.faults)
        FUZZ_VERIFY(fault.line <= lines && fault.column <= svg.size() + 1);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    verifyCheck(octets);
    // Most inputs are no SVG: read them as the inside of one too.
    verifyCheck(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\"><title>x</title>" +
        std::string(octets) + "</svg>");
    if (isGzip(octets)) {
        if (const auto unpacked = unpackGzip(octets))
            FUZZ_VERIFY(unpacked->size() <= MaxSvgOctets);
    }
    return 0;
}
