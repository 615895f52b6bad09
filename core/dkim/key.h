// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "dkim/record.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The public key in the p= tag, parsed to the bit (RFC 6376 section 3.3.1, RFC 8017 appendix A.1.1, RFC 8463
/// section 4).
namespace mailoscope::dkim
{

/// Longer moduli are measured, but their arithmetic is left alone: no receiver takes them.
constexpr int MaxJudgedBits = 16384;
/// Primes below this are tried as factors.
constexpr unsigned SmallFactorBound = 10000;
/// Keys that are compared with one another for a shared prime.
constexpr std::size_t MaxComparedKeys = 64;

struct RsaKey {
    enum class Form {
        SubjectPublicKeyInfo, ///< what nearly everyone publishes
        RsaPublicKey,         ///< PKCS#1, what RFC 6376 names
    };
    Form form = Form::SubjectPublicKeyInfo;
    std::string modulus;  ///< big-endian, without leading zeros
    std::string exponent; ///< big-endian, without leading zeros

    bool isEven = false;
    bool isSquare = false;
    unsigned smallFactor =
        0; ///< a prime below SmallFactorBound that divides the modulus; 0 where there is none
    friend bool operator==(const RsaKey &, const RsaKey &) = default;

    /// Of the modulus, which is what RFC 8301 section 3.2 means.
    int bits() const;
    /// The public exponent where it fits into 64 bits.
    std::optional<std::uint64_t> smallExponent() const;
    bool hasWeakModulus() const { return isEven || isSquare || smallFactor != 0; }
};

enum class KeyFault {
    BadCharacter,   ///< something that is neither base64 nor white space
    BadPadding,     ///< the length is no multiple of four, or "=" stands inside
    LeftoverBits,   ///< bits behind the last octet that are not zero
    Truncated,      ///< the DER says that there is more
    NotDer,         ///< no SEQUENCE, or its parts do not fit
    OtherKeyType,   ///< a SubjectPublicKeyInfo of another algorithm than k= says
    TrailingOctets, ///< something stands behind the key
    PrivateKey,     ///< a private key, or the text of a PEM file with one
    PemText,        ///< the lines of a PEM file stand inside
    Ed25519Length,  ///< not the 32 octets of RFC 8463 section 4
    Ed25519Wrapped, ///< 32 octets inside a SubjectPublicKeyInfo
};

/// What p= holds. `rsa` or `ed25519` is there wherever the key could be read, faults or not.
struct Key {
    KeyType type = KeyType::Unknown;
    std::optional<KeyFault> fault;
    Span span;              ///< of the fault, in the value; empty at 0: the whole
    bool hasBlanks = false; ///< white space inside the base64, which RFC 6376 allows
    std::size_t octets = 0; ///< of what was decoded
    std::optional<RsaKey> rsa;
    std::optional<std::string> ed25519; ///< 32 octets
    friend bool operator==(const Key &, const Key &) = default;

    /// A receiver that follows the standards can verify with it, weak or not.
    /// LENIENT: bits left over behind the last octet are ignored by most decoders (RFC 4648 section 3.5).
    bool isUsable() const { return (!fault || fault == KeyFault::LeftoverBits) && (rsa || ed25519); }
    int bits() const { return rsa ? rsa->bits() : ed25519 ? 256 : 0; }
};

/// `value` as it stands in p=, not empty.
Key readKey(KeyType type, std::string_view value);

/// Which of these moduli have a prime in common with another, different one: one value each, in order. At
/// most MaxComparedKeys are compared, and none over MaxJudgedBits.
std::vector<bool> sharePrimes(std::span<const std::string> moduli);

} // namespace mailoscope::dkim
