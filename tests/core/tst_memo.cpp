// SPDX-License-Identifier: Apache-2.0
#include "base/memo.h"

#include <QTest>

#include <string>
#include <string_view>

using namespace mailoscope;

class TestMemo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void makesOnceForEqualKeys();
    void theOldestMakesRoom();
    void aValueOutlivesItsPlace();
};

namespace
{

/// Counts what it makes.
struct Maker {
    Memo<std::string, std::string> memo{2};
    int made = 0;

    std::shared_ptr<const std::string> of(std::string_view key)
    {
        return memo.of(key, [&] {
            ++made;
            return std::string(key) + '!';
        });
    }
};

} // namespace

void TestMemo::makesOnceForEqualKeys()
{
    Maker maker;
    QCOMPARE(*maker.of("a"), std::string("a!"));
    QCOMPARE(*maker.of("a"), std::string("a!"));
    QCOMPARE(maker.made, 1);
    QCOMPARE(*maker.of("b"), std::string("b!"));
    QCOMPARE(maker.made, 2);
}

void TestMemo::theOldestMakesRoom()
{
    Maker maker;
    maker.of("a");
    maker.of("b");
    maker.of("c"); // in the place of a
    maker.of("b");
    QCOMPARE(maker.made, 3);
    maker.of("a"); // in the place of b
    maker.of("c");
    QCOMPARE(maker.made, 4);
    maker.of("b");
    QCOMPARE(maker.made, 5);
}

void TestMemo::aValueOutlivesItsPlace()
{
    Maker maker;
    const auto kept = maker.of("a");
    maker.of("b");
    maker.of("c");
    QCOMPARE(*kept, std::string("a!"));
}

QTEST_APPLESS_MAIN(TestMemo)
#include "tst_memo.moc"
