// SPDX-License-Identifier: Apache-2.0
// The cold start: from the start of a process to a window that was painted and takes keys, beside an empty
// window of Qt Widgets started in the same way. The bench starts itself once for each run, the two in turn,
// so that both meet the same machine. Run it with QT_QPA_PLATFORM=offscreen or under an X server.
#include "bench/tables.h"
#include "main_window.h"
#include "report/sample.h"
#include "theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMainWindow>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

#include <sys/resource.h>

using namespace mailoscope;
using namespace mailoscope::bench;

namespace
{

constexpr int Runs = 15;

/// Ends the program when the window has been painted and every event of its opening is dealt with.
void leaveWhenUsable(QWidget &window)
{
    window.show();
    // A timer of 0 fires when the event loop has nothing else to do: after the first paint.
    QTimer::singleShot(0, &window, [&window] {
        window.repaint();
        QTimer::singleShot(0, QCoreApplication::instance(), &QCoreApplication::quit);
    });
}

int emptyWindow(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1300, 850);
    leaveWhenUsable(window);
    return QApplication::exec();
}

int ourWindow(int argc, char **argv, bool withSample)
{
    const QApplication application(argc, argv);
    QGuiApplication::setWindowIcon(ui::applicationIcon());
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
    ui::MainWindowParts parts;
    parts.settings = &settings;
    if (withSample)
        parts.sample = sampleSnapshot();
    parts.makeGatherer = [](const std::vector<gather::Resolver> &) {
        return std::shared_ptr<gather::Gatherer>();
    };
    ui::MainWindow window(std::move(parts));
    leaveWhenUsable(window);
    window.open({});
    return QApplication::exec();
}

/// Milliseconds of the processor that all children so far have used.
double childrenBusyMs()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto ms = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) * 1000 + static_cast<double>(time.tv_usec) / 1000;
    };
    return ms(usage.ru_utime) + ms(usage.ru_stime);
}

/// What a start took by the clock, and of the processor: where others use the machine, the second tells more.
struct Start {
    double passed = 0;
    double busy = 0;
};

Start startOf(const QString &program, const char *what)
{
    const double before = childrenBusyMs();
    QElapsedTimer timer;
    QProcess process;
    timer.start();
    process.start(program, {QString::fromLatin1(what)});
    process.waitForFinished(60000);
    if (process.exitCode() != 0)
        std::printf("%s ended with %d\n", what, process.exitCode());
    const double passed = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    return {passed, childrenBusyMs() - before};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc > 1) {
        const QLatin1String what(argv[1]);
        return what == QLatin1String("empty") ? emptyWindow(argc, argv)
                                              : ourWindow(argc, argv, what == QLatin1String("sample"));
    }
    const QCoreApplication application(argc, argv);
    const QString program = QCoreApplication::applicationFilePath();
    const std::vector<const char *> kinds{"empty", "ours", "sample"};
    std::vector<std::vector<double>> times(kinds.size());
    std::vector<std::vector<double>> busy(kinds.size());
    for (const char *kind : kinds)
        startOf(program, kind); // from the disk into memory
    for (int run = 0; run < Runs; ++run) {
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            const Start start = startOf(program, kinds[i]);
            times[i].push_back(start.passed);
            busy[i].push_back(start.busy);
        }
    }
    const std::vector<const char *> names{"empty window of Qt Widgets", "Mailoscope, nothing inspected",
                                          "Mailoscope, with the sample under way"};
    Table table(
        {"start", "median ms", "fastest ms", "times the empty one", "busy ms", "times the empty one's"});
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        const double middle = median(times[i]);
        table.add({names[i], fixed(middle), fixed(*std::min_element(times[i].begin(), times[i].end())),
                   fixed(middle / median(times[0])), fixed(median(busy[i])),
                   fixed(median(busy[i]) / median(busy[0]))});
    }
    std::printf("From the start of a process to its end after the first paint; %d runs each, in turn. "
                "Target: at most 1.5 times\n",
                Runs);
    table.print();
    return 0;
}
