// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace mailoscope
{

/// The snapshot of a real domain that the programs show where they are given none and may not ask the network
/// (resources/sample.mailoscope, compiled in). Read it with readSnapshot().
std::string_view sampleSnapshot();

} // namespace mailoscope
