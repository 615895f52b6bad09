// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "settings/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace mailoscope::ui
{

/// Where the preferences are chosen. What is chosen holds at once; there is nothing to confirm. What cannot
/// be read is told beside its field and changes nothing.
class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    explicit SettingsDialog(Preferences &preferences, QWidget *parent = nullptr);

Q_SIGNALS:
    void forgetDomainsWanted();
    void forgetSelectorsWanted();

private:
    QWidget *lookUps();
    QWidget *reading();
    QWidget *looks();
    QWidget *memory();
    void connectFields();
    void readResolvers();
    /// Shows what the preferences say.
    void follow();

    Preferences &m_preferences;
    QLineEdit *m_resolvers;
    QLabel *m_resolversProblem;
    QSpinBox *m_timeout;
    QCheckBox *m_smtp;
    QComboBox *m_copyForm;
    QLabel *m_copyFormMind;
    QComboBox *m_profile;
    QComboBox *m_appearance;
    QSpinBox *m_text;
    QCheckBox *m_animations;
    QCheckBox *m_history;
    QCheckBox *m_selectors;
    bool m_following = false;
};

} // namespace mailoscope::ui
