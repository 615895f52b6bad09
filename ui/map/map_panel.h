// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_view.h"
#include "report/report.h"

#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QTabWidget;

namespace mailoscope::ui
{

class AddressWalk;
class LinesView;
class MapLegend;
class NetworksTable;
class Selection;
class StatePage;

/// Who may send, as a map of IPv4 and a list of IPv6: what is known of the block at hand, a field to go to an
/// address, the branches, and what is on no map. Nothing is worked out while it is not to be seen.
class MapPanel : public QWidget
{
    Q_OBJECT
public:
    MapPanel(Selection &selection, const AddressWalk &walk, QWidget *parent = nullptr);

    /// Zoom and block at hand stay while the domain does.
    void showReport(std::shared_ptr<const Report> report);
    MapView &map() const { return *m_map; }
    /// Whether there is something to save as a picture.
    bool hasMap() const;

Q_SIGNALS:
    /// The place that is selected is to be shown in the tree.
    void treeWanted();

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeContent();
    void renew();
    void startAfresh();
    void fillTables(const AddressMap &map);
    void choose(int branch);
    void followSelection();
    void followWalk();
    void goToTyped();
    void tellBlock();
    void fitMap();

    Selection &m_selection;
    const AddressWalk &m_walk;
    std::shared_ptr<const Report> m_report;
    bool m_isStale = false;
    bool m_isFresh = true;            ///< the user has not moved on this domain's map, and it may still grow
    std::optional<Cidr> m_firstBlock; ///< that it began with
    QStackedWidget *m_stack;
    StatePage *m_state;
    MapView *m_map;
    QLineEdit *m_goTo;
    QLabel *m_error;
    QLabel *m_block;
    QTabWidget *m_tabs;
    MapLegend *m_legend;
    QLabel *m_v6Sentence;
    NetworksTable *m_v6;
    LinesView *m_caveats;
};

} // namespace mailoscope::ui
