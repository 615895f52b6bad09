// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What mail receivers and authorities ask of a domain, as sets of findings. The data stands in
/// resources/profiles.json and is compiled in.
namespace mailoscope::profiles
{

enum class Answer { Met, NotMet, CouldNotTell, NotTestable };
/// "met", "not_met", "could_not_tell" or "not_testable".
std::string_view toString(Answer answer);

struct Requirement {
    std::string id;
    std::string text;                  ///< one sentence
    std::vector<std::string> brokenBy; ///< finding ids; one that ends in ".*" stands for all that begin so
    std::vector<std::string> needsOk;  ///< sections of the report, all of which must be `ok`
    std::vector<std::string> needsAny; ///< sections, one of which must be `ok`
    std::vector<std::string> facts;    ///< what other parts must supply as true
    bool testable = true;              ///< false: nothing that can be looked up tells
    friend bool operator==(const Requirement &, const Requirement &) = default;
};

struct Profile {
    std::string id;
    std::string name;
    std::string version;
    std::string date; ///< as precise as is known; may be empty
    std::vector<Requirement> requirements;
    friend bool operator==(const Profile &, const Profile &) = default;
};

/// All profiles, in the order in which they are shown; they live as long as the program.
const std::vector<Profile> &all();
/// nullptr where there is none of that id.
const Profile *find(std::string_view id);

/// The `status` of each section as the JSON has it ("spf" → "ok"). A section that is not there is not known.
using Statuses = std::map<std::string, std::string, std::less<>>;
/// What DNS findings do not say, by name: "smtp.tls.every-host" (every mail host was probed and offers TLS),
/// "sender.ptr-confirmed" (sending addresses have names that point back), "dmarc.rua.cisa" (reports go to
/// CISA), "dmarc.enforced" and "dmarc.reject" (what is left of the policy for the domain),
/// "dmarc.below.known" and "dmarc.below.enforced" (the policy for names below it that exist),
/// "dmarc.reported" (an address for aggregate reports works), "spf.nobody" (SPF authorises nobody),
/// "spf.wildcard" (names below have an SPF record by a wildcard), "mx.null", "dkim.wildcard-revoked",
/// "bimi.declined". What is not there is not known.
using KnownFacts = std::map<std::string, bool, std::less<>>;

struct RequirementResult {
    const Requirement *requirement = nullptr;
    Answer answer = Answer::CouldNotTell;
    std::vector<std::string> brokenBy; ///< the finding ids that were met, sorted
};

struct ProfileResult {
    const Profile *profile = nullptr;
    std::vector<RequirementResult> requirements;

    std::size_t count(Answer answer) const;
};

ProfileResult evaluate(const Profile &profile, std::span<const Finding> findings, const Statuses &statuses,
                       const KnownFacts &facts = {});
/// For all profiles.
std::vector<ProfileResult> evaluateAll(std::span<const Finding> findings, const Statuses &statuses,
                                       const KnownFacts &facts = {});

} // namespace mailoscope::profiles
