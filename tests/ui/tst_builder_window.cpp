// SPDX-License-Identifier: Apache-2.0
// Records made of choices in the window: begun from what the domain has, the same as the command line makes.
#include "builders/builder_window.h"
#include "builders/choice_field.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextEdit>
#include <QToolButton>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using Typed = std::vector<std::pair<const char *, std::vector<std::string>>>;

Q_DECLARE_METATYPE(Typed)

namespace
{

Zone zone()
{
    Zone zone;
    zone.add("example.com MX 10 aspmx.l.google.com");
    zone.add("aspmx.l.google.com A 192.175.48.25");
    zone.add("example.com TXT \"v=spf1 ip4:192.175.48.0/24 include:spf.example.net ptr ~all\"");
    zone.add("spf.example.net TXT \"v=spf1 ip4:192.175.49.1 -all\"");
    zone.add("example.com TXT \"site-verification=1\"");
    zone.add("_dmarc.example.com TXT \"v=DMARC1; p=none; rua=mailto:d@example.com; pct=100\"");
    return zone;
}

BuilderWindow *openBuilder(const WindowFixture &f, const char *name)
{
    f.find<QAction>(qPrintable(QStringLiteral("make ") + QLatin1String(name))).trigger();
    return f.window->findChild<BuilderWindow *>(QStringLiteral("builder ") + QLatin1String(name));
}

ChoiceField *fieldOf(const BuilderWindow &window, const QString &option)
{
    for (ChoiceField *field : window.findChildren<ChoiceField *>()) {
        if (field->field().option == option.toStdString())
            return field;
    }
    return nullptr;
}

void fill(const BuilderWindow &window, const Typed &typed)
{
    for (const auto &[option, values] : typed) {
        ChoiceField *field = fieldOf(window, QLatin1String(option));
        QVERIFY2(field, option);
        field->setValues(values);
        QCOMPARE(field->values(), values);
    }
}

QString textOf(const QWidget &window, const char *name)
{
    return window.findChild<QTextEdit *>(QLatin1String(name))->toPlainText();
}

} // namespace

class TestBuilderWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theFormMakesWhatTheCommandLineMakes_data()
    {
        QTest::addColumn<QString>("form");
        QTest::addColumn<Typed>("typed");
        QTest::addColumn<QString>("record");
        QTest::newRow("SPF") << "spf"
                             << Typed{{"include", {"_spf.example.net"}}, {"mx", {""}}, {"all", {"fail"}}}
                             << "v=spf1 mx include:_spf.example.net -all";
        QTest::newRow("DMARC") << "dmarc"
                               << Typed{{"policy", {"quarantine"}},
                                        {"testing", {""}},
                                        {"rua", {"d@example.com"}},
                                        {"adkim", {"strict"}}}
                               << "";
        QTest::newRow("MTA-STS") << "mta-sts"
                                 << Typed{{"mx", {"mail.example.com", "*.example.net"}},
                                          {"mode", {"testing"}},
                                          {"id", {"20260101000000"}}}
                                 << "v=STSv1; id=20260101000000;";
        QTest::newRow("TLS-RPT") << "tls-rpt" << Typed{{"rua", {"t@example.com"}}}
                                 << "v=TLSRPTv1; rua=mailto:t@example.com";
        QTest::newRow("BIMI") << "bimi" << Typed{{"logo", {"https://example.com/logo.svg"}}}
                              << "v=BIMI1; l=https://example.com/logo.svg";
        QTest::newRow("no logo") << "bimi" << Typed{{"decline", {""}}} << "v=BIMI1; l=; a=;";
        QTest::newRow("revoked key") << "dkim" << Typed{{"selector", {"s1"}}, {"revoke", {""}}} << "";
        QTest::newRow("null MX") << "null-mx" << Typed{} << "0 .";
        QTest::newRow("parked") << "parked" << Typed{{"no-bimi", {""}}} << "v=spf1 -all";
    }

    void theFormMakesWhatTheCommandLineMakes()
    {
        QFETCH(QString, form);
        QFETCH(Typed, typed);
        QFETCH(QString, record);
        const builders::Form *known = builders::findForm(form.toStdString());
        QVERIFY(known);
        BuilderWindow window(*known, {}, {});
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.findChild<QLineEdit *>(QStringLiteral("builderDomain"))
            ->setText(QStringLiteral("example.com"));
        fill(window, typed);
        builders::Choices choices;
        for (const auto &[option, values] : typed) {
            for (const std::string &value : values)
                choices.add(option, value);
        }
        if (form == QStringLiteral("mta-sts"))
            QVERIFY(choices.has("id"));
        const builders::BuildResult made = known->build(tests::name("example.com"), choices);
        QVERIFY2(made, made ? "" : made.error().sentence.c_str());
        QCOMPARE(window.changes(), made->changes);
        if (!record.isEmpty())
            QCOMPARE(QString::fromStdString(made->record()), record);
    }

    void theFormBeginsFromTheRecordOfTodayAndTheProviders()
    {
        InspectedWindow f(zone());
        BuilderWindow *window = openBuilder(f, "spf");
        QVERIFY(window);
        const builders::Choices choices = window->choices();
        QCOMPARE(choices.values("ip4"), std::vector<std::string>{"192.175.48.0/24"});
        QCOMPARE(choices.values("include"), std::vector<std::string>{"spf.example.net"});
        QCOMPARE(choices.value("all"), std::optional<std::string>("softfail"));
        QVERIFY(textOf(*window, "builderWords").contains(QStringLiteral("\"ptr\" of today's record")));
        auto *suggested = window->findChild<QToolButton *>(QStringLiteral("suggest include _spf.google.com"));
        QVERIFY(suggested);
        QVERIFY(suggested->text().contains(QStringLiteral("Google Workspace")));
        QTest::mouseClick(suggested, Qt::LeftButton);
        QVERIFY(textOf(*window, "builderRecord").contains(QStringLiteral("{+include:_spf.google.com+}")));
        QVERIFY(!suggested->isVisible());
    }

    void errorsStandBesideTheFieldThatTheyName()
    {
        InspectedWindow f(zone());
        BuilderWindow *window = openBuilder(f, "spf");
        fieldOf(*window, QStringLiteral("ip4"))->setValues({"192.0.2.300"});
        auto *error = window->findChild<QLabel *>(QStringLiteral("error ip4"));
        QVERIFY(error->isVisible());
        QVERIFY(error->text().contains(QStringLiteral("192.0.2.300")));
        QVERIFY(!window->findChild<QToolButton *>(QStringLiteral("builderCopy"))->isEnabled());
        fieldOf(*window, QStringLiteral("ip4"))->setValues({"192.175.48.0/24"});
        QVERIFY(!error->isVisible());
        fieldOf(*window, QStringLiteral("redirect"))->setValues({"_spf.example.org"});
        QVERIFY(!window->findChild<QLabel *>(QStringLiteral("error redirect"))
                     ->text()
                     .contains(QStringLiteral("--"))); // the words of the form
    }

    void nonsenseIsToldAndCostsNothing()
    {
        const builders::Form *form = builders::findForm("spf");
        BuilderWindow window(*form, {}, {});
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.findChild<QLineEdit *>(QStringLiteral("builderDomain"))
            ->setText(QStringLiteral("example.com"));
        auto *include = window.findChild<QPlainTextEdit *>(QStringLiteral("field include"));
        for (const QString &text :
             {QStringLiteral("%{"), QString(100000, QLatin1Char('%')), QStringLiteral("a\n").repeated(50000),
              QStringLiteral("x\u0001\u001b[31m"), QString(QChar(0x202e)) + QStringLiteral("moc.elpmaxe")}) {
            include->setPlainText(text);
            QVERIFY(window.changes().empty());
            QVERIFY(!textOf(window, "builderRecord").contains(QChar(0x1b)));
        }
        include->setPlainText(QStringLiteral("spf.example.net"));
        QCOMPARE(window.changes().size(), std::size_t{1});
    }

    void whatIsMadeReplacesTheRecordOfTodayInTheDraft()
    {
        InspectedWindow f(zone());
        BuilderWindow *window = openBuilder(f, "dmarc");
        fill(*window, {{"policy", {"reject"}}});
        // Somebody passes SPF and reads the reports: nothing stands against it.
        QVERIFY(!window->findChild<QCheckBox *>(QStringLiteral("builderAllTheSame"))->isVisible());
        QTest::mouseClick(window->findChild<QPushButton *>(QStringLiteral("builderTry")), Qt::LeftButton);
        QTRY_VERIFY(f.find<QTextEdit>("whatIfEffect").toPlainText().contains(QStringLiteral("then")));
        QCOMPARE(f.find<QPlainTextEdit>("whatIfBefore").toPlainText(),
                 QStringLiteral("v=DMARC1; p=none; rua=mailto:d@example.com; pct=100"));
        QVERIFY(f.find<QPlainTextEdit>("whatIfAfter").toPlainText().contains(QStringLiteral("p=reject")));
    }

    void recordsOfAParkedDomainAreCopiedOnlyAfterAWordWhereItIsUsed()
    {
        InspectedWindow f(zone());
        BuilderWindow *window = openBuilder(f, "parked");
        auto *copy = window->findChild<QToolButton *>(QStringLiteral("builderCopy"));
        QVERIFY(textOf(*window, "builderWords").contains(QStringLiteral("used for mail")));
        QVERIFY(!copy->isEnabled());
        window->findChild<QCheckBox *>(QStringLiteral("builderAllTheSame"))->setChecked(true);
        QVERIFY(copy->isEnabled());
        auto *form = window->findChild<QComboBox *>(QStringLiteral("builderForm"));
        QVERIFY(form);
        form->setCurrentIndex(form->findData(QStringLiteral("zone")));
        QTest::mouseClick(copy, Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("v=spf1 -all")));
        QVERIFY(copied.contains(QStringLiteral("site-verification=1"))); // the whole set
    }
};

QTEST_MAIN(TestBuilderWindow)
#include "tst_builder_window.moc"
