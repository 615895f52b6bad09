// SPDX-License-Identifier: Apache-2.0
#include "delegates/waterfall_delegate.h"

#include "gather/look_up.h"
#include "models/look_ups_model.h"
#include "theme/theme.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace mailoscope::ui
{

void WaterfallDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString note = row.text;
    row.text.clear();
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    const bool selected = row.state.testFlag(QStyle::State_Selected);
    const auto state = static_cast<gather::LookUp::State>(index.data(LookUpsModel::StateRole).toInt());
    const auto meaning = static_cast<Meaning>(index.data(LookUpsModel::MeaningRole).toInt());
    const QColor colour =
        selected ? row.palette.color(QPalette::HighlightedText) : Theme(row.palette).colour(meaning);

    const int space = row.fontMetrics.height() / 3;
    const QRectF area = QRectF(row.rect).adjusted(space, space, -space, -space);
    const qreal begin = area.left() + area.width() * index.data(LookUpsModel::BeginRole).toDouble();
    const qreal end = area.left() + area.width() * index.data(LookUpsModel::EndRole).toDouble();
    const QRectF bar(begin, area.top(), std::max(end - begin, row.fontMetrics.height() / 6.0), area.height());

    painter->save();
    painter->setPen(QPen(colour, 1));
    // Open for what waits or was given up, hatched for failures, filled for answers.
    if (state == gather::LookUp::State::Waiting || state == gather::LookUp::State::Abandoned)
        painter->setBrush(Qt::NoBrush);
    else if (meaning == Meaning::High)
        painter->setBrush(QBrush(colour, Qt::BDiagPattern));
    else
        painter->setBrush(colour);
    painter->drawRect(bar.intersected(area.adjusted(-1, 0, 1, 0)));

    if (!note.isEmpty()) {
        painter->setPen(selected ? row.palette.color(QPalette::HighlightedText)
                                 : row.palette.color(QPalette::Text));
        const bool behind = area.right() - bar.right() > bar.left() - area.left();
        const QRectF place =
            behind ? QRectF(bar.right() + space, row.rect.top(), area.right() - bar.right() - space,
                            row.rect.height())
                   : QRectF(area.left(), row.rect.top(), bar.left() - area.left() - space, row.rect.height());
        const QString text =
            row.fontMetrics.elidedText(note, Qt::ElideRight, static_cast<int>(place.width()));
        painter->drawText(place, Qt::AlignVCenter | (behind ? Qt::AlignLeft : Qt::AlignRight), text);
    }
    painter->restore();
}

} // namespace mailoscope::ui
