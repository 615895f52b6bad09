// SPDX-License-Identifier: Apache-2.0
#include "text/shown_string.h"

#include <algorithm>

namespace mailoscope::ui
{

QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString shownString(std::string_view octets)
{
    return toQString(shown(octets));
}

QString toQString(const DomainName &name)
{
    return shownString(name.text());
}

QString toolTipFor(const QString &plain)
{
    constexpr qsizetype Longest = 2000;
    if (plain.isEmpty())
        return {};
    const QString cut = plain.size() > Longest ? plain.left(Longest) + QStringLiteral("…") : plain;
    return QStringLiteral("<qt>%1</qt>")
        .arg(cut.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>")));
}

QString plainToolTip(QString toolTip)
{
    const QString begin = QStringLiteral("<qt>");
    const QString end = QStringLiteral("</qt>");
    if (!toolTip.startsWith(begin) || !toolTip.endsWith(end))
        return toolTip;
    toolTip = toolTip.mid(begin.size(), toolTip.size() - begin.size() - end.size());
    // The ampersand last: what it escapes must not be read once more.
    return toolTip.replace(QStringLiteral("<br>"), QStringLiteral("\n"))
        .replace(QStringLiteral("&lt;"), QStringLiteral("<"))
        .replace(QStringLiteral("&gt;"), QStringLiteral(">"))
        .replace(QStringLiteral("&quot;"), QStringLiteral("\""))
        .replace(QStringLiteral("&amp;"), QStringLiteral("&"));
}

ShownString::ShownString(std::string_view octets)
{
    const ShownText shownOctets = shownText(octets);
    m_text = toQString(shownOctets.utf8);
    // The core counts code points, QString counts UTF-16 units.
    std::vector<int> unitOf;
    unitOf.reserve(static_cast<std::size_t>(m_text.size()) + 1);
    for (qsizetype i = 0; i < m_text.size(); ++i) {
        if (!m_text.at(i).isLowSurrogate())
            unitOf.push_back(static_cast<int>(i));
    }
    unitOf.push_back(static_cast<int>(m_text.size()));
    m_positionOf.reserve(shownOctets.characterOf.size());
    for (const std::size_t character : shownOctets.characterOf)
        m_positionOf.push_back(unitOf[std::min(character, unitOf.size() - 1)]);
}

ShownString::Range ShownString::rangeOf(const Span &octets) const
{
    if (m_positionOf.empty())
        return {};
    const std::size_t last = m_positionOf.size() - 1;
    return {m_positionOf[std::min(octets.begin, last)], m_positionOf[std::min(octets.end, last)]};
}

std::size_t ShownString::octetAt(int at) const
{
    const auto after = std::upper_bound(m_positionOf.begin(), m_positionOf.end(), at);
    return after == m_positionOf.begin() ? 0 : static_cast<std::size_t>(after - m_positionOf.begin() - 1);
}

} // namespace mailoscope::ui
