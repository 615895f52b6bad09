// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "profiles/profiles.h"
#include "report/report.h"

/// How each section of a report ended, in the words that all of them share. The JSON, the outline and the
/// profiles read it here.
namespace mailoscope
{

enum class SectionStatus {
    Ok,
    Missing,
    Invalid,
    TempError, ///< a look-up that decides was made and failed
    NotApplicable,
    NotChecked, ///< nothing was asked: left out, not in the snapshot, or not answered yet
};
/// "ok", "missing", "invalid", "temperror", "not_applicable" or "not_checked".
std::string_view toString(SectionStatus status);

/// Each protocol has those of these endings that it knows, under the same names. All others (waiting, and
/// DKIM's "none was found") mean that nothing can be said.
template <typename Evaluation>
requires requires
{
    Evaluation::Status::TempError;
}
SectionStatus statusOf(const Evaluation &evaluation)
{
    using Status = typename Evaluation::Status;
    if (evaluation.status == Status::Ok)
        return SectionStatus::Ok;
    if (evaluation.status == Status::TempError)
        return SectionStatus::TempError;
    if constexpr (requires { Status::Missing; }) {
        if (evaluation.status == Status::Missing)
            return SectionStatus::Missing;
    }
    if constexpr (requires { Status::Invalid; }) {
        if (evaluation.status == Status::Invalid)
            return SectionStatus::Invalid;
    }
    if constexpr (requires { Status::NotApplicable; }) {
        if (evaluation.status == Status::NotApplicable)
            return SectionStatus::NotApplicable;
    }
    return SectionStatus::NotChecked;
}

/// All of them, by the names that the sections have in the JSON.
profiles::Statuses statusesOf(const Report &report);

} // namespace mailoscope
