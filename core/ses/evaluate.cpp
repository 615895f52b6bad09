// SPDX-License-Identifier: Apache-2.0
#include "ses/evaluate.h"

#include "base/ascii.h"
#include "spf/record.h"

#include <algorithm>
#include <array>

namespace mailoscope::ses
{

namespace
{

using dns::Outcome;
using dns::RrType;

constexpr std::size_t TokenLength = 32;
constexpr std::size_t MaxTokens = 32;
constexpr std::size_t MaxVerifications = 32;
constexpr std::size_t MaxMailFrom = 32;
/// What people call their MAIL FROM domain. There is no list in DNS.
constexpr std::array<std::string_view, 9> UsualNames = {"bounce",    "bounces",  "email", "feedback", "mail",
                                                        "mail-from", "mailfrom", "send",  "ses"};

bool isToken(std::string_view text)
{
    return text.size() == TokenLength && std::all_of(text.begin(), text.end(), [](char c) {
               return ascii::isLower(c) || (c >= '2' && c <= '7');
           });
}

/// `eu-west-1`, `us-gov-east-1`: the list of regions grows, their form does not.
bool isRegion(std::string_view text)
{
    return text.size() >= 9 && text.size() <= 20 && ascii::isDigit(text.back()) &&
           std::count(text.begin(), text.end(), '-') >= 2 && ascii::isLower(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return ascii::isLower(c) || ascii::isDigit(c) || c == '-'; });
}

/// What stands between `front` and `back`; nothing where the text does not begin and end so.
std::optional<std::string> between(std::string_view text, std::string_view front, std::string_view back)
{
    if (text.size() <= front.size() + back.size() || !text.starts_with(front) || !text.ends_with(back))
        return std::nullopt;
    return std::string(text.substr(front.size(), text.size() - front.size() - back.size()));
}

/// The region of a feedback or inbound host; nothing for other hosts.
std::optional<std::string> regionOf(const DomainName &host, std::string_view front, std::string_view back)
{
    const auto region = between(host.text(), front, back);
    return region && isRegion(*region) ? region : std::nullopt;
}

std::optional<std::string> feedbackRegion(const DomainName &host)
{
    return regionOf(host, "feedback-smtp.", ".amazonses.com");
}

bool looksLikeFeedbackHost(const DomainName &host)
{
    return host.text().starts_with("feedback-smtp.") && host.text().find("amazon") != std::string::npos;
}

/// True for the alias that Easy DKIM wants, with the region where it names one.
bool isTargetOf(std::string_view token, std::string_view target, std::string &region)
{
    const std::string front = std::string(token) + ".dkim.";
    if (target == front + "amazonses.com")
        return true;
    const auto middle = between(target, front, ".amazonses.com");
    if (!middle || !isRegion(*middle))
        return false;
    region = *middle;
    return true;
}

bool includesSes(std::string_view spfText)
{
    const auto parsed = spf::parse(spfText);
    if (!parsed.record)
        return false;
    for (const spf::Term &term : parsed.record->terms) {
        const auto *directive = std::get_if<spf::Directive>(&term);
        const auto *include = directive ? std::get_if<spf::Include>(&directive->mechanism) : nullptr;
        if (!include)
            continue;
        const auto target = DomainName::parse(spf::toText(include->domain));
        if (target && target->text() == "amazonses.com")
            return true;
    }
    return false;
}

std::vector<std::string> spfRecords(const dns::Answer &answer)
{
    std::vector<std::string> records;
    for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(answer)) {
        std::string text = data->joined();
        if (spf::isSpfRecord(text))
            records.push_back(std::move(text));
    }
    return records;
}

class Evaluator
{
public:
    Evaluator(const DomainName &domain, FactSource &facts, const dkim::Evaluation &dkim,
              const Options &options)
        : m_facts(facts), m_dkim(dkim), m_options(options)
    {
        m_result.domain = domain;
    }

