// SPDX-License-Identifier: Apache-2.0
#include "models/budget.h"
#include "models/facts_model.h"
#include "models/findings_model.h"
#include "models/look_ups_model.h"
#include "models/mx_hosts_model.h"
#include "models/sections_model.h"
#include "models/spf_tree_model.h"
#include "text/fact_text.h"
#include "text/spf_row_text.h"
#include "ui/reports.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using FailureReportingMode = QAbstractItemModelTester::FailureReportingMode;

namespace
{

/// The tree as text: an indent for each level, cells divided by bars.
QString printed(const QAbstractItemModel &model, const QModelIndex &parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex first = model.index(row, 0, parent);
        QStringList cells;
        for (int column = 0; column < SpfTreeModel::Who; ++column) {
            QString cell = first.siblingAtColumn(column).data().toString();
            if (column == SpfTreeModel::Means) {
                const QString status =
                    first.siblingAtColumn(column).data(SpfTreeModel::StatusRole).toString();
                cell = status.isEmpty() ? cell : QStringLiteral("[%1] %2").arg(status, cell).trimmed();
            }
            cells << cell;
        }
        text += QString(depth * 2, QLatin1Char(' ')) + cells.join(QLatin1Char('|')) + QLatin1Char('\n');
        text += printed(model, first, depth + 1);
    }
    return text;
}

} // namespace

class UiModelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theTreeTellsTermsCountsAndStatus()
    {
        SpfTreeModel model;
        const QAbstractItemModelTester tester(&model, FailureReportingMode::QtTest);
        model.setReport(reportOf(smallZone(), "example.com"));
        const QModelIndex root = model.index(0, 0);
        QCOMPARE(root.data().toString(), QStringLiteral("example.com"));
        QCOMPARE(model.rowCount(root), 6);
        const QModelIndex include = model.index(1, 0, root);
        QCOMPARE(include.data().toString(), QStringLiteral("include:_spf.example.net"));
        QCOMPARE(include.siblingAtColumn(SpfTreeModel::LookUps).data().toString(), QStringLiteral("2"));
        QCOMPARE(include.siblingAtColumn(SpfTreeModel::Sum).data().toString(), QStringLiteral("3"));
        QCOMPARE(model.rowCount(include), 3);
        const QModelIndex dead = model.index(5, 0, root);
        QCOMPARE(dead.siblingAtColumn(SpfTreeModel::Means).data(SpfTreeModel::MeaningRole).toInt(),
                 int(Meaning::Never));
        QVERIFY(
            !dead.siblingAtColumn(SpfTreeModel::Means).data(SpfTreeModel::StatusRole).toString().isEmpty());
    }

    void rowsFollowTheAnswersInPlace()
    {
        SpfTreeModel model;
        const QAbstractItemModelTester tester(&model, FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const auto reports = reportsOf(smallZone(), "example.com", 1);
        QVERIFY(reports.size() > 4);
        model.setReport(reports.front());
        QVERIFY(printed(model).contains(QStringLiteral("[waiting]")));
        const qsizetype resetsAtFirst = resets.count();
        const QPersistentModelIndex root(model.index(0, 0));
        QPersistentModelIndex include;
        for (const auto &report : reports) {
            model.setReport(report);
            if (!include.isValid() && model.rowCount(root) > 1)
                include = model.index(1, 0, root);
        }
        QCOMPARE(resets.count(), resetsAtFirst);
        QVERIFY(root.isValid());
        QCOMPARE(include.data().toString(), QStringLiteral("include:_spf.example.net"));

        SpfTreeModel atOnce;
        atOnce.setReport(reports.back());
        QCOMPARE(printed(model), printed(atOnce));
        QVERIFY(!printed(model).contains(QStringLiteral("[waiting]")));
    }

    void aReportWithFewerRowsTakesRowsAway()
    {
        SpfTreeModel model;
        const QAbstractItemModelTester tester(&model, FailureReportingMode::QtTest);
        model.setReport(reportOf(smallZone(), "example.com"));
        Zone other;
        other.addMasterFile("example.com TXT \"v=spf1 -all\"\n");
        model.setReport(reportOf(other, "example.com"));
        QCOMPARE(model.rowCount(model.index(0, 0)), 1);
        model.setReport(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void pathsLeadToRowsAndBack()
    {
        SpfTreeModel model;
        model.setReport(reportOf(smallZone(), "example.com"));
        const TermPath deep{1, 0, 1};
        const QModelIndex row = model.indexOf(deep);
        QCOMPARE(row.data().toString(), QStringLiteral("ip4:203.0.113.128/25"));
        QCOMPARE(model.pathOf(row), deep);
        QVERIFY(!model.indexOf({9}).isValid());
        QCOMPARE(model.indexOf({}), model.index(0, 0));
        const auto path = pathAsking(model.report()->spf, {name("deep.example.net"), dns::RrType::TXT});
        QVERIFY(path.has_value());
        QCOMPARE(*path, (TermPath{1, 0}));
    }

    void aLargeTreeIsFollowedWithinOneFrame()
    {
        const auto reports = reportsOf(wideZone(500), "wide.example.org", 60);
        SpfTreeModel model;
        qint64 longest = 0;
        for (const auto &report : reports) {
            QElapsedTimer timer;
            timer.start();
            model.setReport(report);
            longest = std::max(longest, timer.elapsed());
        }
        QVERIFY(reports.back()->spf.nodeCount > 300);
        QVERIFY2(longest < 16, qPrintable(QString::number(longest)));
    }

    void everyCellSpeaks()
    {
        SpfTreeModel tree;
        tree.setReport(reportOf(smallZone(), "example.com"));
        const QModelIndex root = tree.index(0, 0);
        for (int column = 0; column < SpfTreeModel::ColumnCount; ++column)
            QVERIFY(!root.siblingAtColumn(column).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(root.siblingAtColumn(SpfTreeModel::LookUps).data(SpfTreeModel::SortRole).toInt() > 0);
    }

    void rowsAreCopiedAsText()
    {
        const auto report = reportOf(smallZone(), "example.com");
        const auto place = placeAt(report->spf, {1});
        QVERIFY(place.has_value());
        QVERIFY(rowText(*place).startsWith(QStringLiteral("include:_spf.example.net\t")));
        QCOMPARE(subtreeText(*place).count(QLatin1Char('\n')), 7);
        QVERIFY(subtreeText(*place).contains(QStringLiteral("\n    ip6:2001:db8::/32\t")));
        QVERIFY(rowJson(*place).contains(QStringLiteral("\"lookups\": 2")));
    }

    void theBudgetNamesTheBranchesThatSpend()
    {
        const auto report = reportOf(smallZone(), "example.com");
        const auto branches = budgetOf(report->spf);
        QCOMPARE(branches.size(), std::size_t(3));
        int sum = 0;
        for (const BudgetBranch &branch : branches)
            sum += branch.lookups;
        QCOMPARE(sum, report->spf.lookups);
    }

    void aRedirectThatSpendsEverythingIsOpened()
    {
        Zone zone;
        zone.addMasterFile(R"(
example.com TXT "v=spf1 redirect=_spf.example.com"
_spf.example.com TXT "v=spf1 a:x.example.com mx:example.com -all"
x.example.com A 192.0.2.1
example.com MX 10 x.example.com
)");
        const auto branches = budgetOf(reportOf(zone, "example.com")->spf);
        QCOMPARE(branches.size(), std::size_t(3));
        QCOMPARE(branches[1].path, (TermPath{0, 0}));
    }

    void tablesFollowTheAnswersInPlace()
    {
        FindingsModel findings;
        FactsModel facts;
        MxHostsModel hosts;
        SectionsModel sections;
        const QAbstractItemModelTester findingsTester(&findings, FailureReportingMode::QtTest);
        const QAbstractItemModelTester factsTester(&facts, FailureReportingMode::QtTest);
        const QAbstractItemModelTester hostsTester(&hosts, FailureReportingMode::QtTest);
        const QAbstractItemModelTester sectionsTester(&sections, FailureReportingMode::QtTest);
        QSignalSpy resets(&facts, &QAbstractItemModel::modelReset);
        auto reports = reportsOf(smallZone(), "example.com", 1);
        reports.push_back(reports.front()); // and back again
        reports.push_back(reports[reports.size() - 2]);
        for (const auto &report : reports) {
            findings.setReport(report);
            facts.setReport(report);
            hosts.setReport(report);
            sections.setReport(report);
            QCOMPARE(facts.rowCount(), int(report->facts.size()));
            QCOMPARE(hosts.rowCount(), int(report->mx.hosts.size()));
            QCOMPARE(findings.rowCount(), int(report->findings.size()));
            for (int row = 0; row < findings.rowCount(); ++row)
                QCOMPARE(*findings.findingAt(row), report->findings[std::size_t(row)]);
        }
        QCOMPARE(resets.count(), 0);
        QVERIFY(answerText(*facts.factAt(0)).contains(QStringLiteral(";;")));
        QVERIFY(!sections.index(0).data(SectionsModel::WordRole).toString().isEmpty());
    }

    void theLogGrowsAndChangesInPlace()
    {
        LookUpsModel model;
        const QAbstractItemModelTester tester(&model, FailureReportingMode::QtTest);
        gather::LookUp lookUp;
        lookUp.key = dns::Question{name("example.com"), dns::RrType::TXT};
        lookUp.server = QStringLiteral("192.0.2.53:53");
        model.put(lookUp);
        QCOMPARE(model.index(0, LookUpsModel::Outcome).data().toString(), QStringLiteral("waiting"));
        lookUp.state = gather::LookUp::State::Answered;
        lookUp.outcome = dns::Outcome::Timeout;
        lookUp.took = std::chrono::milliseconds(900);
        model.put(lookUp);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, LookUpsModel::Outcome).data().toString(), QStringLiteral("timed out"));
        QCOMPARE(model.index(0, LookUpsModel::Ttl).data().toString(), QString());
        lookUp.id = 7; // no such place yet
        model.put(lookUp);
        QCOMPARE(model.rowCount(), 1);
        lookUp.id = 1;
        lookUp.state = gather::LookUp::State::Cached;
        lookUp.outcome = dns::Outcome::NxDomain;
        model.put(lookUp);
        QCOMPARE(model.index(1, LookUpsModel::Outcome).data().toString(),
                 QStringLiteral("no such name, kept"));
        QCOMPARE(model.index(1, LookUpsModel::Bar).data(LookUpsModel::EndRole).toDouble(), 1.0);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_MAIN(UiModelsTest)
#include "tst_ui_models.moc"
