// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"
#include "support/test_dns_server.h"

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <QTest>

#include <algorithm>
#include <fstream>

/// The public suite for RFC 7208 through `spf-check --stdin` and a DNS server on loopback: each scenario is a zone of
/// its own and one run of the program, each case a line.
using namespace mailoscope::tests;
using Json = nlohmann::json;

namespace
{

Json toJson(const YAML::Node &node)
{
    if (node.IsMap()) {
        Json json = Json::object();
        for (const auto &member : node)
            json[member.first.as<std::string>()] = toJson(member.second);
        return json;
    }
    if (node.IsSequence()) {
        Json json = Json::array();
        for (const auto &element : node)
            json.push_back(toJson(element));
        return json;
    }
    return node.IsNull() ? Json() : Json(node.as<std::string>());
}

} // namespace

class TestCliRfc7208 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void scenario_data();
    void scenario();
    void allCasesWereRun();

private:
    std::vector<Json> m_scenarios;
    int m_cases = 0;
    int m_explanations = 0;
};
