// SPDX-License-Identifier: Apache-2.0
#include "print/chapters.h"

#include "report/json.h"

#include <QCoreApplication>
#include <QCryptographicHash>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope::print
{

QString say(const char *text)
{
    return QCoreApplication::translate("PaperReport", text);
}

QString nameOf(const Report &report)
{
    const QString ascii = ui::toQString(report.domain);
    const QString unicode = ui::shownString(report.domainUnicode);
    return unicode == ascii || unicode.isEmpty() ? ascii : QStringLiteral("%1 (%2)").arg(unicode, ascii);
}

EvidenceFile evidenceOf(const Report &report, const Options &options)
{
    EvidenceFile evidence;
    evidence.json =
        QByteArray::fromStdString(toText(toJson(report, options.profile), JsonLayout::Indented) + '\n');
    evidence.sha256 =
        QString::fromLatin1(QCryptographicHash::hash(evidence.json, QCryptographicHash::Sha256).toHex());
    for (const QChar c : QString::fromStdString(report.domain.text())) {
        const bool isPlain = c < QChar(0x80) && (c.isLetterOrNumber() || c == QLatin1Char('.') ||
                                                 c == QLatin1Char('-') || c == QLatin1Char('_'));
        evidence.fileName += isPlain ? c : QChar(QLatin1Char('_'));
    }
    evidence.fileName = evidence.fileName.left(200) + QStringLiteral(".json");
    return evidence;
}

Cell cellOf(const QString &text, FontKey font)
{
    Cell cell;
    cell.text.push_back({text, font, 0, {}});
    return cell;
}

Table tableOf(const OutlineTable &outline, const Palette &)
{
    const auto isNumber = [](const std::string &text) {
        return std::all_of(text.begin(), text.end(),
                           [](char c) { return (c >= '0' && c <= '9') || c == ',' || c == '.'; });
    };
    Table table;
    for (std::size_t i = 0; i < outline.columns.size(); ++i) {
        const bool isRight = !outline.rows.empty() &&
                             std::all_of(outline.rows.begin(), outline.rows.end(), [&](const auto &row) {
                                 return row[i].mark == Mark::None && isNumber(row[i].text);
                             });
        table.columns.push_back({ui::toQString(outline.columns[i]), isRight});
    }
    for (const std::vector<OutlineCell> &row : outline.rows) {
        std::vector<Cell> cells;
        for (const OutlineCell &given : row) {
            Cell cell = cellOf(ui::toQString(given.text), given.isCode ? SmallCodeFont : TableFont);
            cell.mark = given.mark;
            cells.push_back(std::move(cell));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

Chapters::Chapters(Flow &flow, const Report &report, const Options &options, QString prefix, int level)
    : m_flow(flow),
      m_report(report),
      m_options(options),
      m_prefix(std::move(prefix)),
      m_level(level),
      m_name(nameOf(report))
{
    for (const FactPointer &fact : report.facts)
        m_facts.put(*fact);
}

QString Chapters::anchorOf(const QString &prefix, Part part)
{
    return prefix + ui::toQString(optionOf(part));
}

QString Chapters::anchorOf(std::string_view kind, std::size_t index) const
{
    return m_prefix + ui::toQString(kind) + QString::number(index);
}

Cell Chapters::shapeAndWord(Mark mark) const
{
    Cell cell = cellOf(ui::wordFor(ui::meaningOf(mark)), TableStrongFont);
    cell.mark = mark;
    return cell;
}

void Chapters::begin(Part part)
{
    m_flow.setHead(QStringLiteral("%1 · %2").arg(m_name, titleOf(part)));
    m_flow.newPage();
    m_flow.anchor(anchorOf(part));
    m_flow.bookmark(m_level, titleOf(part), anchorOf(part));
    m_flow.title(titleOf(part));
}

void Chapters::lay(const EvidenceFile &evidence)
{
    const auto wants = [this](Part part) { return m_options.parts.contains(part); };
    if (wants(Part::Summary))
        summary();
    if (wants(Part::Verdict))
        verdict();
    if (wants(Part::Findings))
        findings();
    if (wants(Part::Fixes) && !m_report.fixes.empty())
        fixes();
    if (wants(Part::Sections))
        sections();
    if (wants(Part::Profiles))
        profiles();
    if (wants(Part::Appendix))
        appendix(evidence);
}

} // namespace mailoscope::print
