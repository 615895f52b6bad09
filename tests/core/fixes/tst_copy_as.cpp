// SPDX-License-Identifier: Apache-2.0
// Each form of "copy as" read back by parsers that are not ours (parse_back.py), and what a form says of the
// rest.
#include "fixes/copy_as.h"
#include "support/rows.h"
#include "support/zone.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QTest>

#include <algorithm>
#include <map>

using namespace mailoscope;
using mailoscope::tests::dataFile;
using mailoscope::tests::text;
using Json = nlohmann::ordered_json;

namespace
{

constexpr int PatienceMs = 250000; ///< a Go program may be compiled on a loaded machine

std::string latin(const std::string &octets)
{
    std::string utf8;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x80) {
            utf8.push_back(c);
        } else {
            utf8.push_back(static_cast<char>(0xC0U | (octet >> 6U)));
            utf8.push_back(static_cast<char>(0x80U | (octet & 0x3FU)));
        }
    }
    return utf8;
}

std::string octetsOf(const std::string &latinText)
{
    const QByteArray octets = QString::fromStdString(latinText).toLatin1();
    return octets.toStdString();
}

dns::RecordData dataOf(dns::RrType type, const std::string &name, const std::string &value)
{
    if (type == dns::RrType::TXT)
        return fixes::txtData(octetsOf(value));
    tests::Zone zone;
    zone.add(name + " 300 " + dns::toString(type) + ' ' + value);
    const dns::Answer answer = zone.answer({tests::name(name), type});
    return answer.records.empty() ? zone.answer({tests::name(name), dns::RrType::CNAME}).aliases.front().data
                                  : answer.records.front().data;
}

/// The records of a file as sets that come to exist, or that stand already.
enum class When { After, Before };
std::vector<fixes::RecordSet> setsOf(const Json &records, When when = When::After)
{
    std::vector<fixes::RecordSet> sets;
    for (const Json &record : records) {
        const auto name = record["name"].get<std::string>();
        const auto type = *dns::rrTypeFromString(record["type"].get<std::string>());
        fixes::RecordSet set{tests::name(name), type, record["ttl"].get<std::uint32_t>(), {}, {}};
        for (const Json &value : record["values"])
            (when == When::After ? set.after : set.before).push_back(dataOf(type, name, value));
        sets.push_back(std::move(set));
    }
    return sets;
}

/// As parse_back.py prints it.
std::string normal(const std::vector<fixes::RecordSet> &sets)
{
    std::vector<nlohmann::json> list;
    for (const fixes::RecordSet &set : sets) {
        if (set.after.empty())
            continue;
        std::vector<std::string> values;
        for (const dns::RecordData &data : set.after)
            values.push_back(latin(fixes::textOf(set.type, data)));
        std::sort(values.begin(), values.end());
        list.push_back({set.name.text() + '.', dns::toString(set.type), set.ttl, values});
    }
    std::sort(list.begin(), list.end());
    return nlohmann::json(list).dump();
}

/// What parse_back.py is to read.
class Jobs
{
public:
    void add(const std::string &key, std::string_view form, const std::string &copied, const char *zone,
             const char *before = "")
    {
        m_keys.push_back(key);
        m_jobs.push_back({{"form", form}, {"text", copied}, {"zone", zone}, {"before", before}});
    }
    /// All in one process; nothing where it did not end well.
    std::map<std::string, Json> read() const
    {
        QProcess python;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("MAILOSCOPE_GO_CACHE"), QStringLiteral(MAILOSCOPE_GO_CACHE));
        python.setProcessEnvironment(environment);
        python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        python.start(QStringLiteral(MAILOSCOPE_PYTHON), {QStringLiteral(MAILOSCOPE_PARSE_BACK)});
        python.write(QByteArray::fromStdString(m_jobs.dump()));
        python.closeWriteChannel();
        std::map<std::string, Json> results;
        if (!python.waitForFinished(PatienceMs) || python.exitCode() != 0)
            return results;
        const Json list = Json::parse(python.readAllStandardOutput().toStdString());
        for (std::size_t i = 0; i < m_keys.size(); ++i)
            results[m_keys[i]] = list.at(i);
        return results;
    }

private:
    std::vector<std::string> m_keys;
    Json m_jobs = Json::array();
};

