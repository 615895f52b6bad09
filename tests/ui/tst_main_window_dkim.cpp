// SPDX-License-Identifier: Apache-2.0
// Selectors from messages, from the user and from memory; and the consent to greet mail hosts.
#include "remembered_selectors.h"
#include "support/zone_gatherer.h"
#include "ui/reports.h"
#include "ui/window_fixture.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QInputDialog>
#include <QListView>
#include <QMimeData>
#include <QTabWidget>

using namespace mailoscope;
using namespace mailoscope::ui;
using namespace mailoscope::tests;
using State = Session::State;

namespace
{

constexpr const char *Key = "\"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"";

std::shared_ptr<const Zone> zoneWithKeys()
{
    auto zone = std::make_shared<Zone>(smallZone());
    for (const char *selector : {"rare1", "rare2", "mail2026"})
        zone->add(std::string(selector) + "._domainkey.example.com TXT " + Key);
    smtp::Session session;
    session.target.host = name("mail.example.com");
    session.outcome = smtp::Outcome::NotOffered;
    session.greeting = "mail.example.com ESMTP";
    zone->add(std::move(session));
    return zone;
}

QString messageFile(const WindowFixture &f, const char *fields)
{
    const QString path = f.path("message.eml");
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("cannot write a message");
    file.write(fields);
    file.write("From: someone@example.com\r\nSubject: test\r\n\r\nHello\r\n");
    return path;
}

void drop(const WindowFixture &f, const QString &path)
{
    QMimeData dropped;
    dropped.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent entering(QPoint(50, 50), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(f.window.get(), &entering);
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(f.window.get(), &event);
}

bool isFound(const WindowFixture &f, std::string_view selector)
{
    const auto report = f.window->session().report();
    return report &&
           std::any_of(report->dkim.found.begin(), report->dkim.found.end(),
                       [&](const dkim::SelectorResult &found) { return found.selector.name == selector; });
}

dkim::SelectorResult found(const char *selector, dkim::Source source = dkim::Source::BuiltIn)
{
    dkim::SelectorResult result;
    result.selector = {selector, {source}, {}};
    result.status = dkim::SelectorResult::Status::Ok;
    return result;
}

} // namespace

class MainWindowDkimTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_gatherer = std::make_shared<ZoneGatherer>(zoneWithKeys()); }

    // ---- messages

    void aMessageThatIsDroppedGivesItsSelectorsAndItsDomain()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        drop(f, messageFile(f, "DKIM-Signature: v=1; a=ed25519-sha256; d=example.com; s=rare1;\r\n"
                               " h=from; bh=x; b=y\r\n"));
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.find<QLineEdit>("domainField").text(), QStringLiteral("example.com"));
        QVERIFY(isFound(f, "rare1"));
        QVERIFY(!isFound(f, "rare2"));
        const auto report = f.window->session().report();
        QVERIFY(report->dkim.found.front().selector.isFrom(dkim::Source::Message));
    }

    void aMessageIsOpenedForTheDomainThatIsShown()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(!isFound(f, "rare2"));
        f.toOpen = messageFile(f, "DKIM-Signature: v=1; d=example.com; s=rare2; b=y\r\n");
        f.find<QAction>("openSnapshot").trigger();
        QTRY_VERIFY(isFound(f, "rare2"));
        QVERIFY(f.message().contains(QStringLiteral("rare2 (example.com)")));
    }

    void aMessageWithoutASignatureIsTold()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        drop(f, messageFile(f, ""));
        QVERIFY(f.message().contains(QStringLiteral("no DKIM signature")));
        QCOMPARE(f.state(), State::Empty);
    }

    void markupInAMessageStaysText()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        drop(f, messageFile(f, "DKIM-Signature: v=1; d=example.com; s=<b>x</b>; b=y\r\n"));
        QCOMPARE(f.find<QLabel>("message").textFormat(), Qt::PlainText);
    }

    // ---- selectors from the user

    void selectorsThatAreTypedAreLookedUp()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("chooseSelectors").trigger();
        auto &dialog = f.find<QInputDialog>("selectorsDialog");
        QVERIFY(dialog.textValue().isEmpty());
        dialog.setTextValue(QStringLiteral("rare1, rare2._domainkey.example.com;missing"));
        dialog.accept();
        QTRY_VERIFY(isFound(f, "rare1") && isFound(f, "rare2"));
        QTRY_COMPARE(f.state(), State::Done);
        const auto report = f.window->session().report();
        QCOMPARE(report->dkim.notFound.size(), std::size_t(1));
        QCOMPARE(report->dkim.notFound.front().name, std::string("missing"));
        // It opens with what was typed before.
        QTRY_VERIFY(!f.window->findChild<QInputDialog *>(QStringLiteral("selectorsDialog")));
        f.find<QAction>("chooseSelectors").trigger();
        QVERIFY(f.find<QInputDialog>("selectorsDialog").textValue().startsWith(QStringLiteral("rare1 ")));
        f.find<QInputDialog>("selectorsDialog").reject();
    }

    // ---- memory

    void selectorsAreRememberedForTheNextInspection()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QAction>("chooseSelectors").trigger();
        f.find<QInputDialog>("selectorsDialog").setTextValue(QStringLiteral("rare1"));
        f.find<QInputDialog>("selectorsDialog").accept();
        QTRY_VERIFY(isFound(f, "rare1"));
        QTRY_COMPARE(f.state(), State::Done);

        // Another window with the same settings knows it.
        WindowFixture later(TestDnsServer::nobody());
        later.gatherer = m_gatherer;
        later.settings().setValue(QStringLiteral("dkim/selectors"),
                                  f.settings().value(QStringLiteral("dkim/selectors")));
        later.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(later.state(), State::Done);
        QVERIFY(isFound(later, "rare1"));
        QVERIFY(
            later.window->session().report()->dkim.found.front().selector.isFrom(dkim::Source::Remembered));
    }

    void whatIsForgottenIsNotAskedAgain()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.settings().setValue(QStringLiteral("dkim/selectors"),
                              QStringList{QStringLiteral("example.com rare2")});
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(isFound(f, "rare2"));
        auto &forget = f.find<QAction>("forgetSelectors");
        QVERIFY(forget.isEnabled());
        forget.trigger();
        QVERIFY(!forget.isEnabled());
        QVERIFY(f.message().contains(QStringLiteral("forgotten")));
        QVERIFY(!f.settings().contains(QStringLiteral("dkim/selectors")));
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(!isFound(f, "rare2"));
    }

    void nothingIsRememberedWhenItIsTurnedOff()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.find<QAction>("rememberSelectors").setChecked(false);
        drop(f, messageFile(f, "DKIM-Signature: v=1; d=example.com; s=rare1; b=y\r\n"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(isFound(f, "rare1"));
        QVERIFY(!f.settings().contains(QStringLiteral("dkim/selectors")));
        QVERIFY(!f.settings().value(QStringLiteral("dkim/rememberSelectors")).toBool());
    }

    void memoryIsBoundedAndForgetsWhatIsGone()
    {
        WindowFixture f(TestDnsServer::nobody());
        RememberedSelectors memory(f.settings());
        for (int i = 0; i < RememberedSelectors::MostDomains + 10; ++i) {
            dkim::Evaluation dkim;
            dkim.domain = name("d" + std::to_string(i) + ".example");
            dkim.found.push_back(found("s1"));
            memory.takeUp(dkim);
        }
        QVERIFY(memory.of(name("d0.example")).empty());
        QCOMPARE(memory.of(name("d20.example")), std::vector<std::string>{"s1"});
        QCOMPARE(f.settings().value(QStringLiteral("dkim/selectors")).toStringList().size(),
                 RememberedSelectors::MostDomains);

        dkim::Evaluation many;
        many.domain = name("many.example");
        for (int i = 0; i < 100; ++i)
            many.found.push_back(found(("s" + std::to_string(i)).c_str()));
        many.found.push_back(found("*", dkim::Source::Wildcard));
        memory.takeUp(many);
        QCOMPARE(memory.of(name("many.example")).size(), std::size_t(RememberedSelectors::MostSelectors));

        // A domain whose name begins or ends alike is another one.
        QVERIFY(memory.of(name("any.example")).empty());
        QVERIFY(memory.of(name("many.example.org")).empty());

        // One that could not be told stays; one that is surely gone does not.
        dkim::Evaluation later;
        later.domain = name("d20.example");
        memory.takeUp(later);
        QCOMPARE(memory.of(later.domain), std::vector<std::string>{"s1"});
        later.absent = {"s1"};
        memory.takeUp(later);
        QVERIFY(memory.of(later.domain).empty());

        // One that somebody named is kept though it is not there yet.
        later.notFound.push_back({"s9", {dkim::Source::User}, {}});
        memory.takeUp(later);
        QCOMPARE(memory.of(later.domain), std::vector<std::string>{"s9"});
        memory.setOn(false);
        QVERIFY(memory.of(later.domain).empty());
        memory.setOn(true);
        memory.forgetAll();
        QVERIFY(memory.isEmpty());
    }

    void aSnapshotIsNotChangedByMemory()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.toSave = f.path("kept.mailoscope");
        f.find<QAction>("saveSnapshot").trigger();
        f.settings().setValue(QStringLiteral("dkim/selectors"),
                              QStringList{QStringLiteral("example.com rare2")});
        f.window->openSnapshotFile(f.toSave);
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(f.window->session().isRecorded());
        QVERIFY(f.window->session().report()->dkim.unanswered.empty());
    }

    // ---- consent to SMTP

    void noMailHostIsGreetedWithoutConsent()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        const auto isSmtp = [](const FactPointer &fact) {
            return std::holds_alternative<smtp::Target>(fact->key());
        };
        auto report = f.window->session().report();
        QVERIFY(!report->reach.smtp);
        QVERIFY(std::none_of(report->facts.begin(), report->facts.end(), isSmtp));
        auto &smtp = f.find<QAction>("allowSmtp");
        QVERIFY(!smtp.isChecked());
        smtp.trigger();
        QTRY_VERIFY(f.window->session().report()->reach.smtp);
        QTRY_COMPARE(f.state(), State::Done);
        report = f.window->session().report();
        QVERIFY(std::any_of(report->facts.begin(), report->facts.end(), isSmtp));
        QVERIFY(report->mx.hosts.front().session);
        QVERIFY(f.settings().value(QStringLiteral("consent/smtp")).toBool());
        // Taken back, nothing is asked at the next domain.
        smtp.trigger();
        QTRY_VERIFY(!f.window->session().report()->reach.smtp);
        QVERIFY(!f.settings().value(QStringLiteral("consent/smtp")).toBool());
    }

    // ---- the parts of the overview

    void theOverviewLeadsToRulesProfilesAndSections()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        auto &tabs = f.find<QTabWidget>("overviewTabs");
        f.find<QAbstractButton>("showRules").click();
        QCOMPARE(tabs.currentIndex(), 1);
        tabs.setCurrentIndex(0);
        f.find<QAbstractButton>("showProfiles").click();
        QCOMPARE(tabs.currentIndex(), 2);
        auto &chooser = f.find<QComboBox>("profileChooser");
        QVERIFY(chooser.count() > 2);
        chooser.setFocus();
        QTest::keyClick(&chooser, Qt::Key_Down);
        const QString id = chooser.currentData().toString();
        QCOMPARE(f.settings().value(QStringLiteral("profiles/chosen")).toString(), id);
        tabs.setCurrentIndex(0);
        QVERIFY(f.text("overviewProfile").startsWith(chooser.currentText()));
        QTest::mouseClick(&f.find<QAbstractButton>("card DKIM"), Qt::LeftButton);
        QCOMPARE(f.find<QListView>("sectionList").currentIndex().data().toString(), QStringLiteral("DKIM"));
    }

    void aProfileIsRemembered()
    {
        WindowFixture first(TestDnsServer::nobody());
        first.gatherer = m_gatherer;
        first.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(first.state(), State::Done);
        const QString last = first.find<QComboBox>("profileChooser").itemData(2).toString();
        WindowFixture f(TestDnsServer::nobody(), {}, {{QStringLiteral("profiles/chosen"), last}});
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        QCOMPARE(f.find<QComboBox>("profileChooser").currentData().toString(), last);
    }

    void thePolicyForAnotherNameIsAskedOfTheSameResolver()
    {
        WindowFixture f(TestDnsServer::nobody());
        f.gatherer = m_gatherer;
        f.inspect(QStringLiteral("example.com"));
        QTRY_COMPARE(f.state(), State::Done);
        f.find<QListView>("sectionList")
            .setCurrentIndex(f.find<QListView>("sectionList").model()->index(2, 0));
        f.type("otherName", QStringLiteral("news"));
        QTest::keyClick(&f.find<QLineEdit>("otherName"), Qt::Key_Return);
        QTRY_COMPARE(f.text("otherPolicy"), QStringLiteral("Mail from news.example.com: no policy"));
        // It belongs to the domain that was shown.
        f.inspect(QStringLiteral("example.org"));
        QTRY_COMPARE(f.state(), State::Done);
        QVERIFY(f.text("otherPolicy").isEmpty());
    }

private:
    std::shared_ptr<ZoneGatherer> m_gatherer;
};

QTEST_MAIN(MainWindowDkimTest)
#include "tst_main_window_dkim.moc"
