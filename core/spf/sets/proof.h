// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <span>
#include <string>

/// Showing, before anybody publishes it, that another set of records gives every address the same result.
namespace mailoscope::spf
{

/// A TXT record as it would be.
struct Published {
    DomainName name;
    std::string text;
};

struct Proof {
    bool setsEqual = false; ///< the exact sets behind each result are the same
    int lookups = 0;        ///< of the new record, in all
    int voidLookups = 0;    ///< likewise, the worse of both families
    bool withinLimits = false;
    std::size_t addressesChecked = 0; ///< given to check_host() before and after
    bool allBoundaries = false;       ///< both ends of every range were among them; else evenly chosen ones
    std::optional<IpAddress> differs; ///< an address for which check_host() said something else
    bool pending = false;             ///< facts are missing
    /// Terms that depend on the client were tried as matching nobody and as matching everybody.
    bool assumedBoth = false;

    bool holds() const { return !pending && setsEqual && withinLimits && addressesChecked > 0 && !differs; }
};

/// Compares `before`, taken without the limits on look-ups as its owner meant it, with what receivers would
/// see if the first of `after` were the record of the domain and the others stood at their names. The sets
/// are worked out anew, and check_host() is asked at both ends of every range, before and after.
Proof prove(const Evaluation &before, std::span<const Published> after, FactSource &facts,
            RecordCache &records, const Limits &limits = {});

} // namespace mailoscope::spf
