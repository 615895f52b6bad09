// SPDX-License-Identifier: Apache-2.0
// What each DMARC finding says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array DmarcWords = {
    MAILOSCOPE_WORDS("dmarc.align.none-possible", "Mail of {domain} has nothing that DMARC could align with",
                     "DMARC passes only with an SPF pass or a DKIM signature of the domain's own. No DKIM "
                     "key was found at the selectors that were tried, and SPF authorises nobody under the "
                     "domain's name, so genuine mail fails as forged mail does.",
                     "Sign with DKIM under {domain}, or let the senders use a bounce address of the domain "
                     "with SPF that lists them."),
    MAILOSCOPE_WORDS("dmarc.align.strict-risk", "{tag}=s is strict, but mail is seen with {seen}",
                     "Strict alignment wants the very name that stands in From. Mail that is authenticated "
                     "as {seen} does not count.",
                     "Use relaxed alignment, or let these senders use {domain} itself."),
    MAILOSCOPE_WORDS("dmarc.cname-and-txt", "{name} is an alias and has a TXT record as well",
                     "A name with a CNAME record must have nothing else. Resolvers differ in which of the "
                     "two they see, so receivers differ in the policy.",
                     "Keep one of the two: the alias, or the record."),
    MAILOSCOPE_WORDS("dmarc.cname.dangling", "{name} is an alias of {target}, which does not exist",
                     "Receivers find no DMARC record there. Whoever comes to own the target decides what "
                     "your policy is and gets your reports.",
                     "Remove the alias or correct its target, and publish the record."),
    MAILOSCOPE_WORDS("dmarc.cname.external", "{name} is an alias of {target}, another organisation's name",
                     "The owner of the target decides what receivers do with mail in your name, without a "
                     "word in your zone.",
                     "Make sure that this is meant and that the contract still runs."),
    MAILOSCOPE_WORDS(
        "dmarc.dnssec", "The DMARC record is not in a signed zone",
        "An answer that is not signed can be forged on its way to a receiver, and the policy with it.",
        "Sign the zone with DNSSEC if your DNS host offers it."),
    MAILOSCOPE_WORDS("dmarc.fo.invalid", "{part} is no list of failure options",
                     "fo takes 0 or 1, d and s, with colons between, each once. Receivers fall back to 0.",
                     "Write fo=1, or remove the tag."),
    MAILOSCOPE_WORDS(
        "dmarc.fo.no-ruf", "{part} has no effect without ruf",
        "fo says when failure reports are to be sent; without an address for them it is ignored.",
        "Remove fo, or add ruf if failure reports are wanted."),
    MAILOSCOPE_WORDS("dmarc.leading-space", "Something stands before v=DMARC1 at {name}: {record}",
                     "The version must be the very first characters, so receivers do not take the text for a "
                     "DMARC record.",
                     "Remove the blanks or quotes in front."),
    MAILOSCOPE_WORDS("dmarc.missing", "No DMARC record applies to {domain}",
                     "There is none at the name itself nor at any name above it that receivers ask. Nobody "
                     "tells them what to do with mail that forges the domain in From, and nobody reports it.",
                     "Publish v=DMARC1; p=none with an address for reports, learn who sends in the domain's "
                     "name, and then go on to quarantine and reject."),
    MAILOSCOPE_WORDS("dmarc.multiple", "{count} DMARC records at {name}",
                     "Receivers must not choose: more than one record counts as none at this name. Some then "
                     "look at the names above, older ones stop and apply nothing.",
                     "Keep one record and remove the others."),
    MAILOSCOPE_WORDS("dmarc.nosend.weak",
                     "{domain} sends no mail, but DMARC does not say reject: {effective}",
                     "A domain that is not used for mail loses nothing by the strictest policy, and is a "
                     "favourite of forgers without it.",
                     "Publish v=DMARC1; p=reject; sp=reject; np=reject."),
    MAILOSCOPE_WORDS(
        "dmarc.np.weaker",
        "Names that do not exist below {owner} get {below}, while the domain itself has {policy}",
        "Forgers may invent names such as invoice.{owner}. Nobody sends genuine mail from a name that does "
        "not exist, so the strictest policy costs nothing there.",
        "Add np=reject."),
    MAILOSCOPE_WORDS("dmarc.p.invalid", "{part} is no policy, in the tag {tag}",
                     "An unreadable p, sp or np spoils the whole record: with an address for reports "
                     "receivers act as if it said p=none, without one as if there were no record.",
                     "Write none, quarantine or reject."),
    MAILOSCOPE_WORDS("dmarc.p.missing", "The record names no policy: {record}",
                     "Without p receivers act as if it said none, provided that rua holds a valid address; "
                     "otherwise the record does nothing at all.",
                     "Add p=none, p=quarantine or p=reject behind the version."),
    MAILOSCOPE_WORDS("dmarc.p.none", "The policy is none: forged mail is delivered",
                     "p=none asks for reports and nothing else. It is the right beginning, for a month or "
                     "so, and no protection.",
                     "Read the reports, mend the senders that fail, then go to p=quarantine."),
    MAILOSCOPE_WORDS("dmarc.p.not-second", "p is not the second tag",
                     "That is fine today. Receivers that follow the older RFC 7489 to the letter want p "
                     "right behind the version.",
                     "Move p behind v=DMARC1 when you edit the record."),
    MAILOSCOPE_WORDS("dmarc.p.quarantine", "The policy is quarantine: forged mail goes to the spam folder",
                     "Mail is held back, though some users will read it there. For domains whose people "
                     "write to mailing lists this can be the right end.",
                     "If no genuine mail fails any more and nobody depends on mailing lists, go to reject."),
    MAILOSCOPE_WORDS("dmarc.pct.0", "pct=0 lets older receivers apply nothing",
                     "RFC 9989 gave pct up, so newer receivers apply the whole policy. Older ones leave all "
                     "failing mail alone.",
                     "Remove pct. To ask for a milder treatment while testing, use t=y."),
    MAILOSCOPE_WORDS("dmarc.pct.obsolete", "{part} is obsolete",
                     "RFC 9989 gave pct up: newer receivers ignore it, older ones still apply the policy to "
                     "that share of failing mail only.",
                     "Remove pct, so that all receivers do the same."),
    MAILOSCOPE_WORDS("dmarc.psd.misuse", "{part} changes which names belong together at {owner}",
                     "psd=y is for registries: it makes every name below an organisation of its own. psd=n "
                     "cuts the name off from the one above: it no longer inherits its policy, and neither "
                     "one's mail aligns with the other's.",
                     "Remove psd, unless this is exactly what is meant."),
    MAILOSCOPE_WORDS("dmarc.rf-ri.obsolete", "{part} is obsolete", "RFC 9989 gave the tag up; it is ignored.",
                     "Remove it."),
    MAILOSCOPE_WORDS(
        "dmarc.rfc7489.differs", "Older receivers come to another policy than newer ones",
        "Those that follow RFC 7489 apply to the name, and to the names below it: {old}, and {old_below}. "
        "Those that follow RFC 9989: {new}, and {new_below}; to names that do not exist: {new_nonexistent}.",
        "Publish records that read the same for both: explicit ones at the domain and at each name that "
        "sends, with p and sp, and without pct."),
    MAILOSCOPE_WORDS(
        "dmarc.rua.auth-malformed",
        "{host} has a record that should accept the reports but does not: {record}",
        "The text at {question} must begin with v=DMARC1. As it is, receivers send no reports to {uri}.",
        "Ask the owner of {host} to publish v=DMARC1 there."),
    MAILOSCOPE_WORDS("dmarc.rua.count", "{count} addresses for aggregate reports",
                     "Receivers had to support two and no more; some ignore the rest.",
                     "Keep the two that matter first in the list."),
    MAILOSCOPE_WORDS("dmarc.rua.duplicate", "{part} stands twice in {tag}",
                     "The second one is of no use; some receivers send each report twice.",
                     "Remove one of them."),
    MAILOSCOPE_WORDS("dmarc.rua.missing", "No address for aggregate reports",
                     "Without reports nobody learns who sends in the domain's name, be it a forger or a "
                     "forgotten server of its own.",
                     "Add rua=mailto: and an address that is read by a person or a program."),
    MAILOSCOPE_WORDS("dmarc.rua.no-mx", "{host} takes no mail, so reports to {uri} are lost",
                     "The {tag} address lies in a domain without a mail host that works.",
                     "Use an address that can receive mail."),
    MAILOSCOPE_WORDS(
        "dmarc.rua.registrable", "{missing} does not exist in DNS, though reports go to {uri}",
        "If the name can be registered, whoever does so gets the reports about this domain's mail.",
        "Remove the address from {tag} at once, or register the name again."),
    MAILOSCOPE_WORDS("dmarc.rua.size", "{part} has a size behind it, which is obsolete",
                     "RFC 9989 gave the size up; receivers ignore it, and some the whole address.",
                     "Remove the exclamation mark and what follows."),
    MAILOSCOPE_WORDS(
        "dmarc.rua.unauthorised", "{host} has not agreed to take reports about this domain",
        "Reports to another organisation are only sent where it publishes a record at {question}. Receivers "
        "ignore {uri} in {tag}.",
        "Ask the owner of {host} to publish v=DMARC1 at that name, or use an address of your own."),
    MAILOSCOPE_WORDS("dmarc.rua.uri", "{part} is no address that reports can be sent to, in {tag}",
                     "Each address is a URI such as mailto:reports@example.com, with commas between. "
                     "Receivers ignore others.",
                     "Write mailto: in front of a plain address; write a comma or exclamation mark inside it "
                     "as %2C or %21."),
    MAILOSCOPE_WORDS(
        "dmarc.ruf.external", "Failure reports leave the organisation: {uri}",
        "Failure reports can hold addresses, subjects and text of genuine mail. They go to {host}.",
        "Make sure that a contract covers personal data, or remove ruf."),
    MAILOSCOPE_WORDS("dmarc.ruf.present", "Failure reports are asked for",
                     "They hold personal data, and few receivers send them. Their absence is normal.",
                     "Keep ruf only if somebody reads the reports and may do so."),
    MAILOSCOPE_WORDS(
        "dmarc.size", "The record is {octets} octets long",
        "Long answers may not fit into one packet, and are fetched again over TCP.",
        "Shorten the record: leave out tags that repeat a default, and addresses that nobody reads."),
    MAILOSCOPE_WORDS(
        "dmarc.sp.ineffective", "sp or np in this record does nothing",
        "They count in the record of the Organizational Domain alone, and that is {organization}.",
        "Remove them here, or publish them at {organization}."),
    MAILOSCOPE_WORDS(
        "dmarc.sp.none", "Subdomains of {owner} are not protected: sp=none",
        "The policy of the domain itself is {policy}, but mail that forges any name below it is delivered.",
        "Remove sp, or give those subdomains that are not ready records of their own and set sp={policy}."),
    MAILOSCOPE_WORDS(
        "dmarc.sp.weaker", "Subdomains of {owner} get {below}, while the domain itself has {policy}",
        "Forgers use the names below, which look as trustworthy.", "Set sp={policy}, or remove sp."),
    MAILOSCOPE_WORDS("dmarc.spf-at-dmarc", "A text that is no DMARC record stands at {name}: {record}",
                     "Receivers drop it. It often comes from a wildcard TXT record, which answers for all "
                     "names, or from a record entered at the wrong place.",
                     "Remove it from this name, or narrow the wildcard."),
    MAILOSCOPE_WORDS("dmarc.subdomain.own-record",
                     "The record here is weaker than what {owner} would give: {own} instead of {above}",
                     "A record at the name itself replaces the policy from above.",
                     "Remove the record, or bring its policy up to {above}."),
    MAILOSCOPE_WORDS("dmarc.syntax", "A part of the record cannot be read: {part}",
                     "A record is a list of tags of the form name=value with semicolons between. Receivers "
                     "ignore what they cannot read, and fall back to a default for a tag that it spoils.",
                     "Write each tag with an equals sign, put a semicolon between two tags, and use plain "
                     "characters only."),
    MAILOSCOPE_WORDS("dmarc.t.y", "Test mode is on: the policy {published} acts as {effective}",
                     "t=y asks receivers to act one level lower: quarantine instead of reject, nothing "
                     "instead of quarantine. Older receivers do not know the tag and act on the full policy.",
                     "Remove t=y when the reports show that genuine mail passes."),
    MAILOSCOPE_WORDS("dmarc.tag.case", "{part} is written with a capital letter",
                     "Names of tags are lower case. Some receivers take capitals for another tag and ignore "
                     "it; we do so for all but the version.",
                     "Write it in lower case."),
    MAILOSCOPE_WORDS("dmarc.tag.duplicate", "The tag {tag} stands twice: {part}",
                     "The standard does not say which one counts: receivers take the first, the last, or "
                     "drop the record. Here the first is used.",
                     "Keep the one that is meant."),
    MAILOSCOPE_WORDS("dmarc.tag.invalid", "{part} is no value of the tag {tag}",
                     "Receivers fall back to the tag's default.", "Correct the value, or remove the tag."),
    MAILOSCOPE_WORDS("dmarc.tag.unknown", "Receivers ignore {part}: there is no tag named {tag}",
                     "An unknown tag is no error, so a typing mistake stays unseen.",
                     "Correct the name if another tag was meant, or remove it."),
    MAILOSCOPE_WORDS(
        "dmarc.temperror", "{name} could not be looked up: {outcome}",
        "The record there may change everything, so nothing can be said about DMARC. That is not the same as "
        "having no record.",
        "Inspect again, or ask another resolver. If it stays, look after the domain's name servers."),
    MAILOSCOPE_WORDS("dmarc.value.case", "{part} is written with a capital letter, in the tag {tag}",
                     "The standard's grammar allows it; some simple programs do not.",
                     "Write it in lower case."),
    MAILOSCOPE_WORDS("dmarc.version", "A text at {name} is meant as a DMARC record and is none: {record}",
                     "A record begins with v=DMARC1, in capitals, with a semicolon behind it. Anything else "
                     "is dropped whole.",
                     "Let the record begin with v=DMARC1; and its other tags."),
    MAILOSCOPE_WORDS("dmarc.walk.deep",
                     "{domain} has {labels} labels: {skipped} of the names above it are never asked",
                     "Receivers ask for eight records at most: the name itself and its seven rightmost "
                     "labels and above. Records between are not seen.",
                     "Publish a record at the name itself if it sends mail."),
    MAILOSCOPE_WORDS("dmarc.walk.intermediate", "The record at {between} is not used for {domain}",
                     "Receivers use the record of the name itself, or else that of the Organizational "
                     "Domain, {owner}. Records between the two count for their own names only.",
                     "Publish a record at {domain} if it needs a policy of its own."),
    MAILOSCOPE_WORDS(
        "dmarc.walk.psl-differs", "Older receivers take {list} for the organisation, newer ones {walk}",
        "Receivers that follow RFC 9989 find the Organizational Domain by DNS records, older ones by a list "
        "of public suffixes. Where they differ, mail can be aligned for some and not for others.",
        "Publish a DMARC record at the domain that you want to be the organisation, and mind psd."),
    MAILOSCOPE_WORDS("dmarc.wrong-name", "A DMARC record stands at {name}, where no receiver looks: {record}",
                     "Receivers ask at _dmarc in front of the domain, and nowhere else. DNS hosts often "
                     "append the zone's name by themselves.",
                     "Move the record to _dmarc.{domain}."),
};

} // namespace

std::span<const FindingWords> dmarcWords()
{
    return DmarcWords;
}

} // namespace mailoscope
