// SPDX-License-Identifier: Apache-2.0
#include "drawn.h"

#include "print/pdf_document.h"

#include <QFile>

namespace mailoscope::cli
{

namespace
{

class PdfWriter : public ReportWriter
{
public:
    PdfWriter(print::Options options, bool several) : m_document(std::move(options), several) {}

    void add(const std::shared_ptr<const Report> &report, const Sink &) override { m_document.add(*report); }
    std::optional<Failure> finish(const Sink &write) override
    {
        const std::optional<QString> problem = m_document.finish([&write](std::string_view octets) {
            write(octets);
            return true; // the output remembers a full disk itself
        });
        return problem ? std::optional(impossible(problem->toStdString())) : std::nullopt;
    }

private:
    print::PdfDocument m_document;
};

/// Takes the option's text, which has to fit into a line of the page.
std::optional<Failure> readLine(const Arguments &arguments, const std::string &option, QString &line)
{
    constexpr qsizetype Longest = 200;
    line = QString::fromUtf8(QByteArray::fromStdString(shown(arguments.value(option).value_or(""))));
    if (line.size() > Longest)
        return usage("--" + option + " takes at most " + std::to_string(Longest) + " characters.");
    return std::nullopt;
}

Result<print::Options, Failure> optionsOf(const Form &form)
{
    const Arguments &arguments = *form.arguments;
    print::Options options;
    static_cast<document::Options &>(options) = documentOptions(form);
    const std::string paper = arguments.value("paper").value_or("a4");
    if (paper != "a4" && paper != "letter")
        return usage("--paper takes a4 or letter, not \"" + shown(paper) + "\".");
    options.paper = paper == "a4" ? print::Paper::A4 : print::Paper::Letter;
    if (const auto logo = arguments.value("logo")) {
        options.logo = print::readLogo(QFile::decodeName(logo->c_str()));
        if (options.logo.isNull())
            return impossible("The logo \"" + shown(*logo) +
                              "\" cannot be read: PNG, JPEG and SVG of up to 16 MiB can.");
    }
    if (const auto failure = readLine(arguments, "company", options.company))
        return *failure;
    if (const auto failure = readLine(arguments, "confidentiality", options.confidentiality))
        return *failure;
    return options;
}

} // namespace

Result<std::unique_ptr<ReportWriter>, Failure> makePdf(const Form &form)
{
    if (const auto failure = refuseTerminal(form))
        return *failure;
    Result<print::Options, Failure> options = optionsOf(form);
    if (!options)
        return options.error();
    return std::unique_ptr<ReportWriter>(std::make_unique<PdfWriter>(*std::move(options), form.several));
}

} // namespace mailoscope::cli
