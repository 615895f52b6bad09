// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/https_gatherer.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslError>
#include <QTimer>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace mailoscope::gather
{

/// No more addresses of one family than this are tried.
constexpr std::size_t MaxAddressesTried = 2;

/// One fetch: looks up the host, connects to its addresses one after the other, reads the answer. It ends in
/// exactly one Fact. The listener must not delete it.
class HttpsFetch : public QObject
{
    Q_OBJECT
public:
    struct Listener {
        std::function<void(std::size_t lookUp)> lookUpChanged;
        std::function<void()> ended;
    };

    HttpsFetch(https::Url url, Gatherer &dns, const HttpsOptions &options, Listener listener);
    /// Gives up whatever is under way.
    ~HttpsFetch() override;

    void begin();
    const std::vector<LookUp> &lookUps() const { return m_lookUps; }
    /// Nothing before the end.
    const std::optional<Fact> &fact() const { return m_fact; }

private:
    void lookUpHost();
    void onAddresses(dns::RrType type, const Fact &fact);
    void chooseCandidates();
    void connectToNext();
    void onSslErrors(const QList<QSslError> &errors);
    void onEncrypted();
    void readBody();
    void onFinished();
    void onOutOfPatience();
    void onTimeout();
    void giveUpAddress(https::Outcome outcome, const QString &detail);
    void endLookUp(https::Outcome outcome, const QString &note);
    void end(https::Outcome outcome, const QString &detail = {});
    void takeResponse();
    tls::Session &session();
    void dropReply();
    QString serverText(const IpAddress &address) const;
    std::chrono::microseconds now() const { return m_options.clock.elapsed(); }

    Gatherer &m_dns;
    const HttpsOptions &m_options;
    Listener m_listener;

    https::Response m_response;
    std::optional<Fact> m_fact;
    std::vector<LookUp> m_lookUps;
    std::chrono::microseconds m_beganAt{0};

    std::optional<Gatherer::Ticket> m_v4Ticket;
    std::optional<Gatherer::Ticket> m_v6Ticket;
    std::optional<dns::Answer> m_v4;
    std::optional<dns::Answer> m_v6;
    std::deque<IpAddress> m_candidates; ///< not tried yet
    bool m_sawTimeout = false;          ///< at one of the addresses tried

    QNetworkAccessManager *m_network = nullptr; ///< of the connection under way
    QNetworkReply *m_reply = nullptr;           ///< its child
    bool m_isEncrypted = false;
    QTimer m_patience;
    QTimer m_deadline;
};

} // namespace mailoscope::gather
