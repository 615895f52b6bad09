// SPDX-License-Identifier: Apache-2.0
#include "base/domain_name.h"
#include "support/cases.h"
#include "support/zone.h"

#include <QJsonArray>
#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

QString nameOf(DomainNameError error)
{
    switch (error) {
    case DomainNameError::Empty:
        return QStringLiteral("Empty");
    case DomainNameError::EmptyLabel:
        return QStringLiteral("EmptyLabel");
    case DomainNameError::LabelTooLong:
        return QStringLiteral("LabelTooLong");
    case DomainNameError::NameTooLong:
        return QStringLiteral("NameTooLong");
    case DomainNameError::BadEscape:
        return QStringLiteral("BadEscape");
    }
    return {};
}

QString outcomeOf(const Result<DomainName, DomainNameError> &result)
{
    return result ? visible(result->text()) : nameOf(result.error());
}

} // namespace

class TestDomainName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void presentationFormIsRead_data() { addRows("base/domain_name.json"); }
    void presentationFormIsRead()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, expect);
        const auto read = DomainName::parse(octets(given[QLatin1String("text")]));
        const QJsonValue error = expect[QLatin1String("error")];
        const QString expected =
            error.isString() ? error.toString() : visible(octets(expect[QLatin1String("reads")]));
        QCOMPARE(outcomeOf(read), expected);
        if (!read || !expect.contains(QLatin1String("labels")))
            return;
        QStringList labels;
        for (const QJsonValue &label : expect[QLatin1String("labels")].toArray())
            labels.append(visible(octets(label)));
        QStringList found;
        for (const std::string &label : read->labels())
            found.append(visible(label));
        QCOMPARE(found, labels);
        QCOMPARE(read->labelCount(), static_cast<std::size_t>(labels.size()));
    }

    void defaultIsTheRoot()
    {
        QVERIFY(DomainName().isRoot());
        QCOMPARE(DomainName(), name("."));
        QCOMPARE(DomainName().labelCount(), std::size_t(0));
        QCOMPARE(DomainName().parent(), DomainName());
        QVERIFY(!name("\\.").isRoot());
    }

    void labelsFromTheWireAreChecked()
    {
        const std::string longest(63, 'x');
        QCOMPARE(outcomeOf(DomainName::fromLabels({})), QStringLiteral("."));
        QCOMPARE(outcomeOf(fromLabels({"Ex.ample", "COM"})), visible("ex\\.ample.com"));
        QCOMPARE(outcomeOf(fromLabels({"a", ""})), QStringLiteral("EmptyLabel"));
        QCOMPARE(outcomeOf(fromLabels({longest, longest, longest, longest.substr(0, 61)})).size(), 253);
        QCOMPARE(outcomeOf(fromLabels({longest, longest, longest, longest.substr(0, 62)})),
                 QStringLiteral("NameTooLong"));
        QCOMPARE(outcomeOf(fromLabels({longest + 'x'})), QStringLiteral("LabelTooLong"));
    }

    void anyLabelsSurviveTheirTextForm()
    {
        std::mt19937 random(20261121);
        for (int round = 0; round < 20000; ++round) {
            std::vector<std::string> labels(random() % 5);
            for (std::string &label : labels) {
                label.resize(1 + random() % 12);
                // Half of the octets are the ones that the presentation form treats in its own way.
                for (char &c : label)
                    c = random() % 2 ? ".\\0129 -\""[random() % 9] : static_cast<char>(random() & 0xff);
            }
            const std::vector<std::string_view> views(labels.begin(), labels.end());
            const auto fromWire = DomainName::fromLabels(views);
            QVERIFY(fromWire);
            const auto again = DomainName::parse(fromWire->text());
            QCOMPARE(outcomeOf(again), outcomeOf(fromWire));
            QCOMPARE(outcomeOf(DomainName::parse(fromWire->text() + '.')),
                     fromWire->isRoot() ? QStringLiteral("EmptyLabel") : outcomeOf(fromWire));
            QCOMPARE(again->labelCount(), labels.size());
            const std::vector<std::string> read = again->labels();
            for (std::size_t i = 0; i < labels.size(); ++i) {
                for (char &c : labels[i])
                    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                QCOMPARE(visible(read[i]), visible(labels[i]));
            }
            if (!labels.empty()) {
                const auto above = DomainName::fromLabels(std::span(views).subspan(1));
                QCOMPARE(again->parent(), *above);
                QVERIFY(again->isAtOrBelow(*above));
                QVERIFY(!above->isAtOrBelow(*again));
            }
        }
    }

    void namesCompareWithoutRegardToCase()
    {
        QCOMPARE(name("MAIL.Example.COM"), name("mail.example.com"));
        QCOMPARE(std::hash<DomainName>()(name("A.B")), std::hash<DomainName>()(name("a.b")));
        QVERIFY(name("a.b") != name("a.c"));
        QVERIFY(name("a.b") < name("a.c"));
    }

    void isAtOrBelowComparesWholeLabels_data()
    {
        QTest::addColumn<QString>("lower");
        QTest::addColumn<QString>("upper");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *title, const char *lower, const char *upper, bool expected) {
            QTest::newRow(title) << QString::fromLatin1(lower) << QString::fromLatin1(upper) << expected;
        };
        row("itself", "example.com", "example.com", true);
        row("itself in capitals", "EXAMPLE.com", "example.COM", true);
        row("child", "a.example.com", "example.com", true);
        row("grandchild", "b.a.example.com", "example.com", true);
        row("parent is not below its child", "example.com", "a.example.com", false);
        row("longer label with the same end", "notexample.com", "example.com", false);
        row("sibling", "a.example.com", "b.example.com", false);
        row("everything is below the root", "example.com", ".", true);
        row("the root is at the root", ".", ".", true);
        row("the root is below nothing else", ".", "com", false);
        row("escaped dot does not divide", "evil\\.example.com", "example.com", false);
        row("escaped backslash, then a dividing dot", "evil\\\\.example.com", "example.com", true);
        row("escaped backslash, then an escaped dot", "evil\\\\\\.example.com", "example.com", false);
        row("number of an escape is no label", "a\\001", "001", false);
        row("label that is a dot", "a.\\.", "\\.", true);
        row("label that ends in a dot", "a\\.", "\\.", false);
        row("below a name with an escaped dot", "x.a\\.b.example", "a\\.b.example", true);
    }
    void isAtOrBelowComparesWholeLabels()
    {
        QFETCH(QString, lower);
        QFETCH(QString, upper);
        QFETCH(bool, expected);
        QCOMPARE(name(lower.toStdString()).isAtOrBelow(name(upper.toStdString())), expected);
    }

    void parentIsTheNameWithoutItsFirstLabel()
    {
        QCOMPARE(name("a.example.com").parent(), name("example.com"));
        QCOMPARE(name("a\\.b.com").parent(), name("com"));
        QCOMPARE(name("a\\\\.com").parent(), name("com"));
        QCOMPARE(name("com").parent(), name("."));
    }

    void labelsCanBePutInFront()
    {
        QCOMPARE(outcomeOf(name("example.com").prefixed("_dmarc")), QStringLiteral("_dmarc.example.com"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("_smtp._tls")),
                 QStringLiteral("_smtp._tls.example.com"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("*")), QStringLiteral("*.example.com"));
        QCOMPARE(outcomeOf(name(".").prefixed("com")), QStringLiteral("com"));
        QCOMPARE(outcomeOf(name("a\\.b").prefixed("x")), visible("x.a\\.b"));
    }

    void whatCannotBePutInFrontIsAnError()
    {
        const DomainName longest = name(std::string(63, 'a') + '.' + std::string(63, 'b') + '.' +
                                        std::string(63, 'c') + '.' + std::string(60, 'd'));
        QCOMPARE(outcomeOf(longest.prefixed("x")), QStringLiteral("NameTooLong"));
        QCOMPARE(outcomeOf(name("example.com").prefixed(std::string(64, 'a'))),
                 QStringLiteral("LabelTooLong"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("")), QStringLiteral("EmptyLabel"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("a.")), QStringLiteral("EmptyLabel"));
        QCOMPARE(outcomeOf(name(".").prefixed("")), QStringLiteral("Empty"));
    }

    void backslashInFrontDoesNotSwallowTheDot()
    {
        QCOMPARE(outcomeOf(name("example.com").prefixed("a\\")), QStringLiteral("BadEscape"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("a\\\\")), visible("a\\\\.example.com"));
        QCOMPARE(outcomeOf(name("example.com").prefixed("a\\\\\\")), QStringLiteral("BadEscape"));
    }

private:
    static Result<DomainName, DomainNameError> fromLabels(const std::vector<std::string> &labels)
    {
        const std::vector<std::string_view> views(labels.begin(), labels.end());
        return DomainName::fromLabels(views);
    }
};

QTEST_APPLESS_MAIN(TestDomainName)
#include "tst_domain_name.moc"
