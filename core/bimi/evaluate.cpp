// SPDX-License-Identifier: Apache-2.0
#include "bimi/evaluate.h"

#include "base/ascii.h"
#include "base/memo.h"
#include "base/public_suffix.h"

#include <utility>

namespace mailoscope::bimi
{

namespace
{

/// Texts at one name that are looked at; more are no sign of care.
constexpr std::size_t MaxTexts = 100;

Lookup lookUp(const DomainName &domain, const std::string &selector, FactSource &facts)
{
    Lookup lookup;
    lookup.domain = domain;
    const auto name = domain.prefixed(selector + "._bimi");
    if (!name) { // too long to exist
        lookup.pending = false;
        lookup.outcome = dns::Outcome::NxDomain;
        return lookup;
    }
    lookup.name = *name;
    const dns::Answer *answer = facts.dns(*name, dns::RrType::TXT);
    if (!answer)
        return lookup;
    lookup.pending = false;
    lookup.outcome = answer->outcome;
    std::size_t count = 0;
    for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(*answer)) {
        if (++count > MaxTexts)
            break;
        std::string text = data->joined();
        if (isBimiRecord(text))
            lookup.records.push_back(std::move(text));
        else if (isNearMiss(text))
            lookup.nearMisses.push_back(std::move(text));
    }
    return lookup;
}

/// Records that stand at the domain itself or lack their selector.
bool collectStrays(const DomainName &domain, FactSource &facts, std::vector<Stray> &strays)
{
    bool pending = false;
    std::vector<DomainName> places{domain};
    if (const auto below = domain.prefixed("_bimi"))
        places.push_back(*below);
    for (const DomainName &place : places) {
        const dns::Answer *answer = facts.dns(place, dns::RrType::TXT);
        if (!answer) {
            pending = true;
            continue;
        }
        for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(*answer)) {
            if (isBimiRecord(data->joined()) && strays.size() < MaxTexts)
                strays.push_back({place, data->joined()});
        }
    }
    return pending;
}

Fetch::Status statusOf(const https::Response &response)
{
    constexpr int Ok = 200;
    switch (response.outcome) {
    case https::Outcome::Answered:
        return response.status == Ok                              ? Fetch::Status::Ok
               : response.status >= 500 || response.status == 429 ? Fetch::Status::Unknown
                                                                  : Fetch::Status::Failed;
    case https::Outcome::NoAddress:
    case https::Outcome::PrivateAddress:
    case https::Outcome::Refused:
    case https::Outcome::TlsFailure:
    case https::Outcome::Malformed:
        return Fetch::Status::Failed;
    case https::Outcome::LookUpFailed:
    case https::Outcome::Timeout:
    case https::Outcome::LeftOut:
    case https::Outcome::NotRecorded:
        return Fetch::Status::Unknown;
    }
    return Fetch::Status::Unknown;
}

/// Asks for the file; the response where it is there and whole.
const https::Response *fetch(const std::optional<std::string> &uri, FactSource &facts, Fetch &fetched)
{
    if (!uri || uri->empty())
        return nullptr;
    const auto url = https::Url::parse(*uri);
    if (!url)
        return nullptr;
    fetched.url = *url;
    fetched.status = Fetch::Status::Pending;
    const https::Response *response = facts.https(*url);
    if (!response)
        return nullptr;
    fetched.status = statusOf(*response);
    fetched.outcome = response->outcome;
    fetched.httpStatus = response->status;
    fetched.contentType = response->contentType;
    fetched.location = response->location;
    if (response->tls)
        fetched.at = response->tls->at;
    return fetched.status == Fetch::Status::Ok ? response : nullptr;
}

/// Results of the checks of files that are kept. Each is bounded by https::MaxBodyOctets.
constexpr std::size_t MostKept = 8;

SvgCheck checkedSvg(const std::string &image)
{
    static Memo<std::string, SvgCheck> known(MostKept);
    return *known.of(image, [&image] { return checkSvg(image); });
}

/// All that the check of a mark certificate hangs on, the known roots aside.
struct MarkQuestion {
    std::string file;
    MarkContext context;
    friend bool operator==(const MarkQuestion &, const MarkQuestion &) = default;
};

MarkCertificate checkedMark(const std::string &file, const MarkContext &context, const Options &options)
{
    if (!options.roots.empty())
        return checkMarkCertificate(file, context, options.roots);
    static Memo<MarkQuestion, MarkCertificate> known(MostKept);
    return *known.of(MarkQuestion{file, context},
                     [&] { return checkMarkCertificate(file, context, knownMarkRoots()); });
}

void checkIndicator(const https::Response &response, Indicator &indicator)
{
    indicator.image = response.body;
    if (isGzip(response.body)) {
        indicator.isPacked = response.contentEncoding.empty();
        auto unpacked = unpackGzip(response.body);
        if (!unpacked) {
            indicator.unpackError = unpacked.error();
            indicator.image.clear();
            return;
        }
        indicator.image = *std::move(unpacked);
    } else if (response.truncated) {
        indicator.unpackError = UnpackError::TooLong;
        indicator.image.clear();
        return;
    }
    indicator.check = checkedSvg(indicator.image);
}

void checkEvidence(const https::Response &response, Evaluation &evaluation, const Options &options)
{
    MarkContext context;
    context.domain = evaluation.found().domain;
    context.selector = evaluation.selector;
    context.at = evaluation.evidence.fetch.at;
    if (evaluation.indicator.check)
        context.indicator = evaluation.indicator.image;
    EvidenceDocument &evidence = evaluation.evidence;
    evidence.mark = checkedMark(response.body, context, options);
    if (!evidence.mark->logotype.image.empty())
        evidence.check = checkedSvg(evidence.mark->logotype.image);
}