    Evaluation evaluate()
    {
        m_pending = m_dkim.pending;
        readDomain();
        readTokens();
        std::vector<DomainName> names = {m_result.domain};
        names.insert(names.end(), m_options.mailFrom.begin(), m_options.mailFrom.end());
        if (m_result.hasSigns()) {
            // Only where SES is in use is it worth nine questions more.
            for (const std::string_view front : UsualNames) {
                if (const auto name = m_result.domain.prefixed(front))
                    names.push_back(*name);
            }
        }
        for (const DomainName &name : names)
            readMailFrom(name);
        m_result.pending = m_pending;
        m_result.status = overallStatus();
        return std::move(m_result);
    }

private:
    const dns::Answer *ask(const DomainName &name, RrType type)
    {
        const dns::Answer *answer = m_facts.dns(name, type);
        m_pending = m_pending || !answer;
        // What a snapshot does not hold was not asked.
        m_anyAnswered = m_anyAnswered || (answer && answer->outcome != Outcome::NotRecorded);
        m_result.anyFailed = m_result.anyFailed || (answer && dns::isTemporaryFailure(answer->outcome) &&
                                                    answer->outcome != Outcome::NotRecorded);
        return answer;
    }

    void readDomain()
    {
        const dns::Answer *text = ask(m_result.domain, RrType::TXT);
        const dns::Answer *mx = ask(m_result.domain, RrType::MX);
        const auto verificationName = m_result.domain.prefixed("_amazonses");
        const dns::Answer *verification = verificationName ? ask(*verificationName, RrType::TXT) : nullptr;
        if (text) {
            for (const std::string &record : spfRecords(*text)) {
                if (!includesSes(record))
                    continue;
                m_result.isIncludedInSpf = true;
                m_result.spfText = record;
            }
        }
        if (mx) {
            for (const dns::MxData *data : dns::dataOf<dns::MxData>(*mx)) {
                if (const auto region = regionOf(data->exchange, "inbound-smtp.", ".amazonaws.com"))
                    m_result.inboundRegion = *region;
            }
        }
        if (verification)
            readVerification(*verification);
    }

    // The token of old verifications is 44 characters of base64; other text comes from a wildcard.
    void readVerification(const dns::Answer &answer)
    {
        for (const dns::TxtData *data : dns::dataOf<dns::TxtData>(answer)) {
            std::string text = data->joined();
            const bool isValue = text.size() == 44 && text.ends_with('=');
            if (isValue && m_result.verifications.size() < MaxVerifications)
                m_result.verifications.push_back(std::move(text));
        }
    }

    void readTokens()
    {
        for (const dkim::SelectorResult &result : m_dkim.found) {
            if (m_result.tokens.size() < MaxTokens)
                readToken(result);
        }
        // All three are needed. Where more are known, they are of several regions or of old identities.
        const bool isOneSet = !m_result.tokens.empty() && m_result.tokens.size() < 3;
        std::vector<Token> absent;
        for (const dkim::Selector &selector : m_dkim.notFound) {
            const auto name = m_result.domain.prefixed(selector.name + "._domainkey");
            if (name && isToken(selector.name))
                absent.push_back({selector.name, *name, Token::State::Absent, {}, {}});
        }
        if (isOneSet && m_result.tokens.size() + absent.size() <= 3)
            m_result.tokens.insert(m_result.tokens.end(), absent.begin(), absent.end());
    }

    void readToken(const dkim::SelectorResult &result)
    {
        if (!isToken(result.selector.name))
            return;
        Token token{result.selector.name, result.name, Token::State::Ok, {}, {}};
        if (!result.chain.empty()) {
            token.target = result.chain.front().text();
            if (!isTargetOf(token.token, token.target, token.region))
                token.state = Token::State::WrongTarget;
        } else if (!result.keys.empty() && !result.keys.front().isKeyRecord()) {
            token.target = ascii::lowered(result.keys.front().text);
            token.state = Token::State::TextRecord;
        }
        // A key of one's own, or another provider's alias, is nothing of SES.
        if (token.target.find("amazonses.com") != std::string::npos)
            m_result.tokens.push_back(std::move(token));
    }

