// SPDX-License-Identifier: Apache-2.0
#include "report/fact_words.h"

#include "base/text.h"
#include "report/words.h"

namespace mailoscope
{

namespace
{

std::string_view wordsOf(dns::Outcome outcome)
{
    switch (outcome) {
    case dns::Outcome::Answered:
        return QT_TRANSLATE_NOOP("outcomes", "answered");
    case dns::Outcome::NoData:
        return QT_TRANSLATE_NOOP("outcomes", "no data");
    case dns::Outcome::NxDomain:
        return QT_TRANSLATE_NOOP("outcomes", "no such name");
    case dns::Outcome::ServerFailure:
        return QT_TRANSLATE_NOOP("outcomes", "server failure");
    case dns::Outcome::Refused:
        return QT_TRANSLATE_NOOP("outcomes", "refused");
    case dns::Outcome::OtherRcode:
        return QT_TRANSLATE_NOOP("outcomes", "error code");
    case dns::Outcome::Timeout:
        return QT_TRANSLATE_NOOP("outcomes", "timed out");
    case dns::Outcome::Malformed:
        return QT_TRANSLATE_NOOP("outcomes", "malformed answer");
    case dns::Outcome::Unreachable:
        return QT_TRANSLATE_NOOP("outcomes", "unreachable");
    case dns::Outcome::NotRecorded:
        return QT_TRANSLATE_NOOP("outcomes", "not recorded");
    }
    return {};
}

std::string_view wordsOf(https::Outcome outcome)
{
    switch (outcome) {
    case https::Outcome::Answered:
        return QT_TRANSLATE_NOOP("outcomes", "answered");
    case https::Outcome::NoAddress:
        return QT_TRANSLATE_NOOP("outcomes", "no address");
    case https::Outcome::LookUpFailed:
        return QT_TRANSLATE_NOOP("outcomes", "address not known");
    case https::Outcome::PrivateAddress:
        return QT_TRANSLATE_NOOP("outcomes", "private address, not asked");
    case https::Outcome::Refused:
        return QT_TRANSLATE_NOOP("outcomes", "no connection");
    case https::Outcome::Timeout:
        return QT_TRANSLATE_NOOP("outcomes", "timed out");
    case https::Outcome::TlsFailure:
        return QT_TRANSLATE_NOOP("outcomes", "certificate or TLS fault");
    case https::Outcome::Malformed:
        return QT_TRANSLATE_NOOP("outcomes", "malformed answer");
    case https::Outcome::LeftOut:
        return QT_TRANSLATE_NOOP("outcomes", "not asked");
    case https::Outcome::NotRecorded:
        return QT_TRANSLATE_NOOP("outcomes", "not recorded");
    }
    return {};
}

std::string_view wordsOf(smtp::Outcome outcome)
{
    switch (outcome) {
    case smtp::Outcome::Encrypted:
        return QT_TRANSLATE_NOOP("outcomes", "encrypted");
    case smtp::Outcome::NotOffered:
        return QT_TRANSLATE_NOOP("outcomes", "no STARTTLS");
    case smtp::Outcome::TlsRefused:
        return QT_TRANSLATE_NOOP("outcomes", "STARTTLS refused");
    case smtp::Outcome::TlsFailure:
        return QT_TRANSLATE_NOOP("outcomes", "handshake failed");
    case smtp::Outcome::Rejected:
        return QT_TRANSLATE_NOOP("outcomes", "rejected us");
    case smtp::Outcome::NoAddress:
        return QT_TRANSLATE_NOOP("outcomes", "no address");
    case smtp::Outcome::LookUpFailed:
        return QT_TRANSLATE_NOOP("outcomes", "address not known");
    case smtp::Outcome::PrivateAddress:
        return QT_TRANSLATE_NOOP("outcomes", "private address, not asked");
    case smtp::Outcome::Refused:
        return QT_TRANSLATE_NOOP("outcomes", "no connection");
    case smtp::Outcome::Timeout:
        return QT_TRANSLATE_NOOP("outcomes", "timed out");
    case smtp::Outcome::Interrupted:
        return QT_TRANSLATE_NOOP("outcomes", "interrupted");
    case smtp::Outcome::Malformed:
        return QT_TRANSLATE_NOOP("outcomes", "malformed answer");
    case smtp::Outcome::LeftOut:
        return QT_TRANSLATE_NOOP("outcomes", "not asked");
    case smtp::Outcome::NotRecorded:
        return QT_TRANSLATE_NOOP("outcomes", "not recorded");
    }
    return {};
}

/// Empty where something was learnt.
std::string_view failureOf(dns::Outcome outcome)
{
    switch (outcome) {
    case dns::Outcome::ServerFailure:
        return "the server failed (SERVFAIL)";
    case dns::Outcome::Refused:
        return "the server refused to answer (REFUSED)";
    case dns::Outcome::OtherRcode:
        return "the server answered with an error";
    case dns::Outcome::Timeout:
        return "no answer in time";
    case dns::Outcome::Malformed:
        return "the answer could not be read";
    case dns::Outcome::Unreachable:
        return "no server could be reached";
    case dns::Outcome::NotRecorded:
        return "not in the snapshot";
    case dns::Outcome::Answered:
    case dns::Outcome::NoData:
    case dns::Outcome::NxDomain:
        break;
    }
    return {};
}

/// The kinds of HTTPS and SMTP outcomes that tell nothing have the same names.
template <typename Outcome>
std::string_view failureOf(Outcome outcome)
{
    if (outcome == Outcome::LookUpFailed)
        return "its address could not be looked up";
    if (outcome == Outcome::Refused)
        return "no connection: refused or unreachable";
    if (outcome == Outcome::Timeout)
        return "no answer in time";
    if (outcome == Outcome::NotRecorded)
        return "not in the snapshot";
    return {};
}

std::string gistOf(const std::vector<dns::ResourceRecord> &records)
{
    constexpr std::size_t Longest = 300; // octets
    std::string line;
    for (const dns::ResourceRecord &record : records) {
        line += (line.empty() ? "" : "  ·  ") + shown(dns::toPresentation(record));
        if (line.size() > Longest)
            return line + "…";
    }
    return line;
}

std::string gist(const dns::Answer &answer)
{
    return gistOf(answer.records);
}

std::string gist(const dns::ServerAnswer &answer)
{
    return gistOf(answer.records);
}

std::string gist(const https::Response &response)
{
    if (response.outcome != https::Outcome::Answered)
        return shown(response.detail);
    std::string line = std::to_string(response.status);
    if (!response.contentType.empty())
        line += "  ·  " + shown(response.contentType);
    return line + "  ·  " + withSeparators(std::to_string(response.body.size())) +
           (response.body.size() == 1 ? " octet" : " octets");
}

std::string gist(const smtp::Session &session)
{
    if (!session.tls)
        return shown(session.detail.empty() ? session.greeting : session.detail);
    std::string line = shown(session.tls->version) + "  ·  " + shown(session.tls->cipher);
    for (const tls::Fault fault : session.tls->faults)
        line += "  ·  " + std::string(tls::toString(fault));
    return line;
}

} // namespace

std::string_view wordsOf(const FactOutcome &outcome)
{
    return std::visit([](auto value) { return wordsOf(value); }, outcome);
}

std::string_view reasonOf(const FactOutcome &outcome)
{
    const std::string_view reason = std::visit([](auto value) { return failureOf(value); }, outcome);
    return reason.empty() ? wordsOf(outcome) : reason;
}

std::string gistOf(const Fact &fact)
{
    return std::visit([](const auto &content) { return gist(content); }, fact.content);
}

} // namespace mailoscope
