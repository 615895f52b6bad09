// SPDX-License-Identifier: Apache-2.0
#include "dns/server_answer.h"

namespace mailoscope::dns
{

namespace
{

constexpr std::string_view OverTcp = " tcp";

} // namespace

std::string toString(const ServerQuestion &question)
{
    std::string text = toString(question.question) + " @" + question.server.toString();
    if (question.transport == Transport::Tcp)
        text += OverTcp;
    return text;
}

std::optional<ServerQuestion> serverQuestionFromString(std::string_view text)
{
    ServerQuestion question;
    if (text.ends_with(OverTcp)) {
        question.transport = Transport::Tcp;
        text.remove_suffix(OverTcp.size());
    }
    // A name may hold an @, escaped or not; an address does not.
    const std::size_t at = text.rfind(" @");
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto asked = questionFromString(text.substr(0, at));
    const auto server = IpAddress::parse(text.substr(at + 2));
    if (!asked || !server)
        return std::nullopt;
    question.question = *asked;
    question.server = *server;
    return question;
}

ServerAnswer emptyServerAnswer(const ServerQuestion &question, Outcome outcome)
{
    ServerAnswer answer;
    answer.question = question;
    answer.outcome = outcome;
    return answer;
}

} // namespace mailoscope::dns
