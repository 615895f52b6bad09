// SPDX-License-Identifier: Apache-2.0
#include "map/compared_maps.h"

#include "map/map_view.h"
#include "map/map_words.h"
#include "map/networks_table.h"
#include "pages/page_parts.h"
#include "theme/metrics.h"

#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace mailoscope::ui
{

namespace
{

constexpr int BlockLines = 4;

} // namespace

ComparedMaps::ComparedMaps(QWidget *parent)
    : QWidget(parent),
      m_titleBefore(sentenceLabel()),
      m_titleAfter(sentenceLabel()),
      m_before(new MapView),
      m_after(new MapView),
      m_block(sentenceLabel()),
      m_sums(sentenceLabel()),
      m_changes(new NetworksTable)
{
    setObjectName(QStringLiteral("comparedMaps"));
    m_before->setObjectName(QStringLiteral("mapBefore"));
    m_before->setAccessibleName(tr("Address map of the old record"));
    m_after->setObjectName(QStringLiteral("mapAfter"));
    m_after->setAccessibleName(tr("Address map of the new record"));
    m_titleBefore->setObjectName(QStringLiteral("mapTitleBefore"));
    m_titleAfter->setObjectName(QStringLiteral("mapTitleAfter"));
    m_block->setObjectName(QStringLiteral("comparedBlock"));
    m_block->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_block->setFixedHeight(fontMetrics().lineSpacing() * BlockLines);
    m_sums->setObjectName(QStringLiteral("comparedSums"));
    m_changes->setObjectName(QStringLiteral("comparedChanges"));
    m_changes->setAccessibleName(tr("Networks won and lost"));
    QFont bold = font();
    bold.setBold(true);
    for (QLabel *title : {m_titleBefore, m_titleAfter, m_sums})
        title->setFont(bold);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(em(*this));
    grid->setVerticalSpacing(halfEm(*this));
    grid->addWidget(m_titleBefore, 0, 0);
    grid->addWidget(m_titleAfter, 0, 1);
    grid->addWidget(m_before, 1, 0);
    grid->addWidget(m_after, 1, 1);
    grid->addWidget(m_block, 2, 0, 1, 2);
    grid->addWidget(m_sums, 3, 0, 1, 2);
    grid->addWidget(m_changes, 4, 0, 1, 2);
    grid->setRowStretch(1, 3);
    grid->setRowStretch(4, 1);
    link(*m_before, *m_after);
    link(*m_after, *m_before);
    connect(m_changes, &NetworksTable::networkActivated, this, [this](const NetworkRow &row) {
        if (!row.block.address.isV4())
            return;
        MapView &view = row.kind == MapBranch::Kind::Lost ? *m_before : *m_after;
        view.goTo(row.block);
        view.setFocus(Qt::OtherFocusReason);
    });
}

void ComparedMaps::link(MapView &from, MapView &to)
{
    connect(&from, &MapView::spokenOfChanged, this, [this, &from, &to] {
        const QSignalBlocker quiet(to);
        to.follow(from);
        tellBlock(from);
    });
}

void ComparedMaps::compare(const QString &nameBefore, const QString &nameAfter,
                           std::function<AddressMap()> make)
{
    m_titleBefore->setText(tr("Old: %1").arg(nameBefore));
    m_titleAfter->setText(tr("New: %1").arg(nameAfter));
    m_make = std::move(make);
    m_isStale = true;
    if (isVisible())
        renew();
}

void ComparedMaps::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    renew();
}

void ComparedMaps::renew()
{
    if (!m_isStale)
        return;
    m_isStale = false;
    m_map = m_make();
    m_before->setMap(std::make_shared<const AddressMap>(m_map.without(MapBranch::Kind::Won)));
    m_after->setMap(std::make_shared<const AddressMap>(m_map.without(MapBranch::Kind::Lost)));
    fillTable();
    m_before->startAfresh();
    tellBlock(*m_before);
}

void ComparedMaps::fillTable()
{
    std::vector<NetworkRow> rows = changedRowsOf(m_map);
    m_sums->setText(m_map.summary());
    m_changes->setVisible(!rows.empty());
    m_changes->setRows(std::move(rows));
}

void ComparedMaps::tellBlock(const MapView &view)
{
    m_block->setText(wordsOf(m_map, view.spokenOf()));
}

} // namespace mailoscope::ui
