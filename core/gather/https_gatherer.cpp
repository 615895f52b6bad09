// SPDX-License-Identifier: Apache-2.0
#include "gather/https_gatherer.h"

#include "gather/https_fetch.h"
#include "gather/in_flight.h"
#include "gather/trust.h"

namespace mailoscope::gather
{

class HttpsGatherer::Private
{
public:
    Private(HttpsGatherer *gatherer, Gatherer &resolving, HttpsOptions given);

    Gatherer &dns;
    HttpsOptions options;
    InFlight<https::Url, HttpsFetch> fetches;

private:
    std::unique_ptr<HttpsFetch> makeFetch(const https::Url &url);
};

HttpsGatherer::Private::Private(HttpsGatherer *gatherer, Gatherer &resolving, HttpsOptions given)
    : dns(resolving),
      options(std::move(given)),
      fetches(*gatherer, options.maxInFlight,
              {{},
               [this](const https::Url &url) { return makeFetch(url); },
               [](const https::Url &, HttpsFetch &fetch) { fetch.begin(); },
               {}})
{
}

std::unique_ptr<HttpsFetch> HttpsGatherer::Private::makeFetch(const https::Url &url)
{
    HttpsFetch::Listener listener;
    listener.lookUpChanged = [this, url](std::size_t lookUp) { fetches.noteChange(url, lookUp); };
    listener.ended = [this, url] { fetches.noteEnd(url); };
    return std::make_unique<HttpsFetch>(url, dns, options, std::move(listener));
}

HttpsGatherer::HttpsGatherer(Gatherer &dns, HttpsOptions options, QObject *parent)
    : Gatherer(parent), d(std::make_unique<Private>(this, dns, std::move(options)))
{
    prepareTrust(d->options.extraAuthorities);
}

HttpsGatherer::~HttpsGatherer() = default;

Gatherer::Ticket HttpsGatherer::ask(const FactKey &key, Done done, Logged logged)
{
    return d->fetches.ask(std::get<https::Url>(key), std::move(done), std::move(logged));
}

void HttpsGatherer::cancel(Ticket ticket)
{
    d->fetches.cancel(ticket);
}

InspectionContext HttpsGatherer::context() const
{
    return d->dns.context();
}

const Clock &HttpsGatherer::clock() const
{
    return d->options.clock;
}

} // namespace mailoscope::gather
