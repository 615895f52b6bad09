// SPDX-License-Identifier: Apache-2.0
#include "print/pdf_document.h"

#include "print/layout.h"
#include "print/page_painter.h"
#include "print/pdf_finish.h"
#include "print/say.h"

#include <QPageSize>
#include <QPdfWriter>
#include <QTemporaryFile>

#include <algorithm>

namespace mailoscope::print
{

namespace
{

/// A writer of pages whose unit is a tenth of a point.
class PageFile
{
public:
    explicit PageFile(Paper paper) : m_isOpen(m_file.open()), m_writer(&m_file)
    {
        m_writer.setResolution(DotsPerInch);
        m_writer.setPageSize(QPageSize(paper == Paper::A4 ? QPageSize::A4 : QPageSize::Letter));
        m_writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    }

    /// The painter, at the beginning of a new page; null where the file cannot be written.
    QPainter *nextPage()
    {
        const bool isReady =
            m_painter.isActive() ? m_writer.newPage() : m_isOpen && m_painter.begin(&m_writer);
        return isReady ? &m_painter : nullptr;
    }

    bool close()
    {
        m_painter.end();
        return m_file.flush() && m_file.error() == QFileDevice::NoError;
    }
    QString name() const { return m_file.fileName(); }

private:
    QTemporaryFile m_file;
    bool m_isOpen;
    QPdfWriter m_writer;
    QPainter m_painter;
};

} // namespace

struct PdfDocument::State {
    State(Options given, bool isSeveral, Watch w)
        : options(std::move(given)), several(isSeveral), watch(std::move(w)), pages(options.paper)
    {
        isFailed = !attached.open();
    }

    bool paint(std::vector<Page> &&laidOut)
    {
        int done = 0;
        for (Page &page : laidOut) {
            if (watch && !watch(done++, static_cast<int>(laidOut.size()))) {
                isStopped = true;
                return false;
            }
            QPainter *sheet = pages.nextPage();
            if (!sheet) {
                isFailed = true;
                return false;
            }
            painter.paint(*sheet, page);
            heads.push_back(page.head);
            for (Link &link : page.links)
                link.target = shared(link.target);
            places.push_back({std::move(page.links), std::move(page.anchors), std::move(page.bookmarks)});
        }
        return true;
    }

    /// The same target stands on many pages: one text serves them all.
    QString shared(const QString &text) { return *targets.insert(text).first; }

    Options options;
    bool several;
    Watch watch;
    PageFile pages;
    PagePainter painter;
    std::vector<PlacedPage> places;
    std::vector<QString> heads;
    std::set<QString> targets;
    QTemporaryFile attached;
    std::vector<Attachment> attachments;
    std::vector<MatrixRow> rows;
    std::vector<QString> resolvers;
    std::string title;
    Timestamp newest{};
    bool isStopped = false;
    bool isFailed = false;

