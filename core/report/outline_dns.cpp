// SPDX-License-Identifier: Apache-2.0
// DNSSEC, CAA and the state of the zone arranged for reading.
#include "report/fact_words.h"
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
        return "The zone " + shown(dnssec.apex.text()) +
               " is not signed: its answers can be forged on the way.";
    case Status::Invalid:
        return dnssec.isIsland
                   ? "The zone has keys, but its parent does not vouch for them: nobody validates it."
                   : "The signatures of the zone do not hold.";
    case Status::TempError:
        return "Whether the zone is signed is not known: a look-up failed.";
    case Status::NotApplicable:
        return "The domain does not exist.";
    case Status::NotChecked:
        return dnssec.hasDs && dnssec.hasKeys
                   ? "The zone is signed; whether parent and keys fit cannot be told."
                   : "Whether the zone is signed is not known: the snapshot does not hold the answers.";
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
    const bool isKnown = dnssec.status != Status::TempError && dnssec.status != Status::Pending &&
                         (dnssec.status != Status::NotChecked || (dnssec.hasDs && dnssec.hasKeys));
    const Mark absent = isKnown ? Mark::Info : Mark::Unknown;
    const std::string none = isKnown ? "none" : "not known";
    row("DS record at the parent", dnssec.hasDs ? Mark::Ok : absent, dnssec.hasDs ? "there" : none);
    row("keys", dnssec.hasKeys ? Mark::Ok : absent,
        dnssec.hasKeys ? counted(dnssec.keys.size(), "key", "keys") : none);
    row("our resolver says", dnssec.authenticated ? Mark::Ok : absent,
        dnssec.authenticated ? "the domain's data is authentic"
        : isKnown            ? "nothing about authenticity"
                             : "not known");
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
        return "not known: the look-up failed";
    case caa::NameRecords::Status::NotChecked:
        return "not in the snapshot";
    }
    return {};
}

Mark caaMark(caa::NameRecords::Status status)
{
    switch (status) {
    case caa::NameRecords::Status::Pending:
        return Mark::Waiting;
    case caa::NameRecords::Status::Ok:
        return Mark::Ok;
    case caa::NameRecords::Status::Missing:
        return Mark::Info;
    case caa::NameRecords::Status::TempError:
        return Mark::Unknown;
    case caa::NameRecords::Status::NotChecked:
        return Mark::NotTested;
    }
    return Mark::None;
}

void addCaa(Outline &outline, const caa::Evaluation &caa)
{
    OutlineTable table{
        "caa.names", "Who may issue certificates (CAA)", {"Name", "State", "Set at", "Authorities"}, {}};
    const auto add = [&table](const caa::NameRecords &name) {
        std::vector<std::string> authorities;
        for (const std::string &issuer : name.issuersOf(caa::Property::Issue))
            authorities.push_back(shown(issuer));
        const bool isSet = name.status == caa::NameRecords::Status::Ok;
        table.rows.push_back({code(name.name.text()),
                              marked(caaMark(name.status), std::string(propertyText(name))),
                              code(isSet ? name.foundAt.text() : std::string()), plain(listed(authorities))});
    };
    add(caa.domain);
    for (const caa::NameRecords &host : caa.hosts)
        add(host);
    outline.tables.push_back(std::move(table));
}

std::string_view useText(takeover::Use use)
{
    switch (use) {
    case takeover::Use::SpfInclude:
        return "authorises senders (SPF)";
    case takeover::Use::MailHost:
        return "takes the mail (MX)";
    case takeover::Use::NameServer:
        return "answers for the zone (NS)";
    case takeover::Use::DmarcAlias:
        return "holds the DMARC record";
    case takeover::Use::DmarcRua:
        return "gets aggregate reports";
    case takeover::Use::DmarcRuf:
        return "gets failure reports";
    case takeover::Use::TlsRptRua:
        return "gets TLS reports";
    case takeover::Use::DkimAlias:
        return "holds a DKIM key";
    case takeover::Use::StsAlias:
        return "serves the MTA-STS policy";
    case takeover::Use::BimiHost:
        return "serves logo or mark certificate";
    }
    return {};
}

std::pair<Mark, std::string_view> targetState(takeover::Target::Status status)
{
    using Status = takeover::Target::Status;
    switch (status) {
    case Status::Pending:
        return {Mark::Waiting, "waiting"};
    case Status::Own:
        return {Mark::Ok, "the domain's own"};
    case Status::Exists:
        return {Mark::Ok, "exists in DNS"};
    case Status::NameMissing:
        return {Mark::High, "the name does not exist"};
    case Status::DoesNotExist:
        return {Mark::Critical, "the domain does not exist in DNS"};
    case Status::Unknown:
        return {Mark::Unknown, "under no domain that can be registered"};
    case Status::TempError:
        return {Mark::Unknown, "not known: the look-up failed"};
    case Status::NotChecked:
        return {Mark::NotTested, "not in the snapshot"};
    }
    return {Mark::None, {}};
}

