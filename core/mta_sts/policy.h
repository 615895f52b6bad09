// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/field_list.h"
#include "base/parsed.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailoscope::mta_sts
{

enum class Mode { Enforce, Testing, None };
/// "enforce", "testing" or "none".
std::string_view toString(Mode mode);

/// RFC 8461 section 3.2: the longest max_age, in seconds.
constexpr std::uint64_t LongestMaxAge = 31557600;
/// RFC 8461 section 3.3 suggests to read no more of a policy.
constexpr std::size_t MaxPolicyOctets = 64 * 1024;
/// Lines that are read, and hosts that are compared; no domain has use for more.
constexpr std::size_t MaxPolicyLines = 1000;

/// Which MX hosts may take the mail.
struct MxPattern {
    bool isWildcard = false;
    DomainName name; ///< without the "*."

    static std::optional<MxPattern> parse(std::string_view text);
    /// RFC 8461 section 4.1: a wildcard stands for exactly one label, the leftmost.
    bool matches(const DomainName &host) const;
    std::string text() const { return (isWildcard ? "*." : "") + name.text(); }
    friend bool operator==(const MxPattern &, const MxPattern &) = default;
};

/// The policy that the web server of `mta-sts.<domain>` gives.
struct Policy {
    bool hasVersion = false; ///< "STSv1"
    std::optional<Mode> mode;
    std::optional<std::uint64_t> maxAge; ///< seconds, as written
    std::vector<MxPattern> mx;
    std::vector<Field> extensions; ///< unknown keys: ignored
    friend bool operator==(const Policy &, const Policy &) = default;
};

struct PolicyIssue {
    enum class Kind {
        NotALine,  ///< no `key: value`
        BlankLine, ///< many senders pass over it
        DuplicateKey,
        BadVersion,
        BadMode,
        BadMaxAge,
        MaxAgeTooBig,
        BadMx,
        NoVersion,
        NoMode,
        NoMaxAge,
        NoMx,
        TooManyLines, ///< the rest is not read
    };
    Kind kind{};
    std::size_t line = 0; ///< from 1; 0 where something is missing
    Span span;
    friend bool operator==(const PolicyIssue &, const PolicyIssue &) = default;
};

using ParsedPolicy = Parsed<Policy, PolicyIssue>;

/// Reads any text; lines end in CR LF or LF. The policy is there where at least one of its keys is. The
/// spans are those of the mx patterns.
ParsedPolicy parsePolicy(std::string_view text);
/// True if senders can use it, whatever its lesser faults.
bool isUsable(const ParsedPolicy &parsed);
std::string toText(const Policy &policy);

} // namespace mailoscope::mta_sts
