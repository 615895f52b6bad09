// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"

/// What one protocol's part of the report tells another: plain values, so that no protocol looks into another.
namespace mailoscope
{

/// Names of the providers that the domain's mail hosts and SPF includes show.
std::vector<std::string> providersSeen(const mx::Evaluation &mx, const spf::Evaluation &spf);
/// SPF is exactly `v=spf1 -all`: the domain says that nobody sends in its name. Nothing where that is not known.
std::optional<bool> saysNobodySends(const spf::Evaluation &spf);
/// MX records other than a null MX, or an implicit MX. Nothing where that is not known.
std::optional<bool> takesMail(const mx::Evaluation &mx);
/// At least one key that can be used was found. Nothing where that is not known.
std::optional<bool> anyKeyFound(const dkim::Evaluation &dkim);
/// The domain says that it neither sends nor takes mail.
bool isParked(const Report &report);

} // namespace mailoscope
