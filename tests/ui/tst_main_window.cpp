// SPDX-License-Identifier: Apache-2.0
#include "models/spf_tree_model.h"
#include "theme/theme.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTextEdit>
#include <QTreeView>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

TestDnsServer::Script slowly(int ms)
{
    return [ms](const Received &, int) {
        return Treatment{Treatment::Kind::Answer, std::chrono::milliseconds(ms), false};
    };
}

TestDnsServer::Script silently()
{
    return [](const Received &, int) { return Treatment{Treatment::Kind::Silence, {}, false}; };
}

int rowsOf(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    int rows = model.rowCount(parent);
    for (int row = 0; row < model.rowCount(parent); ++row)
        rows += rowsOf(model, model.index(row, 0, parent));
    return rows;
}

} // namespace

class MainWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDomainIsTypedAndTheWindowFills()
    {
        TestDnsServer server(smallZone(), slowly(30));
        WindowFixture f(server.resolver());
        Ticker ticker;
        QCOMPARE(f.state(), State::Empty);
        QVERIFY(f.find<QWidget>("statePage").isVisible());
        f.inspect(QStringLiteral("Example.COM."));
        QCOMPARE(f.state(), State::Running);
        auto &tree = f.find<QTreeView>("spfTree");
        QTRY_VERIFY(tree.model()->rowCount() == 1);
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(rowsOf(*tree.model()), 13);
        QVERIFY(f.text("spfSentence").contains(QStringLiteral("softfail")));
        QVERIFY(f.text("spfLookups").contains(QStringLiteral("4 of 10")));
        QVERIFY(f.find<QTabWidget>("tabs").tabText(1).contains(QLatin1Char(' ')));
        QCOMPARE(f.find<QLineEdit>("domainField").text(), QStringLiteral("example.com"));
        QVERIFY(f.window->windowTitle().startsWith(QStringLiteral("example.com")));
        QVERIFY(ticker.ticks() > 5);
    }

    void selectionAndExpansionStayWhileAnswersArrive()
    {
        TestDnsServer server(smallZone(), [](const Received &received, int) {
            const bool late = received.question.name == name("deep.example.net");
            return Treatment{Treatment::Kind::Answer, std::chrono::milliseconds(late ? 400 : 5), false};
        });
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        auto &tree = f.find<SpfTreeView>("spfTree");
        const auto &model = static_cast<const SpfTreeModel &>(*tree.model());
        QTRY_VERIFY(model.indexOf({1, 0}).isValid());
        QCOMPARE(f.state(), State::Running);
        tree.setExpanded(model.indexOf({1}), true);
        tree.setCurrentIndex(model.indexOf({1, 0}));
        QCOMPARE(tree.currentIndex()
                     .siblingAtColumn(SpfTreeModel::Means)
                     .data(SpfTreeModel::StatusRole)
                     .toString(),
                 QStringLiteral("waiting"));
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(model.pathOf(tree.currentIndex()), (TermPath{1, 0}));
        QVERIFY(tree.isExpanded(model.indexOf({1})));
        QVERIFY(model.indexOf({1, 0, 1}).isValid());
    }

    void stoppingKeepsWhatIsKnown()
    {
        TestDnsServer server(smallZone(), [](const Received &received, int) {
            const bool silent = received.question.name == name("_spf.example.net");
            return Treatment{silent ? Treatment::Kind::Silence : Treatment::Kind::Answer, {}, false};
        });
        WindowFixture f(server.resolver());
        f.timeout = 20000;
        f.inspect(QStringLiteral("example.com"));
        auto &tree = f.find<QTreeView>("spfTree");
        QTRY_VERIFY(rowsOf(*tree.model()) > 5);
        QCOMPARE(f.find<QPushButton>("inspectButton").text(), QStringLiteral("&Stop"));
        QTest::keyClick(f.window.get(), Qt::Key_Escape);
        QTRY_COMPARE(f.state(), State::Stopped);
        QVERIFY(f.message().contains(QStringLiteral("Stopped")));
        QVERIFY(rowsOf(*tree.model()) > 5);
        QCOMPARE(f.find<QPushButton>("inspectButton").text(), QStringLiteral("&Inspect"));
    }

    void anUnreachableResolverIsTold()
    {
        WindowFixture f(TestDnsServer::nobody());
        Ticker ticker;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE_WITH_TIMEOUT(f.state(), State::NoResolver, 20000);
        QVERIFY(f.find<QWidget>("statePage").isVisible());
        QVERIFY(f.text("stateText").contains(QStringLiteral("127.0.0.1")));
        QVERIFY(f.find<QPushButton>("stateAction").isVisible());
        QVERIFY(f.find<QTableView>("lookUpsTable").model()->rowCount() > 0);
        QVERIFY(ticker.ticks() > 5);
    }

    void aSilentResolverEndsInTime()
    {
        TestDnsServer server(smallZone(), silently());
        WindowFixture f(server.resolver());
        f.timeout = 400;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE_WITH_TIMEOUT(f.state(), State::NoResolver, 20000);
    }

    void failedLookUpsAreCounted()
    {
        TestDnsServer server(smallZone(), [](const Received &received, int) {
            const bool failing = received.question.name == name("_spf.example.net");
            return Treatment{failing ? Treatment::Kind::Fail : Treatment::Kind::Answer, {}, false};
        });
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE_WITH_TIMEOUT(f.state(), State::Done, 20000);
        QVERIFY(f.message().contains(QStringLiteral("1 look-up")));
    }

    void badInputIsAnsweredInPlaceAndNothingIsSent_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("nothing") << QString();
        QTest::newRow("address") << QStringLiteral("192.0.2.1");
        QTest::newRow("one label") << QStringLiteral("localhost");
        QTest::newRow("long label") << QString(70, QLatin1Char('a')) + QStringLiteral(".example");
        QTest::newRow("markup") << QStringLiteral("<b>x</b>.exam ple");
    }
    void badInputIsAnsweredInPlaceAndNothingIsSent()
    {
        QFETCH(QString, typed);
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        f.inspect(typed);
        QVERIFY(!f.message().isEmpty());
        QCOMPARE(f.find<QLabel>("message").textFormat(), Qt::PlainText);
        QCOMPARE(f.state(), State::Empty);
        QCOMPARE(f.gatherersMade, 0);
        QVERIFY(server.received().empty());
        f.type("domainField", QStringLiteral("e"));
        QVERIFY(f.message().isEmpty());
    }

    void aBadResolverIsAnsweredInPlace()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        f.find<QComboBox>("resolverField").setEditText(QStringLiteral("dns.example"));
        f.inspect(QStringLiteral("example.com"));
        QVERIFY(f.message().contains(QStringLiteral("resolver")));
        QCOMPARE(f.gatherersMade, 0);
    }

    void aTypedResolverIsAsked()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(TestDnsServer::nobody());
        f.find<QComboBox>("resolverField").setEditText(server.resolver().toString());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(!server.received().empty());
    }

    void aPastedListIsSteppedThrough()
    {
        Zone zone = smallZone();
        zone.addMasterFile("example.org TXT \"v=spf1 -all\"\n");
        TestDnsServer server(zone);
        WindowFixture f(server.resolver());
        QGuiApplication::clipboard()->setText(
            QStringLiteral("example.com\nexample.org # the other\n\nnonsense\n"));
        auto &field = f.find<QLineEdit>("domainField");
        field.setFocus();
        field.selectAll();
        field.paste();
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.find<QComboBox>("domainList").count(), 3);
        QCOMPARE(f.window->session().domain().text(), std::string("example.com"));
        QTest::keyClick(f.window.get(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(f.window->session().domain().text(), std::string("example.org"));
        QTest::keyClick(f.window.get(), Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(!f.message().isEmpty());
        QTest::keyClick(f.window.get(), Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.window->session().domain().text(), std::string("example.org"));
        // Another domain leaves the list.
        f.inspect(QStringLiteral("mail.example.com"));
        QCOMPARE(f.find<QComboBox>("domainList").count(), 0);
    }

    void theTreeIsUsedWithoutAMouse()
    {
        InspectedWindow f(smallZone());
        QTest::keyClick(f.window.get(), Qt::Key_1, Qt::ControlModifier);
        auto &tree = f.find<SpfTreeView>("spfTree");
        QTRY_VERIFY(tree.hasFocus());
        const auto &model = static_cast<const SpfTreeModel &>(*tree.model());
        QTest::keyClick(&tree, Qt::Key_Home);
        QTest::keyClick(&tree, Qt::Key_Down);
        QTest::keyClick(&tree, Qt::Key_Down);
        QCOMPARE(model.pathOf(tree.currentIndex()), (TermPath{1}));
        QTest::keyClick(&tree, Qt::Key_Right);
        QVERIFY(tree.isExpanded(model.indexOf({1})));
        QTest::keyClick(&tree, Qt::Key_Left);
        QVERIFY(!tree.isExpanded(model.indexOf({1})));
        QTest::keyClick(&tree, Qt::Key_Asterisk);
        QVERIFY(tree.isExpanded(model.indexOf({1, 0})));
        QTest::keyClick(&tree, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(QStringLiteral("include:_spf.example.net\t")));
        tree.copyRecord();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 QStringLiteral("v=spf1 include:deep.example.net ip4:203.0.113.0/28 -all"));
        tree.copyName();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("_spf.example.net"));
        QTest::keyClicks(&tree, QStringLiteral("~a"));
        QCOMPARE(model.pathOf(tree.currentIndex()), (TermPath{4}));
        QVERIFY(f.find<QTextEdit>("details").toPlainText().contains(QStringLiteral("~all")));
    }

    void searchGoesFromRowToRow()
    {
        InspectedWindow f(smallZone());
        QTest::keyClick(f.window.get(), Qt::Key_F, Qt::ControlModifier);
        auto &search = f.find<QLineEdit>("treeSearch");
        QTRY_VERIFY(search.hasFocus());
        QTest::keyClicks(&search, QStringLiteral("2001:db8"));
        QCOMPARE(search.text(), QStringLiteral("2001:db8"));
        auto &tree = f.find<SpfTreeView>("spfTree");
        const auto &model = static_cast<const SpfTreeModel &>(*tree.model());
        QCOMPARE(model.pathOf(tree.currentIndex()), (TermPath{1, 0, 0}));
        QTest::keyClicks(&search, QStringLiteral("nowhere"));
        QCOMPARE(search.palette().color(QPalette::Text), Theme::current().colour(Meaning::Critical));
    }

    void aFindingLeadsToItsTerm()
    {
        InspectedWindow f(smallZone());
        auto &table = f.find<QTableView>("findingsTable");
        QVERIFY(table.model()->rowCount() > 0);
        QTest::keyClick(f.window.get(), Qt::Key_9, Qt::ControlModifier);
        QTRY_VERIFY(table.hasFocus());
        table.setCurrentIndex(table.model()->index(0, 0));
        QVERIFY(f.find<QTextEdit>("findingWords").toPlainText().contains(QStringLiteral("Why")));
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("RFC")));

        auto &filter = f.find<QLineEdit>("findingsFilter");
        f.type("findingsFilter", QStringLiteral("sev>=loud"));
        QCOMPARE(filter.palette().color(QPalette::Text), Theme::current().colour(Meaning::Critical));
        QVERIFY(!f.text("findingsFilterProblem").isEmpty());
        f.type("findingsFilter", QStringLiteral("id:nothing.of.the.kind"));
        QCOMPARE(table.model()->rowCount(), 0);
        QVERIFY(filter.palette().color(QPalette::Text) != Theme::current().colour(Meaning::Critical));
    }

    void twoHundredNodesFillWhileTheWindowLives()
    {
        TestDnsServer server(wideZone(200));
        WindowFixture f(server.resolver());
        f.timeout = 5000;
        Ticker ticker;
        f.inspect(QStringLiteral("wide.example.org"));
        QTRY_COMPARE_WITH_TIMEOUT(f.state(), State::Done, 30000);
        auto &tree = f.find<QTreeView>("spfTree");
        QVERIFY(rowsOf(*tree.model()) > 200);
        tree.expandAll();
        QVERIFY(ticker.ticks() > 5);
        QVERIFY(f.text("spfLookups").contains(QStringLiteral("over the limit")));
    }

    void theWindowMayCloseInTheMiddle()
    {
        TestDnsServer server(smallZone(), slowly(50));
        {
            WindowFixture f(server.resolver());
            f.inspect(QStringLiteral("example.com"));
            QTRY_VERIFY(!server.received().empty());
            f.window->close();
            f.window.reset();
        }
        QTest::qWait(120);
    }

    void anotherDomainReplacesTheOneUnderWay()
    {
        Zone zone = smallZone();
        zone.addMasterFile("example.org TXT \"v=spf1 ip4:192.0.2.9 -all\"\n");
        TestDnsServer server(zone, slowly(40));
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QTRY_VERIFY(!server.received().empty());
        QTest::keyClick(f.window.get(), Qt::Key_L, Qt::ControlModifier);
        f.inspect(QStringLiteral("example.org"));
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.find<QTreeView>("spfTree").model()->index(0, 0).data().toString(),
                 QStringLiteral("example.org"));
        QCOMPARE(rowsOf(*f.find<QTreeView>("spfTree").model()), 3);
    }

    void everyInteractiveWidgetHasANameToFindAndToHear()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        for (const QWidget *widget : f.window->findChildren<QWidget *>()) {
            const bool ours =
                qobject_cast<const QAbstractItemView *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
                qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QTextEdit *>(widget) ||
                qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QComboBox *>(widget);
            const bool inner =
                widget->objectName().startsWith(QStringLiteral("qt_")) ||
                !widget->isVisibleTo(f.window.get()) || qobject_cast<const QHeaderView *>(widget) ||
                qobject_cast<const QMenu *>(widget) || qobject_cast<const QLineEdit *>(widget->parent()) ||
                qobject_cast<const QTabBar *>(widget->parent()) || widget->window() != f.window.get() ||
                widget->focusPolicy() == Qt::NoFocus;
            if (!ours || inner)
                continue;
            const QByteArray what =
                widget->metaObject()->className() + QByteArray(" ") + widget->objectName().toUtf8();
            QVERIFY2(!widget->objectName().isEmpty(), what.constData());
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool heard = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()) ||
                               qobject_cast<const QComboBox *>(widget->parent());
            QVERIFY2(heard, what.constData());
        }
    }
};

QTEST_MAIN(MainWindowTest)
#include "tst_main_window.moc"
