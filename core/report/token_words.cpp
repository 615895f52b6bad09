// SPDX-License-Identifier: Apache-2.0
#include "report/token_words.h"

#include "report/words.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

struct TokenWords {
    std::string_view id; ///< of the finding; empty: of any
    std::string_view token;
    std::string_view words;
};

constexpr std::array<TokenWords, 66> Tokens = {{
    {"svg.title", "missing", QT_TRANSLATE_NOOP("tokens", "there is none")},
    {"svg.title", "empty", QT_TRANSLATE_NOOP("tokens", "it is empty")},
    {"svg.title", "template", QT_TRANSLATE_NOOP("tokens", "it is the template's own, not a name")},
    {"svg.title", "not-first", QT_TRANSLATE_NOOP("tokens", "it is not the first element")},
    {"svg.title", "several", QT_TRANSLATE_NOOP("tokens", "there is more than one")},
    {"svg.title", "long", QT_TRANSLATE_NOOP("tokens", "it is longer than 64 characters")},
    {"svg.profile", "root", QT_TRANSLATE_NOOP("tokens", "the root element is not svg")},
    {"svg.profile", "namespace", QT_TRANSLATE_NOOP("tokens", "the namespace of SVG is missing")},
    {"svg.profile", "version", QT_TRANSLATE_NOOP("tokens", "the version is not 1.2")},
    {"svg.profile", "base-profile", QT_TRANSLATE_NOOP("tokens", "baseProfile is not tiny-ps")},
    {"svg.xml", "not-well-formed", QT_TRANSLATE_NOOP("tokens", "it is not well-formed")},
    {"svg.xml", "doctype", QT_TRANSLATE_NOOP("tokens", "it has a document type")},
    {"svg.xml", "entity", QT_TRANSLATE_NOOP("tokens", "it uses an entity")},
    {"svg.xml", "too-deep", QT_TRANSLATE_NOOP("tokens", "its elements are nested too deep")},
    {"svg.display", "percent", QT_TRANSLATE_NOOP("tokens", "its size is given in per cent")},
    {"svg.display", "small", QT_TRANSLATE_NOOP("tokens", "it is smaller than 96 pixels")},
    {"svg.display", "one-colour", QT_TRANSLATE_NOOP("tokens", "it has one colour alone")},
    {"vmc.chain", "no-issuer", QT_TRANSLATE_NOOP("tokens", "an issuer is not among the certificates")},
    {"vmc.chain", "bad-signature", QT_TRANSLATE_NOOP("tokens", "a signature does not fit")},
    {"vmc.chain", "expired", QT_TRANSLATE_NOOP("tokens", "a certificate above it has expired")},
    {"vmc.chain", "not-ca", QT_TRANSLATE_NOOP("tokens", "a certificate above it may not issue others")},
    {"vmc.chain", "other", QT_TRANSLATE_NOOP("tokens", "the chain cannot be followed")},
    {"vmc.chain", "distrusted", QT_TRANSLATE_NOOP("tokens", "the root is no longer trusted")},
    {"vmc.order", "leaf-not-first", QT_TRANSLATE_NOOP("tokens", "the leaf is not the first")},
    {"vmc.order", "several-leaves", QT_TRANSLATE_NOOP("tokens", "there is more than one leaf")},
    {"vmc.order", "order", QT_TRANSLATE_NOOP("tokens", "an issuer does not follow what it issued")},
    {"vmc.eku", "leaf", QT_TRANSLATE_NOOP("tokens", "the leaf lacks the key usage")},
    {"vmc.eku", "issuer", QT_TRANSLATE_NOOP("tokens", "the issuer lacks the key usage")},
    {"vmc.dates", "not-yet-valid", QT_TRANSLATE_NOOP("tokens", "it is not valid yet")},
    {"vmc.dates", "expired", QT_TRANSLATE_NOOP("tokens", "it has expired")},
    {"vmc.logotype", "missing", QT_TRANSLATE_NOOP("tokens", "there is none")},
    {"vmc.logotype", "hash", QT_TRANSLATE_NOOP("tokens", "it does not have the hash that is stated")},
    {"vmc.logotype", "unreadable", QT_TRANSLATE_NOOP("tokens", "it cannot be read")},
    {"vmc.logotype", "differs", QT_TRANSLATE_NOOP("tokens", "it is not the logo that is published")},
    {"vmc.marktype", "missing", QT_TRANSLATE_NOOP("tokens", "it names none")},
    {"vmc.marktype", "unknown", QT_TRANSLATE_NOOP("tokens", "it is not a known one")},
    {"vmc.marktype", "no-source-url",
     QT_TRANSLATE_NOOP("tokens", "the place where the mark was used before is not named")},
    {"bimi.syntax", "no-equals", QT_TRANSLATE_NOOP("tokens", "a tag without an equals sign")},
    {"bimi.syntax", "name", QT_TRANSLATE_NOOP("tokens", "a tag name with a character that is not allowed")},
    {"bimi.syntax", "empty", QT_TRANSLATE_NOOP("tokens", "an empty part between semicolons")},
    {"bimi.syntax", "duplicate", QT_TRANSLATE_NOOP("tokens", "a tag that stands twice")},
    {"bimi.syntax", "octet", QT_TRANSLATE_NOOP("tokens", "a character that is not allowed")},
    {"bimi.syntax", "no-l", QT_TRANSLATE_NOOP("tokens", "the tag l is missing")},
    {"bimi.syntax", "uri", QT_TRANSLATE_NOOP("tokens", "a URL that cannot be read")},
    {"", "redirect", QT_TRANSLATE_NOOP("tokens", "the server answers with a redirect")},
    {"", "status", QT_TRANSLATE_NOOP("tokens", "the server answers with HTTP status {status}")},
    {"", "answered", QT_TRANSLATE_NOOP("tokens", "an answer without data")},
    {"", "nodata", QT_TRANSLATE_NOOP("tokens", "no data")},
    {"", "nxdomain", QT_TRANSLATE_NOOP("tokens", "the name does not exist")},
    {"", "servfail", QT_TRANSLATE_NOOP("tokens", "the server failed (SERVFAIL)")},
    {"", "refused", QT_TRANSLATE_NOOP("tokens", "the server refused")},
    {"", "rcode", QT_TRANSLATE_NOOP("tokens", "the server answered with an error")},
    {"", "timeout", QT_TRANSLATE_NOOP("tokens", "no answer in time")},
    {"", "malformed", QT_TRANSLATE_NOOP("tokens", "the answer could not be read")},
    {"", "unreachable", QT_TRANSLATE_NOOP("tokens", "no server could be reached")},
    {"", "not-recorded", QT_TRANSLATE_NOOP("tokens", "not in the snapshot")},
    {"", "no-address", QT_TRANSLATE_NOOP("tokens", "the host has no address")},
    {"", "lookup-failed", QT_TRANSLATE_NOOP("tokens", "its address could not be looked up")},
    {"", "private-address", QT_TRANSLATE_NOOP("tokens", "its address is not of the public Internet")},
    {"", "tls-failure", QT_TRANSLATE_NOOP("tokens", "no TLS session came about")},
    {"", "left-out", QT_TRANSLATE_NOOP("tokens", "it was not asked")},
    {"", "not-offered", QT_TRANSLATE_NOOP("tokens", "no STARTTLS")},
    {"", "tls-refused", QT_TRANSLATE_NOOP("tokens", "STARTTLS was refused")},
    {"", "rejected", QT_TRANSLATE_NOOP("tokens", "the host rejected us")},
    {"", "interrupted", QT_TRANSLATE_NOOP("tokens", "the session broke off")},
    {"", "encrypted", QT_TRANSLATE_NOOP("tokens", "encrypted")},
}};

std::string_view wordsOf(std::string_view id, std::string_view token)
{
    for (const std::string_view of : {id, std::string_view()}) {
        const auto found = std::find_if(Tokens.begin(), Tokens.end(), [&](const TokenWords &row) {
            return row.id == of && row.token == token;
        });
        if (found != Tokens.end())
            return found->words;
    }
    return token;
}

} // namespace

Arguments withWords(const Finding &finding)
{
    Arguments arguments = finding.arguments;
    for (const char *name : {"reason", "outcome"}) {
        const auto found = arguments.find(name);
        if (found == arguments.end())
            continue;
        if (auto *token = std::get_if<std::string>(&found->second))
            *token = filled(wordsOf(finding.id, *token), finding.arguments);
    }
    return arguments;
}

std::vector<std::string_view> knownTokens()
{
    std::vector<std::string_view> tokens;
    for (const TokenWords &row : Tokens)
        tokens.push_back(row.token);
    return tokens;
}

} // namespace mailoscope
