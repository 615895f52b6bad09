// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/mark_certificate.h"
#include "support/zone.h"

#include <QFile>

namespace mailoscope::tests
{

/// The octets of a file below tests/data/bimi.
inline std::string bimiFile(const std::string &path)
{
    QFile read(QStringLiteral(MAILOSCOPE_TEST_DATA "/bimi/") + QString::fromStdString(path));
    if (!read.open(QIODevice::ReadOnly))
        qFatal("cannot read tests/data/bimi/%s", path.c_str());
    return read.readAll().toStdString();
}

inline Timestamp timeOf(const std::string &text)
{
    return timestampFromRfc3339(text).value();
}

/// The roots of the made certificates and those of the world.
inline std::vector<x509::Certificate> allRoots()
{
    std::vector<x509::Certificate> roots = bimi::knownMarkRoots();
    for (const char *file : {"vmc/test-root.pem", "extra/root.pem"}) {
        auto more = x509::fromPem(bimiFile(file));
        if (!more)
            qFatal("no certificate in %s", file);
        roots.insert(roots.end(), more->begin(), more->end());
    }
    return roots;
}

} // namespace mailoscope::tests
