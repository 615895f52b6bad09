// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace mailoscope::ui
{

/// One sentence for the user below the top bar, with a shape before it; hidden where there is nothing to say.
class MessageStrip : public QFrame
{
    Q_OBJECT
public:
    explicit MessageStrip(QWidget *parent = nullptr);

    void say(Meaning meaning, const QString &sentence);
    void fallSilent();
    QString sentence() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Meaning m_meaning = Meaning::Info;
    QLabel *m_shape;
    QLabel *m_text;
    QToolButton *m_close;
};

} // namespace mailoscope::ui
