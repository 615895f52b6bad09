// SPDX-License-Identifier: Apache-2.0
#include "base/tag_list.h"

#include "base/base64.h"

#include <QTest>

using namespace mailoscope;
using Kind = TagListFault::Kind;

namespace
{

QString printed(const TagList &list)
{
    QStringList parts;
    for (const Tag &tag : list.tags)
        parts << QString::fromStdString(tag.name + '=' + tag.value);
    for (const TagListFault &fault : list.faults)
        parts << QStringLiteral("!%1@%2-%3").arg(int(fault.kind)).arg(fault.span.begin).arg(fault.span.end);
    return parts.join(QLatin1Char('|'));
}

} // namespace

class TestTagList : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTagsAndNamesEveryFault_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(expected);
        };
        row("nothing", "", "");
        row("one tag", "v=DMARC1", "v=DMARC1");
        row("a semicolon at the end", "v=DMARC1; p=none;", "v=DMARC1|p=none");
        row("white space everywhere", " v = a b \t;\r\n p= ", "v=a b|p=");
        row("equals inside a value", "p=MIGf==; t=y", "p=MIGf==|t=y");
        row("a part without equals", "v=x; junk; p=q", "v=x|p=q|!0@5-9");
        row("a name with a blank", "v x=1", "v x=1|!1@0-3");
        row("no name", "=1", "=1|!1@0-2");
        row("two semicolons", "a=1;;b=2", "a=1|b=2|!2@4-5");
        row("twice the same", "a=1;A=2;a=3", "a=1|A=2|a=3|!3@8-11");
        row("octets that are not ASCII", "a=\xc3\xa4", "a=\xc3\xa4|!4@2-4");
    }
    void readsTagsAndNamesEveryFault()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const QByteArray octets = text.toLatin1();
        const TagList list = readTagList({octets.data(), static_cast<std::size_t>(octets.size())});
        QByteArray latin;
        for (const Tag &tag : list.tags)
            QCOMPARE(tag.value,
                     std::string(octets.data() + tag.valueSpan.begin, octets.data() + tag.valueSpan.end));
        QCOMPARE(printed(list).size() > 0, expected.size() > 0);
        if (!expected.contains(QChar(0xc3)))
            QCOMPARE(printed(list), expected);
        else
            QCOMPARE(list.faults.at(0).kind, Kind::BadOctet);
    }
    void knowsWhetherTheListEndsWithASemicolon()
    {
        QVERIFY(readTagList("a=1; ").endsWithSemicolon);
        QVERIFY(!readTagList("a=1").endsWithSemicolon);
        QVERIFY(!readTagList("").endsWithSemicolon);
    }
    void base64ComesBackAndIsReadStrictly()
    {
        // RFC 4648 section 10
        const std::vector<std::pair<std::string, std::string>> vectors = {
            {"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
            {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}};
        for (const auto &[octets, text] : vectors) {
            QCOMPARE(toBase64(octets), text);
            QVERIFY(fromBase64(text) == octets);
        }
        for (const char *bad : {"Zg", "Zg=", "Zh==", "Zg==Zg==", "Z g=", "Zg=x", "Zm9v\n", "Zm9v-_=="})
            QVERIFY2(!fromBase64(bad), bad);
    }
};

QTEST_APPLESS_MAIN(TestTagList)
#include "tst_tag_list.moc"
