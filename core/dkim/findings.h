// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/evaluate.h"
#include "report/finding.h"

#include <vector>

/// What is notable about a domain's DKIM keys, as far as DNS alone can tell.
namespace mailoscope::dkim
{

/// Notes in n= that are longer bloat the record (RFC 6376 section 3.6.1).
constexpr std::size_t LongNotes = 100;
/// CNAME records in a row, beyond which a chain is hard to keep in order.
constexpr std::size_t LongChain = 3;
/// Findings about the syntax of one record.
constexpr std::size_t MaxSyntaxFindings = 8;

/// What other parts of the report know.
struct Context {
    bool isParked = false; ///< the domain says that it sends no mail (SPF is exactly `v=spf1 -all`, null MX)
};

/// In no particular order. Nothing that is still pending is judged.
std::vector<Finding> findings(const Evaluation &evaluation, const Context &context = {});

} // namespace mailoscope::dkim
