// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/spf_place.h"

#include <QString>

#include <vector>

namespace mailoscope::ui
{

/// One line of the details: what is spoken of, and what there is to say.
struct DetailLine {
    enum class Kind { Heading, Words, Code };
    Kind kind = Kind::Words;
    QString label; ///< empty: goes on from the line before
    QString text;
};

/// Everything that a report knows of a place in the include tree.
std::vector<DetailLine> detailsOf(const Report &report, const SpfPlace &place);

/// The lines as text, labels and texts divided by tabs.
QString toText(const std::vector<DetailLine> &lines);

} // namespace mailoscope::ui
