// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixes/copy_as.h"

#include <QImage>
#include <QString>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>

/// Reports on paper: how they are to look and what is to be in them.
namespace mailoscope::print
{

enum class Paper { A4, Letter };

/// What a report holds besides its cover.
enum class Part { Summary, Verdict, Findings, Fixes, Sections, Profiles, Appendix };
inline constexpr std::array AllParts = {Part::Summary,  Part::Verdict,  Part::Findings, Part::Fixes,
                                 Part::Sections, Part::Profiles, Part::Appendix};
/// "summary", "verdict"...: as options and settings name it; never renamed.
std::string_view optionOf(Part part);
std::optional<Part> partFromOption(std::string_view option);
/// For people, translated.
QString titleOf(Part part);

using Parts = std::set<Part>;
Parts allParts();
/// What fits on a few pages: summary, findings without their evidence, fixes.
Parts lightParts();

struct Options {
    Paper paper = Paper::A4;
    Parts parts = allParts();
    bool light = false; ///< findings without evidence, fixes without the forms to copy
    QImage logo;        ///< may be null
    QString company;
    QString confidentiality; ///< one line at the foot of every page
    std::optional<fixes::CopyForm> copyAs;
    std::string profile; ///< the id of the one that the user chose; may be empty
};

/// A picture for the cover, from a file of the user's; null where it is none. Bounded in octets and pixels.
QImage readLogo(const QString &fileName);

} // namespace mailoscope::print
