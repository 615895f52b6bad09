// SPDX-License-Identifier: Apache-2.0
// One key record: its syntax, its tags and the key itself.
#include "dkim/finding_list.h"
#include "dkim/findings.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace mailoscope::dkim
{

namespace
{

const Reference KeyRecord{"RFC 6376", "3.6.1"};

/// Codes that report/dkim_words.cpp makes sentences of; empty for those that have an id of their own.
std::string_view codeOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::TooLong:
        return "too-long";
    case IssueKind::NoEquals:
        return "no-equals";
    case IssueKind::BadTagName:
        return "tag-name";
    case IssueKind::EmptyPart:
        return "empty-part";
    case IssueKind::Duplicate:
        return "duplicate";
    case IssueKind::BadOctet:
        return "octet";
    case IssueKind::StrayQuote:
        return "quote";
    case IssueKind::EscapedSemicolon:
        return "backslash";
    case IssueKind::BadVersion:
        return "version";
    case IssueKind::VersionNotFirst:
        return "version-place";
    case IssueKind::WrongCase:
        return "case";
    case IssueKind::EmptyListItem:
        return "empty-item";
    case IssueKind::UnknownKeyType:
    case IssueKind::NoKey:
        return {};
    }
    return {};
}

std::string_view codeOf(KeyFault fault)
{
    switch (fault) {
    case KeyFault::BadCharacter:
        return "character";
    case KeyFault::BadPadding:
        return "padding";
    case KeyFault::LeftoverBits:
        return "leftover";
    case KeyFault::Truncated:
        return "truncated";
    case KeyFault::NotDer:
        return "not-der";
    case KeyFault::OtherKeyType:
        return "other-type";
    case KeyFault::TrailingOctets:
        return "trailing";
    case KeyFault::PrivateKey:
        return "private";
    case KeyFault::PemText:
        return "pem";
    case KeyFault::Ed25519Length:
        return "length";
    case KeyFault::Ed25519Wrapped:
        return "wrapped";
    }
    return {};
}

class KeyJudge
{
public:
    KeyJudge(const SelectorResult &result, const PublishedKey &published, FindingList &list)
        : m_result(result), m_published(published), m_list(list)
    {
    }

    void judge()
    {
        addSyntax();
        if (!m_published.parsed.record)
            return;
        if (m_published.isRevoked()) {
            // The wildcard of a domain that signs nothing is as it should be.
            add("dkim.p.revoked", Severity::Info, KeyRecord, tagSpan(m_published.text, "p"));
            return;
        }
        addTags();
        if (m_published.key)
            addKey(*m_published.key);
    }

private:
    Finding &add(std::string id, Severity severity, Reference reference, std::optional<Span> span = {})
    {
        Finding &finding = m_list.add(std::move(id), severity, std::move(reference));
        finding.arguments["selector"] = m_result.selector.name;
        finding.arguments["name"] = shown(m_result.name.text());
        finding.evidence.push_back(
            {m_result.name.text(), "TXT", m_published.text, span.value_or(Span{}), {}});
        return finding;
    }

    std::string part(const Span &span) const
    {
        constexpr std::size_t Enough = 80;
        return shown(
            std::string_view(m_published.text).substr(span.begin, std::min(span.end - span.begin, Enough)));
    }

    /// Empty where the tag's name is not written as it should be.
    std::string tagText(std::string_view name) const
    {
        return part(tagSpan(m_published.text, name).value_or(Span{}));
    }

