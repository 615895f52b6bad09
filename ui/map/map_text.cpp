// SPDX-License-Identifier: Apache-2.0
#include "map/map_picture.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QStringList>

namespace mailoscope::ui
{

namespace
{

QString areaText(const MapArea &area)
{
    return QStringLiteral("%1,%2 %3x%4").arg(area.x).arg(area.y).arg(area.width).arg(area.height);
}

QChar letterOf(int branch, bool isWhole)
{
    const int number = branch % 26;
    return QLatin1Char(static_cast<char>((isWhole ? 'A' : 'a') + number));
}

} // namespace

QString toText(const AddressMap &map, const MapPicture &picture)
{
    QStringList lines;
    const MapWindow &window = picture.window;
    const std::optional<Cidr> block = blockOf(window);
    lines << QStringLiteral("%1, %2 of %3 addresses")
                 .arg(
                     block
                         ? toQString(block->toString())
                         : QStringLiteral("%1,%2 /%3").arg(window.x).arg(window.y).arg(window.prefixLength()))
                 .arg(picture.count)
                 .arg(quint64(window.side) * window.side);
    lines << QStringLiteral("%1 cells a side of /%2, lines /%3, strong /%4")
                 .arg(picture.side)
                 .arg(picture.cellLength)
                 .arg(picture.gridLength)
                 .arg(picture.strongLength);
    for (std::size_t i = 0; i < map.branches().size(); ++i) {
        const MapBranch &branch = map.branches()[i];
        lines << QStringLiteral("%1 %2: %3, %4, look %5")
                     .arg(letterOf(static_cast<int>(i), true))
                     .arg(wordFor(branch.kind), branch.name)
                     .arg(quint64(countOf(branch.v4)))
                     .arg(branch.look);
    }
    QStringList labels;
    for (const MapLabel &label : picture.labels)
        labels << label.text;
    lines << QStringLiteral("labels: ") + labels.join(QLatin1Char(' '));
    for (const MapSpecial &special : picture.specials)
        lines << QStringLiteral("special: %1 %2").arg(toQString(special.block.toString()), special.name);
    for (const MapArea &area : picture.areas)
        lines << QStringLiteral("area: %1 %2").arg(letterOf(area.branch, true)).arg(areaText(area));
    for (const MapArea &anchor : picture.anchors)
        lines << QStringLiteral("name: %1 %2").arg(letterOf(anchor.branch, true)).arg(areaText(anchor));
    for (const MapArea &mark : picture.marks)
        lines << QStringLiteral("mark: %1 %2,%3").arg(letterOf(mark.branch, true)).arg(mark.x).arg(mark.y);
    for (int y = 0; y < picture.side; ++y) {
        QString row;
        for (int x = 0; x < picture.side; ++x) {
            const MapCell &cell = picture.cell(x, y);
            row += cell.branch < 0    ? QLatin1Char('.')
                   : cell.second >= 0 ? QLatin1Char('*')
                                      : letterOf(cell.branch, cell.count == picture.cellSize);
        }
        lines << row;
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace mailoscope::ui
