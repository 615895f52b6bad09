// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fact_loop.h"
#include "report/spf_sets.h"
#include "spf/sets/operand.h"
#include "what_if.h"

#include <QDialog>

#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace mailoscope::ui
{

class ComparedMaps;
class OutlinePanel;
class ViewSwitch;

/// Two SPF records address by address: domains, texts of records, or the draft against what is published.
class CompareWindow : public QDialog
{
    Q_OBJECT
public:
    CompareWindow(WhatIf &whatIf, std::shared_ptr<gather::Gatherer> gatherer, QWidget *parent = nullptr);

private:
    void compareTyped();
    void compareDraft();
    std::optional<spf::Operand> read(const QLineEdit &field, const std::optional<DomainName> &other);
    void showReport(const ComparisonReport &report);
    void complain(const QString &sentence);

    WhatIf &m_whatIf;
    const std::shared_ptr<gather::Gatherer> m_gatherer;
    FactLoop m_loop;
    spf::RecordCache m_records;
    std::shared_ptr<ComparisonReport> m_report; ///< that the loop fills
    QLineEdit *m_old;
    QLineEdit *m_new;
    QPushButton *m_compare;
    QPushButton *m_draft;
    QLabel *m_state;
    OutlinePanel *m_result;
    ComparedMaps *m_maps;
    ViewSwitch *m_views;
};

} // namespace mailoscope::ui
