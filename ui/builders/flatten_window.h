// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fact_loop.h"
#include "file_choosers.h"
#include "report/spf_sets.h"
#include "what_if.h"

#include <QDialog>

#include <optional>
#include <set>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace mailoscope::ui
{

class CopyAsBar;
class LinesView;
class MessageStrip;
class OutlinePanel;

/// The branches of the inspected domain's SPF record with boxes to tick: those that are ticked are replaced
/// by the addresses they stand for, and what comes out is shown once it is proven. A plan that was saved is
/// checked for what has changed since.
class FlattenWindow : public QDialog
{
    Q_OBJECT
public:
    FlattenWindow(WhatIf &whatIf, std::shared_ptr<gather::Gatherer> gatherer, FileChoosers choosers,
                  QWidget *parent = nullptr);
    ~FlattenWindow() override;

    CopyAsBar &copyBar() const { return *m_copy; }

Q_SIGNALS:
    void tryWanted(const mailoscope::DomainName &domain,
                   const std::vector<mailoscope::fixes::Change> &changes);

private:
    enum class Way { Chosen, UnderLimit, Clean };
    QWidget *makeChoices();
    void fillBranches();
    void addNode(QTreeWidgetItem &parent, const spf::TermNode &term, int depth);
    void chooseUnderLimit();
    void rewrite(Way way);
    void showPlan();
    void showRefusal(const spf::Refusal &refusal);
    void tick(const std::set<spf::BranchPlace> &places);
    void savePlan();
    void openPlan();
    void check(const QString &path);
    std::set<spf::BranchPlace> ticked() const;

    const std::shared_ptr<gather::Gatherer> m_gatherer;
    const FileChoosers m_choosers;
    const std::shared_ptr<const Report> m_reality;
    const FactStore m_facts; ///< of today, without the draft
    FactLoop m_loop;
    spf::RecordCache m_records;
    spf::Evaluation m_evaluation; ///< of what is published, without the draft
    std::optional<RewritingReport> m_plan;
    bool m_filling = false;
    int m_rows = 0;
    QTreeWidget *m_branches;
    QLabel *m_state;
    LinesView *m_changes;
    OutlinePanel *m_result;
    CopyAsBar *m_copy;
    QPushButton *m_try;
    QPushButton *m_save;
    MessageStrip *m_strip;
};

} // namespace mailoscope::ui
