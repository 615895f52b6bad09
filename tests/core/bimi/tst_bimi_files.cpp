// SPDX-License-Identifier: Apache-2.0
// Logos and mark certificates: the vectors, and real ones.
#include "bimi/svg.h"
#include "bimi_files.h"
#include "support/rows.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::bimi;
using namespace mailoscope::tests;
using Kind = SvgFault::Kind;
using Json = nlohmann::ordered_json;

namespace
{

QString printed(const SvgCheck &check)
{
    QStringList faults;
    for (const SvgFault &fault : check.faults) {
        faults << QStringLiteral("%1@%2:%3 %4 %5 %6")
                      .arg(int(fault.kind))
                      .arg(fault.line)
                      .arg(fault.column)
                      .arg(QString::fromStdString(fault.element), QString::fromStdString(fault.attribute),
                           QString::fromStdString(fault.value));
    }
    return faults.join(QLatin1Char('\n'));
}

/// What each vector has to be told of; the others have no fault.
const std::map<std::string, std::set<Kind>> Expected = {
    {"bad-version-1.1.svg", {Kind::BadVersion}},
    {"bad-no-version.svg", {Kind::BadVersion}},
    {"bad-profile-tiny.svg", {Kind::BadProfile}},
    {"bad-no-profile.svg", {Kind::BadProfile}},
    {"bad-no-namespace.svg", {Kind::NoNamespace}},
    {"bad-root-xy.svg", {Kind::RootPosition}},
    {"bad-no-title.svg", {Kind::TitleMissing}},
    {"bad-empty-title.svg", {Kind::TitleEmpty}},
    {"bad-two-titles.svg", {Kind::TitleTwice}},
    {"bad-script.svg", {Kind::Script}},
    {"bad-onload.svg", {Kind::Script}},
    {"bad-animate.svg", {Kind::Animation, Kind::UnknownElement}},
    {"bad-image-data.svg", {Kind::Bitmap}},
    {"bad-style-attribute.svg", {Kind::UnknownAttribute}},
    {"bad-style-element.svg", {Kind::UnknownElement}},
    {"bad-external-use.svg", {Kind::External}},
    {"bad-link.svg", {Kind::External}},
    {"bad-filter.svg", {Kind::UnknownElement, Kind::UnknownAttribute}},
    {"bad-clippath.svg", {Kind::UnknownElement, Kind::UnknownAttribute}},
    {"bad-mask.svg", {Kind::UnknownElement, Kind::UnknownAttribute}},
    {"bad-foreignobject.svg", {Kind::External}},
    {"bad-switch.svg", {Kind::UnknownElement}},
    {"bad-text-in-g.svg", {Kind::CharacterData}},
    {"bad-title-in-g.svg", {Kind::TitleMissing, Kind::TitleMisplaced}},
    {"bad-title-not-first.svg", {Kind::TitleMisplaced}},
    {"bad-empty-desc.svg", {Kind::EmptyDescription}},
    {"bad-zoomandpan.svg", {Kind::BadValue}},
    {"bad-preserveaspectratio.svg", {Kind::BadValue}},
    {"bad-external-paint.svg", {Kind::External}},
    {"bad-nested-svg.svg", {Kind::UnknownElement}},
    {"bad-doctype-entity.svg", {Kind::Doctype, Kind::Entity}},
    {"bad-stylesheet-pi.svg", {Kind::External}},
    {"bad-not-wellformed.svg", {Kind::NotWellFormed}},
    {"bad-too-big.svg", {Kind::TooLarge}},
    {"warn-no-viewbox.svg", {Kind::NoViewBox}},
    {"warn-not-square.svg", {Kind::NotSquare}},
    {"warn-percent-size.svg", {Kind::RelativeSize}},
    {"warn-small.svg", {Kind::SmallSize}},
    {"warn-one-colour.svg", {Kind::OneColour}},
    {"warn-long-title.svg", {Kind::TitleLong}},
    {"warn-class.svg", {Kind::Discouraged}},
    {"warn-zoomandpan.svg", {Kind::Discouraged}},
    {"warn-use-xlink.svg", {Kind::Discouraged}},
};

std::string drawn(const std::string &inside, const std::string &attributes = {})
{
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" baseProfile=\"tiny-ps\" viewBox=\"0 0 "
           "9 9\"" +
           attributes + ">\n<title>Example</title>\n<rect width=\"9\" height=\"9\" fill=\"#fff\"/>\n" +
           inside + "\n</svg>\n";
}

MarkCertificate mark(const std::string &file, const std::string &domain = "example.com",
                     const std::string &at = "2026-11-21T00:00:00Z", const std::string &selector = "default")
{
    MarkContext context;
    context.domain = name(domain);
    context.selector = selector;
    context.at = timeOf(at);
    context.indicator = bimiFile("svg/good.svg");
    return checkMarkCertificate(bimiFile(file), context, allRoots());
}

} // namespace

