// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg.h"
#include "bimi/svg_cost.h"

#include <QTest>

#include <string>

using namespace mailoscope::bimi;

namespace
{

std::string logo(const std::string &content)
{
    return R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.2" )"
           R"(baseProfile="tiny-ps" viewBox="0 0 128 128"><title>Example</title>)" +
           content + "</svg>";
}

/// Groups of `width` uses, each of the group before: width to the power of depth shapes.
std::string nestedUses(int depth, int width)
{
    std::string content = R"(<g id="g0"><rect width="1" height="1" fill="red"/></g>)";
    for (int level = 1; level <= depth; ++level) {
        content += "<g id=\"g" + std::to_string(level) + "\">";
        for (int i = 0; i < width; ++i)
            content += "<use xlink:href=\"#g" + std::to_string(level - 1) + "\"/>";
        content += "</g>";
    }
    return logo(content);
}

} // namespace

class BimiSvgCostTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyElementCountsOnce()
    {
        QCOMPARE(drawnElements(logo(R"(<rect width="1" height="1"/><circle r="2"/>)")), std::size_t(4));
    }

    void aUseCountsWhatItShows()
    {
        // svg, title, g, rect; and the use with g and rect again
        QCOMPARE(drawnElements(logo(R"(<g id="a"><rect/></g><use xlink:href="#a"/>)")), std::size_t(7));
        QCOMPARE(drawnElements(logo(R"(<use href=" #nowhere "/>)")), std::size_t(3));
    }

    void usesOfUsesAreBoundedThoughTheCheckLetsThemPass()
    {
        const std::string few = nestedUses(3, 3);
        QVERIFY(checkSvg(few).isValid());
        QVERIFY(drawnElements(few) <= MaxDrawnElements);
        const std::string many = nestedUses(9, 10);
        QVERIFY(many.size() < RecommendedSvgOctets);
        QVERIFY(drawnElements(many) > MaxDrawnElements);
        QVERIFY(drawnElements(nestedUses(int(MaxUseDepth) + 2, 1)) > MaxDrawnElements);
    }

    void aUseOfItselfEnds()
    {
        QVERIFY(drawnElements(logo(R"(<g id="a"><use xlink:href="#a"/></g>)")) > MaxDrawnElements);
        QVERIFY(drawnElements(logo(R"(<use id="b" xlink:href="#b"/>)")) > MaxDrawnElements);
    }

    void whatIsNoXmlIsNotDrawn() { QVERIFY(drawnElements("<svg") > MaxDrawnElements); }
};

QTEST_APPLESS_MAIN(BimiSvgCostTest)
#include "tst_bimi_svg_cost.moc"
