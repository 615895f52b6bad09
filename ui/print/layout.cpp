// SPDX-License-Identifier: Apache-2.0
#include "print/layout.h"

namespace mailoscope::print
{

std::vector<Page> chaptersOf(const Report &report, const EvidenceFile &evidence, const Options &options,
                             const QString &prefix, int level)
{
    Fonts fonts;
    const Palette palette;
    Flow flow(geometryOf(options.paper), fonts, palette);
    Chapters(flow, report, options, prefix, level).lay(evidence);
    return flow.take();
}

std::vector<Page> pagesOf(const Report &report, const Options &options)
{
    const EvidenceFile evidence = evidenceOf(report, options);
    std::vector<Page> chapters = chaptersOf(report, evidence, options);
    std::vector<Page> pages = coverOf(report, evidence, options, contentsOf(chapters, 2));
    for (Page &page : chapters)
        pages.push_back(std::move(page));
    return pages;
}

} // namespace mailoscope::print
