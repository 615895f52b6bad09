// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"
#include "theme/theme.h"

#include <QString>

/// What there is to say of a BIMI logo.
namespace mailoscope::ui
{

/// Whether the logo may be drawn, and if not, why.
struct LogoVerdict {
    bool mayBeDrawn = false;
    Meaning meaning = Meaning::Waiting;
    QString sentence;
};
/// Only a file that has passed our own check is handed to a renderer.
LogoVerdict logoVerdictOf(const Report &report);

/// What is wrong, in a few words.
QString wordsOf(bimi::SvgFault::Kind kind);
/// The faults with their places.
OutlineTable faultsOf(const bimi::SvgCheck &check);

} // namespace mailoscope::ui