/// A row of aFormIsReadBackAsItWasMeant().
struct Source {
    const char *row;
    const char *file;
    const char *member;
    const char *zone;
};
constexpr Source Sources[] = {{"source", "fixes/dns-export/source.json", "records", "example.com"},
                              {"hostile", "fixes/hostile.json", "records", "example.org"},
                              {"odd", "fixes/hostile.json", "odd", "example.org"}};

constexpr std::pair<const char *, const char *> Samples[] = {{"zone", "zone.bind"},
                                                             {"nsupdate", "nsupdate.txt"},
                                                             {"route53", "route53-change-batch.json"},
                                                             {"cloudformation-yaml", "cloudformation.yaml"},
                                                             {"terraform-route53", "terraform-route53.tf"},
                                                             {"gcloud", "gcloud.sh"},
                                                             {"azure", "azure-cli.sh"},
                                                             {"cloudflare", "cloudflare-batch.json"},
                                                             {"dnscontrol", "dnsconfig.js"},
                                                             {"octodns", "octodns.yaml"}};

fixes::RecordSet txtSet(const char *name, std::vector<std::string> before, std::vector<std::string> after)
{
    fixes::RecordSet set{tests::name(name), dns::RrType::TXT, 300, {}, {}};
    for (const std::string &value : before)
        set.before.push_back(fixes::txtData(value));
    for (const std::string &value : after)
        set.after.push_back(fixes::txtData(value));
    return set;
}

fixes::Copied copied(const char *form, std::vector<fixes::RecordSet> sets,
                     std::vector<fixes::FileChange> files = {})
{
    return fixes::copyAs(*fixes::copyFormFromOption(form), {std::move(sets), std::move(files), {}, {}});
}

bool has(const std::string &all, const char *part)
{
    return all.find(part) != std::string::npos;
}

bool isNoted(const fixes::Copied &copied, const char *part)
{
    return std::any_of(copied.notes.begin(), copied.notes.end(),
                       [part](const std::string &note) { return has(note, part); });
}

const fixes::FileChange Policy{{tests::name("mta-sts.example.com"), 443, "/.well-known/mta-sts.txt"},
                               "text/plain",
                               std::nullopt,
                               "version: STSv1\r\nmode: testing\r\n"};

const fixes::RecordSet Sibling =
    txtSet("example.com", {"v=spf1 +all", "verification=1"}, {"v=spf1 -all", "verification=1"});
const fixes::RecordSet Gone = txtSet("old.example.com", {"v=spf1 +all"}, {});

} // namespace

class TestCopyAs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyFormIsNamedAndExplained();
    void aFormIsReadBackAsItWasMeant_data();
    void aFormIsReadBackAsItWasMeant();
    void theSamplesOfTheServicesMeanTheSame_data();
    void theSamplesOfTheServicesMeanTheSame();
    void nsupdateKeepsTheSiblings();
    void nsupdateIsRefusedWhereTheRecordsHaveChanged();
    void wholeSetsRepeatTheRecordsThatStay_data();
    void wholeSetsRepeatTheRecordsThatStay();
    void singleRecordsLeaveTheOthersAlone_data();
    void singleRecordsLeaveTheOthersAlone();
    void aSetThatGoesIsDeletedOrTold_data();
    void aSetThatGoesIsDeletedOrTold();
    void whatAFormCannotCarryIsLeftOutAndTold();
    void unknownRecordsAreTold();
    void whatWasNotLookedUpIsTold();
    void aFileStandsInComments_data();
    void aFileStandsInComments();
    void aFileAloneIsItsText();
    void zonesAreKeptApart();
    void aGivenZoneDecidesRelativeNames();
    void plainIsTheValueAlone();
    void cnameBesideOthersIsTold();
    void nothingChangedIsNothing();

private:
    std::map<std::string, Json> m_read;
};

/// Ends the test function where the job was not read.
#define READ_BACK(result, key)                                                                               \
    QVERIFY2(m_read.contains(key), key);                                                                     \
    const Json &result = m_read[key];                                                                        \
    if ((result).contains("missing"))                                                                        \
        QSKIP(("NOT READ BACK: " + (result)["missing"].get<std::string>()).c_str());                         \
    QVERIFY2(!(result).contains("error"), (result).value("error", Json()).dump().c_str())

