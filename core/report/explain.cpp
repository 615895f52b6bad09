// SPDX-License-Identifier: Apache-2.0
#include "report/explain.h"

#include "base/text.h"
#include "report/token_words.h"
#include "report/words.h"

#include <algorithm>

namespace mailoscope
{

namespace
{

const FindingWords *wordsOf(std::string_view id)
{
    for (const std::span<const FindingWords> table : allWords()) {
        for (const FindingWords &words : table) {
            if (words.id == id)
                return &words;
        }
    }
    return nullptr;
}

std::string valueText(const ArgumentValue &value)
{
    if (const auto *number = std::get_if<std::int64_t>(&value))
        return withSeparators(std::to_string(*number));
    return std::get<std::string>(value);
}

/// `part` is fit to be shown.
std::string issueSentence(spf::IssueKind kind, const std::string &part)
{
    switch (kind) {
    case spf::IssueKind::NonAscii:
        return part + " is not plain ASCII: type it again.";
    case spf::IssueKind::UnknownMechanism:
        return "There is no mechanism named " + part + ".";
    case spf::IssueKind::MissingArgument:
        return part + " needs a value behind a colon.";
    case spf::IssueKind::UnexpectedArgument:
        return part + " may not stand there.";
    case spf::IssueKind::BadIp4:
        return part + " is not an IPv4 address.";
    case spf::IssueKind::BadIp6:
        return part + " is not an IPv6 address.";
    case spf::IssueKind::BadCidr:
        return part + " is not a valid prefix length.";
    case spf::IssueKind::BadDomainSpec:
        return part + " does not end in a valid domain name or a macro.";
    case spf::IssueKind::AddressAsDomain:
        return part + " is an address: write ip4: or ip6: before it.";
    case spf::IssueKind::MacroSyntax:
        return part + " is not a macro; a percent sign itself is written %%.";
    case spf::IssueKind::MacroExpLetter:
        return part + " may only stand in an explanation.";
    case spf::IssueKind::BadModifierName:
        return part + " is not a name that a modifier can have.";
    case spf::IssueKind::EmptyModifier:
        return part + " has no value.";
    case spf::IssueKind::RedirectRepeated:
        return "redirect= may stand only once.";
    case spf::IssueKind::ExpRepeated:
        return "exp= may stand only once.";
    }
    return part;
}

/// What else can be said of some findings, from their arguments.
std::string extraHint(const Finding &finding)
{
    const auto text = [&finding](const char *name) {
        const auto found = finding.arguments.find(name);
        const auto *value =
            found == finding.arguments.end() ? nullptr : std::get_if<std::string>(&found->second);
        return value ? *value : std::string();
    };
    const auto number = [&finding](const char *name) {
        const auto found = finding.arguments.find(name);
        const auto *value =
            found == finding.arguments.end() ? nullptr : std::get_if<std::int64_t>(&found->second);
        return value ? *value : 0;
    };
    if (finding.section == "dkim")
        return dkimHint(finding);
    if (finding.section == "ses")
        return sesHint(finding);
    if (number("at_least") != 0)
        return " The count is the least: some targets depend on the message or could not be looked up.";
    if (finding.id == "spf.syntax")
        return " " + issueSentence(static_cast<spf::IssueKind>(number("issue")), text("part"));
    if (finding.id == "spf.modifier.unknown" && !text("mechanism").empty())
        return " " + text("mechanism") + ": with a colon is the mechanism of that name.";
    if (finding.id == "spf.include.permerror" && number("several") > 1)
        return " It has " + std::to_string(number("several")) + " SPF records.";
    if (finding.id == "spf.include.permerror" && !text("fault").empty())
        return " The fault is at: " + text("fault");
    return {};
}

std::string termSubject(const spf::Step &step)
{
    std::string subject = shown(step.text);
    if (!step.expanded.empty() && step.text.find('%') != std::string::npos)
        subject += " (" + shown(step.expanded) + ")";
    return subject;
}

std::string askedText(const spf::Step &step)
{
    std::string text;
    for (std::size_t i = 0; i < step.asked.size(); ++i) {
        text += (text.empty() ? " [" : "; ") + dns::toString(step.asked[i].type) + ' ' +
                shown(step.asked[i].name.text()) + " → " + shown(step.answers[i]);
    }
    return text.empty() ? text : text + ']';
}

std::string resultWord(const std::optional<spf::CheckResult> &result)
{
    return std::string(result ? spf::toString(*result) : "unknown");
}

std::string termSentence(const spf::Step &step, const spf::CheckArguments &arguments)
{
    const std::string subject = termSubject(step);
    const std::string ip = arguments.ip.unmapped().toString();
    switch (step.match) {
    case spf::Step::Match::Matched:
        return subject + ": " + ip + " matches." + askedText(step);
    case spf::Step::Match::NotMatched:
        return subject + ": " + ip + " does not match; go on." + askedText(step);
    case spf::Step::Match::Entered:
        return subject + ": go into the record of " + shown(step.expanded) + ".";
    case spf::Step::Match::Skipped:
        return subject + ": the name cannot be asked for this message, so it does not match; go on.";
    case spf::Step::Match::Failed:
        return subject + ": " + sentenceOf(step.cause) + askedText(step);
    case spf::Step::Match::NotApplicable:
        return subject;
    }
    return subject;
}

std::string returnSentence(const spf::Step &step)
{
    std::string sentence = "The record of " + shown(step.expanded) + " gives " + resultWord(step.result);
    switch (step.match) {
    case spf::Step::Match::Matched:
        return sentence + ": " + shown(step.text) + " matches.";
    case spf::Step::Match::Failed:
        return sentence + ". " + sentenceOf(step.cause);
    case spf::Step::Match::NotMatched:
    case spf::Step::Match::NotApplicable:
    case spf::Step::Match::Entered:
    case spf::Step::Match::Skipped:
        break;
    }
    return sentence + ", which is no match for include; go on.";
}

} // namespace

std::string withSeparators(std::string digits)
{
    const std::size_t sign = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > sign + 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

std::string filled(std::string_view text, const Arguments &arguments)
{
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t close = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        if (close != std::string_view::npos) {
            const auto found = arguments.find(std::string(text.substr(i + 1, close - i - 1)));
            if (found != arguments.end()) {
                result += valueText(found->second);
                i = close + 1;
                continue;
            }
        }
        result.push_back(text[i++]);
    }
    return result;
}

Explanation explain(const Finding &finding)
{
    const FindingWords *words = wordsOf(finding.id);
    if (!words)
        return {finding.id, {}, {}};
    const Arguments arguments = withWords(finding);
    return {filled(words->title, arguments), filled(words->why, arguments) + extraHint(finding),
            filled(words->whatToDo, arguments)};
}

std::vector<std::string> explainedIds()
{
    std::vector<std::string> ids;
    for (const std::span<const FindingWords> table : allWords()) {
        for (const FindingWords &words : table)
            ids.emplace_back(words.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::string meaningOf(const spf::Term &term)
{
    struct MechanismMeaning {
        std::string result;
        std::string operator()(const spf::All &) const { return "everyone else: " + result; }
        std::string operator()(const spf::Include &) const { return result + " if that record passes"; }
        std::string operator()(const spf::A &) const { return result + " for the name's addresses"; }
        std::string operator()(const spf::Mx &) const { return result + " for the mail hosts"; }
        std::string operator()(const spf::Ptr &) const { return result + " by the client's reverse name"; }
        std::string operator()(const spf::Ip4 &) const { return result + " for this network"; }
        std::string operator()(const spf::Ip6 &) const { return result + " for this network"; }
        std::string operator()(const spf::Exists &) const { return result + " if the name has an address"; }
    };
    struct TermMeaning {
        std::string operator()(const spf::Directive &directive) const
        {
            return std::visit(MechanismMeaning{std::string(spf::toString(directive.qualifier()))},
                              directive.mechanism);
        }
        std::string operator()(const spf::Redirect &) const { return "that record decides instead"; }
        std::string operator()(const spf::Exp &) const { return "text for rejected senders"; }
        std::string operator()(const spf::UnknownModifier &) const { return "ignored by receivers"; }
        std::string operator()(const spf::UnreadableTerm &) const { return "permanent error for everyone"; }
    };
    return std::visit(TermMeaning(), term);
}

std::string nameOf(const std::optional<providers::Provider> &provider)
{
    return provider ? (provider->certain ? "" : "looks like ") + std::string(provider->name) : std::string();
}

std::string sentenceOf(const spf::Step &step, const spf::CheckArguments &arguments)
{
    switch (step.kind) {
    case spf::Step::Kind::Record:
        return step.match == spf::Step::Match::Failed
                   ? "The record of " + shown(step.domain.text()) + " has a fault: permanent error."
                   : "Take up the record of " + shown(step.domain.text()) + ".";
    case spf::Step::Kind::Term:
        return termSentence(step, arguments);
    case spf::Step::Kind::Return:
        return returnSentence(step);
    case spf::Step::Kind::End:
        break;
    }
    std::string sentence = "Result: " + resultWord(step.result);
    if (step.text == "default")
        sentence += ", because nothing matched";
    else if (!step.text.empty())
        sentence += ", by " + shown(step.text);
    sentence += '.';
    const std::string cause = sentenceOf(step.cause);
    return cause.empty() ? sentence : sentence + ' ' + cause;
}

std::string sentenceOf(const spf::Issue &issue, std::string_view recordText)
{
    return issueSentence(issue.kind,
                         shown(recordText.substr(issue.span.begin, issue.span.end - issue.span.begin)));
}

std::vector<std::string> faultSentences(const spf::Node &node, std::optional<std::size_t> term)
{
    std::vector<std::string> sentences;
    if (!node.record)
        return sentences;
    const std::vector<spf::Issue> &issues = node.record->issues;
    for (std::size_t i = 0; i < issues.size(); ++i) {
        spf::Issue issue = issues[i];
        if (term && issue.term != *term)
            continue;
        // Copied text brings several such octets at once: one sentence speaks of all from the first to the
        // last.
        while (issue.kind == spf::IssueKind::NonAscii && i + 1 < issues.size() &&
               issues[i + 1].kind == issue.kind && issues[i + 1].term == issue.term) {
            issue.span.end = issues[++i].span.end;
        }
        sentences.push_back(sentenceOf(issue, node.selection.text));
    }
    return sentences;
}

std::string sentenceOf(spf::Cause cause)
{
    switch (cause) {
    case spf::Cause::NoCause:
        return {};
    case spf::Cause::BadDomain:
        return "The sender's domain is not a domain name that can have a record.";
    case spf::Cause::NoRecord:
        return "The domain has no SPF record.";
    case spf::Cause::MultipleRecords:
        return "There is more than one SPF record.";
    case spf::Cause::Syntax:
        return "The record has a fault.";
    case spf::Cause::LookupLimit:
        return "More than 10 look-ups are needed.";
    case spf::Cause::VoidLimit:
        return "More than 2 look-ups found nothing.";
    case spf::Cause::MxLimit:
        return "The name has more than 10 mail hosts.";
    case spf::Cause::IncludeNoRecord:
        return "The included name has no SPF record.";
    case spf::Cause::RedirectNoRecord:
        return "The name that redirect points to has no SPF record.";
    case spf::Cause::DnsFailure:
        return "A look-up failed.";
    }
    return {};
}

} // namespace mailoscope
