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
    else if (word(0) == "!at") // `!at 192.0.2.53 lame`, `!at 192.0.2.53 example.com MX 10 mx.example.net`
        zone.script(IpAddress::parse(word(1)).value(), words.mid(2).join(QLatin1Char(' ')).toStdString());
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

/// Fails questions: `{"TXT example.com": "servfail"}`.
inline void addFailures(Zone &zone, const nlohmann::ordered_json &failures)
{
    for (const auto &[question, outcome] : failures.items())
        addLine(zone, "!fail " + question + ' ' + outcome.get<std::string>());
}

/// One finding of that id, and of that severity where one is named.
inline const Finding *find(const std::vector<Finding> &findings, std::string_view id,
                           std::string_view severity = {})
{
    for (const Finding &finding : findings) {
        if (finding.id == id && (severity.empty() || toString(finding.severity) == severity))
            return &finding;
    }
    return nullptr;
}

inline QString idsOf(const std::vector<Finding> &findings)
{
    QString ids;
    for (const Finding &finding : findings)
        ids += text(finding.id) + QLatin1Char(' ') + text(toString(finding.severity)) + QLatin1String(", ");
    return ids;
}

/// A column `row`, and each of the rows.
inline void addFindingRows(const nlohmann::ordered_json &rows)
{
    QTest::addColumn<nlohmann::ordered_json>("row");
    int number = 0;
    for (const auto &row : rows)
        QTest::addRow("%02d %s", ++number, row["id"].get<std::string>().c_str()) << row;
}

/// The finding of a row appears among `with` and not among `without`. `section` is the row's or begins the id
/// where none is given.
inline void verifyFinding(const nlohmann::ordered_json &row, const std::vector<Finding> &with,
                          const std::vector<Finding> &without, const std::string &section = {})
{
    const std::string id = row["id"];
    const std::string severity = row["severity"];
    const Finding *finding = find(with, id, severity);
    QVERIFY2(finding, qPrintable(idsOf(with)));
    QCOMPARE(text(finding->section),
             text(row.value("section", section.empty() ? id.substr(0, id.find('.')) : section)));
    QVERIFY(!finding->reference.document.empty());
    QVERIFY(!finding->evidence.empty());
    for (const Evidence &evidence : finding->evidence) {
        QVERIFY(!evidence.name.empty() && !evidence.type.empty());
        QVERIFY(evidence.span.begin <= evidence.span.end && evidence.span.end <= evidence.record.size());
    }
    if (row.contains("shows")) {
        const Evidence &evidence = finding->evidence.front();
        const std::string shows = row["shows"];
        // Nothing marked is the whole record, unless the row says that nothing is.
        const std::string part =
            evidence.span.isEmpty() && !shows.empty()
                ? evidence.record
                : evidence.record.substr(evidence.span.begin, evidence.span.end - evidence.span.begin);
        QCOMPARE(text(part), text(shows));
    }
    // A milder form of the same finding may stay: the severity is what the row is about.
    QVERIFY2(!find(without, id, severity), qPrintable(idsOf(without)));
}

/// One row of zones: `findingsIn` gives the findings of a zone.
template <typename FindingsIn>
void verifyRow(const nlohmann::ordered_json &row, const nlohmann::ordered_json &common, FindingsIn findingsIn,
               void (*add)(Zone &, const std::string &) = addLine)
{
    verifyFinding(row, findingsIn(zoneOf(row["with"], common, add), row),
                  findingsIn(zoneOf(row["without"], common, add), row.value("otherwise", row)));
}

/// What is told of the findings: whole sentences with all places filled.
inline void verifyExplanations(const std::vector<Finding> &findings)
{
    for (const Finding &finding : findings) {
        const Explanation words = explain(finding);
        QVERIFY2(rawTokenIn(finding).empty(), rawTokenIn(finding).c_str());
        QVERIFY2(!words.title.empty() && !words.title.ends_with('.'), words.title.c_str());
        QVERIFY2(words.why.ends_with('.'), words.why.c_str());
        QVERIFY2(!words.whatToDo.empty(), finding.id.c_str());
        for (const std::string &sentence : {words.title, words.why, words.whatToDo})
            QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
    }
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
