// SPDX-License-Identifier: Apache-2.0
#include "theme/theme.h"

#include "theme/glyph_engine.h"

#include <QCoreApplication>
#include <QGuiApplication>

#include <algorithm>
#include <array>
#include <cmath>

/// A static library's resources are there once they have been asked for; outside any namespace, as Qt wants
/// it.
static void readyIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace mailoscope::ui
{

namespace
{

struct Look {
    const char *shape;
    const char *light;
    const char *dark;
};

/// One row a meaning, in the order of the enum.
constexpr std::array<Look, MeaningCount> Looks{{
    {"ok", "#166534", "#86EFAC"},
    {"critical", "#B3261E", "#F2B8B5"},
    {"high", "#C2410C", "#FDBA74"},
    {"medium", "#854D0E", "#FDE68A"},
    {"low", "#1D4ED8", "#93C5FD"},
    {"info", "#475569", "#CBD5E1"},
    {"not-tested", "#6B7280", "#9CA3AF"},
    {"unknown", "#6B7280", "#9CA3AF"},
    {"waiting", "#6B7280", "#9CA3AF"},
    {"never", "#6B7280", "#9CA3AF"},
}};

/// Okabe and Ito's set without its yellow and black, which vanish on one of the two grounds.
constexpr std::array<const char *, 6> Branches{"#0072B2", "#D55E00", "#009E73",
                                               "#CC79A7", "#E69F00", "#56B4E9"};

const Look &lookOf(Meaning meaning)
{
    return Looks[static_cast<std::size_t>(meaning)];
}

double luminance(const QColor &colour)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

QColor mixed(const QColor &a, const QColor &b, double partOfB)
{
    const auto mix = [partOfB](float x, float y) {
        return std::clamp(static_cast<float>(x * (1 - partOfB) + y * partOfB), 0.0F, 1.0F);
    };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

QColor legible(const QColor &colour, const QColor &ground)
{
    constexpr double Enough = 4.5;
    const bool isDark = contrast(ground, Qt::white) > contrast(ground, Qt::black);
    const QColor far = isDark ? Qt::white : Qt::black;
    for (double part = 0; part < 1; part += 0.05) {
        const QColor nearer = mixed(colour, far, part);
        if (contrast(nearer, ground) >= Enough)
            return nearer;
    }
    return far;
}

Meaning meaningOf(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return Meaning::Info;
    case Severity::Low:
        return Meaning::Low;
    case Severity::Medium:
        return Meaning::Medium;
    case Severity::High:
        return Meaning::High;
    case Severity::Critical:
        return Meaning::Critical;
    }
    return Meaning::Unknown;
}

Meaning meaningOf(Mark mark)
{
    switch (mark) {
    case Mark::Ok:
        return Meaning::Ok;
    case Mark::Critical:
        return Meaning::Critical;
    case Mark::High:
        return Meaning::High;
    case Mark::Medium:
        return Meaning::Medium;
    case Mark::Low:
        return Meaning::Low;
    case Mark::None:
    case Mark::Info:
        return Meaning::Info;
    case Mark::NotTested:
        return Meaning::NotTested;
    case Mark::Unknown:
        return Meaning::Unknown;
    case Mark::Waiting:
        return Meaning::Waiting;
    }
    return Meaning::Info;
}

QString wordFor(Meaning meaning)
{
    const auto say = [](const char *word) { return QCoreApplication::translate("Meaning", word); };
    switch (meaning) {
    case Meaning::Ok:
        return say(QT_TRANSLATE_NOOP("Meaning", "OK"));
    case Meaning::Critical:
        return say(QT_TRANSLATE_NOOP("Meaning", "Critical"));
    case Meaning::High:
        return say(QT_TRANSLATE_NOOP("Meaning", "High"));
    case Meaning::Medium:
        return say(QT_TRANSLATE_NOOP("Meaning", "Medium"));
    case Meaning::Low:
        return say(QT_TRANSLATE_NOOP("Meaning", "Low"));
    case Meaning::Info:
        return say(QT_TRANSLATE_NOOP("Meaning", "Info"));
    case Meaning::NotTested:
        return say(QT_TRANSLATE_NOOP("Meaning", "Not tested"));
    case Meaning::Unknown:
        return say(QT_TRANSLATE_NOOP("Meaning", "Could not tell"));
    case Meaning::Waiting:
        return say(QT_TRANSLATE_NOOP("Meaning", "Waiting"));
    case Meaning::Never:
        return say(QT_TRANSLATE_NOOP("Meaning", "Never used"));
    }
    return {};
}

Theme::Theme(const QPalette &palette)
    : m_palette(palette), m_dark(luminance(palette.color(QPalette::Base)) < 0.18)
{
}

Theme Theme::current()
{
    return Theme(QGuiApplication::palette());
}

QColor Theme::colour(Meaning meaning) const
{
    const Look &look = lookOf(meaning);
    return QColor(QLatin1String(m_dark ? look.dark : look.light));
}

QColor Theme::quietText() const
{
    const QColor base = m_palette.color(QPalette::Base);
    const QColor text = m_palette.color(QPalette::Text);
    for (double part = 0.40; part > 0.0; part -= 0.05) {
        const QColor quiet = mixed(text, base, part);
        if (contrast(quiet, base) >= 4.5 && contrast(quiet, m_palette.color(QPalette::Window)) >= 4.5)
            return quiet;
    }
    return text;
}

QColor Theme::hairline() const
{
    const QColor ground = m_palette.color(QPalette::Window);
    const QColor text = m_palette.color(QPalette::WindowText);
    constexpr double Highest = 20; // of white on black it is 21
    return mixed(ground, text, m_dark && contrast(ground, text) > Highest ? 0.6 : 0.22);
}

QColor Theme::termBackground() const
{
    return mixed(m_palette.color(QPalette::Base), m_palette.color(QPalette::Highlight), m_dark ? 0.45 : 0.25);
}

QColor Theme::mailboxGround(bool isDark)
{
    return QColor(QLatin1String(isDark ? "#1F1F23" : "#FFFFFF"));
}

QColor Theme::mailboxText(bool isDark)
{
    return QColor(QLatin1String(isDark ? "#D4D4D8" : "#3F3F46"));
}

QColor Theme::branchColour(int branch) const
{
    const auto count = static_cast<int>(Branches.size());
    return QColor(QLatin1String(Branches[static_cast<std::size_t>(branch % count)]));
}

QBrush Theme::branchBrush(int branch) const
{
    constexpr std::array<Qt::BrushStyle, 6> Hatches{Qt::SolidPattern, Qt::BDiagPattern, Qt::Dense4Pattern,
                                                    Qt::FDiagPattern, Qt::HorPattern,   Qt::DiagCrossPattern};
    const auto count = static_cast<int>(Hatches.size());
    const int turn = (branch + branch / count) % count;
    return QBrush(branchColour(branch), Hatches[static_cast<std::size_t>(turn)]);
}

QIcon applicationIcon()
{
    readyIcons();
    return QIcon(QStringLiteral(":/mailoscope/icons/mailoscope.svg"));
}

QIcon icon(const QString &name)
{
    readyIcons();
    return QIcon(new GlyphEngine(name, std::nullopt));
}

QIcon icon(Meaning meaning)
{
    readyIcons();
    return QIcon(new GlyphEngine(QString::fromLatin1(lookOf(meaning).shape), meaning));
}

} // namespace mailoscope::ui
