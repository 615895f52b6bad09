// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/fix.h"
#include "report/report.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the recipes share: finding the record that a finding shows, and what is known of the domain's mail.
namespace mailoscope::fixes
{

class Workshop
{
public:
    /// All that it is given must outlive it.
    Workshop(const Report &report, const FactStore &facts, spf::RecordCache &records);

    const Report &report() const { return m_report; }
    const FactStore &facts() const { return m_facts; }
    spf::RecordCache &records() const { return m_records; }
    const DomainName &domain() const { return m_report.domain; }
    /// Names of the inspected domain's own organisation: what they publish is theirs to change.
    bool isOwn(const DomainName &name) const;

    /// A draft that gives the record shown by the evidence another text; nothing where it is not among the
    /// facts, is another organisation's, or would stay as it is.
    std::optional<Draft> rewritten(std::string recipe, const Evidence &evidence, std::string text) const;
    /// A draft that takes the record away.
    std::optional<Draft> withdrawn(std::string recipe, const Evidence &evidence) const;
    /// A draft that adds a TXT record.
    Draft published(std::string recipe, const DomainName &name, std::string_view text) const;
    std::optional<RecordChange> changeOf(const Evidence &evidence, std::optional<std::string> text) const;
    /// The same with data of any type; the TTL stays.
    std::optional<RecordChange> changeTo(const Evidence &evidence, std::optional<dns::RecordData> data) const;
    /// The record that the evidence shows; null where it is not among the facts. Aliases are found by their
    /// owner alone.
    const dns::ResourceRecord *find(const Evidence &evidence) const;
    /// True where the record cannot be taken away at its name: it is the answer of a wildcard.
    bool isOfWildcard(const dns::ResourceRecord &record) const;
    /// A text of the finding's arguments; empty where there is none.
    static std::string argument(const Finding &finding, const char *name);

    /// Shut gates.
    std::vector<Obstacle> whereInUse() const; ///< the domain has to do with mail, or that is not known
    std::vector<Obstacle> whereNothingAligns() const; ///< a stricter DMARC policy would hit all mail
    bool reportsAreRead() const;                      ///< the DMARC record that applies has a sound rua
    bool takesMail() const;                           ///< surely
    bool signsMail() const;                           ///< a DKIM key was found

    /// `labels` in front of the domain, where DNS allows a name so long.
    std::optional<DomainName> below(std::string_view labels) const { return below(domain(), labels); }
    static std::optional<DomainName> below(const DomainName &name, std::string_view labels);
    /// `YYYYMMDDhhmmss` of the inspection, for MTA-STS ids.
    std::string timeId() const;

private:
    const Report &m_report;
    const FactStore &m_facts;
    spf::RecordCache &m_records;
    const DomainName m_ownZone;
};

/// The part between semicolons that the finding shows goes.
std::optional<Draft> withoutShownTag(const Workshop &workshop, const Finding &finding, std::string recipe);

using Recipe = std::optional<Draft> (*)(const Workshop &, const Finding &);
struct RecipeRow {
    std::string_view finding; ///< the id that it mends
    Recipe make;
};

/// One table a group of sections, each sorted by id.
std::vector<RecipeRow> spfRecipes();
std::vector<RecipeRow> dmarcRecipes();
std::vector<RecipeRow> keyRecipes();       ///< DKIM
std::vector<RecipeRow> bimiRecipes();      ///< BIMI records, logos, mark certificates
std::vector<RecipeRow> transportRecipes(); ///< MX, MTA-STS and TLS-RPT
std::vector<RecipeRow> daneRecipes();      ///< DANE and CAA
std::vector<RecipeRow> zoneRecipes();      ///< DNS hygiene and Amazon SES

/// The draft for a finding; nothing where no record could mend it, or nobody could say which.
std::optional<Draft> draftFor(const Workshop &workshop, const Finding &finding);
/// The ids that have a recipe, sorted.
std::vector<std::string_view> mendableIds();

} // namespace mailoscope::fixes
