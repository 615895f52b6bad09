// SPDX-License-Identifier: Apache-2.0
#include "dkim/key.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/cursor.h"

#include <array>
#include <bit>
#include <variant>

namespace mailoscope::dkim
{

namespace
{

constexpr std::string_view WhiteSpace = " \t\r\n";
/// 1.2.840.113549.1.1.1, rsaEncryption (RFC 8017 appendix A.1).
constexpr std::string_view RsaEncryption = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
/// 1.3.101.112, Ed25519 (RFC 8410 section 3).
constexpr std::string_view Ed25519 = "\x2b\x65\x70";
constexpr std::size_t Ed25519Octets = 32;

enum Tag : std::uint8_t {
    Integer = 0x02,
    BitString = 0x03,
    OctetString = 0x04,
    ObjectId = 0x06,
    Sequence = 0x30
};

struct Element {
    std::uint8_t tag = 0;
    std::string_view content;
};

using ElementOrFault = std::variant<Element, KeyFault>;

/// One element of DER (X.690 section 8.1). Its length may be cut off by the end: that is told apart.
/// LENIENT: lengths in more octets than needed are read, as OpenSSL does.
ElementOrFault nextElement(Cursor &cursor)
{
    const std::optional<std::uint8_t> tag = cursor.u8();
    const std::optional<std::uint8_t> first = tag ? cursor.u8() : std::nullopt;
    if (!first)
        return KeyFault::Truncated;
    std::size_t length = *first;
    if (*first >= 0x80) {
        const unsigned count = *first & 0x7fU;
        if (count == 0 || count > 4)
            return KeyFault::NotDer; // the indefinite form is not DER; 4 GiB are no key
        length = 0;
        for (unsigned i = 0; i < count; ++i) {
            const std::optional<std::uint8_t> octet = cursor.u8();
            if (!octet)
                return KeyFault::Truncated;
            length = (length << 8U) | *octet;
        }
    }
    const std::optional<std::string_view> content = cursor.take(length);
    if (!content)
        return KeyFault::Truncated;
    return Element{*tag, *content};
}

/// The next element where it has that tag.
std::variant<std::string_view, KeyFault> next(Cursor &cursor, Tag tag)
{
    if (cursor.atEnd() || static_cast<std::uint8_t>(cursor.peek()) != tag)
        return KeyFault::NotDer;
    const ElementOrFault element = nextElement(cursor);
    if (const auto *fault = std::get_if<KeyFault>(&element))
        return *fault;
    return std::get<Element>(element).content;
}

/// A positive INTEGER without its leading zeros; nothing for zero and for negative ones.
std::optional<std::string_view> positive(std::string_view content)
{
    if (content.empty() || (static_cast<std::uint8_t>(content.front()) & 0x80U) != 0)
        return std::nullopt;
    while (!content.empty() && content.front() == '\0')
        content.remove_prefix(1);
    return content.empty() ? std::nullopt : std::optional(content);
}

/// The beginning of PKCS#1 RSAPrivateKey and of PKCS#8: a SEQUENCE that opens with the version 0 or 1 (RFC
/// 8017 appendix A.1.2, RFC 5958 section 2). Enough of it may be left where the text was cut off.
bool looksLikePrivateKey(std::string_view der)
{
    Cursor cursor(der);
    if (!cursor.take(static_cast<char>(Sequence)))
        return false;
    const std::optional<std::uint8_t> first = cursor.u8();
    if (!first || (*first >= 0x80 && !cursor.take(static_cast<std::size_t>(*first & 0x7fU))))
        return false;
    const std::optional<std::string_view> version = cursor.take(std::size_t(3));
    if (!version || (*version)[0] != Integer || (*version)[1] != 1 ||
        static_cast<std::uint8_t>((*version)[2]) > 1)
        return false;
    const char following = cursor.peek();
    return !cursor.atEnd() && (following == static_cast<char>(Sequence) || cursor.remaining() > 16);
}

class DerReader
{
public:
    DerReader(Key &key, std::string_view der) : m_key(key), m_der(der) {}

