// SPDX-License-Identifier: Apache-2.0
// Reports to be read and handed on: HTML, Markdown and CSV beside the others, whatever a domain publishes.
#include "fixes/proof.h"
#include "report/csv.h"
#include "report/evidence.h"
#include "report/html.h"
#include "report/json.h"
#include "report/markdown.h"
#include "report/sarif.h"
#include "report/text.h"
#include "support/zone.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <QTest>

#include <array>
#include <functional>
#include <set>

using namespace mailoscope;
using namespace mailoscope::tests;

namespace
{

const DomainName Domain = tests::name("example.com");

Report inspected(const Zone &zone)
{
    FactStore store;
    spf::RecordCache records;
    const InspectionContext context{Timestamp(std::chrono::seconds(1'795'000'000)), {"192.0.2.53:53"}};
    for (;;) {
        Report report = inspect(Domain, store, records, context);
        if (report.needed.empty()) {
            report.fixes = fixes::fixesFor(report, store, records, {});
            return report;
        }
        for (const FactKey &key : report.needed)
            store.put(zone.fact(key));
    }
}

void addText(Zone &zone, const std::string &owner, const std::string &text)
{
    dns::TxtData data;
    for (std::size_t i = 0; i < text.size(); i += 255)
        data.strings.push_back(text.substr(i, 255));
    zone.add({tests::name(owner), dns::RrType::TXT, 300, data});
}

/// A domain with something of everything.
Report fullReport()
{
    Zone zone;
    addText(zone, "example.com", "v=spf1 include:_spf.example.net ip4:192.0.2.0/24 ip4:198.51.100.1 a ?all");
    addText(zone, "_spf.example.net", "v=spf1 ip4:203.0.113.0/25 ip6:2001:db8::/32 -all");
    addText(zone, "_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:reports@example.com");
    addText(zone, "_smtp._tls.example.com", "v=TLSRPTv1; rua=mailto:tls@example.com");
    zone.add("example.com 300 MX 10 mx.example.com");
    zone.add("example.com 300 A 192.0.2.1");
    zone.add("mx.example.com 300 A 192.0.2.2");
    return inspected(zone);
}

/// A domain whose every record holds these octets.
Report hostileReport(const std::string &octets)
{
    Zone zone;
    addText(zone, "example.com",
            "v=spf1 include:" + octets + ".example.net ip4:192.0.2.0/24 x=" + octets + " +all");
    addText(zone, "_dmarc.example.com",
            "v=DMARC1; p=" + octets + "; rua=mailto:" + octets + "@example.com; " + octets);
    addText(zone, "_mta-sts.example.com", "v=STSv1; id=" + octets);
    addText(zone, "_smtp._tls.example.com", "v=TLSRPTv1; rua=mailto:" + octets);
    addText(zone, "default._bimi.example.com", "v=BIMI1; l=https://" + octets + "; a=" + octets);
    addText(zone, "default._domainkey.example.com", "v=DKIM1; p=" + octets + "; n=" + octets);
    return inspected(zone);
}

std::string sarifOf(const Report &report)
{
    const std::array<const Report *, 1> reports{&report};
    return toText(toSarif(reports), JsonLayout::Indented);
}

/// Cells as RFC 4180 section 2 has them; nothing where a text is no such file.
std::optional<std::vector<std::vector<std::string>>> readCsv(const std::string &text)
{
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i++] != '"')
            return std::nullopt;
        std::string cell;
        for (;; ++i) {
            if (i >= text.size())
                return std::nullopt;
            if (text[i] != '"')
                cell += text[i];
            else if (i + 1 < text.size() && text[i + 1] == '"')
                cell += text[i++];
            else
                break;
        }
        row.push_back(cell);
        ++i;
        if (i < text.size() && text[i] == ',') {
            ++i;
        } else if (text.compare(i, 2, "\r\n") == 0) {
            i += 2;
            rows.push_back(std::move(row));
            row.clear();
        } else {
            return std::nullopt;
        }
    }
    return rows;
}

pugi::xml_document parsedHtml(const std::string &html)
{
    pugi::xml_document document;
    const auto result = document.load_buffer(html.data(), html.size(), pugi::parse_full, pugi::encoding_utf8);
    if (!result)
        qWarning("%s at %td", result.description(), result.offset);
    return result ? std::move(document) : pugi::xml_document();
}

bool holdsAny(const std::string &text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return text.find(part) != std::string::npos; });
}

} // namespace

