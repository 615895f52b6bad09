// SPDX-License-Identifier: Apache-2.0
#include "delegates/section_delegate.h"

#include "models/sections_model.h"
#include "theme/theme.h"

#include <QApplication>
#include <QPainter>

namespace mailoscope::ui
{

QSize SectionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const int line = option.fontMetrics.height();
    return {option.fontMetrics.horizontalAdvance(QLatin1Char('0')) * 18, line * 2 + line};
}

void SectionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const
{
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    const QString name = row.text;
    row.text.clear();
    const QStyle *style = row.widget ? row.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);

    const bool selected = row.state.testFlag(QStyle::State_Selected);
    const auto meaning = static_cast<Meaning>(index.data(SectionsModel::MeaningRole).toInt());
    const QString word = index.data(SectionsModel::WordRole).toString();
    const int count = index.data(SectionsModel::CountRole).toInt();
    const QColor text = row.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const Theme theme(row.palette);

    const int line = row.fontMetrics.height();
    const QRect area = row.rect.adjusted(line / 2, line / 2, -line / 2, -line / 2);
    const QRect upper(area.left(), area.top(), area.width(), line);
    const QRect lower(area.left(), area.top() + line, area.width(), line);

    painter->save();
    QFont bold = row.font;
    bold.setBold(true);
    painter->setPen(text);
    painter->setFont(bold);
    painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, name);
    if (count > 0)
        painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter, QString::number(count));
    painter->setFont(row.font);
    if (!word.isEmpty()) {
        const int size = row.fontMetrics.ascent();
        const QRect shape(lower.left(), lower.top() + (line - size) / 2, size, size);
        icon(meaning).paint(painter, shape, Qt::AlignCenter, selected ? QIcon::Selected : QIcon::Normal);
        painter->setPen(selected ? text : theme.colour(meaning));
        painter->drawText(lower.adjusted(size + line / 3, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, word);
    }
    painter->restore();
}

} // namespace mailoscope::ui
