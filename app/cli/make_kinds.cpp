// SPDX-License-Identifier: Apache-2.0
#include "make_kinds.h"

#include "base/text.h"
#include "output.h"

#include <charconv>
#include <ctime>

namespace mailoscope::cli
{

namespace
{

using Use = Option::Use;
using Made = Result<builders::Built, Failure>;

constexpr std::uint64_t LongestTtl = 2147483647; ///< RFC 2181 section 8
constexpr std::size_t MaxKeyOctets = std::size_t{64} * 1024;

Made made(builders::BuildResult result)
{
    if (!result)
        return usage(result.error().sentence);
    return *std::move(result);
}

std::optional<std::uint64_t> numberOf(std::string_view text, std::uint64_t most)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isRead = error == std::errc() && end == text.data() + text.size() && !text.empty();
    return isRead && number <= most ? std::optional(number) : std::nullopt;
}

/// One of a few words, as an option's value.
template <typename Value>
struct Word {
    std::string_view text;
    Value value;
};

/// Reads options one after another and keeps the first failure.
class Reader
{
public:
    explicit Reader(const Arguments &arguments) : m_arguments(arguments) {}

    template <typename Value, std::size_t Count>
    std::optional<Value> word(std::string_view option, const Word<Value> (&words)[Count])
    {
        const auto text = m_arguments.value(option);
        if (!text)
            return std::nullopt;
        std::string known;
        for (std::size_t i = 0; i < Count; ++i) {
            if (words[i].text == *text)
                return words[i].value;
            known += (i == 0 ? "" : i + 1 == Count ? " or " : ", ") + std::string(words[i].text);
        }
        fail("--" + std::string(option) + " is " + known + ", not \"" + shown(*text) + "\".");
        return std::nullopt;
    }
    std::optional<std::uint64_t> number(std::string_view option, std::uint64_t most)
    {
        const auto text = m_arguments.value(option);
        if (!text)
            return std::nullopt;
        const auto number = numberOf(*text, most);
        if (!number)
            fail("--" + std::string(option) + " is a number of seconds up to " + std::to_string(most) +
                 ", not \"" + shown(*text) + "\".");
        return number;
    }
    builders::Common common(const DomainName &domain)
    {
        builders::Common common;
        common.domain = domain;
        common.ttl = static_cast<std::uint32_t>(number("ttl", LongestTtl).value_or(common.ttl));
        return common;
    }
    void fail(std::string sentence)
    {
        if (!m_failure)
            m_failure = usage(std::move(sentence));
    }
    const std::optional<Failure> &failure() const { return m_failure; }

private:
    const Arguments &m_arguments;
    std::optional<Failure> m_failure;
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

Made makeSpf(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::SpfOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.ip4 = arguments.values("ip4");
    options.ip6 = arguments.values("ip6");
    options.a = arguments.has("a");
    options.mx = arguments.has("mx");
    options.aOf = arguments.values("a-of");
    options.mxOf = arguments.values("mx-of");
    options.includes = arguments.values("include");
    options.exists = arguments.values("exists");
    options.redirect = arguments.value("redirect");
    options.all = reader.word("all", Qualifiers);
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildSpf(options));
}

std::optional<std::vector<dmarc::FailureOption>> failureOptions(std::string_view text)
{
    std::vector<dmarc::FailureOption> options;
    for (std::size_t i = 0; i < text.size(); ++i) {
        constexpr std::string_view Letters = "01ds";
        const std::size_t at = i % 2 == 0 ? Letters.find(text[i]) : 0;
        if (at == std::string_view::npos || (i % 2 == 1 && text[i] != ':') ||
            (i % 2 == 1 && i + 1 == text.size()))
            return std::nullopt;
        constexpr dmarc::FailureOption Values[] = {dmarc::FailureOption::All, dmarc::FailureOption::Any,
                                                   dmarc::FailureOption::Dkim, dmarc::FailureOption::Spf};
        if (i % 2 == 0)
            options.push_back(Values[at]);
    }
    return options.empty() ? std::nullopt : std::optional(options);
}

Made makeDmarc(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::DmarcOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    const auto policy = reader.word("policy", Policies);
    if (!arguments.has("policy"))
        reader.fail("--policy is missing: none to begin with, then quarantine or reject.");
    options.policy = policy.value_or(dmarc::Policy::None);
    options.subdomainPolicy = reader.word("subdomain-policy", Policies);
    options.nonexistentPolicy = reader.word("nonexistent-policy", Policies);
    options.dkimAlignment = reader.word("adkim", Alignments);
    options.spfAlignment = reader.word("aspf", Alignments);
    options.isTesting = arguments.has("testing");
    options.rua = arguments.values("rua");
    options.ruf = arguments.values("ruf");
    if (const auto text = arguments.value("failure-options")) {
        const auto read = failureOptions(*text);
        if (!read)
            reader.fail("--failure-options holds 0, 1, d or s with colons between them, not \"" +
                        shown(*text) + "\".");
        else
            options.failureOptions = *read;
    }
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildDmarc(options));
}

