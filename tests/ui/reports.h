// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "report/report.h"
#include "support/zone.h"

#include <memory>
#include <string>
#include <vector>

namespace mailoscope::tests
{

/// The reports of an inspection round by round: the first with nothing known, the last with everything.
inline std::vector<std::shared_ptr<const Report>> reportsOf(const Zone &zone, std::string_view domain,
                                                            std::size_t factsARound = 1000,
                                                            const InspectOptions &options = {})
{
    std::vector<std::shared_ptr<const Report>> reports;
    FactStore facts;
    spf::RecordCache records;
    for (;;) {
        reports.push_back(std::make_shared<const Report>(
            inspect(name(domain), facts, records, {{}, {"192.0.2.53:53"}}, options)));
        const std::vector<FactKey> &needed = reports.back()->needed;
        if (needed.empty())
            return reports;
        for (std::size_t i = 0; i < std::min(needed.size(), factsARound); ++i) {
            Fact fact = zone.fact(needed[i]);
            fact.from = "192.0.2.53:53";
            fact.took = std::chrono::milliseconds(12);
            facts.put(std::move(fact));
        }
    }
}

inline std::shared_ptr<const Report> reportOf(const Zone &zone, std::string_view domain)
{
    return reportsOf(zone, domain).back();
}

/// A small domain with an include, an mx, a dead term and a macro.
inline Zone smallZone()
{
    Zone zone;
    zone.addMasterFile(R"(
example.com 300 TXT "v=spf1 mx include:_spf.example.net exists:%{l}._users.example.com ip4:192.0.2.0/24 ~all a:never.example.com"
example.com 300 MX 10 mail.example.com
mail.example.com 300 A 198.51.100.7
mail.example.com 300 TXT "v=spf1 a -all"
_spf.example.net 300 TXT "v=spf1 include:deep.example.net ip4:203.0.113.0/28 -all"
deep.example.net 300 TXT "v=spf1 ip6:2001:db8::/32 ip4:203.0.113.128/25 -all"
someone._users.example.com 300 A 127.0.0.2
)");
    return zone;
}

/// `count` includes below the domain's record, in a tree ten wide.
inline Zone wideZone(int count)
{
    Zone zone;
    const auto label = [](int number) { return "n" + std::to_string(number) + ".example.org"; };
    for (int i = 0; i < count; ++i) {
        std::string record = "v=spf1";
        for (int child = i * 10 + 1; child <= i * 10 + 10 && child < count; ++child)
            record += " include:" + label(child);
        record += " ip4:198.51." + std::to_string(i % 256) + ".0/24 -all";
        std::string strings;
        for (std::size_t at = 0; at < record.size(); at += 255)
            strings += " \"" + record.substr(at, 255) + "\"";
        zone.add((i == 0 ? std::string("wide.example.org") : label(i)) + " 300 TXT" + strings);
    }
    zone.add("wide.example.org 300 MX 10 mx.example.org");
    zone.add("mx.example.org 300 A 192.0.2.1");
    return zone;
}

} // namespace mailoscope::tests
