// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/dns_gatherer.h"
#include "main_window.h"
#include "support/dns_only.h"
#include "support/test_dns_server.h"
#include "text/english_plurals.h"

#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>
#include <QVariantMap>

#include <memory>

namespace mailoscope::tests
{

/// Proves that the event loop kept turning.
class Ticker
{
public:
    Ticker()
    {
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { ++m_ticks; });
        m_timer.start(5);
    }
    int ticks() const { return m_ticks; }

private:
    QTimer m_timer;
    int m_ticks = 0;
};

/// A window that asks one resolver of the test's, and remembers in a folder of its own.
class WindowFixture
{
public:
    explicit WindowFixture(const gather::Resolver &resolver, std::string_view sample = {},
                           const QVariantMap &settings = {})
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
    {
        QCoreApplication::installTranslator(&m_plurals);
        for (auto entry = settings.begin(); entry != settings.end(); ++entry)
            m_settings.setValue(entry.key(), entry.value());
        ui::MainWindowParts parts;
        parts.settings = &m_settings;
        parts.sample = sample;
        parts.choosers.openSnapshot = [this](QWidget *, const ui::FileChoosers::Chosen &chosen) {
            if (!toOpen.isEmpty())
                chosen(toOpen);
        };
        parts.choosers.saveSnapshot = [this](QWidget *, const QString &suggested,
                                             const ui::FileChoosers::Chosen &chosen) {
            suggestedName = suggested;
            if (!toSave.isEmpty())
                chosen(toSave);
        };
        parts.choosers.openDraft = parts.choosers.openSnapshot;
        parts.choosers.saveDraft = parts.choosers.saveSnapshot;
        parts.choosers.openAny = [this](QWidget *, const QString &, const ui::FileChoosers::Chosen &chosen) {
            if (!toOpen.isEmpty())
                chosen(toOpen);
        };
        parts.choosers.saveAny = [this](QWidget *, const QString &, const QString &suggested,
                                        const ui::FileChoosers::Chosen &chosen) {
            suggestedName = suggested;
            if (!toSave.isEmpty())
                chosen(toSave);
        };
        parts.choosers.savePicture = parts.choosers.saveAny;
        parts.openUrl = [this](const QUrl &url) { opened << url; };
        parts.makeGatherer =
            [this,
             resolver](const std::vector<gather::Resolver> &typed) -> std::shared_ptr<gather::Gatherer> {
            gather::GathererOptions options;
            options.resolvers = typed.empty() ? std::vector{resolver} : typed;
            options.timeout = std::chrono::milliseconds(timeout);
            options.patience = std::chrono::milliseconds(timeout / 3);
            ++gatherersMade;
            if (gatherer)
                return gatherer;
            return tests::dnsOnly(options);
        };
        window = std::make_unique<ui::MainWindow>(std::move(parts));
        firstSize = window->size();
        window->resize(1300, 850);
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
        window->makePages(); // a test looks for what a user sees later
        window->activateWindow();
    }

    template <typename Widget>
    Widget &find(const char *name) const
    {
        auto *widget = window->findChild<Widget *>(QString::fromLatin1(name));
        if (!widget)
            qFatal("no widget is called %s", name);
        return *widget;
    }
    QString text(const char *label) const { return find<QLabel>(label).text(); }
    QString message() const
    {
        return find<QWidget>("messageStrip").isVisible() ? text("message") : QString();
    }
    void type(const char *field, const QString &typed) const
    {
        auto &edit = find<QLineEdit>(field);
        edit.setFocus();
        edit.selectAll();
        QTest::keyClicks(&edit, typed);
    }
    void inspect(const QString &domain) const
    {
        type("domainField", domain);
        QTest::keyClick(&find<QLineEdit>("domainField"), Qt::Key_Return);
    }
    ui::Session::State state() const { return window->session().state(); }
    QString path(const char *file) const { return m_folder.filePath(QString::fromLatin1(file)); }
    QSettings &settings() { return m_settings; }

    std::unique_ptr<ui::MainWindow> window;
    std::shared_ptr<gather::Gatherer> gatherer; ///< asked in the place of the resolver, where set
    int timeout =
        5000; ///< of a look-up, in milliseconds; for a server that answers, however busy the machine is
    int gatherersMade = 0;
    QString toOpen;
    QString toSave;
    QSize firstSize; ///< before a test gives it another
    QString suggestedName;
    QList<QUrl> opened; ///< in the browser

private:
    ui::EnglishPlurals m_plurals;
    QTemporaryDir m_folder;
    QSettings m_settings;
};

/// What a window's server knows; made before the window.
struct ServedZone {
    explicit ServedZone(const Zone &zone) : server(zone) {}
    TestDnsServer server;
};

/// A window that has inspected example.com, as a server of its own knows it.
class InspectedWindow : public ServedZone, public WindowFixture
{
public:
    explicit InspectedWindow(const Zone &zone) : ServedZone(zone), WindowFixture(server.resolver())
    {
        inspect(QStringLiteral("example.com"));
        QTRY_COMPARE_WITH_TIMEOUT(state(), ui::Session::State::Done, 20000);
    }
};

} // namespace mailoscope::tests
