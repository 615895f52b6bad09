// SPDX-License-Identifier: Apache-2.0
#include "report/fix_words.h"

#include "report/outline_parts.h"
#include "report/words.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

struct RecipeWords {
    std::string_view id;
    std::string_view summary;
    std::string_view why;
    std::string_view risk;
};

#define RECIPE_WORDS(id, summary, why, risk)                                                                 \
    RecipeWords                                                                                              \
    {                                                                                                        \
        id, QT_TRANSLATE_NOOP("fixes", summary), QT_TRANSLATE_NOOP("fixes", why),                            \
            QT_TRANSLATE_NOOP("fixes", risk)                                                                 \
    }

// Sorted by id.
constexpr std::array Words = {
    RECIPE_WORDS("bimi.decline", "Publish a BIMI record at {name} that says that there is no logo.",
                 "Nobody can then give the domain a logo by another way.",
                 "None for a domain that sends no mail."),
    RECIPE_WORDS("bimi.dmarc", "Bring the DMARC record at {name} to enforce: no none, all mail, no test.",
                 "Mailboxes show a logo only for domains whose policy acts on forged mail.",
                 "Mail that is neither signed nor authorised in line goes to junk. Read the reports of some "
                 "weeks first."),
    RECIPE_WORDS("bimi.drop-tag", "Take the unreadable tag out of the BIMI record at {name}.",
                 "Receivers then use its default.", "None: receivers pass over the tag as it stands."),
    RECIPE_WORDS("bimi.follow", "Name {url} in the BIMI record at {name}, where the redirect leads.",
                 "Receivers need not follow redirects, and most do not.",
                 "If the redirect is changed later, the record does not follow."),
    RECIPE_WORDS("bimi.https", "Write https: in place of http: in the BIMI record at {name}.",
                 "Receivers fetch logos and certificates over HTTPS alone.",
                 "The web server must give the file over HTTPS."),
    RECIPE_WORDS("bimi.respell", "Let the BIMI record at {name} begin with v=BIMI1.",
                 "Receivers take a text for a BIMI record only if it begins with exactly this tag.",
                 "The logo may be shown from then on."),
    RECIPE_WORDS("bimi.withdraw", "Take the BIMI record at {name} away.",
                 "Whoever gets hold of the name that it trusts could show a logo of their own.",
                 "No logo is shown until a new record names a host of yours."),
    RECIPE_WORDS("caa.close-mail",
                 "Publish a CAA record at {name} that lets nobody issue S/MIME certificates.",
                 "Only issuemail speaks of them: without it every authority may issue one for any address of "
                 "the domain.",
                 "If you use S/MIME certificates, name their authority in place of the semicolon."),
    RECIPE_WORDS("caa.close-marks",
                 "Publish a CAA record at {name} that lets nobody issue mark certificates.",
                 "The domain shows a logo without a certificate, so that nobody needs one in its name.",
                 "Name the authority in it before you order a mark certificate."),
    RECIPE_WORDS("caa.drop", "Take the faulty CAA record at {name} away.",
                 "Authorities cannot read it, and nothing hangs on it.", "None that DNS could show."),
    RECIPE_WORDS("caa.mend", "Write the CAA record at {name} as it was meant.",
                 "Authorities take a record that they cannot read for a ban, or pass over it.",
                 "Make sure that it is what you meant."),
    RECIPE_WORDS("caa.name-marks",
                 "Publish a CAA record at {name} that lets {value} alone issue mark certificates.",
                 "It is the authority of the mark certificate that is in use.",
                 "Change it before you order from another authority."),
    RECIPE_WORDS("dane.add-issuer",
                 "Publish a second TLSA record at {name}: 2 1 1 of the authority that issued the certificate "
                 "of {host}.",
                 "When the key of the host changes, one of the two records still fits.",
                 "If another authority issues the next certificate, its record must be published first."),
    RECIPE_WORDS(
        "dane.add-key", "Publish 3 1 1 of the key that {host} uses now at {name}, beside what stands there.",
        "Senders that follow DANE deliver again as soon as they see the record.",
        "Keep the old records until their TTL has passed, and publish the next key before it is used."),
    RECIPE_WORDS("dane.digest",
                 "Write the digest in place of the whole certificate or key in the TLSA record at {name}.",
                 "It says the same in 32 octets.", "None: the same certificate fits."),
    RECIPE_WORDS("dane.drop-insecure", "Take the TLSA records at {name} away.",
                 "Without DNSSEC nobody uses them.", "Publish them again when the zone is signed."),
    RECIPE_WORDS("dane.drop-record", "Take the TLSA record that is of no use away from {name}.",
                 "Other records fit what {host} shows.",
                 "If it was the record of the next key, publish it again before that key is used."),
    RECIPE_WORDS(
        "dane.publish-key",
        "Publish a TLSA record at {name} and at the other mail hosts, made of the key that each uses now.",
        "Senders then refuse whoever stands in between with another certificate.",
        "A new key must be published before it is used, or mail is put off."),
    RECIPE_WORDS("dane.usage", "Write the TLSA record at {name} with a usage for mail: 2 for 0, 3 for 1.",
                 "Senders of mail look at no public authorities, so that 0 and 1 mean nothing to them.",
                 "None: the same certificate fits."),
    RECIPE_WORDS("dane.use-key", "Write 3 1 1 of the key that {host} uses now in the TLSA record at {name}.",
                 "It needs no authority and no name, and it fits what the host shows.",
                 "A new key must be published before it is used, or mail is put off."),
    RECIPE_WORDS(
        "dkim.complete-pair", "Publish the CNAME record at {name} that leads to {target}.",
        "Microsoft 365 moves from one of the two keys to the other, and mail must verify with either.",
        "None: the target differs from that of the other selector in the selector alone."),
    RECIPE_WORDS("dkim.drop-tag", "Take {tag} out of the key record at {name}.",
                 "The key itself stays as it is, and the default that takes the tag's place fits all mail.",
                 "Software that still reads the tag sees a wider use of the key."),
    RECIPE_WORDS("dkim.end-test", "Take the testing flag out of the key record at {name}.",
                 "Receivers may treat mail signed with a key in testing as if it were not signed.",
                 "Mail with a broken signature may be treated worse than before."),
    RECIPE_WORDS("dkim.key-type", "Write the type of the key in the record at {name} as the key shows it.",
                 "Verifiers pass over keys of a type that they do not know.",
                 "None for the key: its data stays as it is."),
    RECIPE_WORDS("dkim.mend-key", "Write the key at {name} in plain base64.",
                 "Verifiers cannot read what copying left in it.",
                 "None for the key: its octets stay as they are."),
    RECIPE_WORDS(
        "dkim.no-keys", "Publish an empty key at {name}.",
        "Every selector is then known to be revoked, so that no signature in the domain's name can hold.",
        "A selector without a record of its own can no longer be verified."),
    RECIPE_WORDS("dkim.respell", "Write the key record at {name} in its plain form.",
                 "Quotes and backslashes of a zone file, and tags in the wrong case or order, are what "
                 "receivers stumble over.",
                 "None for the key: its data stays as it is."),
    RECIPE_WORDS("dkim.unwrap-key", "Write the bare 32 octets of the Ed25519 key at {name}.",
                 "Verifiers of DKIM want them without what other software puts around them.",
                 "None for the key: its octets stay as they are."),
    RECIPE_WORDS("dkim.withdraw-alias", "Take the CNAME record at {name} away, which leads to {target}.",
                 "Nothing can be verified with it, and whoever gets hold of its end could sign in your name.",
                 "If the service is still in use, activate the domain there again instead."),
    RECIPE_WORDS("dkim.withdraw-revoked", "Take the revoked key at {name} away.",
                 "No record and an empty key say the same to verifiers.",
                 "Wait until no mail signed with it is under way any more."),
    RECIPE_WORDS("dkim.withdraw-unusable", "Take the key record at {name} away.",
                 "No verifier can use it, so that it only hides that a key is missing.",
                 "If it was meant for a service that signs, publish the key that the service gives."),
    RECIPE_WORDS(
        "dkim.withdraw-weak", "Take the key record at {name} away once another key signs.",
        "Others can make signatures that it verifies. The new key has to come from where mail is signed.",
        "Mail that is still signed with it can no longer be verified."),
    RECIPE_WORDS("dmarc.add-rua",
                 "Add rua to the DMARC record at {name}, with an address that somebody reads.",
                 "Aggregate reports show who sends in the domain's name before a stricter policy acts on it.",
                 "The mailbox has to exist. Large receivers send a report a day each."),
    RECIPE_WORDS(
        "dmarc.authorise", "Let the owner of the destination publish a record at {name}.",
        "Senders of reports ask there whether the destination wants them, and send nothing without it.",
        "The record belongs to the other organisation. Nothing of yours changes."),
    RECIPE_WORDS("dmarc.drop-ruf", "Take {uri} out of the DMARC record at {name}.",
                 "Failure reports can hold addresses, subjects and text of genuine mail, and they leave the "
                 "organisation.",
                 "Nobody gets failure reports at that address any more."),
    RECIPE_WORDS("dmarc.drop-second-uri", "Take the second {uri} out of the DMARC record at {name}.",
                 "It stands twice, and some receivers then send each report twice.",
                 "None: the first one stays."),
    RECIPE_WORDS("dmarc.drop-share", "Take {tag} out of the DMARC record at {name}.",
                 "RFC 9989 gave the tag up: receivers of today act on all mail, whatever it says.",
                 "Receivers that follow RFC 7489 may act on all mail where they acted on a part of it."),
    RECIPE_WORDS("dmarc.drop-size",
                 "Take the size behind the report address out of the DMARC record at {name}.",
                 "RFC 9989 gave the size up, and some readers fail on it.", "Reports of any size are sent."),
    RECIPE_WORDS("dmarc.drop-sp", "Take the weaker policy for subdomains out of the DMARC record at {name}.",
                 "Subdomains then have the policy of the domain itself.",
                 "Mail from subdomains that is neither signed nor authorised in line is treated more "
                 "strictly. Look for them in the reports first."),
    RECIPE_WORDS("dmarc.drop-tag", "Take {tag} out of the DMARC record at {name}.",
                 "Receivers of today pass over it, or use the default in its place.",
                 "A receiver that heeds the tag all the same does otherwise from then on."),
    RECIPE_WORDS("dmarc.drop-uri", "Take the address that cannot be used out of the DMARC record at {name}.",
                 "Reports sent there are lost, or end with somebody else.",
                 "Nobody gets these reports until another address is named."),
    RECIPE_WORDS("dmarc.end-test", "Take t=y out of the DMARC record at {name}.",
                 "The policy then applies as it is written, and not one step lower.",
                 "Mail that is neither signed nor authorised in line is treated as the policy says. Look for "
                 "it in the reports first."),
    RECIPE_WORDS("dmarc.mailto", "Write mailto: before the report address in the DMARC record at {name}.",
                 "A bare address is no URI, so that nobody sends reports to it.", "Reports begin to arrive."),
    RECIPE_WORDS(
        "dmarc.np-reject", "Set np=reject in the DMARC record at {name}.",
        "Names that do not exist are a favourite of forgers, and nobody sends wanted mail from them.",
        "Mail from a subdomain that has no record of any type in DNS is rejected."),
    RECIPE_WORDS("dmarc.publish-none", "Publish a DMARC record at {name} that asks for reports and no more.",
                 "It is the first step: nothing changes for mail, and the reports show who sends in the "
                 "domain's name.",
                 "The mailbox for the reports has to exist. Forged mail is still delivered until the policy "
                 "is tightened."),
    RECIPE_WORDS("dmarc.publish-reject", "Let the DMARC record at {name} reject all mail.",
                 "A domain that sends no mail has nothing to lose, and forgers lose a name.",
                 "Mail that is sent in the domain's name after all is rejected."),
    RECIPE_WORDS("dmarc.quarantine", "Set p=quarantine in the DMARC record at {name}.",
                 "Receivers then set forged mail aside. It is the step before reject.",
                 "Mail that is neither signed nor authorised in line goes to junk. Read the reports of some "
                 "weeks first."),
    RECIPE_WORDS("dmarc.quarantine-test",
                 "Set p=quarantine with t=y in the DMARC record at {name}, as a first step.",
                 "Receivers of RFC 9989 still act as with none, and mailing lists begin to rewrite the "
                 "sender. The reports show what quarantine would hit.",
                 "Receivers that follow RFC 7489 do not know t and act on quarantine at once. Take t=y away "
                 "when the reports of some weeks show your own mail aligned."),
    RECIPE_WORDS("dmarc.reject", "Set p=reject in the DMARC record at {name}.",
                 "Receivers then refuse forged mail.",
                 "Mail that is neither signed nor authorised in line is refused, some forwarded mail among "
                 "it. Read the reports of some weeks first."),
    RECIPE_WORDS("dmarc.replace-alias",
                 "Publish a DMARC record at {name} in place of the alias of {target}, which leads nowhere.",
                 "There is no policy as it stands, and whoever gets hold of the alias's end could set one.",
                 "If a service kept the record for you, tell it."),
    RECIPE_WORDS(
        "dmarc.respell", "Write the DMARC record at {name} in the form that all receivers read.",
        "Receivers repair nothing: a text that is not exactly in the form counts for nothing, or in part.",
        "What the record asks for may apply from then on. Read it once more."),
    RECIPE_WORDS(
        "dmarc.write-none", "Write p=none in the DMARC record at {name}.",
        "It is how receivers take the record today. Said openly, nobody can take it for something else.",
        "None. A stricter policy is the next step."),
    RECIPE_WORDS(
        "dns.drop-alias", "Take the CNAME record at {name} away.",
        "It leads to {target}, which does not exist, and whoever gets hold of that name speaks in yours.",
        "If the target is to come back, so must the record."),
    RECIPE_WORDS("dns.drop-secret", "Take the TXT record with the secret at {name} away.",
                 "Everybody can read it.", "The secret is known by now: withdraw it at its service first."),
    RECIPE_WORDS("dns.ttl", "Set the TTL of the {type} records of {name} to {seconds} seconds.",
                 "It is long enough to be kept and short enough to be changed within the hour.",
                 "Lower it again before a planned change."),
    RECIPE_WORDS("mx.drop-duplicate", "Keep one of the MX records for {host}.",
                 "The same host with another preference is not a second host.", "None: the host stays."),
    RECIPE_WORDS("mx.drop-host", "Take the MX record for {host} away.",
                 "No mail can be delivered to it, and senders lose time on it. Other hosts take the mail.",
                 "If the host was meant to come back, its record has to come back too."),
    RECIPE_WORDS("mx.drop-null", "Take the null MX at {name} away.",
                 "A null MX says that the domain takes no mail, and other hosts say that it does.",
                 "None: the other hosts stay."),
    RECIPE_WORDS("mx.drop-wildcard", "Take the wildcard MX record at {name} away.",
                 "Every name below the domain takes mail by it, whether anybody reads it or not.",
                 "Names without an MX record of their own take no mail any more."),
    RECIPE_WORDS("mx.name-host", "Name {target} in the MX record in place of {host}.",
                 "An MX record must name a host that has addresses of its own, and not an alias.",
                 "If the alias is pointed elsewhere later, the MX record does not follow. Certificates and "
                 "MTA-STS patterns have to fit the new name."),
    RECIPE_WORDS("mx.null", "Publish a null MX at {name}: 0 and a dot.",
                 "Senders then know at once that the domain takes no mail.",
                 "Mail to the domain is returned at once."),
    RECIPE_WORDS("mx.one-host", "Keep the MX record for {host} alone of those that lead to one address.",
                 "Several names of one address are not several hosts.",
                 "None: mail goes to the same address."),
    RECIPE_WORDS("mx.write-implicit", "Publish an MX record at {name} that names the domain itself.",
                 "It is where senders deliver today, by a rule that not all of them follow.",
                 "None: mail goes where it goes today."),
    RECIPE_WORDS("record.keep-one", "Keep one record at {name} and take the others away.",
                 "With several records receivers act as if there were none.",
                 "What the kept record asks for applies from then on."),
    RECIPE_WORDS("record.move", "Move the record from {name} to {to}.",
                 "Receivers look for it at that name alone.",
                 "What the record asks for applies from then on."),
    RECIPE_WORDS("record.withdraw", "Take the record at {name} away.",
                 "Nobody reads it there any more, or it is taken for something that it is not.",
                 "None that DNS could show."),
    RECIPE_WORDS("ses.include", "Let the SPF record at {name} include amazonses.com.",
                 "Amazon SES sends with this name as the bounce address, and its mail must pass there.",
                 "None: nobody else sends with this name."),
    RECIPE_WORDS("ses.one-mx", "Keep the MX record for {host} alone at {name}.",
                 "Amazon SES takes the name for bounces only where it has no other MX record.",
                 "Mail that other hosts take for this name goes to Amazon SES."),
    RECIPE_WORDS("ses.publish-spf", "Publish v=spf1 include:amazonses.com ~all at {name}.",
                 "Amazon SES sends with this name as the bounce address, and its mail must pass there.",
                 "None: nobody else sends with this name."),
    RECIPE_WORDS("ses.token", "Publish the CNAME record at {name} that leads to {target}.",
                 "Amazon SES needs all three of its names to change keys.",
                 "None: nothing else uses the name."),
    RECIPE_WORDS("spf.add-all", "Add ~all at the end of the SPF record at {name}.",
                 "Without an end the record says nothing of all other senders. With ~all they are doubtful.",
                 "Mail from hosts that the record does not name may be marked as suspicious."),
    RECIPE_WORDS("spf.clean", "Take what is needless out of the SPF record at {name}.",
                 "It costs look-ups and room, and lets nobody pass whom the rest does not.",
                 "None: the same addresses pass."),
    RECIPE_WORDS("spf.drop-covered", "Take {term} out of the SPF record at {name}.",
                 "Terms in front of it decide about all its addresses already.",
                 "None: every address gets the result that it gets today."),
    RECIPE_WORDS("spf.drop-dead", "Take the terms that nobody reaches out of the SPF record at {name}.",
                 "Receivers stop at all. What stands behind it, and a redirect beside it, is never used.",
                 "None: the same addresses pass."),
    RECIPE_WORDS("spf.drop-explanation", "Take exp out of the SPF record at {name}.",
                 "Receivers pass over an explanation that they cannot read.", "None for the result."),
    RECIPE_WORDS("spf.drop-private", "Take {term} out of the SPF record at {name}.",
                 "No mail can come to a receiver from such an address over the Internet.",
                 "Your own filters may rely on it for mail inside your network."),
    RECIPE_WORDS(
        "spf.drop-ptr", "Take {term} out of the SPF record at {name}.",
        "It is slow, burdens the name servers of others, and RFC 7208 asks not to use it.",
        "Which hosts pass by it cannot be seen from DNS. Name their addresses before you take it out."),
    RECIPE_WORDS(
        "spf.drop-repeated", "Take the repeated {term} out of the SPF record at {name}.",
        "It is evaluated and counted a second time, and can match nothing that the first one did not.",
        "None: the same addresses pass."),
    RECIPE_WORDS("spf.drop-term", "Take {term} out of the SPF record at {name}.",
                 "It lets nobody pass, and it costs look-ups or breaks the record.",
                 "If it was meant for a sender that is still in use, the sender needs its right name."),
    RECIPE_WORDS("spf.drop-void", "Take the terms whose names lead nowhere out of the SPF record at {name}.",
                 "They let nobody pass, and receivers give up after two of them.",
                 "If one was meant for a sender that is still in use, the sender needs its right name."),
    RECIPE_WORDS("spf.end-redirect", "Write {new_term} in place of {term} in the SPF record at {name}.",
                 "A redirect to a name without an SPF record is a permanent error, so that the record counts "
                 "for nothing.",
                 "If senders were meant to be named there, name them in this record."),
    RECIPE_WORDS(
        "spf.flatten",
        "Write the addresses of {branches} into the SPF record at {name}, in place of the look-ups.",
        "The record then stays within the limit of look-ups, and the same addresses pass as today.",
        "The addresses are those of today. Their owners change them without notice, so compare them often."),
    RECIPE_WORDS("spf.mask-network", "Write {new_term} in place of {term} in the SPF record at {name}.",
                 "It is the network that receivers use already.", "None: the same addresses pass."),
    RECIPE_WORDS(
        "spf.mend-term", "Write {new_term} in place of {term} in the SPF record at {name}.",
        "It is what the term can only have meant. As it stands, it breaks the record or counts for nothing.",
        "Make sure that it is what you meant."),
    RECIPE_WORDS("spf.merge", "Make one SPF record at {name} of all.",
                 "With several records receivers give up. The new one lets pass what any of them let pass.",
                 "The most lenient end of the records is kept. Tighten it when all senders are known."),
    RECIPE_WORDS("spf.nobody", "Let the SPF record at {name} say that nobody sends: v=spf1 -all.",
                 "A domain without mail should say so, and forgers lose a name.",
                 "Mail that is sent in the domain's name after all is refused."),
    RECIPE_WORDS("spf.nobody-below", "Publish v=spf1 -all at {name}.",
                 "It covers the names below the domain that have no record of their own.",
                 "Mail that is sent in such a name after all is refused."),
    RECIPE_WORDS("spf.part-strings",
                 "Write a blank between the two terms {new_term} in the SPF record at {name}.",
                 "The strings of the record are joined without one, so that two terms became a wrong one.",
                 "Make sure that these are the two terms that you meant."),
    RECIPE_WORDS("spf.part-version", "Write a blank behind v=spf1 in the record at {name}.",
                 "Without it receivers do not take the text for an SPF record.",
                 "The record applies from then on. Read it once more."),
    RECIPE_WORDS("spf.publish-first",
                 "Publish an SPF record at {name}, from what DNS shows of the domain's mail.",
                 "It is a beginning, and its soft end refuses nobody at once.",
                 "Services that send in the domain's name cannot be seen from DNS. Add each of them."),
    RECIPE_WORDS("spf.publish-helo", "Publish v=spf1 a -all at {name}.",
                 "Receivers check the name that a host greets with, too, above all for bounces.",
                 "If the host greets from an address that its name does not have, its bounces are refused."),
    RECIPE_WORDS("spf.soft-all", "Write ~all in place of {term} in the SPF record at {name}.",
                 "As it stands, the record lets everybody pass or says nothing of strangers. With ~all they "
                 "are doubtful, and nothing is refused at once.",
                 "Senders that the record does not name lose their pass. Read DMARC reports for them."),
    RECIPE_WORDS("spf.trim-version",
                 "Let the SPF record at {name} begin with v=spf1, with nothing before it.",
                 "Receivers do not take the text for an SPF record as it stands.",
                 "The record applies from then on. Read it once more."),
    RECIPE_WORDS("sts.cover-hosts",
                 "Add the hosts that no pattern covers to the policy at {url}, and change the id at {name}.",
                 "Senders that keep the policy deliver to no host that it does not name.",
                 "The hosts need certificates that carry their names."),
    RECIPE_WORDS(
        "sts.drop-patterns",
        "Take the patterns that cover no host out of the policy at {url}, and change the id at {name}.",
        "A name that is no longer yours could be used against you.",
        "If a host is to come back, so must its pattern."),
    RECIPE_WORDS("sts.enforce", "Set mode: enforce in the policy at {url}, and change the id at {name}.",
                 "In testing, senders deliver even if an attacker takes the encryption away.",
                 "Mail waits or is returned if a host's certificate fails later. Read TLS reports of some "
                 "weeks first."),
    RECIPE_WORDS("sts.max-age", "Set a sound max_age in the policy at {url}, and change the id at {name}.",
                 "Senders keep the policy for that time. Too short, and an attacker only has to wait.",
                 "A mistake in the policy is kept longer, too."),
    RECIPE_WORDS("sts.narrow-patterns",
                 "Name each mail host in the policy at {url} in place of the wide pattern, and change the id "
                 "at {name}.",
                 "Anybody can have a host that the wide pattern covers.",
                 "A new mail host has to be named in the policy before it is used."),
    RECIPE_WORDS("sts.publish-policy",
                 "Publish an MTA-STS policy in testing mode at {url}, and then the record at {name}.",
                 "Senders then try TLS with a checked certificate and report what fails.",
                 "A web server must give the policy over HTTPS at that name before the record is published."),
    RECIPE_WORDS("sts.publish-record", "Publish the record at {name} that tells senders of the policy.",
                 "Without it no sender asks for the policy.",
                 "The policy applies from then on. Read it once more."),
    RECIPE_WORDS("sts.respell", "Write the MTA-STS record at {name} in its strict form.",
                 "Senders pass over a record that is not exactly in the form.",
                 "The policy applies from then on. Read it once more."),
    RECIPE_WORDS("sts.respell-policy",
                 "Write the policy at {url} in its strict form, and change the id at {name}.",
                 "Senders pass over a policy that they cannot read.",
                 "The policy applies from then on. Read it once more."),
    RECIPE_WORDS("sts.serve-policy", "Serve a policy in testing mode at {url}, and change the id at {name}.",
                 "The record tells of a policy, and senders find none.",
                 "A web server must give the policy over HTTPS at that name, with a certificate for it and "
                 "without a redirect."),
    RECIPE_WORDS("sts.type", "Serve the policy at {url} as text/plain.",
                 "Senders may pass over a file of another type.", "None: the text stays as it is."),
    RECIPE_WORDS("sts.withdraw", "Take the alias at {name} and the record at {record_name} away.",
                 "Whoever gets hold of {target} could give senders a policy that stops your mail.",
                 "Senders do without MTA-STS until the policy is published again."),
    RECIPE_WORDS("svg.animation", "Take the animation out of the logo at {url}.",
                 "The profile for logos allows none, so that mailboxes refuse the file.",
                 "None: what stands still stays."),
    RECIPE_WORDS("svg.bitmap", "Take the bitmap out of the logo at {url}.",
                 "The profile for logos allows shapes alone.",
                 "What the bitmap showed is gone: draw it as shapes."),
    RECIPE_WORDS("svg.discouraged", "Take what should not be there out of the logo at {url}.",
                 "It does nothing in a logo, and some mailboxes refuse it.",
                 "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.display", "Give the logo at {url} its width and height in pixels.",
                 "Some mailboxes refuse percentages and small sizes.",
                 "None: the drawing is scaled as a whole."),
    RECIPE_WORDS("svg.external", "Take what leads elsewhere out of the logo at {url}.",
                 "The profile for logos allows references inside the file alone.",
                 "What was fetched from elsewhere is no longer drawn."),
    RECIPE_WORDS("svg.profile", "Let the logo at {url} say that it is SVG Tiny PS.",
                 "Mailboxes refuse a file that does not.", "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.schema", "Take what SVG Tiny PS does not know out of the logo at {url}.",
                 "Mailboxes check the file against the profile.", "Look at the logo before you publish it."),
    RECIPE_WORDS("svg.script", "Take the script out of the logo at {url}.",
                 "The profile for logos allows none, so that mailboxes refuse the file.",
                 "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.serve", "Serve the logo at {url} as plain SVG, with its media type.",
                 "Mailboxes look at the type and at the first octets.", "None: the drawing stays as it is."),
    RECIPE_WORDS("svg.size", "Take comments, metadata and blanks out of the logo at {url}.",
                 "Gmail shows no logo over 32 KB.", "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.square", "Give the logo at {url} a square viewBox with the sign in its middle.",
                 "Mailboxes show logos in squares and circles, and cut or squeeze others.",
                 "There is more room around the sign."),
    RECIPE_WORDS("svg.title", "Give the logo at {url} one title, in the first place.",
                 "The profile demands it, and it is read out to who cannot see the logo.",
                 "Write the name of the brand into it if it is not what you want to be read out."),
    RECIPE_WORDS("svg.viewbox", "Give the logo at {url} a viewBox made of its width and height.",
                 "Without one a logo cannot be scaled.", "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.xml", "Take the document type declaration out of the logo at {url}.",
                 "It could name entities that harm whoever reads the file, so that mailboxes refuse it.",
                 "None: nothing that is drawn changes."),
    RECIPE_WORDS("svg.xy", "Take x and y out of the root of the logo at {url}.",
                 "The profile forbids them there.", "None: nothing that is drawn changes."),
    RECIPE_WORDS("tlsrpt.add-rua", "Add rua to the TLS reporting record at {name}.",
                 "Without an address nobody can report.", "The mailbox has to exist."),
    RECIPE_WORDS("tlsrpt.drop-address",
                 "Take the address at {destination} out of the TLS reporting record at {name}.",
                 "Reports sent there are lost, or end with somebody else.", "The other addresses stay."),
    RECIPE_WORDS("tlsrpt.own-address",
                 "Name a mailbox of yours in place of the address at {destination} in the TLS reporting "
                 "record at {name}.",
                 "Reports sent there are lost, or end with somebody else.", "The mailbox has to exist."),
    RECIPE_WORDS("tlsrpt.publish", "Publish a TLS reporting record at {name}.",
                 "Senders then tell when TLS to the domain's hosts fails.", "The mailbox has to exist."),
    RECIPE_WORDS("tlsrpt.respell", "Write the TLS reporting record at {name} in its strict form.",
                 "Reporters pass over a record that is not exactly in the form.", "Reports begin to arrive."),
    RECIPE_WORDS("vmc.logotype", "Publish the logo that the mark certificate was issued for at {url}.",
                 "Mailboxes compare the two and show nothing where they differ.",
                 "The logo goes back to the one in the certificate."),
    RECIPE_WORDS("vmc.order", "Put the certificates in the file at {url} into their order, the leaf first.",
                 "Readers build the chain in the order of the file.",
                 "None: the same certificates, without those that do not belong."),
    RECIPE_WORDS("vmc.pem", "Write the certificate at {url} in PEM.", "Mailboxes read nothing else.",
                 "The certificates between it and the root have to follow it in the file."),
};

} // namespace