class TestDocuments : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hostileRecordsAreHarmlessInEveryFormat_data()
    {
        QTest::addColumn<QByteArray>("octets");
        QTest::newRow("markup") << QByteArray("<script>alert(1)</script><img src=x onerror=alert(1)>");
        QTest::newRow("markup that ends attributes") << QByteArray("\"'><svg/onload=alert(1)>]]>-->&lt;");
        QTest::newRow("escape sequences") << QByteArray("\x1b[31mred\x1b]0;title\x07\x9b"
                                                        "2J");
        QTest::newRow("bidirectional controls") << QByteArray("a\xe2\x80\xae"
                                                              "b\xe2\x81\xa6"
                                                              "c\xe2\x80\x8f"
                                                              "d\xe2\x80\xa8"
                                                              "e");
        QTest::newRow("NUL") << QByteArray("a\0b\0", 4);
        QTest::newRow("not UTF-8") << QByteArray("\xff\xfe\xc0\xaf\xed\xa0\x80");
        QTest::newRow("formulas") << QByteArray("=HYPERLINK(\"x\");=cmd|' /C calc'!A0,+1,-1,@SUM(1)");
        QTest::newRow("Markdown") << QByteArray(
            "](x) ![i](y) `code` ``` | a | **b** [l](http://x) www.x.example");
        QTest::newRow("line ends") << QByteArray("a\r\n# heading\r\n\r\n```\r\n- item\t=1");
        QTest::newRow("64 kB") << QByteArray(64 * 1024, '<');
    }
    void hostileRecordsAreHarmlessInEveryFormat()
    {
        QFETCH(QByteArray, octets);
        const Report report = hostileReport(octets.toStdString());
        const std::map<std::string, std::string> texts = {
            {"text", toText(report)},         {"html", toHtml(report)},
            {"markdown", toMarkdown(report)}, {"csv", csvHead() + csvRows(report)},
            {"sarif", sarifOf(report)},       {"json", evidenceOf(report).json}};
        for (const auto &[format, text] : texts) {
            QVERIFY2(QString::fromStdString(text).toUtf8().toStdString() == text,
                     format.c_str()); // valid UTF-8
            for (std::size_t i = 0; i < text.size(); ++i) {
                const auto c = static_cast<unsigned char>(text[i]);
                const bool isLineEnd = c == '\n' || (c == '\r' && format == "csv" && text[i + 1] == '\n');
                QVERIFY2((c >= 0x20 && c != 0x7f) || isLineEnd, format.c_str());
            }
            if (format != "json" && format != "sarif")
                QVERIFY2(!holdsAny(text, {"\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8f", "\xe2\x80\xa8"}),
                         format.c_str());
        }
        QVERIFY(nlohmann::json::accept(texts.at("json")));
        QVERIFY(nlohmann::json::accept(texts.at("sarif")));

        const pugi::xml_document html = parsedHtml(texts.at("html"));
        QVERIFY(html.child("html"));
        QVERIFY(html.select_nodes("//script | //img | //svg | //@src | //@onload | //@onerror").empty());

        const auto rows = readCsv(texts.at("csv"));
        QVERIFY(rows);
        QCOMPARE(rows->size(), report.findings.size() + 1);
        for (const auto &row : *rows) {
            QCOMPARE(row.size(), rows->front().size());
            for (const std::string &cell : row)
                QVERIFY2(cell.empty() || std::string_view("=+-@\t\r").find(cell[0]) == std::string_view::npos,
                         cell.c_str());
        }
    }

    void anHtmlReportIsWellFormedAndItsLinksLeadSomewhere()
    {
        const Report report = fullReport();
        const std::string html = toHtml(report);
        const pugi::xml_document document = parsedHtml(html);
        QVERIFY(document.child("html"));
        QCOMPARE(document.child("html").attribute("lang").value(), "en");
        std::set<std::string> ids;
        for (const auto &each : document.select_nodes("//@id"))
            QVERIFY2(ids.insert(each.attribute().value()).second, each.attribute().value());
        std::size_t outward = 0;
        for (const auto &each : document.select_nodes("//a/@href")) {
            const std::string target = each.attribute().value();
            const bool isStandard = target.starts_with("https://www.rfc-editor.org/rfc/rfc") ||
                                    target.starts_with("https://datatracker.ietf.org/doc/html/draft-");
            outward += isStandard ? 1 : 0;
            QVERIFY2(isStandard || (target.starts_with('#') && ids.count(target.substr(1)) == 1),
                     target.c_str());
        }
        QVERIFY(outward > 0);
        QCOMPARE(document.select_nodes("//h1").size(), std::size_t(1));
        QVERIFY(document.select_nodes("//main").size() == 1);
        for (const auto &table : document.select_nodes("//table")) {
            QVERIFY(table.node().child("caption"));
            const auto columns = table.node().select_nodes("thead/tr/th[@scope='col']").size();
            QVERIFY(columns > 0);
            for (const auto &row : table.node().select_nodes("tbody/tr"))
                QCOMPARE(row.node().select_nodes("td").size(), columns);
        }
        QCOMPARE(document.select_nodes("//h3[starts-with(@id,'finding-')]").size(), report.findings.size());
        QVERIFY(!holdsAny(html, {"<script", "<link", "<img", "@import", "url("}));
    }

    void severalReportsInOneHtmlFileHaveAnchorsOfTheirOwn()
    {
        const document::Document one = document::documentOf(fullReport());
        const std::string html = htmlHead("two") + htmlArticle(one, 0) + htmlArticle(one, 1) + htmlEnd();
        const pugi::xml_document document = parsedHtml(html);
        std::set<std::string> ids;
        for (const auto &each : document.select_nodes("//@id"))
            QVERIFY2(ids.insert(each.attribute().value()).second, each.attribute().value());
    }

    void everyReaderGetsTheWholeRecordAndTheEvidence_data()
    {
        QTest::addColumn<QString>("format");
        QTest::newRow("html") << QStringLiteral("html");
        QTest::newRow("markdown") << QStringLiteral("markdown");
    }
    void everyReaderGetsTheWholeRecordAndTheEvidence()
    {
        QFETCH(QString, format);
        const Report report = fullReport();
        const std::string text = format == QLatin1String("html") ? toHtml(report) : toMarkdown(report);
        for (const std::string_view part :
             {"v=spf1 include:_spf.example.net ip4:192.0.2.0/24 ip4:198.51.100.1 a ?all",
              "2026-11-18T11:06:40Z", "192.0.2.53:53", "Include tree", "203.0.113.0/25",
              "cannot be tested from outside", "Status by standard", "Do first", "Risk:", "RFC 7208",
              "https://www.rfc-editor.org/rfc/rfc7208#section-", "pass for these networks",
              "10 mx.example.com", "rules of 20"})
            QVERIFY2(text.find(part) != std::string::npos, std::string(part).c_str());
        QVERIFY(text.find(evidenceOf(report).sha256) != std::string::npos);
        for (const Finding &finding : report.findings)
            QVERIFY2(text.find(finding.id) != std::string::npos, finding.id.c_str());
    }

    void theDigestIsThatOfTheStandard()
    {
        QCOMPARE(sha256Of("abc"),
                 std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    void cellsThatBeginAFormulaBecomeText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("cell");
        const auto row = [](const char *text, const char *cell) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(cell);
        };
        row("v=spf1 -all", "\"v=spf1 -all\"");
        row("=1+1", "\"'=1+1\"");
        row("+1", "\"'+1\"");
        row("-all", "\"'-all\"");
        row("@x", "\"'@x\"");
        row("\tx", "\"'\tx\"");
        row("\rx", "\"'\rx\"");
        row("＝1", "\"'＝1\"");
        row("a;=1", "\"a;'=1\"");
        row("a, -1", "\"a, '-1\"");
        row("say \"x\"", "\"say \"\"x\"\"\"");
        row("", "\"\"");
    }
    void cellsThatBeginAFormulaBecomeText()
    {
        QFETCH(QString, text);
        QFETCH(QString, cell);
        QCOMPARE(QString::fromStdString(csvCell(text.toStdString())), cell);
    }

    void aFixShowsWhatGoesAndWhatComes()
    {
        const Report report = fullReport();
        QVERIFY(!report.fixes.empty());
        const pugi::xml_document html = parsedHtml(toHtml(report));
        QCOMPARE(html.select_nodes("//h3[starts-with(@id,'fix-')]").size(), report.fixes.size());
        QVERIFY(!html.select_nodes("//ins").empty() || !html.select_nodes("//del").empty());
    }

    void whatIsLeftOutIsNotLedTo()
    {
        const Report report = fullReport();
        document::Options options;
        options.parts = {document::Part::Summary, document::Part::Sections};
        const pugi::xml_document html = parsedHtml(toHtml(report, options));
        std::set<std::string> ids;
        for (const auto &each : html.select_nodes("//@id"))
            ids.insert(each.attribute().value());
        QVERIFY(ids.contains("spf") && !ids.contains("findings"));
        for (const auto &each : html.select_nodes("//a/@href")) {
            const std::string target = each.attribute().value();
            QVERIFY2(!target.starts_with('#') || ids.contains(target.substr(1)), target.c_str());
        }
    }

    void aLightReportHasNoEvidenceAndNoFormsToCopy()
    {
        const Report report = fullReport();
        document::Options options;
        options.copyAs = fixes::CopyForm::Zone;
        options.parts = document::lightParts();
        const std::string whole = toMarkdown(report, options);
        options.light = true;
        const std::string light = toMarkdown(report, options);
        QVERIFY(light.size() < whole.size());
        QVERIFY(whole.find("Here: ") != std::string::npos && light.find("Here: ") == std::string::npos);
        QVERIFY(light.find("What to do:") != std::string::npos);
    }

    void aReportOfWhatWouldBeSaysSo()
    {
        Report report = fullReport();
        QVERIFY(!report.fixes.empty());
        QVERIFY(toHtml(report).find("not what DNS says") == std::string::npos);
        const auto sarifOf = [&report] {
            return toText(toSarif(std::array<const Report *, 1>{&report}), JsonLayout::OneLine);
        };
        QVERIFY(csvRows(report).find(",\"no\"\r\n") != std::string::npos);
        QVERIFY(sarifOf().find("\"what_if\":false") != std::string::npos);
        report.applied = report.fixes.front().changes;
        const pugi::xml_document html = parsedHtml(toHtml(report));
        QVERIFY(html.select_node("//p[contains(.,'not what DNS says')]"));
        QVERIFY(html.select_node("//h3[@id='applied']"));
        QVERIFY(csvRows(report).find(",\"no\"\r\n") == std::string::npos);
        QVERIFY(csvRows(report).find(",\"yes\"\r\n") != std::string::npos);
        QVERIFY(sarifOf().find("\"what_if\":false") == std::string::npos);
    }

    void everyPartHasANameThatIsReadBack()
    {
        for (const document::Part part : document::AllParts)
            QVERIFY(document::partFromOption(document::optionOf(part)) == part);
        QVERIFY(!document::partFromOption("cover"));
    }

    void marksInARecordMayTouchAndOverlap()
    {
        document::RecordText record{"example.com",
                                    "TXT",
                                    "abc\x01"
                                    "def",
                                    {{1, 3}, {2, 5}},
                                    {}};
        const std::vector<document::Piece> pieces = document::piecesOf(record);
        QCOMPARE(pieces.size(), std::size_t(3));
        QCOMPARE(pieces[0].text, std::string("a"));
        QCOMPARE(pieces[1].text, std::string("bc\\001d"));
        QVERIFY(pieces[1].isMarked);
        QCOMPARE(pieces[2].text, std::string("ef"));
    }
};

QTEST_APPLESS_MAIN(TestDocuments)
#include "tst_documents.moc"
