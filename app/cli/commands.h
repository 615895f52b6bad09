// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"

#include <string>
#include <vector>

namespace mailoscope::cli
{

/// All commands of the interface, those that are not available in this version included.
const std::vector<Command> &commands();
const Command *findCommand(std::string_view name);

std::string overviewText();
std::string helpText(const Command &command);

/// What the program returns to its caller.
enum ExitCode { Done = 0, Found = 1, WrongUsage = 2, Impossible = 3 };

int runInspect(const Arguments &arguments);
int runTree(const Arguments &arguments);
int runCheck(const Arguments &arguments);
/// `make` has commands of its own: its words are read there.
int runMake(std::span<const std::string> words);
std::string makeHelpText();
int runCompare(const Arguments &arguments);
int runFlatten(const Arguments &arguments);

} // namespace mailoscope::cli
