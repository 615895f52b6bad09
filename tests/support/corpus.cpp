// SPDX-License-Identifier: Apache-2.0
#include "support/corpus.h"

#include "spf/select.h"

#include <QDir>

namespace mailoscope::tests
{

std::shared_ptr<const Zone> corpusZone()
{
    static const std::shared_ptr<const Zone> zone = [] {
        auto read = std::make_shared<Zone>();
        const QString folder = QStringLiteral(MAILOSCOPE_TEST_DATA "/corpus/");
        for (const QString &part : {QStringLiteral("mit/"), QStringLiteral("moj-uk/")}) {
            const QDir zones(folder + part);
            for (const QString &file : zones.entryList({QStringLiteral("*.zone")}, QDir::Files, QDir::Name))
                read->addMasterFileAt(zones.filePath(file).toStdString());
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
        const bool isMailDomain =
            owner.labelCount() >= 2 && owner.text().find_first_of("_*\\") == std::string::npos;
        if (isMailDomain && spf::selectRecord(&answer).status != spf::Selection::Status::None)
            domains.push_back(owner);
    }
    return domains;
}

} // namespace mailoscope::tests
