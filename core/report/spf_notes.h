// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/mark.h"
#include "spf/tree.h"

#include <string>
#include <vector>

/// What is to be said of records and terms of an include tree, beside their numbers.
namespace mailoscope
{

struct SpfNote {
    Mark mark = Mark::None;
    std::string words; ///< fit to be shown
    friend bool operator==(const SpfNote &, const SpfNote &) = default;
};

std::vector<SpfNote> notesOf(const spf::Node &node);
/// Of a term of the record at `node`, and of the record that it takes in.
std::vector<SpfNote> notesOf(const spf::Node &node, const spf::TermNode &term);

} // namespace mailoscope
