// SPDX-License-Identifier: Apache-2.0
// The include tree: counts, loops, bounds and samples.
#include "spf/evaluate.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

spf::Evaluation evaluate(const std::vector<std::string> &lines, const spf::Options &options = {},
                         const char *domain = "example.com")
{
    Zone zone;
    for (const std::string &line : lines)
        zone.add(line);
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    spf::RecordCache records;
    return runToTheEnd([&] { return spf::evaluate(name(domain), facts, records, options); }, facts);
}

/// The zone of a static-analysis case: `{"name": {"TXT": ["..."], "MX": [[10, "host"]]}}`.
Zone zoneOf(const Json &json)
{
    Zone zone;
    for (const auto &[owner, types] : json.items()) {
        for (const auto &[type, values] : types.items()) {
            for (const Json &value : values) {
                dns::ResourceRecord record{name(owner), *dns::rrTypeFromString(type), 300, {}};
                if (type == "TXT")
                    record.data = dns::TxtData{{value.get<std::string>()}};
                else if (type == "MX")
                    record.data =
                        dns::MxData{value[0].get<std::uint16_t>(), name(value[1].get<std::string>())};
                else
                    record.data = *IpAddress::parse(value.get<std::string>());
                zone.add(record);
            }
        }
    }
    return zone;
}

std::string written(const spf::Node &node, const spf::TermNode &term)
{
    const Span span = node.record->spans[term.index];
    return node.selection.text.substr(span.begin, span.end - span.begin);
}

/// The tree in the words of the vectors, to be compared with them as text.
Json toVector(const spf::Node &node)
{
    Json json = {{"domain", node.domain.text()}};
    const bool loop = node.status == spf::NodeStatus::Loop;
    if (!loop) {
        json["record_bytes"] = node.record ? Json(node.selection.text.size()) : Json();
        json["own"] = node.ownLookups;
        json["total"] = node.lookups;
        json["children"] = Json::array();
        json["dead"] = Json::array();
        for (const spf::TermNode &term : node.terms) {
            if (term.dead != spf::Dead::No)
                json["dead"].push_back(written(node, term));
            if (term.child) {
                Json child = {{"term", written(node, term)}};
                child.update(toVector(*term.child));
                json["children"].push_back(child);
            }
        }
    }
    if (loop)
        json["problem"] = "loop";
    if (node.status == spf::NodeStatus::NoRecord || node.status == spf::NodeStatus::NxDomain)
        json["problem"] = "no record";
    if (node.status == spf::NodeStatus::MultipleRecords)
        json["problem"] = "multiple records";
    return json;
}

const spf::TermNode &termAt(const spf::Evaluation &evaluation, std::size_t index)
{
    return evaluation.root.terms.at(index);
}

} // namespace

class SpfTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAsTheVectorsSay_data()
    {
        QTest::addColumn<Json>("row");
        const Json file = dataFile("spf/static-analysis.json");
        for (const Json &row : file["cases"])
            QTest::addRow("%s", row["id"].get<std::string>().c_str()) << row;
    }
    void countsAsTheVectorsSay()
    {
        QFETCH(Json, row);
        ScriptedFacts facts(zoneOf(row["zone"]), ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        const DomainName domain = name(row["domain"].get<std::string>());
        const auto evaluation = runToTheEnd([&] { return spf::evaluate(domain, facts, records); }, facts);
        QVERIFY(!evaluation.pending);
        QCOMPARE(text(toVector(evaluation.root).dump(1)), text(row["static"].dump(1)));
        QCOMPARE(evaluation.lookups, row["static"]["total"].get<int>());
    }

    void evaluationsForOneClientAreThoseOfTheVectors_data() { countsAsTheVectorsSay_data(); }
    void evaluationsForOneClientAreThoseOfTheVectors()
    {
        QFETCH(Json, row);
        const std::string domain = row["domain"];
        for (const Json &given : row["evaluate"]) {
            ScriptedFacts facts(zoneOf(row["zone"]), ScriptedFacts::Unscripted::IsNxDomain);
            spf::RecordCache records;
            spf::CheckArguments arguments;
            arguments.ip = *IpAddress::parse(given["ip"].get<std::string>());
            arguments.sender = "user@" + domain;
            const auto outcome =
                runToTheEnd([&] { return spf::checkHost(arguments, facts, records); }, facts);
            // More than ten mail hosts: the vectors accept both; we end in permerror at once.
            const std::string expected =
                given.contains("accept") ? "permerror" : given["result"].get<std::string>();
            QCOMPARE(text(spf::toString(outcome.result)), text(expected));
            if (given.contains("accept") || !given.contains("lookups"))
                continue;
            QCOMPARE(outcome.lookups, given["lookups"].get<int>());
            // CONFLICT: the vectors do not count the PTR query of ptr as void; we do, as for every term's own
            // query.
            const int ownPtr = row["id"] == "ptr-counts" ? 1 : 0;
            QCOMPARE(outcome.voidLookups, given["voids"].get<int>() + ownPtr);
        }
    }

    void runningTotalsFollowTheOrderOfEvaluation()
    {
        const auto evaluation =
            evaluate({"example.com TXT \"v=spf1 redirect=r.example a:h.example include:i.example mx\"",
                      "i.example TXT \"v=spf1 a:h.example a:h.example ~all\"", "h.example A 192.0.2.1",
                      "r.example TXT \"v=spf1 a:h.example -all\"", "example.com MX 10 h.example"});
        QCOMPARE(termAt(evaluation, 1).runningLookups, 1);
        QCOMPARE(termAt(evaluation, 2).subtreeLookups, 3);
        QCOMPARE(termAt(evaluation, 2).runningLookups, 4);
        QCOMPARE(termAt(evaluation, 3).runningLookups, 5);
        QCOMPARE(termAt(evaluation, 0).subtreeLookups, 2); // redirect comes last, wherever it stands
        QCOMPARE(termAt(evaluation, 0).runningLookups, 7);
        QCOMPARE(evaluation.lookups, 7);
        QCOMPARE(evaluation.finalAll, spf::FinalAll(spf::Qualifier::Fail));
    }

    void theTreeIsExpandedBeyondTheLimit()
    {
        std::vector<std::string> lines = {"example.com TXT \"v=spf1 include:i1.example -all\""};
        for (int i = 1; i < 15; ++i) {
            lines.push_back("i" + std::to_string(i) + ".example TXT \"v=spf1 include:i" +
                            std::to_string(i + 1) + ".example -all\"");
        }
        lines.push_back("i15.example TXT \"v=spf1 ip4:192.0.2.1 -all\"");
        const auto evaluation = evaluate(lines);
        QCOMPARE(evaluation.lookups, 15);
        QCOMPARE(evaluation.nodeCount, std::size_t(16));
        QCOMPARE(evaluation.status, spf::Evaluation::Status::Invalid);
        QVERIFY(evaluation.limitsMatter);
        QVERIFY(evaluation.asWritten.of(spf::CheckResult::Pass).contains(*IpAddress::parse("192.0.2.1")));
        QVERIFY(
            evaluation.addresses.of(spf::CheckResult::PermError).contains(*IpAddress::parse("192.0.2.1")));
    }

    void hostileTreesAreCutAndSayWhere()
    {
        // Each record includes the two of the next level: 2^20 records, were there no bound.
        std::vector<std::string> lines = {
            "example.com TXT \"v=spf1 include:a0.example include:b0.example -all\""};
        for (int i = 0; i < 20; ++i) {
            for (const char side : {'a', 'b'}) {
                const std::string next = std::to_string(i + 1) + ".example";
                lines.push_back(side + std::to_string(i) + ".example TXT \"v=spf1 include:a" + next +
                                " include:b" + next + " -all\"");
            }
        }
        spf::Options options;
        options.bounds.nodes = 100;
        const auto evaluation = evaluate(lines, options);
        QVERIFY(evaluation.cut);
        QVERIFY(!evaluation.addresses.exact);
        QVERIFY(evaluation.nodeCount <= 100);
        int cuts = 0;
        const auto count = [&](const auto &self, const spf::Node &node) -> void {
            cuts += node.status == spf::NodeStatus::Cut ? 1 : 0;
            for (const spf::TermNode &term : node.terms) {
                if (term.child)
                    self(self, *term.child);
            }
        };
        count(count, evaluation.root);
        QVERIFY(cuts > 0);
    }

    void aFailedBranchIsNotAFaultyOne()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 include:i.example ip4:192.0.2.1 -all\"");
        zone.fail({name("i.example"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        const auto evaluation =
            runToTheEnd([&] { return spf::evaluate(name("example.com"), facts, records); }, facts);
        QCOMPARE(evaluation.status, spf::Evaluation::Status::TempError);
        QCOMPARE(termAt(evaluation, 0).status, spf::TermStatus::TempError);
        QVERIFY(evaluation.addresses.of(spf::CheckResult::TempError).v4.isAll());
    }

    void siblingsGoOnWhileOneIsPending()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 include:i.example include:j.example -all\"");
        zone.add("i.example TXT \"v=spf1 ip4:192.0.2.1 -all\"");
        ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
        spf::RecordCache records;
        spf::evaluate(name("example.com"), facts, records);
        facts.nextRound();
        const auto evaluation = spf::evaluate(name("example.com"), facts, records);
        QVERIFY(evaluation.pending);
        QCOMPARE(termAt(evaluation, 0).status, spf::TermStatus::Pending);
        QCOMPARE(termAt(evaluation, 1).status, spf::TermStatus::Pending);
        QCOMPARE(evaluation.lookups, 2);
        QVERIFY(evaluation.root.atLeast);
    }

    void macrosThatDependOnTheMessageAreKeptAndCanBeTried()
    {
        const std::vector<std::string> lines = {"example.com TXT \"v=spf1 include:%{l}._spf.%{d} -all\"",
                                                "sales._spf.example.com TXT \"v=spf1 ip4:192.0.2.1 -all\""};
        const auto plain = evaluate(lines);
        QCOMPARE(termAt(plain, 0).status, spf::TermStatus::Unknown);
        QVERIFY(!termAt(plain, 0).child);
        QVERIFY(plain.root.atLeast);
        QVERIFY(!plain.addresses.exact);
        spf::Options options;
        options.sample = spf::Sample{{}, "sales@example.com", "mail.example.com"};
        const auto tried = evaluate(lines, options);
        QVERIFY(termAt(tried, 0).child);
        QCOMPARE(termAt(tried, 0).target, std::optional(name("sales._spf.example.com")));
        QVERIFY(tried.addresses.of(spf::CheckResult::Pass).contains(*IpAddress::parse("192.0.2.1")));
    }

    void whatASampleShowsOfAClientHoldsForThatClientAlone()
    {
        spf::Options options;
        options.sample = spf::Sample{IpAddress::parse("192.0.2.3"), "joe@example.com", "mail.example.com"};
        const auto byClient = evaluate({"example.com TXT \"v=spf1 exists:%{ir}.seen.example -all\"",
                                        "3.2.0.192.seen.example A 127.0.0.2"},
                                       options);
        QCOMPARE(termAt(byClient, 0).target, std::optional(name("3.2.0.192.seen.example")));
        QVERIFY(byClient.addresses.of(spf::CheckResult::Pass).isEmpty());
        QVERIFY(!byClient.addresses.exact);
        // The sender's part is the same for every client.
        const auto bySender = evaluate(
            {"example.com TXT \"v=spf1 exists:%{l}.seen.example -all\"", "joe.seen.example A 127.0.0.2"},
            options);
        QCOMPARE(bySender.addresses.of(spf::CheckResult::Pass), AddressSet::all());
    }

    void theLookUpsOfATermAreTold()
    {
        const auto evaluation =
            evaluate({"example.com TXT \"v=spf1 a mx include:i.example exists:e.example ip4:192.0.2.1 -all\"",
                      "example.com MX 10 h.example", "i.example TXT \"v=spf1 -all\""});
        const auto told = [&](std::size_t index) {
            std::string text;
            for (const dns::Question &question : spf::questionsOf(evaluation.root, termAt(evaluation, index)))
                text += (text.empty() ? "" : ", ") + toString(question);
            return text;
        };
        QCOMPARE(told(0), std::string("A example.com, AAAA example.com"));
        QCOMPARE(told(1), std::string("MX example.com, A h.example, AAAA h.example"));
        QCOMPARE(told(2), std::string("TXT i.example"));
        QCOMPARE(told(3), std::string("A e.example"));
        QCOMPARE(told(4), std::string());
    }

    void anAddressThatHoldsAnotherAnswerIsReadAgain()
    {
        struct OneAnswer : FactSource {
            dns::Answer answer =
                dns::emptyAnswer({name("example.com"), dns::RrType::TXT}, dns::Outcome::Answered);
            const dns::Answer *dns(const DomainName &, dns::RrType) override { return &answer; }
        } facts;
        spf::RecordCache records;
        const auto says = [&](std::vector<std::string> strings) {
            facts.answer.records = {
                {name("example.com"), dns::RrType::TXT, 300, dns::TxtData{std::move(strings)}}};
            const spf::Selection selection = records.takeUp(facts.answer, facts)->selection;
            return selection == spf::selectRecord(&facts.answer);
        };
        QVERIFY(says({"v=spf1 -all"}));
        QVERIFY(says({"v=spf1 ~all"}));
        QVERIFY(says({"v=spf1 ", "~all"}));
        QVERIFY(says({"v=spf1", " ~all"}));
        QVERIFY(says({"", "v=spf1", " ~all", ""}));
        QVERIFY(says({"v=spf1 ~al"}));
        QVERIFY(says({"v=spf1 ~all", "x"}));
        QVERIFY(says({"v=sp", "f1", " ~all"}));
        QVERIFY(says({"v=spf10 ~all"}));
        QVERIFY(says({}));
        facts.answer = dns::emptyAnswer(facts.answer.question, dns::Outcome::ServerFailure);
        QVERIFY(records.takeUp(facts.answer, facts)->selection.status == spf::Selection::Status::TempError);
    }

    void voidsAreCountedForEachFamily()
    {
        const auto evaluation =
            evaluate({"example.com TXT \"v=spf1 a:h.example a:six.example include:gone.example -all\"",
                      "h.example A 192.0.2.1", "six.example AAAA 2001:db8::1"});
        QCOMPARE(evaluation.root.voids, (spf::FamilyCount{2, 2}));
        QCOMPARE(termAt(evaluation, 0).ownVoids, (spf::FamilyCount{0, 1}));
        QCOMPARE(termAt(evaluation, 1).ownVoids, (spf::FamilyCount{1, 0}));
        QCOMPARE(termAt(evaluation, 2).ownVoids, (spf::FamilyCount{1, 1}));
    }

    void deadTermsAreNeitherCountedNorFollowed()
    {
        const auto evaluation =
            evaluate({"example.com TXT \"v=spf1 -all include:i.example mx redirect=r.example\""});
        QCOMPARE(evaluation.lookups, 0);
        QCOMPARE(termAt(evaluation, 1).dead, spf::Dead::AfterAll);
        QCOMPARE(termAt(evaluation, 3).dead, spf::Dead::RedirectWithAll);
        QVERIFY(!termAt(evaluation, 1).child);
    }
};

QTEST_APPLESS_MAIN(SpfTree)
#include "tst_spf_tree.moc"
