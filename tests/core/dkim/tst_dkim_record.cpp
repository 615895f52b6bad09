// SPDX-License-Identifier: Apache-2.0
#include "base/base64.h"
#include "dkim/key.h"
#include "dkim/record.h"
#include "support/corpus.h"
#include "support/rows.h"

#include <QTest>

#include <set>

using namespace mailoscope;
using namespace mailoscope::dkim;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(nlohmann::ordered_json)

namespace
{

const char *nameOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::TooLong:
        return "TooLong";
    case IssueKind::NoEquals:
        return "NoEquals";
    case IssueKind::BadTagName:
        return "BadTagName";
    case IssueKind::EmptyPart:
        return "EmptyPart";
    case IssueKind::Duplicate:
        return "Duplicate";
    case IssueKind::BadOctet:
        return "BadOctet";
    case IssueKind::StrayQuote:
        return "StrayQuote";
    case IssueKind::EscapedSemicolon:
        return "EscapedSemicolon";
    case IssueKind::BadVersion:
        return "BadVersion";
    case IssueKind::VersionNotFirst:
        return "VersionNotFirst";
    case IssueKind::WrongCase:
        return "WrongCase";
    case IssueKind::UnknownKeyType:
        return "UnknownKeyType";
    case IssueKind::EmptyListItem:
        return "EmptyListItem";
    case IssueKind::NoKey:
        return "NoKey";
    }
    return "";
}

const char *nameOf(const std::optional<KeyFault> &fault)
{
    if (!fault)
        return "-";
    switch (*fault) {
    case KeyFault::BadCharacter:
        return "BadCharacter";
    case KeyFault::BadPadding:
        return "BadPadding";
    case KeyFault::LeftoverBits:
        return "LeftoverBits";
    case KeyFault::Truncated:
        return "Truncated";
    case KeyFault::NotDer:
        return "NotDer";
    case KeyFault::OtherKeyType:
        return "OtherKeyType";
    case KeyFault::TrailingOctets:
        return "TrailingOctets";
    case KeyFault::PrivateKey:
        return "PrivateKey";
    case KeyFault::PemText:
        return "PemText";
    case KeyFault::Ed25519Length:
        return "Ed25519Length";
    case KeyFault::Ed25519Wrapped:
        return "Ed25519Wrapped";
    }
    return "";
}

std::string made(const char *name)
{
    return dataFile("dkim/made_keys.json")["keys"][name];
}

std::string recordText(const Json &strings)
{
    std::string joined;
    for (const Json &string : strings)
        joined += string.get<std::string>();
    return joined;
}

} // namespace

class TestDkimRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsEveryTagAndNamesEveryFault_data()
    {
        QTest::addColumn<Json>("row");
        for (const Json &row : dataFile("dkim/records.json"))
            QTest::newRow(row["name"].get<std::string>().c_str()) << row;
    }
    void readsEveryTagAndNamesEveryFault()
    {
        QFETCH(Json, row);
        const std::string given = row["text"];
        const ParsedRecord parsed = parse(given);
        QStringList issues;
        for (const Issue &issue : parsed.issues) {
            QVERIFY(issue.span.begin <= issue.span.end && issue.span.end <= given.size());
            const std::string span = given.substr(issue.span.begin, issue.span.end - issue.span.begin);
            issues << QLatin1String(nameOf(issue.kind)) + QLatin1Char(':') + text(span);
        }
        QStringList expected;
        for (const Json &issue : row["issues"])
            expected << text(issue.get<std::string>());
        issues.sort();
        expected.sort();
        QCOMPARE(issues, expected);
        QCOMPARE(parsed.record.has_value(), !row["written"].is_null());
        QCOMPARE(looksLikeKeyRecord(parsed), row.value("key", true));
        if (!parsed.record)
            return;
        const Record &record = *parsed.record;
        QCOMPARE(text(toText(record)), text(row["written"].get<std::string>()));
        QVERIFY(parse(toText(record)).record == record);
        QCOMPARE(record.isTesting(), row.value("testing", false));
        QCOMPARE(record.refusesSubdomains(), row.value("strict", false));
        QCOMPARE(record.isRevoked(), row.value("revoked", false));
        QCOMPARE(record.servesMail(), row.value("mail", true));
        QCOMPARE(record.allowsSha256(), row.value("sha256", true));
    }

    void aTextThatIsTooLongIsNotRead()
    {
        const std::string fits = "p=" + std::string(MaxRecordOctets - 2, 'A');
        QVERIFY(parse(fits).record);
        QVERIFY(parse(toText(*parse(fits).record)).record == parse(fits).record);
        const ParsedRecord parsed = parse(fits + 'A');
        QVERIFY(!parsed.record);
        QCOMPARE(nameOf(parsed.issues.at(0).kind), "TooLong");
        std::string dense;
        for (int i = 0; dense.size() + 8 < MaxRecordOctets; ++i)
            dense += 'a' + std::to_string(i) + "=;";
        QVERIFY(parse(toText(*parse(dense).record)).record == parse(dense).record);
    }

    void keysAreReadToTheBit_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("bits");
        const auto row = [](const char *name, const char *type, const std::string &value, const char *fault,
                            int bits) {
            QTest::newRow(name) << QString::fromLatin1(type) << text(value) << QString::fromLatin1(fault)
                                << bits;
        };
        for (const int bits : {512, 768, 1024, 2048, 4096, 4608}) {
            const std::string name = "spki" + std::to_string(bits);
            row(name.c_str(), "rsa", made(name.c_str()), "-", bits);
        }
        const std::string key = made("spki2048");
        row("RSAPublicKey of PKCS#1", "rsa", made("pkcs1"), "-", 1024);
        row("blanks inside", "rsa", key.substr(0, 100) + " " + key.substr(100) + "\t", "-", 2048);
        row("cut off so that the whole record has 255 octets", "rsa", key.substr(0, 255 - 18), "Truncated",
            0);
        row("cut off at a group's end", "rsa", key.substr(0, 200), "Truncated", 0);
        row("cut off behind one character", "rsa", key.substr(0, 201), "Truncated", 0);
        row("a character that is none of base64", "rsa", key.substr(0, 20) + "!" + key.substr(21),
            "BadCharacter", 0);
        row("a quote between the strings", "rsa", key.substr(0, 200) + "\" \"" + key.substr(200),
            "BadCharacter", 0);
        row("URL-safe base64", "rsa", "MIGf_-", "BadCharacter", 0);
        row("half of the padding", "rsa", made("spki512").substr(0, 127), "BadPadding", 512);
        row("padding inside", "rsa", "MIGf=" + key.substr(4), "BadPadding", 0);
        row("no DER", "rsa", "AAAA", "NotDer", 0);
        row("a text", "rsa", "insertyourkeyhere===", "BadPadding", 0);
        row("an elliptic curve", "rsa", made("ec"), "OtherKeyType", 0);
        row("an Ed25519 key without k=ed25519", "rsa", made("edspki"), "OtherKeyType", 0);
        row("something behind the key", "rsa", key + key, "TrailingOctets", 2048);
        row("a private key of PKCS#1", "rsa", made("private1"), "PrivateKey", 0);
        row("a private key of PKCS#8", "rsa", made("private8"), "PrivateKey", 0);
        row("a private key that was cut off", "rsa", made("private1").substr(0, 200), "PrivateKey", 0);
        row("the text of a private key", "rsa", "-----BEGIN PRIVATE KEY----- MIIB", "PrivateKey", 0);
        row("the text of a public key", "rsa", "-----BEGIN PUBLIC KEY-----MIIB-----END PUBLIC KEY-----",
            "PemText", 0);
        row("Ed25519", "ed25519", made("ed"), "-", 256);
        row("Ed25519 of RFC 8463", "ed25519", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "-", 256);
        row("Ed25519 without padding", "ed25519", made("ed").substr(0, 43), "BadPadding", 256);
        row("Ed25519 in SubjectPublicKeyInfo", "ed25519", made("edspki"), "Ed25519Wrapped", 0);
        row("Ed25519 with an RSA key", "ed25519", key, "Ed25519Length", 0);
        row("Ed25519 with a private key", "ed25519", made("edprivate"), "PrivateKey", 0);
        row("Ed25519 one octet short", "ed25519", toBase64(std::string(31, 'x')), "Ed25519Length", 0);
        row("only blanks", "rsa", "  ", "-", 0);
    }
    void keysAreReadToTheBit()
    {
        QFETCH(QString, type);
        QFETCH(QString, value);
        QFETCH(QString, fault);
        QFETCH(int, bits);
        const std::string octets = value.toStdString();
        const Key key = readKey(type == QLatin1String("rsa") ? KeyType::Rsa : KeyType::Ed25519, octets);
        QCOMPARE(QString::fromLatin1(nameOf(key.fault)), fault);
        QCOMPARE(key.bits(), bits);
        QVERIFY(key.span.begin <= key.span.end && key.span.end <= octets.size());
    }

    void theFormAndTheNumbersAreTold()
    {
        const Key info = readKey(KeyType::Rsa, made("spki1024"));
        const Key plain = readKey(KeyType::Rsa, made("pkcs1"));
        QVERIFY(info.rsa && plain.rsa);
        QVERIFY(info.rsa->form == RsaKey::Form::SubjectPublicKeyInfo);
        QVERIFY(plain.rsa->form == RsaKey::Form::RsaPublicKey);
        QVERIFY(info.rsa->modulus == plain.rsa->modulus);
        QVERIFY(info.rsa->smallExponent() == 65537U);
        QVERIFY(!info.rsa->hasWeakModulus());
        QVERIFY(!readKey(KeyType::Rsa, made("bige")).rsa->smallExponent());
    }

    void weakModuliAreKnown()
    {
        const auto rsa = [](const char *name) { return *readKey(KeyType::Rsa, made(name)).rsa; };
        QVERIFY(!rsa("good").hasWeakModulus());
        QVERIFY(rsa("even").isEven && !rsa("even").isSquare);
        QVERIFY(rsa("square").isSquare && !rsa("square").isEven);
        QCOMPARE(rsa("small").smallFactor, 9973U);
        QCOMPARE(rsa("good").smallFactor, 0U);
        QVERIFY(rsa("e1").smallExponent() == 1U);
        QVERIFY(rsa("e3").smallExponent() == 3U);
        QVERIFY(rsa("eeven").smallExponent() == 65536U);
    }

    void sharedPrimesAreFoundAndTheSameKeyIsNone()
    {
        const auto modulus = [](const char *name) { return readKey(KeyType::Rsa, made(name)).rsa->modulus; };
        const std::vector<std::string> moduli = {modulus("spki2048"), modulus("good"), modulus("spki1024"),
                                                 modulus("shared"), modulus("spki2048")};
        QVERIFY(sharePrimes(moduli) == (std::vector<bool>{false, true, false, true, false}));
        QVERIFY(sharePrimes({}) == std::vector<bool>{});
        const std::vector<std::string> same = {modulus("good"), modulus("good")};
        QVERIFY(sharePrimes(same) == (std::vector<bool>{false, false}));
    }

    void keysOfTheSuiteAreReadAsItsMessagesNeedThem()
    {
        const Json keys = dataFile("dkim/keys.json")["keys"];
        const std::set<std::string> bad = {"edspki", "badb64", "dup", "vnotfirst", "revoked", "nope"};
        int good = 0;
        for (const auto &[owner, records] : keys.items()) {
            const std::string selector = owner.substr(0, owner.find('.'));
            for (const Json &entry : records) {
                const ParsedRecord parsed = parse(entry.get<std::string>());
                QVERIFY2(parsed.record && parsed.record->publicKey, owner.c_str());
                const Key key = readKey(parsed.record->type(), *parsed.record->publicKey);
                if (bad.contains(selector) || selector == "two")
                    continue;
                QVERIFY2(parsed.isFlawless(), owner.c_str());
                QVERIFY2(key.isUsable(), owner.c_str());
                ++good;
            }
        }
        QVERIFY(good >= 10);
        const auto first = [&keys](const char *owner) { return keys[owner][0].get<std::string>(); };
        QVERIFY(!parse(first("dup._domainkey.mail.example")).isFlawless());
        QVERIFY(!parse(first("vnotfirst._domainkey.mail.example")).isFlawless());
        QVERIFY(parse(first("revoked._domainkey.mail.example")).record->isRevoked());
    }

    void recordedKeysAreWithoutFault()
    {
        int count = 0;
        const Json recorded = dataFile("dkim/keys.json")["recorded"];
        for (const auto &[owner, strings] : recorded.items()) {
            const ParsedRecord parsed = parse(recordText(strings));
            QVERIFY2(parsed.isFlawless(), owner.c_str());
            QVERIFY2(readKey(parsed.record->type(), *parsed.record->publicKey).isUsable(), owner.c_str());
            ++count;
        }
        QCOMPARE(count, 8);
    }

    void everyKeyOfTheCorpusIsReadOrKnownToBeFaulty()
    {
        // What owners really published by mistake: the target of a CNAME record as TXT, and quotes inside the
        // data.
        const QString mistaken = QStringLiteral(".dkim.amazonses.com");
        const auto zone = tests::corpusZone();
        int count = 0;
        int targets = 0;
        int quoted = 0;
        QStringList faulty;
        for (const DomainName &owner : zone->namesWith(dns::RrType::TXT)) {
            const bool isSelector = owner.text().find("._domainkey.") != std::string::npos;
            if (!isSelector || owner.text().starts_with("_adsp."))
                continue;
            const dns::Answer answer = zone->answer({owner, dns::RrType::TXT});
            for (const auto *data : dns::dataOf<dns::TxtData>(answer)) {
                const std::string joined = data->joined();
                const ParsedRecord parsed = parse(joined);
                ++count;
                if (text(joined).endsWith(mistaken)) {
                    QVERIFY(!looksLikeKeyRecord(parsed));
                    ++targets;
                } else if (joined.find('"') != std::string::npos) {
                    const Key key = readKey(parsed.record->type(), *parsed.record->publicKey);
                    QVERIFY2(key.fault == KeyFault::BadCharacter, joined.c_str());
                    ++quoted;
                } else if (!parsed.isFlawless()) {
                    faulty << text(owner.text());
                } else if (!parsed.record->isRevoked()) {
                    const Key key = readKey(parsed.record->type(), *parsed.record->publicKey);
                    if (!key.isUsable())
                        faulty << text(owner.text()) + QLatin1Char(' ') + QLatin1String(nameOf(key.fault));
                }
            }
        }
        QVERIFY(count > 150);
        QVERIFY(targets > 0);
        QVERIFY(quoted > 0);
        QCOMPARE(faulty.join(QLatin1Char('\n')), QString());
    }
};

QTEST_APPLESS_MAIN(TestDkimRecord)
#include "tst_dkim_record.moc"
