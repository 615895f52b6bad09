// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/ip_address.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Questions to DNS and the answers to them, as values.
namespace mailoscope::dns
{

/// Resource record types by their numbers (IANA DNS parameters). Others are carried by number.
enum class RrType : std::uint16_t {
    A = 1,
    NS = 2,
    CNAME = 5,
    SOA = 6,
    PTR = 12,
    MX = 15,
    TXT = 16,
    AAAA = 28,
    OPT = 41,
    DS = 43,
    RRSIG = 46,
    DNSKEY = 48,
    NSEC3PARAM = 51,
    TLSA = 52,
    SPF = 99, ///< given up by RFC 7208 section 3.1; asked only to tell its owner
    CAA = 257,
};

/// "TXT", or "TYPE65280" (RFC 3597 section 5) for a type without a name here.
std::string toString(RrType type);
std::optional<RrType> rrTypeFromString(std::string_view text);

struct Question {
    DomainName name;
    RrType type = RrType::TXT;

    friend bool operator==(const Question &, const Question &) = default;
    friend auto operator<=>(const Question &, const Question &) = default;
};

/// `TXT example.com`
std::string toString(const Question &question);
/// The inverse; nothing for another text.
std::optional<Question> questionFromString(std::string_view text);

/// How a look-up ended. Each is told apart, because each means something else to a mail receiver.
enum class Outcome {
    Answered,      ///< NOERROR with records of the type that was asked for
    NoData,        ///< NOERROR without such records: the name exists (RFC 2308 section 2.2)
    NxDomain,      ///< the name does not exist (RFC 2308 section 2.1)
    ServerFailure, ///< SERVFAIL; also what a validating resolver says of bogus data
    Refused,       ///< REFUSED: this resolver does not answer us
    OtherRcode,    ///< any other response code; Answer::rcode tells which
    Timeout,       ///< no answer in time
    Malformed,     ///< an answer that cannot be decoded or does not belong to the question
    Unreachable,   ///< the question could not be sent: no route, connection refused, no resolver
    NotRecorded,   ///< the snapshot that answers does not hold this question
};

/// As in the JSON: "answered", "nodata", "nxdomain", "servfail", "refused", "rcode", "timeout", "malformed",
/// "unreachable", "not-recorded".
std::string_view toString(Outcome outcome);
std::optional<Outcome> outcomeFromString(std::string_view text);

/// True where nothing is known: neither that there is data nor that there is none (RFC 7208 section 4.4).
constexpr bool isTemporaryFailure(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Answered:
    case Outcome::NoData:
    case Outcome::NxDomain:
        return false;
    case Outcome::ServerFailure:
    case Outcome::Refused:
    case Outcome::OtherRcode:
    case Outcome::Timeout:
    case Outcome::Malformed:
    case Outcome::Unreachable:
    case Outcome::NotRecorded:
        return true;
    }
    return true;
}

struct MxData {
    std::uint16_t preference = 0;
    DomainName exchange;
    friend bool operator==(const MxData &, const MxData &) = default;
};

/// The character-strings of a TXT record in order, as octets (RFC 1035 section 3.3.14). Kept apart, because
/// where they divide can be the fault.
struct TxtData {
    std::vector<std::string> strings;
    std::string joined() const;
    friend bool operator==(const TxtData &, const TxtData &) = default;
};

/// NS, CNAME and PTR.
struct NameData {
    DomainName name;
    friend bool operator==(const NameData &, const NameData &) = default;
};

struct SoaData {
    DomainName primary;
    DomainName mailbox;
    std::uint32_t serial = 0;
    std::uint32_t refresh = 0;
    std::uint32_t retry = 0;
    std::uint32_t expire = 0;
    std::uint32_t minimum = 0; ///< seconds that a negative answer may be kept (RFC 2308 section 4)
    friend bool operator==(const SoaData &, const SoaData &) = default;
};

/// RFC 6698 section 2.1. The numbers are kept as they stand: what they mean, and whether they mean anything,
/// is for DANE to say.
struct TlsaData {
    std::uint8_t usage = 0;
    std::uint8_t selector = 0;
    std::uint8_t matchingType = 0;
    std::string association; ///< octets: a digest, or the whole certificate or key
    friend bool operator==(const TlsaData &, const TlsaData &) = default;
};

/// RFC 4034 section 5.1.
struct DsData {
    std::uint16_t keyTag = 0;
    std::uint8_t algorithm = 0;
    std::uint8_t digestType = 0;
    std::string digest; ///< octets
    friend bool operator==(const DsData &, const DsData &) = default;
};

