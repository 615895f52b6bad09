// SPDX-License-Identifier: Apache-2.0
// What each DKIM finding says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array DkimWords = {
    MAILOSCOPE_WORDS(
        "dkim.adsp", "A policy of the abandoned standard ADSP is still published",
        "ADSP was withdrawn in 2013 and receivers ignore it. Whoever reads the zone may take it for "
        "protection, which only DMARC gives.",
        "Remove the record at {name}."),
    MAILOSCOPE_WORDS(
        "dkim.cname.chain", "The selector {selector} leads through {count} aliases",
        "Each alias is one more look-up that can fail, and one more owner who decides which key signs "
        "for this domain.",
        "Point {name} straight at the name that holds the key."),
    MAILOSCOPE_WORDS(
        "dkim.cname.dangling", "The selector {selector} is an alias of {target}, which does not exist",
        "Mail that is signed with this selector cannot be verified. If somebody else can create that "
        "name at the provider, they can sign mail for this domain.",
        "Remove the CNAME record at {name} if the service is no longer used; otherwise activate the "
        "domain at the provider again, or correct the target."),
    MAILOSCOPE_WORDS(
        "dkim.cname.registrable",
        "{zone}, which holds the key of the selector {selector}, does not exist in DNS",
        "Whoever brings that domain into being can publish a key there and sign mail for this domain; "
        "DMARC passes such mail. Whether the domain is free to register cannot be seen in DNS.",
        "Remove the CNAME record at {name} now, unless you own {zone} and will bring it back."),
    MAILOSCOPE_WORDS(
        "dkim.domainkey.nxdomain", "No DKIM key is published: {name} does not exist",
        "The name server says that nothing exists at or below that name, so no selector can have a key. "
        "Without DKIM, forwarded mail fails DMARC, and large receivers treat bulk mail as suspect.",
        "Turn on DKIM signing at each service that sends mail for the domain, and publish the keys that "
        "they give you."),
    MAILOSCOPE_WORDS("dkim.ed25519.length",
                     "The selector {selector} does not hold an Ed25519 key of 32 octets",
                     "Receivers cannot use the key, so mail that is signed with it fails.",
                     "Publish the bare 32 octets of the public key in base64, which are 44 characters."),
    MAILOSCOPE_WORDS(
        "dkim.ed25519.only", "Only Ed25519 keys were found: {selectors}",
        "Several large receivers do not know Ed25519 signatures yet and treat such mail as unsigned.",
        "Sign with an RSA key of 2048 bits as well, under a second selector."),
    MAILOSCOPE_WORDS("dkim.g.tag",
                     "The key of the selector {selector} has the tag g, which the standard gave up",
                     "Receivers ignore it, so it no longer limits which addresses may be signed for.",
                     "Remove the tag g from the record at {name}."),
    MAILOSCOPE_WORDS("dkim.h.sha1", "The selector {selector} does not allow signatures with SHA-256: {part}",
                     "SHA-1 signatures are no longer accepted, so no mail can be verified with this key.",
                     "Write h=sha256, or leave the tag h out."),
    MAILOSCOPE_WORDS("dkim.k.unknown", "The selector {selector} has a key of an unknown type: {part}",
                     "Receivers know rsa and ed25519, written in lower case, and ignore every other key.",
                     "Write k=rsa or k=ed25519, as the key is, or leave the tag k out for RSA."),
    MAILOSCOPE_WORDS(
        "dkim.key.reused", "{count} selectors publish the same key: {selectors}",
        "If the private key is lost at one place it is lost for all of them, and revoking one selector "
        "does not end its use.",
        "Give each selector a key of its own, and retire the selectors that are no longer used."),
    MAILOSCOPE_WORDS(
        "dkim.key.shared-tenant",
        "The key of the selector {selector} is shared with other customers of {provider}",
        "The provider signs for all its customers with this key, so the signature is only as good as "
        "the provider's checks of who sends.",
        "Nothing is wrong here. Ask the provider for a key of your own if it offers one."),
    MAILOSCOPE_WORDS(
        "dkim.m365.half", "Microsoft 365 signs with two selectors, and {other} is missing",
        "Microsoft changes between selector1 and selector2 when it renews keys. After the next change "
        "mail would be signed with a selector that nobody can look up.",
        "Publish the CNAME record for {other} that Microsoft 365 shows for this domain."),
    MAILOSCOPE_WORDS(
        "dkim.multiple", "The selector {selector} has {count} TXT records",
        "With several records at one name the result is undefined: each receiver may take another one.",
        "Keep the one record that the signing service uses and remove the others."),
    MAILOSCOPE_WORDS("dkim.n.long",
                     "The notes in the key of the selector {selector} are {octets} octets long",
                     "No receiver reads them, and they make the answer larger than it needs to be.",
                     "Shorten the tag n or leave it out."),
    MAILOSCOPE_WORDS(
        "dkim.none-found", "No DKIM key of {domain} was found under {count} selectors",
        "Selectors cannot be listed, so there may be a key under a name that was not asked for. If mail "
        "of this domain is not signed, forwarded mail fails DMARC.",
        "Look into a message that the domain sent: the tag s in its DKIM-Signature field is the "
        "selector. Enter it, or open the message here. If there is no such field, turn on DKIM."),
    MAILOSCOPE_WORDS(
        "dkim.p.base64", "The key of the selector {selector} is not clean base64",
        "A receiver that cannot decode the key treats mail that is signed with it as unsigned.",
        "Publish the key again exactly as the signing service gives it, in several quoted strings of at "
        "most 255 characters where it is longer."),
    MAILOSCOPE_WORDS("dkim.p.der", "The selector {selector} does not hold an RSA public key",
                     "Receivers cannot read the key, so mail that is signed with it fails.",
                     "Publish the public key again exactly as the signing service gives it."),
    MAILOSCOPE_WORDS(
        "dkim.p.missing", "The key record of the selector {selector} has no tag p",
        "Without the tag p there is no key, and the record is malformed: a revoked key has an empty p.",
        "Add p= with the public key, or p= with nothing behind it if the selector is retired."),
    MAILOSCOPE_WORDS(
        "dkim.p.private", "The selector {selector} seems to publish a private key",
        "Whoever has the private key can sign mail as this domain, and everybody can read DNS.",
        "Take the key out of use at once: make a new pair under a new selector, and publish the public "
        "key only."),
    MAILOSCOPE_WORDS("dkim.p.revoked", "The key of the selector {selector} is revoked",
                     "An empty p says that signatures with this selector are no longer valid. That is how a "
                     "selector is retired.",
                     "Nothing is wrong here, as long as nothing signs with this selector any more."),
    MAILOSCOPE_WORDS(
        "dkim.parked.open", "A domain that sends no mail could say so for DKIM too",
        "SPF and DMARC protect the domain already. An empty key for every selector also tells receivers "
        "that no signature in its name is valid.",
        "If you like, publish v=DKIM1; p= as a TXT record at {name}."),
    MAILOSCOPE_WORDS("dkim.policy-leftover", "A policy of DomainKeys, DKIM's forerunner, is still published",
                     "DomainKeys was given up in 2007 and receivers ignore it.",
                     "Remove the record at {name}."),
    MAILOSCOPE_WORDS(
        "dkim.rsa.1024", "The RSA key of the selector {selector} has {bits} bits",
        "Receivers still accept it, but keys of this size are within the reach of well-equipped "
        "attackers, and 2048 bits are recommended.",
        "Make a key of 2048 bits under a new selector, and revoke this one when no mail uses it any "
        "more."),
    MAILOSCOPE_WORDS(
        "dkim.rsa.512", "The RSA key of the selector {selector} has {bits} bits and can be broken",
        "A key of this size can be factored on rented machines within hours. Whoever does so can sign "
        "mail as this domain at receivers that still accept such keys; the others ignore it.",
        "Revoke the key by emptying p, and sign with a key of 2048 bits under a new selector."),
    MAILOSCOPE_WORDS("dkim.rsa.exponent",
                     "The RSA key of the selector {selector} has the exponent {exponent}",
                     "Nearly all keys have the exponent 65537.",
                     "Make a new key with the usual tools, which choose 65537."),
    MAILOSCOPE_WORDS(
        "dkim.rsa.huge", "The RSA key of the selector {selector} has {bits} bits",
        "Receivers need to accept keys up to 4096 bits only, and larger answers from DNS are more easily "
        "lost.",
        "Use a key of 2048 bits."),
    MAILOSCOPE_WORDS(
        "dkim.rsa.sub1024", "The RSA key of the selector {selector} has only {bits} bits",
        "Receivers must not accept keys of less than 1024 bits, so mail that is signed with it counts "
        "as unsigned.",
        "Revoke the key by emptying p, and sign with a key of 2048 bits under a new selector."),
    MAILOSCOPE_WORDS(
        "dkim.rsa.weak-modulus", "The RSA key of the selector {selector} is broken",
        "Its private key can be worked out from the public one, so anybody can sign mail as this "
        "domain.",
        "Revoke the key by emptying p, and make a new one with another tool under a new selector."),
    MAILOSCOPE_WORDS(
        "dkim.s.service", "The key of the selector {selector} is not for mail: {part}",
        "Receivers ignore a key whose tag s names neither email nor every service. That is right for a "
        "key that signs reports only.",
        "If mail is signed with this selector, remove the tag s or write s=email."),
    MAILOSCOPE_WORDS("dkim.syntax", "The key record of the selector {selector} has a fault: {part}",
                     "Receivers may refuse the whole record, and mail that is signed with it then counts as "
                     "unsigned.",
                     "Publish the record again, in the form v=DKIM1; k=rsa; p=..."
                     " with the key of the signing service."),
    MAILOSCOPE_WORDS(
        "dkim.t.s", "The key of the selector {selector} is for this very domain only",
        "With t=s a signature must not name a subdomain in its identity. That is stricter than the "
        "usual and no fault.",
        "Nothing is wrong here, unless mail of subdomains is signed with this domain's key."),
    MAILOSCOPE_WORDS(
        "dkim.t.y", "The key of the selector {selector} is marked as a test",
        "With t=y receivers may treat mail whose signature fails as if it were not signed, and some "
        "ignore the signature altogether.",
        "Remove the flag y when signing works."),
    MAILOSCOPE_WORDS(
        "dkim.wildcard", "Every selector is answered with the same key",
        "A wildcard record answers for all names, so it cannot be told which selectors are in use, and "
        "a key that is revoked at one name stays valid at all others.",
        "Publish the key at its own selector only, and remove the wildcard record."),
};

