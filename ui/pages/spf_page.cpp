// SPDX-License-Identifier: Apache-2.0
#include "pages/spf_page.h"

#include "graph/graph_view.h"
#include "map/map_panel.h"
#include "models/budget.h"
#include "models/spf_tree_model.h"
#include "pages/page_parts.h"
#include "report/explain.h"
#include "selection.h"
#include "text/figures.h"
#include "text/place_details.h"
#include "text/shown_string.h"
#include "text/spf_row_text.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/budget_bar.h"
#include "widgets/flow_layout.h"
#include "widgets/lines_view.h"
#include "widgets/record_editor.h"
#include "widgets/record_view.h"
#include "widgets/spf_tree_view.h"
#include "widgets/view_switch.h"
#include "widgets/walk_panel.h"

#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

QString sentenceFor(const spf::Evaluation &spf)
{
    switch (spf.status) {
    case spf::Evaluation::Status::Pending:
        return SpfPage::tr("Waiting for the SPF record.");
    case spf::Evaluation::Status::Missing:
        return SpfPage::tr("The domain has no SPF record: receivers cannot tell who may send in its name.");
    case spf::Evaluation::Status::Invalid:
        return SpfPage::tr("The SPF record is broken: receivers answer permerror, whoever sends.");
    case spf::Evaluation::Status::TempError:
        return SpfPage::tr("Not known: the look-up of the SPF record failed. Inspect again later.");
    case spf::Evaluation::Status::NotChecked:
        return SpfPage::tr("Not known: the snapshot does not hold all answers that SPF needs.");
    case spf::Evaluation::Status::Ok:
        break;
    }
    if (!spf.finalAll)
        return spf.pending ? SpfPage::tr("SPF record found; answers are still to come.")
                           : SpfPage::tr("SPF record found. It says nothing of everyone else: neutral.");
    //: %1 is the result for everyone who is not listed: fail, softfail, neutral or pass
    return SpfPage::tr("SPF record found. Everyone who is not listed: %1.")
        .arg(toQString(spf::toString(*spf.finalAll)));
}

Meaning meaningFor(const spf::Evaluation &spf)
{
    switch (spf.status) {
    case spf::Evaluation::Status::Pending:
        return Meaning::Waiting;
    case spf::Evaluation::Status::Missing:
        return Meaning::High;
    case spf::Evaluation::Status::Invalid:
        return Meaning::Critical;
    case spf::Evaluation::Status::TempError:
    case spf::Evaluation::Status::NotChecked:
        return Meaning::Unknown;
    case spf::Evaluation::Status::Ok:
        return spf.pending ? Meaning::Waiting : Meaning::Ok;
    }
    return Meaning::Unknown;
}

QString totalsFor(const spf::Evaluation &spf)
{
    QStringList totals;
    //: void look-ups spent of those allowed
    totals << SpfPage::tr("void %1/%2").arg(spf.voidLookups).arg(spf::Limits().voidLookups);
    const AddressSet &pass = spf.addresses.of(spf::CheckResult::Pass);
    const QString v4 = SpfPage::tr("%1 IPv4").arg(grouped(countOf(pass.v4)));
    totals << (spf.addresses.exact ? v4 : SpfPage::tr("at least %1").arg(v4));
    if (!pass.v6.isEmpty())
        totals << SpfPage::tr("%1 IPv6").arg(pass.v6.isAll() ? QStringLiteral("2¹²⁸")
                                                             : ipv6Count(countOf(pass.v6)));
    if (spf.limitsMatter)
        totals << SpfPage::tr("fewer than written: the limits cut in");
    if (spf.cut)
        totals << SpfPage::tr("tree cut at our bounds");
    return totals.join(QStringLiteral("  ·  "));
}

} // namespace