    void read()
    {
        m_key.fault = readWhole();
        if (m_key.fault == KeyFault::Truncated || m_key.fault == KeyFault::NotDer) {
            if (looksLikePrivateKey(m_der))
                m_key.fault = KeyFault::PrivateKey;
        }
    }

private:
    std::optional<KeyFault> readWhole()
    {
        Cursor cursor(m_der);
        const auto whole = next(cursor, Sequence);
        if (const auto *fault = std::get_if<KeyFault>(&whole))
            return *fault;
        const std::string_view content = std::get<std::string_view>(whole);
        const std::optional<KeyFault> fault = content.starts_with(static_cast<char>(Sequence))
                                                  ? readInfo(content)
                                                  : readRsa(content, RsaKey::Form::RsaPublicKey);
        if (!fault && !cursor.atEnd())
            return KeyFault::TrailingOctets;
        return fault;
    }

    // RFC 5280 section 4.1: SubjectPublicKeyInfo ::= SEQUENCE { SEQUENCE { OID, parameters }, BIT STRING }.
    std::optional<KeyFault> readInfo(std::string_view content)
    {
        Cursor cursor(content);
        const auto algorithm = next(cursor, Sequence);
        const auto key = std::holds_alternative<KeyFault>(algorithm) ? algorithm : next(cursor, BitString);
        if (const auto *fault = std::get_if<KeyFault>(&key))
            return *fault;
        Cursor inAlgorithm(std::get<std::string_view>(algorithm));
        const auto oid = next(inAlgorithm, ObjectId);
        if (const auto *fault = std::get_if<KeyFault>(&oid))
            return *fault;
        std::string_view bits = std::get<std::string_view>(key);
        if (bits.empty() || bits.front() != '\0')
            return KeyFault::NotDer; // a key is made of whole octets
        bits.remove_prefix(1);
        // LENIENT: the parameters of rsaEncryption are NULL (RFC 8017 appendix A.1); others are not looked
        // at.
        if (std::get<std::string_view>(oid) != RsaEncryption)
            return KeyFault::OtherKeyType;
        if (!cursor.atEnd())
            return KeyFault::TrailingOctets;
        Cursor inner(bits);
        const auto rsa = next(inner, Sequence);
        if (const auto *fault = std::get_if<KeyFault>(&rsa))
            return *fault;
        if (!inner.atEnd())
            return KeyFault::TrailingOctets;
        return readRsa(std::get<std::string_view>(rsa), RsaKey::Form::SubjectPublicKeyInfo);
    }

    // RFC 8017 appendix A.1.1: RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }.
    std::optional<KeyFault> readRsa(std::string_view content, RsaKey::Form form)
    {
        Cursor cursor(content);
        const auto modulus = next(cursor, Integer);
        const auto exponent = std::holds_alternative<KeyFault>(modulus) ? modulus : next(cursor, Integer);
        if (const auto *fault = std::get_if<KeyFault>(&exponent))
            return *fault;
        const auto n = positive(std::get<std::string_view>(modulus));
        const auto e = positive(std::get<std::string_view>(exponent));
        if (!n || !e || !cursor.atEnd())
            return KeyFault::NotDer;
        m_key.rsa = RsaKey{form, std::string(*n), std::string(*e)};
        return std::nullopt;
    }

    Key &m_key;
    std::string_view m_der;
};

/// The Ed25519 key inside a SubjectPublicKeyInfo (RFC 8410 section 4), which RFC 8463 section 4 does not
/// want.
std::optional<std::string> unwrappedEd25519(std::string_view der)
{
    Cursor cursor(der);
    const auto whole = next(cursor, Sequence);
    if (std::holds_alternative<KeyFault>(whole))
        return std::nullopt;
    Cursor inner(std::get<std::string_view>(whole));
    const auto algorithm = next(inner, Sequence);
    const auto bits = std::holds_alternative<KeyFault>(algorithm) ? algorithm : next(inner, BitString);
    if (std::holds_alternative<KeyFault>(bits))
        return std::nullopt;
    Cursor inAlgorithm(std::get<std::string_view>(algorithm));
    const auto oid = next(inAlgorithm, ObjectId);
    const std::string_view key = std::get<std::string_view>(bits);
    if (std::holds_alternative<KeyFault>(oid) || std::get<std::string_view>(oid) != Ed25519 ||
        key.size() != Ed25519Octets + 1) {
        return std::nullopt;
    }
    return std::string(key.substr(1));
}

void readEd25519(Key &key, const std::string &octets)
{
    if (octets.size() == Ed25519Octets) {
        key.ed25519 = octets;
        return;
    }
    if (looksLikePrivateKey(octets))
        key.fault = KeyFault::PrivateKey;
    else if (unwrappedEd25519(octets))
        key.fault = KeyFault::Ed25519Wrapped;
    else
        key.fault = KeyFault::Ed25519Length;
}

bool isBase64(char c)
{
    return ascii::isAlnum(c) || c == '+' || c == '/';
}

/// The value without white space, and where each of its octets stood.
struct Packed {
    std::string text;
    std::vector<std::size_t> places;