struct Fault {
    std::string_view code;
    std::string_view sentence;
};

/// What a fault is, in one sentence. Sorted by code.
constexpr std::array Faults = {
    Fault{"backslash",
          QT_TRANSLATE_NOOP(
              "findings",
              "The backslash that zone files need before a semicolon has got into the record itself.")},
    Fault{"blanks", QT_TRANSLATE_NOOP("findings", "There are blanks inside the key. The standard allows "
                                                  "them, but some verifiers stumble over them.")},
    Fault{"case",
          QT_TRANSLATE_NOOP(
              "findings",
              "Tags are written in lower case: a capital letter makes it another tag, which is ignored.")},
    Fault{"character", QT_TRANSLATE_NOOP("findings", "The character {part} does not belong to base64.")},
    Fault{"duplicate",
          QT_TRANSLATE_NOOP("findings", "A tag stands twice, which makes the whole record void.")},
    Fault{"empty-item", QT_TRANSLATE_NOOP("findings", "Nothing stands between two colons.")},
    Fault{"empty-part", QT_TRANSLATE_NOOP("findings", "Nothing stands between two semicolons.")},
    Fault{"even",
          QT_TRANSLATE_NOOP("findings", "Its modulus is even, which no product of two large primes is.")},
    Fault{"exponent-3",
          QT_TRANSLATE_NOOP(
              "findings",
              "The exponent 3 is allowed, but verifiers with a known fault can be deceived with it.")},
    Fault{"exponent-unusable",
          QT_TRANSLATE_NOOP("findings",
                            "With this exponent signatures protect nothing or cannot be made at all.")},
    Fault{"factor", QT_TRANSLATE_NOOP("findings", "Its modulus is divisible by {factor}.")},
    Fault{"leftover",
          QT_TRANSLATE_NOOP("findings",
                            "The last character has bits left over, which strict decoders refuse.")},
    Fault{"length", QT_TRANSLATE_NOOP("findings", "The length is wrong.")},
    Fault{"no-equals", QT_TRANSLATE_NOOP("findings", "Each part needs a name, an equals sign and a value.")},
    Fault{"not-a-key", QT_TRANSLATE_NOOP("findings", "The text is no key record.")},
    Fault{"not-der", QT_TRANSLATE_NOOP("findings", "The octets do not have the structure of a key.")},
    Fault{"octet", QT_TRANSLATE_NOOP("findings", "There are characters that are not plain ASCII.")},
    Fault{"other-type", QT_TRANSLATE_NOOP("findings", "It is the key of another algorithm than RSA.")},
    Fault{"padding", QT_TRANSLATE_NOOP("findings", "The length and the equals signs at the end do not fit "
                                                   "together, so something is missing or too much.")},
    Fault{"pem", QT_TRANSLATE_NOOP(
                     "findings", "The first and the last line of a PEM file do not belong into the record.")},
    Fault{"private", QT_TRANSLATE_NOOP("findings", "The octets begin as a private key does.")},
    Fault{"quote",
          QT_TRANSLATE_NOOP("findings",
                            "The quotes that zone files put around a text have got into the record itself.")},
    Fault{"shared",
          QT_TRANSLATE_NOOP("findings",
                            "Its modulus shares a prime with that of another selector, which breaks both.")},
    Fault{"square", QT_TRANSLATE_NOOP("findings", "Its modulus is the square of one prime.")},
    Fault{"tag-name",
          QT_TRANSLATE_NOOP(
              "findings", "A tag's name begins with a letter and has letters, digits and underscores only.")},
    Fault{"target-in-txt",
          QT_TRANSLATE_NOOP(
              "findings",
              "The text is the name of a host: it was probably meant to be the target of a CNAME record.")},
    Fault{"too-long", QT_TRANSLATE_NOOP("findings", "The record is too long to be a key.")},
    Fault{"trailing", QT_TRANSLATE_NOOP("findings", "Something stands behind the key.")},
    Fault{"truncated", QT_TRANSLATE_NOOP("findings", "The key is cut off: its end is missing.")},
    Fault{"truncated-255",
          QT_TRANSLATE_NOOP("findings", "The key is cut off where a string of 255 characters ends: the rest "
                                        "belongs into a second string.")},
    Fault{"version", QT_TRANSLATE_NOOP("findings", "The version must be written v=DKIM1, in these letters.")},
    Fault{"version-place", QT_TRANSLATE_NOOP("findings", "The version must be the first tag.")},
    Fault{"wrapped",
          QT_TRANSLATE_NOOP(
              "findings",
              "The 32 octets stand inside a SubjectPublicKeyInfo, from which they must be taken out.")},
};

} // namespace

std::span<const FindingWords> dkimWords()
{
    return DkimWords;
}

std::string dkimHint(const Finding &finding)
{
    const auto argument = finding.arguments.find("fault");
    const auto *code =
        argument == finding.arguments.end() ? nullptr : std::get_if<std::string>(&argument->second);
    if (!code)
        return {};
    const auto fault =
        std::find_if(Faults.begin(), Faults.end(), [code](const Fault &each) { return each.code == *code; });
    return fault == Faults.end() ? std::string() : ' ' + filled(fault->sentence, finding.arguments);
}

} // namespace mailoscope
