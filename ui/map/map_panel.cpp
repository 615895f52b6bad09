// SPDX-License-Identifier: Apache-2.0
#include "map/map_panel.h"

#include "address_walk.h"
#include "map/map_legend.h"
#include "map/map_words.h"
#include "map/networks_table.h"
#include "pages/page_parts.h"
#include "pages/state_page.h"
#include "report/spf_notes.h"
#include "selection.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/lines_view.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTabWidget>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

constexpr int BlockLines = 4; ///< that are kept free for what is known of a block: nothing jumps
constexpr int LowLines = 14;  ///< lines of text: less is a low room

struct State {
    Meaning meaning;
    QString title;
    QString text;
};

/// Why there is nothing to draw; nothing where there is.
std::optional<State> stateOf(const Report *report, const AddressMap &map)
{
    using Status = spf::Evaluation::Status;
    if (!report || (report->spf.status == Status::Pending && map.isEmpty()))
        return State{Meaning::Waiting, MapPanel::tr("Nothing to draw yet"),
                     MapPanel::tr("The map appears as soon as the SPF record is known.")};
    switch (report->spf.status) {
    case Status::Missing:
        return State{Meaning::High, MapPanel::tr("No SPF record"),
                     MapPanel::tr("The domain names nobody who may send in its name, so there is nothing to "
                                  "draw. Make… above begins a record.")};
    case Status::Invalid:
        if (map.isEmpty())
            return State{
                Meaning::Critical, MapPanel::tr("The SPF record is broken"),
                MapPanel::tr("Receivers answer permerror, whoever sends: no address passes. The findings "
                             "tell what is wrong.")};
        break;
    case Status::TempError:
        return State{Meaning::Unknown, MapPanel::tr("Not known"),
                     MapPanel::tr("The look-up of the SPF record failed. Inspect again later.")};
    case Status::NotChecked:
        return State{Meaning::Unknown, MapPanel::tr("Not known"),
                     MapPanel::tr("The snapshot does not hold all answers that SPF needs.")};
    case Status::Pending:
    case Status::Ok:
        break;
    }
    if (!map.isEmpty() || !map.dependences().empty())
        return std::nullopt;
    if (map.isPending())
        return State{Meaning::Waiting, MapPanel::tr("No addresses yet"),
                     MapPanel::tr("The record is known; answers about its addresses are still to come.")};
    return State{Meaning::Ok, MapPanel::tr("No address may send"),
                 MapPanel::tr("The record lets nobody in. For a domain that sends no mail that is right.")};
}

} // namespace

MapPanel::MapPanel(Selection &selection, const AddressWalk &walk, QWidget *parent)
    : QWidget(parent),
      m_selection(selection),
      m_walk(walk),
      m_stack(new QStackedWidget),
      m_state(new StatePage(QStringLiteral("mapState"))),
      m_map(new MapView),
      m_goTo(new QLineEdit),
      m_error(sentenceLabel()),
      m_block(sentenceLabel()),
      m_tabs(new QTabWidget),
      m_legend(new MapLegend),
      m_v6Sentence(sentenceLabel()),
      m_v6(new NetworksTable),
      m_caveats(new LinesView)
{
    setObjectName(QStringLiteral("mapPanel"));
    m_state->setObjectName(QStringLiteral("mapState"));
    m_stack->addWidget(makeContent());
    m_stack->addWidget(m_state);
    auto *whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    setFocusProxy(m_map);

    auto *inTree = new QAction(tr("Show the branch in the &tree"), m_map);
    inTree->setObjectName(QStringLiteral("mapShowInTree"));
    connect(inTree, &QAction::triggered, this, [this] {
        const MapFact fact = factOf(m_map->map(), m_map->current());
        if (!fact.parts.empty())
            choose(fact.parts.front().branch);
        Q_EMIT treeWanted();
    });
    m_map->addMenuAction(inTree);
    connect(m_map, &MapView::spokenOfChanged, this, &MapPanel::tellBlock);
    connect(m_map, &MapView::chosen, this, [this](const Cidr &block) {
        const MapFact fact = factOf(m_map->map(), block);
        if (fact.parts.empty())
            m_selection.selectPath({});
        else
            choose(fact.parts.front().branch);
    });
    connect(m_legend, &MapLegend::branchChosen, this, &MapPanel::choose);
    connect(m_legend, &MapLegend::branchActivated, m_map, &MapView::goToNextOf);
    connect(m_v6, &NetworksTable::networkChosen, this,
            [this](const NetworkRow &row) { m_selection.selectPath(row.path); });
    connect(m_v6, &NetworksTable::networkActivated, this,
            [this](const NetworkRow &row) { m_selection.selectPath(row.path); });
    connect(m_goTo, &QLineEdit::returnPressed, this, &MapPanel::goToTyped);
    connect(m_goTo, &QLineEdit::textEdited, m_error, &QWidget::hide);
    connect(&m_selection, &Selection::changed, this, &MapPanel::followSelection);
    connect(&m_walk, &AddressWalk::changed, this, &MapPanel::followWalk);
}

