// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "dns/answer.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// DNS messages on the wire (RFC 1035 section 4, EDNS: RFC 6891).
namespace mailoscope::dns
{

/// The UDP payload we announce and rely on: fits every path without fragments (RFC 9715).
constexpr std::uint16_t EdnsPayload = 1232;

/// Reasons kept of one message.
constexpr std::size_t MaxExtendedErrors = 8;

struct Message {
    std::uint16_t id = 0;
    bool isResponse = false;
    bool authoritative = false;      ///< AA
    bool truncated = false;          ///< TC
    bool recursionDesired = false;   ///< RD
    bool recursionAvailable = false; ///< RA
    bool authenticated = false;      ///< AD
    bool checkingDisabled = false;   ///< CD
    std::uint8_t opcode = 0;
    std::uint16_t rcode = 0; ///< with the upper bits from the OPT record
    bool hasEdns = false;
    std::uint16_t ednsPayload = 0;
    std::vector<std::uint16_t> extendedErrors; ///< RFC 8914, without their texts; MaxExtendedErrors at most
    std::vector<Question> questions;
    std::vector<ResourceRecord> answers;
    std::vector<ResourceRecord> authority;
    std::vector<ResourceRecord> additional; ///< without the OPT record

    friend bool operator==(const Message &, const Message &) = default;
};

enum class MessageError { Truncated, BadName, BadRecord };

/// Decodes a whole message within its octets; records of a class other than IN are left out. A name may point
/// backwards only, so that no chain of pointers loops.
Result<Message, MessageError> decode(std::string_view octets);

/// Encodes without name compression. TXT character-strings over 255 octets are divided.
std::string encode(const Message &message);

/// Resolvers are asked to find out for us; servers that hold a zone are asked what they hold.
enum class Recursion { Desired, NotDesired };

/// A question as we send it: RD as wanted, AD set (RFC 6840 section 5.7), EDNS with EdnsPayload.
std::string encodeQuery(const Question &question, std::uint16_t id, Recursion recursion = Recursion::Desired);

/// What a response means for a question: follows the CNAME records inside the answer section, tells the
/// outcomes apart and works out the TTL. A response to another question is Malformed, and so are aliases in a
/// circle.
Answer answerFrom(const Message &message, const Question &question);

} // namespace mailoscope::dns
