// SPDX-License-Identifier: Apache-2.0
#include "text/verdict_text.h"

#include "report/explain.h"
#include "report/profile_words.h"
#include "report/verdict_words.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

OutlineCell cell(const QString &text, Mark mark = Mark::None)
{
    return {text.toStdString(), mark, false};
}

std::vector<std::string> columns(const QStringList &titles)
{
    std::vector<std::string> columns;
    for (const QString &title : titles)
        columns.push_back(title.toStdString());
    return columns;
}

Mark markOf(verdict::Answer answer)
{
    switch (answer) {
    case verdict::Answer::Met:
        return Mark::Ok;
    case verdict::Answer::NotMet:
        return Mark::High;
    case verdict::Answer::CouldNotTell:
        return Mark::Unknown;
    }
    return Mark::Unknown;
}

QString wordFor(verdict::Answer answer)
{
    switch (answer) {
    case verdict::Answer::Met:
        return Words::tr("met");
    case verdict::Answer::NotMet:
        return Words::tr("not met");
    case verdict::Answer::CouldNotTell:
        return Words::tr("could not tell");
    }
    return {};
}

Mark markOf(verdict::Treatment treatment)
{
    switch (treatment) {
    case verdict::Treatment::Unknown:
        return Mark::Unknown;
    case verdict::Treatment::Rejected:
    case verdict::Treatment::Quarantined:
        return Mark::Ok;
    case verdict::Treatment::DeliveredReported:
        return Mark::Medium;
    case verdict::Treatment::Delivered:
        return Mark::High;
    case verdict::Treatment::TakenAsGenuine:
        return Mark::Critical;
    }
    return Mark::Unknown;
}

Mark markOf(profiles::Answer answer)
{
    switch (answer) {
    case profiles::Answer::Met:
        return Mark::Ok;
    case profiles::Answer::NotMet:
        return Mark::High;
    case profiles::Answer::CouldNotTell:
        return Mark::Unknown;
    case profiles::Answer::NotTestable:
        return Mark::NotTested;
    }
    return Mark::Unknown;
}

QString wordFor(profiles::Answer answer)
{
    switch (answer) {
    case profiles::Answer::Met:
        return Words::tr("met");
    case profiles::Answer::NotMet:
        return Words::tr("not met");
    case profiles::Answer::CouldNotTell:
        return Words::tr("could not tell");
    case profiles::Answer::NotTestable:
        return Words::tr("not testable");
    }
    return {};
}

QString policyText(const dmarc::AppliedPolicy &policy)
{
    if (policy.pending)
        return Words::tr("waiting");
    if (!policy.isKnown())
        return Words::tr("an answer that decides is missing");
    if (!policy.domain)
        return Words::tr("no record");
    const QString tag = QStringLiteral("%1=%2").arg(toQString(toString(policy.tag)),
                                                    policy.published ? toQString(toString(*policy.published))
                                                                     : QStringLiteral("?"));
    const QString text = Words::tr("%1 at _dmarc.%2").arg(tag, toQString(*policy.domain));
    return policy.testing ? Words::tr("%1, made milder by t=y").arg(text) : text;
}

QString everyoneElse(const spf::Evaluation &spf)
{
    switch (spf.status) {
    case spf::Evaluation::Status::Pending:
        return Words::tr("waiting");
    case spf::Evaluation::Status::Missing:
        return Words::tr("no SPF record");
    case spf::Evaluation::Status::Invalid:
        return Words::tr("the SPF record is broken");
    case spf::Evaluation::Status::TempError:
        return Words::tr("the SPF record could not be looked up");
    case spf::Evaluation::Status::NotChecked:
        return Words::tr("the SPF record was not asked for");
    case spf::Evaluation::Status::Ok:
        break;
    }
    return spf.finalAll ? Words::tr("everyone else gets %1").arg(toQString(spf::toString(*spf.finalAll)))
                        : Words::tr("nothing is said of everyone else");
}

QString addressesText(const spf::Evaluation &spf)
{
    if (spf.status != spf::Evaluation::Status::Ok)
        return everyoneElse(spf);
    const QString count = grouped(countOf(spf.addresses.of(spf::CheckResult::Pass).v4));
    return spf.addresses.exact ? Words::tr("IPv4 addresses: %1").arg(count)
                               : Words::tr("IPv4 addresses: at least %1").arg(count);
}

QString reportsText(const dmarc::Evaluation &dmarc)
{
    if (dmarc.rua.empty())
        return dmarc.pending ? Words::tr("waiting") : Words::tr("no address is named");
    const auto working = std::count_if(dmarc.rua.begin(), dmarc.rua.end(),
                                       [](const dmarc::Destination &to) { return to.works(); });
    return Words::tr("%n destination(s), of which %1 surely get them", nullptr,
                     static_cast<int>(dmarc.rua.size()))
        .arg(working);
}

QString oldReceiversText(const dmarc::OldView &old)
{
    if (old.pending)
        return Words::tr("waiting");
    if (old.tempError)
        return Words::tr("an answer that decides is missing");
    if (!old.effective)
        return old.severalRecords ? Words::tr("several records") : Words::tr("no record");
    return Words::tr("%1 for %2 % of the mail").arg(toQString(toString(*old.effective))).arg(old.pct);
}

QString keysText(const dkim::Evaluation &dkim)
{
    const auto keys =
        std::count_if(dkim.found.begin(), dkim.found.end(), [](const dkim::SelectorResult &result) {
            return result.status == dkim::SelectorResult::Status::Ok;
        });
    if (keys > 0)
        return Words::tr("%n selector(s) with a key", nullptr, static_cast<int>(keys));
    if (dkim.pending)
        return Words::tr("waiting");
    return Words::tr("no key under %n selector(s)", nullptr, static_cast<int>(dkim.asked));
}

