// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/channel.h"
#include "gather/resolver.h"

class QAbstractSocket;

namespace mailoscope::gather
{

/// One question over a socket of its own, without c-ares. For the few that c-ares 1.34 does not carry: it
/// takes names for host names alone (a macro may put any octet into one, RFC 7208 section 7), and refuses a
/// response as a whole for a TXT record without strings.
class SocketChannel : public Channel
{
    Q_OBJECT
public:
    SocketChannel(const Resolver &resolver, Transport transport, QObject *parent);
    ~SocketChannel() override;

    void send(const std::string &message, Done done) override;
    bool isSpent() const override { return m_done != nullptr; }

private:
    void write();
    void read();
    void take(std::string octets);
    bool isResponse(const std::string &octets) const;
    void end(Reply reply);

    Resolver m_resolver;
    Transport m_transport;
    QAbstractSocket *m_socket;
    std::string m_query;
    std::string m_received; ///< over TCP: what has come so far
    Done m_done;
    bool m_ended = false;
};

} // namespace mailoscope::gather
