// SPDX-License-Identifier: Apache-2.0
#include "profiles/profiles.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace mailoscope
{

std::string_view profilesJson(); // resources/profiles.json, compiled in

namespace profiles
{

namespace
{

using Json = nlohmann::json;

Requirement requirementFrom(const Json &json)
{
    Requirement requirement;
    requirement.id = json.at("id").get<std::string>();
    requirement.text = json.at("text").get<std::string>();
    const auto list = [&json](const char *key) { return json.value(key, std::vector<std::string>()); };
    requirement.brokenBy = list("broken_by");
    requirement.needsOk = list("needs_ok");
    requirement.needsAny = list("needs_any");
    requirement.facts = list("facts");
    requirement.testable = !json.value("not_testable", false);
    return requirement;
}

Profile profileFrom(const Json &json)
{
    Profile profile;
    profile.id = json.at("id").get<std::string>();
    profile.name = json.at("name").get<std::string>();
    profile.version = json.at("version").get<std::string>();
    profile.date = json.at("date").is_string() ? json.at("date").get<std::string>() : std::string();
    for (const Json &requirement : json.at("requirements"))
        profile.requirements.push_back(requirementFrom(requirement));
    return profile;
}

bool covers(std::string_view pattern, std::string_view id)
{
    if (pattern.ends_with(".*"))
        return id.starts_with(pattern.substr(0, pattern.size() - 1));
    return pattern == id;
}

/// A section's status as an answer to "is it sound?".
Answer soundness(const Statuses &statuses, std::string_view section)
{
    const auto found = statuses.find(section);
    if (found == statuses.end())
        return Answer::CouldNotTell;
    // What does not apply cannot break anything.
    if (found->second == "ok" || found->second == "not_applicable")
        return Answer::Met;
    return found->second == "missing" || found->second == "invalid" ? Answer::NotMet : Answer::CouldNotTell;
}

/// All must be met; one that is not decides.
Answer both(Answer a, Answer b)
{
    if (a == Answer::NotMet || b == Answer::NotMet)
        return Answer::NotMet;
    return a == Answer::Met ? b : a;
}

Answer answerTo(const Requirement &requirement, const Statuses &statuses, const KnownFacts &facts)
{
    Answer answer = Answer::Met;
    for (const std::string &section : requirement.needsOk)
        answer = both(answer, soundness(statuses, section));
    if (!requirement.needsAny.empty()) {
        // What does not apply cannot break anything, as long as nothing else could take its place.
        const bool applies =
            std::any_of(requirement.needsAny.begin(), requirement.needsAny.end(), [&](const auto &section) {
                const auto status = statuses.find(section);
                return status == statuses.end() || status->second != "not_applicable";
            });
        Answer any = applies ? Answer::NotMet : Answer::Met;
        for (const std::string &section : requirement.needsAny) {
            const auto status = statuses.find(section);
            const Answer one = soundness(statuses, section);
            if (status != statuses.end() && status->second == "ok")
                any = Answer::Met;
            else if (one == Answer::CouldNotTell && any == Answer::NotMet)
                any = Answer::CouldNotTell;
        }
        answer = both(answer, any);
    }
    for (const std::string &fact : requirement.facts) {
        const auto known = facts.find(fact);
        if (known == facts.end())
            answer = both(answer, Answer::CouldNotTell);
        else
            answer = both(answer, known->second ? Answer::Met : Answer::NotMet);
    }
    return answer;
}

} // namespace

std::string_view toString(Answer answer)
{
    switch (answer) {
    case Answer::Met:
        return "met";
    case Answer::NotMet:
        return "not_met";
    case Answer::CouldNotTell:
        return "could_not_tell";
    case Answer::NotTestable:
        return "not_testable";
    }
    return "could_not_tell";
}

const std::vector<Profile> &all()
{
    static const std::vector<Profile> Read = [] {
        std::vector<Profile> profiles;
        const Json json = Json::parse(profilesJson());
        for (const Json &profile : json.at("profiles"))
            profiles.push_back(profileFrom(profile));
        return profiles;
    }();
    return Read;
}

const Profile *find(std::string_view id)
{
    const auto found =
        std::find_if(all().begin(), all().end(), [id](const Profile &profile) { return profile.id == id; });
    return found == all().end() ? nullptr : &*found;
}

std::size_t ProfileResult::count(Answer answer) const
{
    return static_cast<std::size_t>(
        std::count_if(requirements.begin(), requirements.end(),
                      [answer](const RequirementResult &result) { return result.answer == answer; }));
}

ProfileResult evaluate(const Profile &profile, std::span<const Finding> findings, const Statuses &statuses,
                       const KnownFacts &facts)
{
    ProfileResult result;
    result.profile = &profile;
    for (const Requirement &requirement : profile.requirements) {
        RequirementResult row;
        row.requirement = &requirement;
        if (!requirement.testable) {
            row.answer = Answer::NotTestable;
            result.requirements.push_back(std::move(row));
            continue;
        }
        std::set<std::string> broken;
        for (const Finding &finding : findings) {
            const bool breaks =
                std::any_of(requirement.brokenBy.begin(), requirement.brokenBy.end(),
                            [&](const std::string &pattern) { return covers(pattern, finding.id); });
            if (breaks)
                broken.insert(finding.id);
        }
        row.brokenBy.assign(broken.begin(), broken.end());
        row.answer = broken.empty() ? answerTo(requirement, statuses, facts) : Answer::NotMet;
        result.requirements.push_back(std::move(row));
    }
    return result;
}

std::vector<ProfileResult> evaluateAll(std::span<const Finding> findings, const Statuses &statuses,
                                       const KnownFacts &facts)
{
    std::vector<ProfileResult> results;
    for (const Profile &profile : all())
        results.push_back(evaluate(profile, findings, statuses, facts));
    return results;
}

} // namespace profiles
} // namespace mailoscope