QWidget *MapPanel::makeContent()
{
    m_goTo->setObjectName(QStringLiteral("mapGoTo"));
    m_goTo->setAccessibleName(tr("Go to address or network"));
    m_goTo->setPlaceholderText(tr("192.0.2.1 or 192.0.2.0/24"));
    m_goTo->setClearButtonEnabled(true);
    m_goTo->setMaxLength(200);
    m_error->setObjectName(QStringLiteral("mapError"));
    m_error->hide();
    m_block->setObjectName(QStringLiteral("mapBlock"));
    m_block->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_v6Sentence->setObjectName(QStringLiteral("mapV6Sentence"));
    m_v6->setObjectName(QStringLiteral("mapV6"));
    m_v6->setAccessibleName(tr("IPv6 networks"));
    m_v6->setColumnHidden(NetworksModel::Change, true);
    m_caveats->setObjectName(QStringLiteral("mapCaveats"));
    m_caveats->setAccessibleName(tr("What is on no map"));

    auto *v6 = new QWidget;
    auto *v6Rows = new QVBoxLayout(v6);
    v6Rows->setContentsMargins(0, halfEm(*this) / 2, 0, 0);
    v6Rows->addWidget(m_v6Sentence);
    v6Rows->addWidget(m_v6, 1);
    m_tabs->setObjectName(QStringLiteral("mapTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_legend, tr("Branches"));
    m_tabs->addTab(v6, tr("IPv6"));
    m_tabs->addTab(m_caveats, tr("On no map"));

    auto *label = new QLabel(tr("&Jump to"));
    label->setBuddy(m_goTo);
    auto *goRow = new QHBoxLayout;
    goRow->setSpacing(halfEm(*this));
    goRow->addWidget(label);
    goRow->addWidget(m_goTo, 1);
    auto *content = new QWidget;
    auto *beside = new QVBoxLayout;
    beside->setSpacing(halfEm(*this) / 2);
    beside->addLayout(goRow);
    beside->addWidget(m_error);
    beside->addWidget(m_block);
    beside->addWidget(m_tabs, 1);
    auto *across = new QHBoxLayout(content);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(halfEm(*this));
    across->addWidget(m_map);
    across->addLayout(beside, 1);
    setTabOrder(m_goTo, m_map);
    setTabOrder(m_map, m_tabs);
    return content;
}

bool MapPanel::hasMap() const
{
    return m_report && !m_map->map().isEmpty();
}

void MapPanel::showReport(std::shared_ptr<const Report> report)
{
    if (!m_report || !report || m_report->domain != report->domain) {
        m_isFresh = true;
        m_firstBlock.reset();
    }
    m_report = std::move(report);
    m_isStale = true;
    if (isVisible())
        renew();
}

void MapPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    fitMap();
    renew();
}

void MapPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitMap();
}

/// A square as high as there is room, and not wider than what stands beside it.
void MapPanel::fitMap()
{
    m_map->setSide(std::max(1, std::min(height(), width() / 2)));
    // Where the room is low, the lists need it more: the tool tip tells all.
    const int lines = height() < em(*this) * LowLines ? BlockLines / 2 : BlockLines;
    m_block->setFixedHeight(m_block->fontMetrics().lineSpacing() * lines);
}

