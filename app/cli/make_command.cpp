// SPDX-License-Identifier: Apache-2.0
#include "base/domain_input.h"
#include "commands.h"
#include "make_kinds.h"
#include "output.h"
#include "surroundings.h"

#include "fixes/copy_as.h"
#include "report/terminal.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>

namespace mailoscope::cli
{

namespace
{

using Json = nlohmann::ordered_json;

int complain(const Failure &failure, const std::string &command)
{
    const bool isUsage = failure.kind == Failure::Kind::Usage;
    tell(failure.sentence + (isUsage ? " See mailoscope-cli " + command + " --help." : ""));
    return isUsage ? WrongUsage : Impossible;
}

/// What is asked of the result, whatever is made.
struct Wish {
    std::optional<fixes::CopyForm> form;
    std::optional<DomainName> zone;
    bool json = false;
};

Result<Wish, Failure> wishOf(const Arguments &arguments)
{
    Wish wish;
    wish.json = arguments.has("json");
    if (const auto name = arguments.value("copy-as")) {
        wish.form = fixes::copyFormFromOption(*name);
        if (!wish.form) {
            std::vector<std::string_view> known;
            for (const fixes::CopyFormInfo &info : fixes::copyForms())
                known.push_back(info.option);
            const std::string meant = nearest(*name, known);
            return usage("There is no form \"" + shown(*name) + "\" for --copy-as." +
                         (meant.empty() ? "" : " Did you mean " + meant + '?'));
        }
    }
    if (const auto name = arguments.value("zone")) {
        const auto zone = readDomain(*name);
        if (!zone)
            return usage("--zone: " + zone.error().message);
        if (!wish.form)
            return usage("--zone says where a form begins its names: give --copy-as too.");
        wish.zone = *zone;
    }
    return wish;
}

/// "whether A, whether B and C"
std::string enumerated(const std::vector<std::string> &parts)
{
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? ", and " : ", ") + parts[i];
    return text;
}

fixes::Copied copied(const builders::Built &built, const Wish &wish)
{
    fixes::CopyRequest request = fixes::copyRequest(built.changes, FactStore());
    request.basis = fixes::Basis::NotSeen;
    request.zone = wish.zone;
    return fixes::copyAs(*wish.form, request);
}

Json recordToJson(const fixes::RecordChange &change)
{
    return {{"name", shown(change.name.text())},
            {"type", dns::toString(change.type)},
            {"before", nullptr},
            {"after", losslessText(fixes::textOf(change.type, *change.after)).utf8},
            {"ttl", change.ttl}};
}

std::string jsonOf(std::string_view kind, const DomainName &domain, const builders::Built &built,
                   const Wish &wish)
{
    Json json = {{"kind", kind}, {"domain", shown(domain.text())}};
    json["changes"] = Json::array();
    json["files"] = Json::array();
    for (const fixes::Change &change : built.changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change))
            json["changes"].push_back(recordToJson(*record));
        else if (const auto *file = std::get_if<fixes::FileChange>(&change))
            json["files"].push_back({{"url", shown(file->url.text())},
                                     {"media_type", file->mediaType},
                                     {"after", losslessText(file->after).utf8}});
    }
    json["explanations"] = Json::array();
    for (const builders::Explanation &explanation : built.explanations)
        json["explanations"].push_back({{"part", explanation.part}, {"sentence", explanation.sentence}});
    json["warnings"] = built.warnings;
    json["not_checked"] = built.unchecked;
    if (wish.form) {
        const fixes::Copied text = copied(built, wish);
        json["copied"] = {{"form", fixes::infoOf(*wish.form).option},
                          {"text", losslessText(text.text).utf8},
                          {"notes", text.notes}};
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

/// Records and files stand in lines of their own, so that they can be copied.
std::string textOf(const builders::Built &built, const terminal::Style &style)
{
    terminal::Page page(style);
    for (const fixes::Change &change : built.changes) {
        if (const auto *record = std::get_if<fixes::RecordChange>(&change)) {
            page.line(page.toned(terminal::Tone::Strong, page.fit(shown(record->name.text()))) + "  " +
                      dns::toString(record->type) + "  TTL " + std::to_string(record->ttl));
            page.line(page.fit(shown(fixes::textOf(record->type, *record->after))));
        } else if (const auto *file = std::get_if<fixes::FileChange>(&change)) {
            page.line(page.toned(terminal::Tone::Strong, page.fit(shown(file->url.text()))) + "  " +
                      file->mediaType);
            std::string_view rest = file->after;
            while (!rest.empty()) {
                const std::size_t end = rest.find("\r\n");
                page.line(page.fit(shown(rest.substr(0, end))));
                rest.remove_prefix(
                    std::min(end == std::string_view::npos ? rest.size() : end + 2, rest.size()));
            }
        }
        page.line();
    }
    for (const builders::Explanation &explanation : built.explanations)
        page.paragraph("  " + page.fit(explanation.part) + ": ", explanation.sentence);
    return page.take();
}

std::optional<Failure> writePolicyFile(const Arguments &arguments, const builders::Built &built)
{
    const auto name = arguments.value("policy-file");
    if (!name)
        return std::nullopt;
    auto output = Output::open(*name);
    if (!output)
        return output.error();
    for (const fixes::Change &change : built.changes) {
        if (const auto *file = std::get_if<fixes::FileChange>(&change))
            output->write(file->after);
    }
    return output->finish();
}

void tellRemarks(const builders::Built &built, const std::vector<std::string> &notes)
{
    for (const std::string &warning : built.warnings)
        tell("Mind: " + warning);
    for (const std::string &note : notes)
        tell(note);
    if (!built.unchecked.empty())
        tell("Nothing was looked up; not checked: " + enumerated(built.unchecked) + '.');
}

std::optional<Failure> give(const MakeKind &kind, const Arguments &arguments, const Wish &wish,
                            const DomainName &domain, const builders::Built &built)
{
    auto output = Output::open(arguments.value("output"));
    if (!output)
        return output.error();
    const auto style = styleFor(arguments, output->isFile());
    if (!style)
        return style.error();
    if (auto failure = writePolicyFile(arguments, built))
        return failure;
    std::vector<std::string> notes;
    if (wish.json) {
        output->write(jsonOf(kind.name(), domain, built, wish));
    } else if (wish.form) {
        fixes::Copied text = copied(built, wish);
        output->write(text.text);
        notes = std::move(text.notes);
    } else {
        output->write(textOf(built, *style));
    }
    tellRemarks(built, notes);
    return output->finish();
}

int runKind(const MakeKind &kind, std::span<const std::string> words)
{
    const std::string command(kind.command.name);
    const auto arguments = readArguments(kind.command, words);
    if (!arguments)
        return complain(arguments.error(), command);
    if (arguments->operands().size() != 1)
        return complain(usage(arguments->operands().empty() ? "The domain is missing: " + command + " DOMAIN."
                                                            : "A record is made for one domain at a time."),
                        command);
    const auto domain = readDomain(arguments->operands().front());
    if (!domain)
        return complain(usage(domain.error().message), command);
    const auto wish = wishOf(*arguments);
    if (!wish)
        return complain(wish.error(), command);
    const auto built = kind.make(*domain, *arguments);
    if (!built)
        return complain(built.error(), command);
    const auto failure = give(kind, *arguments, *wish, *domain, *built);
    return failure ? complain(*failure, command) : Done;
}

void print(const std::string &text)
{
    std::fwrite(text.data(), 1, text.size(), stdout);
}

} // namespace

