// SPDX-License-Identifier: Apache-2.0
#include "report/profile_words.h"

#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array ParkWords = {
    MAILOSCOPE_WORDS("park.bimi-declined", "BIMI is not declined for the parked domain {domain}",
                     "A record without logo and certificate says that no logo is ever to be shown.",
                     "Publish v=BIMI1; l=; a=; at default._bimi.{domain}, if you want to go that far."),
    MAILOSCOPE_WORDS("park.dkim-wildcard", "DKIM keys are not revoked for the parked domain {domain}",
                     "An empty key under every selector says that no signature of the domain is genuine.",
                     "Publish v=DKIM1; p= at *._domainkey.{domain}, if you want to go that far."),
    MAILOSCOPE_WORDS(
        "park.dmarc", "DMARC of the parked domain {domain} is not as strict as it can be",
        "Nothing genuine is sent from the domain or any name below it, so nothing is lost by rejecting all.",
        "Publish v=DMARC1; p=reject; sp=reject; np=reject at _dmarc.{domain}."),
    MAILOSCOPE_WORDS(
        "park.nullmx", "The parked domain {domain} does not say that it takes no mail",
        "With a null MX mail to the domain fails at once, and receivers may refuse mail from it.",
        "Publish the single MX record 0 . at {domain}."),
    MAILOSCOPE_WORDS("park.spf", "SPF of the parked domain {domain} does not refuse everybody",
                     "A domain that is not used for mail is a favourite of forgers.",
                     "Publish v=spf1 -all at {domain}."),
    MAILOSCOPE_WORDS("park.sub-wildcard-spf", "Names below the parked domain {domain} have no SPF record",
                     "Forgers may use any name below it in the envelope.",
                     "Publish v=spf1 -all at *.{domain}, and at the names below that have other records."),
};

} // namespace

std::span<const FindingWords> parkWords()
{
    return ParkWords;
}

std::string wordsOf(profiles::Answer answer)
{
    switch (answer) {
    case profiles::Answer::Met:
        return QT_TRANSLATE_NOOP("profiles", "met");
    case profiles::Answer::NotMet:
        return QT_TRANSLATE_NOOP("profiles", "not met");
    case profiles::Answer::CouldNotTell:
        return QT_TRANSLATE_NOOP("profiles", "could not be told");
    case profiles::Answer::NotTestable:
        return QT_TRANSLATE_NOOP("profiles", "cannot be tested from outside");
    }
    return {};
}

std::string sentenceOf(const profiles::ProfileResult &result)
{
    Arguments counts;
    counts["broken"] = static_cast<std::int64_t>(result.count(profiles::Answer::NotMet));
    counts["open"] = static_cast<std::int64_t>(result.count(profiles::Answer::CouldNotTell));
    counts["hidden"] = static_cast<std::int64_t>(result.count(profiles::Answer::NotTestable));
    if (result.count(profiles::Answer::NotMet) > 0)
        return filled(
            QT_TRANSLATE_NOOP("profiles",
                              "Requirements not met: {broken}; not told: {open}; not testable: {hidden}."),
            counts);
    if (result.count(profiles::Answer::CouldNotTell) > 0)
        return filled(
            QT_TRANSLATE_NOOP(
                "profiles", "Nothing is broken, but not all could be told: {open}; not testable: {hidden}."),
            counts);
    return filled(
        QT_TRANSLATE_NOOP("profiles", "All that can be tested from outside is met; not testable: {hidden}."),
        counts);
}

} // namespace mailoscope
