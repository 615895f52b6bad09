// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "file_choosers.h"
#include "report/form_start.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;
class QVBoxLayout;

namespace mailoscope::ui
{

/// One field of a builder's form: what is chosen or typed, what is suggested, and what is wrong with it.
class ChoiceField : public QWidget
{
    Q_OBJECT
public:
    ChoiceField(const builders::Form &form, const builders::FormField &field,
                const std::vector<FormStart::Suggestion> &suggestions, const FileChoosers &choosers,
                QWidget *parent = nullptr);

    const builders::FormField &field() const { return m_field; }
    void setValues(const std::vector<std::string> &values);
    /// Empty: not chosen.
    std::vector<std::string> values() const;
    /// Nothing where all is well.
    void showError(const QString &sentence);
    /// A name in front of the field; empty where the field bears it itself.
    QString label() const;
    /// The widget that takes the keys.
    QWidget *input() const;

    /// What no form has use for.
    static constexpr std::size_t MaxValues = 200;
    static constexpr std::size_t MaxOctets = 65536;

Q_SIGNALS:
    void changed();

private:
    void makeInput(const builders::Form &form, QVBoxLayout &rows);
    void makeSuggestions(const std::vector<FormStart::Suggestion> &suggestions, QVBoxLayout &rows);
    void take(const FormStart::Suggestion &suggestion);
    void openKey();
    void follow();
    void fitHeight();

    const builders::FormField &m_field;
    const FileChoosers &m_choosers;
    QLineEdit *m_line = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QComboBox *m_box = nullptr;
    QCheckBox *m_check = nullptr;
    std::string m_octets; ///< of a key file that is no text
    std::vector<std::pair<FormStart::Suggestion, QToolButton *>> m_suggestions;
    QLabel *m_error;
};

} // namespace mailoscope::ui
