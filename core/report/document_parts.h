// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

/// The files that make documents share these.
namespace mailoscope::document
{

inline Text plain(std::string text)
{
    return {{std::move(text), Run::Look::Plain, {}}};
}
inline Text quiet(std::string text)
{
    return {{std::move(text), Run::Look::Quiet, {}}};
}
inline Run code(std::string text)
{
    return {std::move(text), Run::Look::Code, {}};
}
/// What leads to the heading of that id.
inline std::string linkTo(std::string_view id)
{
    return '#' + std::string(id);
}
/// The anchors of findings and their fixes.
std::string findingId(std::size_t finding);
std::string fixId(std::size_t fix);
std::string sectionId(Section section);
/// A section of a standard, which leads to where it can be read.
Run runOf(const Reference &reference);
Table tableOf(const OutlineTable &outline);
/// The report's name for the domain: "bücher.example (xn--bcher-kva.example)".
std::string nameOf(const Report &report);

/// Each appends to a document or to a chapter behind its heading.
using Blocks = std::vector<Block>;
void appendFront(Blocks &blocks, const Report &report, const EvidenceFile &evidence);
void appendSummary(Blocks &blocks, const Report &report);
void appendFindings(Blocks &blocks, const Report &report, const Options &options);
void appendFixes(Blocks &blocks, const Report &report, const Options &options);
void appendChange(Blocks &blocks, const fixes::Change &change);
void appendSections(Blocks &blocks, const Report &report);
void appendVerdict(Blocks &blocks, const Report &report);
void appendProfiles(Blocks &blocks, const Report &report, std::string_view chosen);
void appendAppendix(Blocks &blocks, const Report &report, const EvidenceFile &evidence);
Tree treeOf(const spf::Evaluation &evaluation);

} // namespace mailoscope::document
