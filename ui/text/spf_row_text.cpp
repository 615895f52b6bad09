// SPDX-License-Identifier: Apache-2.0
#include "text/spf_row_text.h"

#include "models/spf_status.h"
#include "providers/providers.h"
#include "report/explain.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QStringList>

#include <nlohmann/json.hpp>

namespace mailoscope::ui
{

namespace
{

/// `all` matches every address that is left: a number there would say nothing.
bool countsAddresses(const SpfPlace &place)
{
    const spf::Term *term = parsedTerm(place);
    const auto *directive = term ? std::get_if<spf::Directive>(term) : nullptr;
    return directive && !std::holds_alternative<spf::All>(directive->mechanism);
}

void appendSubtree(QString &text, const SpfPlace &place, int depth)
{
    text += QString(depth * 2, QLatin1Char(' ')) + rowText(place) + QLatin1Char('\n');
    const spf::Node *node = place.below();
    if (!node)
        return;
    for (const spf::TermNode &term : node->terms)
        appendSubtree(text, {node, &term}, depth + 1);
}

nlohmann::ordered_json toJson(const SpfPlace &place)
{
    nlohmann::ordered_json json;
    if (place.term) {
        const Span characters = losslessText(place.record->selection.text).charactersOf(spanOf(place));
        json["text"] = losslessText(writtenText(place)).utf8;
        json["begin"] = characters.begin;
        json["end"] = characters.end;
        json["record_name"] = place.record->domain.text();
        if (place.term->target)
            json["domain"] = place.term->target->text();
        json["lookups"] = place.term->subtreeLookups;
        json["void_lookups"] = place.term->subtreeVoids.worst();
    }
    if (const std::string status = statusText(place).toStdString(); !status.empty())
        json["status"] = status;
    if (const spf::Node *node = place.below()) {
        nlohmann::ordered_json terms = nlohmann::ordered_json::array();
        for (const spf::TermNode &term : node->terms)
            terms.push_back(toJson({node, &term}));
        nlohmann::ordered_json child{{"domain", node->domain.text()},
                                     {"record", losslessText(node->selection.text).utf8},
                                     {"lookups", node->lookups},
                                     {"terms", std::move(terms)}};
        if (!place.term)
            return child;
        json["child"] = std::move(child);
    }
    return json;
}

} // namespace

const spf::Term *parsedTerm(const SpfPlace &place)
{
    const auto &parsed = place.record->record;
    if (!place.term || !parsed || !parsed->record || place.term->index >= parsed->record->terms.size())
        return nullptr;
    return &parsed->record->terms[place.term->index];
}

spf::AddressCount addressesOf(const SpfPlace &place)
{
    if (!place.term)
        return place.record->passes;
    return countsAddresses(place) ? place.term->matches : spf::AddressCount();
}

bool isExact(const SpfPlace &place)
{
    return place.term ? place.term->exact || !countsAddresses(place) : place.record->addresses.exact;
}

QString providerName(const SpfPlace &place)
{
    const DomainName *name = nullptr;
    if (place.term && place.term->target)
        name = &*place.term->target;
    if (!name || *name == place.record->domain)
        return {};
    return toQString(nameOf(providers::forSpfTarget(*name)));
}

QString meaningText(const SpfPlace &place)
{
    if (!place.term)
        return QCoreApplication::translate("SpfRow", "the domain's own record");
    const spf::Term *term = parsedTerm(place);
    return term ? toQString(mailoscope::meaningOf(*term)) : QString();
}

QString statusText(const SpfPlace &place)
{
    return toQString(statusOf(place).words);
}

QString lookupsText(const SpfPlace &place)
{
    const int count = place.term ? place.term->subtreeLookups : place.record->lookups;
    const bool atLeast = place.below() && place.below()->atLeast;
    if (count == 0 && !atLeast && place.term)
        return {};
    const QString number = grouped(static_cast<quint64>(count));
    return atLeast ? QStringLiteral("≥ %1").arg(number) : number;
}

QString sumText(const SpfPlace &place)
{
    if (!place.term || place.term->subtreeLookups == 0)
        return {};
    return grouped(static_cast<quint64>(place.term->runningLookups));
}

QString addressesText(const SpfPlace &place)
{
    const spf::AddressCount count = addressesOf(place);
    const bool hasV6 = count.v6 != Uint128();
    if (count.v4 == 0 && !hasV6)
        return isExact(place) ? QString() : QCoreApplication::translate("SpfRow", "depends");
    QString text = count.v4 == 0 ? QCoreApplication::translate("SpfRow", "IPv6 only") : grouped(count.v4);
    if (count.v4 != 0 && hasV6)
        text += QCoreApplication::translate("SpfRow", " +v6");
    return isExact(place) ? text : QStringLiteral("≥ %1").arg(text);
}

QString addressesInFull(const SpfPlace &place)
{
    const spf::AddressCount count = addressesOf(place);
    const QString v4 = QCoreApplication::translate("SpfRow", "%1 IPv4").arg(grouped(count.v4));
    const QString v6 = QCoreApplication::translate("SpfRow", "%1 IPv6").arg(ipv6Count(count.v6));
    const QString both = QStringLiteral("%1, %2").arg(v4, v6);
    return isExact(place) ? both : QCoreApplication::translate("SpfRow", "at least %1").arg(both);
}

QString rowText(const SpfPlace &place)
{
    QString meaning = meaningText(place);
    if (const QString status = statusText(place); !status.isEmpty())
        meaning = meaning.isEmpty() ? status : QStringLiteral("%1 · %2").arg(status, meaning);
    return QStringList{shownString(writtenText(place)),
                       meaning,
                       lookupsText(place),
                       sumText(place),
                       addressesText(place),
                       providerName(place)}
        .join(QLatin1Char('\t'));
}

QString subtreeText(const SpfPlace &place)
{
    QString text;
    appendSubtree(text, place, 0);
    return text;
}

QString rowJson(const SpfPlace &place)
{
    return toQString(toJson(place).dump(2));
}

} // namespace mailoscope::ui