void TestCopyAs::initTestCase()
{
    Jobs jobs;
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        for (const Source &source : Sources) {
            if (info.form == fixes::CopyForm::Plain)
                continue;
            const auto sets = setsOf(dataFile(source.file)[source.member]);
            jobs.add(std::string(info.option) + ' ' + source.row, info.option,
                     fixes::copyAs(info.form, {sets, {}, {}, {}}).text, source.zone);
        }
    }
    for (const auto &[form, file] : Samples) {
        QFile sample(QStringLiteral(MAILOSCOPE_TEST_DATA "/fixes/dns-export/") + QLatin1String(file));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        jobs.add(std::string("sample ") + form, form, sample.readAll().toStdString(), "example.com");
    }
    jobs.add("siblings", "nsupdate", copied("nsupdate", {Sibling, Gone}).text, "example.com",
             "example.com. 300 IN TXT \"v=spf1 +all\"\nexample.com. 300 IN TXT \"verification=1\"\n"
             "old.example.com. 300 IN TXT \"v=spf1 +all\"\n");
    jobs.add("changed", "nsupdate", copied("nsupdate", {Gone}).text, "example.com",
             "old.example.com. 300 IN TXT \"v=spf1 ~all\"\n");
    m_read = jobs.read();
    QVERIFY2(!m_read.empty(), "parse_back.py did not end well");
}

void TestCopyAs::everyFormIsNamedAndExplained()
{
    QCOMPARE(fixes::copyForms().size(), 16U);
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        QCOMPARE(fixes::copyFormFromOption(info.option), std::optional(info.form));
        QVERIFY(!info.title.empty());
        QVERIFY(info.mind.ends_with('.'));
        QCOMPARE(fixes::infoOf(info.form).option, info.option);
    }
    QVERIFY(!fixes::copyFormFromOption("bind"));
}

void TestCopyAs::aFormIsReadBackAsItWasMeant_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<int>("source");
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        for (int i = 0; i < 3 && info.form != fixes::CopyForm::Plain; ++i)
            QTest::newRow((std::string(info.option) + ' ' + Sources[i].row).c_str())
                << static_cast<int>(info.form) << i;
    }
}

void TestCopyAs::aFormIsReadBackAsItWasMeant()
{
    QFETCH(int, form);
    QFETCH(int, source);
    const std::string_view row = Sources[source].row;
    const fixes::CopyFormInfo &info = fixes::infoOf(static_cast<fixes::CopyForm>(form));
    std::vector<fixes::RecordSet> sets = setsOf(dataFile(Sources[source].file)[Sources[source].member]);
    const fixes::Copied text = fixes::copyAs(info.form, {sets, {}, {}, {}});

    // What the form cannot carry must have been told.
    const auto isLeftOut = [&](const fixes::RecordSet &set) {
        const std::string who = dns::toString(set.type) + " records at " + set.name.text();
        return std::any_of(text.notes.begin(), text.notes.end(), [&](const std::string &note) {
            return note.find(who) != std::string::npos &&
                   (note.find("octets that this form") != std::string::npos ||
                    note.find("has no way") != std::string::npos);
        });
    };
    // Azure's Terraform provider knows no TLSA, and its CLI would read a file in the place of "@...".
    const bool knowsLess =
        info.form == fixes::CopyForm::Azure || info.form == fixes::CopyForm::TerraformAzure;
    const auto leftOut = std::count_if(sets.begin(), sets.end(), isLeftOut);
    const bool takesAnyOctet =
        !knowsLess && info.form != fixes::CopyForm::DnsControl && info.form != fixes::CopyForm::OctoDns;
    if (row == "odd")
        QCOMPARE(leftOut, takesAnyOctet ? 0 : 2);
    else
        QCOMPARE(leftOut, knowsLess && row == "hostile" ? 1 : 0);
    const bool isAzure = info.form == fixes::CopyForm::Azure;
    for (fixes::RecordSet &set : sets) {
        if (isLeftOut(set) && isAzure)
            // One value alone: the Azure CLI would read a file in its place.
            set.after.erase(std::remove_if(set.after.begin(), set.after.end(),
                                           [&](const dns::RecordData &data) {
                                               const std::string value = fixes::textOf(set.type, data);
                                               return value.starts_with('@') || row == "odd";
                                           }),
                            set.after.end());
        else if (isLeftOut(set))
            set.after.clear();
    }
    READ_BACK(back, QTest::currentDataTag());
    QCOMPARE(QString::fromStdString(back["sets"].dump()), QString::fromStdString(normal(sets)));
}

