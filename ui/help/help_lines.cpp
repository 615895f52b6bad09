// SPDX-License-Identifier: Apache-2.0
#include "help/help_lines.h"

#include "report/report.h"
#include "text/shown_string.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QSysInfo>
#include <QWidget>

namespace mailoscope::ui
{

namespace
{

QString say(const char *text)
{
    return QCoreApplication::translate("HelpLines", text);
}

struct Key {
    const char *keys;
    const char *does;
};

/// Keys that no menu tells of, by place.
constexpr Key Anywhere[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Enter in the domain field"),
     QT_TRANSLATE_NOOP("HelpLines", "Inspect the domain, or the list that is pasted there")},
    {QT_TRANSLATE_NOOP("HelpLines", "Down in the domain field"),
     QT_TRANSLATE_NOOP("HelpLines", "Domains that were inspected before")},
    {QT_TRANSLATE_NOOP("HelpLines", "Alt+PgUp, Alt+PgDown"),
     QT_TRANSLATE_NOOP("HelpLines", "Back to the domain before, and on again")},
    {QT_TRANSLATE_NOOP("HelpLines", "Alt+Up, Alt+Down"),
     QT_TRANSLATE_NOOP("HelpLines", "Previous and next domain of a pasted list")},
    {QT_TRANSLATE_NOOP("HelpLines", "Alt and an underlined letter"),
     QT_TRANSLATE_NOOP("HelpLines", "Goes to the field or presses the button")},
    {QT_TRANSLATE_NOOP("HelpLines", "Tab, Shift+Tab"),
     QT_TRANSLATE_NOOP("HelpLines", "To the next field, table or button, and back")},
    {QT_TRANSLATE_NOOP("HelpLines", "Ctrl+Tab in tabs"), QT_TRANSLATE_NOOP("HelpLines", "The next tab")},
};
constexpr Key InTables[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Up, Down"),
     QT_TRANSLATE_NOOP("HelpLines", "Go from row to row; everything else follows the selection")},
    {QT_TRANSLATE_NOOP("HelpLines", "Enter"), QT_TRANSLATE_NOOP("HelpLines", "Go to what the row speaks of")},
    {QT_TRANSLATE_NOOP("HelpLines", "Ctrl+C"), QT_TRANSLATE_NOOP("HelpLines", "Copy the rows as text")},
    {QT_TRANSLATE_NOOP("HelpLines", "Menu key, Shift+F10"),
     QT_TRANSLATE_NOOP("HelpLines", "What else can be done with the row")},
};
constexpr Key InTheTree[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Left, Right"), QT_TRANSLATE_NOOP("HelpLines", "Collapse and expand")},
    {"*", QT_TRANSLATE_NOOP("HelpLines", "Expand everything below")},
    {QT_TRANSLATE_NOOP("HelpLines", "letters"),
     QT_TRANSLATE_NOOP("HelpLines", "Go to the row that begins with them")},
    {QT_TRANSLATE_NOOP("HelpLines", "Menu key"),
     QT_TRANSLATE_NOOP("HelpLines", "Copy record, name, everything below, JSON")},
};
constexpr Key InTheGraph[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Arrow keys"),
     QT_TRANSLATE_NOOP("HelpLines", "Go to the parent, child and neighbours; Left folds, Right unfolds")},
    {QT_TRANSLATE_NOOP("HelpLines", "Ctrl+Left"),
     QT_TRANSLATE_NOOP("HelpLines", "Go to the parent without folding")},
    {QT_TRANSLATE_NOOP("HelpLines", "Space, *, /"),
     QT_TRANSLATE_NOOP("HelpLines", "Fold or unfold the branch, unfold all, fold all")},
    {"+, -, 0, 1", QT_TRANSLATE_NOOP("HelpLines", "Larger, smaller, fit, natural size")},
};
constexpr Key OnTheMap[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Arrow keys"),
     QT_TRANSLATE_NOOP("HelpLines", "Go from block to block; beyond the edge the map moves along")},
    {QT_TRANSLATE_NOOP("HelpLines", "Ctrl+Left, Ctrl+Right"),
     QT_TRANSLATE_NOOP("HelpLines", "Previous and next block with addresses")},
    {QT_TRANSLATE_NOOP("HelpLines", "Enter, Backspace"),
     QT_TRANSLATE_NOOP("HelpLines", "Into the block, and out again")},
    {QT_TRANSLATE_NOOP("HelpLines", "+, -, 0 or Home"),
     QT_TRANSLATE_NOOP("HelpLines", "Larger, smaller, the whole space")},
    {QT_TRANSLATE_NOOP("HelpLines", "Space"),
     QT_TRANSLATE_NOOP("HelpLines", "Select the branch that has most of the block")},
    {QT_TRANSLATE_NOOP("HelpLines", "Enter in the list of branches"),
     QT_TRANSLATE_NOOP("HelpLines", "Go to the branch's next block")},
};
constexpr Key InAWalk[] = {
    {QT_TRANSLATE_NOOP("HelpLines", "Alt+Left, Alt+Right"),
     QT_TRANSLATE_NOOP("HelpLines", "One step back and on")},
    {QT_TRANSLATE_NOOP("HelpLines", "Alt+Home, Alt+End"),
     QT_TRANSLATE_NOOP("HelpLines", "First and last step")},
};

