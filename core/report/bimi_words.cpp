// SPDX-License-Identifier: Apache-2.0
// What each BIMI finding says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array BimiWords = {
    MAILOSCOPE_WORDS(
        "bimi.a.fetch", "The mark certificate cannot be fetched: {reason}",
        "Receivers ask for {url} and get no certificate, so they show no logo that hangs on one.",
        "Serve the PEM file at exactly this URL over HTTPS with a valid certificate, without a redirect."),
    MAILOSCOPE_WORDS("bimi.a.https", "The tag a does not hold an https URL: {part}",
                     "Receivers drop the record: certificates are fetched over HTTPS alone.",
                     "Write the URL with https://."),
    MAILOSCOPE_WORDS("bimi.a.missing", "The logo has no mark certificate",
                     "Gmail and Apple Mail show a logo only with a mark certificate. Some others, such as "
                     "Yahoo, show it without.",
                     "If the logo is to be seen there, get a Verified or Common Mark Certificate and publish "
                     "its URL in the tag a."),
    MAILOSCOPE_WORDS(
        "bimi.avp", "The tag avp has a value that is not known: {part}",
        "It is brand or personal, in lower case. Receivers ignore another value or drop the whole record.",
        "Write avp=brand or avp=personal, or leave the tag out."),
    MAILOSCOPE_WORDS(
        "bimi.declined", "{domain} declines to show a logo",
        "The record has neither a logo nor a certificate: receivers show none for this domain, and do not "
        "look at the "
        "Organizational Domain either.",
        "Nothing, if that is what is meant. Otherwise publish the URL of the logo in the tag l."),
    MAILOSCOPE_WORDS("bimi.dmarc.org", "DMARC of the Organizational Domain {where} does not enforce: {tags}",
                     "Receivers show a logo only where both the domain and its Organizational Domain enforce "
                     "DMARC, so the policy "
                     "of {domain} alone does not help.",
                     "Bring p and sp of {where} to quarantine or reject, for all mail and without t=y."),
    MAILOSCOPE_WORDS("bimi.dmarc.weak", "DMARC is too weak for a logo: {tags} at {where}",
                     "Receivers show a logo only where DMARC enforces a policy: p is quarantine or reject "
                     "for all mail, sp and np "
                     "are not none, and t=y is not there.",
                     "Bring the DMARC policy to quarantine or reject before you expect a logo."),
    MAILOSCOPE_WORDS("bimi.l.empty", "The record has a certificate but no logo",
                     "Receivers look for the logo in the tag l first and stop where it is empty.",
                     "Publish the URL of the logo in the tag l beside the certificate."),
    MAILOSCOPE_WORDS(
        "bimi.l.fetch", "The logo cannot be fetched: {reason}",
        "Receivers ask for {url} and get no logo, so they show none.",
        "Serve the SVG file at exactly this URL over HTTPS with a valid certificate, without a redirect."),
    MAILOSCOPE_WORDS("bimi.l.https", "The tag l does not hold an https URL: {part}",
                     "Receivers drop the record: logos are fetched over HTTPS alone.",
                     "Write the URL with https://."),
    MAILOSCOPE_WORDS("bimi.l.type", "The logo is served with another media type: {type}",
                     "Some receivers take a logo only as image/svg+xml.",
                     "Let the server send Content-Type: image/svg+xml for {url}."),
    MAILOSCOPE_WORDS(
        "bimi.lps", "The tag lps has a prefix that is not valid: {part}",
        "Prefixes are letters, digits and hyphens, 63 characters at most. Receivers drop the record.",
        "Correct the prefix, or leave the tag out."),
    MAILOSCOPE_WORDS(
        "bimi.missing", "{domain} has no BIMI record",
        "Receivers that show logos of senders show none for this domain.",
        "Nothing is wrong. If you want your logo to be seen, enforce DMARC first, then publish a record."),
    MAILOSCOPE_WORDS("bimi.multiple", "{count} BIMI records at one name",
                     "Receivers that find more than one record use none of them.",
                     "Keep one and remove the others."),
    MAILOSCOPE_WORDS("bimi.spf.plusall", "SPF lets everybody send, so some receivers show no logo",
                     "A record that ends in +all makes everybody pass SPF; receivers that know this refuse "
                     "to show a logo.",
                     "End the SPF record in ~all or -all after listing the real senders."),
    MAILOSCOPE_WORDS(
        "bimi.syntax", "The BIMI record has a fault: {part}",
        "The fault is of this kind: {reason}. Receivers are told to repair nothing, so most drop the record.",
        "Write the record as v=BIMI1; l=https://...; a=https://...; with each tag once."),
    MAILOSCOPE_WORDS(
        "bimi.version", "A record means to be BIMI and is none: {record}",
        "Receivers look for v=BIMI1 as the very first tag, in capitals, and ignore everything else.",
        "Begin the record with v=BIMI1;."),
    MAILOSCOPE_WORDS("bimi.wrong-name", "A BIMI record stands at {name}, where nobody looks for it",
                     "Receivers ask for {right_name} and for other selectors below _bimi.",
                     "Move the record to {right_name}."),
    MAILOSCOPE_WORDS("svg.animation", "The logo holds an animation: {what} in line {line}",
                     "Logos for mail stand still. Receivers refuse the whole file.",
                     "Remove the animation from {url}."),
    MAILOSCOPE_WORDS("svg.bitmap", "The logo holds a bitmap: {what} in line {line}",
                     "SVG Tiny PS takes drawn shapes alone. Receivers refuse the whole file.",
                     "Draw the logo as shapes and remove the image from {url}."),
    MAILOSCOPE_WORDS("svg.discouraged", "The logo holds what should not be there: {what} (in all: {count})",
                     "Receivers have to tolerate it with this value, but tools and some receivers may not.",
                     "Remove {what} in line {line} of {url}."),
    MAILOSCOPE_WORDS(
        "svg.display", "The logo may be shown badly: {reason}",
        "Some mailbox providers want absolute sizes of at least 96 pixels and more than one colour, and make "
        "bad "
        "pictures of other files.",
        "Give width and height in pixels, 96 at least, and a background in another colour than the sign."),
    MAILOSCOPE_WORDS("svg.external", "The logo refers to something outside of itself: {what} in line {line}",
                     "Whoever controls the other place could see who reads mail, or change the logo. "
                     "Receivers refuse the whole file.",
                     "Put everything into the file and refer to it as #id alone."),
    MAILOSCOPE_WORDS("svg.gzip", "The logo is served as a compressed file",
                     "Receivers may take compressed files, but not all do.",
                     "Serve {url} uncompressed and leave compression to the transfer (Content-Encoding)."),
    MAILOSCOPE_WORDS("svg.profile", "The logo does not say that it is SVG Tiny PS: {reason}",
                     "The root element needs the namespace of SVG, version 1.2 and the profile tiny-ps. "
                     "Receivers refuse the file "
                     "without them.",
                     "Begin the file with <svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.2\" "
                     "baseProfile=\"tiny-ps\">."),
    MAILOSCOPE_WORDS(
        "svg.schema", "The logo breaks SVG Tiny PS: {what} in line {line} (places in all: {count})",
        "Receivers check logos against the schema of SVG Tiny PS and refuse a file with anything else in it.",
        "Remove or replace each of the places shown, or export the logo again as SVG Tiny PS."),
    MAILOSCOPE_WORDS("svg.script", "The logo holds a script: {what} in line {line}",
                     "A script in a picture could do anything. Receivers refuse the whole file.",
                     "Remove it from {url}."),
    MAILOSCOPE_WORDS("svg.size", "The logo is larger than 32 KB: {octets} bytes",
                     "Gmail and others refuse logos over 32 KB.",
                     "Simplify the shapes and remove what an editor left behind."),
    MAILOSCOPE_WORDS("svg.square", "The logo is not square",
                     "Receivers show logos in squares and circles; another shape is cut or gets bars.",
                     "Give the viewBox the same width and height, with the sign in its middle."),
    MAILOSCOPE_WORDS("svg.title", "The title of the logo is not as it should be: {reason}",
                     "The first element in the file is one title with the name of the brand, 64 characters "
                     "at most. It is read out "
                     "to people who cannot see the logo, and receivers check for it.",
                     "Put <title> with the name of the company behind the opening tag."),
    MAILOSCOPE_WORDS("svg.viewbox", "The logo has no viewBox",
                     "Without it a receiver cannot scale the logo, and several refuse it.",
                     "Add a square one, such as viewBox=\"0 0 128 128\"."),
    MAILOSCOPE_WORDS("svg.xml", "The logo is not XML that can be read safely: {reason} in line {line}",
                     "Receivers refuse files that are not well-formed, and those with a document type or "
                     "entities, which are a "
                     "known way to attack readers.",
                     "Export the logo again without DOCTYPE, and check it with an XML reader."),
    MAILOSCOPE_WORDS("svg.xy", "The root element of the logo has x or y",
                     "SVG Tiny PS forbids both. Receivers refuse the file.",
                     "Remove x and y from the opening tag."),
    MAILOSCOPE_WORDS(
        "vmc.chain", "The mark certificate does not lead to a trusted mark root: {reason}",
        "Mailbox providers trust a few issuers of mark certificates alone, not those of web sites. The "
        "issuer named is "
        "{issuer}.",
        "Publish the leaf and all intermediate certificates of DigiCert, GlobalSign or SSL.com in one file."),
    MAILOSCOPE_WORDS(
        "vmc.crl", "The mark certificate does not say where its revocation list is",
        "The rules for mark certificates demand a distribution point, and receivers may refuse one without.",
        "Ask the issuer for a new certificate."),
    MAILOSCOPE_WORDS("vmc.dates", "The mark certificate is not valid at this time: {reason}",
                     "It is valid from {not_before} to {not_after}. Receivers show no logo outside of that.",
                     "Publish a valid certificate at {url}."),
    MAILOSCOPE_WORDS("vmc.eku", "The mark certificate may not be used for marks: {reason}",
                     "The certificate and its issuer need the extended key usage 1.3.6.1.5.5.7.3.31. A "
                     "certificate for a web site "
                     "does not have it.",
                     "Get a Verified or Common Mark Certificate from an issuer of these."),
    MAILOSCOPE_WORDS(
        "vmc.expiring", "The mark certificate expires on {not_after}",
        "After that receivers show no logo. A new one takes weeks, since the issuer checks the mark again.",
        "Renew it now, and publish the new file at {url}."),
    MAILOSCOPE_WORDS(
        "vmc.format", "The file of the mark certificate holds no certificates in PEM",
        "Receivers read certificates as text between BEGIN CERTIFICATE and END CERTIFICATE, sixteen at most.",
        "Put the leaf first, then the intermediate certificates, in PEM into the file at {url}."),
    MAILOSCOPE_WORDS("vmc.lifetime", "The mark certificate is valid for {days} days",
                     "The rules for mark certificates allow 398 days. Receivers may refuse it.",
                     "Ask the issuer for a certificate that follows the rules."),
    MAILOSCOPE_WORDS("vmc.logotype", "The image in the mark certificate is not as it should be: {reason}",
                     "The certificate holds the logo itself, with its hash. Receivers compare it with the "
                     "file that the record "
                     "names, and may show none where they differ.",
                     "Publish the very file that the certificate was issued for, byte by byte."),
    MAILOSCOPE_WORDS("vmc.marktype", "The type of the mark is missing or not known: {reason}",
                     "The subject says what kind of mark it is, and receivers decide by it whether a sign of "
                     "verification is shown.",
                     "Ask the issuer for a certificate that follows the rules."),
    MAILOSCOPE_WORDS(
        "vmc.nameconstraints", "The mark certificate has name constraints",
        "They belong into certificates of issuers and are forbidden here. Receivers may refuse it.",
        "Ask the issuer for a new certificate."),
    MAILOSCOPE_WORDS("vmc.order", "The certificates do not stand in their order: {reason}",
                     "The leaf comes first, then each issuer of the one before, each once. Receivers may "
                     "refuse another order.",
                     "Put the certificates into that order in the file at {url}."),
    MAILOSCOPE_WORDS("vmc.pilot", "The mark certificate has the extension of the pilot programme",
                     "It is forbidden in certificates issued since March 2025. Receivers may refuse it.",
                     "Ask the issuer for a new certificate."),
    MAILOSCOPE_WORDS("vmc.san", "The mark certificate is not for {record_domain}",
                     "It names {names}. A name covers exactly the domain where the record stands, neither "
                     "those below nor above.",
                     "Get a certificate that names {record_domain}."),
    MAILOSCOPE_WORDS(
        "vmc.sct", "The mark certificate has no signed timestamp of a public log",
        "Mark certificates are logged in public before they are used; receivers look for the timestamp.",
        "Ask the issuer for a certificate that is logged."),
};

} // namespace

std::span<const FindingWords> bimiWords()
{
    return BimiWords;
}

} // namespace mailoscope
