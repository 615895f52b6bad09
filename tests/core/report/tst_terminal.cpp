// SPDX-License-Identifier: Apache-2.0
#include "report/terminal.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::terminal;

namespace
{

QString textOf(Page &page)
{
    return QString::fromStdString(page.take());
}

std::string joined(const std::vector<Line> &lines)
{
    std::string text;
    for (const Line &line : lines)
        text += line.text;
    return text;
}

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void widthsCountColumns();
    void brokenLinesLoseNothing();
    void aWordTooLongIsBrokenInside();
    void marksStandBelowTheirOctets();
    void marksFollowABreak();
    void escapedOctetsAreMarkedAsAWhole();
    void wideCharactersTakeTwoMarks();
    void asciiTerminalsGetAsciiOnly();
    void longRecordsAreCutAroundTheMarks();
    void tonesNeedColour();
    void numbersAreGrouped();
};

void TestTerminal::widthsCountColumns()
{
    QCOMPARE(columnsOf("abc"), 3);
    QCOMPARE(columnsOf("bücher"), 6);
    QCOMPARE(columnsOf("日本"), 4);
    QCOMPARE(columnsOf("e\u0301"), 1);
    QCOMPARE(columnsOf("├─ "), 3);
}

void TestTerminal::brokenLinesLoseNothing()
{
    const std::string text = "v=spf1 include:_spf.example.com  ip4:192.0.2.0/24 日本語日本語日本語 -all ";
    for (int columns = 1; columns < 90; ++columns) {
        const std::vector<Line> lines = brokenLines(text, columns);
        QCOMPARE(QString::fromStdString(joined(lines)), QString::fromStdString(text));
        for (const Line &line : lines) {
            const std::size_t end = line.text.find_last_not_of(' ') + 1;
            QVERIFY(columnsOf(line.text.substr(0, end)) <=
                    std::max(columns, 2)); // a wide character needs two
            QCOMPARE(text.compare(line.begin, line.text.size(), line.text), 0);
        }
    }
    QCOMPARE(brokenLines("", 10).size(), std::size_t(1));
}

void TestTerminal::aWordTooLongIsBrokenInside()
{
    const std::vector<Line> lines = brokenLines("ab abcdefghij", 4);
    QCOMPARE(lines.size(), std::size_t(4));
    QCOMPARE(QString::fromStdString(lines[0].text), QStringLiteral("ab "));
    QCOMPARE(QString::fromStdString(lines[1].text), QStringLiteral("abcd"));
}

void TestTerminal::marksStandBelowTheirOctets()
{
    Page page({80, false, true});
    page.record("v=spf1 ipv4:192.0.2.1 -all", {{7, 11}}, 2, Tone::Critical);
    QCOMPARE(textOf(page), QStringLiteral("  v=spf1 ipv4:192.0.2.1 -all\n"
                                          "         ^^^^\n"));
}

void TestTerminal::marksFollowABreak()
{
    Page page({40, false, true});
    page.record("v=spf1 include:a.example include:b.example -all", {{15, 42}}, 0, Tone::Critical);
    QCOMPARE(textOf(page), QStringLiteral("v=spf1 include:a.example \n"
                                          "               ^^^^^^^^^^\n"
                                          "include:b.example -all\n"
                                          "^^^^^^^^^^^^^^^^^\n"));
}

void TestTerminal::escapedOctetsAreMarkedAsAWhole()
{
    Page page({80, false, true});
    page.record("a\033b", {{1, 2}}, 0, Tone::Critical);
    QCOMPARE(textOf(page), QStringLiteral("a\\027b\n ^^^^\n"));
}

void TestTerminal::wideCharactersTakeTwoMarks()
{
    Page page({80, false, true});
    page.record("a日b", {{1, 4}}, 0, Tone::Critical);
    QCOMPARE(textOf(page), QStringLiteral("a日b\n ^^\n"));
}

void TestTerminal::asciiTerminalsGetAsciiOnly()
{
    Page page({80, false, false});
    page.paragraph("", "“quoted” – bücher … → ✔");
    page.record("bücher", {{1, 3}}, 0, Tone::Critical);
    const QString text = textOf(page);
    QVERIFY(std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; }));
    QVERIFY(text.startsWith(QStringLiteral("\"quoted\" - b\\195\\188cher ... -> ")));
    QVERIFY(text.endsWith(QStringLiteral("b\\195\\188cher\n ^^^^^^^^\n")));
}

void TestTerminal::longRecordsAreCutAroundTheMarks()
{
    std::string record = "v=spf1";
    for (int i = 0; i < 100; ++i)
        record += " ip4:192.0.2." + std::to_string(i);
    Page page({60, false, true});
    const std::size_t at = record.find("192.0.2.50");
    page.record(record, {{at, at + 10}}, 0, Tone::Critical, Page::Extent::Around);
    const QStringList lines = textOf(page).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), qsizetype(7)); // a gap, three lines and the mark, a gap, the end
    QCOMPARE(lines.first(), QStringLiteral("…"));
    QVERIFY(lines[2].contains(QStringLiteral("192.0.2.50")));
}

void TestTerminal::tonesNeedColour()
{
    QCOMPARE(QString::fromStdString(Page({80, false, true}).toned(Tone::Critical, "x")), QStringLiteral("x"));
    QCOMPARE(QString::fromStdString(Page({80, true, true}).toned(Tone::Critical, "x")),
             QStringLiteral("\033[1;31mx\033[0m"));
}

void TestTerminal::numbersAreGrouped()
{
    QCOMPARE(QString::fromStdString(grouped(0)), QStringLiteral("0"));
    QCOMPARE(QString::fromStdString(grouped(999)), QStringLiteral("999"));
    QCOMPARE(QString::fromStdString(grouped(1000)), QStringLiteral("1,000"));
    QCOMPARE(QString::fromStdString(grouped(4294967296)), QStringLiteral("4,294,967,296"));
}

QTEST_GUILESS_MAIN(TestTerminal)
#include "tst_terminal.moc"
