// SPDX-License-Identifier: Apache-2.0
#include "verdict/evaluate.h"

#include <algorithm>
#include <cstdint>

namespace mailoscope::verdict
{

namespace
{

Answer answerOf(bool met)
{
    return met ? Answer::Met : Answer::NotMet;
}

/// The most IPv4 addresses that a record can let pass, and the terms whose addresses are not known.
struct Reach {
    std::uint64_t most = 0;
    int gaps = 0;
    bool bounded = true; ///< false: what is not known could be anything
};

void add(Reach &reach, std::uint64_t addresses)
{
    reach.most += std::min(addresses, (std::uint64_t{1} << 40) - 1);
}

void measure(const spf::Node &node, Reach &reach)
{
    // A DNS message of 65,535 octets holds no more A records of 16 octets than this.
    constexpr std::uint64_t MostAddresses = 4096;
    constexpr std::uint64_t MostHosts = 10; // RFC 7208 section 4.6.4
    reach.bounded = reach.bounded && node.status == spf::NodeStatus::Ok && node.record;
    if (!reach.bounded)
        return;
    for (const spf::TermNode &term : node.terms) {
        if (term.dead != spf::Dead::No)
            continue;
        if (term.child) {
            measure(*term.child, reach);
            continue;
        }
        const auto *directive = std::get_if<spf::Directive>(&node.record->record->terms[term.index]);
        if (!directive)
            continue;
        if (directive->qualifier() == spf::Qualifier::Pass)
            add(reach, term.matches.v4);
        const auto *a = std::get_if<spf::A>(&directive->mechanism);
        const auto *mx = std::get_if<spf::Mx>(&directive->mechanism);
        if (term.status == spf::TermStatus::Pending || (term.failed.any() && !a && !mx))
            reach.bounded = false;
        if (!term.failed.any() || !reach.bounded)
            continue;
        ++reach.gaps;
        const int prefix = (a ? a->cidr : mx->cidr).length(IpFamily::V4);
        add(reach, MostAddresses * (a ? 1 : MostHosts) * (std::uint64_t{1} << (32 - prefix)));
    }
}

/// How many terms `a` and `mx` of a sound record have addresses that are not known, where these are too few
/// to change a verdict; nothing where SPF is known, or where more than such addresses is missing.
std::optional<int> harmlessGaps(const spf::Evaluation &spf)
{
    if (!spf.isUnknown() || spf.cut || spf.lookups > spf::Limits().lookups ||
        spf.voidLookups > spf::Limits().voidLookups)
        return std::nullopt;
    Reach reach;
    measure(spf.root, reach);
    return reach.bounded && reach.most < WideOpen ? std::optional(reach.gaps) : std::nullopt;
}

class Judge
{
public:
    Judge(const spf::Evaluation &spf, const dmarc::Evaluation &dmarc, const mx::Evaluation &mx,
          const Dkim &dkim)
        : m_spf(spf), m_dmarc(dmarc), m_mx(mx), m_dkim(dkim), m_gaps(harmlessGaps(spf))
    {
    }

    Evaluation run()
    {
        Evaluation evaluation;
        evaluation.pending = m_spf.pending || m_dmarc.pending || m_mx.pending || m_dkim.pending;
        evaluation.rules = rules();
        evaluation.reason = reason();
        evaluation.level = levelOf(evaluation.reason);
        evaluation.exactDomain = treatment(m_dmarc.policy, true);
        const bool relaxed =
            !m_dmarc.record() || m_dmarc.record()->spfAlignment() == dmarc::Alignment::Relaxed;
        evaluation.subdomain = treatment(m_dmarc.subdomains, relaxed);
        evaluation.nonexistent = treatment(m_dmarc.nonexistent, relaxed);
        return evaluation;
    }

private:
    bool isSpfPending() const { return m_spf.status == spf::Evaluation::Status::Pending; }
    bool isSpfKnown() const { return !isSpfPending() && (!m_spf.isUnknown() || m_gaps.has_value()); }
    std::uint64_t passing() const { return countOf(m_spf.addresses.of(spf::CheckResult::Pass).v4); }

