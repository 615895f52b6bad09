// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/answer.h"

#include <optional>
#include <string_view>

namespace mailoscope::tests
{

/// Reads one line of a master file as Zone::add() says. Nothing where the line holds no record, or one of a
/// type that tests have no use for (SRV and others); a line that cannot be read ends the test
/// program.
std::optional<dns::ResourceRecord> recordFromLine(std::string_view line);

} // namespace mailoscope::tests
