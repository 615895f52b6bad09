// SPDX-License-Identifier: Apache-2.0
#include "what_if.h"

#include "dns/ttl.h"
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

void WhatIf::stepTyping(Typed what, std::size_t where)
{
    const std::pair place(what, where);
    if (m_typing != place)
        step();
    m_typing = place;
    m_future.clear();
}

void WhatIf::tell()
{
    m_evaluation.start(); // keystrokes that come together are evaluated together
    Q_EMIT draftChanged();
}

void WhatIf::setDraft(fixes::EditedRecords draft)
{
    if (!m_reality || draft == m_draft)
        return;
    step();
    m_typing.reset();
    m_draft = std::move(draft);
    m_draft.domain = m_reality->domain;
    tell();
}

void WhatIf::setText(std::size_t edit, const std::optional<std::string> &text)
{
    if (edit >= m_draft.edits.size() || m_draft.edits[edit].after == text ||
        (text && text->size() > fixes::MaxEditOctets)) {
        return;
    }
    if (!text || !m_draft.edits[edit].after)
        m_typing.reset();
    stepTyping(Typed::Text, edit);
    if (!text)
        m_typing.reset();
    m_draft.edits[edit].after = text;
    tell();
}

void WhatIf::setTtl(std::size_t edit, const std::optional<std::uint32_t> &seconds)
{
    if (edit >= m_draft.edits.size() || m_draft.edits[edit].ttl == seconds ||
        (seconds && *seconds > dns::LongestTtl)) {
        return;
    }
    stepTyping(Typed::Ttl, edit);
    m_draft.edits[edit].ttl = seconds;
    tell();
}

void WhatIf::setFileText(std::size_t file, const std::string &text)
{
    if (file >= m_draft.files.size() || m_draft.files[file].after == text ||
        text.size() > fixes::MaxEditOctets) {
        return;
    }
    stepTyping(Typed::File, file);
    m_draft.files[file].after = text;
    tell();
}

void WhatIf::undo()
{
    if (m_past.empty())
        return;
    m_future.push_back(std::move(m_draft));
    m_draft = std::move(m_past.back());
    m_past.pop_back();
    m_typing.reset();
    tell();
}

void WhatIf::redo()
{
    if (m_future.empty())
        return;
    m_past.push_back(std::move(m_draft));
    m_draft = std::move(m_future.back());
    m_future.pop_back();
    m_typing.reset();
    tell();
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
