// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

/// What has become of branches since their addresses were written down.
namespace mailoscope::spf
{

/// A branch as it was.
struct FlattenedBranch {
    std::string term; ///< `include:`, `a:` or `mx:` with its domain, or `redirect=`
    AddressSet addresses;
    std::optional<std::string> record; ///< of redirect: the record that was taken up
    friend bool operator==(const FlattenedBranch &, const FlattenedBranch &) = default;
};

struct Drift {
    enum class Status {
        Known,
        Pending,
        NotKnown,   ///< a look-up failed
        Faulty,     ///< the branch would end in an error by now, or depends on the client
        Unreadable, ///< not a term that could have been replaced
    };
    Status status = Status::Known;
    std::string term;
    AddressSet came;                      ///< pass through the branch now, and did not then
    AddressSet gone;                      ///< passed through it then, and do not now
    std::optional<std::string> recordNow; ///< of redirect, where it says something else

    bool isDrift() const
    {
        return status == Status::Faulty || !came.isEmpty() || !gone.isEmpty() || recordNow.has_value();
    }
};

/// One entry for each branch, in their order.
std::vector<Drift> driftOf(const DomainName &domain, std::span<const FlattenedBranch> branches,
                           FactSource &facts, RecordCache &records);

} // namespace mailoscope::spf
