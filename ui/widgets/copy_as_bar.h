// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "fixes/copy_as.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace mailoscope::ui
{

/// Fills a list with the forms that changes can be copied in; each item's data is the form's option.
void addCopyForms(QComboBox &box);
/// The suffix of a file in this form, and what kinds of files to offer.
QString copySuffix(const QString &option);

/// Changes in the form that the user chooses: to the clipboard or into a file.
class CopyAsBar : public QWidget
{
    Q_OBJECT
public:
    /// The names of its widgets begin with `prefix`.
    CopyAsBar(const QString &prefix, FileChoosers choosers, QWidget *parent = nullptr);

    /// What is to be copied; nothing where the request is empty.
    void setRequest(fixes::CopyRequest request, const QString &fileName);
    QString form() const;
    void setForm(const QString &option);
    /// Copies something else in the form that is chosen.
    void copy(const fixes::CopyRequest &request);
    /// Keeps the buttons shut, whatever there is to copy.
    void setLocked(bool locked);

Q_SIGNALS:
    void formChosen(const QString &option);
    /// What was done, in one sentence, and whether it could be.
    void told(bool done, const QString &sentence);

private:
    std::optional<fixes::Copied> written(const fixes::CopyRequest &request) const;
    void save();
    void follow();

    FileChoosers m_choosers;
    fixes::CopyRequest m_request;
    QString m_fileName;
    bool m_isLocked = false;
    QComboBox *m_form;
    QToolButton *m_copy;
    QToolButton *m_save;
};

} // namespace mailoscope::ui
