// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "address_walk.h"
#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace mailoscope::ui
{

class BudgetBar;
class GraphView;
class LinesView;
class MapPanel;
class RecordEditor;
class RecordView;
class Selection;
class SpfTreeModel;
class SpfTreeView;
class ViewSwitch;
class WalkPanel;
class WhatIf;

/// The SPF record with all that it takes in: budget, tree, record, details, and the walk of an address.
class SpfPage : public QWidget
{
    Q_OBJECT
public:
    SpfPage(Selection &selection, AddressWalk &walk, QWidget *parent = nullptr);

    void showReport(std::shared_ptr<const Report> report);
    void find();
    /// From now on records can be edited in this draft.
    void allowEditing(WhatIf &whatIf);
    SpfTreeView &tree() const { return *m_tree; }
    GraphView &graph() const { return *m_graph; }
    MapPanel &map() const { return *m_map; }
    /// The views in the order of their buttons; a further one is added in the constructor.
    enum View { TreeIndex, GraphIndex, MapIndex };
    ViewSwitch &views() const { return *m_views; }
    QWidget *currentView() const;
    WalkPanel &walkPanel() const { return *m_walkPanel; }

Q_SIGNALS:
    /// An empty text: no sample.
    void sampleChanged(const QString &sender);
    /// The builder of this name, or another tool, is to be opened.
    void makeWanted(const QString &form);

private:
    QWidget *makeHead();
    QWidget *makeTools();
    QWidget *makeMiddle();
    void showTotals(const Report &report);
    void showDetails();
    void search(const QString &text);
    void followWalk();

    Selection &m_selection;
    AddressWalk &m_walk;
    std::shared_ptr<const Report> m_report;
    SpfTreeModel *m_model;
    BudgetBar *m_budget;
    QLabel *m_shape;
    QLabel *m_sentence;
    QLabel *m_lookups;
    QLabel *m_totals;
    QLineEdit *m_search;
    QLineEdit *m_sample;
    SpfTreeView *m_tree;
    GraphView *m_graph;
    MapPanel *m_map;
    ViewSwitch *m_views;
    LinesView *m_details;
    RecordView *m_record;
    QVBoxLayout *m_recordRows = nullptr; ///< the record, or what edits it
    WalkPanel *m_walkPanel;
};

} // namespace mailoscope::ui
