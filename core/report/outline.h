// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/mark.h"
#include "report/report.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// A report arranged for reading: the sections, how each stands, and what is to be told of it as sentences,
/// records and tables. The window's pages, the terminal text and the printed reports lay this out; none of
/// them looks into an evaluation for it. All texts but those of records are fit to be shown.
namespace mailoscope
{

enum class Section { Spf, Dmarc, Dkim, Bimi, MtaSts, Mx, Dns };
constexpr std::size_t SectionCount = 7;
std::span<const Section> allSections();
/// "SPF", "MTA-STS and TLS-RPT"...
std::string_view titleOf(Section section);
/// Its name in few letters: "SPF", "MTA-STS".
std::string_view shortTitleOf(Section section);
/// The part of the window and the text that tells of findings with this Finding::section; none for an unknown
/// one.
std::optional<Section> sectionOf(std::string_view findingSection);

/// How a section stands.
struct Standing {
    Mark mark = Mark::Waiting;
    std::size_t findings = 0;
    std::string gist; ///< the one thing to know, in a few words
    friend bool operator==(const Standing &, const Standing &) = default;
};
Standing standingOf(const Report &report, Section section);

struct OutlineCell {
    std::string text;
    Mark mark = Mark::None;
    bool isCode = false; ///< a name, an address, a piece of a record: shown in the fixed font
    friend bool operator==(const OutlineCell &, const OutlineCell &) = default;
};

struct OutlineTable {
    std::string id; ///< "dmarc.tags": names it for programs and tests
    std::string title;
    std::vector<std::string> columns;
    std::vector<std::vector<OutlineCell>> rows; ///< each as long as `columns`
    friend bool operator==(const OutlineTable &, const OutlineTable &) = default;
};

struct OutlineRecord {
    std::string owner;
    std::string type; ///< "TXT", or what else it is: "policy file"
    std::string text; ///< as its owner wrote it, as octets
    friend bool operator==(const OutlineRecord &, const OutlineRecord &) = default;
};

struct Outline {
    std::string sentence; ///< what there is, in one sentence
    std::vector<OutlineRecord> records;
    std::vector<OutlineTable> tables;
    std::vector<std::string> notes; ///< what could not be seen, and why
    friend bool operator==(const Outline &, const Outline &) = default;
};
Outline outlineOf(const Report &report, Section section);

/// Whether the domain can be forged, in words.
struct Headline {
    Mark mark = Mark::Waiting;
    std::string word; ///< "Protected", "Open"...; empty while it is not known
    std::string sentence;
    std::string reason;
    friend bool operator==(const Headline &, const Headline &) = default;
};
Headline headlineOf(const Report &report);

} // namespace mailoscope
