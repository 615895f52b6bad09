// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/evaluate.h"

#include <optional>
#include <string>

/// One side of a comparison: a domain's record, or a text read as if it stood there.
namespace mailoscope::spf
{

struct Operand {
    std::string name; ///< as it is called in front of people
    DomainName domain;
    std::optional<std::string> text; ///< absent: the record that the domain has
    bool hasDomain = true;           ///< false: of a text that says nothing of its own domain
};

/// True where the record means something else at another domain.
bool speaksOfItsDomain(const std::string &text);
/// What the domain's record says, or would say if the text stood there alone.
Evaluation evaluate(const Operand &operand, FactSource &facts, RecordCache &records);

} // namespace mailoscope::spf
