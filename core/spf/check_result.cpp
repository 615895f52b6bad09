// SPDX-License-Identifier: Apache-2.0
// The results of check_host() and the identity it is asked about.
#include "spf/check_host.h"

#include "base/ascii.h"
#include "base/idna.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

bool isHostNameCharacter(char c)
{
    return ascii::isAlnum(c) || c == '-' || c == '_' || c == '.';
}

} // namespace

std::string_view toString(CheckResult result)
{
    switch (result) {
    case CheckResult::None:
        return "none";
    case CheckResult::Neutral:
        return "neutral";
    case CheckResult::Pass:
        return "pass";
    case CheckResult::Fail:
        return "fail";
    case CheckResult::SoftFail:
        return "softfail";
    case CheckResult::TempError:
        return "temperror";
    case CheckResult::PermError:
        return "permerror";
    }
    return "none";
}

CheckResult resultOf(Qualifier qualifier)
{
    switch (qualifier) {
    case Qualifier::Pass:
        return CheckResult::Pass;
    case Qualifier::Fail:
        return CheckResult::Fail;
    case Qualifier::SoftFail:
        return CheckResult::SoftFail;
    case Qualifier::Neutral:
        return CheckResult::Neutral;
    }
    return CheckResult::Neutral;
}

Identity identityOf(const std::string &sender, const std::string &helo)
{
    Identity identity;
    // Section 2.4: the null reverse-path stands for postmaster at the HELO name.
    const bool isNull = sender.empty() || sender == "<>";
    const std::string postmaster = isNull ? "postmaster@" + helo : std::string();
    const std::string_view address = isNull ? postmaster : sender;
    // AD-HOC: several '@': the last one divides.
    const std::size_t at = address.rfind('@');
    identity.localPart = at == std::string_view::npos ? std::string_view() : address.substr(0, at);
    if (identity.localPart.empty())
        identity.localPart = "postmaster"; // section 4.3
    std::string_view domain = at == std::string_view::npos ? address : address.substr(at + 1);
    if (domain.ends_with('.'))
        domain.remove_suffix(1);            // LENIENT: a trailing dot is the same name
    auto aLabels = idna::toALabels(domain); // RFC 8616 section 4
    identity.domainText = aLabels ? *std::move(aLabels) : std::string(domain);
    if (!std::all_of(identity.domainText.begin(), identity.domainText.end(), isHostNameCharacter))
        return identity;
    auto name = DomainName::parse(identity.domainText);
    if (name && name->labelCount() >= 2)
        identity.domain = *std::move(name);
    return identity;
}

std::string CheckOutcome::mechanism() const
{
    if (!matched.empty())
        return matched.back();
    return result == CheckResult::Neutral ? "default" : std::string();
}

} // namespace mailoscope::spf
