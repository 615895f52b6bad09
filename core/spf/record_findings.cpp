// SPDX-License-Identifier: Apache-2.0
// What is notable inside the text of one record.
#include "base/ascii.h"
#include "base/text.h"
#include "spf/finding_list.h"

#include <algorithm>
#include <array>

namespace mailoscope::spf
{

namespace
{

struct IssueRule {
    const char *id;
    Severity severity;
    const char *section;
};

IssueRule ruleOf(IssueKind kind)
{
    switch (kind) {
    case IssueKind::NonAscii:
        return {"spf.syntax.nonascii", Severity::Critical, "3.1"};
    case IssueKind::UnknownMechanism:
        return {"spf.syntax.unknown-mechanism", Severity::Critical, "4.6.1"};
    case IssueKind::MissingArgument:
    case IssueKind::UnexpectedArgument:
        return {"spf.syntax", Severity::Critical, "4.6.1"};
    case IssueKind::BadIp4:
        return {"spf.ip4.invalid", Severity::Critical, "5.6"};
    case IssueKind::BadIp6:
        return {"spf.ip6.invalid", Severity::Critical, "5.6"};
    case IssueKind::BadCidr:
        return {"spf.cidr.dual-misuse", Severity::Critical, "5.3"};
    case IssueKind::BadDomainSpec:
    case IssueKind::AddressAsDomain:
        return {"spf.syntax", Severity::Critical, "7.1"};
    case IssueKind::MacroSyntax:
        return {"spf.macro.syntax", Severity::Critical, "7.1"};
    case IssueKind::MacroExpLetter:
        return {"spf.macro.exp-letters", Severity::Critical, "7.2"};
    case IssueKind::BadModifierName:
    case IssueKind::EmptyModifier:
        return {"spf.syntax", Severity::Critical, "6"};
    case IssueKind::RedirectRepeated:
        return {"spf.redirect.multiple", Severity::Critical, "6"};
    case IssueKind::ExpRepeated:
        return {"spf.exp.multiple", Severity::Critical, "6"};
    }
    return {"spf.syntax", Severity::Critical, "12"};
}

/// A text that is one whole term by itself: a known mechanism with an argument, `all`, or a known modifier.
bool isWholeTerm(std::string_view text)
{
    if (text.find_first_of(" \t") != std::string_view::npos)
        return false;
    const ParsedRecord parsed = parse("v=spf1 " + std::string(text));
    if (!parsed.isFlawless() || parsed.record->terms.size() != 1)
        return false;
    const Term &term = parsed.record->terms.front();
    if (std::holds_alternative<Redirect>(term) || std::holds_alternative<Exp>(term))
        return true;
    const Mechanism *mechanism = mechanismOf(term);
    return mechanism && (text.find(':') != std::string_view::npos || std::holds_alternative<All>(*mechanism));
}

class RecordJudge
{
public:
    RecordJudge(const Node &node, const Path &path, FindingList &list)
        : m_node(node), m_path(path), m_list(list)
    {
    }

    void judge()
    {
        addIssues();
        addJoinedStrings();
        addLongStrings();
        for (const TermNode &term : m_node.terms)
            addTerm(term);
        addAll();
        addReportModifiers();
    }

private:
    const Term &written(const TermNode &term) const { return m_node.record->record->terms[term.index]; }

    Finding &addFor(const TermNode &term, std::string id, Severity severity, std::string section)
    {
        Finding &finding = m_list.add(std::move(id), severity, std::move(section));
        finding.evidence.push_back(termOf(m_node, term, m_path));
        finding.arguments["term"] = textOf(m_node, term);
        finding.arguments["domain"] = m_node.domain.text();
        return finding;
    }

