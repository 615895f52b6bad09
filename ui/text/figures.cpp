// SPDX-License-Identifier: Apache-2.0
#include "text/figures.h"

#include "text/shown_string.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace mailoscope::ui
{

namespace
{

/// "24" as an exponent.
QString raised(qsizetype number)
{
    static const QString Superscripts = QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹");
    QString text;
    for (const QChar digit : QString::number(number))
        text += Superscripts.at(digit.digitValue());
    return text;
}

QDateTime toDateTime(Timestamp time)
{
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count(), QTimeZone::utc());
}

} // namespace

QString grouped(quint64 number)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale.toString(number);
}

QString groupedDecimal(std::string_view digits)
{
    if (digits.size() <= 15)
        return grouped(toQString(digits).toULongLong());
    const QString mantissa = QLocale().toString(toQString(digits.substr(0, 2)).toDouble() / 10.0, 'f', 1);
    return QStringLiteral("%1 × 10%2").arg(mantissa, raised(static_cast<qsizetype>(digits.size()) - 1));
}

QString ipv6Count(const Uint128 &count)
{
    const int power = count == Uint128() ? 0 : trailingZeros(count);
    const Uint128 times = count >> power;
    if (power >= 16 && bitWidth(times) <= 16) {
        const QString one = QStringLiteral("2%1").arg(raised(power));
        return times == Uint128(1) ? one : QStringLiteral("%1 × %2").arg(grouped(times.low), one);
    }
    return groupedDecimal(toDecimal(count));
}

QString addressCount(const spf::AddressCount &count)
{
    if (count.v6 == Uint128())
        return count.v4 == 0 ? QString() : grouped(count.v4);
    //: %1 is a number of IPv6 addresses
    const QString v6 = QCoreApplication::translate("Figures", "%1 IPv6").arg(ipv6Count(count.v6));
    return count.v4 == 0 ? v6 : QStringLiteral("%1 + %2").arg(grouped(count.v4), v6);
}

QString percentage(double part)
{
    const QLocale locale;
    const auto say = [&locale](double percent, int decimals) {
        return QCoreApplication::translate("Figures", "%1 %").arg(locale.toString(percent, 'f', decimals));
    };
    constexpr double Least = 0.01;
    constexpr double Most = 99.9;
    const double percent = part * 100;
    if (part <= 0 || part >= 1)
        return say(part <= 0 ? 0 : 100, 0);
    if (percent < Least)
        return QStringLiteral("< %1").arg(say(Least, 2));
    if (percent > Most)
        return QStringLiteral("> %1").arg(say(Most, 1));
    return say(percent, percent < 10 ? 2 : 1);
}

QString milliseconds(std::chrono::microseconds duration)
{
    const double ms = static_cast<double>(duration.count()) / 1000.0;
    //: milliseconds
    return QCoreApplication::translate("Figures", "%1 ms")
        .arg(QLocale().toString(ms, 'f', ms < 10.0 ? 1 : 0));
}

QString utcTime(Timestamp time)
{
    return toDateTime(time).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) + QStringLiteral(" UTC");
}

QString utcClockTime(Timestamp time)
{
    return toDateTime(time).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString localTime(Timestamp time)
{
    return QLocale().toString(toDateTime(time).toLocalTime(), QLocale::LongFormat);
}

} // namespace mailoscope::ui