std::string makeHelpText()
{
    terminal::Page page({80, false, false});
    page.line("mailoscope-cli make KIND DOMAIN [OPTION...]");
    page.paragraph("  ", findCommand("make")->summary);
    page.line();
    for (const MakeKind &kind : makeKinds())
        page.paragraph("  mailoscope-cli " + terminal::filled(kind.command.name, 13) + ' ',
                       kind.command.summary);
    page.line();
    page.line("  mailoscope-cli make KIND --help tells the options of a kind.");
    page.line();
    page.line("  Forms for --copy-as:");
    for (const fixes::CopyFormInfo &info : fixes::copyForms())
        page.line("  " + terminal::filled(info.option, 22) + std::string(info.title));
    return page.take();
}

int runMake(std::span<const std::string> words)
{
    const auto isHelp = [](const std::string &word) { return word == "--help" || word == "-h"; };
    if (words.empty())
        return complain(usage("What is to be made is missing: make KIND DOMAIN."), "make");
    if (isHelp(words.front())) {
        print(makeHelpText());
        return Done;
    }
    const std::vector<MakeKind> &kinds = makeKinds();
    const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                   [&words](const MakeKind &k) { return k.name() == words.front(); });
    if (kind == kinds.end()) {
        std::vector<std::string_view> known;
        for (const MakeKind &k : kinds)
            known.push_back(k.name());
        const std::string meant = nearest(words.front(), known);
        return complain(usage("make knows no \"" + shown(words.front()) + "\"." +
                              (meant.empty() ? "" : " Did you mean " + meant + '?')),
                        "make");
    }
    for (const std::string &word : words.subspan(1)) {
        if (word == "--")
            break;
        if (isHelp(word)) {
            print(helpText(kind->command));
            return Done;
        }
    }
    return runKind(*kind, words.subspan(1));
}

} // namespace mailoscope::cli
