// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

#include <string>

namespace mailoscope
{

/// A report as Markdown (CommonMark 0.30 with the tables of GitHub). Nothing from outside is markup, a link
/// or a mention.
std::string toMarkdown(const Report &report, const document::Options &options = {});

} // namespace mailoscope
