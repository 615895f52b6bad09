// SPDX-License-Identifier: Apache-2.0
#include "takeover/findings.h"

#include <optional>

namespace mailoscope::takeover
{

namespace
{

struct Kind {
    const char *id;
    const char *document;
    const char *section;
};

/// The standard that gives the name its power; nothing for what its own protocol tells.
std::optional<Kind> kindOf(Use use)
{
    switch (use) {
    case Use::SpfInclude:
        return Kind{"spf.include.registrable", "RFC 7208", "5.2"};
    case Use::MailHost:
        return Kind{"mx.registrable", "RFC 5321", "5.1"};
    case Use::NameServer:
        return Kind{"dns.ns.registrable", "RFC 1034", "4.2.1"};
    case Use::BimiHost:
        return Kind{"bimi.host.registrable", "draft-brand-indicators-for-message-identification-14", "4"};
    case Use::DmarcAlias: // dmarc.cname.dangling, dmarc.cname.registrable
    case Use::DmarcRua:   // dmarc.rua.registrable
    case Use::DmarcRuf:
    case Use::TlsRptRua: // tlsrpt.rua.registrable
    case Use::DkimAlias: // dkim.cname.registrable
    case Use::StsAlias:  // sts.host.dangling
        return std::nullopt;
    }
    return std::nullopt;
}

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation)
{
    std::vector<Finding> found;
    for (const Target &target : evaluation.targets) {
        if (target.dependency.use == Use::SpfInclude && target.parkedAt) {
            Finding finding;
            finding.id = "spf.include.parked";
            finding.severity = Severity::High;
            finding.section = "takeover";
            finding.reference = {"RFC 7208", "5.2"};
            finding.arguments["domain"] = evaluation.domain.text();
            finding.arguments["name"] = target.dependency.name.text();
            finding.arguments["target"] = target.registrable.text();
            finding.arguments["server"] = target.parkedAt->text();
            finding.evidence.push_back(target.dependency.written);
            found.push_back(std::move(finding));
            continue;
        }
        const std::optional<Kind> kind = kindOf(target.dependency.use);
        if (!kind || target.status != Target::Status::DoesNotExist)
            continue;
        Finding finding;
        finding.id = kind->id;
        finding.severity = Severity::Critical;
        finding.section = "takeover";
        finding.reference = {kind->document, kind->section};
        finding.arguments["domain"] = evaluation.domain.text();
        finding.arguments["name"] = target.dependency.name.text();
        finding.arguments["target"] = target.registrable.text();
        finding.arguments["owner"] = target.dependency.written.name;
        finding.evidence.push_back(target.dependency.written);
        found.push_back(std::move(finding));
    }
    return found;
}

} // namespace mailoscope::takeover
