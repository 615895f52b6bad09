// SPDX-License-Identifier: Apache-2.0
#include "builders/builders.h"
#include "builders/parts.h"

#include "base/text.h"
#include "bimi/record.h"

namespace mailoscope::builders
{

namespace
{

bool is(bimi::Issue::Kind kind, bimi::Issue::Kind a, bimi::Issue::Kind b)
{
    return kind == a || kind == b;
}

BuildError errorOf(const BimiOptions &options, const bimi::ParsedRecord &parsed, const std::string &text)
{
    using Kind = bimi::Issue::Kind;
    for (const bimi::Issue &issue : parsed.issues) {
        if (is(issue.kind, Kind::LocationNotHttps, Kind::LocationBadUri))
            return wrong("logo", inQuotes(options.logo.value_or("")) + " is no https URL of a logo.");
        if (is(issue.kind, Kind::EvidenceNotHttps, Kind::EvidenceBadUri))
            return wrong("evidence",
                         inQuotes(options.evidence.value_or("")) + " is no https URL of a mark certificate.");
        if (issue.kind == Kind::BadAvatarPreference)
            return wrong("avatar",
                         inQuotes(options.avatarPreference.value_or("")) + " is neither brand nor personal.");
    }
    return wrong("", "These choices make no sound BIMI record together: " + inQuotes(text) + '.');
}

} // namespace

BuildResult buildBimi(const BimiOptions &options)
{
    Built built;
    if (options.declines && (options.logo || options.evidence || options.avatarPreference))
        return wrong("decline", "--decline says that the domain shows no logo: leave out --logo, --evidence "
                                "and --avatar.");
    if (!options.declines && (!options.logo || options.logo->empty()))
        return wrong("logo", "Name the logo, --logo URL, or say that the domain shows none: --decline.");
    for (const auto &value : {options.logo, options.evidence, options.avatarPreference}) {
        if (value && value->find(';') != std::string::npos)
            return wrong("", "A semicolon ends a tag, so none can stand in " + inQuotes(*value) +
                                 "; in a URL write %3B.");
    }
    std::string text = "v=BIMI1; l=" + options.logo.value_or("");
    if (options.declines)
        text += "; a=";
    else if (options.evidence)
        text += "; a=" + *options.evidence;
    if (options.avatarPreference)
        text += "; avp=" + *options.avatarPreference;
    if (options.declines)
        text += ';';
    const bimi::ParsedRecord parsed = bimi::parse(text);
    if (!parsed.isFlawless() || parsed.record->location.value_or("") != options.logo.value_or("") ||
        parsed.record->isDeclination() != options.declines ||
        parsed.record->avatarPreference != options.avatarPreference || !parsed.record->unknownTags.empty())
        return errorOf(options, parsed, text);
    if (options.selector.empty() || !DomainName::parse(options.selector))
        return wrong("selector", inQuotes(options.selector) + " is no selector.");
    if (const auto error = addTxt(built, options.domain, options.selector + "._bimi", text, options.ttl))
        return *error;
    if (options.declines) {
        built.explanations.push_back(
            {"l=; a=", "The domain takes no part: no logo is shown beside its mail."});
        return built;
    }
    built.explanations.push_back(
        {"l=" + shown(*options.logo),
         "Mailbox providers fetch the logo there: SVG Tiny PS, square, under 32 kB."});
    if (options.evidence)
        built.explanations.push_back(
            {"a=" + shown(*options.evidence),
             "The mark certificate proves that the logo is yours; most providers want "
             "one."});
    else
        built.warnings.emplace_back("Without a mark certificate (--evidence) most mailbox providers show no "
                                    "logo.");
    if (options.avatarPreference)
        built.explanations.push_back({"avp=" + shown(*options.avatarPreference),
                                      "It tells whether the logo or a person's own picture comes first."});
    if (options.selector != "default")
        built.warnings.push_back("Only mail with the header field BIMI-Selector: v=BIMI1; s=" +
                                 shown(options.selector) + " uses this record.");
    built.unchecked.emplace_back("whether DMARC is at quarantine or reject, which BIMI asks for");
    built.unchecked.emplace_back("whether the logo and the certificate are there and fit each other");
    return built;
}

} // namespace mailoscope::builders
