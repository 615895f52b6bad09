// SPDX-License-Identifier: Apache-2.0
#include "facts/fact.h"

namespace mailoscope
{

namespace
{

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

const dns::Question &keyOf(const dns::Answer &answer)
{
    return answer.question;
}

const https::Url &keyOf(const https::Response &response)
{
    return response.url;
}

const smtp::Target &keyOf(const smtp::Session &session)
{
    return session.target;
}

const dns::ServerQuestion &keyOf(const dns::ServerAnswer &answer)
{
    return answer.question;
}

} // namespace

std::string_view kindOf(const FactKey &key)
{
    return std::visit(Overloaded{[](const dns::Question &) { return std::string_view("dns"); },
                                 [](const https::Url &) { return std::string_view("https"); },
                                 [](const smtp::Target &) { return std::string_view("smtp"); },
                                 [](const dns::ServerQuestion &) { return std::string_view("server"); }},
                      key);
}

std::string toString(const FactKey &key)
{
    return std::visit(Overloaded{[](const dns::Question &question) { return dns::toString(question); },
                                 [](const https::Url &url) { return url.text(); },
                                 [](const smtp::Target &target) { return smtp::toString(target); },
                                 [](const dns::ServerQuestion &question) { return dns::toString(question); }},
                      key);
}

std::string_view toString(const FactOutcome &outcome)
{
    return std::visit([](auto value) { return toString(value); }, outcome);
}

bool isTemporaryFailure(const FactOutcome &outcome)
{
    return std::visit(Overloaded{[](dns::Outcome value) { return dns::isTemporaryFailure(value); },
                                 [](https::Outcome value) {
                                     return value == https::Outcome::Timeout ||
                                            (https::isUnknown(value) && value != https::Outcome::LeftOut);
                                 },
                                 [](smtp::Outcome value) {
                                     return smtp::isUnknown(value) && value != smtp::Outcome::LeftOut;
                                 }},
                      outcome);
}

bool isNotRecorded(const FactOutcome &outcome)
{
    return std::visit([](auto value) { return value == decltype(value)::NotRecorded; }, outcome);
}

Fact notRecorded(const FactKey &key, Timestamp at)
{
    Fact fact;
    fact.content = std::visit(Overloaded{[](const dns::Question &question) -> decltype(fact.content) {
                                             return dns::emptyAnswer(question, dns::Outcome::NotRecorded);
                                         },
                                         [](const https::Url &url) -> decltype(fact.content) {
                                             https::Response response;
                                             response.url = url;
                                             response.outcome = https::Outcome::NotRecorded;
                                             return response;
                                         },
                                         [](const smtp::Target &target) -> decltype(fact.content) {
                                             smtp::Session session;
                                             session.target = target;
                                             session.outcome = smtp::Outcome::NotRecorded;
                                             return session;
                                         },
                                         [](const dns::ServerQuestion &question) -> decltype(fact.content) {
                                             return dns::emptyServerAnswer(question, dns::Outcome::NotRecorded);
                                         }},
                              key);
    fact.from = "snapshot";
    fact.at = at;
    return fact;
}

FactKey Fact::key() const
{
    return std::visit([](const auto &value) -> FactKey { return keyOf(value); }, content);
}

FactOutcome Fact::outcome() const
{
    return std::visit([](const auto &value) -> FactOutcome { return value.outcome; }, content);
}

bool keyBefore(const Fact &a, const Fact &b)
{
    if (a.content.index() != b.content.index())
        return a.content.index() < b.content.index();
    return std::visit(
        [&b](const auto &value) {
            using Content = std::decay_t<decltype(value)>;
            return keyOf(value) < keyOf(std::get<Content>(b.content));
        },
        a.content);
}

bool keyBefore(const Fact &a, const FactKey &b)
{
    if (a.content.index() != b.index())
        return a.content.index() < b.index();
    return std::visit(
        [&b](const auto &value) {
            using Key = std::decay_t<decltype(keyOf(value))>;
            return keyOf(value) < std::get<Key>(b);
        },
        a.content);
}

} // namespace mailoscope
