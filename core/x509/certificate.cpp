// SPDX-License-Identifier: Apache-2.0
#include "x509/certificate.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "base/memo.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace mailoscope::x509
{

namespace
{

template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, FreeWith<Free>>;

void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_free(stack); // the certificates in it belong to others
}
void freeOctets(unsigned char *octets)
{
    OPENSSL_free(octets);
}

using OwnedX509 = Owned<X509, X509_free>;
using OwnedStack = Owned<STACK_OF(X509), freeStack>;
using OwnedOctets = Owned<unsigned char, freeOctets>;

/// An OID longer than this has no text.
constexpr std::size_t MaxOidOctets = 64;

/// libcrypto's queue of errors belongs to the thread: whatever we add to it is taken away again.
class ErrorsStayHere
{
public:
    ErrorsStayHere() { ERR_set_mark(); }
    ~ErrorsStayHere() { ERR_pop_to_mark(); }
    ErrorsStayHere(const ErrorsStayHere &) = delete;
    ErrorsStayHere &operator=(const ErrorsStayHere &) = delete;
};

const unsigned char *bytes(std::string_view octets)
{
    return reinterpret_cast<const unsigned char *>(octets.data());
}

std::string octetsOf(const ASN1_STRING *text)
{
    if (!text)
        return {};
    const int length = ASN1_STRING_length(text);
    return {reinterpret_cast<const char *>(ASN1_STRING_get0_data(text)),
            static_cast<std::size_t>(std::max(length, 0))};
}

/// A directory string as UTF-8; one that is none keeps its octets.
std::string utf8Of(const ASN1_STRING *text)
{
    unsigned char *made = nullptr;
    const int length = ASN1_STRING_to_UTF8(&made, text);
    if (length < 0)
        return octetsOf(text);
    const OwnedOctets owner(made);
    return {reinterpret_cast<const char *>(made), static_cast<std::size_t>(length)};
}

std::string oidOf(const ASN1_OBJECT *object)
{
    if (!object || OBJ_length(object) > MaxOidOctets)
        return {};
    char text[512];
    const int length = OBJ_obj2txt(text, sizeof text, object, 1);
    return length > 0 && length < int(sizeof text) ? std::string(text, static_cast<std::size_t>(length))
                                                   : std::string();
}

std::vector<Attribute> attributesOf(const X509_NAME *name)
{
    std::vector<Attribute> attributes;
    for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
        const X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        attributes.push_back(
            {oidOf(X509_NAME_ENTRY_get_object(entry)), utf8Of(X509_NAME_ENTRY_get_data(entry))});
    }
    return attributes;
}

std::optional<Timestamp> timeOf(const ASN1_TIME *time)
{
    std::tm broken{};
    if (!time || ASN1_TIME_to_tm(time, &broken) != 1)
        return std::nullopt;
    using namespace std::chrono;
    const year_month_day day(year(broken.tm_year + 1900), month(static_cast<unsigned>(broken.tm_mon + 1)),
                             std::chrono::day(static_cast<unsigned>(broken.tm_mday)));
    if (!day.ok())
        return std::nullopt;
    return sys_days(day) + hours(broken.tm_hour) + minutes(broken.tm_min) + seconds(broken.tm_sec);
}

std::string serialOf(const ASN1_INTEGER *serial)
{
    const Owned<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(serial, nullptr));
    if (!number)
        return {};
    char *text = BN_bn2hex(number.get());
    if (!text)
        return {};
    const OwnedOctets owner(reinterpret_cast<unsigned char *>(text));
    return ascii::lowered(text);
}

std::vector<std::string> dnsNamesOf(const X509 *certificate)
{
    std::vector<std::string> names;
    const Owned<GENERAL_NAMES, GENERAL_NAMES_free> all(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; all && i < sk_GENERAL_NAME_num(all.get()); ++i) {
        int type = 0;
        const void *value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(all.get(), i), &type);
        if (type == GEN_DNS)
            names.push_back(octetsOf(static_cast<const ASN1_STRING *>(value)));
    }
    return names;
}

