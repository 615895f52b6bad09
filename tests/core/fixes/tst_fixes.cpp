// SPDX-License-Identifier: Apache-2.0
// Every fix that is called proven is laid over the facts once more, and judged by its effect alone. What is
// offered for which finding is kept as a golden that people have looked through.
#include "fixes/proof.h"
#include "fixes/workshop.h"
#include "report/fix_words.h"
#include "support/corpus.h"
#include "support/finding_rows.h"

#include <QFile>
#include <QTest>

#include <functional>
#include <map>
#include <set>

using namespace mailoscope;

namespace
{

const InspectionContext Context{Timestamp(std::chrono::seconds(1'795'000'000)), {"192.0.2.53:53"}};

struct Inspected {
    FactStore facts;
    spf::RecordCache records;
    InspectOptions options;
    Report report;
    std::vector<fixes::Fix> fixes;
};

using Answering = std::function<Fact(const FactKey &)>;

/// As the inspector does: what the changed records lead to is asked, too.
void inspectWith(Inspected &inspected, const DomainName &domain, const Answering &answer)
{
    std::vector<FactKey> needed;
    for (int round = 0; round < 3; ++round) {
        for (;;) {
            inspected.report =
                inspect(domain, inspected.facts, inspected.records, Context, inspected.options);
            needed.insert(needed.end(), inspected.report.needed.begin(), inspected.report.needed.end());
            if (needed.empty())
                break;
            for (const FactKey &key : std::exchange(needed, {}))
                inspected.facts.put(answer(key));
        }
        fixes::Mending mending(inspected.report, inspected.facts, inspected.records, inspected.options);
        while (mending.step()) {
        }
        inspected.fixes = mending.takeFixes();
        needed = mending.takeNeeded();
    }
}

Answering answeringFrom(const tests::Zone &zone)
{
    return [&zone](const FactKey &key) {
        Fact fact = zone.fact(key);
        fact.at = Context.inspectedAt;
        return fact;
    };
}

std::multiset<std::string> gravesOf(const Report &report, Severity least)
{
    std::multiset<std::string> ids;
    for (const Finding &finding : report.findings) {
        if (finding.severity >= least && finding.severity > Severity::Info)
            ids.insert(finding.id + ' ' + (finding.evidence.empty() ? "" : finding.evidence.front().name) +
                       ' ' + std::string(toString(finding.severity)));
    }
    return ids;
}

int timesIn(const Report &report, const std::string &id)
{
    return static_cast<int>(std::count_if(report.findings.begin(), report.findings.end(),
                                          [&](const Finding &finding) { return finding.id == id; }));
}

/// What "proven" promises, told from the report with the changes alone.
void verifyProof(Inspected &inspected, const fixes::Fix &fix)
{
    const Finding &mended = inspected.report.findings[fix.finding];
    const FactStore after = fixes::published(fix.changes, inspected.facts);
    const Report report =
        inspect(inspected.report.domain, after, inspected.records, Context, inspected.options);
    const std::string place = inspected.report.domain.text() + ' ' + mended.id + ' ' + fix.recipe;
    QVERIFY2(!report.pending, place.c_str());
    QVERIFY2(timesIn(report, mended.id) < timesIn(inspected.report, mended.id), place.c_str());
    const auto before = gravesOf(inspected.report, mended.severity);
    for (const std::string &grave : gravesOf(report, mended.severity))
        QVERIFY2(before.count(grave) > 0, (place + ": " + grave).c_str());
    QVERIFY2(report.verdict.level <= inspected.report.verdict.level ||
                 inspected.report.verdict.level == verdict::Level::Unknown,
             place.c_str());
    QVERIFY2(!fix.changes.empty(), place.c_str());
}

std::string oneLine(const std::optional<dns::RecordData> &data, dns::RrType type)
{
    return data ? shown(fixes::textOf(type, *data)) : std::string("-");
}

std::string textOf(const fixes::Fix &fix)
{
    std::string text = fix.recipe + (fix.isProven() ? "  proven" : "  suggested:");
    for (const fixes::Obstacle obstacle : fix.obstacles)
        text += ' ' + std::string(toString(obstacle));
    text += '\n';
    for (const fixes::Change &change : fix.changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
            text += "    " + record->name.text() + ' ' + dns::toString(record->type) + "\n      - " +
                    oneLine(record->before, record->type) + "\n      + " +
                    oneLine(record->after, record->type) + '\n';
        } else {
            const auto &file = std::get<fixes::FileChange>(change);
            text += "    " + file.url.text() + "\n      - " + (file.before ? shown(*file.before) : "-") +
                    "\n      + " + shown(file.after) + '\n';
        }
    }
    return text;
}

/// Rows of other protocols have lines of their own.
bool isZoneLine(const nlohmann::ordered_json &line)
{
    if (!line.is_string())
        return false;
    const QStringList words = QString::fromStdString(line.get<std::string>()).split(QLatin1Char(' '));
    if (words.front().startsWith(QLatin1Char('!')))
        return words.front() == QLatin1String("!sign") || words.front() == QLatin1String("!fail");
    return words.size() > 2 && (dns::rrTypeFromString(words.at(1).toStdString()) ||
                                dns::rrTypeFromString(words.at(2).toStdString()));
}

void compareGolden(const char *name, const QByteArray &text)
{
    QFile golden(QStringLiteral(MAILOSCOPE_TEST_DATA "/fixes/") + QLatin1String(name));
    if (qEnvironmentVariableIsSet("MAILOSCOPE_REWRITE_GOLDENS")) {
        QVERIFY(golden.open(QIODevice::WriteOnly));
        golden.write(text);
        return;
    }
    QVERIFY(golden.open(QIODevice::ReadOnly));
    QCOMPARE(text, golden.readAll());
}

} // namespace

class TestFixes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRecipeHasWords()
    {
        std::string before;
        for (const std::string_view id : explainedRecipes()) {
            QVERIFY2(before < id, id.data());
            before = id;
        }
        for (const std::string_view id : fixes::mendableIds())
            QVERIFY2(!explain(Finding{std::string(id), {}, {}, {}, {}, {}}).title.empty(), id.data());
    }

    void theRowsOfTheFindingsAreMendedAsLookedThrough()
    {
        QByteArray text;
        std::set<std::string> told;
        for (const char *section : {"spf", "dmarc", "dkim", "bimi", "mx", "mta_sts", "tls_rpt"}) {
            const std::string file = std::string(section) + "/findings.json";
            for (const auto &row : tests::dataFile(file.c_str())) {
                const std::string id = row.at("id");
                if (row.contains("domain") || !row.contains("with"))
                    continue;
                tests::Zone zone;
                bool isPlain = true;
                for (const auto &line : row.at("with")) {
                    isPlain = isPlain && isZoneLine(line);
                    if (isPlain)
                        tests::addLine(zone, line.get<std::string>());
                }
                if (!isPlain)
                    continue;
                Inspected inspected;
                inspectWith(inspected, tests::name("example.com"), answeringFrom(zone));
                for (const fixes::Fix &fix : inspected.fixes) {
                    const Finding &finding = inspected.report.findings[fix.finding];
                    const FixText words = explain(fix);
                    QVERIFY2(!words.summary.empty() && !words.why.empty() && !words.risk.empty(),
                             fix.recipe.c_str());
                    for (const std::string &sentence : {words.summary, words.why, words.risk})
                        QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
                    if (fix.isProven())
                        verifyProof(inspected, fix);
                    if (finding.id != id)
                        continue;
                    const std::string entry = id + "  " + textOf(fix);
                    if (told.insert(entry).second)
                        text += QByteArray::fromStdString(entry);
                }
            }
        }
        compareGolden("examples.txt", text);
    }

    void provenFixesOfRealDomainsHold()
    {
        struct Count {
            int found = 0;
            int proven = 0;
            int suggested = 0;
        };
        std::map<std::string, Count> counts;
        const Answering corpus = [](const FactKey &key) {
            return tests::corpusFact(key, Context.inspectedAt);
        };
        const std::vector<DomainName> all = tests::corpusMailDomains();
        for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(all.size() / 200, 1)) {
            Inspected inspected;
            inspectWith(inspected, all[i], corpus);
            for (const Finding &finding : inspected.report.findings)
                ++counts[finding.id].found;
            for (const fixes::Fix &fix : inspected.fixes) {
                Count &count = counts[inspected.report.findings[fix.finding].id];
                ++(fix.isProven() ? count.proven : count.suggested);
                if (fix.isProven())
                    verifyProof(inspected, fix);
            }
        }
        QByteArray text = "found\tproven\tsuggested\tid\n";
        for (const auto &[id, count] : counts)
            text += QByteArray::number(count.found) + '\t' + QByteArray::number(count.proven) + '\t' +
                    QByteArray::number(count.suggested) + '\t' + QByteArray::fromStdString(id) + '\n';
        compareGolden("totals.txt", text);
    }
};

QTEST_APPLESS_MAIN(TestFixes)
#include "tst_fixes.moc"
