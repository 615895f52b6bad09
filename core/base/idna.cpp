// SPDX-License-Identifier: Apache-2.0
#include "base/idna.h"

#include "base/text.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

namespace mailoscope::idna
{

namespace
{

struct FreeText {
    void operator()(char *text) const { idn2_free(text); }
};
using IdnText = std::unique_ptr<char, FreeText>;

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

Result<std::string, Error> toALabel(std::string_view label)
{
    if (isAscii(label))
        return std::string(label);
    if (label.find('\0') != std::string_view::npos)
        return Error::NotAllowed; // libidn2 would read as far as there
    const std::string terminated(label);
    uint8_t *output = nullptr;
    const int status = idn2_lookup_u8(reinterpret_cast<const uint8_t *>(terminated.c_str()), &output,
                                      IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const IdnText text(reinterpret_cast<char *>(output));
    if (status == IDN2_TOO_BIG_LABEL || status == IDN2_TOO_BIG_DOMAIN || status == IDN2_PUNYCODE_BIG_OUTPUT)
        return Error::TooLong;
    // What is mapped to nothing or to several labels is not one.
    if (status != IDN2_OK || !text || *text.get() == '\0' ||
        std::string_view(text.get()).find('.') != std::string_view::npos)
        return Error::NotAllowed;
    return std::string(text.get());
}

Result<std::string, Error> toALabels(std::string_view name)
{
    if (isAscii(name))
        return std::string(name);
    std::string ascii;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t dot = std::min(name.find('.', begin), name.size());
        const auto label = toALabel(name.substr(begin, dot - begin));
        if (!label)
            return label.error();
        ascii += *label;
        if (dot < name.size())
            ascii.push_back('.');
        begin = dot + 1;
    }
    return ascii;
}

std::string toULabel(const std::string &label)
{
    if (!label.starts_with("xn--"))
        return label;
    char *output = nullptr;
    const int status = idn2_to_unicode_8z8z(label.c_str(), &output, 0);
    const IdnText decoded(output);
    if (status != IDN2_OK || !decoded || shown(decoded.get()) != decoded.get())
        return label;
    const auto again = toALabel(decoded.get());
    return again && *again == label ? std::string(decoded.get()) : label;
}

} // namespace mailoscope::idna
