// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"
#include "mx/evaluate.h"
#include "tls_rpt/record.h"

#include <optional>
#include <string>
#include <vector>

namespace mailoscope::tls_rpt
{

/// A domain to which reports are mailed.
struct Destination {
    DomainName domain;
    mx::Evaluation mx;
    bool organizationMissing = false; ///< the name under which it could be registered does not exist in DNS
    friend bool operator==(const Destination &, const Destination &) = default;
};

/// A record where nobody looks for it.
struct Misplaced {
    DomainName name;
    std::string text;
    friend bool operator==(const Misplaced &, const Misplaced &) = default;
};

/// Domains of `rua` whose mail hosts are looked at.
constexpr std::size_t MaxDestinations = 10;

struct Evaluation {
    enum class Status { Pending, Ok, Missing, Invalid, TempError, NotApplicable, NotChecked };
    Status status = Status::Pending;
    bool pending = true;

    DomainName domain;
    DomainName recordName;                ///< `_smtp._tls.<domain>`
    std::optional<dns::Outcome> outcome;  ///< of the TXT look-up
    std::vector<std::string> recordTexts; ///< those that reporters take for records
    std::vector<std::string> resembling;  ///< those that were meant to be records
    std::optional<ParsedRecord> record;   ///< of the first text
    std::vector<Misplaced> misplaced;
    std::vector<Destination> destinations; ///< of a usable record, each once
    bool receivesNoMail = false;           ///< a null MX, or neither MX nor addresses

    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

/// RFC 8460 section 3. Only the destinations wait for an answer.
Evaluation evaluate(const DomainName &domain, const mx::Evaluation &mx, FactSource &facts);

} // namespace mailoscope::tls_rpt
