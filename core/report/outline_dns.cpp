// SPDX-License-Identifier: Apache-2.0
// DNSSEC, CAA and the state of the zone arranged for reading.
#include "report/outline_parts.h"

#include <algorithm>

namespace mailoscope::outline
{

namespace
{

using Status = dnssec::Evaluation::Status;

std::string sentenceOf(const dnssec::Evaluation &dnssec)
{
    switch (dnssec.status) {
    case Status::Pending:
        return "Waiting for the keys of the zone.";
    case Status::Ok:
        return "The zone " + shown(dnssec.apex.text()) + " is signed, and its parent vouches for its keys.";
    case Status::Missing:
        return "The zone " + shown(dnssec.apex.text()) + " is not signed: its answers can be forged on the way.";
    case Status::Invalid:
        return dnssec.isIsland ? "The zone has keys, but its parent does not vouch for them: nobody validates it."
                               : "The signatures of the zone do not hold.";
    case Status::TempError:
        return "Whether the zone is signed is not known: a look-up failed.";
    case Status::NotApplicable:
        return "The domain does not exist.";
    case Status::NotChecked:
        return "The zone is signed; whether parent and keys fit cannot be told.";
    }
    return {};
}

void addSigning(Outline &outline, const dnssec::Evaluation &dnssec)
{
    OutlineTable table{"dnssec.state", "DNSSEC", {"What", "State"}, {}};
    const auto row = [&table](std::string what, Mark mark, std::string state) {
        table.rows.push_back({plain(std::move(what)), marked(mark, std::move(state))});
    };
    table.rows.push_back({plain("zone"), code(dnssec.apex.text())});
    row("DS record at the parent", dnssec.hasDs ? Mark::Ok : Mark::Info, dnssec.hasDs ? "there" : "none seen");
    row("keys", dnssec.hasKeys ? Mark::Ok : Mark::Info,
        dnssec.hasKeys ? counted(dnssec.keys.size(), "key", "keys") : "none seen");
    row("our resolver says", dnssec.authenticated ? Mark::Ok : Mark::Info,
        dnssec.authenticated ? "the domain's data is authentic" : "nothing about authenticity");
    if (!dnssec.validatingResolver)
        row("our resolver validates", Mark::Unknown, "not known");
    else
        row("our resolver validates", *dnssec.validatingResolver ? Mark::Ok : Mark::Info,
            *dnssec.validatingResolver ? "it claims so" : "no: bogus answers would not be noticed");
    outline.tables.push_back(std::move(table));
}

std::string_view propertyText(const caa::NameRecords &name)
{
    switch (name.status) {
    case caa::NameRecords::Status::Pending:
        return "waiting";
    case caa::NameRecords::Status::Ok:
        return "restricted";
    case caa::NameRecords::Status::Missing:
        return "any authority may issue";
    case caa::NameRecords::Status::TempError:
        return "not known: a look-up failed";
    }
    return {};
}

void addCaa(Outline &outline, const caa::Evaluation &caa)
{
    OutlineTable table{"caa.names", "Who may issue certificates (CAA)", {"Name", "State", "Set at", "Authorities"}, {}};
    const auto add = [&table](const caa::NameRecords &name) {
        std::vector<std::string> authorities;
        for (std::string &issuer : name.issuersOf(caa::Property::Issue))
            authorities.push_back(shown(issuer));
        const bool isSet = name.status == caa::NameRecords::Status::Ok;
        table.rows.push_back({code(name.name.text()), marked(isSet ? Mark::Ok : Mark::Info, std::string(propertyText(name))),
                              code(isSet ? name.foundAt.text() : std::string()), plain(listed(authorities))});
    };
    add(caa.domain);
    for (const caa::NameRecords &host : caa.hosts)
        add(host);
    outline.tables.push_back(std::move(table));
}

} // namespace

State dnsState(const Report &report)
{
    const dnssec::Evaluation &dnssec = report.dnssec;
    const bool failed = std::any_of(report.facts.begin(), report.facts.end(), [](const FactPointer &fact) {
        return fact->isDns() && isTemporaryFailure(fact->outcome());
    });
    std::string gist = counted(report.facts.size(), "answer", "answers");
    if (dnssec.status == Status::Ok)
        gist += "; signed";
    else if (dnssec.status == Status::Missing)
        gist += "; not signed";
    if (report.pending)
        return {Mark::Waiting, std::move(gist)};
    if (failed)
        return {Mark::Unknown, gist + "; some look-ups failed"};
    return {Mark::Ok, std::move(gist)};
}

Outline dnsOutline(const Report &report)
{
    Outline outline;
    outline.sentence = sentenceOf(report.dnssec);
    addSigning(outline, report.dnssec);
    addCaa(outline, report.caa);
    return outline;
}

} // namespace mailoscope::outline
