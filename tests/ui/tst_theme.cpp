// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include <QPainter>
#include <QTest>

using namespace mailoscope::ui;

namespace
{

QPalette paletteOn(const QColor &base)
{
    const bool isDark = base.lightness() < 128;
    QPalette palette(base);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Window, isDark ? base.lighter(130) : base.darker(106));
    palette.setColor(QPalette::Text, isDark ? Qt::white : Qt::black);
    palette.setColor(QPalette::WindowText, isDark ? Qt::white : Qt::black);
    return palette;
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void meaningsKeepTheirContrast_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::newRow("white") << QColor(255, 255, 255);
        QTest::newRow("light grey") << QColor(250, 250, 250);
        QTest::newRow("black") << QColor(0, 0, 0);
        QTest::newRow("dark grey") << QColor(35, 38, 41);
        QTest::newRow("dark blue") << QColor(27, 30, 43);
    }
    void meaningsKeepTheirContrast()
    {
        QFETCH(QColor, base);
        const QPalette palette = paletteOn(base);
        const Theme theme(palette);
        for (int i = 0; i < MeaningCount; ++i) {
            const auto meaning = static_cast<Meaning>(i);
            const double ratio = contrast(theme.colour(meaning), base);
            QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: %2").arg(wordFor(meaning)).arg(ratio)));
        }
        QVERIFY(contrast(theme.quietText(), base) >= 4.5);
    }
    void selectedTermsStayReadable()
    {
        for (const QColor &base : {QColor(255, 255, 255), QColor(35, 38, 41)}) {
            const QPalette palette = paletteOn(base);
            QVERIFY(contrast(palette.color(QPalette::Text), Theme(palette).termBackground()) >= 4.5);
        }
    }
    void contrastIsThatOfWcag()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    }
    void everyMeaningHasAWordAndAShapeOfItsOwn()
    {
        QStringList words;
        QList<QImage> shapes;
        for (int i = 0; i < MeaningCount; ++i) {
            const auto meaning = static_cast<Meaning>(i);
            QVERIFY(!wordFor(meaning).isEmpty());
            QVERIFY(!words.contains(wordFor(meaning)));
            words << wordFor(meaning);
            const QImage shape =
                icon(meaning).pixmap(QSize(16, 16), 1.0).toImage().convertToFormat(QImage::Format_Alpha8);
            QVERIFY2(!shapes.contains(shape), qPrintable(wordFor(meaning)));
            shapes << shape;
        }
    }
    void branchesThatShareAColourDifferInTheirHatch()
    {
        const Theme theme = Theme::current();
        for (int a = 0; a < Theme::BranchCount; ++a) {
            for (int b = 0; b < a; ++b)
                QVERIFY(theme.branchBrush(a) != theme.branchBrush(b));
        }
    }
    void everyIconOfTheWindowIsThere()
    {
        for (const char *name : {"inspect", "stop", "previous", "next", "step-first", "step-back",
                                 "step-forward", "step-last", "copy", "walk", "clear", "mailoscope"})
            QVERIFY2(
                QFile::exists(QStringLiteral(":/mailoscope/icons/%1.svg").arg(QString::fromLatin1(name))),
                name);
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
