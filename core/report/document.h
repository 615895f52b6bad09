// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"
#include "report/document_part.h"
#include "report/evidence.h"
#include "report/mark.h"
#include "report/outline.h"
#include "report/report.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// A report as the blocks of a document, in the order in which it is read. The writers of HTML, Markdown and
/// paper lay these out and know nothing of mail. All texts but those of records are fit to be shown; none is
/// markup.
namespace mailoscope::document
{

struct Run {
    enum class Look { Plain, Strong, Quiet, Code };
    std::string text; ///< line ends in it are ours
    Look look = Look::Plain;
    std::string target; ///< `#` and the id of a heading, or an address; empty where it leads nowhere
};
using Text = std::vector<Run>;

struct Heading {
    int level = 2; ///< 2 is a part's title, 3 what stands in a part
    std::string text;
    std::string id; ///< letters, digits, points and hyphens; unique in the document
    Mark mark = Mark::None;
    std::string aside{};   ///< a few words that stand beside
    bool isListed = false; ///< it stands in the table of contents, as parts always do
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

    /// Files have lines; in a record a line end is an octet like others.
    bool isFile() const;
};
struct Table {
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<Paragraph>> rows; ///< each as long as `columns`
};
struct List {
    std::vector<Paragraph> items;
    bool isOrdered = false;
};
/// A term of an include tree, with what belongs to it; empty where there is nothing to say.
struct Item {
    std::string term;     ///< as it is written
    std::size_t more = 0; ///< terms of the same kind behind it that are not written out
    std::string means{};
    std::string lookups{}; ///< with all that is below
    std::string soFar{};   ///< look-ups when it is done
    std::string v4{};      ///< how many addresses
    std::string v6{};
    std::string who{}; ///< runs the domain that it takes in
    std::vector<std::pair<Mark, std::string>> notes{};
    std::vector<Item> below{};
};
/// The include tree.
struct Tree {
    std::string title;
    Item root;
    std::size_t leftOut = 0; ///< items of a tree larger than anybody reads
};
/// Lines to be copied as they are.
struct Lines {
    std::string title;
    std::vector<std::string> lines;
};
using Block = std::variant<Heading, Headline, Paragraph, Facts, RecordText, Table, List, Tree, Lines>;

struct Options {
    std::string profile{};                   ///< the id of the one that is shown; all where it is empty
    std::optional<fixes::CopyForm> copyAs{}; ///< fixes are written in this form, too
    Parts parts = allParts();
    bool light = false; ///< findings without evidence, fixes without reasons and forms to copy
};

/// The first block is the heading.
struct Chapter {
    Part part;
    std::vector<Block> blocks;
};
struct Document {
    std::string title; ///< the domain
    std::string language = "en";
    std::vector<Block> front; ///< who asked what and when
    std::vector<Chapter> chapters;
};
Document documentOf(const Report &report, const Options &options, const EvidenceFile &evidence);
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
/// "Before: TXT", "TXT" and the like: what stands above a record, in front of its owner.
std::string labelOf(const RecordText &record);
/// An item on one line, behind its term: " · 3 look-ups (5 so far) · 512 IPv4".
Text lineOf(const Item &item);
/// What is to be said of a tree that does not stand there as a whole; empty otherwise.
std::string noteOf(const Tree &tree);

} // namespace mailoscope::document
