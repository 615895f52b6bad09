// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

#include <nlohmann/json_fwd.hpp>

#include <span>

namespace mailoscope
{

/// The findings as a SARIF 2.1.0 log with one run (OASIS, Static Analysis Results Interchange Format). A
/// record stands for a file: its location is a URI of the scheme `dns` (RFC 4501).
nlohmann::ordered_json toSarif(std::span<const Report *const> reports);

} // namespace mailoscope
