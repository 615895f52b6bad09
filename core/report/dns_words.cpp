// SPDX-License-Identifier: Apache-2.0
// What each finding about DNS in general says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array DnsWords = {
    MAILOSCOPE_WORDS(
        "dns.cname.coexist", "{name} is an alias and has records of its own",
        "Beside a CNAME record nothing else may stand. Which of the two a receiver sees depends on its "
        "resolver and on what was asked before, so mail and policies come and go.",
        "Remove the CNAME record or the others. At the top of a domain use the DNS host's own kind of "
        "alias, which gives addresses."),
    MAILOSCOPE_WORDS(
        "dns.cname.dangling", "{name} is an alias of {target}, which does not exist",
        "The service behind the alias is gone. Where others can have names at that place, somebody else "
        "may take {target} and then serves pages and mail settings in your name.",
        "Remove the CNAME record of {name}, or set up its target again."),
    MAILOSCOPE_WORDS(
        "dns.ent.nxdomain", "The name server denies {name}, although {below} exists",
        "Resolvers may take that answer to mean that nothing exists below either, and then find neither "
        "DKIM keys nor policies there.",
        "The DNS host must mend its server: a name with names below it exists, without data."),
    MAILOSCOPE_WORDS(
        "dns.ns.single", "The zone {zone} has only one name server",
        "When this server is out of reach, mail to the domain is put off, and receivers can check neither "
        "SPF nor DKIM nor DMARC.",
        "Add a second name server in another network."),
    MAILOSCOPE_WORDS(
        "dns.soa.odd", "The SOA record of {zone} is unusual: {fault}",
        "The SOA record tells secondary servers how long to keep the zone, and resolvers how long to "
        "remember that a name does not exist.",
        "Use values such as 7200 for refresh, 900 for retry, 1209600 for expire and 3600 for the last "
        "one."),
    MAILOSCOPE_WORDS("dns.ttl.high", "The {type} records of {name} may be kept for {seconds} seconds",
                     "A mistake in them, and its mending, takes more than a day to pass.",
                     "Set the TTL to 3600, and lower before a planned change."),
    MAILOSCOPE_WORDS(
        "dns.ttl.low", "The {type} records of {name} may be kept for {seconds} seconds only",
        "Receivers ask for them at almost every message. A short failure of the name servers then becomes "
        "a failure of mail.",
        "Set the TTL to 3600 once no change is planned."),
    MAILOSCOPE_WORDS(
        "dns.txt.answer-size", "The TXT answer of {domain} has {octets} octets (records: {count})",
        "Answers over 1232 octets do not fit into one UDP packet and are asked for again over TCP. Where "
        "a firewall stops that, receivers do not see the SPF record.",
        "Remove TXT records that are no longer needed, and move proofs of ownership to names of their "
        "own where the service allows it."),
    MAILOSCOPE_WORDS(
        "dns.txt.secret", "A TXT record of {domain} looks like a secret",
        "DNS is public: what stands there must be taken for known to everybody, and it is kept in public "
        "archives even after it was removed.",
        "Withdraw the key or password at its service first, then remove the record."),
    MAILOSCOPE_WORDS(
        "dns.txt.tokens", "{count} proofs of ownership stand at {domain}: {services}",
        "They tell everybody which services the organisation uses, and make the answer large. Most are "
        "needed only once.",
        "Remove those of services that are no longer used or that do not check again."),
    MAILOSCOPE_WORDS(
        "dns.wildcard.txt", "Every name below {domain} has TXT records",
        "A wildcard answers for names that nobody thought of, such as {name}. Policies and keys then seem "
        "to exist where there are none, and checks become void.",
        "Remove the TXT record at *.{domain}, and give the names that need one their own."),
};

} // namespace

std::span<const FindingWords> dnsWords()
{
    return DnsWords;
}

} // namespace mailoscope
