// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_store.h"
#include "support/zone.h"

#include <set>
#include <string>
#include <vector>

namespace mailoscope::tests
{

/// Facts from a zone, in rounds: a question is unknown when it is first asked and known from the next round
/// on, as if an inspector had gathered all that was needed at once. A name that the zone does not know fails
/// the test.
class ScriptedFacts : public FactSource
{
public:
    enum class Unscripted {
        FailsTheTest,
        IsNxDomain, ///< for zones that stand for the whole world, such as those of the SPF suite
    };

    explicit ScriptedFacts(Zone zone, Unscripted unscripted = Unscripted::FailsTheTest);

    const dns::Answer *dns(const DomainName &name, dns::RrType type) override;
    const https::Response *https(const https::Url &url) override;
    const smtp::Session *smtp(const smtp::Target &target) override;
    const dns::ServerAnswer *server(const dns::ServerQuestion &question) override;

    /// Everything that was needed becomes known; false where nothing was.
    bool nextRound();
    /// What was asked in each round, as `TXT example.com`, sorted.
    const std::vector<std::vector<std::string>> &asked() const { return m_asked; }

private:
    Zone m_zone;
    Unscripted m_unscripted;
    const Fact *find(const FactKey &key);

    FactStore m_known;
    std::set<FactKey> m_needed;
    std::vector<std::vector<std::string>> m_asked;
};

/// Evaluates, round after round, until nothing is needed any more.
template <typename Evaluate>
auto runToTheEnd(Evaluate evaluate, ScriptedFacts &facts)
{
    auto outcome = evaluate();
    while (facts.nextRound())
        outcome = evaluate();
    return outcome;
}

} // namespace mailoscope::tests
