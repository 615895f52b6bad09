// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg_values.h"

#include "base/ascii.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace mailoscope::bimi::values
{

using Kind = SvgFault::Kind;

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(Blanks);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(Blanks) - begin + 1);
}

bool isAnyOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Kind kindOfForbidden(std::string_view element)
{
    if (isAnyOf(element, {"script", "handler", "listener"}))
        return Kind::Script;
    if (isAnyOf(element,
                {"animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath", "discard"}))
        return Kind::Animation;
    if (isAnyOf(element, {"image", "feImage"}))
        return Kind::Bitmap;
    if (isAnyOf(element, {"a", "foreignObject", "video", "audio", "animation", "prefetch", "iframe"}))
        return Kind::External;
    return Kind::UnknownElement;
}

std::optional<Kind> kindOfReference(std::string_view target)
{
    target = trimmed(target);
    if (target.size() > 1 && target.front() == '#')
        return std::nullopt;
    if (ascii::startsWithIgnoringCase(target, "data:image/"))
        return Kind::Bitmap;
    if (ascii::startsWithIgnoringCase(target, "javascript:"))
        return Kind::Script;
    return Kind::External;
}

std::optional<Kind> kindOfUrls(std::string_view value)
{
    const std::string lower = ascii::lowered(value);
    std::size_t end = 0;
    for (std::size_t at = lower.find("url("); at != std::string::npos; at = lower.find("url(", end)) {
        const std::size_t begin = value.find_first_not_of(" \t\r\n\"'", at + 4);
        end = value.find(')', at);
        if (begin == std::string_view::npos || end == std::string_view::npos || begin >= end)
            return Kind::External;
        if (const auto kind = kindOfReference(value.substr(begin, end - begin)))
            return kind;
    }
    return std::nullopt;
}

std::optional<double> numberOf(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // "inf" and "nan" are numbers to C++ alone.
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<std::array<double, 4>> viewBoxOf(std::string_view text)
{
    std::array<double, 4> box{};
    for (double &side : box) {
        const std::size_t begin = text.find_first_not_of(" \t\r\n,");
        if (begin == std::string_view::npos)
            return std::nullopt;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,"), text.size());
        const auto number = numberOf(text.substr(0, end));
        if (!number)
            return std::nullopt;
        side = *number;
        text.remove_prefix(end);
    }
    if (!trimmed(text).empty() || !(box[2] > 0) || !(box[3] > 0))
        return std::nullopt;
    return box;
}

std::optional<double> pixelsOf(std::string_view text)
{
    text = trimmed(text);
    if (text.ends_with("px"))
        text.remove_suffix(2);
    return numberOf(text);
}

} // namespace mailoscope::bimi::values
