// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/mark_certificate.h"
#include "bimi/record.h"
#include "bimi/svg.h"
#include "facts/fact_source.h"

#include <string>
#include <string_view>
#include <vector>

/// The BIMI section of a report: the assertion record, the logo, the mark certificate, and what DMARC has to
/// be for any of it to count.
namespace mailoscope::bimi
{

enum class DmarcPolicy { None, Quarantine, Reject };

/// A DMARC record as BIMI looks at it. Tags that are absent or unreadable hold nothing.
struct DmarcRecordView {
    std::string name; ///< owner name
    std::string text;
    std::optional<DmarcPolicy> policy;            ///< `p`
    std::optional<DmarcPolicy> subdomainPolicy;   ///< `sp`
    std::optional<DmarcPolicy> nonexistentPolicy; ///< `np`
    bool testing = false;                         ///< `t=y`
    std::optional<int> percent;                   ///< `pct` of RFC 7489
};

/// What BIMI needs to know of the other protocols.
struct DmarcView {
    bool pending = true;
    bool known = true; ///< false where a look-up that decides failed
    std::optional<DomainName> organizationalDomain;
    std::optional<DmarcRecordView> domain; ///< the record at the domain itself
    std::optional<DmarcRecordView>
        organizational;             ///< at the Organizational Domain, where that is another name
    bool everyonePassesSpf = false; ///< the SPF record ends in +all
};

/// Why a DMARC record does not do.
enum class DmarcWeakness { NoRecord, Policy, SubdomainPolicy, NonexistentPolicy, Testing, Percent };
/// "no-record", "p", "sp", "np", "t" or "pct".
std::string_view toString(DmarcWeakness weakness);
std::vector<DmarcWeakness> weaknessesOf(const DmarcRecordView &record);

/// One of the names where the record may stand.
struct Lookup {
    DomainName domain; ///< author domain or Organizational Domain
    DomainName name;   ///< `default._bimi.` below it
    bool pending = true;
    dns::Outcome outcome = dns::Outcome::Timeout;
    std::vector<std::string> records;    ///< texts that are records
    std::vector<std::string> nearMisses; ///< texts that mean to be
};

/// A record where no receiver looks for it.
struct Stray {
    DomainName name;
    std::string text;
};

/// A file behind a URL of the record.
struct Fetch {
    enum class Status {
        NotNamed, ///< the record names none, or none that can be fetched
        Pending,
        Ok,
        Failed,  ///< what came, or did not, shows a fault
        Unknown, ///< nothing can be said: not asked, not recorded, no answer in time
    };
    Status status = Status::NotNamed;
    std::optional<https::Url> url;
    https::Outcome outcome = https::Outcome::Timeout;
    int httpStatus = 0;
    std::string contentType;
    std::string location; ///< of a redirect
    std::optional<Timestamp> at;
};

struct Indicator {
    Fetch fetch;
    bool isPacked = false; ///< a gzip file came, without Content-Encoding to say so
    std::optional<UnpackError> unpackError;
    std::optional<SvgCheck> check;
    std::string image; ///< unpacked
};

struct EvidenceDocument {
    Fetch fetch;
    std::optional<MarkCertificate> mark;
    std::optional<SvgCheck> check; ///< of the image in the certificate
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok, ///< one record that can be used, or a declination
        Missing,
        Invalid,    ///< several records, or one that receivers drop
        TempError,  ///< the look-up of the record failed
        NotChecked, ///< the snapshot does not hold it
    };
    DomainName domain;
    std::string selector;
    Status status = Status::Pending;
    bool pending = true; ///< some fact is still missing, somewhere
    bool declined = false;
    bool multiple = false;

    Lookup own;
    std::optional<Lookup> organizational; ///< where that is another domain
    bool fromOrganizational = false;      ///< the record was found there
    std::string text;                     ///< the record
    ParsedRecord parsed;
    std::vector<Stray> strays;

    Indicator indicator;
    EvidenceDocument evidence;

    DmarcView dmarc;
    std::vector<DmarcWeakness> dmarcWeaknesses; ///< of the record that applies to the domain
    std::vector<DmarcWeakness> organizationalWeaknesses;

    /// Where the record was found.
    const Lookup &found() const { return fromOrganizational ? *organizational : own; }
    const Record *record() const { return parsed.record ? &*parsed.record : nullptr; }
};

struct Options {
    std::string selector = "default";
    std::vector<x509::Certificate> roots; ///< empty: those of knownMarkRoots()
};

Evaluation evaluate(const DomainName &domain, const DmarcView &dmarc, FactSource &facts,
                    const Options &options = {});

} // namespace mailoscope::bimi
