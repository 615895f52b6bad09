// SPDX-License-Identifier: Apache-2.0
// The record's text: every fault with its place, and back to text without loss.
#include "report/explain.h"
#include "spf/record.h"
#include "support/rows.h"
#include "support/spf_suite.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const char *nameOf(spf::IssueKind kind)
{
    switch (kind) {
    case spf::IssueKind::NonAscii:
        return "NonAscii";
    case spf::IssueKind::UnknownMechanism:
        return "UnknownMechanism";
    case spf::IssueKind::MissingArgument:
        return "MissingArgument";
    case spf::IssueKind::UnexpectedArgument:
        return "UnexpectedArgument";
    case spf::IssueKind::BadIp4:
        return "BadIp4";
    case spf::IssueKind::BadIp6:
        return "BadIp6";
    case spf::IssueKind::BadCidr:
        return "BadCidr";
    case spf::IssueKind::BadDomainSpec:
        return "BadDomainSpec";
    case spf::IssueKind::AddressAsDomain:
        return "AddressAsDomain";
    case spf::IssueKind::MacroSyntax:
        return "MacroSyntax";
    case spf::IssueKind::MacroExpLetter:
        return "MacroExpLetter";
    case spf::IssueKind::BadModifierName:
        return "BadModifierName";
    case spf::IssueKind::EmptyModifier:
        return "EmptyModifier";
    case spf::IssueKind::RedirectRepeated:
        return "RedirectRepeated";
    case spf::IssueKind::ExpRepeated:
        return "ExpRepeated";
    }
    return "";
}

QString partOf(const std::string &record, const Span &span)
{
    return text(std::string_view(record).substr(span.begin, span.end - span.begin));
}

/// All SPF texts of the public suite and of the corpus.
std::vector<std::string> realRecords()
{
    std::vector<std::string> records;
    for (const SuiteScenario &scenario : spfSuite()) {
        for (const DomainName &owner : scenario.zone.namesWith(dns::RrType::TXT)) {
            const dns::Answer answer = scenario.zone.answer({owner, dns::RrType::TXT});
            for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(answer))
                records.push_back(txt->joined());
        }
    }
    Zone corpus;
    corpus.addMasterFileAt(MAILOSCOPE_TEST_DATA "/corpus/mit/spf-includes.zone");
    for (const DomainName &owner : corpus.namesWith(dns::RrType::TXT)) {
        const dns::Answer answer = corpus.answer({owner, dns::RrType::TXT});
        for (const dns::TxtData *txt : dns::dataOf<dns::TxtData>(answer))
            records.push_back(txt->joined());
    }
    return records;
}

} // namespace

class SpfRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFaultIsFoundAtItsPlace_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        for (const Json &row : dataFile("spf/records.json"))
            QTest::addRow("%02d %s", ++number, row["text"].get<std::string>().c_str()) << row;
    }
    void everyFaultIsFoundAtItsPlace()
    {
        QFETCH(Json, row);
        const std::string record = row["text"];
        const spf::ParsedRecord parsed = spf::parse(record);
        QCOMPARE(parsed.record.has_value(), !row.value("notSpf", false));
        QCOMPARE(spf::isSpfRecord(record), parsed.record.has_value());
        if (!parsed.record)
            return;
        QStringList found;
        for (const spf::Issue &issue : parsed.issues) {
            found << QLatin1String(nameOf(issue.kind)) + QLatin1Char(' ') + partOf(record, issue.span);
            QVERIFY(std::holds_alternative<spf::UnreadableTerm>(parsed.record->terms.at(issue.term)));
            const std::string sentence = sentenceOf(issue, record);
            QVERIFY2(sentence.ends_with('.'), sentence.c_str());
        }
        QStringList expected;
        for (const Json &issue : row["issues"])
            expected << text(issue[0].get<std::string>()) + QLatin1Char(' ') +
                            text(issue[1].get<std::string>());
        QCOMPARE(found, expected);
        const std::string canonical = row.value("canonical", record);
        if (parsed.issues.empty())
            QCOMPARE(text(spf::toText(*parsed.record)), text(canonical));
    }

    void aRecordWrittenAndReadAgainIsTheSame_data() { everyFaultIsFoundAtItsPlace_data(); }
    void aRecordWrittenAndReadAgainIsTheSame()
    {
        QFETCH(Json, row);
        checkRoundTrip(row["text"]);
    }

    void realRecordsSurviveTheRoundTrip()
    {
        const std::vector<std::string> records = realRecords();
        QVERIFY(records.size() > 1000);
        for (const std::string &record : records) {
            checkRoundTrip(record);
            if (QTest::currentTestFailed()) {
                qWarning("in: %s", record.c_str());
                return;
            }
        }
    }

    void spansCoverTheTermsAsWritten()
    {
        const std::string record = "v=spf1  a  include:x.example   -all";
        const spf::ParsedRecord parsed = spf::parse(record);
        QStringList parts;
        for (const Span &span : parsed.spans)
            parts << partOf(record, span);
        QCOMPARE(parts, (QStringList{QStringLiteral("a"), QStringLiteral("include:x.example"),
                                     QStringLiteral("-all")}));
    }

    void anAbsentQualifierIsNotAPlusSign()
    {
        const auto bare = spf::parse("v=spf1 mx");
        const auto plus = spf::parse("v=spf1 +mx");
        QVERIFY(*bare.record != *plus.record);
        QVERIFY(std::get<spf::Directive>(bare.record->terms[0]).qualifier() == spf::Qualifier::Pass);
        QVERIFY(!std::get<spf::Directive>(bare.record->terms[0]).written.has_value());
    }

    void redirectCountsOnlyWithoutAll()
    {
        QVERIFY(!spf::indexOfRedirect(*spf::parse("v=spf1 redirect=a.example -all").record));
        QCOMPARE(spf::indexOfRedirect(*spf::parse("v=spf1 mx redirect=a.example").record),
                 std::optional<std::size_t>(1));
        QCOMPARE(spf::indexOfAll(*spf::parse("v=spf1 mx ~all -all").record), std::optional<std::size_t>(1));
    }

private:
    static void checkRoundTrip(const std::string &record)
    {
        const spf::ParsedRecord first = spf::parse(record);
        if (!first.record)
            return;
        const spf::ParsedRecord second = spf::parse(spf::toText(*first.record));
        QVERIFY(second.record.has_value());
        QVERIFY(*second.record == *first.record);
        QCOMPARE(second.issues.size(), first.issues.size());
    }
};

QTEST_APPLESS_MAIN(SpfRecord)
#include "tst_spf_record.moc"
