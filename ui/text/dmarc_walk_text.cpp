// SPDX-License-Identifier: Apache-2.0
#include "text/dmarc_walk_text.h"

#include "report/fact_words.h"
#include "text/shown_string.h"

#include <QCoreApplication>

namespace mailoscope::ui
{

namespace
{

using dmarc::Discovery;
using dmarc::Existence;
using dmarc::PolicyTag;
using dmarc::Walk;
using dmarc::WalkStep;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DmarcWalk)
};

QStringList labelsOf(DomainName name)
{
    QStringList labels;
    for (; !name.isRoot(); name = name.parent()) {
        const DomainName parent = name.parent();
        std::string text = name.text();
        if (!parent.isRoot())
            text.resize(text.size() - parent.text().size() - 1);
        labels << shownString(text);
    }
    return labels;
}

QString outcomeText(const WalkStep &step)
{
    return toQString(reasonOf(FactOutcome(step.outcome)));
}

QString psdText(const WalkStep &step)
{
    switch (step.record->record->publicSuffix()) {
    case dmarc::Psd::Yes:
        return Words::tr("A record with psd=y: a public suffix");
    case dmarc::Psd::No:
        return Words::tr("A record with psd=n: an organization of its own");
    case dmarc::Psd::Undefined:
        break;
    }
    return step.record->record->psd ? Words::tr("A record with psd=u: the walk decides")
                                    : Words::tr("A record without psd: the walk decides");
}

QString foundText(const WalkStep &step)
{
    switch (step.status) {
    case WalkStep::Status::Pending:
        return Words::tr("Waiting for the answer");
    case WalkStep::Status::Record:
        return psdText(step);
    case WalkStep::Status::Several:
        return Words::tr("Several records, which count as none");
    case WalkStep::Status::TempError:
        return Words::tr("Not known: %1").arg(outcomeText(step));
    case WalkStep::Status::NoName:
        return Words::tr("No record is possible: the name would be longer than DNS allows");
    case WalkStep::Status::None:
        break;
    }
    if (!step.texts.empty())
        return Words::tr("No DMARC record, only %n other text(s)", nullptr,
                         static_cast<int>(step.texts.size()));
    return step.outcome == dns::Outcome::NxDomain ? Words::tr("Nothing: the name does not exist")
                                                  : Words::tr("No record");
}

void setMeaning(WalkRow &row, const WalkStep &step, bool applies)
{
    switch (step.status) {
    case WalkStep::Status::Pending:
        row.meaning = Meaning::Waiting;
        row.isNotable = true;
        return;
    case WalkStep::Status::Record:
        row.meaning = applies ? Meaning::Ok : Meaning::Info;
        row.isNotable = true;
        return;
    case WalkStep::Status::None:
    case WalkStep::Status::NoName:
        row.meaning = Meaning::Info;
        return;
    case WalkStep::Status::Several:
        row.meaning = Meaning::Critical;
        row.isNotable = true;
        return;
    case WalkStep::Status::TempError:
        row.meaning = Meaning::Unknown;
        row.isNotable = true;
        return;
    }
}

QString nextText(const WalkStep &step)
{
    switch (step.next) {
    case WalkStep::Next::GoOn:
        return {};
    case WalkStep::Next::StopAtOrganization:
        return Words::tr("psd=n ends the walk");
    case WalkStep::Next::StopAtSuffix:
        return Words::tr("psd=y ends the walk");
    case WalkStep::Next::LastName:
        return Words::tr("nothing is above");
    case WalkStep::Next::Unknown:
        return step.domain.labelCount() > 1 ? Words::tr("whether the walk goes on is not known") : QString();
    }
    return {};
}

WalkRow::Rail railAfter(const WalkStep &step)
{
    switch (step.next) {
    case WalkStep::Next::GoOn:
        return WalkRow::Rail::On;
    case WalkStep::Next::StopAtOrganization:
    case WalkStep::Next::StopAtSuffix:
    case WalkStep::Next::LastName:
        return WalkRow::Rail::Ends;
    case WalkStep::Next::Unknown:
        return WalkRow::Rail::Unknown;
    }
    return WalkRow::Rail::Unknown;
}

