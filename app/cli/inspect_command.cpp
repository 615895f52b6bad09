// SPDX-License-Identifier: Apache-2.0
#include "base/domain_input.h"
#include "commands.h"
#include "fact_origin.h"
#include "fixes/change_file.h"
#include "fixes/workshop.h"
#include "formats.h"
#include "gather/inspector.h"
#include "interrupt.h"
#include "output.h"
#include "profiles/profiles.h"
#include "progress.h"
#include "surroundings.h"

#include <QCoreApplication>

#include <algorithm>
#include <deque>

namespace mailoscope::cli
{

namespace
{

constexpr std::size_t MaxInput = 64U << 20U;      // octets of a list of domains
constexpr std::size_t MaxChangesFile = 8U << 20U; // octets of a file for --apply

/// What to inspect.
struct Work {
    std::vector<DomainName> domains;
    bool fromStandardInput = false;
    bool someUnreadable = false;
};

/// What is laid over the facts before it is told.
struct Applied {
    std::vector<fixes::Change> changes;
    std::optional<std::string> findingId; ///< its fixes are, once they are made
};

/// "a, b and c"
std::string listed(const std::vector<std::string> &names)
{
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i)
        list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return list;
}

std::string profileNames()
{
    std::vector<std::string> names;
    for (const profiles::Profile &profile : profiles::all())
        names.push_back(profile.id);
    return listed(names);
}

std::string copyFormNames()
{
    std::vector<std::string> names;
    for (const fixes::CopyFormInfo &form : fixes::copyForms())
        names.emplace_back(form.option);
    return listed(names);
}

int fail(const Failure &failure)
{
    tell(failure.sentence);
    return failure.kind == Failure::Kind::Usage ? WrongUsage : Impossible;
}

/// Runs inspections, several at once, and writes their reports in the order given.
class InspectRun : public QObject
{
public:
    InspectRun(Work work, Applied applied, const Format &format, ReportWriter &writer, InspectOptions options,
               const FactOrigin &origin, Recorder &recorder, Output &output, std::optional<Severity> failOn)
        : m_work(std::move(work)),
          m_applied(std::move(applied)),
          m_format(format),
          m_writer(writer),
          m_options(std::move(options)),
          m_origin(origin),
          m_recorder(recorder),
          m_output(output),
          m_failOn(failOn)
    {
    }

    int run()
    {
        Interrupt interrupt([this] { stop(); });
        startMore();
        QCoreApplication::exec();
        m_progress.clear();
        return finish();
    }

private:
    struct Running {
        std::unique_ptr<gather::Inspector> inspector;
        bool isFinished = false;
        bool hasFixes = false; ///< those that were asked for are laid over the facts
        gather::Inspector::Ending ending = gather::Inspector::Ending::Done;
        int done = 0;
        int known = 0;
    };
    static constexpr std::size_t MostAtOnce = 8;

    void startMore()
    {
        while (!m_isStopped && m_running.size() < MostAtOnce && m_next < m_work.domains.size()) {
            const DomainName &domain = m_work.domains[m_next++];
            m_recorder.addDomain(domain);
            Running &running = m_running.emplace_back();
            running.inspector = std::make_unique<gather::Inspector>(m_origin.gatherer());
            connect(running.inspector.get(), &gather::Inspector::progressed, this,
                    [this, &running](int done, int known) {
                        running.done = done;
                        running.known = known;
                        showProgress();
                    });
            connect(running.inspector.get(), &gather::Inspector::finished, this,
                    [this, &running](gather::Inspector::Ending ending) {
                        running.ending = ending;
                        // The inspector is still in its signal: it is let go of from the event loop.
                        QMetaObject::invokeMethod(
                            this, [this, &running] { goOn(running); }, Qt::QueuedConnection);
                    });
            running.inspector->setChanges(m_applied.changes);
            running.inspector->start(domain, m_options);
        }
        if (m_running.empty())
            QCoreApplication::quit();
    }

    /// With the fixes in hand that were asked for, everything is told with them.
    void goOn(Running &running)
    {
        const bool wantsFixes = m_applied.findingId && !running.hasFixes && running.inspector->report() &&
                                running.ending == gather::Inspector::Ending::Done;
        if (wantsFixes) {
            running.hasFixes = true;
            std::vector<fixes::Change> changes = fixesOf(*running.inspector->report());
            if (!changes.empty()) {
                running.inspector->setChanges(std::move(changes));
                return;
            }
        }
        running.isFinished = true;
        takeFinished();
    }

