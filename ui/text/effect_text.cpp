// SPDX-License-Identifier: Apache-2.0
#include "text/effect_text.h"

#include "report/explain.h"
#include "text/figures.h"
#include "text/shown_string.h"
#include "theme/theme.h"

#include <QCoreApplication>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("EffectText", text);
}

QString levelWord(verdict::Level level)
{
    switch (level) {
    case verdict::Level::Unknown:
        return tr("not known");
    case verdict::Level::Protected:
        return tr("protected");
    case verdict::Level::Monitored:
        return tr("monitored");
    case verdict::Level::AtRisk:
        return tr("at risk");
    case verdict::Level::Open:
        return tr("open");
    }
    return {};
}

QString counted(const AddressSet &set)
{
    QStringList parts;
    if (!set.v4.isEmpty())
        parts << tr("%1 IPv4").arg(grouped(countOf(set.v4)));
    if (!set.v6.isEmpty())
        parts << tr("%1 IPv6").arg(ipv6Count(countOf(set.v6)));
    return parts.isEmpty() ? tr("none") : parts.join(tr(" and "));
}

QString changed(const QString &before, const QString &after)
{
    return before == after ? tr("%1, as today").arg(before) : tr("%1 today, %2 then").arg(before, after);
}

void addFindings(std::vector<DetailLine> &lines, const QString &label,
                 const std::vector<const Finding *> &findings)
{
    constexpr std::size_t MostShown = 12;
    QString title = label;
    for (std::size_t i = 0; i < std::min(findings.size(), MostShown); ++i) {
        lines.push_back({DetailLine::Kind::Words, title,
                         QStringLiteral("%1: %2").arg(wordFor(meaningOf(findings[i]->severity)),
                                                      toQString(explain(*findings[i]).title))});
        title.clear();
    }
    if (findings.size() > MostShown)
        lines.push_back({DetailLine::Kind::Words, title, tr("and %1 more").arg(findings.size() - MostShown)});
}

} // namespace

std::vector<DetailLine> linesOf(const fixes::Effect &effect)
{
    std::vector<DetailLine> lines;
    lines.push_back({DetailLine::Kind::Words, tr("Verdict"),
                     changed(levelWord(effect.levelBefore), levelWord(effect.levelAfter))});
    lines.push_back({DetailLine::Kind::Words, tr("SPF look-ups"),
                     changed(QString::number(effect.lookupsBefore), QString::number(effect.lookupsAfter))});
    lines.push_back({DetailLine::Kind::Words, tr("SPF wins"), counted(effect.won)});
    lines.push_back({DetailLine::Kind::Words, tr("SPF loses"), counted(effect.lost)});
    addFindings(lines, tr("Gone"), effect.gone);
    addFindings(lines, tr("New"), effect.come);
    if (effect.gone.empty() && effect.come.empty())
        lines.push_back({DetailLine::Kind::Words, tr("Findings"), tr("the same")});
    if (!effect.isKnown)
        lines.push_back({DetailLine::Kind::Words, tr("Waiting"), tr("Answers are still to come.")});
    return lines;
}

} // namespace mailoscope::ui