void MapPanel::renew()
{
    if (!m_isStale)
        return;
    m_isStale = false;
    const auto map =
        m_report ? std::make_shared<const AddressMap>(m_report->spf) : std::make_shared<const AddressMap>();
    const std::optional<State> state = stateOf(m_report.get(), *map);
    if (state)
        m_state->tell(state->meaning, state->title, state->text, {});
    m_stack->setCurrentIndex(state ? 1 : 0);
    m_map->setMap(map);
    startAfresh();
    if (m_report)
        fillTables(*map);
    followSelection();
    followWalk();
}

/// The first block that is used is another one while answers arrive; from the user's first step on it stays.
void MapPanel::startAfresh()
{
    const bool isMoved = m_firstBlock && (m_map->current() != *m_firstBlock || !m_map->window().isWhole());
    if (!m_isFresh || isMoved || !hasMap()) {
        m_isFresh = m_isFresh && !isMoved;
        return;
    }
    m_error->hide();
    m_map->startAfresh();
    m_firstBlock = m_map->current();
    m_isFresh = m_report->spf.pending;
}

void MapPanel::fillTables(const AddressMap &map)
{
    m_legend->setRows(legendRowsOf(map, m_report->spf));
    std::vector<NetworkRow> v6 = v6RowsOf(map, m_report->spf);
    const auto count = static_cast<int>(v6.size());
    const Ipv6Set all = map.v6();
    m_v6Sentence->setText(
        count == 0 ? tr("The record lets no IPv6 address in.")
                   : tr("%1 IPv6 addresses. Drawn as IPv4 is, nearly all of the picture would be empty, so "
                        "they are listed.")
                         .arg(all.isAll() ? QStringLiteral("2¹²⁸") : ipv6Count(countOf(all))));
    m_v6->setRows(std::move(v6));
    m_v6->setVisible(count > 0);
    //: the tab of a list of IPv6 networks, and how many there are
    m_tabs->setTabText(1, count > 0 ? tr("IPv6 %1").arg(grouped(static_cast<quint64>(count))) : tr("IPv6"));
    std::vector<DetailLine> lines;
    for (const QString &sentence : map.caveats())
        lines.push_back({DetailLine::Kind::Words, {}, sentence});
    if (lines.empty())
        lines.push_back({DetailLine::Kind::Words, {}, tr("Everything that the record lets in is listed.")});
    m_caveats->setLines(lines);
}

void MapPanel::choose(int branch)
{
    const AddressMap &map = m_map->map();
    if (branch < 0 || branch >= static_cast<int>(map.branches().size()))
        return;
    // What is selected inside the branch stays.
    if (m_selection.path().empty() || map.branchHolding(m_selection.path()) != branch)
        m_selection.selectPath(map.branch(branch).path);
}

void MapPanel::followSelection()
{
    if (m_isStale)
        return;
    const TermPath &path = m_selection.path();
    const int branch = path.empty() ? -1 : m_map->map().branchHolding(path);
    m_map->highlight(branch);
    m_legend->markBranch(branch);
}

void MapPanel::followWalk()
{
    const auto &outcome = m_walk.outcome();
    if (!outcome && !m_walk.isWaiting()) {
        m_map->markWalk(std::nullopt, Meaning::Info);
        return;
    }
    const IpAddress address = m_walk.arguments().ip.unmapped();
    m_map->markWalk(address.isV4() ? std::optional(address) : std::nullopt,
                    outcome ? meaningOf(markOf(outcome->result)) : Meaning::Waiting);
}

void MapPanel::goToTyped()
{
    const GoToTarget target = readGoTo(m_goTo->text());
    QString error = target.error;
    if (target.block && target.block->address.isV4()) {
        m_map->goTo(*target.block);
        m_map->setFocus(Qt::ShortcutFocusReason);
    } else if (target.block) {
        m_tabs->setCurrentIndex(1);
        if (!m_v6->goTo(*target.block))
            error = tr("IPv6 is not drawn, and no listed network holds %1.")
                        .arg(toQString(target.block->toString()));
        else
            m_v6->setFocus(Qt::ShortcutFocusReason);
    }
    QPalette colours = m_error->palette();
    colours.setColor(QPalette::WindowText, Theme::current().colour(Meaning::Critical));
    m_error->setPalette(colours);
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    m_goTo->setAccessibleDescription(error);
}

void MapPanel::tellBlock()
{
    const QString words = wordsOf(m_map->map(), m_map->spokenOf());
    m_block->setText(words);
    m_block->setToolTip(toolTipFor(words));
}

} // namespace mailoscope::ui
