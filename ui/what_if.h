// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/edits.h"
#include "report/report.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace mailoscope::gather
{
class Gatherer;
}

namespace mailoscope::ui
{

/// What would be if edited records were published: the draft, its steps back and forth, and the report that
/// follows it. What the edited records lead to is asked of the gatherer.
class WhatIf : public QObject
{
    Q_OBJECT
public:
    explicit WhatIf(QObject *parent = nullptr);
    ~WhatIf() override;

    /// What is real: the draft is laid over it. Another domain ends the draft.
    void setReality(std::shared_ptr<const Report> report, const FactStore &facts,
                    const InspectOptions &options, std::shared_ptr<gather::Gatherer> gatherer);
    void clear();

    const fixes::EditedRecords &draft() const { return m_draft; }
    /// Takes the place of the draft as one step. `typed` edits of one record are one step together.
    void setDraft(fixes::EditedRecords draft);
    void setText(std::size_t edit, const std::optional<std::string> &text);
    /// The TTL of the edited record's set; nothing leaves it as it is.
    void setTtl(std::size_t edit, const std::optional<std::uint32_t> &seconds);
    void setFileText(std::size_t file, const std::string &text);
    bool canUndo() const { return !m_past.empty(); }
    bool canRedo() const { return !m_future.empty(); }
    void undo();
    void redo();

    /// True where the draft changes anything.
    bool isActive() const { return !m_draft.changes().empty(); }
    std::shared_ptr<const Report> reality() const { return m_reality; }
    /// What is known, without the draft.
    const FactStore &facts() const { return m_facts; }
    /// The report with the draft; reality where the draft changes nothing.
    std::shared_ptr<const Report> report() const;

Q_SIGNALS:
    /// The draft has another content, or another one is to be shown.
    void draftChanged();
    void reportChanged();

private:
    enum class Typed { Text, Ttl, File };
    /// Before what is typed: typing in one place is one step until something else is done.
    void stepTyping(Typed what, std::size_t where);
    void step();
    void tell();
    void evaluate();
    void forget();

    std::shared_ptr<const Report> m_reality;
    FactStore m_facts;
    InspectOptions m_options;
    std::shared_ptr<gather::Gatherer> m_gatherer;
    spf::RecordCache m_records;
    fixes::EditedRecords m_draft;
    std::vector<fixes::EditedRecords> m_past;
    std::vector<fixes::EditedRecords> m_future;
    std::optional<std::pair<Typed, std::size_t>> m_typing;
    std::shared_ptr<const Report> m_report;
    std::map<FactKey, quint64> m_tickets;
    QTimer m_evaluation;
};

} // namespace mailoscope::ui
