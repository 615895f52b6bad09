// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"

#include <QMetaType>
#include <QString>

#include <optional>
#include <vector>

/// The log of look-ups: one entry for each question that was sent to a server (so that a question put to two
/// resolvers has two), and one for each that the cache answered.
namespace mailoscope::gather
{

struct LookUp {
    enum class State {
        Waiting,
        Answered,  ///< see outcome
        Cached,    ///< answered from the cache: nothing was sent
        Abandoned, ///< another server was quicker, or the inspection was stopped
    };
    int id = 0; ///< counts up from 0 within one inspection: its place in the log
    FactKey key;
    QString server;  ///< `192.0.2.53:53`; empty for cached answers
    int attempt = 1; ///< the second and later ones are retries or fail-overs
    State state = State::Waiting;
    Timestamp sentAt{};
    std::chrono::microseconds start{0}; ///< since the inspection began
    std::chrono::microseconds took{0};
    std::optional<FactOutcome> outcome;
    std::uint32_t ttl = 0; ///< seconds left
    bool overTcp = false;  ///< the answer was truncated over UDP and asked for again
    QString
        note; ///< such as "no answer in 800 ms: asking 192.0.2.54:53"; empty where there is nothing to say
};

using LookUpLog = std::vector<LookUp>;

} // namespace mailoscope::gather

Q_DECLARE_METATYPE(mailoscope::gather::LookUp)
