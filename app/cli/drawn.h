// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "formats.h"

#include <QCoreApplication>

#include <memory>
#include <span>
#include <string>

/// What differs between mailoscope-cli, which knows no Gui and starts at once, and mailoscope-cli-print, the
/// same program with Qt Gui, which mailoscope-cli becomes where something is to be drawn: a PDF or a graph.
namespace mailoscope::cli
{

/// Whether the words of the command line ask for a format that is drawn.
bool wantsDrawing(std::span<const std::string> words);
/// Becomes the program that can do what the words ask for, where this one cannot. Comes back where there is
/// no need to, and where that program is not there.
void handOver(std::span<const std::string> words, int argc, char **argv);
std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv);

Result<std::unique_ptr<ReportWriter>, Failure> makePdf(const Form &form);
/// The include graph as SVG or PNG, as the form's format says.
Result<std::unique_ptr<ReportWriter>, Failure> makeGraph(const Form &form);

} // namespace mailoscope::cli
