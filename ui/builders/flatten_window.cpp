// SPDX-License-Identifier: Apache-2.0
#include "builders/flatten_window.h"

#include "builders/outline_panel.h"
#include "gather/gatherer.h"
#include "pages/page_parts.h"
#include "providers/providers.h"
#include "report/json.h"
#include "report/spf_sets_tables.h"
#include "save_file.h"
#include "text/change_text.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "theme/window_size.h"
#include "widgets/copy_as_bar.h"
#include "widgets/flow_layout.h"
#include "widgets/lines_view.h"
#include "widgets/message_strip.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace mailoscope::ui
{

namespace
{

constexpr int MaxRows = 400; // of the tree; hostile zones hold more
constexpr int MaxDepth = 12;
constexpr qint64 MaxPlanOctets = 64LL << 20; // as on the command line

enum Column { Branch, Who, LookUps, Addresses, Note, ColumnCount };
constexpr int PlaceRole = Qt::UserRole; ///< redirects and term; none where it cannot be replaced

QString countsText(const AddressSet &set)
{
    QStringList parts;
    if (!set.v4.isEmpty())
        parts << FlattenWindow::tr("%1 IPv4").arg(grouped(countOf(set.v4)));
    if (!set.v6.isEmpty())
        parts << FlattenWindow::tr("%1 IPv6").arg(ipv6Count(countOf(set.v6)));
    return parts.join(QStringLiteral(", "));
}

QString whoIs(const std::optional<DomainName> &target)
{
    const auto provider = target ? providers::forSpfTarget(*target) : std::nullopt;
    if (!provider)
        return {};
    const QString name = toQString(provider->name);
    return provider->certain ? name : FlattenWindow::tr("looks like %1").arg(name);
}

QPushButton *button(const QString &name, const QString &text)
{
    auto *made = new QPushButton(text);
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

} // namespace

FlattenWindow::FlattenWindow(WhatIf &whatIf, std::shared_ptr<gather::Gatherer> gatherer,
                             FileChoosers choosers, QWidget *parent)
    : QDialog(parent),
      m_gatherer(std::move(gatherer)),
      m_choosers(std::move(choosers)),
      m_reality(whatIf.reality()),
      m_facts(whatIf.facts()),
      m_branches(new QTreeWidget),
      m_state(sentenceLabel()),
      m_changes(new LinesView),
      m_result(new OutlinePanel(QStringLiteral("flattenResult"))),
      m_copy(new CopyAsBar(QStringLiteral("flatten"), m_choosers)),
      m_try(button(QStringLiteral("flattenTry"), tr("&Try in what-if"))),
      m_save(button(QStringLiteral("flattenSave"), tr("Sa&ve the plan…"))),
      m_strip(new MessageStrip)
{
    setObjectName(QStringLiteral("flattenWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_reality ? tr("Flatten the SPF record of %1").arg(toQString(m_reality->domain))
                             : tr("Flatten an SPF record"));
    m_changes->setObjectName(QStringLiteral("flattenChanges"));
    m_changes->setAccessibleName(tr("Records to publish"));
    m_state->setObjectName(QStringLiteral("flattenState"));
    auto *right = new QWidget;
    auto *rightRows = new QVBoxLayout(right);
    rightRows->setContentsMargins(0, 0, 0, 0);
    rightRows->addWidget(m_state);
    auto *down = new QSplitter(Qt::Vertical);
    down->setObjectName(QStringLiteral("flattenDown"));
    down->setChildrenCollapsible(false);
    down->addWidget(m_changes);
    down->addWidget(m_result);
    rightRows->addWidget(down, 1);
    auto *split = new QSplitter(Qt::Horizontal);
    split->setObjectName(QStringLiteral("flattenSplit"));
    split->setChildrenCollapsible(false);
    split->addWidget(makeChoices());
    split->addWidget(right);
    split->setSizes({digits(*this, 78), digits(*this, 60)});
    auto *open = button(QStringLiteral("flattenOpen"), tr("Check a &plan…"));
    open->setToolTip(toolTipFor(tr("Opens a plan that was saved and says what has changed since.")));
    m_save->setToolTip(toolTipFor(tr("Keep it to check later whether the addresses have changed.")));
    auto *ends = new FlowLayout;
    ends->setSpacing(halfEm(*this));
    ends->addWidget(m_copy);
    for (QPushButton *each : {open, m_save, m_try})
        ends->addWidget(each);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(m_strip);
    rows->addWidget(split, 1);
    rows->addLayout(ends);
    resizeWithinScreen(*this, {digits(*this, 145), em(*this) * 38});
    m_strip->fallSilent();
    connect(m_copy, &CopyAsBar::told, this, [this](bool done, const QString &sentence) {
        m_strip->say(done ? Meaning::Ok : Meaning::High, sentence);
    });
    connect(m_try, &QPushButton::clicked, this, [this] {
        if (m_plan)
            Q_EMIT tryWanted(m_plan->rewriting.domain, m_plan->rewriting.changes);
    });
    connect(m_save, &QPushButton::clicked, this, &FlattenWindow::savePlan);
    connect(open, &QPushButton::clicked, this, &FlattenWindow::openPlan);
    connect(m_branches, &QTreeWidget::itemChanged, this, [this] {
        if (!m_filling)
            rewrite(Way::Chosen);
    });
    showPlan();
    if (!m_reality) {
        m_state->setText(tr("Inspect a domain first."));
        return;
    }
    FactReader reader(m_facts, {false, false});
    m_evaluation = spf::evaluate(m_reality->domain, reader, m_records);
    fillBranches();
    m_state->setText(tr("Tick the branches that are to be replaced by the addresses they stand for."));
}

FlattenWindow::~FlattenWindow()
{
    m_loop.stop();
}

QWidget *FlattenWindow::makeChoices()
{
    m_branches->setObjectName(QStringLiteral("flattenBranches"));
    m_branches->setAccessibleName(tr("Branches of the record"));
    m_branches->setColumnCount(ColumnCount);
    m_branches->setHeaderLabels({tr("Branch"), tr("Who"), tr("Look-ups"), tr("Addresses"), tr("Note")});
    m_branches->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_branches->header()->setStretchLastSection(true);
    m_branches->setColumnWidth(Branch, digits(*this, 34));
    m_branches->setColumnWidth(Who, digits(*this, 17));
    m_branches->setColumnWidth(LookUps, digits(*this, 9));
    auto *under = button(QStringLiteral("flattenUnderLimit"), tr("&Fewest under the limit"));
    under->setToolTip(
        toolTipFor(tr("Ticks the fewest branches that bring the record to 10 look-ups or fewer; known "
                      "providers only where it cannot be done without them.")));
    auto *clean = button(QStringLiteral("flattenClean"), tr("C&lean only"));
    clean->setToolTip(
        toolTipFor(tr("Takes out terms that are needless and joins networks; no branch is replaced.")));
    connect(under, &QPushButton::clicked, this, [this] { rewrite(Way::UnderLimit); });
    connect(clean, &QPushButton::clicked, this, [this] {
        tick({});
        rewrite(Way::Clean);
    });
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(halfEm(*this));
    buttons->addWidget(under);
    buttons->addWidget(clean);
    buttons->addStretch();
    auto *choices = new QWidget;
    auto *rows = new QVBoxLayout(choices);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_branches, 1);
    rows->addLayout(buttons);
    return choices;
}

void FlattenWindow::fillBranches()
{
    m_filling = true;
    m_branches->clear();
    m_rows = 0;
    for (const spf::Branch &branch : spf::branchesOf(m_evaluation)) {
        if (m_rows++ >= MaxRows)
            break;
        auto *item = new QTreeWidgetItem(m_branches);
        item->setText(Branch, shownString(branch.text));
        item->setText(Who, whoIs(branch.target));
        item->setText(LookUps, QString::number(branch.lookups));
        item->setTextAlignment(LookUps, Qt::AlignRight | Qt::AlignVCenter);
        item->setText(Addresses, countsText(branch.addresses));
        const QString note = !branch.canBeReplaced() ? toQString(sentenceOf(branch))
                             : branch.decidesNothing ? tr("decides nothing today")
                                                     : QString();
        item->setText(Note, note);
        item->setToolTip(Note, toolTipFor(note));
        if (branch.canBeReplaced()) {
            item->setData(Branch, PlaceRole,
                          QVariantList{static_cast<qulonglong>(branch.place.redirects),
                                       static_cast<qulonglong>(branch.place.term)});
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(Branch, Qt::Unchecked);
        } else {
            item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
        }
        const spf::TermNode &term = branch.term();
        if (term.child) {
            for (const spf::TermNode &below : term.child->terms)
                addNode(*item, below, 1);
        }
    }
    m_filling = false;
}

/// What stands below a branch, to be read: it goes or stays with the branch.
void FlattenWindow::addNode(QTreeWidgetItem &parent, const spf::TermNode &term, int depth)
{
    if (term.subtreeLookups == 0 || depth > MaxDepth || m_rows >= MaxRows)
        return;
    ++m_rows;
    auto *item = new QTreeWidgetItem(&parent);
    item->setFlags(item->flags() & ~Qt::ItemIsUserCheckable);
    item->setText(Branch, term.target ? toQString(*term.target) : tr("(a name that depends on the message)"));
    item->setText(Who, whoIs(term.target));
    item->setText(LookUps, QString::number(term.subtreeLookups));
    item->setTextAlignment(LookUps, Qt::AlignRight | Qt::AlignVCenter);
    if (term.child) {
        for (const spf::TermNode &below : term.child->terms)
            addNode(*item, below, depth + 1);
    }
}

std::set<spf::BranchPlace> FlattenWindow::ticked() const
{
    std::set<spf::BranchPlace> places;
    for (int i = 0; i < m_branches->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = m_branches->topLevelItem(i);
        const QVariantList place = item->data(Branch, PlaceRole).toList();
        if (place.size() == 2 && item->checkState(Branch) == Qt::Checked)
            places.insert({static_cast<std::size_t>(place[0].toULongLong()),
                           static_cast<std::size_t>(place[1].toULongLong())});
    }
    return places;
}

void FlattenWindow::tick(const std::set<spf::BranchPlace> &places)
{
    m_filling = true;
    for (int i = 0; i < m_branches->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_branches->topLevelItem(i);
        const QVariantList place = item->data(Branch, PlaceRole).toList();
        if (place.size() != 2)
            continue;
        const bool isTicked = places.contains({static_cast<std::size_t>(place[0].toULongLong()),
                                               static_cast<std::size_t>(place[1].toULongLong())});
        item->setCheckState(Branch, isTicked ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
}

void FlattenWindow::rewrite(Way way)
{
    if (!m_reality || !m_gatherer)
        return;
    m_plan.reset();
    showPlan();
    spf::FlattenOptions options;
    options.replaced = ticked();
    if (way == Way::Chosen && options.replaced.empty()) {
        m_loop.stop();
        m_state->setText(tr("Tick the branches that are to be replaced by the addresses they stand for."));
        return;
    }
    m_state->setText(tr("Working it out…"));
    auto result = std::make_shared<Result<spf::Rewriting, spf::Refusal>>(spf::Refusal{});
    disconnect(&m_loop, nullptr, this, nullptr);
    connect(&m_loop, &FactLoop::finished, this, [this, result, way] {
        if (!*result) {
            showRefusal(result->error());
            return;
        }
        m_plan = RewritingReport{*std::move(*result), m_gatherer->context().inspectedAt};
        if (way == Way::UnderLimit) {
            std::set<spf::BranchPlace> places;
            for (const spf::Branch &branch : m_plan->rewriting.replaced)
                places.insert(branch.place);
            tick(places);
        }
        showPlan();
    });
    m_loop.start(m_gatherer, m_facts, [this, result, options, way](FactSource &facts) {
        *result = way == Way::Clean        ? spf::clean(m_evaluation, facts, m_records)
                  : way == Way::UnderLimit ? spf::bringUnderLimit(m_evaluation, facts, m_records)
                                           : spf::flatten(m_evaluation, facts, m_records, options);
    });
}

void FlattenWindow::showRefusal(const spf::Refusal &refusal)
{
    QStringList sentences{toQString(sentenceOf(refusal, m_reality->domain))};
    if (refusal.why != spf::Refusal::Why::CannotReplace) {
        for (const spf::Branch &branch : refusal.branches)
            sentences << toQString(sentenceOf(branch));
    }
    sentences.removeAll(QString());
    m_state->setText(sentences.join(QLatin1Char('\n')));
}

void FlattenWindow::showPlan()
{
    std::vector<DetailLine> lines;
    fixes::CopyRequest request;
    if (m_plan) {
        const spf::Rewriting &rewriting = m_plan->rewriting;
        m_state->setText(tr("✔ Proven. Look-ups %1 → %2, %n new record(s).", nullptr,
                            static_cast<int>(rewriting.chain.size()))
                             .arg(rewriting.lookupsBefore)
                             .arg(rewriting.proof.lookups));
        for (const fixes::Change &change : rewriting.changes)
            addChangeLines(lines, change);
        m_result->showOutline(outlineOf(*m_plan, CheckInWindow));
        request = fixes::copyRequest(rewriting.changes, m_facts);
    } else {
        m_result->showOutline({});
    }
    m_changes->setLines(lines);
    m_copy->setRequest(std::move(request), m_reality ? toQString(m_reality->domain) : QString());
    m_save->setEnabled(m_plan.has_value());
    m_try->setEnabled(m_plan.has_value());
}

void FlattenWindow::savePlan()
{
    if (!m_plan)
        return;
    const std::string text = toText(toJson(*m_plan), JsonLayout::Indented) + '\n';
    m_choosers.saveAny(
        this, tr("Save the plan"), toQString(m_reality->domain) + QStringLiteral("-flattened.json"),
        [this, text](const QString &path) {
            if (const std::optional<QString> problem = saveFile(path, text))
                m_strip->say(Meaning::High, *problem);
            else
                m_strip->say(
                    Meaning::Ok,
                    tr("Saved as %1. Check it here later to see what has changed.").arg(shownFileName(path)));
        });
}

void FlattenWindow::openPlan()
{
    m_choosers.openAny(this, tr("Check a plan"), [this](const QString &path) { check(path); });
}

void FlattenWindow::check(const QString &path)
{
    const QString name = shownFileName(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > MaxPlanOctets) {
        m_strip->say(Meaning::High, tr("%1 could not be read.").arg(name));
        return;
    }
    const Result<FlattenedFile, std::string> plan = readFlattened(file.readAll().toStdString());
    if (!plan) {
        m_strip->say(Meaning::Medium, QStringLiteral("%1: %2").arg(name, toQString(plan.error())));
        return;
    }
    if (!m_gatherer) {
        m_strip->say(Meaning::Medium, tr("Inspect a domain first: its resolver is asked."));
        return;
    }
    m_plan.reset();
    tick({});
    showPlan();
    m_state->setText(tr("Looking up what the branches of %1 say now…").arg(toQString(plan->domain)));
    auto report = std::make_shared<DriftReport>();
    report->domain = plan->domain;
    report->then = plan->at;
    report->now = m_gatherer->context().inspectedAt;
    disconnect(&m_loop, nullptr, this, nullptr);
    connect(&m_loop, &FactLoop::finished, this, [this, report] {
        m_state->setText(tr("The plan for %1").arg(toQString(report->domain)));
        m_result->showOutline(outlineOf(*report));
    });
    m_loop.clear();
    // What is known may be as old as the plan: everything is asked again.
    m_loop.start(m_gatherer, FactStore(), [this, report, branches = plan->branches](FactSource &facts) {
        report->drifts = spf::driftOf(report->domain, branches, facts, m_records);
    });
}

} // namespace mailoscope::ui
