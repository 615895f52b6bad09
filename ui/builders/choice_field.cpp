// SPDX-License-Identifier: Apache-2.0
#include "builders/choice_field.h"

#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
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

using Kind = builders::FormField::Kind;

constexpr int MostLines = 6; // of a list, before it scrolls
constexpr std::size_t MostSuggestions = 6;

QString nameOf(const builders::FormField &field)
{
    return QStringLiteral("field %1").arg(toQString(field.option));
}

QString trimmedLine(const QString &line)
{
    return line.trimmed();
}

} // namespace

ChoiceField::ChoiceField(const builders::Form &form, const builders::FormField &field,
                         const std::vector<FormStart::Suggestion> &suggestions, const FileChoosers &choosers,
                         QWidget *parent)
    : QWidget(parent), m_field(field), m_choosers(choosers), m_error(new QLabel)
{
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    makeInput(form, *rows);
    makeSuggestions(suggestions, *rows);
    m_error->setObjectName(QStringLiteral("error %1").arg(toQString(field.option)));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setMinimumWidth(1);
    m_error->hide();
    rows->addWidget(m_error);
    input()->setObjectName(nameOf(field));
    input()->setAccessibleName(toQString(field.label));
    input()->setAccessibleDescription(toQString(builders::inWordsOfForm(form, field.summary)));
    setFocusProxy(input());
    follow();
}

void ChoiceField::makeInput(const builders::Form &form, QVBoxLayout &rows)
{
    const QString summary = toQString(builders::inWordsOfForm(form, m_field.summary));
    switch (m_field.kind) {
    case Kind::Text:
    case Kind::Number:
        m_line = new QLineEdit;
        m_line->setPlaceholderText(summary);
        m_line->setMaxLength(4096);
        connect(m_line, &QLineEdit::textChanged, this, &ChoiceField::changed);
        rows.addWidget(m_line);
        return;
    case Kind::List:
    case Kind::Key:
        m_text = new QPlainTextEdit;
        m_text->setPlaceholderText(m_field.kind == Kind::Key
                                       ? tr("Paste it here, PEM, or open its file")
                                       : summary.section(QLatin1Char(';'), 0, 0) + tr("; one a line"));
        m_text->setTabChangesFocus(true);
        m_text->setFont(codeFont(*this));
        m_text->setWordWrapMode(QTextOption::WrapAnywhere);
        connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
            m_octets.clear();
            fitHeight();
            follow();
            Q_EMIT changed();
        });
        rows.addWidget(m_text);
        if (m_field.kind == Kind::Key) {
            auto *open = new QToolButton;
            open->setObjectName(QStringLiteral("openKey"));
            open->setText(tr("&Open its file…"));
            connect(open, &QToolButton::clicked, this, &ChoiceField::openKey);
            rows.addWidget(open);
        }
        fitHeight();
        return;
    case Kind::Switch:
        m_check = new QCheckBox(QStringLiteral("%1 – %2")
                                    .arg(toQString(m_field.label), summary)
                                    .replace(u'&', QStringLiteral("&&")));
        connect(m_check, &QCheckBox::toggled, this, [this] {
            follow();
            Q_EMIT changed();
        });
        rows.addWidget(m_check);
        return;
    case Kind::Word:
        m_box = new QComboBox;
        if (!m_field.unset.empty())
            m_box->addItem(tr("(not set: %1)").arg(toQString(m_field.unset)));
        for (const std::string_view word : m_field.words)
            m_box->addItem(toQString(word), toQString(word));
        m_box->setToolTip(toolTipFor(summary));
        connect(m_box, &QComboBox::currentIndexChanged, this, &ChoiceField::changed);
        auto *row = new QHBoxLayout;
        row->setSpacing(halfEm(*this));
        row->addWidget(m_box);
        auto *words = new QLabel(summary.section(QStringLiteral(": "), -1));
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        row->addWidget(words, 1);
        rows.addLayout(row);
        return;
    }
}