void TestCopyAs::theSamplesOfTheServicesMeanTheSame_data()
{
    QTest::addColumn<bool>("hasTtl");
    for (const auto &[form, file] : Samples)
        QTest::newRow(form) << (form != std::string_view("azure"));
}

void TestCopyAs::theSamplesOfTheServicesMeanTheSame()
{
    QFETCH(bool, hasTtl);
    READ_BACK(back, (std::string("sample ") + QTest::currentDataTag()).c_str());
    std::vector<fixes::RecordSet> sets = setsOf(dataFile("fixes/dns-export/source.json")["records"]);
    for (fixes::RecordSet &set : sets)
        set.ttl = hasTtl ? set.ttl : 0;
    QCOMPARE(QString::fromStdString(back["sets"].dump()), QString::fromStdString(normal(sets)));
}

void TestCopyAs::nsupdateKeepsTheSiblings()
{
    READ_BACK(back, "siblings");
    QCOMPARE(QString::fromStdString(back["sets"].dump()), QString::fromStdString(normal({Sibling, Gone})));
}

void TestCopyAs::nsupdateIsRefusedWhereTheRecordsHaveChanged()
{
    READ_BACK(back, "changed");
    QVERIFY2(back.contains("refused"), back.dump().c_str());
}

void TestCopyAs::wholeSetsRepeatTheRecordsThatStay_data()
{
    QTest::addColumn<bool>("dummy");
    for (const char *form : {"zone", "route53", "aws", "cloudformation", "cloudformation-yaml",
                             "terraform-route53", "terraform-google", "terraform-azure", "gcloud", "octodns"})
        QTest::newRow(form) << true;
}

void TestCopyAs::wholeSetsRepeatTheRecordsThatStay()
{
    const char *form = QTest::currentDataTag();
    const fixes::Copied text = copied(
        form, {txtSet("example.com", {"v=spf1 +all", "verification=1"}, {"v=spf1 -all", "verification=1"})});
    QVERIFY(has(text.text, "verification=1"));
    QVERIFY(has(text.text, "v=spf1 -all"));
    QVERIFY(form == std::string_view("zone") || isNoted(text, "1 that stays is repeated"));
}

void TestCopyAs::singleRecordsLeaveTheOthersAlone_data()
{
    QTest::addColumn<QString>("old"); // how the record that goes is named
    QTest::newRow("azure") << QStringLiteral("remove-record");
    QTest::newRow("cloudflare") << QStringLiteral("RECORD_ID_1");
    QTest::newRow("terraform-cloudflare") << QStringLiteral("# In the place of TXT \"v=spf1 +all\"");
    QTest::newRow("dnscontrol") << QStringLiteral("// take away: TXT \"v=spf1 +all\"");
}

void TestCopyAs::singleRecordsLeaveTheOthersAlone()
{
    QFETCH(QString, old);
    const fixes::Copied text =
        copied(QTest::currentDataTag(),
               {txtSet("example.com", {"v=spf1 +all", "verification=1"}, {"v=spf1 -all", "verification=1"})});
    QVERIFY(!has(text.text, "verification=1"));
    QVERIFY(has(text.text, "v=spf1 -all"));
    QVERIFY2(has(text.text, old.toUtf8().constData()), text.text.c_str());
}

