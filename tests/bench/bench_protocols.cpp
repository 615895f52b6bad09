// SPDX-License-Identifier: Apache-2.0
// A domain with everything published, over DNS, HTTPS and SMTP at once: how near its inspection comes to the
// longest chain of answers that depend on each other. The name server delays each answer by 20 ms.
#include "bench/tables.h"
#include "gather/inspector.h"
#include "support/small_internet.h"
#include "support/wait.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QElapsedTimer>

using namespace mailoscope;
using namespace mailoscope::tests;
using namespace mailoscope::bench;
using namespace std::chrono_literals;

namespace
{

constexpr auto Delay = 20ms;
constexpr int Repetitions = 7;
/// The SPF tree below is the longest: the domain, three includes, the address that the last one names.
constexpr int SpfChain = 5;
/// A page: the record that names it, the addresses of its host, the fetch.
constexpr int PageChain = 2;

nlohmann::ordered_json everything()
{
    return {{"domain", "all.example"},
            {"zone",
             {"!standard", "!without TXT %", "% TXT \"v=spf1 include:i1.% mx -all\"",
              "i1.% TXT \"v=spf1 include:i2.% include:_spf.sender.example -all\"",
              "i2.% TXT \"v=spf1 include:i3.% ip4:192.175.48.0/26 -all\"", "i3.% TXT \"v=spf1 a:out.% -all\"",
              "out.% A 192.175.48.7", "7.48.175.192.in-addr.arpa PTR out.%",
              "s2._domainkey.% TXT \"v=DKIM1; k=ed25519; p={ed25519}\"",
              "selector1._domainkey.% TXT \"v=DKIM1; k=rsa; p={rsa2048}\"",
              "google._domainkey.% CNAME google.dkim.sender.example",
              "google.dkim.sender.example TXT \"v=DKIM1; k=rsa; p={rsa2048}\"",
              "default._bimi.% TXT \"v=BIMI1; l=https://brand.%/logo.svg; a=https://brand.%/mark.pem\"",
              "brand.% A 192.31.196.1", "_25._tcp.mx1.hoster.example TLSA 3 1 1 {spki 192.52.193.1}",
              "_25._tcp.mx2.hoster.example TLSA 3 1 1 {spki 192.52.193.2}", "!sign %",
              "% DNSKEY 257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4="}},
            {"pages",
             {{"brand.%/logo.svg", {{"type", "image/svg+xml"}, {"file", "bimi/corpus/xometry_cmc.logo.svg"}}},
              {"brand.%/mark.pem",
               {{"type", "application/pem-certificate-chain"}, {"file", "bimi/corpus/xometry_cmc.pem"}}}}}};
}

double toMs(std::chrono::microseconds time)
{
    return static_cast<double>(time.count()) / 1000;
}

struct Measured {
    double took = 0;
    double page = 0;      ///< the longest fetch
    double session = 0;   ///< the longest session with a mail host
    double selectors = 0; ///< when the last answer about a selector was there
    double lastDns = 0;   ///< and about anything
    std::string lastKey;
    std::size_t questions = 0;
    int atSelectors = 0;
};

Measured measure(SmallInternet &world, bool withSmtp)
{
    const auto gatherer = world.gatherer({});
    gather::Inspector inspector(gatherer);
    InspectOptions options;
    options.reach.smtp = withSmtp;
    options.selectors.user = {"s1", "s2", "selector1", "google"};
    QElapsedTimer timer;
    timer.start();
    inspector.start(name("all.example"), options);
    Measured measured;
    if (!waitFor([&] { return !inspector.isRunning(); }))
        return measured;
    measured.took = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    for (const gather::LookUp &lookUp : inspector.log()) {
        const double end = toMs(lookUp.start + lookUp.took);
        if (std::holds_alternative<https::Url>(lookUp.key)) {
            measured.page = std::max(measured.page, toMs(lookUp.took));
            continue;
        }
        if (std::holds_alternative<smtp::Target>(lookUp.key)) {
            measured.session = std::max(measured.session, toMs(lookUp.took));
            continue;
        }
        ++measured.questions;
        if (end > measured.lastDns) {
            measured.lastDns = end;
            measured.lastKey = toString(lookUp.key);
        }
        if (toString(lookUp.key).find("._domainkey.") != std::string::npos) {
            measured.selectors = std::max(measured.selectors, end);
            ++measured.atSelectors;
        }
    }
    return measured;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    SmallInternet world("internet");
    world.add(everything());
    world.setDelay(Delay);
    world.start();
    std::printf("Wall time of a whole inspection; each DNS answer takes 20 ms; median of %d\n", Repetitions);
    Table table({"smtp", "questions", "of selectors", "selectors ms", "last DNS ms", "page ms", "limit ms",
                 "took ms", "ratio", "target 1.2"});
    for (const bool withSmtp : {false, true}) {
        std::vector<double> times;
        std::vector<double> limits;
        Measured last;
        (void)measure(world, withSmtp); // the first loads the certificate authorities
        for (int i = 0; i < Repetitions; ++i) {
            last = measure(world, withSmtp);
            const double step = static_cast<double>(Delay.count());
            double limit = std::max(SpfChain * step, PageChain * step + last.page);
            if (withSmtp) // the MX records, the addresses, the session
                limit = std::max(limit, PageChain * step + last.session);
            times.push_back(last.took);
            limits.push_back(limit);
        }
        const double ratio = median(times) / median(limits);
        table.add({withSmtp ? "yes" : "no", std::to_string(last.questions), std::to_string(last.atSelectors),
                   fixed(last.selectors, 1), fixed(last.lastDns, 1), fixed(last.page, 1),
                   fixed(median(limits), 1), fixed(median(times), 1), fixed(ratio, 3),
                   ratio <= 1.2 ? "met" : "MISSED"});
        std::printf("the last answer was that to %s\n", last.lastKey.c_str());
    }
    table.print();
    return 0;
}
