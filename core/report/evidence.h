// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <string>
#include <string_view>

namespace mailoscope
{

/// What a report for people rests on, as a file.
struct EvidenceFile {
    std::string name;   ///< the domain's, in letters that every file system takes
    std::string json;   ///< octet for octet what `--format json` writes for one domain with the same profile
    std::string sha256; ///< of these octets, so that the file and the report can be matched
};
EvidenceFile evidenceOf(const Report &report, std::string_view profile = {});

/// SHA-256 (FIPS 180-4) in hexadecimal.
std::string sha256Of(std::string_view octets);

} // namespace mailoscope
