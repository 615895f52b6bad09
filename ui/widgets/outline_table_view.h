// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/outline.h"

#include <QWidget>

class QLabel;
class QTableView;

namespace mailoscope::ui
{

class OutlineModel;

/// A table of an outline under its title: as wide as there is room, long texts wrapped, as high as its rows
/// up to a bound, so that it scrolls with what is around it.
class OutlineTableView : public QWidget
{
    Q_OBJECT
public:
    explicit OutlineTableView(QWidget *parent = nullptr);

    void showTable(OutlineTable table);
    QTableView &view() { return *m_view; }
    const OutlineTable &table() const;

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void fitColumns();

    QLabel *m_title;
    QTableView *m_view;
    OutlineModel *m_model;
    bool m_isFitted = false;
};

} // namespace mailoscope::ui
