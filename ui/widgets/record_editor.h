// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "what_if.h"

#include <QWidget>

#include <optional>
#include <string>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace mailoscope::ui
{

/// True for what begins to edit a record that is shown in `text`: F2, Enter, or a double click.
bool isEditGesture(const QObject &watched, const QEvent &event, const QPlainTextEdit &text);

/// A record edited where it is shown. It writes into the draft of the what-if, so that the whole report
/// follows each keystroke; Esc leaves and keeps what was typed. Hidden while nothing is edited.
class RecordEditor : public QWidget
{
    Q_OBJECT
public:
    explicit RecordEditor(WhatIf &whatIf, QWidget *parent = nullptr);

    /// Begins with the record as it is shown, of today or of the draft.
    void begin(const DomainName &name, dns::RrType type, const std::string &text);
    /// Begins a record that there is none of yet; name and type can still be chosen.
    void beginNew(const DomainName &name, dns::RrType type);
    void end();
    bool isOpen() const { return m_isOpen; }
    /// True for the record that is being edited, as it stands in the draft.
    bool isAbout(const DomainName &name, dns::RrType type, const std::string &text) const;

Q_SIGNALS:
    void ended();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    DomainName whereItStands(const DomainName &name, dns::RrType type) const;
    void open(bool isNew);
    void fill();
    void typed();
    void placeChosen();
    void write(const std::optional<std::string> &text);
    void followDraft();
    void showEffect();
    void showReading();

    WhatIf &m_whatIf;
    bool m_isOpen = false;
    bool m_filling = false;
    DomainName m_name;
    dns::RrType m_type = dns::RrType::TXT;
    std::optional<std::string> m_before;  ///< today
    std::optional<std::string> m_current; ///< as it stands in the draft
    std::optional<std::size_t> m_edit;    ///< its place in the draft, once anything is typed
    QLabel *m_title;
    QComboBox *m_types;
    QLineEdit *m_names;
    QPlainTextEdit *m_text;
    QLabel *m_reading;
    QLabel *m_today;
    QLabel *m_effect;
    QToolButton *m_revert;
};

} // namespace mailoscope::ui
