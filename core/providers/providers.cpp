// SPDX-License-Identifier: Apache-2.0
#include "providers/providers.h"

#include "base/ascii.h"

#include <nlohmann/json.hpp>

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
    explicit Patterns(const Json &entries)
    {
        for (const Json &entry : entries) {
            const bool certain = entry.at("certain").get<bool>();
            const std::string &name = entry.at("name").get_ref<const std::string &>();
            for (const Json &pattern : entry.at("match"))
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

struct Tables {
    Patterns spf;
    Patterns mx;
};

/// Read once, at the first question.
const Tables &tables()
{
    static const Tables Read = [] {
        const Json json = Json::parse(providersJson());
        return Tables{Patterns(json.at("spf")), Patterns(json.at("mx"))};
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

std::optional<Provider> forMxHost(const DomainName &host)
{
    return tables().mx.find(host.text());
}

} // namespace providers
} // namespace mailoscope
