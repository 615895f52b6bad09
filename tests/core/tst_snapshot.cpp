// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "facts/snapshot.h"
#include "support/cases.h"
#include "support/random_facts.h"
#include "support/zone.h"

#include <zlib.h>

#include <QElapsedTimer>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace std::chrono_literals;

namespace
{

QString nameOf(SnapshotError::Kind kind)
{
    using Kind = SnapshotError::Kind;
    switch (kind) {
    case Kind::NotJson:
        return QStringLiteral("NotJson");
    case Kind::NotASnapshot:
        return QStringLiteral("NotASnapshot");
    case Kind::NewerVersion:
        return QStringLiteral("NewerVersion");
    case Kind::Damaged:
        return QStringLiteral("Damaged");
    case Kind::TooLarge:
        return QStringLiteral("TooLarge");
    case Kind::BadGzip:
        return QStringLiteral("BadGzip");
    }
    return {};
}

QString outcomeOf(const Result<Snapshot, SnapshotError> &result)
{
    return result ? QStringLiteral("Ok") : nameOf(result.error().kind);
}

Snapshot randomSnapshot(Random &random)
{
    Snapshot snapshot;
    for (std::uint32_t n = upTo(random, 3); n > 0; --n)
        snapshot.domains.push_back(randomName(random));
    snapshot.resolvers = {"192.0.2.53:53", "[2001:db8::53]:53"};
    snapshot.recordedAt =
        Timestamp(std::chrono::milliseconds(std::uint64_t(random()) * 1000 + upTo(random, 999)));
    for (std::uint32_t n = upTo(random, 12); n > 0; --n)
        snapshot.facts.put(randomFact(random));
    return snapshot;
}

/// JSON written with apostrophes for quotation marks.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string withFacts(const std::string &facts)
{
    return json("{'format': 'mailoscope-snapshot', 'version': 1, 'facts': ") + facts + '}';
}

std::string withRecord(const std::string &record)
{
    return withFacts(json("[{'kind': 'dns', 'key': 'TXT a.example', 'outcome': 'answered', 'records': [") +
                     record + "]}]");
}

std::string textOf(const QJsonObject &given)
{
    if (given.contains(QLatin1String("facts")))
        return withFacts(octets(given[QLatin1String("facts")]));
    if (given.contains(QLatin1String("record")))
        return withRecord(octets(given[QLatin1String("record")]));
    return octets(given[QLatin1String("text")]);
}

void verifySentence(const std::string &message)
{
    const QString text = QString::fromStdString(message);
    QCOMPARE(visible(shown(message)), visible(message));
    QVERIFY2(text.startsWith(QStringLiteral("The ")) && text.endsWith(QLatin1Char('.')), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral(". ")) && text.size() < 200, qPrintable(text));
}

/// A gzip stream of `octets` times one character, made without holding them.
std::string bomb(char character, std::size_t octets)
{
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    const std::string part(1U << 20U, character);
    std::string packed;
    std::string buffer(1U << 16U, '\0');
    int status = Z_OK;
    for (std::size_t given = 0; status != Z_STREAM_END;) {
        if (stream.avail_in == 0 && given < octets) {
            stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(part.data()));
            stream.avail_in = static_cast<uInt>(part.size());
            given += part.size();
        }
        stream.next_out = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        status = deflate(&stream, given < octets ? Z_NO_FLUSH : Z_FINISH);
        packed.append(buffer.data(), buffer.size() - stream.avail_out);
    }
    deflateEnd(&stream);
    return packed;
}

} // namespace