    /// The faults of a nested record of the same organisation are told too, at their own place.
    void addIssues()
    {
        const Issue *before = nullptr;
        for (const Issue &issue : m_node.record->issues) {
            // Copied text brings several octets at once: one finding a term shows them all.
            const bool isOneMore = before && before->kind == IssueKind::NonAscii &&
                                   issue.kind == IssueKind::NonAscii && before->term == issue.term;
            before = &issue;
            if (isOneMore) {
                Evidence evidence = termOf(m_node, m_node.terms[issue.term], m_path);
                evidence.span = issue.span;
                m_list.last().evidence.push_back(std::move(evidence));
                continue;
            }
            const IssueRule rule = ruleOf(issue.kind);
            Finding &finding = addFor(m_node.terms[issue.term], rule.id, rule.severity, rule.section);
            finding.evidence.front().span = issue.span;
            finding.arguments["issue"] = static_cast<std::int64_t>(issue.kind);
            finding.arguments["part"] =
                shown(std::string_view(m_node.selection.text)
                          .substr(issue.span.begin, issue.span.end - issue.span.begin));
            finding.arguments["position"] = static_cast<std::int64_t>(issue.span.begin + 1);
        }
    }

    // RFC 7208 section 3.3: strings are joined with nothing between, so a blank lost at the border glues two
    // terms.
    void addJoinedStrings()
    {
        const std::string_view text = m_node.selection.text;
        for (const std::size_t border : m_node.selection.stringEnds) {
            const auto term =
                std::find_if(m_node.terms.begin(), m_node.terms.end(), [&](const TermNode &candidate) {
                    const Span span = m_node.record->spans[candidate.index];
                    return span.begin < border && border < span.end;
                });
            if (term == m_node.terms.end())
                continue;
            const Span span = m_node.record->spans[term->index];
            if (!isWholeTerm(text.substr(span.begin, border - span.begin)) ||
                !isWholeTerm(text.substr(border, span.end - border))) {
                continue;
            }
            addFor(*term, "spf.syntax.joined-strings", Severity::Critical, "3.3").arguments["second"] =
                shown(text.substr(border, span.end - border));
        }
    }

    void addLongStrings()
    {
        constexpr std::size_t LongestString = 255; // RFC 1035 section 3.3
        if (m_node.selection.longestString <= LongestString)
            return;
        Finding &finding = m_list.add("spf.syntax.string-length", Severity::High, "3.3");
        finding.evidence.push_back(recordOf(m_node, m_path));
        finding.arguments["octets"] = static_cast<std::int64_t>(m_node.selection.longestString);
    }

    void addTerm(const TermNode &term)
    {
        if (const auto *modifier = std::get_if<UnknownModifier>(&written(term)))
            addUnknownModifier(term, *modifier);
        if (term.dead == Dead::RedirectWithAll)
            addFor(term, "spf.redirect.with-all", Severity::Medium, "6.1");
        if (const auto *directive = std::get_if<Directive>(&written(term));
            directive && term.dead == Dead::No)
            addDirective(term, *directive);
        if (const auto *redirect = std::get_if<Redirect>(&written(term));
            redirect && term.dead == Dead::No && redirect->domain.dependsOnMessage()) {
            addFor(term, "spf.redirect.macro", Severity::Info, "6.1");
        }
        if (const MacroString *spec = domainSpecOf(written(term)))
            addMacros(term, *spec);
    }

    // RFC 6652 section 3 defines ra, rp and rr; all others are unknown to receivers.
    void addUnknownModifier(const TermNode &term, const UnknownModifier &modifier)
    {
        static constexpr std::array<std::string_view, 3> Known = {"ra", "rp", "rr"};
        const std::string name = ascii::lowered(modifier.name);
        if (std::find(Known.begin(), Known.end(), name) != Known.end())
            return;
        Finding &finding = addFor(term, "spf.modifier.unknown", Severity::Medium, "6");
        finding.arguments["name"] = name;
        static constexpr std::array<std::string_view, 8> Mechanisms = {"all", "include", "a",   "mx",
                                                                       "ptr", "ip4",     "ip6", "exists"};
        if (std::find(Mechanisms.begin(), Mechanisms.end(), name) != Mechanisms.end())
            finding.arguments["mechanism"] = name; // `include=` was meant to be `include:`
    }

    void addDirective(const TermNode &term, const Directive &directive)
    {
        const Mechanism &mechanism = directive.mechanism;
        if (std::holds_alternative<Ptr>(mechanism))
            addFor(term, "spf.ptr.used", Severity::Medium, "5.5");
        if (!std::holds_alternative<All>(mechanism) && directive.qualifier() != Qualifier::Pass) {
            addFor(term, "spf.qualifier.odd", Severity::Low, "4.6.2").arguments["result"] =
                std::string(toString(directive.qualifier()));
        }
    }

