// SPDX-License-Identifier: Apache-2.0
#include "report/evidence.h"

#include "base/ascii.h"
#include "base/hex.h"
#include "report/json.h"

#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include <array>

namespace mailoscope
{

namespace
{

std::string fileNameOf(const DomainName &domain)
{
    constexpr std::size_t Longest = 200;
    std::string name = domain.text().substr(0, Longest);
    for (char &c : name) {
        if (!ascii::isAlnum(c) && c != '.' && c != '-')
            c = '_';
    }
    return name + ".json";
}

} // namespace

EvidenceFile evidenceOf(const Report &report, std::string_view profile)
{
    EvidenceFile evidence{
        fileNameOf(report.domain), toText(toJson(report, profile), JsonLayout::Indented) + '\n', {}};
    evidence.sha256 = sha256Of(evidence.json);
    return evidence;
}

std::string sha256Of(std::string_view octets)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char *>(octets.data()), octets.size(), digest.data());
    return toHex(std::string_view(reinterpret_cast<const char *>(digest.data()), digest.size()));
}

} // namespace mailoscope
