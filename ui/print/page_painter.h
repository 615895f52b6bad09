// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/flow.h"
#include "print/options.h"

/// Puts pages on a painter: of a PDF, a printer, a preview. One for each thread.
namespace mailoscope::print
{

class PagePainter
{
public:
    /// The painter's unit is a tenth of a point.
    void paint(QPainter &painter, const Page &page);
    /// The running head and the foot with "page n of m".
    void paintFrame(QPainter &painter, const QString &head, int number, int count, const Options &options);

private:
    void put(QPainter &painter, const TextInk &ink);
    void put(QPainter &painter, const BoxInk &ink);
    void put(QPainter &painter, const ShapeInk &ink);
    void put(QPainter &painter, const ImageInk &ink);
    void put(QPainter &painter, const DrawingInk &ink);

    Fonts m_fonts;
    Palette m_palette;
};

} // namespace mailoscope::print
