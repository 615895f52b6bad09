// SPDX-License-Identifier: Apache-2.0
// Every finding of BIMI: where it appears and a close place where it does not; and how the facts are asked
// for.
#include "bimi/findings.h"
#include "bimi_files.h"
#include "report/json.h"
#include "support/finding_rows.h"

#include <set>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

constexpr const char *Logo = "https://img.example.com/logo.svg";
constexpr const char *Certificate = "https://img.example.com/vmc.pem";

std::optional<bimi::DmarcPolicy> policyOf(const Json &record, const char *tag)
{
    const std::string text = record.value(tag, "");
    if (text.empty())
        return std::nullopt;
    return text == "reject"       ? bimi::DmarcPolicy::Reject
           : text == "quarantine" ? bimi::DmarcPolicy::Quarantine
                                  : bimi::DmarcPolicy::None;
}

std::optional<bimi::DmarcRecordView> dmarcRecord(const Json &record, const std::string &domain)
{
    if (record.is_null())
        return std::nullopt;
    bimi::DmarcRecordView view;
    view.name = "_dmarc." + domain;
    view.text = record.dump();
    view.policy = policyOf(record, "p");
    view.subdomainPolicy = policyOf(record, "sp");
    view.nonexistentPolicy = policyOf(record, "np");
    view.testing = record.value("t", "") == "y";
    if (record.contains("pct"))
        view.percent = record["pct"].get<int>();
    return view;
}

bimi::DmarcView dmarcView(const Json &setting, const std::string &domain)
{
    const Json dmarc = setting.value("dmarc", Json{{"p", "reject"}});
    bimi::DmarcView view;
    view.pending = false;
    view.domain = dmarcRecord(dmarc, domain);
    const std::string organizational = setting.value("organizational", domain);
    view.organizationalDomain = name(organizational);
    if (organizational != domain)
        view.organizational =
            dmarcRecord(setting.value("organizational_dmarc", Json{{"p", "reject"}}), organizational);
    view.everyonePassesSpf = setting.value("plusall", false);
    return view;
}

https::Response page(const Json &setting, const char *url, const char *file, const char *type)
{
    https::Response response;
    response.url = *https::Url::parse(url);
    response.outcome = https::Outcome::Answered;
    response.status = 200;
    response.contentType = type;
    if (setting.contains("outcome"))
        response.outcome = *https::outcomeFromString(setting["outcome"].get<std::string>());
    response.status = setting.value("status", response.outcome == https::Outcome::Answered ? 200 : 0);
    response.contentType = setting.value("type", response.contentType);
    response.location = setting.value("location", "");
    response.contentEncoding = setting.value("encoding", "");
    if (response.outcome == https::Outcome::Answered && response.status == 200)
        response.body = setting.contains("body") ? setting["body"].get<std::string>()
                                                 : bimiFile(setting.value("file", file));
    tls::Session session;
    session.at = timeOf(setting.value("at", "2026-11-21T12:00:00Z"));
    response.tls = session;
    return response;
}

struct Setting {
    DomainName domain;
    bimi::DmarcView dmarc;
    bimi::Options options;
    Zone zone;
};

Setting settingOf(const Json &json)
{
    Setting setting;
    const std::string domain = json.value("domain", "example.com");
    setting.domain = name(domain);
    setting.dmarc = dmarcView(json, domain);
    setting.options.roots = allRoots();
    const std::string standard = "v=BIMI1; l=" + std::string(Logo) + "; a=" + Certificate;
    for (const Json &record : json.value("records", Json::array({standard})))
        setting.zone.add("default._bimi." + domain + " TXT \"" + record.get<std::string>() + '"');
    for (const Json &line : json.value("zone", Json::array()))
        setting.zone.add(line.get<std::string>());
    const Json failures = json.value("fail", Json::object());
    for (const auto &[question, outcome] : failures.items())
        setting.zone.fail({name(question), dns::RrType::TXT},
                          *dns::outcomeFromString(outcome.get<std::string>()));
    setting.zone.add(page(json.value("logo", Json::object()), Logo, "svg/good.svg", "image/svg+xml"));
    setting.zone.add(
        page(json.value("certificate", Json::object()), Certificate, "extra/good.pem", "text/plain"));
    return setting;
}

