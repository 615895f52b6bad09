// SPDX-License-Identifier: Apache-2.0
#include "facts/fact_source.h"

namespace mailoscope
{

const https::Response *FactSource::https(const https::Url &)
{
    static const https::Response leftOut = [] {
        https::Response response;
        response.outcome = https::Outcome::LeftOut;
        return response;
    }();
    return &leftOut;
}

const smtp::Session *FactSource::smtp(const smtp::Target &)
{
    static const smtp::Session leftOut = [] {
        smtp::Session session;
        session.outcome = smtp::Outcome::LeftOut;
        return session;
    }();
    return &leftOut;
}

const dns::ServerAnswer *FactSource::server(const dns::ServerQuestion &)
{
    static const dns::ServerAnswer notAsked =
        dns::emptyServerAnswer(dns::ServerQuestion{}, dns::Outcome::NotRecorded);
    return &notAsked;
}

} // namespace mailoscope
