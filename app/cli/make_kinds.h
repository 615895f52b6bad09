// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "arguments.h"

#include "builders/forms.h"

#include <string>
#include <vector>

/// What `make` can make.
namespace mailoscope::cli
{

struct MakeKind {
    std::string commandName; ///< begins with "make "; what the command's name is a view of
    Command command;
    const builders::Form *form = nullptr;

    std::string_view name() const { return form->name; }
    Result<builders::Built, Failure> make(const DomainName &domain, const Arguments &arguments) const;
};

const std::vector<MakeKind> &makeKinds();

} // namespace mailoscope::cli
