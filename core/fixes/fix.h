// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/change.h"
#include "report/finding.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What would mend a finding, as data: the changes, and what the proof said of them. Sentences are made of it
/// in report/fix_words.h alone.
namespace mailoscope::fixes
{

/// Why a fix is a suggestion only.
enum class Obstacle {
    FindingStays,     ///< with the changes laid over the facts, the finding is still there
    WorseComes,       ///< a finding of the same or a higher severity comes, or the verdict falls
    LosesSenders,     ///< addresses that pass today would pass no more
    NotKnown,         ///< the changes lead to names that have not been asked
    SendersUnseen,    ///< who sends in the domain's name cannot be seen from DNS, and mail could be lost
    NoAlignedMail,    ///< neither a DKIM key nor an SPF record that lets somebody pass is in sight
    NoReports,        ///< nobody gets aggregate reports yet, so nobody can know what would be lost
    InUse,            ///< the domain takes mail, has keys, or authorises senders
    NoMailbox,        ///< the domain takes no mail, so the address for reports must be another's
    OthersRecord,     ///< the record is another organisation's to publish
    NeedsWebServer,   ///< a web server has to serve a file first
    CertificatesFail, ///< a mail host showed a certificate that senders would refuse
    LooksDifferent,   ///< something that was drawn goes out of the logo
    KeyInUse,         ///< mail may still be signed with the key
    KeyUnverified, ///< the host's key was read over the network, and no certificate proves that it is its own
    NextKey,       ///< it may be the record of the key that comes next
    UseUnseen,     ///< who relies on it cannot be seen from DNS
};
/// As in the JSON: "finding-stays", "worse-comes"...
std::string_view toString(Obstacle obstacle);

/// Changes that would mend a finding, before the proof.
struct Draft {
    std::string recipe; ///< what is done, as an id with words: "dmarc.publish-none"
    Arguments arguments;
    std::vector<Change> changes;
    std::vector<Obstacle> obstacles; ///< safety gates that are shut
    /// Fewer addresses pass afterwards, which is the point.
    bool narrows = false;
    /// A finding that is the step itself, and not something worse: a test that the next step ends. A draft
    /// with one is a suggestion.
    std::string meant;
};

struct Fix {
    std::size_t finding = 0; ///< its index in Report::findings
    std::string recipe;
    Arguments arguments;
    std::vector<Change> changes;
    std::vector<Obstacle> obstacles; ///< what stands in the way; empty: proven
    std::vector<std::string> comes;  ///< ids of findings that come with it, of lower severity if it is proven

    /// With the changes laid over the facts, the finding is gone, nothing of the same or a higher severity
    /// came, nobody who passed SPF is lost, and no safety gate is shut.
    bool isProven() const { return obstacles.empty(); }
};

} // namespace mailoscope::fixes
