// SPDX-License-Identifier: Apache-2.0
#include "fixes/copy_as.h"

#include "base/public_suffix.h"
#include "base/text.h"
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include <algorithm>
#include <array>

namespace mailoscope::fixes
{

namespace
{

using namespace forms;

/// What a form does with a set.
enum class Grain {
    Set,    ///< replaces all records of a name and type
    Record, ///< adds and takes away single records
};

struct Form {
    CopyFormInfo info;
    Writer write;
    Grain grain;
    bool usesZone;            ///< the text depends on where the zone begins
    std::string_view comment; ///< begins a line of comment; empty where there are none
};

constexpr std::size_t FormCount = 16;

constexpr std::array<Form, FormCount> Forms = {{
    {{CopyForm::Plain, "plain", "Plain value",
      "For web forms: most want the name without the zone and the value without quotes, and divide long "
      "values "
      "themselves.",
      "txt"},
     writePlain,
     Grain::Record,
     true,
     ""},
    {{CopyForm::Zone, "zone", "BIND zone file",
      "Put the lines in the place of those that stand for the same names, and raise the serial of the SOA "
      "record.",
      "zone"},
     writeZone,
     Grain::Set,
     false,
     "; "},
    {{CopyForm::Nsupdate, "nsupdate", "nsupdate script (RFC 2136)",
      "Run it with `nsupdate -k KEYFILE`; without a zone line the server's zone is found by its SOA record.",
      "nsupdate"},
     writeNsupdate,
     Grain::Record,
     false,
     "; "},
    {{CopyForm::Route53, "route53", "Route 53 change batch",
      "UPSERT replaces the whole set: records that should stay must be among those listed.", "json"},
     writeRoute53,
     Grain::Set,
     false,
     ""},
    {{CopyForm::Aws, "aws", "aws command (Route 53)",
      "UPSERT replaces the whole set; set ZONE_ID to the id of the hosted zone first.", "sh"},
     writeAws,
     Grain::Set,
     true,
     "# "},
    {{CopyForm::CloudFormation, "cloudformation", "CloudFormation (JSON)",
      "A set that exists outside the stack makes its creation fail: import it, or delete it first.", "json"},
     writeCloudFormation,
     Grain::Set,
     false,
     ""},
    {{CopyForm::CloudFormationYaml, "cloudformation-yaml", "CloudFormation (YAML)",
      "A set that exists outside the stack makes its creation fail: import it, or delete it first.", "yaml"},
     writeCloudFormationYaml,
     Grain::Set,
     false,
     "# "},
    {{CopyForm::TerraformRoute53, "terraform-route53", "Terraform (Route 53)",
      "A resource is the whole set; import a set that exists already, or set allow_overwrite.", "tf"},
     writeTerraformRoute53,
     Grain::Set,
     false,
     "# "},
    {{CopyForm::TerraformCloudflare, "terraform-cloudflare", "Terraform (Cloudflare)",
      "For version 5 of the provider; a record that exists already is imported, not created again.", "tf"},
     writeTerraformCloudflare,
     Grain::Record,
     false,
     "# "},
    {{CopyForm::TerraformGoogle, "terraform-google", "Terraform (Google Cloud DNS)",
      "A resource is the whole set; import a set that exists already.", "tf"},
     writeTerraformGoogle,
     Grain::Set,
     false,
     "# "},
    {{CopyForm::TerraformAzure, "terraform-azure", "Terraform (Azure DNS)",
      "A resource is the whole set; import a set that exists already.", "tf"},
     writeTerraformAzure,
     Grain::Set,
     true,
     "# "},
    {{CopyForm::Gcloud, "gcloud", "gcloud command (Google Cloud DNS)",
      "`update` replaces the whole set, `create` fails where there is one; set MANAGED_ZONE first.", "sh"},
     writeGcloud,
     Grain::Set,
     true,
     "# "},
    {{CopyForm::Azure, "azure", "az command (Azure DNS)",
      "Between the commands the set is half changed for a moment; set RESOURCE_GROUP first.", "sh"},
     writeAzure,
     Grain::Record,
     true,
     "# "},
    {{CopyForm::Cloudflare, "cloudflare", "Cloudflare API (JSON)",
      "Send it with POST to /zones/ZONE_ID/dns_records/batch; records that change are named by their ids.",
      "json"},
     writeCloudflare,
     Grain::Record,
     false,
     ""},
    {{CopyForm::DnsControl, "dnscontrol", "DNSControl",
      "D_EXTEND adds to the zone that stands before it in the configuration; take the old lines out there.",
      "js"},
     writeDnsControl,
     Grain::Record,
     true,
     "// "},
    {{CopyForm::OctoDns, "octodns", "octoDNS",
      "Each entry is the whole set and belongs into the zone's file in the place of the old one.", "yaml"},
     writeOctoDns,
     Grain::Set,
     true,
     "# "},
}};

constexpr std::array<CopyFormInfo, FormCount> Infos = [] {
    std::array<CopyFormInfo, FormCount> infos{};
    for (std::size_t i = 0; i < FormCount; ++i)
        infos[i] = Forms[i].info;
    return infos;
}();

const Form &formOf(CopyForm form)
{
    return *std::find_if(Forms.begin(), Forms.end(), [form](const Form &f) { return f.info.form == form; });
}

std::vector<ZonePart> partsOfZones(const CopyRequest &request)
{
    std::vector<ZonePart> parts;
    for (const RecordSet &set : request.sets) {
        const Difference difference = differenceOf(set);
        if (difference.added.empty() && difference.removed.empty())
            continue;
        const bool isGiven = request.zone && set.name.isAtOrBelow(*request.zone);
        const DomainName zone = isGiven ? *request.zone : guessedZone(set.name);
        auto part =
            std::find_if(parts.begin(), parts.end(), [&](const ZonePart &p) { return p.zone == zone; });
        if (part == parts.end())
            part = parts.insert(parts.end(), ZonePart{zone, !isGiven, request.basis, {}});
        part->sets.push_back(set);
    }
    return parts;
}

void addNote(std::vector<std::string> &notes, std::string sentence)
{
    if (std::find(notes.begin(), notes.end(), sentence) == notes.end())
        notes.push_back(std::move(sentence));
}

/// What there is to say of the sets in any form.
void noteSets(const Form &form, const ZonePart &part, std::vector<std::string> &notes)
{
    for (const RecordSet &set : part.sets) {
        const std::size_t kept = differenceOf(set).kept.size();
        if (form.grain == Grain::Set && kept > 0)
            addNote(notes, "The " + shownSet(set) + " are replaced as a whole; " + std::to_string(kept) +
                               (kept == 1 ? " that stays is repeated." : " that stay are repeated."));
        if (set.type != dns::RrType::CNAME || set.after.empty())
            continue;
        // RFC 1034 section 3.6.2
        const bool isBesideOthers = std::any_of(part.sets.begin(), part.sets.end(), [&](const RecordSet &s) {
            return s.name == set.name && s.type != set.type && !s.after.empty();
        });
        if (isBesideOthers || (!part.isZoneGuessed && set.name == part.zone))
            addNote(notes, "No other record may stand beside a CNAME record: " + shown(set.name.text()) +
                               " cannot have one.");
    }
    if (part.basis == Basis::NotSeen && form.grain == Grain::Set)
        addNote(notes,
                "The records that stand there now were not looked up: this form writes all records of a "
                "name and type, so add those that should stay.");
    if (form.usesZone && part.isZoneGuessed)
        addNote(notes, "The zone is taken to be " + shown(part.zone.text()) + '.');
}

void appendFile(const FileChange &file, const Form &form, Copied &copied)
{
    const std::string where = shown(file.url.text()) + " (" + shown(file.mediaType) + ')';
    addNote(copied.notes, "A file belongs to this change: " + where + '.');
    if (form.comment.empty())
        return;
    const std::string comment(form.comment);
    if (!copied.text.empty())
        copied.text += '\n';
    copied.text += comment + "The file " + where + ":\n";
    std::string_view rest = file.after;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        copied.text += comment + "    " + shown(line) + '\n';
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

} // namespace

std::span<const CopyFormInfo> copyForms()
{
    return Infos;
}

const CopyFormInfo &infoOf(CopyForm form)
{
    return formOf(form).info;
}

std::optional<CopyForm> copyFormFromOption(std::string_view option)
{
    const auto *const found = std::find_if(
        Infos.begin(), Infos.end(), [option](const CopyFormInfo &info) { return info.option == option; });
    return found == Infos.end() ? std::nullopt : std::optional(found->form);
}

DomainName guessedZone(const DomainName &name)
{
    if (const auto domain = registrableDomain(name))
        return *domain;
    // A public suffix: what is before it is no domain of its own, such as `_dmarc`.
    DomainName zone = name;
    while (zone.labelCount() > 1 && (zone.text().front() == '_' || zone.text().front() == '*'))
        zone = zone.parent();
    return zone;
}

CopyRequest copyRequest(std::span<const Change> changes, const FactStore &facts)
{
    CopyRequest request;
    request.sets = recordSets(changes, facts);
    for (const Change &change : changes) {
        if (const auto *file = std::get_if<FileChange>(&change))
            request.files.push_back(*file);
    }
    for (const RecordSet &set : request.sets) {
        const FactPointer *fact = facts.find(set.name, set.type);
        const bool isSeen = !set.before.empty() || (fact && !dns::isTemporaryFailure((*fact)->dns().outcome));
        if (!isSeen)
            request.basis = Basis::NotSeen;
    }
    return request;
}

Copied copyAs(CopyForm form, const CopyRequest &request)
{
    const Form &rules = formOf(form);
    const std::vector<ZonePart> parts = partsOfZones(request);
    Copied copied;
    for (const ZonePart &part : parts) {
        const Written written = rules.write(part);
        if (!copied.text.empty() && !written.text.empty())
            copied.text += '\n';
        copied.text += written.text;
        for (const std::string &note : written.notes())
            addNote(copied.notes, note);
        noteSets(rules, part, copied.notes);
    }
    if (parts.size() > 1) {
        std::string zones;
        for (const ZonePart &part : parts)
            zones += (zones.empty() ? "" : ", ") + shown(part.zone.text());
        addNote(copied.notes, "There is a part for each of several zones: " + zones + '.');
    }
    if (parts.empty()) {
        for (const FileChange &file : request.files) {
            copied.text += (copied.text.empty() ? "" : "\n") + file.after;
            addNote(copied.notes,
                    "It is the text of " + shown(file.url.text()) + " (" + shown(file.mediaType) + ").");
        }
        return copied;
    }
    for (const FileChange &file : request.files)
        appendFile(file, rules, copied);
    return copied;
}

} // namespace mailoscope::fixes

namespace mailoscope::fixes::forms
{

void Written::note(std::string sentence)
{
    addNote(m_notes, std::move(sentence));
}

void Written::noteType(const RecordSet &set)
{
    note("This form has no way to write the " + shownSet(set) + "; they are left out.");
}

void Written::noteOctets(const RecordSet &set)
{
    note("A value among the " + shownSet(set) +
         " holds octets that this form cannot carry; what depends on it is left out.");
}

} // namespace mailoscope::fixes::forms
