// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"

#include <QString>

/// Rows of the include tree as text and as JSON, for the clipboard.
namespace mailoscope::ui
{

/// The term as it was read; null for the root and where the record could not be read.
const spf::Term *parsedTerm(const SpfPlace &place);
/// The addresses that a place authorises; none for `all`, which matches everyone who is left.
spf::AddressCount addressesOf(const SpfPlace &place);
/// Whether they are known and the same for every client.
bool isExact(const SpfPlace &place);

/// Who runs the domain that a place speaks of; empty where nobody we know. "looks like" is said where we are
/// not sure.
QString providerName(const SpfPlace &place);

QString meaningText(const SpfPlace &place);
/// What is wrong or open with a place, in a few words; empty where all is well.
QString statusText(const SpfPlace &place);
/// The look-ups that a place and all below it cost.
QString lookupsText(const SpfPlace &place);
/// The look-ups spent in the whole tree once this place is done.
QString sumText(const SpfPlace &place);
/// The addresses that a place authorises, short enough for a column.
QString addressesText(const SpfPlace &place);
/// The same in full.
QString addressesInFull(const SpfPlace &place);

/// One line, columns divided by tabs.
QString rowText(const SpfPlace &place);
/// The row and all below it, indented by two blanks a level.
QString subtreeText(const SpfPlace &place);
QString rowJson(const SpfPlace &place);

} // namespace mailoscope::ui