    void addMacros(const TermNode &term, const MacroString &spec)
    {
        if (spec.uses('p'))
            addFor(term, "spf.macro.p", Severity::Medium, "7.2");
        if (spec.uses('s') || spec.uses('l'))
            addFor(term, "spf.macro.localpart", Severity::Low, "11.6");
        if (endsInAttackersWords(spec))
            addFor(term, "spf.macro.injection", Severity::High, "11.5.3");
    }

    /// What the sender chose freely ends the name, so the sender chooses the zone: local part or HELO.
    static bool endsInAttackersWords(const MacroString &spec)
    {
        const auto *macro = spec.parts.empty() ? nullptr : std::get_if<MacroExpand>(&spec.parts.back());
        if (!macro)
            return false;
        // `%{s}` ends in the sender's domain unless it is turned round.
        return macro->letter == 'l' || macro->letter == 'h' || (macro->letter == 's' && macro->reversed);
    }

    void addAll()
    {
        const Record &record = *m_node.record->record;
        const auto all = indexOfAll(record);
        if (!all)
            return;
        std::size_t dead = 0;
        std::size_t alls = 0;
        const TermNode *firstDead = nullptr;
        for (const TermNode &term : m_node.terms) {
            const Mechanism *mechanism = mechanismOf(written(term));
            alls += mechanism && std::holds_alternative<All>(*mechanism) ? 1 : 0;
            if (term.dead != Dead::AfterAll)
                continue;
            ++dead;
            firstDead = firstDead ? firstDead : &term;
        }
        if (firstDead) {
            addFor(*firstDead, "spf.all.not-last", Severity::Medium, "5.1").arguments["count"] =
                static_cast<std::int64_t>(dead);
        }
        if (alls > 1) {
            addFor(m_node.terms[*all], "spf.all.multiple", Severity::Medium, "5.1").arguments["count"] =
                static_cast<std::int64_t>(alls);
        }
    }

    // RFC 6652 section 3.
    void addReportModifiers()
    {
        const TermNode *address = nullptr;
        std::vector<const TermNode *> odd;
        std::vector<const TermNode *> needAddress;
        for (const TermNode &term : m_node.terms) {
            const auto *modifier = std::get_if<UnknownModifier>(&written(term));
            if (!modifier)
                continue;
            const std::string name = ascii::lowered(modifier->name);
            const std::string value = toText(modifier->value);
            if (name == "ra")
                address = &term;
            if (name == "rp" || name == "rr")
                needAddress.push_back(&term);
            if ((name == "rp" && !isPercentage(value)) || (name == "rr" && !isReportTypes(value)) ||
                (name == "ra" && value.empty())) {
                odd.push_back(&term);
            }
        }
        for (const TermNode *term : odd)
            addReportModifier(*term, "value");
        if (address)
            return;
        for (const TermNode *term : needAddress) {
            if (std::find(odd.begin(), odd.end(), term) == odd.end())
                addReportModifier(*term, "address");
        }
    }

    void addReportModifier(const TermNode &term, const char *reason)
    {
        Finding &finding = m_list.add("spf.rfc6652.odd", Severity::Low, Reference{"RFC 6652", "3"});
        finding.evidence.push_back(termOf(m_node, term, m_path));
        finding.arguments["term"] = textOf(m_node, term);
        finding.arguments["reason"] = std::string(reason);
    }

    static bool isPercentage(const std::string &value)
    {
        return !value.empty() && value.size() <= 3 &&
               std::all_of(value.begin(), value.end(), ascii::isDigit) && std::stoi(value) <= 100;
    }

    static bool isReportTypes(std::string_view value)
    {
        static constexpr std::array<std::string_view, 5> Types = {"all", "e", "f", "s", "n"};
        for (;;) {
            const std::size_t colon = value.find(':');
            const std::string type = ascii::lowered(value.substr(0, colon));
            if (std::find(Types.begin(), Types.end(), type) == Types.end())
                return false;
            if (colon == std::string_view::npos)
                return true;
            value.remove_prefix(colon + 1);
        }
    }

    const Node &m_node;
    const Path &m_path;
    FindingList &m_list;
};

} // namespace

void addRecordFindings(const Node &node, const Path &path, FindingList &list)
{
    RecordJudge(node, path, list).judge();
}

} // namespace mailoscope::spf
