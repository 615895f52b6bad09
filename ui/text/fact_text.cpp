// SPDX-License-Identifier: Apache-2.0
#include "text/fact_text.h"

#include "report/fact_words.h"
#include "text/figures.h"
#include "text/shown_string.h"

#include <QCoreApplication>
#include <QStringList>

namespace mailoscope::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("FactText", text);
}

QString recordLine(const dns::ResourceRecord &record)
{
    return QStringLiteral("%1\t%2\tIN\t%3\t%4")
        .arg(toQString(record.owner), QString::number(record.ttl), toQString(dns::toString(record.type)),
             shownString(dns::toPresentation(record)));
}

void append(QStringList &lines, const dns::Answer &answer)
{
    lines << tr(";; TTL %1%2").arg(answer.ttl).arg(answer.authenticated ? tr(", authentic (AD)") : QString());
    if (answer.rcode != 0)
        lines << tr(";; response code %1").arg(answer.rcode);
    for (const dns::ResourceRecord &record : answer.aliases)
        lines << recordLine(record);
    for (const dns::ResourceRecord &record : answer.records)
        lines << recordLine(record);
}

void append(QStringList &lines, const dns::ServerAnswer &answer)
{
    lines << (answer.isAuthoritative ? tr(";; with authority (AA)") : tr(";; without authority"));
    for (const dns::ResourceRecord &record : answer.aliases)
        lines << recordLine(record);
    for (const dns::ResourceRecord &record : answer.records)
        lines << recordLine(record);
}

void append(QStringList &lines, const std::optional<IpAddress> &address,
            const std::optional<tls::Session> &session, const std::string &detail)
{
    if (address)
        lines << tr("connected to %1").arg(toQString(address->toString()));
    if (session) {
        lines << tr("%1, %2, certificates: %3")
                     .arg(shownString(session->version), shownString(session->cipher),
                          QString::number(session->chain.size()));
        for (const tls::Fault fault : session->faults)
            lines << tr("certificate: %1").arg(toQString(tls::toString(fault)));
        if (!session->detail.empty())
            lines << shownString(session->detail);
    }
    if (!detail.empty())
        lines << shownString(detail);
}

void append(QStringList &lines, const https::Response &response)
{
    append(lines, response.address, response.tls, response.detail);
    if (response.outcome != https::Outcome::Answered)
        return;
    lines << tr("status %1").arg(response.status);
    if (!response.contentType.empty())
        lines << QStringLiteral("Content-Type: %1").arg(shownString(response.contentType));
    if (!response.location.empty())
        lines << QStringLiteral("Location: %1").arg(shownString(response.location));
    lines << QString();
    constexpr std::size_t Longest = 20000; // octets
    std::size_t begin = 0;
    const std::string_view body = std::string_view(response.body).substr(0, Longest);
    while (begin < body.size()) {
        const std::size_t end = std::min(body.find('\n', begin), body.size());
        std::string_view line = body.substr(begin, end - begin);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        lines << shownString(line);
        begin = end + 1;
    }
    if (body.size() < response.body.size())
        lines << QStringLiteral("…");
}

void append(QStringList &lines, const smtp::Session &session)
{
    if (!session.greeting.empty())
        lines << QStringLiteral("220 %1").arg(shownString(session.greeting));
    for (const std::string &extension : session.extensions)
        lines << QStringLiteral("250 %1").arg(shownString(extension));
    append(lines, session.address, session.tls, session.detail);
    for (const std::string &extension : session.extensionsUnderTls)
        lines << QStringLiteral("250 %1").arg(shownString(extension));
}

} // namespace

QString outcomeWords(const FactOutcome &outcome)
{
    return QCoreApplication::translate("outcomes", wordsOf(outcome).data());
}

Meaning meaningOf(const FactOutcome &outcome)
{
    if (isNotRecorded(outcome))
        return Meaning::NotTested;
    if (isTemporaryFailure(outcome))
        return Meaning::High;
    const bool isGood = outcome == FactOutcome(dns::Outcome::Answered) ||
                        outcome == FactOutcome(https::Outcome::Answered) ||
                        outcome == FactOutcome(smtp::Outcome::Encrypted);
    return isGood ? Meaning::Ok : Meaning::Info;
}

QString typeText(const FactKey &key)
{
    const auto *question = std::get_if<dns::Question>(&key);
    return question ? toQString(dns::toString(question->type)) : toQString(kindOf(key)).toUpper();
}

QString nameText(const FactKey &key)
{
    const auto *question = std::get_if<dns::Question>(&key);
    return question ? toQString(question->name) : shownString(toString(key));
}

QString answerText(const Fact &fact)
{
    QStringList lines;
    lines
        << QStringLiteral(";; %1 → %2").arg(shownString(toString(fact.key())), outcomeWords(fact.outcome()));
    lines << tr(";; from %1 at %2, took %3")
                 .arg(shownString(fact.from), utcTime(fact.at), milliseconds(fact.took));
    std::visit([&lines](const auto &content) { append(lines, content); }, fact.content);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace mailoscope::ui
