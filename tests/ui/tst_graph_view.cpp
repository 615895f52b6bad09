// SPDX-License-Identifier: Apache-2.0
// The include graph in the window: keys, folding, the shared selection, the walk, files.
#include "graph/graph_minimap.h"
#include "graph/graph_view.h"
#include "selection.h"
#include "support/zone_gatherer.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QAccessible>
#include <QAction>
#include <QFile>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>

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
