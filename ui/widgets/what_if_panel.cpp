// SPDX-License-Identifier: Apache-2.0
#include "widgets/what_if_panel.h"

#include "base/domain_input.h"
#include "dns/ttl.h"
#include "fixes/copy_as.h"
#include "fixes/effect.h"
#include "text/effect_text.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/copy_as_bar.h"
#include "widgets/flow_layout.h"
#include "widgets/lines_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
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

QString titleOf(const fixes::Edit &edit)
{
    const bool hasAnotherTtl = edit.ttl && edit.before && edit.before == edit.after;
    const QString what = hasAnotherTtl               ? WhatIfPanel::tr("TTL %1").arg(*edit.ttl)
                         : edit.before == edit.after ? WhatIfPanel::tr("as today")
                         : !edit.after               ? WhatIfPanel::tr("deleted")
                         : !edit.before              ? WhatIfPanel::tr("new")
                                                     : WhatIfPanel::tr("changed");
    return QStringLiteral("%1 %2 – %3").arg(toQString(dns::toString(edit.type)), toQString(edit.name), what);
}

QString titleOf(const fixes::FileChange &file)
{
    const QString what = !file.before ? WhatIfPanel::tr("new")
                         : file.before == file.after
                             ? WhatIfPanel::tr("served as %1").arg(shownString(file.mediaType))
                             : WhatIfPanel::tr("changed");
    return QStringLiteral("%1 – %2").arg(shownString(file.url.text()), what);
}

/// The text of a file as lines, to be edited.
QString linesOf(const std::string &octets)
{
    return QString::fromStdString(octets).replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
}

/// The same to be read, whatever is in it.
QString shownLines(const std::string &octets)
{
    QStringList lines;
    for (const QString &line : linesOf(octets).split(QLatin1Char('\n')))
        lines << shownString(line.toStdString());
    return lines.join(QLatin1Char('\n'));
}

std::string withReturns(const std::string &text)
{
    return QString::fromStdString(text).replace(QLatin1Char('\n'), QStringLiteral("\r\n")).toStdString();
}

} // namespace

WhatIfPanel::WhatIfPanel(WhatIf &whatIf, const FileChoosers &choosers, QWidget *parent)
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
      m_save(button(QStringLiteral("whatIfSaveDraft"), tr("Save draft…"))),
      m_ttlLabel(new QLabel(tr("TTL"))),
      m_ttl(new QLineEdit),
      m_copies(new CopyAsBar(QStringLiteral("whatIf"), choosers))
{
    setObjectName(QStringLiteral("whatIfPanel"));
    m_records->setObjectName(QStringLiteral("whatIfRecords"));
    m_records->setAccessibleName(tr("Record to edit"));
    m_records->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_records->setMinimumContentsLength(14);
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
    m_ttl->setObjectName(QStringLiteral("whatIfTtl"));
    m_ttl->setAccessibleName(tr("TTL of the record, in seconds"));
    m_ttl->setToolTip(
        toolTipFor(tr("Seconds that the records of this name and type may be kept. Empty: as they are.")));
    m_ttl->setMaxLength(10);
    m_ttl->setMaximumWidth(digits(*this, 16));
    m_ttlLabel->setBuddy(m_ttl);
    auto *add = button(QStringLiteral("whatIfAdd"), tr("&New record"));
    auto *open = button(QStringLiteral("whatIfOpenDraft"), tr("&Open draft…"));

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
    auto *tools = new FlowLayout;
    tools->setSpacing(halfEm(*this));
    for (QToolButton *tool : {m_undo, m_redo, m_discard, open, m_save})
        tools->addWidget(tool);
    leftRows->addLayout(tools);

    auto *middle = new QWidget;
    auto *middleRows = new QVBoxLayout(middle);
    middleRows->setContentsMargins(0, halfEm(*this) / 2, 0, halfEm(*this) / 2);
    middleRows->addWidget(new QLabel(tr("Today")));
    middleRows->addWidget(m_before, 1);
    auto *then = new QHBoxLayout;
    then->addWidget(new QLabel(tr("Then")));
    then->addStretch();
    then->addWidget(m_ttlLabel);
    then->addWidget(m_ttl);
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
    rightRows->addWidget(m_copies);

    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("whatIfSplit"));
    split->setChildrenCollapsible(false);
    for (QWidget *part : {left, middle, right})
        split->addWidget(part);
    // Where the window is small for its font, the panel scrolls.
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("whatIfScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(split);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(scroll);

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
    connect(m_ttl, &QLineEdit::textEdited, this, &WhatIfPanel::ttlTyped);
    connect(m_copies, &CopyAsBar::told, this, &WhatIfPanel::told);
    connect(m_copies, &CopyAsBar::formChosen, this, &WhatIfPanel::copyFormChosen);
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
    return m_copies->form();
}

void WhatIfPanel::setCopyForm(const QString &option)
{
    m_copies->setForm(option);
}

int WhatIfPanel::currentEdit() const
{
    const int row = m_edits->currentRow();
    return row < static_cast<int>(m_whatIf.draft().edits.size()) ? row : -1;
}

