// SPDX-License-Identifier: Apache-2.0
#include "facts/snapshot.h"

#include "facts/fact_json.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <array>

namespace mailoscope
{

namespace
{

using Json = nlohmann::ordered_json;
using Kind = SnapshotError::Kind;

constexpr int GzipWindow = 15 + 16; // zlib: the largest window, with a gzip header

bool looksLikeGzip(std::string_view octets)
{
    return octets.size() >= 2 && octets[0] == '\x1f' && octets[1] == '\x8b';
}

Bytef *inputOf(std::string_view octets)
{
    return reinterpret_cast<Bytef *>(const_cast<char *>(octets.data())); // zlib only reads it
}

SnapshotError tooLarge()
{
    return {Kind::TooLarge, "The snapshot is larger than 256 MiB unpacked, which no inspection needs."};
}

Result<std::string, SnapshotError> gunzip(std::string_view packed)
{
    z_stream stream{};
    if (inflateInit2(&stream, GzipWindow) != Z_OK)
        return SnapshotError{Kind::BadGzip, "The snapshot could not be unpacked."};
    stream.next_in = inputOf(packed);
    stream.avail_in = static_cast<uInt>(packed.size());
    std::string unpacked;
    std::array<char, 65536> buffer;
    int status = Z_OK;
    while (status == Z_OK && unpacked.size() <= MaxSnapshotOctets) {
        stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        status = inflate(&stream, Z_NO_FLUSH);
        unpacked.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    if (unpacked.size() > MaxSnapshotOctets)
        return tooLarge();
    if (status != Z_STREAM_END)
        return SnapshotError{Kind::BadGzip, "The snapshot is a damaged gzip file."};
    return unpacked;
}

std::string gzip(std::string_view octets)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, GzipWindow, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, static_cast<uLong>(octets.size())), '\0');
    stream.next_in = inputOf(octets);
    stream.avail_in = static_cast<uInt>(octets.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

/// Our own bounds on hostile JSON. The values of JSON take many times the octets of its text, copying them
/// recurses, and looking for a member goes through all of an object's: so a text is measured before it is
/// read.
constexpr std::size_t MaxDepth = 32;
constexpr std::size_t MaxMembers = 256;       ///< of one object
constexpr std::size_t MaxValues = 16'000'000; ///< more than fit into MaxSnapshotOctets as we write them

/// True if the text keeps to the bounds. It need not be JSON.
bool isWithinBounds(std::string_view json)
{
    std::array<std::size_t, MaxDepth> members{}; // of the objects and lists that are open
    std::array<bool, MaxDepth> isObject{};
    std::size_t depth = 0;
    std::size_t values = 0;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (depth == MaxDepth)
                return false;
            members[depth] = 0;
            isObject[depth++] = c == '{';
            ++values;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
        } else if (c == ',') {
            ++values;
            if (depth > 0 && isObject[depth - 1] && ++members[depth - 1] >= MaxMembers)
                return false;
        }
        if (values > MaxValues)
            return false;
    }
    return true;
}

SnapshotError damaged(std::string sentence)
{
    return {Kind::Damaged, "The snapshot is damaged: " + std::move(sentence)};
}

std::vector<std::string> textsOf(const Json &json, const char *name)
{
    std::vector<std::string> texts;
    const auto found = json.find(name);
    if (found != json.end() && found->is_array()) {
        for (const Json &element : *found) {
            if (element.is_string())
                texts.push_back(element.get<std::string>());
        }
    }
    return texts;
}

} // namespace

std::string toJson(const Snapshot &snapshot)
{
    Json json = {{"format", "mailoscope-snapshot"}, {"version", SnapshotVersion}};
    json["domains"] = Json::array();
    for (const DomainName &domain : snapshot.domains)
        json["domains"].push_back(domain.text());
    json["resolvers"] = snapshot.resolvers;
    json["recorded_at"] = toRfc3339(snapshot.recordedAt);
    json["options"] = {{"https", snapshot.reach.https},
                       {"smtp", snapshot.reach.smtp},
                       {"servers", snapshot.reach.servers},
                       {"selectors", snapshot.selectors}};
    json["facts"] = Json::array();
    for (const Fact *fact : snapshot.facts.sorted())
        json["facts"].push_back(factToJson(*fact));
    return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string writeSnapshot(const Snapshot &snapshot, Compression compression)
{
    std::string json = toJson(snapshot);
    return compression == Compression::Gzip ? gzip(json) : json;
}

Result<Snapshot, SnapshotError> readSnapshot(std::string_view octets)
{
    if (octets.size() > MaxSnapshotOctets)
        return tooLarge();
    std::string unpacked;
    if (looksLikeGzip(octets)) {
        auto result = gunzip(octets);
        if (!result)
            return result.error();
        unpacked = *std::move(result);
        octets = unpacked;
    }
    if (!isWithinBounds(octets))
        return SnapshotError{Kind::TooLarge,
                             "The file holds more values, or nests them deeper, than any snapshot does."};
    const Json json = Json::parse(octets, nullptr, false);
    if (json.is_discarded())
        return SnapshotError{Kind::NotJson,
                             "The file is not a Mailoscope snapshot: it is not JSON, or it is cut short."};
    if (!json.is_object() || json.value("format", Json()) != "mailoscope-snapshot")
        return SnapshotError{Kind::NotASnapshot, "The file is not a Mailoscope snapshot."};
    const Json version = json.value("version", Json());
    if (!version.is_number_unsigned())
        return damaged("it does not say its version.");
    if (version.get<std::uint64_t>() > SnapshotVersion)
        return SnapshotError{Kind::NewerVersion,
                             "The snapshot was written by a newer Mailoscope; this one reads version 1."};
    const auto facts = json.find("facts");
    if (facts == json.end() || !facts->is_array())
        return damaged("it holds no list of facts.");

    Snapshot snapshot;
    for (const std::string &text : textsOf(json, "domains")) {
        const auto domain = DomainName::parse(text);
        if (!domain)
            return damaged("one of its domains is no domain name.");
        snapshot.domains.push_back(*domain);
    }
    snapshot.resolvers = textsOf(json, "resolvers");
    if (const auto options = json.find("options"); options != json.end() && options->is_object()) {
        snapshot.reach.https = options->value("https", Json()) == true;
        snapshot.reach.smtp = options->value("smtp", Json()) == true;
        snapshot.reach.servers = options->value("servers", Json()) == true;
        snapshot.selectors = textsOf(*options, "selectors");
    }
    const Json recordedAt = json.value("recorded_at", Json());
    if (recordedAt.is_string())
        snapshot.recordedAt = timestampFromRfc3339(recordedAt.get<std::string>()).value_or(Timestamp{});
    std::size_t position = 0;
    for (const Json &element : *facts) {
        ++position;
        const Json kind = element.is_object() ? element.value("kind", Json()) : Json();
        if (kind != "dns" && kind != "https" && kind != "smtp")
            return damaged("fact " + std::to_string(position) +
                           " is of a kind that this version does not know.");
        if (const std::string_view excess = excessOf(element); !excess.empty())
            return SnapshotError{Kind::TooLarge, "Fact " + std::to_string(position) +
                                                     " of the snapshot holds " + std::string(excess) + '.'};
        auto fact = factFromJson(element);
        if (!fact)
            return damaged("fact " + std::to_string(position) + " cannot be read.");
        snapshot.facts.put(std::move(*fact));
    }
    return snapshot;
}

} // namespace mailoscope
