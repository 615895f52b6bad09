// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "builders/built.h"
#include "dmarc/record.h"
#include "mta_sts/policy.h"
#include "spf/record.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailoscope::builders
{

/// What all builders ask for. Texts of options are as typed: the builders judge them.
struct Common {
    DomainName domain;
    std::uint32_t ttl = fixes::UsualTtl; ///< seconds
};

struct SpfOptions : Common {
    std::vector<std::string> ip4;
    std::vector<std::string> ip6;
    bool a = false;  ///< the domain's own addresses
    bool mx = false; ///< its mail hosts
    std::vector<std::string> aOf;
    std::vector<std::string> mxOf;
    std::vector<std::string> includes;
    std::vector<std::string> exists;
    std::optional<std::string> redirect;
    std::optional<spf::Qualifier> all; ///< absent: softfail, or nothing with redirect
};
BuildResult buildSpf(const SpfOptions &options);

struct DmarcOptions : Common {
    dmarc::Policy policy = dmarc::Policy::None;
    std::optional<dmarc::Policy> subdomainPolicy;
    std::optional<dmarc::Policy> nonexistentPolicy;
    std::optional<dmarc::Alignment> dkimAlignment;
    std::optional<dmarc::Alignment> spfAlignment;
    bool isTesting = false;
    std::vector<std::string> rua; ///< mail addresses or URIs
    std::vector<std::string> ruf;
    std::vector<dmarc::FailureOption> failureOptions;
};
BuildResult buildDmarc(const DmarcOptions &options);

struct MtaStsOptions : Common {
    mta_sts::Mode mode = mta_sts::Mode::Testing;
    std::vector<std::string> mx; ///< hosts, or `*.example.com`
    std::optional<std::uint64_t> maxAge;
    std::string id; ///< another one for each policy
};
BuildResult buildMtaSts(const MtaStsOptions &options);

struct TlsRptOptions : Common {
    std::vector<std::string> rua; ///< mail addresses or URIs
};
BuildResult buildTlsRpt(const TlsRptOptions &options);

struct BimiOptions : Common {
    std::string selector = "default";
    std::optional<std::string> logo;     ///< URL
    std::optional<std::string> evidence; ///< URL of the mark certificate
    std::optional<std::string> avatarPreference;
    bool declines = false;
};
BuildResult buildBimi(const BimiOptions &options);

struct DkimOptions : Common {
    std::string selector;
    std::string key; ///< a PEM or DER file's octets; empty with isRevoked
    bool isRevoked = false;
    bool isTesting = false;         ///< t=y
    bool refusesSubdomains = false; ///< t=s
    bool onlyMail = false;          ///< s=email
};
BuildResult buildDkim(const DkimOptions &options);

BuildResult buildNullMx(const Common &options);

/// What says in every way there is that a domain is used for no mail.
struct ParkedOptions : Common {
    std::vector<std::string> rua;
    bool withWildcard = true; ///< SPF for all names below
    bool withDkim = true;     ///< no key under any selector
    bool withBimi = true;
    bool withNullMx = true;
};
BuildResult buildParked(const ParkedOptions &options);

} // namespace mailoscope::builders
