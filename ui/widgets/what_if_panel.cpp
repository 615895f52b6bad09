// SPDX-License-Identifier: Apache-2.0
#include "widgets/what_if_panel.h"

#include "base/domain_input.h"
#include "fixes/copy_as.h"
#include "fixes/effect.h"
#include "report/explain.h"
#include "report/words.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/lines_view.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// Records that are offered for editing; hostile zones hold more.
constexpr int MaxOffered = 400;

QToolButton *button(const QString &name, const QString &text)
{
    auto *made = new QToolButton;
    made->setObjectName(name);
    made->setText(text);
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return made;
}

QString levelWord(verdict::Level level)
{
    switch (level) {
    case verdict::Level::Unknown:
        return WhatIfPanel::tr("not known");
    case verdict::Level::Protected:
        return WhatIfPanel::tr("protected");
    case verdict::Level::Monitored:
        return WhatIfPanel::tr("monitored");
    case verdict::Level::AtRisk:
        return WhatIfPanel::tr("at risk");
    case verdict::Level::Open:
        return WhatIfPanel::tr("open");
    }
    return {};
}

QString counted(const AddressSet &set)
{
    QStringList parts;
    if (!set.v4.isEmpty())
        parts << WhatIfPanel::tr("%1 IPv4").arg(toQString(withSeparators(std::to_string(countOf(set.v4)))));
    if (!set.v6.isEmpty())
        parts << WhatIfPanel::tr("%1 IPv6").arg(toQString(withSeparators(decimalCount(set.v6))));
    return parts.isEmpty() ? WhatIfPanel::tr("none") : parts.join(WhatIfPanel::tr(" and "));
}

QString changed(const QString &before, const QString &after)
{
    return before == after ? WhatIfPanel::tr("%1, as today").arg(before)
                           : WhatIfPanel::tr("%1 today, %2 then").arg(before, after);
}

void addFindings(std::vector<DetailLine> &lines, const QString &label,
                 const std::vector<const Finding *> &findings)
{
    constexpr std::size_t MostShown = 12;
    QString title = label;
    for (std::size_t i = 0; i < std::min(findings.size(), MostShown); ++i) {
        lines.push_back({DetailLine::Kind::Words, title,
                         QStringLiteral("%1: %2").arg(wordFor(meaningOf(findings[i]->severity)),
                                                      toQString(explain(*findings[i]).title))});
        title.clear();
    }
    if (findings.size() > MostShown)
        lines.push_back({DetailLine::Kind::Words, title,
                         WhatIfPanel::tr("and %1 more").arg(findings.size() - MostShown)});
}

} // namespace

