// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"

#include <QTreeView>

namespace mailoscope::ui
{

class Selection;
class SpfTreeModel;

/// The include tree with its keys: arrows, `*` expands all, typing searches, Ctrl+C copies the row as text.
class SpfTreeView : public QTreeView
{
    Q_OBJECT
public:
    SpfTreeView(SpfTreeModel &model, Selection &selection, QWidget *parent = nullptr);

    /// The next place below the current one whose row holds `text`, round and round; false where there is
    /// none.
    bool findNext(const QString &text);
    bool findPrevious(const QString &text);

    void copyRow();
    void copySubtree();
    void copyRecord();
    void copyName();
    void copyJson();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    enum class Direction { Forwards, Backwards };
    bool find(const QString &text, Direction direction);
    std::optional<SpfPlace> current() const;
    void follow();
    void openNewRows(const QModelIndex &parent);

    SpfTreeModel &m_model;
    Selection &m_selection;
    bool m_following = false;
};

} // namespace mailoscope::ui
