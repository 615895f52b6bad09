// SPDX-License-Identifier: Apache-2.0
#include "bimi/record.h"
#include "support/rows.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::bimi;
using Kind = Issue::Kind;
using Json = nlohmann::ordered_json;
using mailoscope::tests::dataFile;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

class TestBimiRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheRecordsOfTheVectors_data()
    {
        QTest::addColumn<Json>("row");
        const Json file = dataFile("bimi/records.json");
        for (const Json &row : file["records"])
            QTest::newRow(row["id"].get<std::string>().c_str()) << row;
    }
    void readsTheRecordsOfTheVectors()
    {
        QFETCH(Json, row);
        const Json &expect = row["expect"];
        const auto text = row["txt"].get<std::string>();
        const ParsedRecord parsed = parse(text);
        const auto status = expect["status"].get<std::string>();
        QCOMPARE(parsed.record.has_value(), status != "not-bimi");
        QCOMPARE(isBimiRecord(text), status != "not-bimi");
        QCOMPARE(isNearMiss(text), status == "not-bimi");
        QCOMPARE(isUsable(parsed), status == "ok" || status == "declined");
        if (!isUsable(parsed))
            return;
        const Record &record = *parsed.record;
        QCOMPARE(record.isDeclination(), status == "declined");
        QCOMPARE(record.location.value(), expect["l"].get<std::string>());
        QCOMPARE(record.evidence.value_or(""), expect["a"].get<std::string>());
        QCOMPARE(record.localPartSelectors.has_value(), !expect["lps"].is_null());
        if (record.localPartSelectors)
            QCOMPARE(*record.localPartSelectors, expect["lps"].get<std::vector<std::string>>());
        const bool avatarFault = expect.value("avp_invalid", false);
        QCOMPARE(parsed.issues.size(), std::size_t(avatarFault ? 1 : 0));
        if (!avatarFault)
            QCOMPARE(record.avatarPreference.value_or("brand"), expect["avp"].get<std::string>());
    }
    void makesSelectorsOfLocalParts()
    {
        const Json file = dataFile("bimi/records.json");
        for (const Json &row : file["local_parts"]) {
            const auto selector = selectorOf(row["local_part"].get<std::string>());
            QCOMPARE(selector.has_value(), !row["selector"].is_null());
            if (selector)
                QCOMPARE(*selector, row["selector"].get<std::string>());
        }
    }
    void namesEveryFaultWithItsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *title, const char *text, Kind kind, const char *part) {
            QTest::newRow(title) << QString::fromLatin1(text) << int(kind) << QString::fromLatin1(part);
        };
        row("no equals", "v=BIMI1; l=; junk", Kind::NoEquals, "junk");
        row("bad name", "v=BIMI1; l=; x y=1", Kind::BadName, "x y");
        row("empty part", "v=BIMI1;; l=", Kind::EmptyPart, ";");
        row("twice", "v=BIMI1; l=; l=", Kind::Duplicate, "l=");
        row("no location", "v=BIMI1; a=", Kind::NoLocation, "v=BIMI1; a=");
        row("http", "v=BIMI1; l=http://a.example/l.svg", Kind::LocationNotHttps, "http://a.example/l.svg");
        row("no host", "v=BIMI1; l=https:///l.svg", Kind::LocationBadUri, "https:///l.svg");
        row("one label", "v=BIMI1; l=https://localhost/l.svg", Kind::LocationBadUri,
            "https://localhost/l.svg");
        row("comma", "v=BIMI1; l=https://a.example/l,s.svg", Kind::LocationBadUri,
            "https://a.example/l,s.svg");
        row("a not https", "v=BIMI1; l=; a=self", Kind::EvidenceNotHttps, "self");
        row("a blank inside", "v=BIMI1; l=; a=https://a.example/x y", Kind::EvidenceBadUri,
            "https://a.example/x y");
        row("avp", "v=BIMI1; l=; avp=Brand", Kind::BadAvatarPreference, "Brand");
        row("lps", "v=BIMI1; l=; lps=a-,b_,c-", Kind::BadLocalPartSelectors, "b_");
        row("lps without a prefix", "v=BIMI1; l=; lps=a-,,c-", Kind::BadLocalPartSelectors, "");
    }
    void namesEveryFaultWithItsPlace()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, part);
        const ParsedRecord parsed = parse(text.toStdString());
        QVERIFY(parsed.record);
        QCOMPARE(parsed.issues.size(), std::size_t(1));
        QCOMPARE(int(parsed.issues[0].kind), kind);
        const Span span = parsed.issues[0].span;
        QCOMPARE(text.mid(qsizetype(span.begin), qsizetype(span.end - span.begin)), part);
    }
    void whatStandsBeforeTheVersionVoidsIt()
    {
        QVERIFY(!isBimiRecord("; v=BIMI1; l="));
        QVERIFY(!isBimiRecord("x; v=BIMI1; l="));
        QVERIFY(!isBimiRecord("v=BIMI1x"));
        QVERIFY(!isBimiRecord("V=BIMI1; l="));
        QVERIFY(isNearMiss("V=BIMI1; l="));
        QVERIFY(isBimiRecord(" v = BIMI1 ; l="));
        QVERIFY(!isNearMiss("v=spf1 -all"));
        QVERIFY(!isNearMiss("v=BIMI1"));
    }
};

QTEST_APPLESS_MAIN(TestBimiRecord)
#include "tst_bimi_record.moc"
