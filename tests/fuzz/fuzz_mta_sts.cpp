// SPDX-License-Identifier: Apache-2.0
// Any octets as an MTA-STS policy, an MTA-STS record and a TLS reporting record: what is read survives its
// text, and all places lie inside it.
#include "mta_sts/policy.h"
#include "mta_sts/record.h"
#include "tls_rpt/record.h"
#include "verify.h"

#include <string>

using namespace mailoscope;

namespace
{

template <typename Parsed>
void verifyPlaces(const Parsed &parsed, std::string_view text)
{
    for (const Span &span : parsed.spans)
        FUZZ_VERIFY(span.begin < span.end && span.end <= text.size());
    for (const auto &issue : parsed.issues)
        FUZZ_VERIFY(issue.span.begin <= issue.span.end && issue.span.end <= text.size());
}

void verifyPolicy(std::string_view text)
{
    const mta_sts::ParsedPolicy parsed = mta_sts::parsePolicy(text);
    verifyPlaces(parsed, text);
    if (!parsed.record)
        return;
    FUZZ_VERIFY(parsed.spans.size() == parsed.record->mx.size());
    const mta_sts::ParsedPolicy again = mta_sts::parsePolicy(mta_sts::toText(*parsed.record));
    if (mta_sts::isUsable(parsed))
        FUZZ_VERIFY(again.record == parsed.record && again.isFlawless());
}

template <typename Parse, typename Usable, typename Write>
void verifyRecord(std::string_view text, Parse parse, Usable isUsable, Write write)
{
    const auto parsed = parse(text);
    verifyPlaces(parsed, text);
    if (parsed.record && isUsable(parsed)) {
        const auto again = parse(write(*parsed.record));
        FUZZ_VERIFY(again.record == parsed.record && again.isFlawless());
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    verifyPolicy(octets);
    const auto verifySts = [](std::string_view text) {
        verifyRecord(
            text, mta_sts::parseRecord,
            [](const mta_sts::ParsedRecord &parsed) { return mta_sts::isUsable(parsed); },
            [](const mta_sts::Record &record) { return mta_sts::toText(record); });
    };
    const auto verifyTlsRpt = [](std::string_view text) {
        verifyRecord(text, tls_rpt::parseRecord, tls_rpt::isUsable, tls_rpt::toText);
    };
    FUZZ_VERIFY(mta_sts::parseRecord(octets).record.has_value() == mta_sts::isRecord(octets));
    verifySts(octets);
    verifyTlsRpt(octets);
    // Nearly all inputs are no records: read them as the fields of one too.
    verifySts("v=STSv1;" + std::string(octets));
    verifyTlsRpt("v=TLSRPTv1;" + std::string(octets));
    return 0;
}
