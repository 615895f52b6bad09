// SPDX-License-Identifier: Apache-2.0
// The standards one by one, and what receivers and authorities ask.
#include "print/chapters.h"
#include "print/spf_drawing.h"

#include "dns/answer.h"
#include "models/spf_status.h"
#include "report/profile_results.h"
#include "report/profile_words.h"
#include "report/spf_sums.h"
#include "spf/check_host.h"
#include "text/spf_row_text.h"

#include <QLocale>

#include <algorithm>

namespace mailoscope::print
{

namespace
{

/// Rows of the include tree on paper; a hostile tree has thousands.
constexpr std::size_t MostRows = 400;

bool isAddressTerm(const spf::Node &node, const spf::TermNode &term)
{
    const std::string text = ui::writtenText({&node, &term});
    const std::size_t begin = text.find_first_not_of("+-~?");
    const std::string_view mechanism = std::string_view(text).substr(std::min(begin, text.size()));
    return mechanism.starts_with("ip4:") || mechanism.starts_with("ip6:");
}

class TreeTable
{
public:
    explicit TreeTable(const spf::Evaluation &spf)
    {
        table.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Term")), false},
                         {say(QT_TRANSLATE_NOOP("PaperReport", "Means")), false},
                         {say(QT_TRANSLATE_NOOP("PaperReport", "Look-ups")), true},
                         {say(QT_TRANSLATE_NOOP("PaperReport", "Sum")), true},
                         {say(QT_TRANSLATE_NOOP("PaperReport", "Addresses")), true},
                         {say(QT_TRANSLATE_NOOP("PaperReport", "Who")), false}};
        const ui::SpfPlace root{&spf.root, nullptr};
        add(root, 0);
        below(spf.root, 1);
    }

    Table table;
    std::size_t leftOut = 0;

private:
    void add(const ui::SpfPlace &place, int depth)
    {
        if (table.rows.size() >= MostRows) {
            ++leftOut;
            return;
        }
        Cell term = cellOf(ui::shownString(ui::writtenText(place)), SmallCodeFont);
        term.depth = std::min(depth, 12);
        const QString status = ui::statusText(place);
        Cell means = cellOf(status.isEmpty() ? ui::meaningText(place) : status);
        if (!status.isEmpty()) {
            means.text.front().font = TableStrongFont;
            means.mark = ui::statusOf(place).mark;
        }
        table.rows.push_back({std::move(term), std::move(means), cellOf(ui::lookupsText(place)),
                              cellOf(ui::sumText(place)), cellOf(ui::addressesText(place)),
                              cellOf(ui::providerName(place))});
    }

    /// Addresses that stand side by side make one row: a record can hold hundreds.
    void below(const spf::Node &node, int depth)
    {
        for (std::size_t i = 0; i < node.terms.size();) {
            const spf::TermNode &term = node.terms[i];
            std::size_t end = i;
            while (end < node.terms.size() && isAddressTerm(node, node.terms[end]) &&
                   node.terms[end].status == spf::TermStatus::Ok && node.terms[end].dead == spf::Dead::No)
                ++end;
            if (end > i + 2) {
                addresses(node, i, end, depth);
                i = end;
                continue;
            }
            add({&node, &term}, depth);
            if (term.child)
                below(*term.child, depth + 1);
            ++i;
        }
    }

    void addresses(const spf::Node &node, std::size_t begin, std::size_t end, int depth)
    {
        if (table.rows.size() >= MostRows) {
            leftOut += end - begin;
            return;
        }
        Cell term = cellOf(say(QT_TRANSLATE_NOOP("PaperReport", "%1 ip4 and ip6 terms")).arg(end - begin));
        term.text.push_back(
            {QStringLiteral("  ") + ui::shownString(ui::writtenText({&node, &node.terms[begin]})) +
                 QStringLiteral(" … ") + ui::shownString(ui::writtenText({&node, &node.terms[end - 1]})),
             SmallCodeFont,
             0,
             {}});
        term.depth = std::min(depth, 12);
        spf::AddressCount sum;
        for (std::size_t i = begin; i < end; ++i)
            sum.v4 += node.terms[i].matches.v4;
        QString count = sum.v4 > 0 ? QLocale::c().toString(static_cast<qulonglong>(sum.v4)) : QString();
        table.rows.push_back(
            {std::move(term), cellOf({}), cellOf({}), cellOf({}), cellOf(count), cellOf({})});
    }
};

} // namespace

void Chapters::sections()
{
    begin(Part::Sections);
    bool isFirst = true;
    for (const Section each : allSections()) {
        if (!isFirst)
            m_flow.gap(180);
        isFirst = false;
        section(each);
    }
}