void TestCopyAs::aSetThatGoesIsDeletedOrTold_data()
{
    QTest::addColumn<QString>("expected");
    QTest::newRow("zone") << QStringLiteral("; take away: old.example.com.");
    QTest::newRow("nsupdate") << QStringLiteral("update delete old.example.com. TXT \"v=spf1 +all\"");
    QTest::newRow("route53") << QStringLiteral("\"Action\": \"DELETE\"");
    QTest::newRow("aws") << QStringLiteral("\"Action\":\"DELETE\"");
    QTest::newRow("terraform-route53") << QStringLiteral("# The TXT records at old.example.com go");
    QTest::newRow("terraform-cloudflare") << QStringLiteral("# Take away the resource of TXT");
    QTest::newRow("terraform-google") << QStringLiteral("# The TXT records at old.example.com go");
    QTest::newRow("terraform-azure") << QStringLiteral("# The TXT records at old.example.com go");
    QTest::newRow("gcloud") << QStringLiteral("gcloud dns record-sets delete old.example.com.");
    QTest::newRow("azure") << QStringLiteral("remove-record -g \"$RESOURCE_GROUP\" -z example.com -n old "
                                             "--value='v=spf1 +all'");
    QTest::newRow("cloudflare") << QStringLiteral("\"id\": \"RECORD_ID_1\"");
    QTest::newRow("dnscontrol") << QStringLiteral("// take away: TXT");
    QTest::newRow("octodns") << QStringLiteral("# take away: the TXT records at old.example.com");
    QTest::newRow("plain") << QStringLiteral("remove\told\tTXT\t300\tv=spf1 +all");
}

void TestCopyAs::aSetThatGoesIsDeletedOrTold()
{
    QFETCH(QString, expected);
    const fixes::Copied text =
        copied(QTest::currentDataTag(), {txtSet("old.example.com", {"v=spf1 +all"}, {})});
    QVERIFY2(has(text.text, expected.toUtf8().constData()), text.text.c_str());
}

void TestCopyAs::whatAFormCannotCarryIsLeftOutAndTold()
{
    const fixes::RecordSet odd = txtSet("example.com", {}, {std::string("line\nbreak")});
    for (const char *form : {"terraform-azure", "azure", "dnscontrol", "octodns"}) {
        const fixes::Copied text = copied(form, {odd});
        QVERIFY2(isNoted(text, "octets that this form cannot carry"), form);
        QVERIFY2(!has(text.text, "line\nbreak"), form);
    }
    for (const char *form : {"zone", "nsupdate", "cloudflare", "gcloud"})
        QVERIFY2(has(copied(form, {odd}).text, "010"), form);
    QVERIFY(has(copied("route53", {odd}).text, "\\\\012"));
}

void TestCopyAs::unknownRecordsAreTold()
{
    const fixes::RecordSet set{
        tests::name("example.com"), static_cast<dns::RrType>(65280), 300, {}, {dns::OpaqueData{"ab"}}};
    for (const char *form :
         {"terraform-azure", "azure", "cloudflare", "terraform-cloudflare", "dnscontrol", "octodns"})
        QVERIFY2(isNoted(copied(form, {set}), "no way to write the TYPE65280 records at example.com"), form);
    QVERIFY(has(copied("zone", {set}).text, "\\# 2 6162"));
}

void TestCopyAs::whatWasNotLookedUpIsTold()
{
    const std::vector<fixes::Change> changes = {fixes::RecordChange{
        tests::name("example.com"), dns::RrType::TXT, {}, fixes::txtData("v=spf1 -all"), 300}};
    FactStore facts;
    QCOMPARE(fixes::copyRequest(changes, facts).basis, fixes::Basis::NotSeen);
    QVERIFY(isNoted(fixes::copyAs(fixes::CopyForm::Route53, fixes::copyRequest(changes, facts)),
                    "were not looked up"));
    QVERIFY(
        !has(fixes::copyAs(fixes::CopyForm::Nsupdate, fixes::copyRequest(changes, facts)).text, "prereq"));

    Fact none;
    none.content = dns::emptyAnswer({tests::name("example.com"), dns::RrType::TXT}, dns::Outcome::NoData);
    facts.put(none);
    QCOMPARE(fixes::copyRequest(changes, facts).basis, fixes::Basis::Seen);
    QVERIFY(has(fixes::copyAs(fixes::CopyForm::Nsupdate, fixes::copyRequest(changes, facts)).text,
                "prereq nxrrset example.com. TXT\n"));

    none.dns().outcome = dns::Outcome::Timeout;
    facts.put(none);
    QCOMPARE(fixes::copyRequest(changes, facts).basis, fixes::Basis::NotSeen);
}

void TestCopyAs::aFileStandsInComments_data()
{
    QTest::addColumn<QString>("line");
    for (const auto &[form, line] : {std::pair{"zone", ";     mode: testing"},
                                     {"aws", "#     mode: testing"},
                                     {"terraform-google", "#     mode: testing"},
                                     {"dnscontrol", "//     mode: testing"},
                                     {"route53", ""}})
        QTest::newRow(form) << QString::fromLatin1(line);
}

