// SPDX-License-Identifier: Apache-2.0
#include "base/hex.h"
#include "base/text.h"
#include "support/cases.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::string_literals;

namespace
{

QString utf8Of(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string encoded(char32_t c)
{
    return QString::fromUcs4(&c, 1).toStdString();
}

/// Offsets begin at 0, never go back, end at the number of characters and stay inside.
void verifyOffsets(const ShownText &text, const std::string &octets)
{
    QCOMPARE(text.characterOf.size(), octets.size() + 1);
    QCOMPARE(text.characterOf.front(), std::size_t(0));
    QVERIFY(std::is_sorted(text.characterOf.begin(), text.characterOf.end()));
    QCOMPARE(text.characterOf.back(), characterCount(text.utf8));
    QCOMPARE(utf8Of(text.utf8).toStdString(), text.utf8); // valid UTF-8
}

std::string randomOctets(std::mt19937 &random)
{
    static const std::vector<std::string> parts = {"a", "\\", "\xc3\xbc", "\xe2\x80\xae", "\xf0\x9f\x98\x80",
                                                   "0", " ",  "\xc3"};
    std::string octets;
    for (auto n = random() % 12; n > 0; --n) {
        if (random() % 2)
            octets += parts[random() % parts.size()];
        else
            octets.push_back(static_cast<char>(random() & 0xff));
    }
    return octets;
}

} // namespace

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void octetsAreMadeFitToBeShown_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *title, const std::string &octets, const char *expected) {
            QTest::newRow(title) << QByteArray::fromStdString(octets) << QString::fromUtf8(expected);
        };
        row("nothing", "", "");
        row("ASCII", "v=spf1 -all", "v=spf1 -all");
        row("a backslash stays", "a\\b", "a\\b");
        row("clean UTF-8", "grüße 例 😀", "grüße 例 😀");
        row("NUL", "a\0b"s, "a\\000b");
        row("line end and tab", "a\r\n\tb", "a\\013\\010\\009b");
        row("ANSI escape", "\x1b[31mred", "\\027[31mred");
        row("DEL", "\x7f", "\\127");
        row("C1 control", "\xc2\x9b"s + "31m", "\\194\\15531m");
        row("lone lead octet", "a\xc3", "a\\195");
        row("lone continuation octet", "\xbc"s + "b", "\\188b");
        row("cut sequence of three", "\xe4\xbe"s + "b", "\\228\\190b");
        row("overlong slash", "\xc0\xaf", "\\192\\175");
        row("overlong in three", "\xe0\x80\xaf", "\\224\\128\\175");
        row("overlong in four", "\xf0\x80\x80\xaf", "\\240\\128\\128\\175");
        row("surrogate", "\xed\xa0\x80", "\\237\\160\\128");
        row("above the last code point", "\xf4\x90\x80\x80", "\\244\\144\\128\\128");
        row("octets that UTF-8 never has", "\xff\xfe", "\\255\\254");
        row("last code point before the surrogates", "\xed\x9f\xbf", "\xed\x9f\xbf");
        row("right-to-left override",
            "a\u202e"
            "b",
            "a\\226\\128\\174b");
        row("bidirectional isolate", "\u2066x\u2069", "\\226\\129\\166x\\226\\129\\169");
        row("line separator", "\u2028", "\\226\\128\\168");
        row("byte order mark", "\ufeffx", "\\239\\187\\191x");
        row("soft hyphen",
            "a\u00ad"
            "b",
            "a\\194\\173b");
        row("no-break space is taken for a blank",
            "a\u00a0"
            "b",
            "a\\194\\160b");
        row("ideographic space is wide", "a\u3000b", "a\u3000b");
    }
    void octetsAreMadeFitToBeShown()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, expected);
        const std::string given = octets.toStdString();
        const ShownText text = shownText(given);
        QCOMPARE(utf8Of(text.utf8), expected);
        QCOMPARE(shown(given), text.utf8);
        verifyOffsets(text, given);
    }

    /// Default_Ignorable_Code_Point and Bidi_Control of the Unicode Character Database: no font shows them.
    /// And blanks that look like the plain one.
    void whatNobodyCanSeeIsEscaped_data()
    {
        QTest::addColumn<uint>("first");
        QTest::addColumn<uint>("last");
        const auto row = [](uint first, uint last) { QTest::addRow("U+%04X", first) << first << last; };
        row(0x0000, 0x001f);
        row(0x007f, 0x00a0);
        row(0x00ad, 0x00ad);
        row(0x034f, 0x034f);
        row(0x061c, 0x061c);
        row(0x115f, 0x1160);
        row(0x17b4, 0x17b5);
        row(0x1680, 0x1680);
        row(0x180b, 0x180f);
        row(0x2000, 0x200f);
        row(0x2028, 0x202f);
        row(0x205f, 0x206f);
        row(0x3164, 0x3164);
        row(0xfe00, 0xfe0f);
        row(0xfeff, 0xfeff);
        row(0xfdd0, 0xfdef);
        row(0xffa0, 0xffa0);
        row(0xfff0, 0xfffb);
        row(0xfffe, 0xffff);
        row(0x1bca0, 0x1bca3);
        row(0x1d173, 0x1d17a);
        row(0x1fffe, 0x1ffff);
        row(0xe0000, 0xe0fff);
        row(0xf0000, 0xf0001);
        row(0x10fffe, 0x10ffff);
    }
    void whatNobodyCanSeeIsEscaped()
    {
        QFETCH(uint, first);
        QFETCH(uint, last);
        for (uint c = first; c <= last; ++c) {
            const std::string text = shown('a' + encoded(c) + 'b');
            QVERIFY2(std::all_of(text.begin(), text.end(), [](char o) { return o >= 0x20 && o < 0x7f; }),
                     qPrintable(QString::number(c, 16)));
        }
    }

    void spanFollowsWhatItMarks()
    {
        const std::string octets = "a\xc3\xbc\0b\xff"s + "c";
        const ShownText text = shownText(octets);
        QCOMPARE(utf8Of(text.utf8), QStringLiteral("aü\\000b\\255c"));
        const auto marked = [&](std::size_t begin, std::size_t end) {
            const Span span = text.charactersOf({begin, end});
            return utf8Of(text.utf8).mid(static_cast<qsizetype>(span.begin),
                                         static_cast<qsizetype>(span.end - span.begin));
        };
        QCOMPARE(marked(0, 1), QStringLiteral("a"));
        QCOMPARE(marked(1, 3), QStringLiteral("ü"));
        QCOMPARE(marked(3, 4), QStringLiteral("\\000"));
        QCOMPARE(marked(4, 6), QStringLiteral("b\\255"));
        QCOMPARE(marked(0, octets.size()), QStringLiteral("aü\\000b\\255c"));
        QCOMPARE(marked(7, 7), QString());
        QCOMPARE(marked(5, 9999), QStringLiteral("\\255c")); // behind the end is the end
        QVERIFY(ShownText().charactersOf({1, 2}).isEmpty());
    }

    void offsetsCountCharactersOfAnyOctets()
    {
        std::mt19937 random(3629);
        for (int round = 0; round < 20000; ++round) {
            const std::string octets = randomOctets(random);
            verifyOffsets(shownText(octets), octets);
            verifyOffsets(losslessText(octets), octets);
            QCOMPARE(shown(shown(octets)), shown(octets));
        }
    }

    void losslessTextKeepsCleanUtf8()
    {
        QCOMPARE(losslessText("grüße\x01\u202e").utf8, std::string("grüße\x01\u202e"));
        QCOMPARE(losslessText("a\0b"s).utf8, "a\0b"s);
        QCOMPARE(losslessText("").utf8, std::string());
    }

    void losslessTextLosesNoOctet()
    {
        std::mt19937 random(8859);
        for (int round = 0; round < 5000; ++round) {
            const std::string octets = randomOctets(random);
            const QString text = utf8Of(losslessText(octets).utf8);
            const bool isUtf8 = utf8Of(octets).toStdString() == octets;
            QCOMPARE(visible(isUtf8 ? text.toStdString() : text.toLatin1().toStdString()), visible(octets));
        }
    }

    void escapedOctetsArePrintableAndReadBack()
    {
        std::string all;
        for (int octet = 0; octet < 256; ++octet)
            all.push_back(static_cast<char>(octet));
        QCOMPARE(unescapedOctets(escapedOctets(all)), all);
        std::mt19937 random(1035);
        for (int round = 0; round < 20000; ++round) {
            const std::string octets = randomOctets(random);
            const std::string text = escapedOctets(octets);
            QVERIFY(std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
            QCOMPARE(visible(unescapedOctets(text)), visible(octets));
        }
    }

    void brokenEscapesAreTakenAsTheyStand()
    {
        QCOMPARE(unescapedOctets("a\\"), std::string("a\\"));
        QCOMPARE(unescapedOctets("\\\\"), std::string("\\"));
        QCOMPARE(unescapedOctets("\\\"x"), std::string("\"x"));
        QCOMPARE(unescapedOctets("\\12"), std::string("12"));
        QCOMPARE(unescapedOctets("\\065\\066"), std::string("AB"));
        QCOMPARE(unescapedOctets("\\0650"), std::string("A0"));
        QCOMPARE(unescapedOctets("\\255"), std::string("\xff"));
        QCOMPARE(unescapedOctets("\\256"), std::string("256")); // never 000
    }

    void charactersAreCounted()
    {
        QCOMPARE(characterCount(""), std::size_t(0));
        QCOMPARE(characterCount("abc"), std::size_t(3));
        QCOMPARE(characterCount("grüße 例 😀"), std::size_t(9));
    }

    void hexadecimalIsReadStrictly()
    {
        QVERIFY(toHex(std::string("\0\xabz", 3)) == "00ab7a");
        QVERIFY(fromHex("00aB7A") == std::string("\0\xabz", 3));
        QVERIFY(fromHex("") == std::string());
        for (const char *text : {"0", "0g", "g0", " 00", "0x00", "00 ", "-1", "@0", "`0"})
            QVERIFY2(!fromHex(text), text);
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
