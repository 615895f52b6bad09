// SPDX-License-Identifier: Apache-2.0
#include "widgets/budget_bar.h"

#include "spf/check_host.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace mailoscope::ui
{

namespace
{

/// More cells than these are cut off; the number says the rest.
constexpr int MostCells = 30;

int limit()
{
    return spf::Limits().lookups;
}

/// Read out as a gauge: so many look-ups of so many.
class HeardBudget : public QAccessibleWidget, public QAccessibleValueInterface
{
public:
    explicit HeardBudget(BudgetBar &bar) : QAccessibleWidget(&bar, QAccessible::ProgressBar), m_bar(bar) {}

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface *>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QVariant currentValue() const override { return m_bar.spent(); }
    void setCurrentValue(const QVariant &) override {}
    QVariant maximumValue() const override { return limit(); }
    QVariant minimumValue() const override { return 0; }
    QVariant minimumStepSize() const override { return 1; }

private:
    BudgetBar &m_bar;
};

QAccessibleInterface *makeHeard(const QString &, QObject *object)
{
    auto *bar = qobject_cast<BudgetBar *>(object);
    return bar ? new HeardBudget(*bar) : nullptr;
}

} // namespace

BudgetBar::BudgetBar(QWidget *parent) : QWidget(parent)
{
    QAccessible::installFactory(makeHeard); // the same one twice is taken once
    setObjectName(QStringLiteral("budgetBar"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    showBudget({}, 0, false);
}

void BudgetBar::showBudget(std::vector<BudgetBranch> branches, int spent, bool atLeast)
{
    m_branches = std::move(branches);
    m_spent = spent;
    m_atLeast = atLeast;
    m_marked = std::min(m_marked, static_cast<int>(m_branches.size()) - 1);
    QStringList parts;
    for (const BudgetBranch &branch : m_branches)
        parts << tr("%1: %2").arg(branch.name).arg(branch.lookups);
    setAccessibleName(words());
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    update();
}

void BudgetBar::mark(const TermPath &path)
{
    m_marked = branchHolding(m_branches, path);
    update();
}

QString BudgetBar::words() const
{
    //: look-ups spent of look-ups allowed
    return m_atLeast ? tr("at least %1 of %2 look-ups").arg(m_spent).arg(limit())
                     : tr("%1 of %2 look-ups").arg(m_spent).arg(limit());
}

QSize BudgetBar::sizeHint() const
{
    return {digits(*this, 60), em(*this) * 5 / 2};
}

QSize BudgetBar::minimumSizeHint() const
{
    return {digits(*this, 30), em(*this) * 5 / 2};
}

int BudgetBar::shownCells() const
{
    return std::clamp(m_spent, limit(), MostCells);
}

QRectF BudgetBar::cell(int number) const
{
    const double gap = std::max(1.0, em(*this) / 10.0);
    const double widest = em(*this) * 4.0;
    const double beyond = m_spent > limit() ? em(*this) * 0.7 : 0.0; // room for the line at the limit
    const double pitch = std::min(widest, (width() - beyond - 2) / shownCells());
    const double left = 1 + number * pitch + (number >= limit() ? beyond : 0.0);
    return {left, 1.0, pitch - gap, em(*this) * 1.1};
}

QRectF BudgetBar::rectOf(int branch) const
{
    int first = 0;
    for (int i = 0; i < branch; ++i)
        first += m_branches[static_cast<std::size_t>(i)].lookups;
    const int last = first + m_branches[static_cast<std::size_t>(branch)].lookups - 1;
    if (first >= shownCells())
        return {};
    return cell(first).united(cell(std::min(last, shownCells() - 1)));
}

void BudgetBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme theme(palette());
    const QColor text = palette().color(QPalette::WindowText);
    int number = 0;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        for (int spent = 0; spent < m_branches[i].lookups && number < shownCells(); ++spent, ++number) {
            const QRectF place = cell(number);
            painter.fillRect(place, palette().color(QPalette::Base));
            painter.fillRect(place, theme.branchBrush(static_cast<int>(i)));
            const bool over = number >= limit();
            painter.setPen(
                QPen(over ? theme.colour(Meaning::Critical) : theme.branchColour(static_cast<int>(i)),
                     over ? 2 : 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(place);
        }
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.hairline(), 1));
    for (; number < shownCells(); ++number)
        painter.drawRect(cell(number));
    if (m_spent > limit()) {
        painter.setPen(QPen(theme.colour(Meaning::Critical), 2));
        const double at = (cell(limit() - 1).right() + cell(limit()).left()) / 2;
        painter.drawLine(QPointF(at, 0), QPointF(at, em(*this) * 1.4));
    }
    if (m_marked >= 0 && m_marked < static_cast<int>(m_branches.size())) {
        painter.setPen(QPen(text, 2));
        painter.drawRect(rectOf(m_marked).adjusted(0, 0, 0, 0));
    }
    paintLabels(painter);
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void BudgetBar::paintLabels(QPainter &painter) const
{
    painter.setPen(palette().color(QPalette::WindowText));
    const double top = em(*this) * 1.25;
    double free = 0;
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        const QRectF place = rectOf(static_cast<int>(i));
        if (place.isNull())
            break;
        // A label may run on over cells that nobody spends.
        const bool isLast = i + 1 == m_branches.size();
        const double right = isLast ? width() : rectOf(static_cast<int>(i) + 1).left();
        const double left = std::max(place.left(), free);
        const double room = (right > left ? right : place.right()) - left - em(*this) * 0.3;
        const QString label = QStringLiteral("%1 %2").arg(m_branches[i].name).arg(m_branches[i].lookups);
        const QString fitting = fontMetrics().elidedText(label, Qt::ElideRight, static_cast<int>(room));
        if (fitting.size() < 2)
            continue;
        painter.drawText(QRectF(left, top, room, em(*this)), Qt::AlignLeft | Qt::AlignVCenter, fitting);
        free = left + fontMetrics().horizontalAdvance(fitting);
    }
}

int BudgetBar::branchAt(const QPoint &point) const
{
    for (int i = 0; i < static_cast<int>(m_branches.size()); ++i) {
        const QRectF place = rectOf(i);
        if (point.x() >= place.left() && point.x() <= place.right())
            return i;
    }
    return -1;
}

bool BudgetBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int branch = branchAt(help->pos());
        QString text = words();
        if (branch >= 0) {
            const BudgetBranch &spender = m_branches[static_cast<std::size_t>(branch)];
            text = tr("%1: %n look-up(s)", nullptr, spender.lookups).arg(spender.name);
        }
        QToolTip::showText(help->globalPos(), toolTipFor(text), this);
        return true;
    }
    return QWidget::event(event);
}

void BudgetBar::mousePressEvent(QMouseEvent *event)
{
    const int branch = branchAt(event->position().toPoint());
    if (branch >= 0)
        Q_EMIT branchChosen(m_branches[static_cast<std::size_t>(branch)].path);
}

void BudgetBar::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0 || m_branches.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const int wanted = std::clamp(m_marked + by, 0, static_cast<int>(m_branches.size()) - 1);
    Q_EMIT branchChosen(m_branches[static_cast<std::size_t>(wanted)].path);
}

} // namespace mailoscope::ui