void addDependencies(Outline &outline, const takeover::Evaluation &takeover)
{
    OutlineTable table{"dns.dependencies",
                       "Names that the domain's mail depends on",
                       {"Name", "What for", "Domain", "State"},
                       {}};
    for (const takeover::Target &target : takeover.targets) {
        if (target.status == takeover::Target::Status::Own)
            continue;
        const auto [mark, text] = targetState(target.status);
        table.rows.push_back({code(target.dependency.name.text()),
                              plain(std::string(useText(target.dependency.use))),
                              code(target.registrable.isRoot() ? std::string() : target.registrable.text()),
                              marked(mark, std::string(text))});
    }
    if (!table.rows.empty())
        outline.tables.push_back(std::move(table));
    if (takeover.cut)
        outline.notes.push_back("The domain's mail depends on more names than are looked at: the first " +
                                std::to_string(takeover.targets.size()) + " were.");
}

OutlineCell serverState(const zone_servers::Server &server)
{
    using State = zone_servers::Server::State;
    switch (server.state) {
    case State::Pending:
        return marked(Mark::Waiting, "waiting");
    case State::Answers:
        return marked(Mark::Ok, "answers for the zone");
    case State::Lame:
        return marked(Mark::Medium, "does not answer for the zone");
    case State::Silent:
        return marked(Mark::Unknown, std::string(reasonOf(server.outcome)));
    case State::NotAsked:
        return marked(Mark::NotTested, "no public address");
    }
    return {};
}

std::string agreement(const zone_servers::Texts &texts, std::string_view one, std::string_view many)
{
    if (!texts)
        return "not told";
    return texts->empty() ? "none" : counted(texts->size(), one, many);
}

void addAskedServers(Outline &outline, const zone_servers::Evaluation &zone)
{
    OutlineTable table{
        "dns.servers", "Name servers", {"Server", "Address", "State", "Serial", "Over TCP", "SPF", "MX"}, {}};
    for (const zone_servers::Server &server : zone.servers) {
        table.rows.push_back(
            {code(server.name.text()), code(server.address ? server.address->toString() : std::string()),
             serverState(server), plain(server.serial ? std::to_string(*server.serial) : std::string()),
             !server.overTcp   ? plain("")
             : *server.overTcp ? marked(Mark::Ok, "yes")
                               : marked(Mark::Unknown, "no answer"),
             plain(agreement(server.spf, "record", "records")),
             plain(agreement(server.mx, "record", "records"))});
    }
    outline.tables.push_back(std::move(table));
    if (zone.cut)
        outline.notes.push_back("The zone has more servers than were asked.");
    if (zone.status == zone_servers::Evaluation::Status::TempError)
        outline.notes.push_back("None of the zone's own servers could be heard: many networks let nobody but "
                                "their resolvers ask other servers.");
}

void addServers(Outline &outline, const dns_hygiene::Evaluation &hygiene,
                const zone_servers::Evaluation &zone)
{
    if (!zone.servers.empty())
        return addAskedServers(outline, zone);
    if (hygiene.nameServers.empty())
        return;
    outline.notes.push_back("The zone's own servers were not asked: whether all of them answer, and say the "
                            "same, is not tested.");
    OutlineTable table{"dns.servers", "Name servers", {"Server"}, {}};
    for (const dns::ResourceRecord &record : hygiene.nameServers) {
        if (const auto *server = std::get_if<dns::NameData>(&record.data))
            table.rows.push_back({code(server->name.text())});
    }
    outline.tables.push_back(std::move(table));
}

} // namespace

State dnsState(const Report &report)
{
    const dnssec::Evaluation &dnssec = report.dnssec;
    const bool failed = std::any_of(report.facts.begin(), report.facts.end(), [](const FactPointer &fact) {
        return fact->isDns() && isTemporaryFailure(fact->outcome());
    });
    const auto answers = std::count_if(report.facts.begin(), report.facts.end(), [](const FactPointer &fact) {
        return fact->isDns() && !isTemporaryFailure(fact->outcome());
    });
    std::string gist = counted(static_cast<std::size_t>(answers), "answer", "answers");
    if (dnssec.status == Status::Ok)
        gist += "; signed";
    else if (dnssec.status == Status::Missing)
        gist += "; not signed";
    if (report.pending)
        return {Mark::Waiting, std::move(gist)};
    if (failed)
        return {Mark::Unknown, gist + "; some are missing"};
    return {Mark::Ok, std::move(gist)};
}

Outline dnsOutline(const Report &report)
{
    Outline outline;
    outline.sentence = sentenceOf(report.dnssec);
    addSigning(outline, report.dnssec);
    addServers(outline, report.hygiene, report.zoneServers);
    addDependencies(outline, report.takeover);
    addCaa(outline, report.caa);
    return outline;
}

} // namespace mailoscope::outline
