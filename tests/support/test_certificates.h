// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QSslCertificate>
#include <QSslKey>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace mailoscope::tests
{

/// A certificate with its key, both in PEM.
struct TestCertificate {
    std::string certificate;
    std::string key;

    QSslCertificate sslCertificate() const { return QSslCertificate(QByteArray::fromStdString(certificate)); }
    QSslKey sslKey() const;
};

/// What a certificate says. The times count from now.
struct CertificateWish {
    std::vector<std::string> dnsNames; ///< subject alternative names; the first is the common name, too
    std::chrono::hours from{-24};
    std::chrono::hours until{24 * 90};
    int rsaBits = 0; ///< 0: an EC key (P-256), which is made in no time
    bool sha1 = false;
    bool withoutAlternativeNames = false; ///< the common name alone
};

/// A certificate authority made for one test run: nobody else trusts it.
class TestAuthority
{
public:
    explicit TestAuthority(const std::string &name = "Mailoscope test authority");
    ~TestAuthority();
    TestAuthority(const TestAuthority &) = delete;
    TestAuthority &operator=(const TestAuthority &) = delete;

    /// Its own certificate, in PEM.
    const std::string &certificate() const { return m_certificate; }
    TestCertificate issue(const CertificateWish &wish) const;
    /// One that signed itself, without any authority.
    static TestCertificate selfSigned(const CertificateWish &wish);

private:
    class Private;
    std::unique_ptr<Private> d;
    std::string m_certificate;
};

} // namespace mailoscope::tests
