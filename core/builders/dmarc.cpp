// SPDX-License-Identifier: Apache-2.0
#include "builders/builders.h"
#include "builders/parts.h"

#include "base/public_suffix.h"
#include "base/text.h"
#include "dmarc/report_uri.h"

#include <algorithm>

namespace mailoscope::builders
{

namespace
{

using dmarc::Policy;

template <typename Value>
dmarc::TagValue<Value> tag(Value value, std::string_view text)
{
    return {value, std::string(text)};
}

int strictness(Policy policy)
{
    switch (policy) {
    case Policy::None:
        return 0;
    case Policy::Quarantine:
        return 1;
    case Policy::Reject:
        return 2;
    }
    return 0;
}

std::string meaningOf(Policy policy, std::string_view whose)
{
    switch (policy) {
    case Policy::None:
        return "Nothing happens to mail that fails for " + std::string(whose) + "; reports tell of it.";
    case Policy::Quarantine:
        return "Mail that fails for " + std::string(whose) +
               " is treated as suspicious, as spam for instance.";
    case Policy::Reject:
        return "Mail that fails for " + std::string(whose) + " is refused.";
    }
    return "";
}

char letterOf(dmarc::FailureOption option)
{
    switch (option) {
    case dmarc::FailureOption::All:
        return '0';
    case dmarc::FailureOption::Any:
        return '1';
    case dmarc::FailureOption::Dkim:
        return 'd';
    case dmarc::FailureOption::Spf:
        return 's';
    }
    return '0';
}

class DmarcBuilder
{
public:
    explicit DmarcBuilder(const DmarcOptions &options) : m_options(options) {}

    BuildResult build()
    {
        addPolicies();
        addAlignment();
        m_record.rua = uris("rua", m_options.rua);
        m_record.ruf = uris("ruf", m_options.ruf);
        if (!m_record.rua)
            m_built.warnings.emplace_back("Without --rua nobody tells what happens to the domain's mail: "
                                          "failures go unnoticed.");
        else
            explain("rua", "Receivers send daily aggregate reports there.");
        if (m_record.ruf)
            explain("ruf", "The few receivers that send failure reports, with parts of messages, send them "
                           "there.");
        addFailureOptions();
        if (m_error)
            return *m_error;
        return finish();
    }

private:
    void explain(std::string part, std::string sentence)
    {
        m_built.explanations.push_back({std::move(part), std::move(sentence)});
    }
    void fail(std::string_view option, std::string sentence)
    {
        if (!m_error)
            m_error = wrong(option, std::move(sentence));
    }

    void addPolicies()
    {
        const auto add = [this](std::string_view name, Policy policy, std::string_view whose) {
            explain(std::string(name) + '=' + std::string(toString(policy)), meaningOf(policy, whose));
            return tag(policy, toString(policy));
        };
        const Policy below = m_options.subdomainPolicy.value_or(m_options.policy);
        m_record.p = add("p", m_options.policy, "the domain");
        if (m_options.subdomainPolicy)
            m_record.sp = add("sp", below, "names below the domain");
        if (m_options.nonexistentPolicy)
            m_record.np = add("np", *m_options.nonexistentPolicy, "names below it that do not exist");
        if (strictness(below) < strictness(m_options.policy))
            m_built.warnings.emplace_back("Names below the domain are protected less than the domain itself: "
                                          "forgers use them.");
        if (m_options.nonexistentPolicy && strictness(*m_options.nonexistentPolicy) < strictness(below))
            m_built.warnings.emplace_back("Names that do not exist are protected less than those that do.");
        const Policy nonexistent = m_options.nonexistentPolicy.value_or(below);
        const bool isAllNone =
            m_options.policy == Policy::None && below == Policy::None && nonexistent == Policy::None;
        if (!m_options.isTesting)
            return;
        if (isAllNone)
            return fail("testing", "--testing asks receivers to go one step below the policy, and there is "
                                   "none below none.");
        m_record.t = tag(true, "y");
        explain("t=y",
                "Receivers that follow RFC 9989 apply the policy one step lower while you try it; those "
                "of RFC 7489 apply it in full.");
    }

