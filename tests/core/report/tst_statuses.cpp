// SPDX-License-Identifier: Apache-2.0
// How sections end where answers are missing, and what is told of it: what a snapshot does not hold was not
// asked, and what failed was.
#include "report/explain.h"
#include "report/json.h"
#include "report/profile_results.h"
#include "report/rule_table.h"
#include "report/sarif.h"
#include "report/section_status.h"
#include "report/spf_sums.h"
#include "report/text.h"
#include "report/verdict_words.h"
#include "support/raw_tokens.h"
#include "support/zone.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <array>
#include <functional>
#include <set>

using namespace mailoscope;
using Json = nlohmann::ordered_json;

namespace
{

const InspectionContext Context{Timestamp(std::chrono::seconds(1'795'000'000)), {"192.0.2.53:53"}};
const DomainName Domain = tests::name("example.com");
using Answering = std::function<Fact(const FactKey &)>;

Report inspected(const Answering &answering, Reach reach = {})
{
    FactStore store;
    spf::RecordCache records;
    InspectOptions options;
    options.reach = reach;
    for (;;) {
        Report report = inspect(Domain, store, records, Context, options);
        if (report.needed.empty())
            return report;
        for (const FactKey &key : report.needed) {
            Fact fact = answering(key);
            fact.at = Context.inspectedAt;
            store.put(std::move(fact));
        }
    }
}

Report inspected(const tests::Zone &zone)
{
    return inspected([&zone](const FactKey &key) { return zone.fact(key); });
}

Fact failed(const FactKey &key)
{
    Fact fact = notRecorded(key, Context.inspectedAt);
    if (auto *answer = std::get_if<dns::Answer>(&fact.content))
        answer->outcome = dns::Outcome::ServerFailure;
    return fact;
}

tests::Zone zoneOf(std::initializer_list<const char *> lines)
{
    tests::Zone zone;
    for (const char *line : lines)
        zone.add(line);
    return zone;
}

bool has(const Report &report, std::string_view id)
{
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [id](const Finding &finding) { return finding.id == id; });
}

const profiles::RequirementResult *rowOf(const std::vector<profiles::ProfileResult> &results,
                                         std::string_view profile, std::string_view requirement)
{
    for (const profiles::ProfileResult &result : results) {
        for (const profiles::RequirementResult &row : result.requirements) {
            if (result.profile->id == profile && row.requirement->id == requirement)
                return &row;
        }
    }
    return nullptr;
}

} // namespace

class TestStatuses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsNotRecordedIsNotChecked()
    {
        const Report report =
            inspected([](const FactKey &key) { return notRecorded(key, Context.inspectedAt); });
        for (const auto &[section, status] : statusesOf(report)) {
            // Without any known name there is nothing to depend on.
            if (section != "takeover")
                QVERIFY2(status == "not_checked", (section + ' ' + status).c_str());
        }
        for (const Finding &finding : report.findings)
            QVERIFY2(finding.severity == Severity::Info, finding.id.c_str());
        const Json json = toJson(report);
        for (const auto &[section, status] : statusesOf(report))
            QCOMPARE(json.at(section).at("status").get<std::string>(), status);
        const std::string text = toText(report, {});
        QVERIFY2(text.find("failed") == std::string::npos, text.c_str());
        QVERIFY(text.find("not-recorded") == std::string::npos);
        QVERIFY(text.find(" 0 look-ups") != std::string::npos);
    }

    void whatFailedIsATemporaryError()
    {
        const Report report = inspected(failed);
        for (const auto &[section, status] : statusesOf(report)) {
            if (section != "takeover")
                QVERIFY2(status == "temperror", (section + ' ' + status).c_str());
        }
    }

    void dependenciesThatCouldNotBeLookedUpAreToldApart()
    {
        const tests::Zone zone =
            zoneOf({"example.com MX 10 mx.there.example", "mx.there.example A 192.0.2.1"});
        const auto with = [&zone](Fact (*otherwise)(const FactKey &)) {
            return inspected([&](const FactKey &key) {
                const auto *question = std::get_if<dns::Question>(&key);
                const bool isRegistrable = question && question->name == tests::name("there.example");
                return isRegistrable ? otherwise(key) : zone.fact(key);
            });
        };
        QCOMPARE(statusesOf(with(failed)).at("takeover"), std::string("temperror"));
        QCOMPARE(statusesOf(with([](const FactKey &key) {
                     return notRecorded(key, Context.inspectedAt);
                 })).at("takeover"),
                 std::string("not_checked"));
    }

    void policiesThatWereNotFetchedAreNotErrors()
    {
        const tests::Zone zone =
            zoneOf({"example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1",
                    "_mta-sts.example.com TXT \"v=STSv1; id=1\"", "mta-sts.example.com A 192.0.2.2",
                    "default._bimi.example.com TXT \"v=BIMI1; l=https://logo.example/l.svg\""});
        const Report report =
            inspected([&zone](const FactKey &key) { return zone.fact(key); }, Reach{false, false});
        QCOMPARE(statusesOf(report).at("mta_sts"), std::string("not_checked"));
        QCOMPARE(toJson(report).at("bimi").at("svg").at("status").get<std::string>(),
                 std::string("not_checked"));
    }

    void anImplicitMailHostTakesMail()
    {
        const Report report = inspected(zoneOf({"example.com A 192.0.2.1"}));
        QVERIFY(report.mx.implicitMx);
        QVERIFY(outlineOf(report, Section::Mx).sentence.find("takes no mail") == std::string::npos);
        QVERIFY(standingOf(report, Section::Mx).gist.find("takes no mail") == std::string::npos);
    }

    void aPolicyBelowThatIsNotKnownMeetsNothing()
    {
        // The walk of names below asks above the domain as well.
        const tests::Zone zone =
            zoneOf({"example.com TXT \"v=spf1 -all\"", "_dmarc.example.com TXT \"v=DMARC1; p=reject\""});
        const auto answering = [&zone](const FactKey &key) {
            const auto *question = std::get_if<dns::Question>(&key);
            return question && question->name == tests::name("_dmarc.com") ? failed(key) : zone.fact(key);
        };
        const Report report = inspected(answering);
        QVERIFY(report.dmarc.policy.isKnown() && !report.dmarc.subdomains.isKnown());
        const auto results = profilesOf(report);
        for (const auto &[profile, requirement] :
             {std::pair("bsi-tr-03108-03182", "dmarc-enforced"), std::pair("ncsc", "dmarc-reject")}) {
            const profiles::RequirementResult *row = rowOf(results, profile, requirement);
            QVERIFY(row);
            QVERIFY2(row->answer == profiles::Answer::CouldNotTell, profile);
            QVERIFY(!whyOf(report, *row).empty());
        }
        const Report known = inspected(zone);
        QVERIFY(rowOf(profilesOf(known), "ncsc", "dmarc-reject")->answer == profiles::Answer::Met);
    }

    void aChosenProfileIsShownAndMarked()
    {
        const Report report = inspected(
            zoneOf({"example.com TXT \"v=spf1 +all\"", "_dmarc.example.com TXT \"v=DMARC1; p=none\""}));
        TextOptions options;
        options.profile = "ncsc";
        const std::string text = toText(report, options);
        QVERIFY(text.find("UK NCSC") != std::string::npos);
        QVERIFY(text.find("The DMARC policy is reject.") != std::string::npos);
        QVERIFY(toText(report, {}).find("UK NCSC") == std::string::npos);
        const Json json = toJson(report, "ncsc");
        QCOMPARE(json.at("profile").get<std::string>(), std::string("ncsc"));
        for (const Json &profile : json.at("profiles"))
            QVERIFY(profile.at("chosen").get<bool>() == (profile.at("id").get<std::string>() == "ncsc"));
        QCOMPARE(json.at("profiles").size(), profiles::all().size() - 1); // the parked domain's is left out
        // Every broken requirement says why.
        for (const profiles::ProfileResult &result : profilesOf(report, "parked")) {
            for (const profiles::RequirementResult &row : result.requirements) {
                const bool needsReason =
                    row.answer == profiles::Answer::NotMet || row.answer == profiles::Answer::CouldNotTell;
                QVERIFY2(whyOf(report, row).empty() != needsReason, row.requirement->id.c_str());
            }
        }
        QVERIFY(rowOf(profilesOf(report, "parked"), "parked", "park-spf")->answer ==
                profiles::Answer::NotMet);
        QVERIFY(!rowOf(profilesOf(report), "parked", "park-spf"));
    }

    void theRulesAreShown()
    {
        const Report report = inspected(zoneOf({"example.com TXT \"v=spf1 -all\""}));
        const OutlineTable rules = ruleTable(report);
        QCOMPARE(rules.rows.size(), report.verdict.rules.size());
        const std::string text = toText(report, {});
        QVERIFY(text.find(rules.title) != std::string::npos);
        QVERIFY(text.find(treatmentTable(report).title) != std::string::npos);
    }

    void missingAddressesDoNotHideTheVerdict()
    {
        tests::Zone zone = zoneOf({"example.com TXT \"v=spf1 a:out.example.com mx -all\"",
                                   "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1",
                                   "_dmarc.example.com TXT \"v=DMARC1; p=reject\""});
        zone.fail({tests::name("out.example.com"), dns::RrType::A}, dns::Outcome::ServerFailure);
        zone.fail({tests::name("out.example.com"), dns::RrType::AAAA}, dns::Outcome::ServerFailure);
        const Report report = inspected(zone);
        QCOMPARE(statusesOf(report).at("spf"), std::string("temperror"));
        QVERIFY(report.verdict.level == verdict::Level::Protected);
        const std::string words = authorisedWords(report.spf, report.spf.addresses);
        QVERIFY2(words.find("a:out.example.com") != std::string::npos, words.c_str());
        QVERIFY2(words.find("at least 0") == std::string::npos, words.c_str());
    }

    void anIncludeThatIsMissingHidesTheVerdict()
    {
        tests::Zone zone = zoneOf({"example.com TXT \"v=spf1 include:all.example.com -all\"",
                                   "_dmarc.example.com TXT \"v=DMARC1; p=reject\""});
        zone.fail({tests::name("all.example.com"), dns::RrType::TXT}, dns::Outcome::ServerFailure);
        QVERIFY(inspected(zone).verdict.level == verdict::Level::Unknown);
        // A network so wide that strangers may be in it.
        tests::Zone wide = zoneOf({"example.com TXT \"v=spf1 a:out.example.com/8 -all\"",
                                   "_dmarc.example.com TXT \"v=DMARC1; p=reject\""});
        wide.fail({tests::name("out.example.com"), dns::RrType::A}, dns::Outcome::ServerFailure);
        QVERIFY(inspected(wide).verdict.level == verdict::Level::Unknown);
    }

    void anAliasOfThePolicyIsShownAndLookedAt()
    {
        const Report report = inspected(
            zoneOf({"example.com TXT \"v=spf1 -all\"", "_dmarc.example.com CNAME p.hosted.example",
                    "p.hosted.example TXT \"v=DMARC1; p=reject\"", "hosted.example NS ns.hosted.example"}));
        const Json alias = toJson(report).at("dmarc").at("alias");
        QCOMPARE(alias.at("target").get<std::string>(), std::string("p.hosted.example"));
        QVERIFY(alias.at("external").get<bool>());
        bool isTold = false;
        for (const std::string &note : outlineOf(report, Section::Dmarc).notes)
            isTold = isTold || note.find("p.hosted.example") != std::string::npos;
        QVERIFY(isTold);
        bool isDependency = false;
        for (const takeover::Target &target : report.takeover.targets)
            isDependency = isDependency || (target.dependency.use == takeover::Use::DmarcAlias &&
                                            target.status == takeover::Target::Status::Exists);
        QVERIFY(isDependency);
    }

    void oneAnswerThatIsTooLargeIsToldOnce()
    {
        const auto texts = [](int count, const std::string &spf) {
            tests::Zone zone;
            zone.add("example.com TXT \"" + spf + "\"");
            for (int i = 0; i < count; ++i)
                zone.add("example.com TXT \"verification-of-service-" + std::to_string(i) + '=' +
                         std::string(40, 'x') + '"');
            return inspected(zone);
        };
        const Report full = texts(30, "v=spf1 -all");
        QVERIFY(has(full, "dns.txt.answer-size") && !has(full, "spf.size.512"));
        const Report medium = texts(8, "v=spf1 -all");
        QVERIFY(!has(medium, "dns.txt.answer-size") && has(medium, "spf.size.512"));
    }

    void keysAreShortenedInTextAlone()
    {
        const std::string key(344, 'A');
        tests::Zone zone = zoneOf({"example.com TXT \"v=spf1 -all\""});
        zone.add("default._domainkey.example.com TXT \"v=DKIM1; k=rsa; p=\" \"" + key.substr(0, 172) +
                 "\" \"" + key.substr(172) + '"');
        const Report report = inspected(zone);
        QVERIFY(!report.findingsOf("dkim").empty());
        const std::string text = toText(report, {});
        const std::size_t findings = text.find("\nFindings");
        QVERIFY(findings != std::string::npos);
        QVERIFY2(text.find(std::string(60, 'A'), findings) == std::string::npos, text.c_str());
        QVERIFY(toJson(report).dump().find(key) != std::string::npos);
    }

    void noTokenReachesASentence()
    {
        for (const std::string &id : explainedIds()) {
            for (const char *token : {"not-recorded", "servfail", "timeout", "lookup-failed", "redirect"}) {
                Finding finding;
                finding.id = id;
                finding.arguments["reason"] = std::string(token);
                finding.arguments["outcome"] = std::string(token);
                const Explanation words = explain(finding);
                for (const std::string &sentence : {words.title, words.why}) {
                    QVERIFY2(sentence.find(": " + std::string(token)) == std::string::npos, sentence.c_str());
                    QVERIFY2(sentence.find('(' + std::string(token) + ')') == std::string::npos,
                             sentence.c_str());
                }
            }
        }
    }

    void sarifIsWellFormed()
    {
        tests::Zone zone = zoneOf({"example.com TXT \"v=spf1 include:gone.example ?all\"",
                                   "example.com MX 10 mx.example.com", "mx.example.com A 192.0.2.1",
                                   "_dmarc.example.com TXT \"v=DMARC1; p=none\""});
        const Report first = inspected(zone);
        const Report second = inspected(zoneOf({"example.com TXT \"v=spf1 +all\""}));
        const Json log = toSarif(std::array{&first, &second});
        const auto verifyKeys = [](const Json &object, std::set<std::string> required,
                                   const std::set<std::string> &optional) {
            for (const auto &[key, value] : object.items()) {
                QVERIFY2(required.contains(key) || optional.contains(key), key.c_str());
                required.erase(key);
            }
            QVERIFY2(required.empty(), object.dump().c_str());
        };
        verifyKeys(log, {"version", "runs"}, {"$schema"});
        QCOMPARE(log.at("version").get<std::string>(), std::string("2.1.0"));
        QCOMPARE(log.at("runs").size(), std::size_t(1));
        const Json &run = log.at("runs").at(0);
        verifyKeys(run, {"tool", "results", "columnKind"}, {});
        const Json &driver = run.at("tool").at("driver");
        verifyKeys(driver, {"name", "fullName", "rules", "semanticVersion"}, {});
        std::set<std::string> ids;
        for (const Json &rule : driver.at("rules")) {
            verifyKeys(rule, {"id", "shortDescription"}, {});
            QVERIFY(ids.insert(rule.at("id").get<std::string>()).second);
        }
        QCOMPARE(run.at("results").size(), first.findings.size() + second.findings.size());
        std::size_t index = 0;
        for (const Report *report : {&first, &second}) {
            for (const Finding &finding : report->findings) {
                const Json &result = run.at("results").at(index++);
                verifyKeys(result, {"ruleId", "ruleIndex", "level", "message", "locations", "properties"},
                           {});
                QCOMPARE(result.at("ruleId").get<std::string>(), finding.id);
                QVERIFY(driver.at("rules").at(result.at("ruleIndex").get<std::size_t>()).at("id") ==
                        result.at("ruleId"));
                const std::string level = finding.severity >= Severity::High     ? "error"
                                          : finding.severity == Severity::Medium ? "warning"
                                                                                 : "note";
                QCOMPARE(result.at("level").get<std::string>(), level);
                QVERIFY(result.at("message").at("text").get<std::string>().ends_with('.'));
                QCOMPARE(result.at("locations").size(), finding.evidence.size());
                for (const Json &location : result.at("locations")) {
                    verifyKeys(location, {"physicalLocation", "logicalLocations"}, {});
                    const Json &physical = location.at("physicalLocation");
                    verifyKeys(physical, {"artifactLocation"}, {"region", "contextRegion"});
                    QVERIFY(physical.at("artifactLocation").at("uri").get<std::string>().starts_with("dns:"));
                    if (!physical.contains("region"))
                        continue;
                    // SARIF 2.1.0 section 3.29.5: a context is larger than what it surrounds.
                    const auto endOf = [](const Json &region) {
                        return region.at("charOffset").get<std::size_t>() +
                               region.at("charLength").get<std::size_t>();
                    };
                    const Json &region = physical.at("region");
                    if (!physical.contains("contextRegion")) {
                        QVERIFY(region.contains("snippet"));
                        continue;
                    }
                    const Json &context = physical.at("contextRegion");
                    QVERIFY(context.contains("snippet"));
                    QVERIFY(endOf(region) <= endOf(context));
                    QVERIFY(region.at("charLength") < context.at("charLength"));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestStatuses)
#include "tst_statuses.moc"
