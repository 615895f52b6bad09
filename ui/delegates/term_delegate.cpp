// SPDX-License-Identifier: Apache-2.0
#include "delegates/term_delegate.h"

#include "models/spf_tree_model.h"
#include "theme/metrics.h"

namespace mailoscope::ui
{

QSize TermDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize size = QStyledItemDelegate::sizeHint(option, index);
    return {size.width(), option.fontMetrics.height() * 4 / 3};
}

void TermDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->textElideMode = index.column() == SpfTreeModel::Term ? Qt::ElideMiddle : Qt::ElideRight;
    if (option->widget && index.data(SpfTreeModel::CodeRole).toBool())
        option->font = codeFont(*option->widget);
    else if (index.column() == SpfTreeModel::Term)
        option->font.setBold(true);

    // Right-aligned numbers keep off the text of the next column.
    if (option->displayAlignment.testFlag(Qt::AlignRight) && !option->text.isEmpty())
        option->text += QChar(0x2002);

    const Theme theme(option->palette);
    const QVariant own = index.data(SpfTreeModel::MeaningRole);
    const QVariant ofRow = index.siblingAtColumn(SpfTreeModel::Means).data(SpfTreeModel::MeaningRole);
    if (ofRow.isValid() && ofRow.toInt() == static_cast<int>(Meaning::Never))
        option->palette.setColor(QPalette::Text, theme.quietText());
    if (!own.isValid())
        return;
    const auto meaning = static_cast<Meaning>(own.toInt());
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = icon(meaning);
    const int size = option->fontMetrics.ascent();
    option->decorationSize = QSize(size, size);
    option->palette.setColor(QPalette::Text, theme.colour(meaning));
    if (index.column() == SpfTreeModel::Means) {
        const QString status = index.data(SpfTreeModel::StatusRole).toString();
        option->text =
            option->text.isEmpty() ? status : QStringLiteral("%1  ·  %2").arg(status, option->text);
    }
}

} // namespace mailoscope::ui
