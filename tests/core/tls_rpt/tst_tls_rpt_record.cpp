// SPDX-License-Identifier: Apache-2.0
// RFC 8460 section 3: the record.
#include "support/rows.h"
#include "tls_rpt/record.h"

#include <QTest>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;
using tls_rpt::RecordIssue;
using tls_rpt::ReportUri;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

class TestTlsRptRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void records_data()
    {
        QTest::addColumn<Json>("given");
        const Json data = dataFile("tls_rpt/txt.json");
        for (const Json &given : data["cases"])
            QTest::addRow("%s", given["id"].get<std::string>().c_str()) << given;
    }
    void records()
    {
        QFETCH(Json, given);
        std::vector<std::string> texts;
        for (const Json &txt : given["txt"]) {
            if (tls_rpt::isRecord(txt.get<std::string>()))
                texts.push_back(txt);
        }
        const Json &expect = given["expect"];
        const bool isOne = texts.size() == 1;
        const auto parsed = isOne ? tls_rpt::parseRecord(texts.front()) : tls_rpt::ParsedRecord();
        QCOMPARE(isOne && tls_rpt::isUsable(parsed), expect["available"].get<bool>());
        if (!expect["available"].get<bool>())
            return;
        Json rua = Json::array();
        Json usable = Json::array();
        for (const ReportUri &uri : parsed.record->rua) {
            rua.push_back(uri.text);
            if (uri.scheme != ReportUri::Scheme::Other)
                usable.push_back(uri.text);
        }
        QCOMPARE(text(rua.dump()), text(expect["rua"].dump()));
        QCOMPARE(text(usable.dump()), text(expect["usable"].dump()));
        QCOMPARE(parsed.spans.size(), parsed.record->rua.size());
        QVERIFY(tls_rpt::parseRecord(tls_rpt::toText(*parsed.record)).record == parsed.record);
    }

    void examplesOfTheRfcAreFlawless()
    {
        // RFC 8460 section 3.
        const auto mail = tls_rpt::parseRecord("v=TLSRPTv1;rua=mailto:reports@example.com");
        QVERIFY(mail.isFlawless());
        QCOMPARE(mail.record->rua.front().domain.text(), "example.com");
        const auto web = tls_rpt::parseRecord("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt");
        QVERIFY(web.isFlawless());
        QVERIFY(web.record->rua.front().scheme == ReportUri::Scheme::Https);
        QCOMPARE(web.record->rua.front().domain.text(), "reporting.example.com");
    }

    void urisWithEqualsSignsAreWhole()
    {
        const auto parsed =
            tls_rpt::parseRecord("v=TLSRPTv1; rua=https://r.example/?a=b,mailto:x@y.example?subject=z");
        QVERIFY(parsed.isFlawless());
        QCOMPARE(parsed.record->rua.size(), std::size_t(2));
        QCOMPARE(parsed.record->rua[1].domain.text(), "y.example");
    }

    void eachBadUriHasItsPlace()
    {
        const std::string record = "v=TLSRPTv1; rua=mailto:a@b.example , nobody, mailto:@, https://, ,";
        const auto parsed = tls_rpt::parseRecord(record);
        QVERIFY(!tls_rpt::isUsable(parsed));
        QCOMPARE(parsed.record->rua.size(), std::size_t(1));
        std::vector<std::string> bad;
        for (const RecordIssue &issue : parsed.issues) {
            QVERIFY(issue.kind == RecordIssue::Kind::BadUri);
            QVERIFY(issue.span.begin <= issue.span.end && issue.span.end <= record.size());
            bad.push_back(record.substr(issue.span.begin, issue.span.end - issue.span.begin));
        }
        QCOMPARE(bad, (std::vector<std::string>{"nobody", "mailto:@", "https://", " ", ""}));
    }

    void urisAreBounded()
    {
        std::string record = "v=TLSRPTv1; rua=mailto:a@b.example";
        for (int i = 0; i < 5000; ++i)
            record += ",mailto:a@b.example";
        QCOMPARE(tls_rpt::parseRecord(record).record->rua.size(), tls_rpt::MaxUris);
        QVERIFY(tls_rpt::parseRecord("v=TLSRPTv1; rua=" + std::string(60000, ',')).issues.size() < 100);
    }
};

QTEST_APPLESS_MAIN(TestTlsRptRecord)
#include "tst_tls_rpt_record.moc"
