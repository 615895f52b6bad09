// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "print/flow.h"
#include "print/options.h"
#include "report/document.h"

#include <array>

/// What stands in front of the chapters.
namespace mailoscope::print
{

/// A line of the table of contents.
struct ContentsLine {
    QString title;
    int level = 0;
    QString anchor;
    int page = 0; ///< counted from 1 over the whole document
};
/// Those of pages of which the first has this number.
std::vector<ContentsLine> contentsOf(const std::vector<Page> &pages, int firstNumber);

/// One domain of several, in few words.
struct MatrixRow {
    QString name;
    Headline headline;
    std::array<Mark, SectionCount> marks{};
    QString inspectedAt;
    QString anchor;
    int page = 0; ///< of its first page, counted from 1 behind the front
};
MatrixRow matrixRowOf(const Report &report, const QString &name, const QString &anchor);

/// The cover of one domain's report.
std::vector<Page> coverOf(const document::Document &document, const Report &report, const Options &options,
                          const std::vector<ContentsLine> &contents);
/// The cover of several, and the domains against the standards.
std::vector<Page> coverOf(const std::vector<MatrixRow> &rows, const std::vector<QString> &resolvers,
                          const Options &options, int pagesInFront);

} // namespace mailoscope::print
