// SPDX-License-Identifier: Apache-2.0
#include "report/profile_results.h"

#include "base/ascii.h"
#include "report/explain.h"
#include "report/profile_words.h"
#include "report/section_status.h"
#include "report/surroundings.h"
#include "report/words.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace mailoscope
{

namespace
{

using profiles::Answer;
using profiles::RequirementResult;

/// Whether every mail host offers TLS; nothing where that was not seen.
std::optional<bool> everyHostEncrypts(const Report &report)
{
    if (!report.reach.smtp || report.mx.hosts.empty() || report.mx.smtpPending)
        return std::nullopt;
    bool isKnown = true;
    for (const mx::Host &host : report.mx.hosts) {
        if (!host.session || smtp::isUnknown(host.session->outcome))
            isKnown = false;
        else if (host.session->outcome != smtp::Outcome::Encrypted)
            return false;
    }
    return isKnown ? std::optional(true) : std::nullopt;
}

/// BOD 18-01 wants aggregate reports at this address.
bool reportsToCisa(const Report &report)
{
    return std::any_of(
        report.dmarc.rua.begin(), report.dmarc.rua.end(), [](const dmarc::Destination &destination) {
            return ascii::equalIgnoringCase(destination.uri.address, "reports@dmarc.cyber.dhs.gov");
        });
}

profiles::KnownFacts factsOf(const Report &report)
{
    profiles::KnownFacts facts;
    const auto add = [&facts](const char *name, std::optional<bool> value) {
        if (value)
            facts.emplace(name, *value);
    };
    add("smtp.tls.every-host", everyHostEncrypts(report));
    const dmarc::Evaluation &dmarc = report.dmarc;
    if (!dmarc.pending && !dmarc.isUnknown())
        facts.emplace("dmarc.rua.cisa", reportsToCisa(report));
    if (dmarc.policy.isKnown()) {
        facts.emplace("dmarc.enforced", dmarc.policy.isEnforced());
        facts.emplace("dmarc.reject", dmarc.policy.effective == dmarc::Policy::Reject);
    }
    if (dmarc.subdomains.isKnown()) {
        facts.emplace("dmarc.below.known", true);
        facts.emplace("dmarc.below.enforced", dmarc.subdomains.isEnforced());
    }
    for (const verdict::Rule &rule : report.verdict.rules) {
        if (rule.id == "dmarc.reported" && rule.answer != verdict::Answer::CouldNotTell)
            facts.emplace("dmarc.reported", rule.answer == verdict::Answer::Met);
    }
    add("spf.nobody", saysNobodySends(report.spf));
    add("spf.wildcard", report.spf.hasWildcard);
    if (!report.mx.pending && !report.mx.isUnknown())
        facts.emplace("mx.null", report.mx.nullMx);
    const profiles::ParkInput park = parkInput(report);
    add("dkim.wildcard-revoked", park.dkimWildcardRevoked);
    add("bimi.declined", park.bimiDeclined);
    return facts;
}

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array<Row, 9> SectionNames = {{{"spf", "SPF"},
                                              {"dmarc", "DMARC"},
                                              {"dkim", "DKIM"},
                                              {"bimi", "BIMI"},
                                              {"mta_sts", "MTA-STS"},
                                              {"tls_rpt", "TLS-RPT"},
                                              {"mx", "MX"},
                                              {"dane", "DANE"},
                                              {"dnssec", "DNSSEC"}}};

/// What is so where the fact is false.
constexpr std::array<Row, 10> FalseFacts = {{
    {"smtp.tls.every-host", QT_TRANSLATE_NOOP("profiles", "A mail host does not offer working STARTTLS")},
    {"dmarc.rua.cisa", QT_TRANSLATE_NOOP("profiles", "No report goes there")},
    {"dmarc.reported", QT_TRANSLATE_NOOP("profiles", "No address asked for reports can get them")},
    {"dmarc.enforced",
     QT_TRANSLATE_NOOP("profiles", "What applies to the domain is not quarantine or reject")},
    {"dmarc.reject", QT_TRANSLATE_NOOP("profiles", "What applies to the domain is not reject")},
    {"dmarc.below.enforced",
     QT_TRANSLATE_NOOP("profiles", "Names below the domain get neither quarantine nor reject")},
    {"spf.nobody", QT_TRANSLATE_NOOP("profiles", "The record is not v=spf1 -all")},
    {"mx.null", QT_TRANSLATE_NOOP("profiles", "There is no null MX")},
    {"dkim.wildcard-revoked", QT_TRANSLATE_NOOP("profiles", "There is no such wildcard")},
    {"bimi.declined", QT_TRANSLATE_NOOP("profiles", "No BIMI record declines")},
}};
constexpr std::array<Row, 4> UnknownFacts = {{
    {"smtp.tls.every-host", QT_TRANSLATE_NOOP("profiles", "Not every mail host was greeted (--smtp)")},
    {"sender.ptr-confirmed",
     QT_TRANSLATE_NOOP("profiles", "Which addresses really send cannot be seen in DNS")},
    {"dmarc.reported",
     QT_TRANSLATE_NOOP("profiles", "Whether the addresses agreed and take mail is not known")},
    {"dmarc.below.known",
     QT_TRANSLATE_NOOP("profiles", "What applies to names below the domain is not known")},
}};

template <std::size_t Size>
std::string_view lookUp(const std::array<Row, Size> &rows, std::string_view id, std::string_view otherwise)
{
    const auto found =
        std::find_if(rows.begin(), rows.end(), [id](const Row &row) { return row.first == id; });
    return found == rows.end() ? otherwise : found->second;
}

std::string joined(const std::vector<std::string> &sentences)
{
    std::string text;
    for (const std::string &sentence : sentences)
        text += (text.empty() ? "" : "; ") + sentence;
    return text;
}

std::string titleOf(const Report &report, std::string_view id)
{
    const auto found = std::find_if(report.findings.begin(), report.findings.end(),
                                    [id](const Finding &finding) { return finding.id == id; });
    return found == report.findings.end() ? std::string(id) : explain(*found).title;
}

/// What a section's status means to a requirement; empty where it is sound.
std::string sectionWords(std::string_view section, std::string_view status, bool isDkimSearch)
{
    const std::string name(lookUp(SectionNames, section, section));
    if (status == "missing")
        return name + " is missing";
    if (status == "invalid")
        return name + " cannot be used as it is";
    if (status == "temperror")
        return "A look-up for " + name + " failed";
    if (status == "not_checked" && section == "dkim" && isDkimSearch)
        return "No DKIM key was found at the names asked for; one may stand under another";
    return status == "not_checked" ? name + " was not seen in full" : std::string();
}

std::vector<std::string> sectionReasons(const Report &report, const profiles::Requirement &requirement,
                                        Answer answer)
{
    const profiles::Statuses statuses = statusesOf(report);
    const bool isDkimSearch = report.dkim.status == dkim::Evaluation::Status::NotFound;
    std::vector<std::string> sections = requirement.needsOk;
    sections.insert(sections.end(), requirement.needsAny.begin(), requirement.needsAny.end());
    std::vector<std::string> reasons;
    for (const std::string &section : sections) {
        const auto status = statuses.find(section);
        if (status == statuses.end())
            continue;
        const bool isBroken = status->second == "missing" || status->second == "invalid";
        if (answer == Answer::NotMet && !isBroken)
            continue;
        std::string words = sectionWords(section, status->second, isDkimSearch);
        if (!words.empty())
            reasons.push_back(std::move(words));
    }
    return reasons;
}

int rank(Answer answer)
{
    switch (answer) {
    case Answer::NotMet:
        return 0;
    case Answer::CouldNotTell:
        return 1;
    case Answer::Met:
        return 2;
    case Answer::NotTestable:
        return 3;
    }
    return 3;
}

Mark markOf(Answer answer)
{
    switch (answer) {
    case Answer::Met:
        return Mark::Ok;
    case Answer::NotMet:
        return Mark::High;
    case Answer::CouldNotTell:
        return Mark::Unknown;
    case Answer::NotTestable:
        return Mark::NotTested;
    }
    return Mark::None;
}

} // namespace

std::vector<profiles::ProfileResult> profilesOf(const Report &report, std::string_view chosen)
{
    std::vector<profiles::ProfileResult> results =
        profiles::evaluateAll(report.findings, statusesOf(report), factsOf(report));
    if (!isParked(report) && chosen != "parked")
        std::erase_if(results,
                      [](const profiles::ProfileResult &result) { return result.profile->id == "parked"; });
    return results;
}

std::string whyOf(const Report &report, const RequirementResult &result)
{
    const profiles::Requirement &requirement = *result.requirement;
    std::vector<std::string> reasons;
    switch (result.answer) {
    case Answer::Met:
    case Answer::NotTestable:
        return {};
    case Answer::NotMet:
    case Answer::CouldNotTell:
        break;
    }
    for (const std::string &id : result.brokenBy)
        reasons.push_back(titleOf(report, id));
    if (!reasons.empty())
        return joined(reasons);
    reasons = sectionReasons(report, requirement, result.answer);
    if (!reasons.empty())
        return joined(reasons);
    const profiles::KnownFacts facts = factsOf(report);
    for (const std::string &fact : requirement.facts) {
        const auto known = facts.find(fact);
        if (known != facts.end() && !known->second && result.answer == Answer::NotMet)
            reasons.emplace_back(lookUp(FalseFacts, fact, fact));
        else if (known == facts.end() && result.answer == Answer::CouldNotTell)
            reasons.emplace_back(lookUp(UnknownFacts, fact,
                                        QT_TRANSLATE_NOOP("profiles", "An answer that decides is missing")));
    }
    return joined(reasons);
}

Mark markOf(const profiles::ProfileResult &result)
{
    if (result.count(Answer::NotMet) > 0)
        return markOf(Answer::NotMet);
    return markOf(result.count(Answer::CouldNotTell) > 0 ? Answer::CouldNotTell : Answer::Met);
}

std::vector<const RequirementResult *> rowsOf(const profiles::ProfileResult &result)
{
    std::vector<const RequirementResult *> rows;
    for (const RequirementResult &row : result.requirements)
        rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(), [](const RequirementResult *a, const RequirementResult *b) {
        return rank(a->answer) < rank(b->answer);
    });
    return rows;
}

