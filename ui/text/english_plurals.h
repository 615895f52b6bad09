// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTranslator>

namespace mailoscope::ui
{

/// Plurals for the language that the sources are written in: "%n look-up(s)" becomes "1 look-up" or "2
/// look-ups". Installed first, so that any real translation comes before it.
class EnglishPlurals : public QTranslator
{
    Q_OBJECT
public:
    using QTranslator::QTranslator;

    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
};

} // namespace mailoscope::ui
