// SPDX-License-Identifier: Apache-2.0
#include "x509/certificate.h"

#include "base/base64.h"
#include "support/zone.h"

#include <QFile>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::x509;

namespace
{

std::string contents(const std::string &file)
{
    QFile read(QStringLiteral(MAILOSCOPE_TEST_DATA "/x509/") + QString::fromStdString(file));
    if (!read.open(QIODevice::ReadOnly))
        qFatal("cannot read tests/data/x509/%s", file.c_str());
    return read.readAll().toStdString();
}

Certificate certificate(const std::string &file)
{
    const auto all = fromPem(contents(file));
    if (!all || all->size() != 1)
        qFatal("no certificate in tests/data/x509/%s", file.c_str());
    return all->front();
}

Timestamp at(const char *time)
{
    return timestampFromRfc3339(time).value();
}

std::string hex(const std::string &octets)
{
    return QByteArray::fromStdString(octets).toHex().toStdString();
}

std::string pemOf(const std::string &der)
{
    return "-----BEGIN CERTIFICATE-----\n" + toBase64(der) + "\n-----END CERTIFICATE-----\n";
}

} // namespace

class TestX509Certificate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsWhatACertificateSays()
    {
        const Certificate leaf = certificate("leaf.pem");
        QCOMPARE(leaf.subjectText(), std::string("CN=mx.example.com"));
        QCOMPARE(leaf.issuerText(), std::string("CN=Test Issuer"));
        QCOMPARE(leaf.subjectValues("2.5.4.3"), std::vector<std::string>{"mx.example.com"});
        QVERIFY(leaf.subjectValues("2.5.4.10").empty());
        QVERIFY(leaf.notBefore == at("2026-01-01T00:00:00Z"));
        QVERIFY(leaf.notAfter == at("2027-01-01T00:00:00Z"));
        QCOMPARE(leaf.dnsNames, (std::vector<std::string>{"mx.example.com", "*.Example.net"}));
        QCOMPARE(leaf.extendedKeyUsages, std::vector<std::string>{"1.3.6.1.5.5.7.3.1"});
        QVERIFY(!leaf.isCa);
        QVERIFY(!leaf.isSelfSigned);
        QCOMPARE(leaf.keyType, std::string("EC"));
        QCOMPARE(leaf.keyBits, 256);
        QCOMPARE(leaf.signatureAlgorithm, std::string("ecdsa-with-SHA256"));
        QVERIFY(leaf.serial.size() >= 30);
        QCOMPARE(leaf.extensions.size(), std::size_t(4));
        QVERIFY(leaf.extension("2.5.29.17"));
        QVERIFY(!leaf.extension("2.5.29.17")->critical);
        QVERIFY(!leaf.extension("1.2.3"));
        // A P-256 key: 26 octets that say so, then the point (RFC 5480).
        QCOMPARE(leaf.publicKeyInfo.size(), std::size_t(91));
        QVERIFY(leaf.der.find(leaf.publicKeyInfo) != std::string::npos);
    }
    void readsAuthorities()
    {
        const Certificate root = certificate("root.pem");
        QVERIFY(root.isCa);
        QVERIFY(root.isSelfSigned);
        QCOMPARE(root.keyType, std::string("RSA"));
        QCOMPARE(root.keyBits, 2048);
        QCOMPARE(root.signatureAlgorithm, std::string("sha256WithRSAEncryption"));
        QCOMPARE(root.subjectText(), std::string("CN=Test Root, O=Example\\, Inc."));
        QVERIFY(root.extension("2.5.29.19")->critical);
        const Certificate issuer = certificate("issuer.pem");
        QVERIFY(issuer.isCa);
        QVERIFY(!issuer.isSelfSigned);
        const Certificate alone = certificate("self_signed_ed25519.pem");
        QVERIFY(alone.isSelfSigned);
        QVERIFY(!alone.isCa);
        QCOMPARE(alone.keyType, std::string("ED25519"));
    }
    void aCertificateWithAnotherKeyOfTheSameNameIsNotSelfSigned()
    {
        Certificate root = certificate("root.pem");
        std::string der = root.der;
        der.back() = static_cast<char>(der.back() ^ 1);
        const auto broken = fromDer(der);
        QVERIFY(bool(broken));
        QVERIFY(!broken->isSelfSigned);
    }
    void derIsReadWholeOrNotAtAll()
    {
        const std::string der = certificate("leaf.pem").der;
        QVERIFY(bool(fromDer(der)));
        QVERIFY(*fromDer(der) == certificate("leaf.pem"));
        QVERIFY(fromDer(der + '\0').error() == CertificateError::NotDer);
        QVERIFY(fromDer("").error() == CertificateError::NotDer);
        QVERIFY(fromDer(std::string(MaxCertificateOctets + 1, '0')).error() == CertificateError::TooLong);
        for (std::size_t length = 0; length < der.size(); ++length)
            QVERIFY(!fromDer(std::string_view(der).substr(0, length)));
    }
    void noSingleOctetChangedLeadsAstray()
    {
        const std::string der = certificate("leaf.pem").der;
        const std::vector<Certificate> chain = {certificate("issuer.pem")};
        const std::vector<Certificate> roots = {certificate("root.pem")};
        for (std::size_t i = 0; i < der.size(); i += 3) {
            std::string changed = der;
            changed[i] = static_cast<char>(changed[i] ^ 0x41);
            const auto read = fromDer(changed);
            if (read)
                QVERIFY(verifyChain(*read, chain, roots, at("2026-06-01T00:00:00Z")) !=
                        ChainVerdict::Trusted);
        }
    }
    void pemIsReadInOrderWithTextAroundIt()
    {
        const auto chain =
            fromPem("subject=/CN=x\n" + contents("leaf.pem") + "\n issuer:\r\n" + contents("issuer.pem") +
                    "-----BEGIN X509 CRL-----\nMA==\n-----END X509 CRL-----\n");
        QVERIFY(bool(chain));
        QCOMPARE(chain->size(), std::size_t(2));
        QCOMPARE(chain->at(0), certificate("leaf.pem"));
        QCOMPARE(chain->at(1), certificate("issuer.pem"));
        std::string folded = contents("leaf.pem");
        for (std::size_t i = folded.find('\n'); i != std::string::npos; i = folded.find('\n', i + 2))
            folded.insert(i, "\r");
        QVERIFY(bool(fromPem(folded)));
    }
    void whatIsNoPemSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("pem");
        QTest::addColumn<int>("error");
        const auto row = [](const char *title, const std::string &pem, CertificateError error) {
            QTest::newRow(title) << QByteArray::fromStdString(pem) << int(error);
        };
        const std::string leaf = contents("leaf.pem");
        row("nothing", "", CertificateError::NotPem);
        row("HTML", "<html>-----BEGIN CERTIFICATE-----</html>", CertificateError::NotPem);
        row("no end", leaf.substr(0, leaf.find("-----END")), CertificateError::NotPem);
        row("another end", leaf.substr(0, leaf.find("-----END")) + "-----END X509 CERTIFICATE-----",
            CertificateError::NotPem);
        row("no base64", "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
            CertificateError::NotPem);
        row("empty", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", CertificateError::NotPem);
        row("no certificate", pemOf("hello world"), CertificateError::NotDer);
        row("the second is broken", leaf + pemOf("hello world"), CertificateError::NotDer);
        std::string many;
        for (std::size_t i = 0; i <= MaxChainLength; ++i)
            many += leaf;
        row("too many", many, CertificateError::TooLong);
        row("too big",
            "-----BEGIN CERTIFICATE-----\n" + std::string(3 * MaxCertificateOctets, 'A') +
                "\n-----END CERTIFICATE-----\n",
            CertificateError::TooLong);
    }
    void whatIsNoPemSaysWhy()
    {
        QFETCH(QByteArray, pem);
        QFETCH(int, error);
        const auto read = fromPem(pem.toStdString());
        QVERIFY(!read);
        QCOMPARE(int(read.error()), error);
    }
    void namesFitAsRfc9525Says_data()
    {
        QTest::addColumn<QString>("dnsName");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *dnsName, const char *host, bool fits) {
            QTest::addRow("%s for %s", dnsName, host)
                << QString::fromLatin1(dnsName) << QString::fromLatin1(host) << fits;
        };
        row("mx.example.com", "mx.example.com", true);
        row("MX.Example.COM", "mx.example.com", true);
        row("mx.example.com", "example.com", false);
        row("example.com", "mx.example.com", false);
        row("*.example.com", "mx.example.com", true);
        row("*.EXAMPLE.com", "mx.example.com", true);
        row("*.example.com", "example.com", false);
        row("*.example.com", "a.mx.example.com", false);
        row("m*.example.com", "mx.example.com", false);
        row("mx.*.com", "mx.example.com", false);
        row("*.*.com", "mx.example.com", false);
        row("*", "com", false);
        row("*.", "com", false);
        row("*.com", "example.com", true); // the text forbids it to none but the issuer
        row("mx.example.com.", "mx.example.com", false);
        row(".example.com", "mx.example.com", false);
        row("", "mx.example.com", false);
        row("mx.example.com x", "mx.example.com", false);
        row("_mta-sts.example.com", "_mta-sts.example.com", true);
        row("xn--mller-kva.example", "xn--mller-kva.example", true);
    }
    void namesFitAsRfc9525Says()
    {
        QFETCH(QString, dnsName);
        QFETCH(QString, host);
        QFETCH(bool, fits);
        QCOMPARE(nameFits(dnsName.toStdString(), tests::name(host.toStdString())), fits);
    }
    void aNulInANameDoesNotCutIt()
    {
        using namespace std::string_view_literals;
        QVERIFY(!nameFits("mx.example.com\0.example.net"sv, tests::name("mx.example.com")));
        QVERIFY(!nameFits("mx.example.com\0"sv, tests::name("mx.example.com")));
        QVERIFY(!nameFits("*.", DomainName()));
    }
    void hostsFitAnyOfTheNamesButNeverTheCommonName()
    {
        Certificate leaf = certificate("leaf.pem");
        QVERIFY(fitsHost(leaf, tests::name("mx.example.com")));
        QVERIFY(fitsHost(leaf, tests::name("mx7.example.net")));
        QVERIFY(!fitsHost(leaf, tests::name("example.net")));
        leaf.dnsNames.clear();
        QVERIFY(!fitsHost(leaf, tests::name("mx.example.com")));
    }
    void chainsAreVerifiedAtATime_data()
    {
        QTest::addColumn<QString>("leaf");
        QTest::addColumn<QStringList>("others");
        QTest::addColumn<QStringList>("roots");
        QTest::addColumn<QString>("time");
        QTest::addColumn<int>("verdict");
        const auto row = [](const char *title, const char *leaf, const QStringList &others,
                            const QStringList &roots, ChainVerdict verdict,
                            const char *time = "2026-06-01T00:00:00Z") {
            QTest::newRow(title) << QString::fromLatin1(leaf) << others << roots << QString::fromLatin1(time)
                                 << int(verdict);
        };
        const QStringList issuer{QStringLiteral("issuer.pem")};
        const QStringList root{QStringLiteral("root.pem")};
        const QString otherRoot = QStringLiteral("other_root_of_the_same_name.pem");
        row("whole", "leaf.pem", issuer, root, ChainVerdict::Trusted);
        row("in any order, with the root", "leaf.pem", QStringList{root[0], issuer[0]}, root,
            ChainVerdict::Trusted);
        row("the leaf among the others", "leaf.pem", QStringList{QStringLiteral("leaf.pem"), issuer[0]}, root,
            ChainVerdict::Trusted);
        row("an intermediate as root", "leaf.pem", {}, issuer, ChainVerdict::Trusted);
        row("the leaf as root", "self_signed_ed25519.pem", {}, {QStringLiteral("self_signed_ed25519.pem")},
            ChainVerdict::Trusted);
        row("issuer missing", "leaf.pem", {}, root, ChainVerdict::NoIssuer);
        row("no roots", "leaf.pem", issuer, {}, ChainVerdict::NoIssuer);
        row("root sent but not known", "leaf.pem", QStringList{issuer[0], root[0]}, {},
            ChainVerdict::NoIssuer);
        row("another root of the same name", "leaf.pem", issuer, {otherRoot}, ChainVerdict::NoIssuer);
        row("both roots of the same name", "leaf.pem", issuer, {otherRoot, root[0]}, ChainVerdict::Trusted);
        row("self-signed and not known", "self_signed_ed25519.pem", {}, root, ChainVerdict::NoIssuer);
        row("not yet", "leaf.pem", issuer, root, ChainVerdict::Expired, "2025-12-31T23:59:59Z");
        row("the first second", "leaf.pem", issuer, root, ChainVerdict::Trusted, "2026-01-01T00:00:00Z");
        row("no more", "leaf.pem", issuer, root, ChainVerdict::Expired, "2027-01-01T00:00:01Z");
        row("a leaf that issues", "signed_by_a_leaf.pem", QStringList{QStringLiteral("leaf.pem"), issuer[0]},
            root, ChainVerdict::NotCa);
        row("an issuer below its path length", "too_deep_leaf.pem",
            QStringList{QStringLiteral("too_deep_issuer.pem"), issuer[0]}, root, ChainVerdict::NotCa);
        row("a critical extension that nobody knows", "leaf_with_unknown_critical_extension.pem", issuer,
            root, ChainVerdict::Other);
    }
    void chainsAreVerifiedAtATime()
    {
        QFETCH(QString, leaf);
        QFETCH(QStringList, others);
        QFETCH(QStringList, roots);
        QFETCH(QString, time);
        QFETCH(int, verdict);
        const auto all = [](const QStringList &files) {
            std::vector<Certificate> read;
            for (const QString &file : files)
                read.push_back(certificate(file.toStdString()));
            return read;
        };
        QCOMPARE(
            int(verifyChain(certificate(leaf.toStdString()), all(others), all(roots), at(time.toLatin1()))),
            verdict);
    }
    void aCriticalExtensionThatTheCallerKnowsIsNoFault()
    {
        const std::vector<Certificate> chain = {certificate("issuer.pem")};
        const std::vector<Certificate> roots = {certificate("root.pem")};
        const Certificate leaf = certificate("leaf_with_unknown_critical_extension.pem");
        const std::string_view known[] = {"2.25.1"};
        const std::string_view other[] = {"2.25.2"};
        const Timestamp time = at("2026-06-01T00:00:00Z");
        QVERIFY(verifyChain(leaf, chain, roots, time, known) == ChainVerdict::Trusted);
        QVERIFY(verifyChain(leaf, chain, roots, time, other) == ChainVerdict::Other);
        QVERIFY(verifyChain(leaf, chain, roots, at("2028-01-01T00:00:00Z"), known) == ChainVerdict::Expired);
    }
    void aChangedSignatureIsTold()
    {
        std::string der = certificate("leaf.pem").der;
        der.back() = static_cast<char>(der.back() ^ 1);
        const auto changed = fromDer(der);
        QVERIFY(bool(changed));
        const std::vector<Certificate> chain = {certificate("issuer.pem")};
        const std::vector<Certificate> roots = {certificate("root.pem")};
        QVERIFY(verifyChain(*changed, chain, roots, at("2026-06-01T00:00:00Z")) ==
                ChainVerdict::BadSignature);
    }
    void digestsAreThoseOfTheirStandards()
    {
        // FIPS 180-4: the digests of "abc".
        QCOMPARE(hex(sha1("abc")), std::string("a9993e364706816aba3e25717850c26c9cd0d89d"));
        QCOMPARE(hex(sha256("abc")),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(hex(sha512("abc")).substr(0, 32), std::string("ddaf35a193617abacc417349ae204131"));
        QCOMPARE(hex(sha256("")),
                 std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    }
};

QTEST_APPLESS_MAIN(TestX509Certificate)
#include "tst_x509_certificate.moc"
