// SPDX-License-Identifier: Apache-2.0
// What was found, by severity, and what mends it.
#include "print/chapters.h"

#include "fixes/difference.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/reference_url.h"

#include <algorithm>

namespace mailoscope::print
{

namespace
{

constexpr qreal Indent = 150;

} // namespace

Run Chapters::reference(const Finding &finding, FontKey font) const
{
    return {ui::toQString(toString(finding.reference)), font, m_flow.palette().quiet(),
            ui::toQString(urlOf(finding.reference))};
}

void Chapters::findings()
{
    begin(Part::Findings);
    if (m_report.findings.empty())
        m_flow.paragraph(say(QT_TRANSLATE_NOOP("PaperReport", "There are no findings.")));
    for (std::size_t i = 0; i < m_report.findings.size(); ++i)
        finding(i);
}

void Chapters::finding(std::size_t index)
{
    const Finding &finding = m_report.findings[index];
    const Explanation words = explain(finding);
    const Mark mark = markOf(finding.severity);
    m_flow.need(700);
    m_flow.gap(110);
    m_flow.anchor(anchorOf("finding", index));
    m_flow.heading(ui::toQString(words.title), mark, ui::wordFor(ui::meaningOf(mark)));
    const QRgb quiet = m_flow.palette().quiet();
    m_flow.paragraph(ui::toQString(words.why), Indent);
    if (!words.whatToDo.empty())
        m_flow.paragraph({{say(QT_TRANSLATE_NOOP("PaperReport", "To do: ")), StrongFont, 0, {}},
                          {ui::toQString(words.whatToDo), BodyFont, 0, {}}},
                         Indent);
    if (!m_options.light)
        evidence(finding);
    Text last{reference(finding, SmallFont),
              {QStringLiteral("   ") + ui::toQString(finding.id), SmallCodeFont, quiet, {}}};
    const fixes::Fix *fix = m_report.fixOf(index);
    if (fix && m_options.parts.contains(Part::Fixes)) {
        last.push_back({QStringLiteral("   "), SmallFont, quiet, {}});
        last.push_back({fix->isProven() ? say(QT_TRANSLATE_NOOP("PaperReport", "proven fix"))
                                        : say(QT_TRANSLATE_NOOP("PaperReport", "suggested fix")),
                        SmallFont, 0, QLatin1Char('#') + anchorOf("fix", index)});
    }
    m_flow.paragraph(last, Indent);
}

/// The records that show it, each once, with the places marked.
void Chapters::evidence(const Finding &finding)
{
    constexpr std::size_t Most = 3;
    constexpr std::size_t Longest = 1200; // octets; the sections show more
    std::vector<const Evidence *> told;
    std::size_t more = 0;
    for (const Evidence &evidence : finding.evidence) {
        const auto isSame = [&](const Evidence *other) {
            return other->name == evidence.name && other->type == evidence.type &&
                   other->record == evidence.record;
        };
        if (std::any_of(told.begin(), told.end(), isSame))
            continue;
        if (told.size() == Most) {
            ++more;
            continue;
        }
        told.push_back(&evidence);
        const QString owner =
            ui::shownString(evidence.type) + QLatin1Char(' ') + ui::shownString(evidence.name);
        m_flow.paragraph({{owner, SmallCodeFont, m_flow.palette().quiet(), {}}}, Indent);
        if (evidence.record.empty())
            continue;
        std::vector<Marked> marks;
        std::size_t begin = evidence.record.size();
        for (const Evidence &other : finding.evidence) {
            const bool isWhole = other.span.begin == 0 && other.span.end >= other.record.size();
            if (isSame(&other) && !other.span.isEmpty() && !isWhole) {
                marks.push_back({other.span, Stroke::Under});
                begin = std::min(begin, other.span.begin);
            }
        }
        // Of a long record the part that shows it.
        std::string_view shownPart = evidence.record;
        std::size_t from = 0;
        if (shownPart.size() > Longest) {
            from = marks.empty() || begin < Longest / 2 ? 0 : begin - Longest / 4;
            shownPart = shownPart.substr(from, Longest);
            for (Marked &mark : marks) {
                mark.octets.begin = std::clamp(mark.octets.begin, from, from + shownPart.size()) - from;
                mark.octets.end = std::clamp(mark.octets.end, from, from + shownPart.size()) - from;
            }
        }
        m_flow.record(shownPart, marks, Indent);
        if (shownPart.size() < evidence.record.size()) {
            m_flow.note(say(QT_TRANSLATE_NOOP("PaperReport", "Octets %1 to %2 of %3."))
                            .arg(from + 1)
                            .arg(from + shownPart.size())
                            .arg(evidence.record.size()),
                        Indent);
        }
    }
    if (more > 0)
        m_flow.note(say(QT_TRANSLATE_NOOP("PaperReport", "And in %1 more records.")).arg(more), Indent);
}

void Chapters::fixes()
{
    begin(Part::Fixes);
    m_flow.note(say(QT_TRANSLATE_NOOP(
        "PaperReport",
        "A fix is called proven where, with its changes laid over all that was looked up, the finding is "
        "gone, nothing of the same or a higher severity has come, and nobody who passes SPF today "
        "is lost. In records, what goes is struck out and what comes is underlined.")));
    for (const fixes::Fix &each : m_report.fixes)
        fix(each);
}

void Chapters::fix(const fixes::Fix &fix)
{
    const FixText words = explain(fix);
    const Finding &finding = m_report.findings[fix.finding];
    m_flow.need(900);
    m_flow.gap(110);
    m_flow.anchor(anchorOf("fix", fix.finding));
    m_flow.heading(ui::toQString(words.summary), fix.isProven() ? Mark::Ok : Mark::Unknown,
                   fix.isProven() ? say(QT_TRANSLATE_NOOP("PaperReport", "proven"))
                                  : say(QT_TRANSLATE_NOOP("PaperReport", "suggestion")));
    Run title{ui::toQString(explain(finding).title), SmallFont, m_flow.palette().quiet(), {}};
    if (m_options.parts.contains(Part::Findings))
        title.target = QLatin1Char('#') + anchorOf("finding", fix.finding);
    m_flow.paragraph(
        {{say(QT_TRANSLATE_NOOP("PaperReport", "Mends: ")), SmallFont, m_flow.palette().quiet(), {}},
         std::move(title)},
        Indent);
    if (!m_options.light)
        m_flow.paragraph(ui::toQString(words.why), Indent);
    for (const fixes::Change &each : fix.changes)
        change(each);
    for (const std::string &obstacle : words.obstacles)
        m_flow.paragraph({{say(QT_TRANSLATE_NOOP("PaperReport", "Not proven: ")), StrongFont, 0, {}},
                          {ui::toQString(obstacle), BodyFont, 0, {}}},
                         Indent);
    if (!words.risk.empty())
        m_flow.paragraph({{say(QT_TRANSLATE_NOOP("PaperReport", "Risk: ")), StrongFont, 0, {}},
                          {ui::toQString(words.risk), BodyFont, 0, {}}},
                         Indent);
    if (m_options.light || !m_options.copyAs)
        return;
    const fixes::Copied copied = fixes::copyAs(*m_options.copyAs, fixes::copyRequest(fix.changes, m_facts));
    m_flow.gap(40);
    m_flow.paragraph({{ui::toQString(fixes::infoOf(*m_options.copyAs).title),
                       SmallStrongFont,
                       m_flow.palette().quiet(),
                       {}}},
                     Indent);
    QStringList lines;
    for (const QString &line :
         QString::fromUtf8(QByteArray::fromStdString(copied.text)).split(QLatin1Char('\n')))
        lines << ui::shownString(line.toStdString());
    m_flow.lines(lines.join(QLatin1Char('\n')), Indent);
    for (const std::string &note : copied.notes)
        m_flow.note(ui::toQString(note), Indent);
}

void Chapters::change(const fixes::Change &change)
{
    std::optional<std::string> before;
    std::optional<std::string> after;
    QString owner;
    bool isFile = false;
    if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
        owner = ui::toQString(dns::toString(record->type)) + QLatin1Char(' ') + ui::toQString(record->name);
        if (record->before)
            before = fixes::textOf(record->type, *record->before);
        if (record->after)
            after = fixes::textOf(record->type, *record->after);
    } else {
        const auto &file = std::get<fixes::FileChange>(change);
        isFile = true;
        owner = ui::shownString(file.url.text());
        before = file.before;
        after = file.after;
    }
    m_flow.gap(40);
    const fixes::Difference difference =
        before && after ? fixes::differenceOf(*before, *after) : fixes::Difference();
    const auto text = [&](const char *label, const std::string &octets, const std::vector<Span> &spans,
                          Stroke stroke) {
        m_flow.need(520);
        m_flow.paragraph(
            {{owner, SmallCodeFont, 0, {}},
             {QStringLiteral("   ") + say(label), SmallStrongFont, m_flow.palette().quiet(), {}}},
            Indent);
        std::vector<Marked> marks;
        for (const Span &span : spans)
            marks.push_back({span, stroke});
        m_flow.record(octets, marks, Indent, isFile ? LineEnds::Obeyed : LineEnds::Shown);
    };
    if (before)
        text(after ? QT_TRANSLATE_NOOP("PaperReport", "before") : QT_TRANSLATE_NOOP("PaperReport", "goes"),
             *before, difference.gone, Stroke::Gone);
    if (after)
        text(before ? QT_TRANSLATE_NOOP("PaperReport", "after") : QT_TRANSLATE_NOOP("PaperReport", "new"),
             *after, difference.come, Stroke::Come);
}

} // namespace mailoscope::print
