// SPDX-License-Identifier: Apache-2.0
// What receivers and authorities ask of a domain, and the strict form of a parked one.
#include "profiles/park.h"
#include "profiles/profiles.h"
#include "report/explain.h"
#include "report/profile_words.h"
#include "support/rows.h"
#include "support/scripted_facts.h"

#include <QTest>

#include <set>

using namespace mailoscope;
using namespace mailoscope::profiles;
using mailoscope::tests::name;
using mailoscope::tests::ScriptedFacts;
using mailoscope::tests::Zone;

namespace
{

const DomainName Domain = name("example.com");
const Statuses Sound = {{"spf", "ok"},  {"dmarc", "ok"},  {"dkim", "ok"},    {"mx", "ok"},
                        {"dane", "ok"}, {"dnssec", "ok"}, {"mta_sts", "ok"}, {"tls_rpt", "ok"}};
const KnownFacts AllFacts = {{"smtp.tls.every-host", true},
                             {"sender.ptr-confirmed", true},
                             {"dmarc.rua.cisa", true},
                             {"dmarc.enforced", true},
                             {"dmarc.reported", true},
                             {"dmarc.reject", true},
                             {"dmarc.below.known", true},
                             {"dmarc.below.enforced", true},
                             {"spf.nobody", true},
                             {"spf.wildcard", true},
                             {"mx.null", true},
                             {"dkim.wildcard-revoked", true},
                             {"bimi.declined", true}};

Finding found(const char *id)
{
    Finding finding;
    finding.id = id;
    return finding;
}

Answer answerOf(const ProfileResult &result, std::string_view id)
{
    for (const RequirementResult &row : result.requirements) {
        if (row.requirement->id == id)
            return row.answer;
    }
    qFatal("no such requirement");
    return Answer::CouldNotTell;
}

std::set<std::string> parkedIds(const std::vector<const char *> &lines, const ParkInput &input = {},
                                bool broken = false)
{
    Zone zone;
    zone.add("_dmarc.example.com A 192.0.2.1");
    for (const char *line : lines)
        zone.add(line);
    if (broken) {
        for (const auto type : {dns::RrType::TXT, dns::RrType::MX})
            zone.fail({Domain, type}, dns::Outcome::ServerFailure);
        zone.fail({name("_dmarc.example.com"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
    }
    ScriptedFacts facts(std::move(zone), ScriptedFacts::Unscripted::IsNxDomain);
    spf::RecordCache records;
    const auto findings = tests::runToTheEnd(
        [&] {
            return parkFindings(Domain, spf::evaluate(Domain, facts, records), dmarc::evaluate(Domain, facts),
                                mx::evaluate(Domain, facts), input);
        },
        facts);
    std::set<std::string> ids;
    for (const Finding &finding : findings) {
        ids.insert(finding.id);
        const Explanation words = explain(finding);
        if (words.title.empty() || words.title.find('{') != std::string::npos || finding.evidence.empty())
            qFatal("%s", finding.id.c_str());
    }
    return ids;
}

} // namespace

class TestProfiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundDomainMeetsWhatCanBeTested()
    {
        const auto results = evaluateAll({}, Sound, AllFacts);
        QCOMPARE(results.size(), std::size_t(10));
        for (const ProfileResult &result : results) {
            QVERIFY2(result.count(Answer::NotMet) == 0 && result.count(Answer::CouldNotTell) == 0,
                     result.profile->id.c_str());
            QVERIFY(result.count(Answer::Met) > 0);
            QVERIFY(sentenceOf(result).starts_with("All that can be tested"));
        }
    }

    void whatCannotBeTestedIsNeverMet()
    {
        const ProfileResult result = evaluate(*find("gmail-bulk"), {}, Sound, AllFacts);
        QVERIFY(answerOf(result, "unsubscribe") == Answer::NotTestable);
        QVERIFY(answerOf(result, "alignment") == Answer::NotTestable);
        QVERIFY(answerOf(result, "dmarc") == Answer::Met);
    }

    void aFindingBreaksTheRequirementsThatNameIt()
    {
        const std::vector<Finding> findings = {found("dmarc.p.none"), found("spf.syntax.nonascii")};
        const ProfileResult bulk = evaluate(*find("gmail-bulk"), findings, Sound, AllFacts);
        QVERIFY(answerOf(bulk, "dmarc") == Answer::Met);
        QVERIFY(answerOf(bulk, "spf") == Answer::NotMet);
        const ProfileResult cisa = evaluate(*find("cisa-bod-18-01"), findings, Sound, AllFacts);
        QVERIFY(answerOf(cisa, "dmarc-reject") == Answer::NotMet);
        QVERIFY(sentenceOf(cisa).starts_with("Requirements not met: 2"));
    }

    void whatIsNotKnownIsNeitherMetNorBroken()
    {
        Statuses statuses = Sound;
        statuses["dmarc"] = "temperror";
        statuses.erase("dkim");
        const ProfileResult result = evaluate(*find("gmail-bulk"), {}, statuses);
        QVERIFY(answerOf(result, "dmarc") == Answer::CouldNotTell);
        QVERIFY(answerOf(result, "dkim") == Answer::CouldNotTell);
        QVERIFY(answerOf(result, "ptr") == Answer::CouldNotTell);
        QVERIFY(answerOf(result, "spf") == Answer::Met);
        QCOMPARE(result.count(Answer::NotMet), std::size_t(0));
    }

    void aMissingSectionBreaksWhatNeedsIt()
    {
        Statuses statuses = Sound;
        statuses["spf"] = "missing";
        QVERIFY(answerOf(evaluate(*find("gmail"), {}, statuses), "spf-or-dkim") == Answer::Met);
        QVERIFY(answerOf(evaluate(*find("gmail-bulk"), {}, statuses), "spf") == Answer::NotMet);
        statuses["dkim"] = "not_checked";
        QVERIFY(answerOf(evaluate(*find("gmail"), {}, statuses), "spf-or-dkim") == Answer::CouldNotTell);
        statuses["dkim"] = "missing";
        QVERIFY(answerOf(evaluate(*find("gmail"), {}, statuses), "spf-or-dkim") == Answer::NotMet);
    }

    void theDataIsWellFormed()
    {
        const std::vector<std::string> explained = explainedIds();
        const std::set<std::string> ids(explained.begin(), explained.end());
        std::set<std::string> profileIds;
        for (const Profile &profile : all()) {
            QVERIFY(profileIds.insert(profile.id).second && !profile.name.empty() &&
                    !profile.version.empty());
            std::set<std::string> requirements;
            for (const Requirement &requirement : profile.requirements) {
                QVERIFY2(requirements.insert(requirement.id).second, requirement.id.c_str());
                QVERIFY2(requirement.text.ends_with('.'), requirement.id.c_str());
                const bool asks = !requirement.brokenBy.empty() || !requirement.needsOk.empty() ||
                                  !requirement.needsAny.empty() || !requirement.facts.empty();
                QVERIFY2(asks == requirement.testable, requirement.id.c_str());
                for (const std::string &id : requirement.brokenBy) {
                    const bool ours =
                        id.starts_with("spf.") || id.starts_with("dmarc.") || id.starts_with("park.");
                    QVERIFY2(!ours || id.ends_with(".*") || ids.contains(id), id.c_str());
                }
                for (const std::string &section : requirement.needsOk)
                    QVERIFY2(Sound.contains(section), section.c_str());
                for (const std::string &fact : requirement.facts)
                    QVERIFY2(AllFacts.contains(fact), fact.c_str());
            }
        }
        QVERIFY(!find("no-such-profile"));
    }

    void aStrictlyParkedDomainHasNoFinding()
    {
        const std::vector<const char *> pack = {
            "example.com TXT \"v=spf1 -all\"", "example.com MX 0 .",
            "_dmarc.example.com TXT \"v=DMARC1; p=reject; sp=reject; np=reject\"",
            "*.example.com TXT \"v=spf1 -all\""};
        QCOMPARE(parkedIds(pack, {true, true}), std::set<std::string>());
        QCOMPARE(parkedIds(pack, {false, false}),
                 (std::set<std::string>{"park.bimi-declined", "park.dkim-wildcard"}));
        QCOMPARE(parkedIds(pack), std::set<std::string>());
    }

    void aLooselyParkedDomainHasThemAll()
    {
        QCOMPARE(parkedIds({"example.com TXT \"v=spf1 ~all\"", "example.com A 192.0.2.1",
                            "_dmarc.example.com TXT \"v=DMARC1; p=reject; sp=none\""}),
                 (std::set<std::string>{"park.dmarc", "park.nullmx", "park.spf", "park.sub-wildcard-spf"}));
    }

    void whatCouldNotBeLookedUpIsNotJudged() { QCOMPARE(parkedIds({}, {}, true), std::set<std::string>()); }
};

QTEST_APPLESS_MAIN(TestProfiles)
#include "tst_profiles.moc"
