// SPDX-License-Identifier: Apache-2.0
// What each MTA-STS finding says to people. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array MtaStsWords = {
    MAILOSCOPE_WORDS(
        "sts.cname.txt", "The MTA-STS record of {domain} is delegated to {target}",
        "The name {name} is an alias. Whoever runs {target} decides when senders fetch the policy again.",
        "Nothing is wrong here as long as {target} is run by somebody you trust."),
    MAILOSCOPE_WORDS("sts.host.dangling", "{host} points to {target}, which does not exist",
                     "The policy cannot be fetched. If somebody else can claim the name {target}, they can "
                     "publish a policy for your "
                     "domain, and with it decide which hosts may take your mail.",
                     "Remove the alias, or point it to a web server that you control."),
    MAILOSCOPE_WORDS("sts.host.missing", "The policy host {host} has no address",
                     "Senders fetch the policy from that host and no other. Those without an older policy "
                     "send as if there were no "
                     "MTA-STS.",
                     "Give {host} an address and a web server that has the policy, or remove the record."),
    MAILOSCOPE_WORDS("sts.https.cert", "The certificate of {host} is not acceptable: {faults}",
                     "Senders must not use a policy that comes with such a certificate. Those without an "
                     "older policy send as if there "
                     "were no MTA-STS.",
                     "Install a certificate for {host} from an authority that mail servers know. It must "
                     "name {host} as a subject "
                     "alternative name, also where the host is an alias to a provider."),
    MAILOSCOPE_WORDS("sts.https.cert-expiring", "The certificate of {host} ends in {days} days",
                     "From {end} on the policy cannot be fetched any more. Certificates that are renewed by "
                     "themselves are mostly "
                     "renewed earlier than this.",
                     "Renew the certificate, and find out why it was not renewed by itself."),
    MAILOSCOPE_WORDS("sts.https.private", "{host} points to {address}, which is not on the public Internet",
                     "Senders cannot fetch the policy from there. No connection was made, because such an "
                     "address may lead into the "
                     "network of whoever inspects.",
                     "Give {host} the public address of its web server."),
    MAILOSCOPE_WORDS("sts.https.redirect", "{host} answers with a redirect ({status}) to {location}",
                     "Senders must not follow redirects when they fetch a policy, so they find none.",
                     "Let the web server answer {url} itself, with status 200 and the policy."),
    MAILOSCOPE_WORDS("sts.https.size", "The policy of {domain} has {octets} octets",
                     "Senders are free to read no more than 64 KB, and then have no policy. Ordinary "
                     "policies have some hundred octets.",
                     "Shorten the policy. If the page is no policy at all, correct the web server."),
    MAILOSCOPE_WORDS(
        "sts.https.status", "{host} answers with status {status} in place of the policy",
        "Only status 200 gives a policy. Senders without an older policy send as if there were no MTA-STS.",
        "Put the policy at {url}."),
    MAILOSCOPE_WORDS("sts.https.timeout", "{host} did not give the policy in time",
                     "The policy could not be looked at. It may be that the web server is slow or that the "
                     "way to it is blocked from "
                     "here; senders give up as well after a while.",
                     "Try again. If it happens again from other places, look after the web server."),
    MAILOSCOPE_WORDS(
        "sts.https.type", "The policy of {domain} has the media type {type}",
        "Senders may check that the type is text/plain, and refuse the policy where it is something else.",
        "Let the web server send the policy as text/plain."),
    MAILOSCOPE_WORDS("sts.https.unreachable", "The policy cannot be fetched from {host}: {detail}",
                     "Senders without an older policy send as if there were no MTA-STS.",
                     "Let a web server on {host} answer {url} over TLS 1.2 or later."),
    MAILOSCOPE_WORDS(
        "sts.maxage.big", "The max_age of {seconds} seconds is over the limit of 31557600",
        "A policy with such a value is not valid. Some senders refuse it, others take the limit.",
        "Write 31557600 or less."),
    MAILOSCOPE_WORDS("sts.maxage.short", "Senders keep the policy for {seconds} seconds only",
                     "What protects against an attacker in the network is the policy that a sender has kept. "
                     "Where mail comes less often "
                     "than the policy lasts, there is no protection.",
                     "Write a max_age of several weeks, such as 2419200, once all is in order."),
    MAILOSCOPE_WORDS("sts.missing", "{domain} has no MTA-STS policy",
                     "Senders encrypt mail to it where they can, but an attacker in the network can strip "
                     "the encryption or lead the "
                     "mail to another host, and nobody notices.",
                     "Publish a policy in mode testing together with TLS reporting, and go to enforce when "
                     "the reports are clean."),
    MAILOSCOPE_WORDS("sts.mode.none", "The policy of {domain} is switched off",
                     "Mode none tells senders to act as if there were no policy. It is the proper way out of "
                     "MTA-STS, and protects "
                     "nothing.",
                     "Keep record and policy until all older policies have run out, then remove both. If the "
                     "policy is to protect, "
                     "write testing or enforce."),
    MAILOSCOPE_WORDS(
        "sts.mode.testing", "The policy of {domain} is only being tested",
        "Senders report what fails, and deliver all the same: nothing is protected yet.",
        "When the reports have been clean for some weeks, write mode: enforce and a new id in the record."),
    MAILOSCOPE_WORDS("sts.mx.cert", "The mail host {host} does not meet the policy: {faults}",
                     "Senders that follow the policy in mode enforce do not deliver to a host without a "
                     "certificate that is valid for its "
                     "name.",
                     "Install a certificate for {host} from an authority that mail servers know."),
    MAILOSCOPE_WORDS(
        "sts.mx.extra", "The policy names hosts that are no mail hosts of {domain}: {patterns}",
        "Nothing breaks. But whoever runs such a host could take the mail, if an attacker leads it there.",
        "Remove the lines, unless the hosts are about to become mail hosts."),
    MAILOSCOPE_WORDS("sts.mx.uncovered", "The policy does not allow mail hosts of {domain}: {hosts}",
                     "In mode enforce senders do not deliver to these hosts, and mail is late or lost when "
                     "no other host is left. In mode "
                     "testing each delivery is reported as a failure.",
                     "Add an mx line for each, then change the id in the record."),
    MAILOSCOPE_WORDS(
        "sts.mx.wide", "The pattern {pattern} allows hosts of strangers",
        "Anybody can have a name below this suffix, and with it a valid certificate. The policy then "
        "protects from nobody.",
        "Name the mail hosts themselves, or a wildcard below your own or your provider's domain."),
    MAILOSCOPE_WORDS("sts.policy.no-record", "{host} has a policy, but there is no record at {name}",
                     "Senders ask for the policy only where the record tells them of it, so nobody uses it.",
                     "Publish a TXT record at {name}: v=STSv1; id= and up to 32 letters and digits."),
    MAILOSCOPE_WORDS("sts.policy.syntax", "The policy of {domain} has a fault: {fault}",
                     "{place} is concerned. Keys and values are read as they are written: letter case "
                     "counts, and the colon stands "
                     "directly behind the key. A policy that cannot be read counts for nothing.",
                     "Correct the file at {url}, then change the id in the record."),
    MAILOSCOPE_WORDS("sts.record.multiple", "There are {count} MTA-STS records at {name}",
                     "With more than one record senders act as if there were none.", "Keep one record."),
    MAILOSCOPE_WORDS(
        "sts.record.no-policy", "The record at {name} announces a policy that is not there",
        "Senders that see the record look for the policy in vain, and send as if there were no MTA-STS.",
        "Publish the policy, or remove the record."),
    MAILOSCOPE_WORDS("sts.record.syntax", "The MTA-STS record at {name} has a fault: {fault}",
                     "Names and values are read as they are written: letter case counts, and no blanks may "
                     "stand beside an equals sign. "
                     "A record that cannot be read counts for nothing.",
                     "Correct the record. The whole of it is v=STSv1; id= and up to 32 letters and digits."),
    MAILOSCOPE_WORDS(
        "sts.sub", "{domain} has no MTA-STS policy of its own",
        "The policy of {parent} does not hold for names below it: mail to {domain} is not protected.",
        "Publish a record and a policy for {domain} too. The policy may name the same hosts."),
    MAILOSCOPE_WORDS(
        "sts.tlsrpt.missing", "{domain} has an MTA-STS policy and gets no reports",
        "Without TLS reporting nobody tells you that the policy keeps mail back, or that somebody strips the "
        "encryption.",
        "Publish a TXT record at _smtp._tls.{domain}: v=TLSRPTv1; rua=mailto: and an address that you read."),
};

} // namespace

std::span<const FindingWords> mtaStsWords()
{
    return MtaStsWords;
}

} // namespace mailoscope
