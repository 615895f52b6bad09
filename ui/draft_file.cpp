// SPDX-License-Identifier: Apache-2.0
#include "draft_file.h"

#include "save_file.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QFile>

namespace mailoscope::ui
{

namespace
{

/// Larger files are no drafts.
constexpr qint64 MaxFileOctets = qint64{16} << 20;

} // namespace

Result<fixes::EditedRecords, QString> readDraftFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return QCoreApplication::translate("DraftFile", "%1 cannot be opened: %2.")
            .arg(shownFileName(path), file.errorString());
    }
    const QByteArray octets = file.read(MaxFileOctets);
    Result<fixes::EditedRecords, std::string> draft =
        fixes::readDraft({octets.constData(), static_cast<std::size_t>(octets.size())});
    if (!draft) {
        return QCoreApplication::translate("DraftFile", "%1 cannot be read. %2")
            .arg(shownFileName(path), toQString(draft.error()));
    }
    return *std::move(draft);
}

std::optional<QString> writeDraftFile(const QString &path, const fixes::EditedRecords &draft)
{
    return saveFile(path, fixes::toJson(draft));
}

} // namespace mailoscope::ui
