// SPDX-License-Identifier: Apache-2.0
#include "report/outline.h"

#include "report/outline_parts.h"
#include "report/verdict_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mailoscope
{

namespace
{

constexpr std::array Sections = {Section::Spf,    Section::Dmarc, Section::Dkim, Section::Bimi,
                                 Section::MtaSts, Section::Mx,    Section::Dns};
static_assert(Sections.size() == SectionCount);

/// Where the findings of a part of the report are told.
constexpr std::array<std::pair<std::string_view, Section>, 13> Places = {{{"spf", Section::Spf},
                                                                          {"dmarc", Section::Dmarc},
                                                                          {"dkim", Section::Dkim},
                                                                          {"ses", Section::Dkim},
                                                                          {"bimi", Section::Bimi},
                                                                          {"mta_sts", Section::MtaSts},
                                                                          {"tls_rpt", Section::MtaSts},
                                                                          {"mx", Section::Mx},
                                                                          {"dane", Section::Mx},
                                                                          {"dnssec", Section::Dns},
                                                                          {"caa", Section::Dns},
                                                                          {"dns", Section::Dns},
                                                                          {"takeover", Section::Dns}}};

outline::State stateOf(const Report &report, Section section)
{
    switch (section) {
    case Section::Spf:
        return outline::spfState(report);
    case Section::Dmarc:
        return outline::dmarcState(report);
    case Section::Dkim:
        return outline::dkimState(report);
    case Section::Bimi:
        return outline::bimiState(report);
    case Section::MtaSts:
        return outline::mtaStsState(report);
    case Section::Mx:
        return outline::mxState(report);
    case Section::Dns:
        return outline::dnsState(report);
    }
    return {};
}

} // namespace

std::span<const Section> allSections()
{
    return Sections;
}

std::string_view titleOf(Section section)
{
    switch (section) {
    case Section::Spf:
        return "SPF";
    case Section::Dmarc:
        return "DMARC";
    case Section::Dkim:
        return "DKIM";
    case Section::Bimi:
        return "BIMI";
    case Section::MtaSts:
        return "MTA-STS and TLS-RPT";
    case Section::Mx:
        return "MX and transport";
    case Section::Dns:
        return "DNS";
    }
    return {};
}

std::string_view shortTitleOf(Section section)
{
    if (section == Section::MtaSts)
        return "MTA-STS";
    return section == Section::Mx ? "MX" : titleOf(section);
}

std::optional<Section> sectionOf(std::string_view findingSection)
{
    for (const auto &[name, section] : Places) {
        if (name == findingSection)
            return section;
    }
    return std::nullopt;
}

Standing standingOf(const Report &report, Section section)
{
    outline::State state = stateOf(report, section);
    Standing standing{state.mark, 0, std::move(state.gist)};
    std::optional<Severity> worst;
    for (const Finding &finding : report.findings) {
        if (sectionOf(finding.section) != section)
            continue;
        ++standing.findings;
        worst = std::max(worst.value_or(finding.severity), finding.severity);
    }
    if (worst && *worst > Severity::Info)
        standing.mark = markOf(*worst);
    return standing;
}

Outline outlineOf(const Report &report, Section section)
{
    switch (section) {
    case Section::Spf:
        return outline::spfOutline(report);
    case Section::Dmarc:
        return outline::dmarcOutline(report);
    case Section::Dkim:
        return outline::dkimOutline(report);
    case Section::Bimi:
        return outline::bimiOutline(report);
    case Section::MtaSts:
        return outline::mtaStsOutline(report);
    case Section::Mx:
        return outline::mxOutline(report);
    case Section::Dns:
        return outline::dnsOutline(report);
    }
    return {};
}

Headline headlineOf(const Report &report)
{
    using verdict::Level;
    const verdict::Evaluation &verdict = report.verdict;
    Headline headline;
    headline.sentence = "Where receivers follow the standards, mail that forges this domain is " +
                        wordsOf(verdict.exactDomain) + '.';
    headline.reason = sentenceOf(verdict.reason);
    switch (verdict.level) {
    case Level::Unknown:
        headline.mark = verdict.pending ? Mark::Waiting : Mark::Unknown;
        headline.sentence = verdict.pending ? "Waiting for the answers that decide."
                                            : "Whether this domain can be forged could not be told.";
        break;
    case Level::Protected:
        headline.mark = Mark::Ok;
        headline.word = "Protected";
        break;
    case Level::Monitored:
        headline.mark = Mark::Medium;
        headline.word = "Monitored";
        break;
    case Level::AtRisk:
        headline.mark = Mark::High;
        headline.word = "At risk";
        break;
    case Level::Open:
        headline.mark = Mark::Critical;
        headline.word = "Open";
        break;
    }
    return headline;
}

void outline::capRecords(Outline &outline)
{
    constexpr std::size_t MostRecords = 12;
    if (outline.records.size() <= MostRecords)
        return;
    outline.notes.push_back("There are " +
                            counted(outline.records.size() - MostRecords, "more record", "more records") +
                            " that are not shown here.");
    outline.records.resize(MostRecords);
}

std::string outline::listed(const std::vector<std::string> &parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return text;
}

} // namespace mailoscope