OutlineTable profileTable(const Report &report, const profiles::ProfileResult &result)
{
    const profiles::Profile &profile = *result.profile;
    OutlineTable table{"profile." + profile.id, "Requirements", {"Answer", "Requirement", "Why"}, {}};
    for (const RequirementResult *row : rowsOf(result)) {
        const bool isOpen = report.pending && row->answer != Answer::NotTestable;
        table.rows.push_back(
            {isOpen ? OutlineCell{"waiting", Mark::Waiting, false}
                    : OutlineCell{wordsOf(row->answer), markOf(row->answer), false},
             OutlineCell{row->requirement->text, Mark::None, false},
             OutlineCell{report.pending ? std::string() : whyOf(report, *row), Mark::None, false}});
    }
    return table;
}

nlohmann::ordered_json profilesToJson(const Report &report, std::string_view chosen)
{
    using Json = nlohmann::ordered_json;
    Json json = Json::array();
    for (const profiles::ProfileResult &result : profilesOf(report, chosen)) {
        const profiles::Profile &profile = *result.profile;
        Json requirements = Json::array();
        for (const RequirementResult &row : result.requirements) {
            const std::string why = whyOf(report, row);
            requirements.push_back({{"id", row.requirement->id},
                                    {"text", row.requirement->text},
                                    {"answer", std::string(toString(row.answer))},
                                    {"why", why.empty() ? Json() : Json(why)},
                                    {"broken_by", row.brokenBy}});
        }
        json.push_back({{"id", profile.id},
                        {"name", profile.name},
                        {"version", profile.version},
                        {"date", profile.date.empty() ? Json() : Json(profile.date)},
                        {"chosen", profile.id == chosen},
                        {"summary", sentenceOf(result)},
                        {"requirements", std::move(requirements)}});
    }
    return json;
}

} // namespace mailoscope
