// SPDX-License-Identifier: Apache-2.0
#include "builders/forms.h"

#include "base/ascii.h"
#include "base/text.h"
#include "builders/builders.h"
#include "builders/parts.h"
#include "dns/ttl.h"

#include <algorithm>
#include <charconv>

namespace mailoscope::builders
{

namespace
{

/// One of a few words, as an option's value.
template <typename Value>
struct Word {
    std::string_view text;
    Value value;
};

constexpr Word<dmarc::Policy> Policies[] = {{"none", dmarc::Policy::None},
                                            {"quarantine", dmarc::Policy::Quarantine},
                                            {"reject", dmarc::Policy::Reject}};
constexpr Word<dmarc::Alignment> Alignments[] = {{"relaxed", dmarc::Alignment::Relaxed},
                                                 {"strict", dmarc::Alignment::Strict}};
constexpr Word<mta_sts::Mode> Modes[] = {
    {"testing", mta_sts::Mode::Testing}, {"enforce", mta_sts::Mode::Enforce}, {"none", mta_sts::Mode::None}};
constexpr Word<spf::Qualifier> Qualifiers[] = {{"fail", spf::Qualifier::Fail},
                                               {"softfail", spf::Qualifier::SoftFail},
                                               {"neutral", spf::Qualifier::Neutral}};

template <typename Value, std::size_t Count>
std::vector<std::string_view> textsOf(const Word<Value> (&words)[Count])
{
    std::vector<std::string_view> texts;
    for (const Word<Value> &word : words)
        texts.push_back(word.text);
    return texts;
}

std::optional<std::uint64_t> numberOf(std::string_view text, std::uint64_t most)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isRead = error == std::errc() && end == text.data() + text.size() && !text.empty();
    return isRead && number <= most ? std::optional(number) : std::nullopt;
}

/// Reads choices one after another and keeps the first error.
class Reader
{
public:
    explicit Reader(const Choices &choices) : m_choices(choices) {}

