// SPDX-License-Identifier: Apache-2.0
#include "what_if.h"

#include "gather/gatherer.h"

namespace mailoscope::ui
{

namespace
{

/// Steps back that are kept.
constexpr std::size_t MaxSteps = 500;

} // namespace

WhatIf::WhatIf(QObject *parent) : QObject(parent)
{
    m_evaluation.setSingleShot(true);
    m_evaluation.setInterval(0);
    connect(&m_evaluation, &QTimer::timeout, this, &WhatIf::evaluate);
}

WhatIf::~WhatIf()
{
    forget();
}

void WhatIf::forget()
{
    for (const auto &[key, ticket] : m_tickets)
        m_gatherer->cancel(ticket);
    m_tickets.clear();
}

void WhatIf::setReality(std::shared_ptr<const Report> report, const FactStore &facts,
                        const InspectOptions &options, std::shared_ptr<gather::Gatherer> gatherer)
{
    const bool isAnother = !report || m_draft.domain != report->domain;
    if (isAnother)
        clear();
    if (m_gatherer != gatherer)
        forget();
    m_gatherer = std::move(gatherer);
    m_reality = std::move(report);
    if (!m_reality)
        return;
    m_draft.domain = m_reality->domain;
    m_options = options;
    m_options.fixes = false;
    // What was asked for the draft's sake stays known.
    FactStore known = std::move(m_facts);
    m_facts = facts;
    for (const Fact *fact : known.sorted()) {
        if (!m_facts.contains(fact->key()))
            m_facts.put(*fact);
    }
    if (isActive())
        m_evaluation.start();
    Q_EMIT draftChanged(); // other records can be edited
}

void WhatIf::clear()
{
    forget();
    m_evaluation.stop();
    m_facts.clear();
    m_draft = {};
    m_past.clear();
    m_future.clear();
    m_typing.reset();
    m_report.reset();
    m_reality.reset();
    Q_EMIT draftChanged();
}

std::shared_ptr<const Report> WhatIf::report() const
{
    return isActive() && m_report ? m_report : m_reality;
}

void WhatIf::step()
{
    m_past.push_back(m_draft);
    if (m_past.size() > MaxSteps)
        m_past.erase(m_past.begin());
    m_future.clear();
}

void WhatIf::setDraft(fixes::EditedRecords draft)
{
    if (!m_reality || draft == m_draft)
        return;
    step();
    m_typing.reset();
    m_draft = std::move(draft);
    m_draft.domain = m_reality->domain;
    m_evaluation.start();
    Q_EMIT draftChanged();
}

void WhatIf::setText(std::size_t edit, const std::optional<std::string> &text)
{
    if (edit >= m_draft.edits.size() || m_draft.edits[edit].after == text ||
        (text && text->size() > fixes::MaxEditOctets)) {
        return;
    }
    if (m_typing != edit || !text || !m_draft.edits[edit].after)
        step();
    m_typing = text ? std::optional(edit) : std::nullopt;
    m_future.clear();
    m_draft.edits[edit].after = text;
    m_evaluation.start(); // keystrokes that come together are evaluated together
    Q_EMIT draftChanged();
}

void WhatIf::undo()
{
    if (m_past.empty())
        return;
    m_future.push_back(std::move(m_draft));
    m_draft = std::move(m_past.back());
    m_past.pop_back();
    m_typing.reset();
    m_evaluation.start();
    Q_EMIT draftChanged();
}

void WhatIf::redo()
{
    if (m_future.empty())
        return;
    m_past.push_back(std::move(m_draft));
    m_draft = std::move(m_future.back());
    m_future.pop_back();
    m_typing.reset();
    m_evaluation.start();
    Q_EMIT draftChanged();
}

void WhatIf::evaluate()
{
    if (!m_reality)
        return;
    const std::vector<fixes::Change> changes = m_draft.changes();
    if (changes.empty()) {
        m_report.reset();
        Q_EMIT reportChanged();
        return;
    }
    m_report = std::make_shared<const Report>(
        inspect(m_reality->domain, fixes::published(changes, m_facts), m_records,
                {m_reality->inspectedAt, m_reality->resolvers}, m_options));
    for (const FactKey &key : m_report->needed) {
        if (m_tickets.contains(key) || !m_gatherer)
            continue;
        m_tickets[key] = m_gatherer->ask(key, [this, key](Fact fact) {
            m_tickets.erase(key);
            m_facts.put(std::move(fact));
            m_evaluation.start();
        });
    }
    Q_EMIT reportChanged();
}

} // namespace mailoscope::ui
