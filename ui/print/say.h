// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QString>

namespace mailoscope::print
{

/// A text of the paper's own, translated.
inline QString say(const char *text)
{
    return QCoreApplication::translate("PaperReport", text);
}

} // namespace mailoscope::print
