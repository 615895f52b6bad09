// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/message.h"
#include "gather/resolver.h"
#include "support/zone.h"

#include <QHostAddress>
#include <QObject>
#include <QThread>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace mailoscope::tests
{

/// How the server treats one question.
struct Treatment {
    enum class Kind {
        Answer, ///< as the zone says; over UDP cut to what the client takes
        Silence,
        Truncate,      ///< over UDP only the header with TC, whatever the size
        Garbage,       ///< octets that are no DNS message
        BrokenRecord,  ///< a good header and question, then a record that ends in the middle
        WrongId,       ///< first an answer with another id, then the right one
        WrongQuestion, ///< first an answer to another question, then the right one
        OnlyWrongId,
        Refuse, ///< REFUSED
        Fail,   ///< SERVFAIL
        NotImplemented,
        FormErrToEdns, ///< as a server that does not know EDNS
        Hangup,        ///< closes the TCP connection; silence over UDP
    };
    Kind kind = Kind::Answer;
    std::chrono::milliseconds delay{0};
    bool authenticated = false;
    bool authoritative = false;
};

/// A question as it came.
struct Received {
    dns::Question question;
    bool overTcp = false;
    bool hasEdns = false;
    std::uint16_t ednsPayload = 0;
    bool authenticDataWanted = false;
    bool recursionDesired = false;
};

/// A DNS server on the loopback interface, UDP and TCP on one free port, in a thread of its own.
class TestDnsServer
{
public:
    /// Called in the server's thread for each question; `times` counts how often it has come before.
    using Script = std::function<Treatment(const Received &received, int times)>;

    explicit TestDnsServer(Zone zone, Script script = {},
                           const QHostAddress &address = QHostAddress::LocalHost);
    ~TestDnsServer();
    TestDnsServer(const TestDnsServer &) = delete;
    TestDnsServer &operator=(const TestDnsServer &) = delete;

    gather::Resolver resolver() const;
    bool isListening() const;
    void setScript(Script script);
    void setZone(Zone zone);
    std::vector<Received> received() const;
    int timesAsked(const dns::Question &question) const;

    /// A port on which nobody listens.
    static gather::Resolver nobody();

private:
    class Worker;
    QThread m_thread;
    Worker *m_worker;
};

} // namespace mailoscope::tests
