// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/tree.h"

/// The SPF section of a report: the record, its tree, the addresses it authorises and what stands around it.
namespace mailoscope::spf
{

/// The qualifier of the `all` that ends the evaluation, `redirect` followed; absent where there is none.
using FinalAll = std::optional<Qualifier>;

/// How `exp` fared (section 6.2): receivers ignore a faulty one.
enum class ExplanationStatus {
    Absent,
    Pending,
    Ok,
    NoRecord,
    MultipleRecords,
    NotAscii,
    MacroFault,
    TempError,
    Unknown
};

/// SPF at the names that greet as this domain's mail hosts (section 2.3).
struct HeloName {
    DomainName host;
    Selection::Status status = Selection::Status::Pending;
};

/// Text records near the mark: they look like SPF and are none.
struct NearMiss {
    enum class Kind {
        Glued,       ///< "v=spf1" without a blank behind it
        SpaceBefore, ///< blank, quote or byte order mark before "v=spf1"
        SenderId,    ///< "spf2.0/..."
    };
    Kind kind;
    std::string text;
};

struct Evaluation {
    enum class Status {
        Pending,
        Ok,
        Missing,
        Invalid,
        TempError,  ///< a look-up that decides failed
        NotChecked, ///< the snapshot does not hold an answer that decides
    };

    DomainName domain;
    Status status = Status::Pending;
    bool pending = true; ///< some fact is still missing, somewhere
    Node root;
    std::size_t nodeCount = 0;
    bool cut = false; ///< our bounds ended the expansion somewhere

    int lookups = 0;
    int voidLookups = 0; ///< the worse of both address families
    FinalAll finalAll;

    Partition addresses;       ///< with the limits, as receivers see it
    Partition asWritten;       ///< as if there were no limits
    bool limitsMatter = false; ///< the two differ

    /// An answer that decides is not known: its look-up failed, or nobody asked.
    bool isUnknown() const { return status == Status::TempError || status == Status::NotChecked; }

    std::vector<NearMiss> nearMisses;
    std::size_t txtOctets = 0;       ///< of all TXT data at the name (section 3.4)
    std::size_t answerOctets = 0;    ///< of the whole TXT answer on the wire, as near as can be told
    bool hasType99 = false;          ///< an SPF record of type 99 is published (section 3.1)
    std::optional<bool> hasWildcard; ///< `*.domain` has an SPF record; nothing where that is not known
    ExplanationStatus explanation = ExplanationStatus::Absent;
    std::vector<HeloName> heloNames;
};

Evaluation evaluate(const DomainName &domain, FactSource &facts, RecordCache &records,
                    const Options &options = {});

} // namespace mailoscope::spf
