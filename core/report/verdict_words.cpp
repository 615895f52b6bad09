// SPDX-License-Identifier: Apache-2.0
#include "report/verdict_words.h"

#include "report/words.h"

#include <array>
#include <utility>

namespace mailoscope
{

namespace
{

using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array<Row, 13> Rules = {{
    {"dmarc.applies", QT_TRANSLATE_NOOP("verdict", "A DMARC record that can be used applies to the domain.")},
    {"dmarc.enforced", QT_TRANSLATE_NOOP("verdict", "The policy that applies is quarantine or reject.")},
    {"dmarc.reject", QT_TRANSLATE_NOOP("verdict", "The policy that applies is reject.")},
    {"dmarc.unambiguous", QT_TRANSLATE_NOOP("verdict", "No policy tag stands twice in the record.")},
    {"dmarc.subdomains",
     QT_TRANSLATE_NOOP("verdict", "Subdomains without a record of their own get quarantine or reject.")},
    {"dmarc.nonexistent",
     QT_TRANSLATE_NOOP("verdict", "Names below the domain that do not exist get quarantine or reject.")},
    {"dmarc.old-receivers",
     QT_TRANSLATE_NOOP("verdict", "Receivers that still follow RFC 7489 enforce the policy as well.")},
    {"dmarc.reported",
     QT_TRANSLATE_NOOP("verdict", "Aggregate reports are asked for at an address that can get them.")},
    {"spf.strangers", QT_TRANSLATE_NOOP("verdict", "SPF does not give a pass to everybody.")},
    {"spf.narrow",
     QT_TRANSLATE_NOOP("verdict", "SPF authorises fewer addresses than a whole /8 network holds.")},
    {"spf.refuses", QT_TRANSLATE_NOOP("verdict", "SPF refuses senders that are not listed (-all).")},
    {"dkim.key",
     QT_TRANSLATE_NOOP("verdict", "A DKIM key was found, so that genuine mail can pass without SPF.")},
    {"mx.answers", QT_TRANSLATE_NOOP("verdict", "The domain takes mail.")},
}};

constexpr std::array<Row, 8> NotTestable = {{
    {"receiver-policy",
     QT_TRANSLATE_NOOP("verdict",
                       "What a receiver really does: each may be stricter or milder than the policy asks.")},
    {"look-alike-names",
     QT_TRANSLATE_NOOP("verdict", "Forgeries with names that only look like the domain.")},
    {"display-names",
     QT_TRANSLATE_NOOP("verdict", "Forgeries that put the organisation's name in front of another address.")},
    {"stolen-accounts",
     QT_TRANSLATE_NOOP("verdict", "Mail that is sent through a stolen account of the domain.")},
    {"shared-platforms",
     QT_TRANSLATE_NOOP(
         "verdict",
         "Whether the services that SPF authorises keep their other customers from using the domain.")},
    {"replayed-signatures",
     QT_TRANSLATE_NOOP("verdict", "Genuine mail with a DKIM signature that is sent again to others.")},
    {"unknown-selectors", QT_TRANSLATE_NOOP("verdict", "DKIM keys at selectors that nobody named.")},
    {"forwarders", QT_TRANSLATE_NOOP("verdict", "What forwarders and mailing lists do to genuine mail.")},
}};

template <std::size_t Size>
std::string lookUp(const std::array<Row, Size> &rows, std::string_view id)
{
    for (const auto &[key, sentence] : rows) {
        if (key == id)
            return std::string(sentence);
    }
    return {};
}

} // namespace

std::string sentenceOf(verdict::Reason reason)
{
    switch (reason) {
    case verdict::Reason::Pending:
        return QT_TRANSLATE_NOOP("verdict", "Answers that decide are still to come.");
    case verdict::Reason::DmarcNotKnown:
        return QT_TRANSLATE_NOOP("verdict",
                                 "A DMARC answer that decides is missing, so nothing can be said.");
    case verdict::Reason::SpfNotKnown:
        return QT_TRANSLATE_NOOP("verdict",
                                 "SPF is not known in full, and what is missing could let strangers pass.");
    case verdict::Reason::SpfPassesEveryone:
        return QT_TRANSLATE_NOOP(
            "verdict",
            "SPF gives a pass to hosts all over the Internet, so forged mail is taken as genuine.");
    case verdict::Reason::NothingPublished:
        return QT_TRANSLATE_NOOP("verdict",
                                 "No DMARC policy applies, so forged mail is delivered like any other.");
    case verdict::Reason::OnlySpfRefuses:
        return QT_TRANSLATE_NOOP(
            "verdict",
            "SPF refuses strangers, but no DMARC policy applies: the sender that people see is not checked.");
    case verdict::Reason::PolicyNoneReported:
        return QT_TRANSLATE_NOOP(
            "verdict", "The DMARC policy is none: forged mail is delivered, and reports tell of it.");
    case verdict::Reason::PolicyNoneUnseen:
        return QT_TRANSLATE_NOOP("verdict", "The DMARC policy is none and no report can arrive: forged mail "
                                            "is delivered and nobody learns of it.");
    case verdict::Reason::PolicyAmbiguous:
        return QT_TRANSLATE_NOOP(
            "verdict",
            "A policy stands twice in the DMARC record, and receivers differ in which one they use.");
    case verdict::Reason::SpfTooWide:
        return QT_TRANSLATE_NOOP(
            "verdict",
            "DMARC is enforced, but SPF authorises so many addresses that strangers are among them.");
    case verdict::Reason::Quarantine:
        return QT_TRANSLATE_NOOP("verdict", "DMARC asks receivers to set forged mail aside as suspicious.");
    case verdict::Reason::Reject:
        return QT_TRANSLATE_NOOP("verdict", "DMARC asks receivers to reject forged mail.");
    }
    return {};
}

std::string sentenceOfRule(std::string_view id)
{
    return lookUp(Rules, id);
}

std::string sentenceOfNotTestable(std::string_view id)
{
    return lookUp(NotTestable, id);
}

std::string wordsOf(verdict::Treatment treatment)
{
    switch (treatment) {
    case verdict::Treatment::Unknown:
        return QT_TRANSLATE_NOOP("verdict", "not known");
    case verdict::Treatment::Rejected:
        return QT_TRANSLATE_NOOP("verdict", "rejected");
    case verdict::Treatment::Quarantined:
        return QT_TRANSLATE_NOOP("verdict", "put into the spam folder");
    case verdict::Treatment::Delivered:
        return QT_TRANSLATE_NOOP("verdict", "delivered, and nobody is told");
    case verdict::Treatment::DeliveredReported:
        return QT_TRANSLATE_NOOP("verdict", "delivered and reported");
    case verdict::Treatment::TakenAsGenuine:
        return QT_TRANSLATE_NOOP("verdict", "delivered as genuine");
    }
    return {};
}

} // namespace mailoscope
