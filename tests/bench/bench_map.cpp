// SPDX-License-Identifier: Apache-2.0
// How long a frame of the address map takes, at every zoom and for records of any size: the picture is worked
// out anew and every pixel painted, as after a zoom or while the map is dragged. Run it with
// QT_QPA_PLATFORM=offscreen, which paints without a GPU.
#include "bench/tables.h"
#include "map/map_fact.h"
#include "map/map_painter.h"
#include "ui/map_samples.h"

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QPainter>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr int Rounds = 15;

double ms(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

std::string number(double value)
{
    return fixed(value);
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    const GraphStyle style = screenStyle(QGuiApplication::font(), QGuiApplication::palette());
    std::printf("Address map: picture and full paint together; target: no frame over 16 ms\n\n");
    QElapsedTimer timer;
    for (const int side : {900, 1800}) {
        Table table({"networks", "spans", "zoom", "picture ms", "frame ms", "longest ms", "processor ms",
                     "cells", "used"});
        double worst = 0;
        double worstBusy = 0;
        for (const int networks : {10, 1000, 10000, 40000}) {
            const AddressMap map(scatteredBranches(networks, 10));
            const MapPoint middle = pointOf(IpAddress::fromV4(map.spans()[map.spans().size() / 2].first));
            for (int length = 0; length <= 24; length += 2) {
                std::vector<double> pictures;
                std::vector<double> frames;
                std::vector<double> busy;
                QImage frame(side, side, QImage::Format_RGB32);
                std::size_t used = 0;
                int cells = 0;
                for (int round = 0; round < Rounds; ++round) {
                    const MapWindow window =
                        moved(windowAround(middle, length), 0.01 * round, -0.013 * round);
                    const double begin = cpuSeconds();
                    timer.start();
                    QPainter painter(&frame);
                    const MapPicture picture = pictureOf(map, window, roomFor(painter, side, style));
                    pictures.push_back(ms(timer));
                    paintMap(painter, frame.rect(), map, picture, style);
                    painter.end();
                    frames.push_back(ms(timer));
                    busy.push_back((cpuSeconds() - begin) * 1000);
                    cells = picture.side;
                    used = static_cast<std::size_t>(
                        std::count_if(picture.cells.begin(), picture.cells.end(),
                                      [](const MapCell &cell) { return cell.branch >= 0; }));
                }
                const double longest = *std::max_element(frames.begin(), frames.end());
                worst = std::max(worst, longest);
                worstBusy = std::max(worstBusy, *std::max_element(busy.begin(), busy.end()));
                if (length == 0 || length == 2 || length == 8 || length == 16 || length == 24)
                    table.add({std::to_string(networks), std::to_string(map.spans().size()),
                               "/" + std::to_string(length), number(median(pictures)), number(median(frames)),
                               number(longest), number(median(busy)), std::to_string(cells),
                               std::to_string(used)});
            }
        }
        std::printf("%d by %d pixels; the longest frame of all zooms: %s ms, %s of the processor\n", side,
                    side, number(worst).c_str(), number(worstBusy).c_str());
        table.print();
    }

    Table table({"what", "networks", "median ms"});
    for (const int networks : {10, 1000, 10000, 40000}) {
        const std::vector<MapBranch> branches = scatteredBranches(networks, 10);
        std::vector<double> made;
        std::vector<double> asked;
        for (int round = 0; round < Rounds; ++round) {
            timer.start();
            const AddressMap map{std::vector<MapBranch>(branches)};
            made.push_back(ms(timer));
            timer.start();
            const MapFact fact = factOf(map, {IpAddress::fromV4(0), 0});
            asked.push_back(ms(timer));
        }
        table.add({"map of known branches", std::to_string(networks), number(median(made))});
        table.add({"what is said of the whole space", std::to_string(networks), number(median(asked))});
    }
    table.print();
    return 0;
}
