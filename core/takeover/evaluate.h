// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact_source.h"
#include "report/finding.h"

#include <optional>
#include <span>
#include <vector>

/// Names outside the domain that it trusts with something, and whether they still exist. We look at DNS
/// alone: that a name does not exist there is what an attacker looks for first, but only a registry knows
/// whether it can be had.
namespace mailoscope::takeover
{

/// What the domain trusts the name with.
enum class Use {
    SpfInclude, ///< include, redirect, a, mx, exists: who may send
    MailHost,   ///< MX
    NameServer, ///< NS
    DmarcAlias, ///< `_dmarc.<domain>` is an alias
    DmarcRua,   ///< aggregate reports
    DmarcRuf,   ///< failure reports
    TlsRptRua,
    DkimAlias, ///< a selector that is an alias
    StsAlias,  ///< mta-sts.<domain> is an alias
    BimiHost,  ///< logo or mark certificate
};
/// As in the JSON: "spf", "mx", "ns", "dmarc", "dmarc_rua", "dmarc_ruf", "tls_rpt_rua", "dkim", "mta_sts",
/// "bimi".
std::string_view toString(Use use);

struct Dependency {
    DomainName name; ///< that is trusted: `_spf.provider.example`, or the end of an alias
    Use use = Use::SpfInclude;
    Evidence written; ///< where it stands: owner name, type, record, span
};

struct Target {
    enum class Status {
        Pending,
        Own,          ///< inside the domain's own organisation
        Exists,       ///< its registrable domain exists in DNS
        NameMissing,  ///< that exists, but the name itself does not; only asked of aliases
        DoesNotExist, ///< its registrable domain does not exist in DNS
        Unknown,      ///< the name has no registrable domain
        TempError,    ///< the look-ups failed
        NotChecked,   ///< the snapshot does not hold the answers
    };
    Dependency dependency;
    DomainName registrable; ///< by the public suffix list; the root where there is none
    Status status = Status::Pending;
    /// A name server of the registrable domain where domains are parked or offered for sale.
    std::optional<DomainName> parkedAt;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,         ///< all that was looked at is known
        TempError,  ///< a look-up failed
        NotChecked, ///< the snapshot does not hold an answer
    };
    DomainName domain;
    Status status = Status::Pending;
    bool pending = false;
    bool cut = false;            ///< there were more than MaxDependencies
    std::vector<Target> targets; ///< in the order given; the same name for the same use once
};

constexpr std::size_t MaxDependencies = 256;

Evaluation evaluate(const DomainName &domain, std::span<const Dependency> dependencies, FactSource &facts);

} // namespace mailoscope::takeover
