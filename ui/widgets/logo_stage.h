// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>
#include <QWidget>

#include <vector>

namespace mailoscope::ui
{

/// A logo as mailboxes would show it: round and square, on light and dark ground, in three sizes. Draws what
/// it is given with Qt SVG: the caller hands over nothing but octets that passed our check. They are read
/// from memory, so that nothing they name could be opened.
class LogoStage : public QWidget
{
    Q_OBJECT
public:
    explicit LogoStage(QWidget *parent = nullptr);

    /// False where Qt cannot draw it. Empty octets clear the stage.
    bool setLogo(const QByteArray &svg, const QString &title);
    bool hasLogo() const { return !m_svg.isEmpty(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return groundSize(); }
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    enum class Shape { Round, Square };
    struct Picture {
        Shape shape;
        bool isDark;
        int pixels;
        QRect place;
    };
    std::vector<Picture> pictures() const;
    QSize groundSize() const;
    bool isStacked(int width) const;
    QRect groundOf(bool isDark) const;
    QImage drawn(int pixels) const;
    static QString wordsOf(const Picture &picture);

    QByteArray m_svg;
    mutable std::vector<QImage> m_drawn; ///< one a size, for the screen's ratio
};

} // namespace mailoscope::ui