int WhatIfPanel::currentFile() const
{
    const int row = m_edits->currentRow() - static_cast<int>(m_whatIf.draft().edits.size());
    return row < static_cast<int>(m_whatIf.draft().files.size()) ? std::max(row, -1) : -1;
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
    const std::vector<fixes::Edit> before = draft.edits;
    for (const fixes::Change &change : changes)
        draft.add(change);
    // The first that it touched is shown.
    const auto [old, touched] =
        std::mismatch(before.begin(), before.end(), draft.edits.begin(), draft.edits.end());
    const auto row = static_cast<int>(touched - draft.edits.begin());
    m_whatIf.setDraft(std::move(draft));
    m_edits->setCurrentRow(std::min(row, m_edits->count() - 1));
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
    for (const fixes::Edit &edit : m_whatIf.draft().edits)
        m_edits->addItem(titleOf(edit));
    for (const fixes::FileChange &file : m_whatIf.draft().files)
        m_edits->addItem(titleOf(file));
    m_edits->setCurrentRow(std::min(std::max(row, 0), m_edits->count() - 1));
    m_filling = false;
    m_undo->setEnabled(m_whatIf.canUndo());
    m_redo->setEnabled(m_whatIf.canRedo());
    const bool any = m_edits->count() > 0;
    m_save->setEnabled(any);
    m_discard->setEnabled(any);
    m_copies->setRequest(fixes::copyRequest(m_whatIf.draft().changes(), m_whatIf.facts()),
                         toQString(m_whatIf.draft().domain));
    showCurrent();
}

void WhatIfPanel::showCurrent()
{
    if (m_filling)
        return;
    m_filling = true;
    const fixes::EditedRecords &draft = m_whatIf.draft();
    const int index = currentEdit();
    if (const int file = currentFile(); file >= 0)
        showFile(draft.files[static_cast<std::size_t>(file)]);
    else
        showRecord(index >= 0 ? &draft.edits[static_cast<std::size_t>(index)] : nullptr);
    m_filling = false;
}

void WhatIfPanel::showTexts(const QString &before, const QString &after)
{
    m_before->setPlainText(before);
    if (m_after->toPlainText() != after)
        m_after->setPlainText(after);
}

void WhatIfPanel::showRecord(const fixes::Edit *edit)
{
    showTexts(edit && edit->before ? shownString(*edit->before) : QString(),
              edit && edit->after ? QString::fromStdString(*edit->after) : QString());
    m_after->setEnabled(edit);
    m_takeAway->setEnabled(edit && edit->after && edit->before);
    const bool hasTtl = edit && edit->after;
    m_ttl->setVisible(hasTtl);
    m_ttlLabel->setVisible(hasTtl);
    if (hasTtl) {
        const FactPointer *fact = m_whatIf.facts().find(edit->name, edit->type);
        const bool isKnown = fact && !(*fact)->dns().records.empty();
        m_ttl->setPlaceholderText(isKnown ? tr("%1 today").arg(grouped((*fact)->dns().records.front().ttl))
                                          : QString::number(fixes::UsualTtl));
        const QString seconds = edit->ttl ? QString::number(*edit->ttl) : QString();
        if (!m_ttl->hasFocus() || !edit->ttl)
            m_ttl->setText(seconds);
    }
    const bool unread = edit && edit->after && !fixes::dataFromText(edit->type, *edit->after);
    m_reading->setVisible(unread);
    if (unread)
        m_reading->setText(edit->type == dns::RrType::MX
                               ? tr("Cannot be read yet: an MX record is a number and a host.")
                               : tr("Cannot be read yet. It changes nothing until it can."));
}

void WhatIfPanel::showFile(const fixes::FileChange &file)
{
    showTexts(file.before ? shownLines(*file.before) : QString(), linesOf(file.after));
    m_after->setEnabled(true);
    m_takeAway->setEnabled(false);
    m_ttl->hide();
    m_ttlLabel->hide();
    m_reading->setText(tr("A file for your web server, served as %1.").arg(shownString(file.mediaType)));
    m_reading->show();
}

void WhatIfPanel::typed()
{
    if (m_filling)
        return;
    std::string text = m_after->toPlainText().toStdString();
    if (text.size() > fixes::MaxEditOctets) {
        showCurrent();
        return;
    }
    m_filling = true;
    if (const int file = currentFile(); file >= 0) {
        const std::string &known = m_whatIf.draft().files[static_cast<std::size_t>(file)].after;
        const bool usesReturns = known.find("\r\n") != std::string::npos;
        m_whatIf.setFileText(static_cast<std::size_t>(file), usesReturns ? withReturns(text) : text);
    } else if (const int index = currentEdit(); index >= 0) {
        // A record is one line: what is pasted over several is joined.
        text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
        m_whatIf.setText(static_cast<std::size_t>(index), text);
    }
    m_filling = false;
}

void WhatIfPanel::ttlTyped()
{
    const int index = currentEdit();
    if (index < 0)
        return;
    const QString text = m_ttl->text().trimmed();
    bool isNumber = false;
    const uint seconds = text.toUInt(&isNumber);
    const bool isFine = text.isEmpty() || (isNumber && seconds <= dns::LongestTtl);
    m_reading->setVisible(!isFine);
    m_reading->setText(isFine ? QString() : tr("A TTL is a number of seconds, such as 3600."));
    if (isFine)
        m_whatIf.setTtl(static_cast<std::size_t>(index),
                        text.isEmpty() ? std::nullopt : std::optional<std::uint32_t>(seconds));
}

void WhatIfPanel::takeAway()
{
    if (const int index = currentEdit(); index >= 0)
        m_whatIf.setText(static_cast<std::size_t>(index), std::nullopt);
}

void WhatIfPanel::discard()
{
    fixes::EditedRecords draft = m_whatIf.draft();
    if (const int file = currentFile(); file >= 0)
        draft.files.erase(draft.files.begin() + file);
    else if (const int index = currentEdit(); index >= 0)
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
    m_effect->setLines(linesOf(fixes::effectOf(*before, *after)));
}

void WhatIfPanel::copyChanges(const std::vector<fixes::Change> &changes)
{
    if (m_whatIf.reality())
        m_copies->copy(fixes::copyRequest(changes, m_whatIf.facts()));
}

} // namespace mailoscope::ui
