// SPDX-License-Identifier: Apache-2.0
#include "check_lines.h"

#include "base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope::cli
{

namespace
{

using Json = nlohmann::json;

/// Takes the members we know out of one JSON object without building a document: most of the time that a
/// cached check takes would otherwise be spent on that.
class CheckReader : public nlohmann::json_sax<Json>
{
public:
    spf::CheckArguments arguments;
    std::string error;
    bool hasIp = false;
    bool hasIdentity = false;

    bool key(string_t &name) override
    {
        if (m_depth == 1)
            m_key = name;
        return true;
    }
    bool string(string_t &value) override
    {
        if (m_depth == 0)
            return fail("The line is not a JSON object.");
        if (m_depth > 1)
            return true;
        if (m_key == "ip") {
            const auto ip = IpAddress::parse(value);
            if (!ip)
                return fail('"' + shown(value) + "\" is not an IP address.");
            arguments.ip = *ip;
            hasIp = true;
        } else if (m_key == "sender") {
            arguments.sender = std::move(value);
            hasIdentity = true;
        } else if (m_key == "helo") {
            arguments.helo = std::move(value);
            hasIdentity = true;
        } else if (m_key == "receiver") {
            arguments.receiver = std::move(value);
        }
        return true;
    }
    bool start_object(std::size_t) override
    {
        if (m_depth > 0 && !mayBeAnything())
            return false;
        return ++m_depth <= MaxDepth || fail("The line is nested too deep.");
    }
    bool end_object() override
    {
        --m_depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        if (!mayBeAnything())
            return false;
        return ++m_depth <= MaxDepth || fail("The line is nested too deep.");
    }
    bool end_array() override
    {
        --m_depth;
        return true;
    }
    bool null() override { return mayBeAnything(); }
    bool boolean(bool) override { return mayBeAnything(); }
    bool number_integer(number_integer_t) override { return mayBeAnything(); }
    bool number_unsigned(number_unsigned_t) override { return mayBeAnything(); }
    bool number_float(number_float_t, const string_t &) override { return mayBeAnything(); }
    bool binary(binary_t &) override { return mayBeAnything(); }
    bool parse_error(std::size_t position, const std::string &, const nlohmann::detail::exception &) override
    {
        return fail("The line is not JSON: character " + std::to_string(position) + " does not fit.");
    }

private:
    static constexpr int MaxDepth = 64;

    bool fail(std::string sentence)
    {
        error = std::move(sentence);
        return false;
    }
    /// A value that is no string: wrong for the members we know.
    bool mayBeAnything()
    {
        if (m_depth == 0)
            return fail("The line is not a JSON object.");
        if (m_depth == 1 && (m_key == "ip" || m_key == "sender" || m_key == "helo" || m_key == "receiver"))
            return fail('"' + m_key + "\" is not a string.");
        return true;
    }

    int m_depth = 0;
    std::string m_key;
};

std::string_view withoutBlanks(std::string_view line)
{
    constexpr std::string_view Blanks = " \t\r";
    while (!line.empty() && Blanks.find(line.front()) != std::string_view::npos)
        line.remove_prefix(1);
    while (!line.empty() && Blanks.find(line.back()) != std::string_view::npos)
        line.remove_suffix(1);
    return line;
}

void appendNumber(std::string &output, std::string_view name, int value)
{
    output.append(",\"").append(name).append("\":").append(std::to_string(value));
}

} // namespace

Result<spf::CheckArguments, std::string> readCheck(std::string_view line)
{
    line = withoutBlanks(line);
    if (line.empty())
        return std::string("The line is empty.");
    CheckReader reader;
    Json::sax_parse(line, &reader);
    if (!reader.error.empty())
        return reader.error;
    if (!reader.hasIp)
        return std::string("The line has no \"ip\".");
    if (!reader.hasIdentity)
        return std::string("The line has neither \"sender\" nor \"helo\".");
    return std::move(reader.arguments);
}

void appendJsonString(std::string &output, std::string_view octets)
{
    const auto isPlain = [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; };
    output.push_back('"');
    if (std::all_of(octets.begin(), octets.end(), isPlain))
        output.append(octets);
    else
        output.append(std::string_view(Json(losslessText(octets).utf8).dump()).substr(1)).pop_back();
    output.push_back('"');
}

void appendResult(std::string &output, const spf::CheckOutcome &outcome)
{
    output.append("{\"result\":\"").append(toString(outcome.result)).append("\",\"explanation\":");
    appendJsonString(output, outcome.explanation);
    output.append(",\"mechanism\":");
    appendJsonString(output, outcome.mechanism());
    appendNumber(output, "lookups", outcome.lookups);
    appendNumber(output, "void_lookups", outcome.voidLookups);
    output.append("}\n");
}

void appendError(std::string &output, std::string_view sentence)
{
    output.append("{\"error\":");
    appendJsonString(output, sentence);
    output.append("}\n");
}

} // namespace mailoscope::cli
