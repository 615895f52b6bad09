// SPDX-License-Identifier: Apache-2.0
#include "builders/parts.h"

#include "base/ascii.h"
#include "base/hex.h"
#include "base/text.h"

namespace mailoscope::builders
{

std::string Built::record() const
{
    const auto *first = changes.empty() ? nullptr : std::get_if<fixes::RecordChange>(&changes.front());
    return first && first->after ? fixes::textOf(first->type, *first->after) : std::string();
}

BuildError wrong(std::string_view option, std::string sentence)
{
    return {std::string(option), std::move(sentence)};
}

std::string inQuotes(std::string_view text)
{
    return '"' + shown(text) + '"';
}

std::optional<BuildError> addTxt(Built &built, const DomainName &domain, std::string_view labels,
                                 std::string_view text, std::uint32_t ttl)
{
    const auto name = labels.empty() ? Result<DomainName, DomainNameError>(domain) : domain.prefixed(labels);
    if (!name)
        return wrong("", "With " + inQuotes(labels) + " in front, the name " + shown(domain.text()) +
                             " gets longer than DNS allows.");
    built.changes.push_back(
        fixes::RecordChange{*name, dns::RrType::TXT, std::nullopt, fixes::txtData(text), ttl});
    return std::nullopt;
}

std::string reportUri(std::string_view typed)
{
    const std::size_t at = typed.find('@');
    const std::size_t colon = typed.find(':');
    if (at == std::string_view::npos || colon < at)
        return std::string(typed);
    std::string uri = "mailto:";
    for (const char c : typed) {
        if (std::string_view(",;!%?#&=").find(c) == std::string_view::npos) {
            uri.push_back(c);
            continue;
        }
        uri.push_back('%');
        for (const char digit : toHex(std::string(1, c)))
            uri.push_back(ascii::isLower(digit) ? static_cast<char>(digit - 'a' + 'A') : digit);
    }
    return uri;
}

} // namespace mailoscope::builders
