// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"

#include "builders/builders.h"

#include <string_view>
#include <vector>

/// What `make` can make.
namespace mailoscope::cli
{

struct MakeKind {
    Command command; ///< its name begins with "make "
    Result<builders::Built, Failure> (*make)(const DomainName &domain, const Arguments &arguments);

    std::string_view name() const { return command.name.substr(std::string_view("make ").size()); }
};

const std::vector<MakeKind> &makeKinds();

} // namespace mailoscope::cli
