// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

#include <string>
#include <string_view>

/// Reports as one HTML file: no scripts, nothing from elsewhere, and well-formed as XML too.
namespace mailoscope
{

/// Everything in front of the first report.
std::string htmlHead(std::string_view title);
/// One report. `number` counts from 0 and keeps the anchors of several apart.
std::string htmlArticle(const document::Document &document, std::size_t number = 0);
std::string htmlEnd();

/// A whole file of one report.
std::string toHtml(const Report &report, const document::Options &options = {});

} // namespace mailoscope
