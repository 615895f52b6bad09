// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"
#include "report/mark.h"
#include "report/outline.h"
#include "report/report.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A report as the blocks of a document, in the order in which it is read. The writers of HTML and Markdown
/// lay these out and know nothing of mail. All texts but those of records are fit to be shown; none is
/// markup.
namespace mailoscope::document
{

struct Run {
    enum class Look { Plain, Strong, Quiet, Code };
    std::string text;
    Look look = Look::Plain;
    std::string target; ///< the id of a heading that it leads to; empty where it leads nowhere
};
using Text = std::vector<Run>;

struct Heading {
    int level = 2; ///< 1 is the document's title
    std::string text;
    std::string id; ///< letters, digits, points and hyphens; unique in the document
    Mark mark = Mark::None;
};
struct Paragraph {
    Text text;
    Mark mark = Mark::None; ///< its shape stands in front
};
/// Names and what belongs to each.
struct Facts {
    std::vector<std::pair<std::string, Text>> rows;
};
/// A text as its owner wrote it.
struct RecordText {
    enum class Role { Published, Before, After };
    std::string owner;
    std::string type;
    std::string octets;
    std::vector<Span> marked;
    Role role = Role::Published;
};
struct List {
    std::vector<Text> items;
    bool isOrdered = false;
};
struct Item {
    Text text;
    std::vector<std::pair<Mark, std::string>> notes;
    std::vector<Item> below;
};
/// The include tree.
struct Tree {
    std::string title;
    Item root;
};
/// Lines to be copied as they are.
struct Lines {
    std::string title;
    std::vector<std::string> lines;
};
using Block = std::variant<Heading, Paragraph, Facts, RecordText, OutlineTable, List, Tree, Lines>;

struct Options {
    std::string profile;                     ///< the id of the one that is shown; all where it is empty
    std::optional<fixes::CopyForm> copyAs{}; ///< fixes are written in this form, too
};

struct Document {
    std::string title; ///< the domain
    std::string language = "en";
    std::vector<Block> blocks;
};
Document documentOf(const Report &report, const Options &options = {});

/// "OK", "Critical"...; empty for Mark::None.
std::string_view wordOf(Mark mark);
/// The sign that goes with it; empty for Mark::None.
std::string_view shapeOf(Mark mark);

/// A piece of a record, fit to be shown.
struct Piece {
    std::string text;
    bool isMarked = false;
};
/// The whole record. Spans may touch or overlap.
std::vector<Piece> piecesOf(const RecordText &record);

} // namespace mailoscope::document
