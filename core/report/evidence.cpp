// SPDX-License-Identifier: Apache-2.0
#include "report/evidence.h"

#include "base/hex.h"
#include "report/json.h"

#include <nlohmann/json.hpp>
#include <openssl/sha.h>

#include <array>

namespace mailoscope
{

std::string evidenceJson(const Report &report, std::string_view profile)
{
    return toText(toJson(report, profile), JsonLayout::Indented) + '\n';
}

std::string sha256Of(std::string_view octets)
{
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char *>(octets.data()), octets.size(), digest.data());
    return toHex(std::string_view(reinterpret_cast<const char *>(digest.data()), digest.size()));
}

} // namespace mailoscope
