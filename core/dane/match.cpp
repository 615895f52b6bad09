// SPDX-License-Identifier: Apache-2.0
#include "dane/match.h"

#include "x509/certificate.h"

#include <algorithm>
#include <span>

namespace mailoscope::dane
{

namespace
{

// RFC 6698 section 2.1, names of RFC 7218
constexpr std::uint8_t DaneTa = 2;
constexpr std::uint8_t DaneEe = 3;
constexpr std::uint8_t Cert = 0;
constexpr std::uint8_t Spki = 1;
constexpr std::uint8_t Full = 0;
constexpr std::uint8_t Sha256 = 1;
constexpr std::uint8_t Sha512 = 2;

constexpr std::string_view OrganizationName = "2.5.4.10";

/// RFC 6698 section 2.1.2 and 2.1.3.
bool matches(const dns::TlsaData &tlsa, const x509::Certificate &certificate)
{
    const std::string &selected = tlsa.selector == Cert ? certificate.der : certificate.publicKeyInfo;
    if (tlsa.matchingType == Sha256)
        return tlsa.association == x509::sha256(selected);
    if (tlsa.matchingType == Sha512)
        return tlsa.association == x509::sha512(selected);
    return !selected.empty() && tlsa.association == selected;
}

/// RFC 7671 section 5.2: a certificate above the leaf that the record names, and the path to it.
void matchTrustAnchor(Parameters &parameters, const std::vector<x509::Certificate> &chain, Timestamp at,
                      const std::vector<DomainName> &names)
{
    parameters.matched = false;
    const auto anchor =
        std::find_if(chain.begin() + 1, chain.end(), [&](const x509::Certificate &certificate) {
            return matches(parameters.data, certificate);
        });
    if (anchor == chain.end())
        return;
    parameters.matched = true;
    parameters.matchedIsRoot = anchor->isSelfSigned;
    const auto organizations = anchor->subjectValues(OrganizationName);
    parameters.matchedIssuer = organizations.empty() ? std::string() : organizations.front();
    parameters.chainHolds = x509::verifyChain(chain.front(), std::span(chain).subspan(1),
                                              std::span(&*anchor, 1), at) == x509::ChainVerdict::Trusted;
    parameters.nameFits = std::any_of(names.begin(), names.end(), [&](const DomainName &name) {
        return x509::fitsHost(chain.front(), name);
    });
}

} // namespace

std::set<Fault> faultsOf(const dns::TlsaData &data)
{
    std::set<Fault> faults;
    if (data.usage > DaneEe)
        faults.insert(Fault::Usage);
    else if (data.usage < DaneTa)
        faults.insert(Fault::PkixUsage);
    if (data.selector > Spki)
        faults.insert(Fault::Selector);
    if (data.matchingType > Sha512)
        faults.insert(Fault::MatchingType);
    const std::size_t octets = data.association.size();
    if ((data.matchingType == Sha256 && octets != 32) || (data.matchingType == Sha512 && octets != 64) ||
        octets == 0)
        faults.insert(Fault::DigestLength);
    else if (data.matchingType == Full && data.selector == Cert && !x509::fromDer(data.association))
        faults.insert(Fault::Certificate);
    return faults;
}

void markOutdone(std::vector<Parameters> &parameters)
{
    for (Parameters &weaker : parameters) {
        if (!weaker.isUsable() || weaker.data.matchingType != Sha256)
            continue;
        weaker.outdone = std::any_of(parameters.begin(), parameters.end(), [&](const Parameters &other) {
            return other.isUsable() && other.data.usage == weaker.data.usage &&
                   other.data.selector == weaker.data.selector && other.data.matchingType == Sha512;
        });
    }
}

void matchChain(std::vector<Parameters> &parameters, const tls::Session &session,
                const std::vector<DomainName> &names)
{
    std::vector<x509::Certificate> chain;
    for (const std::string &der : session.chain) {
        auto certificate =
            chain.size() < x509::MaxChainLength ? x509::fromDer(der) : x509::CertificateError::TooLong;
        if (!certificate)
            break; // what is behind it cannot be told apart from it
        chain.push_back(*std::move(certificate));
    }
    if (chain.empty())
        return;
    for (Parameters &one : parameters) {
        // Records with faults match nothing that can be told.
        if (one.data.selector > Spki || one.data.matchingType > Sha512 || one.data.usage > DaneEe)
            continue;
        // RFC 7672 section 3.1.1: usage 3 wants the leaf and nothing else, neither names nor dates. PKIX-EE
        // (1) names the leaf likewise, PKIX-TA (0) an issuer; the rest of their rules is for nobody
        // (section 3.1.3).
        if (one.data.usage == DaneTa) {
            matchTrustAnchor(one, chain, session.at, names);
        } else if (one.data.usage == 0) {
            one.matched =
                std::any_of(chain.begin() + 1, chain.end(), [&](const x509::Certificate &certificate) {
                    return matches(one.data, certificate);
                });
        } else {
            one.matched = matches(one.data, chain.front());
        }
    }
}

} // namespace mailoscope::dane
