// SPDX-License-Identifier: Apache-2.0
#include "dmarc/finding_list.h"

#include <algorithm>

namespace mailoscope::dmarc
{

namespace
{

Severity oneMilder(Severity severity, std::string_view tag)
{
    // Few receivers send failure reports, so that less is lost.
    const bool isFailure = tag == "ruf" && severity > Severity::Low;
    return isFailure ? static_cast<Severity>(static_cast<int>(severity) - 1) : severity;
}

void addDestination(FindingList &list, const WalkStep &step, const Destination &destination, Span place,
                    std::string_view tag)
{
    const auto tell = [&](const char *id, Severity severity, Reference reference) -> Finding & {
        Finding &finding = list.add(id, severity, std::move(reference));
        finding.arguments["tag"] = std::string(tag);
        finding.arguments["uri"] = shown(destination.uri.uri);
        finding.arguments["host"] = destination.uri.host ? destination.uri.host->text() : std::string();
        finding.evidence.push_back(recordOf(step, place));
        return finding;
    };
    const Reference external{tag == "ruf" ? "RFC 9991" : "RFC 9990", tag == "ruf" ? "5" : "4"};
    const bool agrees = destination.authorization != Authorization::Refused &&
                        destination.authorization != Authorization::BadOverride;
    const std::string question = destination.question ? destination.question->text() : std::string();
    if (!agrees && !destination.malformed.empty()) {
        Finding &finding = tell("dmarc.rua.auth-malformed", Severity::Low, external);
        finding.arguments["question"] = question;
        finding.arguments["record"] = shown(destination.malformed.front());
        finding.evidence.insert(finding.evidence.begin(),
                                textAt(*destination.question, destination.malformed.front()));
    }
    // A domain that does not exist cannot agree; one finding says it all.
    if (!agrees && destination.deliverability != Deliverability::NxDomain) {
        Finding &finding = tell("dmarc.rua.unauthorised", oneMilder(Severity::Medium, tag), external);
        finding.arguments["question"] = question.empty() ? destination.uri.host->text() : question;
    }
    switch (destination.deliverability) {
    case Deliverability::NullMx:
    case Deliverability::NoHost:
        tell("dmarc.rua.no-mx", oneMilder(Severity::High, tag), Reference{"RFC 7505", "3"});
        break;
    case Deliverability::NxDomain:
        if (destination.missingDomain) {
            Finding &finding =
                tell("dmarc.rua.registrable", Severity::Critical, Reference{"RFC 9989", "11.6"});
            finding.arguments["missing"] = destination.missingDomain->text();
        } else {
            tell("dmarc.rua.no-mx", oneMilder(Severity::High, tag), Reference{"RFC 5321", "5.1"});
        }
        break;
    case Deliverability::Pending:
    case Deliverability::Able:
    case Deliverability::Unknown:
    case Deliverability::NotChecked:
        break;
    }
    if (tag == "ruf" && destination.isExternal())
        tell("dmarc.ruf.external", Severity::Low, Reference{"RFC 9991", ""});
}

} // namespace

void addReportFindings(FindingList &list, const WalkStep &step)
{
    const Evaluation &evaluation = list.evaluation();
    const ParsedRecord &parsed = *step.record;
    if (!parsed.record->rua) {
        Finding &finding = list.add("dmarc.rua.missing", Severity::Medium, "5.1");
        finding.evidence.push_back(recordOf(step));
    } else if (parsed.record->rua->size() > ManyAddresses) {
        Finding &finding = list.add("dmarc.rua.count", Severity::Low, Reference{"RFC 7489", "6.2"});
        finding.arguments["count"] = static_cast<std::int64_t>(parsed.record->rua->size());
        finding.evidence.push_back(recordOf(step, parsed.spanOf("rua")));
    }
    if (parsed.record->ruf) {
        Finding &finding = list.add("dmarc.ruf.present", Severity::Info, "10.2");
        finding.evidence.push_back(recordOf(step, parsed.spanOf("ruf")));
    }
    for (std::size_t i = 0; i < std::min(evaluation.rua.size(), MaxPartFindings); ++i)
        addDestination(list, step, evaluation.rua[i], parsed.ruaSpans[i], "rua");
    for (std::size_t i = 0; i < std::min(evaluation.ruf.size(), MaxPartFindings); ++i)
        addDestination(list, step, evaluation.ruf[i], parsed.rufSpans[i], "ruf");
}

} // namespace mailoscope::dmarc
