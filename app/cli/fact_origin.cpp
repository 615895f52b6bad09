// SPDX-License-Identifier: Apache-2.0
#include "fact_origin.h"

#include "base/text.h"
#include "gather/dns_gatherer.h"
#include "gather/https_gatherer.h"
#include "gather/network_gatherer.h"
#include "gather/server_gatherer.h"
#include "gather/smtp_gatherer.h"
#include "gather/snapshot_gatherer.h"
#include "report/sample.h"

#include <charconv>

namespace mailoscope::cli
{

namespace
{

Result<gather::GathererOptions, Failure> networkOptions(const Arguments &arguments)
{
    gather::GathererOptions options;
    for (const std::string &text : arguments.values("resolver")) {
        const auto resolver = gather::Resolver::parse(QString::fromStdString(text));
        if (!resolver)
            return usage("\"" + shown(text) +
                         "\" is not the address of a resolver: give an IP address, and a port if it " +
                         "is not 53, such as 192.0.2.53:5353 or [2001:db8::53]:5353.");
        options.resolvers.push_back(*resolver);
    }
    if (options.resolvers.empty())
        options.resolvers = gather::systemResolvers();
    if (options.resolvers.empty())
        return impossible("This system has no resolver set up. Name one with --resolver.");
    return options;
}

Result<std::optional<std::chrono::milliseconds>, Failure> timeoutOf(const Arguments &arguments)
{
    constexpr int Longest = 600'000;
    const auto text = arguments.value("timeout");
    if (!text)
        return std::optional<std::chrono::milliseconds>();
    int number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < 1 || number > Longest)
        return usage("--timeout takes milliseconds from 1 to 600000, not \"" + shown(*text) + "\".");
    return std::optional(std::chrono::milliseconds(number));
}

Result<std::shared_ptr<const Snapshot>, Failure> snapshotFrom(const std::string &fileName)
{
    const Result<std::string, Failure> octets = readFile(fileName, MaxSnapshotOctets);
    if (!octets)
        return octets.error();
    Result<Snapshot, SnapshotError> snapshot = readSnapshot(*octets);
    if (!snapshot)
        return impossible("\"" + shown(fileName) + "\": " + snapshot.error().message);
    return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(*std::move(snapshot)));
}

Result<std::shared_ptr<const Snapshot>, Failure> readSample()
{
    Result<Snapshot, SnapshotError> snapshot = readSnapshot(sampleSnapshot());
    if (!snapshot)
        return impossible("The built-in sample is damaged: " + snapshot.error().message);
    return std::shared_ptr<const Snapshot>(std::make_shared<Snapshot>(*std::move(snapshot)));
}

/// The certificate authorities of `--ca-file`.
Result<QList<QSslCertificate>, Failure> authoritiesOf(const Arguments &arguments)
{
    constexpr std::size_t MaxOctets = 16U << 20U;
    const auto fileName = arguments.value("ca-file");
    if (!fileName)
        return QList<QSslCertificate>();
    const Result<std::string, Failure> pem = readFile(*fileName, MaxOctets);
    if (!pem)
        return pem.error();
    const QList<QSslCertificate> authorities =
        QSslCertificate::fromData(QByteArray::fromStdString(*pem), QSsl::Pem);
    if (authorities.isEmpty())
        return impossible('"' + shown(*fileName) + "\" holds no certificate in PEM.");
    return authorities;
}

} // namespace

Result<FactOrigin, Failure> FactOrigin::make(const Arguments &arguments)
{
    const auto timeout = timeoutOf(arguments);
    if (!timeout)
        return timeout.error();
    const auto fileName = arguments.value("snapshot");
    const bool isSample = arguments.has("sample");
    if (isSample && fileName)
        return usage("--sample and --snapshot each name where the answers come from: give one of them.");
    if (arguments.has("smtp") && arguments.has("no-smtp"))
        return usage("--smtp and --no-smtp contradict each other.");
    if ((isSample || fileName) && arguments.has("smtp"))
        return usage("--smtp asks the network, --snapshot and --sample never do: give one of them.");
    if ((isSample || fileName) && arguments.has("ask-servers"))
        return usage("--ask-servers asks the network, --snapshot and --sample never do: give one of them.");
    if ((isSample || fileName) && arguments.has("resolver"))
        return usage("--resolver asks the network, --snapshot and --sample never do: give one of them.");

    FactOrigin origin;
    if (isSample || fileName) {
        auto snapshot = isSample ? readSample() : snapshotFrom(*fileName);
        if (!snapshot)
            return snapshot.error();
        origin.m_snapshot = *std::move(snapshot);
        origin.m_gatherer = std::make_shared<gather::SnapshotGatherer>(origin.m_snapshot);
        origin.m_asked = isSample ? "the sample" : '"' + shown(*fileName) + '"';
        return origin;
    }
    auto options = networkOptions(arguments);
    if (!options)
        return options.error();
    gather::ServerGathererOptions servers;
    if (*timeout) {
        servers = gather::ServerGathererOptions::within(**timeout);
        options->timeout = **timeout;
        // Short enough that a second attempt fits.
        options->patience =
            std::min(options->patience,
                     std::max<std::chrono::milliseconds>(**timeout / 3, std::chrono::milliseconds(1)));
    }
    for (const gather::Resolver &resolver : options->resolvers)
        origin.m_asked += (origin.m_asked.empty() ? "" : ", ") + resolver.toString().toStdString();
    const auto authorities = authoritiesOf(arguments);
    if (!authorities)
        return authorities.error();
    auto dns = std::make_unique<gather::DnsGatherer>(*std::move(options));
    gather::HttpsOptions https;
    https.allowPrivate = arguments.has("resolver");
    https.extraAuthorities = *authorities;
    gather::SmtpGathererOptions smtp;
    smtp.allowPrivate = arguments.has("resolver");
    smtp.extraAuthorities = *authorities;
    auto httpsGatherer = std::make_unique<gather::HttpsGatherer>(*dns, std::move(https));
    auto smtpGatherer = std::make_unique<gather::SmtpGatherer>(std::move(smtp), *dns);
    auto serverGatherer = std::make_unique<gather::ServerGatherer>(std::move(servers));
    origin.m_gatherer = std::make_shared<gather::NetworkGatherer>(
        std::move(dns), std::move(httpsGatherer), std::move(smtpGatherer), std::move(serverGatherer));
    return origin;
}

