// SPDX-License-Identifier: Apache-2.0
// Any octets as a snapshot: what is read survives writing, and can be inspected.
#include "base/text.h"
#include "facts/snapshot.h"
#include "report/report.h"
#include "verify.h"

using namespace mailoscope;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto snapshot = readSnapshot(asOctets(data, size));
    if (!snapshot) {
        const std::string &message = snapshot.error().message;
        FUZZ_VERIFY(message.ends_with('.') && shown(message) == message);
        return 0;
    }
    const auto again = readSnapshot(writeSnapshot(*snapshot, Compression::None));
    FUZZ_VERIFY(again && *again == *snapshot);
    spf::RecordCache records;
    for (const DomainName &domain : snapshot->domains) {
        const Report report =
            inspect(domain, snapshot->facts, records, {snapshot->recordedAt, snapshot->resolvers});
        FUZZ_VERIFY(report.domain == domain);
        for (const FactPointer &fact : report.facts)
            FUZZ_VERIFY(snapshot->facts.contains(fact->key()));
        for (const FactKey &key : report.needed)
            FUZZ_VERIFY(!snapshot->facts.contains(key));
    }
    return 0;
}
