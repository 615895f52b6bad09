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
/// The anchors of findings and their fixes.
std::string findingId(std::size_t finding);
std::string fixId(std::size_t fix);

void appendFindings(Document &document, const Report &report);
void appendFixes(Document &document, const Report &report, const Options &options);
/// "3 critical, 1 low"
std::string countsOf(const Report &report);
Tree treeOf(const spf::Evaluation &evaluation);

} // namespace mailoscope::document