    // RFC 9989 section 4.4: an SPF pass of the domain's own is aligned, whoever gets it.
    bool strangersPass() const
    {
        constexpr std::uint64_t Half = std::uint64_t{1} << 31;
        return m_spf.status == spf::Evaluation::Status::Ok && passing() >= Half;
    }
    bool spfRefuses() const
    {
        return (m_spf.status == spf::Evaluation::Status::Ok || m_gaps) &&
               m_spf.finalAll == spf::Qualifier::Fail && !strangersPass();
    }
    /// Unknown addresses may be void look-ups, of which receivers bear a few only.
    bool isRefusalKnown() const
    {
        return !m_gaps || m_spf.voidLookups + *m_gaps <= spf::Limits().voidLookups;
    }
    bool isReported() const
    {
        return std::any_of(m_dmarc.rua.begin(), m_dmarc.rua.end(), [](const dmarc::Destination &destination) {
            const bool agreed = destination.authorization != dmarc::Authorization::Refused &&
                                destination.authorization != dmarc::Authorization::BadOverride &&
                                destination.authorization != dmarc::Authorization::NotChecked;
            const bool able = destination.deliverability == dmarc::Deliverability::Able ||
                              destination.deliverability == dmarc::Deliverability::Unknown;
            return agreed && able;
        });
    }
    bool isAmbiguous() const
    {
        const dmarc::WalkStep *step = m_dmarc.step();
        return step && std::any_of(step->record->issues.begin(), step->record->issues.end(),
                                   [](const dmarc::Issue &issue) {
                                       return issue.kind == dmarc::Issue::Kind::Duplicate &&
                                              (issue.tag == "p" || issue.tag == "sp" || issue.tag == "np");
                                   });
    }

    Reason reason() const
    {
        const dmarc::AppliedPolicy &policy = m_dmarc.policy;
        if (isSpfPending() || policy.pending)
            return Reason::Pending;
        if (!policy.isKnown())
            return Reason::DmarcNotKnown;
        if (!isSpfKnown())
            return Reason::SpfNotKnown;
        if (strangersPass())
            return Reason::SpfPassesEveryone;
        if (!policy.isEnforced() && !isRefusalKnown())
            return Reason::SpfNotKnown;
        if (!policy.effective)
            return spfRefuses() ? Reason::OnlySpfRefuses : Reason::NothingPublished;
        if (!policy.isEnforced()) {
            const bool open = std::any_of(m_dmarc.rua.begin(), m_dmarc.rua.end(),
                                          [](const dmarc::Destination &to) { return to.isPending(); });
            if (open)
                return Reason::Pending;
            return isReported() ? Reason::PolicyNoneReported : Reason::PolicyNoneUnseen;
        }
        if (isAmbiguous())
            return Reason::PolicyAmbiguous;
        if (passing() >= WideOpen)
            return Reason::SpfTooWide;
        return *policy.effective == dmarc::Policy::Reject ? Reason::Reject : Reason::Quarantine;
    }

    Level levelOf(Reason reason) const
    {
        switch (reason) {
        case Reason::Pending:
        case Reason::DmarcNotKnown:
        case Reason::SpfNotKnown:
            return Level::Unknown;
        case Reason::SpfPassesEveryone:
        case Reason::NothingPublished:
            return Level::Open;
        case Reason::OnlySpfRefuses:
        case Reason::PolicyAmbiguous:
        case Reason::SpfTooWide:
            return Level::AtRisk;
        case Reason::PolicyNoneUnseen:
            return spfRefuses() ? Level::AtRisk : Level::Open;
        case Reason::PolicyNoneReported:
            return Level::Monitored;
        case Reason::Quarantine:
        case Reason::Reject:
            return Level::Protected;
        }
        return Level::Unknown;
    }

    Treatment treatment(const dmarc::AppliedPolicy &policy, bool spfAligns) const
    {
        if (!policy.isKnown() || !isSpfKnown())
            return Treatment::Unknown;
        if (strangersPass() && spfAligns)
            return Treatment::TakenAsGenuine;
        if (!policy.effective)
            return Treatment::Delivered;
        switch (*policy.effective) {
        case dmarc::Policy::None:
            return isReported() ? Treatment::DeliveredReported : Treatment::Delivered;
        case dmarc::Policy::Quarantine:
            return Treatment::Quarantined;
        case dmarc::Policy::Reject:
            return Treatment::Rejected;
        }
        return Treatment::Unknown;
    }

