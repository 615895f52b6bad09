// SPDX-License-Identifier: Apache-2.0
// The address map by itself: keys, wheel, fingers, drags, the block at hand, what a screen reader hears.
#include "map/map_view.h"
#include "map/map_words.h"
#include "ui/map_samples.h"
#include "ui/reports.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGestureEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <set>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

Zone mapZone()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 ip4:203.0.113.0/24 include:_spf.example.net -all\"");
    zone.add("_spf.example.net TXT \"v=spf1 ip4:40.92.0.0/15 ip4:52.100.0.0/14 ip4:52.104.7.9 -all\"");
    return zone;
}

struct ViewFixture {
    explicit ViewFixture(const Zone &zone = mapZone())
    {
        view.resize(600, 600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.activateWindow();
        view.setFocus();
        report = reportOf(zone, "example.com");
        view.setMap(std::make_shared<const AddressMap>(report->spf));
        view.startAfresh();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }
    QString current() const { return QString::fromStdString(view.current().toString()); }
    QPoint middleOf(const char *block) const { return view.rectOf(cidr(block)).center().toPoint(); }
    void turn(const QPoint &at, int notches)
    {
        QWheelEvent event(at, view.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }

    void move(const QPoint &at, Qt::MouseButtons buttons = Qt::NoButton)
    {
        QMouseEvent event(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, buttons, {});
        QCoreApplication::sendEvent(&view, &event);
    }

    std::shared_ptr<const Report> report;
    MapView view;
};

} // namespace

class MapViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itBeginsWithEverythingAndTheFirstBlockThatIsUsed()
    {
        ViewFixture f;
        QVERIFY(f.view.window().isWhole());
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
    }

    void arrowsGoToTheNeighbours()
    {
        ViewFixture f;
        for (const auto &[key, way] :
             {std::pair(Qt::Key_Right, MapWay::Right), std::pair(Qt::Key_Down, MapWay::Down),
              std::pair(Qt::Key_Left, MapWay::Left), std::pair(Qt::Key_Up, MapWay::Up)}) {
            const std::optional<Cidr> wanted = neighbour(f.view.current(), way);
            f.press(key);
            QCOMPARE(f.view.current(), wanted.value_or(f.view.current()));
        }
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
    }

    void keysAloneReachEveryBlockAndStopAtTheEdge()
    {
        ViewFixture f;
        f.view.setCurrent(cidr("0.0.0.0/8"));
        std::set<Cidr> reached;
        for (int row = 0; row < 16; ++row) {
            for (int column = 0; column < 16; ++column) {
                reached.insert(f.view.current());
                f.press(row % 2 == 0 ? Qt::Key_Right : Qt::Key_Left);
            }
            f.press(Qt::Key_Down);
        }
        QCOMPARE(reached.size(), std::size_t(256));
        QCOMPARE(f.view.blocks().size(), std::size_t(256));
        QVERIFY(f.view.window().isWhole());
    }

    void arrowsTakeTheMapAlong()
    {
        ViewFixture f;
        f.press(Qt::Key_Return);
        QCOMPARE(f.view.window().prefixLength(), 8);
        for (int i = 0; i < 40; ++i)
            f.press(Qt::Key_Right);
        QVERIFY(!cidr("40.0.0.0/8").contains(f.view.current().first()));
        QVERIFY(f.view.rect().contains(f.view.rectOf(f.view.current()).center().toPoint()));
    }

