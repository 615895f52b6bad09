// SPDX-License-Identifier: Apache-2.0
// What holds of every page and dialog: reached by keys, heard by a screen reader, harmless whatever a record
// says; and the way from domain to domain.
#include "help/guide_window.h"
#include "help/help_lines.h"
#include "models/sections_model.h"
#include "report/sample.h"
#include "settings/settings_dialog.h"
#include "support/zone_gatherer.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QSpinBox>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTextBrowser>
#include <QTextEdit>
#include <QToolButton>

#include <functional>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

Zone hostileZone()
{
    const std::string evil = "<img src=x onerror=1><b>bold</b> \\027[31mred \\226\\128\\174abc \\000 end";
    Zone zone;
    zone.add("example.com TXT \"v=spf1 include:<b>bold</b>.example.net exists:%{i}.<img>.example "
             "a:\\027[2J.example "
             "x=<script> -all\"");
    zone.add("example.com TXT \"" + evil + "\"");
    zone.add("example.com MX 10 mail.example.com");
    zone.add("mail.example.com A 198.51.100.7");
    zone.add("_dmarc.example.com TXT \"v=DMARC1; p=<b>bold</b>; rua=mailto:<img src=x>@example.com; "
             "zz=\\027]0;title\\007\"");
    zone.add("default._bimi.example.com TXT \"v=BIMI1; l=https://<b>bold</b>/; a=\\226\\128\\174\"");
    zone.add("_smtp._tls.example.com TXT \"v=TLSRPTv1; rua=mailto:<b>bold</b>,https://\\027[31m/\"");
    zone.add("_mta-sts.example.com TXT \"v=STSv1; id=<b>bold</b>;\"");
    zone.add("default._domainkey.example.com TXT \"v=DKIM1; k=<b>bold</b>; n=" + evil + "; p=AAAA\"");
    return zone;
}

/// Whether the text holds what a terminal, a rich-text engine or the bidirectional algorithm would act on.
bool isHarmless(const QString &text)
{
    for (const QChar c : text) {
        const ushort code = c.unicode();
        const bool isControl = code < 0x20 && code != '\n' && code != '\t';
        const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
        if (isControl || code == 0x7F || turns)
            return false;
    }
    return true;
}

/// A tooltip of ours is shown as rich text where it looks so: then nothing of the outside may be markup.
bool isHarmlessToolTip(const QString &text)
{
    return isHarmless(text) && !(Qt::mightBeRichText(text) && (text.contains(QStringLiteral("<b>bold")) ||
                                                               text.contains(QStringLiteral("<img"))));
}

void everyIndex(const QAbstractItemModel &model, const QModelIndex &parent,
                const std::function<void(const QModelIndex &)> &visit)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        for (int column = 0; column < model.columnCount(parent); ++column)
            visit(model.index(row, column, parent));
        everyIndex(model, model.index(row, 0, parent), visit);
    }
}

/// Shows every section with every tab, and every tab below.
void everyPage(const WindowFixture &f, const std::function<void(const QString &)> &visit)
{
    auto &list = f.find<QListView>("sectionList");
    const auto tabsIn = [](QWidget *widget) {
        auto *tabs = qobject_cast<QTabWidget *>(widget);
        return tabs && tabs->isVisible() ? tabs : nullptr;
    };
    for (int row = 0; row < list.model()->rowCount(); ++row) {
        list.setCurrentIndex(list.model()->index(row, 0));
        const QString section = list.model()->index(row, 0).data().toString();
        QTabWidget *inner = nullptr;
        for (const char *name : {"overviewTabs", "dnsTabs"}) {
            if (auto *tabs = tabsIn(f.window->findChild<QTabWidget *>(QString::fromLatin1(name))))
                inner = tabs;
        }
        for (const char *view : {"viewGraph", "viewMap", "viewTree"}) {
            auto *button = f.window->findChild<QToolButton *>(QString::fromLatin1(view));
            if (!button->isVisible())
                continue;
            button->click();
            visit(QStringLiteral("%1, %2").arg(section, QString::fromLatin1(view)));
            auto *tabs = tabsIn(f.window->findChild<QTabWidget *>(QStringLiteral("mapTabs")));
            for (int tab = 0; tabs && tab < tabs->count(); ++tab) {
                tabs->setCurrentIndex(tab);
                visit(QStringLiteral("%1, map tab %2").arg(section).arg(tab));
            }
        }
        for (int tab = 0; tab < (inner ? inner->count() : 1); ++tab) {
            if (inner)
                inner->setCurrentIndex(tab);
            visit(QStringLiteral("%1, tab %2").arg(section).arg(tab));
        }
    }
    auto &below = f.find<QTabWidget>("tabs");
    for (int tab = 0; tab < below.count(); ++tab) {
        below.setCurrentIndex(tab);
        visit(below.tabText(tab));
    }
}

