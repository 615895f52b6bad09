// SPDX-License-Identifier: Apache-2.0
#include "base/ip_address.h"
#include "base/public_address.h"
#include "support/cases.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

QString shownAddress(const std::optional<IpAddress> &address)
{
    return address ? visible(address->toString()) : QStringLiteral("none");
}

Cidr block(const char *address, int length)
{
    return {*IpAddress::parse(address), length};
}

} // namespace

class TestIpAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addressIsReadAndWritten_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(*text ? text : "empty")
                << QString::fromLatin1(text) << QString::fromLatin1(expected);
        };
        row("192.0.2.1", "192.0.2.1");
        row("0.0.0.0", "0.0.0.0");
        row("255.255.255.255", "255.255.255.255");
        // RFC 5952 section 4: the one form of an address
        row("2001:db8::1", "2001:db8::1");
        row("2001:0DB8:0000:0000:0000:0000:0000:0001", "2001:db8::1");
        row("2001:db8:0:0:0:0:2:1", "2001:db8::2:1");
        row("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
        row("2001:0:0:1:0:0:0:1", "2001:0:0:1::1");
        row("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        row("2001:DB8::ABCD", "2001:db8::abcd");
        row("::", "::");
        row("::1", "::1");
        row("1::", "1::");
        row("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
        row("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8");
        row("::ffff:192.0.2.1", "::ffff:192.0.2.1");
        row("::ffff:c000:201", "::ffff:192.0.2.1");
        row("64:ff9b::192.0.2.33", "64:ff9b::c000:221");
        row("ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        for (const char *bad : {"",
                                " ",
                                "192.0.2",
                                "192.0.2.",
                                "192.0.2.1.",
                                ".192.0.2.1",
                                "192.0.2.256",
                                "192.0.2.01",
                                "192.0.2.001",
                                "00.0.0.0",
                                "192.0.2.-1",
                                "192.0.2.+1",
                                "192.0.2.1 ",
                                " 192.0.2.1",
                                "192.0.2.0x1",
                                "192.0.2.1/32",
                                "192.0.2.1:25",
                                "3221225985",
                                "127.1",
                                ":",
                                ":::",
                                "1::2::3",
                                "1:2:3:4:5:6:7",
                                "1:2:3:4:5:6:7:8:9",
                                "1:2:3:4:5:6:7:8::",
                                "::1:2:3:4:5:6:7:8",
                                ":1:2:3:4:5:6:7:8",
                                "1:2:3:4:5:6:7:8:",
                                "::12345",
                                "::00001",
                                "::g",
                                "::1%eth0",
                                "[::1]",
                                "::192.0.2.256",
                                "::192.0.2.01",
                                "::192.0.2",
                                "::192.0.2.1:1",
                                "1:2:3:4:5:6:7:192.0.2.1",
                                "::ffff:192.0.2.1/96"})
            row(bad, "none");
    }
    void addressIsReadAndWritten()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const auto address = IpAddress::parse(text.toStdString());
        QCOMPARE(shownAddress(address), expected);
        if (!address)
            return;
        QCOMPARE(address->isV4(), !text.contains(QLatin1Char(':')));
        QVERIFY(!(address->isV4() ? IpAddress::parseV6(text.toStdString())
                                  : IpAddress::parseV4(text.toStdString())));
    }

    void textWithANulOrTooLongIsNoAddress()
    {
        using namespace std::string_literals;
        QVERIFY(!IpAddress::parse("192.0.2.1\0"s));
        QVERIFY(!IpAddress::parse("192.0.2.1\0x"s));
        QVERIFY(!IpAddress::parse("::1\0"s));
        QVERIFY(!IpAddress::parse(std::string(1 << 20, '1')));
        QVERIFY(!IpAddress::parse(std::string(63, '0') + ".0.0.1"));
    }

    void everyAddressSurvivesItsText()
    {
        std::mt19937_64 random(5952);
        for (int round = 0; round < 50000; ++round) {
            Uint128 value(random(), random());
            for (int group = 0; group < 8; ++group) { // many groups of zeros
                if (random() % 2)
                    value = value & ~(Uint128(0xffff) << (16 * group));
            }
            const IpAddress v6 = IpAddress::fromV6(value);
            QCOMPARE(shownAddress(IpAddress::parse(v6.toString())), visible(v6.toString()));
            QVERIFY(IpAddress::parse(v6.toString()) == v6);
            const IpAddress v4 = IpAddress::fromV4(static_cast<std::uint32_t>(value.low));
            QVERIFY(IpAddress::parse(v4.toString()) == v4);
        }
    }

    void octetsAreInNetworkOrder()
    {
        QCOMPARE(visible(IpAddress::parse("192.0.2.1")->octets()), QStringLiteral("\\192\\000\\002\\001"));
        QCOMPARE(
            visible(IpAddress::parse("2001:db8::ff")->octets()),
            QStringLiteral(" \\001\\013\\184\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\255"));
    }

    void reverseNameIsWherePtrRecordsAre()
    {
        QCOMPARE(visible(IpAddress::parse("192.0.2.10")->reverseName()),
                 QStringLiteral("10.2.0.192.in-addr.arpa"));
        // RFC 3596 section 2.5
        QCOMPARE(visible(IpAddress::parse("4321:0:1:2:3:4:567:89ab")->reverseName()),
                 QStringLiteral("b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa"));
    }

    void onlyMappedAddressesAreUnmapped()
    {
        const auto unmapped = [](const char *text) {
            return visible(IpAddress::parse(text)->unmapped().toString());
        };
        QCOMPARE(unmapped("::ffff:192.0.2.1"), QStringLiteral("192.0.2.1"));
        QCOMPARE(unmapped("::ffff:0:0"), QStringLiteral("0.0.0.0"));
        QCOMPARE(unmapped("192.0.2.1"), QStringLiteral("192.0.2.1"));
        QCOMPARE(unmapped("::1:ffff:c000:201"), QStringLiteral("::1:ffff:c000:201"));
        QCOMPARE(unmapped("1::ffff:c000:201"), QStringLiteral("1::ffff:c000:201"));
        QCOMPARE(unmapped("2001:db8::1"), QStringLiteral("2001:db8::1"));
    }

    void addressesOfTheTwoFamiliesDiffer()
    {
        QVERIFY(IpAddress::fromV4(1) != IpAddress::fromV6(1));
        QVERIFY(IpAddress::fromV4(0xffffffff) < IpAddress::fromV6(0));
    }

    void blockKnowsItsEnds_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        const auto row = [](const char *address, int length, const char *first, const char *last) {
            QTest::addRow("%s/%d", address, length)
                << QString::fromLatin1(address) << length << QString::fromLatin1(first)
                << QString::fromLatin1(last);
        };
        row("192.0.2.77", 24, "192.0.2.0", "192.0.2.255");
        row("192.0.2.77", 32, "192.0.2.77", "192.0.2.77");
        row("192.0.2.77", 31, "192.0.2.76", "192.0.2.77");
        row("192.0.2.77", 0, "0.0.0.0", "255.255.255.255");
        row("192.0.2.77", 1, "128.0.0.0", "255.255.255.255");
        row("2001:db8::77", 32, "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff");
        row("2001:db8::77", 64, "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff");
        row("2001:db8::77", 65, "2001:db8::", "2001:db8::7fff:ffff:ffff:ffff");
        row("2001:db8::77", 128, "2001:db8::77", "2001:db8::77");
        row("2001:db8::77", 0, "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
    }
    void blockKnowsItsEnds()
    {
        QFETCH(QString, address);
        QFETCH(int, length);
        QFETCH(QString, first);
        QFETCH(QString, last);
        const Cidr cidr = block(address.toUtf8().constData(), length);
        QCOMPARE(visible(cidr.first().toString()), first);
        QCOMPARE(visible(cidr.last().toString()), last);
        QCOMPARE(cidr.hasHostBits(), address != first);
        QCOMPARE(visible(cidr.toString()), address + QLatin1Char('/') + QString::number(length));
        QVERIFY(cidr.contains(cidr.first()));
        QVERIFY(cidr.contains(cidr.last()));
        const bool v4 = cidr.address.isV4();
        QVERIFY(!cidr.contains(*IpAddress::parse(v4 ? "::" : "0.0.0.0")));
        if (length > 0 && cidr.last().value() != (v4 ? Uint128(0xffffffffU) : Uint128::max())) {
            const auto behind = IpAddress::fromValue(cidr.address.family(), cidr.last().value() + Uint128(1));
            QVERIFY(!cidr.contains(behind));
        }
    }

    void specialPurposeBlocksAreKnown_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *address, int length, const char *expected) {
            QTest::addRow("%s/%d", address, length)
                << QString::fromLatin1(address) << length << QString::fromLatin1(expected);
        };
        row("10.1.2.3", 32, "private use");
        row("10.0.0.0", 8, "private use");
        row("172.16.0.0", 12, "private use");
        row("172.32.0.0", 16, "");
        row("192.168.255.255", 32, "private use");
        row("127.0.0.1", 32, "loopback");
        row("169.254.1.1", 32, "link local");
        row("100.127.255.255", 32, "shared address space of carriers");
        row("100.128.0.0", 32, "");
        row("192.0.2.5", 32, "documentation");
        row("198.51.100.0", 24, "documentation");
        row("203.0.113.0", 25, "documentation");
        row("198.18.0.0", 15, "benchmarking");
        row("224.0.0.1", 32, "multicast");
        row("255.255.255.255", 32, "reserved");
        row("0.0.0.0", 8, "this network");
        row("0.0.0.0", 0, "");
        row("10.0.0.0", 7, "");
        row("8.8.8.8", 32, "");
        row("::1", 128, "loopback");
        row("::", 128, "unspecified address");
        row("::", 0, "");
        row("::ffff:8.8.8.8", 128, "IPv4-mapped");
        row("2001:db8:1::", 48, "documentation");
        row("3fff:fff::", 32, "documentation");
        row("fd00::1", 128, "unique local");
        row("fe80::1", 128, "link local");
        row("ff02::1", 128, "multicast");
        row("192.88.99.1", 32, "former 6to4 relays");
        row("192.88.98.0", 24, "");
        row("192.88.0.0", 16, "");
        row("::7f00:1", 128, "former IPv4-compatible addresses");
        row("::8.8.8.8", 128, "former IPv4-compatible addresses");
        row("::1:0:0", 128, "");
        row("::ffff:0:8.8.8.8", 128, "IPv4-translated");
        row("64:ff9b:1::8.8.8.8", 128, "local IPv4/IPv6 translation");
        row("64:ff9b::8.8.8.8", 128, "");
        row("2001::1", 128, "Teredo");
        row("2001:1::1", 128, "");
        row("2001:2:0:ffff::", 64, "benchmarking");
        row("2001:2:1::", 48, "");
        row("5f00:1::", 32, "segment routing");
        row("5f01::", 16, "");
        row("fec0::1", 128, "former site local");
        row("feff:ffff::1", 128, "former site local");
        row("2620:4f:8000::1", 128, "");
        row("192.175.48.1", 32, "");
        row("2000::", 3, "");
        row("2a00::1", 128, "");
    }
    void specialPurposeBlocksAreKnown()
    {
        QFETCH(QString, address);
        QFETCH(int, length);
        QFETCH(QString, expected);
        const SpecialPurposeBlock *special =
            specialPurposeBlockOf(block(address.toUtf8().constData(), length));
        QCOMPARE(special ? QString::fromLatin1(special->name) : QString(), expected);
        QVERIFY(!special || QString::fromLatin1(special->reference).startsWith(QStringLiteral("RFC ")));
    }

    void addressThatCarriesAnotherIsJudgedByIt_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *address, const char *expected) {
            QTest::newRow(address) << QString::fromLatin1(address) << QString::fromLatin1(expected);
        };
        row("127.0.0.1", "loopback");
        row("8.8.8.8", "");
        row("::ffff:127.0.0.1", "loopback");
        row("::ffff:8.8.8.8", "");
        row("64:ff9b::10.0.0.1", "private use"); // RFC 6052 section 2.1
        row("64:ff9b::169.254.169.254", "link local");
        row("64:ff9b::8.8.8.8", "");
        row("64:ff9b:0:0:0:1:a00:1", ""); // no such address is made of an IPv4 address
        row("2002:7f00:1::", "loopback"); // RFC 3056 section 2
        row("2002:a01:203:4::5", "private use");
        row("2002:808:808::1", "");
        // These carry addresses too, but no gateway of the public Internet takes them.
        row("::8.8.8.8", "former IPv4-compatible addresses");
        row("::ffff:0:8.8.8.8", "IPv4-translated");
        row("64:ff9b:1::8.8.8.8", "local IPv4/IPv6 translation");
        row("2001:0:808:808::1", "Teredo");
    }
    void addressThatCarriesAnotherIsJudgedByIt()
    {
        QFETCH(QString, address);
        QFETCH(QString, expected);
        const SpecialPurposeBlock *special =
            specialPurposeOf(IpAddress::parse(address.toStdString()).value());
        QCOMPARE(special ? QString::fromLatin1(special->name) : QString(), expected);
    }
};

QTEST_APPLESS_MAIN(TestIpAddress)
#include "tst_ip_address.moc"
