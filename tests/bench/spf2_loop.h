// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/zone.h"

#include <memory>
#include <string>

namespace mailoscope::bench
{

/// libspf2 over records in memory, for comparison.
class Spf2Loop
{
public:
    explicit Spf2Loop(const tests::Zone &zone);
    ~Spf2Loop();

    /// "pass", "fail" and so on.
    std::string check(const std::string &ip, const std::string &sender, const std::string &helo);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace mailoscope::bench