class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anySnapshotSurvivesItsFile()
    {
        Random random(20261121);
        for (int round = 0; round < 500; ++round) {
            const Snapshot snapshot = randomSnapshot(random);
            for (const Compression compression : {Compression::None, Compression::Gzip}) {
                const std::string file = writeSnapshot(snapshot, compression);
                const auto again = readSnapshot(file);
                QVERIFY2(again, again ? "" : again.error().message.c_str());
                QVERIFY(*again == snapshot);
                QVERIFY(writeSnapshot(*again, compression) == file);
            }
        }
    }

    void fileIsPrintableAscii()
    {
        Random random(5);
        for (int round = 0; round < 100; ++round) {
            const std::string json = toJson(randomSnapshot(random));
            QVERIFY(std::all_of(json.begin(), json.end(),
                                [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7f); }));
            QVERIFY(json.ends_with("}\n"));
        }
    }

    void emptySnapshotIsRead()
    {
        const auto read = readSnapshot(withFacts("[]"));
        QVERIFY(read);
        QVERIFY(read->facts.isEmpty());
        QVERIFY(read->domains.empty());
        QVERIFY(read->recordedAt == Timestamp());
    }

    void membersOfLaterMinorChangesAreLeftAlone()
    {
        const auto read = readSnapshot(
            json("{'format': 'mailoscope-snapshot', 'version': 1, 'colour': [1, {'x': 2}], 'facts': ["
                 "{'kind': 'dns', 'key': 'TXT a.example', 'outcome': 'nxdomain', 'mood': null}]}"));
        QVERIFY(read);
        const Fact *fact = read->facts.find(dns::Question{name("a.example"), dns::RrType::TXT});
        QVERIFY(fact);
        QCOMPARE(fact->dns().rcode, std::uint16_t(3)); // what the outcome says where the file does not
    }

    void bracketsInsideStringsAreText()
    {
        const std::string brackets(5000, '[');
        const auto read =
            readSnapshot(withRecord(json("{'owner': 'a.example', 'type': 'TXT', 'ttl': 1, 'strings': ['\\'") +
                                    brackets + json(",,{', '\\\\']}")));
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        const Fact *fact = read->facts.find(dns::Question{name("a.example"), dns::RrType::TXT});
        QVERIFY(std::get<dns::TxtData>(fact->dns().records.front().data).strings.front() ==
                '"' + brackets + ",,{");
    }

    void damageIsToldApart_data() { addRows("facts/damaged.json"); }
    void damageIsToldApart()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, expect);
        const std::string file = textOf(given);
        const auto read = readSnapshot(file);
        QCOMPARE(outcomeOf(read), expect[QLatin1String("error")].toString());
        verifySentence(read.error().message);
    }

    void messageNamesTheDamagedFact()
    {
        const auto read = readSnapshot(withFacts(
            json("[{'kind': 'dns', 'key': 'TXT a.example', 'outcome': 'nodata'}, {'kind': 'dns'}]")));
        QVERIFY(!read);
        QVERIFY(read.error().message.find("fact 2 ") != std::string::npos);
    }

    void cutFileIsRefusedAtEveryLength()
    {
        Random random(99);
        Snapshot snapshot = randomSnapshot(random);
        snapshot.facts.put(randomFact(random));
        const std::string plain = writeSnapshot(snapshot, Compression::None);
        for (std::size_t length = 0; length + 2 < plain.size(); length += 1 + length / 200) {
            const auto read = readSnapshot(plain.substr(0, length));
            QCOMPARE(outcomeOf(read), QStringLiteral("NotJson"));
            verifySentence(read.error().message);
        }
        const std::string packed = writeSnapshot(snapshot, Compression::Gzip);
        for (std::size_t length = 2; length < packed.size(); ++length) {
            const auto read = readSnapshot(packed.substr(0, length));
            QCOMPARE(outcomeOf(read), QStringLiteral("BadGzip"));
            verifySentence(read.error().message);
        }
    }

    void changedOctetsNeverCrash()
    {
        Random random(4034);
        for (int round = 0; round < 300; ++round) {
            const Compression compression = round % 2 ? Compression::Gzip : Compression::None;
            std::string file = writeSnapshot(randomSnapshot(random), compression);
            for (std::uint32_t n = 1 + upTo(random, 3); n > 0; --n)
                file[upTo(random, static_cast<std::uint32_t>(file.size()) - 1)] =
                    static_cast<char>(random() & 0xff);
            const auto read = readSnapshot(file);
            if (!read)
                verifySentence(read.error().message);
            else
                QVERIFY(*readSnapshot(toJson(*read)) == *read);
        }
    }

    void gzipBombIsRefusedQuickly()
    {
        const std::string packed = bomb(' ', MaxSnapshotOctets + (2U << 20U));
        QVERIFY(packed.size() < (1U << 20U));
        QElapsedTimer timer;
        timer.start();
        const auto read = readSnapshot(packed);
        QCOMPARE(outcomeOf(read), QStringLiteral("TooLarge"));
        verifySentence(read.error().message);
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }

    void tinyFileCannotGrowToManyValues()
    {
        // 64 MiB of text that would take gigabytes as JSON values.
        const std::string packed = bomb('[', 64U << 20U);
        const auto read = readSnapshot(packed);
        QVERIFY(!read);
        std::string empties = "[";
        for (int i = 0; i < 20'000'000; ++i)
            empties += "0,";
        const auto many = readSnapshot(withFacts(empties + "0]"));
        QCOMPARE(outcomeOf(many), QStringLiteral("TooLarge"));
    }

    void moreThanAnyServerCanSendIsRefusedAndTold_data()
    {
        QTest::addColumn<QString>("facts");
        QTest::addColumn<QString>("excess");
        const auto list = [](const std::string &element, std::size_t count) {
            std::string text;
            for (std::size_t i = 0; i < count; ++i)
                text += (i > 0 ? "," : "") + element;
            return '[' + text + ']';
        };
        const auto row = [](const char *title, const std::string &fact, const char *excess) {
            QTest::newRow(title) << QString::fromStdString('[' + json(fact) + ']')
                                 << QString::fromLatin1(excess);
        };
        const std::string a = "{'kind': 'dns', 'key': 'A a.example', 'outcome': ";
        const std::string address = "{'owner': 'a.example', 'type': 'A', 'ttl': 1, 'address': '192.0.2.1'}";
        const std::string alias = "{'owner': 'a.example', 'type': 'CNAME', 'ttl': 1, 'name': 'b.example'}";
        const char *records = "more records than a DNS message can";
        row("as many records as can be", a + "'answered', 'records': " + list(address, 5957) + '}', "");
        row("one record more", a + "'answered', 'records': " + list(address, 5958) + '}', records);
        row("a chain of ten thousand aliases", a + "'nodata', 'aliases': " + list(alias, 10000) + '}',
            records);
        row("strings without end",
            "{'kind': 'dns', 'key': 'TXT a.example', 'outcome': 'answered', 'records': [{'owner': "
            "'a.example', 'type': 'TXT', 'ttl': 1, 'strings': " +
                list("''", 65536) + "}]}",
            "a record with more strings than a DNS message can");
        const std::string smtp = "{'kind': 'smtp', 'key': 'mx.example:25', 'outcome': 'encrypted', ";
        row("a chain of certificates without end", smtp + "'tls': {'chain': " + list("'AAAA'", 513) + "}}",
            "more certificates than a handshake can");
        row("certificates of a size without end",
            smtp + "'tls': {'chain': " + list('\'' + std::string(400000, 'A') + '\'', 3) + "}}",
            "more certificates than a handshake can");
        row("extensions without end", smtp + "'extensions': " + list("'X'", 10001) + '}',
            "more SMTP extensions than a server can list");
    }
    void moreThanAnyServerCanSendIsRefusedAndTold()
    {
        QFETCH(QString, facts);
        QFETCH(QString, excess);
        const auto result = readSnapshot(withFacts(facts.toStdString()));
        if (excess.isEmpty()) {
            QCOMPARE(outcomeOf(result), QStringLiteral("Ok"));
            return;
        }
        QCOMPARE(outcomeOf(result), QStringLiteral("TooLarge"));
        QCOMPARE(QString::fromStdString(result.error().message),
                 QStringLiteral("Fact 1 of the snapshot holds %1.").arg(excess));
    }

    void objectWithManyMembersDoesNotHoldUpReading()
    {
        std::string members = "{";
        for (int i = 0; i < 200'000; ++i)
            members += "\"m" + std::to_string(i) + "\": 0, ";
        QElapsedTimer timer;
        timer.start();
        const auto read = readSnapshot(withFacts(members + "\"last\": 0}"));
        QVERIFY(!read);
        verifySentence(read.error().message);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
