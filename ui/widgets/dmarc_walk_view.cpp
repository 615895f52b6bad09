// SPDX-License-Identifier: Apache-2.0
#include "widgets/dmarc_walk_view.h"

#include "delegates/walk_delegate.h"
#include "models/dmarc_walk_model.h"
#include "theme/metrics.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

namespace mailoscope::ui
{

DmarcWalkView::DmarcWalkView(QWidget *parent) : QListView(parent), m_model(new DmarcWalkModel(this))
{
    setModel(m_model);
    setItemDelegate(new WalkDelegate(this));
    setAccessibleName(tr("The DNS tree walk, step by step"));
    setFrameShape(QFrame::NoFrame);
    setResizeMode(QListView::Adjust);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        scheduleDelayedItemsLayout();
        updateGeometry();
    });
}

void DmarcWalkView::showWalk(const dmarc::Walk &walk, const dmarc::AppliedPolicy &policy,
                             dmarc::Existence existence)
{
    m_model->setRows(rowsOf(walk, policy, existence));
}

void DmarcWalkView::clear()
{
    m_model->setRows({});
}

QSize DmarcWalkView::sizeHint() const
{
    int height = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        height += sizeHintForIndex(m_model->index(row)).height();
    return {em(*this) * 12, height};
}

void DmarcWalkView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(currentIndex().data().toString());
        return;
    }
    QListView::keyPressEvent(event);
}

void DmarcWalkView::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    updateGeometry(); // what stands beside a name may now stand below it
}

void DmarcWalkView::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the page scrolls
}

} // namespace mailoscope::ui
