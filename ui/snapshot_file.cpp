// SPDX-License-Identifier: Apache-2.0
#include "snapshot_file.h"

#include "save_file.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QFile>

namespace mailoscope::ui
{

Result<Snapshot, QString> readSnapshotFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return QCoreApplication::translate("SnapshotFile", "%1 cannot be opened: %2.")
            .arg(shownFileName(path), file.errorString());
    }
    const QByteArray octets = file.read(static_cast<qint64>(MaxSnapshotOctets) + 1);
    Result<Snapshot, SnapshotError> snapshot =
        readSnapshot(std::string_view(octets.constData(), static_cast<std::size_t>(octets.size())));
    if (!snapshot) {
        return QCoreApplication::translate("SnapshotFile", "%1 cannot be read. %2")
            .arg(shownFileName(path), toQString(snapshot.error().message));
    }
    return std::move(*snapshot);
}

std::optional<QString> writeSnapshotFile(const QString &path, const Snapshot &snapshot)
{
    const Compression compression =
        path.endsWith(QLatin1String(".gz"), Qt::CaseInsensitive) ? Compression::Gzip : Compression::None;
    return saveFile(path, writeSnapshot(snapshot, compression));
}

} // namespace mailoscope::ui
