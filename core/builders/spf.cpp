// SPDX-License-Identifier: Apache-2.0
#include "builders/builders.h"
#include "builders/parts.h"

#include "base/text.h"

#include <algorithm>

namespace mailoscope::builders
{

namespace
{

constexpr int MostLookups = 10;               ///< RFC 7208 section 4.6.4
constexpr std::size_t SafeRecordOctets = 450; ///< RFC 7208 section 3.4: answers of 512 octets
constexpr int WideV4 = 16;                    ///< a prefix as short as this holds 65,536 addresses or more
constexpr int WideV6 = 32;
constexpr int ShortestV4 = 8; ///< shorter ones authorise a good part of the Internet
constexpr int ShortestV6 = 16;

class SpfBuilder
{
public:
    explicit SpfBuilder(const SpfOptions &options) : m_options(options) {}

    BuildResult build()
    {
        for (const std::string &network : m_options.ip4)
            addNetwork("ip4", network);
        for (const std::string &network : m_options.ip6)
            addNetwork("ip6", network);
        if (m_options.a)
            add("a", "a", "The addresses of the domain itself may send; it costs one look-up");
        if (m_options.mx)
            add("mx", "mx", "The hosts that take the domain's mail may send too; it costs one look-up");
        for (const std::string &host : m_options.aOf)
            add("a-of", "a:" + host, "The addresses of " + shown(host) + " may send; it costs one look-up");
        for (const std::string &domain : m_options.mxOf)
            add("mx-of", "mx:" + domain,
                "The mail hosts of " + shown(domain) + " may send; it costs one look-up");
        for (const std::string &domain : m_options.includes)
            add("include", "include:" + domain,
                "Whoever passes the record of " + shown(domain) +
                    " may send; it costs one look-up and those of that record");
        for (const std::string &domain : m_options.exists)
            add("exists", "exists:" + domain,
                "Whoever makes this name have an address may send; it costs one look-up");
        addEnd();
        if (m_error)
            return *m_error;
        return finish();
    }

private:
    // RFC 7208 section 4.6.4
    static bool costsLookUp(const spf::Term &term)
    {
        const spf::Mechanism *mechanism = spf::mechanismOf(term);
        return mechanism ? !std::holds_alternative<spf::All>(*mechanism) &&
                               !std::holds_alternative<spf::Ip4>(*mechanism) &&
                               !std::holds_alternative<spf::Ip6>(*mechanism)
                         : std::holds_alternative<spf::Redirect>(term);
    }

    /// Adds a term that the parser takes by itself; `meaning` lacks its full stop.
    void add(std::string_view option, const std::string &term, const std::string &meaning)
    {
        const std::string text = "v=spf1 " + term;
        const spf::ParsedRecord parsed = spf::parse(text);
        const bool isOne = term.find_first_of(" \t") == std::string::npos;
        if (!parsed.isFlawless() || !isOne || parsed.record->terms.size() != 1)
            return fail(option,
                        '"' + shown(term) + "\" is no sound term of an SPF record" + reason(parsed) + '.');
        if (const auto *mechanism = spf::mechanismOf(parsed.record->terms.front());
            mechanism && refersToItself(*mechanism))
            return fail(option, "The record cannot include itself: leave out \"" + shown(term) + "\".");
        if (std::find(m_terms.begin(), m_terms.end(), term) != m_terms.end()) {
            m_built.warnings.push_back('"' + shown(term) + "\" was named twice and stands once.");
            return;
        }
        m_terms.push_back(term);
        m_built.explanations.push_back({shown(term), meaning + '.'});
        if (costsLookUp(parsed.record->terms.front()))
            ++m_lookups;
    }

    void addNetwork(std::string_view family, const std::string &network)
    {
        const std::string term = std::string(family) + ':' + network;
        const spf::ParsedRecord parsed = spf::parse("v=spf1 " + term);
        if (parsed.isFlawless() && parsed.record->terms.size() == 1) {
            const spf::Mechanism *mechanism = spf::mechanismOf(parsed.record->terms.front());
            const auto *v4 = mechanism ? std::get_if<spf::Ip4>(mechanism) : nullptr;
            const auto *v6 = mechanism ? std::get_if<spf::Ip6>(mechanism) : nullptr;
            if (v4 || v6)
                judge(family, network, v4 ? v4->network() : v6->network());
        }
        add(family, term, "These addresses may send");
    }

    void judge(std::string_view family, const std::string &network, const Cidr &cidr)
    {
        const bool isV4 = cidr.address.isV4();
        if (cidr.prefixLength < (isV4 ? ShortestV4 : ShortestV6))
            return fail(family, inQuotes(network) + " is so wide that it lets strangers send in the domain's "
                                                    "name.");
        if (cidr.prefixLength <= (isV4 ? WideV4 : WideV6))
            m_built.warnings.push_back(inQuotes(network) + " is a wide network: everyone in it may send.");
        if (cidr.hasHostBits())
            m_built.warnings.push_back(inQuotes(network) +
                                       " names an address inside the network; receivers "
                                       "take the whole network from " +
                                       cidr.first().toString() + '.');
        if (const SpecialPurposeBlock *block = specialPurposeBlockOf(cidr))
            m_built.warnings.push_back(inQuotes(network) + " is no public address (" + block->name +
                                       "): no mail comes from there.");
    }

