// SPDX-License-Identifier: Apache-2.0
#include "print/layout.h"

#include "print/block_layout.h"

namespace mailoscope::print
{

document::Document paperDocument(const Report &report, const Options &options, const EvidenceFile &evidence)
{
    using Look = document::Run::Look;
    document::Document document = document::documentOf(report, options, evidence);
    for (document::Chapter &chapter : document.chapters) {
        if (chapter.part == Part::Appendix)
            chapter.blocks.insert(
                chapter.blocks.begin() + 1,
                document::Paragraph{
                    {{"The JSON report goes with this document, attached as ", Look::Plain, {}},
                     {evidence.name, Look::Code, {}},
                     {".", Look::Plain, {}}}});
    }
    return document;
}

std::vector<Page> chaptersOf(const document::Document &document, const Report &report, const Options &options,
                             const QString &prefix, int level)
{
    Fonts fonts;
    const Palette palette;
    Flow flow(geometryOf(options.paper), fonts, palette);
    BlockLayout layout(flow, report.spf, ui::toQString(document.title), prefix, level);
    for (const document::Chapter &chapter : document.chapters)
        layout.lay(chapter);
    return flow.take();
}

std::vector<Page> pagesOf(const Report &report, const Options &options)
{
    const document::Document document = paperDocument(report, options, evidenceOf(report, options.profile));
    std::vector<Page> chapters = chaptersOf(document, report, options);
    std::vector<Page> pages = coverOf(document, report, options, contentsOf(chapters, 2));
    for (Page &page : chapters)
        pages.push_back(std::move(page));
    return pages;
}

} // namespace mailoscope::print
