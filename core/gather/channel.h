// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dns/server_answer.h"

#include <QObject>

#include <functional>
#include <string>

namespace mailoscope::gather
{

using dns::Transport;
enum class Edns { No, Yes };

/// Carries DNS messages to one server and back.
class Channel : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    enum class Status {
        Arrived,     ///< `octets` is a message of this server to this question
        Unreachable, ///< nothing could be sent, or the server's machine says that nobody listens
        NotCarried,  ///< this kind of channel cannot carry the question or read the response
        Silent,      ///< the channel has given up
    };
    struct Reply {
        Status status = Status::Silent;
        std::string octets;
    };
    using Done = std::function<void(const Reply &)>;

    /// Sends a message; `done` is called from the event loop, never from within send(), and never after this
    /// channel's end. It may send further messages and may call deleteLater() on the channel.
    virtual void send(const std::string &message, Done done) = 0;
    /// True once the channel has carried as many questions as it should.
    virtual bool isSpent() const = 0;
};

} // namespace mailoscope::gather
