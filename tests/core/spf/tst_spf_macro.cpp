// SPDX-License-Identifier: Apache-2.0
// Macro expansion: the examples of RFC 7208 section 7.4, and the edges around them.
#include "spf/macro.h"
#include "support/rows.h"

#include <QTest>

using namespace mailoscope;
using mailoscope::tests::text;

namespace
{

spf::MacroValues exampleValues(const char *ip = "192.0.2.3")
{
    spf::MacroValues values;
    values.ip = *IpAddress::parse(ip);
    values.localPart = "strong-bad";
    values.senderDomain = "email.example.com";
    values.domain = "email.example.com";
    values.helo = "mail.example.com";
    values.validatedName = "mx.example.org";
    values.receiver = "receiver.example";
    values.time = 1795046400;
    return values;
}

QString expanded(const char *macro, const spf::MacroValues &values)
{
    const auto parsed = spf::parseMacroString(macro, spf::MacroPlace::Explanation);
    if (!parsed.faults.empty())
        return QStringLiteral("(fault)");
    const auto result = spf::expand(parsed.string, values);
    return result ? text(*result) : QStringLiteral("(unknown)");
}

} // namespace

class SpfMacro : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expandsAsTheStandardSays_data()
    {
        QTest::addColumn<QString>("macro");
        QTest::addColumn<QString>("ip");
        QTest::addColumn<QString>("expansion");
        const auto row = [](const char *macro, const char *expansion, const char *ip = "192.0.2.3") {
            QTest::addRow("%s at %s", macro, ip)
                << QString::fromLatin1(macro) << QString::fromLatin1(ip) << QString::fromLatin1(expansion);
        };
        // RFC 7208 section 7.4
        row("%{s}", "strong-bad@email.example.com");
        row("%{o}", "email.example.com");
        row("%{d}", "email.example.com");
        row("%{d4}", "email.example.com");
        row("%{d3}", "email.example.com");
        row("%{d2}", "example.com");
        row("%{d1}", "com");
        row("%{dr}", "com.example.email");
        row("%{d2r}", "example.email");
        row("%{l}", "strong-bad");
        row("%{l-}", "strong.bad");
        row("%{lr}", "strong-bad");
        row("%{lr-}", "bad.strong");
        row("%{l1r-}", "strong");
        row("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com");
        row("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com");
        row("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com");
        row("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com");
        row("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net");
        row("%{ir}.%{v}._spf.%{d2}",
            "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6._spf.example.com",
            "2001:db8::cb01");
        // and its surroundings
        row("%%%_%-", "% %20");
        row("%{c}", "192.0.2.3");
        row("%{c}", "2001:db8::cb01", "2001:db8::cb01");
        row("%{r} %{t}", "receiver.example 1795046400");
        row("%{h} %{p}", "mail.example.com mx.example.org");
        row("%{S}", "strong-bad%40email.example.com");
        row("%{L}", "strong-bad");
        row("%{d127}", "email.example.com");
        row("%{d99999999999999999999}", "email.example.com");
        row("%{l2+-}", "strong.bad");
        row("%{d0}", "(fault)");
        row("%{q}", "(fault)");
        row("%{", "(fault)");
        row("%", "(fault)");
    }
    void expandsAsTheStandardSays()
    {
        QFETCH(QString, macro);
        QFETCH(QString, ip);
        QFETCH(QString, expansion);
        QCOMPARE(expanded(qPrintable(macro), exampleValues(qPrintable(ip))), expansion);
    }

    void whatIsNotKnownIsNotGuessed()
    {
        spf::MacroValues values;
        values.domain = "example.com";
        QCOMPARE(expanded("_spf.%{d}", values), QStringLiteral("_spf.example.com"));
        for (const char *macro : {"%{s}", "%{l}", "%{o}", "%{i}", "%{h}", "%{p}", "%{v}", "%{c}"})
            QCOMPARE(expanded(macro, values), QStringLiteral("(unknown)"));
    }

    void onlyTheDomainMacroIsKnownWithoutAMessage()
    {
        const auto depends = [](const char *macro) {
            return spf::parseMacroString(macro, spf::MacroPlace::DomainSpec).string.dependsOnMessage();
        };
        QVERIFY(!depends("_spf.%{d2}"));
        QVERIFY(!depends("plain.example"));
        QVERIFY(depends("%{i}.%{d}"));
        QVERIFY(depends("%{o}"));
    }

    void longNamesLoseLabelsFromTheLeft()
    {
        std::string name;
        for (int i = 0; i < 30; ++i)
            name += "label-" + std::to_string(100 + i) + '.';
        name += "example.com";
        const std::string trimmed = spf::trimmedTarget(name);
        QVERIFY(trimmed.size() <= 253);
        QVERIFY(trimmed.size() > 253 - 10);
        QVERIFY(name.ends_with('.' + trimmed));
        QCOMPARE(text(spf::trimmedTarget("example.com.")), QStringLiteral("example.com"));
        const std::string oneLabel(300, 'a');
        QCOMPARE(text(spf::trimmedTarget(oneLabel)), text(oneLabel)); // no name: DomainName refuses it
    }

    void faultsStandAtTheirPlaces()
    {
        const auto parsed = spf::parseMacroString("a%{d}b%{x}c%", spf::MacroPlace::DomainSpec);
        QCOMPARE(parsed.faults.size(), std::size_t(2));
        QCOMPARE(parsed.faults[0].span, (Span{6, 10}));
        QCOMPARE(parsed.faults[1].span, (Span{11, 12}));
        QCOMPARE(text(spf::toText(parsed.string)), QStringLiteral("a%{d}b%{x}c%"));
    }
};

QTEST_APPLESS_MAIN(SpfMacro)
#include "tst_spf_macro.moc"
