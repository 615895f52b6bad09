// SPDX-License-Identifier: Apache-2.0
// Choices and the records that come of them, and that what was built is sound in the eyes of the evaluators.
#include "builders/builders.h"

#include "base/base64.h"
#include "dmarc/evaluate.h"
#include "mx/evaluate.h"
#include "profiles/park.h"
#include "spf/evaluate.h"
#include "spf/record_cache.h"
#include "support/rows.h"
#include "support/zone.h"

#include <QTest>

#include <algorithm>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const DomainName Domain = tests::name("example.com");

std::vector<std::string> list(const Json &given, const char *member)
{
    return given.contains(member) ? given[member].get<std::vector<std::string>>()
                                  : std::vector<std::string>();
}
std::optional<std::string> optional(const Json &given, const char *member)
{
    return given.contains(member) ? std::optional(given[member].get<std::string>()) : std::nullopt;
}
std::optional<dmarc::Policy> policy(const Json &given, const char *member)
{
    for (const dmarc::Policy value :
         {dmarc::Policy::None, dmarc::Policy::Quarantine, dmarc::Policy::Reject}) {
        if (optional(given, member) == std::string(toString(value)))
            return value;
    }
    return std::nullopt;
}
std::optional<dmarc::Alignment> alignment(const Json &given, const char *member)
{
    const auto word = optional(given, member);
    return word ? std::optional(*word == "strict" ? dmarc::Alignment::Strict : dmarc::Alignment::Relaxed)
                : std::nullopt;
}

builders::BuildResult buildSpf(const Json &given)
{
    builders::SpfOptions options;
    options.domain = Domain;
    options.ip4 = list(given, "ip4");
    options.ip6 = list(given, "ip6");
    options.a = given.value("a", false);
    options.mx = given.value("mx", false);
    options.aOf = list(given, "a_of");
    options.mxOf = list(given, "mx_of");
    options.includes = list(given, "include");
    options.exists = list(given, "exists");
    options.redirect = optional(given, "redirect");
    for (const spf::Qualifier value :
         {spf::Qualifier::Pass, spf::Qualifier::Fail, spf::Qualifier::SoftFail, spf::Qualifier::Neutral}) {
        if (optional(given, "all") == std::string(toString(value)))
            options.all = value;
    }
    return builders::buildSpf(options);
}

builders::BuildResult buildDmarc(const Json &given)
{
    builders::DmarcOptions options;
    options.domain = Domain;
    options.policy = policy(given, "policy").value_or(dmarc::Policy::None);
    options.subdomainPolicy = policy(given, "sp");
    options.nonexistentPolicy = policy(given, "np");
    options.dkimAlignment = alignment(given, "adkim");
    options.spfAlignment = alignment(given, "aspf");
    options.isTesting = given.value("testing", false);
    options.rua = list(given, "rua");
    options.ruf = list(given, "ruf");
    for (const char letter : optional(given, "fo").value_or("")) {
        if (letter == '1')
            options.failureOptions.push_back(dmarc::FailureOption::Any);
        if (letter == 'd')
            options.failureOptions.push_back(dmarc::FailureOption::Dkim);
    }
    return builders::buildDmarc(options);
}

builders::BuildResult buildMtaSts(const Json &given)
{
    builders::MtaStsOptions options;
    options.domain = Domain;
    for (const mta_sts::Mode value : {mta_sts::Mode::Enforce, mta_sts::Mode::Testing, mta_sts::Mode::None}) {
        if (optional(given, "mode") == std::string(toString(value)))
            options.mode = value;
    }
    options.mx = list(given, "mx");
    options.id = optional(given, "id").value_or("");
    if (given.contains("max_age"))
        options.maxAge = given["max_age"].get<std::uint64_t>();
    return builders::buildMtaSts(options);
}

builders::BuildResult buildBimi(const Json &given)
{
    builders::BimiOptions options;
    options.domain = Domain;
    options.selector = given.value("selector", "default");
    options.logo = optional(given, "logo");
    options.evidence = optional(given, "evidence");
    options.avatarPreference = optional(given, "avatar");
    options.declines = given.value("decline", false);
    return builders::buildBimi(options);
}

std::string keyOf(const Json &given)
{
    if (given.contains("key_text"))
        return given["key_text"];
    if (given.contains("key_base64"))
        return *fromBase64(given["key_base64"].get<std::string>());
    if (!given.contains("key"))
        return {};
    QFile file(QStringLiteral(MAILOSCOPE_TEST_DATA "/builders/") + text(given["key"].get<std::string>()));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return file.readAll().toStdString();
}

builders::BuildResult build(const Json &given)
{
    const auto kind = given["kind"].get<std::string>();
    if (kind == "spf")
        return buildSpf(given);
    if (kind == "dmarc")
        return buildDmarc(given);
    if (kind == "mta-sts")
        return buildMtaSts(given);
    if (kind == "bimi")
        return buildBimi(given);
    if (kind == "tls-rpt") {
        builders::TlsRptOptions options;
        options.domain = Domain;
        options.rua = list(given, "rua");
        return builders::buildTlsRpt(options);
    }
    if (kind == "dkim") {
        builders::DkimOptions options;
        options.domain = Domain;
        options.selector = given.value("selector", "");
        options.key = keyOf(given);
        options.isRevoked = given.value("revoke", false);
        options.isTesting = given.value("testing", false);
        options.refusesSubdomains = given.value("strict", false);
        options.onlyMail = given.value("only_mail", false);
        return builders::buildDkim(options);
    }
    return builders::buildNullMx({Domain, fixes::UsualTtl});
}

