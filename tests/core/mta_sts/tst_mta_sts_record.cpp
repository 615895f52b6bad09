// SPDX-License-Identifier: Apache-2.0
// RFC 8461 sections 3.1, 3.2 and 4.1: records, policies, patterns.
#include "mta_sts/policy.h"
#include "mta_sts/record.h"
#include "support/rows.h"
#include "support/zone.h"

#include <QDir>
#include <QTest>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

void addCases(const char *file, const char *nameOf)
{
    QTest::addColumn<Json>("given");
    const Json data = dataFile(file);
    int number = 0;
    for (const Json &given : data["cases"])
        QTest::addRow("%02d %s", ++number, given[nameOf].get<std::string>().c_str()) << given;
}

/// Parses what a text says and the text written from it: both mean the same.
void verifyRoundTrip(const mta_sts::ParsedPolicy &parsed)
{
    const mta_sts::ParsedPolicy again = mta_sts::parsePolicy(mta_sts::toText(*parsed.record));
    QVERIFY(again.record == parsed.record);
}

} // namespace

class TestMtaStsRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void records_data() { addCases("mta_sts/txt.json", "id"); }
    void records()
    {
        QFETCH(Json, given);
        std::vector<std::string> texts;
        for (const Json &txt : given["txt"]) {
            if (mta_sts::isRecord(txt.get<std::string>()))
                texts.push_back(txt);
        }
        const Json &expect = given["expect"];
        const bool isOne = texts.size() == 1;
        const auto parsed = isOne ? mta_sts::parseRecord(texts.front()) : mta_sts::ParsedRecord();
        QCOMPARE(isOne && mta_sts::isUsable(parsed), expect["available"].get<bool>());
        if (!expect["available"].get<bool>())
            return;
        QCOMPARE(text(parsed.record->id.value()), text(expect["id"].get<std::string>()));
        QCOMPARE(!parsed.issues.empty(), given.value("ambiguous", false) || given["id"] == "duplicate-id");
        QVERIFY(mta_sts::parseRecord(mta_sts::toText(*parsed.record)).record == parsed.record);
    }

    void whatWasMeantToBeARecordIsKnown()
    {
        for (const char *txt : {"v=stsv1; id=1", "v=STSv2; id=1", " v=STSv1; id=1", "v = STSv1; id=1",
                                "v=STSv1", "v=STSv1, id=1", "v=STS1; id=1"})
            QVERIFY2(mta_sts::resemblesRecord(txt) && !mta_sts::isRecord(txt), txt);
        for (const char *txt : {"v=STSv1; id=1", "v=spf1 -all", "", "v=ST", "id=1; v=STSv1"})
            QVERIFY2(!mta_sts::resemblesRecord(txt), txt);
    }

    void policies_data() { addCases("mta_sts/policy.json", "id"); }
    void policies()
    {
        QFETCH(Json, given);
        const mta_sts::ParsedPolicy parsed = mta_sts::parsePolicy(given["body"].get<std::string>());
        const Json &expect = given["expect"];
        if (!expect["valid"].get<bool>()) {
            QVERIFY(!parsed.issues.empty());
            QCOMPARE(mta_sts::isUsable(parsed), given.value("lenient_accept", false));
            return;
        }
        QVERIFY(mta_sts::isUsable(parsed));
        QCOMPARE(parsed.issues.empty(), given["id"] != "dup-mode");
        const mta_sts::Policy &policy = *parsed.record;
        QCOMPARE(text(toString(policy.mode.value())), text(expect["mode"].get<std::string>()));
        QCOMPARE(policy.maxAge.value(), expect["max_age"].get<std::uint64_t>());
        Json mx = Json::array();
        for (const mta_sts::MxPattern &pattern : policy.mx)
            mx.push_back(pattern.text());
        QCOMPARE(text(mx.dump()), text(expect["mx"].dump()));
        Json ignored = Json::array();
        for (const Field &extension : policy.extensions)
            ignored.push_back(extension.name);
        QCOMPARE(text(ignored.dump()), text(expect["ignored"].dump()));
        QCOMPARE(parsed.spans.size(), policy.mx.size());
        verifyRoundTrip(parsed);
    }

    void everyFaultHasItsLineAndPlace()
    {
        const std::string body =
            "version: STSv1\r\nmode: enforced\r\nmx: a.example, b.example\r\nmax_age: 1w\r\n";
        const mta_sts::ParsedPolicy parsed = mta_sts::parsePolicy(body);
        QCOMPARE(parsed.issues.size(), std::size_t(3));
        const std::array expected = {"enforced", "a.example, b.example", "1w"};
        for (std::size_t i = 0; i < 3; ++i) {
            const mta_sts::PolicyIssue &issue = parsed.issues[i];
            QCOMPARE(issue.line, i + 2);
            QCOMPARE(body.substr(issue.span.begin, issue.span.end - issue.span.begin), expected[i]);
        }
    }

    void exampleOfTheRfcIsFlawless()
    {
        // RFC 8461 section 3.2 and appendix A.
        const auto parsed =
            mta_sts::parsePolicy("version: STSv1\nmode: enforce\nmx: mail.example.com\n"
                                 "mx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n");
        QVERIFY(parsed.isFlawless());
        QCOMPARE(parsed.record->mx.size(), std::size_t(3));
        QVERIFY(mta_sts::parseRecord("v=STSv1; id=20160831085700Z;").isFlawless());
        QVERIFY(mta_sts::parseRecord("v=STSv1; id=20160707T010757;").isFlawless());
    }

    void policiesOfTheFieldAreRead()
    {
        const QDir folder(QStringLiteral(MAILOSCOPE_TEST_DATA "/mta_sts/corpus"));
        int count = 0;
        for (const QString &name : folder.entryList({QStringLiteral("*.txt")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto parsed = mta_sts::parsePolicy(file.readAll().toStdString());
            QVERIFY2(parsed.isFlawless() && mta_sts::isUsable(parsed), qPrintable(name));
            verifyRoundTrip(parsed);
            ++count;
        }
        QCOMPARE(count, 8);
    }

    void patterns_data() { addCases("mta_sts/mx-match.json", "pattern"); }
    void patterns()
    {
        QFETCH(Json, given);
        const auto pattern = mta_sts::MxPattern::parse(given["pattern"].get<std::string>());
        QVERIFY(pattern.has_value());
        QCOMPARE(pattern->matches(tests::name(given["host"].get<std::string>())), given["match"].get<bool>());
    }

    void hugePoliciesAreBounded()
    {
        std::string body = "version: STSv1\nmode: enforce\nmax_age: 1209600\n";
        for (int i = 0; i < 50000; ++i)
            body += "mx: h" + std::to_string(i) + ".example\n";
        const auto parsed = mta_sts::parsePolicy(body);
        QVERIFY(!mta_sts::isUsable(parsed));
        QVERIFY(parsed.record->mx.size() <= mta_sts::MaxPolicyLines);
        QVERIFY(mta_sts::parsePolicy(std::string(1 << 20, '\n')).issues.size() <=
                mta_sts::MaxPolicyLines + 10);
    }
};

QTEST_APPLESS_MAIN(TestMtaStsRecord)
#include "tst_mta_sts_record.moc"
