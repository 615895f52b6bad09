// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/reports.h"

#include <QAbstractItemModel>
#include <QString>
#include <QWidget>

#include <string_view>

/// What the tests of pages share.
namespace mailoscope::tests
{

inline Zone zoneOf(std::string_view lines)
{
    Zone zone;
    zone.addMasterFile(lines);
    return zone;
}

inline Zone protectedZone()
{
    return zoneOf(R"(
example.com TXT "v=spf1 mx -all"
example.com MX 10 mail.example.com
mail.example.com A 198.51.100.7
_dmarc.example.com TXT "v=DMARC1; p=reject; sp=quarantine; np=reject; rua=mailto:dmarc@example.com"
news.example.com A 198.51.100.8
)");
}

template <typename Widget>
Widget &find(const QWidget &parent, const char *name)
{
    auto *widget = parent.findChild<Widget *>(QString::fromLatin1(name));
    if (!widget)
        qFatal("no widget is called %s", name);
    return *widget;
}

/// All cells of a table, a row a line.
inline QString printed(const QAbstractItemModel &model)
{
    QString text;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        text += cells.join(QLatin1Char('|')) + QLatin1Char('\n');
    }
    return text;
}

} // namespace mailoscope::tests
