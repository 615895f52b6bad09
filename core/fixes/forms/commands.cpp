// SPDX-License-Identifier: Apache-2.0
#include "fixes/forms/record_text.h"
#include "fixes/forms/writer.h"

#include "base/text.h"

#include <algorithm>
#include <array>

/// The command lines of Google Cloud and of Azure.
namespace mailoscope::fixes::forms
{

namespace
{

using dns::RrType;

/// `gcloud topic escaping`: a list is divided at commas, or at what stands between two "^" at its begin.
std::string gcloudList(const std::vector<std::string> &values)
{
    constexpr std::array<std::string_view, 4> Dividers = {",", "|", "@@", "%%"};
    const auto occurs = [&values](std::string_view divider) {
        return std::any_of(values.begin(), values.end(), [divider](const std::string &value) {
            return value.find(divider) != std::string::npos;
        });
    };
    const auto *const unused =
        std::find_if(Dividers.begin(), Dividers.end(), [&](std::string_view d) { return !occurs(d); });
    std::string divider(unused == Dividers.end() ? Dividers.back() : *unused);
    while (occurs(divider))
        divider += '%';
    std::string list = divider == "," && !values.front().starts_with('^') ? "" : '^' + divider + '^';
    for (std::size_t i = 0; i < values.size(); ++i)
        list += (i == 0 ? "" : divider) + values[i];
    return list;
}

constexpr std::array<std::pair<RrType, std::string_view>, 9> AzureTypes = {{{RrType::A, "a"},
                                                                            {RrType::AAAA, "aaaa"},
                                                                            {RrType::CAA, "caa"},
                                                                            {RrType::CNAME, "cname"},
                                                                            {RrType::DS, "ds"},
                                                                            {RrType::MX, "mx"},
                                                                            {RrType::NS, "ns"},
                                                                            {RrType::PTR, "ptr"},
                                                                            {RrType::TLSA, "tlsa"}}};

constexpr std::array<Line, 10> AzureRecords = {
    {{RrType::A, "--ipv4-address={address}"},
     {RrType::AAAA, "--ipv6-address={address}"},
     {RrType::CAA, "--flags={flags} --tag={tag} --value={value}"},
     {RrType::CNAME, "--cname={target}"},
     {RrType::DS, "--key-tag={key} --algorithm={algorithm} --digest-type={digesttype} --digest={digest}"},
     {RrType::MX, "--preference={preference} --exchange={exchange}"},
     {RrType::NS, "--nsdname={target}"},
     {RrType::PTR, "--ptrdname={target}"},
     {RrType::TLSA, "--certificate-usage={usage} --selector={selector} --matching-type={matching} "
                    "--certificate-data={data}"},
     {RrType::TXT, "--value={text}"}}};

std::string_view azureType(RrType type)
{
    const auto *found = std::find_if(AzureTypes.begin(), AzureTypes.end(),
                                     [type](const auto &pair) { return pair.first == type; });
    return found == AzureTypes.end() ? "txt" : found->second;
}

/// The Azure CLI reads a file in the place of an argument whose value begins with "@".
bool namesAFile(std::span<const Part> parts)
{
    return std::any_of(parts.begin(), parts.end(), [](const Part &part) {
        return part.value.is_string() && part.value.get_ref<const std::string &>().starts_with('@');
    });
}

class AzureWriter
{
public:
    explicit AzureWriter(const ZonePart &part) : m_part(part) {}

    Written write()
    {
        m_out.line("# RESOURCE_GROUP is the resource group of the zone " + shown(m_part.zone.text()) + '.');
        for (const RecordSet &set : m_part.sets)
            writeSet(set);
        return std::move(m_out);
    }

private:
    void writeSet(const RecordSet &set)
    {
        const Difference difference = differenceOf(set);
        const bool isAlias = set.type == RrType::CNAME;
        // An empty set first: it brings the TTL, and does nothing where there is one already.
        if (set.before.empty() && !isAlias)
            command(set, "create", "--ttl=" + std::to_string(set.ttl) + " --if-none-match");
        for (std::size_t i = 0; i < difference.removed.size(); ++i) {
            // CNAME is set as a whole.
            if (isAlias && i < difference.replacements())
                continue;
            record(set, difference.removed[i], "remove-record",
                   set.after.empty() ? "" : " --keep-empty-record-set");
        }
        for (const dns::RecordData &data : difference.added)
            record(set, data, isAlias ? "set-record" : "add-record",
                   isAlias ? " --ttl=" + std::to_string(set.ttl) : "");
    }

    void record(const RecordSet &set, const dns::RecordData &data, std::string_view what,
                const std::string &options)
    {
        const std::vector<Part> parts = partsOf(data, set.type);
        const std::string arguments = filled(AzureRecords, set.type, parts, shellQuoted);
        if (parts.empty() || arguments.empty())
            m_out.noteType(set);
        else if (!isCleanText(parts) || namesAFile(parts))
            m_out.noteOctets(set);
        else
            command(set, what, arguments + options);
    }

    void command(const RecordSet &set, std::string_view what, const std::string &arguments)
    {
        std::string line = "az network dns record-set ";
        line += azureType(set.type);
        line += ' ';
        line += what;
        line += " -g \"$RESOURCE_GROUP\" -z " + shellQuoted(m_part.zone.text());
        // `cname set-record` and `add-record` name the set -n, as `create` does.
        line += " -n " + shellQuoted(relative(set.name, m_part.zone, "@")) + ' ' + arguments;
        m_out.line(line);
    }

    const ZonePart &m_part;
    Written m_out;
};

} // namespace

Written writeGcloud(const ZonePart &part)
{
    Written out;
    out.line("# MANAGED_ZONE is what Google Cloud calls the zone " + shown(part.zone.text()) + '.');
    for (const RecordSet &set : part.sets) {
        const std::string_view what = set.after.empty() ? "delete" : set.before.empty() ? "create" : "update";
        std::string line = "gcloud dns record-sets ";
        line += what;
        line += ' ' + shellQuoted(absolute(set.name)) +
                " --zone=\"$MANAGED_ZONE\" --type=" + dns::toString(set.type);
        if (!set.after.empty())
            line += " --ttl=" + std::to_string(set.ttl) +
                    " --rrdatas=" + shellQuoted(gcloudList(valueTexts(set, Escapes::Decimal)));
        out.line(line);
    }
    return out;
}

Written writeAzure(const ZonePart &part)
{
    return AzureWriter(part).write();
}

} // namespace mailoscope::fixes::forms
