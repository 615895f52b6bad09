// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_painter.h"

#include <QPixmap>
#include <QWidget>

#include <memory>

class QMenu;
class QNativeGestureEvent;

namespace mailoscope::ui
{

/// The IPv4 space with those who may send in it, to be explored: the wheel, a pinch and the keys zoom, a drag
/// moves, arrow keys go from block to block. One block is at hand; what is known of it is told beside the
/// map, and to screen readers. The view knows nothing of trees and walks: its owner tells it what to
/// highlight.
class MapView : public QWidget
{
    Q_OBJECT
public:
    explicit MapView(QWidget *parent = nullptr);

    /// Where it stands and the block at hand stay.
    void setMap(std::shared_ptr<const AddressMap> map);
    /// The whole space, and the first block that has addresses.
    void startAfresh();
    const AddressMap &map() const { return *m_map; }
    std::shared_ptr<const AddressMap> sharedMap() const { return m_map; }
    const MapPicture &picture() const { return m_picture; }

    const MapWindow &window() const { return m_window; }
    void setWindow(const MapWindow &window);
    /// Stands where the other one stands, with the same block at hand.
    void follow(const MapView &other);

    /// The block at hand: one of the grid, or one that was gone to.
    const Cidr &current() const { return m_state.current.value(); }
    void setCurrent(const Cidr &block);
    /// Shows a block with what is around it, and takes it in hand.
    void goTo(const Cidr &block);
    /// To the next block of the grid in which `branch` has addresses; after the last, the first.
    void goToNextOf(int branch);

    /// The block that is spoken of: under the pointer, else the one at hand.
    Cidr spokenOf() const { return m_state.hovered.value_or(current()); }
    const MapState &state() const { return m_state; }

    /// Others stand back before it; -1 for none.
    void highlight(int branch);
    int highlighted() const { return m_highlighted; }
    void markWalk(const std::optional<IpAddress> &address, Meaning meaning);

    /// Blocks of the grid that are to be seen, row by row: the items of the accessible map.
    const std::vector<Cidr> &blocks() const { return m_blocks; }
    QRectF rectOf(const Cidr &block) const;
    /// The length of the blocks that keys and clicks go by.
    int stepLength() const { return m_stepLength; }
    /// The square that the map takes.
    QRectF mapRect() const;

    /// Further entries for the context menu, before those that save.
    void addMenuAction(QAction *action) { m_menuActions.push_back(action); }

    /// No wider than this.
    void setSide(int side);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void showWhole();
    /// Into the block at hand, and out to the one around what is shown.
    void enter();
    void leave();
    void copyBlock() const;
    void copyNetworks() const;

Q_SIGNALS:
    /// Another block is spoken of, or there is something else to be said of it.
    void spokenOfChanged();
    /// The user has chosen a block, by a click or the space bar.
    void chosen(const mailoscope::Cidr &block);
    void windowChanged(const mailoscope::ui::MapWindow &window);
    /// The user wants a file: "svg" or "png".
    void saveRequested(const QString &suffix);

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void rebuild();
    void fillBlocks();
    void zoomBy(int steps, const QPointF &fixed);
    /// The block of the grid that holds the address that is at hand.
    Cidr gridBlock() const;
    QPointF middleOfCurrent() const;
    void travel(MapWay way);
    void travelToUsed(bool forward);
    void setHovered(const std::optional<Cidr> &block);
    void announce();
    /// In the map's square, from 0 to 1.
    QPointF placeAt(const QPointF &point) const;
    std::optional<Cidr> blockAtPoint(const QPointF &point) const;
    void fillMenu(QMenu &menu);
    void pinchBy(double factor, const QPointF &at);
    bool takeNativeGesture(const QNativeGestureEvent &gesture);

    std::shared_ptr<const AddressMap> m_map;
    GraphStyle m_style;
    MapWindow m_window;
    MapPicture m_picture;
    MapState m_state;
    IpAddress m_address; ///< in the block at hand: kept when the grid becomes finer
    int m_stepLength = 8;
    bool m_isOnGrid = true; ///< the block at hand is one of the grid, and follows it
    int m_highlighted = -1;
    std::vector<Cidr> m_blocks;
    QList<QAction *> m_menuActions;
    QPixmap m_drawn; ///< the map without what stands over it; null where it is to be drawn again
    int m_side = 0;  ///< that is wanted; 0 where the layout decides
    QPointF m_grip;
    MapWindow m_gripWindow;
    bool m_isPressed = false;
    bool m_isDragging = false;
    int m_wheel = 0;    ///< what was turned and has not made a step
    double m_pinch = 1; ///< likewise
};

} // namespace mailoscope::ui