SpfPage::SpfPage(Selection &selection, AddressWalk &walk, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_walk(walk),
      m_model(new SpfTreeModel(this)),
      m_budget(new BudgetBar),
      m_shape(new QLabel),
      m_sentence(sentenceLabel()),
      m_lookups(new QLabel),
      m_totals(new QLabel),
      m_search(new QLineEdit),
      m_sample(new QLineEdit),
      m_tree(new SpfTreeView(*m_model, selection)),
      m_graph(new GraphView(selection, walk)),
      m_map(new MapPanel(selection, walk)),
      m_views(new ViewSwitch(QStringLiteral("spfViews"))),
      m_details(new LinesView),
      m_record(new RecordView(selection)),
      m_walkPanel(new WalkPanel(walk))
{
    setObjectName(QStringLiteral("spfPage"));
    m_details->setObjectName(QStringLiteral("details"));
    m_details->setAccessibleName(tr("Details of the selected row"));

    m_views->addView(m_tree, QStringLiteral("viewTree"), tr("Tr&ee"), tr("Every term in a row of its own"));
    m_views->addView(m_graph, QStringLiteral("viewGraph"), tr("&Graph"),
                     tr("Records and look-ups as a drawing (Ctrl+G)"));
    m_views->addView(m_map, QStringLiteral("viewMap"), tr("Ma&p"),
                     tr("The addresses that may send, drawn on a map of IPv4 (Ctrl+Shift+G)"));

    // Where the window is small for its font, the page scrolls rather than squeezing the tree.
    m_views->stack().setMinimumHeight(em(*this) * 9);
    auto *sheet = new QWidget;
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("spfScroll"));
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(sheet);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    auto *rows = new QVBoxLayout(sheet);
    rows->setContentsMargins(halfEm(*this), halfEm(*this), halfEm(*this), halfEm(*this));
    rows->setSpacing(halfEm(*this));
    rows->addWidget(makeHead());
    rows->addWidget(m_budget);
    rows->addWidget(makeTools());
    rows->addWidget(makeMiddle(), 1);
    rows->addWidget(m_walkPanel);

    connect(m_budget, &BudgetBar::branchChosen, &m_selection, &Selection::selectPath);
    connect(&m_selection, &Selection::changed, this, &SpfPage::showDetails);
    connect(m_search, &QLineEdit::textEdited, this, &SpfPage::search);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_tree->findNext(m_search->text()); });
    connect(m_sample, &QLineEdit::editingFinished, this,
            [this] { Q_EMIT sampleChanged(m_sample->text().trimmed()); });
    connect(&m_walk, &AddressWalk::changed, this, &SpfPage::followWalk);
    connect(m_map, &MapPanel::treeWanted, this, [this] {
        m_views->setCurrent(TreeIndex);
        m_tree->setFocus(Qt::OtherFocusReason);
    });
}

QWidget *SpfPage::makeHead()
{
    auto *head = new QWidget;
    m_sentence->setObjectName(QStringLiteral("spfSentence"));
    m_lookups->setObjectName(QStringLiteral("spfLookups"));
    m_totals->setObjectName(QStringLiteral("spfTotals"));
    for (QLabel *label : {m_lookups, m_totals}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    QFont bold = font();
    bold.setBold(true);
    m_sentence->setFont(bold);
    m_lookups->setFont(bold);
    m_sentence->setMinimumWidth(digits(*this, 30));
    m_sentence->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *row = new FlowLayout(head);
    row->setSpacing(halfEm(*this));
    row->addWidget(m_shape);
    row->addWidget(m_sentence);
    row->addWidget(m_lookups);
    row->addWidget(m_totals);
    return head;
}

QWidget *SpfPage::makeTools()
{
    auto *tools = new QWidget;
    m_search->setObjectName(QStringLiteral("treeSearch"));
    m_search->setAccessibleName(tr("Search the tree"));
    m_search->setPlaceholderText(tr("Search the tree (Ctrl+F, Enter for the next)"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(QStringLiteral("inspect")), QLineEdit::LeadingPosition);
    m_sample->setObjectName(QStringLiteral("sampleSender"));
    m_sample->setAccessibleName(tr("Sample sender for macros"));
    m_sample->setPlaceholderText(tr("someone@example.org, for macros"));
    m_sample->setClearButtonEnabled(true);
    m_sample->setToolTip(
        toolTipFor(tr("Targets with macros depend on the message: with a sender they can be looked up.")));
    for (QLineEdit *field : {m_search, m_sample})
        field->setMinimumWidth(digits(*this, 24));
    auto *row = new FlowLayout(tools);
    row->setSpacing(halfEm(*this));
    row->addWidget(m_views);
    row->addWidget(m_search);
    const auto addTool = [&](const QString &tool, const QString &text) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("open %1").arg(tool));
        button->setText(text);
        connect(button, &QToolButton::clicked, this, [this, tool] { Q_EMIT makeWanted(tool); });
        row->addWidget(button);
    };
    addTool(QStringLiteral("spf"), tr("Make…"));
    addTool(QStringLiteral("spf-compare"), tr("Compare…"));
    addTool(QStringLiteral("spf-flatten"), tr("Flatten…"));
    row->addWidget(labelled(tr("Sample se&nder"), m_sample));
    return tools;
}

