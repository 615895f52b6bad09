// SPDX-License-Identifier: Apache-2.0
#include "support/corpus.h"

#include "spf/select.h"

#include <QDir>

#include <fstream>
#include <set>

namespace mailoscope::tests
{

namespace
{

QStringList zoneFiles(const QString &part)
{
    const QDir zones(QStringLiteral(MAILOSCOPE_TEST_DATA "/corpus/") + part);
    QStringList files;
    for (const QString &file : zones.entryList({QStringLiteral("*.zone")}, QDir::Files, QDir::Name))
        files.push_back(zones.filePath(file));
    return files;
}

/// Names of which records of other kinds, such as an ALIAS, were left out: their addresses are not known.
std::set<DomainName> partlyRecordedNames()
{
    constexpr std::string_view Mark = ";SKIPPED ";
    std::set<DomainName> names;
    for (const QString &file : zoneFiles(QStringLiteral("moj-uk/"))) {
        std::ifstream lines(file.toStdString());
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with(Mark))
                names.insert(name(line.substr(Mark.size(), line.find(' ', Mark.size()) - Mark.size())));
        }
    }
    return names;
}

bool isMailDomain(const DomainName &name)
{
    return name.labelCount() >= 2 && name.text().find_first_of("_*\\") == std::string::npos;
}

/// True where the corpus holds the whole zone that the name lies in: only those have an SOA record. What is
/// delegated further is another zone.
bool isInWholeZone(const DomainName &name)
{
    const auto zone = corpusZone();
    for (DomainName at = name; !at.isRoot(); at = at.parent()) {
        if (zone->has({at, dns::RrType::SOA}))
            return true;
        if (zone->has({at, dns::RrType::NS}))
            return false;
    }
    return false;
}

/// Nothing is known of the keys of any zone.
bool isOfSigning(dns::RrType type)
{
    return type == dns::RrType::DS || type == dns::RrType::DNSKEY || type == dns::RrType::RRSIG ||
           type == dns::RrType::NSEC3PARAM;
}

dns::Answer recordedAnswer(const dns::Question &question)
{
    static const std::set<DomainName> PartlyRecorded = partlyRecordedNames();
    const dns::Answer notRecorded = dns::emptyAnswer(question, dns::Outcome::NotRecorded);
    dns::Answer answer = corpusZone()->answer(question);
    if (answer.outcome == dns::Outcome::Answered && !question.name.isRoot())
        return answer;
    if (isOfSigning(question.type) || question.name.isRoot())
        return notRecorded;
    const DomainName last = dns::canonicalName(answer);
    if (!isInWholeZone(last)) {
        answer = notRecorded;
        answer.aliases = corpusZone()->answer(question).aliases; // these are known
        return answer;
    }
    if (!PartlyRecorded.contains(last))
        return answer;
    if (question.type == dns::RrType::A || question.type == dns::RrType::AAAA)
        return notRecorded;
    answer.outcome = dns::Outcome::NoData;
    answer.rcode = 0;
    return answer;
}

} // namespace

std::shared_ptr<const Zone> corpusZone()
{
    static const std::shared_ptr<const Zone> zone = [] {
        auto read = std::make_shared<Zone>();
        for (const QString &part : {QStringLiteral("mit/"), QStringLiteral("moj-uk/")}) {
            for (const QString &file : zoneFiles(part))
                read->addMasterFileAt(file.toStdString());
        }
        return read;
    }();
    return zone;
}

std::vector<DomainName> corpusDomains()
{
    const auto zone = corpusZone();
    std::vector<DomainName> domains;
    for (const DomainName &owner : zone->namesWith(dns::RrType::TXT)) {
        const dns::Answer answer = zone->answer({owner, dns::RrType::TXT});
        if (isMailDomain(owner) && spf::selectRecord(&answer).status != spf::Selection::Status::None)
            domains.push_back(owner);
    }
    return domains;
}

std::vector<DomainName> corpusMailDomains()
{
    const auto zone = corpusZone();
    const std::vector<DomainName> spf = corpusDomains();
    std::set<DomainName> domains(spf.begin(), spf.end());
    for (const DomainName &owner : zone->namesWith(dns::RrType::MX)) {
        if (isMailDomain(owner))
            domains.insert(owner);
    }
    for (const dns::RrType type : {dns::RrType::TXT, dns::RrType::CNAME}) {
        for (const DomainName &owner : zone->namesWith(type)) {
            if (owner.text().starts_with("_dmarc.") && isMailDomain(owner.parent()))
                domains.insert(owner.parent());
        }
    }
    return {domains.begin(), domains.end()};
}

Fact corpusFact(const FactKey &key, Timestamp at)
{
    Fact fact = notRecorded(key, at);
    fact.from = "zone";
    if (const auto *question = std::get_if<dns::Question>(&key))
        fact.content = recordedAnswer(*question);
    return fact;
}

} // namespace mailoscope::tests
