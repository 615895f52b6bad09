// SPDX-License-Identifier: Apache-2.0
#include "gather/trust.h"

namespace mailoscope::gather
{

void trustToo(QSslConfiguration &configuration, const QList<QSslCertificate> &authorities)
{
    if (!authorities.isEmpty())
        configuration.setCaCertificates(systemAuthorities() + authorities);
}

const QList<QSslCertificate> &systemAuthorities()
{
    static const QList<QSslCertificate> read = QSslConfiguration::systemCaCertificates();
    return read;
}

void prepareTrust(const QList<QSslCertificate> &authorities)
{
    if (!authorities.isEmpty())
        systemAuthorities();
}

} // namespace mailoscope::gather
