// SPDX-License-Identifier: Apache-2.0
// What was asked, who answered what and when: the ground that all the rest stands on.
#include "print/chapters.h"

#include "report/fact_words.h"
#include "text/figures.h"

#include <algorithm>

namespace mailoscope::print
{

namespace
{

constexpr std::size_t MostFacts = 600;
constexpr std::size_t MostRecords = 12; // of one answer
constexpr std::size_t MostOctets = 700; // of one record; nobody reads more on paper

QString cut(const std::string &octets)
{
    const QString text = ui::shownString(std::string_view(octets).substr(0, MostOctets));
    return octets.size() <= MostOctets ? text
                                       : say(QT_TRANSLATE_NOOP("PaperReport", "%1 … %2 more octets"))
                                             .arg(text)
                                             .arg(octets.size() - MostOctets);
}

QStringList answerLines(const Fact &fact)
{
    QStringList lines;
    if (!fact.isDns()) {
        const QString gist = ui::toQString(gistOf(fact));
        return gist.isEmpty() ? lines : QStringList{gist};
    }
    for (const dns::ResourceRecord &record : fact.dns().records) {
        if (static_cast<std::size_t>(lines.size()) == MostRecords) {
            lines << say(QT_TRANSLATE_NOOP("PaperReport", "and %1 more records"))
                         .arg(fact.dns().records.size() - MostRecords);
            break;
        }
        lines << cut(dns::toPresentation(record));
    }
    return lines;
}

} // namespace

void Chapters::appendix(const EvidenceFile &evidence)
{
    begin(Part::Appendix);
    m_flow.paragraph(say(QT_TRANSLATE_NOOP(
        "PaperReport",
        "All that was found goes with this document as JSON, in the attached file named here. Its digest "
        "shows whether the file is the one that this document speaks of.")));
    m_flow.gap(60);
    Table table;
    table.columns = {{{}, false}, {{}, false}};
    table.rows.push_back({cellOf(say(QT_TRANSLATE_NOOP("PaperReport", "Attached file")), TableStrongFont),
                          cellOf(evidence.fileName, SmallCodeFont)});
    table.rows.push_back(
        {cellOf(QStringLiteral("SHA-256"), TableStrongFont), cellOf(evidence.sha256, SmallCodeFont)});
    table.rows.push_back({cellOf(say(QT_TRANSLATE_NOOP("PaperReport", "Octets")), TableStrongFont),
                          cellOf(ui::grouped(static_cast<quint64>(evidence.json.size())))});
    m_flow.table(table);
    answers();
}

void Chapters::answers()
{
    m_flow.need(900);
    m_flow.bookmark(m_level + 1, say(QT_TRANSLATE_NOOP("PaperReport", "Look-ups and answers")));
    m_flow.heading(say(QT_TRANSLATE_NOOP("PaperReport", "Look-ups and answers")), Mark::None,
                   say(QT_TRANSLATE_NOOP("PaperReport", "times in UTC")));
    Table table;
    table.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Asked")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "Outcome and answer")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "From")), false},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "At")), true},
                     {say(QT_TRANSLATE_NOOP("PaperReport", "ms")), true}};
    std::size_t unrecorded = 0;
    std::size_t left = 0;
    for (const FactPointer &fact : m_report.facts) {
        if (isNotRecorded(fact->outcome())) {
            ++unrecorded;
            continue;
        }
        if (table.rows.size() >= MostFacts) {
            ++left;
            continue;
        }
        const QStringList lines = answerLines(*fact);
        Cell answer = cellOf(ui::toQString(wordsOf(fact->outcome())));
        if (isTemporaryFailure(fact->outcome()))
            answer.mark = Mark::Unknown;
        for (const QString &line : lines)
            answer.text.push_back({QChar(QChar::LineSeparator) + line, SmallCodeFont, 0, {}});
        const double milliseconds = static_cast<double>(fact->took.count()) / 1000.0;
        table.rows.push_back(
            {cellOf(ui::shownString(toString(fact->key())), SmallCodeFont), std::move(answer),
             cellOf(ui::shownString(fact->from), SmallFont), cellOf(ui::utcClockTime(fact->at), SmallFont),
             cellOf(fact->took.count() > 0 ? QString::number(milliseconds, 'f', 1) : QString(), SmallFont)});
    }
    m_flow.table(table);
    if (left > 0)
        m_flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "%1 more are left out; the attached file holds them."))
                .arg(left));
    if (unrecorded > 0)
        m_flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "%1 more look-ups are not in the snapshot that was read."))
                .arg(unrecorded));
    if (!m_report.needed.empty())
        m_flow.note(say(QT_TRANSLATE_NOOP("PaperReport", "%1 look-ups were not asked or not answered yet."))
                        .arg(m_report.needed.size()));
}

} // namespace mailoscope::print
