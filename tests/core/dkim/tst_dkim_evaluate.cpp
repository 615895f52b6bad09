// SPDX-License-Identifier: Apache-2.0
#include "dkim/evaluate.h"
#include "facts/fact_store.h"
#include "report/json.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace mailoscope;
using namespace mailoscope::dkim;
using mailoscope::tests::dataFile;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::text;
using mailoscope::tests::Zone;
using Overall = Evaluation::Status;
using Status = SelectorResult::Status;

namespace
{

const DomainName Domain = tests::name("example.com");

std::string keyRecord(const char *key)
{
    const std::string base64 = dataFile("dkim/made_keys.json")["keys"][key];
    std::string strings;
    for (std::size_t i = 0; i < base64.size(); i += 200)
        strings += " \"" + base64.substr(i, 200) + '"';
    return " TXT \"v=DKIM1; p=\"" + strings;
}

struct Outcome {
    Evaluation evaluation;
    std::vector<std::vector<std::string>> asked;
};

Outcome evaluated(Zone zone, const Options &options = {})
{
    zone.add("example.com MX 10 mail.example.net");
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    Evaluation evaluation = tests::runToTheEnd([&] { return evaluate(Domain, facts, options); }, facts);
    return {evaluation, facts.asked()};
}

const SelectorResult *find(const Evaluation &evaluation, std::string_view selector)
{
    for (const SelectorResult &result : evaluation.found) {
        if (result.selector.name == selector)
            return &result;
    }
    return nullptr;
}

Zone zoneWith(std::initializer_list<std::string> lines)
{
    Zone zone;
    for (const std::string &line : lines)
        zone.add(line);
    return zone;
}

} // namespace

