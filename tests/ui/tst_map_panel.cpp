// SPDX-License-Identifier: Apache-2.0
// The address map in the window: the shared selection, the walk, the lists beside it, states, files; and two
// records side by side.
#include "builders/compare_window.h"
#include "map/compared_maps.h"
#include "map/map_legend.h"
#include "map/map_panel.h"
#include "map/map_words.h"
#include "map/networks_table.h"
#include "selection.h"
#include "support/zone_gatherer.h"
#include "ui/map_samples.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QAction>
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTextEdit>
#include <QToolButton>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

Zone mapZone()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 ip4:203.0.113.0/24 include:spf.protection.outlook.com "
             "include:b.example.net exists:%{i}.c.example.net -all\"");
    zone.add("spf.protection.outlook.com TXT \"v=spf1 ip4:40.92.0.0/15 ip6:2001:db8::/32 -all\"");
    zone.add("b.example.net TXT \"v=spf1 include:deep.example.net -all\"");
    zone.add("deep.example.net TXT \"v=spf1 ip4:52.104.7.9 ip6:2001:db8:1::/48 ip6:2001:dc0::/32 -all\"");
    return zone;
}

struct PanelFixture {
    explicit PanelFixture(std::shared_ptr<const Report> report = reportOf(mapZone(), "example.com"))
        : panel(selection, walk)
    {
        panel.resize(1000, 500);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
        panel.showReport(std::move(report));
    }
    template <typename Widget>
    Widget &find(const char *name) const
    {
        auto *widget = panel.findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no widget is called %s", name);
        return *widget;
    }
    QString text(const char *label) const { return find<QLabel>(label).text(); }
    MapView &map() const { return panel.map(); }
    void goTo(const QString &typed) const
    {
        auto &field = find<QLineEdit>("mapGoTo");
        field.setText(typed);
        QTest::keyClick(&field, Qt::Key_Return);
    }
    int branchOf(const char *address) const { return map().map().branchOf(cidr(address).address); }

    Selection selection;
    AddressWalk walk;
    MapPanel panel;
};

QStringList cellsOf(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(row, column).data().toString();
    return cells;
}

} // namespace

class MapPanelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLegendTellsWhoHasHowMuch()
    {
        PanelFixture f;
        const QAbstractItemModel &legend = *f.find<MapLegend>("mapLegend").model();
        QCOMPARE(legend.rowCount(), 3);
        QCOMPARE(cellsOf(legend, 0),
                 (QStringList{QStringLiteral("include:spf.protection.outlook.com"), QStringLiteral("131,072"),
                              QStringLiteral("99.8 %"), QStringLiteral("Microsoft 365")}));
        QCOMPARE(cellsOf(legend, 1).first(), QStringLiteral("Own networks"));
        QCOMPARE(cellsOf(legend, 2).at(1), QStringLiteral("1"));
        QVERIFY(!legend.index(0, 0).data(Qt::DecorationRole).value<QIcon>().isNull());
        QCOMPARE(legend.index(0, 1).data(Qt::AccessibleTextRole).toString(), QStringLiteral("IPv4: 131,072"));
    }

    void aBranchThatIsSelectedAnywhereStandsOut()
    {
        PanelFixture f;
        QCOMPARE(f.map().highlighted(), -1);
        f.selection.selectPath({1, 0}); // a network of the include
        QCOMPARE(f.map().highlighted(), f.branchOf("40.92.0.0"));
        auto &legend = f.find<MapLegend>("mapLegend");
        QCOMPARE(legend.currentIndex().row(), 0);
        QCOMPARE(f.selection.path(), (TermPath{1, 0}));
        f.selection.selectPath({});
        QCOMPARE(f.map().highlighted(), -1);
        QVERIFY(!legend.currentIndex().isValid());
    }

    void whatIsChosenOnTheMapIsSelectedEverywhere()
    {
        PanelFixture f;
        QTest::mouseClick(&f.map(), Qt::LeftButton, {},
                          f.map().rectOf(cidr("52.0.0.0/8")).center().toPoint());
        QCOMPARE(f.selection.path(), TermPath{2});
        QCOMPARE(f.map().highlighted(), f.branchOf("52.104.7.9"));
        // What is selected inside the branch stays.
        f.selection.selectPath({2, 0, 0});
        QTest::keyClick(&f.map(), Qt::Key_Space);
        QCOMPARE(f.selection.path(), (TermPath{2, 0, 0}));
        QTest::mouseClick(&f.map(), Qt::LeftButton, {}, f.map().rectOf(cidr("9.0.0.0/8")).center().toPoint());
        QCOMPARE(f.selection.path(), TermPath());
    }

    void theLegendChoosesByKeys()
    {
        PanelFixture f;
        auto &legend = f.find<MapLegend>("mapLegend");
        legend.setFocus();
        QTest::keyClick(&legend, Qt::Key_Down);
        QTest::keyClick(&legend, Qt::Key_Down);
        QCOMPARE(f.selection.path(), TermPath{0});
        QTest::keyClick(&legend, Qt::Key_Return);
        QCOMPARE(f.map().current(), cidr("203.0.0.0/8"));
        QTest::keyClick(&legend, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Own networks\t256\t0.19 %\n"));
    }

    void addressesAreGoneTo()
    {
        PanelFixture f;
        f.goTo(QStringLiteral("52.104.7.9"));
        QCOMPARE(f.map().current(), cidr("52.104.7.9"));
        QVERIFY(f.text("mapBlock").startsWith(QStringLiteral("52.104.7.9/32 · may send")));
        QVERIFY(!f.find<QLabel>("mapError").isVisible());
        f.goTo(QStringLiteral("nonsense"));
        QVERIFY(f.find<QLabel>("mapError").isVisible());
        QVERIFY(f.text("mapError").contains(QStringLiteral("no IP address")));
        QCOMPARE(f.find<QLineEdit>("mapGoTo").accessibleDescription(), f.text("mapError"));
        QCOMPARE(f.map().current(), cidr("52.104.7.9"));
        QTest::keyClicks(&f.find<QLineEdit>("mapGoTo"), QStringLiteral("x"));
        QVERIFY(!f.find<QLabel>("mapError").isVisible());
    }

    void ipv6IsListedSortedCopiedAndGoneTo()
    {
        PanelFixture f;
        auto &table = f.find<NetworksTable>("mapV6");
        auto &tabs = f.find<QTabWidget>("mapTabs");
        QCOMPARE(tabs.tabText(1), QStringLiteral("IPv6 2"));
        QCOMPARE(table.model()->rowCount(), 2);
        QCOMPARE(cellsOf(*table.model(), 0),
                 (QStringList{
                     QStringLiteral("2001:db8::/32"), QStringLiteral("2⁹⁶"), QStringLiteral("Authorised"),
                     QStringLiteral("include:spf.protection.outlook.com"), QStringLiteral("Microsoft 365")}));
        f.goTo(QStringLiteral("2001:dc0::25"));
        QCOMPARE(tabs.currentIndex(), 1);
        QCOMPARE(table.currentIndex().row(), 1);
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2001:dc0::/32\t2⁹⁶\tb.example.net\n"));
        table.sortByColumn(NetworksModel::Network, Qt::DescendingOrder);
        QCOMPARE(cellsOf(*table.model(), 0).first(), QStringLiteral("2001:dc0::/32"));
        f.goTo(QStringLiteral("2001:db9::1"));
        QVERIFY(f.text("mapError").contains(QStringLiteral("no listed network holds 2001:db9::1/128")));
    }

    void withoutIpv6ASentenceSaysSo()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 ip4:203.0.113.0/24 -all\"");
        PanelFixture f(reportOf(zone, "example.com"));
        QCOMPARE(f.find<QTabWidget>("mapTabs").tabText(1), QStringLiteral("IPv6"));
        QCOMPARE(f.text("mapV6Sentence"), QStringLiteral("The record lets no IPv6 address in."));
    }

    void whatNobodyCanListIsSaid()
    {
        PanelFixture f;
        QVERIFY(f.find<QTextEdit>("mapCaveats").toPlainText().contains(QStringLiteral("exists")));
    }

    void eachStateHasItsSentence_data()
    {
        QTest::addColumn<QString>("record");
        QTest::addColumn<QString>("title");
        QTest::newRow("none") << ""
                              << "No SPF record";
        QTest::newRow("broken") << "v=spf1 ipv4:192.0.2.0/24 -all"
                                << "The SPF record is broken";
        QTest::newRow("nobody") << "v=spf1 -all"
                                << "No address may send";
        QTest::newRow("everybody") << "v=spf1 +all"
                                   << "";
        QTest::newRow("only asked") << "v=spf1 exists:%{i}.example.org -all"
                                    << "";
        QTest::newRow("one address") << "v=spf1 ip4:192.0.2.1 -all"
                                     << "";
    }
    void eachStateHasItsSentence()
    {
        QFETCH(QString, record);
        QFETCH(QString, title);
        Zone zone;
        if (!record.isEmpty())
            zone.add("example.com TXT \"" + record.toStdString() + "\"");
        PanelFixture f(reportOf(zone, "example.com"));
        auto *state = f.panel.findChild<QWidget *>(QStringLiteral("mapState"));
        QCOMPARE(state->isVisible(), !title.isEmpty());
        QCOMPARE(f.map().isVisible(), title.isEmpty());
        if (!title.isEmpty())
            QCOMPARE(state->accessibleName(), title);
        QVERIFY(!f.panel.grab().isNull());
    }

    void everybodyIsAllOfTheMap()
    {
        Zone zone;
        zone.add("example.com TXT \"v=spf1 +all\"");
        PanelFixture f(reportOf(zone, "example.com"));
        const QAbstractItemModel &legend = *f.find<MapLegend>("mapLegend").model();
        QCOMPARE(cellsOf(legend, 0).at(1), QStringLiteral("4,294,967,296"));
        QVERIFY(f.find<QTabWidget>("mapTabs").tabText(1).contains(QStringLiteral("1")));
        QVERIFY(f.text("mapV6Sentence").startsWith(QStringLiteral("2¹²⁸")));
        f.map().showWhole();
        QVERIFY(f.text("mapBlock").contains(QStringLiteral("(100 %)")));
    }

    void nothingIsKnownAtFirst()
    {
        PanelFixture f(nullptr);
        auto *state = f.panel.findChild<QWidget *>(QStringLiteral("mapState"));
        QVERIFY(state->isVisible());
        QVERIFY(!f.panel.hasMap());
        const auto reports = reportsOf(mapZone(), "example.com", 1);
        f.panel.showReport(reports.front());
        QVERIFY(state->isVisible());
        QCOMPARE(state->accessibleName(), QStringLiteral("Nothing to draw yet"));
        f.panel.showReport(reports.back());
        QVERIFY(!state->isVisible());
        QCOMPARE(f.map().current(), cidr("40.0.0.0/8"));
    }

    void untilOneMovesItBeginsWithTheFirstBlockOfAll()
    {
        const auto reports = reportsOf(mapZone(), "example.com", 1);
        std::size_t first = 0;
        while (AddressMap(reports.at(first)->spf).isEmpty())
            ++first;
        PanelFixture f(reports[first]);
        QCOMPARE(f.map().current(), cidr("203.0.0.0/8"));
        f.panel.showReport(reports.back());
        QCOMPARE(f.map().current(), cidr("40.0.0.0/8"));
    }

    void whereItStandsStaysWhileAnswersArriveAndTheRecordIsEdited()
    {
        const auto reports = reportsOf(mapZone(), "example.com", 1);
        std::size_t first = 0;
        while (AddressMap(reports.at(first)->spf).isEmpty())
            ++first;
        PanelFixture f(reports[first]);
        f.map().goTo(cidr("203.0.113.0/24"));
        const MapWindow window = f.map().window();
        for (std::size_t i = first; i < reports.size(); ++i) {
            f.panel.showReport(reports[i]);
            QCOMPARE(f.map().window(), window);
            QCOMPARE(f.map().current(), cidr("203.0.113.0/24"));
        }
        Zone edited = mapZone();
        edited.add("other.example.com TXT \"v=spf1 -all\"");
        f.panel.showReport(reportOf(edited, "other.example.com"));
        f.panel.showReport(reports.back());
        QVERIFY(f.map().window().isWhole());
    }

    void nothingIsWorkedOutWhileItIsHidden()
    {
        Selection selection;
        AddressWalk walk;
        MapPanel panel(selection, walk);
        panel.showReport(reportOf(mapZone(), "example.com"));
        QVERIFY(panel.map().map().isEmpty());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(!panel.map().map().isEmpty());
    }

    void hostileNamesStayText()
    {
        const MapBranch evil = branchOf("<b>bold</b>.example.net", 0, {"9.0.0.0/8", "2001:db8::/32"});
        const AddressMap map(std::vector{evil});
        MapLegendModel legend;
        legend.setRows(legendRowsOf(map, {}));
        NetworksModel networks;
        networks.setRows(v6RowsOf(map, {}));
        QCOMPARE(networks.rowCount(), 1);
        for (const QString &toolTip :
             {legend.index(0, MapLegendModel::Branch).data(Qt::ToolTipRole).toString(),
              networks.index(0, NetworksModel::Branch).data(Qt::ToolTipRole).toString()}) {
            QVERIFY(!toolTip.contains(QStringLiteral("<b>bold")));
            QVERIFY(toolTip.contains(QStringLiteral("bold")));
        }
        PanelFixture f;
        f.goTo(QStringLiteral("<img src=x>"));
        QCOMPARE(f.find<QLabel>("mapError").textFormat(), Qt::PlainText);
        QCOMPARE(f.find<QLabel>("mapBlock").textFormat(), Qt::PlainText);
    }

    void theWindowShowsItSelectsInTheTreeAndSaves()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(mapZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        auto &map = f.find<MapView>("addressMap");
        QVERIFY(map.map().isEmpty()); // nobody has looked yet
        QTest::keyClick(f.window.get(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(map.isVisible());
        QTRY_VERIFY(map.hasFocus());
        QTest::keyClick(&map, Qt::Key_Right, Qt::ControlModifier);
        f.find<QAction>("mapShowInTree").trigger();
        QVERIFY(f.find<SpfTreeView>("spfTree").isVisible());
        QCOMPARE(f.find<SpfTreeView>("spfTree").currentIndex().data().toString(),
                 QStringLiteral("include:b.example.net"));
        QTest::mouseClick(&f.find<QToolButton>("viewMap"), Qt::LeftButton);
        QVERIFY(map.isVisible());
        f.toSave = f.path("map.svg");
        Q_EMIT map.saveRequested(QStringLiteral("svg"));
        QCOMPARE(f.suggestedName, QStringLiteral("example.com-map.svg"));
        QFile svg(f.toSave);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QVERIFY(svg.readAll().contains("Microsoft 365"));
        f.toSave = f.path("map.png");
        Q_EMIT map.saveRequested(QStringLiteral("png"));
        QVERIFY(QImage(f.toSave).width() > 900);
        f.toSave = f.path("no-such-folder/map.png");
        Q_EMIT map.saveRequested(QStringLiteral("png"));
        QVERIFY(f.message().contains(QStringLiteral("could not be saved")));
    }

    void theViewIsRemembered()
    {
        WindowFixture f(TestDnsServer::nobody(), {}, {{QStringLiteral("view/spf"), 2}});
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(mapZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QTest::keyClick(f.window.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(f.find<MapView>("addressMap").isVisible());
        QVERIFY(!f.find<MapView>("addressMap").map().isEmpty());
        QTest::mouseClick(&f.find<QToolButton>("viewTree"), Qt::LeftButton);
        QCOMPARE(f.settings().value(QStringLiteral("view/spf")).toInt(), 0);
        f.find<QAction>("showMap").trigger();
        QCOMPARE(f.settings().value(QStringLiteral("view/spf")).toInt(), 2);
    }

    void theAddressOfAWalkIsMarked()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(mapZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("showMap").trigger();
        auto &map = f.find<MapView>("addressMap");
        QVERIFY(!map.state().walked);
        f.type("walkIp", QStringLiteral("40.92.0.7"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_COMPARE(map.state().walked, IpAddress::parse("40.92.0.7"));
        QTRY_COMPARE(map.state().walkedMeaning, Meaning::Ok);
        QCOMPARE(map.highlighted(), map.map().branchOf(*IpAddress::parse("40.92.0.7")));
    }

    void twoRecordsStandSideBySide()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(mapZone()));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("compareSpf").trigger();
        auto *window = f.window->findChild<CompareWindow *>();
        QVERIFY(window);
        auto *fresh = window->findChild<QLineEdit *>(QStringLiteral("compareNew"));
        fresh->setText(QStringLiteral("v=spf1 ip4:203.0.113.0/25 include:spf.protection.outlook.com "
                                      "ip4:9.1.2.0/24 -all"));
        QTest::keyClick(fresh, Qt::Key_Return);
        QTRY_VERIFY(!window->findChild<QLabel *>(QStringLiteral("compareResultSentence"))->text().isEmpty());
        auto *maps = window->findChild<ComparedMaps *>();
        QVERIFY(maps->before().map().isEmpty()); // nobody has looked yet
        QTest::mouseClick(window->findChild<QToolButton *>(QStringLiteral("compareAsMap")), Qt::LeftButton);
        QTRY_VERIFY(maps->isVisible());
        const AddressMap &before = maps->before().map();
        const AddressMap &after = maps->after().map();
        QCOMPARE(before.countIn(cidr("203.0.113.0/24")), std::uint64_t(256));
        QCOMPARE(after.countIn(cidr("203.0.113.0/24")), std::uint64_t(128));
        QCOMPARE(before.countIn(cidr("9.0.0.0/8")), std::uint64_t(0));
        QCOMPARE(after.countIn(cidr("9.0.0.0/8")), std::uint64_t(256));
        const auto kindAt = [](const AddressMap &map, const char *address) {
            return map.branch(map.branchOf(cidr(address).address)).kind;
        };
        QCOMPARE(kindAt(before, "203.0.113.200"), MapBranch::Kind::Lost);
        QCOMPARE(kindAt(before, "203.0.113.1"), MapBranch::Kind::Stays);
        QCOMPARE(kindAt(after, "9.1.2.3"), MapBranch::Kind::Won);

        // Where one goes the other follows, both ways.
        QTest::keyClick(&maps->before(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(&maps->before(), Qt::Key_Return);
        QCOMPARE(maps->after().window(), maps->before().window());
        QCOMPARE(maps->after().current(), maps->before().current());
        QTest::keyClick(&maps->after(), Qt::Key_Home);
        QVERIFY(maps->before().window().isWhole());

        // And the list tells it, with the way there.
        auto *changes = window->findChild<NetworksTable *>(QStringLiteral("comparedChanges"));
        QStringList rows;
        for (int row = 0; row < changes->model()->rowCount(); ++row)
            rows << cellsOf(*changes->model(), row).mid(0, 3).join(QLatin1Char(' '));
        QVERIFY(rows.contains(QStringLiteral("9.1.2.0/24 256 Won")));
        QVERIFY(rows.contains(QStringLiteral("203.0.113.128/25 128 Lost")));
        QVERIFY(rows.contains(QStringLiteral("52.104.7.9/32 1 Lost")));
        QVERIFY(changes->goTo(cidr("203.0.113.128/25")));
        QTest::keyClick(changes, Qt::Key_Return);
        QCOMPARE(maps->before().current(), cidr("203.0.113.128/25"));
        QCOMPARE(maps->after().current(), cidr("203.0.113.128/25"));
        QVERIFY(window->findChild<QLabel *>(QStringLiteral("comparedBlock"))
                    ->text()
                    .contains(QStringLiteral("Lost")));
    }
};

QTEST_MAIN(MapPanelTest)
#include "tst_map_panel.moc"
