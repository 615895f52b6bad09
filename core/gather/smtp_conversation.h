// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/clock.h"
#include "gather/route.h"
#include "smtp/session.h"

#include <QDeadlineTimer>
#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QString>
#include <QTimer>

#include <chrono>
#include <string>
#include <vector>

class QSslSocket;

namespace mailoscope::gather
{

/// One connection to a mail host: the greeting, EHLO, STARTTLS, the handshake, EHLO again, QUIT. Nothing else
/// is ever sent. No certificate is refused: what is wrong with it is noted (RFC 7435: senders without MTA-STS
/// or DANE take any).
class SmtpConversation : public QObject
{
    Q_OBJECT
public:
    struct Settings {
        QString ehloName; ///< empty: the address of our end of the connection, as a literal
        QSslConfiguration tls;
        std::chrono::milliseconds connectTimeout{8000};
        std::chrono::milliseconds farewell{2000}; ///< how long the reply to QUIT is waited for, unseen
        QDeadlineTimer deadline;                  ///< of the whole
        Clock clock;
        Route route;
    };

    SmtpConversation(const smtp::Target &target, const IpAddress &address, Settings settings,
                     QObject *parent);
    ~SmtpConversation() override;

    void begin();
    bool isEnded() const { return m_stage == Stage::Ended; }
    /// False where no connection came about: another address of the host may do better.
    bool wasConnected() const { return m_wasConnected; }
    const IpAddress &address() const { return m_address; }
    const smtp::Session &session() const { return m_session; }

Q_SIGNALS:
    /// Once; also from within begin().
    void ended();

private:
    enum class Stage { Connecting, Greeting, Hello, StartTls, Handshake, HelloUnderTls, Ended };
    /// RFC 5321 section 4.2.
    struct Reply {
        int code = 0;
        std::vector<std::string> lines; ///< without the codes
        std::string text() const;
    };

    void onConnected();
    void onEncrypted();
    void onError();
    void onTime();
    void read();
    /// False where the octets are no SMTP.
    bool takeLine(std::string_view line);
    void take(Reply reply);
    void takeGreeting(const Reply &reply);
    void takeHello(const Reply &reply);
    void takeStartTls(const Reply &reply);
    void send(const QByteArray &command);
    QByteArray hello() const;
    void note(const std::string &text);
    void end(smtp::Outcome outcome, const std::string &detail = {});
    void sayGoodbye();

    const IpAddress m_address;
    const Settings m_settings;
    QSslSocket *m_socket; ///< ours until sayGoodbye()
    QTimer m_timer;
    Stage m_stage = Stage::Connecting;
    bool m_wasConnected = false;
    std::chrono::microseconds m_connectedAt{0};
    std::string m_received; ///< octets that are no whole line yet
    std::size_t m_receivedOctets = 0;
    Reply m_reply; ///< the lines of it that have come
    smtp::Session m_session;
};

} // namespace mailoscope::gather
