// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/address_map.h"

#include <QWidget>

#include <functional>

class QLabel;

namespace mailoscope::ui
{

class MapView;
class NetworksTable;

/// Two records on two maps side by side: where one goes the other follows. What was lost is marked on the old
/// one, what was won on the new one, and both are listed below. Nothing is worked out while it is not to be
/// seen.
class ComparedMaps : public QWidget
{
    Q_OBJECT
public:
    explicit ComparedMaps(QWidget *parent = nullptr);

    /// `make` gives the map of both records, and is called when it is needed.
    void compare(const QString &nameBefore, const QString &nameAfter, std::function<AddressMap()> make);
    MapView &before() const { return *m_before; }
    MapView &after() const { return *m_after; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void renew();
    void link(MapView &from, MapView &to);
    void tellBlock(const MapView &view);
    void fillTable();

    std::function<AddressMap()> m_make;
    AddressMap m_map;
    QLabel *m_titleBefore;
    QLabel *m_titleAfter;
    MapView *m_before;
    MapView *m_after;
    QLabel *m_block;
    QLabel *m_sums;
    NetworksTable *m_changes;
    bool m_isStale = false;
};

} // namespace mailoscope::ui
