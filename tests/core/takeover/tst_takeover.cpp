// SPDX-License-Identifier: Apache-2.0
#include "support/finding_rows.h"
#include "takeover/findings.h"

using namespace mailoscope;
using namespace mailoscope::tests;
using takeover::Dependency;
using takeover::Evaluation;
using takeover::Target;
using takeover::Use;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");
constexpr Use Uses[] = {Use::SpfInclude, Use::MailHost,  Use::NameServer, Use::DmarcRua, Use::DmarcRuf,
                        Use::TlsRptRua,  Use::DkimAlias, Use::StsAlias,   Use::BimiHost, Use::DmarcAlias};

Dependency dependency(const char *name, Use use = Use::MailHost)
{
    return {tests::name(name), use, {"example.com", "MX", std::string("10 ") + name, {}, {}}};
}

Evaluation evaluated(ScriptedFacts &facts, const std::vector<Dependency> &dependencies)
{
    return runToTheEnd([&] { return takeover::evaluate(Domain, dependencies, facts); }, facts);
}

std::vector<Finding> findingsIn(Zone zone, const Json &row)
{
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    for (const Use use : Uses) {
        if (takeover::toString(use) == row["use"].get<std::string>())
            return takeover::findings(evaluated(facts, {dependency("x.there.example", use)}));
    }
    qFatal("no such use");
    return {};
}

} // namespace

class TestTakeover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registrableDomainsAreAskedInOneRound()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation =
            evaluated(facts, {dependency("a.b.gone.example"), dependency("mx.example.com"),
                              dependency("a.b.gone.example"), dependency("com"), dependency("c.gone.co.uk")});
        QCOMPARE(facts.asked().size(), std::size_t(1));
        QCOMPARE(facts.asked().front(), (std::vector<std::string>{"NS gone.co.uk", "NS gone.example",
                                                                  "SOA gone.co.uk", "SOA gone.example"}));
        QCOMPARE(evaluation.targets.size(), std::size_t(4)); // each once
        QVERIFY(evaluation.targets[0].status == Target::Status::DoesNotExist);
        QVERIFY(evaluation.targets[1].status == Target::Status::Own);
        QVERIFY(evaluation.targets[2].status ==
                Target::Status::Unknown); // a public suffix is nobody's to register
        QVERIFY(evaluation.targets[3].registrable == tests::name("gone.co.uk"));
    }

    void manyDependenciesAreBounded()
    {
        std::vector<Dependency> many;
        for (int i = 0; i < 1000; ++i)
            many.push_back(dependency(("h" + std::to_string(i) + ".gone.example").c_str()));
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const Evaluation evaluation = evaluated(facts, many);
        QVERIFY(evaluation.cut);
        QCOMPARE(evaluation.targets.size(), takeover::MaxDependencies);
    }

    void nothingIsFoundBeforeTheAnswersAreThere()
    {
        ScriptedFacts facts(Zone(), ScriptedFacts::Unscripted::IsNxDomain);
        const std::vector<Dependency> one = {dependency("mx.gone.example")};
        const Evaluation evaluation = takeover::evaluate(Domain, one, facts);
        QVERIFY(evaluation.pending);
        QVERIFY(takeover::findings(evaluation).empty());
    }

    void wordsClaimNoMoreThanDnsShows()
    {
        for (const FindingWords &words : takeoverWords()) {
            if (words.id == "spf.include.parked") {
                // It exists; of whom its name servers are no more can be told than what it looks like.
                QVERIFY2(words.title.find("seems to be parked or for sale") != std::string_view::npos,
                         words.title.data());
                QVERIFY2(words.why.starts_with("Its name server {server} belongs to"), words.why.data());
                QVERIFY2(words.whatToDo.find("unless you know that") != std::string_view::npos,
                         words.whatToDo.data());
                continue;
            }
            QVERIFY2(words.title.find("does not exist in DNS") != std::string_view::npos, words.title.data());
            QVERIFY2(words.why.find("Whether it can be had") != std::string_view::npos, words.why.data());
        }
    }

    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        QTest::addColumn<Json>("row");
        int number = 0;
        const Json file = dataFile("takeover/findings.json");
        for (const Json &row : file["rows"])
            QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        verifyRow(row, Json::array(), findingsIn);
        verifyWords(findingsIn(zoneOf(row["with"]), row), takeoverWords());
    }

    void everyIdHasWordsAndARow()
    {
        verifyTable(takeoverWords(), dataFile("takeover/findings.json")["rows"]);
    }
};

QTEST_APPLESS_MAIN(TestTakeover)
#include "tst_takeover.moc"
