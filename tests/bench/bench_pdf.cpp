// SPDX-License-Identifier: Apache-2.0
// How long a PDF takes, and whether memory grows with the number of domains. Run it with
// QT_QPA_PLATFORM=offscreen.
#include "bench/tables.h"
#include "print/pdf_document.h"
#include "support/corpus.h"
#include "ui/reports.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <sys/resource.h>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;

namespace
{

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0; // KiB on Linux
}

void measure(Table &table, const std::string &what, const std::vector<std::shared_ptr<const Report>> &reports,
             std::size_t count)
{
    print::Options options;
    options.copyAs = fixes::CopyForm::Zone;
    QElapsedTimer timer;
    timer.start();
    int pages = 0;
    std::size_t octets = 0;
    print::PdfDocument document(options, count > 1, [&pages](int, int) { return ++pages > 0; });
    for (std::size_t i = 0; i < count; ++i)
        document.add(*reports[i % reports.size()]);
    const auto problem = document.finish([&octets](std::string_view piece) {
        octets += piece.size();
        return true;
    });
    table.add({what, std::to_string(pages), std::to_string(octets / 1024),
               fixed(static_cast<double>(timer.elapsed()), 0), fixed(peakMiB()), problem ? "failed" : ""});
}

} // namespace

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    Table table({"what", "pages", "KiB", "ms", "peak RSS MiB", ""});
    const auto wide = reportOf(wideZone(200), "wide.example.org");
    measure(table, "first (fonts)", {reportOf(smallZone(), "example.com")}, 1);
    measure(table, "tree of 200 nodes", {wide}, 1);
    std::vector<std::shared_ptr<const Report>> reports;
    for (const DomainName &domain : corpusMailDomains()) {
        reports.push_back(reportOf(*corpusZone(), domain.text()));
        if (reports.size() == 25)
            break;
    }
    for (const std::size_t count : {25, 50, 100, 200})
        measure(table, std::to_string(count) + " domains", reports, count);
    std::printf("PDFs; targets: a tree of 200 nodes in 1 s, 50 domains in 20 s, memory flat\n");
    table.print();
    return 0;
}