template <std::size_t Count>
void add(std::vector<DetailLine> &lines, const char *place, const Key (&keys)[Count])
{
    lines.push_back({DetailLine::Kind::Heading, {}, say(place)});
    for (const Key &key : keys)
        lines.push_back({DetailLine::Kind::Words, say(key.keys), say(key.does)});
}

} // namespace

std::vector<DetailLine> shortcutLines(const QWidget &menus)
{
    std::vector<DetailLine> lines;
    lines.push_back({DetailLine::Kind::Heading, {}, say("In the menus")});
    for (const QAction *action : menus.findChildren<QAction *>()) {
        QStringList keys;
        for (const QKeySequence &sequence : action->shortcuts())
            keys << sequence.toString(QKeySequence::NativeText);
        if (!keys.isEmpty() && !keys.first().isEmpty())
            lines.push_back({DetailLine::Kind::Words, keys.join(QStringLiteral(", ")),
                             action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…"))});
    }
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "Everywhere"), Anywhere);
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "In tables"), InTables);
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "In the include tree"), InTheTree);
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "In the include graph"), InTheGraph);
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "On the address map"), OnTheMap);
    add(lines, QT_TRANSLATE_NOOP("HelpLines", "While an address is walked"), InAWalk);
    return lines;
}

std::vector<DetailLine> aboutLines()
{
    const auto words = [](const QString &label, const QString &text) {
        return DetailLine{DetailLine::Kind::Words, label, text};
    };
    std::vector<DetailLine> lines{
        {DetailLine::Kind::Heading,
         {},
         QStringLiteral("%1 %2").arg(toQString(toolName()), toQString(toolVersion()))},
        words({}, say("A looking glass for mail domains: who may send in a domain's name, and why.")),
        words({}, say("Nothing is uploaded anywhere. The program asks the resolvers you choose and the "
                      "inspected domain's own hosts, and nobody else.")),
        words(say("Licence"), QStringLiteral("Apache-2.0")),
        {DetailLine::Kind::Heading, {}, say("Libraries that it stands on")},
    };
    lines.push_back(
        words(QStringLiteral("Qt %1").arg(QString::fromLatin1(qVersion())), QStringLiteral("LGPL-3.0")));
    struct Library {
        const char *name;
        const char *licence;
    };
    for (const Library &library : {
             Library{"c-ares", "MIT"},
             Library{"OpenSSL 3", "Apache-2.0"},
             Library{"libpsl", "MIT"},
             Library{"GNU libidn2", "LGPL-3.0-or-later"},
             Library{"JSON for Modern C++", "MIT"},
             Library{"pugixml", "MIT"},
             Library{"zlib", "Zlib"},
         })
        lines.push_back(words(QString::fromLatin1(library.name), QString::fromLatin1(library.licence)));
    lines.push_back({DetailLine::Kind::Heading, {}, say("This computer")});
    lines.push_back(words(say("System"), QSysInfo::prettyProductName()));
    return lines;
}

} // namespace mailoscope::ui
