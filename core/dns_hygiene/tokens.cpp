// SPDX-License-Identifier: Apache-2.0
#include "dns_hygiene/tokens.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>

namespace mailoscope::dns_hygiene
{

namespace
{

struct Mark {
    std::string_view prefix; ///< lower case
    std::string_view service;
};

constexpr std::array<Mark, 47> Marks = {{
    {"1password-site-verification=", "1Password"},
    {"_globalsign-domain-verification=", "GlobalSign"},
    {"adobe-idp-site-verification=", "Adobe"},
    {"adobe-sign-verification=", "Adobe"},
    {"airtable-verification=", "Airtable"},
    {"amazonses:", "Amazon SES"},
    {"anthropic-domain-verification", "Anthropic"},
    {"apple-domain-verification=", "Apple"},
    {"atlassian-domain-verification=", "Atlassian"},
    {"atlassian-sending-domain-verification=", "Atlassian"},
    {"blitz=", "Blitz"},
    {"box-domain-verification=", "Box"},
    {"brevo-code:", "Brevo"},
    {"calendly-site-verification=", "Calendly"},
    {"canva-site-verification=", "Canva"},
    {"cisco-ci-domain-verification=", "Cisco"},
    {"citrix-verification-code=", "Citrix"},
    {"docker-verification=", "Docker"},
    {"docusign=", "DocuSign"},
    {"dropbox-domain-verification=", "Dropbox"},
    {"dynatrace-site-verification=", "Dynatrace"},
    {"facebook-domain-verification=", "Meta"},
    {"globalsign-domain-verification=", "GlobalSign"},
    {"google-site-verification=", "Google"},
    {"google-site-verification:", "Google"},
    {"have-i-been-pwned-verification=", "Have I Been Pwned"},
    {"hubspot-developer-verification=", "HubSpot"},
    {"jamf-site-verification=", "Jamf"},
    {"keybase-site-verification=", "Keybase"},
    {"klaviyo-site-verification=", "Klaviyo"},
    {"lastpass-verification-code=", "LastPass"},
    {"loom-site-verification=", "Loom"},
    {"miro-verification=", "Miro"},
    {"mongodb-site-verification=", "MongoDB"},
    {"ms=ms", "Microsoft 365"},
    {"notion-domain-verification=", "Notion"},
    {"onetrust-domain-verification=", "OneTrust"},
    {"openai-domain-verification=", "OpenAI"},
    {"pinterest-site-verification=", "Pinterest"},
    {"sendinblue-code:", "Brevo"},
    {"slack-domain-verification=", "Slack"},
    {"status-page-domain-verification=", "Statuspage"},
    {"stripe-verification=", "Stripe"},
    {"teamviewer-sso-verification=", "TeamViewer"},
    {"webexdomainverification", "Cisco Webex"},
    {"yandex-verification:", "Yandex"},
    {"zoom_verify_", "Zoom"},
}};

/// Access keys with a prefix of their own: so many letters, digits, "-", "_" or "." at least follow.
struct Key {
    std::string_view prefix;
    std::size_t tail;
};
constexpr std::array<Key, 15> Keys = {{{"AKIA", 16},
                                       {"ASIA", 16},
                                       {"AIza", 35},
                                       {"SG.", 40},
                                       {"ghp_", 36},
                                       {"gho_", 36},
                                       {"ghs_", 36},
                                       {"github_pat_", 40},
                                       {"glpat-", 20},
                                       {"xoxb-", 20},
                                       {"xoxp-", 20},
                                       {"sk_live_", 20},
                                       {"rk_live_", 20},
                                       {"dop_v1_", 40},
                                       {"shpat_", 30}}};

/// Names in front of "=" or ":".
constexpr std::array<std::string_view, 11> Names = {
    "password", "passwd",     "pwd",         "passphrase",           "secret", "client_secret", "api_key",
    "apikey",   "api_secret", "private_key", "aws_secret_access_key"};

bool isKeyOctet(char c)
{
    return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.';
}

bool beginsWord(std::string_view text, std::size_t at)
{
    return at == 0 || (!isKeyOctet(text[at - 1]) && text[at - 1] != '/' && text[at - 1] != '+');
}

std::optional<Span> keyAt(std::string_view text, std::size_t at)
{
    const std::string_view rest = text.substr(at);
    const auto length =
        static_cast<std::size_t>(std::find_if_not(rest.begin(), rest.end(), isKeyOctet) - rest.begin());
    for (const Key &key : Keys) {
        if (rest.starts_with(key.prefix) && length >= key.prefix.size() + key.tail)
            return Span{at, at + length};
    }
    for (const std::string_view name : Names) {
        if (!ascii::startsWithIgnoringCase(rest, name))
            continue;
        const std::string_view value = rest.substr(name.size());
        const auto end = static_cast<std::size_t>(
            std::find_if_not(value.begin(), value.end(), ascii::isVisible) - value.begin());
        // A word of a sentence, or nothing behind the sign, is no secret.
        if (end >= 5 && (value.front() == '=' || value.front() == ':'))
            return Span{at, at + name.size() + end};
    }
    return std::nullopt;
}

} // namespace

std::string_view verificationService(std::string_view text)
{
    for (const Mark &mark : Marks) {
        if (ascii::startsWithIgnoringCase(text, mark.prefix))
            return mark.service;
    }
    return {};
}

std::optional<Span> secretIn(std::string_view text)
{
    // RFC 7468 section 10 and 11: "PRIVATE KEY", and older forms with a word before it.
    if (const std::size_t at = text.find("PRIVATE KEY-----"); at != std::string_view::npos)
        return Span{0, text.size()};
    bool inWord = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        // Only where a word begins, so that each octet is looked at once.
        if (!inWord && beginsWord(text, at)) {
            if (const auto span = keyAt(text, at))
                return span;
        }
        inWord = isKeyOctet(text[at]);
    }
    return std::nullopt;
}

} // namespace mailoscope::dns_hygiene
