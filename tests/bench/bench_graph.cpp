// SPDX-License-Identifier: Apache-2.0
// How long it takes to lay out and to paint an include graph of 500 records, and how long a frame of panning
// takes. Run it with QT_QPA_PLATFORM=offscreen, which paints without a GPU.
#include "address_walk.h"
#include "bench/tables.h"
#include "graph/graph_export.h"
#include "graph/graph_view.h"
#include "selection.h"
#include "ui/reports.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QKeyEvent>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

/// What something took, by the clock and of the processor: where others use the machine, the second tells
/// more.
class Times
{
public:
    template <typename Work>
    void take(const Work &work)
    {
        QElapsedTimer timer;
        timer.start();
        const double begin = cpuSeconds();
        work();
        m_busy.push_back((cpuSeconds() - begin) * 1000);
        m_passed.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    void addTo(Table &table, const std::string &what) const
    {
        table.add({what, std::to_string(m_busy.size()), fixed(median(m_passed)),
                   fixed(*std::max_element(m_passed.begin(), m_passed.end())), fixed(median(m_busy)),
                   fixed(*std::max_element(m_busy.begin(), m_busy.end()))});
    }

private:
    std::vector<double> m_passed;
    std::vector<double> m_busy;
};

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const auto report = reportOf(wideZone(500), "wide.example.org");
    Selection selection;
    const AddressWalk walk;
    GraphView view(selection, walk);
    view.resize(1600, 1000);
    view.show();
    QCoreApplication::processEvents();

    Table table({"what", "times", "median ms", "longest ms", "busy ms", "longest busy ms"});
    Times layouts;
    for (int i = 0; i < 30; ++i)
        layouts.take([&report] { const GraphPicture picture = graphOf(report->spf); });
    layouts.addTo(table, "tree to picture, laid out");

    view.showReport(report);
    view.unfoldAll();
    QImage frame(view.viewport()->size(), QImage::Format_RGB32);
    struct Size {
        const char *name;
        double zoom;
    };
    for (const Size size : {Size{"100 %", 1}, Size{"40 %", 0.4}, Size{"whole", 0}}) {
        view.fit();
        while (size.zoom > 0 && view.zoom() < size.zoom)
            view.zoomIn();
        // Every pixel anew, as after a zoom.
        Times paints;
        const QRectF bounds = view.picture().bounds;
        for (int i = 0; i < 100; ++i) {
            view.centreOn(bounds.topLeft() + QPointF(bounds.width() * 0.7, bounds.height() * i / 100));
            paints.take([&] { view.viewport()->render(&frame, {}, {}, {}); });
        }
        paints.addTo(table, std::string("full paint, ") + size.name);
        // A pan by hand: what comes into view is painted, the rest is moved.
        Times pans;
        view.centreOn(bounds.topLeft() + QPointF(bounds.width() * 0.7, 0));
        for (int i = 0; i < 300; ++i) {
            const QPointF middle = view.visiblePlace().center();
            pans.take([&] {
                view.centreOn(middle + QPointF(0, 10 / (view.graphStyle().em * view.zoom())));
                QCoreApplication::processEvents();
            });
        }
        pans.addTo(table, std::string("pan by 10 pixels, ") + size.name);
    }
    Times drawings;
    for (int i = 0; i < 5; ++i)
        drawings.take([&view] { const QByteArray svg = toSvg(view.picture(), view.graphStyle()); });
    drawings.addTo(table, "SVG");
    std::printf(
        "An include graph of %d records in a view of 1600 by 1000 pixels; target: no frame over 16 ms\n",
        static_cast<int>(report->spf.nodeCount));
    table.print();
    return 0;
}