    // RFC 6376 section 3.2 and 3.6.1.
    void addSyntax()
    {
        std::set<IssueKind> told;
        // Stray quotes and backslashes are the cause of other faults: what they bring about is not told
        // again.
        const bool hasQuotes = has(IssueKind::StrayQuote);
        for (const Issue &issue : m_published.parsed.issues) {
            if (issue.kind == IssueKind::NoKey)
                add("dkim.p.missing", Severity::High, KeyRecord);
            if (issue.kind == IssueKind::UnknownKeyType)
                add("dkim.k.unknown", Severity::High, KeyRecord, issue.span).arguments["part"] =
                    part(issue.span);
            const std::string_view code = codeOf(issue.kind);
            const bool isEcho = hasQuotes && issue.kind == IssueKind::BadTagName;
            if (code.empty() || isEcho || told.size() == MaxSyntaxFindings || !told.insert(issue.kind).second)
                continue;
            const Severity severity = voidsRecord(issue.kind) ? Severity::High : Severity::Low;
            const bool isTagList =
                issue.kind != IssueKind::BadVersion && issue.kind != IssueKind::VersionNotFirst;
            Finding &finding = add("dkim.syntax", severity,
                                   isTagList ? Reference{"RFC 6376", "3.2"} : KeyRecord, issue.span);
            finding.arguments["fault"] = std::string(code);
            finding.arguments["part"] = part(issue.span);
        }
    }

    bool has(IssueKind kind) const
    {
        return std::any_of(m_published.parsed.issues.begin(), m_published.parsed.issues.end(),
                           [kind](const Issue &issue) { return issue.kind == kind; });
    }

    void addTags()
    {
        const Record &record = *m_published.parsed.record;
        const std::string &text = m_published.text;
        // RFC 8301 section 3.1
        if (!record.allowsSha256())
            add("dkim.h.sha1", Severity::High, {"RFC 8301", "3.1"}, tagSpan(text, "h")).arguments["part"] =
                tagText("h");
        if (record.isTesting())
            add("dkim.t.y", Severity::Medium, KeyRecord, tagSpan(text, "t"));
        if (record.refusesSubdomains())
            add("dkim.t.s", Severity::Info, KeyRecord, tagSpan(text, "t"));
        if (!record.servesMail())
            add("dkim.s.service", Severity::Medium, KeyRecord, tagSpan(text, "s")).arguments["part"] =
                tagText("s");
        if (record.granularity)
            add("dkim.g.tag", Severity::Low, {"RFC 6376", "C"}, tagSpan(text, "g"));
        if (record.notes && record.notes->size() > LongNotes)
            add("dkim.n.long", Severity::Low, KeyRecord, tagSpan(text, "n")).arguments["octets"] =
                static_cast<std::int64_t>(record.notes->size());
    }

    /// A place in the value of p= as a place in the record; the whole value where there is none.
    Span inRecord(const Span &inValue) const
    {
        const Span value = valueSpan(m_published.text, "p").value_or(Span{0, m_published.text.size()});
        if (inValue.isEmpty())
            return value;
        return {std::min(value.begin + inValue.begin, value.end),
                std::min(value.begin + inValue.end, value.end)};
    }

    void addKey(const Key &key)
    {
        if (key.fault)
            addFault(key, *key.fault);
        else if (key.hasBlanks)
            addFaultOf("dkim.p.base64", Severity::Info, KeyRecord, {}, "blanks");
        if (key.rsa)
            addRsa(*key.rsa);
    }

    void addFaultOf(std::string id, Severity severity, Reference reference, const Span &span,
                    std::string_view code)
    {
        const Span place = inRecord(span);
        Finding &finding = add(std::move(id), severity, std::move(reference), place);
        finding.arguments["fault"] = std::string(code);
        finding.arguments["part"] = part(place);
    }

    void addFault(const Key &key, KeyFault fault)
    {
        switch (fault) {
        case KeyFault::BadCharacter:
        case KeyFault::BadPadding:
        case KeyFault::PemText:
            addFaultOf("dkim.p.base64", Severity::Critical, KeyRecord, key.span, codeOf(fault));
            return;
        case KeyFault::Truncated:
            addTruncated(key);
            return;
        case KeyFault::LeftoverBits: // most decoders do not mind (RFC 4648 section 3.5)
            addFaultOf("dkim.p.base64", Severity::Low, KeyRecord, key.span, codeOf(fault));
            return;
        case KeyFault::NotDer:
        case KeyFault::OtherKeyType:
        case KeyFault::TrailingOctets:
            addFaultOf("dkim.p.der", Severity::Critical, {"RFC 6376", "3.3.1"}, key.span, codeOf(fault));
            return;
        case KeyFault::PrivateKey:
            addFaultOf("dkim.p.private", Severity::Critical, KeyRecord, key.span, codeOf(fault));
            return;
        case KeyFault::Ed25519Length:
        case KeyFault::Ed25519Wrapped:
            addFaultOf("dkim.ed25519.length", Severity::Critical, {"RFC 8463", "4"}, key.span, codeOf(fault));
            return;
        }
    }

