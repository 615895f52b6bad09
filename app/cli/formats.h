// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"
#include "report/document.h"
#include "report/json.h"
#include "report/report.h"
#include "report/text.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

/// The formats that reports are written in: a row each.
namespace mailoscope::cli
{

/// Writes the reports of one run, in the order of the domains.
class ReportWriter
{
public:
    /// Takes the octets as they come.
    using Sink = std::function<void(std::string_view)>;

    virtual ~ReportWriter() = default;
    virtual void add(const std::shared_ptr<const Report> &report, const Sink &write) = 0;
    /// What stands behind the last report; called where there was one.
    virtual std::optional<Failure> finish(const Sink &) { return std::nullopt; }
};

struct Format;

/// How reports are to be written.
struct Form {
    const Format *format = nullptr;
    JsonLayout layout = JsonLayout::Indented; ///< where each report is a JSON text of its own
    TextOptions text;
    document::Parts parts = document::allParts(); ///< of a document; so is `light`
    bool light = false;
    bool several = false;                 ///< reports of several domains are to come
    const Arguments *arguments = nullptr; ///< for the options of one format alone; outlives the writer
};

struct Format {
    std::string_view name;  ///< as --format names it
    std::string_view title; ///< as sentences name it
    bool takesProfile = true;
    bool takesCopyAs = true;
    /// Of an inspection that was stopped people are shown what is known; programs and files get nothing
    /// rather than half of it.
    bool showsParts = false;
    bool isDrawn = false;                  ///< needs Gui: see drawn.h
    std::span<const std::string_view> own; ///< the options that other formats have no use for
    Result<std::unique_ptr<ReportWriter>, Failure> (*make)(const Form &form);
};

/// All formats of `inspect`, in the order in which they are told.
std::span<const Format> formats();
/// Those of `spf-tree`, which shows the SPF tree alone.
std::span<const Format> treeFormats();
/// Null where there is none of that name.
const Format *findFormat(std::span<const Format> formats, std::string_view name);
/// "text, json and sarif"
std::string namesOf(std::span<const Format> formats);

/// What of a report a document of this form holds.
document::Options documentOptions(const Form &form);

/// Of octets that a terminal cannot show.
std::optional<Failure> refuseTerminal(const Form &form);

} // namespace mailoscope::cli
