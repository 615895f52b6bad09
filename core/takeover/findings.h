// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "takeover/evaluate.h"

/// Dependencies that do not exist in DNS.
namespace mailoscope::takeover
{

std::vector<Finding> findings(const Evaluation &evaluation);

} // namespace mailoscope::takeover
