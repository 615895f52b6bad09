// SPDX-License-Identifier: Apache-2.0
// The one file that includes libqpdf.
#include "print/pdf_finish.h"

#define POINTERHOLDER_TRANSITION 4
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace mailoscope::print
{

namespace
{

using Object = QPDFObjectHandle;

class SinkPipeline : public Pipeline
{
public:
    explicit SinkPipeline(const std::function<bool(std::string_view)> &sink)
        : Pipeline("sink", nullptr), m_sink(sink)
    {
    }
    void write(unsigned char const *octets, size_t count) override
    {
        if (!m_sink({reinterpret_cast<const char *>(octets), count}))
            throw std::runtime_error("it cannot be kept");
    }
    void finish() override {}

private:
    const std::function<bool(std::string_view)> &m_sink;
};

/// `2026-11-21T12:31:07Z` as PDF writes it (ISO 32000-1 section 7.9.4): `D:20261121123107Z`
std::string pdfDate(const std::string &rfc3339)
{
    std::string digits;
    for (const char c : rfc3339.substr(0, 19)) {
        if (c >= '0' && c <= '9')
            digits += c;
    }
    return "D:" + digits + 'Z';
}

class Finisher
{
public:
    Finisher(const PdfParts &parts) : m_parts(parts)
    {
        m_pdf.processFile(QFile::encodeName(parts.pages).constData());
        m_frames.processFile(QFile::encodeName(parts.frames).constData());
    }

    void finish(const std::function<bool(std::string_view)> &sink)
    {
        order();
        frame();
        findAnchors();
        link();
        bookmark();
        attach();
        describe();
        SinkPipeline pipeline(sink);
        QPDFWriter writer(m_pdf);
        writer.setOutputPipeline(&pipeline);
        writer.setObjectStreamMode(qpdf_o_generate);
        writer.setDeterministicID(true);
        writer.write();
    }

private:
    /// The pages that were painted last, because they tell of all others, come first.
    void order()
    {
        std::vector<Object> pages = m_pdf.getAllPages();
        if (pages.size() != m_parts.places.size() || m_parts.front > pages.size())
            throw std::runtime_error("pages are missing");
        for (std::size_t i = 0; i < pages.size(); ++i)
            m_places.push_back(&m_parts.places[i]);
        const auto front = static_cast<std::ptrdiff_t>(m_parts.front);
        std::rotate(pages.begin(), pages.end() - front, pages.end());
        std::rotate(m_places.begin(), m_places.end() - front, m_places.end());
        Object root = m_pdf.getRoot().getKey("/Pages");
        root.replaceKey("/Kids", Object::newArray(pages));
        m_pdf.updateAllPagesCache();
        m_pages = std::move(pages);
    }

    /// Head and foot, drawn apart because the number of pages is known at the end only.
    void frame()
    {
        const std::vector<Object> &frames = m_frames.getAllPages();
        for (std::size_t i = 0; i < m_pages.size() && i < frames.size(); ++i) {
            QPDFPageObjectHelper page(m_pages[i]);
            Object form = m_pdf.copyForeignObject(QPDFPageObjectHelper(frames[i]).getFormXObjectForPage());
            Object resources = page.getAttribute("/Resources", true);
            if (!resources.isDictionary())
                resources = m_pages[i].replaceKeyAndGetNew("/Resources", Object::newDictionary());
            if (!resources.getKey("/XObject").isDictionary())
                resources.replaceKey("/XObject", Object::newDictionary());
            resources.getKey("/XObject").replaceKey("/MailoscopeFrame", form);
            const std::string content = page.placeFormXObject(
                form, "/MailoscopeFrame", page.getMediaBox().getArrayAsRectangle(), false, false);
            page.addPageContents(m_pdf.newStream("q\n"), true);
            page.addPageContents(m_pdf.newStream("\nQ\n" + content), false);
        }
    }

    double up(qreal y) const { return (m_parts.paperHeight - y) / 10; }

    void findAnchors()
    {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            for (const Anchor &anchor : m_places[i]->anchors)
                m_anchors.try_emplace(anchor.name, destination(i, anchor.y));
        }
    }

    Object destination(std::size_t page, qreal y)
    {
        constexpr qreal Above = 60; // so that the line is not cut at the window's edge
        return Object::newArray({m_pages[page], Object::newName("/XYZ"), Object::newInteger(0),
                                 Object::newReal(up(std::max(y - Above, 0.0)), 1), Object::newNull()});
    }

    void link()
    {
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            std::vector<Object> annotations;
            for (const Link &link : m_places[i]->links) {
                Object annotation = Object::newDictionary(
                    {{"/Type", Object::newName("/Annot")},
                     {"/Subtype", Object::newName("/Link")},
                     {"/F", Object::newInteger(4)},
                     {"/Border", Object::newArray(
                                     {Object::newInteger(0), Object::newInteger(0), Object::newInteger(0)})},
                     {"/Rect", Object::newArray({Object::newReal(link.area.left() / 10, 1),
                                                 Object::newReal(up(link.area.bottom()), 1),
                                                 Object::newReal(link.area.right() / 10, 1),
                                                 Object::newReal(up(link.area.top()), 1)})}});
                if (!link.target.startsWith(QLatin1Char('#'))) {
                    annotation.replaceKey(
                        "/A",
                        Object::newDictionary({{"/S", Object::newName("/URI")},
                                               {"/URI", Object::newString(link.target.toStdString())}}));
                } else {
                    const auto anchor = m_anchors.find(link.target.mid(1));
                    if (anchor == m_anchors.end())
                        continue; // what it leads to was left out
                    annotation.replaceKey("/Dest", anchor->second);
                }
                annotations.push_back(std::move(annotation));
            }
            if (!annotations.empty())
                m_pages[i].replaceKey("/Annots", Object::newArray(annotations));
        }
    }

    /// ISO 32000-1 section 12.3.3.
    void bookmark()
    {
        Object root =
            m_pdf.makeIndirectObject(Object::newDictionary({{"/Type", Object::newName("/Outlines")}}));
        // The item that is open on each level, from the root down, and the items below it so far.
        std::vector<Object> parents{root};
        std::vector<std::vector<Object>> below{{}};
        for (std::size_t i = 0; i < m_places.size(); ++i) {
            for (const Bookmark &bookmark : m_places[i]->bookmarks) {
                const auto level =
                    std::min(static_cast<std::size_t>(std::max(bookmark.level, 0)), parents.size() - 1);
                while (parents.size() > level + 1) {
                    chain(parents.back(), below.back());
                    parents.pop_back();
                    below.pop_back();
                }
                Object item = m_pdf.makeIndirectObject(
                    Object::newDictionary({{"/Title", Object::newUnicodeString(bookmark.title.toStdString())},
                                           {"/Parent", parents.back()},
                                           {"/Dest", destination(i, bookmark.y)}}));
                below.back().push_back(item);
                parents.push_back(item);
                below.emplace_back();
            }
        }
        while (!parents.empty()) {
            chain(parents.back(), below.back());
            parents.pop_back();
            below.pop_back();
        }
        m_pdf.getRoot().replaceKey("/Outlines", root);
        m_pdf.getRoot().replaceKey("/PageMode", Object::newName("/UseOutlines"));
    }

    /// Ties the items below one together. Those of the first level show what is below them closed.
    static void chain(Object parent, const std::vector<Object> &items)
    {
        if (items.empty())
            return;
        for (std::size_t i = 0; i < items.size(); ++i) {
            Object item = items[i];
            if (i > 0)
                item.replaceKey("/Prev", items[i - 1]);
            if (i + 1 < items.size())
                item.replaceKey("/Next", items[i + 1]);
        }
        const bool isRoot = !parent.hasKey("/Parent");
        const auto count = static_cast<long long>(items.size());
        parent.replaceKey("/First", items.front());
        parent.replaceKey("/Last", items.back());
        parent.replaceKey("/Count", Object::newInteger(isRoot ? count : -count));
    }

    void attach()
    {
        QPDFEmbeddedFileDocumentHelper files(m_pdf);
        for (const Attachment &attachment : m_parts.attachments) {
            const QString holder = m_parts.attached;
            QPDFEFStreamObjectHelper stream =
                QPDFEFStreamObjectHelper::createEFStream(m_pdf, [holder, attachment](Pipeline *pipeline) {
                    QFile file(holder);
                    if (!file.open(QIODevice::ReadOnly) || !file.seek(attachment.begin))
                        throw std::runtime_error("the evidence cannot be read");
                    for (qint64 left = attachment.size; left > 0;) {
                        const QByteArray piece = file.read(std::min<qint64>(left, 1 << 16));
                        if (piece.isEmpty())
                            throw std::runtime_error("the evidence cannot be read");
                        pipeline->write(reinterpret_cast<const unsigned char *>(piece.constData()),
                                        static_cast<size_t>(piece.size()));
                        left -= piece.size();
                    }
                    pipeline->finish();
                });
            stream.setSubtype("application/json");
            if (!m_parts.written.empty())
                stream.setModDate(pdfDate(m_parts.written));
            QPDFFileSpecObjectHelper spec =
                QPDFFileSpecObjectHelper::createFileSpec(m_pdf, attachment.name, stream);
            spec.setDescription("The report as JSON");
            files.replaceEmbeddedFile(attachment.name, spec);
        }
    }

    void describe()
    {
        Object info = m_pdf.makeIndirectObject(Object::newDictionary());
        const auto put = [&](const char *key, const std::string &text) {
            if (!text.empty())
                info.replaceKey(key, Object::newUnicodeString(text));
        };
        put("/Title", m_parts.title);
        put("/Author", m_parts.author);
        put("/Subject", m_parts.subject);
        put("/Creator", m_parts.creator);
        put("/Producer", m_parts.creator);
        if (!m_parts.written.empty()) {
            info.replaceKey("/CreationDate", Object::newString(pdfDate(m_parts.written)));
            info.replaceKey("/ModDate", Object::newString(pdfDate(m_parts.written)));
        }
        m_pdf.getTrailer().replaceKey("/Info", info);
        Object root = m_pdf.getRoot();
        root.replaceKey("/Lang", Object::newString("en"));
        root.replaceKey("/ViewerPreferences",
                        Object::newDictionary({{"/DisplayDocTitle", Object::newBool(true)}}));
    }

    const PdfParts &m_parts;
    QPDF m_pdf;
    QPDF m_frames;
    std::vector<Object> m_pages;              ///< in the order of the finished document
    std::vector<const PlacedPage *> m_places; ///< likewise
    std::map<QString, Object> m_anchors;
};

} // namespace

std::optional<QString> finishPdf(const PdfParts &parts, const std::function<bool(std::string_view)> &sink)
{
    try {
        Finisher(parts).finish(sink);
    } catch (const std::exception &error) { // of libqpdf
        return QCoreApplication::translate("PaperReport", "The PDF could not be written: %1.")
            .arg(QString::fromUtf8(error.what()));
    }
    return std::nullopt;
}

} // namespace mailoscope::print
