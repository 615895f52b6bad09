// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/resolver.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

namespace mailoscope::ui
{

/// The command line of the window.
struct LaunchOptions {
    QString domain;       ///< as typed; empty where none was given
    QString snapshotFile; ///< empty where none was given
    std::vector<gather::Resolver> resolvers;
    std::optional<std::chrono::milliseconds> timeout; ///< that of the settings where none was given
};

/// What the command line asks for: to open the window, or only to print something and leave.
struct Launch {
    enum class Kind { Open, Help, Version, Wrong };
    Kind kind = Kind::Open;
    LaunchOptions options;
    QString text; ///< to print; empty for Open
};

/// The command line as it is left when QApplication has taken out its own options (-style, -session and the
/// like): to judge it before there is a display to make one on.
QStringList withoutQtOptions(const QStringList &arguments);

/// `arguments` begins with the program's name.
Launch readLaunch(const QStringList &arguments);

} // namespace mailoscope::ui
