// SPDX-License-Identifier: Apache-2.0
// The include graph without a window: what stands in it and where, as text, and that it can be drawn.
#include "graph/graph_export.h"
#include "graph/graph_layout.h"
#include "graph/graph_painter.h"
#include "models/spf_status.h"
#include "report/html.h"
#include "report/text.h"
#include "support/golden.h"
#include "text/spf_row_text.h"
#include "ui/reports.h"

#include <QDir>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTest>
#include <QXmlStreamReader>

#include <random>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

const QString Folder = QStringLiteral(MAILOSCOPE_TEST_DATA "/graph/");

Zone zoneOf(const QString &file)
{
    Zone zone;
    zone.addMasterFileAt((Folder + file + QStringLiteral(".zone")).toStdString());
    return zone;
}

/// A node with up to five children, and so on, in preorder.
void grow(TreeShape &shape, int parent, int depth, std::mt19937 &random)
{
    const int index = static_cast<int>(shape.nodes.size());
    shape.nodes.push_back({parent, 1 + static_cast<double>(random() % 3)});
    const auto children = static_cast<int>(depth == 0 ? 0 : random() % 6);
    for (int i = 0; i < children; ++i)
        grow(shape, index, depth - 1, random);
}

int depthOf(const TreeShape &shape, int node)
{
    int depth = 0;
    for (int at = shape.nodes[static_cast<std::size_t>(node)].parent; at >= 0;
         at = shape.nodes[static_cast<std::size_t>(at)].parent)
        ++depth;
    return depth;
}

QImage drawn(const GraphPicture &picture, const GraphStyle &style, const GraphState &state = {})
{
    QImage image(sizeOf(picture, style).toSize(), QImage::Format_RGB32);
    image.fill(style.ground);
    QPainter painter(&image);
    paintGraph(painter, picture, style, {}, state);
    return image;
}

} // namespace

class GraphTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void treesAreLaidOutAsTheirGoldensSay_data()
    {
        QTest::addColumn<QString>("file");
        for (const QString &file :
             QDir(Folder).entryList({QStringLiteral("*.zone")}, QDir::Files, QDir::Name)) {
            const QString name = file.chopped(5);
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void treesAreLaidOutAsTheirGoldensSay()
    {
        QFETCH(QString, file);
        const auto report = reportOf(zoneOf(file), "example.com");
        const GraphPicture picture = graphOf(report->spf);
        QCOMPARE(toText(picture), toText(graphOf(report->spf)));
        compareGolden(file, toText(picture));
        keep(file, picture);
    }

    void twoHundredRecordsAreLaidOutAsTheirGoldenSays()
    {
        const auto report = reportOf(wideZone(200), "wide.example.org");
        const GraphPicture picture = graphOf(report->spf);
        QCOMPARE(picture.nodes.size(), std::size_t(200));
        compareGolden(QStringLiteral("two-hundred"), toText(picture));
        keep(QStringLiteral("two-hundred"), picture);
    }

    void nothingOverlapsAndSiblingsKeepTheirOrder()
    {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            TreeShape shape;
            grow(shape, -1, 4, random);
            const std::vector<double> tops = tidyTops(shape);
            std::map<int, double> bottoms; // of each column, so far
            for (std::size_t i = 0; i < tops.size(); ++i) {
                const int depth = depthOf(shape, static_cast<int>(i));
                const auto above = bottoms.find(depth);
                if (above != bottoms.end())
                    QVERIFY(tops[i] >= above->second + shape.siblingGap - 1e-6);
                bottoms[depth] = tops[i] + shape.nodes[i].height;
            }
        }
    }

    void aParentStandsInTheMiddleOfItsChildren()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("simple")), "example.com");
        const GraphPicture picture = graphOf(report->spf);
        const GraphNode &root = picture.nodes.front();
        const auto middleOf = [&](int node) {
            return picture.nodes[static_cast<std::size_t>(node)].place.center().y();
        };
        QCOMPARE(root.place.center().y(),
                 (middleOf(root.children.front()) + middleOf(root.children.back())) / 2);
    }

    void answersAddNodesAndKeepTheOrder()
    {
        for (const auto &[zone, domain] :
             {std::pair(smallZone(), "example.com"), std::pair(wideZone(60), "wide.example.org"),
              std::pair(zoneOf(QStringLiteral("over-the-limit")), "example.com")}) {
            std::vector<TermPath> before;
            for (const auto &report : reportsOf(zone, domain, 1)) {
                const GraphPicture picture = graphOf(report->spf);
                std::vector<TermPath> paths;
                for (const GraphNode &node : picture.nodes)
                    paths.push_back(node.path);
                QVERIFY(std::is_sorted(paths.begin(), paths.end()));
                QVERIFY(std::includes(paths.begin(), paths.end(), before.begin(), before.end()));
                before = std::move(paths);
            }
        }
    }

    void anAnswerDoesNotChangeTheHeightOfANode()
    {
        std::map<TermPath, double> heights;
        for (const auto &report : reportsOf(zoneOf(QStringLiteral("failing")), "example.com", 1)) {
            for (const GraphNode &node : graphOf(report->spf).nodes) {
                const auto [known, isNew] = heights.try_emplace(node.path, node.place.height());
                QVERIFY(isNew || known->second == node.place.height());
            }
        }
        QVERIFY(heights.size() > 5);
    }

    void aNodeThatWaitsSaysSo()
    {
        const auto reports = reportsOf(zoneOf(QStringLiteral("simple")), "example.com", 1);
        const GraphPicture first = graphOf(reports.front()->spf);
        QCOMPARE(first.nodes.size(), std::size_t(1));
        QCOMPARE(first.nodes.front().marks.front(), (GraphMark{Meaning::Waiting, QStringLiteral("waiting")}));
    }

    void aTermThatIsVoidForOneFamilyIsToldAlikeEverywhere()
    {
        Zone zone;
        zone.addMasterFile(R"(
example.com TXT "v=spf1 a:four.example.com a:six.example.com a:gone.example.com -all"
four.example.com A 192.0.2.1
six.example.com AAAA 2001:db8::1
)");
        const auto report = reportOf(zone, "example.com");
        const GraphPicture picture = graphOf(report->spf);
        const std::string text = treeToText(report->spf, {});
        const std::string html = toHtml(*report);
        const std::pair<Meaning, QString> expected[] = {{Meaning::Low, QStringLiteral("void for IPv6")},
                                                        {Meaning::Low, QStringLiteral("void for IPv4")},
                                                        {Meaning::Medium, QStringLiteral("void")}};
        for (std::size_t i = 0; i < std::size(expected); ++i) {
            const auto &[meaning, word] = expected[i];
            const SpfPlace place = *placeAt(report->spf, TermPath{i});
            QCOMPARE(picture.nodes.at(i + 1).marks.front(), (GraphMark{meaning, word}));
            QCOMPARE(statusText(place), word);
            QCOMPARE(meaningOfStatus(place), std::optional(meaning));
            QVERIFY(text.find(word.toStdString()) != std::string::npos);
            QVERIFY(html.find(word.toStdString()) != std::string::npos);
        }
    }

    void aFoldedBranchSaysWhatItHides()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("loop")), "example.com");
        const GraphPicture open = graphOf(report->spf);
        const GraphPicture folded = graphOf(report->spf, {TermPath{0}});
        QVERIFY(folded.nodes.size() < open.nodes.size());
        const int index = folded.nodeAt(TermPath{0, 0, 1});
        const GraphNode &node = folded.nodes[static_cast<std::size_t>(index)];
        QCOMPARE(node.path, TermPath{0});
        QVERIFY(node.isFolded);
        QVERIFY(node.children.empty());
        QCOMPARE(node.below, open.nodes[1].below);
        QCOMPARE(node.marks.back(), (GraphMark{Meaning::Critical, QStringLiteral("1 below")}));
        QCOMPARE(node.figures, open.nodes[1].figures);
        compareGolden(QStringLiteral("loop-folded"), toText(folded));
    }

    void theRootIsNeverFolded()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("simple")), "example.com");
        QCOMPARE(toText(graphOf(report->spf, {TermPath()})), toText(graphOf(report->spf)));
    }

    void aPlaceWithoutANodeIsShownByTheOneAbove()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("simple")), "example.com");
        const GraphPicture picture = graphOf(report->spf);
        QCOMPARE(picture.nodeAt(TermPath{3}), 0); // ip4
        QCOMPARE(picture.nodes[static_cast<std::size_t>(picture.nodeAt(TermPath{1, 0, 1}))].path,
                 (TermPath{1, 0}));
    }

    void everyPointOfANodeIsFound()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("failing")), "example.com");
        const GraphPicture picture = graphOf(report->spf);
        for (std::size_t i = 0; i < picture.nodes.size(); ++i)
            QCOMPARE(picture.nodeAt(picture.nodes[i].place.center()), static_cast<int>(i));
        QCOMPARE(picture.nodeAt(picture.bounds.topLeft()), -1);
    }

    void screenAndPaperAreDrawn()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("failing")), "example.com");
        GraphPicture picture = graphOf(report->spf);
        const GraphStyle screen = screenStyle(QGuiApplication::font(), QGuiApplication::palette());
        const QImage plain = drawn(picture, screen);
        fitTexts(picture, screen);
        QCOMPARE(drawn(picture, screen), plain);
        QVERIFY(drawn(picture, screen, {1, true, {1}, {}, {}, {}}) != plain);
        const QImage paper = drawn(picture, paperStyle(QGuiApplication::font()));
        QCOMPARE(paper.pixelColor(0, 0), QColor(Qt::white));
    }

    void anSvgIsXmlThatHoldsEveryNodeAndNoMarkupFromOutside()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("hostile-names")), "example.com");
        GraphPicture picture = graphOf(report->spf);
        picture.title = QStringLiteral("<b>title</b> & \"more\"");
        const QByteArray svg = toSvg(picture, paperStyle(QGuiApplication::font()));
        QXmlStreamReader reader(svg);
        QStringList elements;
        QString texts;
        QString title;
        while (!reader.atEnd()) {
            reader.readNext();
            if (reader.isStartElement()) {
                elements << reader.name().toString();
                if (reader.name() == QStringLiteral("title"))
                    title = reader.readElementText();
                for (const QXmlStreamAttribute &attribute : reader.attributes())
                    QVERIFY(!attribute.name().contains(QStringLiteral("href")));
            } else if (reader.isCharacters()) {
                texts += reader.text();
            }
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QCOMPARE(title, picture.title);
        for (const char *element : {"b", "script", "image", "style", "a"})
            QVERIFY(!elements.contains(QString::fromLatin1(element)));
        QVERIFY(texts.contains(QStringLiteral("<b>bold</b>.example.net")));
        QVERIFY(texts.contains(QStringLiteral("a&b.example.net")));
        for (const GraphNode &node : picture.nodes)
            QVERIFY(texts.contains(node.name.left(8)));
        for (const char octet : svg)
            QVERIFY(static_cast<unsigned char>(octet) >= 0x20 || octet == '\n' || octet == '\t');
    }

    void anImageOfAHugeTreeIsBounded()
    {
        const auto report = reportOf(wideZone(200), "wide.example.org");
        const QImage image = toImage(graphOf(report->spf), paperStyle(QGuiApplication::font()), 20);
        QVERIFY(!image.isNull());
        QVERIFY(qint64(image.width()) * image.height() <= 65'000'000);
        QVERIFY(image.height() <= 30000);
    }

    void onlyThePartAskedForIsDrawn()
    {
        const auto report = reportOf(zoneOf(QStringLiteral("simple")), "example.com");
        const GraphPicture picture = graphOf(report->spf);
        const GraphStyle style = screenStyle(QGuiApplication::font(), QGuiApplication::palette());
        QImage image(sizeOf(picture, style).toSize(), QImage::Format_RGB32);
        image.fill(style.ground);
        QPainter painter(&image);
        paintGraph(painter, picture, style, picture.nodes.front().place);
        painter.end();
        const auto colourAt = [&](const QPointF &point) {
            return image.pixelColor(((point - picture.bounds.topLeft()) * style.em).toPoint());
        };
        QCOMPARE(colourAt(picture.nodes.front().place.bottomLeft() + QPointF(3, -0.15)), style.node);
        QCOMPARE(colourAt(picture.nodes.back().place.bottomLeft() + QPointF(3, -0.15)), style.ground);
    }

private:
    void compareGolden(const QString &name, const QString &text)
    {
        QCOMPARE(differenceToGolden(QStringLiteral("graph/%1.txt").arg(name), text.toUtf8()), QString());
    }

    /// With MAILOSCOPE_SHOTS set to a folder the pictures are kept for people to look at.
    void keep(const QString &name, const GraphPicture &picture)
    {
        const QString folder = qEnvironmentVariable("MAILOSCOPE_SHOTS");
        if (folder.isEmpty())
            return;
        const QFont font = QGuiApplication::font();
        QVERIFY(drawn(picture, screenStyle(font, QGuiApplication::palette()))
                    .save(QStringLiteral("%1/graph-%2.png").arg(folder, name)));
        QVERIFY(drawn(picture, paperStyle(font))
                    .convertToFormat(QImage::Format_Grayscale8)
                    .save(QStringLiteral("%1/graph-paper-%2.png").arg(folder, name)));
    }
};

QTEST_MAIN(GraphTest)
#include "tst_graph.moc"