void ChoiceField::makeSuggestions(const std::vector<FormStart::Suggestion> &suggestions, QVBoxLayout &rows)
{
    for (const FormStart::Suggestion &suggestion : suggestions) {
        if (suggestion.option != m_field.option || m_suggestions.size() >= MostSuggestions)
            continue;
        auto *add = new QToolButton;
        add->setObjectName(
            QStringLiteral("suggest %1 %2").arg(toQString(suggestion.option), shownString(suggestion.value)));
        const QString what =
            suggestion.value.empty() ? toQString(m_field.label).toLower() : shownString(suggestion.value);
        add->setText(
            tr("Add %1 (%2)").arg(what, toQString(suggestion.why)).replace(u'&', QStringLiteral("&&")));
        add->setIcon(icon(Meaning::Info));
        add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        add->setAutoRaise(true);
        connect(add, &QToolButton::clicked, this, [this, suggestion] { take(suggestion); });
        m_suggestions.emplace_back(suggestion, add);
        rows.addWidget(add);
    }
}

QWidget *ChoiceField::input() const
{
    return m_line   ? static_cast<QWidget *>(m_line)
           : m_text ? static_cast<QWidget *>(m_text)
           : m_box  ? static_cast<QWidget *>(m_box)
                    : m_check;
}

QString ChoiceField::label() const
{
    return m_check ? QString() : toQString(m_field.label);
}

void ChoiceField::take(const FormStart::Suggestion &suggestion)
{
    if (m_check) {
        m_check->setChecked(true);
        return;
    }
    std::vector<std::string> now = m_field.kind == Kind::List ? values() : std::vector<std::string>();
    now.push_back(suggestion.value);
    setValues(now);
    input()->setFocus();
}

void ChoiceField::setValues(const std::vector<std::string> &values)
{
    const std::string first = values.empty() ? std::string() : values.front();
    if (m_line) {
        m_line->setText(QString::fromStdString(first));
    } else if (m_check) {
        m_check->setChecked(!values.empty());
    } else if (m_box) {
        const int index = values.empty() ? 0 : m_box->findData(QString::fromStdString(first));
        m_box->setCurrentIndex(std::max(index, 0));
    } else if (m_text) {
        QStringList lines;
        for (const std::string &value : values)
            lines << QString::fromStdString(value);
        m_text->setPlainText(lines.join(QLatin1Char('\n')));
    }
}

std::vector<std::string> ChoiceField::values() const
{
    std::vector<std::string> values;
    if (m_check && m_check->isChecked())
        values.emplace_back();
    if (m_box && m_box->currentData().isValid())
        values.push_back(m_box->currentData().toString().toStdString());
    if (m_line && !trimmedLine(m_line->text()).isEmpty())
        values.push_back(trimmedLine(m_line->text()).toStdString());
    if (!m_text)
        return values;
    if (m_field.kind == Kind::Key) {
        const std::string typed = m_octets.empty() ? m_text->toPlainText().toStdString() : m_octets;
        if (!typed.empty())
            values.push_back(typed);
        return values;
    }
    for (const QString &line : m_text->toPlainText().split(QLatin1Char('\n'))) {
        if (const QString value = trimmedLine(line); !value.isEmpty())
            values.push_back(value.toStdString());
    }
    return values;
}

void ChoiceField::showError(const QString &sentence)
{
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::WindowText, Theme(palette).colour(Meaning::Critical));
    m_error->setPalette(palette);
    m_error->setText(sentence.isEmpty() ? QString() : QStringLiteral("✖ ") + sentence);
    m_error->setVisible(!sentence.isEmpty());
}

void ChoiceField::openKey()
{
    m_choosers.openAny(this, tr("Open a public key"), [this](const QString &path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            showError(tr("%1 could not be read.").arg(shownString(QFileInfo(path).fileName().toStdString())));
            return;
        }
        const QByteArray octets = file.read(qint64(MaxOctets) + 1);
        if (octets.contains("-----BEGIN")) {
            m_text->setPlainText(QString::fromLatin1(octets));
            return;
        }
        m_text->setPlainText(tr("%1: %n octet(s)", nullptr, static_cast<int>(octets.size()))
                                 .arg(shownString(QFileInfo(path).fileName().toStdString())));
        m_octets = octets.toStdString(); // after the text, which forgets them
        Q_EMIT changed();
    });
}

void ChoiceField::follow()
{
    const std::vector<std::string> now = m_suggestions.empty() ? std::vector<std::string>() : values();
    for (const auto &[suggestion, button] : m_suggestions)
        button->setVisible(std::find(now.begin(), now.end(), suggestion.value) == now.end());
}

void ChoiceField::fitHeight()
{
    const int fewest = m_field.kind == Kind::Key ? MostLines : 1;
    const int lines = std::clamp(m_text->document()->blockCount(), fewest, MostLines);
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * lines + em(*this));
}

} // namespace mailoscope::ui
