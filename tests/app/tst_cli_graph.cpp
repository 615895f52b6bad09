// SPDX-License-Identifier: Apache-2.0
#include "cli_process.h"

#include <QFile>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

/// The include graph from the command line.
using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

struct Drawing {
    QString problem; ///< of the XML
    QStringList elements;
    QStringList references; ///< attributes that lead somewhere
    QString title;
    QString texts;
};

Drawing readSvg(const QByteArray &svg)
{
    Drawing drawing;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement()) {
            drawing.elements << reader.name().toString();
            for (const QXmlStreamAttribute &attribute : reader.attributes()) {
                if (attribute.name().contains(QStringLiteral("href")) ||
                    attribute.value().contains(QStringLiteral("//")) ||
                    attribute.name().startsWith(QStringLiteral("on")))
                    drawing.references << attribute.name().toString();
            }
            if (reader.name() == QStringLiteral("title"))
                drawing.title = reader.readElementText();
        } else if (reader.isCharacters()) {
            drawing.texts += reader.text().toString() + QLatin1Char('\n');
        }
    }
    drawing.problem = reader.hasError() ? reader.errorString() : QString();
    return drawing;
}

QStringList graph(std::initializer_list<const char *> options)
{
    QStringList words{QStringLiteral("spf-tree"), QStringLiteral("--sample")};
    for (const char *option : options)
        words << QString::fromUtf8(option);
    return words;
}

} // namespace

class TestCliGraph : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anSvgIsWellFormedAndLeadsNowhere();
    void namesFromOutsideAreText();
    void aPngNeedsNoDisplayAndIsBounded();
    void branchesAreFoldedByNameAndDepth();
    void stylesDiffer();
    void whatCannotBeDrawnIsTold_data();
    void whatCannotBeDrawnIsTold();
    void aFileIsWholeOrNotThere();

private:
    QString snapshot(const Zone &zone, const char *domain)
    {
        QString file = m_folder.filePath(QStringLiteral("facts.mailoscope"));
        writeFile(file, QByteArray::fromStdString(
                            writeSnapshot(snapshotOf(zone, *DomainName::parse(domain)), Compression::None)));
        return file;
    }
    QTemporaryDir m_folder;
};

void TestCliGraph::anSvgIsWellFormedAndLeadsNowhere()
{
    const CliRun run = runCli(graph({"--format", "svg"}));
    QVERIFY2(run.exitCode == 0 && run.err.isEmpty(), run.err.constData());
    const Drawing drawing = readSvg(run.out);
    QCOMPARE(drawing.problem, QString());
    QCOMPARE(drawing.references, QStringList());
    for (const char *element : {"script", "image", "style", "a", "foreignObject", "use"})
        QVERIFY2(!drawing.elements.contains(QLatin1String(element)), element);
    QVERIFY2(drawing.title.startsWith(QStringLiteral("SPF include graph of ")), qPrintable(drawing.title));
    QVERIFY(drawing.texts.contains(QStringLiteral("look-ups")));
    QVERIFY(run.out.contains(", sans-serif\""));
    // The same facts give the same drawing.
    QCOMPARE(runCli(graph({"--format=svg"})).out, run.out);
}

void TestCliGraph::namesFromOutsideAreText()
{
    Zone zone;
    zone.addMasterFileAt(
        (QStringLiteral(MAILOSCOPE_TEST_DATA) + QStringLiteral("/graph/hostile-names.zone")).toStdString());
    const CliRun run =
        runCli({QStringLiteral("spf-tree"), QStringLiteral("--snapshot"), snapshot(zone, "example.com"),
                QStringLiteral("--format"), QStringLiteral("svg"), QStringLiteral("example.com")});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const Drawing drawing = readSvg(run.out);
    QCOMPARE(drawing.problem, QString());
    QCOMPARE(drawing.references, QStringList());
    for (const char *element : {"b", "script", "image", "style", "a"})
        QVERIFY2(!drawing.elements.contains(QLatin1String(element)), element);
    QVERIFY(drawing.texts.contains(QStringLiteral("<b>bold</b>.example.net")));
    QVERIFY(std::none_of(run.out.begin(), run.out.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
    }));
}

