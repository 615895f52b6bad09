// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace mailoscope::gather
{

/// Lets a configuration trust further authorities beside the system's.
///
/// Without further ones the configuration must stay as it is: Qt then looks up the system's authorities one
/// by one, as they are needed. As soon as any list is set or added, an empty one too, it trusts that list
/// alone.
void trustToo(QSslConfiguration &configuration, const QList<QSslCertificate> &authorities);

/// Reads all of the system's authorities, which takes a tenth of a second; they are kept for trustToo().
const QList<QSslCertificate> &systemAuthorities();
/// Reads them now where trustToo() will need them: an inspection must not wait for that.
void prepareTrust(const QList<QSslCertificate> &authorities);

} // namespace mailoscope::gather
