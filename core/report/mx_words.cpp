// SPDX-License-Identifier: Apache-2.0
// What each finding about mail hosts says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array MxWords = {
    MAILOSCOPE_WORDS(
        "mx.cname", "The mail host {host} is an alias of {alias}",
        "The target of an MX record may not be an alias. Most senders follow it, some refuse it, "
        "and MTA-STS and DANE may look at the wrong name.",
        "Let the MX record name {alias} itself, or give {host} addresses of its own."),
    MAILOSCOPE_WORDS(
        "mx.duplicate", "{host} stands in {count} MX records",
        "Senders that fail at a host try it again under its other preference, so the copies only "
        "cost time.",
        "Keep one record for each host."),
    MAILOSCOPE_WORDS(
        "mx.gateway-bypass", "{host} takes mail beside the filter {filter}",
        "Senders of unwanted mail choose the mailbox provider's own host on purpose, because what "
        "arrives there was never filtered.",
        "Remove the record of {host}, and let the provider accept mail from the filter alone."),
    MAILOSCOPE_WORDS("mx.ip-literal", "An MX record names the address {host} instead of a host",
                     "The target of an MX record is a host name. Senders look for a name spelt like the "
                     "address, find none and cannot deliver.",
                     "Give the host a name with an address record, and let the MX record name it."),
    MAILOSCOPE_WORDS("mx.ipv6", "No mail host of {domain} has an IPv6 address",
                     "Senders that have IPv6 alone cannot deliver. They are few so far.",
                     "Nothing is wrong here. Add an AAAA record when the host is ready for IPv6, with a PTR "
                     "record for it."),
    MAILOSCOPE_WORDS(
        "mx.missing", "{domain} has no MX record; its address is used instead",
        "Senders then deliver to the domain's own address, which is often a web server. Some "
        "receivers take a domain without MX for one that does not use mail.",
        "Publish an MX record that names the mail host, or a null MX (0 .) if the domain takes no "
        "mail."),
    MAILOSCOPE_WORDS("mx.null.mixed", "A null MX stands beside {count} other MX records",
                     "A null MX says that the domain takes no mail, and it must stand alone. Beside others "
                     "nobody can tell which is meant; some senders refuse to deliver.",
                     "Remove the null MX if the domain takes mail, and all the others if it does not."),
    MAILOSCOPE_WORDS("mx.null.ok", "{domain} takes no mail: it has a null MX",
                     "Senders see at once that nothing can be delivered, and answer the author right away.",
                     "Nothing is wrong here. A domain that sends no mail either should also publish v=spf1 "
                     "-all and a DMARC policy of reject."),
    MAILOSCOPE_WORDS("mx.null.pref", "The null MX has the preference {preference}",
                     "A null MX has the preference 0. Some senders take another one for a broken record and "
                     "keep trying.",
                     "Publish the record as 0 with a single dot."),
    MAILOSCOPE_WORDS("mx.null.sends", "{domain} takes no mail, but its SPF record lets somebody send",
                     "Receivers may refuse mail from a domain to which no answer and no bounce can be "
                     "delivered.",
                     "Publish v=spf1 -all if the domain does not send, or an MX record if it does."),
    MAILOSCOPE_WORDS("mx.private", "{host} has no public address: {addresses} ({purpose})",
                     "Nobody on the Internet can reach such an address, so mail to this host is never "
                     "delivered.",
                     "Give {host} its public address, or remove the MX record."),
    MAILOSCOPE_WORDS("mx.same-ip", "{count} mail hosts share the address {address}",
                     "Several records look like a reserve, but when that one address fails they all fail.",
                     "Keep one record, or give the others hosts of their own."),
    MAILOSCOPE_WORDS(
        "mx.spof", "{host} is the only mail host, at one address",
        "While it is down nobody can deliver. Senders keep the mail and try again for some days, "
        "so that a short failure does no harm.",
        "Nothing is wrong here. A second host elsewhere helps where mail must not wait."),
    MAILOSCOPE_WORDS(
        "mx.unresolvable", "The mail host {host} cannot be reached: {reason}",
        "Senders cannot deliver to it. Where no other host is left, all mail to {domain} is lost. "
        "If the name can be registered, whoever does so receives the mail.",
        "Correct the name, give it an address record, or remove the MX record."),
    MAILOSCOPE_WORDS("mx.verification", "{host} was for a provider's check of ownership only",
                     "The host takes no mail. Senders that find the others busy may try it in vain.",
                     "Remove the record once the provider has seen it."),
    MAILOSCOPE_WORDS(
        "mx.wildcard", "Every name below {domain} takes mail by a wildcard MX record",
        "Names that do not exist can be used in addresses and look real to receivers. Names that "
        "exist are not covered, which surprises people.",
        "Publish MX records for the names that really take mail, and remove the wildcard."),
    MAILOSCOPE_WORDS("ptr.fcrdns", "The names of {address} ({names}) do not lead back to it",
                     "Receivers trust the name of a sending address only if that name has the address. Large "
                     "ones refuse mail from hosts where it does not.",
                     "Give one of the names an address record with {address}, or let the PTR record name the "
                     "host."),
    MAILOSCOPE_WORDS("ptr.generic", "{address} has a name like a customer's line: {names}",
                     "Receivers give less credit to mail from hosts that look like home connections.",
                     "Ask who runs the network to set the PTR record to the mail host's own name."),
    MAILOSCOPE_WORDS("ptr.missing", "{address} of {host} has no PTR record",
                     "Large receivers refuse mail from an address without a name. For a host that only takes "
                     "mail it matters less.",
                     "Ask who runs the network to set the PTR record of {address} to the mail host's name."),
    MAILOSCOPE_WORDS("smtp.banner", "The greeting of {host} can be better: {reason}",
                     "Names that do not fit together make tracing mail harder, and the version of a program "
                     "tells attackers which of its faults to try.",
                     "Let the greeting begin with the host's own name and leave the version out."),
    MAILOSCOPE_WORDS("smtp.cert.chain", "The certificate of {host} is from no authority known here: {issuer}",
                     "Either the authority is a private one, or the host does not send the certificates in "
                     "between. Senders that check certificates then refuse to deliver.",
                     "Let the host send its certificate and those in between, issued by a public authority."),
    MAILOSCOPE_WORDS("smtp.cert.expired", "The certificate of {host} expired on {until}",
                     "Senders that check certificates refuse to deliver. The others take it, but cannot know "
                     "whom they talk to.",
                     "Renew the certificate, and let the renewal run by itself."),
    MAILOSCOPE_WORDS("smtp.cert.expiring", "The certificate of {host} ends in {days} days, on {until}",
                     "From then on senders that check certificates refuse to deliver.",
                     "Renew the certificate, and see why it has not been renewed by itself."),
    MAILOSCOPE_WORDS("smtp.cert.host", "The certificate of {host} is made out to other names: {names}",
                     "Senders that check certificates look for the name of the MX record, and refuse to "
                     "deliver when it is missing.",
                     "Get a certificate with {host} among its alternative names, or let the MX record name a "
                     "host that the certificate has."),
    MAILOSCOPE_WORDS("smtp.cert.key", "The key of {host} is short: {type} with {bits} bits",
                     "Short keys can be broken with effort, and newer TLS libraries refuse them.",
                     "Make a new key of at least 2048 bits for RSA, or of the curve P-256."),
    MAILOSCOPE_WORDS("smtp.cert.not-yet-valid", "The certificate of {host} is not valid before {from}",
                     "Senders that check certificates refuse to deliver until then. Often a clock is wrong.",
                     "Check the clocks, and install a certificate that is valid now."),
    MAILOSCOPE_WORDS("smtp.cert.order", "The certificates of {host} are out of order at place {position}",
                     "Each certificate must certify the one before it. Older senders cannot sort them and "
                     "find no way to an authority.",
                     "Send the host's own certificate first, then its issuer's, and so on, and leave out "
                     "what does not belong: {stray}."),
    MAILOSCOPE_WORDS("smtp.cert.selfsigned", "The certificate of {host} signed itself",
                     "Nobody vouches for it. Senders that check certificates refuse to deliver, unless DANE "
                     "names this very certificate.",
                     "Get a certificate from a public authority, which costs nothing today."),
    MAILOSCOPE_WORDS("smtp.cert.sha1", "A certificate of {host} is signed with {algorithm}",
                     "Signatures of that kind can be forged, and newer TLS libraries refuse them: {subject}.",
                     "Get a new certificate; authorities sign with SHA-256 now."),
    MAILOSCOPE_WORDS("smtp.cipher.weak", "{host} chose the weak cipher {cipher}",
                     "Mail encrypted with it can be read by who records it with effort.",
                     "Switch off ciphers with RC4, 3DES, export strength or without authentication."),
    MAILOSCOPE_WORDS("smtp.greeting-delay", "{host} took {seconds} seconds to greet",
                     "The standard lets senders wait five minutes, but some give up sooner. A wait can be "
                     "meant to tire out senders of unwanted mail.",
                     "Look for slow checks of the client, such as DNS lists that do not answer."),
    MAILOSCOPE_WORDS("smtp.requiretls", "{host} offers REQUIRETLS",
                     "Senders can ask that a message is never passed on without checked encryption.",
                     "Nothing is wrong here."),
    MAILOSCOPE_WORDS("smtp.starttls.broken", "{host} offers STARTTLS, but it fails: {detail}",
                     "Some senders then deliver without encryption and others not at all.",
                     "Check the certificate, the key and the TLS settings of the host."),
    MAILOSCOPE_WORDS("smtp.starttls.missing", "{host} does not offer STARTTLS",
                     "All mail to it crosses the Internet in clear, where everyone on the way can read and "
                     "change it.",
                     "Install a certificate and switch STARTTLS on."),
    MAILOSCOPE_WORDS("smtp.tls.no13", "{host} speaks TLS 1.2, but not TLS 1.3",
                     "TLS 1.2 is safe with the right settings. TLS 1.3 is safe with any, and quicker.",
                     "Nothing is wrong here. Update the TLS library when the host is next maintained."),
    MAILOSCOPE_WORDS(
        "smtp.tls.old", "{host} speaks nothing better than {version}",
        "That version was given up for its faults. Newer senders refuse it and deliver in clear, "
        "or not at all.",
        "Switch on TLS 1.2 and TLS 1.3, and switch the older versions off."),
    MAILOSCOPE_WORDS("smtp.unreachable", "Encryption was not tested: no session with {hosts} ({outcome})",
                     "Many networks let nobody but their own mail servers connect to port 25, and many hosts "
                     "refuse home connections. This says nothing about the hosts.",
                     "Inspect again from a network that may connect to port 25, such as the mail server's."),
};

} // namespace

std::span<const FindingWords> mxWords()
{
    return MxWords;
}

} // namespace mailoscope
