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

} // namespace mailoscope