class TestBimiFiles : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aViewBoxHoldsNumbersThatSvgKnows_data()
    {
        QTest::addColumn<QString>("viewBox");
        QTest::addColumn<bool>("isSound");
        for (const char *sound : {"0 0 9 9", "-1.5,+2 9e1 90", " 0 0\t9 9 "})
            QTest::newRow(sound) << QString::fromLatin1(sound) << true;
        for (const char *unsound : {"0 0 inf inf", "nan nan 9 9", "0 0 infinity 9", "0 0 1e999 1e999",
                                    "0 0 0 9", "0 0 9", "0 0 9 9 9"})
            QTest::newRow(unsound) << QString::fromLatin1(unsound) << false;
    }
    void aViewBoxHoldsNumbersThatSvgKnows()
    {
        QFETCH(QString, viewBox);
        QFETCH(bool, isSound);
        const SvgCheck check = checkSvg("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" +
                                        viewBox.toStdString() + "\"><title>Example</title></svg>");
        QCOMPARE(check.has(Kind::BadValue), !isSound);
    }

    void everyLogoOfTheVectorsIsJudged_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("verdict");
        const Json cases = dataFile("bimi/svg/cases.json");
        for (const Json &row : cases["files"]) {
            const auto file = row["file"].get<std::string>();
            QTest::newRow(file.c_str()) << text(file) << text(row["verdict"].get<std::string>());
        }
    }
    void everyLogoOfTheVectorsIsJudged()
    {
        QFETCH(QString, file);
        QFETCH(QString, verdict);
        std::string octets = bimiFile("svg/" + file.toStdString());
        if (file.endsWith(QLatin1String(".svgz"))) {
            QVERIFY(isGzip(octets));
            octets = *unpackGzip(octets);
            QCOMPARE(octets, bimiFile("svg/good.svg"));
        }
        const SvgCheck check = checkSvg(octets);
        QVERIFY2(check.isValid() == (verdict != QLatin1String("bad")), qPrintable(printed(check)));
        const auto expected = Expected.find(file.toStdString());
        std::set<Kind> found;
        for (const SvgFault &fault : check.faults)
            found.insert(fault.kind);
        const std::set<Kind> wanted = expected == Expected.end() ? std::set<Kind>() : expected->second;
        for (const Kind kind : found)
            QVERIFY2(wanted.contains(kind), qPrintable(printed(check)));
        QVERIFY2(wanted.empty() == found.empty(), qPrintable(printed(check)));
    }
    void realLogosHaveNoFault_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"la3rence-bimi.svg", "lieser-example.svg", "riscfuture-bimi.svg",
                                 "cnn.logo.svg", "redshift.logo.svg", "xometry_cmc.logo.svg"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void realLogosHaveNoFault()
    {
        QFETCH(QString, file);
        const SvgCheck check = checkSvg(bimiFile("corpus/" + file.toStdString()));
        QVERIFY2(check.isValid(), qPrintable(printed(check)));
        QVERIFY(!check.title.empty());
    }
    void otherPicturesAreRefused()
    {
        const SvgCheck icon = checkSvg(bimiFile("corpus/negative-lieser-icon.svg"));
        for (const Kind kind : {Kind::BadVersion, Kind::BadProfile, Kind::RootPosition, Kind::TitleMissing,
                                Kind::UnknownElement})
            QVERIFY2(icon.has(kind), qPrintable(printed(icon)));
        const SvgCheck picture = checkSvg(bimiFile("corpus/negative-mailauth.svg"));
        for (const Kind kind : {Kind::Doctype, Kind::BadVersion, Kind::Bitmap})
            QVERIFY2(picture.has(kind), qPrintable(printed(picture)));
    }
    void faultsAreToldWithTheirPlace_data()
    {
        QTest::addColumn<QString>("svg");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("place");
        const auto row = [](const char *title, const std::string &svg, Kind kind, const char *place) {
            QTest::newRow(title) << QString::fromStdString(svg) << int(kind) << QString::fromLatin1(place);
        };
        row("element", drawn("<g>\n  <symbol/>\n</g>"), Kind::UnknownElement, "5:4");
        row("attribute", drawn("<path d=\"M0 0\"\n  style=\"x\"/>"), Kind::UnknownAttribute, "5:3");
        row("attribute behind a > in a value", drawn("<path id='a' about='>' style=\"x\"/>"),
            Kind::UnknownAttribute, "4:24");
        row("value of a list", drawn("<path fill-rule=\"odd\"/>"), Kind::BadValue, "4:7");
        row("id that is no name", drawn("<path id=\"1\"/>"), Kind::BadValue, "4:7");
        row("both ids", drawn("<path id=\"a\" xml:id=\"b\"/>"), Kind::UnknownAttribute, "4:2");
        row("language", drawn("<path xml:lang=\"x_y\"/>"), Kind::BadValue, "4:7");
        row("x at the root", drawn("", " x='1'"), Kind::RootPosition, "1:95");
        row("event", drawn("<path onclick=\"x\"/>"), Kind::Script, "4:7");
        row("javascript", drawn("<use href=\"javascript:x\"/>"), Kind::Script, "4:6");
        row("data", drawn("<use href=\"data:image/png;base64,AA\"/>"), Kind::Bitmap, "4:6");
        row("paint from elsewhere", drawn("<path fill=\"url( 'x.svg#a' )\"/>"), Kind::External, "4:7");
        row("paint from elsewhere behind one from here", drawn("<path fill=\"url(#a) url(x.svg)\"/>"),
            Kind::External, "4:7");
        row("paint that does not end", drawn("<path fill=\"url(#a\"/>"), Kind::External, "4:7");
        row("base elsewhere", drawn("<g xml:base=\"https://a.example/\"/>"), Kind::External, "4:4");
        row("foreign element", drawn("<x:y xmlns:x=\"urn:x\"/>"), Kind::ForeignElement, "4:2");
        row("foreign attribute", drawn("<g xmlns:x=\"urn:x\" x:y=\"1\"/>"), Kind::ForeignAttribute, "4:20");
        row("a stop outside of a gradient", drawn("<stop/>"), Kind::UnknownElement, "4:2");
        row("a shape in a gradient", drawn("<linearGradient><path/></linearGradient>"), Kind::UnknownElement,
            "4:18");
        row("a shape in a shape", drawn("<path><path/></path>"), Kind::UnknownElement, "4:8");
        row("tspan", drawn("<text>a<tspan>b</tspan></text>"), Kind::UnknownElement, "4:9");
        row("display on a shape", drawn("<path display=\"none\"/>"), Kind::UnknownAttribute, "4:7");
        row("set", drawn("<path><set/></path>"), Kind::Animation, "4:8");
        row("text", drawn("<defs>x</defs>"), Kind::CharacterData, "4:7");
        row("text in CDATA", drawn("<g><![CDATA[x]]></g>"), Kind::CharacterData, "4:13");
        row("attribute twice", drawn("<path d=\"\" d=\"\"/>"), Kind::NotWellFormed, "4:12");
        row("entity", drawn("<text>&nbsp;</text>"), Kind::Entity, "4:7");
        row("ampersand", drawn("<text>a & b</text>"), Kind::NotWellFormed, "4:9");
        row("less than in a value", drawn("<path d=\"<\"/>"), Kind::NotWellFormed, "4:10");
        row("control character", drawn("<text>\x01</text>"), Kind::NotWellFormed, "4:7");
        row("two roots", drawn("") + "<svg/>", Kind::NotWellFormed, "6:2");
        row("text behind the root", drawn("") + "x", Kind::NotWellFormed, "6:1");
        row("nothing", "", Kind::NotWellFormed, "1:1");
        row("HTML", "<html><body/></html>", Kind::NotSvg, "1:2");
    }
    void faultsAreToldWithTheirPlace()
    {
        QFETCH(QString, svg);
        QFETCH(int, kind);
        QFETCH(QString, place);
        const SvgCheck check = checkSvg(svg.toStdString());
        QVERIFY(!check.isValid());
        bool told = false;
        for (const SvgFault &fault : check.faults)
            told = told || (int(fault.kind) == kind &&
                            QStringLiteral("%1:%2").arg(fault.line).arg(fault.column) == place);
        QVERIFY2(told, qPrintable(printed(check)));
    }
    void whatTheProfileAllowsIsNoFault()
    {
        for (const std::string &inside :
             {std::string("<g id=\"a\" transform=\"scale(2)\"><path d=\"M0 0\" fill=\"url(#g)\" "
                          "vector-effect=\"none\"/></g>"),
              std::string("<defs><radialGradient id=\"g\"><stop offset=\"0\" "
                          "stop-color=\"red\"/></radialGradient></defs>"),
              std::string(
                  "<text x=\"1\" font-weight=\"inherit\" xml:space=\"preserve\">a &amp; &#169; &lt;</text>"),
              std::string("<metadata>words</metadata><solidColor id=\"s\" solid-color=\"red\"/>"),
              std::string("<use href=\"#a\" x=\"1\"/><!-- & < --><line x1=\"0\" stroke=\"red\"/>"),
              std::string("<desc xml:lang=\"de-AT\" display=\"none\">words</desc>"),
              std::string("<textArea width=\"auto\" editable=\"none\">x</textArea>")}) {
            const SvgCheck check = checkSvg(drawn(inside, " preserveAspectRatio=\"xMidYMid meet\""));
            QVERIFY2(check.isValid(), qPrintable(printed(check)));
        }
        QVERIFY(checkSvg("\xef\xbb\xbf" + drawn("")).isValid());
    }
    void hostileFilesEnd()
    {
        std::string deep;
        for (int i = 0; i < 30000; ++i)
            deep += "<g>";
        QVERIFY(checkSvg(drawn(deep)).has(Kind::NotWellFormed));
        std::string closed = deep.substr(0, 3 * 200);
        for (int i = 0; i < 200; ++i)
            closed += "</g>";
        QVERIFY(checkSvg(drawn(closed)).has(Kind::TooDeep));
        std::string many;
        for (int i = 0; i < 50000; ++i)
            many += "<x/>";
        const SvgCheck check = checkSvg(drawn(many));
        QVERIFY(check.cut);
        QCOMPARE(check.faults.size(), MaxSvgFaults);
        std::string attributes;
        for (int i = 0; i < 50000; ++i)
            attributes += " a" + std::to_string(i) + "=''";
        QVERIFY(checkSvg(drawn("", attributes)).cut);
        std::string paints;
        std::string open;
        while (paints.size() + 1000 < MaxSvgOctets) {
            paints += "url(#a) ";
            open += "url(#a ";
        }
        QVERIFY(!checkSvg(drawn("<path fill=\"" + paints + "\"/>")).has(Kind::External));
        QVERIFY(checkSvg(drawn("<path fill=\"" + paints + "url(a)\"/>")).has(Kind::External));
        QVERIFY(checkSvg(drawn("<path fill=\"" + open + "\"/>")).has(Kind::External));
        QVERIFY(checkSvg(std::string(MaxSvgOctets + 1, ' ')).has(Kind::TooLarge));
        QVERIFY(unpackGzip("\x1f\x8b no").error() == UnpackError::Damaged);
    }

    void everyCertificateOfTheVectorsIsJudged_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QList<int>>("faults");
        const auto row = [](const char *file, std::initializer_list<MarkFault> faults) {
            QList<int> expected;
            for (const MarkFault fault : faults)
                expected << int(fault);
            QTest::newRow(file) << QString::fromLatin1(file) << expected;
        };
        using F = MarkFault;
        // No log signs test certificates, so each of these lacks its timestamps.
        row("vmc/vmc-good.pem", {F::NoTimestamps});
        row("vmc/vmc-good-with-root.pem", {F::NoTimestamps});
        row("vmc/cmc-good.pem", {F::NoTimestamps, F::NoSourceUrl});
        row("vmc/vmc-selector-san.pem", {F::NoTimestamps, F::Name});
        row("vmc/vmc-other-domain.pem", {F::NoTimestamps, F::Name});
        row("vmc/vmc-subdomain-san.pem", {F::NoTimestamps, F::Name});
        row("vmc/vmc-expired.pem", {F::NoTimestamps, F::Expired});
        row("vmc/vmc-too-long.pem", {F::NoTimestamps, F::LongLifetime});
        row("vmc/vmc-no-eku.pem", {F::NoTimestamps, F::KeyUsage});
        row("vmc/vmc-ca-no-eku.pem", {F::NoTimestamps, F::IssuerKeyUsage});
        row("vmc/vmc-no-logotype.pem", {F::NoTimestamps, F::NoLogotype});
        row("vmc/vmc-logo-differs.pem", {F::NoTimestamps, F::LogotypeDiffers});
        row("vmc/vmc-no-crl.pem", {F::NoTimestamps, F::NoCrl});
        row("vmc/vmc-no-marktype.pem", {F::NoTimestamps, F::NoMarkType});
        row("vmc/vmc-pilot.pem", {F::NoTimestamps, F::PilotExtension});
        row("vmc/vmc-wrong-order.pem", {F::NoTimestamps, F::LeafNotFirst, F::OutOfOrder});
        row("vmc/vmc-leaf-only.pem", {F::NoTimestamps, F::Chain});
        row("vmc/vmc-two-leaves.pem", {F::NoTimestamps, F::SeveralLeaves, F::OutOfOrder});
        row("extra/good.pem", {});
        row("extra/name_constraints.pem", {F::NameConstraints});
        row("extra/unknown_mark_type.pem", {F::UnknownMarkType});
        row("extra/prior_use_without_source.pem", {F::NoSourceUrl});
        row("extra/bad_hash.pem", {F::BadLogotype});
        row("extra/image_elsewhere.pem", {F::BadLogotype});
        row("extra/image_that_never_ends.pem", {F::BadLogotype});
    }
    void everyCertificateOfTheVectorsIsJudged()
    {
        QFETCH(QString, file);
        QFETCH(QList<int>, faults);
        const MarkCertificate judged = mark(file.toStdString());
        QList<int> found;
        for (const MarkFault fault : judged.faults)
            found << int(fault);
        std::sort(faults.begin(), faults.end());
        QCOMPARE(found, faults);
    }
    void everyCertificateOfTheVectorsHasARow()
    {
        const Json cases = dataFile("bimi/vmc/cases.json");
        QCOMPARE(cases["files"].size(), std::size_t(18));
    }
    void aSelectorNameCoversThatSelectorAlone()
    {
        const std::string at = "2026-11-21T00:00:00Z";
        QVERIFY(
            !mark("vmc/vmc-selector-san.pem", "example.com", at, "brand").faults.contains(MarkFault::Name));
        QVERIFY(mark("vmc/vmc-good.pem", "mail.example.com").faults.contains(MarkFault::Name));
        QVERIFY(!mark("vmc/vmc-subdomain-san.pem", "mail.example.com").faults.contains(MarkFault::Name));
    }
    void realCertificatesAreTrustedInTheirTime_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("at");
        QTest::addColumn<QString>("type");
        const auto row = [](const char *file, const char *domain, const char *at, const char *type) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(domain)
                                << QString::fromLatin1(at) << QString::fromLatin1(type);
        };
        row("cnn", "cnn.com", "2022-01-01T00:00:00Z", "");
        row("redshift", "redsift.com", "2022-01-01T00:00:00Z", "");
        row("xometry_cmc", "xometry.com", "2025-01-01T00:00:00Z", "prior-use");
    }
    void realCertificatesAreTrustedInTheirTime()
    {
        QFETCH(QString, file);
        QFETCH(QString, domain);
        QFETCH(QString, at);
        QFETCH(QString, type);
        const std::string path = "corpus/" + file.toStdString();
        MarkContext context;
        context.domain = name(domain.toStdString());
        context.at = timeOf(at.toStdString());
        context.indicator = bimiFile(path + ".logo.svg");
        const MarkCertificate judged =
            checkMarkCertificate(bimiFile(path + ".pem"), context, knownMarkRoots());
        QVERIFY(judged.verdict == x509::ChainVerdict::Trusted);
        QVERIFY(judged.sameAsIndicator == true);
        QVERIFY(judged.logotype.status == Logotype::Status::Ok);
        QVERIFY(judged.timestamps > 0);
        QCOMPARE(text(toString(judged.markType)), type);
        std::set<MarkFault> allowed;
        if (type.isEmpty()) // those of 2021 have no such field
            allowed.insert(MarkFault::NoMarkType);
        if (file == QLatin1String("redshift")) // issued by Entrust
            allowed.insert(MarkFault::DistrustedRoot);
        for (const MarkFault fault : judged.faults)
            QVERIFY2(allowed.contains(fault), qPrintable(QString::number(int(fault))));
        QCOMPARE(judged.faults.contains(MarkFault::DistrustedRoot), file == QLatin1String("redshift"));
        context.at = timeOf("2026-11-21T00:00:00Z");
        const MarkCertificate later =
            checkMarkCertificate(bimiFile(path + ".pem"), context, knownMarkRoots());
        QVERIFY(later.faults.contains(MarkFault::Expired));
        QVERIFY(!later.faults.contains(MarkFault::Chain));
    }
    void certificatesOfWebSitesAreRefused()
    {
        for (const char *file : {"corpus/catchall.delivery.pem", "corpus/postal_vmc.pem"}) {
            const MarkCertificate judged = mark(file);
            QVERIFY(judged.faults.contains(MarkFault::Chain));
            QVERIFY(judged.faults.contains(MarkFault::NoLogotype));
        }
        QVERIFY(mark("svg/good.svg").faults == std::set{MarkFault::NotPem});
    }
    void knowsFiveRoots()
    {
        QCOMPARE(knownMarkRoots().size(), std::size_t(5));
        for (const x509::Certificate &root : knownMarkRoots())
            QVERIFY(root.isSelfSigned && root.isCa);
    }
};

QTEST_APPLESS_MAIN(TestBimiFiles)
#include "tst_bimi_files.moc"
