// SPDX-License-Identifier: Apache-2.0
#include "widgets/record_editor.h"

#include "fixes/effect.h"
#include "text/change_text.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QLabel *quietLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMinimumWidth(1);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

bool isEditGesture(const QObject &watched, const QEvent &event, const QPlainTextEdit &text)
{
    if (&watched == text.viewport())
        return event.type() == QEvent::MouseButtonDblClick;
    if (&watched != &text || event.type() != QEvent::KeyPress)
        return false;
    const int key = static_cast<const QKeyEvent &>(event).key();
    return key == Qt::Key_F2 || key == Qt::Key_Return || key == Qt::Key_Enter;
}

RecordEditor::RecordEditor(WhatIf &whatIf, QWidget *parent)
    : QWidget(parent),
      m_whatIf(whatIf),
      m_title(new QLabel),
      m_types(new QComboBox),
      m_names(new QLineEdit),
      m_text(new QPlainTextEdit),
      m_reading(quietLabel(QStringLiteral("editorReading"))),
      m_today(quietLabel(QStringLiteral("editorToday"))),
      m_effect(quietLabel(QStringLiteral("editorEffect"))),
      m_revert(new QToolButton)
{
    setObjectName(QStringLiteral("recordEditor"));
    m_title->setTextFormat(Qt::PlainText);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_types->setObjectName(QStringLiteral("editorType"));
    m_types->setAccessibleName(tr("Type of the new record"));
    for (const dns::RrType type : fixes::editableTypes())
        m_types->addItem(toQString(dns::toString(type)), static_cast<int>(type));
    m_names->setObjectName(QStringLiteral("editorName"));
    m_names->setAccessibleName(tr("Name of the new record"));
    m_names->setMaxLength(1000);
    m_text->setObjectName(QStringLiteral("editorText"));
    m_text->setAccessibleName(tr("The record as it would be"));
    m_text->setTabChangesFocus(true);
    m_text->setFont(codeFont(*this));
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->installEventFilter(this);
    m_names->installEventFilter(this);
    m_today->setFont(codeFont(*this));
    m_revert->setObjectName(QStringLiteral("editorRevert"));
    m_revert->setText(tr("As today"));
    m_revert->setToolTip(tr("Takes this edit out of the draft"));
    auto *done = new QToolButton;
    done->setObjectName(QStringLiteral("editorDone"));
    done->setText(tr("Done (Esc)"));
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->addWidget(m_title);
    head->addWidget(m_types);
    head->addWidget(m_names, 1);
    head->addStretch();
    head->addWidget(m_revert);
    head->addWidget(done);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(head);
    rows->addWidget(m_text, 1);
    for (QLabel *label : {m_reading, m_today, m_effect})
        rows->addWidget(label);
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 3 + em(*this));
    hide();
    connect(done, &QToolButton::clicked, this, &RecordEditor::end);
    connect(m_revert, &QToolButton::clicked, this, [this] { write(m_before); });
    connect(m_text, &QPlainTextEdit::textChanged, this, &RecordEditor::typed);
    connect(m_types, &QComboBox::activated, this, &RecordEditor::placeChosen);
    connect(m_names, &QLineEdit::textEdited, this, &RecordEditor::placeChosen);
    connect(&m_whatIf, &WhatIf::draftChanged, this, &RecordEditor::followDraft);
    connect(&m_whatIf, &WhatIf::reportChanged, this, &RecordEditor::showEffect);
}

/// A record is edited where it stands: behind any alias.
DomainName RecordEditor::whereItStands(const DomainName &name, dns::RrType type) const
{
    const FactPointer *fact = m_whatIf.facts().find(name, type);
    return fact ? dns::canonicalName((*fact)->dns()) : name;
}

void RecordEditor::begin(const DomainName &name, dns::RrType type, const std::string &text)
{
    m_name = whereItStands(name, type);
    m_type = type;
    m_before = text;
    m_current = text;
    m_edit.reset();
    const std::vector<fixes::Edit> &edits = m_whatIf.draft().edits;
    for (std::size_t i = 0; i < edits.size(); ++i) {
        const fixes::Edit &edit = edits[i];
        if (edit.name != m_name || edit.type != type || (edit.after != text && edit.before != text))
            continue;
        m_before = edit.before;
        m_current = edit.after;
        m_edit = i;
        break;
    }
    open(false);
}

void RecordEditor::beginNew(const DomainName &name, dns::RrType type)
{
    m_name = name;
    m_type = type;
    m_before.reset();
    m_current.reset();
    m_edit.reset();
    m_names->setText(toQString(name));
    m_types->setCurrentIndex(m_types->findData(static_cast<int>(type)));
    open(true);
}

void RecordEditor::open(bool isNew)
{
    m_isOpen = true;
    m_title->setText(isNew ? tr("New")
                           : tr("Editing %1 %2").arg(toQString(dns::toString(m_type)), toQString(m_name)));
    m_types->setVisible(isNew);
    m_names->setVisible(isNew);
    fill();
    showEffect();
    setVisible(true);
    m_text->setFocus();
    m_text->moveCursor(QTextCursor::End);
}

