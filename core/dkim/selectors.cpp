// SPDX-License-Identifier: Apache-2.0
#include "dkim/selectors.h"

#include "base/ascii.h"
#include "base/idna.h"
#include "base/tag_list.h"
#include "message/header.h"
#include "providers/providers.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_map>

namespace mailoscope
{

std::string_view dkimSelectorsJson(); // resources/dkim_selectors.json, compiled in

namespace dkim
{

namespace
{

constexpr std::string_view Underscored = "_domainkey";
/// A d= or s= with more octets cannot be a domain name.
constexpr std::size_t MaxNameOctets = 1024;
/// A DKIM-Signature with more octets is not read: h= with every field that exists stays far below it.
constexpr std::size_t MaxSignatureOctets = 8192;

// RFC 6376 section 3.1: selector = sub-domain *( "." sub-domain ).
// LENIENT: underscores are in use, at the ends of labels too.
bool isLabel(std::string_view label)
{
    return !label.empty() && label.size() <= DomainName::MaxLabelOctets &&
           std::all_of(label.begin(), label.end(),
                       [](char c) { return ascii::isAlnum(c) || c == '-' || c == '_'; });
}

bool isSelector(std::string_view text)
{
    for (;;) {
        const std::size_t dot = text.find('.');
        if (!isLabel(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view WhiteSpace = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(WhiteSpace);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(WhiteSpace) - begin + 1);
}

/// The ASCII form of a name in a signature, in lower case; empty where it has none.
std::string asciiName(std::string_view text)
{
    text = trimmed(text);
    if (text.empty() || text.size() > MaxNameOctets)
        return {};
    const auto labels = idna::toALabels(text);
    return labels ? ascii::lowered(*labels) : std::string();
}

class Collection
{
public:
    void add(const std::string &name, Source source, std::string_view provider = {})
    {
        if (!isSelector(name))
            return;
        const auto [place, isNew] = m_places.try_emplace(name, m_selectors.size());
        if (isNew) {
            if (m_selectors.size() == MaxSelectors) {
                m_places.erase(place);
                return;
            }
            m_selectors.push_back({name, {}, {}});
        }
        Selector &selector = m_selectors[place->second];
        if (!selector.isFrom(source))
            selector.sources.push_back(source);
        if (selector.provider.empty())
            selector.provider = provider;
    }

    std::vector<Selector> take() { return std::move(m_selectors); }

private:
    std::vector<Selector> m_selectors;
    std::unordered_map<std::string, std::size_t> m_places;
};

} // namespace

std::string_view toString(Source source)
{
    switch (source) {
    case Source::User:
        return "user";
    case Source::Message:
        return "message";
    case Source::Remembered:
        return "remembered";
    case Source::Provider:
        return "provider";
    case Source::BuiltIn:
        return "built-in";
    case Source::Wildcard:
        return "wildcard";
    }
    return "built-in";
}

bool Selector::isFrom(Source source) const
{
    return std::find(sources.begin(), sources.end(), source) != sources.end();
}

bool Selector::isNamed() const
{
    return isFrom(Source::User) || isFrom(Source::Message) || isFrom(Source::Remembered);
}

std::vector<Selector> selectorsFor(const DomainName &domain, const SelectorSources &sources)
{
    Collection collection;
    for (const std::string &typed : sources.user)
        collection.add(readSelector(typed, domain), Source::User);
    for (const SignatureName &signature : sources.signatures) {
        if (signature.domain == domain)
            collection.add(ascii::lowered(signature.selector), Source::Message);
    }
    for (const std::string &name : sources.remembered)
        collection.add(readSelector(name, domain), Source::Remembered);
    for (const std::string &provider : sources.providers) {
        for (const std::string_view name : providers::selectorsOf(provider))
            collection.add(std::string(name), Source::Provider, provider);
    }
    if (sources.builtIn) {
        for (const std::string &name : builtInSelectors())
            collection.add(name, Source::BuiltIn);
    }
    return collection.take();
}

std::string readSelector(std::string_view typed, const DomainName &domain)
{
    typed = trimmed(typed);
    if (typed.size() > MaxNameOctets)
        return {};
    std::string name = ascii::lowered(typed);
    if (name.ends_with('.'))
        name.pop_back();
    for (const std::string &end :
         {'.' + std::string(Underscored) + '.' + domain.text(), '.' + std::string(Underscored)}) {
        if (name.size() > end.size() && name.ends_with(end)) {
            name.resize(name.size() - end.size());
            break;
        }
    }
    return isSelector(name) ? name : std::string();
}

std::vector<SignatureName> signatureNames(std::string_view message)
{
    std::vector<SignatureName> names;
    std::size_t signatures = 0;
    const message::Header header = message::readHeader(message);
    for (const message::Field &field : header.fields) {
        if (!ascii::equalIgnoringCase(field.name, "DKIM-Signature") || field.body.size() > MaxSignatureOctets)
            continue;
        if (++signatures > MaxSignatures)
            break;
        const std::string body = message::unfolded(field.body);
        const TagList list = readTagList(body);
        const Tag *d = list.find("d");
        const Tag *s = list.find("s");
        if (!d || !s)
            continue;
        const std::string signingDomain = asciiName(d->value);
        if (!isSelector(
                signingDomain.substr(0, signingDomain.size() - (signingDomain.ends_with('.') ? 1 : 0))))
            continue;
        const auto domain = DomainName::parse(signingDomain);
        const std::string selector = asciiName(s->value);
        if (!domain || domain->isRoot() || !isSelector(selector))
            continue;
        SignatureName name{*domain, selector};
        if (std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

const std::vector<std::string> &builtInSelectors()
{
    static const auto Read =
        nlohmann::json::parse(dkimSelectorsJson()).at("selectors").get<std::vector<std::string>>();
    return Read;
}

} // namespace dkim
} // namespace mailoscope
