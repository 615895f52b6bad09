// SPDX-License-Identifier: Apache-2.0
#include "fixes/workshop.h"

#include "base/public_suffix.h"
#include "base/tag_list.h"
#include "fixes/text_edit.h"
#include "report/surroundings.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes
{

namespace
{

const std::vector<RecipeRow> &allRecipes()
{
    static const std::vector<RecipeRow> rows = [] {
        std::vector<RecipeRow> all;
        for (const auto &table : {spfRecipes(), dmarcRecipes(), keyRecipes(), bimiRecipes(),
                                  transportRecipes(), daneRecipes(), zoneRecipes()})
            all.insert(all.end(), table.begin(), table.end());
        std::sort(all.begin(), all.end(),
                  [](const RecipeRow &a, const RecipeRow &b) { return a.finding < b.finding; });
        return all;
    }();
    return rows;
}

std::string textOfRecord(const dns::ResourceRecord &record)
{
    return textOf(record.type, record.data);
}

} // namespace

std::string_view toString(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::FindingStays:
        return "finding-stays";
    case Obstacle::WorseComes:
        return "worse-comes";
    case Obstacle::LosesSenders:
        return "loses-senders";
    case Obstacle::NotKnown:
        return "not-known";
    case Obstacle::SendersUnseen:
        return "senders-unseen";
    case Obstacle::NoAlignedMail:
        return "no-aligned-mail";
    case Obstacle::NoReports:
        return "no-reports";
    case Obstacle::InUse:
        return "in-use";
    case Obstacle::NoMailbox:
        return "no-mailbox";
    case Obstacle::OthersRecord:
        return "others-record";
    case Obstacle::NeedsWebServer:
        return "needs-web-server";
    case Obstacle::CertificatesFail:
        return "certificates-fail";
    case Obstacle::LooksDifferent:
        return "looks-different";
    case Obstacle::KeyInUse:
        return "key-in-use";
    case Obstacle::KeyUnverified:
        return "key-unverified";
    case Obstacle::NextKey:
        return "next-key";
    case Obstacle::UseUnseen:
        return "use-unseen";
    }
    return {};
}

Workshop::Workshop(const Report &report, const FactStore &facts, spf::RecordCache &records)
    : m_report(report),
      m_facts(facts),
      m_records(records),
      m_ownZone(registrableDomain(report.domain).value_or(report.domain))
{
}

bool Workshop::isOwn(const DomainName &name) const
{
    return name.isAtOrBelow(m_ownZone);
}

const dns::ResourceRecord *Workshop::find(const Evidence &evidence) const
{
    const auto name = DomainName::parse(evidence.name);
    const auto type = dns::rrTypeFromString(evidence.type);
    if (!name || !type)
        return nullptr;
    for (const FactPointer &fact : m_report.facts) {
        if (!fact->isDns())
            continue;
        for (const dns::ResourceRecord &alias : fact->dns().aliases) {
            if (*type == dns::RrType::CNAME && alias.owner == *name)
                return &alias;
        }
        if (fact->dns().question.type != *type || fact->dns().question.name != *name)
            continue;
        const std::vector<dns::ResourceRecord> &records = fact->dns().records;
        const auto same = std::find_if(records.begin(), records.end(), [&](const auto &record) {
            return record.type == *type && textOfRecord(record) == evidence.record;
        });
        if (same != records.end())
            return &*same;
        // Evidence without a record shows the set; a record may be an empty text, too.
        if (evidence.record.empty() && !records.empty() && records.front().type == *type)
            return &records.front();
    }
    return nullptr;
}

/// RFC 4592 section 3.3: nothing stands at the name itself, and a wildcard above it answers.
bool Workshop::isOfWildcard(const dns::ResourceRecord &record) const
{
    for (DomainName above = record.owner; isOwn(above) && !above.isRoot(); above = above.parent()) {
        const auto wildcard = above.parent().prefixed("*");
        const FactPointer *fact =
            wildcard && *wildcard != record.owner ? m_facts.find(*wildcard, record.type) : nullptr;
        if (!fact)
            continue;
        const std::vector<dns::ResourceRecord> &records = (*fact)->dns().records;
        if (std::any_of(records.begin(), records.end(),
                        [&](const dns::ResourceRecord &other) { return other.data == record.data; }))
            return true;
    }
    return false;
}

std::optional<RecordChange> Workshop::changeOf(const Evidence &evidence,
                                               std::optional<std::string> text) const
{
    const dns::ResourceRecord *record = find(evidence);
    if (!record || !isOwn(record->owner) || (text && *text == textOfRecord(*record)))
        return std::nullopt;
    if (!text && isOfWildcard(*record))
        return std::nullopt;
    RecordChange change{record->owner, record->type, record->data, std::nullopt, record->ttl};
    if (text)
        change.after = txtData(*text);
    return change;
}

std::optional<RecordChange> Workshop::changeTo(const Evidence &evidence,
                                               std::optional<dns::RecordData> data) const
{
    const dns::ResourceRecord *record = find(evidence);
    if (!record || !isOwn(record->owner) || data == record->data)
        return std::nullopt;
    return RecordChange{record->owner, record->type, record->data, std::move(data), record->ttl};
}

std::string Workshop::argument(const Finding &finding, const char *name)
{
    const auto found = finding.arguments.find(name);
    const auto *value = found == finding.arguments.end() ? nullptr : std::get_if<std::string>(&found->second);
    return value ? *value : std::string();
}