    template <typename Value, std::size_t Count>
    std::optional<Value> word(std::string_view option, const Word<Value> (&words)[Count])
    {
        const auto text = m_choices.value(option);
        if (!text)
            return std::nullopt;
        std::string known;
        for (std::size_t i = 0; i < Count; ++i) {
            if (words[i].text == *text)
                return words[i].value;
            known += (i == 0 ? "" : i + 1 == Count ? " or " : ", ") + std::string(words[i].text);
        }
        fail(option, "--" + std::string(option) + " is " + known + ", not " + inQuotes(*text) + '.');
        return std::nullopt;
    }
    std::optional<std::uint64_t> number(std::string_view option, std::uint64_t most)
    {
        const auto text = m_choices.value(option);
        if (!text)
            return std::nullopt;
        const auto number = numberOf(*text, most);
        if (!number)
            fail(option, "--" + std::string(option) + " is a number of seconds up to " +
                             std::to_string(most) + ", not " + inQuotes(*text) + '.');
        return number;
    }
    Common common(const DomainName &domain)
    {
        Common common;
        common.domain = domain;
        common.ttl = static_cast<std::uint32_t>(number(TtlOption, dns::LongestTtl).value_or(common.ttl));
        return common;
    }
    void fail(std::string_view option, std::string sentence)
    {
        if (!m_error)
            m_error = wrong(option, std::move(sentence));
    }
    template <typename Options>
    BuildResult built(BuildResult (*build)(const Options &), const Options &options) const
    {
        return m_error ? BuildResult(*m_error) : build(options);
    }

private:
    const Choices &m_choices;
    std::optional<BuildError> m_error;
};

BuildResult makeSpf(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    SpfOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.ip4 = choices.values("ip4");
    options.ip6 = choices.values("ip6");
    options.a = choices.has("a");
    options.mx = choices.has("mx");
    options.aOf = choices.values("a-of");
    options.mxOf = choices.values("mx-of");
    options.includes = choices.values("include");
    options.exists = choices.values("exists");
    options.redirect = choices.value("redirect");
    options.all = reader.word("all", Qualifiers);
    return reader.built(buildSpf, options);
}

std::optional<std::vector<dmarc::FailureOption>> failureOptions(const std::string &text)
{
    if (text.find(';') != std::string::npos)
        return std::nullopt;
    const dmarc::ParsedRecord parsed = dmarc::parse("v=DMARC1; p=none; fo=" + text);
    return parsed.record && parsed.record->fo ? parsed.record->fo->value : std::nullopt;
}

BuildResult makeDmarc(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    DmarcOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    const auto policy = reader.word("policy", Policies);
    if (!choices.has("policy"))
        reader.fail("policy", "--policy is missing: none to begin with, then quarantine or reject.");
    options.policy = policy.value_or(dmarc::Policy::None);
    options.subdomainPolicy = reader.word("subdomain-policy", Policies);
    options.nonexistentPolicy = reader.word("nonexistent-policy", Policies);
    options.dkimAlignment = reader.word("adkim", Alignments);
    options.spfAlignment = reader.word("aspf", Alignments);
    options.isTesting = choices.has("testing");
    options.rua = choices.values("rua");
    options.ruf = choices.values("ruf");
    if (const auto text = choices.value("failure-options")) {
        const auto read = failureOptions(*text);
        if (!read)
            reader.fail("failure-options", "--failure-options holds 0, 1, d or s with colons between them, "
                                           "not " +
                                               inQuotes(*text) + '.');
        else
            options.failureOptions = *read;
    }
    return reader.built(buildDmarc, options);
}

BuildResult makeMtaSts(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    MtaStsOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.mode = reader.word("mode", Modes).value_or(options.mode);
    options.mx = choices.values("mx");
    options.maxAge = reader.number("max-age", mta_sts::LongestMaxAge);
    options.id = choices.value("id").value_or("");
    return reader.built(buildMtaSts, options);
}

BuildResult makeTlsRpt(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    TlsRptOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.rua = choices.values("rua");
    return reader.built(buildTlsRpt, options);
}

BuildResult makeBimi(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    BimiOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.selector = choices.value("selector").value_or(options.selector);
    options.logo = choices.value("logo");
    options.evidence = choices.value("evidence");
    options.avatarPreference = choices.value("avatar");
    options.declines = choices.has("decline");
    return reader.built(buildBimi, options);
}

BuildResult makeDkim(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    DkimOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.selector = choices.value("selector").value_or("");
    options.key = choices.value("key").value_or("");
    options.isRevoked = choices.has("revoke");
    options.isTesting = choices.has("testing");
    options.refusesSubdomains = choices.has("strict");
    options.onlyMail = choices.has("only-mail");
    return reader.built(buildDkim, options);
}

BuildResult makeNullMx(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    const Common options = reader.common(domain);
    return reader.built(buildNullMx, options);
}

BuildResult makeParked(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    ParkedOptions options;
    static_cast<Common &>(options) = reader.common(domain);
    options.rua = choices.values("rua");
    options.withWildcard = !choices.has("no-wildcard");
    options.withDkim = !choices.has("no-dkim");
    options.withBimi = !choices.has("no-bimi");
    options.withNullMx = !choices.has("no-null-mx");
    return reader.built(buildParked, options);
}

std::vector<Form> listOfForms()
{
    using Kind = FormField::Kind;
    const FormField rua = {"rua",        Kind::List, "ADDRESS", "where reports go; repeatable",
                           "Reports to", {},         {}};
    const auto policies = textsOf(Policies);
    const auto alignments = textsOf(Alignments);
    std::vector<Form> forms;
    forms.push_back(
        {"spf",
         "SPF record",
         "an SPF record: who may send",
         {{"include",
           Kind::List,
           "DOMAIN",
           "whoever passes that domain's record; repeatable",
           "Include",
           {},
           {}},
          {"ip4", Kind::List, "NETWORK", "an IPv4 address or network; repeatable", "IPv4", {}, {}},
          {"ip6", Kind::List, "NETWORK", "an IPv6 address or network; repeatable", "IPv6", {}, {}},
          {"a", Kind::Switch, "", "the addresses of the domain itself", "The domain's own addresses", {}, {}},
          {"mx", Kind::Switch, "", "the domain's mail hosts", "Its mail hosts", {}, {}},
          {"a-of", Kind::List, "HOST", "the addresses of a host; repeatable", "Hosts", {}, {}},
          {"mx-of",
           Kind::List,
           "DOMAIN",
           "the mail hosts of another domain; repeatable",
           "Mail hosts of",
           {},
           {}},
          {"exists",
           Kind::List,
           "NAME",
           "whoever makes this name exist, with macros; repeatable",
           "Exists",
           {},
           {}},
          {"all", Kind::Word, "RESULT", "fail, softfail or neutral: what to say of everyone else (softfail)",
           "Everyone else", textsOf(Qualifiers), "softfail, or as redirect says"},
          {"redirect",
           Kind::Text,
           "DOMAIN",
           "let that domain's record decide for everyone else",
           "Redirect",
           {},
           {}}},
         makeSpf});
    forms.push_back(
        {"dmarc",
         "DMARC record",
         "a DMARC record: what happens to mail that fails",
         {{"policy", Kind::Word, "none|quarantine|reject", "for the domain itself", "Policy", policies, {}},
          {"subdomain-policy", Kind::Word, "POLICY", "for names below it, where another one", "Names below",
           policies, "the same"},
          {"nonexistent-policy", Kind::Word, "POLICY", "for names below it that do not exist",
           "Names that do not exist", policies, "as names below"},
          {"testing",
           Kind::Switch,
           "",
           "ask receivers to go one step below the policy",
           "Testing (t=y)",
           {},
           {}},
          rua,
          {"ruf",
           Kind::List,
           "ADDRESS",
           "where reports on single messages go; repeatable",
           "Failure reports to",
           {},
           {}},
          {"failure-options",
           Kind::Text,
           "LIST",
           "which failures --ruf hears of: 0, 1, d, s with colons between",
           "Which failures",
           {},
           {}},
          {"adkim", Kind::Word, "relaxed|strict", "how near the DKIM domain must be", "DKIM alignment",
           alignments, "relaxed"},
          {"aspf", Kind::Word, "relaxed|strict", "how near the envelope sender must be", "SPF alignment",
           alignments, "relaxed"}},
         makeDmarc});
    forms.push_back({"mta-sts",
                     "MTA-STS record and policy",
                     "the MTA-STS record and policy: mail to the domain only over TLS",
                     {{"mx",
                       Kind::List,
                       "HOST",
                       "a host that takes the mail, or *.example.com; repeatable",
                       "Mail hosts",
                       {},
                       {}},
                      {"mode", Kind::Word, "testing|enforce|none", "testing to begin with (testing)", "Mode",
                       textsOf(Modes), "testing"},
                      {"max-age",
                       Kind::Number,
                       "SECONDS",
                       "how long senders keep the policy (a day; a week with enforce)",
                       "Longest age",
                       {},
                       {}},
                      {"id",
                       Kind::Text,
                       "TEXT",
                       "letters and digits, another one for each policy (the time)",
                       "Id",
                       {},
                       {}}},
                     makeMtaSts});
    forms.push_back(
        {"tls-rpt", "TLS-RPT record", "a TLS-RPT record: where reports on failed TLS go", {rua}, makeTlsRpt});
    forms.push_back(
        {"bimi",
         "BIMI record",
         "a BIMI record: the logo beside the domain's mail",
         {{"logo", Kind::Text, "URL", "the logo, SVG Tiny PS", "Logo", {}, {}},
          {"evidence", Kind::Text, "URL", "the mark certificate", "Certificate", {}, {}},
          {"selector", Kind::Text, "NAME", "where there are several logos (default)", "Selector", {}, {}},
          {"avatar", Kind::Word, "brand|personal", "which picture comes first", "First comes",
           std::vector<std::string_view>{"brand", "personal"}, "not said"},
          {"decline", Kind::Switch, "", "say that the domain shows no logo", "No logo", {}, {}}},
         makeBimi});
    forms.push_back(
        {"dkim",
         "DKIM record from a public key",
         "a DKIM record from a public key",
         {{"selector", Kind::Text, "NAME", "the name under which the mail is signed", "Selector", {}, {}},
          {"key", Kind::Key, "FILE", "the public key, PEM or DER; - is standard input", "Public key", {}, {}},
          {"testing", Kind::Switch, "", "t=y: failures should not count yet", "Testing (t=y)", {}, {}},
          {"strict",
           Kind::Switch,
           "",
           "t=s: not for names below the domain",
           "Not for names below (t=s)",
           {},
           {}},
          {"only-mail",
           Kind::Switch,
           "",
           "s=email: for nothing but mail",
           "For mail alone (s=email)",
           {},
           {}},
          {"revoke",
           Kind::Switch,
           "",
           "publish an empty key: signatures under the selector fail",
           "Revoke",
           {},
           {}}},
         makeDkim});
    forms.push_back(
        {"null-mx", "Null MX record", "the MX record of a domain that takes no mail", {}, makeNullMx});
    forms.push_back(
        {"parked",
         "Records of a parked domain",
         "all records of a domain that is used for no mail",
         {rua,
          {"no-wildcard",
           Kind::Switch,
           "",
           "without the SPF record for all names below",
           "No SPF record for names below",
           {},
           {}},
          {"no-dkim", Kind::Switch, "", "without the empty DKIM key", "No empty DKIM key", {}, {}},
          {"no-bimi", Kind::Switch, "", "without the BIMI record", "No BIMI record", {}, {}},
          {"no-null-mx", Kind::Switch, "", "without the null MX record", "No null MX record", {}, {}}},
         makeParked});
    return forms;
}

} // namespace

