// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/map_sheet.h"

#include <memory>

namespace mailoscope::ui
{

/// What a file of the map shows.
struct MapExport {
    std::shared_ptr<const AddressMap> map;
    MapWindow window;
    QString title;
};

/// The sheet as SVG where the name of the file ends so, else as PNG. False where the file cannot be written.
[[nodiscard]] bool saveMap(const QString &file, const MapExport &shown, const GraphStyle &style);

} // namespace mailoscope::ui
