// SPDX-License-Identifier: Apache-2.0
// MTA-STS, TLS reporting, null MX.
#include "builders/builders.h"
#include "builders/parts.h"

#include "base/text.h"
#include "mta_sts/record.h"
#include "tls_rpt/record.h"

#include <algorithm>

namespace mailoscope::builders
{

namespace
{

constexpr std::uint64_t Day = 86400;
constexpr std::uint64_t Week = 7 * Day;

std::string meaningOf(mta_sts::Mode mode)
{
    switch (mode) {
    case mta_sts::Mode::Enforce:
        return "Senders deliver only over TLS to the hosts named, with a certificate that holds; else the "
               "mail "
               "waits and comes back.";
    case mta_sts::Mode::Testing:
        return "Senders deliver as before and report what would have failed, to the TLS-RPT address.";
    case mta_sts::Mode::None:
        return "Senders that keep an older policy drop it: the way to give MTA-STS up.";
    }
    return "";
}

BuildResult withPolicy(const MtaStsOptions &options, const mta_sts::Policy &policy, Built built)
{
    const std::string file = mta_sts::toText(policy);
    const mta_sts::Record record{options.id, {}};
    const std::string text = mta_sts::toText(record);
    const mta_sts::ParsedPolicy parsed = mta_sts::parsePolicy(file);
    const mta_sts::ParsedRecord parsedRecord = mta_sts::parseRecord(text);
    if (!parsedRecord.isFlawless() || *parsedRecord.record != record)
        return wrong("id", inQuotes(options.id) + " is no id: it has 1 to 32 letters and digits.");
    if (!parsed.isFlawless() || *parsed.record != policy)
        return wrong("", "These choices make no sound MTA-STS policy together.");
    if (const auto error = addTxt(built, options.domain, "_mta-sts", text, options.ttl))
        return *error;
    const auto host = options.domain.prefixed("mta-sts");
    if (!host)
        return wrong("", "The name mta-sts." + shown(options.domain.text()) + " is longer than DNS allows.");
    built.changes.push_back(
        fixes::FileChange{{*host, 443, "/.well-known/mta-sts.txt"}, "text/plain", std::nullopt, file});
    built.explanations.insert(built.explanations.begin(),
                              {"id=" + options.id,
                               "Senders fetch the policy again when the id changes: change "
                               "it with each change of the policy."});
    built.unchecked.emplace_back(
        "whether the hosts named are the domain's MX hosts and have certificates that "
        "hold");
    built.unchecked.emplace_back("whether https://" + shown(host->text()) + " is there with a certificate");
    return built;
}

} // namespace

BuildResult buildMtaSts(const MtaStsOptions &options)
{
    Built built;
    mta_sts::Policy policy;
    policy.hasVersion = true;
    policy.mode = options.mode;
    const bool isNone = options.mode == mta_sts::Mode::None;
    if (options.mx.empty() && !isNone)
        return wrong("mx", "Name the hosts that take the domain's mail: --mx HOST for each.");
    if (!options.mx.empty() && isNone)
        return wrong("mx", "--mode none gives MTA-STS up and names no hosts: leave out --mx.");
    built.explanations.push_back({"mode: " + std::string(toString(options.mode)), meaningOf(options.mode)});
    for (const std::string &text : options.mx) {
        const auto pattern = mta_sts::MxPattern::parse(text);
        if (!pattern || pattern->name.labelCount() < 2)
            return wrong("mx", inQuotes(text) + " is no host name, nor a host name behind \"*.\".");
        if (std::find(policy.mx.begin(), policy.mx.end(), *pattern) != policy.mx.end())
            continue;
        policy.mx.push_back(*pattern);
        built.explanations.push_back(
            {"mx: " + pattern->text(),
             pattern->isWildcard
                 ? "Mail may be given to each host with exactly one label in front of this name."
                 : "Mail may be given to this host."});
    }
    const std::uint64_t usual = options.mode == mta_sts::Mode::Enforce ? Week : Day;
    policy.maxAge = options.maxAge.value_or(usual);
    if (*policy.maxAge > mta_sts::LongestMaxAge)
        return wrong("max-age", "The longest max_age is " + std::to_string(mta_sts::LongestMaxAge) +
                                    " seconds, about a year.");
    if (*policy.maxAge < Day)
        built.warnings.emplace_back(
            "With a max_age under a day the policy protects little: senders forget it "
            "between two mails.");
    built.explanations.push_back({"max_age: " + std::to_string(*policy.maxAge),
                                  "Senders keep the policy for so many seconds, and protect mail even if an "
                                  "attacker hides it meanwhile."});
    return withPolicy(options, policy, std::move(built));
}

BuildResult buildTlsRpt(const TlsRptOptions &options)
{
    Built built;
    if (options.rua.empty())
        return wrong("rua", "Name where reports go: --rua ADDRESS, or an https URL.");
    std::string uris;
    for (const std::string &typed : options.rua) {
        const std::string uri = reportUri(typed);
        const tls_rpt::ParsedRecord one = tls_rpt::parseRecord("v=TLSRPTv1; rua=" + uri);
        if (!one.isFlawless() || one.record->rua.size() != 1 || one.record->rua.front().text != uri ||
            one.record->rua.front().scheme == tls_rpt::ReportUri::Scheme::Other)
            return wrong("rua", inQuotes(typed) + " is neither a mail address nor an https URL.");
        const bool isMail = one.record->rua.front().scheme == tls_rpt::ReportUri::Scheme::Mailto;
        uris += (uris.empty() ? "" : ",") + uri;
        built.explanations.push_back(
            {"rua=" + shown(uri),
             isMail
                 ? "Senders mail a daily report there on failed TLS; the mailbox should not need MTA-STS or "
                   "DANE to be reached."
                 : "Senders post a daily report there on failed TLS."});
    }
    const std::string text = "v=TLSRPTv1; rua=" + uris;
    const tls_rpt::ParsedRecord parsed = tls_rpt::parseRecord(text);
    if (!parsed.isFlawless() || parsed.record->rua.size() != options.rua.size())
        return wrong("rua", "These addresses make no sound record together: " + inQuotes(text) + '.');
    if (const auto error = addTxt(built, options.domain, "_smtp._tls", text, options.ttl))
        return *error;
    built.unchecked.emplace_back("whether another TLS-RPT record stands there");
    built.unchecked.emplace_back("whether the address takes mail");
    return built;
}

BuildResult buildNullMx(const Common &options)
{
    Built built;
    // RFC 7505 section 3
    built.changes.push_back(fixes::RecordChange{options.domain, dns::RrType::MX, std::nullopt,
                                                dns::MxData{0, DomainName()}, options.ttl});
    built.explanations.push_back(
        {"0 .", "The domain takes no mail: senders give up at once instead of trying its address for days."});
    built.unchecked.emplace_back("whether the domain takes mail now (all its other MX records have to go)");
    built.unchecked.emplace_back("whether it sends mail (receivers refuse senders that cannot be answered)");
    return built;
}

} // namespace mailoscope::builders
