// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <string>
#include <string_view>

namespace mailoscope
{

/// What a report for people rests on, as a file: octet for octet what `--format json` writes for one domain
/// with the same profile.
std::string evidenceJson(const Report &report, std::string_view profile = {});
/// SHA-256 (FIPS 180-4) in hexadecimal, so that the file and the report can be matched.
std::string sha256Of(std::string_view octets);

} // namespace mailoscope
