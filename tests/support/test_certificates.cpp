// SPDX-License-Identifier: Apache-2.0
#include "support/test_certificates.h"

#include <QDebug>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>

namespace mailoscope::tests
{

namespace
{

template <auto Free>
struct Freeing {
    template <typename T>
    void operator()(T *pointer) const
    {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;

/// Tests cannot go on where OpenSSL fails.
template <typename T>
T must(T result)
{
    if (!result)
        qFatal("OpenSSL failed");
    return result;
}

template <typename T, typename Encode>
QByteArray derOf(T *value, Encode encode)
{
    unsigned char *octets = nullptr;
    const int length = encode(value, &octets);
    must(length > 0);
    QByteArray der(reinterpret_cast<const char *>(octets), length);
    OPENSSL_free(octets);
    return der;
}

Key fromQt(const QSslKey &key)
{
    const QByteArray der = key.toDer();
    const auto *octets = reinterpret_cast<const unsigned char *>(der.constData());
    return Key(must(d2i_AutoPrivateKey(nullptr, &octets, der.size())));
}

Certificate fromQt(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    const auto *octets = reinterpret_cast<const unsigned char *>(der.constData());
    return Certificate(must(d2i_X509(nullptr, &octets, der.size())));
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = must(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    must(X509_add_ext(certificate, extension, -1));
    X509_EXTENSION_free(extension);
}

enum class Role { Authority, Server };

/// Signed by `issuer`, or by itself where there is none.
KeyAndCertificate make(const CertificateWish &wish, Role role, const KeyAndCertificate *issuer)
{
    const Key key(
        must(wish.rsaBits > 0 ? EVP_RSA_gen(static_cast<unsigned int>(wish.rsaBits)) : EVP_EC_gen("P-256")));
    const Certificate certificate(must(X509_new()));
    X509_set_version(certificate.get(), 2);
    std::uint64_t serial = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) == 1);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial);
    must(ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate.get()), wish.notBefore.c_str()));
    must(ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate.get()), wish.notAfter.c_str()));
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    must(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char *>(wish.commonName.c_str()), -1, -1,
                                    0));
    const Certificate issuing = issuer ? fromQt(issuer->certificate) : Certificate();
    const Key issuingKey = issuer ? fromQt(issuer->key) : Key();
    X509 *const signer = issuing ? issuing.get() : certificate.get();
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer));
    addExtension(certificate.get(), signer, NID_basic_constraints,
                 role == Role::Authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
    if (role == Role::Authority)
        addExtension(certificate.get(), signer, NID_key_usage, "critical,keyCertSign,cRLSign");
    std::string names;
    for (const std::string &name : wish.dnsNames)
        names += (names.empty() ? "DNS:" : ",DNS:") + name;
    if (!names.empty())
        addExtension(certificate.get(), signer, NID_subject_alt_name, names);
    must(X509_sign(certificate.get(), issuingKey ? issuingKey.get() : key.get(),
                   wish.sha1 ? EVP_sha1() : EVP_sha256()));
    return {QSslKey(derOf(key.get(), i2d_PrivateKey), wish.rsaBits > 0 ? QSsl::Rsa : QSsl::Ec, QSsl::Der),
            QSslCertificate(derOf(certificate.get(), i2d_X509), QSsl::Der)};
}

} // namespace

TestAuthority::TestAuthority(const std::string &commonName)
{
    CertificateWish wish;
    wish.commonName = commonName;
    m_own = make(wish, Role::Authority, nullptr);
}

KeyAndCertificate TestAuthority::issue(const CertificateWish &wish) const
{
    return make(wish, Role::Server, &m_own);
}

KeyAndCertificate TestAuthority::selfSigned(const CertificateWish &wish)
{
    return make(wish, Role::Server, nullptr);
}

} // namespace mailoscope::tests
