// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/ip_address.h"
#include "base/text.h"
#include "facts/fact_source.h"
#include "spf/record_cache.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// check_host() for one client (RFC 7208 section 4), with each step told.
namespace mailoscope::spf
{

/// RFC 7208 section 2.6.
enum class CheckResult { None, Neutral, Pass, Fail, SoftFail, TempError, PermError };
constexpr std::size_t CheckResultCount = 7;
/// "none", "neutral", "pass", "fail", "softfail", "temperror" or "permerror".
std::string_view toString(CheckResult result);
CheckResult resultOf(Qualifier qualifier);

/// RFC 7208 section 4.6.4. The limit of void look-ups is a SHOULD, hence settable.
struct Limits {
    int lookups = 10;
    int voidLookups = 2;
    int mxHosts = 10;
    int ptrNames = 10;
    friend bool operator==(const Limits &, const Limits &) = default;
};

struct CheckArguments {
    IpAddress ip;
    std::string
        sender; ///< MAIL FROM address; empty means the null reverse-path: postmaster@HELO (section 2.4)
    std::string helo;
    std::string receiver = "unknown"; ///< `%{r}` in explanations
    std::int64_t time = 0;            ///< `%{t}` in explanations: seconds since 1970
};

/// The identity that is checked, after section 4.3: what stands behind the last '@' as A-labels.
struct Identity {
    std::string localPart;            ///< "postmaster" where the sender has none
    std::string domainText;           ///< as given, for macros
    std::optional<DomainName> domain; ///< absent where it is no domain name of two labels or more
};
Identity identityOf(const std::string &sender, const std::string &helo);

/// Why a check ended in temperror, permerror or none.
enum class Cause {
    NoCause,
    BadDomain,        ///< section 4.3
    NoRecord,         ///< section 4.5
    MultipleRecords,  ///< section 4.5
    Syntax,           ///< section 4.6
    LookupLimit,      ///< section 4.6.4
    VoidLimit,        ///< section 4.6.4
    MxLimit,          ///< section 4.6.4
    IncludeNoRecord,  ///< section 5.2
    RedirectNoRecord, ///< section 6.1
    DnsFailure,       ///< sections 4.4 and 5
};

/// One step of the walk through the records.
struct Step {
    enum class Kind {
        Record, ///< a record is taken up: the domain's own, an included or a redirected one
        Term,   ///< a directive was tried, or a redirect taken
        Return, ///< an included record has been left with a result
        End,    ///< the result of the whole check
    };
    enum class Match {
        NotApplicable,
        Matched,
        NotMatched,
        Entered, ///< include or redirect: the next step is inside
        Skipped, ///< could not match: the name is invalid after expansion, or the sender's local part is not
                 ///< ASCII
        Failed,  ///< ended the check: see `cause`
    };
    Kind kind = Kind::Term;
    /// Where in the tree: the indices of the include or redirect terms that lead from the root record to this
    /// one.
    std::vector<std::size_t> path;
    DomainName domain;                ///< whose record this step is in
    std::optional<std::size_t> term;  ///< index in that record
    Span span;                        ///< of the term, in the record's octets
    std::string text;                 ///< the term as written, or the record
    std::string expanded;             ///< the target name after macro expansion, where the term has one
    std::vector<dns::Question> asked; ///< look-ups this step made
    std::vector<std::string> answers; ///< what they said, shortened for people: addresses, names, "NXDOMAIN"
    Match match = Match::NotApplicable;
    std::optional<CheckResult> result; ///< Return and End
    Cause cause = Cause::NoCause;
    int lookups = 0;     ///< spent so far, this step included
    int voidLookups = 0; ///< likewise
};

struct CheckOutcome {
    bool pending = false; ///< facts are missing; all else is provisional
    CheckResult result = CheckResult::None;
    Cause cause = Cause::NoCause;
    std::string explanation; ///< expanded `exp` text on fail, else empty (section 6.2)
    /// The terms that led to the match, from the outermost (an include) to the innermost; empty where none
    /// matched.
    std::vector<std::string> matched;
    int lookups = 0;
    int voidLookups = 0;
    std::vector<Step> steps; ///< only where a trace was asked for

    /// The innermost matching term; "default" where nothing matched and the check ended in neutral.
    std::string mechanism() const;
};

enum class Trace { Off, On };

/// Evaluates the identity of `arguments` as section 4 says. While facts are missing it names at once all that
/// the record at hand could need, and gives a pending outcome.
CheckOutcome checkHost(const CheckArguments &arguments, FactSource &facts, RecordCache &records,
                       Trace trace = Trace::Off, const Limits &limits = {});

} // namespace mailoscope::spf
