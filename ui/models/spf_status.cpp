// SPDX-License-Identifier: Apache-2.0
#include "models/spf_status.h"

namespace mailoscope::ui
{

SpfNote statusOf(const SpfPlace &place)
{
    if (!place.term)
        return mailoscope::statusOf(*place.record);
    if (place.term->dead != spf::Dead::No)
        return {Mark::Info, std::string(wordsOf(place.term->dead))};
    const bool isOfRecord = place.term->child && place.term->child->status != spf::NodeStatus::Ok;
    return isOfRecord ? mailoscope::statusOf(*place.term->child) : mailoscope::statusOf(*place.term);
}

std::optional<Meaning> meaningOfStatus(const SpfPlace &place)
{
    if (place.term && place.term->dead != spf::Dead::No)
        return Meaning::Never;
    const SpfNote status = statusOf(place);
    return status.words.empty() ? std::nullopt : std::optional(meaningOf(status.mark));
}

} // namespace mailoscope::ui
