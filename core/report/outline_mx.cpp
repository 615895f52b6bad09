// SPDX-License-Identifier: Apache-2.0
// MX, transport and DANE arranged for reading.
#include "mx/reverse.h"
#include "providers/providers.h"
#include "report/explain.h"
#include "report/fact_words.h"
#include "report/outline_parts.h"
#include "x509/certificate.h"

#include <algorithm>

namespace mailoscope::outline
{

namespace
{

using mx::Evaluation;
using mx::Host;

Mark hostMark(Host::Status status)
{
    switch (status) {
    case Host::Status::Pending:
        return Mark::Waiting;
    case Host::Status::Ok:
        return Mark::Ok;
    case Host::Status::NoAddress:
    case Host::Status::NxDomain:
        return Mark::High;
    case Host::Status::TempError:
        return Mark::Unknown;
    case Host::Status::NotChecked:
        return Mark::NotTested;
    }
    return Mark::None;
}

std::string hostText(const Host &host)
{
    if (host.isAddressLiteral)
        return "an address where a name should stand";
    switch (host.status) {
    case Host::Status::Pending:
        return "waiting";
    case Host::Status::Ok:
        return host.isAlias ? "an alias" : "has addresses";
    case Host::Status::NoAddress:
        return "has no address";
    case Host::Status::NxDomain:
        return "does not exist";
    case Host::Status::TempError:
        return "addresses not known: the look-up failed";
    case Host::Status::NotChecked:
        return "addresses not in the snapshot";
    }
    return {};
}

std::string addressesText(const std::vector<IpAddress> &addresses)
{
    std::string text;
    for (const IpAddress &address : addresses)
        text += (text.empty() ? "" : "  ") + address.toString();
    return text;
}

void addHosts(Outline &outline, const Evaluation &mx)
{
    OutlineTable table{"mx.hosts", "Mail hosts", {"Preference", "Host", "State", "Addresses", "Run by"}, {}};
    for (const Host &host : mx.hosts) {
        table.rows.push_back(
            {plain(mx.implicitMx ? std::string("none") : std::to_string(host.preference)),
             code(host.name.text()),
             marked(host.isAddressLiteral ? Mark::High : hostMark(host.status), hostText(host)),
             OutlineCell{addressesText(host.addresses), Mark::None, true},
             plain(nameOf(providers::forMxHost(host.name)))});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

std::string_view reverseText(mx::ReverseName::Status status)
{
    switch (status) {
    case mx::ReverseName::Status::Pending:
        return "waiting";
    case mx::ReverseName::Status::Confirmed:
        return "confirmed by its address";
    case mx::ReverseName::Status::Unconfirmed:
        return "the name does not lead back";
    case mx::ReverseName::Status::Missing:
        return "no name";
    case mx::ReverseName::Status::TempError:
        return "not known: the look-up failed";
    case mx::ReverseName::Status::NotChecked:
        return "not in the snapshot";
    case mx::ReverseName::Status::NotAsked:
        return "not asked: not an address of the public Internet";
    }
    return {};
}

Mark reverseMark(mx::ReverseName::Status status)
{
    switch (status) {
    case mx::ReverseName::Status::Pending:
        return Mark::Waiting;
    case mx::ReverseName::Status::Confirmed:
        return Mark::Ok;
    case mx::ReverseName::Status::Unconfirmed:
    case mx::ReverseName::Status::Missing:
        return Mark::Low;
    case mx::ReverseName::Status::TempError:
        return Mark::Unknown;
    case mx::ReverseName::Status::NotAsked:
    case mx::ReverseName::Status::NotChecked:
        return Mark::NotTested;
    }
    return Mark::None;
}

void addReverse(Outline &outline, const Evaluation &mx)
{
    OutlineTable table{"mx.reverse", "Reverse names", {"Address", "Host", "Name", "State"}, {}};
    for (const Host &host : mx.hosts) {
        for (const mx::ReverseName &reverse : host.reverse) {
            std::string names;
            for (const DomainName &name : reverse.names)
                names += (names.empty() ? "" : " ") + name.text();
            table.rows.push_back(
                {OutlineCell{reverse.address.toString(), Mark::None, true}, code(host.name.text()),
                 code(names), marked(reverseMark(reverse.status), std::string(reverseText(reverse.status)))});
        }
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
}

Mark sessionMark(const smtp::Session &session)
{
    if (smtp::isUnknown(session.outcome))
        return Mark::NotTested;
    if (session.outcome != smtp::Outcome::Encrypted)
        return Mark::High;
    return session.tls && session.tls->faults.empty() ? Mark::Ok : Mark::Medium;
}

std::string_view faultText(tls::Fault fault)
{
    switch (fault) {
    case tls::Fault::NameMismatch:
        return "not for this name";
    case tls::Fault::Expired:
        return "expired";
    case tls::Fault::NotYetValid:
        return "not valid yet";
    case tls::Fault::SelfSigned:
        return "signed by itself";
    case tls::Fault::Untrusted:
        return "from no trusted issuer";
    case tls::Fault::Other:
        return "with another fault";
    }
    return {};
}

std::string certificateText(const smtp::Session &session)
{
    if (!session.tls || session.tls->chain.empty())
        return {};
    std::string text;
    for (const tls::Fault fault : session.tls->faults)
        text += (text.empty() ? "" : ", ") + std::string(faultText(fault));
    if (const auto leaf = x509::fromDer(session.tls->chain.front())) {
        const std::string until = toRfc3339(leaf->notAfter).substr(0, 10);
        text += (text.empty() ? "" : "; ") + shown(leaf->subjectText()) + ", until " + until;
    }
    return text;
}

void addSessions(Outline &outline, const Report &report)
{
    if (report.mx.hosts.empty())
        return;
    if (!report.reach.smtp) {
        outline.notes.emplace_back(
            "The mail hosts were not greeted: STARTTLS and certificates are not tested.");
        return;
    }
    OutlineTable table{
        "mx.smtp", "What the hosts showed on port 25", {"Host", "STARTTLS", "Version", "Certificate"}, {}};
    for (const Host &host : report.mx.hosts) {
        if (!host.session) {
            table.rows.push_back({code(host.name.text()), marked(Mark::Waiting, "waiting"), {}, {}});
            continue;
        }
        const smtp::Session &session = *host.session;
        table.rows.push_back(
            {code(host.name.text()),
             marked(sessionMark(session), std::string(wordsOf(FactOutcome(session.outcome)))),
             plain(session.tls ? shown(session.tls->version) : std::string()),
             plain(certificateText(session))});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
    if (report.mx.nobodyReached())
        outline.notes.emplace_back("No mail host could be reached on port 25. Most often the own network "
                                   "blocks it: nothing is said of the hosts.");
}

Mark daneMark(dane::Host::Status status)
{
    switch (status) {
    case dane::Host::Status::Pending:
        return Mark::Waiting;
    case dane::Host::Status::Authenticated:
        return Mark::Ok;
    case dane::Host::Status::Encrypted:
    case dane::Host::Status::Insecure:
        return Mark::Medium;
    case dane::Host::Status::Opportunistic:
    case dane::Host::Status::NoAddress:
        return Mark::Info;
    case dane::Host::Status::Unverified:
    case dane::Host::Status::Failed:
        return Mark::Unknown;
    }
    return Mark::None;
}

std::string_view daneText(dane::Host::Status status)
{
    switch (status) {
    case dane::Host::Status::Pending:
        return "waiting";
    case dane::Host::Status::Authenticated:
        return "TLSA records bind its certificate";
    case dane::Host::Status::Encrypted:
        return "TLSA records, none of use: TLS with any certificate";
    case dane::Host::Status::Opportunistic:
        return "no TLSA records";
    case dane::Host::Status::Insecure:
        return "TLSA records in an unsigned zone: nobody may use them";
    case dane::Host::Status::Unverified:
        return "TLSA records; our resolver does not validate";
    case dane::Host::Status::Failed:
        return "the look-up failed: senders put mail off";
    case dane::Host::Status::NoAddress:
        return "no address";
    }
    return {};
}

void addDane(Outline &outline, const dane::Evaluation &dane)
{
    OutlineTable hosts{"dane.hosts", "DANE", {"Host", "State", "Shown certificate"}, {}};
    OutlineTable records{
        "dane.records", "TLSA records", {"Host", "Usage", "Selector", "Matching", "State"}, {}};
    for (const dane::Host &host : dane.hosts) {
        const std::string fits = !host.authenticated   ? "not tested"
                                 : *host.authenticated ? "fits"
                                                       : "does not fit";
        const bool isRecorded = host.outcome != dns::Outcome::NotRecorded;
        hosts.rows.push_back(
            {code(host.name.text()),
             marked(isRecorded ? daneMark(host.status) : Mark::NotTested,
                    isRecorded ? std::string(daneText(host.status)) : std::string("not in the snapshot")),
             marked(!host.authenticated   ? Mark::NotTested
                    : *host.authenticated ? Mark::Ok
                                          : Mark::Critical,
                    fits)});
        for (const dane::Parameters &parameters : host.parameters) {
            const std::string state = !parameters.isUsable() ? "of no use"
                                      : !parameters.matched  ? "not tested"
                                      : *parameters.matched  ? "fits the certificate shown"
                                                             : "fits nothing that was shown";
            records.rows.push_back({code(host.name.text()), plain(std::to_string(parameters.data.usage)),
                                    plain(std::to_string(parameters.data.selector)),
                                    plain(std::to_string(parameters.data.matchingType)), plain(state)});
        }
    }
    if (!hosts.rows.empty())
        outline.tables.push_back(std::move(hosts));
    if (!records.rows.empty())
        outline.tables.push_back(std::move(records));
}

std::string sentenceOf(const Evaluation &mx)
{
    if (mx.nullMx)
        return "The domain says that it takes no mail (null MX).";
    switch (mx.status) {
    case Evaluation::Status::Pending:
        return "Waiting for the MX records.";
    case Evaluation::Status::Ok:
        return "Mail goes to " + counted(mx.hosts.size(), "host.", "hosts.");
    case Evaluation::Status::Missing:
        return mx.implicitMx ? "There is no MX record: mail goes to the domain's own addresses."
                             : "The domain takes no mail: it has neither MX records nor addresses.";
    case Evaluation::Status::Invalid:
        return "The MX records contradict each other or name what is no host.";
    case Evaluation::Status::TempError:
        return mx.hosts.empty() ? "Where mail goes is not known: the look-up failed."
                                : "Mail goes to " + counted(mx.hosts.size(), "host", "hosts") +
                                      ", not all of whose addresses are known.";
    case Evaluation::Status::NotChecked:
        return mx.hosts.empty() ? "Where mail goes is not known: the snapshot does not hold the MX records."
                                : "Mail goes to " + counted(mx.hosts.size(), "host", "hosts") +
                                      "; the snapshot does not hold the addresses.";
    }
    return {};
}

} // namespace

State mxState(const Report &report)
{
    const Evaluation &mx = report.mx;
    if (mx.nullMx)
        return {Mark::Ok, "takes no mail, and says so"};
    switch (mx.status) {
    case Evaluation::Status::Pending:
        return {Mark::Waiting, "waiting for answers"};
    case Evaluation::Status::Ok: {
        std::string gist = counted(mx.hosts.size(), "host", "hosts");
        const auto encrypted = std::count_if(mx.hosts.begin(), mx.hosts.end(), [](const Host &host) {
            return host.session && host.session->outcome == smtp::Outcome::Encrypted;
        });
        if (!report.reach.smtp || mx.nobodyReached())
            gist += "; TLS not tested";
        else
            gist += "; " + std::to_string(encrypted) + " with TLS";
        return {mx.pending ? Mark::Waiting : Mark::Ok, std::move(gist)};
    }
    case Evaluation::Status::Missing:
        return {Mark::Info,
                mx.implicitMx ? "no MX record: mail goes to the domain's own address" : "takes no mail"};
    case Evaluation::Status::Invalid:
        return {Mark::High, "the MX records contradict each other"};
    case Evaluation::Status::TempError:
        return {Mark::Unknown, mx.hosts.empty()
                                   ? "a look-up failed"
                                   : counted(mx.hosts.size(), "host", "hosts") + "; addresses not all known"};
    case Evaluation::Status::NotChecked:
        return {Mark::NotTested, mx.hosts.empty() ? "not in the snapshot"
                                                  : counted(mx.hosts.size(), "host", "hosts") +
                                                        "; addresses not in the snapshot"};
    }
    return {};
}

Outline mxOutline(const Report &report)
{
    Outline outline;
    outline.sentence = sentenceOf(report.mx);
    addHosts(outline, report.mx);
    addSessions(outline, report);
    addDane(outline, report.dane);
    addReverse(outline, report.mx);
    if (report.mx.cut)
        outline.notes.push_back("There are more MX records than " + std::to_string(mx::MaxHosts) +
                                ": the rest is not looked at.");
    if (mx::isReverseCut(report.mx))
        outline.notes.push_back("There are more addresses, or more names of them, than are worth asking for: "
                                "the names of some are not looked at.");
    return outline;
}

} // namespace mailoscope::outline
