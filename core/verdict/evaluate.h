// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/evaluate.h"
#include "mx/evaluate.h"
#include "report/finding.h"
#include "spf/evaluate.h"

#include <optional>
#include <string_view>
#include <vector>

/// What a receiver that follows the standards does with mail that forges a domain in From, and by which
/// rules. There is no score: each row can be traced to a record and a section.
namespace mailoscope::verdict
{

/// Authorised IPv4 addresses, from which on strangers surely are among them (a /8).
constexpr std::uint64_t WideOpen = std::uint64_t{1} << 24;

enum class Level {
    Unknown,   ///< while answers are missing, or where a look-up that decides failed
    Protected, ///< forged mail is rejected, or set aside as suspicious
    Monitored, ///< it is delivered, and reports of it are asked for
    AtRisk,    ///< some receivers may hold it back, or a hole is left in the policy
    Open,      ///< it is delivered, or passes as genuine
};
/// "protected", "monitored", "at_risk" or "open"; empty for Unknown.
std::string_view toString(Level level);

enum class Answer { Met, NotMet, CouldNotTell };
/// "met", "not_met" or "could_not_tell".
std::string_view toString(Answer answer);

/// One row of the table, in the order in which they are asked.
struct Rule {
    std::string_view id;
    Answer answer = Answer::CouldNotTell;
    Reference reference;
    friend bool operator==(const Rule &, const Rule &) = default;
};

/// What happens to one forged message.
enum class Treatment {
    Unknown,
    Rejected,
    Quarantined,
    Delivered,         ///< DMARC asks for nothing: other filters decide
    DeliveredReported, ///< the same, and the owner asks to be told
    TakenAsGenuine,    ///< it passes, because SPF lets everybody pass
};
/// "unknown", "rejected", "quarantined", "delivered", "delivered_reported" or "taken_as_genuine".
std::string_view toString(Treatment treatment);

/// What decided.
enum class Reason {
    Pending,
    DmarcNotKnown,
    SpfNotKnown,
    SpfPassesEveryone,
    NothingPublished, ///< neither DMARC nor an SPF record that refuses strangers
    OnlySpfRefuses,   ///< no DMARC: the From that people see is not checked
    PolicyNoneReported,
    PolicyNoneUnseen, ///< p=none and no address that reports can go to
    PolicyAmbiguous,  ///< a policy tag stands twice
    SpfTooWide,       ///< enforced, but SPF authorises a crowd
    Quarantine,
    Reject,
};

/// What the DKIM part found; nothing where it is not known.
struct Dkim {
    bool pending = false;
    std::optional<bool>
        anyUsableKey; ///< a key that receivers may verify with (RFC 8301: RSA of 1024 bits or more)
};

struct Evaluation {
    Level level = Level::Unknown;
    Reason reason = Reason::Pending;
    bool pending = true;
    std::vector<Rule> rules;
    Treatment exactDomain = Treatment::Unknown;
    Treatment subdomain = Treatment::Unknown;   ///< an existing one without a record of its own
    Treatment nonexistent = Treatment::Unknown; ///< a name below that does not exist
    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

Evaluation evaluate(const spf::Evaluation &spf, const dmarc::Evaluation &dmarc, const mx::Evaluation &mx,
                    const Dkim &dkim = {});

/// What bears on forged mail and cannot be seen from outside, as ids with words (report/verdict_words.h).
std::vector<std::string_view> notTestable();

} // namespace mailoscope::verdict
