// SPDX-License-Identifier: Apache-2.0
#include "models/spf_status.h"

namespace mailoscope::ui
{

namespace
{

Meaning meaningOf(spf::NodeStatus status)
{
    switch (status) {
    case spf::NodeStatus::Ok:
        return Meaning::Ok;
    case spf::NodeStatus::Pending:
        return Meaning::Waiting;
    case spf::NodeStatus::NoRecord:
    case spf::NodeStatus::NxDomain:
    case spf::NodeStatus::MultipleRecords:
    case spf::NodeStatus::Invalid:
    case spf::NodeStatus::Loop:
        return Meaning::Critical;
    case spf::NodeStatus::BadName:
        return Meaning::High;
    case spf::NodeStatus::TempError:
        return Meaning::Unknown;
    case spf::NodeStatus::Cut:
        return Meaning::NotTested;
    }
    return Meaning::Unknown;
}

Meaning meaningOf(spf::TermStatus status)
{
    switch (status) {
    case spf::TermStatus::Ok:
        return Meaning::Ok;
    case spf::TermStatus::Pending:
        return Meaning::Waiting;
    case spf::TermStatus::Void:
        return Meaning::Medium;
    case spf::TermStatus::TempError:
        return Meaning::Unknown;
    case spf::TermStatus::Unknown:
        return Meaning::NotTested;
    case spf::TermStatus::BadName:
        return Meaning::High;
    case spf::TermStatus::TooManyHosts:
    case spf::TermStatus::ChildProblem:
    case spf::TermStatus::Unreadable:
        return Meaning::Critical;
    }
    return Meaning::Unknown;
}

} // namespace

std::optional<Meaning> meaningOfStatus(const SpfPlace &place)
{
    Meaning meaning = Meaning::Ok;
    if (!place.term)
        meaning = meaningOf(place.record->status);
    else if (place.term->dead != spf::Dead::No)
        meaning = Meaning::Never;
    else if (place.term->child && place.term->child->status != spf::NodeStatus::Ok)
        meaning = meaningOf(place.term->child->status);
    else
        meaning = meaningOf(place.term->status);
    return meaning == Meaning::Ok ? std::nullopt : std::optional(meaning);
}

} // namespace mailoscope::ui
