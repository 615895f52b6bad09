// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/result.h"
#include "base/timestamp.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Certificates as values (RFC 5280). OpenSSL reads them; nothing here knows what they are for.
namespace mailoscope::x509
{

enum class CertificateError {
    NotDer,  ///< no certificate in DER
    NotPem,  ///< no certificate between PEM lines
    TooLong, ///< over MaxCertificateOctets, or more than MaxChainLength of them
};

constexpr std::size_t MaxCertificateOctets = 1U << 20U;
constexpr std::size_t MaxChainLength = 16;

struct Extension {
    std::string oid; ///< in dots: "1.3.6.1.5.5.7.1.12"
    bool critical = false;
    std::string value; ///< DER, the octets inside the OCTET STRING
    friend bool operator==(const Extension &, const Extension &) = default;
};

struct Attribute {
    std::string oid;
    std::string value; ///< UTF-8
    friend bool operator==(const Attribute &, const Attribute &) = default;
};

struct Certificate {
    std::string der;
    std::vector<Attribute> subject;
    std::vector<Attribute> issuer;
    std::string serial; ///< hexadecimal, lower case
    Timestamp notBefore{};
    Timestamp notAfter{};
    std::vector<std::string> dnsNames;          ///< subject alternative names of type dNSName, as written
    std::vector<std::string> extendedKeyUsages; ///< OIDs in dots
    bool isCa = false;
    bool isSelfSigned = false; ///< subject and issuer are the same and its own key signed it
    std::string keyType;       ///< "RSA", "RSA-PSS", "EC", "ED25519"...; empty where the key cannot be read
    int keyBits = 0;
    std::string signatureAlgorithm; ///< such as "sha256WithRSAEncryption"; an OID where it has no name
    std::string publicKeyInfo;      ///< DER of the SubjectPublicKeyInfo
    std::vector<Extension> extensions;
    friend bool operator==(const Certificate &, const Certificate &) = default;

    const Extension *extension(std::string_view oid) const;
    /// The values of the subject's attributes with this OID.
    std::vector<std::string> subjectValues(std::string_view oid) const;
    /// `CN=mx.example.com, O=Example` in the order of the certificate, special characters after a backslash
    /// (RFC 4514 section 2.4), as octets (escape them where they are shown).
    std::string subjectText() const;
    std::string issuerText() const;
};

Result<Certificate, CertificateError> fromDer(std::string_view der);
/// All certificates of a PEM text (RFC 7468), in order; text around them is passed over. One that cannot be
/// read is an error, and so is a text without any.
Result<std::vector<Certificate>, CertificateError> fromPem(std::string_view pem);

/// RFC 9525 section 6.3: a dNSName fits a host name; a wildcard is the whole leftmost label and stands for
/// exactly one label.
bool nameFits(std::string_view dnsName, const DomainName &host);
/// True if any subject alternative name fits.
bool fitsHost(const Certificate &certificate, const DomainName &host);

enum class ChainVerdict {
    Trusted,
    NoIssuer,     ///< no chain to any of the roots
    BadSignature, ///< a signature in it does not verify
    Expired,      ///< one of the certificates is not valid at that time: no more, or not yet
    NotCa,        ///< an issuer may not issue
    Other,        ///< such as a critical extension that nobody here knows, or a name constraint
};

/// RFC 5280 section 6: builds a path from the leaf over the certificates given to one of the roots, at that
/// time. Any certificate may be a root, not only one that signed itself (section 6.1.1 (d)). Purposes
/// (extended key usage), names and revocation are left to the caller.
ChainVerdict verifyChain(const Certificate &leaf, std::span<const Certificate> others,
                         std::span<const Certificate> roots, Timestamp at,
                         std::span<const std::string_view> known = {});

/// Digests of octets as octets: for TLSA records (RFC 6698 section 2.1.3) and logotypes (RFC 9399
/// section 4.1).
std::string sha1(std::string_view octets);
std::string sha256(std::string_view octets);
std::string sha512(std::string_view octets);

} // namespace mailoscope::x509
