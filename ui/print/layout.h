// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/cover.h"
#include "report/document.h"

/// A whole report as pages.
namespace mailoscope::print
{

/// The report's document as the paper has it: with a word on the file that goes with it.
document::Document paperDocument(const Report &report, const Options &options, const EvidenceFile &evidence);
/// The chapters of one report, without a cover. `prefix` tells the anchors of several reports apart.
std::vector<Page> chaptersOf(const document::Document &document, const Report &report, const Options &options,
                             const QString &prefix = {}, int level = 0);
/// Cover and chapters, for previews and printers.
std::vector<Page> pagesOf(const Report &report, const Options &options);

} // namespace mailoscope::print
