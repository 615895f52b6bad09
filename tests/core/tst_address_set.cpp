// SPDX-License-Identifier: Apache-2.0
#include "base/address_set.h"
#include "support/cases.h"

#include <QTest>

#include <bitset>
#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

/// A window of 256 neighbouring addresses somewhere in the space, one bit each, and one bit for all the rest.
constexpr int WindowSize = 256;

template <typename Value>
class Model
{
public:
    explicit Model(Value base) : m_base(base) {}

    void insert(int first, int last)
    {
        for (int i = first; i <= last; ++i)
            m_bits.set(static_cast<std::size_t>(i));
    }
    bool contains(int i) const { return m_bits.test(static_cast<std::size_t>(i)); }
    int count() const { return static_cast<int>(m_bits.count()); }
    Model combined(const Model &other, bool (*keeps)(bool, bool)) const
    {
        Model result(m_base);
        for (std::size_t i = 0; i < m_bits.size(); ++i)
            result.m_bits.set(i, keeps(m_bits.test(i), other.m_bits.test(i)));
        result.m_rest = keeps(m_rest, other.m_rest);
        return result;
    }
    Value at(int i) const { return m_base + Value(static_cast<std::uint32_t>(i)); }
    Interval<Value> interval(int first, int last) const { return {at(first), at(last)}; }

    /// As the set should be in canonical form.
    std::vector<Interval<Value>> intervals() const
    {
        std::vector<Interval<Value>> found;
        const auto add = [&found](const Value &first, const Value &last) {
            if (!found.empty() && found.back().last + Value(1) == first && found.back().last < first)
                found.back().last = last;
            else
                found.push_back({first, last});
        };
        if (m_rest && m_base != Value(0))
            add(Value(0), m_base - Value(1));
        for (int i = 0; i < WindowSize; ++i) {
            if (contains(i))
                add(at(i), at(i));
        }
        const Value end = at(WindowSize - 1);
        if (m_rest && end != IntervalSet<Value>::highest())
            add(end + Value(1), IntervalSet<Value>::highest());
        return found;
    }

private:
    Value m_base;
    std::bitset<WindowSize> m_bits;
    bool m_rest = false;
};

bool inEither(bool a, bool b)
{
    return a || b;
}
bool inBoth(bool a, bool b)
{
    return a && b;
}
bool inFirstOnly(bool a, bool b)
{
    return a && !b;
}
bool notInFirst(bool a, bool)
{
    return !a;
}

/// A few ranges of a window, put into the model and, one by one, into the set.
template <typename Value>
std::pair<Model<Value>, IntervalSet<Value>> randomPair(std::mt19937 &random, Value base)
{
    Model<Value> model(base);
    IntervalSet<Value> set;
    for (auto n = random() % 9; n > 0; --n) {
        const int first = static_cast<int>(random() % WindowSize);
        const int length = static_cast<int>(random() % 4 ? random() % 12 : random() % WindowSize);
        const int last = std::min(first + length, WindowSize - 1);
        model.insert(first, last);
        set.insert(model.interval(first, last));
    }
    return {model, set};
}

template <typename Value>
void compareWithModel(Value base)
{
    std::mt19937 random(20261121);
    for (int round = 0; round < 4000; ++round) {
        const auto [modelA, a] = randomPair(random, base);
        const auto [modelB, b] = randomPair(random, base);
        QVERIFY(a.intervals() == modelA.intervals());
        QVERIFY(b.intervals() == modelB.intervals());
        QVERIFY(a.united(b).intervals() == modelA.combined(modelB, inEither).intervals());
        QVERIFY(a.intersected(b).intervals() == modelA.combined(modelB, inBoth).intervals());
        QVERIFY(a.without(b).intervals() == modelA.combined(modelB, inFirstOnly).intervals());
        QVERIFY(a.complement().intervals() == modelA.combined(modelB, notInFirst).intervals());
        // The complement reaches both ends of the space: the operations must not wrap around there.
        const auto modelC = modelB.combined(modelB, notInFirst);
        const auto c = b.complement();
        QVERIFY(a.united(c).intervals() == modelA.combined(modelC, inEither).intervals());
        QVERIFY(a.intersected(c).intervals() == modelA.combined(modelC, inBoth).intervals());
        QVERIFY(a.without(c).intervals() == modelA.combined(modelC, inFirstOnly).intervals());
        QVERIFY(c.without(a).intervals() == modelC.combined(modelA, inFirstOnly).intervals());
        QVERIFY(c.complement() == b);
        QVERIFY(a.united(a.complement()).isAll());
        QVERIFY(a.intersected(a.complement()).isEmpty());
        QCOMPARE(countOf(a), decltype(countOf(a))(static_cast<std::uint32_t>(modelA.count())));
        for (int i = 0; i < WindowSize; ++i) {
            QCOMPARE(a.contains(modelA.at(i)), modelA.contains(i));
            QCOMPARE(c.contains(modelC.at(i)), modelC.contains(i));
        }
    }
}

