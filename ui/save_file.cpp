// SPDX-License-Identifier: Apache-2.0
#include "save_file.h"

#include "text/shown_string.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSaveFile>

namespace mailoscope::ui
{

QString shownFileName(const QString &path)
{
    return shownString(QFileInfo(path).fileName().toStdString());
}

std::optional<QString> saveFile(const QString &path, std::string_view octets)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(octets.size());
    if (file.open(QIODevice::WriteOnly) && file.write(octets.data(), size) == size && file.commit())
        return std::nullopt;
    return QCoreApplication::translate("SaveFile", "%1 cannot be written: %2.")
        .arg(shownFileName(path), file.errorString());
}

} // namespace mailoscope::ui
