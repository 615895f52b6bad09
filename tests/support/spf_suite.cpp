// SPDX-License-Identifier: Apache-2.0
#include "support/spf_suite.h"

#include <nlohmann/json.hpp>

#include <QtGlobal>

#include <fstream>
#include <map>

namespace mailoscope::tests
{

namespace
{

/// What we say where the suite leaves a choice.
const std::map<QString, QString> &choices()
{
    static const std::map<QString, QString> chosen = {
        // RFC 7208 section 4.5: two records are a permerror.
        {QStringLiteral("multispf1"), QStringLiteral("permerror")},
        // Section 4.8: a name that is invalid after macro expansion never matches, so the record goes on to
        // "-all".
        {QStringLiteral("invalid-domain-empty-label"), QStringLiteral("fail")},
        {QStringLiteral("invalid-domain-long"), QStringLiteral("fail")},
        {QStringLiteral("invalid-domain-long-via-macro"), QStringLiteral("fail")},
        // Section 7.3: of several validated names any may be used.
        {QStringLiteral("p-macro-multiple"), QStringLiteral("pass")},
        // Section 4.6.4: PTR names beyond the tenth are ignored.
        {QStringLiteral("ptr-limit"), QStringLiteral("neutral")},
    };
    return chosen;
}

QString text(const nlohmann::json &json)
{
    return QString::fromStdString(json.get<std::string>());
}

SuiteCase caseFrom(const nlohmann::json &json)
{
    SuiteCase one;
    one.id = text(json.at("id"));
    one.arguments.ip = IpAddress::parse(json.at("host").get<std::string>()).value();
    one.arguments.sender = json.at("mailfrom").get<std::string>();
    one.arguments.helo = json.at("helo").get<std::string>();
    for (const auto &result : json.at("result"))
        one.accepted.push_back(text(result));
    one.result = one.accepted.front();
    if (one.accepted.size() > 1)
        one.result = choices().at(one.id);
    if (json.contains("explanation")) {
        const QString explanation = text(json.at("explanation"));
        one.explanation = explanation == QLatin1String("DEFAULT") ? QString() : explanation;
    }
    return one;
}

} // namespace

std::vector<SuiteScenario> spfSuite()
{
    std::ifstream file(MAILOSCOPE_TEST_DATA "/spf/rfc7208-tests.json");
    if (!file)
        qFatal("cannot read the suite");
    std::vector<SuiteScenario> scenarios;
    const auto suite = nlohmann::json::parse(file);
    for (const auto &json : suite.at("scenarios")) {
        SuiteScenario scenario;
        scenario.description = text(json.at("description"));
        scenario.zone.addSuite(json.at("zone"));
        for (const auto &one : json.at("tests"))
            scenario.cases.push_back(caseFrom(one));
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

} // namespace mailoscope::tests
