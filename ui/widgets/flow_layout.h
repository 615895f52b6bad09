// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLayout>

#include <memory>
#include <vector>

namespace mailoscope::ui
{

/// Things beside one another, and in further rows where they do not fit: as narrow as the widest of them.
/// What is left of a row goes to those that expand; these need no more than their least width.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    using Row = std::vector<QLayoutItem *>;
    std::vector<Row> rowsFor(int width) const;
    /// The widths that the items of a row get.
    std::vector<int> widthsOf(const Row &row, int width) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace mailoscope::ui
