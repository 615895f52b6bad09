// SPDX-License-Identifier: Apache-2.0
#include "base/domain_input.h"
#include "base/idna.h"
#include "base/text.h"
#include "support/cases.h"
#include "support/zone.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRegularExpression>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

QString nameOf(DomainInputError::Kind kind)
{
    using Kind = DomainInputError::Kind;
    switch (kind) {
    case Kind::Empty:
        return QStringLiteral("Empty");
    case Kind::IpAddress:
        return QStringLiteral("IpAddress");
    case Kind::EmptyLabel:
        return QStringLiteral("EmptyLabel");
    case Kind::LabelTooLong:
        return QStringLiteral("LabelTooLong");
    case Kind::NameTooLong:
        return QStringLiteral("NameTooLong");
    case Kind::SingleLabel:
        return QStringLiteral("SingleLabel");
    case Kind::BadCharacter:
        return QStringLiteral("BadCharacter");
    case Kind::BadHyphen:
        return QStringLiteral("BadHyphen");
    case Kind::BadIdn:
        return QStringLiteral("BadIdn");
    case Kind::NumericTopLevel:
        return QStringLiteral("NumericTopLevel");
    case Kind::SpecialUse:
        return QStringLiteral("SpecialUse");
    }
    return {};
}

/// Fit to be shown anywhere: one sentence, not long, nothing in it that could steer a terminal or a layout.
void verifySentence(const std::string &message)
{
    const QString text = QString::fromStdString(message);
    QCOMPARE(text.toStdString(), message); // valid UTF-8
    QCOMPARE(visible(shown(message)), visible(message));
    QVERIFY2(text.size() < 600, qPrintable(text));
    QVERIFY2(text.endsWith(QLatin1Char('.')), qPrintable(text));
    QString own = text;
    own.remove(QRegularExpression(QStringLiteral("“[^”]*”")));
    QVERIFY2(!own.contains(QStringLiteral(". ")), qPrintable(text));
}

} // namespace

