// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/mark.h"
#include "spf/check_host.h"
#include "spf/tree.h"

#include <string>
#include <string_view>
#include <vector>

/// What is to be said of records and terms of an include tree, beside their numbers, and of a client's walk
/// through them.
namespace mailoscope
{

struct SpfNote {
    Mark mark = Mark::None;
    std::string words; ///< fit to be shown
    friend bool operator==(const SpfNote &, const SpfNote &) = default;
};

/// How a record stands, the same wherever it is told; no mark and no words where all is well.
SpfNote statusOf(const spf::Node &node);
/// The same of a term by itself: what it takes in is told by that record, a fault of its text by sentences.
SpfNote statusOf(const spf::TermNode &term);

/// Why a term is never evaluated; empty for one that is.
std::string_view wordsOf(spf::Dead dead);

std::vector<SpfNote> notesOf(const spf::Node &node);
/// Of a term of the record at `node`, and of the record that it takes in.
std::vector<SpfNote> notesOf(const spf::Node &node, const spf::TermNode &term);

/// What a result means to the client that gets it.
Mark markOf(spf::CheckResult result);
/// What became of a step, in a few words; sentenceOf() says it in full.
SpfNote noteOf(const spf::Step &step);

} // namespace mailoscope