std::optional<Draft> Workshop::rewritten(std::string recipe, const Evidence &evidence, std::string text) const
{
    std::optional<RecordChange> change = changeOf(evidence, std::move(text));
    if (!change || change->type != dns::RrType::TXT)
        return std::nullopt;
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = change->name.text();
    draft.changes.emplace_back(*std::move(change));
    return draft;
}

std::optional<Draft> Workshop::withdrawn(std::string recipe, const Evidence &evidence) const
{
    std::optional<RecordChange> change = changeOf(evidence, std::nullopt);
    if (!change)
        return std::nullopt;
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = change->name.text();
    draft.changes.emplace_back(*std::move(change));
    return draft;
}

Draft Workshop::published(std::string recipe, const DomainName &name, std::string_view text) const
{
    Draft draft;
    draft.recipe = std::move(recipe);
    draft.arguments["name"] = name.text();
    draft.changes.emplace_back(RecordChange{name, dns::RrType::TXT, std::nullopt, txtData(text), UsualTtl});
    if (!isOwn(name))
        draft.obstacles.push_back(Obstacle::OthersRecord);
    return draft;
}

std::vector<Obstacle> Workshop::whereInUse() const
{
    // Whatever is not known counts as a sign of use: a wrong guess would lose mail. That no selector was
    // found does not mean that there is none, unless no name below `_domainkey` can exist.
    const auto &findings = m_report.findings;
    const bool noKeyCanBe = std::any_of(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.id == "dkim.domainkey.nxdomain";
    });
    const spf::Evaluation &spf = m_report.spf;
    // A record that is broken was meant for somebody.
    const bool nobodyPasses = spf.status == spf::Evaluation::Status::Missing ||
                              (spf.status == spf::Evaluation::Status::Ok && spf.asWritten.exact &&
                               spf.asWritten.of(spf::CheckResult::Pass).isEmpty());
    const bool unused = mailoscope::takesMail(m_report.mx) == false && anyKeyFound(m_report.dkim) == false &&
                        nobodyPasses && (noKeyCanBe || saysNobodySends(spf) == true);
    return unused ? std::vector<Obstacle>() : std::vector<Obstacle>{Obstacle::InUse};
}

std::vector<Obstacle> Workshop::whereNothingAligns() const
{
    const spf::Evaluation &spf = m_report.spf;
    const bool passesSomeone = spf.status == spf::Evaluation::Status::Ok &&
                               (!spf.addresses.of(spf::CheckResult::Pass).isEmpty() || !spf.addresses.exact);
    const bool saysNobody = saysNobodySends(spf) == true;
    std::vector<Obstacle> obstacles;
    if (!signsMail() && !passesSomeone && !saysNobody)
        obstacles.push_back(Obstacle::NoAlignedMail);
    if (!reportsAreRead() && !saysNobody)
        obstacles.push_back(Obstacle::NoReports);
    return obstacles;
}

bool Workshop::reportsAreRead() const
{
    const dmarc::Record *record = m_report.dmarc.record();
    return record && record->rua &&
           std::any_of(record->rua->begin(), record->rua->end(),
                       [](const dmarc::ReportUri &uri) { return uri.valid && uri.isMailto; });
}

bool Workshop::takesMail() const
{
    return mailoscope::takesMail(m_report.mx) == true;
}

bool Workshop::signsMail() const
{
    return anyKeyFound(m_report.dkim) == true;
}

std::optional<DomainName> Workshop::below(const DomainName &name, std::string_view labels)
{
    auto prefixed = name.prefixed(labels);
    return prefixed ? std::optional<DomainName>(*std::move(prefixed)) : std::nullopt;
}

std::string Workshop::timeId() const
{
    std::string id;
    for (const char c : toRfc3339(m_report.inspectedAt)) {
        if (c >= '0' && c <= '9' && id.size() < 14)
            id += c;
    }
    return id;
}

std::optional<Draft> withoutShownTag(const Workshop &workshop, const Finding &finding, std::string recipe)
{
    const Evidence &evidence = finding.evidence.front();
    if (evidence.span.isEmpty())
        return std::nullopt;
    auto draft =
        workshop.rewritten(std::move(recipe), evidence, withoutPart(evidence.record, evidence.span.begin));
    if (!draft)
        return std::nullopt;
    Span part = evidence.span; // what is shown may be the value alone, and its name goes, too
    for (const Tag &tag : readTagList(evidence.record).tags) {
        if (tag.span.begin <= part.begin && part.begin < tag.span.end)
            part = tag.span;
    }
    draft->arguments["tag"] = shown(evidence.record.substr(part.begin, part.end - part.begin));
    return draft;
}

std::optional<Draft> draftFor(const Workshop &workshop, const Finding &finding)
{
    const std::vector<RecipeRow> &rows = allRecipes();
    const auto row =
        std::lower_bound(rows.begin(), rows.end(), finding.id,
                         [](const RecipeRow &r, const std::string &id) { return r.finding < id; });
    if (row == rows.end() || row->finding != finding.id || finding.evidence.empty())
        return std::nullopt;
    return row->make(workshop, finding);
}

std::vector<std::string_view> mendableIds()
{
    std::vector<std::string_view> ids;
    for (const RecipeRow &row : allRecipes())
        ids.push_back(row.finding);
    return ids;
}

} // namespace mailoscope::fixes