std::optional<std::string> Choices::value(std::string_view option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second.front());
}

std::vector<std::string> Choices::values(std::string_view option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::vector<std::string>() : found->second;
}

void Choices::set(std::string_view option, std::vector<std::string> values)
{
    if (values.empty())
        m_values.erase(std::string(option));
    else
        m_values[std::string(option)] = std::move(values);
}

void Choices::set(std::string_view option, std::string value)
{
    set(option, std::vector{std::move(value)});
}

void Choices::add(std::string_view option, std::string value)
{
    m_values[std::string(option)].push_back(std::move(value));
}

const FormField *Form::find(std::string_view option) const
{
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const FormField &field) { return field.option == option; });
    return found == fields.end() ? nullptr : &*found;
}

std::span<const Form> forms()
{
    static const std::vector<Form> All = listOfForms();
    return All;
}

const Form *findForm(std::string_view name)
{
    const std::span<const Form> all = forms();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Form &form) { return form.name == name; });
    return found == all.end() ? nullptr : &*found;
}

std::string inWordsOfForm(const Form &form, std::string_view sentence)
{
    const auto isOfOption = [](char c) { return ascii::isLower(c) || ascii::isDigit(c) || c == '-'; };
    std::string words;
    for (std::size_t at = 0; at < sentence.size();) {
        std::size_t end = at + 2;
        if (sentence.substr(at, 2) == "--" &&
            (at == 0 || sentence[at - 1] == ' ' || sentence[at - 1] == '(')) {
            while (end < sentence.size() && isOfOption(sentence[end]))
                ++end;
            if (const FormField *field = form.find(sentence.substr(at + 2, end - at - 2))) {
                words += "\"" + std::string(field->label) + '"';
                // What stands for the value, as in "--rua ADDRESS", means nothing beside a field.
                const bool hasValue = !field->value.empty() && sentence.substr(end).starts_with(' ') &&
                                      sentence.substr(end + 1).starts_with(field->value);
                at = hasValue ? end + 1 + field->value.size() : end;
                continue;
            }
        }
        words.push_back(sentence[at++]);
    }
    return words;
}

} // namespace mailoscope::builders
