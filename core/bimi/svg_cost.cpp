// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg_cost.h"

#include "bimi/svg.h"

#include <pugixml.hpp>

#include <map>
#include <string>
#include <unordered_map>

namespace mailoscope::bimi
{

namespace
{

constexpr std::size_t TooMany = MaxDrawnElements + 1;

std::string_view localName(std::string_view name)
{
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Counter
{
public:
    std::size_t count(const pugi::xml_node &root)
    {
        note(root, 0);
        return m_isTooDeep ? TooMany : countAt(root, 0);
    }

private:
    void note(const pugi::xml_node &node, std::size_t depth)
    {
        if (depth > MaxSvgDepth) {
            m_isTooDeep = true;
            return;
        }
        for (const char *id : {"id", "xml:id"}) {
            if (const pugi::xml_attribute attribute = node.attribute(id))
                m_byId.emplace(attribute.value(), node);
        }
        for (const pugi::xml_node &child : node.children()) {
            if (child.type() == pugi::node_element)
                note(child, depth + 1);
        }
    }

    std::size_t countAt(const pugi::xml_node &node, std::size_t uses)
    {
        const auto known = m_counts.find({node.hash_value(), uses});
        if (known != m_counts.end())
            return known->second;
        std::size_t sum = 1;
        for (const pugi::xml_node &child : node.children()) {
            if (child.type() == pugi::node_element)
                sum += countAt(child, uses);
            if (sum >= TooMany)
                break;
        }
        if (localName(node.name()) == "use" && sum < TooMany)
            sum += countTarget(node, uses);
        return m_counts[{node.hash_value(), uses}] = std::min(sum, TooMany);
    }

    std::size_t countTarget(const pugi::xml_node &use, std::size_t uses)
    {
        for (const pugi::xml_attribute &attribute : use.attributes()) {
            std::string_view target = attribute.value();
            const std::size_t begin = target.find_first_not_of(" \t\r\n");
            if (localName(attribute.name()) != "href" || begin == std::string_view::npos ||
                target[begin] != '#')
                continue;
            target = target.substr(begin + 1);
            target = target.substr(0, target.find_last_not_of(" \t\r\n") + 1);
            const auto found = m_byId.find(std::string(target));
            if (found == m_byId.end())
                return 0;
            return uses == MaxUseDepth ? TooMany : countAt(found->second, uses + 1);
        }
        return 0;
    }

    std::unordered_map<std::string, pugi::xml_node> m_byId;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> m_counts; ///< by node and depth of uses
    bool m_isTooDeep = false;
};

} // namespace

std::size_t drawnElements(std::string_view svg)
{
    pugi::xml_document document;
    if (!document.load_buffer(svg.data(), svg.size()))
        return TooMany;
    return Counter().count(document.document_element());
}

} // namespace mailoscope::bimi
