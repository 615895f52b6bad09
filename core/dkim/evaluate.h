// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dkim/key.h"
#include "dkim/record.h"
#include "dkim/selectors.h"
#include "facts/fact_source.h"

#include <optional>
#include <string>
#include <vector>

/// The DKIM section of a report: which keys a domain publishes, as far as their selectors can be known (RFC
/// 6376).
namespace mailoscope::dkim
{

/// TXT records that are read at one selector; more tell nothing new.
constexpr std::size_t MaxRecordsPerSelector = 8;

/// One TXT record at a selector.
struct PublishedKey {
    std::string text;                      ///< the character-strings joined (RFC 6376 section 3.6.2.2)
    std::vector<std::size_t> stringOctets; ///< the length of each
    ParsedRecord parsed;
    std::optional<Key> key; ///< where p= is there and not empty

    bool isKeyRecord() const { return looksLikeKeyRecord(parsed); }
    bool isRevoked() const { return parsed.record && parsed.record->isRevoked(); }
    /// A receiver may verify mail with it, be it weak or not.
    bool isUsable() const;
    /// All else follows from the text.
    friend bool operator==(const PublishedKey &a, const PublishedKey &b)
    {
        return a.text == b.text && a.stringOctets == b.stringOctets;
    }
};

struct SelectorResult {
    enum class Status {
        Pending, ///< never in Evaluation::found
        Ok,      ///< one key record that can be used
        Revoked, ///< p= is empty
        Invalid, ///< a key record that cannot be used, or several records none of which is one
        NotAKey, ///< TXT data that is no key record
        NoKey,   ///< an alias whose target exists without TXT data, or that its provider may give a key later
        Dangling,  ///< an alias whose target does not exist
        TempError, ///< an alias whose target could not be looked up
    };
    Selector selector;
    DomainName name; ///< of the record
    Status status = Status::Pending;
    dns::Outcome outcome = dns::Outcome::Timeout;
    std::vector<DomainName> chain; ///< the targets of its CNAME records, in order
    bool isExternal = false;       ///< the chain ends at another organisation
    std::vector<PublishedKey> keys;
    std::string provider;           ///< who holds the key; empty where it cannot be told
    bool providerIsCertain = false; ///< false: "looks like"
    bool isSharedKey = false;       ///< the chain ends at a key that many customers use
    /// Of a dangling chain: the registrable domain of its end, where DNS says that it does not exist.
    std::optional<DomainName> missingZone;
    bool sharesPrime = false; ///< its RSA modulus has a prime in common with that of another selector

    /// The first key record; nullptr where there is none.
    const PublishedKey *key() const;
    friend bool operator==(const SelectorResult &, const SelectorResult &) = default;
};

/// A selector that could not be looked up: nothing is known of it.
struct Unanswered {
    Selector selector;
    dns::Outcome outcome;
    friend bool operator==(const Unanswered &, const Unanswered &) = default;
};

struct Options {
    SelectorSources sources;
    friend bool operator==(const Options &, const Options &) = default;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,            ///< a key that can be used was found
        Missing,       ///< `_domainkey` does not exist, so that there is surely no key (RFC 8020)
        NotFound,      ///< no key was found; there may be one under a name that was not asked for
        Invalid,       ///< records were found, none of which can be used
        TempError,     ///< nothing was found, and some look-ups failed
        NotApplicable, ///< the domain does not exist, or says that every selector is revoked
        NotChecked,    ///< the snapshot that answers holds none of the questions
    };
    /// What the control name was answered with: a name that nobody publishes a key at.
    enum class Wildcard {
        Unknown, ///< not answered
        None,
        Key,     ///< a key: every name would be answered with it
        Revoked, ///< the empty key that says that nothing is signed (M3AAWG's practice for parked domains)
        Other,   ///< text that is no key, such as the SPF record of a wildcard; it is seen through
    };

    DomainName domain;
    Status status = Status::Pending;
    bool pending = true;
    std::vector<SelectorResult> found;  ///< named ones first; a wildcard's key stands last, as "*"
    std::vector<Selector> notFound;     ///< that somebody named and that are not there
    std::vector<Unanswered> unanswered; ///< kept apart: they are neither found nor missing
    std::vector<std::string> absent;    ///< selectors that were asked for and are not there, sorted
    std::size_t asked = 0;              ///< selectors

    bool isAbsent(const std::string &selector) const;

    DomainName controlName;
    Wildcard wildcard = Wildcard::Unknown;
    std::optional<PublishedKey> wildcardRecord;
    bool hasWildcardRecord = false; ///< `*._domainkey` itself has TXT data

    dns::Outcome domainKeyOutcome = dns::Outcome::Timeout; ///< of `_domainkey` itself
    /// A key was found below `_domainkey`, though the server says that it does not exist: it breaks RFC 8020.
    bool deniesEmptyNonTerminals = false;
    std::string domainKeysPolicy; ///< TXT at `_domainkey` (RFC 4870), empty where there is none
    std::string adspRecord;       ///< TXT at `_adsp._domainkey` (RFC 5617), empty where there is none

    friend bool operator==(const Evaluation &, const Evaluation &) = default;
};

Evaluation evaluate(const DomainName &domain, FactSource &facts, const Options &options = {});

/// The name asked for to unmask wildcards and servers that answer everything: it looks random and is always
/// the same for one domain, so that the same facts give the same evaluation.
std::string controlSelector(const DomainName &domain);

/// Reads one TXT record.
PublishedKey readPublishedKey(const dns::TxtData &data);

} // namespace mailoscope::dkim