class TestDomainInput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPeoplePasteIsRead_data() { addRows("base/domain_input.json"); }
    void whatPeoplePasteIsRead()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, expect);
        const auto read = readDomain(octets(given[QLatin1String("typed")]));
        if (expect.contains(QLatin1String("domain"))) {
            QVERIFY2(read, read ? "" : read.error().message.c_str());
            QCOMPARE(visible(read->text()), visible(octets(expect[QLatin1String("domain")])));
            return;
        }
        QVERIFY2(!read, read ? read->text().c_str() : "");
        QCOMPARE(nameOf(read.error().kind), expect[QLatin1String("error")].toString());
        verifySentence(read.error().message);
    }

    void messageNamesWhatWasTyped()
    {
        QVERIFY(readDomain("exam!ple.com").error().message.starts_with("“exam!ple.com” "));
        const std::string hostile = readDomain("\x1b[2Jexample.com").error().message;
        QVERIFY(hostile.starts_with("“\\027[2Jexample.com” "));
    }

    void everyOctetAloneInsideANameIsHarmless()
    {
        for (int octet = 0; octet < 256; ++octet) {
            const auto read = readDomain(std::string("a") + static_cast<char>(octet) + "b.example.com");
            if (!read)
                verifySentence(read.error().message);
            else
                QCOMPARE(visible(shown(read->text())), visible(read->text()));
        }
    }

    void hugeTextIsRefusedQuickly()
    {
        QElapsedTimer timer;
        timer.start();
        for (const char *part : {"a", ".", "@", "\u00a0", "\u200b", "<", "[", "\xff"}) {
            std::string text;
            for (int i = 0; i < 1 << 20; ++i)
                text += part;
            const auto read = readDomain(text);
            QVERIFY(!read);
            QVERIFY(read.error().message.size() < 1000);
        }
        QVERIFY2(timer.elapsed() < 5000, "a megabyte that nobody typed must not hold up the window");
    }

    void listIsSplit_data()
    {
        QTest::addColumn<QString>("pasted");
        QTest::addColumn<QStringList>("parts");
        const QStringList ab = {QStringLiteral("a.example"), QStringLiteral("b.example")};
        QTest::newRow("nothing") << QString() << QStringList();
        QTest::newRow("only dividers") << QStringLiteral(" ,;\n\r\n\t,") << QStringList();
        QTest::newRow("lines") << QStringLiteral("a.example\nb.example\n") << ab;
        QTest::newRow("lines of Windows") << QStringLiteral("a.example\r\nb.example\r\n") << ab;
        QTest::newRow("blanks and tabs") << QStringLiteral("  a.example \t b.example ") << ab;
        QTest::newRow("commas") << QStringLiteral("a.example,b.example,") << ab;
        QTest::newRow("semicolons and commas") << QStringLiteral("a.example; , b.example;") << ab;
        QTest::newRow("comment on its own line")
            << QStringLiteral("# my, list; of\na.example\nb.example") << ab;
        QTest::newRow("comment behind") << QStringLiteral("a.example # b.example\nb.example#x")
                                        << QStringList{ab[0], QStringLiteral("b.example#x")};
        QTest::newRow("comment ends with its line") << QStringLiteral("#x\r\na.example\r#y\rb.example") << ab;
        QTest::newRow("comment behind a comma") << QStringLiteral("a.example,#x\nb.example") << ab;
        QTest::newRow("nothing is judged") << QStringLiteral("!! 192.0.2.1")
                                           << QStringList{QStringLiteral("!!"), QStringLiteral("192.0.2.1")};
    }
    void listIsSplit()
    {
        QFETCH(QString, pasted);
        QFETCH(QStringList, parts);
        QStringList found;
        for (const std::string &part : splitDomainList(pasted.toStdString()))
            found.append(QString::fromStdString(part));
        QCOMPARE(found, parts);
    }

    void unicodeFormIsWhatPeopleRead_data()
    {
        QTest::addColumn<QString>("domain");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *title, const char *domain, const char *expected) {
            QTest::newRow(title) << QString::fromLatin1(domain) << QString::fromUtf8(expected);
        };
        row("ASCII", "example.com", "example.com");
        row("root", ".", ".");
        row("IDN", "xn--bcher-kva.example", "bücher.example");
        row("IDN below an underscore label", "_dmarc.xn--bcher-kva.example", "_dmarc.bücher.example");
        row("sharp s", "xn--strae-oqa.example", "straße.example");
        row("all labels", "xn--e1afmkfd.xn--p1ai", "пример.рф");
        row("fake A-label that does not decode", "xn--zzzzzzzz.example", "xn--zzzzzzzz.example");
        row("empty A-label", "xn--.example", "xn--.example");
        row("A-label of ASCII", "xn--abc-.example", "xn--abc-.example");
        row("A-label that decodes to a capital", "xn--bcher-2pa.example", "xn--bcher-2pa.example");
        // U+202E, U+200B and U+200D between letters, each in Punycode
        row("right-to-left override", "xn--ab-g4t.example", "xn--ab-g4t.example");
        row("zero-width space", "xn--ab-g1t.example", "xn--ab-g1t.example");
        row("zero-width joiner", "xn--ab-m1t.example", "xn--ab-m1t.example");
        row("dot inside a label", "www\\.bank.example", "www\\.bank.example");
        row("backslash inside a label", "a\\\\b.example", "a\\\\b.example");
        row("blank inside a label", "a\\032b.example", "a\\032b.example");
        row("raw UTF-8 is no IDN", "b\\195\\188cher.example", "b\\195\\188cher.example");
        row("control characters", "a\\027\\000b.example", "a\\027\\000b.example");
    }
    void unicodeFormIsWhatPeopleRead()
    {
        QFETCH(QString, domain);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(unicodeForm(name(domain.toStdString()))), expected);
    }

    void unicodeFormReadsBackToTheSameName()
    {
        for (const char *domain : {"xn--bcher-kva.example", "xn--strae-oqa.example", "xn--e1afmkfd.xn--p1ai",
                                   "xn--fsqu00a.xn--fiqs8s", "xn--nxasmm1c.example"}) {
            const auto read = readDomain(unicodeForm(name(domain)));
            QVERIFY(read);
            QCOMPARE(visible(read->text()), visible(domain));
        }
    }

    void invisibleLabelsAreNeverShown()
    {
        // Whatever Punycode says, the text holds nothing that a reader cannot see.
        const std::string digits = "abcdefghijklmnopqrstuvwxyz0123456789";
        for (const char first : digits) {
            for (const char second : digits) {
                for (const char third : digits) {
                    const std::string label = std::string("xn--ab-") + first + second + third;
                    const std::string text = unicodeForm(name(label + ".example"));
                    QCOMPARE(visible(shown(text)), visible(text));
                }
            }
        }
    }

    void labelWithANulIsNotCutThere()
    {
        using namespace std::string_literals;
        QVERIFY(!idna::toALabel("b\xc3\xbc\0evil"s));
        QVERIFY(!idna::toALabels("b\xc3\xbc\0evil.example"s));
    }

    void fullStopsOfOtherScriptsDoNotMakeLabelsOfOne()
    {
        for (const char *label : {"bü\u3002cher", "bü\uff0echer", "bü\uff61cher"}) {
            const auto aLabel = idna::toALabel(label);
            QVERIFY(!aLabel || aLabel->find('.') == std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(TestDomainInput)
#include "tst_domain_input.moc"
