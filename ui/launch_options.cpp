// SPDX-License-Identifier: Apache-2.0
#include "launch_options.h"

#include "report/report.h"
#include "text/shown_string.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace mailoscope::ui
{

namespace
{

Launch wrong(const QString &sentence)
{
    return {Launch::Kind::Wrong, {}, QStringLiteral("mailoscope: %1\n").arg(sentence)};
}

/// What a file manager gives: no domain has such a name.
bool isSnapshotName(const QString &word)
{
    return word.endsWith(QStringLiteral(".mailoscope"), Qt::CaseInsensitive) ||
           word.endsWith(QStringLiteral(".mailoscope.gz"), Qt::CaseInsensitive);
}

/// What Qt takes out of a command line by itself, with one dash or two: options alone, and those with a
/// value.
constexpr std::array QtSwitches{"reverse"};
constexpr std::array QtOptions{"style",         "stylesheet", "platform",        "platformpluginpath",
                               "platformtheme", "plugin",     "qwindowgeometry", "qwindowicon",
                               "qwindowtitle",  "geometry",   "title",           "icon",
                               "display",       "session"};

template <typename Names>
bool holds(const Names &names, const QString &name)
{
    return std::any_of(names.begin(), names.end(),
                       [&name](const char *each) { return name == QLatin1String(each); });
}

} // namespace

QStringList withoutQtOptions(const QStringList &arguments)
{
    QStringList ours;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (argument == QStringLiteral("--")) {
            ours += arguments.mid(i);
            break;
        }
        const int dashes = argument.startsWith(QStringLiteral("--")) ? 2 : 1;
        const QString name = argument.startsWith(QLatin1Char('-'))
                                 ? argument.mid(dashes).section(QLatin1Char('='), 0, 0)
                                 : QString();
        if (holds(QtOptions, name))
            i += argument.contains(QLatin1Char('=')) ? 0 : 1; // its value goes with it
        else if (!holds(QtSwitches, name))
            ours << argument;
    }
    return ours;
}

Launch readLaunch(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Launch", "Shows who may send mail in a domain's name, and why."));
    parser.addPositionalArgument(
        QStringLiteral("domain"),
        QCoreApplication::translate("Launch", "The mail domain to inspect at once, or a snapshot to open."),
        QStringLiteral("[domain]"));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    const QCommandLineOption snapshot(
        QStringLiteral("snapshot"),
        QCoreApplication::translate("Launch", "Open a recorded snapshot; no network is touched."),
        QStringLiteral("FILE"));
    const QCommandLineOption resolver(
        QStringLiteral("resolver"),
        QCoreApplication::translate(
            "Launch", "Ask this resolver (repeatable; IPv6 in brackets). Default: the system's."),
        QStringLiteral("ADDR[:PORT]"));
    const QCommandLineOption timeout(
        QStringLiteral("timeout"),
        QCoreApplication::translate("Launch", "The longest that one look-up may take, in milliseconds. "
                                              "Default: that of the settings, at first 5000."),
        QStringLiteral("MS"));
    parser.addOptions({snapshot, resolver, timeout});

    if (!parser.parse(arguments))
        return wrong(shownString(parser.errorText().toStdString()));
    if (parser.isSet(help))
        return {Launch::Kind::Help, {}, parser.helpText()};
    if (parser.isSet(version)) {
        return {Launch::Kind::Version,
                {},
                QStringLiteral("%1 %2\n").arg(toQString(toolName()), toQString(toolVersion()))};
    }
    Launch launch;
    const QStringList domains = parser.positionalArguments();
    if (domains.size() > 1)
        return wrong(
            QCoreApplication::translate("Launch", "Give one domain; a list can be pasted into the window."));
    launch.options.snapshotFile = parser.value(snapshot);
    if (!domains.isEmpty() && !parser.isSet(snapshot) && isSnapshotName(domains.first()))
        launch.options.snapshotFile = domains.first();
    else if (!domains.isEmpty())
        launch.options.domain = domains.first();
    if (parser.isSet(snapshot) && launch.options.snapshotFile.isEmpty())
        return wrong(QCoreApplication::translate("Launch", "--snapshot needs the name of a file."));
    for (const QString &text : parser.values(resolver)) {
        const std::optional<gather::Resolver> address = gather::Resolver::parse(text);
        if (!address)
            return wrong(QCoreApplication::translate("Launch", "%1 is not an address of a resolver.")
                             .arg(shownString(text.toStdString())));
        launch.options.resolvers.push_back(*address);
    }
    if (parser.isSet(timeout)) {
        bool isNumber = false;
        const int ms = parser.value(timeout).toInt(&isNumber);
        if (!isNumber || ms <= 0)
            return wrong(
                QCoreApplication::translate("Launch", "--timeout needs a number of milliseconds above 0."));
        launch.options.timeout = std::chrono::milliseconds(ms);
    }
    return launch;
}

} // namespace mailoscope::ui
