// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QString>

#include <nlohmann/json.hpp>

namespace mailoscope::tests
{

/// A JSON file below tests/data; one that cannot be read ends the test program.
inline nlohmann::ordered_json dataFile(const char *path)
{
    QFile file(QStringLiteral(MAILOSCOPE_TEST_DATA) + QLatin1Char('/') + QLatin1String(path));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read tests/data/%s", path);
    const QByteArray octets = file.readAll();
    return nlohmann::ordered_json::parse(octets.cbegin(), octets.cend());
}

inline QString text(std::string_view octets)
{
    return QString::fromUtf8(octets.data(), static_cast<qsizetype>(octets.size()));
}

} // namespace mailoscope::tests