    void addAlignment()
    {
        const auto add = [this](std::string_view name, dmarc::Alignment alignment, std::string_view whose) {
            const bool isStrict = alignment == dmarc::Alignment::Strict;
            const std::string text(isStrict ? "s" : "r");
            explain(std::string(name) + '=' + text,
                    isStrict ? "The domain of " + std::string(whose) + " must be exactly the one in From."
                             : "The domain of " + std::string(whose) +
                                   " may also be above or below the one in From.");
            return tag(alignment, text);
        };
        if (m_options.dkimAlignment)
            m_record.adkim = add("adkim", *m_options.dkimAlignment, "the DKIM signature");
        if (m_options.spfAlignment)
            m_record.aspf = add("aspf", *m_options.spfAlignment, "the envelope sender");
    }

    std::optional<std::vector<dmarc::ReportUri>> uris(std::string_view option,
                                                      const std::vector<std::string> &typed)
    {
        std::vector<dmarc::ReportUri> read;
        for (const std::string &text : typed) {
            const dmarc::UriReading reading = dmarc::readReportUri(reportUri(text));
            if (!reading.issues.empty() || !reading.uri.valid || !reading.uri.isMailto) {
                fail(option, inQuotes(text) + " is no mail address (or mailto URI) that reports can go to.");
                return {};
            }
            if (std::find(read.begin(), read.end(), reading.uri) != read.end())
                continue;
            read.push_back(reading.uri);
            if (reading.uri.host && !sameOrganization(*reading.uri.host, m_options.domain))
                noteExternal(*reading.uri.host);
        }
        return read.empty() ? std::nullopt : std::optional(read);
    }

    // RFC 9990 section 4
    void noteExternal(const DomainName &host)
    {
        const std::string sentence = "Reports to " + shown(host.text()) + " are sent only if " +
                                     shown(m_options.domain.text()) + "._report._dmarc." +
                                     shown(host.text()) + " has a TXT record that begins with v=DMARC1.";
        if (std::find(m_built.warnings.begin(), m_built.warnings.end(), sentence) == m_built.warnings.end())
            m_built.warnings.push_back(sentence);
    }

    void addFailureOptions()
    {
        if (m_options.failureOptions.empty())
            return;
        if (m_options.ruf.empty())
            return fail("failure-options",
                        "--failure-options says when failure reports are sent, and without "
                        "--ruf there are none.");
        std::string text;
        for (const dmarc::FailureOption option : m_options.failureOptions)
            text += (text.empty() ? "" : ":") + std::string(1, letterOf(option));
        m_record.fo = tag(m_options.failureOptions, text);
        explain("fo=" + text,
                "It tells which failures are reported: 0 when both fail, 1 when either does, d for "
                "DKIM, s for SPF.");
    }

    BuildResult finish()
    {
        const std::string text = dmarc::toText(m_record);
        const dmarc::ParsedRecord parsed = dmarc::parse(text);
        if (!parsed.isFlawless() || *parsed.record != m_record)
            return wrong("", "These choices make no sound DMARC record together: " + inQuotes(text) + '.');
        if (const auto error = addTxt(m_built, m_options.domain, "_dmarc", text, m_options.ttl))
            return *error;
        m_built.unchecked.emplace_back(
            "whether the domain's mail passes DKIM or SPF with the domain's own name");
        m_built.unchecked.emplace_back("whether another DMARC record stands there");
        return std::move(m_built);
    }

    const DmarcOptions &m_options;
    dmarc::Record m_record;
    std::optional<BuildError> m_error;
    Built m_built;
};

} // namespace

BuildResult buildDmarc(const DmarcOptions &options)
{
    return DmarcBuilder(options).build();
}

} // namespace mailoscope::builders