/// Another one each second.
std::string idOfNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &parts)};
}

Made makeMtaSts(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::MtaStsOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.mode = reader.word("mode", Modes).value_or(options.mode);
    options.mx = arguments.values("mx");
    options.maxAge = reader.number("max-age", mta_sts::LongestMaxAge);
    options.id = arguments.value("id").value_or(idOfNow());
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildMtaSts(options));
}

Made makeTlsRpt(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::TlsRptOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.rua = arguments.values("rua");
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildTlsRpt(options));
}

Made makeBimi(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::BimiOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.selector = arguments.value("selector").value_or(options.selector);
    options.logo = arguments.value("logo");
    options.evidence = arguments.value("evidence");
    options.avatarPreference = arguments.value("avatar");
    options.declines = arguments.has("decline");
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildBimi(options));
}

Made makeDkim(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::DkimOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.selector = arguments.value("selector").value_or("");
    options.isRevoked = arguments.has("revoke");
    options.isTesting = arguments.has("testing");
    options.refusesSubdomains = arguments.has("strict");
    options.onlyMail = arguments.has("only-mail");
    const auto file = arguments.value("key");
    if (!file && !options.isRevoked)
        reader.fail("--key is missing: the file with the public key, or - for standard input.");
    if (file && options.isRevoked)
        reader.fail("--revoke publishes an empty key: leave out --key.");
    if (reader.failure())
        return *reader.failure();
    if (file) {
        auto octets = *file == "-" ? readStandardInput(MaxKeyOctets) : readFile(*file, MaxKeyOctets);
        if (!octets)
            return octets.error();
        options.key = *std::move(octets);
        if (options.key.empty())
            return usage("The key file is empty.");
    }
    return made(builders::buildDkim(options));
}

Made makeNullMx(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    const builders::Common options = reader.common(domain);
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildNullMx(options));
}

Made makeParked(const DomainName &domain, const Arguments &arguments)
{
    Reader reader(arguments);
    builders::ParkedOptions options;
    static_cast<builders::Common &>(options) = reader.common(domain);
    options.rua = arguments.values("rua");
    options.withWildcard = !arguments.has("no-wildcard");
    options.withDkim = !arguments.has("no-dkim");
    options.withBimi = !arguments.has("no-bimi");
    options.withNullMx = !arguments.has("no-null-mx");
    return reader.failure() ? Made(*reader.failure()) : made(builders::buildParked(options));
}

