// SPDX-License-Identifier: Apache-2.0
#include "ses/findings.h"

#include "base/text.h"

#include <string>
#include <utility>

namespace mailoscope::ses
{

namespace
{

Finding made(std::string id, Severity severity, Evidence evidence)
{
    Finding finding;
    finding.id = std::move(id);
    finding.severity = severity;
    finding.section = "ses";
    finding.reference = {"Amazon SES Developer Guide", {}};
    finding.arguments["name"] = shown(evidence.name);
    finding.evidence.push_back(std::move(evidence));
    return finding;
}

void addToken(const Token &token, std::vector<Finding> &findings)
{
    if (token.state == Token::State::Ok)
        return;
    const bool isText = token.state == Token::State::TextRecord;
    Finding finding = made("ses.dkim.cname", Severity::High,
                           {token.name.text(), isText ? "TXT" : "CNAME", token.target, {}, {}});
    finding.arguments["token"] = token.token;
    finding.arguments["target"] = token.token + ".dkim.amazonses.com";
    finding.arguments["fault"] = std::string(isText                                     ? "ses-text"
                                             : token.state == Token::State::WrongTarget ? "ses-target"
                                                                                        : "ses-absent");
    finding.arguments["part"] = shown(token.target);
    findings.push_back(std::move(finding));
}

void addMailFrom(const MailFrom &mailFrom, std::vector<Finding> &findings)
{
    if (mailFrom.mx != MailFrom::Mx::Ok) {
        Finding finding =
            made("ses.mailfrom.mx", Severity::High, {mailFrom.name.text(), "MX", mailFrom.host, {}, {}});
        finding.arguments["count"] = static_cast<std::int64_t>(mailFrom.mxCount);
        finding.arguments["part"] = shown(mailFrom.host);
        finding.arguments["fault"] =
            std::string(mailFrom.mx == MailFrom::Mx::Several ? "ses-several-mx" : "ses-host");
        findings.push_back(std::move(finding));
    }
    switch (mailFrom.spf) {
    case MailFrom::Spf::Pending:
    case MailFrom::Spf::Ok:
    case MailFrom::Spf::TempError:
        return;
    case MailFrom::Spf::Missing:
    case MailFrom::Spf::WithoutSes:
    case MailFrom::Spf::Several:
        break;
    }
    Finding finding =
        made("ses.mailfrom.spf", Severity::High, {mailFrom.name.text(), "TXT", mailFrom.spfText, {}, {}});
    finding.arguments["fault"] = std::string(mailFrom.spf == MailFrom::Spf::Missing      ? "ses-no-spf"
                                             : mailFrom.spf == MailFrom::Spf::WithoutSes ? "ses-not-included"
                                                                                         : "ses-several-spf");
    findings.push_back(std::move(finding));
}

} // namespace

std::vector<Finding> findings(const Evaluation &evaluation)
{
    std::vector<Finding> findings;
    for (const Token &token : evaluation.tokens)
        addToken(token, findings);
    for (const MailFrom &mailFrom : evaluation.mailFrom)
        addMailFrom(mailFrom, findings);
    // The name of a MAIL FROM domain is free, so that not finding it proves nothing: what DNS does show is an
    // include that SES never uses.
    const bool isNone = evaluation.isIncludedInSpf && evaluation.mailFrom.empty();
    if (isNone && !evaluation.pending && !evaluation.anyFailed) {
        findings.push_back(made("ses.mailfrom.none", Severity::Info,
                                {evaluation.domain.text(), "TXT", evaluation.spfText, {}, {}}));
    }
    return findings;
}

} // namespace mailoscope::ses
