// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/channel.h"
#include "gather/resolver.h"

#include <memory>
#include <vector>

namespace mailoscope::gather
{

/// Carries DNS messages to one server and back with c-ares, on Qt's event loop. Nothing else includes
/// <ares.h>.
///
/// What c-ares does here: sockets, TCP framing, matching responses to questions by id, question and address.
/// What it must not do: retries, fail-over and time-outs, which lie above, where it is known who was asked
/// when. (c-ares 1.34 shortens its time-outs to a few times a server's usual answering time, and 250 ms would
/// end what a resolver needs a second for.) So this channel never runs its time-outs, and therefore needs no
/// timer.
///
/// A question that nobody waits for any more cannot be taken back from c-ares; it ends with its channel. That
/// is why a channel carries only so many questions and is then replaced: see isSpent(). It renews the source
/// port, too.
class AresChannel : public Channel
{
    Q_OBJECT
public:
    /// How many questions a channel carries over UDP before it should be replaced.
    static constexpr int MaxQuestions = 32;

    AresChannel(const Resolver &resolver, Transport transport, Edns edns, QObject *parent);
    ~AresChannel() override;

    void send(const std::string &message, Done done) override;
    bool isSpent() const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// The servers that c-ares finds in the operating system's settings.
std::vector<Resolver> configuredServers();

} // namespace mailoscope::gather
