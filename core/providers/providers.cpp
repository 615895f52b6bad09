// SPDX-License-Identifier: Apache-2.0
#include "providers/providers.h"

#include "base/ascii.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

namespace mailoscope
{

std::string_view providersJson(); // resources/providers.json, compiled in

namespace providers
{

namespace
{

using Json = nlohmann::json;

/// True if `text` is `pattern` with each '*' standing for any run of characters.
bool matchesGlob(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

std::string_view lastLabel(std::string_view name)
{
    return name.substr(name.rfind('.') + 1);
}

std::string_view withoutLastLabel(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

/// True if the rightmost labels of `name` match those of `head`, label by label.
bool endsInLabels(std::string_view name, std::string_view head)
{
    while (!head.empty()) {
        if (name.empty() || !matchesGlob(lastLabel(head), lastLabel(name)))
            return false;
        head = withoutLastLabel(head);
        name = withoutLastLabel(name);
    }
    return true;
}

/// Patterns by the labels behind their last wildcard, so that a look-up costs one probe a label and not a
/// walk over the whole list.
class Patterns
{
public:
    explicit Patterns(const Json &entries, const char *member = "match")
    {
        for (const Json &entry : entries) {
            const bool certain = entry.at("certain").get<bool>();
            const std::string &name = entry.at("name").get_ref<const std::string &>();
            const auto patterns = entry.find(member);
            if (patterns == entry.end())
                continue;
            for (const Json &pattern : *patterns)
                add(pattern.get_ref<const std::string &>(), name, certain);
        }
    }

    std::optional<Provider> find(std::string_view name) const
    {
        const Pattern *best = nullptr;
        for (std::size_t begin = 0; begin < name.size();) {
            const auto [first, last] = m_bySuffix.equal_range(std::string(name.substr(begin)));
            const std::string_view front = begin == 0 ? std::string_view() : name.substr(0, begin - 1);
            for (auto candidate = first; candidate != last; ++candidate) {
                const Pattern &pattern = candidate->second;
                if ((!best || pattern.length > best->length) && endsInLabels(front, pattern.head))
                    best = &pattern;
            }
            const std::size_t dot = name.find('.', begin);
            if (dot == std::string_view::npos)
                break;
            begin = dot + 1;
        }
        return best ? std::optional(Provider{best->provider, best->certain}) : std::nullopt;
    }

private:
    struct Pattern {
        std::string head; ///< the labels in front of the suffix, the last of which holds a wildcard
        std::size_t length = 0;
        std::string provider;
        bool certain = false;
    };

    void add(std::string_view pattern, const std::string &provider, bool certain)
    {
        const std::size_t star = pattern.rfind('*');
        const std::size_t dot = star == std::string_view::npos ? star : pattern.find('.', star);
        const bool hasHead = dot != std::string_view::npos;
        m_bySuffix.emplace(
            std::string(hasHead ? pattern.substr(dot + 1) : pattern),
            Pattern{std::string(hasHead ? pattern.substr(0, dot) : ""), pattern.size(), provider, certain});
    }

    std::unordered_multimap<std::string, Pattern> m_bySuffix;
};

/// Which selectors belong to whom, both ways.
class Selectors
{
public:
    explicit Selectors(const Json &json)
    {
        for (const Json &entry : json.at("dkim")) {
            const auto selectors = entry.find("selectors");
            if (selectors == entry.end())
                continue;
            const std::string &provider = entry.at("name").get_ref<const std::string &>();
            for (const Json &selector : *selectors)
                add(provider, selector.get_ref<const std::string &>());
        }
        for (const Json &selector : json.at("generic_selectors"))
            m_owners.erase(selector.get_ref<const std::string &>());
    }

    std::vector<std::string_view> of(std::string_view provider) const
    {
        const auto found = m_selectors.find(std::string(provider));
        return found == m_selectors.end()
                   ? std::vector<std::string_view>()
                   : std::vector<std::string_view>(found->second.begin(), found->second.end());
    }

    std::optional<Provider> owner(std::string_view selector) const
    {
        const auto found = m_owners.find(ascii::lowered(selector));
        const bool one = found != m_owners.end() && found->second.size() == 1;
        return one ? std::optional(Provider{found->second.front(), false}) : std::nullopt;
    }

private:
    void add(const std::string &provider, const std::string &selector)
    {
        m_selectors[provider].push_back(selector);
        std::vector<std::string> &owners = m_owners[selector];
        if (std::find(owners.begin(), owners.end(), provider) == owners.end())
            owners.push_back(provider);
    }

    std::unordered_map<std::string, std::vector<std::string>> m_selectors;
    std::unordered_map<std::string, std::vector<std::string>> m_owners;
};

struct Tables {
    Patterns spf;
    Patterns mx;
    Patterns dkim;
    Patterns sharedKeys;
    Patterns report;
    Patterns parking;
    Selectors selectors;
    std::unordered_map<std::string, std::string> includes; ///< by provider
};

std::unordered_map<std::string, std::string> includesIn(const Json &entries)
{
    std::unordered_map<std::string, std::string> includes;
    for (const Json &entry : entries) {
        if (const auto include = entry.find("include"); include != entry.end())
            includes[entry.at("name").get<std::string>()] = include->get<std::string>();
    }
    return includes;
}

/// Read once, at the first question.
const Tables &tables()
{
    static const Tables Read = [] {
        const Json json = Json::parse(providersJson());
        return Tables{Patterns(json.at("spf")),
                      Patterns(json.at("mx")),
                      Patterns(json.at("dkim")),
                      Patterns(json.at("dkim"), "shared"),
                      Patterns(json.at("report")),
                      Patterns(json.at("parking")),
                      Selectors(json),
                      includesIn(json.at("spf"))};
    }();
    return Read;
}

} // namespace

std::optional<Provider> forSpfTarget(const DomainName &target)
{
    return tables().spf.find(target.text());
}

std::optional<Provider> forSpfText(std::string_view domainSpec)
{
    // A macro may end inside a label, so what is left of the first dot behind it is not known.
    const std::size_t macro = domainSpec.rfind('}');
    if (macro != std::string_view::npos) {
        const std::size_t dot = domainSpec.find('.', macro);
        if (dot == std::string_view::npos)
            return std::nullopt;
        domainSpec.remove_prefix(dot + 1);
    }
    if (domainSpec.ends_with('.'))
        domainSpec.remove_suffix(1);
    return tables().spf.find(ascii::lowered(domainSpec));
}

std::string_view includeOf(std::string_view providerName)
{
    const auto &includes = tables().includes;
    const auto found = includes.find(std::string(providerName));
    return found == includes.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<Provider> forMxHost(const DomainName &host)
{
    return tables().mx.find(host.text());
}

std::optional<Provider> forSelectorTarget(const DomainName &target)
{
    return tables().dkim.find(target.text());
}

bool isSharedKeyTarget(const DomainName &target)
{
    return tables().sharedKeys.find(target.text()).has_value();
}

std::optional<Provider> forSelector(std::string_view selector)
{
    return tables().selectors.owner(selector);
}

std::optional<Provider> forReportHost(const DomainName &host)
{
    return tables().report.find(host.text());
}

std::optional<Provider> forParkingServer(const DomainName &nameServer)
{
    return tables().parking.find(nameServer.text());
}

std::vector<std::string_view> selectorsOf(std::string_view providerName)
{
    return tables().selectors.of(providerName);
}

} // namespace providers
} // namespace mailoscope
