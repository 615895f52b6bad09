// SPDX-License-Identifier: Apache-2.0
#include "bimi/svg_profile.h"

#include "base/ascii.h"

#include <algorithm>
#include <array>

namespace mailoscope::bimi::profile
{

namespace
{

constexpr AttributeRule oneOf(std::string_view name, std::string_view words)
{
    return {name, Values::OneOf, words};
}

constexpr std::array Paint = {
    AttributeRule{"fill-opacity"},
    AttributeRule{"stroke-opacity"},
    AttributeRule{"fill"},
    oneOf("fill-rule", "inherit nonzero evenodd"),
    AttributeRule{"stroke"},
    AttributeRule{"stroke-dasharray"},
    AttributeRule{"stroke-dashoffset"},
    oneOf("stroke-linecap", "butt round square inherit"),
    oneOf("stroke-linejoin", "miter round bevel inherit"),
    AttributeRule{"stroke-miterlimit"},
    AttributeRule{"stroke-width"},
    AttributeRule{"color"},
    oneOf("color-rendering", "auto optimizeSpeed optimizeQuality inherit"),
    oneOf("vector-effect", "none non-scaling-stroke inherit"),
    oneOf("direction", "ltr rtl inherit"),
    oneOf("unicode-bidi", "normal embed bidi-override inherit"),
    AttributeRule{"solid-color"},
    AttributeRule{"solid-opacity"},
    oneOf("display-align", "auto before center after inherit"),
    AttributeRule{"line-increment"},
    AttributeRule{"stop-color"},
    AttributeRule{"stop-opacity"},
    AttributeRule{"font-family"},
    AttributeRule{"font-size"},
    oneOf("font-style", "normal italic oblique inherit"),
    oneOf("font-variant", "normal small-caps inherit"),
    oneOf("font-weight", "normal bold bolder lighter inherit"),
    oneOf("text-anchor", "start middle end inherit"),
    oneOf("text-align", "start center end inherit"),
};

constexpr std::array Core = {
    AttributeRule{"id", Values::NcName},
    AttributeRule{"xml:id", Values::NcName},
    AttributeRule{"xml:base"},
    AttributeRule{"xml:lang", Values::Language},
    AttributeRule{"class", Values::NmTokens},
    AttributeRule{"role"},
    AttributeRule{"rel"},
    AttributeRule{"rev"},
    AttributeRule{"typeof"},
    AttributeRule{"content"},
    AttributeRule{"datatype"},
    AttributeRule{"resource"},
    AttributeRule{"about"},
    AttributeRule{"property"},
    oneOf("xml:space", "default preserve"),
};

constexpr std::array Conditional = {AttributeRule{"requiredFonts"}, AttributeRule{"systemLanguage"}};

constexpr std::array Media = {
    oneOf("display",
          "inline block list-item run-in compact marker table inline-table table-row-group "
          "table-header-group table-footer-group table-row table-column-group table-column table-cell "
          "table-caption none inherit"),
    oneOf("visibility", "visible hidden collapse inherit"),
    oneOf("image-rendering", "auto optimizeSpeed optimizeQuality inherit"),
    oneOf("shape-rendering", "auto optimizeSpeed crispEdges geometricPrecision inherit"),
    oneOf("text-rendering", "auto optimizeSpeed optimizeLegibility geometricPrecision inherit"),
    oneOf("buffered-rendering", "auto dynamic static inherit"),
    AttributeRule{"viewport-fill"},
    AttributeRule{"viewport-fill-opacity"},
};

constexpr std::array Root = {
    AttributeRule{"width"}, AttributeRule{"height"}, AttributeRule{"viewBox"}, oneOf("version", "1.2"),
    oneOf("baseProfile", "tiny-ps"), AttributeRule{"contentScriptType"},
    AttributeRule{"preserveAspectRatio", Values::AspectRatio},
    // Tolerated with one value each: the one that switches the thing off.
    oneOf("externalResourcesRequired", "false"), oneOf("focusable", "false"), oneOf("playbackOrder", "all"),
    oneOf("snapshotTime", "none"), oneOf("timelineBegin", "onLoad"), oneOf("zoomAndPan", "disable"),
    oneOf("font-weight", "normal bold bolder lighter"), // at the root there is nothing to inherit
};
constexpr std::array Group = {AttributeRule{"transform"}};
constexpr std::array Path = {AttributeRule{"transform"}, AttributeRule{"d"}, AttributeRule{"pathLength"}};
constexpr std::array Rect = {AttributeRule{"transform"}, AttributeRule{"x"},      AttributeRule{"y"},
                             AttributeRule{"width"},     AttributeRule{"height"}, AttributeRule{"rx"},
                             AttributeRule{"ry"}};
constexpr std::array Circle = {AttributeRule{"transform"}, AttributeRule{"cx"}, AttributeRule{"cy"},
                               AttributeRule{"r"}};
constexpr std::array Ellipse = {AttributeRule{"transform"}, AttributeRule{"cx"}, AttributeRule{"cy"},
                                AttributeRule{"rx"}, AttributeRule{"ry"}};
constexpr std::array Line = {AttributeRule{"transform"}, AttributeRule{"x1"}, AttributeRule{"y1"},
                             AttributeRule{"x2"}, AttributeRule{"y2"}};
constexpr std::array Poly = {AttributeRule{"transform"}, AttributeRule{"points"}};
constexpr std::array TextArea = {AttributeRule{"transform"}, AttributeRule{"x"},
                                 AttributeRule{"y"},         AttributeRule{"width"},
                                 AttributeRule{"height"},    oneOf("editable", "none")};
constexpr std::array Text = {AttributeRule{"transform"}, AttributeRule{"x"}, AttributeRule{"y"},
                             AttributeRule{"rotate"}, oneOf("editable", "none")};
constexpr std::array Use = {AttributeRule{"transform"}, AttributeRule{"href"}, AttributeRule{"x"},
                            AttributeRule{"y"}};
constexpr std::array LinearGradient = {oneOf("gradientUnits", "userSpaceOnUse objectBoundingBox"),
                                       AttributeRule{"x1"}, AttributeRule{"y1"}, AttributeRule{"x2"},
                                       AttributeRule{"y2"}};
constexpr std::array RadialGradient = {oneOf("gradientUnits", "userSpaceOnUse objectBoundingBox"),
                                       AttributeRule{"cx"}, AttributeRule{"cy"}, AttributeRule{"r"}};
constexpr std::array Stop = {AttributeRule{"offset"}};

constexpr ElementRule painted(std::string_view name, Content content, std::span<const AttributeRule> own)
{
    return {name, content, true, true, true, false, own};
}

constexpr std::array Elements = {
    ElementRule{"svg", Content::Root, true, true, false, false, Root},
    ElementRule{"title", Content::Text, false, true, true, true},
    ElementRule{"desc", Content::Text, false, true, true, true},
    ElementRule{"metadata", Content::Text},
    ElementRule{"defs", Content::Shapes, true, true},
    painted("g", Content::Shapes, Group),
    painted("path", Content::Nothing, Path),
    painted("rect", Content::Nothing, Rect),
    painted("circle", Content::Nothing, Circle),
    painted("ellipse", Content::Nothing, Ellipse),
    painted("line", Content::Nothing, Line),
    painted("polyline", Content::Nothing, Poly),
    painted("polygon", Content::Nothing, Poly),
    painted("text", Content::Text, Text),
    painted("textArea", Content::Text, TextArea),
    painted("use", Content::Nothing, Use),
    ElementRule{"linearGradient", Content::Stops, true, true, false, false, LinearGradient},
    ElementRule{"radialGradient", Content::Stops, true, true, false, false, RadialGradient},
    ElementRule{"stop", Content::Nothing, true, true, false, false, Stop},
    ElementRule{"solidColor", Content::Nothing, true, true},
};

bool isOneOf(std::string_view value, std::string_view words)
{
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == value)
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

/// XML section 2.3, without the list of letters beyond ASCII: all of those are taken.
bool isNameStart(char c)
{
    return ascii::isAlpha(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool isNameCharacter(char c)
{
    return isNameStart(c) || ascii::isDigit(c) || c == '-' || c == '.';
}
bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// As the data types of XML Schema are compared: without blanks around.
std::string_view trimmed(std::string_view value)
{
    while (!value.empty() && isBlank(value.front()))
        value.remove_prefix(1);
    while (!value.empty() && isBlank(value.back()))
        value.remove_suffix(1);
    return value;
}

/// Letters, then letters and digits between hyphens, eight at most each.
bool isLanguage(std::string_view value)
{
    std::size_t length = 0;
    bool first = true;
    for (const char c : value) {
        if (c == '-') {
            if (length == 0)
                return false;
            length = 0;
            first = false;
        } else if (++length > 8 || !(first ? ascii::isAlpha(c) : ascii::isAlnum(c))) {
            return false;
        }
    }
    return length > 0;
}

// svg-ps: `none` or `xMidYMid`, perhaps with `meet` behind it.
bool isAspectRatio(std::string_view value)
{
    value = trimmed(value);
    if (value.ends_with("meet"))
        value = trimmed(value.substr(0, value.size() - 4));
    return value == "none" || value == "xMidYMid";
}

const AttributeRule *findIn(std::span<const AttributeRule> rules, std::string_view name)
{
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [name](const AttributeRule &rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

} // namespace

const ElementRule *findElement(std::string_view name)
{
    const auto found = std::find_if(Elements.begin(), Elements.end(),
                                    [name](const ElementRule &rule) { return rule.name == name; });
    return found == Elements.end() ? nullptr : &*found;
}

const AttributeRule *findAttribute(const ElementRule &element, std::string_view name)
{
    if (const AttributeRule *rule = findIn(element.own, name))
        return rule;
    const struct {
        bool taken;
        std::span<const AttributeRule> rules;
    } groups[] = {{element.core, Core},
                  {element.paint, Paint},
                  {element.conditional, Conditional},
                  {element.media, Media}};
    for (const auto &group : groups) {
        if (const AttributeRule *rule = group.taken ? findIn(group.rules, name) : nullptr)
            return rule;
    }
    return nullptr;
}

bool mayContain(const ElementRule &parent, std::string_view child)
{
    const bool describes = child == "title" || child == "desc" || child == "metadata";
    switch (parent.content) {
    case Content::Nothing:
    case Content::Text:
        return false;
    case Content::Stops:
        return child == "stop";
    case Content::Shapes:
        return !describes && child != "svg" && child != "stop";
    case Content::Root:
        return child != "svg" && child != "stop";
    }
    return false;
}

bool fits(const AttributeRule &rule, std::string_view value)
{
    switch (rule.values) {
    case Values::Any:
        return true;
    case Values::OneOf:
        return isOneOf(trimmed(value), rule.words);
    case Values::NcName: {
        const std::string_view name = trimmed(value);
        return !name.empty() && isNameStart(name.front()) &&
               std::all_of(name.begin(), name.end(), isNameCharacter);
    }
    case Values::NmTokens:
        return !trimmed(value).empty() && std::all_of(value.begin(), value.end(), [](char c) {
            return isBlank(c) || c == ':' || isNameCharacter(c);
        });
    case Values::Language:
        return trimmed(value).empty() || isLanguage(trimmed(value));
    case Values::AspectRatio:
        return isAspectRatio(value);
    }
    return true;
}

} // namespace mailoscope::bimi::profile
