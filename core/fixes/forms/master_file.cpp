// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/text.h"

#include <algorithm>

namespace mailoscope::fixes::forms
{

namespace
{

/// RFC 1035 section 5.1, with absolute names, so that it means the same under any $ORIGIN.
std::string zoneLine(const RecordSet &set, const dns::RecordData &data)
{
    return absolute(set.name) + '\t' + std::to_string(set.ttl) + "\tIN\t" + dns::toString(set.type) + '\t' +
           valueText(set.type, data, Escapes::Decimal);
}

std::string updateLine(std::string_view command, const RecordSet &set, const dns::RecordData &data)
{
    return std::string(command) + ' ' + absolute(set.name) + ' ' + dns::toString(set.type) + ' ' +
           valueText(set.type, data, Escapes::Decimal);
}

/// RFC 2136 sections 2.4.2 and 2.4.3: the set is exactly what was seen, or the server changes nothing.
void writePrerequisites(const RecordSet &set, Written &out)
{
    if (set.before.empty())
        out.line("prereq nxrrset " + absolute(set.name) + ' ' + dns::toString(set.type));
    for (const dns::RecordData &data : set.before)
        out.line(updateLine("prereq yxrrset", set, data));
}

} // namespace

Written writeZone(const ZonePart &part)
{
    Written out;
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (const dns::RecordData &data : difference.removed)
            out.line("; take away: " + zoneLine(set, data));
        for (const dns::RecordData &data : set.after) {
            const bool isKept =
                std::find(difference.kept.begin(), difference.kept.end(), data) != difference.kept.end();
            out.line(zoneLine(set, data) + (isKept ? "\t; stays" : ""));
        }
    }
    return out;
}

Written writeNsupdate(const ZonePart &part)
{
    Written out;
    if (!part.isZoneGuessed)
        out.line("zone " + absolute(part.zone));
    if (part.basis == Basis::Seen) {
        for (const RecordSet &set : part.sets)
            writePrerequisites(set, out);
        out.note("The server refuses the update if the records are no longer those that were seen.");
    }
    for (const RecordSet &set : part.sets) {
        const Difference difference = differenceOf(set);
        for (const dns::RecordData &data : difference.removed)
            out.line(updateLine("update delete", set, data));
        for (const dns::RecordData &data : difference.added)
            out.line("update add " + absolute(set.name) + ' ' + std::to_string(set.ttl) + ' ' +
                     dns::toString(set.type) + ' ' + valueText(set.type, data, Escapes::Decimal));
    }
    out.line("send");
    return out;
}

} // namespace mailoscope::fixes::forms