QString mailHostsText(const mx::Evaluation &mx)
{
    if (mx.status == mx::Evaluation::Status::Pending)
        return Words::tr("waiting");
    if (mx.status == mx::Evaluation::Status::TempError)
        return Words::tr("the MX records could not be looked up");
    if (mx.nullMx)
        return Words::tr("a null MX");
    if (mx.implicitMx)
        return Words::tr("no MX record, but an address");
    return mx.hosts.empty() ? Words::tr("no mail host")
                            : Words::tr("%n mail host(s)", nullptr, static_cast<int>(mx.hosts.size()));
}

QString ambiguityText(const Report &report)
{
    if (!report.dmarc.step())
        return policyText(report.dmarc.policy);
    return report.verdict.reason == verdict::Reason::PolicyAmbiguous
               ? Words::tr("a policy tag stands twice")
               : toQString(report.dmarc.step()->recordName);
}

} // namespace

QString seenFor(const Report &report, std::string_view rule)
{
    if (rule == "dmarc.applies" || rule == "dmarc.enforced" || rule == "dmarc.reject")
        return policyText(report.dmarc.policy);
    if (rule == "dmarc.unambiguous")
        return ambiguityText(report);
    if (rule == "dmarc.subdomains")
        return policyText(report.dmarc.subdomains);
    if (rule == "dmarc.nonexistent")
        return policyText(report.dmarc.nonexistent);
    if (rule == "dmarc.old-receivers")
        return oldReceiversText(report.dmarc.rfc7489);
    if (rule == "dmarc.reported")
        return reportsText(report.dmarc);
    if (rule == "spf.strangers" || rule == "spf.refuses")
        return everyoneElse(report.spf);
    if (rule == "spf.narrow")
        return addressesText(report.spf);
    if (rule == "dkim.key")
        return keysText(report.dkim);
    if (rule == "mx.answers")
        return mailHostsText(report.mx);
    return {};
}

OutlineTable treatmentsOf(const Report &report)
{
    OutlineTable table;
    table.id = "verdictTreatments";
    table.title = Words::tr("What a receiver that follows the standards does with forged mail").toStdString();
    table.columns =
        columns({Words::tr("Mail that forges"), Words::tr("What happens"), Words::tr("Because of")});
    const auto row = [&](const QString &who, verdict::Treatment treatment,
                         const dmarc::AppliedPolicy &policy) {
        const Mark mark = report.verdict.pending && treatment == verdict::Treatment::Unknown
                              ? Mark::Waiting
                              : markOf(treatment);
        table.rows.push_back(
            {cell(who), cell(toQString(wordsOf(treatment)), mark), cell(policyText(policy))});
    };
    row(toQString(report.domain), report.verdict.exactDomain, report.dmarc.policy);
    row(Words::tr("names below it that exist"), report.verdict.subdomain, report.dmarc.subdomains);
    row(Words::tr("names below it that do not exist"), report.verdict.nonexistent, report.dmarc.nonexistent);
    return table;
}

OutlineTable rulesOf(const Report &report)
{
    OutlineTable table;
    table.id = "verdictRules";
    table.title = Words::tr("The rules that the verdict rests on").toStdString();
    table.columns =
        columns({Words::tr("Answer"), Words::tr("Rule"), Words::tr("Seen"), Words::tr("Reference")});
    for (const verdict::Rule &rule : report.verdict.rules) {
        const bool isOpen = rule.answer == verdict::Answer::CouldNotTell && report.verdict.pending;
        table.rows.push_back({cell(isOpen ? Words::tr("waiting") : wordFor(rule.answer),
                                   isOpen ? Mark::Waiting : markOf(rule.answer)),
                              cell(toQString(sentenceOfRule(rule.id))), cell(seenFor(report, rule.id)),
                              cell(toQString(toString(rule.reference)))});
    }
    return table;
}

OutlineTable notTestableOf(const Report &)
{
    OutlineTable table;
    table.id = "verdictNotTestable";
    table.title = Words::tr("What cannot be seen from outside").toStdString();
    table.columns = columns({Words::tr("Answer"), Words::tr("What")});
    for (const std::string_view id : verdict::notTestable())
        table.rows.push_back(
            {cell(Words::tr("not testable"), Mark::NotTested), cell(toQString(sentenceOfNotTestable(id)))});
    return table;
}

Mark markOf(const profiles::ProfileResult &result)
{
    if (result.count(profiles::Answer::NotMet) > 0)
        return Mark::High;
    return result.count(profiles::Answer::CouldNotTell) > 0 ? Mark::Unknown : Mark::Ok;
}

OutlineTable requirementsOf(const profiles::ProfileResult &result, const Report &report)
{
    OutlineTable table;
    table.id = "profileRows";
    table.columns = columns({Words::tr("Answer"), Words::tr("Requirement"), Words::tr("Broken by")});
    for (const profiles::RequirementResult &row : result.requirements) {
        QStringList titles;
        for (const std::string &id : row.brokenBy) {
            const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                            [&id](const Finding &finding) { return finding.id == id; });
            titles << (found == report.findings.end() ? shownString(id) : toQString(explain(*found).title));
        }
        const bool isOpen = report.pending && row.answer != profiles::Answer::NotTestable;
        table.rows.push_back({isOpen ? cell(Words::tr("waiting"), Mark::Waiting)
                                     : cell(wordFor(row.answer), markOf(row.answer)),
                              cell(toQString(row.requirement->text)),
                              cell(titles.join(QStringLiteral("; ")))});
    }
    return table;
}

} // namespace mailoscope::ui
