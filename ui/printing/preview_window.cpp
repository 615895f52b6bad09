// SPDX-License-Identifier: Apache-2.0
#include "printing/preview_window.h"

#include "theme/metrics.h"
#include "theme/window_size.h"
#include "widgets/flow_layout.h"

#include <QGraphicsView>
#include <QLabel>
#include <QPageRanges>
#include <QPageSize>
#include <QPrintDialog>
#include <QPrintPreviewWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace mailoscope::ui
{

PreviewWindow::PreviewWindow(std::vector<print::Page> pages, print::Options options, const QString &title,
                             QWidget *parent)
    : QDialog(parent),
      m_pages(std::move(pages)),
      m_options(std::move(options)),
      m_printer(QPrinter::HighResolution),
      m_where(new QLabel),
      m_print(new QPushButton(tr("&Print…")))
{
    setObjectName(QStringLiteral("previewWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setWindowFlag(Qt::WindowMaximizeButtonHint);
    m_printer.setDocName(title);
    m_printer.setFullPage(true);
    m_printer.setPageSize(QPageSize(m_options.paper == print::Paper::A4 ? QPageSize::A4 : QPageSize::Letter));
    m_preview = new QPrintPreviewWidget(&m_printer);
    m_preview->setObjectName(QStringLiteral("preview"));
    m_preview->setAccessibleName(tr("Pages as they will be printed"));
    if (auto *view = m_preview->findChild<QGraphicsView *>()) { // which is what takes the focus
        view->setAccessibleName(m_preview->accessibleName());
        view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // so that what fits the width stays so
    }
    connect(m_preview, &QPrintPreviewWidget::paintRequested, this, &PreviewWindow::paintAll);
    connect(m_preview, &QPrintPreviewWidget::previewChanged, this, &PreviewWindow::showPage);

    auto *bar = new FlowLayout;
    bar->setSpacing(halfEm(*this) / 2);
    const auto button = [&](const QString &name, const QString &text, auto &&act) {
        auto *added = new QPushButton(text);
        added->setObjectName(name);
        added->setAutoDefault(false);
        connect(added, &QPushButton::clicked, this, act);
        bar->addWidget(added);
        return added;
    };
    const auto turn = [this](int by) {
        m_preview->setCurrentPage(
            qBound(1, m_preview->currentPage() + by, std::max(m_preview->pageCount(), 1)));
        showPage();
    };
    button(QStringLiteral("previewBack"), tr("Pre&vious page"), [turn] { turn(-1); });
    button(QStringLiteral("previewOn"), tr("&Next page"), [turn] { turn(1); });
    m_where->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(m_where);
    button(QStringLiteral("previewLarger"), tr("&Larger"), [this] { m_preview->zoomIn(); });
    button(QStringLiteral("previewSmaller"), tr("&Smaller"), [this] { m_preview->zoomOut(); });
    button(QStringLiteral("previewWidth"), tr("Page &width"), [this] { m_preview->fitToWidth(); });
    button(QStringLiteral("previewWhole"), tr("W&hole page"), [this] { m_preview->fitInView(); });
    m_print->setObjectName(QStringLiteral("previewPrint"));
    connect(m_print, &QPushButton::clicked, this, &PreviewWindow::choosePrinter);
    bar->addWidget(m_print);
    button(QStringLiteral("previewClose"), tr("&Close"), [this] { close(); });
    auto *rows = new QVBoxLayout(this);
    rows->addLayout(bar);
    rows->addWidget(m_preview, 1);
    connect(new QShortcut(QKeySequence::MoveToPreviousPage, this), &QShortcut::activated, this,
            [turn] { turn(-1); });
    connect(new QShortcut(QKeySequence::MoveToNextPage, this), &QShortcut::activated, this,
            [turn] { turn(1); });
    connect(&m_turns, &QTimer::timeout, this, &PreviewWindow::printNext);
    m_where->setMinimumWidth(digits(*this, 16));
    m_where->setObjectName(QStringLiteral("previewWhere"));
    resizeWithinScreen(*this, {em(*this) * 60, em(*this) * 52});
    m_preview->fitToWidth();
}

PreviewWindow::~PreviewWindow()
{
    if (m_painter) {
        m_printer.abort();
        m_painter->end();
    }
    delete m_preview; // it shows what belongs to the printer
}

void PreviewWindow::paintPage(QPainter &painter, const QPrinter &printer, std::size_t index)
{
    // The user may choose other paper than the pages were made for: then they shrink.
    const QSizeF made = print::geometryOf(m_options.paper).paper;
    const QRectF sheet = printer.paperRect(QPrinter::DevicePixel);
    const double scale = std::min({static_cast<double>(printer.resolution()) / print::DotsPerInch,
                                   sheet.width() / made.width(), sheet.height() / made.height()});
    painter.save();
    painter.scale(scale, scale);
    m_pagePainter.paint(painter, m_pages[index]);
    m_pagePainter.paintFrame(painter, m_pages[index].head, static_cast<int>(index) + 1,
                             static_cast<int>(m_pages.size()), m_options);
    painter.restore();
}

void PreviewWindow::paintAll(QPrinter *printer)
{
    QPainter painter(printer);
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (i > 0)
            printer->newPage();
        paintPage(painter, *printer, i);
    }
}

void PreviewWindow::showPage()
{
    m_where->setText(tr("Page %1 of %2").arg(m_preview->currentPage()).arg(m_pages.size()));
}

void PreviewWindow::choosePrinter()
{
    auto *dialog = new QPrintDialog(&m_printer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setMinMax(1, static_cast<int>(m_pages.size()));
    dialog->setOption(QAbstractPrintDialog::PrintPageRange);
    connect(dialog, &QDialog::accepted, this, &PreviewWindow::beginPrinting);
    dialog->open();
}

void PreviewWindow::beginPrinting()
{
    if (m_painter)
        return;
    const bool isRange = m_printer.printRange() == QPrinter::PageRange && !m_printer.pageRanges().isEmpty();
    m_chosen.clear();
    for (std::size_t i = m_pages.size(); i-- > 0;) {
        if (!isRange || m_printer.pageRanges().contains(static_cast<int>(i) + 1))
            m_chosen.push_back(i);
    }
    m_painter = std::make_unique<QPainter>();
    if (m_chosen.empty() || !m_painter->begin(&m_printer)) {
        m_painter.reset();
        m_where->setText(m_chosen.empty() ? tr("No such page") : tr("The printer takes nothing"));
        return;
    }
    m_print->setEnabled(false);
    m_turns.start(0);
}

/// A page a turn of the event loop, so that the window stays alive.
void PreviewWindow::printNext()
{
    if (!m_chosen.empty()) {
        const std::size_t page = m_chosen.back();
        m_chosen.pop_back();
        paintPage(*m_painter, m_printer, page);
        m_where->setText(tr("Page %1 of %2 goes to the printer").arg(page + 1).arg(m_pages.size()));
        if (!m_chosen.empty())
            m_printer.newPage();
        return;
    }
    m_turns.stop();
    m_painter->end();
    m_painter.reset();
    m_print->setEnabled(true);
    showPage();
}

} // namespace mailoscope::ui
