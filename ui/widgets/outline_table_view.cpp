// SPDX-License-Identifier: Apache-2.0
#include "widgets/outline_table_view.h"

#include "models/outline_model.h"
#include "pages/page_parts.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QResizeEvent>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace mailoscope::ui
{

namespace
{

constexpr int MostRows = 24;        // of a table, before it scrolls by itself
constexpr int MostLines = 5;        // of a cell
constexpr int WidestColumn = 60;    // digits, but for the last column
constexpr int NarrowestColumn = 12; // the same, where room is short

/// Tells how wide the contents of a column are, whatever is stretched.
class ContentTable : public QTableView
{
public:
    using QTableView::sizeHintForColumn;
};

/// Codes in a fixed font that is as large as the text around it.
class OutlineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        if (option->widget && index.data(OutlineModel::CodeRole).toBool()) {
            option->font = codeFont(*option->widget);
            option->fontMetrics = QFontMetrics(option->font);
        }
        const int size = QFontMetrics(option->font).ascent();
        option->decorationSize = QSize(size, size);
        const QVariant meaning = index.data(OutlineModel::MeaningRole);
        if (meaning.isValid())
            option->palette.setColor(QPalette::Text,
                                     Theme(option->palette).colour(static_cast<Meaning>(meaning.toInt())));
    }
};

} // namespace

OutlineTableView::OutlineTableView(QWidget *parent)
    : QWidget(parent), m_title(new QLabel), m_view(new ContentTable), m_model(new OutlineModel(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    setUpTable(*m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new OutlineDelegate(m_view));
    m_view->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_view->setWordWrap(true);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addCopyAction(*m_view);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this));
    rows->addWidget(m_title);
    rows->addWidget(m_view);
    m_title->hide();
}

const OutlineTable &OutlineTableView::table() const
{
    return m_model->table();
}

void OutlineTableView::showTable(OutlineTable table)
{
    if (table == m_model->table())
        return;
    const QString title = toQString(table.title);
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_view->setObjectName(toQString(table.id));
    if (!title.isEmpty())
        m_view->setAccessibleName(title);
    m_model->setTable(std::move(table));
    m_isFitted = false;
    if (isVisible())
        fit();
}

void OutlineTableView::fitColumns()
{
    const int columns = m_model->columnCount();
    const int em = ui::em(*m_view);
    std::vector<int> widths;
    const auto &contents = static_cast<const ContentTable &>(*m_view);
    for (int column = 0; column < columns; ++column) {
        const int wanted = std::max(contents.sizeHintForColumn(column),
                                    m_view->horizontalHeader()->sectionSizeHint(column)) +
                           em * 2 / 3;
        widths.push_back(column + 1 < columns ? std::min(wanted, digits(*m_view, WidestColumn)) : wanted);
    }
    if (widths.empty())
        return;
    // The last column takes what is left, but not less than it can be read in.
    widths.back() = std::min(widths.back(), digits(*m_view, NarrowestColumn * 3));
    const int room = m_view->viewport()->width();
    const int narrowest = digits(*m_view, NarrowestColumn);
    for (int surplus = std::accumulate(widths.begin(), widths.end(), 0) - room; surplus > 0;) {
        const auto widest = std::max_element(widths.begin(), widths.end());
        if (*widest <= narrowest)
            break;
        const int by = std::min({surplus, std::max(1, *widest / 8), *widest - narrowest});
        *widest -= by;
        surplus -= by;
    }
    for (int column = 0; column + 1 < columns; ++column)
        m_view->setColumnWidth(column, widths[static_cast<std::size_t>(column)]);
}

void OutlineTableView::fit()
{
    m_isFitted = true;
    fitColumns();
    const int line = m_view->verticalHeader()->defaultSectionSize();
    const int tallest = line + (MostLines - 1) * em(*m_view);
    m_view->resizeRowsToContents();
    int height = m_view->horizontalHeader()->sizeHint().height() + 2 * m_view->frameWidth();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const int wanted = std::clamp(m_view->rowHeight(row), line, tallest);
        m_view->setRowHeight(row, wanted);
        height += row < MostRows ? wanted : 0;
    }
    m_view->setFixedHeight(height);
}

void OutlineTableView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_isFitted)
        fit();
}

void OutlineTableView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width())
        return;
    m_isFitted = false;
    if (isVisible())
        fit();
}

void OutlineTableView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    m_isFitted = false;
    // What is in it learns of the font after this.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (!m_isFitted && isVisible())
                fit();
        },
        Qt::QueuedConnection);
}

} // namespace mailoscope::ui
