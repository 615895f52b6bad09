// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/explain.h"
#include "report/words.h"
#include "support/raw_tokens.h"
#include "support/rows.h"
#include "support/scripted_facts.h"
#include "support/zone.h"

#include <QTest>

#include <set>

/// The rows of a findings.json: a zone where a finding appears and a close one where it does not. Lines of a
/// zone are those of Zone::add(), or begin with "!": `!sign example.com`, `!fail TXT example.com servfail`,
/// `!explain example.com 6`.
namespace mailoscope::tests
{

inline void addLine(Zone &zone, const std::string &line)
{
    const QStringList words = QString::fromStdString(line).split(QLatin1Char(' '));
    const auto word = [&words](int at) { return words.at(at).toStdString(); };
    if (!line.starts_with('!'))
        zone.add(line);
    else if (word(0) == "!sign")
        zone.sign(name(word(1)));
    else if (word(0) == "!fail")
        zone.fail({name(word(2)), dns::rrTypeFromString(word(1)).value()},
                  dns::outcomeFromString(word(3)).value());
    else if (word(0) == "!explain")
        zone.explain(name(word(1)), static_cast<std::uint16_t>(words.at(2).toUInt()));
    else
        qFatal("no such line: %s", line.c_str());
}

inline Zone zoneOf(const nlohmann::ordered_json &lines, const nlohmann::ordered_json &common = {},
                   void (*add)(Zone &, const std::string &) = addLine)
{
    Zone zone;
    for (const auto *list : {&common, &lines}) {
        for (const auto &line : *list)
            add(zone, line.get<std::string>());
    }
    return zone;
}

inline const Finding *find(const std::vector<Finding> &findings, std::string_view id)
{
    for (const Finding &finding : findings) {
        if (finding.id == id)
            return &finding;
    }
    return nullptr;
}

inline QString idsOf(const std::vector<Finding> &findings)
{
    QString ids;
    for (const Finding &finding : findings)
        ids += text(finding.id) + QLatin1Char(' ');
    return ids;
}

/// One row: `findingsIn` gives the findings of a zone.
template <typename FindingsIn>
void verifyRow(const nlohmann::ordered_json &row, const nlohmann::ordered_json &common, FindingsIn findingsIn,
               void (*add)(Zone &, const std::string &) = addLine)
{
    const std::string id = row["id"];
    const auto with = findingsIn(zoneOf(row["with"], common, add), row);
    const Finding *finding = find(with, id);
    QVERIFY2(finding, qPrintable(idsOf(with)));
    QCOMPARE(text(toString(finding->severity)), text(row["severity"].get<std::string>()));
    QCOMPARE(text(finding->section), text(row.value("section", id.substr(0, id.find('.')))));
    QVERIFY(!finding->evidence.empty());
    QVERIFY(!finding->reference.document.empty());
    if (row.contains("shows")) {
        const Evidence &evidence = finding->evidence.front();
        const std::string part =
            evidence.span.isEmpty()
                ? evidence.record
                : evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin);
        QCOMPARE(text(part), text(row["shows"].get<std::string>()));
    }
    const auto without = findingsIn(zoneOf(row["without"], common, add), row.value("otherwise", row));
    const Finding *elsewhere = find(without, id);
    // A milder form of the same finding may stay: the severity is what the row is about.
    QVERIFY2(!elsewhere || elsewhere->severity != finding->severity, qPrintable(idsOf(without)));
}

/// The words of the findings: whole sentences with all places filled.
inline void verifyWords(const std::vector<Finding> &findings, std::span<const FindingWords> table)
{
    for (const Finding &finding : findings) {
        QVERIFY2(rawTokenIn(finding).empty(), rawTokenIn(finding).c_str());
        const auto words = std::find_if(table.begin(), table.end(),
                                        [&](const FindingWords &row) { return row.id == finding.id; });
        QVERIFY2(words != table.end(), finding.id.c_str());
        for (const std::string_view sentence : {words->title, words->why, words->whatToDo}) {
            const std::string full = filled(sentence, finding.arguments);
            QVERIFY2(!full.empty() && full.find('{') == std::string::npos, full.c_str());
            QCOMPARE(full.ends_with('.'), sentence != words->title);
        }
    }
}

/// Words and rows for the same ids; the table sorted.
inline void verifyTable(std::span<const FindingWords> table, const nlohmann::ordered_json &rows)
{
    std::set<std::string> withRow;
    for (const auto &row : rows)
        withRow.insert(row["id"].get<std::string>());
    std::set<std::string> withWords;
    std::string before;
    for (const FindingWords &words : table) {
        QVERIFY2(before < words.id, words.id.data());
        before = words.id;
        withWords.insert(before);
    }
    QCOMPARE(withWords, withRow);
}

} // namespace mailoscope::tests
