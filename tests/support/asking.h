// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/gatherer.h"
#include "support/zone.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace mailoscope::tests
{

/// QCOMPARE() shows texts when they differ.
inline QString shown(dns::Outcome outcome)
{
    const std::string_view text = dns::toString(outcome);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

/// A request to a gatherer and all that came of it.
struct Asking {
    gather::Gatherer::Ticket ticket = 0;
    std::optional<Fact> fact;
    int answers = 0;
    std::vector<gather::LookUp> log; ///< the last state of each look-up
    bool isDone() const { return fact.has_value(); }
    QString outcome() const { return shown(fact.value().dns().outcome); }
};

inline std::shared_ptr<Asking> ask(gather::Gatherer &gatherer, const FactKey &key)
{
    auto asking = std::make_shared<Asking>();
    asking->ticket = gatherer.ask(
        key,
        [asking](Fact fact) {
            asking->fact = std::move(fact);
            ++asking->answers;
        },
        [asking](int index, gather::LookUp lookUp) {
            if (asking->log.size() <= static_cast<std::size_t>(index))
                asking->log.resize(static_cast<std::size_t>(index) + 1);
            asking->log[static_cast<std::size_t>(index)] = std::move(lookUp);
        });
    return asking;
}

inline std::shared_ptr<Asking> ask(gather::Gatherer &gatherer, std::string_view owner, dns::RrType type)
{
    return ask(gatherer, dns::Question{name(owner), type});
}

} // namespace mailoscope::tests
