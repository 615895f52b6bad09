// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/policy.h"
#include "facts/fact_store.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace mailoscope::gather
{
class Gatherer;
}

namespace mailoscope::ui
{

/// The DMARC policy for one name that the user types, with what is missing asked of the gatherer.
class PolicyQuestion : public QObject
{
    Q_OBJECT
public:
    struct Answer {
        DomainName name;
        dmarc::Walk walk;
        dmarc::Existence existence = dmarc::Existence::Pending;
        dmarc::AppliedPolicy policy;
    };

    explicit PolicyQuestion(QObject *parent = nullptr);
    ~PolicyQuestion() override;

    /// Begins. One under way is forgotten.
    void ask(std::shared_ptr<gather::Gatherer> gatherer, const DomainName &name);
    void clear();
    /// What is known by now; its policy may be pending.
    const std::optional<Answer> &answer() const { return m_answer; }

Q_SIGNALS:
    void changed();

private:
    void forget();
    void evaluate();

    std::shared_ptr<gather::Gatherer> m_gatherer;
    FactStore m_facts;
    std::map<FactKey, quint64> m_tickets; ///< of questions under way
    std::optional<Answer> m_answer;
};

} // namespace mailoscope::ui
