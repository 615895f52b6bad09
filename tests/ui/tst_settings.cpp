// SPDX-License-Identifier: Apache-2.0
// The settings: kept, applied at once, checked, and set back.
#include "settings/preferences.h"
#include "settings/settings_dialog.h"
#include "theme/appearance.h"
#include "theme/theme.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

template <typename Widget>
Widget &in(const QWidget &dialog, const char *name)
{
    auto *widget = dialog.findChild<Widget *>(QString::fromLatin1(name));
    if (!widget)
        qFatal("no widget is called %s", name);
    return *widget;
}

/// The settings dialog of a window, opened by its menu.
SettingsDialog &opened(WindowFixture &f)
{
    f.find<QAction>("settings").trigger();
    return f.find<SettingsDialog>("settingsDialog");
}

void retype(QLineEdit &field, const QString &text)
{
    field.setFocus();
    field.selectAll();
    QTest::keyClicks(&field, text);
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup()
    {
        applyTextSize(100);
        applyAppearance(Appearance::Desktop);
        setAnimationsWanted(true);
    }

    void theDialogIsOpenedOnceAndBlocksNothing()
    {
        WindowFixture f(TestDnsServer::nobody());
        SettingsDialog &dialog = opened(f);
        QVERIFY(dialog.isVisible());
        QVERIFY(!dialog.isModal());
        f.find<QAction>("settings").trigger();
        QCOMPARE(f.window->findChildren<SettingsDialog *>().size(), 1);
    }

    void whatIsChosenIsStoredAndShownNextTime()
    {
        WindowFixture f(TestDnsServer::nobody());
        SettingsDialog &dialog = opened(f);
        retype(in<QLineEdit>(dialog, "settingsResolvers"), QStringLiteral("192.0.2.53, 192.0.2.54:5353"));
        in<QSpinBox>(dialog, "settingsTimeout").setValue(2500);
        in<QCheckBox>(dialog, "settingsSmtp").click();
        in<QCheckBox>(dialog, "settingsAnimations").click();
        const Preferences preferences(f.settings());
        QCOMPARE(preferences.resolvers().size(), std::size_t(2));
        QCOMPARE(preferences.resolvers()[1].port, quint16(5353));
        QCOMPARE(preferences.timeout().count(), 2500);
        QVERIFY(preferences.smtpConsent());
        QVERIFY(!preferences.animations());
        QVERIFY(!animationsWanted());
        Preferences again(f.settings());
        const SettingsDialog other(again);
        QVERIFY(in<QLineEdit>(other, "settingsResolvers").text().contains(QStringLiteral("192.0.2.54:5353")));
        QCOMPARE(in<QSpinBox>(other, "settingsTimeout").value(), 2500);
        QVERIFY(in<QCheckBox>(other, "settingsSmtp").isChecked());
    }

    void theWindowFollowsAtOnce()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        SettingsDialog &dialog = opened(f);
        in<QCheckBox>(dialog, "settingsSmtp").click();
        QVERIFY(f.find<QAction>("allowSmtp").isChecked());
        QVERIFY(f.window->session().isSmtpAllowed());
        f.find<QAction>("allowSmtp").trigger();
        QVERIFY(!in<QCheckBox>(dialog, "settingsSmtp").isChecked());
        retype(in<QLineEdit>(dialog, "settingsResolvers"), QStringLiteral("192.0.2.53"));
        QVERIFY(f.find<QComboBox>("resolverField").currentText().startsWith(QStringLiteral("192.0.2.53")));
        auto &form = in<QComboBox>(dialog, "settingsCopyForm");
        form.setCurrentIndex(form.findData(QStringLiteral("nsupdate")));
        Q_EMIT form.activated(form.currentIndex());
        QCOMPARE(Preferences(f.settings()).copyForm(), QStringLiteral("nsupdate"));
    }

    void aNewTimeOutMakesAnotherGatherer()
    {
        InspectedWindow f(smallZone());
        const int before = f.gatherersMade;
        in<QSpinBox>(opened(f), "settingsTimeout").setValue(1250);
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.gatherersMade, before + 1);
    }

    void aWrongResolverIsToldBesideItsFieldAndChangesNothing()
    {
        WindowFixture f(TestDnsServer::nobody());
        SettingsDialog &dialog = opened(f);
        auto &field = in<QLineEdit>(dialog, "settingsResolvers");
        retype(field, QStringLiteral("192.0.2.53"));
        retype(field, QStringLiteral("resolver.example"));
        auto &problem = in<QLabel>(dialog, "settingsResolversProblem");
        QVERIFY(problem.isVisible());
        QVERIFY(problem.text().contains(QStringLiteral("192.0.2.53")));
        QCOMPARE(Preferences(f.settings()).resolvers().size(), std::size_t(1));
        retype(field, QStringLiteral("[2001:db8::53]:53"));
        QVERIFY(!problem.isVisible());
        QCOMPARE(Preferences(f.settings()).resolvers().size(), std::size_t(1));
    }

    void nonsenseInTheFileCountsAsNotChosen_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QVariant>("value");
        const auto row = [](const char *key, const QVariant &value) {
            QTest::addRow("%s %s", key, qPrintable(value.toString())) << QString::fromLatin1(key) << value;
        };
        row("lookUps/timeout", QStringLiteral("soon"));
        row("lookUps/timeout", -1);
        row("lookUps/timeout", 2000000000);
        row("lookUps/resolvers", QStringLiteral("nowhere.example"));
        row("fixes/copyAs", QStringLiteral("carrier-pigeon"));
        row("profiles/chosen", QStringLiteral("nobody"));
        row("window/appearance", QStringLiteral("plaid"));
        row("window/textPercent", QStringLiteral("huge"));
        row("window/textPercent", 5);
        row("window/section", 4711);
        row("window/tabs", -3);
        row("window/geometry", QByteArray("\x00\x01nonsense", 10));
    }
    void nonsenseInTheFileCountsAsNotChosen()
    {
        QFETCH(QString, key);
        QFETCH(QVariant, value);
        WindowFixture f(TestDnsServer::nobody(), {}, {{key, value}});
        const Preferences preferences(f.settings());
        QCOMPARE(preferences.timeout(), Preferences::DefaultTimeout);
        QVERIFY(preferences.resolvers().empty());
        QVERIFY(!preferences.copyForm().isEmpty());
        QVERIFY(preferences.profile().isEmpty());
        QCOMPARE(preferences.appearance(), Appearance::Desktop);
        QCOMPARE(preferences.textPercent(), 100);
        QVERIFY(opened(f).isVisible());
    }

    void resetBringsTheDefaultsAndKeepsWhatIsRemembered()
    {
        WindowFixture f(TestDnsServer::nobody(), {},
                        {{QStringLiteral("window/appearance"), QStringLiteral("dark")},
                         {QStringLiteral("lookUps/timeout"), 1000},
                         {QStringLiteral("consent/smtp"), true},
                         {QStringLiteral("history/domains"), QStringList{QStringLiteral("example.com")}}});
        SettingsDialog &dialog = opened(f);
        QCOMPARE(in<QComboBox>(dialog, "settingsAppearance").currentData().toInt(),
                 static_cast<int>(Appearance::Dark));
        in<QPushButton>(dialog, "settingsDefaults").click();
        QCOMPARE(in<QSpinBox>(dialog, "settingsTimeout").value(), 5000);
        QVERIFY(!f.window->session().isSmtpAllowed());
        QCOMPARE(Preferences(f.settings()).appearance(), Appearance::Desktop);
        QVERIFY(f.settings().contains(QStringLiteral("history/domains")));
    }

    void historyIsKeptOnlyWhereItIsWanted()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        in<QCheckBox>(opened(f), "settingsHistory").click();
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.window->close();
        QVERIFY(!f.settings().contains(QStringLiteral("history/domains")));
    }

    void enterInAFieldForgetsAndResetsNothing()
    {
        WindowFixture f(TestDnsServer::nobody(), {},
                        {{QStringLiteral("history/domains"), QStringList{QStringLiteral("example.com")}},
                         {QStringLiteral("lookUps/timeout"), 1000}});
        SettingsDialog &dialog = opened(f);
        QTest::keyClick(&in<QLineEdit>(dialog, "settingsResolvers"), Qt::Key_Return);
        QTest::keyClick(&in<QSpinBox>(dialog, "settingsTimeout"), Qt::Key_Return);
        QVERIFY(f.settings().contains(QStringLiteral("history/domains")));
        QCOMPARE(in<QSpinBox>(dialog, "settingsTimeout").value(), 1000);
        QVERIFY(dialog.isVisible());
    }

    void forgettingEmptiesTheHistory()
    {
        TestDnsServer server(smallZone());
        WindowFixture f(server.resolver());
        f.inspect(QStringLiteral("example.com"));
        QVERIFY(f.settings().contains(QStringLiteral("history/domains")));
        in<QPushButton>(opened(f), "settingsForgetDomains").click();
        QVERIFY(!f.settings().contains(QStringLiteral("history/domains")));
        QVERIFY(f.message().contains(QStringLiteral("forgotten")));
    }

    void inHighContrastEverythingHasAnEdge()
    {
        const QString before = QApplication::style()->objectName();
        applyAppearance(Appearance::HighContrast);
        QLineEdit line;
        QPlainTextEdit text;
        QPushButton button;
        QComboBox box;
        QSpinBox number;
        QCheckBox check;
        for (QWidget *widget :
             std::initializer_list<QWidget *>{&line, &text, &button, &box, &number, &check}) {
            widget->resize(120, widget->sizeHint().height());
            widget->ensurePolished();
            const QImage picture = widget->grab().toImage();
            int bright = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x)
                    bright += contrast(picture.pixelColor(x, y), Qt::black) >= 3 ? 1 : 0;
            }
            QVERIFY2(bright >= 30, qPrintable(QStringLiteral("%1: %2")
                                                  .arg(QString::fromLatin1(widget->metaObject()->className()))
                                                  .arg(bright)));
        }
        applyAppearance(Appearance::Light);
        QCOMPARE(QApplication::style()->objectName(), before);
    }

    void everyAppearanceCanBeRead_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("light") << static_cast<int>(Appearance::Light);
        QTest::newRow("dark") << static_cast<int>(Appearance::Dark);
        QTest::newRow("high contrast") << static_cast<int>(Appearance::HighContrast);
    }
    void everyAppearanceCanBeRead()
    {
        QFETCH(int, appearance);
        const auto chosen = static_cast<Appearance>(appearance);
        const QPalette palette = paletteFor(chosen);
        const double least = chosen == Appearance::HighContrast ? 7 : 4.5;
        const auto ratio = [&palette](QPalette::ColorRole text, QPalette::ColorRole ground) {
            return contrast(palette.color(text), palette.color(ground));
        };
        QVERIFY(ratio(QPalette::Text, QPalette::Base) >= least);
        QVERIFY(ratio(QPalette::Text, QPalette::AlternateBase) >= least);
        QVERIFY(ratio(QPalette::WindowText, QPalette::Window) >= least);
        QVERIFY(ratio(QPalette::ButtonText, QPalette::Button) >= least);
        QVERIFY(ratio(QPalette::HighlightedText, QPalette::Highlight) >= least);
        QVERIFY(ratio(QPalette::Link, QPalette::Base) >= least);
        QVERIFY(ratio(QPalette::ToolTipText, QPalette::ToolTipBase) >= least);
        const Theme theme(palette);
        for (int meaning = 0; meaning < MeaningCount; ++meaning)
            QVERIFY(contrast(theme.colour(static_cast<Meaning>(meaning)), palette.color(QPalette::Base)) >=
                    4.5);
        QCOMPARE(theme.isDark(), chosen != Appearance::Light);
    }
};

QTEST_MAIN(SettingsTest)
#include "tst_settings.moc"
