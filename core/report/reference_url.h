// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

#include <string>

namespace mailoscope
{

/// Where the section of a standard can be read; empty where that is not known.
std::string urlOf(const Reference &reference);

} // namespace mailoscope
