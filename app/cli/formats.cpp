// SPDX-License-Identifier: Apache-2.0
#include "formats.h"

#include "drawn.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/markdown.h"
#include "report/sarif.h"
#include "surroundings.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <unistd.h>

namespace mailoscope::cli
{

namespace
{

using Writer = Result<std::unique_ptr<ReportWriter>, Failure>;

/// Texts for people, with a line between the domains.
class TextWriter : public ReportWriter
{
public:
    using Make = std::string (*)(const Report &, const TextOptions &);
    TextWriter(Make make, TextOptions options) : m_make(make), m_options(std::move(options)) {}

    void add(const std::shared_ptr<const Report> &report, const Sink &write) override
    {
        if (m_written++ > 0)
            write("\n" + std::string(60, '-') + "\n\n");
        write(m_make(*report, m_options));
    }

private:
    Make m_make;
    TextOptions m_options;
    std::size_t m_written = 0;
};

/// A JSON text a report.
class JsonWriter : public ReportWriter
{
public:
    using Make = nlohmann::ordered_json (*)(const Report &, const Form &);
    JsonWriter(Make make, const Form &form) : m_make(make), m_form(form) {}

    void add(const std::shared_ptr<const Report> &report, const Sink &write) override
    {
        write(toText(m_make(*report, m_form), m_form.layout) + '\n');
    }

private:
    Make m_make;
    Form m_form;
};

/// One log of all reports, written at the end.
class SarifWriter : public ReportWriter
{
public:
    void add(const std::shared_ptr<const Report> &report, const Sink &) override { m_kept.push_back(report); }
    std::optional<Failure> finish(const Sink &write) override
    {
        std::vector<const Report *> reports;
        for (const std::shared_ptr<const Report> &report : m_kept)
            reports.push_back(report.get());
        write(toText(toSarif(reports), JsonLayout::Indented) + '\n');
        return std::nullopt;
    }

private:
    std::vector<std::shared_ptr<const Report>> m_kept;
};

/// One file of all reports.
class HtmlWriter : public ReportWriter
{
public:
    explicit HtmlWriter(const Form &form) : m_form(form) {}

    void add(const std::shared_ptr<const Report> &report, const Sink &write) override
    {
        const document::Document document = documentOf(*report, documentOptions(m_form));
        if (m_written == 0)
            write(htmlHead(m_form.several ? "Mail reports" : "Mail report of " + document.title));
        write(htmlArticle(document, m_written++));
    }
    std::optional<Failure> finish(const Sink &write) override
    {
        write(htmlEnd());
        return std::nullopt;
    }

private:
    Form m_form;
    std::size_t m_written = 0;
};

class MarkdownWriter : public ReportWriter
{
public:
    explicit MarkdownWriter(const Form &form) : m_form(form) {}

    void add(const std::shared_ptr<const Report> &report, const Sink &write) override
    {
        write((m_written++ > 0 ? "---\n\n" : "") + toMarkdown(*report, documentOptions(m_form)));
    }

private:
    Form m_form;
    std::size_t m_written = 0;
};

class CsvWriter : public ReportWriter
{
public:
    void add(const std::shared_ptr<const Report> &report, const Sink &write) override
    {
        write((m_written++ > 0 ? "" : csvHead()) + csvRows(*report));
    }

private:
    std::size_t m_written = 0;
};

nlohmann::ordered_json wholeJson(const Report &report, const Form &form)
{
    nlohmann::ordered_json json = toJson(report, form.text.profile);
    if (form.text.copyAs)
        addCopies(json, report, *form.text.copyAs);
    return json;
}

Writer makeText(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<TextWriter>(
        [](const Report &report, const TextOptions &options) { return toText(report, options); }, form.text));
}

Writer makeJson(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<JsonWriter>(&wholeJson, form));
}

Writer makeSarif(const Form &)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<SarifWriter>());
}

Writer makeHtml(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<HtmlWriter>(form));
}

Writer makeMarkdown(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<MarkdownWriter>(form));
}

Writer makeCsv(const Form &)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<CsvWriter>());
}

Writer makeTreeText(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<TextWriter>(
        [](const Report &report, const TextOptions &options) { return treeToText(report.spf, options); },
        form.text));
}

Writer makeTreeJson(const Form &form)
{
    return std::unique_ptr<ReportWriter>(std::make_unique<JsonWriter>(
        [](const Report &report, const Form &) { return toJson(report.spf); }, form));
}

constexpr std::array<std::string_view, 6> PdfOptions = {"paper", "parts",   "light",
                                                        "logo",  "company", "confidentiality"};
constexpr std::array<std::string_view, 2> DocumentOptions = {"parts", "light"};
constexpr std::array<std::string_view, 3> GraphOptions = {"fold", "depth", "style"};

constexpr std::array<Format, 7> Formats{{
    {"text", "text", true, true, true, false, {}, &makeText},
    {"json", "JSON", true, true, false, false, {}, &makeJson},
    {"sarif", "SARIF", false, false, false, false, {}, &makeSarif},
    {"html", "HTML", true, true, false, false, DocumentOptions, &makeHtml},
    {"markdown", "Markdown", true, true, false, false, DocumentOptions, &makeMarkdown},
    {"csv", "CSV", false, false, false, false, {}, &makeCsv},
    {"pdf", "PDF", true, true, false, true, PdfOptions, &makePdf},
}};

constexpr std::array<Format, 4> TreeFormats{{
    {"text", "text", false, false, true, false, {}, &makeTreeText},
    {"json", "JSON", false, false, false, false, {}, &makeTreeJson},
    {"svg", "SVG", false, false, false, true, GraphOptions, &makeGraph},
    {"png", "PNG", false, false, false, true, GraphOptions, &makeGraph},
}};

} // namespace

document::Options documentOptions(const Form &form)
{
    return {form.text.profile, form.text.copyAs, form.parts, form.light};
}

std::span<const Format> formats()
{
    return Formats;
}

std::span<const Format> treeFormats()
{
    return TreeFormats;
}

const Format *findFormat(std::span<const Format> formats, std::string_view name)
{
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [name](const Format &format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

std::string namesOf(std::span<const Format> formats)
{
    std::string names;
    for (std::size_t i = 0; i < formats.size(); ++i)
        names += (i == 0 ? "" : i + 1 == formats.size() ? " and " : ", ") + std::string(formats[i].name);
    return names;
}

std::optional<Failure> refuseTerminal(const Form &form)
{
    const std::string output = form.arguments->value("output").value_or("-");
    if (output != "-" || !isTerminal(STDOUT_FILENO))
        return std::nullopt;
    return usage("--format " + std::string(form.format->name) +
                 " is not for a terminal: give --output FILE.");
}

} // namespace mailoscope::cli
