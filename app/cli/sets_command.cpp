// SPDX-License-Identifier: Apache-2.0
// spf-compare and spf-flatten.
#include "base/ascii.h"
#include "base/domain_input.h"
#include "commands.h"
#include "fact_origin.h"
#include "fact_run.h"
#include "output.h"
#include "report/json.h"
#include "report/spf_sets.h"
#include "spf/sets/operand.h"
#include "surroundings.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace mailoscope::cli
{

namespace
{

constexpr std::size_t MaxFile = 64U << 20U; // octets of a file that spf-flatten has written

int fail(const Failure &failure)
{
    tell(failure.sentence);
    return failure.kind == Failure::Kind::Usage ? WrongUsage : Impossible;
}

/// The files and the style of a run.
struct Surroundings {
    FactOrigin origin;
    Output output;
    std::unique_ptr<Recorder> recorder;
    terminal::Style style;
};

Result<Surroundings, Failure> surroundingsOf(const Arguments &arguments)
{
    const auto outputName = arguments.value("output");
    const auto style = styleFor(arguments, outputName && *outputName != "-");
    if (!style)
        return style.error();
    auto origin = FactOrigin::make(arguments);
    if (!origin)
        return origin.error();
    auto output = Output::open(outputName);
    if (!output)
        return output.error();
    auto recorder = Recorder::make(arguments, *origin);
    if (!recorder)
        return recorder.error();
    return Surroundings{*std::move(origin), *std::move(output), *std::move(recorder), *style};
}

int finish(Surroundings &around, const std::string &text, int exitCode)
{
    around.output.write(text);
    std::optional<Failure> failure = around.output.finish();
    if (!failure)
        failure = around.recorder->finish();
    return failure ? fail(*failure) : exitCode;
}

Result<spf::Operand, Failure> operandOf(const std::string &given, const Arguments &arguments)
{
    if (!ascii::startsWithIgnoringCase(given, "v=spf1")) {
        const auto domain = readDomain(given);
        if (!domain)
            return usage(domain.error().message);
        return spf::Operand{domain->text(), *domain, std::nullopt, true};
    }
    if (!spf::isSpfRecord(given))
        return usage("A record begins with \"v=spf1\" and a blank: \"" + shown(given.substr(0, 40)) +
                     "\" does not.");
    const auto name = arguments.value("domain");
    if (!name && spf::speaksOfItsDomain(given))
        return usage("The record has terms that speak of its own domain, such as a, mx or macros: name that "
                     "with --domain.");
    const auto domain = readDomain(name.value_or("record.example.com"));
    if (!domain)
        return usage(domain.error().message);
    return spf::Operand{"the given record", *domain, given, name.has_value()};
}

/// The own record's branches that a name or a term was given for.
Result<std::set<spf::BranchPlace>, Failure> branchesNamed(const std::vector<std::string> &names,
                                                          const std::vector<spf::Branch> &branches)
{
    std::set<spf::BranchPlace> places;
    for (const std::string &given : names) {
        const auto domain = DomainName::parse(given);
        const std::string term = ascii::lowered(given);
        bool isFound = false;
        for (const spf::Branch &branch : branches) {
            const bool isTarget = domain && branch.target == *domain && branch.term().child != nullptr;
            if (!isTarget && ascii::lowered(branch.text) != term && branch.spelling != term)
                continue;
            places.insert(branch.place);
            isFound = true;
        }
        if (isFound)
            continue;
        std::string known;
        for (const spf::Branch &branch : branches)
            known += (known.empty() ? "" : ", ") + shown(branch.text);
        return usage("No branch of the record is \"" + shown(given) + "\". " +
                     (known.empty() ? "It has none that costs a look-up." : "It has " + known + '.'));
    }
    return places;
}

int refuse(const spf::Refusal &refusal, const DomainName &domain)
{
    tell(sentenceOf(refusal, domain));
    if (refusal.why == spf::Refusal::Why::CannotReplace)
        return Impossible;
    for (const spf::Branch &branch : refusal.branches)
        tell(sentenceOf(branch));
    return refusal.why == spf::Refusal::Why::NothingToDo ? Done : Impossible;
}

int runDrift(const Arguments &arguments, const DomainName &domain, const std::string &fileName)
{
    const Result<std::string, Failure> octets = readFile(fileName, MaxFile);
    if (!octets)
        return fail(octets.error());
    const Result<FlattenedFile, std::string> file = readFlattened(*octets);
    if (!file)
        return fail(impossible('"' + shown(fileName) + "\": " + file.error()));
    if (file->domain != domain)
        return fail(usage("The file is about " + shown(file->domain.text()) + ", not about " +
                          shown(domain.text()) + '.'));
    auto around = surroundingsOf(arguments);
    if (!around)
        return fail(around.error());
    around->recorder->addDomain(domain);
    spf::RecordCache records;
    DriftReport report{domain, file->at, around->origin.gatherer()->context().inspectedAt, {}};
    FactRun facts(around->origin);
    if (!facts.run([&](FactSource &source) {
            report.drifts = spf::driftOf(domain, file->branches, source, records);
        }))
        return fail(impossible("Stopped before all answers had come."));
    if (around->recorder->heardNothing())
        return fail(around->origin.silence(domain.text(), around->recorder->firstFailure()));
    const bool isFound = report.isDrift() && arguments.has("fail-on-difference");
    return finish(*around,
                  arguments.has("json") ? toText(toJson(report), JsonLayout::Indented) + '\n'
                                        : toText(report, around->style),
                  isFound ? Found : Done);
}

} // namespace

int runCompare(const Arguments &arguments)
{
    if (arguments.operands().size() != 2)
        return fail(usage("Name two domains or record texts: the old and the new one."));
    const auto before = operandOf(arguments.operands()[0], arguments);
    if (!before)
        return fail(before.error());
    const auto after = operandOf(arguments.operands()[1], arguments);
    if (!after)
        return fail(after.error());
    auto around = surroundingsOf(arguments);
    if (!around)
        return fail(around.error());
    for (const spf::Operand *operand : {&*before, &*after}) {
        if (operand->hasDomain)
            around->recorder->addDomain(operand->domain);
    }
    spf::RecordCache records;
    FactRun facts(around->origin);
    ComparisonReport report{{before->name, {}}, {after->name, {}}, {}};
    if (!facts.run([&](FactSource &source) {
            report.before.evaluation = spf::evaluate(*before, source, records);
            report.after.evaluation = spf::evaluate(*after, source, records);
        }))
        return fail(impossible("Stopped before all answers had come."));
    if (around->recorder->heardNothing())
        return fail(around->origin.silence(before->name, around->recorder->firstFailure()));
    report.comparison = spf::compare(report.before.evaluation, report.after.evaluation);
    const bool isFound = !report.comparison.isSame() && arguments.has("fail-on-difference");
    return finish(*around,
                  arguments.has("json") ? toText(toJson(report), JsonLayout::Indented) + '\n'
                                        : toText(report, around->style),
                  isFound ? Found : Done);
}

int runFlatten(const Arguments &arguments)
{
    if (arguments.operands().size() != 1)
        return fail(usage("Name one domain, such as example.com."));
    const auto domain = readDomain(arguments.operands().front());
    if (!domain)
        return fail(usage(domain.error().message));
    const int ways = int(arguments.has("branch")) + int(arguments.has("under-limit")) +
                     int(arguments.has("clean-only")) + int(arguments.has("check"));
    if (ways > 1)
        return fail(
            usage("--branch, --under-limit, --clean-only and --check each say what to do: give one."));
    if (const auto fileName = arguments.value("check"))
        return runDrift(arguments, *domain, *fileName);
    auto around = surroundingsOf(arguments);
    if (!around)
        return fail(around.error());
    around->recorder->addDomain(*domain);

    spf::RecordCache records;
    FactRun facts(around->origin);
    spf::Evaluation evaluation;
    const auto stopped = [] { return fail(impossible("Stopped before all answers had come.")); };
    if (!facts.run([&](FactSource &source) { evaluation = spf::evaluate(*domain, source, records); }))
        return stopped();
    if (around->recorder->heardNothing())
        return fail(around->origin.silence(domain->text(), around->recorder->firstFailure()));
    spf::FlattenOptions options;
    options.covered = arguments.has("remove-covered") ? spf::CoveredToday::Removed : spf::CoveredToday::Kept;
    options.replaced = spf::replaceableIncludes(evaluation);
    if (arguments.has("branch")) {
        const auto named = branchesNamed(arguments.values("branch"), spf::branchesOf(evaluation));
        if (!named)
            return fail(named.error());
        options.replaced = *named;
    }
    Result<spf::Rewriting, spf::Refusal> result = spf::Refusal{};
    if (!facts.run([&](FactSource &source) {
            result = arguments.has("clean-only")    ? spf::clean(evaluation, source, records, options.covered)
                     : arguments.has("under-limit") ? spf::bringUnderLimit(evaluation, source, records)
                                                    : spf::flatten(evaluation, source, records, options);
        }))
        return stopped();
    if (!result)
        return refuse(result.error(), *domain);
    const RewritingReport report{*std::move(result), around->origin.gatherer()->context().inspectedAt};
    return finish(*around,
                  arguments.has("json") ? toText(toJson(report), JsonLayout::Indented) + '\n'
                                        : toText(report, around->style),
                  Done);
}

} // namespace mailoscope::cli