    bool refersToItself(const spf::Mechanism &mechanism) const
    {
        const auto *include = std::get_if<spf::Include>(&mechanism);
        return include && isOwnName(spf::toText(include->domain));
    }
    bool isOwnName(std::string_view text) const
    {
        const auto name = DomainName::parse(text);
        return name && *name == m_options.domain;
    }

    static std::string reason(const spf::ParsedRecord &parsed)
    {
        if (parsed.issues.empty())
            return "";
        switch (parsed.issues.front().kind) {
        case spf::IssueKind::BadIp4:
            return ": it wants an IPv4 address or network";
        case spf::IssueKind::BadIp6:
            return ": it wants an IPv6 address or network";
        case spf::IssueKind::BadCidr:
            return ": the prefix length is wrong";
        case spf::IssueKind::AddressAsDomain:
            return ": it wants a name, and this is an address";
        case spf::IssueKind::BadDomainSpec:
        case spf::IssueKind::MissingArgument:
        case spf::IssueKind::EmptyModifier:
            return ": it wants a domain name";
        case spf::IssueKind::MacroSyntax:
        case spf::IssueKind::MacroExpLetter:
            return ": a macro in it is wrong";
        case spf::IssueKind::NonAscii:
        case spf::IssueKind::UnknownMechanism:
        case spf::IssueKind::UnexpectedArgument:
        case spf::IssueKind::BadModifierName:
        case spf::IssueKind::RedirectRepeated:
        case spf::IssueKind::ExpRepeated:
            return "";
        }
        return "";
    }

    void addEnd()
    {
        if (m_options.redirect && m_options.all)
            return fail("redirect", "--redirect is ignored by receivers where the record has an all: give "
                                    "one of --redirect and --all.");
        if (m_options.redirect) {
            if (isOwnName(*m_options.redirect))
                return fail("redirect", "The record cannot redirect to itself.");
            return add("redirect", "redirect=" + *m_options.redirect,
                       "The record of " + shown(*m_options.redirect) +
                           " decides for everyone else; it costs one look-up and those of that record");
        }
        if (m_terms.empty() && !m_options.all && !m_error)
            return fail("",
                        "Nobody is named who may send: name senders, or give --all fail for a domain that "
                        "sends no mail.");
        switch (m_options.all.value_or(spf::Qualifier::SoftFail)) {
        case spf::Qualifier::Pass:
            return fail("all", "--all pass would let everyone send in the domain's name.");
        case spf::Qualifier::Fail:
            return add("all", "-all",
                       m_terms.empty()
                           ? "The domain sends no mail at all"
                           : "The rest is not authorised, and receivers may refuse it; mail that is "
                             "forwarded can be lost where they do");
        case spf::Qualifier::SoftFail:
            return add("all", "~all",
                       "The rest is probably not authorised; receivers leave the decision to DMARC");
        case spf::Qualifier::Neutral:
            m_built.warnings.emplace_back(
                "With ?all the record says nothing about anyone else: forged mail is "
                "treated as if there were no record.");
            return add("all", "?all", "The record says nothing about anyone else");
        }
    }

    void fail(std::string_view option, std::string sentence)
    {
        if (!m_error)
            m_error = wrong(option, std::move(sentence));
    }

    BuildResult finish()
    {
        std::string text = "v=spf1";
        for (const std::string &term : m_terms)
            text += ' ' + term;
        if (!spf::parse(text).isFlawless())
            return wrong("", "These choices make no sound SPF record together: " + inQuotes(text) + '.');
        if (m_lookups > MostLookups)
            return wrong("", "The record needs " + std::to_string(m_lookups) +
                                 " look-ups by itself, and receivers stop after " +
                                 std::to_string(MostLookups) + '.');
        if (text.size() > SafeRecordOctets)
            m_built.warnings.push_back("The record has " + std::to_string(text.size()) + " octets; over " +
                                       std::to_string(SafeRecordOctets) +
                                       " the answer may not fit into one packet.");
        if (const auto error = addTxt(m_built, m_options.domain, "", text, m_options.ttl))
            return *error;
        m_built.unchecked.emplace_back("whether another SPF record stands there (it has to be replaced, not "
                                       "joined by a second one)");
        if (m_lookups > 0)
            m_built.unchecked.emplace_back("what the names in it cost and authorise");
        m_built.unchecked.emplace_back("whether anyone else sends for the domain");
        return std::move(m_built);
    }

    const SpfOptions &m_options;
    std::vector<std::string> m_terms;
    int m_lookups = 0;
    std::optional<BuildError> m_error;
    Built m_built;
};

} // namespace

BuildResult buildSpf(const SpfOptions &options)
{
    return SpfBuilder(options).build();
}

} // namespace mailoscope::builders
