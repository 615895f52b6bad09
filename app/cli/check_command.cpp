// SPDX-License-Identifier: Apache-2.0
#include "check_lines.h"
#include "commands.h"
#include "fact_origin.h"
#include "gather/check_runner.h"
#include "interrupt.h"
#include "output.h"
#include "progress.h"
#include "report/explain.h"
#include "report/text.h"
#include "surroundings.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <deque>

#include <unistd.h>

namespace mailoscope::cli
{

namespace
{

using Json = nlohmann::ordered_json;

int fail(const Failure &failure)
{
    tell(failure.sentence);
    return failure.kind == Failure::Kind::Usage ? WrongUsage : Impossible;
}

std::int64_t now()
{
    return static_cast<std::int64_t>(std::time(nullptr));
}

Result<spf::CheckArguments, Failure> checkOf(const Arguments &arguments)
{
    const auto ip = arguments.value("ip");
    const auto sender = arguments.value("sender");
    const auto helo = arguments.value("helo");
    if (!ip)
        return usage("--ip is missing: the address of the client.");
    if (!sender && !helo)
        return usage("--sender is missing: the MAIL FROM address, or \"\" together with --helo.");
    if (sender && sender->empty() && !helo)
        return usage("With an empty --sender the HELO name is checked: give --helo.");
    const auto address = IpAddress::parse(*ip);
    if (!address)
        return usage("\"" + shown(*ip) + "\" is not an IP address.");
    return spf::CheckArguments{*address, sender.value_or(""), helo.value_or(""),
                               arguments.value("receiver").value_or("unknown"), now()};
}

Json stepToJson(const spf::Step &step, const spf::CheckArguments &arguments)
{
    Json asked = Json::array();
    for (const dns::Question &question : step.asked)
        asked.push_back(dns::toString(question));
    Json answers = Json::array();
    for (const std::string &answer : step.answers)
        answers.push_back(shown(answer));
    return {{"domain", step.domain.text()},
            {"depth", step.path.size()},
            {"term", losslessText(step.text).utf8},
            {"expanded", shown(step.expanded)},
            {"asked", std::move(asked)},
            {"answers", std::move(answers)},
            {"result", step.result ? Json(toString(*step.result)) : Json()},
            {"lookups", step.lookups},
            {"void_lookups", step.voidLookups},
            {"sentence", sentenceOf(step, arguments)}};
}

std::string outcomeJson(const spf::CheckArguments &arguments, const spf::CheckOutcome &outcome)
{
    const std::string cause = sentenceOf(outcome.cause);
    Json json = {{"result", toString(outcome.result)},
                 {"explanation", losslessText(outcome.explanation).utf8},
                 {"mechanism", losslessText(outcome.mechanism()).utf8},
                 {"lookups", outcome.lookups},
                 {"void_lookups", outcome.voidLookups},
                 {"cause", cause.empty() ? Json() : Json(cause)}};
    json["steps"] = Json::array();
    for (const spf::Step &step : outcome.steps)
        json["steps"].push_back(stepToJson(step, arguments));
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

/// One check with its walk.
int runOne(const Arguments &arguments, const FactOrigin &origin, Recorder &recorder, Output &output)
{
    const auto check = checkOf(arguments);
    if (!check)
        return fail(check.error());
    const auto style = styleFor(arguments, output.isFile());
    if (!style)
        return fail(style.error());
    const TextOptions text{*style,
                           arguments.has("each-address") ? AddressTerms::Each : AddressTerms::Together};
    std::optional<spf::CheckOutcome> result;
    gather::CheckRunnerOptions options;
    options.trace = spf::Trace::On;
    const auto sink = [&result](quint64, const spf::CheckOutcome *outcome) {
        if (outcome)
            result = *outcome;
        QMetaObject::invokeMethod(
            qApp, [] { QCoreApplication::quit(); }, Qt::QueuedConnection);
    };
    gather::CheckRunner runner(origin.gatherer(), sink, options);
    bool isStopped = false;
    Interrupt interrupt([&isStopped] {
        isStopped = true;
        QCoreApplication::quit();
    });
    runner.add(*check);
    QCoreApplication::exec();
    if (isStopped)
        return fail(impossible("Stopped before all answers had come."));
    const spf::Identity identity = spf::identityOf(check->sender, check->helo);
    if (!result || recorder.heardNothing())
        return fail(origin.silence(identity.domainText, recorder.firstFailure()));
    if (identity.domain)
        recorder.addDomain(*identity.domain);
    output.write(arguments.has("json") ? outcomeJson(*check, *result) : checkToText(*check, *result, text));
    std::optional<Failure> failure = output.finish();
    if (!failure)
        failure = recorder.finish();
    return failure ? fail(*failure) : Done;
}

/// Checks from standard input, line by line.
class LinesRun : public QObject
{
public:
    LinesRun(const FactOrigin &origin, Recorder &recorder, Output &output)
        : m_origin(origin),
          m_recorder(recorder),
          m_output(output),
          m_runner(origin.gatherer(), [this](quint64, const spf::CheckOutcome *outcome) { take(outcome); }),
          m_notifier(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_notifier, &QSocketNotifier::activated, this, &LinesRun::readSome);
        connect(&m_runner, &gather::CheckRunner::roomBecame, this,
                [this] { m_notifier.setEnabled(!m_isAtEnd); });
        connect(&m_runner, &gather::CheckRunner::idled, this, &LinesRun::endIfDone);
        m_buffer.resize(Chunk);
        m_time = now();
    }

    int run()
    {
        Interrupt interrupt([this] {
            m_isStopped = true;
            QCoreApplication::quit();
        });
        QCoreApplication::exec();
        m_progress.clear();
        sendOn();
        if (m_readError != 0)
            return fail(
                impossible(std::string("Cannot read standard input: ") + std::strerror(m_readError) + '.'));
        std::optional<Failure> failure = m_output.finish();
        if (m_isStopped && !failure)
            return fail(impossible("Stopped after " + std::to_string(m_written) + " results."));
        if (!failure)
            failure = m_recorder.finish();
        if (!failure && m_recorder.heardNothing())
            failure = m_origin.silence("any of the senders", m_recorder.firstFailure());
        return failure ? fail(*failure) : Done;
    }

private:
    static constexpr std::size_t Chunk = 1U << 16U;

    void readSome()
    {
        const ssize_t count = read(STDIN_FILENO, m_buffer.data(), m_buffer.size());
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        m_time = now();
        const auto line = [this](std::string_view text, bool isTooLong) { add(text, isTooLong); };
        if (count > 0) {
            m_lines.add(std::string_view(m_buffer.data(), static_cast<std::size_t>(count)), line);
        } else {
            m_readError = count < 0 ? errno : 0;
            m_lines.finish(line);
            m_isAtEnd = true;
        }
        m_notifier.setEnabled(!m_isAtEnd && m_runner.hasRoom());
        sendOn();
        endIfDone();
    }

    void add(std::string_view line, bool isTooLong)
    {
        if (m_isFirstLine && line.starts_with("\xef\xbb\xbf")) // a byte order mark
            line.remove_prefix(3);
        m_isFirstLine = false;
        if (isTooLong) {
            addError("The line is longer than 65536 octets.");
            return;
        }
        Result<spf::CheckArguments, std::string> check = readCheck(line);
        if (!check) {
            addError(check.error());
            return;
        }
        check->time = m_time;
        m_runner.add(*std::move(check));
    }

    void addError(std::string sentence)
    {
        m_errors.push_back(std::move(sentence));
        m_runner.skip();
    }

    /// The next place's result: errors come in the order in which their places were skipped.
    void take(const spf::CheckOutcome *outcome)
    {
        if (outcome) {
            appendResult(m_results, *outcome);
        } else {
            appendError(m_results, m_errors.front());
            m_errors.pop_front();
        }
        ++m_written;
        if (m_results.size() >= Chunk)
            sendOn();
        else if (!m_isSendingPlanned)
            planSending();
    }

    /// Results leave as soon as the event loop comes round: a caller that asks line by line is not kept
    /// waiting.
    void planSending()
    {
        m_isSendingPlanned = true;
        QMetaObject::invokeMethod(
            this, [this] { sendOn(); }, Qt::QueuedConnection);
    }

    void sendOn()
    {
        m_isSendingPlanned = false;
        if (m_results.empty())
            return;
        m_output.write(m_results);
        m_results.clear();
        if (!m_output.flush())
            QCoreApplication::quit();
        m_progress.show(std::to_string(m_written) + " checks");
    }

    void endIfDone()
    {
        if (m_isAtEnd && !m_runner.isBusy())
            QCoreApplication::quit();
    }

    const FactOrigin &m_origin;
    Recorder &m_recorder;
    Output &m_output;
    Progress m_progress;
    std::string m_results;
    std::deque<std::string> m_errors;
    gather::CheckRunner m_runner;
    QSocketNotifier m_notifier;
    LineReader m_lines;
    std::string m_buffer;
    std::int64_t m_time = 0;
    std::uint64_t m_written = 0;
    int m_readError = 0;
    bool m_isFirstLine = true;
    bool m_isAtEnd = false;
    bool m_isStopped = false;
    bool m_isSendingPlanned = false;
};

} // namespace

int runCheck(const Arguments &arguments)
{
    const bool isStream = arguments.has("stdin");
    for (const char *option : {"ip", "sender", "helo", "receiver", "each-address"}) {
        if (isStream && arguments.has(option))
            return fail(usage("--stdin reads the checks from standard input; --" + std::string(option) +
                              " has no place beside it."));
    }
    const auto origin = FactOrigin::make(arguments);
    if (!origin)
        return fail(origin.error());
    auto output = Output::open(arguments.value("output"));
    if (!output)
        return fail(output.error());
    const auto recorder = Recorder::make(arguments, *origin);
    if (!recorder)
        return fail(recorder.error());
    return isStream ? LinesRun(*origin, **recorder, *output).run()
                    : runOne(arguments, *origin, **recorder, *output);
}

} // namespace mailoscope::cli