template <typename Value>
void compareFreshParts(Value base)
{
    std::mt19937 random(7208);
    for (int round = 0; round < 20000; ++round) {
        auto [model, set] = randomPair(random, base);
        const int first = static_cast<int>(random() % WindowSize);
        const int last = std::min(first + static_cast<int>(random() % 40), WindowSize - 1);
        Model<Value> expected(base);
        for (int i = first; i <= last; ++i) {
            if (!model.contains(i))
                expected.insert(i, i);
        }
        std::vector<Interval<Value>> fresh;
        set.insert(model.interval(first, last), [&fresh](const auto &part) { fresh.push_back(part); });
        QVERIFY(fresh == expected.intervals());
        model.insert(first, last);
        QVERIFY(set.intervals() == model.intervals());
    }
}

template <typename Value>
void compareFromIntervals(Value base)
{
    std::mt19937 random(4632);
    for (int round = 0; round < 4000; ++round) {
        Model<Value> model(base);
        std::vector<Interval<Value>> intervals;
        for (auto n = random() % 12; n > 0; --n) {
            const int first = static_cast<int>(random() % WindowSize);
            const int last = std::min(first + static_cast<int>(random() % 30), WindowSize - 1);
            model.insert(first, last);
            intervals.push_back(model.interval(first, last));
        }
        QVERIFY(IntervalSet<Value>::fromIntervals(intervals).intervals() == model.intervals());
    }
}

QString textOf(const std::vector<Cidr> &blocks)
{
    QString text;
    for (const Cidr &block : blocks)
        text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + visible(block.toString());
    return text;
}

Interval<Uint128> v6Range(const char *first, const char *last)
{
    return {IpAddress::parseV6(first)->value(), IpAddress::parseV6(last)->value()};
}

/// The fewest blocks by trying: at each address the largest aligned block that lies in the set.
std::size_t fewestBlocks(const Ipv4Set &set, std::uint32_t base)
{
    std::size_t blocks = 0;
    for (int i = 0; i < WindowSize;) {
        const auto at = static_cast<std::uint32_t>(i) + base;
        if (!set.contains(at)) {
            ++i;
            continue;
        }
        int size = WindowSize;
        const auto fits = [&] {
            if (i % size != 0)
                return false;
            for (int k = 0; k < size; ++k) {
                if (!set.contains(at + static_cast<std::uint32_t>(k)))
                    return false;
            }
            return true;
        };
        while (!fits())
            size /= 2;
        ++blocks;
        i += size;
    }
    return blocks;
}

} // namespace

class TestAddressSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setOperationsAgreeWithBitsInTheMiddle() { compareWithModel(std::uint32_t(0xc0000200)); }
    void setOperationsAgreeWithBitsAtTheLowEnd() { compareWithModel(std::uint32_t(0)); }
    void setOperationsAgreeWithBitsAtTheHighEnd() { compareWithModel(std::uint32_t(0xffffff00)); }
    void setOperationsAgreeWithBitsAcrossTheHalvesOfIpv6() { compareWithModel(Uint128(5, ~0ULL - 127)); }
    void setOperationsAgreeWithBitsAtTheHighEndOfIpv6() { compareWithModel(Uint128(~0ULL, ~0ULL - 255)); }

    void insertTellsWhatWasNotThereBefore()
    {
        compareFreshParts(std::uint32_t(0xc0000200));
        compareFreshParts(std::uint32_t(0));
        compareFreshParts(std::uint32_t(0xffffff00));
        compareFreshParts(Uint128(5, ~0ULL - 127));
        compareFreshParts(Uint128(~0ULL, ~0ULL - 255));
    }

    void intervalsInAnyOrderMakeTheCanonicalForm()
    {
        compareFromIntervals(std::uint32_t(0));
        compareFromIntervals(std::uint32_t(0xffffff00));
        compareFromIntervals(Uint128(~0ULL, ~0ULL - 255));
    }

    void wholeSpaceIsOneInterval()
    {
        QVERIFY(Ipv4Set::all().complement().isEmpty());
        QVERIFY(Ipv4Set().complement().isAll());
        QVERIFY(Ipv6Set().complement().isAll());
        Ipv4Set set;
        set.insert({0x80000000U, 0xffffffffU});
        set.insert({0U, 0x7fffffffU});
        QVERIFY(set.isAll());
        QCOMPARE(set.intervals().size(), std::size_t(1));
        set.insert({7U, 9U}, [](const auto &) { QFAIL("all of it was there"); });
        QVERIFY(set.isAll());
    }

    void countsAreExact()
    {
        QCOMPARE(countOf(Ipv4Set()), std::uint64_t(0));
        QCOMPARE(countOf(Ipv4Set::all()), std::uint64_t(1) << 32);
        QVERIFY(countOf(Ipv6Set()) == Uint128());
        QVERIFY(countOf(Ipv6Set::all()) == Uint128::max());
        QCOMPARE(visible(decimalCount(Ipv6Set())), QStringLiteral("0"));
        QCOMPARE(visible(decimalCount(Ipv6Set::all())),
                 QStringLiteral("340282366920938463463374607431768211456"));
        Ipv6Set allButOne;
        allButOne.insert(v6Range("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        QCOMPARE(visible(decimalCount(allButOne)), QStringLiteral("340282366920938463463374607431768211455"));
        Ipv6Set network;
        network.insert(v6Range("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
        QCOMPARE(visible(decimalCount(network)), QStringLiteral("79228162514264337593543950336"));
    }

    void blocksAreExactAndFewest()
    {
        std::mt19937 random(4632);
        for (const std::uint32_t base : {0U, 0xc0000200U, 0xffffff00U}) {
            for (int round = 0; round < 2000; ++round) {
                const auto [model, set] = randomPair(random, base);
                const std::vector<Cidr> blocks = cidrsOf(set);
                QCOMPARE(blocks.size(), fewestBlocks(set, base));
                QVERIFY(AddressSet::of(blocks).v4 == set);
                for (std::size_t i = 0; i < blocks.size(); ++i) {
                    QVERIFY(!blocks[i].hasHostBits());
                    QVERIFY(i == 0 || blocks[i - 1].last() < blocks[i].first());
                }
            }
        }
    }

    void blocksOfKnownRanges_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("blocks");
        const auto row = [](const char *title, const char *first, const char *last, const char *blocks) {
            QTest::newRow(title) << QString::fromLatin1(first) << QString::fromLatin1(last)
                                 << QString::fromLatin1(blocks);
        };
        row("one address", "192.0.2.7", "192.0.2.7", "192.0.2.7/32");
        row("a network", "192.0.2.0", "192.0.2.255", "192.0.2.0/24");
        row("everything", "0.0.0.0", "255.255.255.255", "0.0.0.0/0");
        row("all but the lowest", "0.0.0.1", "0.0.0.15", "0.0.0.1/32 0.0.0.2/31 0.0.0.4/30 0.0.0.8/29");
        row("the highest two", "255.255.255.254", "255.255.255.255", "255.255.255.254/31");
        row("across a border", "192.0.2.255", "192.0.3.0", "192.0.2.255/32 192.0.3.0/32");
        row("everything of IPv6", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0");
        row("one IPv6 address", "2001:db8::1", "2001:db8::1", "2001:db8::1/128");
        row("upper half of IPv6", "8000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "8000::/1");
        row("across 64 bits", "2001:db8:0:1::", "2001:db8:0:2:ffff:ffff:ffff:ffff",
            "2001:db8:0:1::/64 2001:db8:0:2::/64");
    }
    void blocksOfKnownRanges()
    {
        QFETCH(QString, first);
        QFETCH(QString, last);
        QFETCH(QString, blocks);
        const auto from = IpAddress::parse(first.toStdString());
        const auto to = IpAddress::parse(last.toStdString());
        AddressSet set;
        if (from->isV4())
            set.v4.insert({from->v4Value(), to->v4Value()});
        else
            set.v6.insert({from->value(), to->value()});
        QCOMPARE(textOf(cidrsOf(set)), blocks);
    }

    void allButTheLowestOfIpv6TakesOneBlockABit()
    {
        Ipv6Set set;
        set.insert(v6Range("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        QCOMPARE(cidrsOf(set).size(), std::size_t(128));
    }

    void hostBitsOfABlockDoNotMatter()
    {
        AddressSet set;
        set.insert({*IpAddress::parse("192.0.2.77"), 24});
        set.insert({*IpAddress::parse("2001:db8::77"), 32});
        QCOMPARE(textOf(cidrsOf(set)), QStringLiteral("192.0.2.0/24 2001:db8::/32"));
        QVERIFY(set.contains(*IpAddress::parse("192.0.2.255")));
        QVERIFY(!set.contains(*IpAddress::parse("192.0.3.0")));
        QVERIFY(set.contains(*IpAddress::parse("2001:db8:ffff::")));
        QVERIFY(!set.contains(*IpAddress::parse("::192.0.2.1")));
    }

    void bothFamiliesAreKeptApart()
    {
        const AddressSet v4 = AddressSet::of({{*IpAddress::parse("0.0.0.0"), 0}});
        const AddressSet v6 = AddressSet::of({{*IpAddress::parse("::"), 0}});
        QVERIFY(v4.intersected(v6).isEmpty());
        QVERIFY(v4.united(v6) == AddressSet::all());
        QVERIFY(AddressSet::all().without(v4) == v6);
    }

    void uint128CountsAsBigNumbersDo()
    {
#ifdef __SIZEOF_INT128__
        __extension__ using Native = unsigned __int128;
        const auto native = [](const Uint128 &v) { return (static_cast<Native>(v.high) << 64) | v.low; };
        const auto same = [&](const Uint128 &v, Native n) { return native(v) == n; };
        std::mt19937_64 random(128);
        for (int round = 0; round < 20000; ++round) {
            // Few bits set or all set in a half: carries and borrows happen there.
            const auto half = [&]() -> std::uint64_t {
                const std::uint64_t r = random();
                return r % 4 == 0 ? 0 : r % 4 == 1 ? ~0ULL : r % 4 == 2 ? 1ULL << (r >> 58) : random();
            };
            const Uint128 a(half(), half());
            const Uint128 b(half(), half());
            QVERIFY(same(a + b, native(a) + native(b)));
            QVERIFY(same(a - b, native(a) - native(b)));
            QVERIFY(same(a & b, native(a) & native(b)));
            QVERIFY(same(a | b, native(a) | native(b)));
            QVERIFY(same(~a, ~native(a)));
            QCOMPARE(a < b, native(a) < native(b));
            const int bits = static_cast<int>(random() % 128);
            QVERIFY(same(a << bits, native(a) << bits));
            QVERIFY(same(a >> bits, native(a) >> bits));
            std::string digits;
            for (Native rest = native(a); rest != 0; rest /= 10)
                digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
            QCOMPARE(visible(toDecimal(a)), visible(digits.empty() ? "0" : digits));
        }
#else
        QSKIP("this compiler has no numbers of 128 bits to compare with");
#endif
    }

    void uint128ShiftsEndInZero()
    {
        QVERIFY(Uint128::max() << 128 == Uint128());
        QVERIFY(Uint128::max() >> 128 == Uint128());
        QVERIFY(Uint128::max() >> 64 == Uint128(0, ~0ULL));
        QVERIFY(Uint128::max() << 64 == Uint128(~0ULL, 0));
        QVERIFY(Uint128(1) << 127 == Uint128(1ULL << 63, 0));
        QVERIFY(Uint128::max() + Uint128(1) == Uint128());
    }

    void uint128TellsItsBits()
    {
        QCOMPARE(trailingZeros(Uint128()), 128);
        QCOMPARE(bitWidth(Uint128()), 0);
        for (int bit = 0; bit < 128; ++bit) {
            QCOMPARE(trailingZeros(Uint128(1) << bit), bit);
            QCOMPARE(bitWidth(Uint128(1) << bit), bit + 1);
            QCOMPARE(trailingZeros(Uint128::max() << bit), bit);
        }
    }

    void knownNumbersInDecimal()
    {
        QCOMPARE(visible(toDecimal(Uint128())), QStringLiteral("0"));
        QCOMPARE(visible(toDecimal(10)), QStringLiteral("10"));
        QCOMPARE(visible(toDecimal(~0ULL)), QStringLiteral("18446744073709551615"));
        QCOMPARE(visible(toDecimal(Uint128(1, 0))), QStringLiteral("18446744073709551616"));
        QCOMPARE(visible(toDecimal(Uint128::max())),
                 QStringLiteral("340282366920938463463374607431768211455"));
        // 10^38: every digit but the first is a zero
        QCOMPARE(visible(toDecimal(Uint128(0x4b3b4ca85a86c47a, 0x098a224000000000))),
                 QStringLiteral("100000000000000000000000000000000000000"));
    }
};

QTEST_APPLESS_MAIN(TestAddressSet)
#include "tst_address_set.moc"
