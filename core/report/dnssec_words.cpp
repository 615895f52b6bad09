// SPDX-License-Identifier: Apache-2.0
// What each DNSSEC finding says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array DnssecWords = {
    MAILOSCOPE_WORDS(
        "dnssec.alg.weak", "Key {key} of {zone} is weak: {kind}",
        "Whoever can forge signatures can forge every record of the zone. Some validators already "
        "treat zones that are signed with outdated algorithms as unsigned.",
        "Roll over to ECDSAP256SHA256 (13) or ED25519 (15), as RFC 9904 recommends."),
    MAILOSCOPE_WORDS(
        "dnssec.bogus", "The signatures of {name} do not validate: {reason}",
        "Every validating resolver answers with an error for this name, so for a large part of the "
        "Internet the domain has stopped to exist: mail to it is deferred and then returned.",
        "Have the zone signed again at once. If that takes time, have the DS record removed at the "
        "registrar and wait for its TTL to pass."),
    MAILOSCOPE_WORDS(
        "dnssec.ds.mismatch", "The delegation of {zone} is not safe: {fault}",
        "The DS record is the link to the zone above. Without a DS record that fits a key, with a digest "
        "that validators accept, the zone is bogus or counts as unsigned.",
        "Publish a DS record with digest type 2 (SHA-256) of the current key signing key at the "
        "registrar, and remove the others."),
    MAILOSCOPE_WORDS(
        "dnssec.island", "{zone} is signed, but the zone above has no DS record for it",
        "Without the DS record nobody can verify the signatures. The zone counts as unsigned, so DANE "
        "does not work.",
        "Hand the DS record of the key signing key to the registrar."),
    MAILOSCOPE_WORDS(
        "dnssec.mx.unsigned", "The addresses of the mail host {host} are not secured by DNSSEC",
        "DANE needs the whole way to be signed: the MX records and the mail host. For this host senders "
        "fall back to unverified encryption.",
        "Ask whoever runs {host} to sign its zone, or use a mail host in a signed zone."),
    MAILOSCOPE_WORDS(
        "dnssec.nsec3.params",
        "NSEC3 of {zone} uses {iterations} extra iterations and a salt of {salt} octets",
        "Iterations and salts cost resolvers time and hide nothing. Resolvers may treat zones with "
        "iterations as unsigned, or answer with an error.",
        "Set the iterations to 0 and the salt to none."),
    MAILOSCOPE_WORDS(
        "dnssec.resolver", "The resolver that was asked does not validate DNSSEC",
        "It did not call the signed root of DNS authentic. So this report can tell what is signed, but "
        "not whether the signatures hold, and not whether DANE takes effect.",
        "Ask a validating resolver, best one on this machine, to have DANE judged."),
    MAILOSCOPE_WORDS(
        "dnssec.sig.expiring", "The signature of the {type} records of {zone} {left}",
        "A zone is signed anew long before its signatures end. Where that has stopped, the whole domain "
        "becomes unreachable for validating resolvers at the end.",
        "Check that automatic signing is running, and sign the zone again."),
    MAILOSCOPE_WORDS(
        "dnssec.unsigned", "The zone {zone} is not signed with DNSSEC",
        "Answers about the domain can be forged on the way: MX records that lead mail elsewhere, and "
        "every policy that protects mail. DANE cannot be used.",
        "Turn on DNSSEC signing at the DNS host, then hand the DS record to the registrar."),
};

} // namespace

std::span<const FindingWords> dnssecWords()
{
    return DnssecWords;
}

} // namespace mailoscope