WhatIfPanel::WhatIfPanel(WhatIf &whatIf, QWidget *parent)
    : QWidget(parent),
      m_whatIf(whatIf),
      m_records(new QComboBox),
      m_newType(new QComboBox),
      m_newName(new QLineEdit),
      m_problem(new QLabel),
      m_edits(new QListWidget),
      m_before(new QPlainTextEdit),
      m_after(new QPlainTextEdit),
      m_reading(new QLabel),
      m_effect(new LinesView),
      m_reality(new QCheckBox(tr("Show &today's records"))),
      m_undo(button(QStringLiteral("whatIfUndo"), tr("&Undo"))),
      m_redo(button(QStringLiteral("whatIfRedo"), tr("R&edo"))),
      m_takeAway(button(QStringLiteral("whatIfTakeAway"), tr("De&lete record"))),
      m_discard(button(QStringLiteral("whatIfDiscard"), tr("Dro&p edit"))),
      m_save(button(QStringLiteral("whatIfSave"), tr("&Save draft…"))),
      m_form(new QComboBox),
      m_copy(button(QStringLiteral("whatIfCopy"), tr("&Copy changes")))
{
    setObjectName(QStringLiteral("whatIfPanel"));
    m_records->setObjectName(QStringLiteral("whatIfRecords"));
    m_records->setAccessibleName(tr("Record to edit"));
    m_records->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_records->setMinimumContentsLength(30);
    m_newType->setObjectName(QStringLiteral("whatIfNewType"));
    m_newType->setAccessibleName(tr("Type of the new record"));
    for (const dns::RrType type : fixes::editableTypes())
        m_newType->addItem(toQString(dns::toString(type)), static_cast<int>(type));
    m_newName->setObjectName(QStringLiteral("whatIfNewName"));
    m_newName->setAccessibleName(tr("Name of the new record"));
    m_newName->setPlaceholderText(tr("Name of a new record"));
    m_newName->setMaxLength(1000);
    m_problem->setObjectName(QStringLiteral("whatIfProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_edits->setObjectName(QStringLiteral("whatIfEdits"));
    m_edits->setAccessibleName(tr("Edited records"));
    m_edits->setTextElideMode(Qt::ElideMiddle);
    for (QPlainTextEdit *text : {m_before, m_after}) {
        text->setFont(codeFont(*this));
        text->setTabChangesFocus(true);
        text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    }
    m_before->setObjectName(QStringLiteral("whatIfBefore"));
    m_before->setAccessibleName(tr("The record as it is today"));
    m_before->setReadOnly(true);
    m_after->setObjectName(QStringLiteral("whatIfAfter"));
    m_after->setAccessibleName(tr("The record as it would be"));
    m_reading->setObjectName(QStringLiteral("whatIfReading"));
    m_reading->setTextFormat(Qt::PlainText);
    m_reading->setWordWrap(true);
    m_effect->setObjectName(QStringLiteral("whatIfEffect"));
    m_effect->setAccessibleName(tr("What would change"));
    m_reality->setObjectName(QStringLiteral("whatIfReality"));
    m_form->setObjectName(QStringLiteral("whatIfForm"));
    m_form->setAccessibleName(tr("Copy as"));
    for (const fixes::CopyFormInfo &form : fixes::copyForms()) {
        m_form->addItem(toQString(form.title), toQString(form.option));
        m_form->setItemData(m_form->count() - 1, toolTipFor(toQString(form.mind)), Qt::ToolTipRole);
    }
    auto *add = button(QStringLiteral("whatIfAdd"), tr("&New record"));
    auto *open = button(QStringLiteral("whatIfOpen"), tr("&Open draft…"));

    auto *left = new QWidget;
    auto *leftRows = new QVBoxLayout(left);
    leftRows->setContentsMargins(halfEm(*this), halfEm(*this) / 2, 0, halfEm(*this) / 2);
    leftRows->addWidget(m_records);
    auto *fresh = new QHBoxLayout;
    fresh->addWidget(m_newType);
    fresh->addWidget(m_newName, 1);
    fresh->addWidget(add);
    leftRows->addLayout(fresh);
    leftRows->addWidget(m_problem);
    m_problem->hide();
    leftRows->addWidget(m_edits, 1);
    auto *files = new QHBoxLayout;
    for (QToolButton *tool : {m_undo, m_redo, m_discard, open, m_save})
        files->addWidget(tool);
    files->addStretch();
    leftRows->addLayout(files);

    auto *middle = new QWidget;
    auto *middleRows = new QVBoxLayout(middle);
    middleRows->setContentsMargins(0, halfEm(*this) / 2, 0, halfEm(*this) / 2);
    middleRows->addWidget(new QLabel(tr("Today")));
    middleRows->addWidget(m_before, 1);
    auto *then = new QHBoxLayout;
    then->addWidget(new QLabel(tr("Then")));
    then->addStretch();
    then->addWidget(m_takeAway);
    middleRows->addLayout(then);
    middleRows->addWidget(m_after, 2);
    middleRows->addWidget(m_reading);
    m_reading->hide();

    auto *right = new QWidget;
    auto *rightRows = new QVBoxLayout(right);
    rightRows->setContentsMargins(0, halfEm(*this) / 2, halfEm(*this), halfEm(*this) / 2);
    rightRows->addWidget(m_reality);
    rightRows->addWidget(m_effect, 1);
    auto *copies = new QHBoxLayout;
    copies->addWidget(m_form, 1);
    copies->addWidget(m_copy);
    rightRows->addLayout(copies);

    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("whatIfSplit"));
    split->setChildrenCollapsible(false);
    for (QWidget *part : {left, middle, right})
        split->addWidget(part);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(split);

    connect(m_records, &QComboBox::activated, this, [this](int index) {
        const QVariantList place = m_records->itemData(index).toList();
        if (place.size() != 3)
            return;
        if (const auto name = DomainName::parse(place[0].toString().toStdString()))
            edit(*name, static_cast<dns::RrType>(place[1].toInt()), place[2].toByteArray().toStdString());
        m_records->setCurrentIndex(0);
    });
    connect(add, &QToolButton::clicked, this, &WhatIfPanel::addTyped);
    connect(m_newName, &QLineEdit::returnPressed, this, &WhatIfPanel::addTyped);
    connect(m_edits, &QListWidget::currentRowChanged, this, &WhatIfPanel::showCurrent);
    connect(m_after, &QPlainTextEdit::textChanged, this, &WhatIfPanel::typed);
    connect(m_undo, &QToolButton::clicked, &m_whatIf, &WhatIf::undo);
    connect(m_redo, &QToolButton::clicked, &m_whatIf, &WhatIf::redo);
    connect(m_takeAway, &QToolButton::clicked, this, &WhatIfPanel::takeAway);
    connect(m_discard, &QToolButton::clicked, this, &WhatIfPanel::discard);
    connect(open, &QToolButton::clicked, this, &WhatIfPanel::openWanted);
    connect(m_save, &QToolButton::clicked, this, &WhatIfPanel::saveWanted);
    connect(m_reality, &QCheckBox::toggled, this, &WhatIfPanel::realityWanted);
    connect(m_copy, &QToolButton::clicked, this, [this] { copyChanges(m_whatIf.draft().changes()); });
    connect(m_form, &QComboBox::activated, this, [this] { Q_EMIT copyFormChosen(copyForm()); });
    connect(&m_whatIf, &WhatIf::draftChanged, this, &WhatIfPanel::showDraft);
    connect(&m_whatIf, &WhatIf::reportChanged, this, &WhatIfPanel::showEffect);
    showDraft();
    showEffect();
}

bool WhatIfPanel::showsReality() const
{
    return m_reality->isChecked();
}

QString WhatIfPanel::copyForm() const
{
    return m_form->currentData().toString();
}

void WhatIfPanel::setCopyForm(const QString &option)
{
    const int index = m_form->findData(option);
    if (index >= 0)
        m_form->setCurrentIndex(index);
}

int WhatIfPanel::currentEdit() const
{
    const int row = m_edits->currentRow();
    return row < static_cast<int>(m_whatIf.draft().edits.size()) ? row : -1;
}

void WhatIfPanel::edit(const DomainName &name, dns::RrType type, const std::optional<std::string> &text)
{
    fixes::EditedRecords draft = m_whatIf.draft();
    const std::size_t index = draft.indexFor(name, type, text);
    m_whatIf.setDraft(std::move(draft));
    m_edits->setCurrentRow(static_cast<int>(index));
    m_after->setFocus();
}

void WhatIfPanel::take(const std::vector<fixes::Change> &changes)
{
    fixes::EditedRecords draft = m_whatIf.draft();
    for (const fixes::Change &change : changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change))
            draft.add(*record);
    }
    m_whatIf.setDraft(std::move(draft));
    m_edits->setCurrentRow(m_edits->count() - 1);
}

