// SPDX-License-Identifier: Apache-2.0
#include "facts/snapshot.h"
#include "report/sample.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QDragEnterEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QTreeView>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

void write(const QString &path, const QByteArray &octets)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(octets);
}

} // namespace

class MainWindowFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theSampleIsShownWhereNoDomainIsGiven()
    {
        WindowFixture f(TestDnsServer::nobody(), sampleSnapshot());
        f.window->open({});
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.gatherersMade, 0);
        QVERIFY(f.find<QTreeView>("spfTree").model()->rowCount() == 1);
        QVERIFY(f.message().contains(QStringLiteral("sample")));
        QVERIFY(f.find<QLineEdit>("domainField").hasSelectedText());
    }

    void aSnapshotIsSavedAndOpenedAgain()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        QVERIFY(!f.find<QAction>("saveSnapshot").isEnabled());
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        const QString spent = f.text("spfLookups");
        f.toSave = f.path("kept.mailoscope");
        f.find<QAction>("saveSnapshot").trigger();
        QCOMPARE(f.suggestedName, QStringLiteral("example.com.mailoscope"));
        QVERIFY(f.message().contains(QStringLiteral("kept.mailoscope")));

        WindowFixture other(TestDnsServer::nobody());
        other.toOpen = f.toSave;
        other.find<QAction>("openSnapshot").trigger();
        QTRY_COMPARE(other.state(), State::Done);
        QCOMPARE(other.gatherersMade, 0);
        QCOMPARE(other.text("spfLookups"), spent);
        QCOMPARE(other.find<QMenu>("recentMenu").actions().size(), 1);
        other.find<QMenu>("recentMenu").actions().first()->trigger();
        QTRY_COMPARE(other.state(), State::Done);
    }

    void aDamagedSnapshotIsToldAndChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("hello");
        QTest::newRow("cut") << QByteArray("{\"format\": \"mailo");
        QTest::newRow("something else") << QByteArray("{\"a\": 1}");
        QTest::newRow("cut gzip") << QByteArray("\x1f\x8b\x08\x00\x00", 5);
        QTest::newRow("binary") << QByteArray("\x00\xff\x1b[2J", 6);
    }
    void aDamagedSnapshotIsToldAndChangesNothing()
    {
        QFETCH(QByteArray, octets);
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        f.toOpen = f.path("damaged.mailoscope");
        write(f.toOpen, octets);
        f.find<QAction>("openSnapshot").trigger();
        QCOMPARE(f.state(), State::Empty);
        QVERIFY(f.find<QWidget>("statePage").isVisible());
        QVERIFY(f.text("stateText").contains(QStringLiteral("damaged.mailoscope")));

        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("openSnapshot").trigger();
        QVERIFY(f.message().contains(QStringLiteral("damaged.mailoscope")));
        QCOMPARE(f.find<QTreeView>("spfTree").model()->index(0, 0).data().toString(),
                 QStringLiteral("example.com"));
    }

    void aMissingFileIsTold()
    {
        WindowFixture f(TestDnsServer::nobody());
        LaunchOptions options;
        options.snapshotFile = f.path("nowhere.mailoscope");
        f.window->open(options);
        QVERIFY(f.text("stateText").contains(QStringLiteral("nowhere.mailoscope")));
    }

    void aSnapshotThatCannotBeWrittenIsTold()
    {
        InspectedWindow f(smallZone());
        f.toSave = f.path("no/such/folder/x.mailoscope");
        f.find<QAction>("saveSnapshot").trigger();
        QVERIFY(f.message().contains(QStringLiteral("cannot be written")));
    }

    void aFileIsDroppedOnTheWindow()
    {
        WindowFixture f(TestDnsServer::nobody());
        const QString path = f.path("dropped.mailoscope");
        write(path, QByteArray(sampleSnapshot().data(), static_cast<qsizetype>(sampleSnapshot().size())));
        QMimeData dropped;
        dropped.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent entering(QPoint(50, 50), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(f.window.get(), &entering);
        QVERIFY(entering.isAccepted());
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(f.window.get(), &event);
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(f.find<QTreeView>("spfTree").model()->rowCount() == 1);
    }

    void aZoneFileIsAnsweredPlainly_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("by its name") << QStringLiteral("example.com.zone") << QByteArray("; nothing");
        QTest::newRow("as BIND names it") << QStringLiteral("db.example.com") << QByteArray();
        QTest::newRow("by its beginning")
            << QStringLiteral("named.txt") << QByteArray("$ORIGIN example.com.\n@ 300 IN MX 10 mail\n");
    }
    void aZoneFileIsAnsweredPlainly()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, octets);
        WindowFixture f(TestDnsServer::nobody());
        f.toOpen = f.path(qPrintable(name));
        write(f.toOpen, octets);
        f.find<QAction>("openSnapshot").trigger();
        QVERIFY(f.message().contains(QStringLiteral("Zone files cannot be read yet")));
        QCOMPARE(f.state(), State::Empty);
    }

    void inputIsRememberedForTheNextTime()
    {
        InspectedWindow f(smallZone());
        QCOMPARE(f.settings().value(QStringLiteral("history/domains")).toStringList(),
                 QStringList{QStringLiteral("example.com")});
        f.window->close();
        QVERIFY(f.settings().contains(QStringLiteral("window/geometry")));
    }
};

QTEST_MAIN(MainWindowFilesTest)
#include "tst_main_window_files.moc"
