// SPDX-License-Identifier: Apache-2.0
// Recorded domains brought under their limits, flattened and cleaned, with the same addresses before and
// after.
#include "facts/fact_store.h"
#include "spf/sets/compare.h"
#include "spf/sets/flatten.h"
#include "support/corpus.h"
#include "support/rows.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

struct Tally {
    int done = 0;
    std::map<spf::Refusal::Why, int> refused;

    void add(const Result<spf::Rewriting, spf::Refusal> &result)
    {
        if (result)
            ++done;
        else
            ++refused[result.error().why];
    }
    QString text() const
    {
        QString line = QStringLiteral("done %1").arg(done);
        for (const auto &[why, count] : refused)
            line += QStringLiteral(", refused for reason %1: %2").arg(static_cast<int>(why)).arg(count);
        return line;
    }
};

} // namespace

class SpfSetsCorpus : public QObject
{
    Q_OBJECT

private:
    /// Does the work over recorded answers until nothing is missing.
    template <typename Work>
    static auto gathered(const Zone &zone, FactStore &facts, Work work)
    {
        for (;;) {
            FactReader reader(facts);
            auto outcome = work(reader);
            if (reader.needed().empty())
                return outcome;
            for (const FactKey &key : reader.needed())
                facts.put(zone.fact(key));
        }
    }

    /// Worked out from the proposal's changes, as if they were published.
    static void verify(const spf::Evaluation &before, const spf::Rewriting &rewriting, const Zone &zone,
                       const FactStore &facts, spf::RecordCache &records)
    {
        QVERIFY(rewriting.proof.holds());
        for (const fixes::Change &change : rewriting.changes) {
            const auto &record = std::get<fixes::RecordChange>(change);
            for (const std::string &string : std::get<dns::TxtData>(*record.after).strings)
                QVERIFY(string.size() <= 255);
        }
        FactStore after = fixes::published(rewriting.changes, facts);
        const spf::Evaluation now = gathered(
            zone, after, [&](FactSource &source) { return spf::evaluate(before.domain, source, records); });
        QVERIFY(now.addresses.byResult == before.asWritten.byResult || rewriting.replaced.empty());
        QVERIFY(now.asWritten.byResult == before.asWritten.byResult);
        QCOMPARE(now.lookups, rewriting.proof.lookups);
    }

private Q_SLOTS:
    void everyDomainIsProvenOrRefused();
};

void SpfSetsCorpus::everyDomainIsProvenOrRefused()
{
    constexpr int EachSoMany = 20; // of those within their limits
    const std::shared_ptr<const Zone> zone = corpusZone();
    Tally cleaned;
    Tally flattened;
    Tally brought;
    int count = 0;
    for (const DomainName &domain : corpusDomains()) {
        FactStore facts;
        spf::RecordCache records;
        const spf::Evaluation evaluation = gathered(
            *zone, facts, [&](FactSource &source) { return spf::evaluate(domain, source, records); });
        const bool isOver = evaluation.lookups > 10 || evaluation.voidLookups > 2;
        if (!isOver && ++count % EachSoMany != 0)
            continue;
        const auto clean = gathered(
            *zone, facts, [&](FactSource &source) { return spf::clean(evaluation, source, records); });
        cleaned.add(clean);
        if (clean)
            verify(evaluation, *clean, *zone, facts, records);
        spf::FlattenOptions options;
        options.replaced = spf::replaceableIncludes(evaluation);
        const auto flat = gathered(*zone, facts, [&](FactSource &source) {
            return spf::flatten(evaluation, source, records, options);
        });
        flattened.add(flat);
        if (flat)
            verify(evaluation, *flat, *zone, facts, records);
        QVERIFY(flat || flat.error().why != spf::Refusal::Why::NotProven);
        if (!isOver)
            continue;
        const auto under = gathered(*zone, facts, [&](FactSource &source) {
            return spf::bringUnderLimit(evaluation, source, records);
        });
        brought.add(under);
        QVERIFY(under || under.error().why != spf::Refusal::Why::NotProven);
        if (under) {
            verify(evaluation, *under, *zone, facts, records);
            QVERIFY(under->proof.lookups <= 10 && under->proof.voidLookups <= 2);
        }
    }
    qInfo("cleaned: %s", qPrintable(cleaned.text()));
    qInfo("flattened: %s", qPrintable(flattened.text()));
    qInfo("brought under the limits: %s", qPrintable(brought.text()));
    QVERIFY(cleaned.done > 0 && flattened.done > 0 && brought.done > 0);
}

QTEST_GUILESS_MAIN(SpfSetsCorpus)
#include "tst_spf_sets_corpus.moc"
