// SPDX-License-Identifier: Apache-2.0
// Any octets as a macro-string: it survives its text, and its expansion stays within what its values allow.
#include "spf/macro.h"
#include "verify.h"

#include <algorithm>
#include <string>

using namespace mailoscope;
using namespace mailoscope::spf;

namespace
{

MacroValues valuesFrom(std::string_view octets, bool isV6)
{
    MacroValues values;
    values.ip = IpAddress::parse(isV6 ? "2001:db8::cb01" : "192.0.2.3");
    const std::string part(octets.substr(0, 64));
    values.localPart = part + "strong-bad";
    values.senderDomain = "email.example.com";
    values.helo = std::string(octets.substr(octets.size() / 2));
    values.domain = "email.example.com";
    values.validatedName = "mx.example.org";
    values.receiver = "unknown";
    values.time = 1'800'000'000;
    return values;
}

/// No macro makes its value longer, but for URL escaping: three characters for one.
std::size_t bound(const MacroString &string, std::size_t longestValue)
{
    std::size_t most = 0;
    for (const MacroPart &part : string.parts) {
        if (const auto *literal = std::get_if<std::string>(&part))
            most += literal->size();
        else
            most += 3 * longestValue;
    }
    return most;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    constexpr MacroPlace Places[] = {MacroPlace::DomainSpec, MacroPlace::ModifierValue,
                                     MacroPlace::Explanation};
    const MacroPlace place = Places[data[0] % 3];
    const std::string_view text = asOctets(data + 1, size - 1);
    const ParsedMacroString parsed = parseMacroString(text, place);
    for (const MacroFault &fault : parsed.faults)
        FUZZ_VERIFY(fault.span.begin < fault.span.end && fault.span.end <= text.size());
    const std::string written = toText(parsed.string);
    const ParsedMacroString again = parseMacroString(written, place);
    FUZZ_VERIFY(again.string == parsed.string);
    FUZZ_VERIFY(again.faults.size() == parsed.faults.size());
    FUZZ_VERIFY(toText(again.string) == written);

    const auto expanded = expand(parsed.string, valuesFrom(text, (data[0] & 0x80) != 0));
    FUZZ_VERIFY(expanded); // all values are known
    FUZZ_VERIFY(expanded->size() <= bound(parsed.string, text.size() + 128));
    FUZZ_VERIFY(expand(parsed.string, {}).has_value() == !parsed.string.hasMacros());
    const std::string target = trimmedTarget(*expanded);
    FUZZ_VERIFY(target.size() <= 253 || target.find('.') == std::string::npos);
    FUZZ_VERIFY(expanded->find(target) != std::string::npos);
    return 0;
}