WalkRow stepRow(const Walk &walk, std::size_t index, const dmarc::AppliedPolicy &policy)
{
    const WalkStep &step = walk.steps[index];
    WalkRow row;
    row.number = static_cast<int>(index) + 1;
    row.labels = labelsOf(walk.start);
    row.dropped = static_cast<int>(walk.start.labelCount() - step.domain.labelCount());
    row.found = foundText(step);
    row.record = shownString(step.recordText);
    const bool applies = step.hasRecord() && policy.domain == step.domain;
    setMeaning(row, step, applies);
    row.rail = railAfter(step);
    if (walk.organizationalDomain == step.domain)
        row.badges << Words::tr("Organizational Domain");
    if (applies)
        row.badges << Words::tr("its record applies");
    if (const QString next = nextText(step); !next.isEmpty())
        row.badges << next;

    QStringList details{Words::tr("Asked: TXT %1").arg(toQString(step.recordName)), row.found};
    if (!row.record.isEmpty())
        details << row.record;
    for (const DomainName &alias : step.aliases)
        details << Words::tr("Found through the alias %1").arg(toQString(alias));
    for (const dmarc::Text &text : step.texts) {
        if (text.text != step.recordText && details.size() < 12)
            details << Words::tr("Also there: %1").arg(shownString(text.text));
    }
    if (step.authenticated)
        details << Words::tr("The resolver says that the answer is authentic (DNSSEC).");
    details << row.badges;
    row.details = details.join(QLatin1Char('\n'));
    return row;
}

WalkRow skippedRow(const Walk &walk)
{
    WalkRow row;
    row.kind = WalkRow::Kind::Skipped;
    row.title = Words::tr("%n name(s) skipped", nullptr, static_cast<int>(walk.skippedNames));
    row.found =
        Words::tr("A name of eight labels or more is cut to its last seven, so that no walk asks more than "
                  "eight questions.");
    row.details = row.found + QLatin1Char('\n') + Words::tr("RFC 9989 section 4.10");
    return row;
}

WalkRow beyondRow(const Walk &walk)
{
    WalkRow row;
    row.kind = WalkRow::Kind::Beyond;
    row.rail = WalkRow::Rail::Ends;
    QStringList names;
    const std::vector<DomainName> all = dmarc::walkNames(walk.start);
    for (std::size_t i = walk.steps.size(); i < all.size(); ++i)
        names << toQString(all[i]);
    if (names.isEmpty())
        return row;
    row.title = names.join(QStringLiteral(", "));
    row.found = Words::tr("Not part of the walk: it ended before.");
    row.details = row.title + QLatin1Char('\n') + row.found;
    return row;
}

WalkRow organizationRow(const Walk &walk)
{
    WalkRow row;
    row.kind = WalkRow::Kind::Organization;
    row.isNotable = true;
    row.meaning = walk.pending ? Meaning::Waiting : Meaning::Unknown;
    if (!walk.organizationalDomain) {
        row.title = Words::tr("Organizational Domain: %1")
                        .arg(walk.pending ? Words::tr("waiting") : Words::tr("not known"));
        row.found = walk.pending ? Words::tr("Answers that decide are still to come.")
                                 : Words::tr("An answer that decides could not be had, so it is not told.");
        row.details = row.found;
        return row;
    }
    row.meaning = Meaning::Ok;
    row.title = Words::tr("Organizational Domain: %1").arg(toQString(*walk.organizationalDomain));
    const QString place =
        walk.organizationStep ? toQString(walk.steps[*walk.organizationStep].domain) : QString();
    switch (walk.rule) {
    case dmarc::OrganizationRule::DeclaredHere:
        row.found = Words::tr("Its record says with psd=n that the organization begins here.");
        break;
    case dmarc::OrganizationRule::BelowSuffix:
        row.found =
            Words::tr("It is one label below %1, whose record says with psd=y that it is a public suffix.")
                .arg(place);
        break;
    case dmarc::OrganizationRule::FewestLabels:
        row.found = Words::tr("Of all records on the way, the one with the fewest labels stands there.");
        break;
    case dmarc::OrganizationRule::NothingFound:
        row.meaning = Meaning::Info;
        row.found = Words::tr("No record was found on the way, so the name stands for itself.");
        break;
    }
    row.details =
        row.title + QLatin1Char('\n') + row.found + QLatin1Char('\n') + Words::tr("RFC 9989 section 4.10.2");
    return row;
}

WalkRow policyRow(const Walk &walk, const dmarc::AppliedPolicy &policy, Existence existence)
{
    const PolicyText text = policyTextOf(walk.start, policy, existence);
    WalkRow row;
    row.kind = WalkRow::Kind::Policy;
    row.rail = WalkRow::Rail::Ends;
    row.isNotable = true;
    row.meaning = text.meaning;
    row.title = text.word.isEmpty() ? Words::tr("Policy") : Words::tr("Policy: %1").arg(text.word);
    row.found = text.why;
    row.details =
        row.title + QLatin1Char('\n') + row.found + QLatin1Char('\n') + Words::tr("RFC 9989 section 4.10.1");
    return row;
}

