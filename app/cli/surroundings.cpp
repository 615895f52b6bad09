// SPDX-License-Identifier: Apache-2.0
#include "surroundings.h"

#include "base/text.h"

#include <charconv>
#include <clocale>
#include <cstdio>
#include <cstdlib>

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace mailoscope::cli
{

namespace
{

constexpr int WidthWithoutTerminal = 100;
constexpr int LargestWidth = 1000;

std::string_view environment(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : "";
}

int columnsOfTerminal()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    const std::string_view text = environment("COLUMNS");
    int columns = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), columns);
    const bool isNumber = error == std::errc() && end == text.data() + text.size() && !text.empty();
    return isNumber && columns > 0 && columns <= LargestWidth ? columns : WidthWithoutTerminal;
}

bool isUtf8Locale()
{
    std::setlocale(LC_CTYPE, "");
    const std::string_view codeset = nl_langinfo(CODESET);
    return codeset == "UTF-8" || codeset == "utf8";
}

} // namespace

bool isTerminal(int descriptor)
{
    return isatty(descriptor) == 1;
}

Result<terminal::Style, Failure> styleFor(const Arguments &arguments, bool toFile)
{
    terminal::Style style;
    style.columns = columnsOfTerminal();
    style.unicode = isUtf8Locale();
    const std::string when = arguments.value("color").value_or("auto");
    if (when == "always")
        style.colour = true;
    else if (when == "auto")
        style.colour = !toFile && isTerminal(STDOUT_FILENO) && environment("NO_COLOR").empty() &&
                       environment("TERM") != "dumb";
    else if (when != "never")
        return usage("--color takes auto, always or never, not \"" + shown(when) + "\".");
    return style;
}

void tell(std::string_view sentence)
{
    terminal::Style style;
    style.unicode = isUtf8Locale();
    const std::string line = "mailoscope-cli: " + terminal::Page(style).fit(sentence) + '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace mailoscope::cli
