// SPDX-License-Identifier: Apache-2.0
#include "spf/record.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>

namespace mailoscope::spf
{

namespace
{

constexpr std::string_view Version = "v=spf1";

std::string toText(const DualCidr &cidr)
{
    std::string text;
    if (cidr.v4)
        text += '/' + std::to_string(*cidr.v4);
    if (cidr.v6)
        text += "//" + std::to_string(*cidr.v6);
    return text;
}

struct MechanismWriter {
    std::string operator()(const All &) const { return "all"; }
    std::string operator()(const Include &include) const { return "include:" + toText(include.domain); }
    std::string operator()(const A &a) const { return "a" + optionalDomain(a.domain) + toText(a.cidr); }
    std::string operator()(const Mx &mx) const { return "mx" + optionalDomain(mx.domain) + toText(mx.cidr); }
    std::string operator()(const Ptr &ptr) const { return "ptr" + optionalDomain(ptr.domain); }
    std::string operator()(const Ip4 &ip4) const
    {
        return "ip4:" + ip4.address.toString() + length(ip4.prefixLength);
    }
    std::string operator()(const Ip6 &ip6) const
    {
        return "ip6:" + ip6.address.toString() + length(ip6.prefixLength);
    }
    std::string operator()(const Exists &exists) const { return "exists:" + toText(exists.domain); }

private:
    static std::string optionalDomain(const std::optional<MacroString> &domain)
    {
        return domain ? ':' + toText(*domain) : std::string();
    }
    static std::string length(const std::optional<int> &prefixLength)
    {
        return prefixLength ? '/' + std::to_string(*prefixLength) : std::string();
    }
};

} // namespace

char toCharacter(Qualifier qualifier)
{
    switch (qualifier) {
    case Qualifier::Pass:
        return '+';
    case Qualifier::Fail:
        return '-';
    case Qualifier::SoftFail:
        return '~';
    case Qualifier::Neutral:
        return '?';
    }
    return '+';
}

std::string_view toString(Qualifier qualifier)
{
    switch (qualifier) {
    case Qualifier::Pass:
        return "pass";
    case Qualifier::Fail:
        return "fail";
    case Qualifier::SoftFail:
        return "softfail";
    case Qualifier::Neutral:
        return "neutral";
    }
    return "pass";
}

std::string_view mechanismName(const Mechanism &mechanism)
{
    static constexpr std::array<std::string_view, std::variant_size_v<Mechanism>> Names = {
        "all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"};
    return Names[mechanism.index()];
}

const MacroString *domainSpecOf(const Mechanism &mechanism)
{
    struct Finder {
        const MacroString *operator()(const Include &include) const { return &include.domain; }
        const MacroString *operator()(const Exists &exists) const { return &exists.domain; }
        const MacroString *operator()(const A &a) const { return a.domain ? &*a.domain : nullptr; }
        const MacroString *operator()(const Mx &mx) const { return mx.domain ? &*mx.domain : nullptr; }
        const MacroString *operator()(const Ptr &ptr) const { return ptr.domain ? &*ptr.domain : nullptr; }
        const MacroString *operator()(const All &) const { return nullptr; }
        const MacroString *operator()(const Ip4 &) const { return nullptr; }
        const MacroString *operator()(const Ip6 &) const { return nullptr; }
    };
    return std::visit(Finder(), mechanism);
}

const Mechanism *mechanismOf(const Term &term)
{
    const auto *directive = std::get_if<Directive>(&term);
    return directive ? &directive->mechanism : nullptr;
}

const MacroString *domainSpecOf(const Term &term)
{
    if (const auto *redirect = std::get_if<Redirect>(&term))
        return &redirect->domain;
    if (const auto *exp = std::get_if<Exp>(&term))
        return &exp->domain;
    const Mechanism *mechanism = mechanismOf(term);
    return mechanism ? domainSpecOf(*mechanism) : nullptr;
}

bool isSpfRecord(std::string_view text)
{
    return ascii::startsWithIgnoringCase(text, Version) &&
           (text.size() == Version.size() || text[Version.size()] == ' ');
}

std::string toText(const Term &term)
{
    struct Writer {
        std::string operator()(const Directive &directive) const
        {
            const std::string mechanism = std::visit(MechanismWriter(), directive.mechanism);
            return directive.written ? toCharacter(*directive.written) + mechanism : mechanism;
        }
        std::string operator()(const Redirect &redirect) const
        {
            return "redirect=" + toText(redirect.domain);
        }
        std::string operator()(const Exp &exp) const { return "exp=" + toText(exp.domain); }
        std::string operator()(const UnknownModifier &modifier) const
        {
            return modifier.name + '=' + toText(modifier.value);
        }
        std::string operator()(const UnreadableTerm &term) const { return term.text; }
    };
    return std::visit(Writer(), term);
}

std::string toText(const Record &record)
{
    std::string text(Version);
    for (const Term &term : record.terms)
        text += ' ' + toText(term);
    return text;
}

std::optional<std::size_t> indexOfAll(const Record &record)
{
    for (std::size_t i = 0; i < record.terms.size(); ++i) {
        const auto *directive = std::get_if<Directive>(&record.terms[i]);
        if (directive && std::holds_alternative<All>(directive->mechanism))
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> indexOfRedirect(const Record &record)
{
    if (indexOfAll(record))
        return std::nullopt;
    for (std::size_t i = 0; i < record.terms.size(); ++i) {
        if (std::holds_alternative<Redirect>(record.terms[i]))
            return i;
    }
    return std::nullopt;
}

} // namespace mailoscope::spf
