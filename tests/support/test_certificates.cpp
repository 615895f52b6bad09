// SPDX-License-Identifier: Apache-2.0
#include "support/test_certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <QtGlobal>

namespace mailoscope::tests
{

namespace
{

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;

/// OpenSSL fails here only where it is broken or out of memory.
template <typename T>
T *made(T *object)
{
    if (!object)
        qFatal("OpenSSL could not make a test certificate");
    return object;
}

std::string textOf(const Bio &bio)
{
    char *octets = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &octets);
    return std::string(octets, static_cast<std::size_t>(size));
}

std::string pemOf(X509 *certificate)
{
    const Bio bio(made(BIO_new(BIO_s_mem())));
    PEM_write_bio_X509(bio.get(), certificate);
    return textOf(bio);
}

std::string pemOf(EVP_PKEY *key)
{
    const Bio bio(made(BIO_new(BIO_s_mem())));
    PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return textOf(bio);
}

Key makeKey(int rsaBits)
{
    return Key(made(rsaBits > 0 ? EVP_RSA_gen(static_cast<unsigned int>(rsaBits)) : EVP_EC_gen("P-256")));
}

void addExtension(X509 *certificate, int nid, const std::string &value)
{
    X509_EXTENSION *extension = made(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()));
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

Certificate makeCertificate(const CertificateWish &wish, EVP_PKEY *key)
{
    static long serial = 0;
    Certificate certificate(made(X509_new()));
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), std::chrono::seconds(wish.from).count());
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), std::chrono::seconds(wish.until).count());
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(wish.dnsNames.front().c_str()), -1, -1,
                               0);
    return certificate;
}

void addNames(X509 *certificate, const CertificateWish &wish)
{
    if (wish.withoutAlternativeNames)
        return;
    std::string names;
    for (const std::string &name : wish.dnsNames)
        names += (names.empty() ? "DNS:" : ",DNS:") + name;
    addExtension(certificate, NID_subject_alt_name, names);
}

void sign(X509 *certificate, EVP_PKEY *key, bool sha1)
{
    if (X509_sign(certificate, key, sha1 ? EVP_sha1() : EVP_sha256()) == 0)
        qFatal("OpenSSL could not sign a test certificate");
}

} // namespace

class TestAuthority::Private
{
public:
    Key key;
    Certificate certificate;
};

QSslKey TestCertificate::sslKey() const
{
    const bool isRsa = sslCertificate().publicKey().algorithm() == QSsl::Rsa;
    return QSslKey(QByteArray::fromStdString(key), isRsa ? QSsl::Rsa : QSsl::Ec);
}

TestAuthority::TestAuthority(const std::string &name) : d(std::make_unique<Private>())
{
    d->key = makeKey(0);
    d->certificate =
        makeCertificate({{name}, std::chrono::hours(-48), std::chrono::hours(24 * 365)}, d->key.get());
    X509_set_issuer_name(d->certificate.get(), X509_get_subject_name(d->certificate.get()));
    addExtension(d->certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    addExtension(d->certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    sign(d->certificate.get(), d->key.get(), false);
    m_certificate = pemOf(d->certificate.get());
}

TestAuthority::~TestAuthority() = default;

TestCertificate TestAuthority::issue(const CertificateWish &wish) const
{
    const Key key = makeKey(wish.rsaBits);
    const Certificate certificate = makeCertificate(wish, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(d->certificate.get()));
    addNames(certificate.get(), wish);
    sign(certificate.get(), d->key.get(), wish.sha1);
    return {pemOf(certificate.get()), pemOf(key.get())};
}

TestCertificate TestAuthority::selfSigned(const CertificateWish &wish)
{
    const Key key = makeKey(wish.rsaBits);
    const Certificate certificate = makeCertificate(wish, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    addNames(certificate.get(), wish);
    sign(certificate.get(), key.get(), wish.sha1);
    return {pemOf(certificate.get()), pemOf(key.get())};
}

} // namespace mailoscope::tests