    std::vector<fixes::Change> fixesOf(const Report &report)
    {
        std::vector<fixes::Change> changes;
        for (const fixes::Fix &fix : report.fixes) {
            if (report.findings[fix.finding].id != *m_applied.findingId)
                continue;
            for (const fixes::Change &change : fix.changes) {
                if (std::find(changes.begin(), changes.end(), change) == changes.end())
                    changes.push_back(change);
            }
        }
        return changes;
    }

    /// False where a change that was asked for does nothing here.
    bool hasEffect(const Running &running)
    {
        const std::string domain = shown(running.inspector->domain().text());
        if (m_applied.findingId && running.inspector->report()->applied.empty()) {
            tell("There is no fix for " + shown(*m_applied.findingId) + " at " + domain + '.');
            return false;
        }
        const auto idle = fixes::withoutEffect(m_applied.changes, running.inspector->facts());
        for (const fixes::RecordChange &change : idle)
            tell("At " + domain + " the inspection found no " + dns::toString(change.type) + " record of " +
                 shown(change.name.text()) +
                 " that says: " + shown(fixes::textOf(change.type, *change.before)));
        return idle.empty();
    }

    void takeFinished()
    {
        while (!m_running.empty() && m_running.front().isFinished) {
            write(m_running.front());
            m_running.pop_front();
        }
        startMore();
    }

    void write(const Running &running)
    {
        if (m_isStopped && running.ending != gather::Inspector::Ending::Done) {
            writePartial(running);
            return;
        }
        if (running.ending == gather::Inspector::Ending::NoResolver || !running.inspector->report()) {
            m_progress.clear();
            tell(m_origin.silence(running.inspector->domain().text(), m_recorder.firstFailure()).sentence);
            m_someImpossible = true;
            return;
        }
        if (!hasEffect(running)) {
            m_someImpossible = true;
            return;
        }
        const Report &report = *running.inspector->report();
        m_recorder.keep(running.inspector->facts());
        noteSeverity(report);
        add(running.inspector->report());
    }

    void writePartial(const Running &running)
    {
        if (m_format.showsParts && !m_output.isFile() && running.inspector->report() && running.done > 0)
            add(running.inspector->report());
    }

    ReportWriter::Sink sink()
    {
        return [this](std::string_view octets) { m_output.write(octets); };
    }

    void add(const std::shared_ptr<const Report> &report)
    {
        m_progress.clear();
        m_writer.add(report, sink());
        if (!m_output.flush())
            QCoreApplication::quit();
        ++m_written;
    }

    void noteSeverity(const Report &report)
    {
        for (const Finding &finding : report.findings)
            m_someFound = m_someFound || (m_failOn && finding.severity >= *m_failOn);
    }

    void showProgress()
    {
        int done = 0;
        int known = 0;
        for (const Running &running : m_running) {
            done += running.done;
            known += running.known;
        }
        std::string text = std::to_string(done) + " of " + std::to_string(known) + " look-ups";
        if (m_work.domains.size() > 1)
            text = std::to_string(m_written) + " of " + std::to_string(m_work.domains.size()) + " domains, " +
                   text;
        m_progress.show(text);
    }

