// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace mailoscope::ui
{

/// Tooltips are read out as a widget's description, with the markup that keeps them harmless to the eye. As
/// long as this stands, each widget whose tooltip changes gets the plain words as its description, unless it
/// has one of its own.
class HeardToolTips : public QObject
{
    Q_OBJECT
public:
    explicit HeardToolTips(QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace mailoscope::ui
