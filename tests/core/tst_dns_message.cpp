// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "dns/message.h"
#include "support/cases.h"
#include "support/master_file.h"
#include "support/random_dns.h"
#include "support/zone.h"

#include <QJsonArray>
#include <QTest>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::dns;
using namespace std::string_literals;

namespace
{

QString outcomeOf(const Result<Message, MessageError> &result)
{
    if (result)
        return QStringLiteral("Ok");
    switch (result.error()) {
    case MessageError::Truncated:
        return QStringLiteral("Truncated");
    case MessageError::BadName:
        return QStringLiteral("BadName");
    case MessageError::BadRecord:
        return QStringLiteral("BadRecord");
    }
    return {};
}

QStringList linesOf(const std::vector<ResourceRecord> &records)
{
    QStringList lines;
    for (const ResourceRecord &record : records)
        lines.append(
            visible(dns::toString(record.type) + ' ' + record.owner.text() + ' ' + toPresentation(record)));
    return lines;
}

Question questionOf(const QString &text)
{
    const QStringList words = text.split(QLatin1Char(' '));
    return {name(words.at(1).toStdString()), *rrTypeFromString(words.at(0).toStdString())};
}

std::vector<ResourceRecord> recordsOf(const QJsonValue &lines)
{
    std::vector<ResourceRecord> records;
    for (const QJsonValue &line : lines.toArray())
        records.push_back(*recordFromLine(line.toString().toStdString()));
    return records;
}

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue &element : value.toArray())
        strings.append(element.toString());
    return strings;
}

/// A header with the counts of the four sections.
std::string header(int questions, int answers, int authority = 0, int additional = 0)
{
    std::string octets = "\x12\x34\x81\x80"s;
    for (const int count : {questions, answers, authority, additional}) {
        octets.push_back(static_cast<char>(count >> 8));
        octets.push_back(static_cast<char>(count));
    }
    return octets;
}

/// A record of class IN with the TTL 300.
std::string record(const std::string &owner, int type, const std::string &data)
{
    return owner + std::string{'\0', static_cast<char>(type)} + "\x00\x01\x00\x00\x01\x2c"s +
           std::string{static_cast<char>(data.size() >> 8), static_cast<char>(data.size())} + data;
}

std::string pointer(std::size_t target)
{
    return {static_cast<char>(0xc0 | (target >> 8)), static_cast<char>(target)};
}

const std::string ExampleName = "\x07"s + "example" + "\x03"s + "com\0"s;

constexpr std::size_t HeaderOctets = 12;

} // namespace

class TestDnsMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyMessageSurvivesTheWire()
    {
        Random random(1035);
        for (int round = 0; round < 5000; ++round) {
            const Message message = randomMessage(random);
            const auto decoded = decode(encode(message));
            QCOMPARE(outcomeOf(decoded), QStringLiteral("Ok"));
            QVERIFY(*decoded == message);
        }
    }

    void cutMessageIsRefusedAtEveryLength()
    {
        Random random(20261121);
        for (int round = 0; round < 60; ++round) {
            const std::string octets = encode(randomMessage(random));
            for (std::size_t length = 0; length < octets.size(); ++length) {
                // A buffer of its own, so that a sanitizer sees a read behind its end.
                const std::string cut = octets.substr(0, length);
                QVERIFY2(!decode(cut), qPrintable(QString::number(length)));
            }
        }
    }

    void changedOctetsNeverReadOutside()
    {
        Random random(4034);
        for (int round = 0; round < 20000; ++round) {
            std::string octets = encode(randomMessage(random));
            for (std::uint32_t n = 1 + upTo(random, 4); n > 0; --n)
                octets[upTo(random, static_cast<std::uint32_t>(octets.size()) - 1)] =
                    static_cast<char>(random() & 0xff);
            const auto decoded = decode(octets);
            if (!decoded)
                continue;
            const auto again = decode(encode(*decoded));
            QVERIFY(again);
            QVERIFY(*again == *decoded);
        }
    }

    void octetsBehindTheMessageAreLeftAlone()
    {
        Random random(1);
        const Message message = randomMessage(random);
        QVERIFY(*decode(encode(message) + "rest") == message);
    }

    void ourQueryAsksForRecursionAndAuthenticData()
    {
        const std::string octets = encodeQuery({name("example.com"), RrType::TXT}, 0xabcd);
        const std::string expected = "\xab\xcd\x01\x20"s + "\x00\x01\x00\x00\x00\x00\x00\x01"s + ExampleName +
                                     "\x00\x10\x00\x01"s + "\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00"s;
        QCOMPARE(visible(octets), visible(expected));
    }

    void compressedNamesAreRead()
    {
        const std::string question = ExampleName + "\x00\x0f\x00\x01"s;
        const std::size_t tldAt = HeaderOctets + 8;
        const std::string mx = record(pointer(HeaderOctets), 15, "\x00\x0a\x02mx"s + pointer(HeaderOctets));
        const std::size_t mxNameAt = HeaderOctets + question.size() + 2 + 10 + 2;
        const auto decoded =
            decode(header(1, 3) + question + mx + record(pointer(mxNameAt), 1, "\xc0\x00\x02\x01"s) +
                   record("\x01x"s + pointer(tldAt), 16, "\x01y"s));
        QCOMPARE(outcomeOf(decoded), QStringLiteral("Ok"));
        QCOMPARE(linesOf(decoded->answers), (QStringList{QStringLiteral("MX example.com 10 mx.example.com."),
                                                         QStringLiteral("A mx.example.com 192.0.2.1"),
                                                         QStringLiteral("TXT x.com \"y\"")}));
    }

    void wireFormsThatAreRefused_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *title, const std::string &octets, const char *expected) {
            QTest::newRow(title) << QByteArray::fromStdString(octets) << QString::fromLatin1(expected);
        };
        const std::string a = "\xc0\x00\x02\x01"s;
        row("nothing", "", "Truncated");
        row("header cut", header(0, 0).substr(0, 11), "Truncated");
        row("header alone", header(0, 0), "Ok");
        row("question that is missing", header(1, 0), "BadName");
        row("answer that is missing", header(0, 1), "BadName");
        row("65535 answers that are missing", header(0, 65535), "BadName");
        row("question without its class", header(1, 0) + ExampleName + "\x00\x01"s, "Truncated");
        row("pointer to itself", header(0, 1) + record(pointer(HeaderOctets), 1, a), "BadName");
        row("pointer forwards", header(0, 1) + record(pointer(HeaderOctets + 2), 1, a), "BadName");
        row("pointer behind the end", header(0, 1) + record(pointer(0x3fff), 1, a), "BadName");
        row("label, then a pointer to that label",
            header(0, 1) + record("\x01x"s + pointer(HeaderOctets), 1, a), "BadName");
        row("two pointers at each other",
            header(1, 1) + pointer(HeaderOctets + 6) + "\x00\x01\x00\x01"s +
                record(pointer(HeaderOctets), 1, a),
            "BadName");
        row("pointer into the header, to a zero octet", header(0, 1) + record(pointer(4), 1, a), "Ok");
        row("half a pointer at the end", header(1, 0) + "\xc0"s, "BadName");
        row("reserved kind of label 0x40", header(1, 0) + "\x41x\0\0\x01\0\x01"s, "BadName");
        row("reserved kind of label 0x80", header(1, 0) + "\x81x\0\0\x01\0\x01"s, "BadName");
        std::string longName;
        for (int i = 0; i < 4; ++i)
            longName += '\x3f' + std::string(63, 'a');
        row("name over 255 octets", header(1, 0) + longName + "\0\0\x01\0\x01"s, "BadName");
        row("name without an end",
            header(1, 0) + "\x03"
                           "com",
            "BadName");
        row("A record of 3 octets", header(0, 1) + record(ExampleName, 1, a.substr(1)), "BadRecord");
        row("A record of 5 octets", header(0, 1) + record(ExampleName, 1, a + "x"), "BadRecord");
        row("AAAA record of 4 octets", header(0, 1) + record(ExampleName, 28, a), "BadRecord");
        row("MX record of one octet", header(0, 1) + record(ExampleName, 15, "x"), "BadRecord");
        row("MX record without a name", header(0, 1) + record(ExampleName, 15, "\x00\x0a"s), "BadRecord");
        row("CNAME record with octets behind its name",
            header(0, 1) + record(ExampleName, 5, ExampleName + "x"), "BadRecord");
        row("TXT string that is longer than its record",
            header(0, 1) + record(ExampleName, 16,
                                  "\x05"
                                  "abc"),
            "BadRecord");
        row("TXT string that runs into the next record",
            header(0, 2) +
                record(ExampleName, 16,
                       "\x05"
                       "abc") +
                record(ExampleName, 1, a),
            "BadRecord");
        row("TXT record without strings", header(0, 1) + record(ExampleName, 16, ""), "Ok");
        row("SOA record that ends early",
            header(0, 1) + record(ExampleName, 6, ExampleName + ExampleName + "\0\0"s), "BadRecord");
        row("unknown type", header(0, 1) + record(ExampleName, 200, "any"), "Ok");
        row("TLSA record of 2 octets", header(0, 1) + record(ExampleName, 52, "\3\1"s), "BadRecord");
        row("TLSA record without data", header(0, 1) + record(ExampleName, 52, "\3\1\1"s), "Ok");
        row("DS record of 3 octets", header(0, 1) + record(ExampleName, 43, "\0\1\x0d"s), "BadRecord");
        row("DNSKEY record of 3 octets", header(0, 1) + record(ExampleName, 48, "\1\1\3"s), "BadRecord");
        const std::string signature = "\0\x10\x0d\2\0\0\x0e\x10\x69\0\0\0\x68\0\0\0\x12\x34"s;
        row("RRSIG record without a signer", header(0, 1) + record(ExampleName, 46, signature), "BadRecord");
        row("RRSIG record without a signature",
            header(0, 1) + record(ExampleName, 46, signature + ExampleName), "Ok");
        row("RRSIG record whose signer leads past its end",
            header(0, 2) + record(ExampleName, 46, signature + "\7exam"s) + record(ExampleName, 1, a),
            "BadRecord");
        row("RRSIG record with a compressed signer",
            header(0, 1) + record(ExampleName, 46, signature + pointer(HeaderOctets)), "BadRecord");
        row("NSEC3PARAM record with a salt that ends early",
            header(0, 1) + record(ExampleName, 51, "\1\0\0\0\3ab"s), "BadRecord");
        row("NSEC3PARAM record with octets behind its salt",
            header(0, 1) + record(ExampleName, 51, "\1\0\0\0\1ab"s), "BadRecord");
        row("CAA record with a tag that is longer than its record",
            header(0, 1) + record(ExampleName, 257 & 0xff, "\0\5issu"s).replace(ExampleName.size(), 1, "\1"),
            "BadRecord");
        row("CAA record without a value",
            header(0, 1) + record(ExampleName, 257 & 0xff, "\0\5issue"s).replace(ExampleName.size(), 1, "\1"),
            "Ok");
        row("record longer than the message", header(0, 1) + record(ExampleName, 1, a).substr(0, 26),
            "Truncated");
    }
    void wireFormsThatAreRefused()
    {
        QFETCH(QByteArray, octets);
        QFETCH(QString, expected);
        QCOMPARE(outcomeOf(decode(octets.toStdString())), expected);
    }

    void longChainOfPointersEnds()
    {
        // Each name of the question section points at the one before; the last is 16 000 octets behind.
        std::string octets = header(2700, 0) + "\x01x\0\0\x01\0\x01"s;
        std::size_t before = HeaderOctets;
        for (int i = 1; i < 2700; ++i) {
            const std::size_t here = octets.size();
            octets += pointer(before) + "\0\x01\0\x01"s;
            before = here;
        }
        const auto decoded = decode(octets);
        QCOMPARE(outcomeOf(decoded), QStringLiteral("Ok"));
        QCOMPARE(visible(decoded->questions.back().name.text()), QStringLiteral("x"));
    }

    void recordsOfOtherClassesAreLeftOut()
    {
        std::string chaos = record(ExampleName, 16, "\x01x"s);
        chaos[ExampleName.size() + 3] = '\x03';
        const auto decoded = decode(header(0, 2) + chaos + record(ExampleName, 16, "\x01y"s));
        QCOMPARE(linesOf(decoded->answers), QStringList(QStringLiteral("TXT example.com \"y\"")));
    }

    void ttlWithTheTopBitIsZero()
    {
        std::string octets = record(ExampleName, 16, "\x01x"s);
        octets[ExampleName.size() + 4] = '\x80';
        QCOMPARE(decode(header(0, 1) + octets)->answers.front().ttl, 0U);
    }

    void ednsHoldsTheUpperBitsOfTheCode()
    {
        // RFC 6891 section 6.1.3: BADVERS is 16: one in the OPT record, zero in the header.
        const auto decoded = decode(header(0, 0, 0, 1) + "\0\0\x29\x04\xd0\x01\0\0\0\0\0"s);
        QVERIFY(decoded);
        QVERIFY(decoded->hasEdns);
        QCOMPARE(decoded->rcode, std::uint16_t(16));
        QCOMPARE(decoded->ednsPayload, std::uint16_t(1232));
        QVERIFY(decoded->additional.empty());
    }

    void reasonsOfTheResolverAreKept()
    {
        // RFC 8914 section 2: DNSSEC Bogus with a text, an option of another kind, Signature Expired without
        // a text.
        const std::string options = "\0\x0f\0\5\0\6bad"s + "\0\x0a\0\1x"s + "\0\x0f\0\2\0\7"s;
        const auto edns = [](const std::string &data) {
            return "\0\0\x29\x04\xd0\0\0\0\0"s +
                   std::string{static_cast<char>(data.size() >> 8), static_cast<char>(data.size())} + data;
        };
        const auto decoded = decode(header(0, 0, 0, 1) + edns(options));
        QVERIFY(decoded);
        QCOMPARE(decoded->extendedErrors, (std::vector<std::uint16_t>{6, 7}));
        QVERIFY(*decode(encode(*decoded)) == *decoded);
        for (std::size_t length = 0; length < options.size(); ++length) {
            const auto cut = decode(header(0, 0, 0, 1) + edns(options.substr(0, length)));
            QVERIFY(cut); // options that do not fit say nothing about the answer
            QCOMPARE(cut->extendedErrors.size(), std::size_t(length < 9 ? 0 : 1));
        }
        std::string many;
        for (int i = 0; i < 100; ++i)
            many += "\0\x0f\0\2\0\6"s;
        QCOMPARE(decode(header(0, 0, 0, 1) + edns(many))->extendedErrors.size(), MaxExtendedErrors);
        Message message;
        message.isResponse = true;
        message.rcode = 2;
        message.hasEdns = true;
        message.extendedErrors = {6};
        message.questions.push_back({name("a.example"), RrType::TXT});
        const Answer answer = answerFrom(*decode(encode(message)), message.questions.front());
        QVERIFY(answer.outcome == Outcome::ServerFailure);
        QCOMPARE(answer.extendedErrors, (std::vector<std::uint16_t>{6}));
    }

    void recordsOfDnssecAndItsUsersSurviveZoneFileAndWire_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line :
             {// RFC 6698 section 2.3
              "_443._tcp.www.example.com TLSA 0 0 1 "
              "d2abde240d7cd3ee6b4b28c54df034b97983a1d16e8a410e4561cb106618e971",
              "_443._tcp.www.example.com TLSA 3 0 0 30820307308201efa003020102020123",
              "_443._tcp.www.example.com TLSA 255 255 255 ",
              // RFC 4509 section 2.3
              "dskey.example.com DS 60485 5 2 "
              "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a",
              // RFC 8080 section 6.1
              "example.com DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=",
              "example.com DS 3613 15 2 3aa5ab37efce57f737fc1627013fee07bdf241bd10f3b1964ab55c78e79a304b",
              "example.com RRSIG MX 15 2 3600 20150820224013 20150723224013 3613 example.com. "
              "oL9krJun7xfBOIWcGHi7mag5/hdZrKWw15jPGrHpjQeRAvTdszaPD+QLs3fx8A4M3e23mRZ9VrbpMngwcrqNAg==",
              // RFC 5155 appendix A
              "example NSEC3PARAM 1 0 12 aabbccdd", "example NSEC3PARAM 1 0 0 -",
              // RFC 8659 section 4.1.1
              "certs.example.com CAA 0 issue \"ca1.example.net; account=230123\"",
              "certs.example.com CAA 128 tbs \"Unknown\"", "certs.example.com CAA 0 issue \"\""})
            QTest::newRow(line) << QString::fromLatin1(line);
    }
    void recordsOfDnssecAndItsUsersSurviveZoneFileAndWire()
    {
        QFETCH(QString, line);
        const auto record = recordFromLine(line.toStdString());
        QVERIFY(record);
        const QString type = visible(dns::toString(record->type));
        QCOMPARE(visible(record->owner.text()) + QLatin1Char(' ') + type + QLatin1Char(' ') +
                     QString::fromStdString(toPresentation(*record)),
                 line);
        Message message;
        message.answers.push_back(*record);
        const auto decoded = decode(encode(message));
        QVERIFY(decoded);
        QVERIFY(*decoded == message);
    }

    void txtStringsOver255OctetsAreDivided()
    {
        Message message;
        message.answers.push_back({name("a.example"), RrType::TXT, 300,
                                   TxtData{{std::string(600, 'x'), "", std::string(255, 'y')}}});
        const auto decoded = decode(encode(message));
        const auto &txt = std::get<TxtData>(decoded->answers.front().data);
        std::vector<std::size_t> sizes;
        for (const std::string &string : txt.strings)
            sizes.push_back(string.size());
        QCOMPARE(sizes, (std::vector<std::size_t>{255, 255, 90, 0, 255}));
        QCOMPARE(txt.joined(), std::string(600, 'x') + std::string(255, 'y'));
    }

    void responseMeansForItsQuestion_data() { addRows("dns/answers.json"); }
    void responseMeansForItsQuestion()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QJsonObject, expect);
        const Question question = questionOf(given[QLatin1String("question")].toString());
        Message message;
        message.isResponse = !given[QLatin1String("isQuery")].toBool();
        message.authenticated = given[QLatin1String("authenticated")].toBool();
        message.rcode = static_cast<std::uint16_t>(given[QLatin1String("rcode")].toInt());
        message.hasEdns = message.rcode > 15;
        if (given.contains(QLatin1String("asked"))) {
            for (const QString &asked : stringsOf(given[QLatin1String("asked")]))
                message.questions.push_back(questionOf(asked));
        } else {
            message.questions.push_back(question);
        }
        message.answers = recordsOf(given[QLatin1String("answers")]);
        message.additional = recordsOf(given[QLatin1String("additional")]);
        if (given.contains(QLatin1String("soa"))) {
            const QJsonObject soa = given[QLatin1String("soa")].toObject();
            message.authority.push_back(
                {name("example"), RrType::SOA, static_cast<std::uint32_t>(soa[QLatin1String("ttl")].toInt()),
                 SoaData{name("ns.example"), name("hostmaster.example"), 1, 2, 3, 4,
                         static_cast<std::uint32_t>(soa[QLatin1String("minimum")].toInt())}});
        }
        const auto sent = decode(encode(message)); // what is not on the wire cannot count
        QVERIFY(sent);
        const Answer answer = answerFrom(*sent, question);
        QCOMPARE(visible(std::string(dns::toString(answer.outcome))),
                 expect[QLatin1String("outcome")].toString());
        QCOMPARE(int(answer.rcode), expect[QLatin1String("rcode")].toInt());
        QCOMPARE(int(answer.ttl), expect[QLatin1String("ttl")].toInt());
        QCOMPARE(answer.authenticated, expect[QLatin1String("authenticated")].toBool());
        QCOMPARE(linesOf(answer.aliases), stringsOf(expect[QLatin1String("aliases")]));
        QCOMPARE(linesOf(answer.records), stringsOf(expect[QLatin1String("records")]));
        QVERIFY(answer.question == question);
    }

    void sixteenAliasesAreFollowedAndNoMore()
    {
        for (const int aliases : {16, 17}) {
            Message message;
            const Question question{name("n0.example"), RrType::TXT};
            message.isResponse = true;
            message.questions.push_back(question);
            for (int i = 0; i < aliases; ++i) {
                message.answers.push_back(*recordFromLine("n" + std::to_string(i) + ".example CNAME n" +
                                                          std::to_string(i + 1) + ".example"));
            }
            message.answers.push_back(*recordFromLine("n" + std::to_string(aliases) + ".example TXT \"x\""));
            const Answer answer = answerFrom(message, question);
            // Where we give up nothing is known: neither that there is data nor that there is none.
            QCOMPARE(visible(std::string(dns::toString(answer.outcome))),
                     aliases == 16 ? QStringLiteral("answered") : QStringLiteral("malformed"));
        }
    }

    void canonicalNameIsWhereTheRecordsAre()
    {
        Answer answer = emptyAnswer({name("a.example"), RrType::TXT}, Outcome::NoData);
        QCOMPARE(canonicalName(answer), name("a.example"));
        answer.aliases.push_back(*recordFromLine("a.example CNAME b.example"));
        QCOMPARE(canonicalName(answer), name("b.example"));
    }

    void typesHaveNames_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("text");
        QTest::newRow("A") << 1 << QStringLiteral("A");
        QTest::newRow("MX") << 15 << QStringLiteral("MX");
        QTest::newRow("TXT") << 16 << QStringLiteral("TXT");
        QTest::newRow("AAAA") << 28 << QStringLiteral("AAAA");
        QTest::newRow("DS") << 43 << QStringLiteral("DS");
        QTest::newRow("RRSIG") << 46 << QStringLiteral("RRSIG");
        QTest::newRow("DNSKEY") << 48 << QStringLiteral("DNSKEY");
        QTest::newRow("NSEC3PARAM") << 51 << QStringLiteral("NSEC3PARAM");
        QTest::newRow("TLSA") << 52 << QStringLiteral("TLSA");
        QTest::newRow("CAA") << 257 << QStringLiteral("CAA");
        QTest::newRow("SPF") << 99 << QStringLiteral("SPF");
        QTest::newRow("unknown") << 65280 << QStringLiteral("TYPE65280");
        QTest::newRow("lowest") << 0 << QStringLiteral("TYPE0");
        QTest::newRow("highest") << 65535 << QStringLiteral("TYPE65535");
    }
    void typesHaveNames()
    {
        QFETCH(int, number);
        QFETCH(QString, text);
        QCOMPARE(visible(dns::toString(RrType(number))), text);
        QVERIFY(rrTypeFromString(text.toStdString()) == RrType(number));
        QVERIFY(rrTypeFromString(text.toLower().toStdString()) == RrType(number));
    }

    void otherTextsAreNoTypes()
    {
        for (const char *text :
             {"", "TYPE", "TYPE65536", "TYPE-1", "TYPE1x", "TYPE 1", "TYPE+1", "X", "TXT "})
            QVERIFY2(!rrTypeFromString(text), text);
    }

    void outcomesHaveNames()
    {
        for (const Outcome outcome :
             {Outcome::Answered, Outcome::NoData, Outcome::NxDomain, Outcome::ServerFailure, Outcome::Refused,
              Outcome::OtherRcode, Outcome::Timeout, Outcome::Malformed, Outcome::Unreachable}) {
            QVERIFY(!dns::toString(outcome).empty());
            QVERIFY(outcomeFromString(dns::toString(outcome)) == outcome);
            const bool known =
                outcome == Outcome::Answered || outcome == Outcome::NoData || outcome == Outcome::NxDomain;
            QCOMPARE(isTemporaryFailure(outcome), !known);
        }
        QVERIFY(!outcomeFromString(""));
        QVERIFY(!outcomeFromString("Answered"));
    }

    void dataIsWrittenAsInZoneFiles()
    {
        const auto presented = [](RrType type, RecordData data) {
            return visible(toPresentation({name("a.example"), type, 0, std::move(data)}));
        };
        QCOMPARE(presented(RrType::TXT, TxtData{{"a \"b\"", "c\\d", "\x01\xff"}}),
                 visible("\"a \\\"b\\\"\" \"c\\\\d\" \"\\001\\255\""));
        QCOMPARE(presented(RrType::MX, MxData{0, name(".")}), QStringLiteral("0 ."));
        QCOMPARE(presented(RrType::PTR, NameData{name("a\\.b.example")}), visible("a\\.b.example."));
        QCOMPARE(presented(RrType(65280), OpaqueData{"\x00\xab"s}), visible("\\# 2 00ab"));
        QCOMPARE(presented(RrType::SOA, SoaData{name("a"), name("b"), 1, 2, 3, 4, 5}),
                 QStringLiteral("a. b. 1 2 3 4 5"));
    }
};

QTEST_APPLESS_MAIN(TestDnsMessage)
#include "tst_dns_message.moc"
