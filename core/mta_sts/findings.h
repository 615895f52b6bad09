// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mta_sts/evaluate.h"
#include "report/finding.h"

#include <chrono>
#include <span>
#include <vector>

namespace mailoscope::mta_sts
{

/// A policy kept for less than this is of little use, and for less than the second of none (RFC 8461
/// section 3.2: weeks or more).
constexpr std::uint64_t ShortMaxAge = 14 * 86400;
constexpr std::uint64_t UselessMaxAge = 86400;
/// A certificate that runs out sooner than this should have been renewed.
constexpr std::chrono::days CertificateNotice{14};

/// What other sections have found out.
struct Surroundings {
    bool daneOnAllMx = false;   ///< every MX host has usable TLSA records
    bool tlsRptMissing = false; ///< known not to be there
    /// What MX hosts have shown, where they were asked.
    std::span<const smtp::Session *const> sessions{};
};

/// In no particular order. Nothing that is still pending is judged.
std::vector<Finding> findings(const Evaluation &evaluation, const mx::Evaluation &mx,
                              const Surroundings &surroundings);

} // namespace mailoscope::mta_sts
