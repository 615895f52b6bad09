// SPDX-License-Identifier: Apache-2.0
#include "text/english_plurals.h"

namespace mailoscope::ui
{

QString EnglishPlurals::translate(const char *, const char *source, const char *, int n) const
{
    if (n < 0 || !source)
        return {};
    return QString::fromUtf8(source).replace(QLatin1String("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

} // namespace mailoscope::ui
