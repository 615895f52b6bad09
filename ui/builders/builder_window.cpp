// SPDX-License-Identifier: Apache-2.0
#include "builders/builder_window.h"

#include "base/domain_input.h"
#include "builders/choice_field.h"
#include "text/change_text.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "theme/window_size.h"
#include "widgets/copy_as_bar.h"
#include "widgets/flow_layout.h"
#include "widgets/lines_view.h"
#include "widgets/message_strip.h"

#include <QCheckBox>
#include <QDateTime>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

/// Another one each second.
std::string idOfNow()
{
    return QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss")).toStdString();
}

QString capitalised(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

BuilderWindow::BuilderWindow(const builders::Form &form, KnownDomain known, FileChoosers choosers,
                             QWidget *parent)
    : QDialog(parent),
      m_form(form),
      m_known(std::move(known)),
      m_choosers(std::move(choosers)),
      m_split(new QSplitter(Qt::Horizontal)),
      m_sheet(new QWidget),
      m_name(new QLineEdit),
      m_ttl(new QLineEdit),
      m_problem(new QLabel),
      m_record(new LinesView),
      m_words(new LinesView),
      m_allTheSame(new QCheckBox(tr("Publish it all the sa&me: I know that no mail is lost"))),
      m_copy(new CopyAsBar(QStringLiteral("builder"), m_choosers)),
      m_try(new QPushButton(tr("&Try in what-if"))),
      m_strip(new MessageStrip)
{
    setObjectName(QStringLiteral("builder %1").arg(toQString(form.name)));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Make: %1").arg(toQString(form.title)));
    if (m_known.report)
        m_start = startOf(form, *m_known.report);

    m_split->setObjectName(QStringLiteral("builderSplit"));
    m_split->setChildrenCollapsible(false);
    m_split->addWidget(makeForm());
    m_split->addWidget(makeResult());
    m_split->setSizes({digits(*this, 62), digits(*this, 62)});
    auto *close = new QPushButton(tr("C&lose"));
    close->setObjectName(QStringLiteral("builderClose"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_try->setObjectName(QStringLiteral("builderTry"));
    m_try->setAutoDefault(false);
    m_try->setToolTip(toolTipFor(tr("Lays the record over the inspected domain. Nothing is published.")));
    connect(m_try, &QPushButton::clicked, this, [this] {
        if (m_domain && !m_changes.empty())
            Q_EMIT tryWanted(*m_domain, m_changes);
    });
    connect(m_copy, &CopyAsBar::told, this, [this](bool done, const QString &sentence) {
        m_strip->say(done ? Meaning::Ok : Meaning::High, sentence);
    });
    auto *ends = new FlowLayout;
    ends->setSpacing(halfEm(*this));
    ends->addWidget(m_copy);
    ends->addWidget(m_try);
    ends->addWidget(close);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(m_strip);
    rows->addWidget(m_split, 1);
    rows->addLayout(ends);
    m_strip->fallSilent();
    begin();
    resizeWithinScreen(*this, wantedSize());
}

BuilderWindow::~BuilderWindow() = default;

/// The whole form is to be seen at once.
QSize BuilderWindow::wantedSize() const
{
    const int width = digits(*this, 132);
    // Less wide than its half of the window, so that lines that break there are reckoned with.
    const int form = m_sheet->layout()->totalHeightForWidth(width / 2 - em(*this) * 3) + em(*this) * 3;
    const int around = layout()->totalSizeHint().height() - m_split->sizeHint().height();
    return {width, std::max(form, em(*this) * 28) + around};
}

QWidget *BuilderWindow::makeForm()
{
    auto *grid = new QGridLayout(m_sheet);
    grid->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), halfEm(*this));
    grid->setHorizontalSpacing(halfEm(*this));
    grid->setVerticalSpacing(halfEm(*this));
    grid->setColumnStretch(1, 1);
    int row = 0;
    const auto addLabel = [&](const QString &text, QWidget *buddy) {
        auto *label = new QLabel(QString(text).replace(u'&', QStringLiteral("&&")));
        label->setBuddy(buddy);
        label->setWordWrap(true);
        label->setMaximumWidth(digits(*this, 18));
        grid->addWidget(label, row, 0, Qt::AlignTop | Qt::AlignRight);
    };
    auto *title = new QLabel(capitalised(toQString(m_form.summary)));
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    QFont bold = title->font();
    bold.setBold(true);
    title->setFont(bold);
    grid->addWidget(title, row++, 0, 1, 2);
    m_name->setObjectName(QStringLiteral("builderDomain"));
    m_name->setAccessibleName(tr("Domain"));
    m_name->setMaxLength(1000);
    addLabel(tr("Domain"), m_name);
    grid->addWidget(m_name, row++, 1);
    m_problem->setObjectName(QStringLiteral("builderProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    m_problem->setMinimumWidth(1);
    m_problem->hide();
    for (const builders::FormField &field : m_form.fields) {
        auto *input = new ChoiceField(m_form, field, m_start.suggestions, m_choosers);
        m_fields.push_back(input);
        if (const QString label = input->label(); !label.isEmpty())
            addLabel(label, input->input());
        grid->addWidget(input, row++, 1);
    }
    m_ttl->setObjectName(QStringLiteral("field ttl"));
    m_ttl->setAccessibleName(tr("TTL in seconds"));
    m_ttl->setPlaceholderText(tr("seconds that the record may be kept (3600)"));
    m_ttl->setMaxLength(20);
    addLabel(tr("TTL"), m_ttl);
    grid->addWidget(m_ttl, row++, 1);
    grid->addWidget(m_problem, row++, 0, 1, 2);
    grid->setRowStretch(row, 1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("builderScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_sheet);
    return scroll;
}

QWidget *BuilderWindow::makeResult()
{
    m_record->setObjectName(QStringLiteral("builderRecord"));
    m_record->setAccessibleName(tr("What would be published"));
    m_words->setObjectName(QStringLiteral("builderWords"));
    m_words->setAccessibleName(tr("What each part means, and what to mind"));
    m_allTheSame->setObjectName(QStringLiteral("builderAllTheSame"));
    connect(m_allTheSame, &QCheckBox::toggled, this, &BuilderWindow::rebuild);
    auto *down = new QSplitter(Qt::Vertical);
    down->setObjectName(QStringLiteral("builderDown"));
    down->setChildrenCollapsible(false);
    down->addWidget(m_record);
    down->addWidget(m_words);
    down->setSizes({em(*this) * 10, em(*this) * 18});
    auto *result = new QWidget;
    auto *rows = new QVBoxLayout(result);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(down, 1);
    rows->addWidget(m_allTheSame);
    return result;
}

void BuilderWindow::begin()
{
    if (m_known.report)
        m_name->setText(toQString(unicodeForm(m_known.report->domain)));
    for (ChoiceField *field : m_fields) {
        const std::string_view option = field->field().option;
        field->setValues(m_start.choices.values(option));
        if (option == "id")
            field->setValues({idOfNow()});
        connect(field, &ChoiceField::changed, this, &BuilderWindow::rebuild);
    }
    if (const auto ttl = m_start.choices.value(builders::TtlOption))
        m_ttl->setText(QString::fromStdString(*ttl));
    connect(m_name, &QLineEdit::textChanged, this, &BuilderWindow::rebuild);
    connect(m_ttl, &QLineEdit::textChanged, this, &BuilderWindow::rebuild);
    if (m_known.report && !m_fields.empty())
        m_fields.front()->setFocus();
    else
        m_name->setFocus();
    rebuild();
}

builders::Choices BuilderWindow::choices() const
{
    builders::Choices choices;
    for (const ChoiceField *field : m_fields)
        choices.set(field->field().option, field->values());
    if (const QString ttl = m_ttl->text().trimmed(); !ttl.isEmpty())
        choices.set(builders::TtlOption, ttl.toStdString());
    return choices;
}

bool BuilderWindow::isAbout(const std::shared_ptr<const Report> &report) const
{
    return report && m_known.report ? report->domain == m_known.report->domain : report == m_known.report;
}

bool BuilderWindow::isKnown() const
{
    return m_domain && m_known.report && m_known.report->domain == *m_domain;
}

/// Says what is too much, so that nonsense that was pasted costs nothing.
bool BuilderWindow::isWithinBounds()
{
    bool fits = true;
    for (ChoiceField *field : m_fields) {
        const std::vector<std::string> values = field->values();
        const bool isTooMuch = values.size() > ChoiceField::MaxValues ||
                               std::any_of(values.begin(), values.end(), [](const std::string &value) {
                                   return value.size() > ChoiceField::MaxOctets;
                               });
        field->showError(isTooMuch ? tr("That is more than any record can hold.") : QString());
        fits = fits && !isTooMuch;
    }
    return fits;
}

void BuilderWindow::rebuild()
{
    const Result<DomainName, DomainInputError> domain = readDomain(m_name->text().trimmed().toStdString());
    m_domain = domain ? std::optional(*domain) : std::nullopt;
    m_changes.clear();
    if (!isWithinBounds())
        showResult(builders::BuildError{"", tr("Nothing is made of that much.").toStdString()});
    else if (!domain)
        showResult(builders::BuildError{"", domain.error().message});
    else
        showResult(m_form.build(*domain, choices()));
}

void BuilderWindow::showResult(const builders::BuildResult &result)
{
    QString problem;
    std::vector<DetailLine> record;
    std::vector<DetailLine> words;
    const auto say = [&words](const QString &label, const QString &text) {
        words.push_back({DetailLine::Kind::Words, label, text});
    };
    std::vector<std::string> cautions;
    if (!result) {
        const QString sentence = toQString(builders::inWordsOfForm(m_form, result.error().sentence));
        const auto at = std::find_if(m_fields.begin(), m_fields.end(), [&](const ChoiceField *field) {
            return field->field().option == result.error().option;
        });
        if (at != m_fields.end())
            (*at)->showError(sentence);
        else
            problem = sentence;
        record.push_back({DetailLine::Kind::Words, {}, tr("No record yet: %1").arg(sentence)});
    } else {
        m_changes = isKnown() ? inPlace(result->changes, m_known.facts) : result->changes;
        if (isKnown())
            cautions = cautionsOf(m_form, choices(), *m_known.report, m_known.facts);
        if (m_changes.empty())
            record.push_back({DetailLine::Kind::Words, {}, tr("The domain publishes exactly this today.")});
        for (const fixes::Change &change : m_changes)
            addChangeLines(record, change);
        for (const std::string &caution : cautions)
            say(tr("▲ Against it"), toQString(caution));
        for (const std::string &warning : result->warnings)
            say(tr("◆ Mind"), toQString(builders::inWordsOfForm(m_form, warning)));
        for (const builders::Explanation &explanation : result->explanations) {
            words.push_back({DetailLine::Kind::Code, {}, toQString(explanation.part)});
            say({}, toQString(explanation.sentence));
        }
        for (const std::string &unchecked : result->unchecked)
            say(tr("○ Not checked"), toQString(unchecked));
    }
    if (isKnown()) {
        for (const std::string &sentence : m_start.leftOut)
            say(tr("Left out"), toQString(sentence));
    }
    QPalette palette = QGuiApplication::palette();
    palette.setColor(QPalette::WindowText, Theme(palette).colour(Meaning::Critical));
    m_problem->setPalette(palette);
    m_problem->setText(problem.isEmpty() ? QString() : QStringLiteral("✖ ") + problem);
    m_problem->setVisible(!problem.isEmpty());
    m_record->setLines(record);
    m_words->setLines(words);
    m_allTheSame->setVisible(!cautions.empty());
    m_copy->setLocked(!cautions.empty() && !m_allTheSame->isChecked());
    fixes::CopyRequest request;
    if (!m_changes.empty()) {
        request = fixes::copyRequest(m_changes, isKnown() ? m_known.facts : FactStore());
        if (!isKnown())
            request.basis = fixes::Basis::NotSeen;
    }
    m_copy->setRequest(std::move(request), m_domain ? toQString(*m_domain) : QString());
    m_try->setEnabled(isKnown() && !m_changes.empty());
}

} // namespace mailoscope::ui
