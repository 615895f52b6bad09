// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslKey>

#include <string>
#include <vector>

namespace mailoscope::tests
{

struct CertificateWish {
    std::vector<std::string> dnsNames;
    std::string commonName = "test";
    std::string notBefore = "20000101000000Z"; ///< RFC 5280 section 4.1.2.5.2
    std::string notAfter = "29991231235959Z";
    int rsaBits = 0; ///< 0: a key on the curve P-256, which is made in no time
    bool sha1 = false;
};

struct KeyAndCertificate {
    QSslKey key;
    QSslCertificate certificate;
};

/// A certificate authority of the tests' own, made when it is needed. Nobody else trusts it.
class TestAuthority
{
public:
    explicit TestAuthority(const std::string &commonName = "Authority of the tests");

    QSslCertificate certificate() const { return m_own.certificate; }
    KeyAndCertificate issue(const CertificateWish &wish) const;
    static KeyAndCertificate selfSigned(const CertificateWish &wish);

private:
    KeyAndCertificate m_own;
};

} // namespace mailoscope::tests
