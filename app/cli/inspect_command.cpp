// SPDX-License-Identifier: Apache-2.0
#include "base/domain_input.h"
#include "commands.h"
#include "fact_origin.h"
#include "gather/inspector.h"
#include "interrupt.h"
#include "output.h"
#include "profiles/profiles.h"
#include "progress.h"
#include "report/json.h"
#include "report/sarif.h"
#include "report/text.h"
#include "surroundings.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>

#include <deque>
#include <functional>

namespace mailoscope::cli
{

namespace
{

constexpr std::size_t MaxInput = 64U << 20U; // octets of a list of domains

/// What to inspect.
struct Work {
    std::vector<DomainName> domains;
    bool fromStandardInput = false;
    bool someUnreadable = false;
};

/// How to write reports.
struct Form {
    bool json = false;
    bool sarif = false; ///< one log of all reports, written at the end
    JsonLayout layout = JsonLayout::Indented;
    TextOptions text;
    std::function<std::string(const Report &, const Form &)> write;
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

std::string writeReport(const Report &report, const Form &form)
{
    if (!form.json)
        return toText(report, form.text);
    nlohmann::ordered_json json = toJson(report, form.text.profile);
    if (form.text.copyAs)
        addCopies(json, report, *form.text.copyAs);
    return toText(json, form.layout) + '\n';
}

std::string writeTree(const Report &report, const Form &form)
{
    return form.json ? toText(toJson(report.spf), form.layout) + '\n' : treeToText(report.spf, form.text);
}

/// Runs inspections, several at once, and writes their reports in the order given.
class InspectRun : public QObject
{
public:
    InspectRun(Work work, Form form, InspectOptions options, const FactOrigin &origin, Recorder &recorder,
               Output &output, std::optional<Severity> failOn)
        : m_work(std::move(work)),
          m_form(std::move(form)),
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
                        running.isFinished = true;
                        running.ending = ending;
                        // The inspector is still in its signal: it is let go of from the event loop.
                        QMetaObject::invokeMethod(
                            this, [this] { takeFinished(); }, Qt::QueuedConnection);
                    });
            running.inspector->start(domain, m_options);
        }
        if (m_running.empty())
            QCoreApplication::quit();
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
        const Report &report = *running.inspector->report();
        m_recorder.keep(running.inspector->facts());
        noteSeverity(report);
        if (m_form.sarif)
            m_kept.push_back(running.inspector->report());
        else
            writeText(m_form.write(report, m_form));
    }

    /// A stopped inspection is told to people; programs get nothing rather than half of it.
    void writePartial(const Running &running)
    {
        if (!m_form.json && !m_output.isFile() && running.inspector->report() && running.done > 0)
            writeText(m_form.write(*running.inspector->report(), m_form));
    }

    void writeText(const std::string &text)
    {
        m_progress.clear();
        if (!m_form.json && m_written > 0)
            m_output.write("\n" + std::string(60, '-') + "\n\n");
        m_output.write(text);
        if (!m_output.flush())
            QCoreApplication::quit();
        ++m_written;
    }

    std::string sarifText() const
    {
        std::vector<const Report *> reports;
        for (const std::shared_ptr<const Report> &report : m_kept)
            reports.push_back(report.get());
        return toText(toSarif(reports), JsonLayout::Indented) + '\n';
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
        if (!m_kept.empty())
            writeText(sarifText());
        std::optional<Failure> failure;
        if (m_written > 0) { // else the files stay as they were
            failure = m_output.finish();
            if (!failure)
                failure = m_recorder.finish();
        }
        if (failure)
            tell(failure->sentence);
        if (failure || m_someImpossible || m_work.someUnreadable)
            return Impossible;
        return m_someFound ? Found : Done;
    }

    Work m_work;
    Form m_form;
    InspectOptions m_options;
    const FactOrigin &m_origin;
    Recorder &m_recorder;
    Output &m_output;
    std::optional<Severity> m_failOn;
    Progress m_progress;
    std::deque<Running> m_running; // in the order of output; the front one is the next to be written
    std::vector<std::shared_ptr<const Report>> m_kept; // of SARIF, which is one log
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

Result<Form, Failure> formOf(const Arguments &arguments, bool toFile)
{
    Form form;
    const std::string format = arguments.value("format").value_or(arguments.has("json") ? "json" : "text");
    for (const std::string_view later : {"markdown", "html", "pdf"}) {
        if (format == later)
            return usage("--format " + format +
                         " is not available in this version; text, json and sarif are.");
    }
    if (format != "text" && format != "json" && format != "sarif")
        return usage("\"" + shown(format) + "\" is not a format: text, json and sarif are.");
    if (arguments.has("json") && format != "json")
        return usage("--json and --format " + format + " contradict each other.");
    form.sarif = format == "sarif";
    form.json = format == "json" || form.sarif;
    const Result<terminal::Style, Failure> style = styleFor(arguments, toFile);
    if (!style)
        return style.error();
    form.text.style = *style;
    if (const auto profile = arguments.value("profile")) {
        if (!profiles::find(*profile))
            return usage("There is no profile \"" + shown(*profile) + "\". The profiles are " +
                         profileNames() + '.');
        if (form.sarif)
            return usage("--profile is for text and JSON; SARIF has no place for it.");
        form.text.profile = *profile;
    }
    if (const auto copyAs = arguments.value("copy-as")) {
        form.text.copyAs = fixes::copyFormFromOption(*copyAs);
        if (!form.text.copyAs)
            return usage("There is no form \"" + shown(*copyAs) + "\". The forms are " + copyFormNames() +
                         '.');
        if (form.sarif)
            return usage("--copy-as is for text and JSON; SARIF has no place for it.");
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

int fail(const Failure &failure)
{
    tell(failure.sentence);
    return failure.kind == Failure::Kind::Usage ? WrongUsage : Impossible;
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
    auto form = formOf(arguments, outputName && *outputName != "-");
    if (!form)
        return fail(form.error());
    form->write = mode == Mode::Tree ? writeTree : writeReport;
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
    if (mode == Mode::Tree && form->sarif)
        return fail(usage("spf-tree writes text or JSON."));
    if (mode == Mode::Tree && (work->domains.size() > 1 || work->fromStandardInput))
        return fail(usage("spf-tree shows one domain at a time."));
    if (work->fromStandardInput || work->domains.size() > 1)
        form->layout = JsonLayout::OneLine;
    auto output = Output::open(outputName);
    if (!output)
        return fail(output.error());
    const auto recorder = Recorder::make(arguments, *origin);
    if (!recorder)
        return fail(recorder.error());
    return InspectRun(*work, *form, *options, *origin, **recorder, *output, *failOn).run();
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
