// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPixmap>
#include <QWidget>

namespace mailoscope::ui
{

class GraphView;

/// The whole graph, small, in a corner of the view, with a frame around what the view shows. Only there where
/// the view shows a part. A click or drag moves the view.
class GraphMinimap : public QWidget
{
    Q_OBJECT
public:
    explicit GraphMinimap(GraphView &view);

    /// Draws the picture anew.
    void renew();
    /// Finds its corner and whether there is a need for it.
    void place();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    double scale() const;

    GraphView &m_view;
    QPixmap m_drawn;
};

} // namespace mailoscope::ui
