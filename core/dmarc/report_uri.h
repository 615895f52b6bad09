// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "dmarc/record.h"

#include <string_view>
#include <vector>

namespace mailoscope::dmarc
{

struct UriReading {
    ReportUri uri;
    std::vector<Issue::Kind> issues; ///< only those whose names begin with Uri
};

/// One URI of `rua` or `ruf`, without the white space around it (RFC 9989 section 4.7, RFC 3986, RFC 6068).
UriReading readReportUri(std::string_view text);

} // namespace mailoscope::dmarc
