// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/record.h"
#include "facts/fact_source.h"

#include <optional>
#include <string>
#include <vector>

/// The DNS tree walk (RFC 9989 section 4.10) as a value: each question, what came back, and why it went on.
/// It works for any name: author, SPF and DKIM domains, report destinations.
namespace mailoscope::dmarc
{

/// RFC 9989 section 4.10: no walk asks more.
constexpr std::size_t MaxQueries = 8;

/// A TXT record at a `_dmarc` name.
struct Text {
    std::string text; ///< its character-strings joined
    TextKind kind = TextKind::Other;
    friend bool operator==(const Text &, const Text &) = default;
};

struct WalkStep {
    enum class Status {
        Pending,
        Record,    ///< exactly one DMARC record
        None,      ///< none: no such name, no data, or other texts only
        Several,   ///< more than one, which counts as none
        TempError, ///< the look-up failed: not known
        NoName,    ///< `_dmarc.` in front makes the name longer than DNS allows: no such record can exist
    };
    /// What came of the step.
    enum class Next {
        GoOn,
        StopAtOrganization, ///< psd=n
        StopAtSuffix,       ///< psd=y
        LastName,           ///< a top-level domain: there is nothing above
        Unknown,            ///< while the answer is missing, or if it never came
    };

    DomainName domain;     ///< the name whose record was asked for
    DomainName recordName; ///< `_dmarc.` and that name
    Status status = Status::Pending;
    Next next = Next::Unknown;
    dns::Outcome outcome = dns::Outcome::Timeout; ///< not for Pending and NoName
    bool authenticated = false;         ///< the resolver said that the answer is (RFC 6840 section 5.8)
    std::vector<DomainName> aliases;    ///< the targets of the CNAME records that were followed
    std::vector<Text> texts;            ///< all TXT records, in the order of their texts
    std::optional<ParsedRecord> record; ///< where the status is Record
    std::string recordText;

    bool hasRecord() const { return status == Status::Record; }
};

/// Which rule of RFC 9989 section 4.10.2 gave the Organizational Domain.
enum class OrganizationRule {
    DeclaredHere, ///< a record with psd=n
    BelowSuffix,  ///< one label below a record with psd=y
    FewestLabels, ///< the record with the fewest labels
    NothingFound, ///< no record at all: the name itself
};

struct Walk {
    DomainName start;
    std::vector<WalkStep> steps;  ///< up to the one that stopped it
    bool pending = false;         ///< an answer that counts is missing
    bool tempError = false;       ///< an answer that counts could not be had
    std::size_t skippedNames = 0; ///< names between the first and the second question (more than 8 labels)
    std::optional<DomainName> organizationalDomain; ///< nothing where an answer that counts is not known
    OrganizationRule rule = OrganizationRule::NothingFound;
    std::optional<std::size_t> organizationStep; ///< the record behind the rule

    const WalkStep *stepAt(const DomainName &domain) const;
};

/// The names whose records a walk asks for, if nothing stops it: eight at most.
std::vector<DomainName> walkNames(const DomainName &start);
/// `_dmarc.` in front of a name, where DNS allows a name so long.
std::optional<DomainName> recordNameOf(const DomainName &domain);
/// One question of a walk.
WalkStep stepFor(const DomainName &domain, FactSource &facts);

/// What the first name is taken to publish.
enum class FirstName {
    AsPublished,
    WithoutRecord, ///< it is not asked: what the walk of a name without a record of its own finds
};
/// Asks all its questions at once.
Walk walk(const DomainName &start, FactSource &facts, FirstName first = FirstName::AsPublished);

} // namespace mailoscope::dmarc
