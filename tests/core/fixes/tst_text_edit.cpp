// SPDX-License-Identifier: Apache-2.0
// Edits leave the rest of a record as its owner wrote it.
#include "fixes/difference.h"
#include "fixes/text_edit.h"

#include <QTest>

using namespace mailoscope;
using namespace mailoscope::fixes;

class TestTextEdit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aPartGoesWithItsSemicolon_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("left");
        QTest::newRow("in the middle") << "v=DMARC1; p=none; pct=5; rua=x" << 19 << "v=DMARC1; p=none; rua=x";
        QTest::newRow("at the end") << "v=DMARC1; p=none; pct=5" << 19 << "v=DMARC1; p=none";
        QTest::newRow("at the end, semicolon kept")
            << "v=DMARC1; p=none; pct=5;" << 19 << "v=DMARC1; p=none;";
        QTest::newRow("at the begin") << "g=*; k=rsa; p=AA" << 0 << "k=rsa; p=AA";
        QTest::newRow("alone") << "g=*" << 1 << "";
        QTest::newRow("beyond the end") << "a=b" << 99 << "";
        QTest::newRow("without blanks") << "v=DKIM1;t=y;p=AA" << 8 << "v=DKIM1;p=AA";
    }
    void aPartGoesWithItsSemicolon()
    {
        QFETCH(QString, text);
        QFETCH(int, place);
        QFETCH(QString, left);
        QCOMPARE(QString::fromStdString(withoutPart(text.toStdString(), static_cast<std::size_t>(place))),
                 left);
    }

    void aTagIsSetWhereItStandsOrAdded_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("whole");
        QTest::newRow("set") << "v=DMARC1;p = none ;sp=none"
                             << "p"
                             << "reject"
                             << "v=DMARC1;p = reject ;sp=none";
        QTest::newRow("p is added as the second") << "v=DMARC1; rua=mailto:a@b"
                                                  << "p"
                                                  << "none"
                                                  << "v=DMARC1; p=none; rua=mailto:a@b";
        QTest::newRow("p is added behind the version alone") << "v=DMARC1"
                                                             << "p"
                                                             << "none"
                                                             << "v=DMARC1; p=none;";
        QTest::newRow("others are added at the end") << "v=DMARC1; p=none"
                                                     << "np"
                                                     << "reject"
                                                     << "v=DMARC1; p=none; np=reject";
        QTest::newRow("the last semicolon stays") << "v=DMARC1; p=none;"
                                                  << "np"
                                                  << "reject"
                                                  << "v=DMARC1; p=none; np=reject;";
    }
    void aTagIsSetWhereItStandsOrAdded()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, whole);
        QCOMPARE(QString::fromStdString(withTag(text.toStdString(), name.toStdString(), value.toStdString())),
                 whole);
    }

    void theDifferenceIsInWords_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("gone");
        QTest::addColumn<QStringList>("come");
        const auto row = [](const char *title, const char *before, const char *after, QStringList gone,
                            QStringList come) {
            QTest::newRow(title) << QString::fromLatin1(before) << QString::fromLatin1(after) << gone << come;
        };
        const auto one = [](const char *text) { return QStringList{QString::fromLatin1(text)}; };
        row("the same", "v=spf1 -all", "v=spf1 -all", {}, {});
        row("a value", "v=DMARC1; p=none; rua=x", "v=DMARC1; p=reject; rua=x", one("none"), one("reject"));
        row("a term goes", "v=spf1 mx a -all", "v=spf1 mx -all", one("a "), {});
        row("a tag comes", "v=DMARC1; p=none", "v=DMARC1; p=none; rua=x", {}, one("; rua=x"));
        row("two places", "v=spf1 a mx ip4:192.0.2.1 ~all", "v=spf1 mx ip4:192.0.2.1 -all",
            QStringList{QStringLiteral("a "), QStringLiteral("~all")}, one("-all"));
        row("from nothing", "", "v=spf1", {}, one("v=spf1"));
    }
    void theDifferenceIsInWords()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QStringList, gone);
        QFETCH(QStringList, come);
        const Difference difference = differenceOf(before.toStdString(), after.toStdString());
        const auto texts = [](const QString &text, const std::vector<Span> &spans) {
            QStringList found;
            for (const Span &span : spans)
                found << text.mid(static_cast<qsizetype>(span.begin),
                                  static_cast<qsizetype>(span.end - span.begin));
            return found;
        };
        QCOMPARE(texts(before, difference.gone), gone);
        QCOMPARE(texts(after, difference.come), come);
    }

    void textsOfVeryManyWordsAreComparedAsAWhole()
    {
        std::string before = "x";
        std::string after = "x";
        for (int i = 0; i < 20000; ++i) {
            before += " a" + std::to_string(i);
            after += " b" + std::to_string(i);
        }
        const Difference difference = differenceOf(before, after);
        QCOMPARE(difference.gone.size(), std::size_t(1));
        QCOMPARE(difference.come.size(), std::size_t(1));
    }

    void aTermGoesWithTheBlanksBeforeIt()
    {
        QCOMPARE(withoutTerm("v=spf1  mx  a -all", {8, 10}), std::string("v=spf1  a -all"));
        QCOMPARE(withoutTerm("v=spf1 mx", {7, 9}), std::string("v=spf1"));
        QCOMPARE(withoutTerm("v=spf1 mx", {70, 90}), std::string("v=spf1 mx"));
    }
};

QTEST_APPLESS_MAIN(TestTextEdit)
#include "tst_text_edit.moc"
