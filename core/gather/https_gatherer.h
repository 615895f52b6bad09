// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "gather/route.h"

#include <QList>
#include <QSslCertificate>

#include <chrono>
#include <memory>

namespace mailoscope::gather
{

struct HttpsOptions {
    /// The longest that a fetch may take, from the look-up of the host to the last octet.
    std::chrono::milliseconds timeout{10000};
    /// After this long without a finished handshake the host's next address is tried.
    std::chrono::milliseconds patience{3000};
    /// True where the user chose the resolver by hand: its names may lead into the user's own network.
    bool allowPrivate = false;
    /// Trusted beside the certificate authorities of this machine.
    QList<QSslCertificate> extraAuthorities;
    Route route;                  ///< empty: to the address that was looked up
    std::size_t maxInFlight = 16; ///< fetches at once; others wait their turn
    Clock clock = Clock::system();
};

/// Fetches pages over QNetworkAccessManager: HTTP/1.1 over TLS 1.2 or later, no redirects, no cache, no
/// cookies, no proxy. A host's addresses come from the gatherer given, which answers DNS questions and must
/// outlive this one; the connection goes to such an address and to no other, and never to one that is not of
/// the public Internet, unless that is allowed. Where the certificate does not fit, nothing is sent. A page
/// asked for twice at once is fetched once. Takes keys that are URLs, and no others.
///
/// The log gets an entry for each connection; the look-ups of the host's addresses are not in it, because
/// whoever evaluates asks for them too.
class HttpsGatherer : public Gatherer
{
    Q_OBJECT
public:
    HttpsGatherer(Gatherer &dns, HttpsOptions options, QObject *parent = nullptr);
    ~HttpsGatherer() override;

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    /// The context of the gatherer that looks up the hosts.
    InspectionContext context() const override;
    const Clock &clock() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
