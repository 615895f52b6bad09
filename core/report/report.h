// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "bimi/evaluate.h"
#include "caa/evaluate.h"
#include "dane/evaluate.h"
#include "dkim/evaluate.h"
#include "dmarc/evaluate.h"
#include "dns_hygiene/evaluate.h"
#include "dnssec/evaluate.h"
#include "facts/fact_store.h"
#include "fixes/fix.h"
#include "mta_sts/evaluate.h"
#include "mx/evaluate.h"
#include "report/finding.h"
#include "ses/evaluate.h"
#include "spf/evaluate.h"
#include "takeover/evaluate.h"
#include "tls_rpt/evaluate.h"
#include "verdict/evaluate.h"
#include "zone_servers/evaluate.h"

#include <memory>
#include <string>
#include <vector>

/// The whole result of an inspection as one value. The window, the terminal text and the JSON are readers of
/// it; none of them asks the network, parses a record or knows a rule of a standard.
namespace mailoscope
{

/// What is to be inspected and how.
struct InspectOptions {
    enum class Scope {
        Whole,
        Spf, ///< SPF and what it needs alone
    };
    Scope scope = Scope::Whole;
    spf::Options spf;
    dkim::SelectorSources selectors; ///< besides those that providers found by MX and SPF use
    Reach reach;                     ///< the kinds of facts that may be asked for besides DNS
    bool fixes = true;               ///< make and prove fixes once all is known (fixes/proof.h)
};

/// Who asked whom and when: what a report needs besides the facts.
struct InspectionContext {
    Timestamp inspectedAt{};
    std::vector<std::string> resolvers;
};

struct Report {
    DomainName domain;
    std::string domainUnicode;
    Timestamp inspectedAt{};
    std::vector<std::string> resolvers;
    bool pending = true;   ///< answers are still to come
    bool complete = false; ///< every fact that was needed was gathered: no look-up failed

    std::vector<fixes::Change> applied; ///< laid over the facts first: what would be if they were published
    Reach reach;                        ///< what was left out at the user's wish
    spf::Evaluation spf;
    mx::Evaluation mx;
    dmarc::Evaluation dmarc;
    dkim::Evaluation dkim;
    ses::Evaluation ses;
    bimi::Evaluation bimi;
    mta_sts::Evaluation mtaSts;
    tls_rpt::Evaluation tlsRpt;
    dane::Evaluation dane;
    dnssec::Evaluation dnssec;
    caa::Evaluation caa;
    dns_hygiene::Evaluation hygiene;
    zone_servers::Evaluation zoneServers; ///< NotChecked unless reach.servers
    takeover::Evaluation takeover;
    verdict::Evaluation verdict;
    std::vector<Finding> findings; ///< the most severe first, then by id and place
    std::vector<fixes::Fix> fixes; ///< by finding; empty until they are made (fixes/proof.h)

    std::vector<FactPointer> facts; ///< those that were used, by key
    std::vector<FactKey> needed;    ///< those that are missing

    /// The fix of a finding, by its index; null where there is none.
    const fixes::Fix *fixOf(std::size_t finding) const;
    /// The findings of one section.
    std::vector<const Finding *> findingsOf(std::string_view section) const;
};

/// Runs all evaluators over the facts at hand. Pure: the same facts give the same report.
Report inspect(const DomainName &domain, const FactStore &facts, spf::RecordCache &records,
               const InspectionContext &context, const InspectOptions &options = {});

/// The name and version of this program, for the report.
std::string_view toolName();
std::string_view toolVersion();

} // namespace mailoscope
