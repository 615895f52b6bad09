// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "x509/certificate.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Verified and Common Mark Certificates (draft-fetch-validation-vmc-wchuang-11, called "FV" here, and the
/// group's Mark Certificate Requirements, "MCR").
namespace mailoscope::bimi
{

enum class MarkType {
    Absent,
    Unknown, ///< a text that the requirements do not have
    RegisteredMark,
    GovernmentMark,
    PriorUseMark,
    ModifiedRegisteredMark,
};
/// "registered", "government", "prior-use", "modified-registered", "unknown", or nothing.
std::string_view toString(MarkType type);
/// A Common Mark Certificate: providers show the logo without the sign of a verified mark.
bool isCommonMark(MarkType type);

/// The image inside a certificate (RFC 9399).
struct Logotype {
    enum class Status {
        Missing,    ///< no such extension
        Unreadable, ///< no subject logo with the image itself in it, or not to be unpacked
        BadHash,    ///< none of its hashes is that of its image
        Ok,
    };
    Status status = Status::Missing;
    std::string mediaType;
    std::string image; ///< unpacked
    friend bool operator==(const Logotype &, const Logotype &) = default;
};
Logotype logotypeOf(const x509::Certificate &certificate);

/// What is wrong with a file of certificates.
enum class MarkFault {
    NotPem,         ///< no certificates in PEM, or one that cannot be read; nothing else is known then
    Chain,          ///< no chain to a known mark root
    DistrustedRoot, ///< one whose root mailbox providers trust no more
    LeafNotFirst,   ///< the first is an issuer
    SeveralLeaves,
    OutOfOrder, ///< some certificate is not the issuer of the one before, or stands there twice
    KeyUsage,   ///< the leaf lacks the extended key usage for marks
    IssuerKeyUsage,
    Name, ///< no subject alternative name covers the record
    NotYetValid,
    Expired,
    ExpiresSoon,  ///< within ExpiryWarning
    LongLifetime, ///< over MaxMarkLifetime
    NoLogotype,   ///< see Logotype::Status
    BadLogotype,
    LogotypeDiffers, ///< from the image at `l=`
    NoMarkType,
    UnknownMarkType,
    NoSourceUrl, ///< a Prior Use Mark without the place where it was used
    PilotExtension,
    NameConstraints,
    NoTimestamps, ///< no signed certificate timestamp
    NoCrl,        ///< no place to ask for revocation
};

constexpr std::chrono::days ExpiryWarning{30};
constexpr std::chrono::days MaxMarkLifetime{398};

struct MarkCertificate {
    std::vector<x509::Certificate> chain; ///< in the order of the file
    std::size_t leafIndex = 0;
    std::set<MarkFault> faults;
    x509::ChainVerdict verdict = x509::ChainVerdict::Other;
    std::string root; ///< subject of the mark root that it leads to; empty where there is none
    MarkType markType = MarkType::Absent;
    std::string markTypeText;   ///< as in the certificate
    std::size_t timestamps = 0; ///< embedded signed certificate timestamps
    Logotype logotype;
    std::optional<bool> sameAsIndicator; ///< nothing where one of the two images is not known

    const x509::Certificate *leaf() const { return leafIndex < chain.size() ? &chain[leafIndex] : nullptr; }
};

/// Where the assertion record was found.
struct MarkContext {
    DomainName domain;
    std::string selector = "default";
    std::optional<Timestamp> at; ///< the clock: when the file was fetched; nothing: dates are not judged
    std::optional<std::string> indicator; ///< the image at `l=`, unpacked
    friend bool operator==(const MarkContext &, const MarkContext &) = default;
};

MarkCertificate checkMarkCertificate(std::string_view pem, const MarkContext &context,
                                     const std::vector<x509::Certificate> &roots);
/// The mark roots that we know.
std::vector<x509::Certificate> knownMarkRoots();

} // namespace mailoscope::bimi
