// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/proof.h"

#include <QByteArray>

#include <string>

/// Fixes in tests: what they promise, and how they are written down in goldens.
namespace mailoscope::tests
{

enum class TextOfFix { Whole, Short };
/// The recipe and whether it is proven, and with Whole every change.
std::string textOf(const fixes::Fix &fix, TextOfFix text = TextOfFix::Whole);

/// What "proven" promises, told from the report with the changes alone: the finding gone, nothing as grave
/// come, no verdict lower, nobody who passed SPF lost. Empty where it is kept.
std::string brokenPromise(const Report &before, const fixes::Fix &fix, const FactStore &facts,
                          spf::RecordCache &records, const InspectOptions &options);

/// Compares with a golden of tests/data/fixes, or writes it where MAILOSCOPE_REWRITE_GOLDENS is set. To be
/// called from a test.
void compareGolden(const char *name, const QByteArray &text);

} // namespace mailoscope::tests
