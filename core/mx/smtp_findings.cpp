// SPDX-License-Identifier: Apache-2.0
// What is notable about how mail hosts greet and encrypt.
#include "base/ascii.h"
#include "base/public_suffix.h"
#include "base/text.h"
#include "mx/finding_list.h"

#include <algorithm>
#include <array>

namespace mailoscope::mx
{

namespace
{

Finding &addFor(const Host &host, FindingList &list, std::string id, Severity severity, Reference reference,
                std::string reply = {})
{
    Finding &finding = list.add(std::move(id), severity, std::move(reference));
    finding.arguments["host"] = shown(host.name.text());
    finding.evidence.push_back(replyOf(host, std::move(reply)));
    return finding;
}

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
        if (end > 0)
            words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// `4.96`, `8.15.2/8.15.2`, `15.20.4433.25`, but no address.
bool isVersion(std::string_view word)
{
    while (!word.empty() && !ascii::isAlnum(word.front()))
        word.remove_prefix(1);
    while (!word.empty() && !ascii::isAlnum(word.back()))
        word.remove_suffix(1);
    if (word.empty() || !ascii::isDigit(word.front()) || IpAddress::parse(word))
        return false;
    const std::size_t dot = word.find('.');
    return dot != std::string_view::npos && dot + 1 < word.size() && ascii::isDigit(word[dot + 1]) &&
           word.find(':') == std::string_view::npos;
}

/// True where the name is the host's own, one of its addresses' or at least its organisation's.
bool isKnownName(const DomainName &name, const Host &host)
{
    if (sameOrganization(name, host.name) || (host.isAlias && sameOrganization(name, host.canonicalName)))
        return true;
    return std::any_of(host.reverse.begin(), host.reverse.end(), [&](const ReverseName &reverse) {
        return std::any_of(reverse.names.begin(), reverse.names.end(),
                           [&](const DomainName &other) { return sameOrganization(name, other); });
    });
}

// RFC 5321 section 4.2: the first word behind 220 is the host's name.
void addBanner(const Host &host, FindingList &list)
{
    const std::string &greeting = host.session->greeting;
    const auto words = wordsOf(std::string_view(greeting).substr(0, greeting.find('\n')));
    if (words.empty())
        return;
    std::string reason;
    const auto name = DomainName::parse(words.front());
    const bool reversePending =
        std::any_of(host.reverse.begin(), host.reverse.end(), [](const ReverseName &reverse) {
            return reverse.status == ReverseName::Status::Pending ||
                   reverse.status == ReverseName::Status::TempError ||
                   reverse.status == ReverseName::Status::NotChecked;
        });
    if (!name || name->labelCount() < 2)
        reason = "it does not begin with a full host name";
    else if (!reversePending && !isKnownName(*name, host))
        reason = "it names a host that neither the MX record nor the address's PTR record knows";
    const auto version = std::find_if(words.begin() + 1, words.end(), isVersion);
    if (version != words.end())
        reason += std::string(reason.empty() ? "" : ", and ") +
                  "it tells the version of the software: " + shown(*version);
    if (reason.empty())
        return;
    addFor(host, list, "smtp.banner", Severity::Low, {"RFC 5321", "4.2"}, greeting).arguments["reason"] =
        std::move(reason);
}

void addGreeting(const Host &host, FindingList &list)
{
    const smtp::Session &session = *host.session;
    if (session.greeting.empty())
        return;
    addBanner(host, list);
    if (session.greetingDelay > SlowGreeting)
        addFor(host, list, "smtp.greeting-delay", Severity::Low, {"RFC 5321", "4.5.3.2"}, session.greeting)
            .arguments["seconds"] = static_cast<std::int64_t>(
            std::chrono::duration_cast<std::chrono::seconds>(session.greetingDelay).count());
}

bool isOldVersion(std::string_view version)
{
    return version == "TLSv1.0" || version == "TLSv1" || version == "TLSv1.1" || version.starts_with("SSL");
}

bool isWeakCipher(std::string_view cipher)
{
    static constexpr std::array<std::string_view, 9> Parts = {"RC4", "3DES",  "DES-CBC", "EXP", "NULL",
                                                              "ADH", "AECDH", "MD5",     "RC2"};
    return std::any_of(Parts.begin(), Parts.end(),
                       [&](std::string_view part) { return cipher.find(part) != std::string_view::npos; });
}

void addTls(const Host &host, FindingList &list)
{
    const tls::Session &tls = *host.session->tls;
    const auto add = [&](const char *id, Severity severity, const char *document, const char *section) {
        Finding &finding =
            addFor(host, list, id, severity, {document, section}, tls.version + ' ' + tls.cipher);
        finding.arguments["version"] = shown(tls.version);
        finding.arguments["cipher"] = shown(tls.cipher);
    };
    if (isOldVersion(tls.version))
        add("smtp.tls.old", Severity::Medium, "RFC 8996", "2");
    if (tls.version == "TLSv1.2")
        add("smtp.tls.no13", Severity::Info, "RFC 9325", "3.1.1");
    if (isWeakCipher(tls.cipher))
        add("smtp.cipher.weak", Severity::Medium, "RFC 9325", "4.1");
    // RFC 8689 section 2: it is offered under TLS alone.
    const auto &extensions = host.session->extensionsUnderTls;
    if (std::any_of(extensions.begin(), extensions.end(), [](const std::string &line) {
            return ascii::equalIgnoringCase(std::string_view(line).substr(0, line.find(' ')), "REQUIRETLS");
        }))
        addFor(host, list, "smtp.requiretls", Severity::Info, {"RFC 8689", "2"}, "REQUIRETLS");
}

void addNotReached(const Host &host, FindingList &list)
{
    const smtp::Session &session = *host.session;
    Finding &finding =
        addFor(host, list, "smtp.unreachable", Severity::Info, {"RFC 5321", "3.1"}, session.detail);
    finding.arguments["outcome"] = std::string(toString(session.outcome));
    finding.arguments["hosts"] = shown(host.name.text());
}

/// One word for all of them: our own network is the likeliest reason.
void addNobodyReached(FindingList &list)
{
    std::string hosts;
    const Host *first = nullptr;
    for (const Host &host : list.evaluation().hosts) {
        if (!host.session || !smtpStatus(*host.session))
            continue;
        first = first ? first : &host;
        hosts += (hosts.empty() ? "" : ", ") + shown(host.name.text());
    }
    if (!first)
        return;
    addNotReached(*first, list);
    Finding &finding = list.last();
    finding.arguments["hosts"] = std::move(hosts);
}

void addBroken(const Host &host, FindingList &list, const char *section)
{
    const smtp::Session &session = *host.session;
    // RFC 3207 section 4: 454 is "TLS not available due to temporary reason".
    const bool isTemporary = session.outcome == smtp::Outcome::TlsRefused && session.detail.starts_with('4');
    addFor(host, list, "smtp.starttls.broken", isTemporary ? Severity::Medium : Severity::High,
           {"RFC 3207", section}, session.detail)
        .arguments["detail"] = shown(session.detail);
}

void addSession(const Host &host, FindingList &list)
{
    addGreeting(host, list);
    switch (host.session->outcome) {
    case smtp::Outcome::Encrypted:
        if (!host.session->tls)
            return;
        addTls(host, list);
        return addCertificateFindings(host, list);
    case smtp::Outcome::NotOffered:
        addFor(host, list, "smtp.starttls.missing", Severity::High, {"RFC 3207", "4"},
               host.session->greeting);
        return;
    case smtp::Outcome::TlsRefused:
        return addBroken(host, list, "4");
    case smtp::Outcome::TlsFailure:
        return addBroken(host, list, "4.1");
    case smtp::Outcome::Rejected:
    case smtp::Outcome::Refused:
    case smtp::Outcome::Timeout:
    case smtp::Outcome::Interrupted:
    case smtp::Outcome::Malformed:
        return addNotReached(host, list);
    case smtp::Outcome::NoAddress:
    case smtp::Outcome::LookUpFailed:
    case smtp::Outcome::PrivateAddress:
    case smtp::Outcome::LeftOut:
    case smtp::Outcome::NotRecorded:
        return;
    }
}

} // namespace

void addSmtpFindings(FindingList &list)
{
    const Evaluation &evaluation = list.evaluation();
    if (evaluation.nobodyReached()) {
        if (!evaluation.smtpPending)
            addNobodyReached(list);
        return;
    }
    std::set<DomainName> judged; // a host may stand in several records
    for (const Host &host : evaluation.hosts) {
        if (host.session && judged.insert(host.name).second)
            addSession(host, list);
    }
}

} // namespace mailoscope::mx
