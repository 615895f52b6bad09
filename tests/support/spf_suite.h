// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "spf/check_host.h"
#include "support/zone.h"

#include <QString>

#include <optional>
#include <vector>

namespace mailoscope::tests
{

/// A case of the public suite for RFC 7208.
struct SuiteCase {
    QString id;
    spf::CheckArguments arguments;
    /// The one result that we give. Where the suite accepts several, our choice is named in spf_suite.cpp.
    QString result;
    std::vector<QString> accepted;
    /// Absent where the suite does not ask; empty where it asks for the receiver's own text, which is ours to
    /// choose.
    std::optional<QString> explanation;
};

struct SuiteScenario {
    QString description;
    Zone zone;
    std::vector<SuiteCase> cases;
};

/// tests/data/spf/rfc7208-tests.json
std::vector<SuiteScenario> spfSuite();

} // namespace mailoscope::tests
