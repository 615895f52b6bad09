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
    /// What was chosen, by the option's name, for what needs no reading.
    const Choices &choices() const { return m_choices; }
    const std::optional<BuildError> &error() const { return m_error; }

private:
    const Choices &m_choices;
    std::optional<BuildError> m_error;
};

/// Reads what a form asks for into its options, and builds, unless something could not be read.
template <typename Options, BuildResult (*Build)(const Options &), void (*Fill)(Options &, Reader &)>
BuildResult make(const DomainName &domain, const Choices &choices)
{
    Reader reader(choices);
    Options options;
    static_cast<Common &>(options) = reader.common(domain);
    Fill(options, reader);
    return reader.error() ? BuildResult(*reader.error()) : Build(options);
}

void fillSpf(SpfOptions &options, Reader &reader)
{
    const Choices &choices = reader.choices();
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
}

std::optional<std::vector<dmarc::FailureOption>> failureOptions(const std::string &text)
{
    if (text.find(';') != std::string::npos)
        return std::nullopt;
    const dmarc::ParsedRecord parsed = dmarc::parse("v=DMARC1; p=none; fo=" + text);
    return parsed.record && parsed.record->fo ? parsed.record->fo->value : std::nullopt;
}

void fillDmarc(DmarcOptions &options, Reader &reader)
{
    const Choices &choices = reader.choices();
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
}

void fillMtaSts(MtaStsOptions &options, Reader &reader)
{
    options.mode = reader.word("mode", Modes).value_or(options.mode);
    options.mx = reader.choices().values("mx");
    options.maxAge = reader.number("max-age", mta_sts::LongestMaxAge);
    options.id = reader.choices().value("id").value_or("");
}

void fillTlsRpt(TlsRptOptions &options, Reader &reader)
{
    options.rua = reader.choices().values("rua");
}

void fillBimi(BimiOptions &options, Reader &reader)
{
    const Choices &choices = reader.choices();
    options.selector = choices.value("selector").value_or(options.selector);
    options.logo = choices.value("logo");
    options.evidence = choices.value("evidence");
    options.avatarPreference = choices.value("avatar");
    options.declines = choices.has("decline");
}

void fillDkim(DkimOptions &options, Reader &reader)
{
    const Choices &choices = reader.choices();
    options.selector = choices.value("selector").value_or("");
    options.key = choices.value("key").value_or("");
    options.isRevoked = choices.has("revoke");
    options.isTesting = choices.has("testing");
    options.refusesSubdomains = choices.has("strict");
    options.onlyMail = choices.has("only-mail");
}

void fillNullMx(Common &, Reader &) {}

void fillParked(ParkedOptions &options, Reader &reader)
{
    const Choices &choices = reader.choices();
    options.rua = choices.values("rua");
    options.withWildcard = !choices.has("no-wildcard");
    options.withDkim = !choices.has("no-dkim");
    options.withBimi = !choices.has("no-bimi");
    options.withNullMx = !choices.has("no-null-mx");
}

FormField text(std::string_view option, std::string_view value, std::string_view summary,
               std::string_view label)
{
    return {option, FormField::Kind::Text, value, summary, label, {}, {}};
}
/// Of any number of values; the summary says so.
FormField list(std::string_view option, std::string_view value, std::string_view summary,
               std::string_view label)
{
    return {option, FormField::Kind::List, value, summary, label, {}, {}};
}
FormField flag(std::string_view option, std::string_view summary, std::string_view label)
{
    return {option, FormField::Kind::Switch, "", summary, label, {}, {}};
}
FormField word(std::string_view option, std::string_view value, std::string_view summary,
               std::string_view label, std::vector<std::string_view> words, std::string_view unset)
{
    return {option, FormField::Kind::Word, value, summary, label, std::move(words), unset};
}

