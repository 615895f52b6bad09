// SPDX-License-Identifier: Apache-2.0
// mailoscope-cli-print: mailoscope-cli with Qt Gui, drawing without a display.
#include "drawn.h"

#include <QGuiApplication>
#include <QLoggingCategory>

#include <cstdlib>

namespace mailoscope::cli
{

void handOver(std::span<const std::string>, int, char **) {}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    // Qt would tell people of a folder that drawing has no need of.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.*=false\ndefault.warning=false"));
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace mailoscope::cli
