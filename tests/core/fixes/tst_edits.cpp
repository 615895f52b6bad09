// SPDX-License-Identifier: Apache-2.0
// Drafts of edited records: what counts as a change, and the file that keeps them.
#include "fixes/edits.h"
#include "support/zone.h"

#include <QTest>

#include <random>

using namespace mailoscope;
using namespace mailoscope::fixes;
using dns::RrType;

class TestEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void textsAreReadAsDataAndBack_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("readable");
        const auto row = [](const char *title, RrType type, const char *text, bool readable) {
            QTest::newRow(title) << static_cast<int>(type) << QString::fromLatin1(text) << readable;
        };
        row("a text", RrType::TXT, "v=spf1 -all", true);
        row("an empty text", RrType::TXT, "", true);
        row("a mail host", RrType::MX, "10 mail.example.com.", true);
        row("a null MX", RrType::MX, "0 .", true);
        row("half a mail host", RrType::MX, "10", false);
        row("a preference too large", RrType::MX, "70000 mail.example.com.", false);
        row("an address", RrType::A, "192.0.2.1", true);
        row("an address of the other family", RrType::A, "2001:db8::1", false);
        row("an IPv6 address", RrType::AAAA, "2001:db8::1", true);
        row("an alias", RrType::CNAME, "host.example.net.", true);
        row("an alias of nothing", RrType::CNAME, "", false);
        row("an alias of the root", RrType::CNAME, ".", false);
        row("a TLSA record", RrType::TLSA,
            "3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true);
        row("a TLSA record without data", RrType::TLSA, "3 1 1 ", false);
        row("a TLSA record with half an octet", RrType::TLSA, "3 1 1 abc", false);
        row("a TLSA record with a usage too large", RrType::TLSA, "256 1 1 ab", false);
        row("a CAA record", RrType::CAA, "0 issue \"ca.example.net; policy=ev\"", true);
        row("a CAA record with a quote in its value", RrType::CAA, "128 iodef \"mailto:\\\"a\\\"@b.example\"",
            true);
        row("a CAA record that is not closed", RrType::CAA, "0 issue \"ca.example.net", false);
        row("a CAA record with more behind it", RrType::CAA, "0 issue \"ca\" more", false);
        row("a CAA record without a tag", RrType::CAA, "0 ", false);
        row("a type that is not edited", RrType::NS, "ns.example.com.", false);
    }
    void textsAreReadAsDataAndBack()
    {
        QFETCH(int, type);
        QFETCH(QString, text);
        QFETCH(bool, readable);
        const auto rrType = static_cast<RrType>(type);
        const auto data = dataFromText(rrType, text.toStdString());
        QCOMPARE(data.has_value(), readable);
        if (data)
            QCOMPARE(QString::fromStdString(textOf(rrType, *data)), text);
    }

    void whatChangesNothingAndWhatIsHalfTypedIsNoChange()
    {
        EditedRecords draft{tests::name("example.com"), {}, {}};
        draft.edits.push_back({tests::name("example.com"), RrType::TXT, "v=spf1 -all", "v=spf1 -all", {}});
        draft.edits.push_back({tests::name("example.com"), RrType::MX, "10 a.example.", "10 ", {}});
        draft.edits.push_back({tests::name("example.com"), RrType::TXT, std::nullopt, std::nullopt, {}});
        QVERIFY(draft.changes().empty());
        draft.edits.push_back({tests::name("example.com"), RrType::TXT, "x", std::nullopt});
        draft.edits.push_back({tests::name("example.com"), RrType::TXT, std::nullopt, std::nullopt, 60});
        QCOMPARE(draft.changes().size(), std::size_t(1));
    }

    void aFixOfAnEditedRecordGoesOnFromTheEdit()
    {
        EditedRecords draft{tests::name("example.com"), {}, {}};
        RecordChange first{tests::name("example.com"), RrType::TXT, txtData("a"), txtData("b")};
        RecordChange second{tests::name("example.com"), RrType::TXT, txtData("b"), txtData("c")};
        draft.add(first);
        draft.add(second);
        QCOMPARE(draft.edits.size(), std::size_t(1));
        QCOMPARE(draft.edits[0].before, std::optional<std::string>("a"));
        QCOMPARE(draft.edits[0].after, std::optional<std::string>("c"));
    }

    void aChangeOfATtlAloneIsKeptBesideWhatIsTyped()
    {
        EditedRecords draft{tests::name("example.com"), {}, {}};
        const dns::RecordData today = txtData("a");
        draft.add(RecordChange{tests::name("example.com"), RrType::TXT, today, today, 900});
        QCOMPARE(draft.changes().size(), std::size_t(1));
        draft.edits[0].after = "b";
        draft.add(RecordChange{tests::name("example.com"), RrType::TXT, today, today, 600});
        QCOMPARE(draft.edits.size(), std::size_t(1));
        const std::vector<Change> changes = draft.changes();
        const std::vector<RecordSet> sets = recordSets(changes, FactStore());
        QCOMPARE(sets.size(), std::size_t(1));
        FactStore facts;
        Fact fact;
        dns::Answer answer =
            dns::emptyAnswer({tests::name("example.com"), RrType::TXT}, dns::Outcome::Answered);
        answer.records.push_back({tests::name("example.com"), RrType::TXT, 30, today});
        fact.content = answer;
        facts.put(fact);
        const RecordSet set = recordSets(changes, facts).front();
        QCOMPARE(set.ttl, std::uint32_t(600));
        QCOMPARE(textOf(RrType::TXT, set.after.front()), std::string("b"));
    }

    void aFileOfAFixTakesThePlaceOfTheOneBefore()
    {
        EditedRecords draft{tests::name("example.com"), {}, {}};
        const https::Url url = *https::Url::parse("https://mta-sts.example.com/.well-known/mta-sts.txt");
        draft.add(FileChange{url, "text/plain", std::nullopt, "version: STSv1\r\nmode: testing\r\n"});
        draft.add(FileChange{url, "text/plain", "seen", "version: STSv1\r\nmode: enforce\r\n"});
        QCOMPARE(draft.files.size(), std::size_t(1));
        QVERIFY(!draft.files[0].before);
        QCOMPARE(draft.changes().size(), std::size_t(1));
        QVERIFY(std::get<FileChange>(draft.changes().front()).after.ends_with("enforce\r\n"));
    }

    void aFixOfATtlIsAChangeOfTheDraft()
    {
        EditedRecords draft{tests::name("example.com"), {}, {}};
        const RecordChange fix{tests::name("example.com"), RrType::TXT, txtData("a"), txtData("a"), 3600};
        draft.add(fix);
        QCOMPARE(draft.changes().size(), std::size_t(1));
        QVERIFY(std::get<RecordChange>(draft.changes()[0]) == fix);
        const auto read = readDraft(toJson(draft));
        QVERIFY(read);
        QVERIFY(*read == draft);
    }

    void aDraftIsReadAsItWasWritten()
    {
        std::mt19937 random(7);
        EditedRecords draft{tests::name("example.com"), {}, {}};
        for (int i = 0; i < 50; ++i) {
            std::string octets;
            for (int k = 0; k < 40; ++k)
                octets += static_cast<char>(random() & 0xffU);
            draft.edits.push_back(
                {tests::name("_dmarc.example.com"), RrType::TXT, octets, octets + "\\\"\n", {}});
        }
        draft.edits.push_back({tests::name("example.com"), RrType::MX, std::nullopt, "10", 86400});
        draft.files.push_back({*https::Url::parse("https://example.com/a.txt"), "text/plain", std::nullopt,
                               "version: STSv1\r\n\xff"});
        const auto read = readDraft(toJson(draft));
        QVERIFY(read);
        QVERIFY(*read == draft);
    }

    void damagedDraftsAreAnsweredWithASentence_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("something else") << QByteArray("{\"format\": \"mailoscope-snapshot\"}");
        QTest::newRow("newer") << QByteArray("{\"format\": \"mailoscope-draft\", \"version\": 2}");
        QTest::newRow("no edits") << QByteArray("{\"format\": \"mailoscope-draft\", \"version\": 1}");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("an edit of a type that cannot be edited") << QByteArray(
            "{\"format\": \"mailoscope-draft\", \"version\": 1, \"domain\": \"a.b\", \"edits\": "
            "[{\"name\": \"a.b\", \"type\": \"NS\", \"before\": null, \"after\": \"x\"}]}");
        QTest::newRow("a TTL that is too large") << QByteArray(
            "{\"format\": \"mailoscope-draft\", \"version\": 1, \"domain\": \"a.b\", \"edits\": "
            "[{\"name\": \"a.b\", \"type\": \"TXT\", \"before\": \"x\", \"after\": \"x\", \"ttl\": "
            "4294967295}]}");
        QTest::newRow("a file without an address")
            << QByteArray("{\"format\": \"mailoscope-draft\", \"version\": 1, \"domain\": \"a.b\", "
                          "\"edits\": [], \"files\": "
                          "[{\"url\": \"ftp://a.b/\", \"media_type\": \"text/plain\", \"before\": null, "
                          "\"after\": \"x\"}]}");
        QTest::newRow("deep") << QByteArray(100000, '[');
        QTest::newRow("no UTF-8") << QByteArray("{\"format\": \"\xff\"}");
    }
    void damagedDraftsAreAnsweredWithASentence()
    {
        QFETCH(QByteArray, text);
        const auto read = readDraft({text.constData(), static_cast<std::size_t>(text.size())});
        QVERIFY(!read);
        QVERIFY(QString::fromStdString(read.error()).endsWith(QLatin1Char('.')));
    }
};

QTEST_APPLESS_MAIN(TestEdits)
#include "tst_edits.moc"
