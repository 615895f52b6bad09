// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/flow.h"
#include "report/outline.h"
#include "report/report.h"

#include <QByteArray>

/// A report as chapters on paper. It is read through the outline, explain() and the words of fixes and
/// profiles; nothing here looks into a record.
namespace mailoscope::print
{

/// The report as JSON, which goes with the paper.
struct EvidenceFile {
    QString fileName;
    QByteArray json;
    QString sha256; ///< of its octets, in hexadecimal
};
EvidenceFile evidenceOf(const Report &report, const Options &options);

/// Lays out the chapters of one report.
class Chapters
{
public:
    /// `prefix` goes before the names of anchors, so that those of several reports differ; `level` is that of
    /// the chapters among the bookmarks.
    Chapters(Flow &flow, const Report &report, const Options &options, QString prefix, int level);

    /// All that the options want, each on a page of its own.
    void lay(const EvidenceFile &evidence);
    static QString anchorOf(const QString &prefix, Part part);

private:
    void begin(Part part);
    void summary();
    void firstFixes();
    void verdict();
    void findings();
    void finding(std::size_t index);
    void evidence(const Finding &finding);
    void fixes();
    void fix(const fixes::Fix &fix);
    void change(const fixes::Change &change);
    void sections();
    void section(Section section);
    void spfTree();
    void profiles();
    void appendix(const EvidenceFile &evidence);
    void answers();

    QString anchorOf(Part part) const { return anchorOf(m_prefix, part); }
    QString anchorOf(std::string_view kind, std::size_t index) const;
    Cell shapeAndWord(Mark mark) const;
    Run reference(const Finding &finding, FontKey font) const;

    Flow &m_flow;
    const Report &m_report;
    const Options &m_options;
    QString m_prefix;
    int m_level;
    QString m_name; ///< of the domain, for running heads
    FactStore m_facts;
};

/// A text of the paper's own, translated.
QString say(const char *text);
/// "example.com", or "bücher.example (xn--...)".
QString nameOf(const Report &report);
Table tableOf(const OutlineTable &outline, const Palette &palette);
Cell cellOf(const QString &text, FontKey font = TableFont);

} // namespace mailoscope::print
