// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/change.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Changes written down for the programs and services that publish records: one text a form.
namespace mailoscope::fixes
{

enum class CopyForm {
    Plain,
    Zone,
    Nsupdate,
    Route53,
    Aws,
    CloudFormation,
    CloudFormationYaml,
    TerraformRoute53,
    TerraformCloudflare,
    TerraformGoogle,
    TerraformAzure,
    Gcloud,
    Azure,
    Cloudflare,
    DnsControl,
    OctoDns,
};

struct CopyFormInfo {
    CopyForm form;
    std::string_view option; ///< as `--copy-as` and settings name it; never renamed
    std::string_view title;  ///< for people
    std::string_view mind;   ///< a sentence: what to mind with this form
    std::string_view suffix; ///< of a file that holds it, without the dot
};

/// All forms in the order in which they are offered.
std::span<const CopyFormInfo> copyForms();
const CopyFormInfo &infoOf(CopyForm form);
std::optional<CopyForm> copyFormFromOption(std::string_view option);

/// Whether the records that stand now are known.
enum class Basis { Seen, NotSeen };

struct CopyRequest {
    std::vector<RecordSet> sets;
    std::vector<FileChange> files;
    std::optional<DomainName> zone; ///< the zone's apex; names outside it and all names without it: guessed
    Basis basis = Basis::Seen;
};

/// Sets and files of the changes; NotSeen where the facts know nothing of one of the sets.
CopyRequest copyRequest(std::span<const Change> changes, const FactStore &facts);

struct Copied {
    std::string text;               ///< ends in a line end; empty where nothing could be written
    std::vector<std::string> notes; ///< sentences for people, fit to be shown: what the text leaves open
};

/// The form's text. Records and files from outside are quoted so that they stay data, whatever they hold.
Copied copyAs(CopyForm form, const CopyRequest &request);

/// The zone that a name most likely lies in: the registrable domain.
DomainName guessedZone(const DomainName &name);

} // namespace mailoscope::fixes
