// SPDX-License-Identifier: Apache-2.0
// What is offered to mend the domains of the small internet: each fix that is called proven is published
// there, as far as facts go, and the domain inspected again. What is offered for which finding is a golden
// that people have looked through.
#include "fixes/proof.h"
#include "support/fix_text.h"
#include "support/rows.h"
#include "whole_domains.h"

#include <QTest>

#include <algorithm>
#include <map>

using namespace mailoscope;
using namespace mailoscope::tests;
using Json = nlohmann::ordered_json;

class TestInternetFixes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void provenFixesHoldWherePublished_data();
    void provenFixesHoldWherePublished();
    void everythingIsOfferedAsLookedThrough();

private:
    Json m_rows = Json::array();
    std::unique_ptr<SmallInternet> m_world;
    std::map<std::string, std::string> m_told; ///< by domain
};

void TestInternetFixes::initTestCase()
{
    m_world = std::make_unique<SmallInternet>("internet");
    for (const char *file : {"internet/domains.json", "fixes/domains.json"}) {
        const Json data = dataFile(file);
        for (const auto &row : data["domains"]) {
            m_world->add(row);
            m_rows.push_back(row);
        }
    }
    m_world->start();
}

void TestInternetFixes::provenFixesHoldWherePublished_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const auto &row : m_rows)
        QTest::newRow(row["domain"].get<std::string>().c_str()) << index++;
}

void TestInternetFixes::provenFixesHoldWherePublished()
{
    QFETCH(int, index);
    const Json &row = m_rows[static_cast<std::size_t>(index)];
    const std::string domain = row["domain"];
    const InspectOptions options = optionsOf(row);
    FactStore facts;
    const auto report = reportOf(m_world->gatherer(worldOf(row)), name(domain), options, &facts);
    QVERIFY(!report->pending);
    std::string &told = m_told[domain];
    spf::RecordCache records;
    for (const Finding &finding : report->findings) {
        const auto fix = std::find_if(report->fixes.begin(), report->fixes.end(), [&](const fixes::Fix &one) {
            return &report->findings[one.finding] == &finding;
        });
        if (fix == report->fixes.end()) {
            told += "  " + finding.id + "  nothing\n";
            continue;
        }
        told += "  " + finding.id + "  " + textOf(*fix, TextOfFix::Short);
        if (!fix->isProven())
            continue;
        const std::string fault = brokenPromise(*report, *fix, facts, records, options);
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void TestInternetFixes::everythingIsOfferedAsLookedThrough()
{
    QByteArray text;
    for (const auto &[domain, told] : m_told)
        text += QByteArray::fromStdString(domain + '\n' + told);
    if (m_told.size() == m_rows.size()) // one row alone was wanted
        compareGolden("internet.txt", text);
}

QTEST_GUILESS_MAIN(TestInternetFixes)
#include "tst_internet_fixes.moc"
