// SPDX-License-Identifier: Apache-2.0
#include "providers/providers.h"
#include "support/zone.h"

#include <QTest>

using namespace mailoscope;

namespace
{

/// "Google Workspace", "looks like Trend Micro" or "-".
QString wordsFor(const std::optional<providers::Provider> &provider)
{
    if (!provider)
        return QStringLiteral("-");
    const std::string name(provider->name);
    return QString::fromStdString((provider->certain ? "" : "looks like ") + name);
}

} // namespace

class TestProviders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void target_data();
    void target();
    void host_data();
    void host();
    void macrosLeaveTheEndOfTheName();
    void selectorTarget_data();
    void selectorTarget();
    void sharedKeysAreKnown();
    void reportHostsAreKnown();
    void selectorsAreKnownBothWays();
};

void TestProviders::target_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("provider");
    const auto row = [](const char *name, const char *provider) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(provider);
    };
    row("_spf.google.com", "Google Workspace");
    row("_netblocks3.google.com", "Google Workspace");
    row("google.com", "-");
    row("evil_spf.google.com", "-");
    row("_spf.google.com.example", "-");
    row("spf-0012ab00.pphosted.com", "Proofpoint");
    row("pphosted.com", "-"); // the wildcard stands for at least one label
    row("eu.mailgun.org", "Mailgun");
    row("one.zoho.com", "Zoho Mail");
    row("_spf-dc33.sapsf.eu", "SAP SuccessFactors");
    row("3074.spf06.hubspotemail.net", "HubSpot");
    row("_spf.server.iad.liveperson.net", "LivePerson");
    row("_spf.server.a.b.liveperson.net", "-"); // a wildcard inside stands for one label
    row("spf.ess.de.barracudanetworks.com", "looks like Barracuda");
    row("spf.protection.outlook.com", "Microsoft 365");
    row("example.com", "-");
    row("com", "-");
    row(".", "-");
}

void TestProviders::target()
{
    QFETCH(QString, name);
    QFETCH(QString, provider);
    QCOMPARE(wordsFor(providers::forSpfTarget(tests::name(name.toStdString()))), provider);
}

void TestProviders::host_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("provider");
    const auto row = [](const char *name, const char *provider) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(provider);
    };
    row("aspmx.l.google.com", "Google Workspace");
    row("alt1.aspmx.l.google.com", "Google Workspace");
    row("example-com.mail.protection.outlook.com", "Microsoft 365");
    row("in1-smtp.messagingengine.com", "Fastmail");
    row("inbound-smtp.eu-west-1.amazonaws.com", "Amazon SES");
    row("mx00.ionos.co.uk", "IONOS");
    row("mail.example.com", "-");
}

void TestProviders::host()
{
    QFETCH(QString, name);
    QFETCH(QString, provider);
    QCOMPARE(wordsFor(providers::forMxHost(tests::name(name.toStdString()))), provider);
}

void TestProviders::macrosLeaveTheEndOfTheName()
{
    const auto words = [](const char *text) { return wordsFor(providers::forSpfText(text)); };
    QCOMPARE(words("%{i}._ip.%{h}._ehlo.%{d}._spf.vali.email"), QStringLiteral("Valimail"));
    QCOMPARE(words("_SPF.Google.com."), QStringLiteral("Google Workspace"));
    QCOMPARE(words("%{d}"), QStringLiteral("-"));
    QCOMPARE(words(""), QStringLiteral("-"));
}

void TestProviders::selectorTarget_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("provider");
    const auto row = [](const char *name, const char *provider) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(provider);
    };
    row("selector1-example-com._domainkey.tenant.onmicrosoft.com", "Microsoft 365");
    row("selector2-example-com._domainkey.tenant.p-v1.dkim.mail.microsoft", "Microsoft 365");
    row("tenant.onmicrosoft.com", "-");
    row("abcdefghijklmnopqrstuvwxyz234567.dkim.amazonses.com", "Amazon SES");
    row("abcdefghijklmnopqrstuvwxyz234567.dkim.eu-central-2.amazonses.com", "Amazon SES");
    row("s1.domainkey.u1234567.wl123.sendgrid.net", "SendGrid");
    row("dkim2.mcsv.net", "Mailchimp");
    row("fm1.example.com.dkim.fmhosted.com", "Fastmail");
    row("protonmail2.domainkey.dabcdef.domains.proton.ch", "Proton Mail");
    row("key1.example.com._domainkey.migadu.com", "Migadu");
    row("gm1.gandimail.net", "looks like Gandi");
    row("s1._domainkey.example.com", "-");
}

void TestProviders::selectorTarget()
{
    QFETCH(QString, name);
    QFETCH(QString, provider);
    QCOMPARE(wordsFor(providers::forSelectorTarget(tests::name(name.toStdString()))), provider);
}

void TestProviders::sharedKeysAreKnown()
{
    QVERIFY(providers::isSharedKeyTarget(tests::name("dkim2.mcsv.net")));
    QVERIFY(providers::isSharedKeyTarget(tests::name("zendesk1._domainkey.zendesk.com")));
    QVERIFY(!providers::isSharedKeyTarget(tests::name("s1.domainkey.u1234567.wl123.sendgrid.net")));
}

void TestProviders::reportHostsAreKnown()
{
    const auto words = [](const char *host) { return wordsFor(providers::forReportHost(tests::name(host))); };
    QCOMPARE(words("inbox.ondmarc.com"), QStringLiteral("Red Sift OnDMARC"));
    QCOMPARE(words("ag.dmarcian.com"), QStringLiteral("dmarcian"));
    QCOMPARE(words("vali.email"), QStringLiteral("looks like Valimail"));
    QCOMPARE(words("example.com"), QStringLiteral("-"));
}

void TestProviders::selectorsAreKnownBothWays()
{
    using Names = std::vector<std::string_view>;
    QVERIFY(providers::selectorsOf("Microsoft 365") == (Names{"selector1", "selector2"}));
    QVERIFY(providers::selectorsOf("Nobody").empty());
    QVERIFY(providers::selectorsOf("Mailgun").size() > 7); // two rows of the table
    QCOMPARE(wordsFor(providers::forSelector("Mandrill")), QStringLiteral("looks like Mandrill"));
    QCOMPARE(wordsFor(providers::forSelector("smtp")), QStringLiteral("-"));   // anybody's name
    QCOMPARE(wordsFor(providers::forSelector("200608")), QStringLiteral("-")); // two providers'
}

QTEST_GUILESS_MAIN(TestProviders)
#include "tst_providers.moc"
