// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/document.h"

#include <QImage>
#include <QString>

/// Reports on paper: how they are to look and what is to be in them.
namespace mailoscope::print
{

enum class Paper { A4, Letter };

/// What a report holds besides its cover.
using document::AllParts;
using document::allParts;
using document::lightParts;
using document::optionOf;
using document::Part;
using document::partFromOption;
using document::Parts;
/// For people, translated.
QString titleOf(Part part);

struct Options : document::Options {
    Paper paper = Paper::A4;
    QImage logo; ///< may be null
    QString company;
    QString confidentiality; ///< one line at the foot of every page
};

/// A picture for the cover, from a file of the user's; null where it is none. Bounded in octets and pixels.
QImage readLogo(const QString &fileName);

} // namespace mailoscope::print