void RecordEditor::end()
{
    if (!m_isOpen)
        return;
    m_isOpen = false;
    setVisible(false);
    Q_EMIT ended();
}

bool RecordEditor::isAbout(const DomainName &name, dns::RrType type, const std::string &text) const
{
    return m_isOpen && m_name == whereItStands(name, type) && m_type == type &&
           (m_current == text || m_before == text);
}

void RecordEditor::fill()
{
    m_filling = true;
    const QString text = m_current ? QString::fromStdString(*m_current) : QString();
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text);
    m_filling = false;
    showReading();
}

void RecordEditor::showReading()
{
    const bool unread = m_current && !m_current->empty() && !fixes::dataFromText(m_type, *m_current);
    m_reading->setVisible(unread);
    if (unread)
        m_reading->setText(tr("Cannot be read yet. It changes nothing until it can."));
    const bool isChanged = m_before && m_current && *m_before != *m_current;
    m_today->setVisible(isChanged);
    if (isChanged) {
        std::vector<DetailLine> lines;
        addTexts(lines, m_before, m_current);
        QStringList texts;
        for (const DetailLine &line : lines)
            texts << QStringLiteral("%1  %2").arg(line.label, line.text);
        m_today->setText(texts.join(QLatin1Char('\n')));
    }
    m_revert->setEnabled(m_current != m_before);
}

void RecordEditor::typed()
{
    if (m_filling || !m_isOpen)
        return;
    std::string text = m_text->toPlainText().toStdString();
    // A record is one line: what is pasted over several is joined.
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    if (text.size() > fixes::MaxEditOctets) {
        fill(); // more than TXT data can hold: not taken
        return;
    }
    write(text);
}

void RecordEditor::write(const std::optional<std::string> &text)
{
    if (!m_edit) {
        fixes::EditedRecords draft = m_whatIf.draft();
        m_edit = draft.indexFor(m_name, m_type, m_current);
        m_filling = true; // what the draft says of it is no news
        m_whatIf.setDraft(std::move(draft));
        m_filling = false;
    }
    m_current = text;
    m_filling = true;
    m_whatIf.setText(*m_edit, text);
    m_filling = false;
    if (text == m_before)
        fill();
    else
        showReading();
}

void RecordEditor::placeChosen()
{
    const auto name = DomainName::parse(m_names->text().trimmed().toStdString());
    const auto type = static_cast<dns::RrType>(m_types->currentData().toInt());
    if (!name) {
        m_reading->setText(tr("That is no domain name."));
        m_reading->setVisible(true);
        return;
    }
    const std::optional<std::string> text = m_current;
    if (m_edit && *m_edit < m_whatIf.draft().edits.size()) {
        fixes::EditedRecords draft = m_whatIf.draft();
        draft.edits.erase(draft.edits.begin() + static_cast<std::ptrdiff_t>(*m_edit));
        m_filling = true;
        m_whatIf.setDraft(std::move(draft));
        m_filling = false;
    }
    m_name = *name;
    m_type = type;
    m_edit.reset();
    m_current.reset();
    if (text)
        write(text);
    else
        showReading();
}

/// Steps back and forth, and edits elsewhere, show here too.
void RecordEditor::followDraft()
{
    if (!m_isOpen || m_filling)
        return;
    if (!m_whatIf.reality()) {
        end();
        return;
    }
    const std::vector<fixes::Edit> &edits = m_whatIf.draft().edits;
    const bool isThere =
        m_edit && *m_edit < edits.size() && edits[*m_edit].name == m_name && edits[*m_edit].type == m_type;
    if (!isThere)
        m_edit.reset();
    m_current = isThere ? edits[*m_edit].after : m_before;
    fill();
}

void RecordEditor::showEffect()
{
    if (!m_isOpen)
        return;
    const std::shared_ptr<const Report> before = m_whatIf.reality();
    const std::shared_ptr<const Report> after = m_whatIf.report();
    if (!before || !after || before == after) {
        m_effect->setText(tr("The report follows as you type. Nothing is published."));
        return;
    }
    const fixes::Effect effect = fixes::effectOf(*before, *after);
    QStringList parts;
    parts << tr("%n finding(s) gone", nullptr, static_cast<int>(effect.gone.size()))
          << tr("%n new", nullptr, static_cast<int>(effect.come.size()));
    if (effect.lookupsBefore != effect.lookupsAfter)
        parts << tr("look-ups %1 → %2").arg(effect.lookupsBefore).arg(effect.lookupsAfter);
    if (!effect.lost.isEmpty())
        parts << tr("addresses lost");
    if (!effect.won.isEmpty())
        parts << tr("addresses won");
    if (effect.levelBefore != effect.levelAfter)
        parts << tr("another verdict");
    if (!effect.isKnown)
        parts << tr("answers are still to come");
    m_effect->setText(tr("Against today: %1. Not published.").arg(parts.join(QStringLiteral(", "))));
}

bool RecordEditor::eventFilter(QObject *watched, QEvent *event)
{
    const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (!isKey || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    // Esc stops an inspection elsewhere; here it leaves.
    event->accept();
    if (event->type() == QEvent::KeyPress)
        end();
    return true;
}

} // namespace mailoscope::ui
