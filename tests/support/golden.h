// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace mailoscope::tests
{

/// Compares with a golden file, named below tests/data, or writes it where MAILOSCOPE_REWRITE_GOLDENS is set:
/// the difference is to be read before it is committed. Gives the first difference for the test's message,
/// empty where there is none.
QString differenceToGolden(const QString &name, const QByteArray &actual);

} // namespace mailoscope::tests
