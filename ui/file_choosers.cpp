// SPDX-License-Identifier: Apache-2.0
#include "file_choosers.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace mailoscope::ui
{

namespace
{

QFileDialog *snapshotDialog(QWidget *parent, const QString &title, const FileChoosers::Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters(
        {QCoreApplication::translate("FileChoosers", "Snapshots (*.mailoscope *.json *.gz)"),
         QCoreApplication::translate("FileChoosers", "All files (*)")});
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog, chosen);
    return dialog;
}

} // namespace

FileChoosers FileChoosers::dialogs()
{
    FileChoosers choosers;
    choosers.openSnapshot = [](QWidget *parent, const Chosen &chosen) {
        QFileDialog *dialog =
            snapshotDialog(parent, QCoreApplication::translate("FileChoosers", "Open a snapshot"), chosen);
        dialog->setFileMode(QFileDialog::ExistingFile);
        dialog->open();
    };
    choosers.saveSnapshot = [](QWidget *parent, const QString &suggested, const Chosen &chosen) {
        QFileDialog *dialog =
            snapshotDialog(parent, QCoreApplication::translate("FileChoosers", "Save the snapshot"), chosen);
        dialog->setAcceptMode(QFileDialog::AcceptSave);
        dialog->setFileMode(QFileDialog::AnyFile);
        dialog->setDefaultSuffix(QStringLiteral("mailoscope"));
        dialog->selectFile(suggested);
        dialog->open();
    };
    return choosers;
}

} // namespace mailoscope::ui
