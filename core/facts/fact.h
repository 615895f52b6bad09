// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/timestamp.h"
#include "dns/answer.h"
#include "dns/server_answer.h"
#include "https/response.h"
#include "smtp/session.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <variant>

namespace mailoscope
{

/// What is asked of the outside world: a question to DNS, a page to fetch, a mail host to greet, a question
/// to one of a zone's own servers.
using FactKey = std::variant<dns::Question, https::Url, smtp::Target, dns::ServerQuestion>;
/// How the asking ended.
using FactOutcome = std::variant<dns::Outcome, https::Outcome, smtp::Outcome>;

/// "dns", "https", "smtp" or "server".
std::string_view kindOf(const FactKey &key);
/// `TXT example.com`, `https://example.com/path`, `mx.example.com:25` or `TXT example.com @192.0.2.53`.
std::string toString(const FactKey &key);
std::string_view toString(const FactOutcome &outcome);
/// True where nothing was learnt though it was asked for: neither that something is there nor that it is not.
bool isTemporaryFailure(const FactOutcome &outcome);
/// True where the snapshot in place of the network does not hold the answer.
bool isNotRecorded(const FactOutcome &outcome);
/// What stands for an answer that a snapshot does not hold.
struct Fact notRecorded(const FactKey &key, Timestamp at);

/// Something learnt from the outside world, with where it came from. It judges nothing.
struct Fact {
    std::variant<dns::Answer, https::Response, smtp::Session, dns::ServerAnswer> content;
    std::string from; ///< who said it: `192.0.2.53:53`, or a file's name; empty where unknown
    Timestamp at{};   ///< when the answer came
    std::chrono::microseconds took{0}; ///< from the first sending to the answer

    FactKey key() const;
    FactOutcome outcome() const;
    bool isDns() const { return std::holds_alternative<dns::Answer>(content); }
    /// Only for facts of that kind.
    const dns::Answer &dns() const { return std::get<dns::Answer>(content); }
    dns::Answer &dns() { return std::get<dns::Answer>(content); }
    const https::Response &https() const { return std::get<https::Response>(content); }
    const smtp::Session &smtp() const { return std::get<smtp::Session>(content); }
    const dns::ServerAnswer &server() const { return std::get<dns::ServerAnswer>(content); }

    friend bool operator==(const Fact &, const Fact &) = default;
};

/// The order of keys: first by kind. Copies no key.
bool keyBefore(const Fact &a, const Fact &b);
bool keyBefore(const Fact &a, const FactKey &b);

} // namespace mailoscope
