// SPDX-License-Identifier: Apache-2.0
// Every finding id there is: in the catalogue, with words, and with a row that makes it appear and one that
// does not.
#include "report/explain.h"
#include "report/outline.h"
#include "report/words.h"

#include <nlohmann/json.hpp>

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <set>

using namespace mailoscope;
using Json = nlohmann::json;

namespace
{

Json read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return Json::parse(file.readAll().toStdString());
}

void collectIds(const Json &json, std::set<std::string> &ids)
{
    if (json.is_object() && json.contains("id") && json["id"].is_string())
        ids.insert(json["id"].get<std::string>());
    if (json.is_structured()) {
        for (const Json &element : json)
            collectIds(element, ids);
    }
}

} // namespace

class TestCatalogue : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyIdWithWordsIsInTheCatalogueAndTheReverse()
    {
        std::set<std::string> made;
        const Json catalogue = read(QStringLiteral(MAILOSCOPE_TEST_DATA "/report/catalogue.json"));
        for (const Json &row : catalogue.at("rows")) {
            if (row.contains("not_made"))
                QVERIFY(!row["not_made"].get<std::string>().empty());
            else
                made.insert(row.at("id").get<std::string>());
        }
        const std::vector<std::string> explained = explainedIds();
        for (const std::string &id : explained)
            QVERIFY2(made.contains(id), id.c_str());
        for (const std::string &id : made)
            QVERIFY2(std::binary_search(explained.begin(), explained.end(), id), id.c_str());
        QCOMPARE(explained.size(), made.size()); // no id has words twice
    }

    void everyIdHasARowThatMakesItAppear()
    {
        // Made by the tests of tst_profiles, and by one that no zone file can hold.
        std::set<std::string> ids = {
            "park.bimi-declined",    "park.dkim-wildcard",      "park.dmarc", "park.nullmx", "park.spf",
            "park.sub-wildcard-spf", "spf.syntax.string-length"};
        QDirIterator files(QStringLiteral(MAILOSCOPE_TEST_DATA), {QStringLiteral("findings.json")},
                           QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            collectIds(read(files.next()), ids);
        for (const std::string &id : explainedIds())
            QVERIFY2(ids.contains(id), id.c_str());
    }

    void everyTableOfWordsIsWhole()
    {
        for (const std::span<const FindingWords> table : allWords()) {
            QVERIFY(!table.empty());
            for (const FindingWords &words : table) {
                QVERIFY2(!words.title.empty() && !words.title.ends_with('.'), words.id.data());
                QVERIFY2(words.why.ends_with('.'), words.id.data());
                QVERIFY2(words.whatToDo.ends_with('.'), words.id.data());
            }
        }
    }

    void everySectionOfFindingsIsToldSomewhere()
    {
        for (const char *section : {"spf", "dmarc", "dkim", "ses", "bimi", "mta_sts", "tls_rpt", "mx", "dane",
                                    "dnssec", "caa", "dns", "takeover"})
            QVERIFY2(sectionOf(section), section);
        QVERIFY(!sectionOf("nothing"));
    }
};

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
