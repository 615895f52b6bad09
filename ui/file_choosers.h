// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace mailoscope::ui
{

/// Asks the user for a file. `chosen` is called with its path, later and from the event loop, and not at all
/// where the user thinks better of it. Replaced in tests.
struct FileChoosers {
    using Chosen = std::function<void(const QString &path)>;
    std::function<void(QWidget *parent, Chosen chosen)> openSnapshot;
    std::function<void(QWidget *parent, const QString &suggested, Chosen chosen)> saveSnapshot;
    std::function<void(QWidget *parent, Chosen chosen)> openDraft;
    std::function<void(QWidget *parent, const QString &suggested, Chosen chosen)> saveDraft;
    /// Files of any kind: a key, changes in some form, a plan.
    std::function<void(QWidget *parent, const QString &title, Chosen chosen)> openAny;
    std::function<void(QWidget *parent, const QString &title, const QString &suggested, Chosen chosen)>
        saveAny;

    /// A picture, of the suffix that the suggested name has.
    std::function<void(QWidget *parent, const QString &title, const QString &suggested, Chosen chosen)>
        savePicture;

    /// The desktop's dialogs.
    static FileChoosers dialogs();
};

} // namespace mailoscope::ui
