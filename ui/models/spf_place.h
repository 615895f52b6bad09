// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <optional>
#include <vector>

/// Places in the include tree, as reports name them: the indices of the terms that lead there, the last one
/// being the term spoken of. The empty path is the inspected domain's own record.
namespace mailoscope::ui
{

using TermPath = std::vector<std::size_t>;

/// Whether `path` leads to `above` or below it.
bool startsWith(const TermPath &path, const TermPath &above);

struct SpfPlace {
    const spf::Node *record = nullptr;   ///< whose record the term stands in; for the root, the root
    const spf::TermNode *term = nullptr; ///< null for the root

    /// The record that stands at this place: the root's, or the one that an include or a redirect leads to.
    const spf::Node *below() const { return term ? term->child.get() : record; }
};

/// The place, or nothing where the tree has none of this path.
std::optional<SpfPlace> placeAt(const spf::Evaluation &spf, const TermPath &path);

/// The first place whose look-ups contain `question`, in the order of the tree.
std::optional<TermPath> pathAsking(const spf::Evaluation &spf, const dns::Question &question);

/// The look-ups of a place: the term's own, and the one of the record below it.
std::vector<dns::Question> questionsOf(const SpfPlace &place);

/// The term as its owner wrote it, as octets; the root gives its domain.
std::string writtenText(const SpfPlace &place);
/// The span of a term in the text of its record.
Span spanOf(const SpfPlace &place);

} // namespace mailoscope::ui
