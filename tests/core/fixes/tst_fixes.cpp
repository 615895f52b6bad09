// SPDX-License-Identifier: Apache-2.0
// Every fix that is called proven is laid over the facts once more, and judged by its effect alone. What is
// offered for which finding is kept as a golden that people have looked through.
#include "fixes/proof.h"
#include "fixes/workshop.h"
#include "report/fix_words.h"
#include "support/corpus.h"
#include "support/finding_rows.h"
#include "support/fix_text.h"

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

void verifyPromise(Inspected &inspected, const fixes::Fix &fix)
{
    const std::string fault =
        tests::brokenPromise(inspected.report, fix, inspected.facts, inspected.records, inspected.options);
    QVERIFY2(fault.empty(), fault.c_str());
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

/// What the goldens say of one finding id.
struct Offer {
    std::set<std::string> recipes;
    std::string provenAt;  ///< the first domain of the small internet, or "rows"
    std::string refusedAt; ///< likewise: suggested only, or nothing offered
};
using Offers = std::map<std::string, Offer>;

Offers offersOfGoldens()
{
    Offers offers;
    for (const char *name : {"internet.txt", "examples.txt"}) {
        QFile golden(QStringLiteral(MAILOSCOPE_TEST_DATA "/fixes/") + QLatin1String(name));
        if (!golden.open(QIODevice::ReadOnly))
            qFatal("%s cannot be read", name);
        std::string where = "rows";
        for (const QByteArray &line : golden.readAll().split('\n')) {
            const bool isOfDomain = std::string_view(name) == "internet.txt";
            if (isOfDomain && !line.startsWith(' ')) {
                where = line.toStdString();
                continue;
            }
            const QStringList words =
                QString::fromUtf8(line.trimmed()).split(QLatin1Char(' '), Qt::SkipEmptyParts);
            const bool isOffer = isOfDomain ? words.size() > 1 : !line.startsWith(' ') && words.size() > 2;
            if (!isOffer)
                continue;
            Offer &offer = offers[words[0].toStdString()];
            if (words.size() > 2)
                offer.recipes.insert(words[1].toStdString());
            const bool isProven = words.size() > 2 && words[2] == QLatin1String("proven");
            std::string &place = isProven ? offer.provenAt : offer.refusedAt;
            if (place.empty())
                place = where;
        }
    }
    return offers;
}

std::string joined(const std::set<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string orNone(const std::string &text)
{
    return text.empty() ? "nowhere" : text;
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

    /// The goldens tell where each fix is proven and where it is refused; other tests see to it that they do
    /// not lie.
    void everyFindingIsMendedOrItIsSaidWhyNot()
    {
        const Offers offers = offersOfGoldens();
        const auto catalogue = tests::dataFile("report/catalogue.json");
        const auto without = tests::dataFile("fixes/without.json");
        const auto unrefused = without["never_refused"];
        const auto mendable = fixes::mendableIds();
        std::map<std::string, std::string> lines;
        for (const auto &row : catalogue["rows"]) {
            const std::string id = row["id"];
            if (row.contains("not_made"))
                continue;
            const bool hasFix = std::binary_search(mendable.begin(), mendable.end(), id);
            const bool hasReason = without["reasons"].contains(id);
            QVERIFY2(hasFix != hasReason, id.c_str());
            if (hasReason) {
                lines[id] = "none: " + without["reasons"][id].get<std::string>();
                continue;
            }
            const auto offer = offers.find(id);
            const bool isShown = offer != offers.end();
            QVERIFY2(isShown != without["not_shown"].contains(id), (id + " is offered or excused").c_str());
            if (!isShown) {
                lines[id] = "shown nowhere: " + without["not_shown"][id].get<std::string>();
                continue;
            }
            const bool isRefused = !offer->second.refusedAt.empty();
            QVERIFY2(isRefused != unrefused.contains(id), (id + " is refused somewhere or excused").c_str());
            lines[id] = joined(offer->second.recipes) + "; proven: " + orNone(offer->second.provenAt) +
                        "; refused: " +
                        (isRefused ? offer->second.refusedAt : "never, " + unrefused[id].get<std::string>());
        }
        QByteArray text;
        for (const auto &[id, line] : lines)
            text += QByteArray::fromStdString(id + "  " + line + '\n');
        tests::compareGolden("coverage.txt", text);
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
                        verifyPromise(inspected, fix);
                    if (finding.id != id)
                        continue;
                    const std::string entry = id + "  " + tests::textOf(fix);
                    if (told.insert(entry).second)
                        text += QByteArray::fromStdString(entry);
                }
            }
        }
        tests::compareGolden("examples.txt", text);
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
                    verifyPromise(inspected, fix);
            }
        }
        QByteArray text = "found\tproven\tsuggested\tid\n";
        for (const auto &[id, count] : counts)
            text += QByteArray::number(count.found) + '\t' + QByteArray::number(count.proven) + '\t' +
                    QByteArray::number(count.suggested) + '\t' + QByteArray::fromStdString(id) + '\n';
        tests::compareGolden("totals.txt", text);
    }
};

QTEST_APPLESS_MAIN(TestFixes)
#include "tst_fixes.moc"
