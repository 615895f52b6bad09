// SPDX-License-Identifier: Apache-2.0
// SPF records compared and flattened in the window.
#include "builders/compare_window.h"
#include "builders/flatten_window.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTextEdit>
#include <QToolButton>
#include <QTreeWidget>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;

namespace
{

Zone zone()
{
    Zone zone;
    zone.add("example.com TXT \"v=spf1 include:a.example.net include:b.example.net exists:%{i}.c.example.net "
             "~all\"");
    zone.add("a.example.net TXT \"v=spf1 ip4:192.175.48.0/25 ip4:192.175.48.128/25 -all\"");
    zone.add("b.example.net TXT \"v=spf1 include:deep.example.net -all\"");
    zone.add("deep.example.net TXT \"v=spf1 ip4:192.175.49.1 -all\"");
    return zone;
}

/// The window that an action opens.
template <typename Window>
Window *opened(const WindowFixture &f, const char *action)
{
    f.find<QAction>(action).trigger();
    auto *window = f.window->findChild<Window *>();
    if (!window)
        qFatal("%s opens no window", action);
    return window;
}

void click(const QWidget &window, const char *button)
{
    QTest::mouseClick(window.findChild<QAbstractButton *>(QLatin1String(button)), Qt::LeftButton);
}

QTreeWidgetItem *branch(const FlattenWindow &window, const QString &text)
{
    const QList<QTreeWidgetItem *> found =
        window.findChild<QTreeWidget *>()->findItems(text, Qt::MatchExactly, 0);
    return found.isEmpty() ? nullptr : found.first();
}

QString label(const QWidget &window, const char *name)
{
    return window.findChild<QLabel *>(QLatin1String(name))->text();
}

QString tablesOf(const QWidget &window)
{
    QString text;
    for (const QTableView *view : window.findChildren<QTableView *>()) {
        if (!view->isVisibleTo(&window))
            continue;
        for (int row = 0; row < view->model()->rowCount(); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column)
                text += view->model()->index(row, column).data().toString() + QLatin1Char('\t');
            text += QLatin1Char('\n');
        }
    }
    return text;
}

} // namespace

class TestSetsWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tickedBranchesAreReplacedAndProven()
    {
        InspectedWindow f(zone());
        auto *window = opened<FlattenWindow>(f, "flattenSpf");
        QTreeWidgetItem *exists = branch(*window, QStringLiteral("exists:%{i}.c.example.net"));
        QVERIFY(exists);
        QVERIFY(!(exists->flags() & Qt::ItemIsUserCheckable));
        QVERIFY(exists->text(4).contains(QStringLiteral("asks a name server")));
        QTreeWidgetItem *a = branch(*window, QStringLiteral("include:a.example.net"));
        QTreeWidgetItem *b = branch(*window, QStringLiteral("include:b.example.net"));
        QVERIFY(a && b);
        QCOMPARE(b->childCount(), 1); // what stands below it
        QVERIFY(!window->findChild<QPushButton *>(QStringLiteral("flattenTry"))->isEnabled());
        a->setCheckState(0, Qt::Checked);
        b->setCheckState(0, Qt::Checked);
        QTRY_VERIFY2(label(*window, "flattenState").contains(QStringLiteral("Look-ups 4 → 1")),
                     qPrintable(label(*window, "flattenState")));
        QVERIFY(window->findChild<QTextEdit *>(QStringLiteral("flattenChanges"))
                    ->toPlainText()
                    .contains(QStringLiteral("ip4:192.175.48.0/24")));
        QVERIFY(label(*window, "flattenResultNotes").contains(QStringLiteral("age")));
        auto *form = window->findChild<QComboBox *>(QStringLiteral("flattenForm"));
        form->setCurrentIndex(form->findData(QStringLiteral("plain")));
        click(*window, "flattenCopy");
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("ip4:192.175.48.0/24")));
        click(*window, "flattenTry");
        QTRY_VERIFY(
            f.find<QTextEdit>("whatIfEffect").toPlainText().contains(QStringLiteral("4 today, 1 then")));
        a->setCheckState(0, Qt::Unchecked);
        b->setCheckState(0, Qt::Unchecked);
        QVERIFY(!window->findChild<QPushButton *>(QStringLiteral("flattenTry"))->isEnabled());
    }

    void aPlanThatWasSavedIsCheckedForDrift()
    {
        QString plan;
        QTemporaryDir folder;
        {
            InspectedWindow f(zone());
            auto *window = opened<FlattenWindow>(f, "flattenSpf");
            branch(*window, QStringLiteral("include:a.example.net"))->setCheckState(0, Qt::Checked);
            auto *save = window->findChild<QPushButton *>(QStringLiteral("flattenSave"));
            QTRY_VERIFY(save->isEnabled());
            plan = folder.filePath(QStringLiteral("plan.json"));
            f.toSave = plan;
            QTest::mouseClick(save, Qt::LeftButton);
            QVERIFY(QFile::exists(plan));
            f.toOpen = plan;
            click(*window, "flattenOpen");
            QTRY_VERIFY(
                label(*window, "flattenResultSentence").startsWith(QStringLiteral("Nothing has changed")));
        }
        Zone changed;
        changed.add("example.com TXT \"v=spf1 include:a.example.net ~all\"");
        changed.add("a.example.net TXT \"v=spf1 ip4:192.175.48.0/25 ip4:192.175.50.7 -all\"");
        InspectedWindow f(changed);
        auto *window = opened<FlattenWindow>(f, "flattenSpf");
        f.toOpen = plan;
        click(*window, "flattenOpen");
        QTRY_VERIFY(label(*window, "flattenResultSentence").contains(QStringLiteral("flatten again")));
        QVERIFY(tablesOf(*window).contains(QStringLiteral("192.175.50.7")));
        QVERIFY(tablesOf(*window).contains(QStringLiteral("192.175.48.128/25")));
    }

    void whatIsNoPlanIsTold()
    {
        InspectedWindow f(zone());
        auto *window = opened<FlattenWindow>(f, "flattenSpf");
        QFile file(f.path("not-a-plan.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"\x1b[31m\": 1}");
        file.close();
        f.toOpen = file.fileName();
        click(*window, "flattenOpen");
        QVERIFY(label(*window, "message").startsWith(QStringLiteral("not-a-plan.json")));
    }

    void recordsAreComparedAddressByAddress()
    {
        InspectedWindow f(zone());
        auto *window = opened<CompareWindow>(f, "compareSpf");
        auto *old = window->findChild<QLineEdit *>(QStringLiteral("compareOld"));
        auto *fresh = window->findChild<QLineEdit *>(QStringLiteral("compareNew"));
        QCOMPARE(old->text(), QStringLiteral("example.com"));
        QVERIFY(fresh->text().startsWith(QStringLiteral("v=spf1")));
        fresh->setText(QStringLiteral("v=spf1 include:a.example.net ip4:192.175.60.1 -all"));
        click(*window, "compareStart");
        QTRY_VERIFY2(label(*window, "compareResultSentence").contains(QStringLiteral("1 IPv4 added")),
                     qPrintable(label(*window, "compareResultSentence")));
        const QString tables = tablesOf(*window);
        QVERIFY2(tables.contains(QStringLiteral("softfail\tfail")), qPrintable(tables));
        QVERIFY(tables.contains(QStringLiteral("192.175.60.1")));
        QVERIFY(tables.contains(QStringLiteral("192.175.49.1")));
        QVERIFY(tables.contains(QStringLiteral("asks a name server about each client")));
        fresh->setText(QStringLiteral("v=spf1x"));
        QTest::keyClick(fresh, Qt::Key_Return);
        QVERIFY(label(*window, "compareState").contains(QStringLiteral("begins with")));
    }

    void theDraftIsComparedWithToday()
    {
        InspectedWindow f(zone());
        auto *window = opened<CompareWindow>(f, "compareSpf");
        auto *draft = window->findChild<QPushButton *>(QStringLiteral("compareDraft"));
        QVERIFY(!draft->isEnabled());
        f.find<QToolButton>("editSpfRecord").click();
        auto *text = f.find<QWidget>("spfPage").findChild<QPlainTextEdit *>(QStringLiteral("editorText"));
        text->setPlainText(QStringLiteral("v=spf1 include:a.example.net -all"));
        QTRY_VERIFY(f.find<QTextEdit>("whatIfEffect").toPlainText().contains(QStringLiteral("then")));
        QVERIFY(draft->isEnabled());
        QTest::mouseClick(draft, Qt::LeftButton);
        QVERIFY(label(*window, "compareResultSentence").contains(QStringLiteral("1 IPv4 removed")));
    }
};

QTEST_MAIN(TestSetsWindows)
#include "tst_sets_windows.moc"
