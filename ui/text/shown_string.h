// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/domain_name.h"
#include "base/text.h"

#include <QString>

#include <string_view>
#include <vector>

/// Texts of the core as QString, fit to be shown.
namespace mailoscope::ui
{

/// Text that the core has made fit to be shown already.
QString toQString(std::string_view utf8);
/// Octets from outside, with everything unfit to be shown escaped.
QString shownString(std::string_view octets);
/// A name; a root is ".".
QString toQString(const DomainName &name);

/// A tooltip that shows `plain` as it is, whatever markup it seems to hold.
QString toolTipFor(const QString &plain);
/// The words of such a tooltip; any other text stays as it is.
QString plainToolTip(QString toolTip);

/// Shown octets with the way back: where in the QString each octet went, and which octet stands at a place.
class ShownString
{
public:
    ShownString() = default;
    explicit ShownString(std::string_view octets);

    const QString &text() const { return m_text; }
    /// Begin and end as positions in text().
    struct Range {
        int begin = 0;
        int end = 0;
    };
    Range rangeOf(const Span &octets) const;
    /// The octet that position `at` of text() shows.
    std::size_t octetAt(int at) const;

private:
    QString m_text;
    std::vector<int> m_positionOf; ///< of each octet and of the end
};

} // namespace mailoscope::ui