QWidget *SpfPage::makeMiddle()
{
    auto *across = new QSplitter(Qt::Horizontal);
    across->setObjectName(QStringLiteral("spfAcross"));
    across->addWidget(&m_views->stack());
    across->addWidget(m_details);
    across->setStretchFactor(0, 5);
    across->setStretchFactor(1, 2);
    auto *down = new QSplitter(Qt::Vertical);
    down->setObjectName(QStringLiteral("spfDown"));
    down->addWidget(across);
    auto *place = new QWidget;
    m_recordRows = new QVBoxLayout(place);
    m_recordRows->setContentsMargins(0, 0, 0, 0);
    m_recordRows->addWidget(m_record);
    down->addWidget(place);
    down->setStretchFactor(0, 4);
    down->setStretchFactor(1, 0);
    across->setSizes({digits(*this, 110), digits(*this, 46)});
    // The page must not ask for more than it needs, or it would scroll for nothing; nor for less than can be
    // used, or the views would be cut off below.
    down->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    down->setMinimumHeight(m_views->stack().minimumHeight() + em(*this) * 2);
    down->setSizes({em(*this) * 24, em(*this) * 5});
    for (QSplitter *split : {across, down})
        split->setChildrenCollapsible(false);
    return down;
}

void SpfPage::allowEditing(WhatIf &whatIf)
{
    auto *editor = new RecordEditor(whatIf);
    m_recordRows->addWidget(editor);
    connect(m_record, &RecordView::editWanted, this,
            [this, editor](const DomainName &name, const std::string &text) {
                m_record->hide();
                editor->begin(name, dns::RrType::TXT, text);
            });
    connect(m_record, &RecordView::newWanted, this, [this, editor](const DomainName &name) {
        m_record->hide();
        editor->beginNew(name, dns::RrType::TXT);
    });
    connect(editor, &RecordEditor::ended, m_record, &QWidget::show);
}

void SpfPage::showReport(std::shared_ptr<const Report> report)
{
    m_report = std::move(report);
    m_model->setReport(m_report);
    m_graph->showReport(m_report);
    m_map->showReport(m_report);
    m_record->showReport(m_report);
    showDetails();
    if (m_report)
        showTotals(*m_report);
}

void SpfPage::showTotals(const Report &report)
{
    m_shape->setPixmap(icon(meaningFor(report.spf)).pixmap(QSize(em(*this), em(*this)), devicePixelRatioF()));
    m_shape->setAccessibleName(wordFor(meaningFor(report.spf)));
    m_sentence->setText(sentenceFor(report.spf));
    m_budget->showBudget(budgetOf(report.spf), report.spf.lookups, report.spf.root.atLeast);
    m_budget->mark(m_selection.path());
    const bool over = report.spf.lookups > spf::Limits().lookups;
    //: the limit of look-ups is passed
    m_lookups->setText(over ? tr("✖ %1: over the limit").arg(m_budget->words()) : m_budget->words());
    QPalette colours = QGuiApplication::palette();
    if (over)
        colours.setColor(QPalette::WindowText, Theme(colours).colour(Meaning::Critical));
    m_lookups->setPalette(colours);
    m_totals->setText(totalsFor(report.spf));
}

void SpfPage::showDetails()
{
    m_budget->mark(m_selection.path());
    const std::optional<SpfPlace> place =
        m_report ? placeAt(m_report->spf, m_selection.path()) : std::nullopt;
    m_details->setLines(place ? detailsOf(*m_report, *place) : std::vector<DetailLine>());
}

QWidget *SpfPage::currentView() const
{
    return m_views->stack().currentWidget();
}

void SpfPage::find()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void SpfPage::search(const QString &text)
{
    const QModelIndex current = m_tree->currentIndex();
    QPalette palette = QGuiApplication::palette();
    // The row at hand may go on matching while the text grows.
    const bool stays =
        current.isValid() && rowText(*m_model->placeOf(current)).contains(text, Qt::CaseInsensitive);
    if (!text.isEmpty() && !stays && !m_tree->findNext(text))
        palette.setColor(QPalette::Text, Theme(palette).colour(Meaning::Critical));
    m_search->setPalette(palette);
    m_search->setToolTip(palette == QGuiApplication::palette() ? QString() : tr("No row holds this text."));
}

void SpfPage::followWalk()
{
    if (m_walk.step())
        m_selection.selectPath(m_walk.place());
}

} // namespace mailoscope::ui
