// SPDX-License-Identifier: Apache-2.0
// What mends BIMI records, logos and the files of mark certificates. A certificate itself is its issuer's.
#include "base/ascii.h"
#include "base/base64.h"
#include "bimi/record.h"
#include "bimi/svg_mend.h"
#include "fixes/text_edit.h"
#include "fixes/workshop.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes
{

namespace
{

constexpr std::string_view NoLogo = "v=BIMI1; l=; a=;";
constexpr const char *SvgType = "image/svg+xml";
constexpr const char *PemType = "application/pem-certificate-chain";

// --- The record

std::optional<Draft> declineBimi(const Workshop &workshop, const Finding &finding)
{
    const auto name = DomainName::parse(finding.evidence.front().name);
    if (!name)
        return std::nullopt;
    Draft draft = workshop.published("bimi.decline", *name, NoLogo);
    draft.obstacles = workshop.whereInUse();
    return draft;
}

std::optional<Draft> bimiVersion(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t version = ascii::lowered(evidence.record).find("v=bimi1");
    if (version == std::string::npos)
        return std::nullopt;
    constexpr std::size_t VersionOctets = 7;
    std::string before = evidence.record.substr(0, version);
    std::string rest = evidence.record.substr(version + VersionOctets);
    const std::size_t begin = rest.find_first_not_of(" \t;,");
    rest = begin == std::string::npos ? std::string() : rest.substr(begin);
    if (before.find('=') != std::string::npos)
        rest = before + (rest.empty() ? "" : "; ") + rest;
    return workshop.rewritten("bimi.respell", evidence, "v=BIMI1; " + rest);
}

std::optional<Draft> toHttps(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const std::size_t at = ascii::lowered(evidence.record).find("http://", evidence.span.begin);
    if (at == std::string::npos || at >= evidence.span.end)
        return std::nullopt;
    constexpr std::size_t SchemeOctets = 7;
    return workshop.rewritten("bimi.https", evidence,
                              replaced(evidence.record, {at, at + SchemeOctets}, "https://"));
}

std::optional<Draft> dropBimiTag(const Workshop &workshop, const Finding &finding)
{
    return withoutShownTag(workshop, finding, "bimi.drop-tag");
}

/// The known tags once each, in their usual order; others behind them.
std::optional<Draft> respellBimi(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    const TagList list = readTagList(evidence.record);
    std::string text = "v=BIMI1";
    std::vector<std::string> seen = {"v"};
    const auto add = [&](const Tag &tag) {
        const std::string name = ascii::lowered(tag.name);
        if (std::find(seen.begin(), seen.end(), name) == seen.end()) {
            seen.push_back(name);
            text += "; " + name + '=' + tag.value;
        }
    };
    for (const std::string_view name : {"l", "a"}) {
        const Tag *known = nullptr;
        for (const Tag &tag : list.tags) {
            if (ascii::lowered(tag.name) != name)
                continue;
            if (known && known->value != tag.value)
                return std::nullopt; // which one is meant, only its owner knows
            known = &tag;
        }
        if (known)
            add(*known);
    }
    for (const Tag &tag : list.tags)
        add(tag);
    text += ';';
    if (!bimi::isUsable(bimi::parse(text)))
        return std::nullopt;
    return workshop.rewritten("bimi.respell", evidence, text);
}

/// The one that receivers could use, if it is one only.
std::optional<Draft> keepUsable(const Workshop &workshop, const Finding &finding)
{
    const Evidence *kept = nullptr;
    Draft draft;
    for (const Evidence &evidence : finding.evidence) {
        const bool isUsable = bimi::isUsable(bimi::parse(evidence.record));
        if (isUsable && kept)
            return std::nullopt;
        if (isUsable) {
            kept = &evidence;
        } else if (const auto gone = workshop.changeOf(evidence, std::nullopt)) {
            draft.changes.emplace_back(*gone);
        }
    }
    if (!kept || draft.changes.empty())
        return std::nullopt;
    draft.recipe = "record.keep-one";
    draft.arguments["name"] = kept->name;
    return draft;
}

std::optional<Draft> moveBimi(const Workshop &workshop, const Finding &finding)
{
    auto draft = workshop.withdrawn("record.move", finding.evidence.front());
    if (!draft)
        return std::nullopt;
    const DomainName &name = workshop.report().bimi.own.name;
    draft->arguments["to"] = name.text();
    draft->changes.emplace_back(RecordChange{name, dns::RrType::TXT, std::nullopt,
                                             txtData(finding.evidence.front().record), UsualTtl});
    return draft;
}

/// Receivers follow no redirect for sure: the place where it ends is named instead.
std::optional<Draft> follow(const Workshop &workshop, const Finding &finding, const bimi::Fetch &fetch,
                            std::string_view tag)
{
    const bool isRedirect = fetch.httpStatus >= 300 && fetch.httpStatus < 400;
    const auto target = https::Url::parse(fetch.location);
    const bool isPlain = fetch.location.find_first_of(" ;,\"\\") == std::string::npos;
    if (!isRedirect || !target || !isPlain)
        return std::nullopt;
    auto draft = workshop.rewritten("bimi.follow", finding.evidence.front(),
                                    withTag(finding.evidence.front().record, tag, fetch.location));
    if (draft)
        draft->arguments["url"] = shown(fetch.location);
    return draft;
}
std::optional<Draft> followLogo(const Workshop &workshop, const Finding &finding)
{
    return follow(workshop, finding, workshop.report().bimi.indicator.fetch, "l");
}
std::optional<Draft> followCertificate(const Workshop &workshop, const Finding &finding)
{
    return follow(workshop, finding, workshop.report().bimi.evidence.fetch, "a");
}

std::optional<Draft> withdrawBimi(const Workshop &workshop, const Finding &finding)
{
    return workshop.withdrawn("bimi.withdraw", finding.evidence.front());
}

/// bimi-14 section 8.1: p and sp not none, all mail, no test.
std::optional<Draft> enforceDmarc(const Workshop &workshop, const Finding &finding)
{
    const Evidence &evidence = finding.evidence.front();
    std::string text = evidence.record;
    const auto valueOf = [&text](std::string_view name) {
        const TagList list = readTagList(text);
        const Tag *tag = list.find(name);
        return tag ? std::optional(ascii::lowered(tag->value)) : std::nullopt;
    };
    const auto drop = [&text](std::string_view name) {
        const TagList list = readTagList(text);
        if (const Tag *tag = list.find(name))
            text = withoutPart(text, tag->span.begin);
    };
    if (!valueOf("p"))
        return std::nullopt;
    if (valueOf("p") == "none")
        text = withTag(text, "p", "quarantine");
    for (const char *weak : {"sp", "np"}) {
        if (valueOf(weak) == "none")
            drop(weak);
    }
    for (const char *test : {"t", "pct"})
        drop(test);
    auto draft = workshop.rewritten("bimi.dmarc", evidence, text);
    if (draft)
        draft->obstacles = workshop.whereNothingAligns();
    return draft;
}

std::optional<Draft> softenSpf(const Workshop &workshop, const Finding &)
{
    for (const Finding &other : workshop.report().findings) {
        if (other.id == "spf.all.pass")
            return draftFor(workshop, other);
    }
    return std::nullopt;
}

// --- The logo

Draft fileDraft(std::string recipe, const https::Url &url, const char *type, std::string before,
                std::string after)
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["url"] = url.text();
    draft.changes.emplace_back(FileChange{url, type, std::move(before), std::move(after)});
    return draft;
}

struct SvgRow {
    std::string_view id;
    bimi::SvgMend mend;
};
constexpr std::array SvgRows = {
    SvgRow{"svg.animation", bimi::SvgMend::Animation},
    SvgRow{"svg.bitmap", bimi::SvgMend::Bitmap},
    SvgRow{"svg.discouraged", bimi::SvgMend::Discouraged},
    SvgRow{"svg.display", bimi::SvgMend::Display},
    SvgRow{"svg.external", bimi::SvgMend::External},
    SvgRow{"svg.profile", bimi::SvgMend::Profile},
    SvgRow{"svg.schema", bimi::SvgMend::Schema},
    SvgRow{"svg.script", bimi::SvgMend::Script},
    SvgRow{"svg.size", bimi::SvgMend::Size},
    SvgRow{"svg.square", bimi::SvgMend::Square},
    SvgRow{"svg.title", bimi::SvgMend::Title},
    SvgRow{"svg.viewbox", bimi::SvgMend::ViewBox},
    SvgRow{"svg.xml", bimi::SvgMend::Xml},
    SvgRow{"svg.xy", bimi::SvgMend::Position},
};

/// The logo behind l; that in a certificate is its issuer's.
std::optional<Draft> mendLogo(const Workshop &workshop, const Finding &finding)
{
    const bimi::Indicator &indicator = workshop.report().bimi.indicator;
    const auto row = std::find_if(SvgRows.begin(), SvgRows.end(),
                                  [&](const SvgRow &known) { return known.id == finding.id; });
    if (row == SvgRows.end() || !indicator.check || !indicator.fetch.url)
        return std::nullopt;
    const auto mended = bimi::mendedSvg(indicator.image, row->mend, workshop.report().domainUnicode);
    if (!mended)
        return std::nullopt;
    Draft draft = fileDraft(finding.id, *indicator.fetch.url, SvgType, indicator.image, mended->text);
    if (mended->looksDifferent)
        draft.obstacles.push_back(Obstacle::LooksDifferent);
    return draft;
}

/// The same drawing, served as what it is.
std::optional<Draft> serveLogo(const Workshop &workshop, const Finding &)
{
    const bimi::Indicator &indicator = workshop.report().bimi.indicator;
    if (!indicator.check || !indicator.fetch.url)
        return std::nullopt;
    return fileDraft("svg.serve", *indicator.fetch.url, SvgType, indicator.image, indicator.image);
}

// --- The mark certificate

/// RFC 7468 section 2: lines of 64 characters.
std::string pemOf(const x509::Certificate &certificate)
{
    constexpr std::size_t LineLength = 64;
    const std::string text = toBase64(certificate.der);
    std::string pem = "-----BEGIN CERTIFICATE-----\n";
    for (std::size_t at = 0; at < text.size(); at += LineLength)
        pem += text.substr(at, LineLength) + '\n';
    return pem + "-----END CERTIFICATE-----\n";
}

const https::Response *certificateFile(const Workshop &workshop)
{
    const auto &url = workshop.report().bimi.evidence.fetch.url;
    const Fact *fact = url ? workshop.facts().find(FactKey(*url)) : nullptr;
    return fact ? &fact->https() : nullptr;
}

/// FV: the leaf first, then each one's issuer.
std::optional<Draft> orderCertificates(const Workshop &workshop, const Finding &)
{
    const auto &mark = workshop.report().bimi.evidence.mark;
    const https::Response *file = certificateFile(workshop);
    if (!mark || !mark->leaf() || !file)
        return std::nullopt;
    const x509::Certificate *current = mark->leaf();
    std::vector<const x509::Certificate *> ordered;
    while (current && ordered.size() < mark->chain.size()) {
        ordered.push_back(current);
        const auto issuer =
            std::find_if(mark->chain.begin(), mark->chain.end(), [&](const x509::Certificate &other) {
                return other.subject == current->issuer &&
                       std::none_of(ordered.begin(), ordered.end(),
                                    [&](const auto *seen) { return seen->der == other.der; });
            });
        current = issuer == mark->chain.end() ? nullptr : &*issuer;
    }
    std::string pem;
    for (const x509::Certificate *certificate : ordered)
        pem += pemOf(*certificate);
    return fileDraft("vmc.order", file->url, PemType, file->body, pem);
}

/// One certificate in DER, as authorities hand it out, too.
std::optional<Draft> writePem(const Workshop &workshop, const Finding &)
{
    const https::Response *file = certificateFile(workshop);
    const auto certificate = file ? x509::fromDer(file->body) : x509::fromDer({});
    if (!certificate)
        return std::nullopt;
    return fileDraft("vmc.pem", file->url, PemType, file->body, pemOf(*certificate));
}

/// MCR: the logo that the certificate was issued for is the one to be published.
std::optional<Draft> publishMark(const Workshop &workshop, const Finding &)
{
    const bimi::Evaluation &bimi = workshop.report().bimi;
    const auto &mark = bimi.evidence.mark;
    if (!mark || !mark->faults.contains(bimi::MarkFault::LogotypeDiffers) ||
        mark->logotype.status != bimi::Logotype::Status::Ok || !bimi.indicator.fetch.url)
        return std::nullopt;
    return fileDraft("vmc.logotype", *bimi.indicator.fetch.url, SvgType, bimi.indicator.image,
                     mark->logotype.image);
}

} // namespace

std::vector<RecipeRow> bimiRecipes()
{
    std::vector<RecipeRow> rows = {
        {"bimi.a.fetch", followCertificate},
        {"bimi.a.https", toHttps},
        {"bimi.avp", dropBimiTag},
        {"bimi.dmarc.org", enforceDmarc},
        {"bimi.dmarc.weak", enforceDmarc},
        {"bimi.host.registrable", withdrawBimi},
        {"bimi.l.fetch", followLogo},
        {"bimi.l.https", toHttps},
        {"bimi.l.type", serveLogo},
        {"bimi.lps", dropBimiTag},
        {"bimi.multiple", keepUsable},
        {"bimi.spf.plusall", softenSpf},
        {"bimi.syntax", respellBimi},
        {"bimi.version", bimiVersion},
        {"bimi.wrong-name", moveBimi},
        {"park.bimi-declined", declineBimi},
        {"svg.gzip", serveLogo},
        {"vmc.format", writePem},
        {"vmc.logotype", publishMark},
        {"vmc.order", orderCertificates},
    };
    for (const SvgRow &row : SvgRows)
        rows.push_back({row.id, mendLogo});
    return rows;
}

} // namespace mailoscope::fixes
