// SPDX-License-Identifier: Apache-2.0
#include "print/options.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QSvgRenderer>

#include <algorithm>
#include <utility>

namespace mailoscope::print
{

namespace
{

constexpr std::array<std::pair<Part, std::string_view>, AllParts.size()> Names = {{
    {Part::Summary, "summary"},
    {Part::Verdict, "verdict"},
    {Part::Findings, "findings"},
    {Part::Fixes, "fixes"},
    {Part::Sections, "sections"},
    {Part::Profiles, "profiles"},
    {Part::Appendix, "appendix"},
}};

QString say(const char *text)
{
    return QCoreApplication::translate("PaperParts", text);
}

} // namespace

std::string_view optionOf(Part part)
{
    return std::find_if(Names.begin(), Names.end(), [part](const auto &row) { return row.first == part; })
        ->second;
}

std::optional<Part> partFromOption(std::string_view option)
{
    for (const auto &[part, name] : Names) {
        if (name == option)
            return part;
    }
    return std::nullopt;
}

QString titleOf(Part part)
{
    switch (part) {
    case Part::Summary:
        return say(QT_TRANSLATE_NOOP("PaperParts", "Summary"));
    case Part::Verdict:
        return say(QT_TRANSLATE_NOOP("PaperParts", "Why this verdict"));
    case Part::Findings:
        return say(QT_TRANSLATE_NOOP("PaperParts", "Findings"));
    case Part::Fixes:
        return say(QT_TRANSLATE_NOOP("PaperParts", "Fixes"));
    case Part::Sections:
        return say(QT_TRANSLATE_NOOP("PaperParts", "The standards one by one"));
    case Part::Profiles:
        return say(QT_TRANSLATE_NOOP("PaperParts", "What receivers and authorities ask"));
    case Part::Appendix:
        return say(QT_TRANSLATE_NOOP("PaperParts", "Appendix: evidence"));
    }
    return {};
}

Parts allParts()
{
    return {AllParts.begin(), AllParts.end()};
}

Parts lightParts()
{
    return {Part::Summary, Part::Findings, Part::Fixes};
}

QImage readLogo(const QString &fileName)
{
    constexpr int MostPixels = 1600; // a side; 40 mm at 1000 dots an inch
    constexpr qint64 MostOctets = 16 << 20;
    if (QFileInfo(fileName).size() > MostOctets)
        return {};
    QImageReader reader(fileName);
    if (reader.format() == "svg" || reader.format() == "svgz" ||
        fileName.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive)) {
        QSvgRenderer renderer(fileName);
        if (!renderer.isValid() || renderer.defaultSize().isEmpty())
            return {};
        QImage image(renderer.defaultSize().scaled(MostPixels, MostPixels, Qt::KeepAspectRatio),
                     QImage::Format_ARGB32_Premultiplied);
        if (image.isNull())
            return {};
        image.fill(Qt::transparent);
        QPainter painter(&image);
        renderer.render(&painter);
        return image;
    }
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > MostPixels || size.height() > MostPixels)
        reader.setScaledSize(size.scaled(MostPixels, MostPixels, Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace mailoscope::print
