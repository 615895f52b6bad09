// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/hex.h"
#include "support/finding_rows.h"
#include "x509/certificate.h"

/// Lines of zones that speak of certificates (tests/data/x509 and tests/data/dane): `@spki256:leaf`,
/// `@cert512:issuer`,
/// `@cert:leaf` inside a TLSA record, and `!smtp mx.example.com encrypted leaf+issuer` for what a host shows.
namespace mailoscope::tests
{

inline x509::Certificate certificate(const std::string &file)
{
    for (const char *folder : {"x509", "dane"}) {
        QFile pem(QStringLiteral(MAILOSCOPE_TEST_DATA) + QLatin1Char('/') + QLatin1String(folder) +
                  QLatin1Char('/') + QString::fromStdString(file) + QStringLiteral(".pem"));
        if (!pem.open(QIODevice::ReadOnly))
            continue;
        const auto read = x509::fromPem(pem.readAll().toStdString());
        if (read && !read->empty())
            return read->front();
    }
    qFatal("no certificate %s", file.c_str());
    return {};
}

inline std::string expanded(std::string line)
{
    const std::size_t at = line.find('@');
    const std::size_t colon = at == std::string::npos ? at : line.find(':', at);
    if (colon == std::string::npos)
        return line;
    const std::string kind = line.substr(at + 1, colon - at - 1);
    const x509::Certificate shown = certificate(line.substr(colon + 1));
    const std::string &octets = kind.starts_with("spki") ? shown.publicKeyInfo : shown.der;
    line.resize(at);
    return line + toHex(kind.ends_with("256")   ? x509::sha256(octets)
                        : kind.ends_with("512") ? x509::sha512(octets)
                                                : octets);
}

inline void addCertificateLine(Zone &zone, const std::string &line)
{
    if (!line.starts_with("!smtp ")) {
        addLine(zone, expanded(line));
        return;
    }
    const QStringList words = QString::fromStdString(line).split(QLatin1Char(' '));
    smtp::Session session;
    session.target.host = name(words.at(1).toStdString());
    session.outcome = smtp::outcomeFromString(words.at(2).toStdString()).value();
    if (words.size() > 3) {
        session.tls.emplace();
        session.tls->version = "TLSv1.3";
        session.tls->at =
            timestampFromRfc3339(words.size() > 4 ? words.at(4).toStdString() : "2026-11-21T00:00:00Z")
                .value();
        for (const QString &file : words.at(3).split(QLatin1Char('+')))
            session.tls->chain.push_back(certificate(file.toStdString()).der);
    }
    zone.add(std::move(session));
}

} // namespace mailoscope::tests