class TestDkimEvaluate : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingIsAskedInOneRound()
    {
        Options options;
        options.sources.user = {"mine"};
        options.sources.providers = {"Strato", "Seznam"};
        const Outcome outcome =
            evaluated(zoneWith({"mine._domainkey.example.com" + keyRecord("spki2048")}), options);
        QCOMPARE(outcome.asked.size(), std::size_t(1));
        const std::set<std::string> asked(outcome.asked[0].begin(), outcome.asked[0].end());
        QVERIFY(asked.size() > 100);
        for (const char *prefix : {"_domainkey", "_adsp._domainkey", "*._domainkey", "mine._domainkey",
                                   "google._domainkey", "szn1._domainkey"}) {
            QVERIFY2(asked.contains(std::string("TXT ") + prefix + ".example.com"), prefix);
        }
        QVERIFY(asked.contains("TXT " + controlSelector(Domain) + "._domainkey.example.com"));
        QVERIFY(outcome.evaluation.status == Overall::Ok);
        QVERIFY(!outcome.evaluation.pending);
    }

    void theControlNameIsFixedAndLooksLikeNothingInUse()
    {
        QCOMPARE(controlSelector(Domain), controlSelector(tests::name("EXAMPLE.com")));
        QVERIFY(controlSelector(Domain) != controlSelector(tests::name("example.org")));
        QVERIFY(controlSelector(Domain).size() > 16);
    }

    void theSameFactsGiveTheSameEvaluation()
    {
        Zone zone = zoneWith({"google._domainkey.example.com" + keyRecord("good"),
                              "default._domainkey.example.com" + keyRecord("shared")});
        QVERIFY(evaluated(zone).evaluation == evaluated(zone).evaluation);
        QVERIFY(find(evaluated(zone).evaluation, "google")->sharesPrime);
    }

    void selectorsThatAreNotThereAreNotListed()
    {
        Options options;
        options.sources.user = {"mine", "google"};
        const Evaluation evaluation =
            evaluated(zoneWith({"google._domainkey.example.com" + keyRecord("spki2048")}), options)
                .evaluation;
        QCOMPARE(evaluation.found.size(), std::size_t(1));
        QVERIFY(evaluation.found[0].selector.sources == (std::vector<Source>{Source::User, Source::BuiltIn}));
        QCOMPARE(evaluation.found[0].key()->key->bits(), 2048);
        QCOMPARE(evaluation.found[0].provider, std::string("Google Workspace"));
        QCOMPARE(evaluation.notFound.size(), std::size_t(1));
        QCOMPARE(evaluation.notFound[0].name, std::string("mine"));
        QVERIFY(evaluation.isAbsent("mine") && !evaluation.isAbsent("google"));
    }

    void notFoundIsNotAbsent()
    {
        QVERIFY(evaluated(Zone()).evaluation.status == Overall::Missing);
        const Evaluation hidden =
            evaluated(zoneWith({"hidden._domainkey.example.com" + keyRecord("spki2048")})).evaluation;
        QVERIFY(hidden.status == Overall::NotFound);
        QVERIFY(hidden.domainKeyOutcome == dns::Outcome::NoData);
    }

    void aServerThatDeniesEmptyNonTerminalsIsSeenThrough()
    {
        Zone zone = zoneWith({"google._domainkey.example.com" + keyRecord("spki2048")});
        zone.fail({tests::name("_domainkey.example.com"), dns::RrType::TXT}, dns::Outcome::NxDomain);
        const Evaluation evaluation = evaluated(std::move(zone)).evaluation;
        QVERIFY(evaluation.status == Overall::Ok);
        QVERIFY(evaluation.deniesEmptyNonTerminals);
    }

    void failuresAreKeptApart()
    {
        Zone zone = zoneWith({"hidden._domainkey.example.com TXT \"v=DKIM1; p=\""});
        zone.fail({tests::name("google._domainkey.example.com"), dns::RrType::TXT},
                  dns::Outcome::ServerFailure);
        const Evaluation evaluation = evaluated(std::move(zone)).evaluation;
        QVERIFY(evaluation.status == Overall::TempError);
        QVERIFY(evaluation.found.empty());
        QCOMPARE(evaluation.unanswered.size(), std::size_t(1));
        QCOMPARE(evaluation.unanswered[0].selector.name, std::string("google"));
        QVERIFY(!evaluation.isAbsent("google"));
    }

    void aSnapshotWithoutTheQuestionsTellsNothing()
    {
        class NotRecorded : public FactSource
        {
        public:
            const dns::Answer *dns(const DomainName &name, dns::RrType type) override
            {
                m_answers.push_back(
                    std::make_unique<dns::Answer>(dns::emptyAnswer({name, type}, dns::Outcome::NotRecorded)));
                return m_answers.back().get();
            }

        private:
            std::vector<std::unique_ptr<dns::Answer>> m_answers;
        };
        NotRecorded facts;
        const Evaluation evaluation = evaluate(Domain, facts);
        QVERIFY(evaluation.status == Overall::NotChecked);
        QVERIFY(evaluation.unanswered.empty());
    }

    void whatASnapshotDoesNotHoldDoesNotCountAsAsked()
    {
        const std::size_t all = evaluated(Zone()).evaluation.asked;
        Zone zone;
        zone.fail({tests::name("google._domainkey.example.com"), dns::RrType::TXT},
                  dns::Outcome::NotRecorded);
        const Evaluation evaluation = evaluated(std::move(zone)).evaluation;
        QCOMPARE(evaluation.asked, all - 1);
        QVERIFY(!evaluation.isAbsent("google"));
    }

    void anAliasWhoseEndIsNotKnownIsNotTakenForAMissingKey()
    {
        class KnownAlias : public FactSource
        {
        public:
            const dns::Answer *dns(const DomainName &name, dns::RrType type) override
            {
                dns::Answer answer = dns::emptyAnswer({name, type}, dns::Outcome::NoData);
                if (name == tests::name("selector1._domainkey.example.com")) {
                    answer.outcome = dns::Outcome::NotRecorded;
                    answer.aliases.push_back(
                        {name, dns::RrType::CNAME, 300, dns::NameData{tests::name("selector1.example.net")}});
                }
                m_answers.push_back(std::make_unique<dns::Answer>(std::move(answer)));
                return m_answers.back().get();
            }

        private:
            std::vector<std::unique_ptr<dns::Answer>> m_answers;
        };
        KnownAlias facts;
        const Evaluation evaluation = evaluate(Domain, facts);
        QVERIFY(evaluation.status == Overall::TempError);
        QVERIFY(find(evaluation, "selector1"));
    }

    void aWildcardWithAKeyIsListedOnceAndOwnKeysBesideIt()
    {
        const Evaluation evaluation =
            evaluated(zoneWith({"*._domainkey.example.com" + keyRecord("spki2048"),
                                "google._domainkey.example.com" + keyRecord("good")}))
                .evaluation;
        QVERIFY(evaluation.wildcard == Evaluation::Wildcard::Key);
        QCOMPARE(evaluation.found.size(), std::size_t(2));
        QVERIFY(find(evaluation, "google"));
        QVERIFY(find(evaluation, "*")->selector.sources.front() == Source::Wildcard);
    }

    void aWildcardIsSeenThroughInAnyOrderOfItsRecords_data()
    {
        QTest::addColumn<int>("records");
        QTest::addColumn<bool>("differs");
        for (const int records : {1, 2, 64, 65, 2000}) {
            QTest::addRow("%d the same", records) << records << false;
            QTest::addRow("%d, one another", records) << records << true;
        }
    }
    void aWildcardIsSeenThroughInAnyOrderOfItsRecords()
    {
        QFETCH(int, records);
        QFETCH(bool, differs);
        Zone zone;
        for (int i = 0; i < records; ++i) {
            const std::string back = std::to_string(records - 1 - i);
            zone.add("*._domainkey.example.com TXT \"text " + std::to_string(i) + '"');
            zone.add("google._domainkey.example.com TXT \"text " + (differs && i == 0 ? "x" : back) + '"');
        }
        const Evaluation evaluation = evaluated(std::move(zone)).evaluation;
        QVERIFY(evaluation.wildcard == Evaluation::Wildcard::Other);
        QCOMPARE(find(evaluation, "google") != nullptr, differs);
        QCOMPARE(evaluation.isAbsent("google"), !differs);
    }

    void aWildcardThatRevokesEverythingMeansThatNothingIsSigned()
    {
        const Evaluation evaluation =
            evaluated(zoneWith({"*._domainkey.example.com TXT \"v=DKIM1; p=\""})).evaluation;
        QVERIFY(evaluation.wildcard == Evaluation::Wildcard::Revoked);
        QVERIFY(evaluation.found.empty());
        QVERIFY(evaluation.status == Overall::NotApplicable);
        QVERIFY(evaluation.hasWildcardRecord);
    }

    void aWildcardOfOtherTextIsSeenThrough()
    {
        const Evaluation evaluation = evaluated(zoneWith({"*.example.com TXT \"v=spf1 -all\""})).evaluation;
        QVERIFY(evaluation.wildcard == Evaluation::Wildcard::Other);
        QVERIFY(evaluation.found.empty());
        QVERIFY(evaluation.status == Overall::NotFound);
    }

    void theControlNameMayFail()
    {
        Zone zone = zoneWith({"*._domainkey.example.com" + keyRecord("spki2048")});
        zone.fail({tests::name(controlSelector(Domain) + "._domainkey.example.com"), dns::RrType::TXT},
                  dns::Outcome::ServerFailure);
        const Evaluation evaluation = evaluated(std::move(zone)).evaluation;
        QVERIFY(evaluation.wildcard == Evaluation::Wildcard::Key); // by the wildcard record itself
        QCOMPARE(evaluation.found.size(), std::size_t(1));
    }

    void delegationIsFollowedAndNamed()
    {
        const Outcome outcome = evaluated(zoneWith(
            {"selector1._domainkey.example.com CNAME selector1-example-com._domainkey.tenant.onmicrosoft.com",
             "selector1-example-com._domainkey.tenant.onmicrosoft.com" + keyRecord("spki2048"),
             "selector2._domainkey.example.com CNAME selector2-example-com._domainkey.tenant.onmicrosoft.com",
             "k2._domainkey.example.com CNAME dkim2.mcsv.net", "dkim2.mcsv.net" + keyRecord("good"),
             "onmicrosoft.com A 192.0.2.1"}));
        const SelectorResult *one = find(outcome.evaluation, "selector1");
        QVERIFY(one && one->status == Status::Ok && one->isExternal && one->providerIsCertain);
        QCOMPARE(one->provider, std::string("Microsoft 365"));
        QCOMPARE(one->chain.size(), std::size_t(1));
        const SelectorResult *two = find(outcome.evaluation, "selector2");
        QVERIFY(two && two->status == Status::Dangling && !two->missingZone);
        QVERIFY(find(outcome.evaluation, "k2")->isSharedKey);
        QCOMPARE(outcome.asked.size(), std::size_t(2)); // the second asks for the vendor's zone
        QCOMPARE(outcome.asked[1].size(), std::size_t(1));
    }

    void anSesTokenWithoutAKeyIsComplete()
    {
        Options options;
        options.sources.user = {"abcdefghijklmnopqrstuvwxyz234567"};
        const Evaluation evaluation =
            evaluated(zoneWith({"abcdefghijklmnopqrstuvwxyz234567._domainkey.example.com CNAME "
                                "abcdefghijklmnopqrstuvwxyz234567.dkim.amazonses.com"}),
                      options)
                .evaluation;
        QCOMPARE(evaluation.found.size(), std::size_t(1));
        QVERIFY(evaluation.found[0].status == Status::NoKey);
        QVERIFY(evaluation.status == Overall::NotFound);
    }

    void selectorsComeFromAllSources()
    {
        SelectorSources sources;
        sources.user = {" S1._domainkey.Example.COM. ", "bad name", "", "a.b"};
        sources.signatures = {{Domain, "Msg"}, {tests::name("other.example"), "other"}};
        sources.remembered = {"old", "s1"};
        sources.providers = {"Microsoft 365", "nobody"};
        sources.builtIn = false;
        QStringList names;
        for (const Selector &selector : selectorsFor(Domain, sources)) {
            QString line = text(selector.name);
            for (const Source source : selector.sources)
                line += QLatin1Char(' ') + text(toString(source));
            names << line;
        }
        QCOMPARE(names.join(QLatin1Char(',')),
                 QStringLiteral(
                     "s1 user remembered,a.b user,msg message,old remembered,selector1 provider,selector2 "
                     "provider"));
        QVERIFY(builtInSelectors().size() > 100);
        sources.builtIn = true;
        std::set<std::string> all;
        for (const Selector &selector : selectorsFor(Domain, sources))
            QVERIFY2(all.insert(selector.name).second, selector.name.c_str());
    }

    void hostileSourcesAreBounded()
    {
        SelectorSources sources;
        for (int i = 0; i < 5000; ++i)
            sources.user.push_back("s" + std::to_string(i));
        sources.user.push_back(std::string(100000, 'a'));
        QCOMPARE(selectorsFor(Domain, sources).size(), MaxSelectors);
    }

    void selectorsAreReadOutOfMessages_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &message, const char *expected) {
            QTest::newRow(name) << message << QString::fromLatin1(expected);
        };
        row("one", "DKIM-Signature: v=1; d=example.com; s=one; b=x\r\n\r\n", "one@example.com");
        row("folded inside a value", "DKIM-Signature: v=1; d=exam\r\n ple.com;\r\n\ts=\r\n one\r\n\r\nbody",
            "");
        row("folded between tags", "dkim-signature: v=1;\r\n d=example.com;\r\n\ts=\r\n one\r\n\r\nbody",
            "one@example.com");
        row("several, one of them twice",
            "DKIM-Signature: d=a.example; s=x\nDKIM-Signature: d=B.example; s=Y\nDKIM-Signature: "
            "d=a.example; s=x\n\n",
            "x@a.example,y@b.example");
        row("in the body", "Subject: x\r\n\r\nDKIM-Signature: d=example.com; s=one\r\n", "");
        row("mbox and empty lines in front", "\nFrom me Thu Jan 1\nDKIM-Signature : d=example.com; s=one\n\n",
            "one@example.com");
        row("U-labels",
            "DKIM-Signature: d=b\xc3\xbc"
            "cher.example; s=one\n\n",
            "one@xn--bcher-kva.example");
        row("no s", "DKIM-Signature: d=example.com\n\n", "");
        row("no domain", "DKIM-Signature: d=..; s=a\n\n", "");
        row("no header end", "DKIM-Signature: d=example.com; s=one", "one@example.com");
        row("nothing", "", "");
    }
    void selectorsAreReadOutOfMessages()
    {
        QFETCH(QByteArray, message);
        QFETCH(QString, expected);
        QStringList names;
        for (const SignatureName &name :
             signatureNames({message.constData(), static_cast<std::size_t>(message.size())}))
            names << text(name.selector) + QLatin1Char('@') + text(name.domain.text());
        QCOMPARE(names.join(QLatin1Char(',')), expected);
    }

    void hostileMessagesAreReadWithinBounds()
    {
        std::string many;
        for (int i = 0; i < 10000; ++i)
            many += "DKIM-Signature: d=example.com; s=s" + std::to_string(i) + "\n";
        QCOMPARE(signatureNames(many).size(), MaxSignatures);
        QVERIFY(signatureNames(std::string(1U << 22U, ' ')).empty());
        QVERIFY(
            signatureNames("DKIM-Signature: d=example.com; s=one; h=" + std::string(1U << 20U, ';')).empty());
    }

    void theJsonFollowsTheContract()
    {
        const Evaluation evaluation =
            evaluated(zoneWith({"google._domainkey.example.com" + keyRecord("spki2048"),
                                "k2._domainkey.example.com CNAME gone.mcsv.net", "mcsv.net A 192.0.2.1",
                                "default._domainkey.example.com TXT \"v=DKIM1; t=y; p=\""}))
                .evaluation;
        const nlohmann::ordered_json json = toJson(evaluation);
        QCOMPARE(text(json["status"].get<std::string>()), QStringLiteral("ok"));
        QCOMPARE(json["selectors"].size(), std::size_t(3));
        QStringList lines;
        for (const auto &selector : json["selectors"]) {
            QStringList values;
            for (const char *member :
                 {"selector", "status", "key_type", "bits", "testing", "revoked", "cname", "source"})
                values << text(selector[member].dump());
            lines << values.join(QLatin1Char(' '));
        }
        lines.sort();
        QCOMPARE(lines.join(QLatin1Char('\n')),
                 QStringLiteral("\"default\" \"not_applicable\" \"rsa\" null true true null \"built-in\"\n"
                                "\"google\" \"ok\" \"rsa\" 2048 false false null \"built-in\"\n"
                                "\"k2\" \"missing\" null null false false \"gone.mcsv.net\" \"built-in\""));
        QVERIFY(json["selectors"][0].contains("error"));
    }
};

QTEST_APPLESS_MAIN(TestDkimEvaluate)
#include "tst_dkim_evaluate.moc"
