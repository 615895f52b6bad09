// SPDX-License-Identifier: Apache-2.0
// Every window fits a small screen at every size of the text, and opens no larger than the screen; and the
// text changes its size while windows are open.
#include "models/sections_model.h"
#include "report/sample.h"
#include "theme/appearance.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QHeaderView>
#include <QListView>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTabWidget>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

constexpr QSize SmallScreen(1024, 768);

/// Lets layouts that were asked for be done, and those that they ask for in turn.
void settle()
{
    for (int turn = 0; turn < 4; ++turn) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

QString words(const QSize &size)
{
    return QStringLiteral("%1 x %2").arg(size.width()).arg(size.height());
}

bool fits(const QSize &size, const QSize &room)
{
    return size.width() <= room.width() && size.height() <= room.height();
}

std::unique_ptr<WindowFixture> sampleWindow()
{
    auto f = std::make_unique<WindowFixture>(TestDnsServer::nobody(), sampleSnapshot());
    f->window->open({});
    return f;
}

/// Every section with every tab below it, by name.
void everyPage(const WindowFixture &f, const std::function<void(const QString &)> &visit)
{
    auto &list = f.find<QListView>("sectionList");
    auto &below = f.find<QTabWidget>("tabs");
    for (int tab = 0; tab < below.count(); ++tab) {
        below.setCurrentIndex(tab);
        for (int row = 0; row < list.model()->rowCount(); ++row) {
            list.setCurrentIndex(list.model()->index(row, 0));
            settle();
            visit(QStringLiteral("%1 above %2")
                      .arg(list.model()->index(row, 0).data().toString(), below.tabText(tab)));
        }
    }
}

/// The windows that are opened from the menus, by the names of their actions.
const std::vector<const char *> &openers()
{
    static const std::vector<const char *> names = {
        "make spf",    "make dmarc",   "make dkim",    "make bimi",      "make mta-sts", "make tls-rpt",
        "make parked", "compareSpf",   "flattenSpf",   "settings",       "guide",        "shortcuts",
        "about",       "exportReport", "printPreview", "chooseSelectors"};
    return names;
}

} // namespace

class SizesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }
    void cleanup() { applyTextSize(SmallestTextPercent); }

    void everyPageFitsASmallScreen_data() { percents(); }
    void everyPageFitsASmallScreen()
    {
        QFETCH(int, percent);
        applyTextSize(percent);
        const auto f = sampleWindow();
        QTRY_COMPARE(f->state(), State::Done);
        QStringList tooLarge;
        everyPage(*f, [&](const QString &page) {
            const QSize least = f->window->minimumSizeHint();
            if (!fits(least, SmallScreen))
                tooLarge << page + QStringLiteral(": ") + words(least);
        });
        QVERIFY2(tooLarge.isEmpty(), qPrintable(tooLarge.join(QLatin1Char('\n'))));
    }

    void everyWindowFitsASmallScreenAndOpensWithinItsOwn_data() { percents(); }
    void everyWindowFitsASmallScreenAndOpensWithinItsOwn()
    {
        QFETCH(int, percent);
        applyTextSize(percent);
        const auto f = sampleWindow();
        QTRY_COMPARE(f->state(), State::Done);
        const QSize room = f->window->screen()->availableSize();
        QStringList tooLarge;
        for (const char *opener : openers()) {
            f->find<QAction>(opener).trigger();
            settle();
            for (QWidget *window : QApplication::topLevelWidgets()) {
                if (window == f->window.get() || !window->isVisible() || window->windowType() == Qt::Popup)
                    continue;
                const QSize least = window->minimumSizeHint();
                if (!fits(least, SmallScreen))
                    tooLarge << QStringLiteral("%1 needs %2").arg(QLatin1String(opener), words(least));
                if (!fits(window->size(), room.expandedTo(least)))
                    tooLarge
                        << QStringLiteral("%1 opens as %2").arg(QLatin1String(opener), words(window->size()));
                window->close();
            }
            settle();
        }
        QVERIFY2(tooLarge.isEmpty(), qPrintable(tooLarge.join(QLatin1Char('\n'))));
    }

    void theFirstWindowOpensWithinTheScreen_data() { percents(); }
    void theFirstWindowOpensWithinTheScreen()
    {
        QFETCH(int, percent);
        applyTextSize(percent);
        const WindowFixture f(TestDnsServer::nobody());
        const QSize room = f.window->screen()->availableSize();
        QVERIFY2(fits(f.firstSize, room), qPrintable(words(f.firstSize)));
    }

    void aFormIsSeenWholeWhereTheScreenHasRoom()
    {
        const auto f = sampleWindow();
        QTRY_COMPARE(f->state(), State::Done);
        for (const char *opener : {"make spf", "make dmarc", "make dkim", "make tls-rpt"}) {
            f->find<QAction>(opener).trigger();
            settle();
            for (QWidget *window : QApplication::topLevelWidgets()) {
                auto *scroll = window->findChild<QScrollArea *>(QStringLiteral("builderScroll"));
                if (!scroll || !window->isVisible())
                    continue;
                const int hidden = scroll->verticalScrollBar()->maximum();
                const int room = window->screen()->availableSize().height() - window->height();
                QVERIFY2(hidden == 0 || hidden > room, qPrintable(QStringLiteral("%1: %2 hidden, room for %3")
                                                                      .arg(QLatin1String(opener))
                                                                      .arg(hidden)
                                                                      .arg(room)));
                window->close();
            }
        }
    }

    void theTextGrowsWhileWindowsAreOpen_data()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {125, 150, 200})
            QTest::addRow("%d %%", percent) << percent;
    }
    /// What has grown looks like what was made at that size.
    void theTextGrowsWhileWindowsAreOpen()
    {
        QFETCH(int, percent);
        QStringList differences;
        std::map<QString, Measures> grown;
        {
            const auto f = sampleWindow();
            QTRY_COMPARE(f->state(), State::Done);
            everyPage(*f, [](const QString &) {}); // so that all of them are made
            f->find<QAction>("settings").trigger();
            settle();
            auto &dialog = f->find<QDialog>("settingsDialog");
            dialog.findChild<QSpinBox *>(QStringLiteral("settingsTextSize"))->setValue(percent);
            settle();
            everyPage(*f, [](const QString &) {}); // tables that are not seen are measured when they are
            grown = measured(*f);
        }
        const auto f = sampleWindow();
        QTRY_COMPARE(f->state(), State::Done);
        everyPage(*f, [](const QString &) {});
        f->find<QAction>("settings").trigger();
        settle();
        const std::map<QString, Measures> made = measured(*f);
        for (const auto &[name, measures] : made) {
            const auto found = grown.find(name);
            if (found == grown.end())
                differences << name + QStringLiteral(": only in the one that was made so");
            else if (!measures.isLike(found->second))
                differences
                    << QStringLiteral("%1: %2, not %3").arg(name, found->second.text(), measures.text());
        }
        QVERIFY(made.size() > 60);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join(QLatin1Char('\n'))));
    }

private:
    struct Measures {
        double points = 0;
        QSize least;
        QSize icon;
        int row = 0; ///< of tables
        bool isLike(const Measures &other) const
        {
            // Fonts are drawn in whole pixels.
            const auto near = [](int a, int b) { return std::abs(a - b) <= 2 + std::max(a, b) / 10; };
            return std::abs(points - other.points) < 0.05 && near(least.width(), other.least.width()) &&
                   near(least.height(), other.least.height()) && near(icon.width(), other.icon.width()) &&
                   near(row, other.row);
        }
        QString text() const
        {
            return QStringLiteral("%1 points, least %2, icons %3, rows %4")
                .arg(points)
                .arg(words(least), words(icon))
                .arg(row);
        }
    };

    static void percents()
    {
        QTest::addColumn<int>("percent");
        for (const int percent : {100, 125, 150, 200})
            QTest::addRow("%d %%", percent) << percent;
    }

    /// The widgets that have names, those of the settings too.
    static std::map<QString, Measures> measured(const WindowFixture &f)
    {
        std::map<QString, Measures> all;
        for (const QWidget *widget : f.window->findChildren<QWidget *>()) {
            if (widget->objectName().isEmpty() || widget->objectName().startsWith(QStringLiteral("qt_")))
                continue;
            Measures measures{widget->font().pointSizeF(), widget->minimumSize(), {}, 0};
            const auto *view = qobject_cast<const QAbstractItemView *>(widget);
            if (view)
                measures.icon = view->iconSize();
            // How high a table is follows from how its cells wrap where it stands, and a window from its
            // layout.
            if (view || widget->isWindow())
                measures.least.setHeight(0);
            if (const auto *head = widget->findChild<QHeaderView *>();
                head && head->orientation() == Qt::Vertical)
                measures.row = head->defaultSectionSize();
            all.emplace(widget->parentWidget()->objectName() + QLatin1Char('/') + widget->objectName(),
                        measures);
        }
        return all;
    }
};

QTEST_MAIN(SizesTest)
#include "tst_sizes.moc"