/// The world in which the changes are all there is.
class PublishedFacts : public FactSource
{
public:
    explicit PublishedFacts(const std::vector<fixes::Change> &changes)
    {
        for (const fixes::RecordSet &set : fixes::recordSets(changes, FactStore())) {
            for (const dns::RecordData &data : set.after)
                m_zone.add(dns::ResourceRecord{set.name, set.type, set.ttl, data});
        }
    }
    const dns::Answer *dns(const DomainName &name, dns::RrType type) override
    {
        auto &answer = m_answers[dns::Question{name, type}];
        if (!answer)
            answer = std::make_unique<dns::Answer>(m_zone.answer({name, type}));
        return answer.get();
    }

private:
    tests::Zone m_zone;
    std::map<dns::Question, std::unique_ptr<dns::Answer>> m_answers;
};

} // namespace

class TestBuilders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void choicesBecomeRecords_data();
    void choicesBecomeRecords();
    void aParkedDomainHasNothingLeftToSay();
    void aParkedDomainWithoutItsExtras();
    void aNameThatGetsTooLongIsRefused();
};

void TestBuilders::choicesBecomeRecords_data()
{
    QTest::addColumn<Json>("row");
    for (const Json &row : dataFile("builders/builders.json"))
        QTest::newRow(row["name"].get<std::string>().c_str()) << row;
}

void TestBuilders::choicesBecomeRecords()
{
    QFETCH(Json, row);
    const Json &expect = row["expect"];
    const builders::BuildResult result = build(row["given"]);
    if (expect.contains("error")) {
        QVERIFY2(!result, result ? result->record().c_str() : "");
        const std::string &sentence = result.error().sentence;
        QVERIFY2(sentence.find(expect["error"].get<std::string>()) != std::string::npos, sentence.c_str());
        QVERIFY(sentence.ends_with('.'));
        QCOMPARE(shown(sentence), sentence);
        return;
    }
    QVERIFY2(bool(result), result ? "" : result.error().sentence.c_str());
    if (expect.contains("text"))
        QCOMPARE(text(result->record()), text(expect["text"].get<std::string>()));
    if (expect.contains("name"))
        QCOMPARE(std::get<fixes::RecordChange>(result->changes.front()).name.text(),
                 expect["name"].get<std::string>());
    if (expect.contains("file"))
        QCOMPARE(std::get<fixes::FileChange>(result->changes.back()).after,
                 expect["file"].get<std::string>());
    const Json wanted = expect.value("warnings", Json::array());
    for (const Json &part : wanted)
        QVERIFY2(std::any_of(result->warnings.begin(), result->warnings.end(),
                             [&](const std::string &w) { return w.find(part.get<std::string>()) != w.npos; }),
                 part.dump().c_str());
    QVERIFY2(!wanted.empty() || result->warnings.empty(),
             result->warnings.empty() ? "" : result->warnings.front().c_str());
    QVERIFY(!result->explanations.empty());
    for (const builders::Explanation &explanation : result->explanations)
        QVERIFY2(explanation.sentence.ends_with('.'), explanation.sentence.c_str());
}

void TestBuilders::aParkedDomainHasNothingLeftToSay()
{
    builders::ParkedOptions options;
    options.domain = Domain;
    const builders::BuildResult result = builders::buildParked(options);
    QVERIFY(bool(result));
    QCOMPARE(result->changes.size(), 6U);
    PublishedFacts facts(result->changes);
    spf::RecordCache records;
    const auto spf = spf::evaluate(Domain, facts, records);
    const auto dmarc = dmarc::evaluate(Domain, facts);
    const auto mx = mx::evaluate(Domain, facts);
    const auto findings = profiles::parkFindings(Domain, spf, dmarc, mx, {true, true});
    for (const Finding &finding : findings)
        QFAIL(finding.id.c_str());
    QVERIFY(mx.nullMx);
}

void TestBuilders::aParkedDomainWithoutItsExtras()
{
    builders::ParkedOptions options;
    options.domain = Domain;
    options.rua = {"dmarc@example.com"};
    options.withWildcard = options.withDkim = options.withBimi = options.withNullMx = false;
    const builders::BuildResult result = builders::buildParked(options);
    QVERIFY(bool(result));
    QCOMPARE(result->changes.size(), 2U);
    const auto &dmarc = std::get<fixes::RecordChange>(result->changes.back());
    QCOMPARE(text(fixes::textOf(dmarc.type, *dmarc.after)),
             QStringLiteral("v=DMARC1; p=reject; sp=reject; np=reject; adkim=s; aspf=s; "
                            "rua=mailto:dmarc@example.com"));
}

void TestBuilders::aNameThatGetsTooLongIsRefused()
{
    std::string longName;
    for (int i = 0; i < 3; ++i)
        longName.append(60, 'a').push_back('.');
    const DomainName domain = tests::name(longName.append(60, 'b') + ".example");
    builders::DmarcOptions options;
    options.domain = domain;
    const builders::BuildResult result = builders::buildDmarc(options);
    QVERIFY(!result);
    QVERIFY(result.error().sentence.find("longer than DNS allows") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestBuilders)
#include "tst_builders.moc"