    // Of a single report, for its cover.
    std::shared_ptr<std::vector<Page>> cover;
};

PdfDocument::PdfDocument(Options options, bool several, Watch watch)
    : m_state(std::make_unique<State>(std::move(options), several, std::move(watch)))
{
}

PdfDocument::~PdfDocument() = default;

bool PdfDocument::isStopped() const
{
    return m_state->isStopped;
}

bool PdfDocument::add(const Report &report)
{
    State &state = *m_state;
    if (state.isFailed || state.isStopped)
        return false;
    const EvidenceFile evidence = evidenceOf(report, state.options.profile);
    const document::Document document = paperDocument(report, state.options, evidence);
    const QString name = ui::toQString(document.title);
    const QString prefix = QStringLiteral("d%1/").arg(state.rows.size());
    std::vector<Page> pages = chaptersOf(document, report, state.options, prefix, state.several ? 1 : 0);
    if (state.several && !pages.empty()) {
        Page &first = pages.front();
        first.anchors.push_back({prefix, 0});
        first.bookmarks.insert(first.bookmarks.begin(), Bookmark{0, name, {}, 0});
    }
    state.newest = std::max(state.newest, report.inspectedAt);
    MatrixRow row = matrixRowOf(report, name, prefix);
    row.page = static_cast<int>(state.places.size()) + 1;
    state.rows.push_back(std::move(row));
    for (const std::string &resolver : report.resolvers) {
        const QString name = ui::shownString(resolver);
        if (std::find(state.resolvers.begin(), state.resolvers.end(), name) == state.resolvers.end())
            state.resolvers.push_back(name);
    }
    // Two inputs can have names that differ in signs alone which no file name holds.
    std::string fileName = evidence.name;
    const auto isTaken = [&](const Attachment &other) { return other.name == fileName; };
    for (int i = 2; std::any_of(state.attachments.begin(), state.attachments.end(), isTaken); ++i)
        fileName = std::to_string(i) + '-' + evidence.name;
    const auto size = static_cast<qint64>(evidence.json.size());
    state.attachments.push_back({fileName, state.attached.pos(), size});
    if (state.attached.write(evidence.json.data(), size) != size)
        state.isFailed = true;
    if (!state.several) {
        state.title = QStringLiteral("%1 – %2")
                          .arg(name, say(QT_TRANSLATE_NOOP("PaperReport", "mail domain report")))
                          .toStdString();
        state.cover = std::make_shared<std::vector<Page>>(
            coverOf(document, report, state.options, contentsOf(pages, 2)));
    }
    return state.paint(std::move(pages)) && !state.isFailed;
}

std::optional<QString> PdfDocument::finish(const Sink &sink)
{
    State &state = *m_state;
    if (state.isStopped)
        return say(QT_TRANSLATE_NOOP("PaperReport", "Stopped before the PDF was complete."));
    std::vector<Page> front;
    if (!state.several && state.cover) {
        front = std::move(*state.cover);
    } else {
        // The pages in front say where the others are, so how many they are themselves is tried out first.
        const auto count = static_cast<int>(coverOf(state.rows, state.resolvers, state.options, 0).size());
        front = coverOf(state.rows, state.resolvers, state.options, count);
        state.title = say(QT_TRANSLATE_NOOP("PaperReport", "Report of %1 mail domains"))
                          .arg(state.rows.size())
                          .toStdString();
    }
    PdfParts parts;
    parts.front = front.size();
    const bool isPainted = !state.isFailed && state.paint(std::move(front));
    if (state.isStopped)
        return say(QT_TRANSLATE_NOOP("PaperReport", "Stopped before the PDF was complete."));

    PageFile frames(state.options.paper);
    const auto count = static_cast<int>(state.places.size());
    std::rotate(state.heads.begin(), state.heads.end() - static_cast<std::ptrdiff_t>(parts.front),
                state.heads.end());
    bool isFramed = isPainted;
    for (int i = 0; isFramed && i < count; ++i) {
        QPainter *sheet = frames.nextPage();
        isFramed = sheet != nullptr;
        if (sheet)
            state.painter.paintFrame(*sheet, state.heads[static_cast<std::size_t>(i)], i + 1, count,
                                     state.options);
    }
    if (!isFramed || !state.pages.close() || !frames.close() || !state.attached.flush())
        return say(QT_TRANSLATE_NOOP("PaperReport",
                                     "The PDF could not be written: the folder for temporary files is full "
                                     "or cannot be written to."));
    parts.pages = state.pages.name();
    parts.frames = frames.name();
    parts.places = std::move(state.places);
    parts.attached = state.attached.fileName();
    parts.attachments = state.attachments;
    parts.paperHeight = geometryOf(state.options.paper).paper.height();
    parts.title = state.title;
    parts.author = state.options.company.toStdString();
    parts.subject =
        say(QT_TRANSLATE_NOOP("PaperReport",
                              "SPF, DMARC, DKIM, BIMI, MTA-STS, TLS-RPT and MX as published in DNS"))
            .toStdString();
    parts.creator = std::string(toolName()) + ' ' + std::string(toolVersion());
    // The document is as old as what it tells, so that the same facts give the same octets.
    if (state.newest != Timestamp())
        parts.written = toRfc3339(state.newest);
    return finishPdf(parts, sink);
}

} // namespace mailoscope::print