bimi::Evaluation evaluated(const Json &json, std::vector<std::vector<std::string>> *asked = nullptr)
{
    const Setting setting = settingOf(json);
    ScriptedFacts facts(setting.zone, ScriptedFacts::Unscripted::IsNxDomain);
    auto evaluation = runToTheEnd(
        [&] { return bimi::evaluate(setting.domain, setting.dmarc, facts, setting.options); }, facts);
    if (asked)
        *asked = facts.asked();
    return evaluation;
}

} // namespace

class TestBimiFindings : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFindingAppearsWhereItShouldAndNowhereElse_data()
    {
        addFindingRows(dataFile("bimi/findings.json"));
    }
    void everyFindingAppearsWhereItShouldAndNowhereElse()
    {
        QFETCH(Json, row);
        const auto with = bimi::findings(evaluated(row["with"]));
        const auto without = bimi::findings(evaluated(row.value("without", Json::object())));
        verifyFinding(row, with, without, "bimi");
        const std::string id = row["id"];
        QVERIFY2(!find(without, id), qPrintable(idsOf(without)));
        if (row.contains("reason"))
            QCOMPARE(std::get<std::string>(find(with, id)->arguments.at("reason")),
                     row["reason"].get<std::string>());
    }
    void everyIdHasWordsAndARow() { verifyTable(bimiWords(), dataFile("bimi/findings.json")); }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled_data()
    {
        everyFindingAppearsWhereItShouldAndNowhereElse_data();
    }
    void theWordsAreWholeSentencesWithAllTheirPlacesFilled()
    {
        QFETCH(Json, row);
        verifyExplanations(bimi::findings(evaluated(row["with"])));
    }
    void whatIsInOrderHasNoFinding()
    {
        const bimi::Evaluation evaluation = evaluated(Json::object());
        const auto findings = bimi::findings(evaluation);
        QVERIFY2(findings.empty(), qPrintable(idsOf(findings)));
        QVERIFY(evaluation.status == bimi::Evaluation::Status::Ok);
        QVERIFY(!evaluation.pending);
        const Json json = toJson(evaluation);
        QCOMPARE(json["status"].get<std::string>(), std::string("ok"));
        QCOMPARE(json["location"].get<std::string>(), std::string(Logo));
        QCOMPARE(json["evidence"].get<std::string>(), std::string(Certificate));
        QCOMPARE(json["record_name"].get<std::string>(), std::string("default._bimi.example.com"));
        QCOMPARE(json["svg"]["status"].get<std::string>(), std::string("ok"));
        QCOMPARE(json["certificate"]["status"].get<std::string>(), std::string("ok"));
        QCOMPARE(json["certificate"]["kind"].get<std::string>(), std::string("vmc"));
        QVERIFY(json["certificate"]["same_image"].get<bool>());
        QVERIFY(json["dmarc_enforced"].get<bool>());
    }
    void asksForAllThatItCanNameAtOnce()
    {
        std::vector<std::vector<std::string>> asked;
        evaluated({{"domain", "mail.example.com"}, {"organizational", "example.com"}}, &asked);
        const std::vector<std::vector<std::string>> expected = {
            {"TXT _bimi.mail.example.com", "TXT default._bimi.example.com",
             "TXT default._bimi.mail.example.com", "TXT mail.example.com"},
            {Logo, Certificate}};
        QCOMPARE(asked.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QCOMPARE(std::set<std::string>(asked[i].begin(), asked[i].end()),
                     std::set<std::string>(expected[i].begin(), expected[i].end()));
    }
    void theOrganizationalDomainSpeaksWhereTheDomainIsSilent()
    {
        const Json json = {
            {"domain", "mail.example.com"},
            {"organizational", "example.com"},
            {"records", Json::array()},
            {"zone", {"default._bimi.example.com TXT \"v=BIMI1; l=" + std::string(Logo) + "\""}}};
        const bimi::Evaluation evaluation = evaluated(json);
        QVERIFY(evaluation.fromOrganizational);
        QCOMPARE(evaluation.found().name.text(), std::string("default._bimi.example.com"));
        Json declined = json;
        declined["records"] = {"v=BIMI1; l=; a=;"};
        QVERIFY(evaluated(declined).declined);
        QVERIFY(!evaluated(declined).fromOrganizational);
        Json several = json;
        several["records"] = {"v=BIMI1; l=", "v=BIMI1; l=; a="};
        QVERIFY(evaluated(several).status == bimi::Evaluation::Status::Invalid);
        QVERIFY(!evaluated(several).fromOrganizational);
    }
    void aLookUpThatFailedIsNeverAMissingRecord()
    {
        for (const char *outcome : {"servfail", "timeout", "refused"}) {
            const Json json = {{"records", Json::array()},
                               {"fail", {{"default._bimi.example.com", outcome}}}};
            const bimi::Evaluation evaluation = evaluated(json);
            QVERIFY(evaluation.status == bimi::Evaluation::Status::TempError);
            QVERIFY(bimi::findings(evaluation).empty());
            QCOMPARE(toJson(evaluation)["status"].get<std::string>(), std::string("temperror"));
        }
        const Json parent = {{"domain", "mail.example.com"},
                             {"organizational", "example.com"},
                             {"records", Json::array()},
                             {"fail", {{"default._bimi.example.com", "timeout"}}}};
        QVERIFY(evaluated(parent).status == bimi::Evaluation::Status::TempError);
    }
    void aFileThatWasNotSeenIsNeverAFault()
    {
        for (const char *outcome : {"timeout", "left-out", "not-recorded", "lookup-failed"}) {
            const Json json = {{"logo", {{"outcome", outcome}}}, {"certificate", {{"outcome", outcome}}}};
            const auto findings = bimi::findings(evaluated(json));
            QVERIFY2(findings.empty(), qPrintable(idsOf(findings)));
        }
        const auto findings = bimi::findings(evaluated({{"logo", {{"status", 503}}}}));
        QVERIFY2(findings.empty(), qPrintable(idsOf(findings)));
    }
    void nothingIsFoundBeforeTheAnswersAreThere()
    {
        const Setting setting = settingOf(Json::object());
        ScriptedFacts facts(setting.zone, ScriptedFacts::Unscripted::IsNxDomain);
        const auto first = bimi::evaluate(setting.domain, {}, facts, setting.options);
        QVERIFY(first.pending);
        QVERIFY(first.status == bimi::Evaluation::Status::Pending);
        QVERIFY(bimi::findings(first).empty());
        facts.nextRound();
        // DMARC is still under way: the record is there, but nothing is said of DMARC.
        const auto second = bimi::evaluate(setting.domain, {}, facts, setting.options);
        QVERIFY(second.pending);
        QVERIFY(second.status == bimi::Evaluation::Status::Ok);
        QVERIFY(bimi::findings(second).empty());
    }
    void whatDmarcCouldNotTellIsNoWeakness()
    {
        const Setting setting = settingOf(Json::object());
        ScriptedFacts facts(setting.zone, ScriptedFacts::Unscripted::IsNxDomain);
        bimi::DmarcView view;
        view.pending = false;
        view.known = false;
        const auto evaluation =
            runToTheEnd([&] { return bimi::evaluate(setting.domain, view, facts, setting.options); }, facts);
        QVERIFY(bimi::findings(evaluation).empty());
        QVERIFY(toJson(evaluation)["dmarc_enforced"].is_null());
    }
};

QTEST_APPLESS_MAIN(TestBimiFindings)
#include "tst_bimi_findings.moc"
