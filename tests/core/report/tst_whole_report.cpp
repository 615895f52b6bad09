// SPDX-License-Identifier: Apache-2.0
// Whole inspections over real zones: nothing is lost, nothing depends on the order of arrival, and the totals
// of what is found are kept as a golden that people have looked through.
#include "report/json.h"
#include "report/outline.h"
#include "report/sarif.h"
#include "report/text.h"
#include "support/corpus.h"
#include "support/golden.h"
#include "support/raw_tokens.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <algorithm>
#include <array>
#include <map>
#include <random>

using namespace mailoscope;

namespace
{

const InspectionContext Context{Timestamp(std::chrono::seconds(1'795'000'000)), {"192.0.2.53:53"}};

/// Runs to the end; `seed` decides which half of the missing facts comes first.
Report inspected(const DomainName &domain, const InspectOptions &options = {},
                 std::optional<unsigned> seed = {})
{
    FactStore store;
    spf::RecordCache records;
    std::mt19937 random(seed.value_or(0));
    for (;;) {
        Report report = inspect(domain, store, records, Context, options);
        if (report.needed.empty())
            return report;
        std::vector<FactKey> needed = report.needed;
        if (seed) {
            std::shuffle(needed.begin(), needed.end(), random);
            needed.resize((needed.size() + 1) / 2);
        }
        for (const FactKey &key : needed)
            store.put(tests::corpusFact(key, Context.inspectedAt));
    }
}

/// Some forty of them, always the same.
std::vector<DomainName> someDomains()
{
    std::vector<DomainName> some;
    const std::vector<DomainName> all = tests::corpusMailDomains();
    for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(all.size() / 40, 1))
        some.push_back(all[i]);
    return some;
}

void verifyWhole(const Report &report)
{
    const std::string &domain = report.domain.text();
    QVERIFY2(!report.pending, domain.c_str());
    for (const Section section : allSections()) {
        const Standing standing = standingOf(report, section);
        QVERIFY2(standing.mark != Mark::None && standing.mark != Mark::Waiting, domain.c_str());
        QVERIFY2(!standing.gist.empty(), domain.c_str());
        const Outline outline = outlineOf(report, section);
        QVERIFY2(!outline.sentence.empty(), domain.c_str());
        for (const OutlineTable &table : outline.tables) {
            QVERIFY2(!table.id.empty() && !table.rows.empty(), table.id.c_str());
            for (const auto &row : table.rows)
                QCOMPARE(row.size(), table.columns.size());
        }
    }
    QCOMPARE(toJson(report).at("findings").size(), report.findings.size());
    QCOMPARE(toSarif(std::array{&report}).at("runs").at(0).at("results").size(), report.findings.size());
    QVERIFY(toText(report, {}).find(domain) != std::string::npos);
}

} // namespace

class TestWholeReport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void realDomainsAreInspectedWhole()
    {
        std::map<std::string, int> totals;
        for (const DomainName &domain : tests::corpusMailDomains()) {
            const Report report = inspected(domain);
            verifyWhole(report);
            if (QTest::currentTestFailed())
                return;
            for (const Finding &finding : report.findings) {
                QVERIFY2(sectionOf(finding.section), finding.section.c_str());
                QVERIFY2(tests::rawTokenIn(finding).empty(), tests::rawTokenIn(finding).c_str());
                ++totals[finding.id];
            }
            ++totals["verdict " + std::string(verdict::toString(report.verdict.level))];
        }
        QByteArray lines;
        for (const auto &[id, count] : totals)
            lines += QByteArray::number(count) + '\t' + QByteArray::fromStdString(id) + '\n';
        QCOMPARE(tests::differenceToGolden(QStringLiteral("report/totals.txt"), lines), QString());
    }

    void theOrderOfArrivalLeavesNoTrace()
    {
        const std::vector<DomainName> domains = someDomains();
        for (std::size_t i = 0; i < domains.size(); i += 8) {
            const auto expected = toJson(inspected(domains[i])).dump();
            for (const unsigned seed : {1U, 2U})
                QCOMPARE(toJson(inspected(domains[i], {}, seed)).dump(), expected);
        }
    }

    void whatIsLeftOutIsNotFoundMissing()
    {
        InspectOptions options;
        options.reach = {false, false};
        const Report report = inspected(tests::name("justice.gov.uk"), options);
        for (const Finding &finding : report.findings)
            QVERIFY2(!finding.id.starts_with("sts.https") && !finding.id.starts_with("smtp."),
                     finding.id.c_str());
        QCOMPARE(toJson(report).at("not_gathered").dump(), std::string(R"(["https","smtp","server"])"));
    }
};

QTEST_APPLESS_MAIN(TestWholeReport)
#include "tst_whole_report.moc"
