// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"

#include <optional>
#include <vector>

namespace mailoscope
{

/// A text read as a record. Receivers stop at the first fault; we tell them all: `record` is the best
/// reading, `issues` every fault in the order of their places, `spans` where each part of the record stands
/// in the text (kept outside the record, so that comparing records compares their meaning).
template <typename Record, typename Issue>
struct Parsed {
    std::optional<Record> record;
    std::vector<Issue> issues;
    std::vector<Span> spans;

    bool isFlawless() const { return record.has_value() && issues.empty(); }
};

} // namespace mailoscope
