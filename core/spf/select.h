// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

#include <cstddef>
#include <string>
#include <vector>

/// Choosing the SPF record among the TXT records of a name (RFC 7208 sections 3.3, 4.4 and 4.5).
namespace mailoscope::spf
{

struct Selection {
    enum class Status {
        Found,
        None,      ///< the name exists or not (see outcome), but has no SPF record
        Multiple,  ///< permerror (section 4.5)
        TempError, ///< nothing can be said (section 4.4)
        Pending,   ///< the answer is not there yet
    };
    Status status = Status::Pending;
    dns::Outcome outcome = dns::Outcome::Timeout;
    std::string text;                 ///< the record, where there is exactly one
    std::vector<std::string> records; ///< where there are several (status Multiple): all of them
    std::vector<std::size_t>
        stringEnds;                ///< offsets in `text` where one character-string ends and the next begins
    std::size_t longestString = 0; ///< octets of the record's longest character-string
    std::uint32_t ttl = 0;         ///< seconds, of the answer

    friend bool operator==(const Selection &, const Selection &) = default;
};

/// `answer` may be null: Pending.
Selection selectRecord(const dns::Answer *answer);

/// True if the selection is what selectRecord() makes of the answer; told without copying anything. May be
/// false where there are several records.
bool saysTheSame(const Selection &selection, const dns::Answer &answer);

} // namespace mailoscope::spf
