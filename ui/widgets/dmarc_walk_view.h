// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/dmarc_walk_text.h"

#include <QListView>

namespace mailoscope::ui
{

class DmarcWalkModel;

/// A DNS tree walk, drawn. As high as its rows, so that it scrolls with what is around it; arrows go from row
/// to row, Ctrl+C copies the row as text.
class DmarcWalkView : public QListView
{
    Q_OBJECT
public:
    explicit DmarcWalkView(QWidget *parent = nullptr);

    void showWalk(const dmarc::Walk &walk, const dmarc::AppliedPolicy &policy, dmarc::Existence existence);
    void clear();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    DmarcWalkModel *m_model;
};

} // namespace mailoscope::ui
