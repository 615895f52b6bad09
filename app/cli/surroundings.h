// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"
#include "report/terminal.h"

/// What the program can know of the terminal it runs in.
namespace mailoscope::cli
{

bool isTerminal(int descriptor);
/// The style for text on standard output, or in a file where `toFile`.
Result<terminal::Style, Failure> styleFor(const Arguments &arguments, bool toFile);

/// A message for the user on standard error, behind the program's name.
void tell(std::string_view sentence);

} // namespace mailoscope::cli
