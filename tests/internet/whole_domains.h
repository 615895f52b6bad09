// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gather/inspector.h"
#include "support/small_internet.h"
#include "support/wait.h"

#include <nlohmann/json.hpp>

#include <memory>

/// Inspections of whole domains in the small internet, as rows of data want them.
namespace mailoscope::tests
{

inline std::shared_ptr<const Report> reportOf(const std::shared_ptr<gather::Gatherer> &gatherer,
                                              const DomainName &domain, const InspectOptions &options,
                                              FactStore *facts = nullptr)
{
    constexpr int Patience = 120000; // milliseconds
    gather::Inspector inspector(gatherer);
    inspector.start(domain, options);
    if (!waitFor([&] { return !inspector.isRunning(); }, Patience))
        qFatal("the inspection of %s does not end", domain.text().c_str());
    if (facts)
        *facts = inspector.facts();
    return inspector.report();
}

inline InspectOptions optionsOf(const nlohmann::ordered_json &row)
{
    InspectOptions options;
    options.reach.smtp = true;
    for (const auto &selector : row.value("selectors", nlohmann::ordered_json::array()))
        options.selectors.user.push_back(selector.get<std::string>());
    return options;
}

inline SmallInternet::Options worldOf(const nlohmann::ordered_json &row)
{
    SmallInternet::Options options;
    if (row.contains("dns_timeout"))
        options.dnsTimeout = std::chrono::milliseconds(row["dns_timeout"].get<int>());
    if (row.contains("https_timeout"))
        options.httpsTimeout = std::chrono::milliseconds(row["https_timeout"].get<int>());
    if (row.contains("at"))
        options.at = timestampFromRfc3339(row["at"].get<std::string>()).value();
    return options;
}

} // namespace mailoscope::tests
