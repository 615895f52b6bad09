// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/cover.h"

/// A whole report as pages.
namespace mailoscope::print
{

/// The chapters of one report, without a cover. `prefix` tells the anchors of several reports apart.
std::vector<Page> chaptersOf(const Report &report, const EvidenceFile &evidence, const Options &options,
                             const QString &prefix = {}, int level = 0);
/// Cover and chapters, for previews and printers.
std::vector<Page> pagesOf(const Report &report, const Options &options);

} // namespace mailoscope::print
