// SPDX-License-Identifier: Apache-2.0
#include "file_choosers.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace mailoscope::ui
{

namespace
{

QFileDialog *fileDialog(QWidget *parent, const QString &title, const QString &kind,
                        const FileChoosers::Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    QStringList kinds{QCoreApplication::translate("FileChoosers", "All files (*)")};
    if (!kind.isEmpty())
        kinds.prepend(kind);
    dialog->setNameFilters(kinds);
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, chosen);
    return dialog;
}

void openFile(QFileDialog *dialog)
{
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->open();
}

void saveFile(QFileDialog *dialog, const QString &suffix, const QString &suggested)
{
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(suggested);
    dialog->open();
}

QString snapshots()
{
    return QCoreApplication::translate("FileChoosers", "Snapshots (*.mailoscope *.json *.gz)");
}

QString drafts()
{
    return QCoreApplication::translate("FileChoosers", "Drafts (*.mailoscope-draft)");
}

} // namespace

FileChoosers FileChoosers::dialogs()
{
    FileChoosers choosers;
    choosers.openSnapshot = [](QWidget *parent, const Chosen &chosen) {
        openFile(fileDialog(parent, QCoreApplication::translate("FileChoosers", "Open a snapshot"),
                            snapshots(), chosen));
    };
    choosers.saveSnapshot = [](QWidget *parent, const QString &suggested, const Chosen &chosen) {
        saveFile(fileDialog(parent, QCoreApplication::translate("FileChoosers", "Save the snapshot"),
                            snapshots(), chosen),
                 QStringLiteral("mailoscope"), suggested);
    };
    choosers.openDraft = [](QWidget *parent, const Chosen &chosen) {
        openFile(fileDialog(parent, QCoreApplication::translate("FileChoosers", "Open a draft"), drafts(),
                            chosen));
    };
    choosers.saveDraft = [](QWidget *parent, const QString &suggested, const Chosen &chosen) {
        saveFile(fileDialog(parent, QCoreApplication::translate("FileChoosers", "Save the draft"), drafts(),
                            chosen),
                 QStringLiteral("mailoscope-draft"), suggested);
    };
    choosers.openAny = [](QWidget *parent, const QString &title, const Chosen &chosen) {
        openFile(fileDialog(parent, title, {}, chosen));
    };
    choosers.saveAny = [](QWidget *parent, const QString &title, const QString &suggested,
                          const Chosen &chosen) {
        saveFile(fileDialog(parent, title, {}, chosen), {}, suggested);
    };
    choosers.savePicture = [](QWidget *parent, const QString &title, const QString &suggested,
                              const Chosen &chosen) {
        const bool isSvg = suggested.endsWith(QStringLiteral(".svg"));
        const QString kind = isSvg ? QCoreApplication::translate("FileChoosers", "SVG drawings (*.svg)")
                                   : QCoreApplication::translate("FileChoosers", "PNG images (*.png)");
        saveFile(fileDialog(parent, title, kind, chosen),
                 isSvg ? QStringLiteral("svg") : QStringLiteral("png"), suggested);
    };
    return choosers;
}

} // namespace mailoscope::ui
