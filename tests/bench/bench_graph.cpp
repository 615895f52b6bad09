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

double ms(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void addRow(Table &table, const std::string &what, const std::vector<double> &times)
{
    table.add({what, std::to_string(times.size()), fixed(median(times)),
               fixed(*std::max_element(times.begin(), times.end()))});
}

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

    Table table({"what", "times", "median ms", "longest ms"});
    std::vector<double> times;
    QElapsedTimer timer;
    for (int i = 0; i < 30; ++i) {
        timer.start();
        const GraphPicture picture = graphOf(report->spf);
        times.push_back(ms(timer));
    }
    addRow(table, "tree to picture, laid out", times);

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
        times.clear();
        const QRectF bounds = view.picture().bounds;
        for (int i = 0; i < 100; ++i) {
            view.centreOn(bounds.topLeft() + QPointF(bounds.width() * 0.7, bounds.height() * i / 100));
            timer.start();
            view.viewport()->render(&frame, {}, {}, {});
            times.push_back(ms(timer));
        }
        addRow(table, std::string("full paint, ") + size.name, times);
        // A pan by hand: what comes into view is painted, the rest is moved.
        times.clear();
        view.centreOn(bounds.topLeft() + QPointF(bounds.width() * 0.7, 0));
        for (int i = 0; i < 300; ++i) {
            const QPointF middle = view.visiblePlace().center();
            timer.start();
            view.centreOn(middle + QPointF(0, 10 / (view.graphStyle().em * view.zoom())));
            QCoreApplication::processEvents();
            times.push_back(ms(timer));
        }
        addRow(table, std::string("pan by 10 pixels, ") + size.name, times);
    }
    times.clear();
    for (int i = 0; i < 5; ++i) {
        timer.start();
        const QByteArray svg = toSvg(view.picture(), view.graphStyle());
        times.push_back(ms(timer));
    }
    addRow(table, "SVG", times);
    std::printf(
        "An include graph of %d records in a view of 1600 by 1000 pixels; target: no frame over 16 ms\n",
        static_cast<int>(report->spf.nodeCount));
    table.print();
    return 0;
}
