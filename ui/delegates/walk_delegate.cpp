// SPDX-License-Identifier: Apache-2.0
#include "delegates/walk_delegate.h"

#include "models/dmarc_walk_model.h"
#include "theme/metrics.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

constexpr int ShortestLabel = 5; // characters that are left of a label where room is short
constexpr int LongestLabel = 63;

/// A label cut to so many characters.
QString cut(const QString &label, int characters)
{
    if (label.size() <= characters)
        return label;
    const qsizetype half = (characters - 1) / 2;
    return label.left(characters - 1 - half) + QChar(0x2026) + label.right(half);
}

const QString &prefix()
{
    static const QString Prefix = QStringLiteral("_dmarc.");
    return Prefix;
}

QString joined(const QStringList &labels, int characters)
{
    QString text;
    for (const QString &label : labels)
        text += (text.isEmpty() ? QString() : QStringLiteral(".")) + cut(label, characters);
    return text;
}

/// The most characters of a label with which the whole name fits.
int fitting(const QStringList &labels, const QFontMetrics &code, int width)
{
    qsizetype longest = 0;
    for (const QString &label : labels)
        longest = std::max(longest, label.size());
    int characters = static_cast<int>(std::min<qsizetype>(longest, LongestLabel));
    while (characters > ShortestLabel &&
           code.horizontalAdvance(prefix() + joined(labels, characters)) > width)
        --characters;
    return characters;
}

} // namespace

/// Where the parts of a row stand. All of it follows from the font, the width and the row.
struct WalkDelegate::Layout {
    QFont code;
    int line = 0;
    QRect rail;
    QRect name;
    QRect found;
    QRect badges;
    int badgesWidth = 0;
    int height = 0;
};

WalkDelegate::Layout WalkDelegate::layOut(const QStyleOptionViewItem &option, const WalkRow &row)
{
    Layout layout;
    layout.code = option.widget ? codeFont(*option.widget) : option.font;
    layout.line = option.fontMetrics.height();
    const int line = layout.line;
    const int space = line / 3;
    const int left = option.rect.left() + line / 2;
    const int top = option.rect.top() + space;
    const int width = std::max(option.rect.width() - line, line * 8);
    layout.rail = QRect(left, top, line * 3 / 2, line * 3 / 2);
    const int textLeft = layout.rail.right() + line / 2;
    const int textWidth = width - (textLeft - left);
    layout.name = QRect(textLeft, top + line / 4, textWidth, line);
    int bottom = layout.name.bottom() + 1;
    for (const QString &badge : row.badges)
        layout.badgesWidth += option.fontMetrics.horizontalAdvance(badge) + line + space;
    const QFontMetrics code(layout.code);
    const int nameWidth = code.horizontalAdvance(prefix() + row.labels.join(QLatin1Char('.')));
    const bool isBeside = nameWidth + line * 2 + layout.badgesWidth <= textWidth;
    if (isBeside) {
        layout.badges =
            QRect(textLeft + textWidth - layout.badgesWidth, layout.name.top(), layout.badgesWidth, line);
    } else if (!row.badges.isEmpty()) {
        layout.badges = QRect(textLeft, bottom + space / 2, textWidth, line);
        bottom = layout.badges.bottom() + 1;
    }
    int foundLines = 1;
    if (row.record.isEmpty()) {
        const QRect needed =
            option.fontMetrics.boundingRect(QRect(0, 0, textWidth, line * 9), Qt::TextWordWrap, row.found);
        foundLines = std::clamp((needed.height() + line - 1) / line, 1, 4);
    }
    layout.found = QRect(textLeft, bottom + space / 2, textWidth, line * foundLines);
    layout.height = layout.found.bottom() + 1 + space - option.rect.top();
    return layout;
}

QSize WalkDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *model = qobject_cast<const DmarcWalkModel *>(index.model());
    const WalkRow *row = model ? model->rowAt(index.row()) : nullptr;
    if (!row)
        return QStyledItemDelegate::sizeHint(option, index);
    QStyleOptionViewItem whole = option;
    initStyleOption(&whole, index);
    if (const auto *view = qobject_cast<const QAbstractItemView *>(option.widget))
        whole.rect = QRect(0, 0, view->viewport()->width(), 0);
    return {whole.fontMetrics.height() * 12, layOut(whole, *row).height};
}

