// SPDX-License-Identifier: Apache-2.0
// What each SPF finding says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array SpfWords = {
    MAILOSCOPE_WORDS(
        "dns.nxdomain", "{domain} does not exist in DNS",
        "The name server says that there is no such name, neither with mail records nor with any other. "
        "Receivers "
        "treat mail from it as mail from a domain without SPF.",
        "Check the spelling. If the domain is meant to exist, check its registration and its delegation."),
    MAILOSCOPE_WORDS(
        "spf.a.void", "{term} finds no address: {target} has none",
        "The look-up counts to the limit of 10 and to the limit of 2 void look-ups, and it authorises "
        "nobody. The "
        "third void look-up in one check is a permanent error.",
        "Remove the term, or give {target} an address record if it is meant to send."),
    MAILOSCOPE_WORDS(
        "spf.all.hard", "The record ends in -all: a plain fail for everyone else",
        "Some receivers reject at a plain fail before they look at DKIM. Forwarded mail then is lost "
        "although DKIM "
        "would have saved it, and no DMARC report tells of it.",
        "Nothing is wrong here. Where DMARC enforces a policy and mail is signed with DKIM, ~all is the "
        "gentler choice."),
    MAILOSCOPE_WORDS(
        "spf.all.missing", "The record of {domain} has neither all nor redirect",
        "Whoever is not listed gets neutral, as if there were no record: receivers may accept forged mail.",
        "End the record with ~all, or with -all where every sender is listed."),
    MAILOSCOPE_WORDS(
        "spf.all.multiple", "{count} all terms in one record",
        "The first one ends the evaluation; the others are never reached, though they may say something "
        "else.",
        "Keep the one that is meant and remove the others."),
    MAILOSCOPE_WORDS("spf.all.neutral", "The record ends in ?all: it says nothing about everyone else",
                     "Receivers treat neutral like no record at all, so forged mail is not held back by SPF.",
                     "Use ~all, or -all where every sender is listed."),
    MAILOSCOPE_WORDS(
        "spf.all.not-last", "Terms after all are never evaluated: {count}, the first is {term}",
        "The evaluation ends at all. What stands behind it authorises nobody, though its owner may think "
        "it does.",
        "Move the terms before all, or remove them."),
    MAILOSCOPE_WORDS(
        "spf.all.pass", "The record authorises the whole Internet: {term}",
        "Every host passes SPF for this domain, so everybody can forge it, and DMARC will take the forgery "
        "as aligned.",
        "Replace {term} by ~all or -all after listing the real senders."),
    MAILOSCOPE_WORDS(
        "spf.all.soft", "The record ends in ~all: softfail for everyone else",
        "Softfail is a hint, not a refusal. With a DMARC policy of quarantine or reject it is the usual "
        "advice; "
        "without one, forged mail is mostly delivered.",
        "Keep ~all if DMARC enforces a policy. Otherwise bring DMARC to quarantine or reject first."),
    MAILOSCOPE_WORDS(
        "spf.cidr.dual-misuse", "The prefix length {part} is not valid in {term}",
        "A fault anywhere makes the whole record a permanent error: nobody passes SPF.",
        "Write /0 to /32 for IPv4 without leading zeros; a, mx and ip6 take /0 to /128, with two slashes "
        "for a and mx."),
    MAILOSCOPE_WORDS("spf.cidr.host-bits", "{term} has host bits set; receivers read it as {network}",
                     "The record authorises the whole network, which may be more than its owner meant.",
                     "Write {network}, or the single address without a length."),
    MAILOSCOPE_WORDS(
        "spf.exp.bad", "The explanation that exp= points to cannot be used",
        "Receivers ignore a faulty explanation, so rejected senders never see it.",
        "Publish exactly one TXT record in plain ASCII with correct macros at the target, or remove exp=."),
    MAILOSCOPE_WORDS(
        "spf.exp.multiple", "exp= stands more than once: {term}",
        "A modifier that may stand once makes the whole record a permanent error when it is repeated.",
        "Keep one exp= and remove the others."),
    MAILOSCOPE_WORDS(
        "spf.helo.missing", "The mail host {host} has no SPF record of its own",
        "Receivers may check the name a host greets with, and bounces have no other name to check. Without "
        "a record "
        "that name can be forged.",
        "Publish v=spf1 a -all at {host}."),
    MAILOSCOPE_WORDS(
        "spf.include.all-lenient", "The included record of {target} ends in an all that is not a refusal",
        "Inside an include only a pass matches. +all there authorises the whole Internet in your name; "
        "?all there "
        "does nothing.",
        "Ask the owner of {target} to mend the record, and remove the include until then if it says +all."),
    MAILOSCOPE_WORDS(
        "spf.include.cname", "{target} is an alias of {alias}, another organisation's name",
        "The owner of {alias} decides who may send in your name, without a word in your record.",
        "Make sure that the alias is meant, and include the provider's own name where it offers one."),
    MAILOSCOPE_WORDS("spf.include.depth", "The include chain is {depth} levels deep",
                     "Deep chains are slow to evaluate and hard to keep in order; each level costs look-ups.",
                     "Include the deeper records directly, or list their addresses."),
    MAILOSCOPE_WORDS(
        "spf.include.duplicate", "{target} is met {count} times and counts each time",
        "Receivers count a target again wherever they meet it; caching earns no credit. Together the "
        "visits cost "
        "{lookups} look-ups.",
        "Keep one of them and remove the others."),
    MAILOSCOPE_WORDS(
        "spf.include.norecord", "{term} points to a name without an SPF record",
        "Including a name that has no SPF record is a permanent error for every sender who is not matched "
        "before it.",
        "Remove the term, or correct the name: the provider's documentation tells the one to use."),
    MAILOSCOPE_WORDS(
        "spf.include.nxdomain", "{term} points to a name that does not exist",
        "Including a name that does not exist is a permanent error for every sender who is not matched "
        "before it. "
        "If the name can be registered, whoever does so may send in your name.",
        "Remove the term, or correct the name."),
    MAILOSCOPE_WORDS(
        "spf.include.permerror", "The record that {term} points to is broken",
        "A permanent error in an included record is a permanent error of your own for every sender who is "
        "not matched "
        "before it.",
        "Tell the owner of {target}, and remove the term until it is mended."),
    MAILOSCOPE_WORDS("spf.include.self", "{domain} includes itself: {term}",
                     "The evaluation goes round until the limit of 10 look-ups ends it in a permanent error.",
                     "Remove the term."),
    MAILOSCOPE_WORDS(
        "spf.include.temperror", "{target} could not be looked up: {outcome}",
        "What this branch authorises is not known. Receivers with the same trouble answer with a temporary "
        "error and "
        "ask the sender to try later.",
        "Inspect again. If it stays, ask the owner of {target} to look after the name servers."),
    MAILOSCOPE_WORDS("spf.ip.overlap", "{term} is covered by earlier terms and never decides anything",
                     "It makes the record longer and harder to read without authorising anybody.",
                     "Remove the term."),
    MAILOSCOPE_WORDS(
        "spf.ip.private", "{term} authorises addresses for {purpose}: {block}",
        "Such addresses ({reference}) never reach a receiver on the Internet, so the term authorises "
        "nobody there; "
        "inside a provider's network it may authorise strangers.",
        "Remove the term, or use the public address that the mail leaves from."),
    MAILOSCOPE_WORDS(
        "spf.ip.total", "{count} IPv4 addresses may send in your name",
        "Every host at one of them passes SPF, whoever rents it. The most come from {branches}.",
        "Remove the terms that no sender of yours needs any more, and narrow wide networks to the hosts that "
        "send. What a provider authorises, only the provider can narrow."),
    MAILOSCOPE_WORDS(
        "spf.ip.wide4", "{term} authorises a very wide network: {network}",
        "So many addresses belong to many customers. Each of them can send mail that passes SPF for this "
        "domain.",
        "List the hosts or the small networks that really send."),
    MAILOSCOPE_WORDS(
        "spf.ip.wide6", "{term} authorises a very wide network: {network}",
        "So wide a network is a whole provider's. Each of its customers can send mail that passes SPF for "
        "this domain.",
        "List the hosts or the small networks that really send."),
    MAILOSCOPE_WORDS(
        "spf.ip4.invalid", "{part} is not an IPv4 address, in {term}",
        "A fault anywhere makes the whole record a permanent error: nobody passes SPF.",
        "Write four numbers of 0 to 255 with dots between and without leading zeros; use ip6: for IPv6, a: "
        "for a name."),
    MAILOSCOPE_WORDS("spf.ip6.invalid", "{part} is not an IPv6 address, in {term}",
                     "A fault anywhere makes the whole record a permanent error: nobody passes SPF.",
                     "Write the address without brackets or zone; use ip4: for IPv4, a: for a name."),
    MAILOSCOPE_WORDS(
        "spf.lookups.near", "SPF uses {count} of {limit} look-ups",
        "One more include, or one that a provider adds on its own side, and receivers answer with a "
        "permanent error.",
        "Remove providers that are no longer used before you add another."),
    MAILOSCOPE_WORDS(
        "spf.lookups.over", "SPF needs {count} look-ups; receivers stop at {limit}",
        "Senders who are not matched within the first {limit} get a permanent error instead of a pass. "
        "Mail of the "
        "providers behind that point fails SPF.",
        "Remove unused includes, replace a and mx by addresses, or move a provider to a subdomain of its "
        "own."),
    MAILOSCOPE_WORDS(
        "spf.lookups.path", "Strangers get a permanent error where the record means to refuse them",
        "Everyone who is authorised is matched within the limit, but a sender whom nothing matches passes "
        "{limit} "
        "look-ups first. Some receivers then accept what the record would have refused.",
        "Bring the whole tree to {limit} look-ups or fewer."),
    MAILOSCOPE_WORDS("spf.loop", "{term} leads back to a record that is already being evaluated: {target}",
                     "The evaluation goes round until the limit of 10 look-ups ends it in a permanent error.",
                     "Break the circle by removing one of its includes."),
    MAILOSCOPE_WORDS(
        "spf.macro-hosted", "The record leaves everything to a vendor by macros: {term}",
        "Who is authorised depends on each message, so no list of addresses can be drawn up from outside. "
        "Nothing is "
        "wrong with that.",
        "Try it with a sample sender and address."),
    MAILOSCOPE_WORDS("spf.macro.exp-letters", "{part} may only stand in an explanation, not in {term}",
                     "The macros c, r and t elsewhere make the whole record a permanent error.",
                     "Use another macro, or remove the term."),
    MAILOSCOPE_WORDS(
        "spf.macro.injection", "The sender can choose the zone that {term} asks",
        "The name ends in text that the sender of a message chooses freely, so a forger can point it at a "
        "zone of "
        "their own and pass.",
        "Put a fixed domain of yours behind the macro."),
    MAILOSCOPE_WORDS(
        "spf.macro.localpart", "{term} asks DNS about the sender's local part",
        "Each sender address becomes a DNS query: others can see who writes, and answers cannot be cached.",
        "Use it only where it is really needed, such as for a vendor that requires it."),
    MAILOSCOPE_WORDS("spf.macro.p", "{term} uses the macro p, which the standard asks not to be used",
                     "It costs look-ups of the client's reverse names, is slow, and counts to the limit.",
                     "Use another macro, or list the hosts."),
    MAILOSCOPE_WORDS(
        "spf.macro.syntax", "{part} is not a macro, in {term}",
        "A fault anywhere makes the whole record a permanent error: nobody passes SPF.",
        "Write a macro as %{letter}, with digits and r inside the braces, and a percent sign itself as %%."),
    MAILOSCOPE_WORDS(
        "spf.modifier.unknown", "Receivers ignore {term}: there is no modifier named {name}",
        "An unknown name=value is no error, so a typing mistake stays unseen: what it was meant to do is "
        "not done.",
        "If a mechanism was meant, write a colon instead of the equals sign. Otherwise remove it."),
    MAILOSCOPE_WORDS(
        "spf.multiple", "{count} SPF records at one name",
        "Receivers must not choose: more than one record is a permanent error, even if they are the same.",
        "Merge them into one record and remove the others."),
    MAILOSCOPE_WORDS("spf.mx.toomany", "{term} names {count} mail hosts; more than 10 are a permanent error",
                     "Receivers look up ten hosts of an mx term at most and then give up.",
                     "List the addresses of the hosts that send with ip4 and ip6 instead."),
    MAILOSCOPE_WORDS(
        "spf.mx.void", "{term} finds no mail host: {target} has no MX record",
        "The look-up counts to the limit of 10 and to the limit of 2 void look-ups, and it authorises "
        "nobody. There is "
        "no fall-back to the address here.",
        "Remove the term, or use a: if the host itself sends."),
    MAILOSCOPE_WORDS(
        "spf.parked.not-null", "{domain} takes no mail, but its SPF does not say plainly that it sends none",
        "A domain that is not used for mail is a favourite for forgers. Only v=spf1 -all tells receivers "
        "that "
        "everything in its name is forged.",
        "Publish v=spf1 -all, together with a DMARC policy of reject and a null MX."),
    MAILOSCOPE_WORDS(
        "spf.ptr.used", "{term} is used, which the standard asks not to be used",
        "It is slow and unreliable, burdens the name servers for reverse names, and some receivers skip it.",
        "List the hosts with ip4, ip6 or a instead."),
    MAILOSCOPE_WORDS(
        "spf.qualifier.odd", "{term} gives {result} to what it matches",
        "A qualifier other than + before a mechanism is rarely meant: whoever is matched gets {result}, "
        "and later "
        "terms are not tried for them.",
        "Make sure that it is meant. To authorise, write the mechanism without a qualifier."),
    MAILOSCOPE_WORDS(
        "spf.redirect.macro", "The target of {term} depends on the message",
        "It cannot be followed without a sender, so the totals are those of the part that can be seen.",
        "Try it with a sample sender."),
    MAILOSCOPE_WORDS(
        "spf.redirect.multiple", "redirect= stands more than once: {term}",
        "A modifier that may stand once makes the whole record a permanent error when it is repeated.",
        "Keep one redirect=, or use include: for the others."),
    MAILOSCOPE_WORDS("spf.redirect.norecord", "{term} points to a name without an SPF record",
                     "A redirect to a name that does not exist or has no SPF record is a permanent error.",
                     "Correct the name, or end the record with ~all or -all instead."),
    MAILOSCOPE_WORDS(
        "spf.redirect.with-all", "{term} stands beside all and is never used",
        "all, wherever it stands, makes receivers ignore redirect. What it points to authorises nobody.",
        "Remove redirect=, or remove all if the redirect is meant."),
    MAILOSCOPE_WORDS(
        "spf.rfc6652.odd", "{term} will not bring any failure report",
        "Failure reports need ra= with the local part of an address; rp= is a percentage from 0 to 100, "
        "rr= a list of "
        "all, e, f, s and n.",
        "Complete the modifiers, or remove them: DMARC reports have taken their place."),
    MAILOSCOPE_WORDS(
        "spf.rr99", "A record of the abandoned type 99 (SPF) is published",
        "No receiver asks for it any more. It is dead weight and may say something else than the TXT record.",
        "Remove it."),
    MAILOSCOPE_WORDS(
        "spf.size.450", "The TXT data at this name take {octets} octets, over the advised 450",
        "Larger answers may not fit a plain UDP packet; some old receivers and firewalls then see no record.",
        "Remove TXT records that are no longer needed, or move parts of the SPF record to an included name."),
    MAILOSCOPE_WORDS(
        "spf.size.512", "The whole TXT answer takes about {octets} octets, over 512",
        "It does not fit a plain UDP packet. Receivers need EDNS or TCP, which some old firewalls block.",
        "Remove TXT records that are no longer needed, or move parts of the SPF record to an included name."),
    MAILOSCOPE_WORDS("spf.missing", "{domain} takes mail but has no SPF record",
                     "Receivers cannot tell who may send in its name, and DMARC can rely on DKIM alone.",
                     "Publish an SPF record that lists the senders and ends in ~all."),
    MAILOSCOPE_WORDS("spf.syntax", "{part} is not valid in {term}",
                     "A fault anywhere makes the whole record a permanent error: nobody passes SPF.",
                     "Correct the term at position {position}, or remove it."),
    MAILOSCOPE_WORDS(
        "spf.syntax.joined-strings", "A blank is missing where two strings of the record join: {term}",
        "Receivers join the strings of a TXT record with nothing in between, so two terms become one.",
        "Put a blank at the end of the first string or at the beginning of the second, before {second}."),
    MAILOSCOPE_WORDS(
        "spf.syntax.nonascii", "{part} is not plain ASCII, in {term}",
        "Curly quotes, no-break blanks and the like come with copied text. One such octet makes the whole "
        "record a "
        "permanent error.",
        "Type the term again at position {position}."),
    MAILOSCOPE_WORDS(
        "spf.syntax.string-length", "A string of the record has {octets} octets; 255 is the most",
        "A name server cannot carry it as one string; what it serves instead depends on the software.",
        "Divide the record into several strings of up to 255 octets, keeping the blank between terms."),
    MAILOSCOPE_WORDS("spf.syntax.unknown-mechanism", "There is no mechanism named {part}",
                     "An unknown mechanism makes the whole record a permanent error: nobody passes SPF.",
                     "Correct the name: all, include, a, mx, ip4, ip6 and exists are those to use."),
    MAILOSCOPE_WORDS(
        "spf.temperror", "The SPF record could not be looked up: {outcome}",
        "Nothing can be said about SPF. That is not the same as having no record.",
        "Inspect again, or ask another resolver. If it stays, look after the domain's name servers."),
    MAILOSCOPE_WORDS("spf.version.glued", "A TXT record begins with v=spf1 but no blank follows: {record}",
                     "Receivers do not take it for an SPF record at all.", "Put a blank behind v=spf1."),
    MAILOSCOPE_WORDS("spf.version.space-before", "Something stands before v=spf1 in a TXT record: {record}",
                     "Receivers do not take it for an SPF record: v=spf1 must be the very first characters.",
                     "Remove the blanks or quotes in front."),
    MAILOSCOPE_WORDS("spf.version.spf2", "A Sender ID record is still published: {record}",
                     "Sender ID is historic; no receiver uses it.", "Remove it."),
    MAILOSCOPE_WORDS(
        "spf.void.over", "{count} look-ups find nothing; receivers stop at the third",
        "More than {limit} void look-ups are a permanent error for clients of this address family "
        "({family}).",
        "Remove the terms whose names have no records."),
    MAILOSCOPE_WORDS(
        "spf.wildcard", "A wildcard gives every name below this domain an SPF record",
        "It answers for names nobody thought of, and does not answer for names that exist with other "
        "records.",
        "Publish SPF at the names that need it instead."),
};

} // namespace

std::span<const FindingWords> spfWords()
{
    return SpfWords;
}

} // namespace mailoscope