// bimi-14 section 8.1: author domain and Organizational Domain must both enforce DMARC.
void judgeDmarc(Evaluation &evaluation)
{
    const DmarcView &dmarc = evaluation.dmarc;
    if (dmarc.pending || !dmarc.known)
        return;
    const auto of = [](const std::optional<DmarcRecordView> &record) {
        return record ? weaknessesOf(*record) : std::vector{DmarcWeakness::NoRecord};
    };
    const bool hasParent = dmarc.organizationalDomain && *dmarc.organizationalDomain != evaluation.domain;
    if (!hasParent) {
        evaluation.dmarcWeaknesses = of(dmarc.domain);
        return;
    }
    evaluation.dmarcWeaknesses = of(dmarc.domain ? dmarc.domain : dmarc.organizational);
    if (dmarc.domain)
        evaluation.organizationalWeaknesses = of(dmarc.organizational);
}

/// bimi-14 section 8.2: the record, or why there is none. False while that is not known.
bool selectRecord(Evaluation &evaluation)
{
    using Status = Evaluation::Status;
    if (evaluation.own.pending)
        return false;
    const auto failure = [](const Lookup &lookup) {
        return lookup.outcome == dns::Outcome::NotRecorded ? Status::NotChecked : Status::TempError;
    };
    if (dns::isTemporaryFailure(evaluation.own.outcome)) {
        evaluation.status = failure(evaluation.own);
        return true;
    }
    // Only where the domain has no record at all does its Organizational Domain speak for it.
    if (evaluation.own.records.empty()) {
        if (evaluation.dmarc.pending || (evaluation.organizational && evaluation.organizational->pending))
            return false;
        if (!evaluation.organizational) {
            evaluation.status = Status::Missing;
            return true;
        }
        if (dns::isTemporaryFailure(evaluation.organizational->outcome)) {
            evaluation.status = failure(*evaluation.organizational);
            return true;
        }
        evaluation.fromOrganizational = !evaluation.organizational->records.empty();
    }
    const std::vector<std::string> &records = evaluation.found().records;
    if (records.empty()) {
        evaluation.status = Status::Missing;
        return true;
    }
    evaluation.multiple = records.size() > 1;
    evaluation.text = records.front();
    evaluation.parsed = parse(evaluation.text);
    const bool usable = !evaluation.multiple && isUsable(evaluation.parsed);
    evaluation.status = usable ? Status::Ok : Status::Invalid;
    evaluation.declined = usable && evaluation.record()->isDeclination();
    return true;
}

} // namespace

std::string_view toString(DmarcWeakness weakness)
{
    switch (weakness) {
    case DmarcWeakness::NoRecord:
        return "no-record";
    case DmarcWeakness::Policy:
        return "p";
    case DmarcWeakness::SubdomainPolicy:
        return "sp";
    case DmarcWeakness::NonexistentPolicy:
        return "np";
    case DmarcWeakness::Testing:
        return "t";
    case DmarcWeakness::Percent:
        return "pct";
    }
    return {};
}

// bimi-14 section 8.1, which cites RFC 7489. AD-HOC: of the tags of RFC 9989, `t=y` takes a level off the
// policy and `np=none` leaves names open, so both count as weak.
std::vector<DmarcWeakness> weaknessesOf(const DmarcRecordView &record)
{
    std::vector<DmarcWeakness> weaknesses;
    if (record.policy.value_or(DmarcPolicy::None) == DmarcPolicy::None)
        weaknesses.push_back(DmarcWeakness::Policy);
    if (record.subdomainPolicy == DmarcPolicy::None)
        weaknesses.push_back(DmarcWeakness::SubdomainPolicy);
    if (record.nonexistentPolicy == DmarcPolicy::None)
        weaknesses.push_back(DmarcWeakness::NonexistentPolicy);
    if (record.testing)
        weaknesses.push_back(DmarcWeakness::Testing);
    if (record.policy == DmarcPolicy::Quarantine && record.percent.value_or(100) < 100)
        weaknesses.push_back(DmarcWeakness::Percent);
    return weaknesses;
}

Evaluation evaluate(const DomainName &domain, const DmarcView &dmarc, FactSource &facts,
                    const Options &options)
{
    Evaluation evaluation;
    evaluation.domain = domain;
    evaluation.selector = options.selector;
    evaluation.dmarc = dmarc;
    evaluation.own = lookUp(domain, options.selector, facts);
    // Until DMARC has found the Organizational Domain, the public suffix list guesses what to ask for.
    std::optional<DomainName> organizational = dmarc.organizationalDomain;
    if (!organizational && (dmarc.pending || !dmarc.known))
        organizational = registrableDomain(domain);
    if (organizational && *organizational != domain)
        evaluation.organizational = lookUp(*organizational, options.selector, facts);
    const bool straysPending = collectStrays(domain, facts, evaluation.strays);
    judgeDmarc(evaluation);

    const bool selected = selectRecord(evaluation);
    const Record *record = evaluation.record();
    if (record && !evaluation.multiple) {
        const https::Response *image = fetch(record->location, facts, evaluation.indicator.fetch);
        const https::Response *certificate = fetch(record->evidence, facts, evaluation.evidence.fetch);
        if (image)
            checkIndicator(*image, evaluation.indicator);
        if (certificate)
            checkEvidence(*certificate, evaluation, options);
    }
    const auto isPending = [](const Fetch &fetched) { return fetched.status == Fetch::Status::Pending; };
    evaluation.pending = !selected || straysPending || dmarc.pending ||
                         isPending(evaluation.indicator.fetch) || isPending(evaluation.evidence.fetch);
    return evaluation;
}

} // namespace mailoscope::bimi
