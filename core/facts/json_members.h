// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/base64.h"
#include "base/domain_name.h"
#include "base/hex.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace mailoscope
{

/// Typed access to members that may be missing or of another type.
class Members
{
public:
    explicit Members(const nlohmann::ordered_json &json) : m_json(json) {}

    const nlohmann::ordered_json *find(const char *name) const
    {
        if (!m_json.is_object())
            return nullptr;
        const auto found = m_json.find(name);
        return found == m_json.end() ? nullptr : &*found;
    }
    std::optional<std::string> text(const char *name) const
    {
        const nlohmann::ordered_json *member = find(name);
        return member && member->is_string() ? std::optional(member->get<std::string>()) : std::nullopt;
    }
    /// What escapedOctets() made; empty where there is none.
    std::string octets(const char *name) const { return unescapedOctets(text(name).value_or("")); }
    std::vector<std::string> texts(const char *name) const
    {
        std::vector<std::string> found;
        if (const nlohmann::ordered_json *member = find(name); member && member->is_array()) {
            for (const nlohmann::ordered_json &element : *member) {
                if (element.is_string())
                    found.push_back(element.get<std::string>());
            }
        }
        return found;
    }
    std::optional<std::string> hex(const char *name) const
    {
        const auto written = text(name);
        return written ? fromHex(*written) : std::nullopt;
    }
    std::optional<std::string> base64(const char *name) const
    {
        const auto written = text(name);
        return written ? fromBase64(*written) : std::nullopt;
    }
    bool flag(const char *name) const
    {
        const nlohmann::ordered_json *member = find(name);
        return member && member->is_boolean() && member->get<bool>();
    }
    std::optional<DomainName> domain(const char *name) const
    {
        const auto written = text(name);
        const auto parsed = written ? DomainName::parse(*written) : DomainNameError::Empty;
        return parsed ? std::optional(*parsed) : std::nullopt;
    }
    template <typename Number>
    std::optional<Number> number(const char *name) const
    {
        const nlohmann::ordered_json *member = find(name);
        if (!member || !member->is_number_unsigned())
            return std::nullopt;
        const auto value = member->get<std::uint64_t>();
        if (value > std::numeric_limits<Number>::max())
            return std::nullopt;
        return static_cast<Number>(value);
    }

private:
    const nlohmann::ordered_json &m_json;
};

} // namespace mailoscope