void WalkDelegate::paintRail(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                             const WalkRow &row, const WalkRow *before)
{
    const Theme theme(option.palette);
    const double wide = std::max(1.5, layout.line / 10.0);
    const QPointF middle = QRectF(layout.rail).center();
    const double radius = layout.line * 0.62;
    const bool isNode = row.kind == WalkRow::Kind::Step;
    const QColor ink = option.palette.color(QPalette::Text);
    const auto rail = [&](WalkRow::Rail kind, double from, double to) {
        if (kind == WalkRow::Rail::Ends)
            return;
        const bool isKnown = kind == WalkRow::Rail::On;
        painter.setPen(QPen(isKnown ? theme.quietText() : theme.colour(Meaning::Unknown), wide,
                            isKnown ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
        painter.drawLine(QPointF(middle.x(), from), QPointF(middle.x(), to));
    };
    const bool isResult = row.kind == WalkRow::Kind::Organization || row.kind == WalkRow::Kind::Policy;
    const bool isReached = before && !isResult && row.kind != WalkRow::Kind::Beyond;
    if (row.kind == WalkRow::Kind::Skipped) {
        painter.setPen(QPen(theme.quietText(), wide, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(middle.x(), option.rect.top()),
                         QPointF(middle.x(), option.rect.bottom() + 1));
        return;
    }
    if (isReached)
        rail(before->rail, option.rect.top(), middle.y() - radius);
    if (isNode) {
        rail(row.rail, middle.y() + radius, option.rect.bottom() + 1);
        if (row.rail == WalkRow::Rail::Ends) {
            // A buffer stop.
            const double end = middle.y() + radius + layout.line * 0.45;
            painter.setPen(QPen(theme.quietText(), wide, Qt::SolidLine, Qt::FlatCap));
            painter.drawLine(QPointF(middle.x(), middle.y() + radius), QPointF(middle.x(), end));
            painter.drawLine(QPointF(middle.x() - radius * 0.7, end),
                             QPointF(middle.x() + radius * 0.7, end));
        }
        const bool applies = row.isNotable && row.meaning == Meaning::Ok;
        const QColor edge = row.isNotable ? theme.colour(row.meaning) : theme.quietText();
        painter.setPen(QPen(edge, wide,
                            row.meaning == Meaning::Unknown || row.meaning == Meaning::Waiting
                                ? Qt::DotLine
                                : Qt::SolidLine));
        painter.setBrush(applies ? QBrush(edge) : QBrush(option.palette.color(QPalette::Base)));
        painter.drawEllipse(middle, radius, radius);
        painter.setPen(applies ? option.palette.color(QPalette::Base) : ink);
        QFont bold = option.font;
        bold.setBold(row.isNotable);
        painter.setFont(bold);
        painter.drawText(layout.rail, Qt::AlignCenter, QString::number(row.number));
        return;
    }
    const int size = layout.line;
    const QRect shape(qRound(middle.x()) - size / 2, qRound(middle.y()) - size / 2, size, size);
    icon(row.kind == WalkRow::Kind::Beyond ? Meaning::Never : row.meaning).paint(&painter, shape);
}

void WalkDelegate::paintName(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                             const WalkRow &row)
{
    const Theme theme(option.palette);
    const QColor ink = option.palette.color(QPalette::Text);
    if (row.kind != WalkRow::Kind::Step) {
        QFont font = option.font;
        const bool isResult = row.kind == WalkRow::Kind::Organization || row.kind == WalkRow::Kind::Policy;
        font.setBold(isResult);
        painter.setFont(font);
        painter.setPen(isResult ? ink : theme.quietText());
        painter.drawText(layout.name, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         QFontMetrics(font).elidedText(row.title, Qt::ElideMiddle, layout.name.width()));
        return;
    }
    const QFontMetrics code(layout.code);
    const int characters = fitting(row.labels, code, layout.name.width());
    int left = layout.name.left();
    const auto write = [&](const QString &text, const QColor &colour, bool isStruck) {
        QFont font = layout.code;
        font.setStrikeOut(isStruck);
        painter.setFont(font);
        painter.setPen(colour);
        painter.drawText(QRect(left, layout.name.top(), layout.name.right() - left + 1, layout.name.height()),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
        left += code.horizontalAdvance(text);
    };
    const QString dropped = joined(row.labels.mid(0, row.dropped), characters);
    write(prefix(), theme.quietText(), false);
    if (!dropped.isEmpty()) {
        write(dropped, theme.colour(Meaning::Never), true);
        write(QStringLiteral("."), theme.colour(Meaning::Never), false);
    }
    write(joined(row.labels.mid(row.dropped), characters), ink, false);
}

void WalkDelegate::paintBadges(QPainter &painter, const Layout &layout, const QStyleOptionViewItem &option,
                               const WalkRow &row)
{
    const Theme theme(option.palette);
    painter.setFont(option.font);
    const int space = layout.line / 3;
    int left = layout.badges.left();
    const int right = layout.badges.right();
    for (const QString &badge : row.badges) {
        const int width = std::min(option.fontMetrics.horizontalAdvance(badge) + layout.line, right - left);
        if (width < layout.line * 2)
            return;
        const QRectF frame =
            QRectF(left, layout.badges.top(), width, layout.line).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(QPen(theme.hairline(), 1));
        painter.setBrush(theme.termBackground());
        painter.drawRoundedRect(frame, layout.line / 3.0, layout.line / 3.0);
        painter.setPen(option.palette.color(QPalette::Text));
        painter.drawText(frame, Qt::AlignCenter | Qt::TextSingleLine,
                         option.fontMetrics.elidedText(badge, Qt::ElideRight, width - layout.line / 2));
        left += width + space;
    }
}

void WalkDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const auto *model = qobject_cast<const DmarcWalkModel *>(index.model());
    const WalkRow *row = model ? model->rowAt(index.row()) : nullptr;
    if (!row)
        return;
    QStyleOptionViewItem whole = option;
    initStyleOption(&whole, index);
    const Layout layout = layOut(whole, *row);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme theme(whole.palette);
    const bool isSelected = whole.state.testFlag(QStyle::State_Selected);
    if (isSelected)
        painter->fillRect(whole.rect, whole.palette.color(QPalette::AlternateBase));
    if (whole.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(QPen(whole.palette.color(QPalette::Highlight), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(whole.rect.adjusted(1, 1, -1, -1));
    }
    paintRail(*painter, layout, whole, *row, model->rowAt(index.row() - 1));
    paintName(*painter, layout, whole, *row);
    paintBadges(*painter, layout, whole, *row);

    QRect found = layout.found;
    painter->setFont(whole.font);
    if (row->kind == WalkRow::Kind::Step && row->isNotable) {
        const int size = whole.fontMetrics.ascent();
        icon(row->meaning)
            .paint(painter, QRect(found.left(), found.top() + (layout.line - size) / 2, size, size));
        found.setLeft(found.left() + size + layout.line / 3);
        painter->setPen(theme.colour(row->meaning));
    } else {
        painter->setPen(row->isNotable ? whole.palette.color(QPalette::Text) : theme.quietText());
    }
    if (row->record.isEmpty()) {
        painter->drawText(found, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, row->found);
    } else {
        painter->drawText(found, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          whole.fontMetrics.elidedText(row->found, Qt::ElideRight, found.width()));
        found.setLeft(found.left() + whole.fontMetrics.horizontalAdvance(row->found) + layout.line);
        const QFontMetrics code(layout.code);
        if (found.width() > layout.line * 4) {
            painter->setFont(layout.code);
            painter->setPen(whole.palette.color(QPalette::Text));
            painter->drawText(found, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                              code.elidedText(row->record, Qt::ElideRight, found.width()));
        }
    }
    painter->restore();
}

} // namespace mailoscope::ui