std::vector<std::string> extendedKeyUsagesOf(const X509 *certificate)
{
    std::vector<std::string> usages;
    const Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> all(static_cast<EXTENDED_KEY_USAGE *>(
        X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
    for (int i = 0; all && i < sk_ASN1_OBJECT_num(all.get()); ++i)
        usages.push_back(oidOf(sk_ASN1_OBJECT_value(all.get(), i)));
    return usages;
}

std::vector<Extension> extensionsOf(const X509 *certificate)
{
    std::vector<Extension> extensions;
    for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
        X509_EXTENSION *extension = X509_get_ext(certificate, i);
        extensions.push_back({oidOf(X509_EXTENSION_get_object(extension)),
                              X509_EXTENSION_get_critical(extension) != 0,
                              octetsOf(X509_EXTENSION_get_data(extension))});
    }
    return extensions;
}

void readKey(const X509 *x509, Certificate &certificate)
{
    unsigned char *made = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &made);
    if (length > 0) {
        const OwnedOctets owner(made);
        certificate.publicKeyInfo.assign(reinterpret_cast<const char *>(made),
                                         static_cast<std::size_t>(length));
    }
    const EVP_PKEY *key = X509_get0_pubkey(x509);
    if (!key)
        return;
    const char *type = EVP_PKEY_get0_type_name(key);
    certificate.keyType = type ? type : OBJ_nid2sn(EVP_PKEY_get_base_id(key));
    certificate.keyBits = EVP_PKEY_get_bits(key);
}

std::string signatureAlgorithmOf(const X509 *certificate)
{
    const X509_ALGOR *algorithm = nullptr;
    X509_get0_signature(nullptr, &algorithm, certificate);
    const ASN1_OBJECT *object = nullptr;
    X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
    const int nid = OBJ_obj2nid(object);
    return nid != NID_undef ? OBJ_nid2ln(nid) : oidOf(object);
}

/// Reads a certificate that takes up all of the octets.
OwnedX509 readDer(std::string_view der)
{
    const unsigned char *at = bytes(der);
    OwnedX509 certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (certificate && at != bytes(der) + der.size())
        certificate.reset();
    return certificate;
}

/// Values with special characters after a backslash: RFC 4514 section 2.4.
std::string nameText(const std::vector<Attribute> &attributes)
{
    std::string text;
    for (const Attribute &attribute : attributes) {
        if (!text.empty())
            text += ", ";
        const int nid = OBJ_txt2nid(attribute.oid.c_str());
        text += nid != NID_undef ? std::string(OBJ_nid2sn(nid)) : attribute.oid;
        text += '=';
        for (const char c : attribute.value) {
            if (std::string_view("\"+,;<>\\").find(c) != std::string_view::npos)
                text += '\\';
            text += c;
        }
    }
    return text;
}

std::string digest(std::string_view octets, const EVP_MD *algorithm)
{
    unsigned char made[EVP_MAX_MD_SIZE];
    unsigned int length = 0;
    if (EVP_Digest(octets.data(), octets.size(), made, &length, algorithm, nullptr) != 1)
        return {};
    return {reinterpret_cast<const char *>(made), length};
}

ChainVerdict verdictOf(int error)
{
    switch (error) {
    case X509_V_OK:
        return ChainVerdict::Trusted;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return ChainVerdict::NoIssuer;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
        return ChainVerdict::BadSignature;
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return ChainVerdict::Expired;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_NON_CA:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        return ChainVerdict::NotCa;
    default: // libcrypto's numbers are no enumeration
        return ChainVerdict::Other;
    }
}

/// RFC 5280 section 4.2: a critical extension that nobody knows ends the validation. Those in the
/// application's data are known to the caller.
int onVerified(int verified, X509_STORE_CTX *context)
{
    const auto *known =
        static_cast<const std::span<const std::string_view> *>(X509_STORE_CTX_get_app_data(context));
    if (verified == 1 || X509_STORE_CTX_get_error(context) != X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION)
        return verified;
    const X509 *certificate = X509_STORE_CTX_get_current_cert(context);
    for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
        X509_EXTENSION *extension = X509_get_ext(certificate, i);
        const std::string oid = oidOf(X509_EXTENSION_get_object(extension));
        if (X509_EXTENSION_get_critical(extension) != 0 && X509_supported_extension(extension) == 0 &&
            std::find(known->begin(), known->end(), oid) == known->end())
            return 0;
    }
    X509_STORE_CTX_set_error(context, X509_V_OK);
    return 1;
}

} // namespace

