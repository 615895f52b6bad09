// SPDX-License-Identifier: Apache-2.0
#include "policy_question.h"

#include "gather/gatherer.h"

namespace mailoscope::ui
{

PolicyQuestion::PolicyQuestion(QObject *parent) : QObject(parent) {}

PolicyQuestion::~PolicyQuestion()
{
    forget();
}

void PolicyQuestion::forget()
{
    for (const auto &[key, ticket] : m_tickets)
        m_gatherer->cancel(ticket);
    m_tickets.clear();
    m_facts.clear();
    m_answer.reset();
}

void PolicyQuestion::ask(std::shared_ptr<gather::Gatherer> gatherer, const DomainName &name)
{
    forget();
    m_gatherer = std::move(gatherer);
    m_answer.emplace();
    m_answer->name = name;
    evaluate();
}

void PolicyQuestion::clear()
{
    forget();
    Q_EMIT changed();
}

void PolicyQuestion::evaluate()
{
    FactReader reader(m_facts);
    m_answer->policy = dmarc::policyFor(m_answer->name, reader);
    m_answer->walk = dmarc::walk(m_answer->name, reader);
    m_answer->existence = dmarc::existenceOf(m_answer->name, reader);
    for (const FactKey &key : reader.needed()) {
        if (m_tickets.contains(key))
            continue;
        m_tickets[key] = m_gatherer->ask(key, [this, key](Fact fact) {
            m_tickets.erase(key);
            m_facts.put(std::move(fact));
            evaluate();
        });
    }
    Q_EMIT changed();
}

} // namespace mailoscope::ui
