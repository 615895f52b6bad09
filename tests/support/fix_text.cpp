// SPDX-License-Identifier: Apache-2.0
#include "support/fix_text.h"

#include "fixes/effect.h"
#include "support/golden.h"

#include <QTest>

#include <algorithm>
#include <set>

namespace mailoscope::tests
{

namespace
{

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

std::string oneLine(const std::optional<dns::RecordData> &data, dns::RrType type)
{
    return data ? shown(fixes::textOf(type, *data)) : std::string("-");
}

} // namespace

std::string textOf(const fixes::Fix &fix, TextOfFix text)
{
    std::string told = fix.recipe + (fix.isProven() ? "  proven" : "  suggested:");
    for (const fixes::Obstacle obstacle : fix.obstacles)
        told += ' ' + std::string(toString(obstacle));
    told += '\n';
    if (text == TextOfFix::Short)
        return told;
    for (const fixes::Change &change : fix.changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
            told += "    " + record->name.text() + ' ' + dns::toString(record->type) + "\n      - " +
                    oneLine(record->before, record->type) + "\n      + " +
                    oneLine(record->after, record->type) + '\n';
        } else {
            const auto &file = std::get<fixes::FileChange>(change);
            told += "    " + file.url.text() + "\n      - " + (file.before ? shown(*file.before) : "-") +
                    "\n      + " + shown(file.after) + '\n';
        }
    }
    return told;
}

std::string brokenPromise(const Report &before, const fixes::Fix &fix, const FactStore &facts,
                          spf::RecordCache &records, const InspectOptions &options)
{
    const Finding &mended = before.findings[fix.finding];
    const std::string place = before.domain.text() + ' ' + mended.id + ' ' + fix.recipe + ": ";
    if (fix.changes.empty())
        return place + "no changes";
    const Report after = inspect(before.domain, fixes::published(fix.changes, facts), records,
                                 {before.inspectedAt, before.resolvers}, options);
    if (after.pending)
        return place + "not everything is known";
    if (timesIn(after, mended.id) >= timesIn(before, mended.id))
        return place + "the finding stays";
    const auto graves = gravesOf(before, mended.severity);
    for (const std::string &grave : gravesOf(after, mended.severity)) {
        if (!graves.contains(grave))
            return place + grave + " comes";
    }
    if (after.verdict.level > before.verdict.level && before.verdict.level != verdict::Level::Unknown)
        return place + "the verdict falls";
    // What is meant to narrow narrows: ends that let everybody pass, networks that nobody can send from, and
    // records of domains that send nothing.
    static const std::set<std::string> Narrowing = {"spf.soft-all", "spf.drop-private", "spf.nobody"};
    const bool loses = !fixes::effectOf(before, after).lost.isEmpty();
    return loses && !Narrowing.contains(fix.recipe) ? place + "somebody who passed passes no more"
                                                    : std::string();
}

void compareGolden(const char *name, const QByteArray &text)
{
    QCOMPARE(differenceToGolden(QStringLiteral("fixes/") + QLatin1String(name), text), QString());
}

} // namespace mailoscope::tests
