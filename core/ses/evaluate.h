// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/evaluate.h"
#include "facts/fact_source.h"

#include <string>
#include <vector>

/// Amazon SES as far as DNS alone shows it: Easy DKIM, the custom MAIL FROM domain, and the verification of
/// old. Its console knows more; only faults that stand in DNS are told.
namespace mailoscope::ses
{

/// One of the three names of Easy DKIM. They cannot be guessed: only those that somebody named are known.
struct Token {
    enum class State {
        Ok,          ///< an alias of `<token>.dkim.amazonses.com`, or of the same with a region
        WrongTarget, ///< an alias of another name at Amazon SES
        TextRecord,  ///< the target stands in a TXT record instead of a CNAME record
        Absent,      ///< not there, while its siblings are
    };
    std::string token;
    DomainName name; ///< of the record
    State state = State::Ok;
    std::string target; ///< as published; empty where absent
    std::string region; ///< where the target names one
    friend bool operator==(const Token &, const Token &) = default;
};

/// A name whose MX record hands bounces to Amazon SES.
struct MailFrom {
    enum class Mx {
        Ok,      ///< exactly one, `feedback-smtp.<region>.amazonses.com`
        Several, ///< others beside it: SES does not take it
        BadHost, ///< a name like it that SES does not use
    };
    enum class Spf {
        Pending,
        Ok,
        Missing,    ///< no SPF record
        WithoutSes, ///< one that does not include amazonses.com
        Several,    ///< more than one SPF record
        TempError,
    };
    DomainName name;
    std::string host; ///< of the MX record
    std::string region;
    std::size_t mxCount = 0;
    Mx mx = Mx::Ok;
    Spf spf = Spf::Pending;
    std::string spfText; ///< the record, where there is one
    /// Mail is aligned with the domain by SPF in relaxed mode only, as the name lies below it.
    bool isBelowDomain = false;
    friend bool operator==(const MailFrom &, const MailFrom &) = default;
};

struct Options {
    std::vector<DomainName> mailFrom; ///< names that are known to be used; asked in the first round
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,
        Invalid,       ///< something in DNS is not as SES wants it
        TempError,     ///< a look-up failed
        NotChecked,    ///< the snapshot holds nothing that could show signs
        NotApplicable, ///< no signs of SES
    };
    DomainName domain;
    Status status = Status::Pending;
    bool pending = true;
    bool isIncludedInSpf = false;           ///< the domain's own SPF record includes amazonses.com
    std::string spfText;                    ///< that record
    std::vector<std::string> verifications; ///< TXT at `_amazonses`
    std::string inboundRegion;              ///< where an MX host takes mail for SES
    std::vector<Token> tokens;
    std::vector<MailFrom> mailFrom;
    std::vector<DomainName> mailFromAsked; ///< the names that were looked at
    bool anyFailed = false;
    friend bool operator==(const Evaluation &, const Evaluation &) = default;

    bool hasSigns() const;
};

Evaluation evaluate(const DomainName &domain, FactSource &facts, const dkim::Evaluation &dkim,
                    const Options &options = {});

} // namespace mailoscope::ses
