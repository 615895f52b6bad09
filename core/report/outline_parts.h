// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/text.h"
#include "report/outline.h"
#include "report/words.h"

#include <string>
#include <utility>

/// What the files that make outlines share.
namespace mailoscope::outline
{

/// How a section stands but for its findings, and the one thing to know about it.
struct State {
    Mark mark = Mark::Waiting;
    std::string gist;
};

State spfState(const Report &report);
State dmarcState(const Report &report);
State dkimState(const Report &report);
State bimiState(const Report &report);
State mtaStsState(const Report &report);
State mxState(const Report &report);
State dnsState(const Report &report);

Outline spfOutline(const Report &report);
Outline dmarcOutline(const Report &report);
Outline dkimOutline(const Report &report);
Outline bimiOutline(const Report &report);
Outline mtaStsOutline(const Report &report);
Outline mxOutline(const Report &report);
Outline dnsOutline(const Report &report);

inline OutlineCell plain(std::string text)
{
    return {std::move(text), Mark::None, false};
}
/// Octets from outside, escaped here.
inline OutlineCell code(std::string_view octets)
{
    return {shown(octets), Mark::None, true};
}
inline OutlineCell marked(Mark mark, std::string text)
{
    return {std::move(text), mark, false};
}

/// "1 host", "2 hosts"
inline std::string counted(std::size_t count, std::string_view one, std::string_view many)
{
    return withSeparators(std::to_string(count)) + ' ' + std::string(count == 1 ? one : many);
}

/// Leaves out records beyond the number that anybody reads, and says so.
void capRecords(Outline &outline);

/// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string> &parts);

} // namespace mailoscope::outline