    void stop()
    {
        m_isStopped = true;
        m_progress.clear();
        for (Running &running : m_running)
            running.inspector->stop();
        QMetaObject::invokeMethod(
            this, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    }

    int finish()
    {
        if (m_isStopped) {
            tell("Stopped before all answers had come.");
            return Impossible;
        }
        std::optional<Failure> failure;
        if (m_written > 0) { // else the files stay as they were
            failure = m_writer.finish(sink());
            if (!failure)
                failure = m_output.finish();
            if (!failure)
                failure = m_recorder.finish();
        }
        if (failure)
            return fail(*failure);
        if (m_someImpossible || m_work.someUnreadable)
            return Impossible;
        return m_someFound ? Found : Done;
    }

    Work m_work;
    Applied m_applied;
    const Format &m_format;
    ReportWriter &m_writer;
    InspectOptions m_options;
    const FactOrigin &m_origin;
    Recorder &m_recorder;
    Output &m_output;
    std::optional<Severity> m_failOn;
    Progress m_progress;
    std::deque<Running> m_running; // in the order of output; the front one is the next to be written
    std::size_t m_next = 0;
    std::size_t m_written = 0;
    bool m_isStopped = false;
    bool m_someImpossible = false;
    bool m_someFound = false;
};

std::optional<Failure> readList(Work &work)
{
    const Result<std::string, Failure> input = readStandardInput(MaxInput);
    if (!input)
        return input.error();
    if (input->size() > MaxInput)
        return impossible("Standard input is larger than 64 MiB, too large for a list of domains.");
    const std::vector<std::string> parts = splitDomainList(*input);
    if (parts.empty())
        return usage("Standard input holds no domain.");
    for (const std::string &part : parts) {
        const auto domain = readDomain(part);
        if (domain)
            work.domains.push_back(*domain);
        else
            tell(domain.error().message);
        work.someUnreadable = work.someUnreadable || !domain;
    }
    work.fromStandardInput = true;
    return std::nullopt;
}

Result<Work, Failure> workOf(const Arguments &arguments, const FactOrigin &origin)
{
    Work work;
    for (const std::string &operand : arguments.operands()) {
        if (operand == "-") {
            if (work.fromStandardInput)
                return usage("Standard input can be read once only.");
            if (const auto failure = readList(work))
                return *failure;
            continue;
        }
        const auto domain = readDomain(operand);
        if (!domain)
            return usage(domain.error().message);
        work.domains.push_back(*domain);
    }
    if (arguments.operands().empty() && origin.snapshot()) {
        work.domains = origin.snapshot()->domains;
        if (work.domains.empty())
            return usage("The snapshot does not tell which domain was inspected: name one.");
    }
    if (arguments.operands().empty() && work.domains.empty())
        return usage("Name a domain, such as example.com.");
    return work;
}

/// An option of other formats is never passed over.
std::optional<Failure> strayOption(const Arguments &arguments, std::span<const Format> formats,
                                   const Format &chosen)
{
    const auto owns = [](const Format &format, std::string_view option) {
        return std::find(format.own.begin(), format.own.end(), option) != format.own.end();
    };
    for (const Format &format : formats) {
        for (const std::string_view option : format.own) {
            if (!arguments.has(option) || owns(chosen, option))
                continue;
            std::string with;
            for (const Format &other : formats) {
                if (owns(other, option))
                    with += (with.empty() ? "" : " or ") + std::string(other.name);
            }
            return usage("--" + std::string(option) + " goes with --format " + with + " alone.");
        }
    }
    return std::nullopt;
}

std::string partNames()
{
    std::string names;
    for (const document::Part part : document::AllParts)
        names += (names.empty() ? "" : ", ") + std::string(document::optionOf(part));
    return names;
}

std::optional<Failure> readParts(const Arguments &arguments, Form &form)
{
    form.light = arguments.has("light");
    if (form.light)
        form.parts = document::lightParts();
    const auto list = arguments.value("parts");
    if (!list)
        return std::nullopt;
    form.parts.clear();
    for (std::size_t begin = 0; begin <= list->size();) {
        const std::size_t end = std::min(list->find(',', begin), list->size());
        const std::string name = list->substr(begin, end - begin);
        const std::optional<document::Part> part = document::partFromOption(name);
        if (!part)
            return usage("--parts has no part \"" + shown(name) + "\". The parts are " + partNames() + '.');
        form.parts.insert(*part);
        begin = end + 1;
    }
    return std::nullopt;
}

Result<Form, Failure> formOf(const Arguments &arguments, std::span<const Format> formats, bool toFile)
{
    Form form;
    form.arguments = &arguments;
    const std::string name = arguments.value("format").value_or(arguments.has("json") ? "json" : "text");
    form.format = findFormat(formats, name);
    if (!form.format)
        return usage("\"" + shown(name) + "\" is not a format: " + namesOf(formats) + " are.");
    if (arguments.has("json") && name != "json")
        return usage("--json and --format " + name + " contradict each other.");
    if (const auto failure = strayOption(arguments, formats, *form.format))
        return *failure;
    if (const auto failure = readParts(arguments, form))
        return *failure;
    const Result<terminal::Style, Failure> style = styleFor(arguments, toFile);
    if (!style)
        return style.error();
    form.text.style = *style;
    if (const auto profile = arguments.value("profile")) {
        if (!profiles::find(*profile))
            return usage("There is no profile \"" + shown(*profile) + "\". The profiles are " +
                         profileNames() + '.');
        if (!form.format->takesProfile)
            return usage("--profile is of no use here: " + std::string(form.format->title) +
                         " has no place for it.");
        form.text.profile = *profile;
    }
    if (const auto copyAs = arguments.value("copy-as")) {
        form.text.copyAs = fixes::copyFormFromOption(*copyAs);
        if (!form.text.copyAs)
            return usage("There is no form \"" + shown(*copyAs) + "\". The forms are " + copyFormNames() +
                         '.');
        if (!form.format->takesCopyAs)
            return usage("--copy-as is of no use here: " + std::string(form.format->title) +
                         " has no place for it.");
        if (arguments.has("no-fixes"))
            return usage("--copy-as writes fixes, and --no-fixes leaves them out: give one of them.");
    }
    form.text.addressTerms = arguments.has("each-address") ? AddressTerms::Each : AddressTerms::Together;
    return form;
}

Result<InspectOptions, Failure> inspectOptionsOf(const Arguments &arguments)
{
    InspectOptions options;
    options.fixes = !arguments.has("no-fixes");
    const auto ip = arguments.value("sample-ip");
    const auto sender = arguments.value("sample-sender");
    const auto helo = arguments.value("sample-helo");
    if (!ip && !sender && !helo)
        return options;
    spf::Sample sample{std::nullopt, sender.value_or(""), helo.value_or("")};
    if (ip) {
        sample.ip = IpAddress::parse(*ip);
        if (!sample.ip)
            return usage("\"" + shown(*ip) + "\" is not an IP address.");
    }
    options.spf.sample = std::move(sample);
    return options;
}

Result<std::optional<Severity>, Failure> failOnOf(const Arguments &arguments)
{
    const auto text = arguments.value("fail-on");
    const auto severity = text ? severityFromString(*text) : std::nullopt;
    if (text && (!severity || *severity == Severity::Info))
        return usage("--fail-on takes low, medium, high or critical, not \"" + shown(*text) + "\".");
    return severity;
}

Result<Applied, Failure> appliedOf(const Arguments &arguments)
{
    Applied applied;
    applied.findingId = arguments.value("with-fix");
    const auto file = arguments.value("apply");
    if (applied.findingId && file)
        return usage("--apply and --with-fix both say what is published: give one of them.");
    if (applied.findingId && arguments.has("no-fixes"))
        return usage("--with-fix needs fixes, and --no-fixes leaves them out: give one of them.");
    if (applied.findingId) {
        const auto known = fixes::mendableIds();
        if (std::find(known.begin(), known.end(), *applied.findingId) == known.end())
            return usage("Nothing is known that mends \"" + shown(*applied.findingId) + "\".");
    }
    if (!file)
        return applied;
    const Result<std::string, Failure> text = readFile(*file, MaxChangesFile);
    if (!text)
        return text.error();
    auto changes = fixes::readChanges(*text);
    if (!changes)
        return impossible(shown(*file) + ": " + changes.error());
    applied.changes = *std::move(changes);
    return applied;
}

enum class Mode { Inspect, Tree };

int runWith(const Arguments &arguments, Mode mode)
{
    const auto failOn = failOnOf(arguments);
    if (!failOn)
        return fail(failOn.error());
    auto options = inspectOptionsOf(arguments);
    if (!options)
        return fail(options.error());
    const auto outputName = arguments.value("output");
    auto form =
        formOf(arguments, mode == Mode::Tree ? treeFormats() : formats(), outputName && *outputName != "-");
    if (!form)
        return fail(form.error());
    const auto applied = appliedOf(arguments);
    if (!applied)
        return fail(applied.error());
    const auto origin = FactOrigin::make(arguments);
    if (!origin)
        return fail(origin.error());
    options->reach = origin->reach(arguments);
    options->selectors.user = origin->selectors(arguments);
    if (mode == Mode::Tree)
        options->scope = InspectOptions::Scope::Spf;
    const auto work = workOf(arguments, *origin);
    if (!work)
        return fail(work.error());
    if (mode == Mode::Tree && (work->domains.size() > 1 || work->fromStandardInput))
        return fail(usage("spf-tree shows one domain at a time."));
    if (work->fromStandardInput || work->domains.size() > 1)
        form->layout = JsonLayout::OneLine;
    form->several = form->layout == JsonLayout::OneLine;
    auto writer = form->format->make(*form);
    if (!writer)
        return fail(writer.error());
    auto output = Output::open(outputName);
    if (!output)
        return fail(output.error());
    const auto recorder = Recorder::make(arguments, *origin);
    if (!recorder)
        return fail(recorder.error());
    return InspectRun(*work, *applied, *form->format, **writer, *options, *origin, **recorder, *output,
                      *failOn)
        .run();
}

} // namespace

int runInspect(const Arguments &arguments)
{
    return runWith(arguments, Mode::Inspect);
}

int runTree(const Arguments &arguments)
{
    return runWith(arguments, Mode::Tree);
}

} // namespace mailoscope::cli
