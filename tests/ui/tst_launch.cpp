// SPDX-License-Identifier: Apache-2.0
#include "launch_options.h"

#include <QTest>

using namespace mailoscope::ui;

class LaunchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDomainAndResolversAreRead()
    {
        const Launch launch = readLaunch({QStringLiteral("mailoscope"), QStringLiteral("example.com"),
                                          QStringLiteral("--resolver"), QStringLiteral("192.0.2.53:5353"),
                                          QStringLiteral("--resolver=[2001:db8::53]:53"),
                                          QStringLiteral("--timeout"), QStringLiteral("1500")});
        QCOMPARE(launch.kind, Launch::Kind::Open);
        QCOMPARE(launch.options.domain, QStringLiteral("example.com"));
        QCOMPARE(launch.options.resolvers.size(), std::size_t(2));
        QCOMPARE(launch.options.resolvers[0].port, quint16(5353));
        QCOMPARE(launch.options.timeout->count(), 1500);
    }
    void aSnapshotThatAFileManagerGivesIsOpened()
    {
        for (const char *name :
             {"/home/a/monday.mailoscope", "monday.MAILOSCOPE", "b/monday.mailoscope.gz"}) {
            const Launch launch = readLaunch({QStringLiteral("mailoscope"), QString::fromLatin1(name)});
            QCOMPARE(launch.options.snapshotFile, QString::fromLatin1(name));
            QVERIFY(launch.options.domain.isEmpty());
        }
        const Launch both = readLaunch({QStringLiteral("mailoscope"), QStringLiteral("--snapshot"),
                                        QStringLiteral("a.mailoscope"), QStringLiteral("example.com")});
        QCOMPARE(both.options.snapshotFile, QStringLiteral("a.mailoscope"));
        QCOMPARE(both.options.domain, QStringLiteral("example.com"));
    }
    void nothingIsRequired()
    {
        QCOMPARE(readLaunch({QStringLiteral("mailoscope")}).kind, Launch::Kind::Open);
    }
    void optionsOfQtAreLeftToIt_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("ours");
        QTest::newRow("a session that is restored") << "-session 10a2_1 example.com"
                                                    << "example.com";
        QTest::newRow("a style") << "-style fusion --style=fusion --timeout 5"
                                 << "--timeout 5";
        QTest::newRow("a switch") << "-reverse a.example"
                                  << "a.example";
        QTest::newRow("none") << "--snapshot style a.example"
                              << "--snapshot style a.example";
        QTest::newRow("behind the end of options") << "-- -style"
                                                   << "-- -style";
        QTest::newRow("a value that is missing") << "a.example -style"
                                                 << "a.example";
    }
    void optionsOfQtAreLeftToIt()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, ours);
        QCOMPARE(withoutQtOptions(arguments.split(QLatin1Char(' '))).join(QLatin1Char(' ')), ours);
    }
    void wrongCommandLinesSayWhy_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *arguments) {
            QTest::newRow(arguments) << QString::fromLatin1(arguments).split(QLatin1Char(' '));
        };
        row("--nonsense");
        row("--resolver nowhere.example");
        row("--timeout soon");
        row("--timeout 0");
        row("--timeout -5");
        row("a.example b.example");
        row("--resolver");
    }
    void wrongCommandLinesSayWhy()
    {
        QFETCH(QStringList, arguments);
        const Launch launch = readLaunch(QStringList{QStringLiteral("mailoscope")} + arguments);
        QCOMPARE(launch.kind, Launch::Kind::Wrong);
        QVERIFY(launch.text.startsWith(QStringLiteral("mailoscope: ")));
    }
    void helpAndVersionArePrinted()
    {
        const Launch help = readLaunch({QStringLiteral("mailoscope"), QStringLiteral("--help")});
        QCOMPARE(help.kind, Launch::Kind::Help);
        for (const char *option : {"--snapshot", "--resolver", "--timeout"})
            QVERIFY2(help.text.contains(QString::fromLatin1(option)), option);
        const Launch version = readLaunch({QStringLiteral("mailoscope"), QStringLiteral("--version")});
        QCOMPARE(version.kind, Launch::Kind::Version);
        QVERIFY(version.text.contains(QStringLiteral("0.1")));
    }
};

QTEST_MAIN(LaunchTest)
#include "tst_launch.moc"
