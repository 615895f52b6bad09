// SPDX-License-Identifier: Apache-2.0
#include "dnssec/key.h"

#include "base/cursor.h"

#include <openssl/evp.h>

#include <array>
#include <utility>

namespace mailoscope::dnssec
{

namespace
{

// RFC 4034 section 2.1.1, RFC 5011 section 2.1
constexpr std::uint16_t ZoneKey = 0x0100;
constexpr std::uint16_t Revoke = 0x0080;
constexpr std::uint16_t SecureEntryPoint = 0x0001;

constexpr std::uint8_t RsaMd5 = 1;

std::string dataOf(const dns::DnskeyData &key)
{
    std::string octets;
    octets.push_back(static_cast<char>(key.flags >> 8));
    octets.push_back(static_cast<char>(key.flags & 0xff));
    octets.push_back(static_cast<char>(key.protocol));
    octets.push_back(static_cast<char>(key.algorithm));
    return octets + key.publicKey;
}

/// RFC 4034 section 6.2: names are kept in lower case already.
std::string canonicalForm(const DomainName &name)
{
    std::string octets;
    for (const std::string &label : name.labels()) {
        octets.push_back(static_cast<char>(label.size()));
        octets += label;
    }
    octets.push_back('\0');
    return octets;
}

bool isRsa(std::uint8_t algorithm)
{
    return algorithm == 1 || algorithm == 5 || algorithm == 7 || algorithm == 8 || algorithm == 10;
}

} // namespace

std::uint16_t keyTagOf(const dns::DnskeyData &key)
{
    if (key.algorithm == RsaMd5) { // appendix B.1: the lower part of the modulus
        const std::size_t size = key.publicKey.size();
        return size < 3 ? std::uint16_t(0) : *Cursor(key.publicKey, size - 3).u16();
    }
    std::uint32_t sum = 0;
    const std::string octets = dataOf(key);
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const std::uint32_t octet = static_cast<unsigned char>(octets[i]);
        sum += i % 2 == 0 ? octet << 8 : octet;
    }
    sum += (sum >> 16) & 0xffff;
    return static_cast<std::uint16_t>(sum & 0xffff);
}

bool isZoneKey(const dns::DnskeyData &key)
{
    return (key.flags & ZoneKey) != 0;
}

bool isEntryPoint(const dns::DnskeyData &key)
{
    return (key.flags & SecureEntryPoint) != 0;
}

bool isRevoked(const dns::DnskeyData &key)
{
    return (key.flags & Revoke) != 0;
}

std::optional<std::string> digestOf(const DomainName &owner, const dns::DnskeyData &key,
                                    std::uint8_t digestType)
{
    const EVP_MD *method = digestType == 1   ? EVP_sha1()
                           : digestType == 2 ? EVP_sha256()
                           : digestType == 4 ? EVP_sha384()
                                             : nullptr;
    if (!method)
        return std::nullopt;
    const std::string octets = canonicalForm(owner) + dataOf(key);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    if (EVP_Digest(octets.data(), octets.size(), digest.data(), &length, method, nullptr) != 1)
        return std::nullopt;
    return std::string(reinterpret_cast<const char *>(digest.data()), length);
}

std::optional<int> rsaBits(const dns::DnskeyData &key)
{
    if (!isRsa(key.algorithm))
        return std::nullopt;
    Cursor cursor(key.publicKey);
    std::size_t exponentOctets = cursor.u8().value_or(0);
    if (exponentOctets == 0)
        exponentOctets = cursor.u16().value_or(0);
    if (exponentOctets == 0 || !cursor.take(exponentOctets))
        return std::nullopt;
    cursor.takeWhile([](char c) { return c == '\0'; });
    if (cursor.atEnd())
        return std::nullopt;
    int bits = static_cast<int>(cursor.remaining() * 8);
    for (int octet = static_cast<unsigned char>(cursor.peek()); (octet & 0x80) == 0; octet <<= 1)
        --bits;
    return bits;
}

std::string algorithmName(std::uint8_t algorithm)
{
    static constexpr std::array<std::pair<std::uint8_t, std::string_view>, 12> Names = {
        {{1, "RSAMD5"},
         {3, "DSA"},
         {5, "RSASHA1"},
         {6, "DSA-NSEC3-SHA1"},
         {7, "RSASHA1-NSEC3-SHA1"},
         {8, "RSASHA256"},
         {10, "RSASHA512"},
         {12, "ECC-GOST"},
         {13, "ECDSAP256SHA256"},
         {14, "ECDSAP384SHA384"},
         {15, "ED25519"},
         {16, "ED448"}}};
    for (const auto &[number, name] : Names) {
        if (number == algorithm)
            return std::string(name);
    }
    return "algorithm " + std::to_string(algorithm);
}

bool isWeakAlgorithm(std::uint8_t algorithm)
{
    return algorithm == 1 || algorithm == 3 || algorithm == 5 || algorithm == 6 || algorithm == 7 ||
           algorithm == 12;
}

} // namespace mailoscope::dnssec
