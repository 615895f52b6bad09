// SPDX-License-Identifier: Apache-2.0
// One DMARC record: what it means, every fault with its place, and back to text.
#include "dmarc/record.h"
#include "support/rows.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::dmarc;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;
using Kind = Issue::Kind;

Q_DECLARE_METATYPE(nlohmann::ordered_json)
Q_DECLARE_METATYPE(std::vector<mailoscope::dmarc::Issue::Kind>)

namespace
{

Json policyOf(const std::optional<TagValue<Policy>> &tag)
{
    return tag && tag->value ? Json(std::string(toString(*tag->value))) : Json();
}

std::string optionsOf(const Record &record)
{
    std::string options;
    for (const FailureOption option : record.failureOptions())
        options += (options.empty() ? "" : ":") + std::string(1, "01ds"[static_cast<std::size_t>(option)]);
    return options;
}

Json urisOf(const std::optional<std::vector<ReportUri>> &uris)
{
    Json valid = Json::array();
    for (const ReportUri &uri : uris.value_or(std::vector<ReportUri>())) {
        if (uri.valid)
            valid.push_back(uri.uri);
    }
    return valid;
}

bool spoils(Kind kind)
{
    return kind == Kind::InvalidValue || kind == Kind::UriNoScheme || kind == Kind::UriSyntax ||
           kind == Kind::UriAddress;
}

Json meaningOf(const ParsedRecord &parsed)
{
    if (!parsed.record)
        return {{"is_dmarc", false}};
    const Record &record = *parsed.record;
    Json bad = Json::array();
    for (const Issue &issue : parsed.issues) {
        if (spoils(issue.kind))
            bad.push_back(issue.tag);
    }
    Json unknown = Json::array();
    for (const Record::Unknown &tag : record.unknown)
        unknown.push_back(tag.name);
    Json historic = Json::array();
    for (const Tag &tag : parsed.tags.tags) {
        if (tag.name == "pct" || tag.name == "ri" || tag.name == "rf")
            historic.push_back(tag.name);
    }
    const char *usable[] = {"normal", "as_p_none", "no_dmarc_processing"};
    return {{"is_dmarc", true},
            {"p", policyOf(record.p)},
            {"sp", policyOf(record.sp)},
            {"np", policyOf(record.np)},
            {"adkim", record.dkimAlignment() == Alignment::Strict ? "s" : "r"},
            {"aspf", record.spfAlignment() == Alignment::Strict ? "s" : "r"},
            {"fo", optionsOf(record)},
            {"psd", std::string(toString(record.publicSuffix()))},
            {"t", record.isTesting() ? "y" : "n"},
            {"rua", urisOf(record.rua)},
            {"ruf", urisOf(record.ruf)},
            {"bad", bad},
            {"unknown", unknown},
            {"historic", historic},
            {"usable", usable[static_cast<std::size_t>(usabilityOf(record))]}};
}

} // namespace

class DmarcRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsMeanWhatTheVectorsSay_data()
    {
        QTest::addColumn<Json>("row");
        const Json file = dataFile("dmarc/records.json");
        for (const Json &row : file["cases"])
            QTest::newRow(row["id"].get<std::string>().c_str()) << row;
    }
    void recordsMeanWhatTheVectorsSay()
    {
        QFETCH(Json, row);
        const ParsedRecord parsed = parse(row["txt"].get<std::string>());
        QCOMPARE(text(meaningOf(parsed).dump()), text(row["expect"].dump()));
    }

    void everyFaultIsToldAtItsPlace_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<std::vector<Kind>>("kinds");
        QTest::addColumn<QByteArrayList>("places");
        const auto row = [](const char *record, std::vector<Kind> kinds, QByteArrayList places) {
            QTest::newRow(record) << QByteArray(record) << std::move(kinds) << std::move(places);
        };
        row("v=DMARC1; p=reject", {}, {});
        row("v=DMARC1; p:reject", {Kind::NoEquals}, {"p:reject"});
        row("v=DMARC1; p=reject; 2x=1", {Kind::BadTagName}, {"2x"});
        row("v=DMARC1; ; p=reject", {Kind::EmptyPart}, {" ;"});
        row("v=DMARC1; p=none rua=mailto:a@b.example", {Kind::MissingSeparator}, {"rua=mailto:a@b.example"});
        row("v=DMARC1; p=none, sp=none", {Kind::MissingSeparator}, {"sp=none"});
        row("v=DMARC1; p=none; x=\x01", {Kind::BadOctet}, {"\x01"});
        row("v=DMARC1; p=none; p=none; v=DMARC1", {Kind::Duplicate, Kind::Duplicate}, {"p=none", "v=DMARC1"});
        row("V=DMARC1; P=none", {Kind::TagCase, Kind::TagCase}, {"V", "P"});
        row("v=DMARC1; p=None; aspf=S", {Kind::ValueCase, Kind::ValueCase}, {"None", "S"});
        row("v=DMARC1; p=; sp=no; np=nope", {Kind::InvalidValue, Kind::InvalidValue, Kind::InvalidValue},
            {"p=", "no", "nope"});
        row("v=DMARC1; p=none; pct=101; ri=-1; psd=x; t=1; fo=2; adkim=x",
            {Kind::InvalidValue, Kind::InvalidValue, Kind::InvalidValue, Kind::InvalidValue,
             Kind::InvalidValue, Kind::InvalidValue},
            {"101", "-1", "x", "1", "2", "x"});
        row("v=DMARC1; p=none; rua=a@b.example,,mailto:a@b.example!5m,mailto:a@b.example",
            {Kind::UriEmpty, Kind::UriNoScheme, Kind::UriSize, Kind::UriDuplicate},
            {"rua=a@b.example,,mailto:a@b.example!5m,mailto:a@b.example", "a@b.example",
             "mailto:a@b.example!5m", "mailto:a@b.example"});
        row("v=DMARC1; p=none; rua=mailto:a b@c.example,mailto:@c.example,mailto:a@localhost,ftp://x/",
            {Kind::UriSyntax, Kind::UriAddress, Kind::UriAddress, Kind::UriScheme},
            {"mailto:a b@c.example", "mailto:@c.example", "mailto:a@localhost", "ftp://x/"});
        row("v=DMARC1; p=none; rua=mailto:a%2Cb@c.example,mailto:a!b@c.example,mailto:a%4@c.example",
            {Kind::UriSyntax, Kind::UriSyntax}, {"mailto:a!b@c.example", "mailto:a%4@c.example"});
    }
    void everyFaultIsToldAtItsPlace()
    {
        QFETCH(QByteArray, record);
        QFETCH(std::vector<Kind>, kinds);
        QFETCH(QByteArrayList, places);
        const ParsedRecord parsed =
            parse(std::string_view(record.constData(), static_cast<std::size_t>(record.size())));
        QVERIFY(parsed.record);
        QByteArrayList found;
        std::vector<Kind> foundKinds;
        for (const Issue &issue : parsed.issues) {
            found.push_back(record.mid(static_cast<int>(issue.span.begin),
                                       static_cast<int>(issue.span.end - issue.span.begin)));
            foundKinds.push_back(issue.kind);
        }
        QCOMPARE(found, places);
        QVERIFY(foundKinds == kinds);
    }

    void textsThatAreNoRecordSayWhy_data()
    {
        QTest::addColumn<QByteArray>("given");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *given, TextKind kind) {
            QTest::newRow(given) << QByteArray(given) << static_cast<int>(kind);
        };
        row("v=DMARC1", TextKind::Record);
        row("v=DMARC1 ", TextKind::Record);
        row("v\t=\tDMARC1\t;", TextKind::Record);
        row("V=DMARC1;p=none", TextKind::Record);
        row(" v=DMARC1;p=none", TextKind::SomethingBefore);
        row("\"v=DMARC1;p=none\"", TextKind::SomethingBefore);
        row("\xef\xbb\xbfv=DMARC1;p=none", TextKind::SomethingBefore);
        row("v=Dmarc1; p=none", TextKind::WrongCase);
        row("v=DMARC1 p=none", TextKind::NoSeparator);
        row("v=DMARC1,p=none", TextKind::NoSeparator);
        row("v=DMARC1p=none", TextKind::NoSeparator);
        row("v=DMARC2; p=none", TextKind::WrongVersion);
        row("v=DMARC12; p=none", TextKind::WrongVersion);
        row("v=DMARC; p=none", TextKind::WrongVersion);
        row("p=none; v=DMARC1", TextKind::VersionNotFirst);
        row("v=spf1 -all", TextKind::Spf);
        row("v=BIMI1; l=", TextKind::Other);
        row("", TextKind::Other);
        row("DMARC1", TextKind::Other);
        row("v=", TextKind::Other);
    }
    void textsThatAreNoRecordSayWhy()
    {
        QFETCH(QByteArray, given);
        QFETCH(int, kind);
        QCOMPARE(static_cast<int>(kindOf(given.toStdString())), kind);
        QCOMPARE(parse(given.toStdString()).record.has_value(), kind == static_cast<int>(TextKind::Record));
    }

    void aRecordSurvivesItsText()
    {
        std::mt19937 random(20261121);
        const std::vector<std::string> parts = {"p=none",
                                                "p=Reject",
                                                "sp=quarantine",
                                                "np=x",
                                                "adkim=s",
                                                "aspf= r ",
                                                "t=y",
                                                "psd=n",
                                                "fo=1:d",
                                                "fo=1:1",
                                                "rua=mailto:a@b.example",
                                                "rua=mailto:a@b.example!10m , x,,",
                                                "ruf=",
                                                "ruf=\r\nmailto:c@d.example",
                                                "pct=50",
                                                "pct=x",
                                                "ri=86400",
                                                "rf=afrf",
                                                "zz=1",
                                                "P=none",
                                                "",
                                                "=",
                                                "a=b=c",
                                                "p",
                                                "v=DMARC1",
                                                "x=\xff",
                                                "rua= ,\r\n mailto:e@f.example",
                                                "sp=none aspf=s"};
        for (int i = 0; i < 3000; ++i) {
            std::string given = "v=DMARC1";
            for (std::size_t count = random() % 8; count > 0; --count)
                given += (random() % 4 == 0 ? ";" : "; ") + parts[random() % parts.size()];
            const ParsedRecord parsed = parse(given);
            QVERIFY(parsed.record);
            const std::string written = toText(*parsed.record);
            const ParsedRecord again = parse(written);
            QVERIFY2(again.record == parsed.record, (given + " -> " + written).c_str());
            QCOMPARE(toText(*again.record), written);
            QCOMPARE(parsed.spans.size(), parsed.tags.tags.size());
            for (const Issue &issue : parsed.issues)
                QVERIFY(issue.span.begin <= issue.span.end && issue.span.end <= given.size());
        }
    }

    void aHostileRecordIsReadInTime()
    {
        std::string given = "v=DMARC1";
        for (int i = 0; i < 12000; ++i)
            given += ";a" + std::to_string(i) + "=" + (i % 2 ? "x" : "= = =");
        given += "; rua=" + std::string(20000, ',') + "; p=" + std::string(20000, '=');
        const ParsedRecord parsed = parse(given);
        QVERIFY(parsed.record);
        QCOMPARE(parsed.record->unknown.size(), std::size_t(12000));
    }
};

QTEST_APPLESS_MAIN(DmarcRecord)
#include "tst_dmarc_record.moc"