    // RFC 1035 section 3.3: a character-string holds 255 octets; what was longer has often been cut off
    // there.
    void addTruncated(const Key &key)
    {
        constexpr std::size_t LongestString = 255;
        const auto &lengths = m_published.stringOctets;
        const bool atString = !lengths.empty() && lengths.back() == LongestString;
        addFaultOf("dkim.p.base64", Severity::Critical, KeyRecord, key.span,
                   atString ? "truncated-255" : "truncated");
    }

    // RFC 8301 section 3.2: at least 1024 bits, 2048 wanted, verifiers go up to 4096.
    void addRsa(const RsaKey &rsa)
    {
        const int bits = rsa.bits();
        const Reference sizes{"RFC 8301", "3.2"};
        if (bits < 768)
            addSize("dkim.rsa.512", Severity::Critical, sizes, bits);
        else if (bits < 1024)
            addSize("dkim.rsa.sub1024", Severity::Critical, sizes, bits);
        else if (bits < 2048)
            addSize("dkim.rsa.1024", Severity::Medium, sizes, bits);
        else if (bits > 4096)
            addSize("dkim.rsa.huge", Severity::Low, {"RFC 6376", "3.3.3"}, bits);
        addExponent(rsa);
        if (rsa.hasWeakModulus() || m_result.sharesPrime)
            addWeakModulus(rsa);
    }

    void addSize(std::string id, Severity severity, Reference reference, int bits)
    {
        add(std::move(id), severity, std::move(reference), inRecord({})).arguments["bits"] =
            static_cast<std::int64_t>(bits);
    }

    // RFC 8017 section 3.1: the exponent is odd and at least 3.
    void addExponent(const RsaKey &rsa)
    {
        const std::optional<std::uint64_t> exponent = rsa.smallExponent();
        const bool isEven = (static_cast<unsigned char>(rsa.exponent.back()) & 1U) == 0;
        const bool isUnusable = isEven || exponent == 1U;
        if (!isUnusable && exponent != 3U)
            return;
        Finding &finding = add("dkim.rsa.exponent", isUnusable ? Severity::High : Severity::Low,
                               {"RFC 8017", "3.1"}, inRecord({}));
        finding.arguments["exponent"] =
            exponent ? std::to_string(*exponent) : std::string("an even number of many digits");
        finding.arguments["fault"] = std::string(isUnusable ? "exponent-unusable" : "exponent-3");
    }

    void addWeakModulus(const RsaKey &rsa)
    {
        Finding &finding =
            add("dkim.rsa.weak-modulus", Severity::Critical, {"RFC 8017", "3.1"}, inRecord({}));
        if (rsa.isEven) {
            finding.arguments["fault"] = std::string("even");
        } else if (rsa.isSquare) {
            finding.arguments["fault"] = std::string("square");
        } else if (rsa.smallFactor != 0) {
            finding.arguments["fault"] = std::string("factor");
            finding.arguments["factor"] = std::to_string(rsa.smallFactor);
        } else {
            finding.arguments["fault"] = std::string("shared");
        }
    }

    const SelectorResult &m_result;
    const PublishedKey &m_published;
    FindingList &m_list;
};

} // namespace

void addKeyFindings(const SelectorResult &result, const PublishedKey &published, FindingList &list)
{
    KeyJudge(result, published, list).judge();
}

} // namespace mailoscope::dkim
