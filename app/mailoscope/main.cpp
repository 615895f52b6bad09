// SPDX-License-Identifier: Apache-2.0
#include "gather/dns_gatherer.h"
#include "gather/https_gatherer.h"
#include "gather/network_gatherer.h"
#include "gather/server_gatherer.h"
#include "gather/smtp_gatherer.h"
#include "launch_options.h"
#include "main_window.h"
#include "report/report.h"
#include "report/sample.h"
#include "settings/preferences.h"
#include "text/english_plurals.h"
#include "theme/appearance.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDesktopServices>
#include <QSettings>
#include <QUrl>

#include <cstdio>

namespace
{

int print(const mailoscope::ui::Launch &launch)
{
    const bool isWrong = launch.kind == mailoscope::ui::Launch::Kind::Wrong;
    std::fputs(launch.text.toLocal8Bit().constData(), isWrong ? stderr : stdout);
    return isWrong ? 2 : 0;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace mailoscope;
    // The command line is judged before a display is needed.
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    {
        QCoreApplication bare(argc, argv);
        QCoreApplication::setApplicationName(QStringLiteral("mailoscope"));
        const ui::Launch launch = ui::readLaunch(ui::withoutQtOptions(arguments));
        if (launch.kind != ui::Launch::Kind::Open)
            return print(launch);
    }
    QApplication application(argc, argv);
    ui::EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    QCoreApplication::setOrganizationName(QStringLiteral("mailoscope"));
    QCoreApplication::setApplicationName(QStringLiteral("mailoscope"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Mailoscope"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.mailoscope.Mailoscope"));
    QGuiApplication::setWindowIcon(ui::applicationIcon());

    // Qt takes out the options that are its own.
    const ui::Launch launch = ui::readLaunch(QCoreApplication::arguments());
    if (launch.kind != ui::Launch::Kind::Open)
        return print(launch);
    QSettings settings;
    const ui::Preferences preferences(settings);
    ui::applyAppearance(preferences.appearance());
    ui::applyTextSize(preferences.textPercent());
    ui::setAnimationsWanted(preferences.animations());
    ui::MainWindowParts parts;
    parts.settings = &settings;
    parts.choosers = ui::FileChoosers::dialogs();
    parts.sample = sampleSnapshot();
    parts.openUrl = [](const QUrl &url) { QDesktopServices::openUrl(url); };
    parts.makeGatherer =
        [timeout = launch.options.timeout,
         &preferences](const std::vector<gather::Resolver> &chosen) -> std::shared_ptr<gather::Gatherer> {
        gather::GathererOptions options;
        options.resolvers = chosen.empty() ? gather::systemResolvers() : chosen;
        const std::chrono::milliseconds longest = timeout.value_or(preferences.timeout());
        options.timeout = longest;
        auto dns = std::make_unique<gather::DnsGatherer>(std::move(options));
        gather::HttpsOptions https;
        https.allowPrivate = !chosen.empty();
        gather::SmtpGathererOptions smtp;
        smtp.allowPrivate = !chosen.empty();
        auto httpsGatherer = std::make_unique<gather::HttpsGatherer>(*dns, std::move(https));
        auto smtpGatherer = std::make_unique<gather::SmtpGatherer>(std::move(smtp), *dns);
        auto servers =
            std::make_unique<gather::ServerGatherer>(gather::ServerGathererOptions::within(longest));
        return std::make_shared<gather::NetworkGatherer>(std::move(dns), std::move(httpsGatherer),
                                                         std::move(smtpGatherer), std::move(servers));
    };
    ui::MainWindow window(std::move(parts));
    window.show();
    window.open(launch.options);
    return QApplication::exec();
}
