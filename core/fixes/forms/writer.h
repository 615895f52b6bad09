// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"

/// What the forms share: the change of one zone in, a text out.
namespace mailoscope::fixes::forms
{

struct ZonePart {
    DomainName zone;
    bool isZoneGuessed = false;
    Basis basis = Basis::Seen;
    std::vector<RecordSet> sets; ///< in the order of the request; none is unchanged
};

class Written
{
public:
    std::string text;

    void line(std::string_view words)
    {
        text += words;
        text += '\n';
    }
    /// A sentence for people; the same one is told once.
    void note(std::string sentence);
    /// The record type has no place in this form.
    void noteType(const RecordSet &set);
    /// A value holds octets that the form has no way to write.
    void noteOctets(const RecordSet &set);
    const std::vector<std::string> &notes() const { return m_notes; }

private:
    std::vector<std::string> m_notes;
};

using Writer = Written (*)(const ZonePart &);

Written writePlain(const ZonePart &part);
Written writeZone(const ZonePart &part);
Written writeNsupdate(const ZonePart &part);
Written writeRoute53(const ZonePart &part);
Written writeAws(const ZonePart &part);
Written writeCloudFormation(const ZonePart &part);
Written writeCloudFormationYaml(const ZonePart &part);
Written writeTerraformRoute53(const ZonePart &part);
Written writeTerraformCloudflare(const ZonePart &part);
Written writeTerraformGoogle(const ZonePart &part);
Written writeTerraformAzure(const ZonePart &part);
Written writeGcloud(const ZonePart &part);
Written writeAzure(const ZonePart &part);
Written writeCloudflare(const ZonePart &part);
Written writeDnsControl(const ZonePart &part);
Written writeOctoDns(const ZonePart &part);

} // namespace mailoscope::fixes::forms
