// SPDX-License-Identifier: Apache-2.0
#include "spf/sets/operand.h"

#include "facts/fact_store.h"
#include "fixes/change.h"

#include <algorithm>

namespace mailoscope::spf
{

namespace
{

void putTxt(Overlay &overlay, const DomainName &domain, dns::RrType type,
            const std::optional<std::string> &text)
{
    dns::Answer answer = dns::emptyAnswer({domain, type}, dns::Outcome::NoData);
    if (text) {
        answer.outcome = dns::Outcome::Answered;
        answer.records.push_back({domain, type, fixes::UsualTtl, fixes::txtData(*text)});
    }
    overlay.put(std::move(answer));
}

} // namespace

bool speaksOfItsDomain(const std::string &text)
{
    const ParsedRecord parsed = parse(text);
    if (!parsed.record)
        return false;
    return std::any_of(parsed.record->terms.begin(), parsed.record->terms.end(), [](const Term &term) {
        const MacroString *spec = domainSpecOf(term);
        const Mechanism *mechanism = mechanismOf(term);
        const bool takesDomain =
            mechanism && (std::holds_alternative<A>(*mechanism) || std::holds_alternative<Mx>(*mechanism) ||
                          std::holds_alternative<Ptr>(*mechanism));
        return spec ? spec->uses('d') : takesDomain;
    });
}

Evaluation evaluate(const Operand &operand, FactSource &facts, RecordCache &records)
{
    if (!operand.text)
        return evaluate(operand.domain, facts, records);
    Overlay overlay(facts);
    putTxt(overlay, operand.domain, dns::RrType::TXT, operand.text);
    if (!operand.hasDomain) { // nothing around the record matters
        putTxt(overlay, operand.domain, dns::RrType::SPF, std::nullopt);
        putTxt(overlay, operand.domain, dns::RrType::MX, std::nullopt);
        if (const auto wildcard = operand.domain.prefixed("*"))
            putTxt(overlay, *wildcard, dns::RrType::TXT, std::nullopt);
    }
    return evaluate(operand.domain, overlay, records);
}

} // namespace mailoscope::spf
