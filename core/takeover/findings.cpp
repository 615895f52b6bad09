// SPDX-License-Identifier: Apache-2.0
#include "takeover/findings.h"

namespace mailoscope::takeover
{

namespace
{

struct Kind {
    const char *id;
    const char *document;
    const char *section;
};

/// The standard that gives the name its power.
Kind kindOf(Use use)
{
    switch (use) {
    case Use::SpfInclude:
        return {"spf.include.registrable", "RFC 7208", "5.2"};
    case Use::MailHost:
        return {"mx.registrable", "RFC 5321", "5.1"};
    case Use::NameServer:
        return {"dns.ns.registrable", "RFC 1034", "4.2.1"};
    case Use::DmarcRua:
    case Use::DmarcRuf:
        return {"dmarc.rua.registrable", "RFC 9989", "11.6"};
    case Use::TlsRptRua:
        return {"tlsrpt.rua.registrable", "RFC 8460", "3"};
    case Use::DkimAlias:
        return {"dkim.cname.registrable", "RFC 6376", "3.6.2"};
    case Use::StsAlias:
        return {"sts.host.dangling", "RFC 8461", "8.2"};
    case Use::BimiHost:
        return {"bimi.host.registrable", "draft-brand-indicators-for-message-identification-14", "4"};
    }
    return {};
}

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation)
{
    std::vector<Finding> found;
    for (const Target &target : evaluation.targets) {
        const Use use = target.dependency.use;
        // That a DKIM alias leads nowhere while its domain exists is for DKIM to say.
        const bool missing = target.status == Target::Status::NameMissing && use == Use::StsAlias;
        if (target.status != Target::Status::DoesNotExist && !missing)
            continue;
        const Kind kind = kindOf(use);
        Finding finding;
        finding.id = kind.id;
        finding.severity = Severity::Critical;
        finding.section = "takeover";
        finding.reference = {kind.document, kind.section};
        finding.arguments["domain"] = evaluation.domain.text();
        finding.arguments["name"] = target.dependency.name.text();
        finding.arguments["target"] = (missing ? target.dependency.name : target.registrable).text();
        finding.arguments["owner"] = target.dependency.written.name;
        finding.arguments["reports"] = use == Use::DmarcRuf ? "failure reports" : "aggregate reports";
        finding.evidence.push_back(target.dependency.written);
        found.push_back(std::move(finding));
    }
    return found;
}

} // namespace mailoscope::takeover
