// SPDX-License-Identifier: Apache-2.0
#include "printing/paper_form.h"

#include "settings/preferences.h"
#include "text/shown_string.h"
#include "theme/metrics.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSettings>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

const QString PaperKey = QStringLiteral("paper/size");
const QString PartsKey = QStringLiteral("paper/parts");
const QString LightKey = QStringLiteral("paper/light");
const QString CompanyKey = QStringLiteral("paper/company");
const QString ConfidentialityKey = QStringLiteral("paper/confidentiality");
const QString LogoKey = QStringLiteral("paper/logo");

constexpr int LongestLine = 200;

bool isLetterUsual()
{
    return QLocale().measurementSystem() == QLocale::ImperialUSSystem;
}

print::Paper paperOf(const QSettings &settings)
{
    const QString size = settings.value(PaperKey).toString();
    const bool isLetter = size.isEmpty() ? isLetterUsual() : size == QLatin1String("letter");
    return isLetter ? print::Paper::Letter : print::Paper::A4;
}

print::Parts partsOf(const QSettings &settings)
{
    if (!settings.contains(PartsKey))
        return print::allParts();
    print::Parts parts;
    for (const QString &name : settings.value(PartsKey).toStringList()) {
        if (const auto part = print::partFromOption(name.toStdString()))
            parts.insert(*part);
    }
    return parts;
}

} // namespace

PaperChoices readPaperChoices(QSettings &settings)
{
    const Preferences preferences(settings);
    PaperChoices choices;
    print::Options &options = choices.options;
    options.paper = paperOf(settings);
    options.parts = partsOf(settings);
    options.light = settings.value(LightKey).toBool();
    options.company = settings.value(CompanyKey).toString().left(LongestLine);
    options.confidentiality = settings.value(ConfidentialityKey).toString().left(LongestLine);
    options.copyAs = fixes::copyFormFromOption(preferences.copyForm().toStdString());
    options.profile = preferences.profile().toStdString();
    choices.logo = settings.value(LogoKey).toString();
    return choices;
}

std::optional<print::Options> optionsOf(const PaperChoices &choices)
{
    print::Options options = choices.options;
    if (!choices.logo.isEmpty()) {
        options.logo = print::readLogo(choices.logo);
        if (options.logo.isNull())
            return std::nullopt;
    }
    return options;
}

PaperForm::PaperForm(QSettings &settings, const FileChoosers &choosers, QWidget *parent)
    : QWidget(parent),
      m_settings(settings),
      m_paper(new QComboBox),
      m_light(new QCheckBox(tr("L&ight: no evidence, no forms to copy"))),
      m_company(line(QStringLiteral("paperCompany"), tr("Company"), CompanyKey)),
      m_confidentiality(line(QStringLiteral("paperConfidentiality"), tr("Line at the foot of every page"),
                             ConfidentialityKey)),
      m_logo(line(QStringLiteral("paperLogo"), tr("File with the logo"), LogoKey)),
      m_chooseLogo(new QPushButton(tr("Ch&oose…")))
{
    m_paper->setObjectName(QStringLiteral("paperSize"));
    m_paper->setAccessibleName(tr("Paper"));
    m_paper->addItem(QStringLiteral("A4"), QStringLiteral("a4"));
    m_paper->addItem(tr("Letter"), QStringLiteral("letter"));
    m_paper->setCurrentIndex(paperOf(settings) == print::Paper::A4 ? 0 : 1);
    m_light->setObjectName(QStringLiteral("paperLight"));
    m_light->setChecked(settings.value(LightKey).toBool());

    auto *parts = new QGridLayout;
    const print::Parts chosen = partsOf(settings);
    for (const print::Part part : print::AllParts) {
        auto *box = new QCheckBox(print::titleOf(part));
        box->setObjectName(QStringLiteral("paperPart-") + toQString(print::optionOf(part)));
        box->setChecked(chosen.contains(part));
        connect(box, &QCheckBox::toggled, this, &PaperForm::changed);
        const auto number = static_cast<int>(m_parts.size());
        parts->addWidget(box, number / 2, number % 2);
        m_parts[part] = box;
    }
    m_chooseLogo->setObjectName(QStringLiteral("paperChooseLogo"));
    m_chooseLogo->setAutoDefault(false); // Enter exports
    m_chooseLogo->setAccessibleName(tr("Choose the file with the logo"));
    connect(m_chooseLogo, &QPushButton::clicked, this, [this, open = choosers.openAny] {
        open(window(), tr("Choose a logo"), [this](const QString &path) { m_logo->setText(path); });
    });
    auto *logo = new QHBoxLayout;
    logo->addWidget(m_logo, 1);
    logo->addWidget(m_chooseLogo);

    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(halfEm(*this));
    form->setVerticalSpacing(halfEm(*this) * 2 / 3);
    parts->setHorizontalSpacing(em(*this));
    parts->setVerticalSpacing(halfEm(*this) / 2);
    form->addRow(tr("&Paper:"), m_paper);
    form->addRow(tr("Parts:"), parts);
    form->addRow(QString(), m_light);
    form->addRow(tr("Compan&y:"), m_company);
    form->addRow(tr("&Foot of pages:"), m_confidentiality);
    auto *logoLabel = new QLabel(tr("&Logo:"));
    logoLabel->setBuddy(m_logo);
    form->addRow(logoLabel, logo);
    m_confidentiality->setPlaceholderText(tr("such as: Confidential"));
    m_company->setMinimumWidth(digits(*this, 32));
}

QLineEdit *PaperForm::line(const QString &name, const QString &accessibleName, const QString &key)
{
    auto *edit = new QLineEdit(m_settings.value(key).toString());
    edit->setObjectName(name);
    edit->setAccessibleName(accessibleName);
    if (key != LogoKey)
        edit->setMaxLength(LongestLine);
    return edit;
}

void PaperForm::setReach(Reach reach)
{
    const std::initializer_list<QWidget *> ofPaper = {m_paper, m_company, m_confidentiality, m_logo,
                                                      m_chooseLogo};
    for (QWidget *widget : ofPaper)
        widget->setEnabled(reach == Reach::Paper);
}

void PaperForm::remember()
{
    QStringList parts;
    for (const auto &[part, box] : m_parts) {
        if (box->isChecked())
            parts << toQString(print::optionOf(part));
    }
    m_settings.setValue(PaperKey, m_paper->currentData());
    m_settings.setValue(PartsKey, parts);
    m_settings.setValue(LightKey, m_light->isChecked());
    m_settings.setValue(CompanyKey, m_company->text());
    m_settings.setValue(ConfidentialityKey, m_confidentiality->text());
    m_settings.setValue(LogoKey, m_logo->text());
}

bool PaperForm::isComplete() const
{
    return std::any_of(m_parts.begin(), m_parts.end(),
                       [](const auto &row) { return row.second->isChecked(); });
}

} // namespace mailoscope::ui
