// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/fact.h"
#include "theme/theme.h"

#include <QString>

/// Facts of every kind in the user's words.
namespace mailoscope::ui
{

/// How an asking ended, in a few words.
QString outcomeWords(const FactOutcome &outcome);
/// Ok where something is there, Info where it is known not to be, NotTested where a snapshot does not hold
/// it.
Meaning meaningOf(const FactOutcome &outcome);
/// The record type; HTTPS or SMTP.
QString typeText(const FactKey &key);
/// The domain name, the URL, or the mail host with its port.
QString nameText(const FactKey &key);
/// The whole of it: for DNS as a DNS tool prints it, with aliases and records as in a zone file.
QString answerText(const Fact &fact);

} // namespace mailoscope::ui
