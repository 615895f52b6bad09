// SPDX-License-Identifier: Apache-2.0
// Any octets as a key record, and as the octets of a key: what is read survives its text, and all places lie
// inside it.
#include "base/base64.h"
#include "dkim/evaluate.h"
#include "dkim/findings.h"
#include "dkim/selectors.h"
#include "verify.h"

#include <algorithm>
#include <string>

using namespace mailoscope;
using namespace mailoscope::dkim;

namespace
{

void verifyKey(KeyType type, std::string_view value)
{
    const Key key = readKey(type, value);
    FUZZ_VERIFY(key == readKey(type, value));
    FUZZ_VERIFY(key.span.begin <= key.span.end && key.span.end <= value.size());
    FUZZ_VERIFY(!(key.rsa && key.ed25519));
    if (key.rsa) {
        FUZZ_VERIFY(!key.rsa->modulus.empty() && key.rsa->modulus.front() != '\0');
        FUZZ_VERIFY(!key.rsa->exponent.empty() && key.rsa->exponent.front() != '\0');
        FUZZ_VERIFY(key.bits() > 0 && static_cast<std::size_t>(key.bits()) <= key.octets * 8);
    }
}

void verifyRecord(std::string_view octets)
{
    const ParsedRecord parsed = parse(octets);
    for (const Span &span : parsed.spans)
        FUZZ_VERIFY(span.begin <= span.end && span.end <= octets.size());
    for (const Issue &issue : parsed.issues)
        FUZZ_VERIFY(issue.span.begin <= issue.span.end && issue.span.end <= octets.size());
    if (!parsed.record)
        return;
    const std::string written = toText(*parsed.record);
    const ParsedRecord again = parse(written);
    FUZZ_VERIFY(again.record == parsed.record);
    FUZZ_VERIFY(toText(*again.record) == written);
    if (parsed.record->publicKey)
        verifyKey(parsed.record->type(), *parsed.record->publicKey);
}

void verifyFindings(std::string_view octets)
{
    Evaluation evaluation;
    evaluation.domain = *DomainName::parse("example.com");
    evaluation.pending = false;
    SelectorResult result;
    result.selector = {"s", {Source::User}, {}};
    result.name = *DomainName::parse("s._domainkey.example.com");
    result.outcome = dns::Outcome::Answered;
    result.keys.push_back(readPublishedKey(dns::TxtData{{std::string(octets)}}));
    result.status = result.key() ? SelectorResult::Status::Invalid : SelectorResult::Status::NotAKey;
    evaluation.found.push_back(std::move(result));
    evaluation.status = Evaluation::Status::Invalid;
    for (const Finding &finding : findings(evaluation)) {
        FUZZ_VERIFY(!finding.evidence.empty());
        for (const Evidence &evidence : finding.evidence)
            FUZZ_VERIFY(evidence.span.begin <= evidence.span.end &&
                        evidence.span.end <= evidence.record.size());
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    verifyRecord(octets);
    verifyFindings(octets);
    const std::string_view bounded = octets.substr(0, MaxRecordOctets);
    verifyKey(KeyType::Rsa, bounded);
    verifyKey(KeyType::Ed25519, bounded);
    const std::string base64 = toBase64(octets.substr(0, MaxRecordOctets / 2));
    verifyKey(KeyType::Rsa, base64);
    for (const SignatureName &name : signatureNames(octets))
        FUZZ_VERIFY(!name.selector.empty() && !name.domain.isRoot());
    return 0;
}
