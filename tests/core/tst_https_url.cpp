// SPDX-License-Identifier: Apache-2.0
#include "https/url.h"

#include <QTest>

using namespace mailoscope;
using https::Url;

class TestHttpsUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isReadAndWrittenAsFetched_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("plain", "https://example.com/a/b.svg", "https://example.com/a/b.svg");
        row("no path", "https://example.com", "https://example.com/");
        row("a query only", "https://example.com?x=1", "https://example.com/?x=1");
        row("capitals in scheme and host", "HTTPS://EXAMPLE.com/A", "https://example.com/A");
        row("the default port", "https://example.com:443/", "https://example.com/");
        row("another port", "https://example.com:8443/x", "https://example.com:8443/x");
        row("a fragment is dropped", "https://example.com/x#y", "https://example.com/x");
        row("escapes", "https://example.com/%41?%20", "https://example.com/%41?%20");
    }
    void isReadAndWrittenAsFetched()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto url = Url::parse(text.toStdString());
        QVERIFY(url);
        QCOMPARE(url->text(), expected.toStdString());
        QVERIFY(*Url::parse(url->text()) == *url);
    }
    void whatCannotBeFetchedIsToldApart_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("error");
        const auto row = [](const char *name, const std::string &text, https::UrlError error) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << static_cast<int>(error);
        };
        using enum https::UrlError;
        row("http", "http://example.com/", NotHttps);
        row("nothing", "", NotHttps);
        row("no host", "https:///x", NoHost);
        row("an IPv4 address", "https://192.0.2.1/x", NoHost);
        row("an IPv6 address", "https://[2001:db8::1]/x", NoHost);
        row("a user", "https://u:p@example.com/", HasUserInfo);
        row("port 0", "https://example.com:0/", BadPort);
        row("a port too large", "https://example.com:65536/", BadPort);
        row("a port of letters", "https://example.com:x/", BadPort);
        row("an empty label", "https://a..b/", BadHost);
        row("a blank in the host", "https://a b/", BadHost);
        row("a blank in the path", "https://example.com/a b", BadCharacter);
        row("a line end", "https://example.com/a\r\nX: y", BadCharacter);
        row("a bare percent", "https://example.com/%4", BadCharacter);
        row("octets that are not ASCII", "https://example.com/\xc3\xa4", BadCharacter);
        row("too long", "https://example.com/" + std::string(https::MaxUrlOctets, 'a'), TooLong);
    }
    void whatCannotBeFetchedIsToldApart()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, error);
        const auto url = Url::parse(text.toStdString());
        QVERIFY(!url);
        QCOMPARE(static_cast<int>(url.error()), error);
    }
};

QTEST_APPLESS_MAIN(TestHttpsUrl)
#include "tst_https_url.moc"