void WhatIfPanel::addTyped()
{
    const Result<DomainName, DomainNameError> name =
        DomainName::parse(m_newName->text().trimmed().toStdString());
    m_problem->setVisible(!name);
    if (!name) {
        m_problem->setText(tr("That is no domain name."));
        return;
    }
    const auto type = static_cast<dns::RrType>(m_newType->currentData().toInt());
    edit(*name, type, std::nullopt);
    m_whatIf.setText(m_whatIf.draft().edits.size() - 1, std::string());
    m_newName->clear();
}

/// The records that the report rests on, those of the domain itself first.
void WhatIfPanel::fillRecords()
{
    const std::shared_ptr<const Report> report = m_whatIf.reality();
    if (m_records->count() > 0 && report == m_filledFor)
        return;
    m_filledFor = report;
    m_records->clear();
    m_records->addItem(tr("Choose a record to edit…"));
    if (!report)
        return;
    for (const bool own : {true, false}) {
        for (const FactPointer &fact : report->facts) {
            if (!fact->isDns() || m_records->count() > MaxOffered)
                continue;
            const dns::Answer &answer = fact->dns();
            const auto &types = fixes::editableTypes();
            if (std::find(types.begin(), types.end(), answer.question.type) == types.end() ||
                answer.question.name.isAtOrBelow(report->domain) != own) {
                continue;
            }
            for (const dns::ResourceRecord &record : answer.records) {
                const std::string text = fixes::textOf(record.type, record.data);
                m_records->addItem(QStringLiteral("%1 %2  %3")
                                       .arg(toQString(dns::toString(record.type)), toQString(record.owner),
                                            shownString(text).left(120)),
                                   QVariantList{toQString(record.owner.text()), static_cast<int>(record.type),
                                                QByteArray::fromStdString(text)});
            }
        }
    }
}

void WhatIfPanel::showDraft()
{
    m_filling = true;
    fillRecords();
    const int row = m_edits->currentRow();
    m_edits->clear();
    for (const fixes::Edit &edit : m_whatIf.draft().edits) {
        const QString what = edit.before == edit.after
                                 ? (edit.ttl ? tr("TTL %1").arg(*edit.ttl) : tr("as today"))
                             : !edit.after  ? tr("deleted")
                             : !edit.before ? tr("new")
                                            : tr("changed");
        m_edits->addItem(QStringLiteral("%1 %2 – %3")
                             .arg(toQString(dns::toString(edit.type)), toQString(edit.name), what));
    }
    m_edits->setCurrentRow(std::min(std::max(row, 0), m_edits->count() - 1));
    m_filling = false;
    m_undo->setEnabled(m_whatIf.canUndo());
    m_redo->setEnabled(m_whatIf.canRedo());
    const bool any = !m_whatIf.draft().edits.empty();
    m_save->setEnabled(any);
    m_copy->setEnabled(m_whatIf.isActive());
    m_discard->setEnabled(any);
    showCurrent();
}

