// SPDX-License-Identifier: Apache-2.0
#include "support/random_facts.h"

#include <array>

namespace mailoscope::tests
{

namespace
{

Timestamp randomTime(Random &random)
{
    return Timestamp(std::chrono::milliseconds(std::uint64_t(random()) * 1000 + upTo(random, 999)));
}

dns::Answer randomAnswer(Random &random)
{
    using dns::Outcome;
    static constexpr std::array Outcomes = {Outcome::Answered,      Outcome::NoData,    Outcome::NxDomain,
                                            Outcome::ServerFailure, Outcome::Refused,   Outcome::Timeout,
                                            Outcome::OtherRcode,    Outcome::Malformed, Outcome::Unreachable,
                                            Outcome::NotRecorded};
    const dns::Question question{randomName(random), randomType(random)};
    const Outcome outcome = flip(random) ? Outcome::Answered : Outcomes[upTo(random, Outcomes.size() - 1)];
    dns::Answer answer = dns::emptyAnswer(question, outcome);
    if (outcome == Outcome::OtherRcode)
        answer.rcode = static_cast<std::uint16_t>(upTo(random, 4095));
    answer.authenticated = flip(random);
    answer.ttl = static_cast<std::uint32_t>(random());
    DomainName owner = question.name;
    for (std::uint32_t n = upTo(random, 5) / 3; n > 0; --n) {
        answer.aliases.push_back(randomRecord(random, owner, dns::RrType::CNAME));
        owner = std::get<dns::NameData>(answer.aliases.back().data).name;
    }
    if (outcome == Outcome::Answered) {
        for (std::uint32_t n = 1 + upTo(random, 4); n > 0; --n)
            answer.records.push_back(randomRecord(random, owner, question.type));
    }
    return answer;
}

std::string randomHost(Random &random)
{
    std::string host = "example";
    for (std::uint32_t n = upTo(random, 4); n > 0; --n)
        host.insert(0, {static_cast<char>('a' + upTo(random, 25)), '.'});
    return host;
}

std::optional<IpAddress> randomAddress(Random &random)
{
    return flip(random) ? IpAddress::parse(flip(random) ? "192.0.2.1" : "2001:db8::1") : std::nullopt;
}

std::optional<tls::Session> randomSession(Random &random)
{
    using tls::Fault;
    if (flip(random))
        return std::nullopt;
    tls::Session session;
    session.version = flip(random) ? "TLSv1.3" : "";
    session.cipher = flip(random) ? "TLS_AES_256_GCM_SHA384" : "";
    for (std::uint32_t n = upTo(random, 3); n > 0; --n)
        session.chain.push_back(randomOctets(random, 40));
    for (const Fault fault : {Fault::NameMismatch, Fault::Expired, Fault::NotYetValid, Fault::SelfSigned,
                              Fault::Untrusted, Fault::Other}) {
        if (flip(random))
            session.faults.insert(fault);
    }
    session.detail = randomOctets(random, 20);
    session.at = randomTime(random);
    return session;
}

https::Response randomResponse(Random &random)
{
    using https::Outcome;
    static constexpr std::array Outcomes = {
        Outcome::Answered, Outcome::NoAddress,  Outcome::LookUpFailed, Outcome::PrivateAddress,
        Outcome::Refused,  Outcome::Timeout,    Outcome::TlsFailure,   Outcome::Malformed,
        Outcome::LeftOut,  Outcome::NotRecorded};
    https::Response response;
    const std::string port = flip(random) ? ":" + std::to_string(1 + upTo(random, 65534)) : "";
    const auto url =
        https::Url::parse("https://" + randomHost(random) + port + (flip(random) ? "/a/b?c=%20" : ""));
    if (url)
        response.url = *url;
    response.outcome = Outcomes[upTo(random, Outcomes.size() - 1)];
    response.status = static_cast<int>(upTo(random, 999));
    response.contentType = randomOctets(random, 20);
    response.contentEncoding = randomOctets(random, 5);
    response.location = randomOctets(random, 20);
    response.body = randomOctets(random, 200);
    response.truncated = flip(random);
    response.address = randomAddress(random);
    response.tls = randomSession(random);
    response.detail = randomOctets(random, 20);
    return response;
}

smtp::Session randomSmtp(Random &random)
{
    using smtp::Outcome;
    static constexpr std::array Outcomes = {
        Outcome::Encrypted, Outcome::NotOffered,  Outcome::TlsRefused,     Outcome::TlsFailure,
        Outcome::Rejected,  Outcome::NoAddress,   Outcome::LookUpFailed,   Outcome::Refused,
        Outcome::Timeout,   Outcome::Interrupted, Outcome::PrivateAddress, Outcome::Malformed,
        Outcome::LeftOut,   Outcome::NotRecorded};
    smtp::Session session;
    session.target = {randomName(random), static_cast<std::uint16_t>(random())};
    session.outcome = Outcomes[upTo(random, Outcomes.size() - 1)];
    session.address = randomAddress(random);
    session.greeting = randomOctets(random, 40);
    session.greetingDelay = std::chrono::milliseconds(upTo(random, 60000));
    for (std::uint32_t n = upTo(random, 3); n > 0; --n)
        session.extensions.push_back(randomOctets(random, 20));
    for (std::uint32_t n = upTo(random, 3); n > 0; --n)
        session.extensionsUnderTls.push_back(randomOctets(random, 20));
    session.tls = randomSession(random);
    session.detail = randomOctets(random, 20);
    return session;
}

} // namespace

Fact randomFact(Random &random)
{
    Fact fact;
    const std::uint32_t kind = upTo(random, 4);
    if (kind == 0)
        fact.content = randomResponse(random);
    else if (kind == 1)
        fact.content = randomSmtp(random);
    else
        fact.content = randomAnswer(random);
    fact.from = flip(random) ? "192.0.2.53:53" : "";
    fact.at = randomTime(random);
    fact.took = std::chrono::microseconds(random());
    return fact;
}

} // namespace mailoscope::tests
