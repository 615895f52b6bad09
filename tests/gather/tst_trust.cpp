// SPDX-License-Identifier: Apache-2.0
// Whom a connection trusts.
#include "gather/trust.h"
#include "support/test_certificates.h"

#include <QTest>

using namespace mailoscope;

class TestTrust : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// Qt compares whether authorities are looked up as they are needed, too: the one way in which the
    /// system's are trusted without a list.
    void withoutFurtherAuthoritiesTheSystemsAreStillLookedUp()
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        gather::trustToo(configuration, {});
        QVERIFY(configuration == QSslConfiguration::defaultConfiguration());
        configuration.addCaCertificates(QList<QSslCertificate>());
        if (!QSslConfiguration::defaultConfiguration().caCertificates().isEmpty())
            QSKIP("this system's authorities are not looked up one by one");
        QVERIFY(!(configuration == QSslConfiguration::defaultConfiguration()));
    }

    void furtherAuthoritiesStandBesideTheSystems()
    {
        const tests::TestAuthority authority;
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        gather::trustToo(configuration, {authority.certificate()});
        const QList<QSslCertificate> trusted = configuration.caCertificates();
        QVERIFY(trusted.contains(authority.certificate()));
        QCOMPARE(trusted.size(), gather::systemAuthorities().size() + 1);
        for (const QSslCertificate &system : gather::systemAuthorities())
            QVERIFY(trusted.contains(system));
    }
};

QTEST_GUILESS_MAIN(TestTrust)
#include "tst_trust.moc"