std::vector<Form> listOfForms()
{
    using Kind = FormField::Kind;
    const FormField rua = list("rua", "ADDRESS", "where reports go; repeatable", "Reports to");
    const auto policies = textsOf(Policies);
    const auto alignments = textsOf(Alignments);
    return {
        {"spf",
         "SPF record",
         "an SPF record: who may send",
         {list("include", "DOMAIN", "whoever passes that domain's record; repeatable", "Include"),
          list("ip4", "NETWORK", "an IPv4 address or network; repeatable", "IPv4"),
          list("ip6", "NETWORK", "an IPv6 address or network; repeatable", "IPv6"),
          flag("a", "the addresses of the domain itself", "The domain's own addresses"),
          flag("mx", "the domain's mail hosts", "Its mail hosts"),
          list("a-of", "HOST", "the addresses of a host; repeatable", "Hosts"),
          list("mx-of", "DOMAIN", "the mail hosts of another domain; repeatable", "Mail hosts of"),
          list("exists", "NAME", "whoever makes this name exist, with macros; repeatable", "Exists"),
          word("all", "RESULT", "fail, softfail or neutral: what to say of everyone else (softfail)",
               "Everyone else", textsOf(Qualifiers), "softfail, or as redirect says"),
          text("redirect", "DOMAIN", "let that domain's record decide for everyone else", "Redirect")},
         make<SpfOptions, buildSpf, fillSpf>},
        {"dmarc",
         "DMARC record",
         "a DMARC record: what happens to mail that fails",
         {word("policy", "none|quarantine|reject", "for the domain itself", "Policy", policies, {}),
          word("subdomain-policy", "POLICY", "for names below it, where another one", "Names below", policies,
               "the same"),
          word("nonexistent-policy", "POLICY", "for names below it that do not exist",
               "Names that do not exist", policies, "as names below"),
          flag("testing", "ask receivers to go one step below the policy", "Testing (t=y)"), rua,
          list("ruf", "ADDRESS", "where reports on single messages go; repeatable", "Failure reports to"),
          text("failure-options", "LIST", "which failures --ruf hears of: 0, 1, d, s with colons between",
               "Which failures"),
          word("adkim", "relaxed|strict", "how near the DKIM domain must be", "DKIM alignment", alignments,
               "relaxed"),
          word("aspf", "relaxed|strict", "how near the envelope sender must be", "SPF alignment", alignments,
               "relaxed")},
         make<DmarcOptions, buildDmarc, fillDmarc>},
        {"mta-sts",
         "MTA-STS record and policy",
         "the MTA-STS record and policy: mail to the domain only over TLS",
         {list("mx", "HOST", "a host that takes the mail, or *.example.com; repeatable", "Mail hosts"),
          word("mode", "testing|enforce|none", "testing to begin with (testing)", "Mode", textsOf(Modes),
               "testing"),
          {"max-age",
           Kind::Number,
           "SECONDS",
           "how long senders keep the policy (a day; a week with enforce)",
           "Longest age",
           {},
           {}},
          text("id", "TEXT", "letters and digits, another one for each policy (the time)", "Id")},
         make<MtaStsOptions, buildMtaSts, fillMtaSts>},
        {"tls-rpt",
         "TLS-RPT record",
         "a TLS-RPT record: where reports on failed TLS go",
         {rua},
         make<TlsRptOptions, buildTlsRpt, fillTlsRpt>},
        {"bimi",
         "BIMI record",
         "a BIMI record: the logo beside the domain's mail",
         {text("logo", "URL", "the logo, SVG Tiny PS", "Logo"),
          text("evidence", "URL", "the mark certificate", "Certificate"),
          text("selector", "NAME", "where there are several logos (default)", "Selector"),
          word("avatar", "brand|personal", "which picture comes first", "First comes", {"brand", "personal"},
               "not said"),
          flag("decline", "say that the domain shows no logo", "No logo")},
         make<BimiOptions, buildBimi, fillBimi>},
        {"dkim",
         "DKIM record from a public key",
         "a DKIM record from a public key",
         {text("selector", "NAME", "the name under which the mail is signed", "Selector"),
          {"key", Kind::Key, "FILE", "the public key, PEM or DER; - is standard input", "Public key", {}, {}},
          flag("testing", "t=y: failures should not count yet", "Testing (t=y)"),
          flag("strict", "t=s: not for names below the domain", "Not for names below (t=s)"),
          flag("only-mail", "s=email: for nothing but mail", "For mail alone (s=email)"),
          flag("revoke", "publish an empty key: signatures under the selector fail", "Revoke")},
         make<DkimOptions, buildDkim, fillDkim>},
        {"null-mx",
         "Null MX record",
         "the MX record of a domain that takes no mail",
         {},
         make<Common, buildNullMx, fillNullMx>},
        {"parked",
         "Records of a parked domain",
         "all records of a domain that is used for no mail",
         {rua,
          flag("no-wildcard", "without the SPF record for all names below", "No SPF record for names below"),
          flag("no-dkim", "without the empty DKIM key", "No empty DKIM key"),
          flag("no-bimi", "without the BIMI record", "No BIMI record"),
          flag("no-null-mx", "without the null MX record", "No null MX record")},
         make<ParkedOptions, buildParked, fillParked>},
    };
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
