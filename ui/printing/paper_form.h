// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "print/options.h"

#include <QWidget>

#include <map>
#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSettings;

namespace mailoscope::ui
{

/// What the user chose for reports on paper. The logo is a file's name yet: reading it takes its time.
struct PaperChoices {
    print::Options options;
    QString logo;
};
/// As kept in the settings.
PaperChoices readPaperChoices(QSettings &settings);
/// With the logo read; nothing where it cannot be.
std::optional<print::Options> optionsOf(const PaperChoices &choices);

/// The choices for reports on paper.
class PaperForm : public QWidget
{
    Q_OBJECT
public:
    /// `settings` outlives the form.
    PaperForm(QSettings &settings, const FileChoosers &choosers, QWidget *parent = nullptr);

    /// What can be chosen: of documents on the screen the parts alone.
    enum class Reach { Parts, Paper };
    void setReach(Reach reach);
    /// Keeps what is chosen in the settings.
    void remember();
    /// False where there is nothing to export: no part is ticked.
    bool isComplete() const;

Q_SIGNALS:
    void changed();

private:
    QLineEdit *line(const QString &name, const QString &accessibleName, const QString &key);

    QSettings &m_settings;
    QComboBox *m_paper;
    QCheckBox *m_light;
    QLineEdit *m_company;
    QLineEdit *m_confidentiality;
    QLineEdit *m_logo;
    QPushButton *m_chooseLogo;
    std::map<print::Part, QCheckBox *> m_parts;
};

} // namespace mailoscope::ui
