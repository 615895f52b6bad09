// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/text.h"

namespace mailoscope::fixes::forms
{

namespace
{

/// As people type it into a web form: no quotes, no strings.
std::string typed(const RecordSet &set, const dns::RecordData &data)
{
    return shown(textOf(set.type, data));
}

std::string columns(std::string_view step, const ZonePart &part, const RecordSet &set,
                    const dns::RecordData &data)
{
    return std::string(step) + '\t' + shown(relative(set.name, part.zone, "@")) + '\t' +
           dns::toString(set.type) + '\t' + std::to_string(set.ttl) + '\t' + typed(set, data);
}

} // namespace

Written writePlain(const ZonePart &part)
{
    Written out;
    const RecordSet &first = part.sets.front();
    const Difference only = differenceOf(first);
    for (const RecordSet &set : part.sets) {
        for (const dns::RecordData &data : set.after) {
            const std::vector<Part> parts = partsOf(data, set.type);
            if (!isCleanText(parts))
                out.note("A value among the " + shownSet(set) +
                         " holds octets that cannot be typed; they are shown as \\DDD.");
        }
    }
    if (part.sets.size() == 1 && only.added.size() == 1 && only.removed.size() <= 1) {
        out.line(typed(first, only.added.front()));
        out.note("It is the value of the " + dns::toString(first.type) + " record at " +
                 shown(first.name.text()) + ", which web forms mostly call " +
                 shown(relative(first.name, part.zone, "@")) + "; TTL " + std::to_string(first.ttl) +
                 " seconds.");
        if (!only.removed.empty())
            out.note("It takes the place of: " + typed(first, only.removed.front()));
        return out;
    }
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (const dns::RecordData &data : difference.removed)
            out.line(columns("remove", part, set, data));
        for (const dns::RecordData &data : difference.added)
            out.line(columns("add", part, set, data));
    }
    out.note("The columns, divided by tabs, are: what to do, name without the zone, type, TTL, value.");
    return out;
}

} // namespace mailoscope::fixes::forms
