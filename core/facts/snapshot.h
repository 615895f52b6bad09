// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "facts/fact_store.h"

#include <optional>
#include <string>
#include <string_view>

/// The snapshot file: all facts of an inspection as one JSON text, so that the same report can be had from it
/// anywhere and at any time.
namespace mailoscope
{

struct Snapshot {
    std::vector<DomainName> domains; ///< what was inspected; may be empty in files written by others
    std::vector<std::string> resolvers;
    Timestamp recordedAt{};
    Reach reach{false, false, false};   ///< the kinds of facts that were asked for besides DNS
    std::vector<std::string> selectors; ///< of DKIM, that the user named
    FactStore facts;

    friend bool operator==(const Snapshot &, const Snapshot &) = default;
};

struct SnapshotError {
    enum class Kind {
        NotJson,      ///< no JSON, or not UTF-8
        NotASnapshot, ///< JSON of something else
        NewerVersion, ///< written by a newer Mailoscope
        Damaged,      ///< a fact that cannot be read
        TooLarge,     ///< over MaxSnapshotOctets, unpacked, or over our bounds on its JSON
        BadGzip,      ///< begins like gzip but does not unpack
    };
    Kind kind;
    std::string message; ///< one sentence for the user
};

/// The largest snapshot that is read, unpacked.
constexpr std::size_t MaxSnapshotOctets = 256U << 20U;
constexpr int SnapshotVersion = 1;

std::string toJson(const Snapshot &snapshot);
/// Reads JSON or gzip of it.
Result<Snapshot, SnapshotError> readSnapshot(std::string_view octets);

enum class Compression { None, Gzip };
std::string writeSnapshot(const Snapshot &snapshot, Compression compression);

} // namespace mailoscope