std::vector<MakeKind> listOfKinds()
{
    const std::vector<Option> general = {
        {"ttl", "SECONDS", "how long the records may be kept (3600)"},
        {"copy-as", "FORM", "write it for a service or program; make --help lists the forms"},
        {"zone", "NAME", "where the zone begins, for forms with relative names; otherwise guessed"},
        {"json", "", "write JSON"},
        {"output", "FILE", "write the result to FILE, whole or not at all"},
        {"color", "WHEN", "auto, always or never (auto: in a terminal, unless NO_COLOR is set)"},
        {"help", "", "show this text"},
    };
    const Option rua = {"rua", "ADDRESS", "where reports go; repeatable", Use::Repeatable};
    std::vector<MakeKind> kinds;
    const auto add = [&](std::string_view name, std::string_view summary, std::vector<Option> options,
                         Made (*make)(const DomainName &, const Arguments &)) {
        std::vector<std::vector<Option>> groups;
        if (!options.empty())
            groups.push_back(std::move(options));
        groups.push_back(general);
        kinds.push_back({{name, "DOMAIN", summary, std::move(groups)}, make});
    };
    add("make spf", "an SPF record: who may send",
        {{"include", "DOMAIN", "whoever passes that domain's record; repeatable", Use::Repeatable},
         {"ip4", "NETWORK", "an IPv4 address or network; repeatable", Use::Repeatable},
         {"ip6", "NETWORK", "an IPv6 address or network; repeatable", Use::Repeatable},
         {"a", "", "the addresses of the domain itself"},
         {"mx", "", "the domain's mail hosts"},
         {"a-of", "HOST", "the addresses of a host; repeatable", Use::Repeatable},
         {"mx-of", "DOMAIN", "the mail hosts of another domain; repeatable", Use::Repeatable},
         {"exists", "NAME", "whoever makes this name exist, with macros; repeatable", Use::Repeatable},
         {"all", "RESULT", "fail, softfail or neutral: what to say of everyone else (softfail)"},
         {"redirect", "DOMAIN", "let that domain's record decide for everyone else"}},
        makeSpf);
    add("make dmarc", "a DMARC record: what happens to mail that fails",
        {{"policy", "none|quarantine|reject", "for the domain itself"},
         {"subdomain-policy", "POLICY", "for names below it, where another one"},
         {"nonexistent-policy", "POLICY", "for names below it that do not exist"},
         {"testing", "", "ask receivers to go one step below the policy"},
         rua,
         {"ruf", "ADDRESS", "where reports on single messages go; repeatable", Use::Repeatable},
         {"failure-options", "LIST", "which failures --ruf hears of: 0, 1, d, s with colons between"},
         {"adkim", "relaxed|strict", "how near the DKIM domain must be"},
         {"aspf", "relaxed|strict", "how near the envelope sender must be"}},
        makeDmarc);
    add("make mta-sts", "the MTA-STS record and policy: mail to the domain only over TLS",
        {{"mx", "HOST", "a host that takes the mail, or *.example.com; repeatable", Use::Repeatable},
         {"mode", "testing|enforce|none", "testing to begin with (testing)"},
         {"max-age", "SECONDS", "how long senders keep the policy (a day; a week with enforce)"},
         {"id", "TEXT", "letters and digits, another one for each policy (the time)"},
         {"policy-file", "FILE", "write the policy to FILE too, as the web server should give it"}},
        makeMtaSts);
    add("make tls-rpt", "a TLS-RPT record: where reports on failed TLS go", {rua}, makeTlsRpt);
    add("make bimi", "a BIMI record: the logo beside the domain's mail",
        {{"logo", "URL", "the logo, SVG Tiny PS"},
         {"evidence", "URL", "the mark certificate"},
         {"selector", "NAME", "where there are several logos (default)"},
         {"avatar", "brand|personal", "which picture comes first"},
         {"decline", "", "say that the domain shows no logo"}},
        makeBimi);
    add("make dkim", "a DKIM record from a public key",
        {{"selector", "NAME", "the name under which the mail is signed"},
         {"key", "FILE", "the public key, PEM or DER; - is standard input"},
         {"testing", "", "t=y: failures should not count yet"},
         {"strict", "", "t=s: not for names below the domain"},
         {"only-mail", "", "s=email: for nothing but mail"},
         {"revoke", "", "publish an empty key: signatures under the selector fail"}},
        makeDkim);
    add("make null-mx", "the MX record of a domain that takes no mail", {}, makeNullMx);
    add("make parked", "all records of a domain that is used for no mail",
        {rua,
         {"no-wildcard", "", "without the SPF record for all names below"},
         {"no-dkim", "", "without the empty DKIM key"},
         {"no-bimi", "", "without the BIMI record"},
         {"no-null-mx", "", "without the null MX record"}},
        makeParked);
    return kinds;
}

} // namespace

const std::vector<MakeKind> &makeKinds()
{
    static const std::vector<MakeKind> All = listOfKinds();
    return All;
}

} // namespace mailoscope::cli
