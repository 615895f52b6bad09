// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "theme/theme.h"

#include <QRectF>

class QPainter;

namespace mailoscope::ui
{

/// The shape of a meaning as lines and fills, where a picture of it would not do: on paper and in vector
/// files. The same shapes as the icons.
void drawShape(QPainter &painter, const QRectF &place, Meaning meaning, const QColor &colour);

} // namespace mailoscope::ui
