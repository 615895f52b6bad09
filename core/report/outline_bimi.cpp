// SPDX-License-Identifier: Apache-2.0
// BIMI arranged for reading.
#include "report/fact_words.h"
#include "report/outline_parts.h"

namespace mailoscope::outline
{

namespace
{

using bimi::Evaluation;
using bimi::Fetch;

std::string fetchText(const Fetch &fetch)
{
    switch (fetch.status) {
    case Fetch::Status::NotNamed:
        return "none is named";
    case Fetch::Status::Pending:
        return "waiting";
    case Fetch::Status::Ok:
        return "fetched";
    case Fetch::Status::Failed:
    case Fetch::Status::Unknown:
        break;
    }
    if (fetch.outcome == https::Outcome::Answered && fetch.httpStatus != 200)
        return "answered with status " + std::to_string(fetch.httpStatus);
    return std::string(wordsOf(FactOutcome(fetch.outcome)));
}

Mark fetchMark(const Fetch &fetch)
{
    switch (fetch.status) {
    case Fetch::Status::NotNamed:
        return Mark::Info;
    case Fetch::Status::Pending:
        return Mark::Waiting;
    case Fetch::Status::Ok:
        return Mark::Ok;
    case Fetch::Status::Failed:
        return Mark::High;
    case Fetch::Status::Unknown:
        return Mark::Unknown;
    }
    return Mark::None;
}

void addFiles(Outline &outline, const Evaluation &bimi)
{
    OutlineTable table{"bimi.files", "Logo and mark certificate", {"File", "Where", "State", "Notes"}, {}};
    const auto urlOf = [](const Fetch &fetch) { return fetch.url ? fetch.url->text() : std::string(); };
    std::string logo;
    if (bimi.indicator.check) {
        const bimi::SvgCheck &check = *bimi.indicator.check;
        logo = check.isValid() ? "SVG Tiny PS"
                               : counted(check.faults.size(), "fault", "faults") + " against SVG Tiny PS";
        logo += ", " + counted(check.octets, "octet", "octets");
        if (!check.title.empty())
            logo += ", titled " + shown(check.title);
    }
    table.rows.push_back({plain("logo"), code(urlOf(bimi.indicator.fetch)),
                          marked(fetchMark(bimi.indicator.fetch), fetchText(bimi.indicator.fetch)),
                          plain(std::move(logo))});
    std::string certificate;
    if (bimi.evidence.mark && bimi.evidence.mark->leaf()) {
        const x509::Certificate &leaf = *bimi.evidence.mark->leaf();
        certificate = shown(leaf.subjectText()) + ", until " + toRfc3339(leaf.notAfter).substr(0, 10);
        if (!bimi.evidence.mark->root.empty())
            certificate += ", from " + shown(bimi.evidence.mark->root);
    }
    table.rows.push_back({plain("mark certificate"), code(urlOf(bimi.evidence.fetch)),
                          marked(fetchMark(bimi.evidence.fetch), fetchText(bimi.evidence.fetch)),
                          plain(std::move(certificate))});
    outline.tables.push_back(std::move(table));
}

/// What the fault is about: `<element attribute="value">`.
std::string faultText(const bimi::SvgFault &fault)
{
    std::string text = fault.element.empty() ? "the file" : '<' + fault.element + '>';
    if (!fault.attribute.empty())
        text += ' ' + fault.attribute;
    constexpr std::size_t Longest = 80; // octets
    if (!fault.value.empty())
        text += ": " + fault.value.substr(0, Longest);
    return text;
}

void addFaults(Outline &outline, const Evaluation &bimi)
{
    if (!bimi.indicator.check || bimi.indicator.check->faults.empty())
        return;
    OutlineTable table{"bimi.svg", "Faults of the logo", {"Line", "Column", "What"}, {}};
    constexpr std::size_t MostShown = 100;
    for (const bimi::SvgFault &fault : bimi.indicator.check->faults) {
        if (table.rows.size() == MostShown)
            break;
        table.rows.push_back(
            {plain(std::to_string(fault.line)), plain(std::to_string(fault.column)), code(faultText(fault))});
    }
    outline.tables.push_back(std::move(table));
}

std::string_view weaknessText(bimi::DmarcWeakness weakness)
{
    switch (weakness) {
    case bimi::DmarcWeakness::NoRecord:
        return "there is no record";
    case bimi::DmarcWeakness::Policy:
        return "p is none or missing";
    case bimi::DmarcWeakness::SubdomainPolicy:
        return "sp is none";
    case bimi::DmarcWeakness::NonexistentPolicy:
        return "np is none";
    case bimi::DmarcWeakness::Testing:
        return "t=y asks for test mode";
    case bimi::DmarcWeakness::Percent:
        return "pct is below 100";
    }
    return {};
}

void addConditions(Outline &outline, const Evaluation &bimi)
{
    if (bimi.dmarc.pending || !bimi.dmarc.known)
        return;
    OutlineTable table{"bimi.dmarc", "What DMARC must be for a logo to be shown", {"Where", "State"}, {}};
    const auto row = [&table](std::string where, const std::vector<bimi::DmarcWeakness> &weaknesses) {
        std::vector<std::string> texts;
        for (const bimi::DmarcWeakness weakness : weaknesses)
            texts.emplace_back(weaknessText(weakness));
        table.rows.push_back(
            {code(where), marked(texts.empty() ? Mark::Ok : Mark::High,
                                 texts.empty() ? "enforced" : "not enough: " + listed(texts))});
    };
    row(bimi.domain.text(), bimi.dmarcWeaknesses);
    if (bimi.dmarc.organizationalDomain && *bimi.dmarc.organizationalDomain != bimi.domain)
        row(bimi.dmarc.organizationalDomain->text(), bimi.organizationalWeaknesses);
    outline.tables.push_back(std::move(table));
}

} // namespace

State bimiState(const Report &report)
{
    const Evaluation &bimi = report.bimi;
    switch (bimi.status) {
    case Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case Evaluation::Status::Ok: {
        if (bimi.declined)
            return {Mark::Info, "takes no part, and says so"};
        const bool hasMark = bimi.record() && bimi.record()->hasEvidence();
        return {bimi.pending ? Mark::Waiting : Mark::Ok,
                hasMark ? "logo with mark certificate" : "logo without mark certificate"};
    }
    case Evaluation::Status::Missing:
        return {Mark::Info, "no record"};
    case Evaluation::Status::Invalid:
        return {Mark::High, "the record cannot be used"};
    case Evaluation::Status::TempError:
        return {Mark::Unknown, "a look-up failed"};
    case Evaluation::Status::NotChecked:
        return {Mark::NotTested, "not in the snapshot"};
    }
    return {};
}

Outline bimiOutline(const Report &report)
{
    const Evaluation &bimi = report.bimi;
    Outline outline;
    switch (bimi.status) {
    case Evaluation::Status::Pending:
        outline.sentence = "Waiting for the BIMI record.";
        break;
    case Evaluation::Status::Ok:
        outline.sentence = bimi.declined
                               ? "The domain says that it shows no logo."
                               : "The domain offers a logo that mailboxes may show beside its mail.";
        break;
    case Evaluation::Status::Missing:
        outline.sentence = "There is no BIMI record, so mailboxes show no logo of the domain's choice. "
                           "Nothing is wrong with that.";
        break;
    case Evaluation::Status::Invalid:
        outline.sentence = bimi.multiple ? "There is more than one BIMI record: receivers use none."
                                         : "The BIMI record cannot be used: receivers drop it.";
        break;
    case Evaluation::Status::TempError:
        outline.sentence = "Whether there is a BIMI record is not known: its look-up failed.";
        break;
    case Evaluation::Status::NotChecked:
        outline.sentence = "Whether there is a BIMI record is not known: the snapshot does not hold it.";
        break;
    }
    for (const std::string &text : bimi.found().records)
        outline.records.push_back({bimi.found().name.text(), "TXT", text});
    for (const std::string &text : bimi.found().nearMisses)
        outline.records.push_back({bimi.found().name.text(), "TXT", text});
    capRecords(outline);
    if (bimi.status == Evaluation::Status::Ok && !bimi.declined) {
        addFiles(outline, bimi);
        addFaults(outline, bimi);
        addConditions(outline, bimi);
        if (!report.reach.https)
            outline.notes.emplace_back(
                "Nothing was fetched over HTTPS: logo and certificate are not tested.");
    }
    return outline;
}

} // namespace mailoscope::outline
