// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"

#include <string>
#include <string_view>
#include <vector>

/// Selectors cannot be listed (RFC 6376 section 3.1): names that may be one, from all sources, each with
/// where it came from.
namespace mailoscope::dkim
{

/// Names that are asked for at one domain; those that somebody named come first.
constexpr std::size_t MaxSelectors = 512;
/// Signatures that are read out of one message.
constexpr std::size_t MaxSignatures = 32;

enum class Source {
    User,       ///< given by the user
    Message,    ///< from a DKIM-Signature field
    Remembered, ///< seen at this domain before
    Provider,   ///< its mail records show a provider that uses it
    BuiltIn,    ///< tried everywhere
    Wildcard,   ///< any name: what the control name is answered with
};
/// "user", "message", "remembered", "provider", "built-in" or "wildcard".
std::string_view toString(Source source);

struct Selector {
    std::string name;            ///< lower case; labels divided by dots
    std::vector<Source> sources; ///< without repetition, in the order of Source
    std::string provider;        ///< that uses it, where that is why it is asked for
    friend bool operator==(const Selector &, const Selector &) = default;

    bool isFrom(Source source) const;
    /// True where somebody has named it, so that it should be there.
    bool isNamed() const;
};

/// d= and s= of a signature.
struct SignatureName {
    DomainName domain;
    std::string selector;
    friend bool operator==(const SignatureName &, const SignatureName &) = default;
};

struct SelectorSources {
    std::vector<std::string> user; ///< as typed: a selector, or the whole name of its record
    std::vector<SignatureName> signatures;
    std::vector<std::string> remembered;
    std::vector<std::string> providers; ///< names as in providers::Provider
    bool builtIn = true;
    friend bool operator==(const SelectorSources &, const SelectorSources &) = default;
};

/// All that can be asked for at a domain, each once. Texts that cannot be a selector are left out.
std::vector<Selector> selectorsFor(const DomainName &domain, const SelectorSources &sources);

/// The selector that was typed, in lower case: `s1`, `s1._domainkey.example.com.` or `S1._domainkey`. Empty
/// where it cannot be one.
std::string readSelector(std::string_view typed, const DomainName &domain);

/// The names in the signatures of a raw message, each once, in the order of their fields. U-labels become
/// A-labels (RFC 8616 section 5). Signatures without a usable d= or s= are left out.
std::vector<SignatureName> signatureNames(std::string_view message);

/// The built-in list, the most frequent first.
const std::vector<std::string> &builtInSelectors();

} // namespace mailoscope::dkim
