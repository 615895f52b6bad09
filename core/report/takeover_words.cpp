// SPDX-License-Identifier: Apache-2.0
// What findings about names that do not exist say to people: no more than DNS shows. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array TakeoverWords = {
    MAILOSCOPE_WORDS(
        "bimi.host.registrable", "The host of the logo is in {target}, which does not exist in DNS",
        "If {target} can be registered, whoever does so can serve another logo for {domain}. Whether it "
        "can be had, only its registry knows.",
        "Move the logo to a host of your own and change the BIMI record."),
    MAILOSCOPE_WORDS(
        "dns.ns.registrable", "The name server {name} is in {target}, which does not exist in DNS",
        "If {target} can be registered, whoever does so answers questions about {domain}: mail hosts, "
        "policies and keys are then theirs to set. Whether it can be had, only its registry knows.",
        "Remove the name server at the registrar and from the zone at once."),
    MAILOSCOPE_WORDS(
        "mx.registrable", "The mail host {name} is in {target}, which does not exist in DNS",
        "If {target} can be registered, whoever does so receives mail for {domain}, password resets "
        "included. Whether it can be had, only its registry knows.",
        "Remove the MX record, or correct its name."),
    MAILOSCOPE_WORDS("spf.include.parked",
                     "The SPF record trusts {name}, and {target} seems to be parked or for sale",
                     "Its name server {server} belongs to a service that parks domains or offers them for "
                     "sale. Whoever gets "
                     "{target} can authorise servers of his own to send as {domain}.",
                     "Remove the term, unless you know that {target} is in good hands."),
    MAILOSCOPE_WORDS(
        "spf.include.registrable", "The SPF record trusts {name}, but {target} does not exist in DNS",
        "If {target} can be registered, whoever does so authorises servers of his own to send as "
        "{domain}. Until then the missing record is an error for every receiver that reaches the term. "
        "Whether it can be had, only its registry knows.",
        "Remove the term from the record at {owner}."),
};

} // namespace

std::span<const FindingWords> takeoverWords()
{
    return TakeoverWords;
}

} // namespace mailoscope