const Extension *Certificate::extension(std::string_view oid) const
{
    const auto found = std::find_if(extensions.begin(), extensions.end(),
                                    [&](const Extension &extension) { return extension.oid == oid; });
    return found != extensions.end() ? &*found : nullptr;
}

std::vector<std::string> Certificate::subjectValues(std::string_view oid) const
{
    std::vector<std::string> values;
    for (const Attribute &attribute : subject) {
        if (attribute.oid == oid)
            values.push_back(attribute.value);
    }
    return values;
}

std::string Certificate::subjectText() const
{
    return nameText(subject);
}

std::string Certificate::issuerText() const
{
    return nameText(issuer);
}

namespace
{

Result<Certificate, CertificateError> readCertificate(std::string_view der)
{
    const ErrorsStayHere guard;
    const OwnedX509 x509 = readDer(der);
    if (!x509)
        return CertificateError::NotDer;
    const auto notBefore = timeOf(X509_get0_notBefore(x509.get()));
    const auto notAfter = timeOf(X509_get0_notAfter(x509.get()));
    if (!notBefore || !notAfter)
        return CertificateError::NotDer;

    Certificate certificate;
    certificate.der = der;
    certificate.subject = attributesOf(X509_get_subject_name(x509.get()));
    certificate.issuer = attributesOf(X509_get_issuer_name(x509.get()));
    certificate.serial = serialOf(X509_get0_serialNumber(x509.get()));
    certificate.notBefore = *notBefore;
    certificate.notAfter = *notAfter;
    certificate.dnsNames = dnsNamesOf(x509.get());
    certificate.extendedKeyUsages = extendedKeyUsagesOf(x509.get());
    // RFC 5280 section 4.2.1.9: an issuer says so in its basic constraints.
    certificate.isCa = (X509_get_extension_flags(x509.get()) & EXFLAG_CA) != 0;
    certificate.isSelfSigned = X509_self_signed(x509.get(), 1) == 1;
    certificate.signatureAlgorithm = signatureAlgorithmOf(x509.get());
    certificate.extensions = extensionsOf(x509.get());
    readKey(x509.get(), certificate);
    return certificate;
}

} // namespace

Result<Certificate, CertificateError> fromDer(std::string_view der)
{
    if (der.size() > MaxCertificateOctets)
        return CertificateError::TooLong;
    // The same few certificates are read at each evaluation, and libcrypto takes its time. A large one is no
    // certificate of a host and not worth the room.
    constexpr std::size_t MostKept = 64;
    constexpr std::size_t MostOctets = 256U << 10U;
    static Memo<std::string, Result<Certificate, CertificateError>> known(MostKept);
    if (der.size() > MostOctets)
        return readCertificate(der);
    return *known.of(der, [der] { return readCertificate(der); });
}

