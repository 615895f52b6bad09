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

    /// Where the record of a finding is odd, its fix is for that very record or is none.
    void fixesOfOddRecords_data()
    {
        QTest::addColumn<QStringList>("zone");
        QTest::addColumn<QString>("finding"); ///< the id, and a part of an argument where there are several
        QTest::addColumn<QString>("fix");     ///< a part of what is told of it; empty: there is none
        const auto row = [](const char *name, QStringList zone, const char *finding, const char *fix) {
            QTest::newRow(name) << zone << QString::fromLatin1(finding) << QString::fromLatin1(fix);
        };
        const auto lines = [](std::initializer_list<const char *> texts) {
            QStringList list;
            for (const char *text : texts)
                list << QString::fromLatin1(text);
            return list;
        };
        row("an empty text beside the record",
            lines({"_dmarc.example.com TXT \"v=DMARC1; p=none\"", "_dmarc.example.com TXT \"\""}),
            "dmarc.spf-at-dmarc", "proven\n    _dmarc.example.com TXT\n      - \n      + -");
        row("a text that a wildcard answers", lines({"*.example.com TXT \"v=spf1 -all\""}),
            "dmarc.spf-at-dmarc", "");
        row("the same text where it stands", lines({"_dmarc.example.com TXT \"v=spf1 -all\""}),
            "dmarc.spf-at-dmarc", "proven\n    _dmarc.example.com TXT\n      - v=spf1 -all\n      + -");
        const QStringList twoFaults =
            lines({"_dmarc.example.com TXT \"v=DMARC1; p=none; x!=1; rua=mailto:a@b\\233.example\""});
        row("the fault that goes", twoFaults, "dmarc.syntax x!", "dmarc.respell  proven");
        row("the fault beside it that stays", twoFaults, "dmarc.syntax mailto", "suggested: finding-stays");
        row("a respelling that would leave nothing",
            lines({"_dmarc.example.com TXT \"v=DMARC1: p=qarantine, rua:reports@example.com\""}),
            "dmarc.version", "");
        row("a respelling that leaves the policy", lines({"_dmarc.example.com TXT \"v=DMARC1: p=reject\""}),
            "dmarc.version", "+ v=DMARC1; p=reject");
        row("a policy in a capital letter", lines({"_dmarc.example.com TXT \"v=DMARC1; P=none\""}),
            "dmarc.p.missing", "dmarc.respell  proven");
        row("hosts that no certificate can name",
            lines({"example.com MX 0 .", "example.com MX 5 192.175.48.7", "example.com MX 10 mx.example.com",
                   "mx.example.com A 192.175.48.2"}),
            "sts.missing", "testing\\013\\010mx: mx.example.com\\013\\010max_age");
    }
    void fixesOfOddRecords()
    {
        QFETCH(QStringList, zone);
        QFETCH(QString, finding);
        QFETCH(QString, fix);
        tests::Zone published;
        published.add("example.com SOA ns.example.net h.example.com 1 7200 900 1209600 3600");
        for (const QString &line : zone)
            tests::addLine(published, line.toStdString());
        Inspected inspected;
        inspectWith(inspected, tests::name("example.com"), answeringFrom(published));
        const std::string id = finding.section(QLatin1Char(' '), 0, 0).toStdString();
        const std::string part = finding.section(QLatin1Char(' '), 1).toStdString();
        const auto isMeant = [&](const Finding &f) {
            const auto holdsPart = [&](const auto &argument) {
                const auto *text = std::get_if<std::string>(&argument.second);
                return text && text->find(part) != std::string::npos;
            };
            return f.id == id && std::any_of(f.arguments.begin(), f.arguments.end(), holdsPart);
        };
        const auto &all = inspected.report.findings;
        const auto found = std::find_if(all.begin(), all.end(), isMeant);
        QVERIFY(found != all.end());
        QString told;
        for (const fixes::Fix &made : inspected.fixes) {
            if (made.finding == static_cast<std::size_t>(found - all.begin()))
                told = QString::fromStdString(tests::textOf(made));
        }
        QCOMPARE(told.isEmpty(), fix.isEmpty());
        QVERIFY2(told.contains(fix), qPrintable(told));
    }

    void aProofHoldsAlsoWhereTheZonesServersWereAsked()
    {
        tests::Zone zone;
        for (const char *line : {"example.com SOA ns.example.net h.example.com 1 7200 900 1209600 3600",
                                 "example.com NS ns.example.net", "ns.example.net A 192.175.48.1",
                                 "example.com MX 10 mx.example.com", "mx.example.com A 192.175.48.2",
                                 "example.com TXT \"v=spf1 ip4:192.175.48.1/24 -all\""})
            zone.add(line);
        Inspected inspected;
        inspected.options.reach.servers = true;
        inspectWith(inspected, tests::name("example.com"), answeringFrom(zone));
        const auto fix =
            std::find_if(inspected.fixes.begin(), inspected.fixes.end(), [&](const fixes::Fix &fix) {
                return inspected.report.findings[fix.finding].id == "spf.cidr.host-bits";
            });
        QVERIFY(fix != inspected.fixes.end());
        QVERIFY2(fix->isProven(), tests::textOf(*fix).c_str());
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