void WhatIfPanel::showCurrent()
{
    if (m_filling)
        return;
    m_filling = true;
    const int index = currentEdit();
    const fixes::Edit *edit = index >= 0 ? &m_whatIf.draft().edits[static_cast<std::size_t>(index)] : nullptr;
    m_before->setPlainText(edit && edit->before ? shownString(*edit->before) : QString());
    const QString after = edit && edit->after ? QString::fromStdString(*edit->after) : QString();
    if (m_after->toPlainText() != after)
        m_after->setPlainText(after);
    m_after->setEnabled(edit);
    m_takeAway->setEnabled(edit && edit->after && edit->before);
    const bool unread = edit && edit->after && !fixes::dataFromText(edit->type, *edit->after);
    m_reading->setVisible(unread);
    if (unread)
        m_reading->setText(edit->type == dns::RrType::MX
                               ? tr("Cannot be read yet: an MX record is a number and a host.")
                               : tr("Cannot be read yet. It changes nothing until it can."));
    m_filling = false;
}

void WhatIfPanel::typed()
{
    const int index = currentEdit();
    if (m_filling || index < 0)
        return;
    std::string text = m_after->toPlainText().toStdString();
    // A record is one line: what is pasted over several is joined.
    text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
    if (text.size() > fixes::MaxEditOctets) {
        showCurrent();
        return;
    }
    m_filling = true;
    m_whatIf.setText(static_cast<std::size_t>(index), text);
    m_filling = false;
}

void WhatIfPanel::takeAway()
{
    if (const int index = currentEdit(); index >= 0)
        m_whatIf.setText(static_cast<std::size_t>(index), std::nullopt);
}

void WhatIfPanel::discard()
{
    const int index = currentEdit();
    if (index < 0)
        return;
    fixes::EditedRecords draft = m_whatIf.draft();
    draft.edits.erase(draft.edits.begin() + index);
    m_whatIf.setDraft(std::move(draft));
}

void WhatIfPanel::showEffect()
{
    std::vector<DetailLine> lines;
    const std::shared_ptr<const Report> before = m_whatIf.reality();
    const std::shared_ptr<const Report> after = m_whatIf.report();
    if (!before || !m_whatIf.isActive() || after == before) {
        lines.push_back({DetailLine::Kind::Words,
                         {},
                         tr("Edit a record to see what would change if it were published. Nothing is "
                            "published from here.")});
        m_effect->setLines(lines);
        return;
    }
    const fixes::Effect effect = fixes::effectOf(*before, *after);
    lines.push_back({DetailLine::Kind::Words, tr("Verdict"),
                     changed(levelWord(effect.levelBefore), levelWord(effect.levelAfter))});
    lines.push_back({DetailLine::Kind::Words, tr("Look-ups"),
                     changed(QString::number(effect.lookupsBefore), QString::number(effect.lookupsAfter))});
    lines.push_back({DetailLine::Kind::Words, tr("SPF wins"), counted(effect.won)});
    lines.push_back({DetailLine::Kind::Words, tr("SPF loses"), counted(effect.lost)});
    addFindings(lines, tr("Gone"), effect.gone);
    addFindings(lines, tr("New"), effect.come);
    if (effect.gone.empty() && effect.come.empty())
        lines.push_back({DetailLine::Kind::Words, tr("Findings"), tr("the same")});
    if (!effect.isKnown)
        lines.push_back({DetailLine::Kind::Words, tr("Waiting"), tr("Answers are still to come.")});
    m_effect->setLines(lines);
}

void WhatIfPanel::copyChanges(const std::vector<fixes::Change> &changes)
{
    const auto form = fixes::copyFormFromOption(copyForm().toStdString());
    const std::shared_ptr<const Report> reality = m_whatIf.reality();
    if (!form || !reality)
        return;
    const fixes::Copied copied = fixes::copyAs(*form, fixes::copyRequest(changes, m_whatIf.facts()));
    QGuiApplication::clipboard()->setText(QString::fromStdString(copied.text));
    QStringList notes;
    for (const std::string &note : copied.notes)
        notes << toQString(note);
    Q_EMIT this->copied(toQString(fixes::infoOf(*form).title), notes);
}

} // namespace mailoscope::ui
