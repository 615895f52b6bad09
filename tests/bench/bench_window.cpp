// SPDX-License-Identifier: Apache-2.0
// How long the main window holds up the event loop while a tree of 500 records grows in it. Run it with
// QT_QPA_PLATFORM=offscreen.
#include "bench/tables.h"
#include "main_window.h"
#include "support/tick_watch.h"
#include "support/wait.h"
#include "support/zone_gatherer.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSettings>
#include <QTemporaryDir>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

constexpr int Nodes = 500;
constexpr int Repetitions = 5;

/// Each record includes seven others, and has a network and an `a` term of its own.
std::shared_ptr<const Zone> tree()
{
    auto zone = std::make_shared<Zone>();
    const auto node = [](int number) {
        return number == 0 ? std::string("example.com") : 'n' + std::to_string(number) + ".example.com";
    };
    for (int number = 0; number < Nodes; ++number) {
        const std::string n = std::to_string(number);
        std::string record = node(number) + " TXT \"v=spf1 a:h" + n + ".example.com";
        for (int child = number * 7 + 1; child <= number * 7 + 7 && child < Nodes; ++child)
            record += " include:" + node(child);
        zone->add(record + " ip4:52." + std::to_string(number / 250) + '.' + std::to_string(number % 250) +
                  ".0/26 ~all\"");
        zone->add('h' + n + ".example.com A 192.175.48." + std::to_string(number % 250));
    }
    zone->add("example.com MX 10 h1.example.com");
    return zone;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const QTemporaryDir folder;
    const std::shared_ptr<const Zone> zone = tree();
    Table table({"run", "nodes", "turns", "took ms", "longest turn ms", "of it busy ms"});
    for (int i = 0; i < Repetitions; ++i) {
        QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        ui::MainWindowParts parts;
        parts.settings = &settings;
        parts.makeGatherer = [&zone, i](const std::vector<gather::Resolver> &) {
            return std::make_shared<ZoneGatherer>(zone, ZoneGatherer::Order::Shuffled,
                                                  static_cast<unsigned>(i));
        };
        ui::MainWindow window(std::move(parts));
        window.resize(1300, 850);
        window.show();
        if (!waitFor([&] { return window.isVisible() && window.windowHandle(); }))
            std::printf("the window did not open\n");
        QElapsedTimer timer;
        timer.start();
        ui::LaunchOptions options;
        options.domain = QStringLiteral("example.com");
        const TickWatch watch;
        window.open(options);
        if (!waitFor([&] { return window.session().state() == ui::Session::State::Done; }, 60000))
            std::printf("the inspection did not end\n");
        const auto report = window.session().report();
        table.add({std::to_string(i + 1), std::to_string(report ? report->spf.nodeCount : 0),
                   std::to_string(watch.ticks()), fixed(static_cast<double>(timer.elapsed()), 0),
                   fixed(watch.longestGapMs()), fixed(watch.longestCpuMs())});
    }
    std::printf("A tree of %d records grows in the window; target: no turn over 16 ms\n", Nodes);
    table.print();
    return 0;
}
