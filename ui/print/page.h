// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/options.h"
#include "theme/theme.h"

#include <QFont>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <QString>

#include <compare>
#include <functional>
#include <map>
#include <variant>
#include <vector>

/// Pages as values: what stands where, laid out once and painted on whatever is at hand. All lengths are
/// tenths of a point, so that a PDF of 720 dots an inch needs no scaling.
namespace mailoscope::print
{

constexpr int DotsPerInch = 720;

/// A font by what it is used for.
struct FontKey {
    int size = 88;
    bool isBold = false;
    bool isCode = false;
    friend auto operator<=>(const FontKey &, const FontKey &) = default;
};

struct TextInk {
    QPointF at; ///< the left end of the base line
    QString text;
    FontKey font;
    QRgb colour = 0;
};
struct BoxInk {
    QRectF area;
    QRgb fill = 0; ///< nothing where transparent
    QRgb line = 0;
    qreal width = 0;
};
/// The shape of a meaning.
struct ShapeInk {
    QRectF area;
    ui::Meaning meaning;
};
struct ImageInk {
    QRectF area;
    QImage image;
};
struct DrawingInk {
    QRectF area;
    std::function<void(QPainter &, const QRectF &)> paint;
};
using Ink = std::variant<TextInk, BoxInk, ShapeInk, ImageInk, DrawingInk>;

struct Link {
    QRectF area;
    QString target; ///< an address, or `#` and the name of an anchor
};
struct Anchor {
    QString name;
    qreal y = 0;
};
struct Bookmark {
    int level = 0;
    QString title;
    QString anchor; ///< of the table of contents; empty where it does not stand there
    qreal y = 0;
};

struct Page {
    std::vector<Ink> inks;
    std::vector<Link> links;
    std::vector<Anchor> anchors;
    std::vector<Bookmark> bookmarks;
    QString head; ///< what is spoken of, in the running head
};

/// The paper and the area that text may fill.
struct Geometry {
    QSizeF paper;
    QRectF body;
};
Geometry geometryOf(Paper paper);

/// The fonts, made once. One for each thread.
class Fonts
{
public:
    struct Face {
        QFont font;
        qreal ascent = 0;
        qreal leading = 0;   ///< from base line to base line
        qreal codeWidth = 0; ///< of every ASCII character, in a fixed font
    };
    const Face &face(const FontKey &key);
    qreal widthOf(const QString &text, const FontKey &key);

private:
    std::map<FontKey, Face> m_faces;
};

} // namespace mailoscope::print
