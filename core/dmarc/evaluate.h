// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/destination.h"
#include "dmarc/policy.h"
#include "dmarc/rfc7489.h"

/// The DMARC section of a report: the record that applies to a name, what it asks of receivers, who gets the
/// reports, and what stands around it.
namespace mailoscope::dmarc
{

/// A record where no receiver looks for one.
struct StrayRecord {
    enum class Place {
        Apex,        ///< at the domain itself
        TwicePrefix, ///< at `_dmarc._dmarc.`
        TwiceZone,   ///< at `_dmarc.example.com.example.com`
    };
    Place place;
    DomainName name;
    std::string text;
    friend bool operator==(const StrayRecord &, const StrayRecord &) = default;
};

/// A `_dmarc` name that is an alias.
struct Alias {
    DomainName target;     ///< at the end of the chain
    bool dangling = false; ///< the target does not exist
    bool external = false; ///< the target is another organization's, as the public suffix list guesses
    std::optional<DomainName>
        missingDomain; ///< the target's registrable domain, where DNS says that it does not exist
    friend bool operator==(const Alias &, const Alias &) = default;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,         ///< a record applies, though perhaps as p=none for its faults
        Missing,    ///< none, neither here nor above
        Invalid,    ///< what is there cannot be used: several records, none that counts, or neither p nor rua
        TempError,  ///< a look-up that decides failed
        NotChecked, ///< the snapshot does not hold an answer that decides
    };
    DomainName domain;
    Status status = Status::Pending;
    bool pending = true; ///< some fact is still missing, somewhere

    Walk walk;
    PolicyRecord found; ///< which step of the walk holds the record that applies
    std::optional<DomainName> organizationalDomain;
    Existence existence = Existence::Pending;

    AppliedPolicy policy;      ///< for the domain itself
    AppliedPolicy subdomains;  ///< for existing names below it that have no record of their own
    AppliedPolicy nonexistent; ///< for names below it that do not exist
    AppliedPolicy inherited;   ///< what would apply to the domain if it had no record of its own

    std::vector<Destination> rua;
    std::vector<Destination> ruf;

    OldView rfc7489;
    bool rfc7489Differs = false; ///< in the Organizational Domain or in a policy

    std::vector<StrayRecord> strays;
    std::size_t straysLeftOut = 0; ///< beyond the first of each name, in the order of their texts
    std::optional<Alias> alias;    ///< of the domain's own `_dmarc` name
    bool aliasAndText = false;     ///< CNAME and TXT records at that name (RFC 1034 section 3.6.2)

    /// An answer that decides is not known: its look-up failed, or nobody asked.
    bool isUnknown() const { return status == Status::TempError || status == Status::NotChecked; }
    /// The step with the record that applies; nullptr where none does.
    const WalkStep *step() const { return found.step ? &walk.steps[*found.step] : nullptr; }
    /// The record that applies; nullptr where none does.
    const Record *record() const { return found.step ? &*walk.steps[*found.step].record->record : nullptr; }
    /// The domain's own `_dmarc` name as it was asked.
    const WalkStep *own() const { return walk.steps.empty() ? nullptr : &walk.steps.front(); }
};

Evaluation evaluate(const DomainName &domain, FactSource &facts);

/// True where an identifier is aligned with the author domain (RFC 9989 section 4.4); nothing where that is
/// not known yet. Relaxed: each name has its own walk.
std::optional<bool> isAligned(const DomainName &author, const DomainName &identifier, Alignment mode,
                              FactSource &facts);

} // namespace mailoscope::dmarc