/// Which tag of which record counts, as one sentence.
QString tagText(const DomainName &name, const dmarc::AppliedPolicy &policy, Existence existence)
{
    const QString who = toQString(name);
    const QString tag = QStringLiteral("%1=%2").arg(toQString(toString(policy.tag)),
                                                    policy.published ? toQString(toString(*policy.published))
                                                                     : QStringLiteral("?"));
    if (policy.discovery == Discovery::OwnRecord)
        return Words::tr("%1 has a record of its own, and its %2 counts.").arg(who, tag);
    const QString record =
        policy.discovery == Discovery::PublicSuffix
            ? Words::tr("the record of the public suffix %1").arg(toQString(*policy.domain))
            : Words::tr("the record of the Organizational Domain %1").arg(toQString(*policy.domain));
    if (policy.tag == PolicyTag::Np)
        return Words::tr("%1 does not exist, so %2 in %3 counts.").arg(who, tag, record);
    const QString missing = existence == Existence::NxDomain
                                ? Words::tr("%1 does not exist and %2 has no np").arg(who, record)
                                : Words::tr("%1 has no record of its own").arg(who);
    if (policy.tag == PolicyTag::Sp)
        return Words::tr("%1, so %2 in %3 counts.").arg(missing, tag, record);
    return Words::tr("%1, so %2 in %3 counts, which has no sp.").arg(missing, tag, record);
}

} // namespace

PolicyText policyTextOf(const DomainName &name, const dmarc::AppliedPolicy &policy, Existence existence)
{
    if (policy.pending)
        return {Meaning::Waiting, {}, Words::tr("Waiting for the answers that decide.")};
    if (!policy.isKnown())
        return {Meaning::Unknown,
                {},
                Words::tr("Not known: an answer that decides could not be had, or was not recorded.")};
    if (!policy.domain)
        return {Meaning::High, Words::tr("no policy"),
                Words::tr("No DMARC record applies to %1, so receivers are asked for nothing.")
                    .arg(toQString(name))};
    PolicyText text;
    text.why = tagText(name, policy, existence);
    switch (policy.usability) {
    case dmarc::Usability::Normal:
        break;
    case dmarc::Usability::AsNone:
        text.why +=
            QLatin1Char(' ') + Words::tr("A policy tag is missing or unreadable, so it counts as none.");
        break;
    case dmarc::Usability::NoProcessing:
        text.why +=
            QLatin1Char(' ') + Words::tr("Without a readable policy and without rua it counts as no record.");
        break;
    }
    if (policy.testing)
        text.why += QLatin1Char(' ') + Words::tr("t=y asks to act one step milder.");
    text.word = policy.effective ? toQString(toString(*policy.effective)) : Words::tr("no policy");
    text.meaning = policy.isEnforced() ? Meaning::Ok : policy.effective ? Meaning::Medium : Meaning::High;
    return text;
}

std::vector<WalkRow> rowsOf(const Walk &walk, const dmarc::AppliedPolicy &policy, Existence existence)
{
    std::vector<WalkRow> rows;
    for (std::size_t i = 0; i < walk.steps.size(); ++i) {
        rows.push_back(stepRow(walk, i, policy));
        if (i == 0 && walk.skippedNames > 0 && walk.steps.size() > 1)
            rows.push_back(skippedRow(walk));
    }
    if (rows.empty())
        return rows;
    if (WalkRow beyond = beyondRow(walk); !beyond.title.isEmpty())
        rows.push_back(std::move(beyond));
    rows.push_back(organizationRow(walk));
    rows.push_back(policyRow(walk, policy, existence));
    return rows;
}

QString textOf(const WalkRow &row)
{
    QStringList parts;
    if (row.kind == WalkRow::Kind::Step) {
        parts << Words::tr("Step %1: _dmarc.%2")
                     .arg(row.number)
                     .arg(row.labels.mid(row.dropped).join(QLatin1Char('.')));
    } else {
        parts << row.title;
    }
    parts << row.found;
    if (!row.record.isEmpty())
        parts << row.record;
    parts << row.badges;
    return parts.join(QStringLiteral("; "));
}

} // namespace mailoscope::ui
