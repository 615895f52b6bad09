// SPDX-License-Identifier: Apache-2.0
#include "widgets/flow_layout.h"

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

bool expands(const QLayoutItem &item)
{
    return item.expandingDirections() & Qt::Horizontal;
}

int wantedWidth(const QLayoutItem &item)
{
    return expands(item) ? item.minimumSize().width() : item.sizeHint().width();
}

int heightOf(const QLayoutItem &item, int width)
{
    return item.hasHeightForWidth() ? item.heightForWidth(width) : item.sizeHint().height();
}

int heightOf(const std::vector<QLayoutItem *> &row, const std::vector<int> &widths)
{
    int height = 0;
    for (std::size_t i = 0; i < row.size(); ++i)
        height = std::max(height, heightOf(*row[i], widths[i]));
    return height;
}

} // namespace

FlowLayout::FlowLayout(QWidget *parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
    invalidate();
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *taken = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    invalidate();
    return taken;
}

std::vector<FlowLayout::Row> FlowLayout::rowsFor(int width) const
{
    std::vector<Row> rows;
    int used = 0;
    for (const std::unique_ptr<QLayoutItem> &item : m_items) {
        if (item->isEmpty()) // hidden
            continue;
        const int wanted = wantedWidth(*item);
        if (rows.empty() || used + spacing() + wanted > width) {
            rows.emplace_back();
            used = wanted;
        } else {
            used += spacing() + wanted;
        }
        rows.back().push_back(item.get());
    }
    return rows;
}

std::vector<int> FlowLayout::widthsOf(const Row &row, int width) const
{
    std::vector<int> widths;
    int left = width - spacing() * (static_cast<int>(row.size()) - 1);
    int expanding = 0;
    for (const QLayoutItem *item : row) {
        widths.push_back(std::min(wantedWidth(*item), width));
        left -= widths.back();
        expanding += expands(*item) ? 1 : 0;
    }
    for (std::size_t i = 0; i < row.size() && left > 0 && expanding > 0; ++i) {
        if (!expands(*row[i]))
            continue;
        const int share = left / expanding--;
        const int taken = std::min(share, row[i]->maximumSize().width() - widths[i]);
        widths[i] += taken;
        left -= taken;
    }
    return widths;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const int inner = width - margins.left() - margins.right();
    int height = margins.top() + margins.bottom();
    const std::vector<Row> rows = rowsFor(inner);
    for (const Row &row : rows)
        height += heightOf(row, widthsOf(row, inner));
    return height + spacing() * std::max(static_cast<int>(rows.size()) - 1, 0);
}

QSize FlowLayout::sizeHint() const
{
    const QMargins margins = contentsMargins();
    QSize size;
    for (const std::unique_ptr<QLayoutItem> &item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize wanted = item->sizeHint();
        size.rwidth() += wanted.width() + (size.width() > 0 ? spacing() : 0);
        size.rheight() = std::max(size.height(), wanted.height());
    }
    return size.grownBy(margins);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const std::unique_ptr<QLayoutItem> &item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect inner = rect.marginsRemoved(contentsMargins());
    const Qt::LayoutDirection direction =
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LayoutDirectionAuto;
    int y = inner.y();
    for (const Row &row : rowsFor(inner.width())) {
        const std::vector<int> widths = widthsOf(row, inner.width());
        const int height = heightOf(row, widths);
        int x = inner.x();
        for (std::size_t i = 0; i < row.size(); ++i) {
            const int own = std::min(heightOf(*row[i], widths[i]), height);
            const QRect place(x, y + (height - own) / 2, widths[i], own);
            row[i]->setGeometry(QStyle::visualRect(direction, inner, place));
            x += widths[i] + spacing();
        }
        y += height + spacing();
    }
}

} // namespace mailoscope::ui
