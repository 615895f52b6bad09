// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "caa/findings.h"
#include "dane/findings.h"
#include "dkim/findings.h"
#include "dmarc/findings.h"
#include "mta_sts/findings.h"
#include "mx/findings.h"
#include "profiles/park.h"
#include "report/report.h"
#include "tls_rpt/findings.h"

/// What one protocol's part of the report tells another: plain values, so that no protocol looks into
/// another.
namespace mailoscope
{

/// Names of the providers that the domain's mail hosts and SPF includes show.
std::vector<std::string> providersSeen(const mx::Evaluation &mx, const spf::Evaluation &spf);
/// SPF is exactly `v=spf1 -all`: the domain says that nobody sends in its name. Nothing where that is not
/// known.
std::optional<bool> saysNobodySends(const spf::Evaluation &spf);
/// MX records other than a null MX, or an implicit MX. Nothing where that is not known.
std::optional<bool> takesMail(const mx::Evaluation &mx);
/// At least one key that can be used was found. Nothing where that is not known.
std::optional<bool> anyKeyFound(const dkim::Evaluation &dkim);
/// The domain says that it neither sends nor takes mail.
bool isParked(const Report &report);
/// What BIMI wants to know of DMARC and SPF.
bimi::DmarcView bimiView(const dmarc::Evaluation &dmarc, const spf::Evaluation &spf);
/// Servers whose certificates matter: the mail hosts, and the MTA-STS host where there is a policy.
std::vector<DomainName> serversOf(const Report &report);

dmarc::Surroundings dmarcSurroundings(const Report &report);
mta_sts::Surroundings mtaStsSurroundings(const Report &report, std::vector<const smtp::Session *> &sessions);
mx::Surroundings mxSurroundings(const Report &report);
/// What MTA-STS says of each mail host, where that is known.
std::vector<dane::StsVerdict> stsVerdicts(const Report &report);
dns_hygiene::Subjects hygieneSubjects(const Report &report);
profiles::ParkInput parkInput(const Report &report);

} // namespace mailoscope
