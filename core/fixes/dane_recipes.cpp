// SPDX-License-Identifier: Apache-2.0
// What mends TLSA and CAA records.
#include "caa/record.h"
#include "fixes/workshop.h"
#include "x509/certificate.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes
{

namespace
{

// --- DANE

const dane::Host *hostOf(const Workshop &workshop, const std::string &name)
{
    const auto &hosts = workshop.report().dane.hosts;
    const auto found = std::find_if(hosts.begin(), hosts.end(),
                                    [&](const dane::Host &host) { return host.name.text() == name; });
    return found == hosts.end() ? nullptr : &*found;
}

const tls::Session *sessionOf(const Workshop &workshop, const dane::Host &host)
{
    for (const mx::Host &known : workshop.report().mx.hosts) {
        if (known.name == host.name && known.session && known.session->tls &&
            !known.session->tls->chain.empty())
            return &*known.session->tls;
    }
    return nullptr;
}

/// RFC 7672 section 3.1: 3 1 1, the SHA-256 digest of the host's own key.
std::optional<dns::TlsaData> ownKey(const tls::Session &session)
{
    const auto leaf = x509::fromDer(session.chain.front());
    if (!leaf)
        return std::nullopt;
    return dns::TlsaData{3, 1, 1, x509::sha256(leaf->publicKeyInfo)};
}

/// RFC 7672 section 3.1: 2 1 1 of the authority that issued the host's certificate; it stays when the host's
/// key changes. The intermediates of Let's Encrypt change without notice.
std::optional<dns::TlsaData> issuerKey(const tls::Session &session)
{
    if (session.chain.size() < 2 || !session.faults.empty())
        return std::nullopt;
    const auto issuer = x509::fromDer(session.chain[1]);
    constexpr std::string_view Organization = "2.5.4.10";
    if (!issuer || issuer->subjectValues(Organization) == std::vector<std::string>{"Let's Encrypt"})
        return std::nullopt;
    return dns::TlsaData{2, 1, 1, x509::sha256(issuer->publicKeyInfo)};
}

void addRecord(const Workshop &workshop, Draft &draft, const dane::Host &host, dns::TlsaData data,
               const tls::Session &session)
{
    const auto add = [&draft](Obstacle obstacle) {
        if (std::find(draft.obstacles.begin(), draft.obstacles.end(), obstacle) == draft.obstacles.end())
            draft.obstacles.push_back(obstacle);
    };
    if (!session.faults.empty()) // whoever stood between us and the host could have shown it
        add(Obstacle::KeyUnverified);
    if (!workshop.isOwn(host.tlsaName()))
        add(Obstacle::OthersRecord);
    draft.changes.emplace_back(
        RecordChange{host.tlsaName(), dns::RrType::TLSA, std::nullopt, std::move(data), UsualTtl});
}

Draft daneDraft(std::string recipe, const dane::Host &host)
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments = {{"name", host.tlsaName().text()}, {"host", shown(host.name.text())}};
    return draft;
}

/// The keys of all hosts without records; a host that was not greeted leaves it open.
std::optional<Draft> publishKeys(const Workshop &workshop, const Finding &finding)
{
    std::optional<Draft> draft;
    for (const Evidence &evidence : finding.evidence) {
        const auto &hosts = workshop.report().dane.hosts;
        const auto host = std::find_if(hosts.begin(), hosts.end(), [&](const dane::Host &known) {
            return known.tlsaName().text() == evidence.name;
        });
        const tls::Session *session = host == hosts.end() ? nullptr : sessionOf(workshop, *host);
        auto key = session ? ownKey(*session) : std::nullopt;
        if (!key)
            return std::nullopt;
        if (!draft)
            draft = daneDraft("dane.publish-key", *host);
        addRecord(workshop, *draft, *host, *std::move(key), *session);
        if (auto issuer = issuerKey(*session))
            addRecord(workshop, *draft, *host, *std::move(issuer), *session);
    }
    return draft;
}

/// The host's key as it is today, beside what stands there.
std::optional<Draft> addKey(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    const tls::Session *session = host ? sessionOf(workshop, *host) : nullptr;
    auto key = session ? ownKey(*session) : std::nullopt;
    if (!key)
        return std::nullopt;
    Draft draft = daneDraft("dane.add-key", *host);
    addRecord(workshop, draft, *host, *std::move(key), *session);
    return draft;
}

std::optional<Draft> addIssuer(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    const tls::Session *session = host ? sessionOf(workshop, *host) : nullptr;
    auto issuer = session ? issuerKey(*session) : std::nullopt;
    if (!issuer)
        return std::nullopt;
    Draft draft = daneDraft("dane.add-issuer", *host);
    addRecord(workshop, draft, *host, *std::move(issuer), *session);
    return draft;
}

/// The record shown goes, and the host's key stands in its place where no other record of use is there.
std::optional<Draft> replaceRecord(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    auto gone = workshop.changeTo(finding.evidence.front(), std::nullopt);
    if (!host || !gone)
        return std::nullopt;
    const bool anotherHolds =
        std::any_of(host->parameters.begin(), host->parameters.end(), [&](const dane::Parameters &one) {
            return one.record.data != *gone->before && one.authenticates() && one.data.usage == 3;
        });
    const tls::Session *session = sessionOf(workshop, *host);
    auto key = session ? ownKey(*session) : std::nullopt;
    if (!key && !anotherHolds)
        return std::nullopt;
    Draft draft = daneDraft(anotherHolds ? "dane.drop-record" : "dane.use-key", *host);
    draft.changes.emplace_back(*std::move(gone));
    if (!anotherHolds)
        addRecord(workshop, draft, *host, *std::move(key), *session);
    return draft;
}

/// RFC 7671 section 5: the meaning without the public authorities, which mail does not look at: 0 is 2, and 1
/// is 3.
std::optional<Draft> mendUsage(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    const dns::ResourceRecord *record = workshop.find(finding.evidence.front());
    const auto *data = record ? std::get_if<dns::TlsaData>(&record->data) : nullptr;
    if (!host || !data || data->usage > 1)
        return std::nullopt;
    dns::TlsaData mended = *data;
    mended.usage = static_cast<std::uint8_t>(mended.usage + 2);
    auto change = workshop.changeTo(finding.evidence.front(), mended);
    if (!change)
        return std::nullopt;
    Draft draft = daneDraft("dane.usage", *host);
    draft.changes.emplace_back(*std::move(change));
    return draft;
}

/// RFC 7671 section 10.1.2: the digest of the same octets says the same.
std::optional<Draft> writeDigest(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    const dns::ResourceRecord *record = workshop.find(finding.evidence.front());
    const auto *data = record ? std::get_if<dns::TlsaData>(&record->data) : nullptr;
    if (!host || !data || data->matchingType != 0)
        return std::nullopt;
    auto change = workshop.changeTo(finding.evidence.front(), dns::TlsaData{data->usage, data->selector, 1,
                                                                            x509::sha256(data->association)});
    if (!change)
        return std::nullopt;
    Draft draft = daneDraft("dane.digest", *host);
    draft.changes.emplace_back(*std::move(change));
    return draft;
}

std::optional<Draft> dropStale(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    auto gone = workshop.changeTo(finding.evidence.front(), std::nullopt);
    if (!host || !gone)
        return std::nullopt;
    Draft draft = daneDraft("dane.drop-record", *host);
    draft.changes.emplace_back(*std::move(gone));
    draft.obstacles.push_back(Obstacle::NextKey);
    return draft;
}

/// RFC 7672 section 2.1.1: insecure records are as good as none.
std::optional<Draft> dropInsecure(const Workshop &workshop, const Finding &finding)
{
    const dane::Host *host = hostOf(workshop, Workshop::argument(finding, "host"));
    if (!host)
        return std::nullopt;
    Draft draft = daneDraft("dane.drop-insecure", *host);
    for (const Evidence &evidence : finding.evidence) {
        auto gone = workshop.changeTo(evidence, std::nullopt);
        if (!gone)
            return std::nullopt;
        draft.changes.emplace_back(*std::move(gone));
    }
    return draft;
}

// --- CAA

Draft caaDraft(const Workshop &workshop, std::string recipe, const DomainName &name, const char *tag,
               const std::string &value)
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments = {{"name", name.text()}, {"value", shown(value)}};
    draft.changes.emplace_back(
        RecordChange{name, dns::RrType::CAA, std::nullopt, dns::CaaData{0, tag, value}, UsualTtl});
    if (!workshop.isOwn(name))
        draft.obstacles.push_back(Obstacle::OthersRecord);
    return draft;
}

