// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/parsed.h"
#include "dns/answer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// CAA records (RFC 8659 section 4, RFC 9495): which authorities may issue certificates for a name.
namespace mailoscope::caa
{

enum class Property {
    Issue,     ///< certificates for servers (RFC 8659 section 4.2)
    IssueWild, ///< the same for wildcards (section 4.3)
    IssueMail, ///< S/MIME (RFC 9495 section 3)
    IssueVmc,  ///< mark certificates (BIMI)
    Iodef,     ///< whom to tell of requests (section 4.4)
    Contact,   ///< contactemail, contactphone (CA/Browser Forum)
    Unknown,
};

struct Parameter {
    std::string name;
    std::string value;
    friend bool operator==(const Parameter &, const Parameter &) = default;
};

struct Record {
    bool critical = false; ///< bit 0 of the flags (section 4.1)
    std::string tag;       ///< as written
    Property property = Property::Unknown;
    std::string value;
    /// The authority that may issue; empty: nobody may by this record. Only for the issue properties.
    std::string issuer;
    std::vector<Parameter> parameters;
    friend bool operator==(const Record &, const Record &) = default;

    bool isIssue() const;
};

enum class IssueKind {
    EmptyTag,        ///< no tag at all
    BadTag,          ///< other than letters and digits
    UnknownCritical, ///< an unknown property marked critical: no authority may issue
    OddFlags,        ///< flags other than 0 and 128; 1 is the usual slip for 128
    BadIssuer,       ///< not a domain name: counts as "nobody" (section 4.2)
    BadParameter,    ///< not name=value: counts as "nobody" likewise
    BadIodef,        ///< not a mailto:, http: or https: URL
};

struct Issue {
    IssueKind kind;
    Span span; ///< in the value; empty where the fault lies elsewhere
    friend bool operator==(const Issue &, const Issue &) = default;
};

/// The spans are those of the issuer and of each parameter.
Parsed<Record, Issue> parse(const dns::CaaData &data);

/// The data again; parse() of it gives the same record.
dns::CaaData toData(const Record &record);

} // namespace mailoscope::caa