std::string sentenceOf(fixes::Obstacle obstacle)
{
    switch (obstacle) {
    case fixes::Obstacle::FindingStays:
        return "The finding would still be there afterwards.";
    case fixes::Obstacle::WorseComes:
        return "Something as grave would come in its place.";
    case fixes::Obstacle::LosesSenders:
        return "Addresses that pass today would pass no more.";
    case fixes::Obstacle::NotKnown:
        return "It leads to names that have not been looked up.";
    case fixes::Obstacle::SendersUnseen:
        return "Who else sends in the domain's name cannot be seen from DNS.";
    case fixes::Obstacle::NoAlignedMail:
        return "Neither a DKIM key nor an SPF record that lets somebody pass is in sight, so that all mail "
               "could be "
               "hit.";
    case fixes::Obstacle::NoReports:
        return "Nobody gets aggregate reports yet: name an address in rua and read the reports first.";
    case fixes::Obstacle::InUse:
        return "There are signs that the domain is used for mail, or that could not be ruled out.";
    case fixes::Obstacle::NoMailbox:
        return "The domain takes no mail, so name a mailbox elsewhere for the reports.";
    case fixes::Obstacle::OthersRecord:
        return "Only the owner of that name can publish it.";
    case fixes::Obstacle::NeedsWebServer:
        return "A web server must give the policy first.";
    case fixes::Obstacle::CertificatesFail:
        return "A mail host would be refused by senders as it is now.";
    case fixes::Obstacle::LooksDifferent:
        return "The logo may look different afterwards: look at it before you publish it.";
    case fixes::Obstacle::KeyInUse:
        return "Mail may still be signed with this key: let another key sign first, and wait some days.";
    case fixes::Obstacle::KeyUnverified:
        return "The host's key was read over the network, and its certificate does not prove that it is the "
               "host's: compare it on the host itself.";
    case fixes::Obstacle::NextKey:
        return "It may be the record of the key that comes next: take it away only where no change of keys "
               "is "
               "under way.";
    case fixes::Obstacle::UseUnseen:
        return "Whether somebody relies on it cannot be seen from DNS.";
    }
    return {};
}

FixText explain(const fixes::Fix &fix)
{
    FixText text;
    const auto words = std::find_if(Words.begin(), Words.end(),
                                    [&](const RecipeWords &row) { return row.id == fix.recipe; });
    if (words != Words.end()) {
        text.summary = filled(words->summary, fix.arguments);
        text.why = filled(words->why, fix.arguments);
        text.risk = filled(words->risk, fix.arguments);
    }
    for (const fixes::Obstacle obstacle : fix.obstacles) {
        text.obstacles.push_back(sentenceOf(obstacle));
        if (obstacle == fixes::Obstacle::WorseComes && !fix.comes.empty())
            text.obstacles.back() += " What comes: " + outline::listed(fix.comes) + '.';
    }
    return text;
}

std::vector<std::string_view> explainedRecipes()
{
    std::vector<std::string_view> ids;
    for (const RecipeWords &words : Words)
        ids.push_back(words.id);
    return ids;
}

} // namespace mailoscope