QChar mnemonicOf(const QString &text)
{
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != QLatin1Char('&'))
            continue;
        if (text[i + 1] != QLatin1Char('&'))
            return text[i + 1].toUpper();
        ++i;
    }
    return {};
}

/// The letters that Alt takes in what is to be seen of a window, twice taken ones named.
QStringList collisionsIn(const QWidget &window)
{
    QMap<QChar, QStringList> users;
    const auto use = [&users](const QString &text) {
        if (const QChar letter = mnemonicOf(text); !letter.isNull())
            users[letter] << text;
    };
    for (const auto *button : window.findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->window() == &window)
            use(button->text());
    }
    for (const auto *label : window.findChildren<QLabel *>()) {
        if (label->isVisible() && label->buddy() && label->window() == &window)
            use(label->text());
    }
    if (const auto *bar = window.findChild<QMenuBar *>()) {
        for (const QAction *action : bar->actions())
            use(action->text());
    }
    QStringList collisions;
    for (auto it = users.begin(); it != users.end(); ++it) {
        if (it.value().size() > 1)
            collisions << QStringLiteral("%1: %2").arg(QString(it.key()),
                                                       it.value().join(QStringLiteral(" / ")));
    }
    return collisions;
}

bool isInner(const QWidget &widget)
{
    return widget.objectName().startsWith(QStringLiteral("qt_")) ||
           qobject_cast<const QHeaderView *>(&widget) || qobject_cast<const QMenu *>(&widget) ||
           qobject_cast<const QLineEdit *>(widget.parent()) ||
           qobject_cast<const QTabBar *>(widget.parent()) ||
           qobject_cast<const QComboBox *>(widget.parent()) ||
           qobject_cast<const QAbstractSpinBox *>(widget.parent()) ||
           widget.inherits("QComboBoxPrivateContainer") || widget.inherits("QTableCornerButton");
}

/// What a screen reader cannot make sense of, below a window.
QStringList unheardIn(QWidget &window)
{
    QStringList unheard;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != &window || isInner(*widget) ||
            !(widget->focusPolicy() & Qt::TabFocus) || qobject_cast<QTabWidget *>(widget) ||
            qobject_cast<QTabBar *>(widget) || qobject_cast<QSplitter *>(widget))
            continue;
        const QString what = QStringLiteral("%1 %2").arg(
            QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
        QAccessibleInterface *heard = QAccessible::queryAccessibleInterface(widget);
        if (!heard) {
            unheard << what + QStringLiteral(": nothing to hear");
            continue;
        }
        const QString name = heard->text(QAccessible::Name);
        if (name.trimmed().isEmpty())
            unheard << what + QStringLiteral(": no name");
        if (name.contains(QLatin1Char('&')) && !name.contains(QStringLiteral(" & ")))
            unheard << what + QStringLiteral(": mnemonic in its name: ") + name;
        if (heard->text(QAccessible::Description).contains(QStringLiteral("<qt>")))
            unheard << what + QStringLiteral(": markup in its description");
        if (!isHarmless(name) || !isHarmless(heard->text(QAccessible::Description)))
            unheard << what + QStringLiteral(": control characters in its name");
        // A frame that scrolls has none: what is in it is heard.
        if (!qobject_cast<QScrollArea *>(widget) &&
            (heard->role() == QAccessible::NoRole || heard->role() == QAccessible::Client))
            unheard << what + QStringLiteral(": no role");
    }
    return unheard;
}

std::unique_ptr<WindowFixture> filledWindow(const Zone &zone)
{
    auto f = std::make_unique<WindowFixture>(TestDnsServer::nobody());
    f->gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(zone));
    f->inspect(QStringLiteral("example.com"));
    return f;
}

} // namespace

class WholeWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noLetterIsTakenTwice()
    {
        const auto f = filledWindow(smallZone());
        QTRY_COMPARE(f->state(), State::Done);
        QStringList all;
        everyPage(*f, [&](const QString &page) {
            for (const QString &collision : collisionsIn(*f->window))
                all << page + QStringLiteral(": ") + collision;
        });
        f->find<QAction>("settings").trigger();
        all << collisionsIn(f->find<SettingsDialog>("settingsDialog"));
        for (const QMenu *menu : f->window->menuBar()->findChildren<QMenu *>()) {
            QMap<QChar, QString> users;
            for (const QAction *action : menu->actions()) {
                const QChar letter = mnemonicOf(action->text());
                if (!letter.isNull() && users.contains(letter))
                    all << QStringLiteral("%1 / %2").arg(users[letter], action->text());
                users[letter] = action->text();
            }
        }
        all.removeDuplicates();
        QVERIFY2(all.isEmpty(), qPrintable(all.join(QLatin1Char('\n'))));
    }

    void noShortcutIsTakenTwice()
    {
        const auto f = filledWindow(smallZone());
        QMap<QString, QString> users;
        for (const QAction *action : f->window->menuBar()->findChildren<QAction *>()) {
            for (const QKeySequence &keys : action->shortcuts()) {
                const QString text = keys.toString();
                QVERIFY2(text.isEmpty() || !users.contains(text),
                         qPrintable(QStringLiteral("%1: %2").arg(text, action->text())));
                users[text] = action->text();
            }
        }
    }

    void everythingCanBeHeard()
    {
        const auto f = filledWindow(smallZone());
        QTRY_COMPARE(f->state(), State::Done);
        QStringList all;
        everyPage(*f, [&](const QString &page) {
            for (const QString &each : unheardIn(*f->window))
                all << page + QStringLiteral(": ") + each;
        });
        for (const char *action : {"settings", "guide", "shortcuts", "about"}) {
            f->find<QAction>(action).trigger();
            for (QWidget *window : QApplication::topLevelWidgets()) {
                if (window->isVisible() && window != f->window.get())
                    all << unheardIn(*window);
            }
        }
        all.removeDuplicates();
        QVERIFY2(all.isEmpty(), qPrintable(all.join(QLatin1Char('\n'))));
    }

    void tabReachesEverything()
    {
        const auto f = filledWindow(smallZone());
        QTRY_COMPARE(f->state(), State::Done);
        QStringList missed;
        everyPage(*f, [&](const QString &page) {
            QSet<const QWidget *> reached;
            const QWidget *at = &f->find<QWidget>("domainField");
            do {
                reached.insert(at);
                at = at->nextInFocusChain();
            } while (at && !reached.contains(at));
            for (const auto *widget : f->window->findChildren<QWidget *>()) {
                const bool wants = widget->isVisible() && widget->window() == f->window.get() &&
                                   (widget->focusPolicy() & Qt::TabFocus);
                if (wants && !reached.contains(widget))
                    missed << page + QStringLiteral(": ") + widget->objectName();
            }
        });
        QVERIFY2(missed.isEmpty(), qPrintable(missed.join(QLatin1Char('\n'))));
        // And with real keys, from the first field round to it again.
        auto &field = f->find<QLineEdit>("domainField");
        field.setFocus();
        QSet<QWidget *> seen;
        for (int i = 0; i < 80 && !seen.contains(QApplication::focusWidget()); ++i) {
            seen.insert(QApplication::focusWidget());
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        }
        QVERIFY(seen.size() > 6);
        QVERIFY(seen.contains(&f->find<QWidget>("sectionList")));
    }

    void whateverARecordSaysItStaysText()
    {
        const auto f = filledWindow(hostileZone());
        QTRY_COMPARE(f->state(), State::Done);
        QStringList harmful;
        everyPage(*f, [&](const QString &page) {
            const auto check = [&](bool isFine, const QWidget &widget, const QString &text) {
                if (!isFine)
                    harmful << QStringLiteral("%1: %2 %3").arg(page, widget.objectName(), text.left(80));
            };
            for (const QWidget *widget : f->window->findChildren<QWidget *>()) {
                check(isHarmlessToolTip(widget->toolTip()), *widget, widget->toolTip());
                check(isHarmless(widget->accessibleName()), *widget, widget->accessibleName());
                check(isHarmless(widget->accessibleDescription()), *widget, widget->accessibleDescription());
                if (const auto *label = qobject_cast<const QLabel *>(widget)) {
                    const bool isPlain =
                        label->textFormat() == Qt::PlainText || !Qt::mightBeRichText(label->text());
                    check(isPlain && isHarmless(label->text()), *widget, label->text());
                } else if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
                    check(isHarmless(button->text()), *widget, button->text());
                } else if (const auto *text = qobject_cast<const QTextEdit *>(widget)) {
                    check(isHarmless(text->toPlainText()), *widget, text->toPlainText());
                    check(!text->toHtml().contains(QStringLiteral("<img")), *widget, text->toPlainText());
                } else if (const auto *plain = qobject_cast<const QPlainTextEdit *>(widget)) {
                    check(isHarmless(plain->toPlainText()), *widget, plain->toPlainText());
                } else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
                           view && view->model()) {
                    everyIndex(*view->model(), {}, [&](const QModelIndex &index) {
                        check(isHarmless(index.data().toString()), *widget, index.data().toString());
                        check(isHarmless(index.data(Qt::AccessibleTextRole).toString()), *widget,
                              index.data(Qt::AccessibleTextRole).toString());
                        const QString toolTip = index.data(Qt::ToolTipRole).toString();
                        check(isHarmlessToolTip(toolTip), *widget, toolTip);
                    });
                }
            }
        });
        harmful.removeDuplicates();
        QVERIFY2(harmful.isEmpty(), qPrintable(harmful.join(QLatin1Char('\n'))));
        QVERIFY(isHarmless(f->window->windowTitle()));
    }

    void oneGoesBackAndOnAgain()
    {
        Zone zone = smallZone();
        zone.add("example.org TXT \"v=spf1 -all\"");
        const auto f = filledWindow(zone);
        QTRY_COMPARE(f->state(), State::Done);
        auto &back = f->find<QToolButton>("goBack");
        auto &forward = f->find<QToolButton>("goForward");
        QVERIFY(!back.isEnabled());
        f->inspect(QStringLiteral("example.org"));
        QTRY_COMPARE(f->state(), State::Done);
        QTRY_VERIFY(back.isEnabled());
        QVERIFY(!forward.isEnabled());
        // Shortcuts are those of the window that is active.
        f->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        QTest::keyClick(f->window.get(), Qt::Key_PageUp, Qt::AltModifier);
        QTRY_COMPARE(f->find<QLineEdit>("domainField").text(), QStringLiteral("example.com"));
        QTRY_COMPARE(f->state(), State::Done);
        QVERIFY(!back.isEnabled());
        QTest::keyClick(f->window.get(), Qt::Key_PageDown, Qt::AltModifier);
        QTRY_COMPARE(f->find<QLineEdit>("domainField").text(), QStringLiteral("example.org"));
    }

    void oneGoesBackIntoASnapshot()
    {
        WindowFixture f(TestDnsServer::nobody(), sampleSnapshot());
        f.gatherer = std::make_shared<ZoneGatherer>(std::make_shared<const Zone>(smallZone()));
        f.window->open({});
        QTRY_COMPARE(f.state(), State::Done);
        const QString sample = f.find<QLineEdit>("domainField").text();
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(!f.window->session().isRecorded());
        f.find<QToolButton>("goBack").click();
        QTRY_COMPARE(f.find<QLineEdit>("domainField").text(), sample);
        QVERIFY(f.window->session().isRecorded());
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(f.message().contains(QStringLiteral("sample")));
    }

    void aRecentDomainIsInspectedFromTheMenu()
    {
        const auto f = filledWindow(smallZone());
        QTRY_COMPARE(f->state(), State::Done);
        f->find<QLineEdit>("domainField").clear();
        auto &menu = f->find<QMenu>("recentDomainsMenu");
        Q_EMIT menu.aboutToShow();
        QCOMPARE(menu.actions().first()->text(), QStringLiteral("example.com"));
        menu.actions().first()->trigger();
        QCOMPARE(f->find<QLineEdit>("domainField").text(), QStringLiteral("example.com"));
        f->find<QAction>("forgetDomains").trigger();
        QVERIFY(!f->settings().contains(QStringLiteral("history/domains")));
    }

    void theViewIsAsItWasLeft()
    {
        QVariantMap kept;
        {
            const auto f = filledWindow(smallZone());
            QTRY_COMPARE(f->state(), State::Done);
            auto &list = f->find<QListView>("sectionList");
            list.setCurrentIndex(list.model()->index(SectionsModel::rowOf(Section::Dmarc), 0));
            f->find<QTabWidget>("tabs").setCurrentIndex(1);
            f->find<QTableView>("lookUpsTable").setColumnWidth(0, 123);
            f->find<QAction>("showLowerPane").trigger();
            QVERIFY(!f->find<QTabWidget>("tabs").isVisible());
            f->window->close();
            for (const QString &key : f->settings().allKeys())
                kept[key] = f->settings().value(key);
        }
        WindowFixture f(TestDnsServer::nobody(), {}, kept);
        QCOMPARE(f.find<QListView>("sectionList").currentIndex().row(), SectionsModel::rowOf(Section::Dmarc));
        QCOMPARE(f.find<QTabWidget>("tabs").currentIndex(), 1);
        QCOMPARE(f.find<QTableView>("lookUpsTable").columnWidth(0), 123);
        QVERIFY(!f.find<QAction>("showLowerPane").isChecked());
    }

    void goingToTheFindingsShowsThePaneBelow()
    {
        const auto f = filledWindow(smallZone());
        QTRY_COMPARE(f->state(), State::Done);
        QTest::keyClick(f->window.get(), Qt::Key_J, Qt::ControlModifier);
        QVERIFY(!f->find<QTabWidget>("tabs").isVisible());
        QTest::keyClick(f->window.get(), Qt::Key_9, Qt::ControlModifier);
        QVERIFY(f->find<QTableView>("findingsTable").isVisible());
    }

    void theShortcutListTellsEveryKeyOfTheMenus()
    {
        const auto f = filledWindow(smallZone());
        const QString lines = toText(shortcutLines(*f->window->menuBar()));
        for (const QAction *action : f->window->menuBar()->findChildren<QAction *>()) {
            if (!action->shortcut().isEmpty())
                QVERIFY2(lines.contains(action->shortcut().toString(QKeySequence::NativeText)),
                         qPrintable(action->text()));
        }
    }

    void theGuideIsReadSearchedAndLeadsNowhereByItself()
    {
        const auto f = filledWindow(smallZone());
        f->find<QAction>("guide").trigger();
        auto &guide = f->find<GuideWindow>("guideWindow");
        auto &text = *guide.findChild<QTextBrowser *>(QStringLiteral("guideText"));
        auto &chapters = *guide.findChild<QListWidget *>(QStringLiteral("guideChapters"));
        QVERIFY(chapters.count() >= 10);
        const QString html = text.toHtml();
        QVERIFY(!html.contains(QStringLiteral("src=\"http")));
        // Each picture that is spoken of is there.
        for (const QTextFormat &format : text.document()->allFormats()) {
            if (format.isImageFormat()) {
                const QString name = format.toImageFormat().name();
                QVERIFY2(!text.loadResource(QTextDocument::ImageResource, QUrl(name)).isNull(),
                         qPrintable(name));
            }
        }
        // Each key of the menus stands in it.
        const QString plain = text.toPlainText();
        for (const QAction *action : f->window->menuBar()->findChildren<QAction *>()) {
            const QString keys = action->shortcut().toString(QKeySequence::PortableText);
            const bool isOfASection = action->objectName().startsWith(QStringLiteral("goToSection"));
            QVERIFY2(keys.isEmpty() || isOfASection || plain.contains(keys), qPrintable(keys));
        }
        auto &search = *guide.findChild<QLineEdit *>(QStringLiteral("guideSearch"));
        QTest::keyClicks(&search, QStringLiteral("look-ups"));
        QTest::keyClick(&search, Qt::Key_Return);
        QCOMPARE(text.textCursor().selectedText().toLower(), QStringLiteral("look-ups"));
        search.setText(QStringLiteral("xyzzy"));
        QTest::keyClick(&search, Qt::Key_Return);
        QVERIFY(!guide.findChild<QLabel *>(QStringLiteral("guideFound"))->text().isEmpty());
    }

    void fromRightToLeftEverythingIsStillThere()
    {
        QGuiApplication::setLayoutDirection(Qt::RightToLeft);
        {
            const auto f = filledWindow(smallZone());
            QTRY_COMPARE(f->state(), State::Done);
            const int list = f->find<QWidget>("sectionList").mapTo(f->window.get(), QPoint()).x();
            QVERIFY(list > f->window->width() / 2);
            // A record is written from left to right everywhere.
            QCOMPARE(f->find<QWidget>("recordText").layoutDirection(), Qt::LeftToRight);
        }
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    }
};

QTEST_MAIN(WholeWindowTest)
#include "tst_whole_window.moc"
