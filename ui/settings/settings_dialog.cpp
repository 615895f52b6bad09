// SPDX-License-Identifier: Apache-2.0
#include "settings/settings_dialog.h"

#include "fixes/copy_as.h"
#include "pages/page_parts.h"
#include "profiles/profiles.h"
#include "text/shown_string.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "theme/window_size.h"
#include "widgets/resolver_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace mailoscope::ui
{

namespace
{

template <typename Widget>
Widget *named(Widget *widget, const char *name, const QString &accessibleName, const QString &toolTip = {})
{
    widget->setObjectName(QString::fromLatin1(name));
    widget->setAccessibleName(accessibleName);
    if (!toolTip.isEmpty()) {
        widget->setToolTip(toolTipFor(toolTip));
        widget->setAccessibleDescription(toolTip);
    }
    return widget;
}

QFormLayout *formIn(QGroupBox &group)
{
    auto *form = new QFormLayout(&group);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setHorizontalSpacing(halfEm(group));
    form->setVerticalSpacing(halfEm(group) * 2 / 3);
    return form;
}

void choose(QComboBox &box, const QVariant &data)
{
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

} // namespace

SettingsDialog::SettingsDialog(Preferences &preferences, QWidget *parent)
    : QDialog(parent),
      m_preferences(preferences),
      m_resolvers(new QLineEdit),
      m_resolversProblem(sentenceLabel()),
      m_timeout(new QSpinBox),
      m_smtp(new QCheckBox(tr("&Greet the mail hosts (SMTP)"))),
      m_copyForm(new QComboBox),
      m_copyFormMind(sentenceLabel()),
      m_profile(new QComboBox),
      m_appearance(new QComboBox),
      m_text(new QSpinBox),
      m_animations(new QCheckBox(tr("&Moving pictures, such as a walk through the include graph"))),
      m_history(new QCheckBox(tr("Remember &domains and resolvers that are inspected"))),
      m_selectors(new QCheckBox(tr("Remember D&KIM selectors of domains")))
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    auto *content = new QWidget;
    auto *groups = new QVBoxLayout(content);
    groups->addWidget(lookUps());
    groups->addWidget(reading());
    groups->addWidget(looks());
    groups->addWidget(memory());
    groups->addStretch(1);
    auto *scrolled = new QWidget;
    putIntoScrollArea(*scrolled, content, tr("Settings"));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close | QDialogButtonBox::RestoreDefaults);
    QPushButton *defaults =
        named(buttons->button(QDialogButtonBox::RestoreDefaults), "settingsDefaults", tr("Reset to defaults"),
              tr("Everything here as it was at the first start. Domains and selectors "
                 "that are remembered stay."));
    defaults->setText(tr("R&eset to defaults"));
    // Esc closes it; the letter of the platform's text is taken.
    named(buttons->button(QDialogButtonBox::Close), "settingsClose", tr("Close"))->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(defaults, &QPushButton::clicked, &m_preferences, &Preferences::reset);
    auto *rows = new QVBoxLayout(this);
    rows->addWidget(scrolled, 1);
    rows->addWidget(buttons);
    // Enter in a field must neither forget nor reset anything.
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);

    follow();
    connectFields();
    m_resolvers->setFocus();
    const int wanted = content->sizeHint().height() + em(*this) * 6;
    resizeWithinScreen(*this, {digits(*this, 84), wanted});
}

