// SPDX-License-Identifier: Apache-2.0
// What each DANE finding says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array DaneWords = {
    MAILOSCOPE_WORDS(
        "dane.denial", "The look-up of {name} fails although {host} itself resolves",
        "A sender that uses DANE must learn for certain whether there are TLSA records. While this look-up "
        "ends in a server failure, such senders pass the host over and put the mail off.",
        "Ask whoever runs the zone of {host} to answer TLSA questions properly, with a signed proof where "
        "there is no record."),
    MAILOSCOPE_WORDS(
        "dane.fields", "A TLSA record of {host} cannot be used: {fault}",
        "Senders leave the record {record} aside. If no other record is left, they encrypt without "
        "verifying whom they speak with.",
        "Publish 3 1 1 followed by the SHA-256 digest of the server's public key, 64 hexadecimal digits."),
    MAILOSCOPE_WORDS(
        "dane.insecure", "The TLSA records of {host} are not secured by DNSSEC",
        "Whoever can forge DNS can forge these records too, so senders must not use them. They protect "
        "nobody.",
        "Have the zone of {host} signed and its DS record published, or remove the records."),
    MAILOSCOPE_WORDS(
        "dane.letsencrypt-ta", "A TLSA record of {host} names an intermediate of Let's Encrypt",
        "Let's Encrypt changes its intermediate certificates without notice, and takes another one at any "
        "renewal. From that day on senders that use DANE cannot deliver.",
        "Publish 3 1 1 of the server's own key and keep the key at renewals, or name all current and "
        "backup issuers."),
    MAILOSCOPE_WORDS(
        "dane.mismatch", "No TLSA record of {host} fits the certificate that it showed",
        "Senders that use DANE refuse to deliver to this host. Mail from them is put off and then "
        "returned.",
        "Publish 3 1 1 with the digest of the key that is in use now, and keep the old record until its "
        "TTL has passed. Before the next change publish the new key's record first."),
    MAILOSCOPE_WORDS(
        "dane.missing", "{domain} and its mail hosts are signed, but have no TLSA records",
        "All that DANE needs is there but for the records. With them, senders would refuse to hand mail "
        "to an impostor instead of sending it unverified.",
        "Publish a TLSA record 3 1 1 at {name} and at the other mail hosts, and tie its renewal to that "
        "of the key."),
    MAILOSCOPE_WORDS("dane.mtype0", "A TLSA record of {host} holds {octets} octets instead of a digest",
                     "Such answers are large, may need TCP, and offer nothing that a digest does not.",
                     "Replace it by a record with matching type 1, a SHA-256 digest."),
    MAILOSCOPE_WORDS(
        "dane.mx.insecure", "{host} has DANE, but the MX records of {domain} are not secured by DNSSEC",
        "Whoever can forge the MX records leads mail to a host of his own, with TLSA records of his own or "
        "with none. The records of {host} protect only the last part of the way.",
        "Sign the zone of {domain}."),
    MAILOSCOPE_WORDS(
        "dane.partial", "{with} mail hosts have TLSA records, and {without} have none",
        "An attacker keeps senders from the protected hosts and waits for them at {host}, where nothing "
        "is verified.",
        "Publish TLSA records for every mail host."),
    MAILOSCOPE_WORDS(
        "dane.rollover", "{host} has only one TLSA record of use",
        "When the key changes, senders hold the old record until its TTL has passed, and cannot deliver "
        "in that time.",
        "Before the key changes publish the record of the next key beside this one, or keep the key at "
        "renewals."),
    MAILOSCOPE_WORDS(
        "dane.stale", "A TLSA record of {host} fits nothing that the host showed",
        "Another record fits, so mail is delivered. During a change of keys this is as it should be; later "
        "it is a leftover that lets an old key in.",
        "Remove the record when the change of keys is over."),
    MAILOSCOPE_WORDS(
        "dane.sts.conflict", "{accepts} accepts the mail host {host}, but {refuses} refuses it",
        "Senders that use {refuses} cannot deliver, the others can. The fault shows only with some "
        "correspondents and is hard to find.",
        "Give {host} a certificate that satisfies both: from a public authority, for its own name, with a "
        "TLSA record that fits it."),
    MAILOSCOPE_WORDS(
        "dane.ta.name", "The authority in a TLSA record of {host} is there, but {fault}",
        "With usage 2 senders verify names, dates and the whole chain up to the certificate that is named. "
        "They refuse this one.",
        "Install the complete chain with a certificate for the name of the mail host, or use 3 1 1, which "
        "wants neither."),
    MAILOSCOPE_WORDS(
        "dane.tls.missing", "{host} has TLSA records, but did not encrypt",
        "TLSA records are a promise of encryption. Senders that use DANE never deliver to such a host in "
        "the clear, so their mail is put off and then returned.",
        "Turn on STARTTLS at {host}, or remove the records."),
    MAILOSCOPE_WORDS(
        "dane.usage.pkix", "A TLSA record of {host} uses 0 or 1, which is not for mail",
        "Mail servers have no common list of authorities, so senders may treat the record {record} as of "
        "no use. If no other record is left, they encrypt without verifying.",
        "Publish 3 1 1 instead."),
};

} // namespace

std::span<const FindingWords> daneWords()
{
    return DaneWords;
}

} // namespace mailoscope