void Chapters::section(Section section)
{
    const Standing standing = standingOf(m_report, section);
    const Outline outline = outlineOf(m_report, section);
    m_flow.setHead(QStringLiteral("%1 · %2").arg(m_name, ui::toQString(mailoscope::titleOf(section))));
    m_flow.need(1400);
    m_flow.anchor(anchorOf("section", static_cast<std::size_t>(section)));
    m_flow.bookmark(m_level + 1, ui::toQString(mailoscope::titleOf(section)),
                    anchorOf("section", static_cast<std::size_t>(section)));
    m_flow.heading(ui::toQString(mailoscope::titleOf(section)), standing.mark,
                   QStringLiteral("%1 · %2").arg(ui::wordFor(ui::meaningOf(standing.mark)),
                                                 ui::toQString(standing.gist)));
    m_flow.paragraph(ui::toQString(outline.sentence));
    for (const OutlineRecord &record : outline.records) {
        const bool isRecord = dns::rrTypeFromString(record.type).has_value();
        m_flow.need(520);
        m_flow.gap(50);
        m_flow.paragraph({{ui::shownString(record.type) + QLatin1Char(' ') + ui::shownString(record.owner),
                           SmallCodeFont,
                           m_flow.palette().quiet(),
                           {}}});
        m_flow.record(record.text, {}, 0, isRecord ? LineEnds::Shown : LineEnds::Obeyed);
    }
    if (section == Section::Spf)
        spfTree();
    for (const OutlineTable &table : outline.tables) {
        if (table.rows.empty())
            continue;
        m_flow.label(ui::toQString(table.title));
        m_flow.table(tableOf(table, m_flow.palette()));
    }
    for (const std::string &note : outline.notes)
        m_flow.note(ui::toQString(note));
    QStringList titles;
    Text told;
    for (std::size_t i = 0; i < m_report.findings.size(); ++i) {
        if (sectionOf(m_report.findings[i].section) != section || !m_options.parts.contains(Part::Findings))
            continue;
        if (told.empty())
            told.push_back({say(QT_TRANSLATE_NOOP("PaperReport", "Findings: ")),
                            SmallStrongFont,
                            m_flow.palette().quiet(),
                            {}});
        else
            told.push_back({QStringLiteral("  ·  "), SmallFont, m_flow.palette().quiet(), {}});
        told.push_back({ui::toQString(m_report.findings[i].id), SmallCodeFont, 0,
                        QLatin1Char('#') + anchorOf("finding", i)});
        if (told.size() > 60)
            break;
    }
    if (!told.empty()) {
        m_flow.gap(50);
        m_flow.paragraph(told);
    }
}

void Chapters::spfTree()
{
    const spf::Evaluation &spf = m_report.spf;
    if (!spf.root.record || !spf.root.record->record)
        return;
    const spf::Limits limits;
    const auto of = [](int spent, int limit, bool atLeast) {
        return QStringLiteral("%1%2 of %3")
            .arg(atLeast ? QStringLiteral("≥ ") : QString())
            .arg(spent)
            .arg(limit);
    };
    Table sums;
    sums.columns = {{{}, false}, {{}, false}};
    const auto row = [&](const char *label, const QString &words) {
        sums.rows.push_back({cellOf(say(label), TableStrongFont), cellOf(words)});
    };
    row(QT_TRANSLATE_NOOP("PaperReport", "Look-ups"), of(spf.lookups, limits.lookups, spf.root.atLeast));
    row(QT_TRANSLATE_NOOP("PaperReport", "Void look-ups"), of(spf.voidLookups, limits.voidLookups, false));
    row(QT_TRANSLATE_NOOP("PaperReport", "Addresses"), ui::toQString(authorisedWords(spf, spf.addresses)));
    m_flow.gap(40);
    m_flow.table(sums);
    drawSpf(m_flow, spf);
    m_flow.label(say(QT_TRANSLATE_NOOP("PaperReport", "The include tree")));
    const TreeTable tree(spf);
    m_flow.table(tree.table);
    if (tree.leftOut > 0)
        m_flow.note(
            say(QT_TRANSLATE_NOOP("PaperReport", "%1 more terms are left out; the evidence holds them all."))
                .arg(tree.leftOut));
}

void Chapters::profiles()
{
    begin(Part::Profiles);
    std::vector<profiles::ProfileResult> results = profilesOf(m_report, m_options.profile);
    const auto isChosen = [this](const profiles::ProfileResult &result) {
        return !m_options.profile.empty() && result.profile->id == m_options.profile;
    };
    std::stable_partition(results.begin(), results.end(), isChosen);
    Table all;
    all.columns = {{say(QT_TRANSLATE_NOOP("PaperReport", "Profile")), false},
                   {say(QT_TRANSLATE_NOOP("PaperReport", "Met")), true},
                   {say(QT_TRANSLATE_NOOP("PaperReport", "Not met")), true},
                   {say(QT_TRANSLATE_NOOP("PaperReport", "Not told")), true},
                   {say(QT_TRANSLATE_NOOP("PaperReport", "Not testable")), true}};
    for (const profiles::ProfileResult &result : results) {
        const auto count = [&](profiles::Answer answer) {
            return cellOf(QString::number(result.count(answer)));
        };
        Cell name =
            cellOf(ui::toQString(result.profile->name), isChosen(result) ? TableStrongFont : TableFont);
        name.text.front().target =
            QLatin1Char('#') + m_prefix + QStringLiteral("profile-") + ui::toQString(result.profile->id);
        name.mark = mailoscope::markOf(result);
        all.rows.push_back({std::move(name), count(profiles::Answer::Met), count(profiles::Answer::NotMet),
                            count(profiles::Answer::CouldNotTell), count(profiles::Answer::NotTestable)});
    }
    m_flow.table(all);
    for (const profiles::ProfileResult &result : results) {
        QString version = ui::toQString(result.profile->version);
        if (!result.profile->date.empty())
            version += QStringLiteral(", ") + ui::toQString(result.profile->date);
        m_flow.need(1100);
        m_flow.anchor(m_prefix + QStringLiteral("profile-") + ui::toQString(result.profile->id));
        m_flow.bookmark(m_level + 1, ui::toQString(result.profile->name));
        m_flow.heading(ui::toQString(result.profile->name), Mark::None, version);
        m_flow.paragraph(ui::toQString(sentenceOf(result)));
        m_flow.gap(40);
        m_flow.table(tableOf(profileTable(m_report, result), m_flow.palette()));
    }
}

} // namespace mailoscope::print
