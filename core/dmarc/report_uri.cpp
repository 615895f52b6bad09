// SPDX-License-Identifier: Apache-2.0
#include "dmarc/report_uri.h"

#include "base/ascii.h"
#include "base/cursor.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

// RFC 3986 section 2: unreserved and reserved characters; "%" is looked at apart. DMARC wants "!" and ","
// percent-encoded (RFC 9989 section 4.7).
bool isUriCharacter(char c)
{
    return ascii::isAlnum(c) || std::string_view("-._~:/?#[]@$&'()*+;=").find(c) != std::string_view::npos;
}

int hexValue(char c)
{
    return ascii::isDigit(c) ? c - '0' : ascii::toLower(c) - 'a' + 10;
}

/// The text with its percent-encoding undone; nothing where an encoding is cut short.
std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i]);
            continue;
        }
        if (text.size() - i < 3 || !ascii::isHexDigit(text[i + 1]) || !ascii::isHexDigit(text[i + 2]))
            return std::nullopt;
        decoded.push_back(static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2])));
        i += 2;
    }
    return decoded;
}

bool isUriText(std::string_view text)
{
    const bool known =
        std::all_of(text.begin(), text.end(), [](char c) { return isUriCharacter(c) || c == '%'; });
    return known && percentDecoded(text);
}

// RFC 7489 section 6.2: "!" and a number with an optional unit. RFC 9989 section 4.7: ignored.
bool isSize(std::string_view text)
{
    if (!text.empty() && std::string_view("kmgt").find(ascii::toLower(text.back())) != std::string_view::npos)
        text.remove_suffix(1);
    return !text.empty() && std::all_of(text.begin(), text.end(), ascii::isDigit);
}

/// A name that mail can be addressed to: letters, digits and hyphens, two labels or more.
std::optional<DomainName> mailDomain(std::string_view text)
{
    const bool hostName = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::isAlnum(c) || c == '-' || c == '.' || c == '_';
    });
    if (!hostName)
        return std::nullopt;
    const auto domain = DomainName::parse(text);
    return domain && domain->labelCount() >= 2 ? std::optional(*domain) : std::nullopt;
}

// RFC 6068 section 2: an address, percent-encoded, perhaps with header fields behind "?".
void readMailto(std::string_view path, UriReading &reading)
{
    reading.uri.isMailto = true;
    const std::optional<std::string> address = percentDecoded(path.substr(0, path.find('?')));
    const std::size_t at = address ? address->rfind('@') : std::string::npos;
    // LENIENT: what RFC 5321 section 4.1.2 wants quoted may stand plainly; "mailto://" is a common mistake.
    const bool local =
        at != std::string::npos && at > 0 && !address->starts_with("//") &&
        std::all_of(address->begin(), address->begin() + static_cast<std::ptrdiff_t>(at), [](char c) {
            return ascii::isVisible(c) && std::string_view("<>@:;[]()").find(c) == std::string_view::npos;
        });
    const std::optional<DomainName> host =
        local ? mailDomain(std::string_view(*address).substr(at + 1)) : std::nullopt;
    if (!host) {
        reading.issues.push_back(Issue::Kind::UriAddress);
        return;
    }
    reading.uri.valid = true;
    reading.uri.address = *address;
    reading.uri.host = host;
}

} // namespace

UriReading readReportUri(std::string_view text)
{
    UriReading reading;
    reading.uri.text = text;
    const std::size_t mark = text.rfind('!');
    if (mark != std::string_view::npos && isSize(text.substr(mark + 1))) {
        reading.uri.size = text.substr(mark + 1);
        reading.issues.push_back(Issue::Kind::UriSize);
        text = text.substr(0, mark);
        while (text.ends_with(' ') || text.ends_with('\t'))
            text.remove_suffix(1);
    }
    reading.uri.uri = text;

    // RFC 3986 section 3.1
    Cursor cursor(text);
    const std::string_view scheme =
        cursor.takeWhile([](char c) { return ascii::isAlnum(c) || c == '+' || c == '-' || c == '.'; });
    if (scheme.empty() || !ascii::isAlpha(scheme.front()) || !cursor.take(':')) {
        reading.issues.push_back(Issue::Kind::UriNoScheme);
        return reading;
    }
    if (!isUriText(text)) {
        reading.issues.push_back(Issue::Kind::UriSyntax);
        return reading;
    }
    if (ascii::equalIgnoringCase(scheme, "mailto")) {
        readMailto(cursor.rest(), reading);
        return reading;
    }
    // RFC 9989 section 4.7: receivers ignore schemes that they do not support; only mailto must be supported.
    reading.uri.valid = !cursor.atEnd();
    reading.issues.push_back(reading.uri.valid ? Issue::Kind::UriScheme : Issue::Kind::UriSyntax);
    return reading;
}

} // namespace mailoscope::dmarc
