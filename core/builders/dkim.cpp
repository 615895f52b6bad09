// SPDX-License-Identifier: Apache-2.0
#include "builders/builders.h"
#include "builders/parts.h"

#include "base/base64.h"
#include "base/text.h"
#include "dkim/key.h"
#include "dkim/record.h"

#include <openssl/bio.h>
#include <openssl/decoder.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <climits>
#include <memory>

namespace mailoscope::builders
{

namespace
{

constexpr std::size_t MaxKeyOctets = std::size_t{64} * 1024;
constexpr int LeastBits = 1024; ///< RFC 8301 section 3.2
constexpr int SoundBits = 2048;
constexpr int LargestBits = 4096; ///< what verifiers must take

struct Free {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(BIO *bio) const { BIO_free(bio); }
    void operator()(OSSL_DECODER_CTX *context) const { OSSL_DECODER_CTX_free(context); }
    void operator()(X509 *certificate) const { X509_free(certificate); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free>;

/// SubjectPublicKeyInfo or PKCS#1, in PEM or DER.
KeyPointer readPublicKey(const std::string &octets)
{
    EVP_PKEY *key = nullptr;
    const std::unique_ptr<OSSL_DECODER_CTX, Free> context(OSSL_DECODER_CTX_new_for_pkey(
        &key, nullptr, nullptr, nullptr, EVP_PKEY_PUBLIC_KEY, nullptr, nullptr));
    const auto *data = reinterpret_cast<const unsigned char *>(octets.data());
    std::size_t length = octets.size();
    if (!context || OSSL_DECODER_from_data(context.get(), &data, &length) != 1) {
        EVP_PKEY_free(key);
        return nullptr;
    }
    return KeyPointer(key);
}

KeyPointer readCertificateKey(const std::string &octets)
{
    const std::unique_ptr<BIO, Free> bio(BIO_new_mem_buf(octets.data(), static_cast<int>(octets.size())));
    const std::unique_ptr<X509, Free> certificate(
        bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
    return KeyPointer(certificate ? X509_get_pubkey(certificate.get()) : nullptr);
}

bool isPrivateKey(const std::string &octets)
{
    return octets.find("PRIVATE KEY-----") != std::string::npos;
}

std::string subjectPublicKeyInfo(EVP_PKEY *key)
{
    const int length = i2d_PUBKEY(key, nullptr);
    if (length <= 0)
        return {};
    std::string der(static_cast<std::size_t>(length), '\0');
    auto *out = reinterpret_cast<unsigned char *>(der.data());
    i2d_PUBKEY(key, &out);
    return der;
}

// RFC 8463 section 4: the 32 octets alone.
std::string rawPublicKey(EVP_PKEY *key)
{
    std::size_t length = 0;
    if (EVP_PKEY_get_raw_public_key(key, nullptr, &length) != 1)
        return {};
    std::string octets(length, '\0');
    EVP_PKEY_get_raw_public_key(key, reinterpret_cast<unsigned char *>(octets.data()), &length);
    return octets;
}

struct PublishedKey {
    dkim::KeyType type;
    std::string value; ///< of p=
};

Result<PublishedKey, BuildError> publishedKey(const std::string &octets)
{
    if (octets.empty() || octets.size() > MaxKeyOctets)
        return wrong("key", "The key file is empty or far too large for a public key.");
    if (isPrivateKey(octets))
        return wrong("key", "This is a private key, which must stay secret: make the public one of it with "
                            "openssl pkey -in FILE -pubout.");
    KeyPointer key = readPublicKey(octets);
    if (!key)
        key = readCertificateKey(octets);
    if (!key)
        return wrong("key", "The file holds no public key that can be read: PEM or DER, SubjectPublicKeyInfo "
                            "or PKCS#1.");
    if (EVP_PKEY_is_a(key.get(), "ED25519") == 1)
        return PublishedKey{dkim::KeyType::Ed25519, toBase64(rawPublicKey(key.get()))};
    if (EVP_PKEY_is_a(key.get(), "RSA") == 1)
        return PublishedKey{dkim::KeyType::Rsa, toBase64(subjectPublicKeyInfo(key.get()))};
    return wrong("key", "DKIM knows RSA and Ed25519 keys; this one is of another kind.");
}

std::optional<BuildError> judge(const PublishedKey &published, Built &built)
{
    const dkim::Key key = dkim::readKey(published.type, published.value);
    if (key.fault || !key.isUsable())
        return wrong("key", "The key cannot be published as receivers want it.");
    if (!key.rsa) {
        built.warnings.emplace_back(
            "Many large receivers do not know Ed25519 yet: sign with an RSA key as well, "
            "under another selector.");
        return std::nullopt;
    }
    const std::string bits = std::to_string(key.bits());
    if (key.bits() < LeastBits)
        return wrong("key", "The key has " + bits + " bits, and receivers take none under 1024; use 2048.");
    if (key.rsa->hasWeakModulus())
        return wrong("key", "The key can be broken: its modulus has a small factor. Make a new one.");
    if (key.bits() < SoundBits)
        built.warnings.push_back("The key has " + bits + " bits; 2048 are what is expected today.");
    if (key.bits() > LargestBits)
        built.warnings.push_back("The key has " + bits + " bits; receivers need not take more than 4096.");
    return std::nullopt;
}

} // namespace

BuildResult buildDkim(const DkimOptions &options)
{
    Built built;
    if (options.selector.empty() || !DomainName::parse(options.selector))
        return wrong("selector", options.selector.empty()
                                     ? "Name the selector under which the mail is signed: --selector NAME."
                                     : inQuotes(options.selector) + " is no selector.");
    if (options.isRevoked && !options.key.empty())
        return wrong("revoke", "--revoke publishes an empty key: leave out --key.");
    dkim::Record record;
    record.version = "DKIM1";
    std::vector<std::string> flags;
    if (options.isTesting)
        flags.emplace_back("y");
    if (options.refusesSubdomains)
        flags.emplace_back("s");
    if (!flags.empty())
        record.flags = flags;
    if (options.onlyMail)
        record.services = {"email"};
    if (options.isRevoked) {
        record.publicKey = "";
        built.explanations.push_back({"p=", "The key is revoked: signatures under this selector fail."});
        built.unchecked.emplace_back("whether anyone still signs under this selector");
    } else {
        const auto published = publishedKey(options.key);
        if (!published)
            return published.error();
        if (const auto error = judge(*published, built))
            return *error;
        record.keyType = std::string(toString(published->type));
        record.publicKey = published->value;
        built.explanations.push_back(
            {"k=" + *record.keyType, published->type == dkim::KeyType::Rsa
                                         ? "An RSA key, as a SubjectPublicKeyInfo: every receiver takes it."
                                         : "An Ed25519 key: its 32 octets alone."});
        built.unchecked.emplace_back("whether mail is signed under this selector with the private key that "
                                     "belongs to it");
    }
    if (options.isTesting)
        built.explanations.push_back({"t=y",
                                      "A test: receivers should treat mail whose signature fails as if it "
                                      "had none."});
    if (options.refusesSubdomains)
        built.explanations.push_back(
            {"t=s", "The signature's i= must name the domain itself and none below it."});
    if (options.onlyMail)
        built.explanations.push_back({"s=email", "The key is for mail only."});
    const std::string text = dkim::toText(record);
    const dkim::ParsedRecord parsed = dkim::parse(text);
    if (!parsed.isFlawless() || *parsed.record != record)
        return wrong("", "These choices make no sound DKIM record together.");
    if (const auto error = addTxt(built, options.domain, options.selector + "._domainkey", text, options.ttl))
        return *error;
    built.unchecked.emplace_back("whether another record stands under this selector");
    return built;
}

} // namespace mailoscope::builders