    std::vector<Rule> rules() const
    {
        const dmarc::AppliedPolicy &policy = m_dmarc.policy;
        const Reference tags{"RFC 9989", "4.7"};
        std::vector<Rule> rows;
        const auto row = [&](std::string_view id, bool known, bool met, Reference reference) {
            rows.push_back({id, known ? answerOf(met) : Answer::CouldNotTell, std::move(reference)});
        };
        const auto enforced = [](const dmarc::AppliedPolicy &applied) { return applied.isEnforced(); };
        const bool spfKnown = isSpfKnown();
        row("dmarc.applies", policy.isKnown(), policy.effective.has_value(), {"RFC 9989", "4.10.1"});
        row("dmarc.enforced", policy.isKnown(), enforced(policy), tags);
        row("dmarc.reject", policy.isKnown(), policy.effective == dmarc::Policy::Reject, tags);
        row("dmarc.unambiguous", policy.isKnown(), !isAmbiguous(), {"RFC 9989", "4.8"});
        row("dmarc.subdomains", m_dmarc.subdomains.isKnown(), enforced(m_dmarc.subdomains), tags);
        row("dmarc.nonexistent", m_dmarc.nonexistent.isKnown(), enforced(m_dmarc.nonexistent), tags);
        const bool oldKnown = policy.isKnown() && !m_dmarc.rfc7489.pending && !m_dmarc.rfc7489.tempError;
        const bool oldEnforced = m_dmarc.rfc7489.effective &&
                                 *m_dmarc.rfc7489.effective != dmarc::Policy::None &&
                                 m_dmarc.rfc7489.pct == 100;
        row("dmarc.old-receivers", oldKnown, oldEnforced || !policy.isEnforced(), {"RFC 7489", "6.6.3"});
        // One address that works is enough; otherwise each must be known not to.
        const bool reportsKnown =
            policy.isKnown() &&
            (std::any_of(m_dmarc.rua.begin(), m_dmarc.rua.end(),
                         [](const dmarc::Destination &to) { return to.works(); }) ||
             std::none_of(m_dmarc.rua.begin(), m_dmarc.rua.end(), [](const dmarc::Destination &to) {
                 return to.isPending() || to.authorization == dmarc::Authorization::Unknown ||
                        to.deliverability == dmarc::Deliverability::Unknown;
             }));
        row("dmarc.reported", reportsKnown, isReported(), {"RFC 9990", "4"});
        row("spf.strangers", spfKnown, !strangersPass(), {"RFC 7208", "4.7"});
        row("spf.narrow", spfKnown && (m_spf.addresses.exact || m_gaps || passing() >= WideOpen),
            passing() < WideOpen, {"RFC 7208", "11.4"});
        row("spf.refuses", spfKnown && isRefusalKnown(), spfRefuses(), {"RFC 7208", "5.1"});
        row("dkim.key", m_dkim.anyUsableKey.has_value(), m_dkim.anyUsableKey.value_or(false),
            {"RFC 9989", "7.4"});
        const bool mxKnown = !m_mx.pending && !m_mx.isUnknown();
        row("mx.answers", mxKnown,
            m_mx.implicitMx || (m_mx.status == mx::Evaluation::Status::Ok && !m_mx.nullMx),
            {"RFC 5321", "5.1"});
        return rows;
    }

    const spf::Evaluation &m_spf;
    const dmarc::Evaluation &m_dmarc;
    const mx::Evaluation &m_mx;
    const Dkim &m_dkim;
    const std::optional<int> m_gaps; ///< addresses of so many terms are missing, and change no verdict
};

} // namespace

std::string_view toString(Level level)
{
    switch (level) {
    case Level::Unknown:
        return "";
    case Level::Protected:
        return "protected";
    case Level::Monitored:
        return "monitored";
    case Level::AtRisk:
        return "at_risk";
    case Level::Open:
        return "open";
    }
    return "";
}

std::string_view toString(Answer answer)
{
    switch (answer) {
    case Answer::Met:
        return "met";
    case Answer::NotMet:
        return "not_met";
    case Answer::CouldNotTell:
        return "could_not_tell";
    }
    return "could_not_tell";
}

std::string_view toString(Treatment treatment)
{
    switch (treatment) {
    case Treatment::Unknown:
        return "unknown";
    case Treatment::Rejected:
        return "rejected";
    case Treatment::Quarantined:
        return "quarantined";
    case Treatment::Delivered:
        return "delivered";
    case Treatment::DeliveredReported:
        return "delivered_reported";
    case Treatment::TakenAsGenuine:
        return "taken_as_genuine";
    }
    return "unknown";
}

Evaluation evaluate(const spf::Evaluation &spf, const dmarc::Evaluation &dmarc, const mx::Evaluation &mx,
                    const Dkim &dkim)
{
    return Judge(spf, dmarc, mx, dkim).run();
}

std::vector<std::string_view> notTestable()
{
    return {"receiver-policy",  "look-alike-names",    "display-names",     "stolen-accounts",
            "shared-platforms", "replayed-signatures", "unknown-selectors", "forwarders"};
}

} // namespace mailoscope::verdict