    Span span(std::size_t begin, std::size_t end) const { return {places[begin], places[end - 1] + 1}; }
};

Packed packed(std::string_view value)
{
    Packed result;
    result.text.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (WhiteSpace.find(value[i]) != std::string_view::npos)
            continue;
        result.text.push_back(value[i]);
        result.places.push_back(i);
    }
    return result;
}

/// The octets, as far as they can be told; the faults go into the key.
std::string decoded(Key &key, const Packed &value)
{
    const std::string &text = value.text;
    if (text.find("PRIVATEKEY") != std::string::npos) {
        key.fault = KeyFault::PrivateKey;
        return {};
    }
    if (text.find("-----") != std::string::npos) {
        key.fault = KeyFault::PemText;
        return {};
    }
    std::size_t end = 0;
    while (end < text.size() && isBase64(text[end]))
        ++end;
    std::size_t padding = 0;
    while (end + padding < text.size() && text[end + padding] == '=')
        ++padding;
    if (end + padding < text.size()) {
        const std::size_t at = end + padding;
        key.fault = isBase64(text[at]) ? KeyFault::BadPadding : KeyFault::BadCharacter;
        key.span = isBase64(text[at]) ? value.span(end, at) : value.span(at, at + 1);
        return {};
    }
    // What is left is read as far as it goes, so that a key that was cut off is known as one.
    std::string whole = text.substr(0, end - (end % 4 == 1 ? 1 : 0));
    const std::size_t wanted = (4 - whole.size() % 4) % 4;
    if (padding != wanted || end % 4 == 1) {
        key.fault = KeyFault::BadPadding;
        key.span = value.span(padding == 0 ? text.size() - 1 : end, text.size());
    }
    std::optional<std::string> octets = fromBase64(whole + std::string(wanted, '='));
    if (octets)
        return *octets;
    // RFC 4648 section 3.5: a decoder may refuse bits that are left over.
    if (!key.fault) {
        key.fault = KeyFault::LeftoverBits;
        key.span = value.span(end - 1, end);
    }
    whole.resize(whole.size() - whole.size() % 4);
    octets = fromBase64(whole);
    return octets ? *octets : std::string();
}

} // namespace

int RsaKey::bits() const
{
    if (modulus.empty())
        return 0;
    const auto front = static_cast<std::uint8_t>(modulus.front());
    return static_cast<int>(modulus.size() * 8) - std::countl_zero(front);
}

std::optional<std::uint64_t> RsaKey::smallExponent() const
{
    if (exponent.size() > sizeof(std::uint64_t))
        return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : exponent)
        value = (value << 8U) | static_cast<std::uint8_t>(c);
    return value;
}

void judgeModulus(RsaKey &key); // modulus.cpp

Key readKey(KeyType type, std::string_view value)
{
    Key key;
    key.type = type;
    const Packed text = packed(value);
    key.hasBlanks = text.text.size() != value.size();
    if (text.text.empty())
        return key;
    const std::string octets = decoded(key, text);
    key.octets = octets.size();
    const std::optional<KeyFault> textFault = key.fault;
    const Span textSpan = key.span;
    if (textFault && octets.empty())
        return key;
    switch (type) {
    case KeyType::Rsa:
        DerReader(key, octets).read();
        break;
    case KeyType::Ed25519:
        readEd25519(key, octets);
        break;
    case KeyType::Unknown:
        break;
    }
    // What the octets tell is nearer to the cause: a key that was cut off, a private key.
    if (textFault && key.fault != KeyFault::Truncated && key.fault != KeyFault::PrivateKey) {
        key.fault = textFault;
        key.span = textSpan;
    } else if (key.fault == KeyFault::Truncated) {
        key.span = {value.size() - 1, value.size()};
    }
    if (key.rsa)
        judgeModulus(*key.rsa);
    return key;
}

} // namespace mailoscope::dkim
