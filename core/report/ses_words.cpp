// SPDX-License-Identifier: Apache-2.0
// What each finding about Amazon SES says to people: what is, why it matters, what to do. Sorted by id.
#include "report/words.h"

#include <algorithm>
#include <array>

namespace mailoscope
{

namespace
{

constexpr std::array SesWords = {
    MAILOSCOPE_WORDS(
        "ses.dkim.cname", "A DKIM name of Amazon SES is not as it should be: {name}",
        "Amazon SES changes its keys behind three names. Where one of them is missing or wrong, mail "
        "goes out unsigned, or its signature cannot be verified after the next change.",
        "Publish a CNAME record at {name} with the target that SES shows for this domain, which is "
        "{target} in most regions."),
    MAILOSCOPE_WORDS(
        "ses.mailfrom.mx", "{name} is not set up correctly to take bounces for Amazon SES",
        "SES uses a custom MAIL FROM domain only while exactly one MX record points at its feedback "
        "host. Otherwise it falls back to amazonses.com, and SPF no longer supports DMARC.",
        "Keep one MX record at {name}, such as 10 feedback-smtp.us-east-1.amazonses.com with the "
        "region that sends, and use the name for nothing else."),
    MAILOSCOPE_WORDS(
        "ses.mailfrom.none", "No MAIL FROM domain of Amazon SES was found, and the include has no effect",
        "Amazon SES sends with its own domain as sender unless a MAIL FROM domain is set up, so the "
        "include of amazonses.com at {name} costs a look-up and aligns nothing. The MAIL FROM domain "
        "may have a name that was not looked at.",
        "Set up a custom MAIL FROM domain in SES, such as bounce.{name}, and remove the include here "
        "if nothing else needs it."),
    MAILOSCOPE_WORDS(
        "ses.mailfrom.spf", "{name} takes bounces for Amazon SES, but its SPF record does not let SES send",
        "Mail that SES sends with this name as its sender fails SPF, and SES may refuse to use the "
        "name.",
        "Publish v=spf1 include:amazonses.com ~all as the only SPF record at {name}."),
};

struct Fault {
    std::string_view code;
    std::string_view sentence;
};

constexpr std::array Faults = {
    Fault{"ses-absent",
          QT_TRANSLATE_NOOP("findings",
                            "There is no record at this name, while others of the three are there.")},
    Fault{"ses-host", QT_TRANSLATE_NOOP("findings", "SES has no host named {part}.")},
    Fault{"ses-no-spf", QT_TRANSLATE_NOOP("findings", "There is no SPF record.")},
    Fault{"ses-not-included", QT_TRANSLATE_NOOP("findings", "The record does not include amazonses.com.")},
    Fault{"ses-several-mx", QT_TRANSLATE_NOOP("findings", "There are {count} MX records.")},
    Fault{"ses-several-spf", QT_TRANSLATE_NOOP("findings", "There is more than one SPF record.")},
    Fault{"ses-target",
          QT_TRANSLATE_NOOP("findings", "It is an alias of {part}, which does not belong to this name.")},
    Fault{"ses-text", QT_TRANSLATE_NOOP(
                          "findings", "The target stands in a TXT record, where a CNAME record is needed.")},
};

} // namespace

std::span<const FindingWords> sesWords()
{
    return SesWords;
}

std::string sesHint(const Finding &finding)
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
