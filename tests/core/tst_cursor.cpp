// SPDX-License-Identifier: Apache-2.0
#include "base/cursor.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace std::string_literals;
using namespace std::string_view_literals;

class TestCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyTextGivesNothing()
    {
        Cursor cursor{""sv};
        QVERIFY(cursor.atEnd());
        QVERIFY(!cursor.next());
        QVERIFY(!cursor.u8());
        QVERIFY(!cursor.u16());
        QVERIFY(!cursor.u32());
        QVERIFY(!cursor.take('\0'));
        QVERIFY(!cursor.take(std::size_t(1)));
        QCOMPARE(cursor.take(std::size_t(0)).value(), ""sv);
        QCOMPARE(cursor.peek(), '\0');
        QCOMPARE(cursor.position(), std::size_t(0));
    }

    void numbersAreInNetworkOrder()
    {
        Cursor cursor("\x01\x02\x03\xff\xfe\xfd\xfc"sv);
        QCOMPARE(cursor.u8().value(), std::uint8_t(1));
        QCOMPARE(cursor.u16().value(), std::uint16_t(0x0203));
        QCOMPARE(cursor.u32().value(), 0xfffefdfcU);
        QVERIFY(cursor.atEnd());
    }

    void readThatDoesNotFitLeavesThePosition()
    {
        Cursor cursor("abc"sv);
        QVERIFY(!cursor.u32());
        QVERIFY(!cursor.take(std::size_t(4)));
        QVERIFY(!cursor.take(std::numeric_limits<std::size_t>::max()));
        QCOMPARE(cursor.position(), std::size_t(0));
        QCOMPARE(cursor.take(std::size_t(2)).value(), "ab"sv);
        QVERIFY(!cursor.u16());
        QCOMPARE(cursor.rest(), "c"sv);
    }

    void seekingBehindTheEndIsRefused()
    {
        Cursor cursor("abc"sv);
        QVERIFY(cursor.seek(3));
        QVERIFY(cursor.atEnd());
        QVERIFY(!cursor.seek(4));
        QVERIFY(cursor.atEnd());
        QVERIFY(cursor.seek(1));
        QCOMPARE(cursor.remaining(), std::size_t(2));
    }

    void startBehindTheEndIsTheEnd()
    {
        QVERIFY(Cursor("abc"sv, 3).atEnd());
        QVERIFY(Cursor("abc"sv, 99).atEnd());
        QCOMPARE(Cursor("abc"sv, 1).rest(), "bc"sv);
    }

    void takingIsForTheExpectedOctetAlone()
    {
        Cursor cursor("a\0b"sv);
        QVERIFY(!cursor.take('b'));
        QVERIFY(cursor.take('a'));
        QVERIFY(!cursor.atEnd());
        QCOMPARE(cursor.peek(), '\0'); // a NUL in the text, not the end
        QVERIFY(cursor.take('\0'));
        QCOMPARE(cursor.next().value(), 'b');
    }

    void takeWhileStopsAtTheEnd()
    {
        Cursor cursor("aaab"sv);
        const auto isA = [](char c) { return c == 'a'; };
        QCOMPARE(cursor.takeWhile(isA), "aaa"sv);
        QCOMPARE(cursor.takeWhile(isA), ""sv);
        QCOMPARE(cursor.takeWhile([](char) { return true; }), "b"sv);
        QVERIFY(cursor.atEnd());
    }

    void positionAlwaysStaysInside()
    {
        std::mt19937 random(1035);
        const std::string text = "\x00\x01\xff some octets"s;
        for (int round = 0; round < 2000; ++round) {
            Cursor cursor(text, random() % 20);
            for (int step = 0; step < 20; ++step) {
                const std::size_t before = cursor.position();
                std::size_t taken = 0;
                switch (random() % 6) {
                case 0:
                    taken = cursor.u8() ? 1 : 0;
                    break;
                case 1:
                    taken = cursor.u16() ? 2 : 0;
                    break;
                case 2:
                    taken = cursor.u32() ? 4 : 0;
                    break;
                case 3:
                    taken = cursor.take(std::size_t(random() % 20)).value_or("").size();
                    break;
                case 4:
                    taken = cursor.next() ? 1 : 0;
                    break;
                default:
                    taken = cursor.takeWhile([](char c) { return c != ' '; }).size();
                }
                QCOMPARE(cursor.position(), before + taken);
                QCOMPARE(cursor.position() + cursor.remaining(), text.size());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCursor)
#include "tst_cursor.moc"
