// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/page.h"

#include <QString>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the painter of a PDF cannot do: order, links, bookmarks, attached files, properties.
namespace mailoscope::print
{

/// A page's places, once it has been painted.
struct PlacedPage {
    std::vector<Link> links;
    std::vector<Anchor> anchors;
    std::vector<Bookmark> bookmarks;
};

/// A file to attach: a stretch of the file that holds them all.
struct Attachment {
    std::string name;
    qint64 begin = 0;
    qint64 size = 0;
};

struct PdfParts {
    QString pages;                  ///< file of the painted pages
    QString frames;                 ///< file of their heads and feet, in the order of the finished document
    std::size_t front = 0;          ///< so many of the last pages come first
    std::vector<PlacedPage> places; ///< in the order of `pages`
    QString attached;               ///< file that holds the attachments
    std::vector<Attachment> attachments;
    qreal paperHeight = 0; ///< tenths of a point
    std::string title;
    std::string author;
    std::string subject;
    std::string creator;
    std::string written; ///< RFC 3339; empty where it is to be left out
};

/// A sentence where it went wrong.
std::optional<QString> finishPdf(const PdfParts &parts, const std::function<bool(std::string_view)> &sink);

} // namespace mailoscope::print
