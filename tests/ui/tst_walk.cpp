// SPDX-License-Identifier: Apache-2.0
#include "models/spf_tree_model.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"
#include "widgets/spf_tree_view.h"

#include <QPlainTextEdit>
#include <QToolButton>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

class WalkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anAddressIsWalkedForwardsAndBackwards()
    {
        InspectedWindow f(smallZone());
        QTest::keyClick(f.window.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(f.find<QLineEdit>("walkIp").hasFocus());
        QCOMPARE(f.find<QLineEdit>("walkSender").text(), QStringLiteral("someone@example.com"));
        f.type("walkIp", QStringLiteral("203.0.113.5"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_COMPARE(f.text("walkResult"), QStringLiteral("pass"));
        const auto &tree = f.find<SpfTreeView>("spfTree");
        const auto &model = static_cast<const SpfTreeModel &>(*tree.model());
        QTest::keyClick(f.window.get(), Qt::Key_Home, Qt::AltModifier);
        QVERIFY(f.text("walkStep").startsWith(QStringLiteral("step 1 of ")));
        QVERIFY(!f.find<QToolButton>("walkBack").isEnabled());
        QCOMPARE(model.pathOf(tree.currentIndex()), TermPath());
        QTest::keyClick(f.window.get(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(f.text("walkStep").startsWith(QStringLiteral("step 2 of ")));
        QCOMPARE(model.pathOf(tree.currentIndex()), (TermPath{0}));
        QVERIFY(f.text("walkSpent").contains(QStringLiteral("1 of 10")));
        QVERIFY(!f.text("walkSentence").isEmpty());
        QCOMPARE(f.find<QPlainTextEdit>("recordText").extraSelections().first().cursor.selectedText(),
                 QStringLiteral("mx"));
        QTest::keyClick(f.window.get(), Qt::Key_End, Qt::AltModifier);
        QVERIFY(!f.find<QToolButton>("walkOn").isEnabled());
        QTest::keyClick(f.window.get(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(f.find<QToolButton>("walkOn").isEnabled());
    }

    void whatTheWalkNeedsIsGathered()
    {
        InspectedWindow f(smallZone());
        const dns::Question macro{name("someone._users.example.com"), dns::RrType::A};
        QCOMPARE(f.server.timesAsked(macro), 0);
        f.type("walkIp", QStringLiteral("8.8.8.8"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_COMPARE(f.text("walkResult"), QStringLiteral("pass"));
        QVERIFY(f.server.timesAsked(macro) > 0);
    }

    void aSampleSenderExpandsMacros()
    {
        InspectedWindow f(smallZone());
        f.type("sampleSender", QStringLiteral("someone@example.com"));
        QTest::keyClick(&f.find<QLineEdit>("sampleSender"), Qt::Key_Return);
        QTRY_VERIFY(f.server.timesAsked({name("someone._users.example.com"), dns::RrType::A}) > 0);
        QTRY_COMPARE(f.state(), State::Done);
    }

    void badFieldsAreAnsweredInPlace()
    {
        InspectedWindow f(smallZone());
        f.type("walkIp", QStringLiteral("300.1.1.1"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QVERIFY(f.text("walkSentence").contains(QStringLiteral("not an IP address")));
        QVERIFY(f.text("walkResult").isEmpty());
    }

    void anotherDomainForgetsTheWalk()
    {
        Zone zone = smallZone();
        zone.addMasterFile("example.org TXT \"v=spf1 -all\"\n");
        InspectedWindow f(zone);
        f.type("walkIp", QStringLiteral("203.0.113.5"));
        QTest::keyClick(&f.find<QLineEdit>("walkIp"), Qt::Key_Return);
        QTRY_COMPARE(f.text("walkResult"), QStringLiteral("pass"));
        f.inspect(QStringLiteral("example.org"));
        QVERIFY(f.text("walkResult").isEmpty());
        QCOMPARE(f.find<QLineEdit>("walkSender").text(), QStringLiteral("someone@example.org"));
        QTRY_COMPARE(f.state(), State::Done);
    }
};

QTEST_MAIN(WalkTest)
#include "tst_walk.moc"
