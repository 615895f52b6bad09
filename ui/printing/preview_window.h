// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/page_painter.h"

#include <QDialog>
#include <QPrinter>
#include <QTimer>

#include <memory>
#include <vector>

class QLabel;
class QPrintPreviewWidget;
class QPushButton;

namespace mailoscope::ui
{

/// The pages as they will be printed, and the way to the printer.
class PreviewWindow : public QDialog
{
    Q_OBJECT
public:
    PreviewWindow(std::vector<print::Page> pages, print::Options options, const QString &title,
                  QWidget *parent);
    ~PreviewWindow() override;

    /// Opens the desktop's dialog for printers; the pages follow one at a time.
    void choosePrinter();

private:
    void paintAll(QPrinter *printer);
    void paintPage(QPainter &painter, const QPrinter &printer, std::size_t index);
    void showPage();
    void beginPrinting();
    void printNext();

    std::vector<print::Page> m_pages;
    print::Options m_options;
    print::PagePainter m_pagePainter;
    QPrinter m_printer;
    QPrintPreviewWidget *m_preview;
    QLabel *m_where;
    QPushButton *m_print;
    QTimer m_turns;
    std::unique_ptr<QPainter> m_painter; ///< while pages go to the printer
    std::vector<std::size_t> m_chosen;   ///< pages that are still to be printed, the last one first
};

} // namespace mailoscope::ui
