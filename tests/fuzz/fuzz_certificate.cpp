// SPDX-License-Identifier: Apache-2.0
// Any octets as a certificate in DER, as PEM, and as a file of mark certificates.
#include "base/base64.h"
#include "bimi/mark_certificate.h"
#include "verify.h"

using namespace mailoscope;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view octets = asOctets(data, size);
    const auto certificate = x509::fromDer(octets);
    std::string pem(octets);
    if (certificate) {
        FUZZ_VERIFY(certificate->der == octets);
        certificate->subjectText();
        pem = "-----BEGIN CERTIFICATE-----\n" + toBase64(octets) + "\n-----END CERTIFICATE-----\n";
        const auto again = x509::fromPem(pem);
        FUZZ_VERIFY(again && again->size() == 1 && again->front() == *certificate);
        FUZZ_VERIFY(x509::verifyChain(*certificate, {}, {}, certificate->notBefore) !=
                    x509::ChainVerdict::Trusted);
    }
    bimi::MarkContext context;
    context.domain = *DomainName::parse("example.com");
    const auto mark = bimi::checkMarkCertificate(pem, context, {});
    FUZZ_VERIFY(mark.chain.size() <= x509::MaxChainLength);
    FUZZ_VERIFY(mark.faults.contains(bimi::MarkFault::NotPem) || mark.leaf());
    FUZZ_VERIFY(mark.faults.contains(bimi::MarkFault::NotPem) ||
                mark.faults.contains(bimi::MarkFault::Chain));
    return 0;
}