void TestCliGraph::aPngNeedsNoDisplayAndIsBounded()
{
    // Two hundred records.
    Zone zone;
    std::string root = "v=spf1";
    for (int i = 0; i < 200; ++i) {
        const std::string name = "n" + std::to_string(i) + ".example.org";
        root += " include:" + name;
        zone.add(name + " TXT \"v=spf1 ip4:192.0.2." + std::to_string(i) + " -all\"");
    }
    std::string strings;
    for (std::size_t at = 0; at < root.size(); at += 255)
        strings += " \"" + root.substr(at, 255) + "\"";
    zone.add("wide.example.org TXT" + strings);
    QProcessEnvironment environment = plainEnvironment();
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    const QString file = m_folder.filePath(QStringLiteral("wide.png"));
    const CliRun run =
        runCli({QStringLiteral("spf-tree"), QStringLiteral("--snapshot"), snapshot(zone, "wide.example.org"),
                QStringLiteral("--format"), QStringLiteral("png"), QStringLiteral("--output"), file},
               {}, environment);
    QVERIFY2(run.exitCode == 0 && run.err.isEmpty(), run.err.constData());
    const QImage image(file, "PNG");
    QVERIFY(!image.isNull());
    QVERIFY(image.height() > 2000 && image.height() <= 30000);
    QVERIFY(qint64(image.width()) * image.height() <= 33'000'000);
    QVERIFY(image.text(QStringLiteral("Title")).contains(QStringLiteral("wide.example.org")));
}

void TestCliGraph::branchesAreFoldedByNameAndDepth()
{
    Zone zone;
    zone.addMasterFile(R"(
example.com TXT "v=spf1 include:a.example.net include:b.example.net -all"
a.example.net TXT "v=spf1 include:deep.example.net -all"
b.example.net TXT "v=spf1 include:deep.example.net -all"
deep.example.net TXT "v=spf1 ip4:192.0.2.1 -all"
)");
    const QString facts = snapshot(zone, "example.com");
    const auto deepOnes = [&](const QStringList &options) {
        const CliRun run = runCli(QStringList{QStringLiteral("spf-tree"), QStringLiteral("--snapshot"), facts,
                                              QStringLiteral("--format"), QStringLiteral("svg")} +
                                  options);
        return run.exitCode == 0 ? readSvg(run.out).texts.count(QStringLiteral("deep.example.net")) : -1;
    };
    QCOMPARE(deepOnes({}), 2);
    QCOMPARE(deepOnes({QStringLiteral("--fold"), QStringLiteral("A.example.net")}), 1);
    QCOMPARE(deepOnes({QStringLiteral("--fold"), QStringLiteral("a.example.net"), QStringLiteral("--fold"),
                       QStringLiteral("b.example.net")}),
             0);
    QCOMPARE(deepOnes({QStringLiteral("--depth"), QStringLiteral("1")}), 0);
    QCOMPARE(deepOnes({QStringLiteral("--depth"), QStringLiteral("2")}), 2);
}

void TestCliGraph::stylesDiffer()
{
    std::set<QRgb> grounds;
    for (const char *style : {"paper", "light", "dark"}) {
        const CliRun run = runCli(graph({"--format", "png", "--style", style}));
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const QImage image = QImage::fromData(run.out, "PNG");
        QVERIFY(!image.isNull());
        grounds.insert(image.pixel(0, 0));
    }
    QCOMPARE(grounds.size(), std::size_t(3));
    QVERIFY(grounds.contains(0xffffffff));
}

void TestCliGraph::whatCannotBeDrawnIsTold_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QString>("says");
    QTest::newRow("format") << graph({"--format", "pdf"}) << QStringLiteral("text, json, svg and png");
    QTest::newRow("format of inspect") << QStringList{QStringLiteral("inspect"), QStringLiteral("--sample"),
                                                      QStringLiteral("--format"), QStringLiteral("svg")}
                                       << QStringLiteral("is not a format");
    QTest::newRow("json") << graph({"--json", "--format", "svg"}) << QStringLiteral("contradict");
    QTest::newRow("fold of text") << graph({"--fold", "example.com"})
                                  << QStringLiteral("--fold goes with --format svg or png");
    QTest::newRow("depth") << graph({"--format", "svg", "--depth", "0"}) << QStringLiteral("from 1 on");
    QTest::newRow("no number") << graph({"--format", "svg", "--depth", "2x"}) << QStringLiteral("from 1 on");
    QTest::newRow("style") << graph({"--format", "svg", "--style", "red"})
                           << QStringLiteral("paper, light or");
    QTest::newRow("no name") << graph({"--format", "svg", "--fold", "a..b"}) << QStringLiteral("a..b");
    QTest::newRow("no branch") << graph({"--format", "svg", "--fold", "nowhere.example"})
                               << QStringLiteral("nowhere.example");
}

void TestCliGraph::whatCannotBeDrawnIsTold()
{
    QFETCH(QStringList, options);
    QFETCH(QString, says);
    const CliRun run = runCli(options);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.errText().contains(says), run.err.constData());
}

void TestCliGraph::aFileIsWholeOrNotThere()
{
    const QString file = m_folder.filePath(QStringLiteral("graph.svg"));
    writeFile(file, "before");
    const CliRun run =
        runCli(graph({"--format", "svg", "--fold", "nowhere.example", "--output"}) + QStringList{file});
    QCOMPARE(run.exitCode, 2);
    QCOMPARE(readFile(file), QByteArray("before"));
}

QTEST_GUILESS_MAIN(TestCliGraph)
#include "tst_cli_graph.moc"
