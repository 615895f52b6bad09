// SPDX-License-Identifier: Apache-2.0
#include "support/golden.h"

#include <QFile>
#include <QList>

#include <algorithm>

namespace mailoscope::tests
{

QString differenceToGolden(const QString &name, const QByteArray &actual)
{
    const QString path = QStringLiteral(MAILOSCOPE_TEST_DATA "/") + name;
    QFile golden(path);
    if (qEnvironmentVariableIsSet("MAILOSCOPE_REWRITE_GOLDENS")) {
        const bool isWritten =
            golden.open(QIODevice::WriteOnly) && golden.write(actual) == actual.size() && golden.flush();
        return isWritten ? QString() : path + QStringLiteral(" cannot be written");
    }
    if (!golden.open(QIODevice::ReadOnly))
        return path + QStringLiteral(" does not exist; MAILOSCOPE_REWRITE_GOLDENS=1 writes it");
    const QList<QByteArray> expectedLines = golden.readAll().split('\n');
    const QList<QByteArray> actualLines = actual.split('\n');
    for (qsizetype i = 0; i < std::max(expectedLines.size(), actualLines.size()); ++i) {
        if (expectedLines.value(i) != actualLines.value(i)) {
            return QStringLiteral("%1:%2\n   expected: %3\n   actual:   %4")
                .arg(path)
                .arg(i + 1)
                .arg(QString::fromUtf8(expectedLines.value(i)), QString::fromUtf8(actualLines.value(i)));
        }
    }
    return {};
}

} // namespace mailoscope::tests