Reach FactOrigin::reach(const Arguments &arguments) const
{
    Reach reach =
        m_snapshot ? m_snapshot->reach : Reach{true, arguments.has("smtp"), arguments.has("ask-servers")};
    reach.https = reach.https && !arguments.has("no-https");
    reach.smtp = reach.smtp && !arguments.has("no-smtp");
    return reach;
}

std::vector<std::string> FactOrigin::selectors(const Arguments &arguments) const
{
    std::vector<std::string> selectors = m_snapshot ? m_snapshot->selectors : std::vector<std::string>();
    for (std::string &selector : arguments.values("selector"))
        selectors.push_back(std::move(selector));
    return selectors;
}

Failure FactOrigin::silence(const std::string &name, std::optional<FactOutcome> last) const
{
    if (m_snapshot)
        return impossible("The snapshot " + m_asked + " holds no answer about " + shown(name) + '.');
    std::string_view why = "no answer in time";
    if (last == FactOutcome(dns::Outcome::Refused))
        why = "it refuses to answer us";
    else if (last == FactOutcome(dns::Outcome::Malformed))
        why = "its answers cannot be read";
    else if (last == FactOutcome(dns::Outcome::Unreachable))
        why = "it cannot be reached";
    return impossible("No resolver gave an answer about " + shown(name) + " (asked " + m_asked + ": " +
                      std::string(why) + "). Another one can be named with --resolver.");
}

Result<std::unique_ptr<Recorder>, Failure> Recorder::make(const Arguments &arguments,
                                                          const FactOrigin &origin)
{
    const auto fileName = arguments.value("record");
    if (fileName && (fileName->empty() || *fileName == "-"))
        return usage("--record needs the name of a file.");
    if (fileName && fileName == arguments.value("output"))
        return usage("--record and --output name the same file.");
    auto output = Output::open(fileName);
    if (!output)
        return output.error();
    std::unique_ptr<Recorder> recorder(new Recorder(*std::move(output)));
    recorder->m_isRecording = fileName.has_value();
    recorder->m_isPacked = fileName && fileName->ends_with(".gz");
    recorder->m_gatherer = origin.gatherer();
    const InspectionContext context = origin.gatherer()->context();
    recorder->m_snapshot.resolvers = context.resolvers;
    recorder->m_snapshot.recordedAt = context.inspectedAt;
    recorder->m_snapshot.reach = origin.reach(arguments);
    recorder->m_snapshot.selectors = origin.selectors(arguments);
    connect(origin.gatherer().get(), &gather::Gatherer::gathered, recorder.get(), &Recorder::note);
    return recorder;
}

void Recorder::addDomain(const DomainName &domain)
{
    m_snapshot.domains.push_back(domain);
}

void Recorder::keep(const FactStore &facts)
{
    if (!m_isRecording)
        return;
    for (const Fact *fact : facts.sorted()) {
        if (!isNotRecorded(fact->outcome()) && fact->outcome() != FactOutcome(https::Outcome::LeftOut) &&
            fact->outcome() != FactOutcome(smtp::Outcome::LeftOut))
            m_snapshot.facts.put(*fact);
    }
}

void Recorder::note(const Fact &fact)
{
    ++m_gathered;
    const FactOutcome outcome = fact.outcome();
    const bool isAnswer = outcome == FactOutcome(dns::Outcome::ServerFailure) ||
                          outcome == FactOutcome(dns::Outcome::OtherRcode) || !isTemporaryFailure(outcome);
    m_answered += isAnswer ? 1 : 0;
    if (!isAnswer && fact.isDns() && !m_firstFailure)
        m_firstFailure = outcome;
    if (m_isRecording)
        m_snapshot.facts.put(fact);
}

std::optional<Failure> Recorder::finish()
{
    if (!m_isRecording)
        return std::nullopt;
    m_output.write(writeSnapshot(m_snapshot, m_isPacked ? Compression::Gzip : Compression::None));
    return m_output.finish();
}

} // namespace mailoscope::cli