Result<std::vector<Certificate>, CertificateError> fromPem(std::string_view pem)
{
    // RFC 7468 section 5.1. LENIENT: the label "X509 CERTIFICATE" too (section 4, parsers may).
    constexpr std::string_view Begins[] = {"-----BEGIN CERTIFICATE-----", "-----BEGIN X509 CERTIFICATE-----"};
    constexpr std::string_view Ends[] = {"-----END CERTIFICATE-----", "-----END X509 CERTIFICATE-----"};
    constexpr std::string_view AnyBegin = "-----BEGIN ";
    std::vector<Certificate> certificates;
    for (std::size_t at = pem.find(AnyBegin); at != std::string_view::npos; at = pem.find(AnyBegin, at)) {
        const std::string_view rest = pem.substr(at);
        const std::size_t which = rest.starts_with(Begins[0]) ? 0 : 1;
        const bool atLineStart = at == 0 || pem[at - 1] == '\n' || pem[at - 1] == '\r';
        if (!atLineStart || !rest.starts_with(Begins[which])) {
            at += AnyBegin.size();
            continue;
        }
        if (certificates.size() == MaxChainLength)
            return CertificateError::TooLong;
        at += Begins[which].size();
        const std::size_t end = pem.find("-----", at);
        if (end == std::string_view::npos || !pem.substr(end).starts_with(Ends[which]))
            return CertificateError::NotPem;
        if (end - at > 2 * MaxCertificateOctets)
            return CertificateError::TooLong;
        // RFC 7468 section 2: white space between the lines says nothing.
        std::string text(pem.substr(at, end - at));
        std::erase_if(text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
        const auto der = fromBase64(text);
        if (!der || der->empty())
            return CertificateError::NotPem;
        auto certificate = fromDer(*der);
        if (!certificate)
            return certificate.error();
        certificates.push_back(*std::move(certificate));
        at = end + Ends[which].size();
    }
    if (certificates.empty())
        return CertificateError::NotPem;
    return certificates;
}

bool nameFits(std::string_view dnsName, const DomainName &host)
{
    // RFC 9525 section 6.3: labels compare without regard to ASCII case; the wildcard is all of the leftmost
    // label.
    const bool wildcard = dnsName.starts_with("*.");
    const std::string_view labels = dnsName.substr(wildcard ? 2 : 0);
    // RFC 5280 section 4.2.1.6: the preferred name syntax, which has no dot at its end. Underscores are met
    // in the field.
    const bool isName = !labels.empty() && std::all_of(labels.begin(), labels.end(), [](char c) {
        return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.';
    });
    if (!isName || host.isRoot())
        return false;
    if (!wildcard)
        return ascii::equalIgnoringCase(labels, host.text());
    const DomainName parent = host.parent();
    return !parent.isRoot() && ascii::equalIgnoringCase(labels, parent.text());
}

bool fitsHost(const Certificate &certificate, const DomainName &host)
{
    return std::any_of(certificate.dnsNames.begin(), certificate.dnsNames.end(),
                       [&](const std::string &dnsName) { return nameFits(dnsName, host); });
}

ChainVerdict verifyChain(const Certificate &leaf, std::span<const Certificate> others,
                         std::span<const Certificate> roots, Timestamp at,
                         std::span<const std::string_view> known)
{
    const ErrorsStayHere guard;
    const OwnedX509 target = readDer(leaf.der);
    const Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
    const Owned<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
    const OwnedStack untrusted(sk_X509_new_null());
    if (!target || !store || !context || !untrusted)
        return ChainVerdict::Other;
    for (const Certificate &root : roots) {
        const OwnedX509 read = readDer(root.der);
        if (read)
            X509_STORE_add_cert(store.get(), read.get()); // the store counts itself among its owners
    }
    std::vector<OwnedX509> read;
    for (const Certificate &other : others.first(std::min(others.size(), MaxChainLength))) {
        read.push_back(readDer(other.der));
        if (read.back())
            sk_X509_push(untrusted.get(), read.back().get());
    }
    if (X509_STORE_CTX_init(context.get(), store.get(), target.get(), untrusted.get()) != 1)
        return ChainVerdict::Other;
    X509_VERIFY_PARAM *parameters = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(parameters,
                               std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(parameters, int(MaxChainLength));
    X509_STORE_CTX_set_app_data(context.get(), &known);
    X509_STORE_CTX_set_verify_cb(context.get(), onVerified);
    if (X509_verify_cert(context.get()) == 1)
        return ChainVerdict::Trusted;
    const int error = X509_STORE_CTX_get_error(context.get());
    return error == X509_V_OK ? ChainVerdict::Other : verdictOf(error);
}

std::string sha1(std::string_view octets)
{
    return digest(octets, EVP_sha1());
}

std::string sha256(std::string_view octets)
{
    return digest(octets, EVP_sha256());
}

std::string sha512(std::string_view octets)
{
    return digest(octets, EVP_sha512());
}

} // namespace mailoscope::x509
