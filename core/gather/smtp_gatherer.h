// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "gather/route.h"

#include <QList>
#include <QSslCertificate>
#include <QString>

#include <chrono>
#include <memory>

namespace mailoscope::gather
{

struct SmtpGathererOptions {
    /// The longest that one session may take, from the look-up of the host's addresses to the end. Slow
    /// greetings are no fault (RFC 5321 section 4.5.3.2.1 allows five minutes), so it is long.
    std::chrono::milliseconds timeout{60000};
    /// The longest that is waited for the connection to one address.
    std::chrono::milliseconds connectTimeout{8000};
    /// How long the reply to QUIT is waited for; the fact is handed out before.
    std::chrono::milliseconds farewell{2000};
    /// How long what was learnt of a host is kept; failures are not.
    std::chrono::seconds keepFor{600};
    /// Whether loopback, private and other special-purpose addresses are connected to: only where the
    /// resolver was chosen by hand. An inspected domain must not make this machine talk to its own network.
    bool allowPrivate = false;
    QList<QSslCertificate> extraAuthorities; ///< trusted beside the system's
    /// The name in EHLO; empty: this machine's full name, or its address where it has none.
    QString ehloName;
    Route route;                ///< empty: to the address that was looked up
    std::size_t maxAtOnce = 16; ///< sessions; others wait their turn
    Clock clock = Clock::system();
};

/// Greets mail hosts and asks them for STARTTLS. The same host asked twice at once is greeted once. Takes
/// keys that are smtp::Target, and no others.
///
/// One session tells old from broken: TLS 1.0 and 1.1 and the ciphers and keys of their time are taken too
/// (OpenSSL's security level 0), so that a host with nothing better shows "TLSv1.0" and a host whose
/// handshake fails is broken. Limits: SSL 2 and 3 and what Debian's OpenSSL is built without (RC4, 3DES and
/// export ciphers) cannot be told from broken.
class SmtpGatherer : public Gatherer
{
    Q_OBJECT
public:
    /// `dns` gives the addresses. It must live longer.
    SmtpGatherer(SmtpGathererOptions options, Gatherer &dns, QObject *parent = nullptr);
    ~SmtpGatherer() override;

    const SmtpGathererOptions &options() const;

    Ticket ask(const FactKey &key, Done done, Logged logged = {}) override;
    void cancel(Ticket ticket) override;
    InspectionContext context() const override;
    const Clock &clock() const override;
    void clearCache();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::gather
