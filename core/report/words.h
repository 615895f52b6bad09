// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/finding.h"

#include <span>
#include <string>
#include <string_view>

/// Whole sentences with named places, such as "{count} look-ups". They are marked with QT_TRANSLATE_NOOP, so
/// that lupdate finds them although the core knows no Qt.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

namespace mailoscope
{

/// The words of one finding id.
struct FindingWords {
    std::string_view id;
    std::string_view title;
    std::string_view why;
    std::string_view whatToDo;
};

/// One row of a table of words; everything is marked for translation.
#define MAILOSCOPE_WORDS(id, title, why, whatToDo)                                                           \
    mailoscope::FindingWords                                                                                 \
    {                                                                                                        \
        id, QT_TRANSLATE_NOOP("findings", title), QT_TRANSLATE_NOOP("findings", why),                        \
            QT_TRANSLATE_NOOP("findings", whatToDo)                                                          \
    }

/// The words of all sections, one table each.
std::span<const std::span<const FindingWords>> allWords();

/// The tables, each sorted by id.
std::span<const FindingWords> bimiWords();
std::span<const FindingWords> caaWords();
std::span<const FindingWords> daneWords();
std::span<const FindingWords> dkimWords();
std::span<const FindingWords> dmarcWords();
std::span<const FindingWords> dnsWords();
std::span<const FindingWords> dnssecWords();
std::span<const FindingWords> mtaStsWords();
std::span<const FindingWords> mxWords();
std::span<const FindingWords> parkWords();
std::span<const FindingWords> sesWords();
std::span<const FindingWords> spfWords();
std::span<const FindingWords> takeoverWords();
std::span<const FindingWords> tlsRptWords();
std::span<const FindingWords> zoneServerWords();

/// What else can be said of a finding, from its arguments: a sentence with a blank before it, or nothing.
std::string dkimHint(const Finding &finding);
std::string sesHint(const Finding &finding);

/// Puts the arguments into their places; numbers get thousands separators. A place without an argument stays.
std::string filled(std::string_view text, const Arguments &arguments);

/// 1234567 → "1,234,567"
std::string withSeparators(std::string digits);

} // namespace mailoscope