    void readMailFrom(const DomainName &name)
    {
        auto &asked = m_result.mailFromAsked;
        if (asked.size() == MaxMailFrom || std::find(asked.begin(), asked.end(), name) != asked.end())
            return;
        asked.push_back(name);
        const dns::Answer *mx = ask(name, RrType::MX);
        const dns::Answer *text = ask(name, RrType::TXT);
        if (!mx)
            return;
        // That a name has no such MX record is told only where the answer is known.
        m_result.anyFailed =
            m_result.anyFailed || (m_result.hasSigns() && dns::isTemporaryFailure(mx->outcome));
        const auto records = dns::dataOf<dns::MxData>(*mx);
        const auto found = std::find_if(records.begin(), records.end(), [](const dns::MxData *data) {
            return feedbackRegion(data->exchange) || looksLikeFeedbackHost(data->exchange);
        });
        if (found == records.end())
            return;
        MailFrom mailFrom;
        mailFrom.name = name;
        mailFrom.host = (*found)->exchange.text();
        mailFrom.mxCount = records.size();
        mailFrom.isBelowDomain = name != m_result.domain && name.isAtOrBelow(m_result.domain);
        const auto region = feedbackRegion((*found)->exchange);
        mailFrom.region = region.value_or(std::string());
        mailFrom.mx = !region              ? MailFrom::Mx::BadHost
                      : records.size() > 1 ? MailFrom::Mx::Several
                                           : MailFrom::Mx::Ok;
        if (text)
            readSpf(mailFrom, *text);
        m_result.mailFrom.push_back(std::move(mailFrom));
    }

    static void readSpf(MailFrom &mailFrom, const dns::Answer &text)
    {
        const std::vector<std::string> records = spfRecords(text);
        if (dns::isTemporaryFailure(text.outcome)) {
            mailFrom.spf = MailFrom::Spf::TempError;
            return;
        }
        if (records.empty()) {
            mailFrom.spf = MailFrom::Spf::Missing;
            return;
        }
        mailFrom.spfText = records.front();
        if (records.size() > 1)
            mailFrom.spf = MailFrom::Spf::Several; // RFC 7208 section 4.5: a permanent error
        else
            mailFrom.spf = includesSes(records.front()) ? MailFrom::Spf::Ok : MailFrom::Spf::WithoutSes;
    }

    Evaluation::Status overallStatus() const
    {
        using Status = Evaluation::Status;
        if (m_pending)
            return Status::Pending;
        const bool badToken = std::any_of(m_result.tokens.begin(), m_result.tokens.end(),
                                          [](const Token &token) { return token.state != Token::State::Ok; });
        const bool badMailFrom =
            std::any_of(m_result.mailFrom.begin(), m_result.mailFrom.end(), [](const MailFrom &mailFrom) {
                return mailFrom.mx != MailFrom::Mx::Ok ||
                       (mailFrom.spf != MailFrom::Spf::Ok && mailFrom.spf != MailFrom::Spf::TempError);
            });
        if (badToken || badMailFrom)
            return Status::Invalid;
        if (m_result.hasSigns())
            return Status::Ok;
        if (m_result.anyFailed)
            return Status::TempError;
        return m_anyAnswered ? Status::NotApplicable : Status::NotChecked;
    }

    FactSource &m_facts;
    const dkim::Evaluation &m_dkim;
    const Options &m_options;
    Evaluation m_result;
    bool m_pending = false;
    bool m_anyAnswered = false;
};

} // namespace

bool Evaluation::hasSigns() const
{
    return isIncludedInSpf || !verifications.empty() || !inboundRegion.empty() || !tokens.empty() ||
           !mailFrom.empty();
}

Evaluation evaluate(const DomainName &domain, FactSource &facts, const dkim::Evaluation &dkim,
                    const Options &options)
{
    return Evaluator(domain, facts, dkim, options).evaluate();
}

} // namespace mailoscope::ses