/// RFC 9495 section 3: ";" lets nobody issue.
std::optional<Draft> closeMail(const Workshop &workshop, const Finding &)
{
    Draft draft =
        caaDraft(workshop, "caa.close-mail", workshop.report().caa.domain.foundAt, "issuemail", ";");
    draft.obstacles.push_back(Obstacle::UseUnseen);
    return draft;
}

/// The names by which the authorities for mark certificates know themselves in CAA records, as their
/// practice statements tell.
std::optional<std::string> markAuthority(const x509::Certificate &leaf)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> Authorities = {
        {{"DigiCert", "digicert.com"},
         {"GlobalSign", "globalsign.com"},
         {"SSL Corp", "ssl.com"},
         {"Sectigo", "sectigo.com"},
         {"Entrust", "entrust.net"}}};
    const std::string issuer = leaf.issuerText();
    for (const auto &[words, domain] : Authorities) {
        if (issuer.find(words) != std::string::npos)
            return std::string(domain);
    }
    return std::nullopt;
}

std::optional<Draft> nameMarkAuthority(const Workshop &workshop, const Finding &)
{
    const bimi::Evaluation &bimi = workshop.report().bimi;
    const DomainName &name = workshop.report().caa.domain.foundAt;
    if (bimi.record() && !bimi.record()->hasEvidence() && !bimi.pending)
        return caaDraft(workshop, "caa.close-marks", name, "issuevmc", ";");
    const x509::Certificate *leaf = bimi.evidence.mark ? bimi.evidence.mark->leaf() : nullptr;
    const auto authority = leaf ? markAuthority(*leaf) : std::nullopt;
    if (!authority)
        return std::nullopt;
    return caaDraft(workshop, "caa.name-marks", name, "issuevmc", *authority);
}