QWidget *SettingsDialog::lookUps()
{
    auto *group = new QGroupBox(tr("Look-ups"));
    named(m_resolvers, "settingsResolvers", tr("Resolvers to ask"),
          tr("Addresses such as 192.0.2.53, 192.0.2.54:5353 or [2001:db8::53]:53. None: the system's."));
    m_resolvers->setPlaceholderText(tr("the system's"));
    m_resolversProblem->setObjectName(QStringLiteral("settingsResolversProblem"));
    m_resolversProblem->hide();
    named(m_timeout, "settingsTimeout", tr("Longest time of one look-up"),
          tr("The longest that one look-up may take, with all its attempts. What takes longer is \"could not "
             "tell\"."));
    m_timeout->setRange(Preferences::ShortestTimeout, Preferences::LongestTimeout);
    m_timeout->setSingleStep(250);
    m_timeout->setSuffix(tr(" ms"));
    m_timeout->setGroupSeparatorShown(true);
    named(m_smtp, "settingsSmtp", tr("Greet the mail hosts"),
          tr("Connects to port 25 of each mail host, asks for STARTTLS and says goodbye. Nothing else is "
             "sent. Many networks block port 25; then it stays not tested."));
    auto *form = formIn(*group);
    form->addRow(tr("&Resolvers"), m_resolvers);
    form->addRow(QString(), m_resolversProblem);
    form->addRow(tr("&Time-out of a look-up"), m_timeout);
    form->addRow(m_smtp);
    return group;
}

QWidget *SettingsDialog::reading()
{
    auto *group = new QGroupBox(tr("Records and profiles"));
    named(m_copyForm, "settingsCopyForm", tr("Copy records as"),
          tr("The form in which fixes and drafts are copied."));
    for (const fixes::CopyFormInfo &form : fixes::copyForms())
        m_copyForm->addItem(toQString(form.title), toQString(form.option));
    m_copyFormMind->setObjectName(QStringLiteral("settingsCopyFormMind"));
    // Measured at no width at all, a sentence would ask for a line a word.
    m_copyFormMind->setMinimumWidth(digits(*this, 24));
    m_resolversProblem->setMinimumWidth(digits(*this, 24));
    named(m_profile, "settingsProfile", tr("Profile on the overview"),
          tr("What a receiver or an authority asks of a domain; the overview tells whether it is met."));
    for (const profiles::Profile &profile : profiles::all())
        m_profile->addItem(toQString(profile.name), toQString(profile.id));
    auto *form = formIn(*group);
    form->addRow(tr("&Copy records as"), m_copyForm);
    form->addRow(QString(), m_copyFormMind);
    form->addRow(tr("&Profile on the overview"), m_profile);
    return group;
}

QWidget *SettingsDialog::looks()
{
    auto *group = new QGroupBox(tr("Appearance"));
    named(m_appearance, "settingsAppearance", tr("Colours"));
    m_appearance->addItem(tr("As the desktop"), static_cast<int>(Appearance::Desktop));
    m_appearance->addItem(tr("Light"), static_cast<int>(Appearance::Light));
    m_appearance->addItem(tr("Dark"), static_cast<int>(Appearance::Dark));
    m_appearance->addItem(tr("High contrast"), static_cast<int>(Appearance::HighContrast));
    named(m_text, "settingsTextSize", tr("Text size"),
          tr("Beside the desktop's. All sizes in the window follow."));
    m_text->setRange(SmallestTextPercent, LargestTextPercent);
    m_text->setSingleStep(10);
    m_text->setSuffix(tr(" %"));
    // While it is typed, each digit would be a size of its own.
    m_text->setKeyboardTracking(false);
    m_timeout->setKeyboardTracking(false);
    named(m_animations, "settingsAnimations", tr("Moving pictures"),
          tr("Where the desktop asks for less motion nothing moves in any case."));
    auto *form = formIn(*group);
    form->addRow(tr("C&olours"), m_appearance);
    form->addRow(tr("Te&xt size"), m_text);
    form->addRow(m_animations);
    return group;
}

