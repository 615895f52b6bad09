// SPDX-License-Identifier: Apache-2.0
// The Hilbert curve under the address map: where addresses and blocks lie, and what a window shows.
#include "map/hilbert.h"
#include "ui/map_samples.h"

#include <QTest>

#include <random>
#include <set>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

unsigned distance(const MapPoint &a, const MapPoint &b)
{
    return (a.x > b.x ? a.x - b.x : b.x - a.x) + (a.y > b.y ? a.y - b.y : b.y - a.y);
}

Cidr randomBlock(std::mt19937 &random, int length)
{
    const Cidr block{IpAddress::fromV4(static_cast<std::uint32_t>(random())), length};
    return {block.first(), length};
}

} // namespace

class MapCurveTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStepHasItsOwnPlaceBesideTheOneBefore()
    {
        for (int order = 0; order <= 9; ++order) {
            std::set<std::pair<std::uint32_t, std::uint32_t>> places;
            MapPoint before;
            for (std::uint32_t index = 0; index < 1U << (2U * static_cast<unsigned>(order)); ++index) {
                const MapPoint point = hilbertPoint(order, index);
                QVERIFY(point.x < 1U << static_cast<unsigned>(order));
                QVERIFY(point.y < 1U << static_cast<unsigned>(order));
                QCOMPARE(hilbertIndex(order, point), index);
                places.insert({point.x, point.y});
                if (index > 0)
                    QCOMPARE(distance(before, point), 1U);
                before = point;
            }
            QCOMPARE(places.size(), std::size_t(1) << (2U * static_cast<unsigned>(order)));
        }
    }

    void theWholeSpaceGoesThereAndBack()
    {
        std::mt19937 random(11);
        for (int round = 0; round < 20000; ++round) {
            const IpAddress address = IpAddress::fromV4(static_cast<std::uint32_t>(random()));
            QCOMPARE(addressAt(pointOf(address)), address);
            const MapPoint point{static_cast<std::uint32_t>(random() % MapSide),
                                 static_cast<std::uint32_t>(random() % MapSide)};
            QCOMPARE(pointOf(addressAt(point)), point);
            if (address.v4Value() != 0xffffffffU)
                QCOMPARE(distance(pointOf(address), pointOf(IpAddress::fromV4(address.v4Value() + 1))), 1U);
        }
    }

    void theMapLiesAsTheUsualOnesDo_data()
    {
        QTest::addColumn<QString>("block");
        QTest::addColumn<int>("column"); // of the 16 by 16 blocks of a /8
        QTest::addColumn<int>("row");
        const auto row = [](const char *block, int column, int line) {
            QTest::newRow(block) << QString::fromLatin1(block) << column << line;
        };
        // The first and the last row of the map of the Internet, and some of its corners within.
        const std::array<int, 16> top{0, 1, 14, 15, 16, 19, 20, 21, 234, 235, 236, 239, 240, 241, 254, 255};
        static std::vector<QByteArray> names;
        for (std::size_t i = 0; i < top.size(); ++i)
            names.push_back(QByteArray::number(top[i]) + ".0.0.0/8");
        for (std::size_t i = 0; i < top.size(); ++i)
            row(names[i].constData(), static_cast<int>(i), 0);
        row("3.0.0.0/8", 0, 1);
        row("2.0.0.0/8", 1, 1);
        row("10.0.0.0/8", 3, 3);
        row("85.0.0.0/8", 0, 15);
        row("127.0.0.0/8", 7, 8);
        row("128.0.0.0/8", 8, 8);
        row("170.0.0.0/8", 15, 15);
        row("192.0.0.0/8", 15, 7);
        row("213.0.0.0/8", 8, 7);
    }
    void theMapLiesAsTheUsualOnesDo()
    {
        QFETCH(QString, block);
        QFETCH(int, column);
        QFETCH(int, row);
        const MapRect place = placeOf(cidr(block.toStdString()));
        QCOMPARE(place, (MapRect{static_cast<std::uint32_t>(column) * 4096,
                                 static_cast<std::uint32_t>(row) * 4096, 4096, 4096}));
    }

    void theEndsOfTheSpaceAreTheUpperCorners()
    {
        QCOMPARE(pointOf(IpAddress::fromV4(0)), (MapPoint{0, 0}));
        QCOMPARE(pointOf(IpAddress::fromV4(0xffffffffU)), (MapPoint{MapSide - 1, 0}));
        QCOMPARE(placeOf(cidr("0.0.0.0/0")), (MapRect{0, 0, MapSide, MapSide}));
        QCOMPARE(placeOf(cidr("0.0.0.0/1")), (MapRect{0, 0, MapSide / 2, MapSide}));
        QCOMPARE(placeOf(cidr("128.0.0.0/1")), (MapRect{MapSide / 2, 0, MapSide / 2, MapSide}));
    }

    void aBlockIsASquareOrTwoAndHoldsItsAddressesAlone()
    {
        std::mt19937 random(12);
        for (int length = 0; length <= 32; ++length) {
            for (int round = 0; round < 200; ++round) {
                const Cidr block = randomBlock(random, length);
                const MapRect place = placeOf(block);
                QCOMPARE(std::uint64_t(place.width) * place.height,
                         std::uint64_t(1) << static_cast<unsigned>(32 - length));
                const std::uint32_t longer = std::max(place.width, place.height);
                QCOMPARE(longer / std::min(place.width, place.height), length % 2 == 0 ? 1U : 2U);
                QVERIFY(place.contains(pointOf(block.first())));
                QVERIFY(place.contains(pointOf(block.last())));
                const IpAddress other = IpAddress::fromV4(static_cast<std::uint32_t>(random()));
                QCOMPARE(place.contains(pointOf(other)), block.contains(other));
                const MapPoint inside{place.x + static_cast<std::uint32_t>(random()) % place.width,
                                      place.y + static_cast<std::uint32_t>(random()) % place.height};
                QCOMPARE(ui::blockAt(inside, length), block);
                if (length > 0)
                    QVERIFY(placeOf(Cidr{block.address, length - 1}).contains(place));
            }
        }
    }

    void neighboursTouchAndLeadBack()
    {
        std::mt19937 random(13);
        for (int length = 2; length <= 32; length += 2) {
            for (int round = 0; round < 100; ++round) {
                const Cidr block = randomBlock(random, length);
                const MapRect place = placeOf(block);
                const auto right = neighbour(block, MapWay::Right);
                QCOMPARE(right.has_value(), place.right() < MapSide);
                if (right) {
                    QCOMPARE(placeOf(*right), (MapRect{place.right(), place.y, place.width, place.height}));
                    QCOMPARE(*neighbour(*right, MapWay::Left), block);
                }
                const auto below = neighbour(block, MapWay::Down);
                QCOMPARE(below.has_value(), place.bottom() < MapSide);
                if (below) {
                    QCOMPARE(placeOf(*below), (MapRect{place.x, place.bottom(), place.width, place.height}));
                    QCOMPARE(*neighbour(*below, MapWay::Up), block);
                }
            }
        }
        for (const MapWay way : {MapWay::Left, MapWay::Right, MapWay::Up, MapWay::Down})
            QVERIFY(!neighbour(cidr("0.0.0.0/0"), way));
        QVERIFY(!neighbour(cidr("0.0.0.0/8"), MapWay::Left));
        QVERIFY(!neighbour(cidr("0.0.0.0/8"), MapWay::Up));
        QCOMPARE(*neighbour(cidr("0.0.0.0/8"), MapWay::Right), cidr("1.0.0.0/8"));
        QCOMPARE(*neighbour(cidr("0.0.0.0/1"), MapWay::Right), cidr("128.0.0.0/1"));
    }

    void aWindowShowsTheBlockItIsAskedFor_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("shown");
        const auto row = [](const char *asked, const char *shown) {
            QTest::newRow(asked) << QString::fromLatin1(asked) << QString::fromLatin1(shown);
        };
        row("0.0.0.0/0", "0.0.0.0/0");
        row("192.0.2.0/24", "192.0.2.0/24");
        row("192.0.2.77/32", "192.0.2.0/24");
        row("192.0.2.0/23", "192.0.0.0/22");
        row("10.0.0.0/8", "10.0.0.0/8");
        row("128.0.0.0/1", "0.0.0.0/0");
    }
    void aWindowShowsTheBlockItIsAskedFor()
    {
        QFETCH(QString, asked);
        QFETCH(QString, shown);
        const MapWindow window = windowOf(cidr(asked.toStdString()));
        QCOMPARE(blockOf(window), std::optional(cidr(shown.toStdString())));
        QCOMPARE(window.prefixLength(), cidr(shown.toStdString()).prefixLength);
    }

    void zoomingKeepsWhatIsUnderThePointer()
    {
        std::mt19937 random(14);
        for (int round = 0; round < 500; ++round) {
            const MapPoint middle{static_cast<std::uint32_t>(random() % MapSide),
                                  static_cast<std::uint32_t>(random() % MapSide)};
            const MapWindow window = windowAround(middle, static_cast<int>(random() % 13) * 2);
            const double x = static_cast<double>(random() % 1000) / 1000.0;
            const double y = static_cast<double>(random() % 1000) / 1000.0;
            const MapPoint under = pointIn(window, x, y);
            const MapWindow near = zoomed(window, 1, x, y);
            QVERIFY(near.rect().contains(under));
            const MapPoint after = pointIn(near, x, y);
            QVERIFY(distance(under, after) <= 2);
            const MapWindow back = zoomed(near, near == window ? 0 : -1, x, y);
            QCOMPARE(back.side, window.side);
            QVERIFY(distance({back.x, back.y}, {window.x, window.y}) <= 4);
        }
        QCOMPARE(zoomed(MapWindow(), -1), MapWindow());
        QCOMPARE(zoomed(MapWindow(), 100).prefixLength(), 24);
    }

    void aWindowNeverLeavesTheMap()
    {
        QCOMPARE(moved(MapWindow(), 3, -2), MapWindow());
        const MapWindow window = windowOf(cidr("10.0.0.0/8"));
        QCOMPARE(moved(window, -100, -100), (MapWindow{0, 0, 4096}));
        QCOMPARE(moved(window, 100, 100), (MapWindow{MapSide - 4096, MapSide - 4096, 4096}));
        QCOMPARE(moved(window, 0.5, 0), (MapWindow{window.x + 2048, window.y, 4096}));
        QVERIFY(!blockOf(moved(window, 0.5, 0)));
        QCOMPARE(pointIn(window, -5, 7), (MapPoint{window.x, window.y + 4095}));
    }

    void aWindowMovesNoFurtherThanNeeded()
    {
        const MapWindow window = windowOf(cidr("10.0.0.0/8"));
        QCOMPARE(showing(window, placeOf(cidr("10.20.0.0/16"))), window);
        const MapRect place = placeOf(cidr("11.200.0.0/16"));
        const MapWindow near = showing(window, place);
        QVERIFY(near.rect().contains(place));
        QVERIFY(near.x == window.x || near.y == window.y);
        const MapRect whole = placeOf(cidr("0.0.0.0/4"));
        QCOMPARE(showing(window, whole).rect().intersected(whole).width, window.side);
    }
};

QTEST_APPLESS_MAIN(MapCurveTest)
#include "tst_map_curve.moc"
