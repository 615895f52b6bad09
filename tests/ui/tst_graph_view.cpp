// SPDX-License-Identifier: Apache-2.0
// The include graph in the window: keys, folding, the shared selection, the walk, files.
#include "graph/graph_minimap.h"
#include "graph/graph_view.h"
#include "selection.h"
#include "support/zone_gatherer.h"
#include "theme/palettes.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QAccessible>
#include <QAction>
#include <QFile>
#include <QNativeGestureEvent>
#include <QPointingDevice>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QWheelEvent>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

/// A view by itself.
struct ViewFixture {
    explicit ViewFixture(std::shared_ptr<const Report> report) : view(selection, walk)
    {
        view.resize(1000, 600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.activateWindow();
        view.setFocus();
        view.showReport(std::move(report));
    }
    const GraphNode &node(int index) const { return view.picture().nodes[static_cast<std::size_t>(index)]; }
    TermPath current() const { return node(view.current()).path; }
    /// Ticks of a wheel; with `pixels`, fingers on a touchpad.
    void wheel(const QPointF &at, const QPoint &angle, Qt::KeyboardModifiers modifiers = {},
               const QPoint &pixels = {})
    {
        QWheelEvent event(at, view.viewport()->mapToGlobal(at), pixels, angle, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view.viewport(), &event);
    }
    void native(Qt::NativeGestureType type, const QPointF &at, double value)
    {
        const QPointF onScreen = view.viewport()->mapToGlobal(at);
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at, onScreen, value,
                                  {});
        QCoreApplication::sendEvent(view.viewport(), &event);
    }
    /// What the view shows at a point, in lines of text.
    QPointF placeAt(const QPointF &point) const
    {
        const QRectF seen = view.visiblePlace();
        return seen.topLeft() + QPointF(point.x() / view.viewport()->width() * seen.width(),
                                        point.y() / view.viewport()->height() * seen.height());
    }
    /// A point of the viewport with neither node nor handle; null where there is none.
    QPoint emptyPoint() const
    {
        for (int y = 20; y < view.viewport()->height() - 200; y += 7) {
            for (int x = 20; x < view.viewport()->width() - 200; x += 7) {
                const QPointF place = placeAt(QPointF(x, y));
                const std::vector<GraphNode> &nodes = view.picture().nodes;
                const bool isFree = std::none_of(nodes.begin(), nodes.end(), [&](const GraphNode &each) {
                    return each.place.united(foldHandleOf(each)).adjusted(-1, -1, 1, 1).contains(place);
                });
                if (isFree)
                    return {x, y};
            }
        }
        return {};
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }

    Selection selection;
    AddressWalk walk;
    GraphView view;
};

std::shared_ptr<const Report> small()
{
    return reportOf(smallZone(), "example.com");
}

} // namespace

class GraphViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void arrowsGoToChildParentAndNeighbours()
    {
        ViewFixture f(small());
        QCOMPARE(f.current(), TermPath());
        f.press(Qt::Key_Right);
        QCOMPARE(f.current(), TermPath{1});
        f.press(Qt::Key_Up);
        QCOMPARE(f.current(), TermPath{0});
        f.press(Qt::Key_Down);
        f.press(Qt::Key_Right);
        QCOMPARE(f.current(), (TermPath{1, 0}));
        f.press(Qt::Key_Left);
        QCOMPARE(f.current(), TermPath{1});
        f.press(Qt::Key_Left, Qt::ControlModifier);
        QCOMPARE(f.current(), TermPath());
        f.press(Qt::Key_End);
        QCOMPARE(f.view.current(), static_cast<int>(f.view.picture().nodes.size()) - 1);
        f.press(Qt::Key_Home);
        QCOMPARE(f.current(), TermPath());
    }

    void leftFoldsAndRightUnfolds()
    {
        ViewFixture f(small());
        const std::size_t all = f.view.picture().nodes.size();
        f.press(Qt::Key_Right);
        f.press(Qt::Key_Left);
        QCOMPARE(f.current(), TermPath{1});
        QVERIFY(f.view.isFolded(TermPath{1}));
        QCOMPARE(f.view.picture().nodes.size(), all - 1);
        f.press(Qt::Key_Right);
        QCOMPARE(f.view.picture().nodes.size(), all);
        f.press(Qt::Key_Space);
        QVERIFY(f.view.isFolded(TermPath{1}));
        f.press(Qt::Key_Asterisk);
        QCOMPARE(f.view.picture().nodes.size(), all);
        f.press(Qt::Key_Slash);
        QCOMPARE(f.view.picture().nodes.size(), all - 1);
    }

    void aClickOnTheHandleFolds()
    {
        ViewFixture f(small());
        const int index = f.view.picture().nodeAt(TermPath{1});
        const QPoint handle = f.view.rectOf(foldHandleOf(f.node(index))).center().toPoint();
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, handle);
        QVERIFY(f.view.isFolded(TermPath{1}));
    }

    void aClickSelectsAndTheSelectionIsFollowed()
    {
        ViewFixture f(small());
        const int index = f.view.picture().nodeAt(TermPath{1, 0});
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {},
                          f.view.rectOf(f.node(index).place).center().toPoint());
        QCOMPARE(f.selection.path(), (TermPath{1, 0}));
        f.selection.selectPath(TermPath{0});
        QCOMPARE(f.current(), TermPath{0});
        // A network has no node of its own: its record shows it, and stays what is selected elsewhere.
        f.selection.selectPath(TermPath{1, 1});
        QCOMPARE(f.current(), TermPath{1});
        QCOMPARE(f.selection.path(), (TermPath{1, 1}));
    }

    void aPlaceInAFoldedBranchOpensIt()
    {
        ViewFixture f(small());
        f.view.setFolded(TermPath{1}, true);
        f.selection.selectPath(TermPath{1, 0});
        QVERIFY(!f.view.isFolded(TermPath{1}));
        QCOMPARE(f.current(), (TermPath{1, 0}));
    }

    void whatIsSelectedInABranchThatFoldsMovesToTheBranch()
    {
        ViewFixture f(small());
        f.selection.selectPath(TermPath{1, 0});
        f.view.setFolded(TermPath{1}, true);
        QCOMPARE(f.selection.path(), TermPath{1});
    }

    void theCurrentNodeStaysWhereItIsWhileAnswersArrive()
    {
        const auto reports = reportsOf(wideZone(40), "wide.example.org", 1);
        ViewFixture f(reports.at(3));
        f.view.showNaturalSize();
        const QPointF before = f.view.rectOf(f.node(f.view.current()).place).topLeft();
        for (std::size_t i = 4; i < reports.size(); ++i) {
            f.view.showReport(reports[i]);
            const QPointF now = f.view.rectOf(f.node(f.view.current()).place).topLeft();
            QVERIFY((now - before).manhattanLength() < 1.0);
        }
        QCOMPARE(f.view.zoom(), 1.0);
    }

    void keysZoomAndFit()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        QCOMPARE(f.view.picture().nodes.size(), std::size_t(60));
        f.press(Qt::Key_0);
        const double fitting = f.view.zoom();
        QVERIFY(fitting < 1);
        QVERIFY(f.view.visiblePlace().adjusted(-0.1, -0.1, 0.1, 0.1).contains(f.view.picture().bounds));
        QVERIFY(!f.view.findChild<GraphMinimap *>()->isVisible());
        f.press(Qt::Key_Plus);
        QVERIFY(f.view.zoom() > fitting);
        f.press(Qt::Key_1);
        QCOMPARE(f.view.zoom(), 1.0);
        QVERIFY(f.view.findChild<GraphMinimap *>()->isVisible());
        f.press(Qt::Key_Minus);
        QVERIFY(f.view.zoom() < 1);
    }

    void aLargeTreeIsFoldedToWhatOneCanRead()
    {
        ViewFixture f(reportOf(wideZone(200), "wide.example.org"));
        QVERIFY(f.view.picture().nodes.size() <= 60);
        QVERIFY(f.view.picture().nodes.size() > 10);
        f.press(Qt::Key_Asterisk);
        QCOMPARE(f.view.picture().nodes.size(), std::size_t(200));
    }

    void aDragAndTheScrollBarsMoveTheView()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.press(Qt::Key_1);
        const QRectF before = f.view.visiblePlace();
        f.view.verticalScrollBar()->setValue(f.view.verticalScrollBar()->value() + 50);
        QVERIFY(f.view.visiblePlace().top() > before.top());
        f.view.centreOn(f.view.picture().bounds.center());
        const QPointF middle = f.view.visiblePlace().center() - f.view.picture().bounds.center();
        QVERIFY(middle.manhattanLength() < 1);
    }

    void aDragMovesWhatIsUnderTheHand()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        f.view.centreOn(f.view.picture().bounds.center());
        const QPoint from = f.emptyPoint();
        QVERIFY(!from.isNull());
        const QPointF held = f.placeAt(from);
        const TermPath current = f.current();
        QWidget *viewport = f.view.viewport();
        QTest::mousePress(viewport, Qt::LeftButton, {}, from);
        QCOMPARE(viewport->cursor().shape(), Qt::ClosedHandCursor);
        QTest::mouseMove(viewport, from + QPoint(30, 40));
        QTest::mouseMove(viewport, from + QPoint(60, 90));
        QVERIFY((f.placeAt(from + QPoint(60, 90)) - held).manhattanLength() < 0.1);
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, from + QPoint(60, 90));
        QVERIFY(viewport->cursor().shape() != Qt::ClosedHandCursor);
        QTest::mouseMove(viewport, from);
        QVERIFY((f.placeAt(from + QPoint(60, 90)) - held).manhattanLength() < 0.1);
        QCOMPARE(f.current(), current);
    }

    void theMiddleButtonDragsFromANodeToo()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        f.view.centreOn(f.node(0).place.center());
        const QPoint from = f.view.rectOf(f.node(0).place).center().toPoint();
        const QPointF held = f.placeAt(from);
        QTest::mousePress(f.view.viewport(), Qt::MiddleButton, {}, from);
        QTest::mouseMove(f.view.viewport(), from + QPoint(25, 15));
        QTest::mouseRelease(f.view.viewport(), Qt::MiddleButton, {}, from + QPoint(25, 15));
        QVERIFY((f.placeAt(from + QPoint(25, 15)) - held).manhattanLength() < 0.1);
    }

    void thePictureIsNeverDraggedOutOfTheView()
    {
        ViewFixture f(small());
        const QPoint from = f.emptyPoint();
        QVERIFY(!from.isNull());
        QTest::mousePress(f.view.viewport(), Qt::LeftButton, {}, from);
        for (const QPoint &way : {QPoint(5000, 5000), QPoint(-9000, -9000), QPoint(9000, -9000)}) {
            QTest::mouseMove(f.view.viewport(), from + way);
            QVERIFY(f.view.visiblePlace().intersects(f.view.picture().bounds));
        }
        QTest::mouseRelease(f.view.viewport(), Qt::LeftButton, {}, from);
    }

    void aWheelZoomsAtThePointerWithinBounds()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        const QPointF at(400, 250);
        const QPointF under = f.placeAt(at);
        f.wheel(at, {0, 120});
        QVERIFY(f.view.zoom() > 1.1 && f.view.zoom() < 1.3);
        QVERIFY((f.placeAt(at) - under).manhattanLength() < 0.01);
        f.wheel(at, {0, -120});
        QVERIFY(qAbs(f.view.zoom() - 1) < 1e-9);
        QVERIFY((f.placeAt(at) - under).manhattanLength() < 0.01);
        for (int i = 0; i < 100; ++i)
            f.wheel(at, {0, 1200});
        const double most = f.view.zoom();
        QVERIFY(most >= 2 && most <= 8);
        for (int i = 0; i < 100; ++i)
            f.wheel(at, {0, -1200});
        QVERIFY(f.view.zoom() > 0.01 && f.view.zoom() < 0.2);
        QVERIFY(!f.view.grab().isNull());
    }

    void withShiftAWheelMovesAndATouchpadMovesUnlessCtrlIsHeld()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        f.view.centreOn(f.view.picture().bounds.center());
        const QPointF at(400, 250);
        QRectF before = f.view.visiblePlace();
        f.wheel(at, {0, -120}, Qt::ShiftModifier);
        QVERIFY(f.view.visiblePlace().left() > before.left());
        QCOMPARE(f.view.visiblePlace().top(), before.top());
        before = f.view.visiblePlace();
        f.wheel(at, {0, -60}, {}, {0, -30});
        QVERIFY(f.view.visiblePlace().top() > before.top());
        QCOMPARE(f.view.zoom(), 1.0);
        f.wheel(at, {0, 60}, Qt::ControlModifier, {0, 30});
        QVERIFY(f.view.zoom() > 1);
    }

    void aPinchOnATouchpadZoomsAtItsPlace()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        const QPointF at(300, 200);
        const QPointF under = f.placeAt(at);
        f.native(Qt::BeginNativeGesture, at, 0);
        f.native(Qt::ZoomNativeGesture, at, 0.25);
        QCOMPARE(f.view.zoom(), 1.25);
        QVERIFY((f.placeAt(at) - under).manhattanLength() < 0.01);
        f.native(Qt::ZoomNativeGesture, at, -0.2);
        QVERIFY(qAbs(f.view.zoom() - 1) < 1e-9);
        f.native(Qt::EndNativeGesture, at, 0);
        // Nonsense from a driver neither turns the picture over nor loses it.
        f.native(Qt::ZoomNativeGesture, at, -7);
        QVERIFY(f.view.zoom() > 0);
        // A tap with two fingers shows all, another one the natural size again.
        f.view.showNaturalSize();
        f.native(Qt::SmartZoomNativeGesture, at, 1);
        QVERIFY(f.view.zoom() < 1);
        f.native(Qt::SmartZoomNativeGesture, at, 0);
        QCOMPARE(f.view.zoom(), 1.0);
    }

    void twoFingersOnAScreenZoom()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        const std::unique_ptr<QPointingDevice> screen(QTest::createTouchDevice());
        QWidget *viewport = f.view.viewport();
        const QPoint middle(400, 300);
        QTest::touchEvent(viewport, screen.get()).press(0, middle - QPoint(40, 0));
        QTest::touchEvent(viewport, screen.get()).stationary(0).press(1, middle + QPoint(40, 0));
        for (int apart = 50; apart <= 160; apart += 10) {
            QTest::touchEvent(viewport, screen.get())
                .move(0, middle - QPoint(apart, 0))
                .move(1, middle + QPoint(apart, 0));
        }
        QTest::touchEvent(viewport, screen.get())
            .release(0, middle - QPoint(160, 0))
            .release(1, middle + QPoint(160, 0));
        QVERIFY2(f.view.zoom() > 1.5, qPrintable(QString::number(f.view.zoom())));
    }

    void largerTextKeepsWhatIsInTheMiddle()
    {
        ViewFixture f(reportOf(wideZone(60), "wide.example.org"));
        f.view.showNaturalSize();
        f.view.centreOn(f.node(3).place.center());
        const QPointF before = f.view.visiblePlace().center();
        QFont font = f.view.font();
        font.setPointSizeF(font.pointSizeF() * 2);
        f.view.setFont(font);
        QVERIFY((f.view.visiblePlace().center() - before).manhattanLength() < 0.5);
        QVERIFY(f.view.visiblePlace().intersects(f.node(3).place));
    }

    void twoHundredRecordsAreDrawnInEveryLook_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::addColumn<int>("percent");
        QTest::newRow("light") << Appearance::Light << 100;
        QTest::newRow("light-200") << Appearance::Light << 200;
        QTest::newRow("dark") << Appearance::Dark << 100;
        QTest::newRow("dark-200") << Appearance::Dark << 200;
        QTest::newRow("contrast-200") << Appearance::HighContrast << 200;
    }
    /// With MAILOSCOPE_SHOTS set to a folder the pictures are kept for people to look at.
    void twoHundredRecordsAreDrawnInEveryLook()
    {
        QFETCH(Appearance, appearance);
        QFETCH(int, percent);
        ViewFixture f(nullptr);
        f.view.resize(1280, 720);
        f.view.setPalette(paletteFor(appearance));
        QFont font = f.view.font();
        font.setPointSizeF(font.pointSizeF() * percent / 100);
        f.view.setFont(font);
        f.view.showReport(reportOf(wideZone(200), "wide.example.org"));
        const auto keep = [&](const char *what) {
            const QImage image = f.view.viewport()->grab().toImage();
            QCOMPARE(image.pixelColor(0, 0), paletteFor(appearance).color(QPalette::Window));
            const QString folder = qEnvironmentVariable("MAILOSCOPE_SHOTS");
            if (!folder.isEmpty())
                QVERIFY(f.view.grab().save(QStringLiteral("%1/graph-view-%2-%3.png")
                                               .arg(folder, QString::fromLatin1(QTest::currentDataTag()),
                                                    QString::fromLatin1(what))));
        };
        keep("begins");
        QVERIFY(f.view.zoom() > 0.6);
        f.press(Qt::Key_Asterisk);
        f.press(Qt::Key_End);
        keep("end");
        f.press(Qt::Key_0);
        keep("fits");
    }

    void aScreenReaderMeetsATreeOfNodes()
    {
        ViewFixture f(small());
        QAccessibleInterface *graph = QAccessible::queryAccessibleInterface(&f.view);
        QVERIFY(graph);
        QCOMPARE(graph->role(), QAccessible::Tree);
        QCOMPARE(graph->childCount(), static_cast<int>(f.view.picture().nodes.size()));
        f.press(Qt::Key_Right);
        QAccessibleInterface *node = graph->focusChild();
        QVERIFY(node);
        QCOMPARE(node->role(), QAccessible::TreeItem);
        QCOMPARE(node->text(QAccessible::Name), QStringLiteral("+ include _spf.example.net"));
        QVERIFY(node->text(QAccessible::Description).contains(QStringLiteral("look-ups")));
        QVERIFY(node->state().expanded && node->state().selected);
        QCOMPARE(graph->indexOfChild(node), f.view.current());
        QVERIFY(f.view.accessibleDescription().contains(QStringLiteral("_spf.example.net")));
    }

    void withoutAReportThereIsNothingToBreak()
    {
        ViewFixture f(nullptr);
        for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Down, Qt::Key_0, Qt::Key_1, Qt::Key_Asterisk,
                                  Qt::Key_Slash, Qt::Key_Space, Qt::Key_Plus})
            f.press(key);
        QCOMPARE(f.view.current(), -1);
        QVERIFY(!f.view.grab().isNull());
    }

    void theWindowSwitchesSelectsAndSaves()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(smallZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        auto &graph = f.find<GraphView>("spfGraph");
        f.find<QAction>("showGraph").trigger();
        QTRY_VERIFY(graph.isVisible());
        QVERIFY(!f.find<SpfTreeView>("spfTree").isVisible());
        QTRY_VERIFY(graph.hasFocus());
        QTest::keyClick(&graph, Qt::Key_Right);
        QCOMPARE(f.find<SpfTreeView>("spfTree").currentIndex().data().toString(),
                 QStringLiteral("include:_spf.example.net"));
        f.toSave = f.path("graph.svg");
        f.find<QAction>("saveGraphSvg").trigger();
        QCOMPARE(f.suggestedName, QStringLiteral("example.com-spf.svg"));
        QFile saved(f.toSave);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("_spf.example.net"));
        QTest::mouseClick(&f.find<QToolButton>("viewTree"), Qt::LeftButton);
        QVERIFY(f.find<SpfTreeView>("spfTree").isVisible());
    }

    void eachStepOfAWalkIsShown()
    {
        WindowFixture f(TestDnsServer::nobody(), {}, {{QStringLiteral("view/animate"), false}});
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(smallZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("showGraph").trigger();
        auto &graph = f.find<GraphView>("spfGraph");
        QVERIFY(!graph.isAnimated());
        QVERIFY(graph.state().ring.isEmpty());
        f.type("walkIp", QStringLiteral("203.0.113.5"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_VERIFY(!graph.state().ring.isEmpty());
        QVERIFY(graph.state().step.word.contains(QStringLiteral("pass")));
        QTest::keyClick(f.window.get(), Qt::Key_Home, Qt::AltModifier);
        QCOMPARE(graph.state().ring, graph.picture().nodes.front().place);
        QCOMPARE(graph.state().walked, std::vector<int>{0});
        QTest::keyClick(f.window.get(), Qt::Key_Right, Qt::AltModifier);
        const int mx = graph.picture().nodeAt(TermPath{0});
        QCOMPARE(graph.state().ring, graph.picture().nodes[static_cast<std::size_t>(mx)].place);
        QCOMPARE(graph.state().step.word, QStringLiteral("step 2: mx does not match"));
        QCOMPARE(graph.state().walked, (std::vector<int>{0, mx}));
    }
};

QTEST_MAIN(GraphViewTest)
#include "tst_graph_view.moc"