/// RFC 4034 section 2.1.
struct DnskeyData {
    std::uint16_t flags = 0;
    std::uint8_t protocol = 0;
    std::uint8_t algorithm = 0;
    std::string publicKey; ///< octets
    friend bool operator==(const DnskeyData &, const DnskeyData &) = default;
};

/// RFC 4034 section 3.1. Times are seconds since 1970 in serial number arithmetic (RFC 1982).
struct RrsigData {
    RrType covered = RrType::TXT;
    std::uint8_t algorithm = 0;
    std::uint8_t labels = 0;
    std::uint32_t originalTtl = 0;
    std::uint32_t expiration = 0;
    std::uint32_t inception = 0;
    std::uint16_t keyTag = 0;
    DomainName signer;
    std::string signature; ///< octets
    friend bool operator==(const RrsigData &, const RrsigData &) = default;
};

/// RFC 5155 section 4.2.
struct Nsec3ParamData {
    std::uint8_t hashAlgorithm = 0;
    std::uint8_t flags = 0;
    std::uint16_t iterations = 0;
    std::string salt; ///< octets
    friend bool operator==(const Nsec3ParamData &, const Nsec3ParamData &) = default;
};

/// RFC 8659 section 4.1.
struct CaaData {
    std::uint8_t flags = 0;
    std::string tag;   ///< as written
    std::string value; ///< octets
    friend bool operator==(const CaaData &, const CaaData &) = default;
};

/// The octets of a type that is not decoded here.
struct OpaqueData {
    std::string octets;
    friend bool operator==(const OpaqueData &, const OpaqueData &) = default;
};

using RecordData = std::variant<IpAddress, MxData, TxtData, NameData, SoaData, TlsaData, DsData, DnskeyData,
                                RrsigData, Nsec3ParamData, CaaData, OpaqueData>;

struct ResourceRecord {
    DomainName owner;
    RrType type = RrType::TXT;
    std::uint32_t ttl = 0; ///< seconds
    RecordData data;
    friend bool operator==(const ResourceRecord &, const ResourceRecord &) = default;
};

/// The answer to one question: the outcome and, where there is data, the records at the end of the alias
/// chain.
struct Answer {
    Question question;
    Outcome outcome = Outcome::Timeout;
    std::uint16_t rcode = 0;    ///< RFC 6895 section 2.3, with the extended bits of EDNS
    bool authenticated = false; ///< the AD bit (RFC 6840 section 5.8)
    std::uint32_t ttl = 0;      ///< seconds this answer may be kept, aliases and negative answers included
    std::vector<ResourceRecord> aliases; ///< the CNAME records that were followed, in order
    std::vector<ResourceRecord> records; ///< those of the type that was asked for, in the order received
    std::vector<std::uint16_t> extendedErrors; ///< the resolver's reasons by number (RFC 8914 section 4)
    friend bool operator==(const Answer &, const Answer &) = default;
};

/// An answer without data, for scripted facts and failures.
Answer emptyAnswer(const Question &question, Outcome outcome);

/// The name at the end of the alias chain, where the records are or should be.
const DomainName &canonicalName(const Answer &answer);

/// The records' data of one kind, in order. `Data` is an alternative of RecordData.
template <typename Data>
std::vector<const Data *> dataOf(const Answer &answer)
{
    std::vector<const Data *> found;
    found.reserve(answer.records.size());
    for (const ResourceRecord &record : answer.records) {
        if (const Data *data = std::get_if<Data>(&record.data))
            found.push_back(data);
    }
    return found;
}

/// The data of a record as in a zone file (RFC 1035 section 5.1).
std::string toPresentation(const ResourceRecord &record);

} // namespace mailoscope::dns

namespace mailoscope::dns
{

/// A question by reference: for look-ups in maps without copying the name.
struct QuestionRef {
    const DomainName &name;
    RrType type;
};

/// Hash and equality that take a Question or a QuestionRef. Not noexcept on purpose: libstdc++ takes a hash
/// that cannot throw for a cheap one and works it out again for each neighbour that a look-up passes, instead
/// of keeping it.
struct QuestionHash {
    using is_transparent = void;
    std::size_t operator()(const QuestionRef &question) const
    {
        return std::hash<DomainName>()(question.name) * 31 + static_cast<std::size_t>(question.type);
    }
    std::size_t operator()(const Question &question) const
    {
        return (*this)(QuestionRef{question.name, question.type});
    }
};
struct QuestionEqual {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A &a, const B &b) const noexcept
    {
        return a.type == b.type && a.name == b.name;
    }
};

} // namespace mailoscope::dns

template <>
struct std::hash<mailoscope::dns::Question> : mailoscope::dns::QuestionHash {
};
