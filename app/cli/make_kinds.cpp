// SPDX-License-Identifier: Apache-2.0
#include "make_kinds.h"

#include "output.h"

#include <ctime>

namespace mailoscope::cli
{

namespace
{

using Use = Option::Use;

constexpr std::size_t MaxKeyOctets = std::size_t{64} * 1024;

/// Another one each second.
std::string idOfNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y%m%d%H%M%S", &parts)};
}

/// The octets of the key file take the place of its name.
std::optional<Failure> readKey(builders::Choices &choices)
{
    const auto file = choices.value("key");
    const bool isRevoked = choices.has("revoke");
    if (!file && !isRevoked)
        return usage("--key is missing: the file with the public key, or - for standard input.");
    if (file && isRevoked)
        return usage("--revoke publishes an empty key: leave out --key.");
    if (!file)
        return std::nullopt;
    auto octets = *file == "-" ? readStandardInput(MaxKeyOctets) : readFile(*file, MaxKeyOctets);
    if (!octets)
        return octets.error();
    if (octets->empty())
        return usage("The key file is empty.");
    choices.set("key", *std::move(octets));
    return std::nullopt;
}

std::vector<MakeKind> listOfKinds()
{
    const std::vector<Option> general = {
        {builders::TtlOption, "SECONDS", "how long the records may be kept (3600)"},
        {"copy-as", "FORM", "write it for a service or program; make --help lists the forms"},
        {"zone", "NAME", "where the zone begins, for forms with relative names; otherwise guessed"},
        {"json", "", "write JSON"},
        {"output", "FILE", "write the result to FILE, whole or not at all"},
        {"color", "WHEN", "auto, always or never (auto: in a terminal, unless NO_COLOR is set)"},
        {"help", "", "show this text"},
    };
    std::vector<MakeKind> kinds;
    for (const builders::Form &form : builders::forms()) {
        std::vector<std::vector<Option>> groups;
        std::vector<Option> options;
        for (const builders::FormField &field : form.fields)
            options.push_back({field.option, field.value, field.summary,
                               field.kind == builders::FormField::Kind::List ? Use::Repeatable : Use::Once});
        if (form.name == "mta-sts")
            options.push_back(
                {"policy-file", "FILE", "write the policy to FILE too, as the web server should give it"});
        if (!options.empty())
            groups.push_back(std::move(options));
        groups.push_back(general);
        MakeKind kind{"make " + std::string(form.name), {}, &form};
        kind.command = {{}, "DOMAIN", form.summary, std::move(groups)};
        kinds.push_back(std::move(kind));
    }
    for (MakeKind &kind : kinds) // where the names stay
        kind.command.name = kind.commandName;
    return kinds;
}

} // namespace

Result<builders::Built, Failure> MakeKind::make(const DomainName &domain, const Arguments &arguments) const
{
    builders::Choices choices;
    for (const builders::FormField &field : form->fields) {
        if (field.kind != builders::FormField::Kind::Switch)
            choices.set(field.option, arguments.values(field.option));
        else if (arguments.has(field.option))
            choices.set(field.option, std::string());
    }
    choices.set(builders::TtlOption, arguments.values(builders::TtlOption));
    if (form->find("key")) {
        if (auto failure = readKey(choices))
            return *std::move(failure);
    }
    if (form->name == "mta-sts" && !choices.has("id"))
        choices.set("id", idOfNow());
    builders::BuildResult result = form->build(domain, choices);
    if (!result)
        return usage(result.error().sentence);
    return *std::move(result);
}

const std::vector<MakeKind> &makeKinds()
{
    static const std::vector<MakeKind> All = listOfKinds();
    return All;
}

} // namespace mailoscope::cli