bool isSound(const dns::CaaData &data)
{
    return caa::parse(data).issues.empty();
}

/// What the owner can only have meant; nothing where there is no such thing.
std::optional<dns::CaaData> meantBy(const dns::CaaData &data)
{
    std::vector<dns::CaaData> candidates;
    dns::CaaData plain = data;
    // RFC 8659 section 4.1: bit 0 is the highest, 128; those who count from the other end write 1.
    plain.flags = data.flags == 1 ? 128 : (data.flags & 128U) != 0 ? 128 : 0;
    candidates.push_back(plain);
    dns::CaaData bare = plain;
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (bare.value.starts_with(scheme))
            bare.value.erase(0, scheme.size());
    }
    while (!bare.value.empty() && (bare.value.back() == '/' || bare.value.back() == '.'))
        bare.value.pop_back();
    candidates.push_back(bare);
    if (data.value.find('@') != std::string::npos) {
        candidates.push_back(plain);
        candidates.back().value.insert(0, "mailto:");
    }
    const auto found = std::find_if(candidates.begin(), candidates.end(), [&](const dns::CaaData &candidate) {
        return candidate != data && isSound(candidate);
    });
    return found == candidates.end() ? std::nullopt : std::optional(*found);
}

std::optional<Draft> mendCaa(const Workshop &workshop, const Finding &finding)
{
    const dns::ResourceRecord *record = workshop.find(finding.evidence.front());
    const auto *data = record ? std::get_if<dns::CaaData>(&record->data) : nullptr;
    if (!data || finding.evidence.front().record.empty())
        return std::nullopt;
    const auto meant = meantBy(*data);
    const caa::Property property =
        caa::parse(*data).record ? caa::parse(*data).record->property : caa::Property::Unknown;
    // A record that nobody knows, and that nobody has to know, can go.
    const bool isIdle = property == caa::Property::Unknown || property == caa::Property::Iodef;
    if (!meant && !isIdle)
        return std::nullopt;
    auto change = workshop.changeTo(finding.evidence.front(),
                                    meant ? std::optional<dns::RecordData>(*meant) : std::nullopt);
    if (!change)
        return std::nullopt;
    Draft draft;
    draft.recipe = meant ? "caa.mend" : "caa.drop";
    draft.arguments["name"] = change->name.text();
    draft.changes.emplace_back(*std::move(change));
    return draft;
}

} // namespace

std::vector<RecipeRow> daneRecipes()
{
    return {
        {"caa.issuemail", closeMail},    {"caa.issuevmc", nameMarkAuthority},
        {"caa.syntax", mendCaa},         {"dane.fields", replaceRecord},
        {"dane.insecure", dropInsecure}, {"dane.letsencrypt-ta", replaceRecord},
        {"dane.mismatch", addKey},       {"dane.missing", publishKeys},
        {"dane.mtype0", writeDigest},    {"dane.partial", publishKeys},
        {"dane.rollover", addIssuer},    {"dane.stale", dropStale},
        {"dane.ta.name", replaceRecord}, {"dane.usage.pkix", mendUsage},
    };
}

} // namespace mailoscope::fixes