QWidget *SettingsDialog::memory()
{
    auto *group = new QGroupBox(tr("Remembered on this computer"));
    named(m_history, "settingsHistory", tr("Remember domains and resolvers"));
    named(m_selectors, "settingsSelectors", tr("Remember DKIM selectors"),
          tr("Selectors that were found, given, or named by a message are looked up again at the next "
             "inspection of their domain."));
    auto *forgetDomains =
        named(new QPushButton(tr("&Forget domains")), "settingsForgetDomains", tr("Forget domains"));
    auto *forgetSelectors =
        named(new QPushButton(tr("Forget &selectors")), "settingsForgetSelectors", tr("Forget selectors"));
    connect(forgetDomains, &QPushButton::clicked, this, &SettingsDialog::forgetDomainsWanted);
    connect(forgetSelectors, &QPushButton::clicked, this, &SettingsDialog::forgetSelectorsWanted);
    auto *rows = new QVBoxLayout(group);
    rows->addWidget(m_history);
    rows->addWidget(m_selectors);
    auto *line = new QHBoxLayout;
    line->addWidget(forgetDomains);
    line->addWidget(forgetSelectors);
    line->addStretch(1);
    rows->addLayout(line);
    return group;
}

void SettingsDialog::connectFields()
{
    connect(m_resolvers, &QLineEdit::textEdited, this, &SettingsDialog::readResolvers);
    connect(m_timeout, &QSpinBox::valueChanged, this, [this](int ms) {
        if (!m_following)
            m_preferences.setTimeout(std::chrono::milliseconds(ms));
    });
    connect(m_smtp, &QCheckBox::clicked, &m_preferences, &Preferences::setSmtpConsent);
    connect(m_copyForm, &QComboBox::activated, this,
            [this] { m_preferences.setCopyForm(m_copyForm->currentData().toString()); });
    connect(m_profile, &QComboBox::activated, this,
            [this] { m_preferences.setProfile(m_profile->currentData().toString()); });
    connect(m_appearance, &QComboBox::activated, this, [this] {
        m_preferences.setAppearance(static_cast<Appearance>(m_appearance->currentData().toInt()));
    });
    connect(m_text, &QSpinBox::valueChanged, this, [this](int percent) {
        if (!m_following)
            m_preferences.setTextPercent(percent);
    });
    connect(m_animations, &QCheckBox::clicked, &m_preferences, &Preferences::setAnimations);
    connect(m_history, &QCheckBox::clicked, &m_preferences, &Preferences::setKeepsHistory);
    connect(m_selectors, &QCheckBox::clicked, &m_preferences, &Preferences::setKeepsSelectors);
    connect(&m_preferences, &Preferences::changed, this, &SettingsDialog::follow);
}

void SettingsDialog::readResolvers()
{
    const std::optional<std::vector<gather::Resolver>> resolvers = ResolverField::parse(m_resolvers->text());
    m_resolversProblem->setVisible(!resolvers);
    m_resolversProblem->setText(
        resolvers ? QString()
                  : tr("◆ Not an address: such as 192.0.2.53, 192.0.2.54:5353 or [2001:db8::53]:53 would be. "
                       "Until then the resolvers stay as they were."));
    if (!resolvers)
        return;
    m_following = true; // what is typed stays as it was typed
    m_preferences.setResolvers(*resolvers);
    m_following = false;
}

void SettingsDialog::follow()
{
    if (!m_following) {
        QStringList texts;
        for (const gather::Resolver &resolver : m_preferences.resolvers())
            texts << resolver.toString();
        m_resolvers->setText(texts.join(QStringLiteral(", ")));
        m_resolversProblem->hide();
    }
    const bool wasFollowing = std::exchange(m_following, true);
    m_timeout->setValue(static_cast<int>(m_preferences.timeout().count()));
    m_smtp->setChecked(m_preferences.smtpConsent());
    choose(*m_copyForm, m_preferences.copyForm());
    if (const auto form = fixes::copyFormFromOption(m_preferences.copyForm().toStdString()))
        m_copyFormMind->setText(toQString(fixes::infoOf(*form).mind));
    choose(*m_profile, m_preferences.profile());
    choose(*m_appearance, static_cast<int>(m_preferences.appearance()));
    m_text->setValue(m_preferences.textPercent());
    m_animations->setChecked(m_preferences.animations());
    m_history->setChecked(m_preferences.keepsHistory());
    m_selectors->setChecked(m_preferences.keepsSelectors());
    m_following = wasFollowing;
}

} // namespace mailoscope::ui
