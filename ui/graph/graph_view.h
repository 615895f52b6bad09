// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/graph_painter.h"

#include <QAbstractScrollArea>
#include <QVariantAnimation>

#include <memory>

class QNativeGestureEvent;

namespace mailoscope::ui
{

class AddressWalk;
class GraphMinimap;
class Selection;

/// The include tree as a graph to be explored: drag and scroll bars move it, the wheel and the keys zoom,
/// arrow keys go from node to node, branches fold. What is selected here is selected everywhere, and the walk
/// of an address is shown on it.
class GraphView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    GraphView(Selection &selection, const AddressWalk &walk, QWidget *parent = nullptr);

    /// What is folded, how large it is drawn and where it stands stay while answers of the same domain
    /// arrive.
    void showReport(std::shared_ptr<const Report> report);

    const GraphPicture &picture() const { return m_picture; }
    const GraphStyle &graphStyle() const { return m_style; }
    int current() const { return m_state.current; }
    const GraphState &state() const { return m_state; }
    double zoom() const { return m_zoom; }
    /// In the viewport.
    QRectF rectOf(const QRectF &place) const;
    QRectF visiblePlace() const;
    void centreOn(const QPointF &place);

    bool isFolded(const TermPath &path) const { return m_folded.contains(path); }
    void setFolded(const TermPath &path, bool folded);

    /// Whether a step of the walk slides; where the desktop asks for less motion it never does.
    void setAnimated(bool animated) { m_animated = animated; }
    bool isAnimated() const;

public Q_SLOTS:
    void zoomIn();
    void zoomOut();
    void showNaturalSize();
    void fit();
    void foldAll();
    void unfoldAll();
    void copyCurrent();

Q_SIGNALS:
    /// The user wants a file: "svg" or "png".
    void saveRequested(const QString &suffix);
    void viewChanged();

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    const GraphNode &node(int index) const { return m_picture.nodes[static_cast<std::size_t>(index)]; }
    QPointF placeAt(const QPointF &point) const;
    void restyle();
    void settle();
    void rebuild();
    void makeVisible(int index);
    void followSelection();
    void followWalk();
    void select(int index);
    void announce();
    void moveBy(const QPoint &way);
    void zoomTo(double zoom, const QPointF &fixed);
    void adjustScrollBars();
    void goTo(int index);
    int neighbour(int by) const;
    bool travel(int key, Qt::KeyboardModifiers modifiers);
    bool takeNativeGesture(const QNativeGestureEvent &gesture);
    QString hintAt(const QPoint &point) const;

    Selection &m_selection;
    const AddressWalk &m_walk;
    std::shared_ptr<const Report> m_report;
    GraphPicture m_picture;
    GraphStyle m_style;
    GraphState m_state;
    FoldedPlaces m_folded;
    GraphMinimap *m_minimap;
    QVariantAnimation m_slide;
    double m_zoom = 1;
    QPointF m_offset; ///< where the viewport shows the place (0, 0)
    QPoint m_grip;    ///< where the drag is
    bool m_isDragging = false;
    bool m_isTouched = false; ///< the user has chosen size or place
    bool m_isAdjusting = false;
    bool m_animated = true;
};

} // namespace mailoscope::ui
