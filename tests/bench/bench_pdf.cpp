// SPDX-License-Identifier: Apache-2.0
// How long a PDF takes, and whether memory grows with the number of domains. Run it with
// QT_QPA_PLATFORM=offscreen.
#include "bench/tables.h"
#include "print/pdf_document.h"
#include "support/corpus.h"
#include "ui/reports.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <cstring>
#include <fstream>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

/// A value of /proc/self/status in MiB.
double statusMiB(const char *what)
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(what))
            return std::stod(line.substr(std::strlen(what) + 1)) / 1024; // it says kB
    }
    return 0;
}

/// The peak is that of what comes from here on (Linux).
void forgetPeak()
{
    std::ofstream("/proc/self/clear_refs") << "5";
}

void measure(const std::string &what, const std::vector<std::shared_ptr<const Report>> &reports,
             std::size_t count)
{
    print::Options options;
    options.copyAs = fixes::CopyForm::Zone;
    forgetPeak();
    const double before = statusMiB("VmRSS:");
    QElapsedTimer timer;
    timer.start();
    int pages = 0;
    std::size_t octets = 0;
    print::PdfDocument document(options, count > 1, [&pages](int, int) { return ++pages > 0; });
    for (std::size_t i = 0; i < count; ++i)
        document.add(*reports[i % reports.size()]);
    const double laidOut = static_cast<double>(timer.elapsed());
    const auto problem = document.finish([&octets](std::string_view piece) {
        octets += piece.size();
        return true;
    });
    std::printf("%-18s  %5d  %6zu  %10.0f  %6.0f  %11.1f  %8.1f  %s\n", what.c_str(), pages, octets / 1024,
                laidOut, static_cast<double>(timer.elapsed()), before, statusMiB("VmHWM:"),
                problem ? "failed" : "");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    std::printf("PDFs; targets: a tree of 200 nodes in 1 s, 50 domains in 20 s, memory flat\n");
    std::printf("%-18s  %5s  %6s  %10s  %6s  %11s  %8s\n", "what", "pages", "KiB", "laid out ms", "ms",
                "RSS before", "peak MiB");
    measure("first (fonts)", {reportOf(smallZone(), "example.com")}, 1);
    measure("tree of 200 nodes", {reportOf(wideZone(200), "wide.example.org")}, 1);
    std::vector<std::shared_ptr<const Report>> reports;
    for (const DomainName &domain : corpusMailDomains()) {
        reports.push_back(reportOf(*corpusZone(), domain.text()));
        if (reports.size() == 25)
            break;
    }
    for (const std::size_t count : {1, 10, 25, 50, 100})
        measure(std::to_string(count) + " domains", reports, count);
    return 0;
}
