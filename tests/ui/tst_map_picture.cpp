// SPDX-License-Identifier: Apache-2.0
// The address map without a window: what its picture holds, as text and against a plain count, and that it
// can be drawn and read.
#include "facts/snapshot.h"
#include "map/map_cells.h"
#include "map/map_fact.h"
#include "map/map_sheet.h"
#include "report/sample.h"
#include "support/golden.h"
#include "ui/map_samples.h"
#include "ui/reports.h"

#include <QGuiApplication>
#include <QPainter>
#include <QTest>

#include <functional>
#include <random>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

using Kind = MapBranch::Kind;

/// So that 64 by 64 cells fit, and a golden into an editor.
constexpr MapRoom Little{160, 6, 1};

QPalette palette(bool isDark)
{
    QPalette palette(isDark ? QColor(49, 54, 59) : QColor(239, 240, 241));
    palette.setColor(QPalette::Base, isDark ? QColor(27, 30, 32) : QColor(Qt::white));
    palette.setColor(QPalette::Window, isDark ? QColor(42, 46, 50) : QColor(239, 240, 241));
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText})
        palette.setColor(role, isDark ? QColor(239, 240, 241) : QColor(35, 38, 41));
    palette.setColor(QPalette::Highlight, QColor(29, 84, 120));
    return palette;
}

GraphStyle styleOf(bool isDark)
{
    return screenStyle(QGuiApplication::font(), palette(isDark));
}

QImage drawn(const AddressMap &map, const MapWindow &window, const GraphStyle &style, int side = 900,
             int highlighted = -1, const MapState &state = {})
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(style.ground);
    QPainter painter(&image);
    const MapPicture picture = pictureOf(map, window, roomFor(painter, side, style));
    paintMap(painter, image.rect(), map, picture, style, highlighted);
    paintMapState(painter, image.rect(), picture, style, state);
    return image;
}

AddressMap everybody()
{
    return AddressMap({branchOf("Everybody else (+all)", 0, {"0.0.0.0/0"})});
}

QList<double> greys(const std::array<QRgb, 64> &tile)
{
    QList<double> values;
    for (const QRgb pixel : tile)
        values << qGray(pixel);
    return values;
}

} // namespace

class MapPictureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void picturesAreAsTheirGoldensSay_data()
    {
        QTest::addColumn<QString>("window");
        QTest::addColumn<std::function<AddressMap()>>("make");
        const auto row = [](const char *name, const char *window, std::function<AddressMap()> make) {
            QTest::newRow(name) << QString::fromLatin1(window) << std::move(make);
        };
        row("empty", "0.0.0.0/0", [] { return AddressMap(); });
        row("everybody", "0.0.0.0/0", everybody);
        row("one-address", "0.0.0.0/0", [] { return AddressMap({branchOf("One", 0, {"8.8.4.4"})}); });
        row("one-address-near", "8.8.4.0/24", [] { return AddressMap({branchOf("One", 0, {"8.8.4.4"})}); });
        row("neighbours", "198.51.100.0/24", [] {
            return AddressMap({branchOf("Left", 0, {"198.51.100.0/26", "198.51.100.128/27"}),
                               branchOf("Right", 1, {"198.51.100.64/26", "198.51.100.160/27"})});
        });
        row("odd-lengths", "44.0.0.0/8", [] {
            return AddressMap({branchOf("Odd", 0, {"44.0.0.0/9", "44.160.0.0/11"}),
                               branchOf("Odder", 1, {"44.192.0.0/13", "44.240.0.0/15", "44.250.0.0/17"})});
        });
        row("shared", "0.0.0.0/0", [] {
            return AddressMap({branchOf("Most", 0, {"9.0.0.0/13"}), branchOf("Less", 1, {"9.8.0.0/14"}),
                               branchOf("Equal", 2, {"200.0.0.0/13"}),
                               branchOf("As well", 3, {"200.8.0.0/13"})});
        });
        row("changes", "192.0.0.0/16", [] {
            return AddressMap({branchOf("Stays", -1, {"192.0.32.0/20"}, Kind::Stays),
                               branchOf("Acme", 2, {"192.0.64.0/19"}, Kind::Won),
                               branchOf("Other", 1, {"192.0.128.0/18", "192.0.2.1"}, Kind::Lost)});
        });
        row("scattered", "0.0.0.0/0", [] { return AddressMap(scatteredBranches(10000, 8)); });
    }
    void picturesAreAsTheirGoldensSay()
    {
        QFETCH(QString, window);
        QFETCH(std::function<AddressMap()>, make);
        const AddressMap map = make();
        compareGolden(QString::fromLatin1(QTest::currentDataTag()),
                      toText(map, pictureOf(map, windowOf(cidr(window.toStdString())), Little)));
    }

    void aDomainsPictureIsAsItsGoldenSays()
    {
        const auto report = tests::reportOf(smallZone(), "example.com");
        const AddressMap map(report->spf);
        compareGolden(QStringLiteral("small-domain"), toText(map, pictureOf(map, MapWindow(), Little)));
        compareGolden(QStringLiteral("small-domain-near"),
                      toText(map, pictureOf(map, windowOf(cidr("203.0.113.0/24")), Little)));
    }

    void everyCellHoldsWhatAPlainCountFinds()
    {
        std::mt19937 random(31);
        for (const int networks : {1, 40, 3000}) {
            const AddressMap map(scatteredBranches(networks, 5, static_cast<unsigned>(networks)));
            for (int length = 0; length <= 24; length += 2) {
                const MapSpan &near = map.spans()[random() % map.spans().size()];
                // Between blocks as well as on one.
                const MapWindow window =
                    moved(windowAround(pointOf(IpAddress::fromV4(near.first)), length), 0.13, -0.07);
                const MapPicture picture = pictureOf(map, window, Little);
                QVERIFY(picture.side == 64 || picture.side == static_cast<int>(window.side));
                QCOMPARE(picture.window.side, window.side);
                std::uint64_t count = 0;
                for (int y = 0; y < picture.side; ++y) {
                    for (int x = 0; x < picture.side; ++x) {
                        const MapCell &cell = picture.cell(x, y);
                        const Cidr block = picture.blockAt(
                            QPointF((x + 0.5) / picture.side, (y + 0.5) / picture.side), picture.cellLength);
                        const MapFact fact = factOf(map, block);
                        QCOMPARE(std::uint64_t(cell.count), fact.count);
                        QCOMPARE(int(cell.branch), fact.parts.empty() ? -1 : fact.parts[0].branch);
                        QCOMPARE(int(cell.second), fact.parts.size() < 2 ? -1 : fact.parts[1].branch);
                        count += cell.count;
                    }
                }
                QCOMPARE(picture.count, count);
                for (const MapArea &area : picture.areas) {
                    for (int y = area.y; y < area.y + area.height; ++y) {
                        for (int x = area.x; x < area.x + area.width; ++x)
                            QCOMPARE(picture.cell(x, y),
                                     (MapCell{static_cast<std::int16_t>(area.branch), -1,
                                              static_cast<std::uint32_t>(picture.cellSize)}));
                    }
                }
            }
        }
    }

    void theWholeSpaceIsOneAreaAtEveryZoom()
    {
        const AddressMap map = everybody();
        for (int length = 0; length <= 24; length += 2) {
            const MapPicture picture =
                pictureOf(map, windowOf({*IpAddress::parse("203.0.113.7"), length}), Little);
            QCOMPARE(picture.areas, (std::vector<MapArea>{{0, 0, picture.side, picture.side, 0}}));
            QCOMPARE(picture.count, std::uint64_t(1) << static_cast<unsigned>(32 - length));
            QVERIFY(picture.marks.empty());
        }
    }

    void aSingleAddressIsSeenAtEveryZoom()
    {
        const IpAddress address = *IpAddress::parse("93.184.216.34");
        const AddressMap map({branchOf("One", 4, {"93.184.216.34"})});
        const AddressMap empty;
        for (const bool isDark : {false, true}) {
            const GraphStyle style = styleOf(isDark);
            for (int length = 0; length <= 24; length += 2) {
                const MapWindow window = windowOf({address, length});
                const QImage with = drawn(map, window, style);
                const MapPicture picture = pictureOf(map, window, {900, style.em, 1});
                QCOMPARE(picture.count, std::uint64_t(1));
                const QPoint at = (picture.placeOf({address, 32}).center() * 900).toPoint();
                int different = 0;
                double best = 1;
                const int around = static_cast<int>(std::max(style.em, 900.0 / picture.side));
                for (int y = std::max(0, at.y() - around); y < std::min(900, at.y() + around); ++y) {
                    for (int x = std::max(0, at.x() - around); x < std::min(900, at.x() + around); ++x) {
                        best = std::max(best, contrast(with.pixelColor(x, y), style.node));
                        different += with.pixelColor(x, y) != style.node ? 1 : 0;
                    }
                }
                QVERIFY2(different > style.em, qPrintable(QString::number(length)));
                QVERIFY2(best >= 4.5, qPrintable(QString::number(length)));
            }
        }
        QVERIFY(pictureOf(empty, MapWindow()).marks.empty());
    }

    void labelsNameTheBlocksBetweenTheLines_data()
    {
        QTest::addColumn<QString>("block");
        QTest::addColumn<int>("grid");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        const auto row = [](const char *block, int grid, const char *first, const char *last) {
            QTest::newRow(block) << QString::fromLatin1(block) << grid << QString::fromLatin1(first)
                                 << QString::fromLatin1(last);
        };
        row("0.0.0.0/0", 8, "0", "170");
        row("8.0.0.0/8", 14, "8.0", "8.168");
        row("8.8.0.0/16", 22, "8.8.0", "8.8.168");
        row("8.8.8.0/24", 32, ".0", ".170");
    }
    void labelsNameTheBlocksBetweenTheLines()
    {
        QFETCH(QString, block);
        QFETCH(int, grid);
        QFETCH(QString, first);
        QFETCH(QString, last);
        const MapPicture picture = pictureOf(AddressMap(), windowOf(cidr(block.toStdString())));
        QCOMPARE(picture.gridLength, grid);
        QCOMPARE(picture.labels.front().text, first);
        QCOMPARE(picture.labels.back().text, last);
    }

    void whatThePointerIsOnIsTheCellBelowIt()
    {
        const AddressMap map({branchOf("Acme", 0, {"203.0.113.16/28"})});
        const MapPicture picture = pictureOf(map, windowOf(cidr("203.0.113.0/24")));
        const QPointF middle = picture.placeOf(cidr("203.0.113.20")).center();
        const MapFact fact = factAt(map, picture, middle);
        QCOMPARE(fact.block, cidr("203.0.113.20"));
        QCOMPARE(fact.networks, (std::vector<MapNetwork>{{cidr("203.0.113.16/28"), 0}}));
        QVERIFY(fact.special);
        QCOMPARE(picture.blockAt(middle, 28), cidr("203.0.113.16/28"));
        // Beyond the rim the nearest.
        QCOMPARE(factAt(map, picture, {-3, -3}).block, picture.blockAt({0, 0}, 32));
    }

    void rangesThatNoMailComesFromAreNamed()
    {
        QStringList names;
        for (const MapSpecial &special : pictureOf(AddressMap(), MapWindow()).specials)
            names << special.name;
        for (const char *name : {"this network", "private use", "loopback", "multicast", "reserved"})
            QVERIFY(names.contains(QString::fromLatin1(name)));
        QCOMPARE(pictureOf(AddressMap(), windowOf(cidr("8.0.0.0/8"))).specials.size(), std::size_t(0));
    }

    void edgesKeepTheirContrastAndHatchesDiffer()
    {
        for (const bool isDark : {false, true}) {
            const GraphStyle style = styleOf(isDark);
            std::vector<QList<double>> hatches;
            for (int look = -1; look < Theme::BranchCount; ++look) {
                const MapLook branch(branchOf("x", look, {}), style);
                QVERIFY2(contrast(branch.edge, style.node) >= 4.5, qPrintable(QString::number(look)));
                QVERIFY(branch.strength(1.0) != branch.strength(0.5));
                QVERIFY(branch.strength(0.5) != branch.strength(1e-6));
                QVERIFY(branch.strength(1e-9) != style.node.rgb());
                // Of two branches that share a colour the hatch differs, without colours too.
                if (look >= 6)
                    QVERIFY(greys(branch.hatch) != hatches[static_cast<std::size_t>(look - 6) + 1]);
                hatches.push_back(greys(branch.hatch));
            }
        }
    }

    void theLegendSaysEveryBranchOnce()
    {
        const AddressMap map({branchOf("Acme", 0, {"203.0.113.0/24"}), branchOf("Other", 1, {"8.8.8.8"})});
        QCOMPARE(legendOf(map), (std::vector<MapKey>{{0, QStringLiteral("Acme"), QStringLiteral("256")},
                                                     {1, QStringLiteral("Other"), QStringLiteral("1")},
                                                     {-1, QStringLiteral("No mail comes from here"), {}}}));
        const AddressMap changes({branchOf("Stays", -1, {"192.0.2.0/25"}, Kind::Stays),
                                  branchOf("Acme", 2, {"192.0.2.128/26"}, Kind::Won),
                                  branchOf("Too", 2, {"192.0.2.192/27"}, Kind::Won),
                                  branchOf("Other", 1, {"192.0.2.224/27"}, Kind::Lost)});
        const std::vector<MapKey> keys = legendOf(changes);
        QCOMPARE(keys.size(), std::size_t(4));
        QCOMPARE(keys[1], (MapKey{1, QStringLiteral("Won"), QStringLiteral("96")}));
        QCOMPARE(keys[2], (MapKey{3, QStringLiteral("Lost"), QStringLiteral("32")}));
    }

    void mapsAreDrawnOnScreenAndPaper()
    {
        const AddressMap scattered(scatteredBranches(10000, 8));
        const auto snapshot = readSnapshot(sampleSnapshot());
        QVERIFY(snapshot);
        const AddressMap changes(
            {branchOf("Stays", -1, {"52.0.0.0/11", "40.92.0.0/15"}, Kind::Stays),
             branchOf("Google Workspace", 2, {"209.85.128.0/17", "66.102.0.0/20"}, Kind::Won),
             branchOf("SendGrid", 1, {"167.89.0.0/17", "149.72.0.0/16"}, Kind::Lost)});
        spf::RecordCache records;
        FactStore facts = snapshot->facts;
        const Report report = inspect(snapshot->domains.front(), facts, records, {}, {});
        const AddressMap sample(report.spf);
        QVERIFY(!sample.spans().empty());
        const MapState state{cidr("66.0.0.0/8"), true, cidr("203.0.0.0/12"), *IpAddress::parse("149.72.1.1"),
                             Meaning::Ok};
        const auto sheet = [](const AddressMap &map, const char *title, const GraphStyle &style) {
            return toImage(map, MapWindow(), QString::fromLatin1(title), style, 900, 1);
        };
        for (const bool isDark : {false, true}) {
            const GraphStyle style = styleOf(isDark);
            const auto keepIn = [this, isDark](const char *name, const QImage &image) {
                keep(QLatin1String(isDark ? "dark-%1" : "light-%1").arg(QLatin1String(name)), image);
            };
            keepIn("sample", sheet(sample, "Who may send as this domain", style));
            keepIn("scattered", sheet(scattered, "Ten thousand networks", style));
            keepIn("everybody", sheet(everybody(), "+all", style));
            keepIn("changes", sheet(changes, "Won and lost", style));
            keepIn("empty", drawn(AddressMap(), MapWindow(), style));
            keepIn("state", drawn(scattered, MapWindow(), style, 700, 2, state));
            const IpAddress dense = IpAddress::fromV4(scattered.spans()[4000].first);
            for (const int length : {4, 8, 14, 18, 24})
                keepIn(qPrintable(QStringLiteral("zoom-%1").arg(length)),
                       drawn(scattered, windowOf({dense, length}), style));
            QVERIFY(drawn(scattered, MapWindow(), style) != drawn(scattered, MapWindow(), style, 900, 2));
            QCOMPARE(drawn(scattered, MapWindow(), style), drawn(scattered, MapWindow(), style));
        }
        keep(QStringLiteral("paper-scattered"),
             sheet(scattered, "Ten thousand networks", paperStyle(QGuiApplication::font()))
                 .convertToFormat(QImage::Format_Grayscale8));
    }

    void anImageIsBounded()
    {
        const QImage image =
            toImage(everybody(), MapWindow(), QStringLiteral("+all"), styleOf(false), 900, 40);
        QVERIFY(!image.isNull());
        QVERIFY(qint64(image.width()) * image.height() <= 33'000'000);
    }

private:
    void compareGolden(const QString &name, const QString &text)
    {
        QCOMPARE(differenceToGolden(QStringLiteral("map/%1.txt").arg(name), text.toUtf8()), QString());
    }

    /// With MAILOSCOPE_SHOTS set to a folder the pictures are kept for people to look at.
    void keep(const QString &name, const QImage &image)
    {
        QVERIFY(!image.isNull());
        const QString folder = qEnvironmentVariable("MAILOSCOPE_SHOTS");
        if (!folder.isEmpty())
            QVERIFY(image.save(QStringLiteral("%1/map-%2.png").arg(folder, name)));
    }
};

QTEST_MAIN(MapPictureTest)
#include "tst_map_picture.moc"