    void controlAndArrowsGoToTheBlocksThatAreUsed()
    {
        ViewFixture f;
        f.press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.current(), QStringLiteral("52.0.0.0/8"));
        f.press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.current(), QStringLiteral("203.0.0.0/8"));
        f.press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.current(), QStringLiteral("203.0.0.0/8"));
        f.press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(f.current(), QStringLiteral("52.0.0.0/8"));
    }

    void enterGoesIntoTheBlockAndBackspaceOut()
    {
        ViewFixture f;
        f.press(Qt::Key_Right, Qt::ControlModifier);
        f.press(Qt::Key_Return);
        QCOMPARE(blockOf(f.view.window()), std::optional(cidr("52.0.0.0/8")));
        QCOMPARE(f.current(), QStringLiteral("52.100.0.0/16"));
        f.press(Qt::Key_Return);
        f.press(Qt::Key_Return);
        QCOMPARE(blockOf(f.view.window()), std::optional(cidr("52.100.0.0/24")));
        QCOMPARE(f.current(), QStringLiteral("52.100.0.0/32"));
        f.press(Qt::Key_Return); // a /24 is as near as it gets
        QCOMPARE(blockOf(f.view.window()), std::optional(cidr("52.100.0.0/24")));
        f.press(Qt::Key_Backspace);
        f.press(Qt::Key_Backspace);
        QCOMPARE(blockOf(f.view.window()), std::optional(cidr("52.0.0.0/8")));
        f.press(Qt::Key_Backspace);
        QVERIFY(f.view.window().isWhole());
        QCOMPARE(f.current(), QStringLiteral("52.0.0.0/8"));
        f.press(Qt::Key_Backspace);
        QVERIFY(f.view.window().isWhole());
    }

    void keysZoomFromEverythingToASlash24()
    {
        ViewFixture f;
        for (int i = 0; i < 20; ++i)
            f.press(Qt::Key_Plus);
        QCOMPARE(f.view.window().prefixLength(), 24);
        QVERIFY(cidr("40.92.0.0/24").contains(f.view.current().first()));
        f.press(Qt::Key_Minus);
        QCOMPARE(f.view.window().prefixLength(), 22);
        f.press(Qt::Key_Home);
        QVERIFY(f.view.window().isWhole());
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
        f.press(Qt::Key_Plus);
        f.press(Qt::Key_0);
        QVERIFY(f.view.window().isWhole());
    }

    void theWheelZoomsAtThePointer()
    {
        ViewFixture f;
        const QPoint at = f.middleOf("203.0.0.0/8");
        f.turn(at, 2);
        QCOMPARE(f.view.window().prefixLength(), 4);
        QVERIFY(f.view.rectOf(cidr("203.0.0.0/8")).contains(at));
        f.turn(at, -5);
        QVERIFY(f.view.window().isWhole());
    }

    void halfANotchIsKeptForTheNext()
    {
        ViewFixture f;
        for (int i = 0; i < 4; ++i) {
            const QPoint at(300, 300);
            QWheelEvent event(at, f.view.mapToGlobal(at), {}, {0, 30}, Qt::NoButton, {}, Qt::NoScrollPhase,
                              false);
            QCoreApplication::sendEvent(&f.view, &event);
        }
        QCOMPARE(f.view.window().prefixLength(), 2);
    }

    void twoFingersZoom()
    {
        ViewFixture f;
        const auto pinch = [&f](Qt::GestureState, double factor) {
            QPinchGesture gesture;
            gesture.setScaleFactor(factor);
            gesture.setCenterPoint(f.view.mapToGlobal(f.middleOf("40.0.0.0/8")));
            QGestureEvent event({&gesture});
            QCoreApplication::sendEvent(&f.view, &event);
        };
        pinch(Qt::GestureUpdated, 1.3);
        QVERIFY(f.view.window().isWhole());
        pinch(Qt::GestureUpdated, 1.3);
        QCOMPARE(f.view.window().prefixLength(), 2);
        pinch(Qt::GestureUpdated, 0.3);
        QVERIFY(f.view.window().isWhole());
    }

    void twoFingersOnATouchpadZoom()
    {
        ViewFixture f;
        const QPointF at = f.middleOf("40.0.0.0/8");
        const auto pinch = [&](Qt::NativeGestureType type, double value) {
            QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at,
                                      f.view.mapToGlobal(at.toPoint()), value, {});
            QCoreApplication::sendEvent(&f.view, &event);
        };
        pinch(Qt::BeginNativeGesture, 0);
        pinch(Qt::ZoomNativeGesture, 0.3);
        QVERIFY(f.view.window().isWhole());
        pinch(Qt::ZoomNativeGesture, 0.3);
        QCOMPARE(f.view.window().prefixLength(), 2);
        pinch(Qt::ZoomNativeGesture, -7);
        pinch(Qt::EndNativeGesture, 0);
        QVERIFY(f.view.window().isWhole());
    }

    void aDragMovesAndChoosesNothing()
    {
        ViewFixture f;
        f.press(Qt::Key_Return);
        QSignalSpy chosen(&f.view, &MapView::chosen);
        const MapWindow before = f.view.window();
        QTest::mousePress(&f.view, Qt::LeftButton, {}, QPoint(300, 300));
        f.move(QPoint(250, 300), Qt::LeftButton);
        f.move(QPoint(150, 300), Qt::LeftButton);
        QTest::mouseRelease(&f.view, Qt::LeftButton, {}, QPoint(150, 300));
        QVERIFY(f.view.window().x > before.x);
        QCOMPARE(f.view.window().side, before.side);
        QCOMPARE(chosen.size(), 0);
    }

    void aClickChoosesAndADoubleClickGoesIn()
    {
        ViewFixture f;
        QSignalSpy chosen(&f.view, &MapView::chosen);
        QTest::mouseClick(&f.view, Qt::LeftButton, {}, f.middleOf("203.0.0.0/8"));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(f.current(), QStringLiteral("203.0.0.0/8"));
        QTest::mouseDClick(&f.view, Qt::LeftButton, {}, f.middleOf("203.0.0.0/8"));
        QCOMPARE(blockOf(f.view.window()), std::optional(cidr("203.0.0.0/8")));
        QTest::mouseClick(&f.view, Qt::BackButton, {}, QPoint(10, 10));
        QVERIFY(f.view.window().isWhole());
    }

    void thePointerTellsWithoutTaking()
    {
        ViewFixture f;
        f.move(f.middleOf("203.0.0.0/8"));
        QCOMPARE(f.view.spokenOf(), cidr("203.0.0.0/8"));
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
        f.press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(f.view.spokenOf(), cidr("52.0.0.0/8"));
    }

    void theBlockIsToldWithFigures_data()
    {
        QTest::addColumn<QString>("block");
        QTest::addColumn<QString>("words");
        QTest::newRow("a part") << "40.0.0.0/8"
                                << "40.0.0.0/8 · 131,072 of 16,777,216 addresses may send (0.78 %)\n"
                                   "_spf.example.net · 131,072 (0.78 %)\n"
                                   "Networks: 40.92.0.0/15";
        QTest::newRow("itself") << "203.0.113.0/24"
                                << "203.0.113.0/24 · 256 of 256 addresses may send (100 %)\n"
                                   "Own networks · 256 (100 %)\n"
                                   "No mail comes from here: documentation (RFC 5737)";
        QTest::newRow("an address") << "52.104.7.9"
                                    << "52.104.7.9/32 · may send\n_spf.example.net · 1 (100 %)";
        QTest::newRow("another") << "52.104.7.10"
                                 << "52.104.7.10/32 · may not send";
        QTest::newRow("nobody") << "9.0.0.0/8"
                                << "9.0.0.0/8 · none of 16,777,216 addresses may send";
    }
    void theBlockIsToldWithFigures()
    {
        QFETCH(QString, block);
        QFETCH(QString, words);
        const auto report = reportOf(mapZone(), "example.com");
        const AddressMap map(report->spf);
        QCOMPARE(wordsOf(map, *readGoTo(block).block), words);
    }

    void whatIsTypedIsGoneTo_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("block");
        QTest::addColumn<QString>("error");
        QTest::newRow("address") << " 40.92.3.4 "
                                 << "40.92.3.4/32"
                                 << "";
        QTest::newRow("host bits") << "40.92.3.4/15"
                                   << "40.92.0.0/15"
                                   << "";
        QTest::newRow("term") << "+ip4:40.92.0.0/15"
                              << "40.92.0.0/15"
                              << "";
        QTest::newRow("IPv6") << "2001:DB8::1/32"
                              << "2001:db8::/32"
                              << "";
        QTest::newRow("nothing") << "  "
                                 << ""
                                 << "Type an address";
        QTest::newRow("name") << "mail.example.com"
                              << ""
                              << "\"mail.example.com\" is no IP address";
        QTest::newRow("markup") << "<b>x</b>"
                                << ""
                                << "is no IP address";
        QTest::newRow("too long") << "40.92.0.0/33"
                                  << ""
                                  << "from 0 to 32: \"33\"";
        QTest::newRow("no number") << "40.92.0.0/x"
                                   << ""
                                   << "from 0 to 32: \"x\"";
        QTest::newRow("no length") << "40.92.0.0/"
                                   << ""
                                   << "from 0 to 32";
        QTest::newRow("huge") << "40.92.0.0/99999999999999999999"
                              << ""
                              << "from 0 to 32";
        QTest::newRow("over IPv6") << "2001:db8::/129"
                                   << ""
                                   << "from 0 to 128";
    }
    void whatIsTypedIsGoneTo()
    {
        QFETCH(QString, typed);
        QFETCH(QString, block);
        QFETCH(QString, error);
        const GoToTarget target = readGoTo(typed);
        QCOMPARE(target.block ? QString::fromStdString(target.block->toString()) : QString(), block);
        QVERIFY2(error.isEmpty() ? target.error.isEmpty() : target.error.contains(error),
                 qPrintable(target.error));
    }

    void aPlaceThatIsGoneToIsSeenAndStaysAtHand()
    {
        ViewFixture f;
        f.view.goTo(cidr("52.104.7.9"));
        QCOMPARE(f.current(), QStringLiteral("52.104.7.9/32"));
        QCOMPARE(f.view.window().prefixLength(), 24);
        f.view.goTo(cidr("40.92.0.0/15"));
        QCOMPARE(f.current(), QStringLiteral("40.92.0.0/15"));
        QVERIFY(QRectF(f.view.rect()).contains(f.view.rectOf(cidr("40.92.0.0/15"))));
        f.press(Qt::Key_Plus);
        QCOMPARE(f.current(), QStringLiteral("40.92.0.0/15"));
        f.press(Qt::Key_Right);
        QCOMPARE(f.view.current().prefixLength, f.view.stepLength());
    }

    void theListGoesFromBlockToBlockOfABranch()
    {
        ViewFixture f;
        const int branch = f.view.map().branchOf(IpAddress::fromV4(40U << 24 | 92U << 16));
        f.view.goToNextOf(branch);
        QCOMPARE(f.current(), QStringLiteral("52.0.0.0/8"));
        f.view.goToNextOf(branch);
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
        f.view.goToNextOf(-1);
        QCOMPARE(f.current(), QStringLiteral("40.0.0.0/8"));
    }

    void theBlockAndItsNetworksAreCopied()
    {
        ViewFixture f;
        f.press(Qt::Key_Right, Qt::ControlModifier);
        f.press(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("52.0.0.0/8 · 262,145 of")));
        f.view.copyNetworks();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("52.100.0.0/14\t_spf.example.net\n52.104.7.9/32\t_spf.example.net\n"));
    }

    void theMenuOffersWhatTheKeysDo()
    {
        ViewFixture f;
        QAction own(QStringLiteral("Own"));
        f.view.addMenuAction(&own);
        QContextMenuEvent event(QContextMenuEvent::Mouse, f.middleOf("9.0.0.0/8"),
                                f.view.mapToGlobal(f.middleOf("9.0.0.0/8")));
        QCoreApplication::sendEvent(&f.view, &event);
        QCOMPARE(f.current(), QStringLiteral("9.0.0.0/8"));
        auto *menu = f.view.findChild<QMenu *>(QStringLiteral("addressMapMenu"));
        QVERIFY(menu);
        QVERIFY(!menu->findChild<QAction *>(QStringLiteral("copyNetworks"))->isEnabled());
        QVERIFY(menu->actions().contains(&own));
        QSignalSpy save(&f.view, &MapView::saveRequested);
        menu->actions().last()->trigger();
        QCOMPARE(save.size(), 1);
        menu->close();
    }

    void whereItStandsStaysWhenTheRecordChanges()
    {
        ViewFixture f;
        f.press(Qt::Key_Right, Qt::ControlModifier);
        f.press(Qt::Key_Return);
        const MapWindow window = f.view.window();
        const QString block = f.current();
        Zone other;
        other.add("example.com TXT \"v=spf1 ip4:192.0.2.0/24 -all\"");
        f.view.setMap(std::make_shared<const AddressMap>(reportOf(other, "example.com")->spf));
        QCOMPARE(f.view.window(), window);
        QCOMPARE(f.current(), block);
        QVERIFY(f.view.accessibleDescription().contains(QStringLiteral("none of")));
    }

    void aScreenReaderMeetsAListOfBlocks()
    {
        ViewFixture f;
        QAccessibleInterface *map = QAccessible::queryAccessibleInterface(&f.view);
        QVERIFY(map);
        QCOMPARE(map->role(), QAccessible::List);
        QCOMPARE(map->text(QAccessible::Name), QStringLiteral("Address map"));
        QCOMPARE(map->childCount(), 256);
        f.press(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(map->text(QAccessible::Value).startsWith(QStringLiteral("52.0.0.0/8 · 262,145 of")));
        QAccessibleInterface *block = map->focusChild();
        QVERIFY(block);
        QCOMPARE(block->role(), QAccessible::ListItem);
        QCOMPARE(block->text(QAccessible::Name), QStringLiteral("52.0.0.0/8"));
        QVERIFY(block->text(QAccessible::Description).startsWith(QStringLiteral("262,145 of")));
        QVERIFY(block->text(QAccessible::Description).contains(QStringLiteral("_spf.example.net")));
        QVERIFY(block->state().selected && block->state().focused);
        QCOMPARE(map->child(map->indexOfChild(block)), block);
        const QPoint at = block->rect().center();
        QCOMPARE(map->childAt(at.x(), at.y()), block);
        for (int i = 0; i < map->childCount(); ++i)
            QVERIFY(!map->child(i)->text(QAccessible::Name).isEmpty());
    }

    void oneFollowsAnother()
    {
        ViewFixture f;
        MapView other;
        other.resize(300, 300);
        f.press(Qt::Key_Right, Qt::ControlModifier);
        f.press(Qt::Key_Return);
        QSignalSpy moved(&other, &MapView::windowChanged);
        other.follow(f.view);
        QCOMPARE(other.window(), f.view.window());
        QCOMPARE(other.current(), f.view.current());
        QCOMPARE(moved.size(), 0);
    }

    void withoutAMapThereIsNothingToBreak()
    {
        MapView view;
        view.resize(200, 100);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Down, Qt::Key_0, Qt::Key_Return, Qt::Key_Backspace,
                                  Qt::Key_Space, Qt::Key_Plus, Qt::Key_Minus})
            QTest::keyClick(&view, key);
        QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
        view.copyNetworks();
        view.highlight(3);
        view.resize(1, 1);
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(MapViewTest)
#include "tst_map_view.moc"