void TestCopyAs::aFileStandsInComments()
{
    QFETCH(QString, line);
    const fixes::Copied text =
        copied(QTest::currentDataTag(), {txtSet("_mta-sts.example.com", {}, {"v=STSv1; id=1;"})}, {Policy});
    QVERIFY(isNoted(text, "https://mta-sts.example.com/.well-known/mta-sts.txt"));
    QVERIFY2(has(text.text, line.toUtf8().constData()), text.text.c_str());
    QVERIFY(!line.isEmpty() || nlohmann::json::accept(text.text));
}

void TestCopyAs::aFileAloneIsItsText()
{
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        const fixes::Copied text = fixes::copyAs(info.form, {{}, {Policy}, {}, {}});
        QCOMPARE(text.text, Policy.after);
        QVERIFY(isNoted(text, "mta-sts.txt (text/plain)"));
    }
}

void TestCopyAs::zonesAreKeptApart()
{
    const fixes::Copied text =
        copied("dnscontrol", {txtSet("_dmarc.example.com", {}, {"a"}),
                              txtSet("example.com._report._dmarc.example.net", {}, {"b"})});
    QVERIFY(has(text.text, "D_EXTEND(\"example.com\","));
    QVERIFY(has(text.text, "D_EXTEND(\"example.net\","));
    QVERIFY(isNoted(text, "several zones: example.com, example.net"));
}

void TestCopyAs::aGivenZoneDecidesRelativeNames()
{
    fixes::CopyRequest request{{txtSet("_dmarc.mail.example.com", {}, {"a"})}, {}, {}, {}};
    const auto azure = [&request] { return fixes::copyAs(fixes::CopyForm::Azure, request); };
    QVERIFY(has(azure().text, "-z example.com -n _dmarc.mail "));
    QVERIFY(isNoted(azure(), "The zone is taken to be example.com."));
    request.zone = tests::name("mail.example.com");
    QVERIFY(has(azure().text, "-z mail.example.com -n _dmarc "));
    QVERIFY(!isNoted(azure(), "taken to be"));
    QVERIFY(has(fixes::copyAs(fixes::CopyForm::Nsupdate, request).text, "zone mail.example.com.\n"));
}

void TestCopyAs::plainIsTheValueAlone()
{
    const fixes::Copied one = copied(
        "plain", {txtSet("_dmarc.example.com", {"v=DMARC1; p=none", "x"}, {"v=DMARC1; p=reject", "x"})});
    QCOMPARE(one.text, std::string("v=DMARC1; p=reject\n"));
    QVERIFY(isNoted(one, "TXT record at _dmarc.example.com, which web forms mostly call _dmarc; TTL 300"));
    QVERIFY(isNoted(one, "in the place of: v=DMARC1; p=none") ||
            isNoted(one, "takes the place of: v=DMARC1; p=none"));
    const fixes::Copied several = copied(
        "plain", {txtSet("example.com", {}, {"v=spf1 -all"}), txtSet("_dmarc.example.com", {}, {"b"})});
    QCOMPARE(several.text, std::string("add\t@\tTXT\t300\tv=spf1 -all\nadd\t_dmarc\tTXT\t300\tb\n"));
}

void TestCopyAs::cnameBesideOthersIsTold()
{
    const fixes::RecordSet alias{tests::name("a.example.com"),
                                 dns::RrType::CNAME,
                                 300,
                                 {},
                                 {dns::NameData{tests::name("b.example.net")}}};
    QVERIFY(
        isNoted(copied("zone", {alias, txtSet("a.example.com", {}, {"x"})}), "No other record may stand"));
    QVERIFY(!isNoted(copied("zone", {alias}), "No other record may stand"));
}

void TestCopyAs::nothingChangedIsNothing()
{
    for (const fixes::CopyFormInfo &info : fixes::copyForms()) {
        const fixes::Copied text =
            fixes::copyAs(info.form, {{txtSet("example.com", {"a", "b"}, {"a", "b"})}, {}, {}, {}});
        QCOMPARE(text.text, std::string());
    }
}

QTEST_GUILESS_MAIN(TestCopyAs)
#include "tst_copy_as.moc"
