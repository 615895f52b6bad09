// SPDX-License-Identifier: Apache-2.0
#include "widgets/findings_panel.h"

#include "builders/forms.h"
#include "fixes/copy_as.h"
#include "models/findings_filter.h"
#include "models/findings_model.h"
#include "pages/page_parts.h"
#include "report/explain.h"
#include "report/fix_words.h"
#include "report/reference_url.h"
#include "selection.h"
#include "text/change_text.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/flow_layout.h"
#include "widgets/lines_view.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSplitter>
#include <QTableView>
#include <QToolButton>
#include <QUrl>

namespace mailoscope::ui
{

namespace
{

void addFixLines(std::vector<DetailLine> &lines, const fixes::Fix &fix)
{
    const FixText words = explain(fix);
    lines.push_back({DetailLine::Kind::Words,
                     fix.isProven() ? FindingsPanel::tr("✔ Proven fix") : FindingsPanel::tr("? Suggestion"),
                     toQString(words.summary)});
    lines.push_back({DetailLine::Kind::Words, {}, toQString(words.why)});
    for (const fixes::Change &change : fix.changes)
        addChangeLines(lines, change);
    for (const std::string &obstacle : words.obstacles)
        lines.push_back({DetailLine::Kind::Words, FindingsPanel::tr("Not proven"), toQString(obstacle)});
    lines.push_back({DetailLine::Kind::Words, FindingsPanel::tr("Risk"), toQString(words.risk)});
}

/// The builder that makes what the finding is about; empty where there is none.
QString formFor(const Finding &finding)
{
    for (const std::string_view form : {"spf", "dmarc", "dkim", "bimi"}) {
        if (finding.section == form)
            return toQString(form);
    }
    if (finding.section == "mta_sts")
        return QStringLiteral("mta-sts");
    if (finding.section == "tls_rpt")
        return QStringLiteral("tls-rpt");
    return {};
}

} // namespace

FindingsPanel::FindingsPanel(Selection &selection, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_model(new FindingsModel(this)),
      m_filter(new FindingsFilter(this)),
      m_query(new QLineEdit),
      m_problem(new QLabel),
      m_table(new QTableView),
      m_words(new LinesView),
      m_tryFix(new QToolButton),
      m_copyFix(new QToolButton),
      m_make(new QToolButton),
      m_reference(new QToolButton),
      m_openReference(new QAction(this)),
      m_copyForms(new QMenu(tr("Copy the &fix as"), this)),
      m_forms(new QActionGroup(this))
{
    setObjectName(QStringLiteral("findingsPanel"));
    m_filter->setSourceModel(m_model);
    m_query->setObjectName(QStringLiteral("findingsFilter"));
    m_query->setAccessibleName(tr("Filter findings"));
    m_query->setPlaceholderText(tr("Filter: sev>=medium area==spf text"));
    m_query->setClearButtonEnabled(true);
    m_query->addAction(icon(QStringLiteral("inspect")), QLineEdit::LeadingPosition);
    m_problem->setObjectName(QStringLiteral("findingsFilterProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_table->setObjectName(QStringLiteral("findingsTable"));
    m_table->setAccessibleName(tr("Findings"));
    setUpTable(*m_table);
    m_table->setModel(m_filter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(FindingsModel::Severity, Qt::AscendingOrder);
    m_table->setColumnWidth(FindingsModel::Severity, digits(*this, 14));
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(FindingsModel::Title, QHeaderView::Stretch);
    m_table->setColumnWidth(FindingsModel::Standard, digits(*this, 27));
    m_table->setColumnWidth(FindingsModel::Where, digits(*this, 24));
    m_table->setColumnWidth(FindingsModel::Id, digits(*this, 22));
    m_words->setObjectName(QStringLiteral("findingWords"));
    m_words->setAccessibleName(tr("Why the finding matters and what to do"));

    m_tryFix->setObjectName(QStringLiteral("tryFix"));
    m_tryFix->setText(tr("&Try in what-if"));
    m_tryFix->setToolTip(toolTipFor(tr("Lays the fix over the domain. Nothing is published.")));
    m_copyFix->setObjectName(QStringLiteral("copyFix"));
    m_copyFix->setText(tr("&Copy the fix"));
    m_copyFix->setPopupMode(QToolButton::MenuButtonPopup);
    m_copyFix->setMenu(m_copyForms);
    connect(m_tryFix, &QToolButton::clicked, this, [this] {
        if (const fixes::Fix *fix = currentFix())
            Q_EMIT fixTried(fixes::Fix(*fix));
    });
    connect(m_copyFix, &QToolButton::clicked, this, &FindingsPanel::copyFix);
    makeFormMenu();

    m_make->setObjectName(QStringLiteral("makeForFinding"));
    connect(m_make, &QToolButton::clicked, this, [this] {
        if (const Finding *finding = current())
            Q_EMIT makeWanted(formFor(*finding));
    });

    m_reference->setObjectName(QStringLiteral("openReference"));
    connect(m_reference, &QToolButton::clicked, this, &FindingsPanel::openReference);
    makeActions();

    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("findingsSplit"));
    split->addWidget(m_table);
    auto *beside = new QWidget;
    auto *besideRows = new QVBoxLayout(beside);
    besideRows->setContentsMargins(0, 0, 0, 0);
    besideRows->setSpacing(halfEm(*this) / 2);
    besideRows->addWidget(m_words, 1);
    auto *buttons = new FlowLayout;
    buttons->setSpacing(halfEm(*this));
    for (QToolButton *button : {m_tryFix, m_copyFix, m_make, m_reference})
        buttons->addWidget(button);
    besideRows->addLayout(buttons);
    split->addWidget(beside);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    auto *head = new QHBoxLayout;
    head->setSpacing(halfEm(*this));
    head->setContentsMargins(halfEm(*this) / 2, halfEm(*this) / 2, halfEm(*this) / 2, 0);
    head->addWidget(m_query, 2);
    head->addWidget(m_problem, 3);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(halfEm(*this) / 2);
    rows->addLayout(head);
    rows->addWidget(split, 1);

    connect(m_query, &QLineEdit::textChanged, this, &FindingsPanel::applyFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FindingsPanel::choose);
    connect(m_table, &QAbstractItemView::clicked, this, &FindingsPanel::choose);
    connect(m_table, &QAbstractItemView::activated, this, &FindingsPanel::choose);
    connect(&m_selection, &Selection::changed, this, &FindingsPanel::follow);
}

void FindingsPanel::makeFormMenu()
{
    m_copyForms->setObjectName(QStringLiteral("copyFixAs"));
    m_copyForms->setToolTipsVisible(true);
    for (const fixes::CopyFormInfo &form : fixes::copyForms()) {
        const QString option = toQString(form.option);
        QAction *action = m_copyForms->addAction(toQString(form.title));
        action->setData(option);
        action->setCheckable(true);
        action->setToolTip(toolTipFor(toQString(form.mind)));
        m_forms->addAction(action);
        connect(action, &QAction::triggered, this, [this, option] {
            Q_EMIT copyFormChosen(option);
            copyFix();
        });
    }
    setCopyForm(toQString(fixes::copyForms().front().option));
}

void FindingsPanel::setCopyForm(const QString &option)
{
    for (QAction *action : m_forms->actions()) {
        if (action->data().toString() != option)
            continue;
        action->setChecked(true);
        m_copyFix->setToolTip(
            toolTipFor(tr("As: %1. Other forms stand in the menu beside it.").arg(action->text())));
    }
}

void FindingsPanel::makeActions()
{
    auto *copyAction = new QAction(tr("&Copy"), m_table);
    copyAction->setShortcut(QKeySequence::Copy);
    copyAction->setShortcutContext(Qt::WidgetShortcut);
    connect(copyAction, &QAction::triggered, this, &FindingsPanel::copy);
    m_table->addAction(copyAction);
    addCopyCellAction(*m_table);
    m_table->addAction(m_copyForms->menuAction());
    m_openReference->setObjectName(QStringLiteral("openReferenceAction"));
    connect(m_openReference, &QAction::triggered, this, &FindingsPanel::openReference);
    m_table->addAction(m_openReference);
    showActionsAsMenu(*m_table);
}

void FindingsPanel::showReference(const Finding *finding)
{
    const QString url = finding ? toQString(urlOf(finding->reference)) : QString();
    const QString where = finding ? toQString(toString(finding->reference)) : QString();
    const QString words = tr("Open %1 in the browser").arg(where);
    const bool isRfc = finding && finding->reference.document.starts_with("RFC ");
    m_reference->setVisible(!url.isEmpty());
    m_reference->setText(isRfc ? tr("Open %1").arg(toQString(finding->reference.document))
                               : tr("Open the draft"));
    m_reference->setAccessibleName(words);
    m_reference->setToolTip(toolTipFor(words + QLatin1Char('\n') + url));
    m_openReference->setText(finding ? words : tr("Open the standard in the browser"));
    m_openReference->setEnabled(!url.isEmpty());
}

void FindingsPanel::openReference()
{
    if (const Finding *finding = current()) {
        if (const std::string url = urlOf(finding->reference); !url.empty())
            Q_EMIT referenceWanted(QUrl(toQString(url)));
    }
}

void FindingsPanel::copyFix()
{
    if (const fixes::Fix *fix = currentFix())
        Q_EMIT fixCopied(fixes::Fix(*fix));
}

void FindingsPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Where room is short, what the pane beside the table says as well gives way to the findings themselves.
    m_table->setColumnHidden(FindingsModel::Standard, width() < digits(*this, 230));
    m_table->setColumnHidden(FindingsModel::Id, width() < digits(*this, 165));
    m_table->setColumnHidden(FindingsModel::Where, width() < digits(*this, 115));
}

void FindingsPanel::showReport(std::shared_ptr<const Report> report)
{
    const bool pending = !report || report->pending;
    m_report = report;
    m_following = true; // rows that come and go are no choice of the user
    m_model->setReport(std::move(report));
    m_following = false;
    explainCurrent();
    if (m_model->rowCount() == 0)
        m_problem->setText(pending ? QString() : tr("Nothing notable was found."));
    else
        applyFilter(m_query->text());
    Q_EMIT countChanged(m_model->rowCount());
}

void FindingsPanel::applyFilter(const QString &text)
{
    const Result<FindingsQuery, QString> query = FindingsQuery::parse(text);
    QPalette palette = QGuiApplication::palette();
    if (query) {
        m_filter->setQuery(*query);
        const int hidden = m_model->rowCount() - m_filter->rowCount();
        m_problem->setText(
            hidden > 0
                ? tr("%1 of %n finding(s) shown", nullptr, m_model->rowCount()).arg(m_filter->rowCount())
                : QString());
    } else {
        m_problem->setText(query.error());
        palette.setColor(QPalette::Text, Theme(palette).colour(Meaning::Critical));
    }
    m_query->setPalette(palette);
    m_query->setToolTip(query ? QString() : toolTipFor(query.error()));
}

const Finding *FindingsPanel::current() const
{
    return m_model->findingAt(m_filter->mapToSource(m_table->currentIndex()).row());
}

const fixes::Fix *FindingsPanel::currentFix() const
{
    const int row = m_filter->mapToSource(m_table->currentIndex()).row();
    const bool isShown = m_report && row >= 0 && static_cast<std::size_t>(row) < m_report->findings.size();
    return isShown ? m_report->fixOf(static_cast<std::size_t>(row)) : nullptr;
}

void FindingsPanel::choose()
{
    const Finding *finding = current();
    if (m_following || !finding)
        return;
    const QString section = toQString(finding->section);
    m_selection.selectFinding(*finding);
    Q_EMIT sectionWanted(section);
}

void FindingsPanel::follow()
{
    if (!m_selection.finding() && m_table->currentIndex().isValid()) {
        m_following = true;
        m_table->selectionModel()->clear();
        m_following = false;
    }
    explainCurrent();
}

void FindingsPanel::explainCurrent()
{
    const Finding *finding = current();
    std::vector<DetailLine> lines;
    if (finding) {
        const Explanation words = explain(*finding);
        lines.push_back({DetailLine::Kind::Words, tr("What"), toQString(words.title)});
        lines.push_back({DetailLine::Kind::Words, tr("Why"), toQString(words.why)});
        lines.push_back({DetailLine::Kind::Words, tr("Do"), toQString(words.whatToDo)});
        QString label = tr("Where");
        for (const Evidence &evidence : finding->evidence) {
            lines.push_back(
                {DetailLine::Kind::Code, label,
                 QStringLiteral("%1 %2").arg(shownString(evidence.type), shownString(evidence.name))});
            const Span span = evidence.span;
            if (!span.isEmpty() && span.end <= evidence.record.size()) {
                lines.push_back(
                    {DetailLine::Kind::Code,
                     {},
                     shownString(
                         std::string_view(evidence.record).substr(span.begin, span.end - span.begin))});
            }
            label.clear();
        }
        lines.push_back({DetailLine::Kind::Words, tr("See"), toQString(toString(finding->reference))});
        if (const fixes::Fix *fix = currentFix())
            addFixLines(lines, *fix);
    } else {
        const QString hint = m_model->rowCount() > 0
                                 ? tr("Select a finding to see why it matters and what to do.")
                                 : QString();
        if (!hint.isEmpty())
            lines.push_back({DetailLine::Kind::Words, {}, hint});
    }
    m_words->setLines(lines);
    const fixes::Fix *fix = currentFix();
    m_tryFix->setVisible(fix);
    m_copyFix->setVisible(fix);
    m_copyForms->menuAction()->setEnabled(fix);
    showReference(finding);
    const builders::Form *form = finding ? builders::findForm(formFor(*finding).toStdString()) : nullptr;
    m_make->setVisible(form);
    if (form) {
        m_make->setText(tr("Make…"));
        m_make->setAccessibleName(tr("Make: %1").arg(toQString(form->title)));
        m_make->setToolTip(toolTipFor(m_make->accessibleName()));
    }
}

void FindingsPanel::copy()
{
    QString text;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        if (const Finding *finding = m_model->findingAt(m_filter->mapToSource(row).row()))
            text += (text.isEmpty() ? QString() : QStringLiteral("\n")) + findingText(*finding);
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace mailoscope::ui
