// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/budget.h"

#include <QWidget>

namespace mailoscope::ui
{

/// The look-ups that SPF allows, as cells, each filled by the branch that spends it; what is spent beyond the
/// limit stands behind a line. Branches are told apart by hatch and name, and chosen by mouse or by the arrow
/// keys.
class BudgetBar : public QWidget
{
    Q_OBJECT
public:
    explicit BudgetBar(QWidget *parent = nullptr);

    void showBudget(std::vector<BudgetBranch> branches, int spent, bool atLeast);
    /// Marks the branch that holds the place.
    void mark(const TermPath &path);
    int spent() const { return m_spent; }
    /// "7 of 10 look-ups", or what else is to be said.
    QString words() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void branchChosen(const mailoscope::ui::TermPath &path);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    int shownCells() const;
    QRectF cell(int number) const;
    QRectF rectOf(int branch) const;
    int branchAt(const QPoint &point) const;
    void paintLabels(QPainter &painter) const;

    std::vector<BudgetBranch> m_branches;
    int m_spent = 0;
    bool m_atLeast = false;
    int m_marked = -1;
};

} // namespace mailoscope::ui
