// SPDX-License-Identifier: Apache-2.0
#include "base/public_suffix.h"
#include "support/cases.h"
#include "support/zone.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;

class TestPublicSuffix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registrableDomainIsOneLabelMore_data()
    {
        QTest::addColumn<QString>("given");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *given, const char *expected) {
            QTest::newRow(given) << QString::fromLatin1(given) << QString::fromLatin1(expected);
        };
        row("example.com", "example.com");
        row("a.b.example.com", "example.com");
        row("example.co.uk", "example.co.uk");
        row("mail.example.co.uk", "example.co.uk");
        row("_spf.example.com", "example.com");
        row("com", "");
        row("co.uk", "");
        row(".", "");
        row("unknown-top-level", "");
        row("a.example.unknown-top-level", "example.unknown-top-level");
        row("a.example.xn--p1ai", "example.xn--p1ai");
        row("2.0.192.in-addr.arpa", "192.in-addr.arpa");
        // Escaped octets belong to their label.
        row("a\\.b.co.uk", "a\\.b.co.uk");
        row("x.a\\.b.com", "a\\.b.com");
        row("a\\.com", "");
        row("a\\000b.com", "a\\000b.com");
        row("a\\\\.com", "a\\\\.com");
    }
    void registrableDomainIsOneLabelMore()
    {
        QFETCH(QString, given);
        QFETCH(QString, expected);
        const DomainName domain = name(given.toStdString());
        const auto registrable = registrableDomain(domain);
        QCOMPARE(registrable ? QString::fromStdString(registrable->text()) : QString(), expected);
        QVERIFY(!registrable || domain.isAtOrBelow(*registrable));
    }

    void namesOfOneOrganizationShareTheirRegistrableDomain()
    {
        QVERIFY(sameOrganization(name("a.example.com"), name("b.example.com")));
        QVERIFY(sameOrganization(name("example.com"), name("mail.EXAMPLE.com")));
        QVERIFY(!sameOrganization(name("example.com"), name("example.org")));
        QVERIFY(!sameOrganization(name("a.co.uk"), name("b.co.uk")));
        QVERIFY(!sameOrganization(name("a\\.example.com"), name("b.example.com")));
        QVERIFY(sameOrganization(name("com"), name("com")));
    }

    void namesBelowOneAnotherBelongTogether()
    {
        QVERIFY(sameOrganization(name("host.internal"), name("internal")));
        QVERIFY(sameOrganization(name("internal"), name("host.internal")));
    }
};

QTEST_APPLESS_MAIN(TestPublicSuffix)
#include "tst_public_suffix.moc"
