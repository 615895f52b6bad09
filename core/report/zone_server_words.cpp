// SPDX-License-Identifier: Apache-2.0
// What each finding about what the zone's own servers say tells people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array ZoneServerWords = {
    MAILOSCOPE_WORDS(
        "dns.ns.lame", "The server {server} does not answer for the zone {zone}: {fault}",
        "It is named as a server of the zone, and resolvers that choose it ask in vain. Every such question "
        "is a delay, and a failure where the other servers are slow.",
        "Set the zone up at {server} ({address}), or take its NS record out of the zone and of the "
        "delegation."),
    MAILOSCOPE_WORDS(
        "dns.split", "Our resolver and the zone's own servers differ about the {type} records of {domain}",
        "Either they were changed a short while ago and the resolver still remembers the old ones, or the "
        "resolver sees another zone than the world does (split horizon). Then this report tells of the one, "
        "and other receivers see the other.",
        "Inspect again after the TTL, or through a resolver outside the organisation."),
    MAILOSCOPE_WORDS(
        "dns.tcp.refused", "The server {server} does not answer over TCP",
        "Answers that do not fit into one UDP packet, such as long TXT records and DNSSEC keys, are asked "
        "for again over TCP. From this server they cannot be had.",
        "Let {server} ({address}) answer on TCP port 53, in its settings and in its firewall."),
    MAILOSCOPE_WORDS(
        "mx.ns-inconsistent", "The servers of {zone} differ about the MX records of {domain}",
        "Where mail goes depends on which server a sender happens to ask: {told}.",
        "Bring the zone to the same state at all its servers. Where it was changed a moment ago, wait until "
        "all have it and inspect again."),
    MAILOSCOPE_WORDS(
        "spf.ns-inconsistent", "The servers of {zone} differ about the SPF record of {domain}",
        "Whether mail passes SPF depends on which server a receiver happens to ask: {told}.",
        "Bring the zone to the same state at all its servers. Where it was changed a moment ago, wait until "
        "all have it and inspect again."),
};

} // namespace

std::span<const FindingWords> zoneServerWords()
{
    return ZoneServerWords;
}

} // namespace mailoscope
