// SPDX-License-Identifier: Apache-2.0
#include "bimi/mark_certificate.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "bimi/svg.h"
#include "x509/der.h"

#include <algorithm>

namespace mailoscope
{
std::string_view markRootsPem();
} // namespace mailoscope

namespace mailoscope::bimi
{

namespace
{

using x509::Certificate;
using x509::takeDer;
namespace der = x509::der;

constexpr std::string_view MarkKeyUsage = "1.3.6.1.5.5.7.3.31";
constexpr std::string_view LogotypeOid = "1.3.6.1.5.5.7.1.12";
constexpr std::string_view PilotOid = "1.3.6.1.4.1.53087.4.1";
constexpr std::string_view TimestampsOid = "1.3.6.1.4.1.11129.2.4.2";
constexpr std::string_view NameConstraintsOid = "2.5.29.30";
constexpr std::string_view CrlOid = "2.5.29.31";
constexpr std::string_view MarkTypeOid = "1.3.6.1.4.1.53087.1.13";
constexpr std::string_view SourceUrlOid = "1.3.6.1.4.1.53087.5.1";

// SHA-256 of Entrust's root: providers took it out after November 2024.
constexpr std::string_view Distrusted = "7831d95a47d42508cd5c9e6264f9096bac19f04eb9b7c8bdd35fffc71c189617";

// MCR: the pilot extension must be absent when issued from then on, the source URL of a prior use present.
constexpr Timestamp PilotEnd = std::chrono::sys_days(std::chrono::year(2025) / 3 / 15);
constexpr Timestamp SourceUrlBegin = std::chrono::sys_days(std::chrono::year(2025) / 4 / 15);

std::string hexOf(std::string_view octets)
{
    constexpr std::string_view Digits = "0123456789abcdef";
    std::string text;
    for (const char c : octets) {
        text += Digits[static_cast<unsigned char>(c) >> 4U];
        text += Digits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

/// RFC 9399 section 4.1: a hash of the image, of an algorithm that we know; nothing for others.
std::optional<bool> hashFits(std::string_view oid, std::string_view value, std::string_view image)
{
    if (oid == "\x60\x86\x48\x01\x65\x03\x04\x02\x01")
        return x509::sha256(image) == value;
    if (oid == "\x60\x86\x48\x01\x65\x03\x04\x02\x03")
        return x509::sha512(image) == value;
    if (oid == "\x2b\x0e\x03\x02\x1a")
        return x509::sha1(image) == value;
    return std::nullopt;
}

/// LogotypeDetails: media type, hashes, and where the images are.
struct LogotypeDetails {
    std::string_view mediaType;
    std::string_view hashes;
    std::string_view uris;
};

/// RFC 9399 section 4.1: LogotypeExtn, its subjectLogo [2], direct [0], the first image.
std::optional<LogotypeDetails> detailsOf(std::string_view extension)
{
    Cursor outer(extension);
    const auto all = takeDer(outer, der::Sequence);
    if (!all)
        return std::nullopt;
    Cursor logos(*all);
    std::optional<std::string_view> subject;
    while (const auto logo = takeDer(logos)) {
        if (logo->tag == der::constructed(2))
            subject = logo->contents;
    }
    if (!subject)
        return std::nullopt;
    Cursor info(*subject);
    const auto direct = takeDer(info, der::constructed(0));
    if (!direct)
        return std::nullopt;
    Cursor logotypeData(*direct);
    const auto images = takeDer(logotypeData, der::Sequence);
    if (!images)
        return std::nullopt;
    Cursor list(*images);
    const auto image = takeDer(list, der::Sequence);
    if (!image)
        return std::nullopt;
    Cursor imageParts(*image);
    const auto details = takeDer(imageParts, der::Sequence);
    if (!details)
        return std::nullopt;
    Cursor parts(*details);
    const auto mediaType = takeDer(parts, der::Ia5String);
    const auto hashes = takeDer(parts, der::Sequence);
    const auto uris = takeDer(parts, der::Sequence);
    if (!mediaType || !hashes || !uris)
        return std::nullopt;
    return LogotypeDetails{*mediaType, *hashes, *uris};
}

bool anyHashFits(std::string_view hashes, std::string_view packed, std::string_view unpacked)
{
    bool known = false;
    Cursor list(hashes);
    while (const auto entry = takeDer(list, der::Sequence)) {
        Cursor parts(*entry);
        const auto algorithm = takeDer(parts, der::Sequence);
        const auto value = takeDer(parts, der::OctetString);
        if (!algorithm || !value)
            continue;
        Cursor inside(*algorithm);
        const std::string_view oid = takeDer(inside, der::Oid).value_or(std::string_view());
        const auto fits = hashFits(oid, *value, packed);
        known = known || fits;
        // LENIENT: some issuers hash the image before it is packed.
        if (fits && (*fits || hashFits(oid, *value, unpacked) == true))
            return true;
    }
    return !known; // of algorithms that we do not know nothing can be said
}

MarkType markTypeOf(std::string_view text)
{
    // MCR: subject field markType.
    if (text.empty())
        return MarkType::Absent;
    if (text == "Registered Mark")
        return MarkType::RegisteredMark;
    if (text == "Government Mark")
        return MarkType::GovernmentMark;
    if (text == "Prior Use Mark")
        return MarkType::PriorUseMark;
    if (text == "Modified Registered Mark")
        return MarkType::ModifiedRegisteredMark;
    return MarkType::Unknown;
}

/// RFC 6962 section 3.3: an OCTET STRING with a list of timestamps, each behind its length.
std::size_t timestampCount(const Certificate &leaf)
{
    const x509::Extension *extension = leaf.extension(TimestampsOid);
    if (!extension)
        return 0;
    Cursor outer(extension->value);
    Cursor list(takeDer(outer, der::OctetString).value_or(std::string_view()));
    list.u16();
    std::size_t count = 0;
    while (const auto length = list.u16()) {
        if (!list.take(std::size_t(*length)))
            break;
        ++count;
    }
    return count;
}

bool hasMarkKeyUsage(const Certificate &certificate)
{
    const auto &usages = certificate.extendedKeyUsages;
    return std::find(usages.begin(), usages.end(), MarkKeyUsage) != usages.end();
}

// FV: `example.com` covers every selector at exactly that name, `brand._bimi.example.com` that selector
// alone. Wildcards cover nothing.
bool coversRecord(const Certificate &leaf, const MarkContext &context)
{
    const auto own = context.domain.prefixed(context.selector + "._bimi");
    return std::any_of(leaf.dnsNames.begin(), leaf.dnsNames.end(), [&](const std::string &name) {
        return !name.starts_with('*') &&
               (x509::nameFits(name, context.domain) || (own && x509::nameFits(name, *own)));
    });
}

// FV "Fetch Format": the leaf first, then each issuer of the one before; the root may be left out.
void checkOrder(MarkCertificate &mark)
{
    const auto isLeaf = [](const Certificate &certificate) { return !certificate.isCa; };
    const auto first = std::find_if(mark.chain.begin(), mark.chain.end(), isLeaf);
    mark.leafIndex = first == mark.chain.end() ? 0 : static_cast<std::size_t>(first - mark.chain.begin());
    if (mark.leafIndex != 0 || first == mark.chain.end())
        mark.faults.insert(MarkFault::LeafNotFirst);
    if (std::count_if(mark.chain.begin(), mark.chain.end(), isLeaf) > 1)
        mark.faults.insert(MarkFault::SeveralLeaves);
    for (std::size_t i = 1; i < mark.chain.size(); ++i) {
        const bool follows =
            mark.chain[i].subject == mark.chain[i - 1].issuer && mark.chain[i] != mark.chain[i - 1];
        if (!follows)
            mark.faults.insert(MarkFault::OutOfOrder);
    }
}

void checkDates(const Certificate &leaf, std::optional<Timestamp> at, std::set<MarkFault> &faults)
{
    if (at && *at < leaf.notBefore)
        faults.insert(MarkFault::NotYetValid);
    else if (at && *at > leaf.notAfter)
        faults.insert(MarkFault::Expired);
    else if (at && leaf.notAfter - *at < ExpiryWarning)
        faults.insert(MarkFault::ExpiresSoon);
    if (leaf.notAfter - leaf.notBefore > MaxMarkLifetime)
        faults.insert(MarkFault::LongLifetime);
}

void checkChain(MarkCertificate &mark, std::optional<Timestamp> at, const std::vector<Certificate> &roots)
{
    const Certificate &leaf = *mark.leaf();
    // Its own dates are told apart from its chain.
    const Timestamp last = std::max(leaf.notBefore, leaf.notAfter - std::chrono::seconds(1));
    const Timestamp when = std::clamp(at.value_or(leaf.notBefore), leaf.notBefore, last);
    const std::string_view known[] = {LogotypeOid, PilotOid};
    for (const Certificate &root : roots) {
        const auto verdict = x509::verifyChain(leaf, mark.chain, std::span(&root, 1), when, known);
        const bool tellsMore =
            mark.verdict == x509::ChainVerdict::Other || mark.verdict == x509::ChainVerdict::NoIssuer;
        if (verdict == x509::ChainVerdict::Trusted || tellsMore)
            mark.verdict = verdict;
        if (verdict != x509::ChainVerdict::Trusted)
            continue;
        mark.root = root.subjectText();
        if (hexOf(x509::sha256(root.der)) == Distrusted)
            mark.faults.insert(MarkFault::DistrustedRoot);
        break;
    }
    if (mark.verdict != x509::ChainVerdict::Trusted)
        mark.faults.insert(MarkFault::Chain);
    // FV: the leaf and its issuer carry the extended key usage.
    if (!hasMarkKeyUsage(leaf))
        mark.faults.insert(MarkFault::KeyUsage);
    const auto issuer =
        std::find_if(mark.chain.begin(), mark.chain.end(), [&](const Certificate &certificate) {
            return certificate.isCa && !certificate.isSelfSigned && certificate.subject == leaf.issuer;
        });
    if (issuer != mark.chain.end() && !hasMarkKeyUsage(*issuer))
        mark.faults.insert(MarkFault::IssuerKeyUsage);
}

void checkImage(MarkCertificate &mark, const MarkContext &context)
{
    mark.logotype = logotypeOf(*mark.leaf());
    switch (mark.logotype.status) {
    case Logotype::Status::Missing:
        mark.faults.insert(MarkFault::NoLogotype);
        return;
    case Logotype::Status::Unreadable:
        mark.faults.insert(MarkFault::BadLogotype);
        return;
    case Logotype::Status::BadHash:
        mark.faults.insert(MarkFault::BadLogotype);
        break;
    case Logotype::Status::Ok:
        break;
    }
    if (!context.indicator)
        return;
    mark.sameAsIndicator = *context.indicator == mark.logotype.image;
    if (!*mark.sameAsIndicator)
        mark.faults.insert(MarkFault::LogotypeDiffers);
}

void checkSubject(MarkCertificate &mark)
{
    const Certificate &leaf = *mark.leaf();
    const auto types = leaf.subjectValues(MarkTypeOid);
    mark.markTypeText = types.empty() ? std::string() : types.front();
    mark.markType = markTypeOf(mark.markTypeText);
    if (mark.markType == MarkType::Absent)
        mark.faults.insert(MarkFault::NoMarkType);
    else if (mark.markType == MarkType::Unknown)
        mark.faults.insert(MarkFault::UnknownMarkType);
    const bool hasSource = leaf.extension(SourceUrlOid) || !leaf.subjectValues(SourceUrlOid).empty();
    if (mark.markType == MarkType::PriorUseMark && leaf.notBefore >= SourceUrlBegin && !hasSource)
        mark.faults.insert(MarkFault::NoSourceUrl);
    if (leaf.extension(PilotOid) && leaf.notBefore >= PilotEnd)
        mark.faults.insert(MarkFault::PilotExtension);
    if (leaf.extension(NameConstraintsOid))
        mark.faults.insert(MarkFault::NameConstraints);
    if (!leaf.extension(CrlOid))
        mark.faults.insert(MarkFault::NoCrl);
    mark.timestamps = timestampCount(leaf);
    if (mark.timestamps == 0)
        mark.faults.insert(MarkFault::NoTimestamps);
}

} // namespace

std::string_view toString(MarkType type)
{
    switch (type) {
    case MarkType::Absent:
        return {};
    case MarkType::Unknown:
        return "unknown";
    case MarkType::RegisteredMark:
        return "registered";
    case MarkType::GovernmentMark:
        return "government";
    case MarkType::PriorUseMark:
        return "prior-use";
    case MarkType::ModifiedRegisteredMark:
        return "modified-registered";
    }
    return {};
}

bool isCommonMark(MarkType type)
{
    return type == MarkType::PriorUseMark || type == MarkType::ModifiedRegisteredMark;
}

Logotype logotypeOf(const Certificate &certificate)
{
    Logotype logotype;
    const x509::Extension *extension = certificate.extension(LogotypeOid);
    if (!extension)
        return logotype;
    logotype.status = Logotype::Status::Unreadable;
    const auto details = detailsOf(extension->value);
    if (!details)
        return logotype;
    logotype.mediaType = details->mediaType;
    Cursor uris(details->uris);
    const auto uri = takeDer(uris, der::Ia5String);
    // FV: the image itself, packed, in a data: URL (RFC 2397).
    constexpr std::string_view Scheme = "data:";
    constexpr std::string_view Coding = ";base64,";
    if (!uri || !ascii::startsWithIgnoringCase(*uri, Scheme))
        return logotype;
    const std::size_t coding = uri->find(Coding);
    const auto packed =
        coding == std::string_view::npos ? std::nullopt : fromBase64(uri->substr(coding + Coding.size()));
    if (!packed)
        return logotype;
    if (isGzip(*packed)) {
        auto unpacked = unpackGzip(*packed);
        if (!unpacked)
            return logotype;
        logotype.image = *std::move(unpacked);
    } else {
        logotype.image = *packed;
    }
    logotype.status = anyHashFits(details->hashes, *packed, logotype.image) ? Logotype::Status::Ok
                                                                            : Logotype::Status::BadHash;
    return logotype;
}

MarkCertificate checkMarkCertificate(std::string_view pem, const MarkContext &context,
                                     const std::vector<Certificate> &roots)
{
    MarkCertificate mark;
    auto chain = x509::fromPem(pem);
    if (!chain) {
        mark.faults.insert(MarkFault::NotPem);
        return mark;
    }
    mark.chain = *std::move(chain);
    checkOrder(mark);
    checkChain(mark, context.at, roots);
    checkDates(*mark.leaf(), context.at, mark.faults);
    if (!coversRecord(*mark.leaf(), context))
        mark.faults.insert(MarkFault::Name);
    checkImage(mark, context);
    checkSubject(mark);
    return mark;
}

std::vector<Certificate> knownMarkRoots()
{
    auto roots = x509::fromPem(markRootsPem());
    return roots ? *std::move(roots) : std::vector<Certificate>();
}

} // namespace mailoscope::bimi
